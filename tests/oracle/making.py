"""Makes small unions with real signatures, for the tests of the auditor."""

import base64
import hashlib
import os
import sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

from oracle import jcs, keys, log, timers  # noqa: E402
from oracle.assembly import Assembly, act_id, signed_bytes  # noqa: E402

DAY, HOUR = 86400, 3600
START = 1700000000
EVERY = ["approval", "equal-shares", "irv", "majority-judgment", "plurality", "ranked-pairs",
         "schulze", "score", "stv-meek", "stv-wigm", "yes-no"]


def a_class(sponsors, admission, low, high, after, frozen, voting, late, cooling, quorum,
            majority, delegation, methods, effects):
    """A row of the table in specs/charter.md section 5, in days."""
    return {
        "sponsors": sponsors, "admission_s": admission * DAY, "discussion_min_s": low * DAY,
        "discussion_max_s": high * DAY, "after_change_s": after * DAY, "frozen_s": frozen * DAY,
        "voting_s": voting * DAY, "late_s": late * HOUR, "cooling_s": cooling * DAY,
        "quorum": quorum, "majority": majority, "delegation": delegation,
        "methods": sorted(methods), "effects": sorted(effects)}


def default_charter():
    def k(times):
        return {"times": times}

    def share(num, den):
        return {"share": [num, den]}

    office = {"seats": 3, "term_s": 365 * DAY}
    half, two_thirds, yes_no = [1, 2], [2, 3], ["yes-no"]
    return {
        "admit": {"registrars": 1, "vouchers": 1},
        "classes": {
            "charter": a_class(k(2), 60, 21, 42, 7, 7, 21, 72, 14, share(1, 5), two_thirds,
                               False, yes_no, ["amend"]),
            "election": a_class(k(0), 0, 7, 14, 0, 1, 7, 0, 0, share(1, 100), half, False,
                                ["approval", "schulze", "stv-wigm"], ["seat"]),
            "mandate": a_class(k(1), 14, 7, 21, 3, 3, 10, 48, 2, share(1, 10), half, True,
                               ["schulze", "yes-no"], ["renew", "replace"]),
            "ordinary": a_class(k(1), 30, 10, 24, 7, 3, 10, 48, 3, {"root": [9, 4]}, half, True,
                                EVERY, ["chapter", "gateway", "seat", "spend", "strike", "topic"]),
            "ratification": a_class(k(0), 0, 5, 5, 0, 0, 10, 48, 0, share(1, 10), half, False,
                                    yes_no, []),
            "recall": a_class(share(1, 20), 30, 3, 7, 0, 0, 7, 24, 0, share(1, 20), half, False,
                              yes_no, ["recall", "unseat"]),
        },
        "answer_s": 14 * DAY, "cure_s": 30 * DAY, "draw_s": DAY, "interim_s": 14 * DAY,
        "grounds": ["duplicate-identity", "fraud"], "offer_s": 14 * DAY, "panel": 7,
        "panel_s": 12 * DAY, "recovery_s": 7 * DAY, "scope_s": 2 * DAY, "status_ttl_s": 7 * DAY,
        "delegation": {"cap": 0, "life_s": 365 * DAY},
        "entrenched": [3, 4],
        "founders": {"members": 50, "until_s": START + 180 * DAY}, "hold_s": 3 * DAY,
        "limits": {"proposal.open": [3, 7 * DAY], "member.admit": [50, DAY],
                   "ballot.cast": [100, DAY]},
        "lot_s": 3 * DAY,
        "offices": {"auditor": office, "registrar": office, "steward": office},
        "probation_s": 0, "publish_needs": 1, "renew_s": 365 * DAY, "texts": []}


