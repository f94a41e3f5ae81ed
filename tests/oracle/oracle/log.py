"""Bytes of an export: records, the tree over them, tiles, signed notes, policy, texts.

What is wrong is told to `report(where, what)`; where it makes further reading
impossible, Damaged is raised.  Rules: specs/ledger.md sections 1, 4, 5 and 6.
"""

import base64
import binascii
import hashlib
import os
import re

from . import jcs, keys

LARGEST_RECORD = 32768
LAST_SECOND = 253402300799  # of the year 9999
WIDTH = 256
NUMBER = re.compile(rb"(0|[1-9][0-9]{0,15})\Z")
EMPTY = hashlib.sha256(b"").digest()


class Damaged(Exception):
    """The export cannot be read any further."""


def unbase64(text):
    """The bytes of canonical base64, or None."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    given = text.encode() if isinstance(text, str) else text
    return data if base64.b64encode(data) == given else None


def base64_of(data):
    return base64.b64encode(data).decode()


# Records


class Record:
    """One record taken apart: time, signature and the bytes of the act."""

    __slots__ = ("time", "signature", "act")

    def __init__(self, data):
        line, newline, self.act = data.partition(b"\n")
        stamp, space, signature = line.partition(b" ")
        self.signature = unbase64(signature)
        if (
            len(data) > LARGEST_RECORD
            or not newline
            or not space
            or not NUMBER.match(stamp)
            or len(signature) != 88
            or self.signature is None
        ):
            raise ValueError("not a record")
        self.time = int(stamp)
        if self.time > LAST_SECOND:
            raise ValueError("not a record: its time lies beyond the year 9999")


# The tree of RFC 6962


def leaf_hash(data):
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """Grows by leaf hashes and knows its root at any moment."""

    def __init__(self):
        self.size = 0
        self.peaks = []  # (height, hash), highest first

    def add(self, leaf):
        height = 0
        while self.peaks and self.peaks[-1][0] == height:
            leaf = node_hash(self.peaks.pop()[1], leaf)
            height += 1
        self.peaks.append((height, leaf))
        self.size += 1

    def root(self):
        if not self.peaks:
            return EMPTY
        root = self.peaks[-1][1]
        for _, peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def root_of(items):
    """The root over byte strings."""
    tree = Tree()
    for item in items:
        tree.add(leaf_hash(item))
    return tree.root()


# Tiles


def tile_name(number):
    name = "%03d" % (number % 1000)
    while number >= 1000:
        number //= 1000
        name = "x%03d/%s" % (number % 1000, name)
    return name


def tile_paths(level, hashes):
    """The paths of one level of `hashes` entries, each with its slice."""
    for number in range((hashes + WIDTH - 1) // WIDTH):
        width = min(WIDTH, hashes - number * WIDTH)
        path = "tile/%s/%s" % (level, tile_name(number))
        if width < WIDTH:
            path += ".p/%d" % width
        yield path, number * WIDTH, width


def read(export, path, most=1 << 27):
    try:
        with open(os.path.join(export, path), "rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise Damaged("%s: %s" % (path, error.strerror)) from None
    if len(data) > most:
        raise Damaged("%s: too large" % path)
    return data


def read_entries(export, size):
    entries = []
    for path, _, width in tile_paths("entries", size):
        bundle = read(export, path)
        at = 0
        for _ in range(width):
            length = int.from_bytes(bundle[at:at + 2], "big")
            entry = bundle[at + 2:at + 2 + length]
            if at + 2 > len(bundle) or len(entry) != length:
                raise Damaged("%s: ends in the middle of an entry" % path)
            entries.append(entry)
            at += 2 + length
        if at != len(bundle):
            raise Damaged("%s: has bytes after its last entry" % path)
    return entries


def check_tiles(export, leaves, report):
    """Every tile of the size, byte for byte, and nothing else below tile/."""
    expected = {path for path, _, _ in tile_paths("entries", len(leaves))}
    level, hashes = 0, leaves
    while hashes:
        for path, start, width in tile_paths(level, len(hashes)):
            expected.add(path)
            try:
                data = read(export, path)
            except Damaged as error:
                report(None, str(error))
                continue
            if data != b"".join(hashes[start:start + width]):
                report(None, "%s: does not follow from the records" % path)
        full = len(hashes) // WIDTH
        hashes = [root_of_hashes(hashes[n * WIDTH:(n + 1) * WIDTH]) for n in range(full)]
        level += 1
    for folder, _, files in os.walk(os.path.join(export, "tile")):
        for name in files:
            path = os.path.relpath(os.path.join(folder, name), export)
            if path not in expected:
                report(None, "%s: belongs to no tile of this size" % path)


def root_of_hashes(hashes):
    while len(hashes) > 1:
        hashes = [node_hash(*hashes[i:i + 2]) for i in range(0, len(hashes), 2)]
    return hashes[0]


# Verifier keys and signed notes

LOG_KEY, COSIGNER_KEY = 1, 4


class Verifier:
    """A named Ed25519 key as signed notes know it."""

    def __init__(self, name, key, kind=LOG_KEY):
        self.name, self.key, self.kind = name, key, kind
        material = name.encode() + b"\n" + bytes([kind]) + key
        self.hint = hashlib.sha256(material).digest()[:4]

    @classmethod
    def parse(cls, vkey):
        name, hint, data = (vkey.split("+", 2) + ["", ""])[:3]
        data = unbase64(data)
        if not name or data is None or len(data) != 33 or data[0] not in (LOG_KEY, COSIGNER_KEY):
            raise Damaged("not a verifier key: " + vkey)
        verifier = cls(name, data[1:], data[0])
        if verifier.hint.hex() != hint:
            raise Damaged("the verifier key's id is wrong: " + vkey)
        return verifier

    def vkey(self):
        data = bytes([self.kind]) + self.key
        return "%s+%s+%s" % (self.name, self.hint.hex(), base64_of(data))

    def signed(self, note):
        """Is the note signed by this key?  None when no line is the key's."""
        verdict = None
        for name, blob in note.lines:
            if name != self.name or blob[:4] != self.hint:
                continue
            if self.kind == LOG_KEY:
                good = keys.verify(self.key, blob[4:], note.text)
            else:
                time = int.from_bytes(blob[4:12], "big")
                message = b"cosignature/v1\ntime %d\n" % time + note.text
                good = len(blob) == 76 and keys.verify(self.key, blob[12:], message)
            if not good:
                return False
            verdict = True
        return verdict


