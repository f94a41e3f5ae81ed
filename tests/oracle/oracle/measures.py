"""Suspensions by two stewards, until a panel has decided: specs/cases.md section 5."""

from . import mandates, need, panels

WINDOW = 604800
PAUSE = 7776000
MOST_FILED = 16
QUARANTINE = "duplicate-identity"


class Measure:
    """What one steward filed, and a second one too if there is a case."""

    def __init__(self, act, time):
        self.member, self.filed = act["on"], time
        self.for_s, self.ground, self.hash = act["for_s"], act["ground"], act["hash"]
        self.stewards = [act["by"]]
        self.case = None
        self.until = 0  # the end of the suspension that it brought about last
        self.first = False  # was it upheld in the first round?

    def open(self, time):
        return self.case is None and time <= self.filed + WINDOW

    def same(self, act):
        return all(act[name] == getattr(self, name) for name in ("for_s", "ground", "hash"))

    def state(self):
        return {
            "case": self.case.id if self.case else "", "filed": self.filed, "for_s": self.for_s,
            "ground": self.ground, "hash": self.hash, "member": self.member,
            "stewards": self.stewards, "until": self.until,
        }


def state(a):
    return [
        measure.state() for measure in a.measures if measure.case or measure.open(a.time)]


def suspend(a, act, id, author, time):
    need(a.holds(author, "steward") and act["on"] != author.id, "not-allowed")
    member = a.members.get(act["on"])
    need(member, "unknown-member")
    need(act["ground"] in a.charter["grounds"], "bad-terms")
    about = [measure for measure in a.measures if measure.member == member.id]
    cases = [measure.case for measure in about if measure.case]
    need(all(case.over for case in cases), "duplicate")
    filed = [measure for measure in about if measure.open(time)]
    same = next((measure for measure in filed if measure.same(act)), None)
    need(not same or author.id not in same.stewards, "duplicate")
    need(not member.left and not a.suspended(member, time), "not-a-member")
    need(all(case.upheld or case.ended < time - PAUSE for case in cases), "too-often")
    if same:
        same.stewards.append(author.id)
        _open_case(a, same, id, time)
    else:
        need(len(filed) < MOST_FILED, "too-often")
        a.measures.append(Measure(act, time))


def _open_case(a, measure, id, time):
    measure.case = panels.Case(
        a, "suspension", id, id, time, a.charter["panel"], measure.stewards, [measure.member])
    _begin(a, measure, time + a.charter["interim_s"], time, interim=True)


def _begin(a, measure, until, at, interim=False):
    """The member is suspended, unless the members decided on longer."""
    member = a.members[measure.member]
    if member.left or member.suspended > until and member.suspended != measure.until:
        return
    member.suspended = measure.until = until
    member.quarantined = measure.ground == QUARANTINE
    member.interim = interim and not member.quarantined
    mandates.member_changed(a, member.id, at)


def _end(a, measure, at):
    member = a.members[measure.member]
    if not member.left and member.suspended == measure.until:
        member.suspended, member.quarantined, member.interim = 0, False, False
        mandates.member_changed(a, member.id, at)


# What the panels say


def heard(a, case, at):
    measure = next(measure for measure in a.measures if measure.case is case)
    if case.round == 2 and case.upheld == measure.first:
        return
    measure.first = case.upheld
    if case.upheld:
        _begin(a, measure, at + measure.for_s, at)
    else:
        _end(a, measure, at)


def closed(a, case, at):
    """What was heard stands."""


HANDLERS = {"member.suspend": suspend}
