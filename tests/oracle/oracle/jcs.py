"""Canonical JSON under the strict profile of specs/ledger.md section 2."""

import json
import re

from . import Refused, need

DEEPEST = 16
LARGEST = 2**53 - 1

FORBIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
    + "]"
)
NAME = re.compile(r'[ !#-\[\]-~]*\Z')
ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
ESCAPE = re.compile(r'[\\"\n\t]')


def allowed(string):
    """Does a string hold only characters that people can see and mean?"""
    return not FORBIDDEN.search(string)


def quote(string):
    return '"' + ESCAPE.sub(lambda match: ESCAPED[match.group()], string) + '"'


def text(value):
    """The canonical text of a value made of dict, list, str, int, bool."""
    if value is True:
        return "true"
    if value is False:
        return "false"
    if value is None:
        return "null"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(quote(k) + ":" + text(value[k]) for k in sorted(value)) + "}"
    return "[" + ",".join(map(text, value)) + "]"


def dump(value):
    return text(value).encode()


def _pairs(pairs):
    found = dict(pairs)
    need(len(found) == len(pairs), "malformed", "a name stands twice")
    return found


def _no_fraction(literal):
    raise Refused("malformed", "not an integer: " + literal[:40])


def _walk(value, level):
    if isinstance(value, str):
        need(allowed(value), "forbidden-character")
    elif isinstance(value, (dict, list)):
        need(level <= DEEPEST, "too-deep")
        if isinstance(value, dict):
            for name in value:
                need(NAME.match(name), "malformed", "name of a member")
            value = value.values()
        for item in value:
            _walk(item, level + 1)
    elif type(value) is int:
        need(-LARGEST <= value <= LARGEST, "malformed", "integer too large")


def parse(data):
    """The value of canonical bytes; Refused when they are anything else."""
    try:
        value = json.loads(
            data.decode("utf-8", "strict"),
            object_pairs_hook=_pairs,
            parse_float=_no_fraction,
            parse_constant=_no_fraction,
        )
    except RecursionError:
        raise Refused("too-deep") from None
    except ValueError as error:
        raise Refused("malformed", str(error)) from None
    _walk(value, 1)
    need(dump(value) == data, "not-canonical")
    return value