class Union:
    """A ledger in the making: signs acts, records them, keeps the auditor's assembly beside."""

    def __init__(self, founders=3, change=None):
        self.secrets, self.dids = {}, {}
        self.entries, self.assembly = [], Assembly()
        self.time, self.texts, self.seq = START, {}, {}
        self.ledger = self.new_key("ledger")
        names = ["founder%d" % number for number in range(founders)]
        rules = default_charter()
        if change:
            change(rules)
        act = {"act": "union.found", "by": self.new_key(names[0]), "charter": rules,
               "founders": [self.new_key(name) for name in names], "key": self.ledger,
               "name": "rehearsal.self", "rehearsal": True, "rules": 1, "seq": START}
        self.ids = {}
        self.write(act, names[0])
        self.union = self.assembly.union
        for name in names:
            self.ids[name] = self.write(self.application(name), name)

    def new_key(self, name):
        if name not in self.secrets:
            seed = hashlib.sha256(b"selftest " + name.encode()).digest()
            secret = Ed25519PrivateKey.from_private_bytes(seed)
            public = secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
            self.secrets[name], self.dids[name] = secret, keys.did(public)
        return self.dids[name]

    def next_hash(self, name):
        key = keys.key_of(self.new_key(name + "'"))
        return log.base64_of(hashlib.sha256(b"union-key/v1\n" + key).digest())

    def application(self, name):
        return {"act": "member.apply", "by": self.new_key(name), "log": self.assembly.origin,
                "next": self.next_hash(name), "on": self.union, "seq": self.time,
                "until": self.time + 30 * DAY}

    def write(self, act, name):
        data = jcs.dump(act)
        signature = self.secrets[name].sign(signed_bytes(data))
        entry = b"%d %s\n%s" % (self.time, base64.b64encode(signature), data)
        # Good by construction, for this key: that saves the auditor half of the work here.
        self.assembly.signatures.add((keys.key_of(self.dids[name]), signature, act_id(data)))
        self.assembly.record(log.Record(entry), entry)
        self.entries.append(entry)
        return act_id(data)

    def change_key(self, name, key):
        """From now on a member signs with another key."""
        self.secrets[name], self.dids[name] = self.secrets[key], self.dids[key]

    def act(self, kind, name, on=None, **members):
        """A member's act, now; its id."""
        by, on = self.ids[name], on or self.union
        self.seq[by, kind, on] = max(self.time, self.seq.get((by, kind, on), 0) + 1)
        act = {"act": kind, "by": by, "log": self.assembly.origin, "on": on,
               "seq": self.seq[by, kind, on], "until": self.time + 30 * DAY,
               **{name.rstrip("_"): value for name, value in members.items()}}
        return self.write(act, name)

    def by_key(self, kind, key, on, **members):
        """An act by a key that is no member's; its id."""
        return self.write(self._of_key(kind, key, on, members), key)

    def _of_key(self, kind, key, on, members):
        return {"act": kind, "by": self.new_key(key), "log": self.assembly.origin, "on": on,
                "seq": self.time, "until": self.time + 30 * DAY, **members}

    def embed(self, act, key):
        """What an act signed by a key becomes inside another one, and its id."""
        data = jcs.dump(act)
        signature = self.secrets[key].sign(signed_bytes(data))
        return act_id(data), {"application": base64.b64encode(data).decode(),
                              "signature": base64.b64encode(signature).decode()}

    def recover(self, name, key, **members):
        """A request that this key be the member's: its id, and how it is vouched for."""
        act = self._of_key("key.recover", key, self.ids[name],
                           {"next": self.next_hash(key), "reason": "lost", **members})
        return self.embed(act, key)

    def admit(self, name):
        self.ids[name], embedded = self.embed(self.application(name), name)
        for admitter in ("founder0", "founder1"):
            self.act("member.admit", admitter, self.ids[name], **embedded)
        return name

    def crowd(self, number):
        return [self.admit("member%d" % n) for n in range(number)]

    def wait(self, seconds):
        """Let time pass in steps that are no outage; results are recorded as they fall due."""
        end = self.time + seconds
        while self.time < end:
            self.time = min(end, self.time + HOUR)
            self.settle()

    def jump(self, seconds):
        self.time += seconds
        self.settle()

    def settle(self):
        timers.fire(self.assembly, self.time)
        while self.assembly.counting:
            question = self.assembly.counting
            self.by_ledger("result", on=question.id, result=question.expected)
            timers.fire(self.assembly, self.time)
        self.by_ledger("tick", on=self.union)

    def by_ledger(self, kind, **members):
        self.write({"act": kind, "by": "ledger", "log": self.assembly.origin, "seq": self.time,
                    **members}, "ledger")

    def text(self, words):
        salt = hashlib.sha256(words.encode()).digest()
        data = salt + words.encode()
        digest = hashlib.sha256(b"union-text/v1\n" + data).digest()
        self.texts[digest.hex()] = data
        return [{"hash": log.base64_of(digest), "lang": "en"}]

    def propose(self, name, options, method="approval", on=None, class_="ordinary", seats=1,
                **more):
        options = [{"effects": effects, "texts": self.text("option %d" % number)}
                   for number, effects in enumerate(options)]
        return self.act("proposal.open", name, on, class_=class_, method=method, seats=seats,
                        options=options, texts=self.text("a proposal"), **more)

    def sponsor(self, proposal, names):
        for name in names:
            self.act("proposal.support", name, proposal,
                     version=self.assembly.proposals[proposal].version)

    def question(self):
        return next(iter(self.assembly.questions))

    def cast(self, name, *marks):
        return self.act("ballot.cast", name, self.question(), marks=list(marks))

    def vote(self, question, names, mark):
        for name in names:
            self.act("ballot.cast", name, question, marks=[mark])

    def mandate(self, name, delegates, **terms):
        """A mandate is proposed; its id."""
        terms = {
            "ceilings": [], "confidential_s": 30 * DAY, "counterparties": [{"texts": []}],
            "delegates": [self.ids[delegate] for delegate in delegates], "max_rejections": 2,
            "needed": len(delegates), "powers": ["consult", "negotiate", "sign-tentative"],
            "ratify_class": "ratification", "recall": [1, 10], "report_every_s": 100 * DAY,
            "report_grace_s": DAY, "texts": self.text("a mandate"), "valid_from": self.time,
            "valid_until": self.time + 300 * DAY, **terms}
        return self.act("mandate.propose", name, **terms)

    def authorise(self, mandate, members, delegates):
        """Members carry a mandate, delegates take it on, a steward publishes it."""
        self.sponsor(mandate, members[1:5])
        self.wait(10 * DAY)
        self.vote(self.question(), members, 1)
        self.wait(12 * DAY)
        for delegate in delegates:
            self.act("mandate.accept", delegate, mandate)
        self.publish(mandate)

    def publish(self, mandate, **more):
        terms = self.assembly.mandates[mandate]
        self.act("mandate.publish", "founder0", mandate, valid_from=terms.valid_from,
                 valid_until=terms.valid_until, **more)

    def draw(self, case, auditors):
        """Auditors commit and reveal; the panel that is drawn."""
        values = {name: hashlib.sha256(name.encode()).digest() for name in auditors}
        for name, value in values.items():
            secret = hashlib.sha256(b"union-lot/v1\n" + value).digest()
            self.act("lot.commit", name, case, hash=log.base64_of(secret))
        self.wait(DAY)
        for name, value in values.items():
            self.act("lot.reveal", name, case, value=log.base64_of(value))
        self.wait(DAY)
        names = {id: name for name, id in self.ids.items()}
        return [names[id] for id in self.assembly.cases[case].panel]

    def hear(self, case, panel, marks):
        """A panel votes, and time passes until it is heard."""
        question = self.assembly.cases[case].vote.id
        for name, mark in zip(panel, marks):
            self.act("ballot.cast", name, question, marks=[mark])
        self.wait(12 * DAY)

    def phase(self, proposal):
        return self.assembly.proposals[proposal].phase

    def verifier(self):
        return log.Verifier(self.assembly.origin, keys.key_of(self.ledger))

    def note(self, text, signer="ledger"):
        """A note as the ledger signs it."""
        verifier = self.verifier()
        signature = self.secrets[signer].sign(text.encode())
        line = "\u2014 %s %s\n" % (verifier.name, log.base64_of(verifier.hint + signature))
        return (text + "\n" + line).encode()

    def export(self, folder, sign=None):
        """Write the export, as specs/ledger.md section 5 says."""
        leaves = [log.leaf_hash(entry) for entry in self.entries]
        put = Folder(folder).put
        for path, start, width in log.tile_paths("entries", len(leaves)):
            put(path, b"".join(len(entry).to_bytes(2, "big") + entry
                               for entry in self.entries[start:start + width]))
        level, hashes = 0, leaves
        while hashes:
            for path, start, width in log.tile_paths(level, len(hashes)):
                put(path, b"".join(hashes[start:start + width]))
            hashes = [log.root_of_hashes(hashes[n:n + 256])
                      for n in range(0, len(hashes) - 255, 256)]
            level += 1
        root = log.base64_of(log.root_of(self.entries))
        note = "%s\n%d\n%s\n" % (self.assembly.origin, len(leaves), root)
        put("checkpoint", self.note(note, sign or "ledger"))
        put("policy", ("log %s\nquorum none\n" % self.verifier().vkey()).encode())
        for name, data in self.texts.items():
            put("texts/" + name, data)


class Folder:
    def __init__(self, path):
        self.path = path

    def put(self, name, data):
        path = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
