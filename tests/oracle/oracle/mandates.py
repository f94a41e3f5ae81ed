"""What delegates may do in the union's name, and until when: specs/mandates.md."""

from . import questions

LIVE = ("ACTIVE", "NEGOTIATING")
RUNNING = ("AUTHORISED", *LIVE, "SUSPENDED")
FINAL = ("RECALLED", "EXPIRED", "CONCLUDED", "LAPSED")
ACCEPTANCE = 604800
LONGEST = 157680000


class Mandate:
    def __init__(self, proposal, act, time):
        self.id, self.proposal, self.terms = proposal.id, proposal, act
        self.state_name, self.since = "PROPOSED", time
        self.needed, self.recall = act["needed"], act["recall"]
        self.valid_from, self.valid_until = act["valid_from"], act["valid_until"]
        self.delegates = {id: False for id in act["delegates"]}
        self.accept_by = None  # due time of the timer `acceptance`
        self.left_state = None  # the state to go back to
        self.judged = time  # when it was last seen who is acting
        self.causes, self.concluded, self.holds, self.published = [], [], [], []
        self.endorsers, self.endorsements = set(), 0
        self.seals, self.sealed_s, self.seal_texts = [], 0, {}
        self.report_due, self.final_report = 0, False
        self.vote = None

    @property
    def final(self):
        return self.state_name in FINAL

    @property
    def live(self):
        return self.state_name in LIVE

    @property
    def accepted(self):
        return sum(self.delegates.values())

    def seals_due(self):
        return [opens for _, opens, opened in self.seals if not opened]

    def state(self):
        return {
            "causes": sorted(self.causes), "concluded": self.concluded,
            "delegates": [[id, accepted] for id, accepted in self.delegates.items()],
            "endorsements": self.endorsements, "final": self.final_report, "holds": self.holds,
            "id": self.id, "published": self.published, "report_due": self.report_due,
            "seals": self.seals, "sealed_s": self.sealed_s, "since": self.since,
            "state": self.state_name, "valid_until": self.valid_until,
        }


# Moving between states


def move(m, state, at):
    m.state_name, m.since = state, at


def end(a, m, state, at):
    """A final state: nothing is left but what it came to."""
    move(m, state, at)
    m.causes, m.concluded, m.holds, m.published, m.seals = [], [], [], [], []
    m.delegates = {}
    m.endorsers.clear()
    a.forget(m.id, mandate=True)


def propose(a, proposal, act, time):
    a.mandates[proposal.id] = Mandate(proposal, act, time)


def authorise(a, m, at):
    move(m, "AUTHORISED", at)
    m.accept_by = at + ACCEPTANCE


def _activate(a, m, at):
    move(m, "ACTIVE", at)
    m.report_due = max(at, m.valid_from) + m.terms["report_every_s"]
    judge_acting(a, m, at)


def activate_if_ready(a, m, time):
    if m.state_name == "AUTHORISED" and m.accepted >= m.needed:
        if len(m.published) >= a.charter["publish_needs"]:
            _activate(a, m, time)


def suspend(m, cause, at):
    if m.live:
        m.left_state = m.state_name
        move(m, "SUSPENDED", at)
    if cause not in m.causes:
        m.causes.append(cause)


def cure(m, cause, at):
    if cause not in m.causes:
        return
    m.causes.remove(cause)
    if not m.causes:
        move(m, m.left_state, at)
        if m.report_due < at:
            m.report_due = at + m.terms["report_every_s"]


def acting(a, m, member, at):
    person = a.members[member]
    return m.delegates.get(member, False) and not person.left and not a.suspended(person, at)


def judge_acting(a, m, at):
    """Rows 14 and 15: are enough delegates acting?"""
    m.judged = at
    if not m.live and m.state_name != "SUSPENDED":
        return
    if sum(acting(a, m, member, at) for member in m.delegates) < m.needed:
        suspend(m, "delegates", at)
    else:
        cure(m, "delegates", at)


def member_changed(a, member, at):
    for m in a.mandates.values():
        if member in m.delegates:
            judge_acting(a, m, at)


# Timers


def timers(a, m):
    """(due, sort, founding order, within, action) of everything that waits."""
    rows = []
    suspended = m.state_name == "SUSPENDED"
    if m.state_name in RUNNING:
        rows.append((m.valid_until, lambda at, due: end(a, m, "EXPIRED", at)))
        if suspended:
            rows.append((m.since + a.charter["cure_s"], lambda at, due: end(a, m, "EXPIRED", at)))
        else:
            rows.append(None)
        rows.append(m.accept_by and (m.accept_by, lambda at, due: _acceptance_ends(a, m, at)))
    else:
        rows += [None, None, None]
    if m.live or suspended:
        report = m.report_due + m.terms["report_grace_s"]
        rows.append("report" not in m.causes and (
            report, lambda at, due: suspend(m, "report", at)))
        seals = m.seals_due()
        rows.append(seals and "seal" not in m.causes and (
            min(seals), lambda at, due: suspend(m, "seal", at)))
        back = [a.members[id].suspended for id in m.delegates]
        back = [time for time in back if time > m.judged]
        rows.append(back and (min(back), lambda at, due: judge_acting(a, m, at)))
    else:
        rows += [None, None, None]
    if m.vote and m.vote.open:  # goes on when the mandate has ended
        rows.append((m.vote.close, lambda at, due: questions.close(a, m.vote, at, due)))
    for within, row in enumerate(rows):
        if row:
            yield row[0], 4, m.proposal.order, within, row[1]


def _acceptance_ends(a, m, at):
    m.accept_by = None
    if m.state_name == "AUTHORISED" and m.accepted < m.needed:
        end(a, m, "LAPSED", at)
        return
    m.delegates = {id: True for id, accepted in m.delegates.items() if accepted}
    if m.state_name == "AUTHORISED":
        _activate(a, m, at)
