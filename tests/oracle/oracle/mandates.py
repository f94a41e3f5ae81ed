"""What delegates may do in the union's name, and until when: specs/mandates.md."""

from . import agreements, charter as rules, questions, recovery

# At the table, or with what was agreed there.
HELD_BY_AGREEMENT = ("TENTATIVE", "RATIFYING", "MONITORING")
LIVE = ("ACTIVE", "NEGOTIATING", *HELD_BY_AGREEMENT)
RUNNING = ("AUTHORISED", *LIVE, "SUSPENDED")
FINAL = ("RECALLED", "EXPIRED", "CONCLUDED", "LAPSED", "VOIDED")
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
        self.causes, self.concluded, self.holds, self.published = [], [], [], {}
        self.agreement, self.rejections = None, 0
        self.challengers, self.case = [], None
        self.held = self.decided = 0  # the last vote on a petition; that, or a panel
        self.rested = 0  # until when an agreement kept it from expiring
        self.endorsers, self.endorsements = set(), 0
        self.seals, self.sealed_s, self.seal_texts = [], 0, {}
        self.report_due, self.final_report = 0, False
        self.vote = None

    @property
    def final(self):
        return self.state_name in FINAL

    @property
    def waits(self):
        """Is there a timer?  The vote on a petition goes on when the mandate has ended."""
        return not self.final or self.vote is not None

    @property
    def live(self):
        return self.state_name in LIVE

    @property
    def standing(self):
        """The state, or that which a suspension interrupts."""
        return self.left_state if self.state_name == "SUSPENDED" else self.state_name

    @property
    def accepted(self):
        return sum(self.delegates.values())

    def seals_due(self):
        return [opens for _, opens, opened in self.seals if not opened]

    def state(self):
        return {
            "agreement": self.agreement.id if self.agreement else "",
            "causes": sorted(self.causes), "challengers": self.challengers,
            "concluded": self.concluded,
            "delegates": [[id, accepted] for id, accepted in self.delegates.items()],
            "endorsements": self.endorsements, "final": self.final_report, "holds": self.holds,
            "id": self.id, "publications": [[id, *row] for id, row in self.published.items()],
            "rejections": self.rejections, "report_due": self.report_due,
            "seals": self.seals, "sealed_s": self.sealed_s, "since": self.since,
            "state": self.state_name, "valid_until": self.valid_until,
        }


# Moving between states


def move(a, m, state, at):
    m.state_name, m.since = state, at
    a.moved.append(m)


def pass_on(a, m, state, at):
    """Its agreement moves it, or what it goes back to while it is SUSPENDED."""
    if m.final:
        return
    if m.standing in HELD_BY_AGREEMENT and state not in HELD_BY_AGREEMENT:
        m.rested = at
    if m.state_name == "SUSPENDED":
        m.left_state = state
    else:
        move(a, m, state, at)


def end(a, m, state, at):
    """A final state: nothing is left but what it came to."""
    move(a, m, state, at)
    m.causes, m.concluded, m.holds, m.seals, m.challengers = [], [], [], [], []
    m.delegates, m.published = {}, {}
    m.endorsers.clear()
    a.forget(m.id, mandate=True)


def propose(a, proposal, act, time):
    a.mandates[proposal.id] = Mandate(proposal, act, time)


def authorise(a, m, at):
    move(a, m, "AUTHORISED", at)
    m.accept_by = at + ACCEPTANCE


def _activate(a, m, at):
    move(a, m, "ACTIVE", at)
    m.report_due = max(at, m.valid_from) + m.terms["report_every_s"]
    judge_acting(a, m, at)
    if m.case and m.case.upheld:
        suspend(a, m, "challenge", at)
    _take_over(a, m, at)


def _take_over(a, m, at):
    """Row 28: an agreement that stands and that nobody monitors any more."""
    g = a.agreements.get(m.terms.get("agreement"))
    if g and g.state_name in agreements.STANDING and g.mandate.final:
        g.mandate, m.agreement = m, g
        pass_on(a, m, "MONITORING", at)
        if g.overdue:
            suspend(a, m, "answer", at)


def conclude_monitoring(a, m, at):
    """Row 24: its agreement is over and the final report is filed."""
    if m.standing == "MONITORING" and m.agreement.final and m.final_report:
        end(a, m, "CONCLUDED", at)


