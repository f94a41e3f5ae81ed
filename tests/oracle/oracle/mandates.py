"""What delegates may do in the union's name, and until when: specs/mandates.md."""

from . import charter as rules, need, proposals
from .log import LAST_SECOND

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


def _activate_if_ready(a, m, time):
    if m.state_name == "AUTHORISED" and m.accepted >= m.needed:
        if len(m.published) >= a.charter["publish_needs"]:
            _activate(a, m, time)


def _suspend(m, cause, at):
    if m.live:
        m.left_state = m.state_name
        move(m, "SUSPENDED", at)
    if cause not in m.causes:
        m.causes.append(cause)


def _cure(m, cause, at):
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
        _suspend(m, "delegates", at)
    else:
        _cure(m, "delegates", at)


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
            report, lambda at, due: _suspend(m, "report", at)))
        seals = m.seals_due()
        rows.append(seals and "seal" not in m.causes and (
            min(seals), lambda at, due: _suspend(m, "seal", at)))
        back = [a.members[id].suspended for id in m.delegates]
        back = [time for time in back if time > m.judged]
        rows.append(back and (min(back), lambda at, due: judge_acting(a, m, at)))
    else:
        rows += [None, None, None]
    if m.vote and m.vote.open:  # goes on when the mandate has ended
        rows.append((m.vote.close, lambda at, due: proposals.close(a, m.vote, at, due)))
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


# Terms: section 1


def check_terms(a, act, time):
    def fine(condition):
        need(condition, "bad-terms")

    fine(act["texts"])
    for delegate in act["delegates"]:
        need(delegate in a.members, "unknown-member")
        need(a.good_standing(a.members[delegate], time), "not-a-member")
    fine(len(set(act["delegates"])) == len(act["delegates"]))
    fine(1 <= act["needed"] <= len(act["delegates"]))
    fine(act["powers"])
    fine(0 < act["valid_from"] < act["valid_until"] <= act["valid_from"] + LONGEST)
    fine(time < act["valid_until"] <= LAST_SECOND)
    fine(86400 <= act["report_every_s"] <= 31536000)
    fine(act["report_grace_s"] <= 2592000)
    fine(act["confidential_s"] <= 31536000)
    num, den = act["recall"]
    fine(1 <= den <= 10000 and 100 * num >= den and 2 * num <= den)
    ratify = a.charter["classes"].get(act["ratify_class"])
    fine(ratify and not ratify["delegation"])


# Acts: section 3


def _mandate(a, act, *states):
    m = a.mandates.get(act["on"])
    need(m, "unknown-subject")
    need(m.state_name in states, "not-now", "the mandate is " + m.state_name)
    return m


def _acting(a, m, author, time):
    need(acting(a, m, author.id, time), "not-allowed")


def accept(a, act, id, author, time):
    m = _mandate(a, act, *RUNNING)
    need(author.id in m.delegates, "not-allowed")
    need(not m.delegates[author.id], "duplicate")
    m.delegates[author.id] = True
    _activate_if_ready(a, m, time)
    judge_acting(a, m, time)


def publish(a, act, id, author, time):
    m = _mandate(a, act, "AUTHORISED", *LIVE)
    need(a.holds(author, "steward"), "not-allowed")
    need(author.id not in m.published, "duplicate")
    dates = (act["valid_from"], act["valid_until"])
    need(dates == (m.valid_from, m.valid_until), "bad-terms")
    m.published.append(author.id)
    _activate_if_ready(a, m, time)


def endorse(a, act, id, author, time):
    m = _mandate(a, act, *LIVE)
    need(author.id not in m.endorsers, "duplicate")
    m.endorsers.add(author.id)
    m.endorsements = len(m.endorsers)


def unendorse(a, act, id, author, time):
    m = _mandate(a, act, *LIVE)
    need(author.id in m.endorsers, "not-now")
    m.endorsers.remove(author.id)
    m.endorsements = len(m.endorsers)


def meeting(a, act, id, author, time):
    m = _mandate(a, act, *LIVE)
    _acting(a, m, author, time)
    need(time >= m.valid_from, "not-now")
    need(act["counterparty"] < len(m.terms["counterparties"]), "out-of-scope")
    if m.state_name == "ACTIVE":
        move(m, "NEGOTIATING", time)