class Note:
    """A signed note: the text that is signed, and its signature lines."""

    def __init__(self, data, what="checkpoint"):
        text, empty, signatures = data.rpartition(b"\n\n")
        try:
            data.decode()
        except UnicodeDecodeError:
            raise Damaged(what + ": not UTF-8") from None
        if not empty or not signatures.endswith(b"\n"):
            raise Damaged(what + ": not a signed note")
        if any(byte < 32 and byte != 10 for byte in data):
            raise Damaged(what + ": has control characters")
        self.text = text + b"\n"
        self.lines = []
        for line in signatures.decode()[:-1].split("\n"):
            dash, name, blob = (line.split(" ") + ["", ""])[:3]
            blob = unbase64(blob)
            if dash != "\u2014" or not name or blob is None or len(blob) < 5 or line.count(" ") != 2:
                raise Damaged(what + ": a signature line is malformed")
            self.lines.append((name, blob))


class Checkpoint:
    """What a signed note says of a tree: origin, size, root."""

    def __init__(self, data):
        self.note = Note(data)
        lines = self.note.text.decode().split("\n")
        if len(lines) != 4 or not lines[0] or not NUMBER.match(lines[1].encode()):
            raise Damaged("checkpoint: not the three lines of a checkpoint")
        self.origin, self.size = lines[0], int(lines[1])
        self.root = unbase64(lines[2])
        if self.root is None or len(self.root) != 32:
            raise Damaged("checkpoint: the root is no hash")


# Policy


class Policy:
    """log, witness, group and quorum lines (tlog-policy)."""

    def __init__(self, data):
        self.logs, self.rules, self.quorum = [], {"none": None}, None
        try:
            lines = data.decode().splitlines()
        except UnicodeDecodeError:
            raise Damaged("policy: not UTF-8") from None
        for line in lines:
            words = line.split()
            if words and not words[0].startswith("#"):
                self._take(words, line)
        if self.quorum is None:
            raise Damaged("policy: names no quorum")

    def _take(self, words, line):
        if words[0] == "log" and len(words) in (2, 3):
            self.logs.append(Verifier.parse(words[1]))
        elif words[0] == "witness" and len(words) in (3, 4) and words[1] not in self.rules:
            self.rules[words[1]] = Verifier.parse(words[2])
        elif words[0] == "group" and len(words) > 3 and words[1] not in self.rules:
            members = words[3:]
            most = {"all": len(members), "any": 1}.get(words[2]) or int(words[2])
            if not set(members) <= set(self.rules) or len(set(members)) < len(members):
                raise Damaged("policy: " + line)
            self.rules[words[1]] = (most, members)
        elif words[0] == "quorum" and len(words) == 2 and words[1] in self.rules:
            self.quorum = words[1]
        else:
            raise Damaged("policy: " + line)

    def met(self, note, name=None):
        rule = self.rules[name or self.quorum]
        if rule is None:
            return True
        if isinstance(rule, Verifier):
            return bool(rule.signed(note))
        return sum(self.met(note, member) for member in rule[1]) >= rule[0]


# Texts


def check_text(data, digest):
    """What is wrong with a text file named by its hash, or None."""
    if hashlib.sha256(b"union-text/v1\n" + data).digest() != digest:
        return "is not the text of its name"
    if not 1 <= len(data) - 32 <= 65535:
        return "has a forbidden length"
    try:
        if not jcs.allowed(data[32:].decode()):
            return "holds forbidden characters"
    except UnicodeDecodeError:
        return "is not UTF-8"
    return None