def petition(m, times):
    """times K, of the members who were asked to authorise the mandate."""
    members = len(m.proposal.question.roll)
    return rules.clamp(times * rules.small(members), members)


def activate_if_ready(a, m, time):
    if m.state_name == "AUTHORISED" and m.accepted >= m.needed:
        if len(m.published) >= a.charter["publish_needs"]:
            _activate(a, m, time)


def suspend(a, m, cause, at):
    if not m.live and m.state_name != "SUSPENDED":
        return
    if m.live:
        m.left_state = m.state_name
        move(a, m, "SUSPENDED", at)
    if cause not in m.causes:
        m.causes.append(cause)


def cure(a, m, cause, at):
    if cause not in m.causes:
        return
    m.causes.remove(cause)
    if not m.causes:
        move(a, m, m.left_state, at)
        if m.report_due < at:
            m.report_due = at + m.terms["report_every_s"]


def acting(a, m, member, at):
    person = a.members[member]
    return (
        m.delegates.get(member, False) and not person.left and not a.suspended(person, at)
        and not recovery.under_way(a, member))


def judge_acting(a, m, at):
    """Rows 14 and 15: are enough delegates acting?"""
    m.judged = at
    if not m.live and m.state_name != "SUSPENDED":
        return
    if sum(acting(a, m, member, at) for member in m.delegates) < m.needed:
        suspend(a, m, "delegates", at)
    else:
        cure(a, m, "delegates", at)


def member_changed(a, member, at):
    for m in a.mandates.values():
        if member in m.delegates:
            judge_acting(a, m, at)


# A vote on a petition, and a case on it: rows 20 and 23


def hold_decided(a, q, result, time):
    """Row 20, or the cause is cured; the petition begins anew."""
    m = a.mandates[q.about]
    m.holds, m.vote = [], None
    m.held = m.decided = time
    if m.final:
        return
    if result["outcome"] == "passed":
        end(a, m, "RECALLED", time)
    else:
        cure(a, m, "hold", time)


def heard(a, case, at):
    m = a.mandates[case.subject]
    m.decided = at
    if case.upheld:
        suspend(a, m, "challenge", at)
    else:
        cure(a, m, "challenge", at)


def closed(a, case, at):
    m = a.mandates[case.subject]
    if case.phase == "LAPSED":
        m.case, m.challengers = None, []
    if case.upheld and not m.final:
        end(a, m, "VOIDED", at)


# Timers


def timers(a, m):
    """(due, founding order, within, action) of everything that waits."""
    for within, row in enumerate(_waiting(a, m)):
        if row:
            yield row[0], m.proposal.order, within, row[1]


def _waiting(a, m):
    """(due, action) in the order in which they fire, something false for what rests."""
    suspended = m.state_name == "SUSPENDED"
    if m.state_name in RUNNING:
        yield m.standing not in HELD_BY_AGREEMENT and (
            max(m.valid_until, m.rested), lambda at, due: end(a, m, "EXPIRED", at))
        cured_by_others = "hold" in m.causes or "challenge" in m.causes
        yield suspended and not cured_by_others and (
            max(m.since + a.charter["cure_s"], m.decided), lambda at, due: end(a, m, "EXPIRED", at))
        yield m.accept_by and (m.accept_by, lambda at, due: _acceptance_ends(a, m, at))
    else:
        yield from (None, None, None)
    if m.live or suspended:
        report = m.report_due + m.terms["report_grace_s"]
        yield "report" not in m.causes and (
            report, lambda at, due: suspend(a, m, "report", at))
        seals = m.seals_due()
        yield seals and "seal" not in m.causes and (
            min(seals), lambda at, due: suspend(a, m, "seal", at))
        back = [a.members[id].suspended for id in m.delegates]
        back = [time for time in back if time > m.judged]
        yield back and (min(back), lambda at, due: judge_acting(a, m, at))
    else:
        yield from (None, None, None)
    yield m.vote and m.vote.open and (
        m.vote.close, lambda at, due: questions.close(a, m.vote, at, due))


def _acceptance_ends(a, m, at):
    m.accept_by = None
    if m.state_name == "AUTHORISED" and m.accepted < m.needed:
        end(a, m, "LAPSED", at)
        return
    m.delegates = {id: True for id, accepted in m.delegates.items() if accepted}
    if m.state_name == "AUTHORISED":
        _activate(a, m, at)
