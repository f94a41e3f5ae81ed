"""Guardians, and new keys for members who lost theirs: specs/recovery.md."""

import hashlib

from . import Refused, forms, jcs, keys, mandates, need, panels
from .log import base64_of, unbase64

MOST_ASKED = 8
REST = 7776000
REGISTRARS = 2
FROZEN = ("delegation.grant", "guardians.set", "key.rotate", "key.vouch", "member.suspend")


class Recovery:
    def __init__(self, order, id, act, time):
        self.order, self.id, self.terms = order, id, act
        self.member, self.key = act["on"], act["by"]
        self.vouchers, self.refused = [], False  # refused: by a case
        self.move("ASKED", time, act["until"] + 1)

    def move(self, state, at, due=0):
        self.state_name, self.since, self.due = state, at, due

    @property
    def open(self):
        return self.state_name in ("ASKED", "RUNNING", "CONTESTED")

    @property
    def waits(self):
        return self.open

    @property
    def under_way(self):
        return self.state_name in ("RUNNING", "CONTESTED")

    def state(self):
        return {
            "due": self.due, "id": self.id, "key": self.key, "member": self.member,
            "next": self.terms["next"], "reason": self.terms["reason"], "since": self.since,
            "state": self.state_name, "vouchers": self.vouchers if self.open else [],
        }


def of_member(a, member):
    return [r for r in a.recoveries.values() if r.member == member and r.open]


def under_way(a, member):
    """The recovery of a member's key that waits for its effect, or None."""
    return next((r for r in of_member(a, member) if r.under_way), None)


def frozen(a, member, kind):
    """Is an act of this kind kept from whoever holds the member's key?"""
    found = under_way(a, member)
    if found is None:
        return False
    return (
        found.state_name == "CONTESTED" or kind in FROZEN
        or kind.startswith(("mandate.", "agreement.")))


# Guardians


def guardians(member, time):
    """(hash of those in force or "", what comes after them) at a time."""
    if member.guardians_next and member.guardians_next[1] <= time:
        return member.guardians_next[0], []
    return member.guardians, member.guardians_next


def guardians_set(a, act, id, author, time):
    need(act["on"] == author.id, "not-allowed")
    author.guardians = guardians(author, time)[0]
    author.guardians_next = [act.get("hash", ""), time + a.charter["recovery_s"]]


def _commitment(act):
    named = {name: act[name] for name in ("guardians", "needed")} | {"salt": act["value"]}
    return base64_of(hashlib.sha256(b"union-guardians/v1\n" + jcs.dump(named)).digest())


# Requests


def _request(a, act):
    """The embedded key.recover, in its form."""
    data = unbase64(act["application"])
    id = hashlib.sha256(data).hexdigest()
    need(id == act["on"], "malformed", "another request")
    try:
        request = jcs.parse(data)
        forms.judge(request, len(data))
    except Refused as error:
        raise Refused("malformed", "request: " + error.why) from None
    need(request["act"] == "key.recover" and request["by"].startswith("did:"), "malformed")
    need(request["log"] == a.origin, "malformed")
    if "guardians" in request:
        named = request["guardians"]
        need(named == sorted(set(named)) and 2 <= request["needed"] <= len(named), "malformed")
    need(request.get("size", 0) <= a.tree.size, "malformed", "size")
    key = keys.key_of(request["by"])
    need(a.proper(key), "bad-key")
    need(a.verify(key, unbase64(act["signature"]), data, id), "bad-signature")
    return request


def vouch(a, act, id, author, time):
    request, known = _request(a, act), a.recoveries.get(act["on"])
    need(time <= request["until"], "lapsed")
    need(request["seq"] <= time + 86400, "early")
    member = a.members.get(request["on"])
    need(member, "unknown-member")
    need(not member.left, "not-a-member")
    need(not under_way(a, member.id) and (not known or known.open), "not-now")
    need(request["by"] not in a.holders, "duplicate")
    need(author.id != member.id, "not-allowed")
    needed = _may_vouch(a, member, request, author, time)
    need(not known or author.id not in known.vouchers, "duplicate")
    if not known:
        need("guardians" in request or not _rests(a, member.id, time), "too-often")
        asked = [r for r in of_member(a, member.id) if r.vouchers[0] == author.id]
        need(len(asked) < MOST_ASKED, "too-often")
        known = a.recoveries[act["on"]] = Recovery(len(a.recoveries), act["on"], request, time)
    known.vouchers.append(author.id)
    if len(known.vouchers) >= needed:
        _run(a, known, time)


def _rests(a, member, time):
    """Was a contested one refused of late?"""
    about = [r for r in a.recoveries.values() if r.member == member and r.refused]
    return any(time <= r.since + REST for r in about)


def _may_vouch(a, member, request, author, time):
    """How many must vouch."""
    hash = guardians(member, time)[0]
    if hash:
        need("guardians" in request and _commitment(request) == hash, "bad-commitment")
        need(author.id in request["guardians"], "not-allowed")
        return request["needed"]
    need("guardians" not in request, "bad-commitment")
    need(a.holds(author, "registrar"), "not-allowed")
    return REGISTRARS


def _run(a, found, at):
    for other in of_member(a, found.member):
        if other is not found:
            other.move("LAPSED", at)
    wait = a.charter["recovery_s"] * (1 if "guardians" in found.terms else 2)
    found.move("RUNNING", at, at + wait)
    mandates.member_changed(a, found.member, at)


def object_to(a, act, id, author, time):
    found = a.recoveries.get(act["on"])
    need(found, "unknown-subject")
    need(found.member == author.id, "not-allowed")
    need(found.state_name == "RUNNING", "not-now")
    found.move("CONTESTED", time)
    panels.Case(a, "recovery", id, found.id, time, others=[author.id, *found.vouchers])


# Its end


def _take_effect(a, found, at):
    """The new key takes over, where nobody else holds it by now."""
    if found.key in a.holders:
        _end(a, found, "REFUSED", at)
        return
    member = a.members[found.member]
    del a.holders[member.did]
    a.holders[found.key] = member.id
    member.did, member.next = found.key, found.terms["next"]
    if found.terms["reason"] == "compromised":
        for question in a.questions.values():
            if question.open:
                question.take_out(member.id, found.terms["size"])
    _end(a, found, "DONE", at)


def _end(a, found, state, at):
    found.move(state, at)
    mandates.member_changed(a, found.member, at)


def leave(a, member, time):
    for found in of_member(a, member):
        found.move("LAPSED", time)


def heard(a, case, at):
    found = a.recoveries[case.subject]
    if found.state_name == "CONTESTED" and case.upheld:
        _take_effect(a, found, at)


def closed(a, case, at):
    found = a.recoveries[case.subject]
    if found.state_name == "CONTESTED":
        found.refused = True
        _end(a, found, "REFUSED", at)


def timers(a, found):
    """(due, founding order, within, action) of what waits."""
    if found.state_name == "ASKED":
        yield found.due, found.order, 0, lambda at, due: found.move("LAPSED", at)
    elif found.state_name == "RUNNING":
        yield found.due, found.order, 0, lambda at, due: _take_effect(a, found, at)


HANDLERS = {
    "guardians.set": guardians_set,
    "key.vouch": vouch,
    "key.object": object_to,
}
