"""What happens by itself when its time has come, and in which order: specs/proposals.md."""

from . import agreements, elections, mandates, panels, proposals, questions, recovery
from .forms import OFFICES

LATE = 3600


def timers(a):
    """(due, sort, founding order, within, action) of everything that waits."""
    for contest in a.contests:
        yield from _contest_timers(a, contest)
    for sort, kind, things in (
        (4, mandates, a.mandates), (5, agreements, a.agreements), (6, panels, a.cases),
        (7, recovery, a.recoveries),
    ):
        for thing in things.values():
            if thing.waits:
                for due, *rest in kind.timers(a, thing):
                    yield due, sort, *rest
    for number, office in enumerate(OFFICES):
        term = a.charter["offices"][office]["term_s"]
        ends = [seated + term for seated in a.seats[office].values()]
        if a.in_power:
            ends.append(a.found["charter"]["founders"]["until_s"])
        if ends:
            yield min(ends), 8, number, 0, _office_timer(a, office)


def _contest_timers(a, c):
    cls, question, order = c.lead.cls, c.question, c.lead.order
    for p in c.proposals:
        if p.phase == "ADMISSION":
            yield p.since + cls["admission_s"], 1, p.order, 0, \
                lambda at, due, p=p: proposals.move(a, p, "LAPSED", at)
        elif p.phase == "COOLING":
            yield p.since + cls["cooling_s"], 2, order, p.order, \
                lambda at, due, p=p: proposals.enter_force(a, p, at)
        elif p.phase == "HELD" and p.question.open:
            yield p.question.close, 3, p.order, 0, \
                lambda at, due, p=p: questions.close(a, p.question, at, due)
    if c.stage == "DISCUSSION":
        yield c.freeze_due(), 2, order, -1, lambda at, due: proposals.freeze(a, c, at)
    elif c.stage == "FROZEN":
        yield c.since + cls["frozen_s"], 2, order, -1, \
            lambda at, due: proposals.open_question(a, c, at)
    elif question and question.open:
        yield question.close, 2, order, -1, lambda at, due: questions.close(a, question, at, due)
    elif question and question.drawing_since is not None:
        yield question.drawing_since + a.charter["lot_s"], 2, order, -1, \
            lambda at, due: questions.draw(a, question, at)


def _office_timer(a, office):
    def ring(at, due):
        if due >= a.found["charter"]["founders"]["until_s"]:
            a.in_power = False
        term = a.charter["offices"][office]["term_s"]
        seats = a.seats[office]
        for member in [member for member, seated in seats.items() if seated + term <= due]:
            del seats[member]
    return ring


def fire(a, time):
    """Everything that is due at or before `time`; stops where a result is due."""
    if time - a.time > LATE and a.outage != a.time:
        a.outage = a.time
        for question in a.questions.values():
            if question.open and question.close > a.time and not question.moved:
                question.close += min(time - a.time, question.period)
                question.moved = True
    while not a.counting:
        timer = min(timers(a), key=lambda row: row[:4], default=None)
        if timer is None or timer[0] > time:
            return
        due = timer[0]
        at = due if time - due <= LATE else time
        timer[4](at, due)
        agreements.look(a, at)
        elections.fill_offices(a, at)
