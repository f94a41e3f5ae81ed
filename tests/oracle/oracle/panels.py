"""Panels drawn by lot, and the cases that they decide: specs/cases.md.

What a case is about hears what was decided (`heard`) and when nothing can change it any more
(`closed`); without appeal both come at once.
"""

import hashlib

from . import agreements, lots, mandates, measures, need, questions, recovery

APPEAL = 604800
FEWEST = 3
SMALL = 5
MATTERS = {
    "mandate": mandates, "recovery": recovery, "scope": agreements, "suspension": measures}
APPEALED = ("mandate", "suspension")


class Case:
    """A dispute.  Parties: who asked for it, who answers for what it is about, and others."""

    def __init__(self, a, kind, id, subject, at, size=SMALL, asked=(), answer=(), others=()):
        self.order, self.id, self.kind, self.subject = len(a.cases), id, kind, subject
        self.size, self.asked, self.others = size, list(asked), list(others)
        self.answer = [id for id in answer if id not in asked]
        self.opened, self.round, self.upheld = at, 0, False
        self.panel, self.first_panel, self.vote, self.ended = [], [], None, None
        a.cases[id] = self
        draw_again(a, self, at)

    @property
    def parties(self):
        return list(dict.fromkeys([*self.asked, *self.answer, *self.others]))

    @property
    def over(self):
        return self.phase in ("CLOSED", "LAPSED")

    @property
    def waits(self):
        return not self.over

    @property
    def takes_commits(self):
        return self.phase == "DRAWING"

    @property
    def takes_reveals(self):
        return self.phase == "REVEALING"

    def move(self, phase, due=0):
        self.phase, self.due = phase, due

    def end(self, phase, at):
        self.move(phase)
        self.ended, self.commits, self.reveals = at, {}, {}

    def waits_until(self):
        """When its timer is due, 0 for none and while the hearing is counted."""
        if self.phase == "HEARING":
            return self.vote.close if self.vote.open else 0
        return self.due

    def state(self, members):
        return {
            "commits": questions.by_admission(members, self.commits),
            "due": self.waits_until(), "id": self.id, "kind": self.kind, "opened": self.opened,
            "panel": self.panel, "parties": [] if self.over else self.parties,
            "phase": self.phase, "question": self.vote.id if self.vote else "",
            "reveals": questions.by_admission(members, self.reveals), "round": self.round,
            "subject": self.subject, "upheld": self.upheld,
        }


# The draw


def draw_again(a, case, at):
    """A round begins."""
    case.round += 1
    case.first_panel, case.panel, case.vote = case.panel, [], None
    case.commits, case.reveals = {}, {}
    case.move("DRAWING", at + a.charter["draw_s"])


def _commits_end(a, case, at, due):
    if case.commits:
        case.move("REVEALING", at + a.charter["draw_s"])
    else:
        _no_panel(a, case, at)


def _draw(a, case, at, due):
    seed = hashlib.sha256(
        b"union-panel/v1\n" + bytes.fromhex(case.id) + bytes([case.round])
        + lots.revealed(a.members, case)).digest()
    barred = {*case.parties, *case.first_panel}
    drawn = [
        member for member in a.voters(at)
        if member.id not in barred and not a.suspended(member, at)]
    if not case.reveals or len(drawn) < FEWEST:
        _no_panel(a, case, at)
        return
    drawn.sort(key=lambda member: hashlib.sha256(seed + bytes.fromhex(member.id)).digest())
    panel = sorted(drawn[:case.size], key=lambda member: member.order)
    case.panel = [member.id for member in panel]
    size = len(panel)
    case.move("HEARING")
    case.vote = questions.personal(
        a, "panel", case.id, {"share": [size // 2 + 1, size]}, at, a.charter["panel_s"], panel,
        case.subject)


def _no_panel(a, case, at):
    """The first round decides nothing; a second one leaves what the first decided."""
    case.end("LAPSED" if case.round == 1 else "CLOSED", at)
    MATTERS[case.kind].closed(a, case, at)


# The decision


def decided(a, q, result, time):
    """What the panel's question came to."""
    case = a.cases[q.about]
    case.upheld, case.vote = result["outcome"] == "passed", None
    matter = MATTERS[case.kind]
    if case.round == 1 and case.kind in APPEALED:
        case.move("UPHELD" if case.upheld else "DISMISSED", time + APPEAL)
        matter.heard(a, case, time)
    else:
        case.end("CLOSED", time)
        matter.heard(a, case, time)
        matter.closed(a, case, time)


def appeal(a, act, id, author, time):
    case = a.cases.get(act["on"])
    need(case, "unknown-subject")
    need(case.round == 1, "duplicate")
    need(case.phase in ("UPHELD", "DISMISSED"), "not-now")
    need(author.id in (case.answer if case.upheld else case.asked), "not-allowed")
    draw_again(a, case, time)


def _appeal_over(a, case, at, due):
    case.end("CLOSED", at)
    MATTERS[case.kind].closed(a, case, at)


# Timers


WAITING = {
    "DRAWING": _commits_end,
    "REVEALING": _draw,
    "HEARING": lambda a, case, at, due: questions.close(a, case.vote, at, due),
    "UPHELD": _appeal_over,
    "DISMISSED": _appeal_over,
}


def timers(a, case):
    """(due, founding order, within, action) of what waits."""
    due = case.waits_until()
    if due:
        action = WAITING[case.phase]
        yield due, case.order, 0, lambda at, due: action(a, case, at, due)


HANDLERS = {"case.appeal": appeal}