def _reported(m, time):
    m.report_due = time + m.terms["report_every_s"]
    _cure(m, "report", time)


def report(a, act, id, author, time):
    m = _mandate(a, act, *LIVE, "SUSPENDED")
    _acting(a, m, author, time)
    need(act["texts"], "bad-terms")
    m.final_report = m.final_report or act["final"]
    _reported(m, time)


def seal(a, act, id, author, time):
    m = _mandate(a, act, *LIVE, "SUSPENDED")
    _acting(a, m, author, time)
    need(act["texts"], "bad-terms")
    need(act["opens"] > time, "bad-terms")
    sealed_s = m.sealed_s + act["opens"] - time
    need(sealed_s <= m.terms["confidential_s"], "bad-terms")
    m.sealed_s = sealed_s
    m.seals.append([id, act["opens"], False])
    m.seal_texts[id] = act["texts"]
    _reported(m, time)


def report_open(a, act, id, author, time):
    m = _mandate(a, act, *LIVE, "SUSPENDED")
    _acting(a, m, author, time)
    found = next((row for row in m.seals if row[0] == act["seal"]), None)
    need(found, "unknown-subject")
    need(not found[2], "duplicate")
    need(m.seal_texts[found[0]] == act["texts"], "bad-commitment")
    found[2] = True
    if all(opens > time for opens in m.seals_due()):
        _cure(m, "seal", time)


def resign(a, act, id, author, time):
    m = _mandate(a, act, *RUNNING)
    need(author.id in m.delegates, "not-allowed")
    del m.delegates[author.id]
    judge_acting(a, m, time)


def hold(a, act, id, author, time):
    m = _mandate(a, act, *LIVE)
    p = m.proposal
    need(a.could_vote(author, time, p.terms["chapter"]), "not-allowed")
    need(author.id not in m.holds, "duplicate")
    m.holds.append(author.id)
    if len(m.holds) >= rules.petition(len(p.question.roll)):
        _suspend(m, "hold", time)
        roll = a.voters(time, p.terms["chapter"])
        m.vote = proposals.Question(
            a, "mandate-hold", p, m.id, [p], a.charter["classes"]["recall"], time,
            a.charter["hold_s"], roll)


def hold_decided(a, q, outcome, time):
    """Row 20, or the cause is cured; the petition begins anew."""
    m = a.mandates[q.about]
    m.holds, m.vote = [], None
    if m.final:
        return
    if outcome == "passed":
        end(a, m, "RECALLED", time)
    else:
        _cure(m, "hold", time)


def conclude(a, act, id, author, time):
    m = _mandate(a, act, "NEGOTIATING")
    _acting(a, m, author, time)
    need(m.final_report, "not-now", "no final report")
    need(author.id not in m.concluded, "duplicate")
    m.concluded.append(author.id)
    if len(m.concluded) >= m.needed:
        end(a, m, "CONCLUDED", time)


# Effects


def recall(a, effect, at):
    m = a.mandates[effect["mandate"]]
    need(m.state_name in RUNNING, "not-now")
    for delegate in effect["delegates"]:
        m.delegates.pop(delegate, None)
    if m.delegates:
        judge_acting(a, m, at)
    else:
        end(a, m, "RECALLED", at)


def replace(a, effect, at):
    m = a.mandates[effect["mandate"]]
    need(m.state_name in RUNNING, "not-now")
    for delegate in effect["delegates"]:
        new = delegate not in m.delegates
        need(not new or a.good_standing(a.members[delegate], at), "not-a-member")
    need(len(set(effect["delegates"])) >= m.needed, "bad-terms")
    m.delegates = {id: m.delegates.get(id, False) for id in effect["delegates"]}
    judge_acting(a, m, at)


def renew(a, effect, at):
    m = a.mandates[effect["mandate"]]
    need(m.live, "not-now")
    need(m.valid_until < effect["valid_until"] <= at + LONGEST, "bad-terms")
    m.valid_until = effect["valid_until"]


HANDLERS = {
    "mandate.accept": accept,
    "mandate.publish": publish,
    "mandate.endorse": endorse,
    "mandate.unendorse": unendorse,
    "mandate.meeting": meeting,
    "mandate.report": report,
    "mandate.report.open": report_open,
    "mandate.report.seal": seal,
    "mandate.resign": resign,
    "mandate.hold": hold,
    "mandate.conclude": conclude,
}
