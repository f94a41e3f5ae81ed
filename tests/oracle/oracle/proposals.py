"""Proposals from their opening to their effects: specs/proposals.md."""

from . import Refused, agreements, charter as rules, effects, mandate_acts, mandates, need, opening, questions

MOST_VERSIONS = 1000
FINAL = ("IN_FORCE", "VOIDED", "REJECTED", "NO_QUORUM", "TIED", "LAPSED", "WITHDRAWN")


class Proposal:
    """What somebody wants decided; an election is one by the ledger."""

    def __init__(self, order, id, by, name, cls, terms, text_act, time):
        self.order, self.id, self.by = order, id, by
        self.class_name, self.cls = name, cls
        self.terms = terms  # kind, chapter, topic, method, scale, seats, budget: as of the lead
        self.text_act = text_act
        self.options = []
        self.office = None
        self.agreement = None  # that the members are asked to ratify
        self.candidates = []
        self.contest = None
        self.version, self.supporters, self.needed = 1, {}, 0
        self.phase, self.since = "ADMISSION", time
        self.charter = None  # that the class is of
        self.question, self.won, self.effects, self.holds = None, [], [], []

    @property
    def final(self):
        return self.phase in FINAL

    def supported(self):
        count = 1 + sum(version == self.version for version in self.supporters.values())
        return count >= self.needed

    def named_options(self):
        """[act id, k] of every option."""
        if self.office:
            return [[act, 0] for act in self.candidates]
        return [[self.text_act, k] for k in range(len(self.options))]

    def state(self):
        return {
            "by": self.by, "class": self.class_name, "effects": self.effects, "id": self.id,
            "lead": self.contest.lead.id, "needed": self.needed, "phase": self.phase,
            "since": self.since, "supporters": [[id, v] for id, v in self.supporters.items()],
            "version": self.version,
        }


class Contest:
    """A lead with its rivals, on the way to their common question."""

    def __init__(self, lead):
        self.lead, self.proposals = lead, [lead]
        self.stage, self.since = "ADMISSION", lead.since
        self.discussed = self.changed = None
        self.question = None

    def freeze_due(self):
        cls = self.lead.cls
        due = self.discussed + cls["discussion_min_s"]
        if self.changed is not None:
            due = max(due, self.changed + cls["after_change_s"])
        return min(due, self.discussed + cls["discussion_max_s"])

    def changes(self, time):
        if self.stage == "DISCUSSION":
            self.changed = time

    def over(self):
        return all(proposal.final for proposal in self.proposals)


# Phases


def move(a, p, phase, at):
    """A proposal enters a phase."""
    p.phase, p.since = phase, at
    if not p.final:
        return
    p.supporters.clear()
    a.forget(p.id)
    if p.contest.over() and p.contest in a.contests:
        a.contests.remove(p.contest)
    if p.id in a.mandates and phase != "IN_FORCE":
        mandates.end(a, a.mandates[p.id], "LAPSED", at)
    if p.agreement and phase != "IN_FORCE":
        agreements.rejected(a, p.agreement, at)


def discuss(p, time):
    if p.phase == "ADMISSION" and p.supported():
        p.phase, p.since = "DISCUSSION", time
        if p is p.contest.lead:
            p.contest.stage, p.contest.discussed = "DISCUSSION", time


def freeze(a, c, at):
    c.stage, c.since = "FROZEN", at
    for p in c.proposals:
        if p.phase == "ADMISSION" or p.phase == "DISCUSSION" and p.office and not p.options:
            move(a, p, "LAPSED", at)
        elif p.phase == "DISCUSSION":
            move(a, p, "FROZEN", at)


def open_question(a, c, at):
    c.stage, c.since = "VOTING", at
    for p in [p for p in c.proposals if p.phase == "FROZEN"]:
        move(a, p, "VOTING" if p.supported() else "LAPSED", at)
    voting = [p for p in c.proposals if p.phase == "VOTING"]
    if voting:
        roll = a.voters(at, c.lead.terms["chapter"])
        c.question = questions.Decision(a, c.lead, voting, at, roll)
        for p in voting:
            p.question = c.question


def decided(a, q, result, time):
    for winner in result["winners"]:
        p, k = q.places[winner - 1]
        p.won = sorted(p.won + [k])
    if result["outcome"] == "tied" and not q.run_off:
        _run_off(a, q, result, time)
        return
    other = {"no-quorum": "NO_QUORUM", "tied": "TIED"}.get(result["outcome"], "REJECTED")
    for p in q.proposals:
        if not p.won:
            move(a, p, other if result["outcome"] != "passed" else "REJECTED", time)
        elif p.cls["cooling_s"]:
            move(a, p, "COOLING", time)
        else:
            enter_force(a, p, time)


def hold_decided(a, q, result, time):
    held = a.proposals[q.about]
    if result["outcome"] == "passed":
        enter_force(a, held, time)
    else:
        move(a, held, "VOIDED", time)


def _run_off(a, q, result, time):
    """Nobody drew: what is tied is voted on again, once."""
    again = {i for tie in result["ties"] for i in tie if i}
    if q.method.startswith(("irv", "stv")):
        again = {i for i, told in enumerate(result["options"], 1)
                 if told["quorum"] and told["majority"]}
    again -= set(result["winners"])
    places = [place for i, place in enumerate(q.places, 1) if i in again]
    standing = []
    for p in q.proposals:
        if p.won or any(place[0] is p for place in places):
            standing.append(p)
            move(a, p, "VOTING", time)
        else:
            move(a, p, "REJECTED", time)
    c = q.lead.contest
    c.stage, c.since = "VOTING", time
    c.question = questions.Decision(
        a, q.lead, standing, time, a.voters(time, q.chapter), places,
        q.seats - (0 if q.method == "equal-shares" else len(result["winners"])))
    for p in standing:
        p.question = c.question


# Acts on proposals


def open_proposal(a, act, id, author, time):
    terms = opening.terms_of(act)
    lead = opening.lead_of(a, act, terms)
    name = terms["class"]
    need(lead or name in a.charter["classes"], "unknown-class")
    need(name != "election", "not-allowed")
    cls = lead.cls if lead else a.charter["classes"][name]
    opening.check_terms(a, terms, cls, act)
    need(a.could_vote(author, time, terms["chapter"]), "not-allowed")
    options = act.get("options", [{"effects": []}])
    opening.check_options(a, options, cls, terms, time)
    if lead:
        opening.check_room(lead.contest, options)
    if terms["kind"] == "mandate.propose":
        mandate_acts.check_terms(a, act, time)
    proposal = Proposal(len(a.proposals), id, author.id, name, cls, terms, id, time)
    proposal.options = options
    members = len(a.voters(time, terms["chapter"]))
    proposal.needed = opening.needed(a, cls, options, members)
    enter(a, proposal, lead)
    if terms["kind"] == "mandate.propose":
        mandates.propose(a, proposal, act, time)
    proposal.contest.changes(time)
    discuss(proposal, time)


def enter(a, proposal, lead):
    proposal.charter = rules.digest(a.charter)
    if lead:
        proposal.contest = lead.contest
        lead.contest.proposals.append(proposal)
    else:
        proposal.contest = Contest(proposal)
        a.contests.append(proposal.contest)
    a.proposals[proposal.id] = proposal


def _subject(a, act):
    proposal = a.proposals.get(act["on"])
    need(proposal, "unknown-subject")
    return proposal


def amend(a, act, id, author, time):
    p = _subject(a, act)
    need(p.by == author.id and p.id not in a.mandates, "not-allowed")
    need(p.phase in ("ADMISSION", "DISCUSSION"), "not-now")
    need(p.version < MOST_VERSIONS, "too-often")
    if p.terms["method"] == "yes-no":
        need(len(act["options"]) == 1, "bad-option", "yes-no")
    opening.check_options(a, act["options"], p.cls, p.terms, time)
    opening.check_room(p.contest, act["options"], p)
    p.options, p.text_act = act["options"], id
    members = len(a.voters(time, p.terms["chapter"]))
    p.needed = max(p.needed, opening.needed(a, p.cls, p.options, members))
    p.version += 1
    p.contest.changes(time)


def support(a, act, id, author, time):
    p = _subject(a, act)
    need(p.phase in ("ADMISSION", "DISCUSSION", "FROZEN") and p.by != "ledger", "not-now")
    need(a.could_vote(author, time, p.terms["chapter"]), "not-allowed")
    need(act["version"] == p.version, "stale-version")
    need(author.id != p.by and p.supporters.get(author.id) != p.version, "duplicate")
    p.supporters.pop(author.id, None)
    p.supporters[author.id] = p.version
    discuss(p, time)


def unsupport(a, act, id, author, time):
    p = _subject(a, act)
    need(p.phase in ("ADMISSION", "DISCUSSION", "FROZEN"), "not-now")
    need(author.id in p.supporters, "not-now")
    del p.supporters[author.id]


def withdraw(a, act, id, author, time):
    p = _subject(a, act)
    need(p.by == author.id, "not-allowed")
    need(p.phase in ("ADMISSION", "DISCUSSION"), "not-now")
    move(a, p, "WITHDRAWN", time)
    c = p.contest
    if c.stage == "DISCUSSION" and all(other.phase != "DISCUSSION" for other in c.proposals):
        c.stage = "OVER"
        for other in [other for other in c.proposals if other.phase == "ADMISSION"]:
            move(a, other, "LAPSED", time)


def hold(a, act, id, author, time):
    p = _subject(a, act)
    need(p.phase == "COOLING", "not-now")
    need(author.id in p.question.on_roll, "not-on-roll")
    need(author.id not in p.holds, "duplicate")
    p.holds.append(author.id)
    if len(p.holds) >= rules.petition(len(p.question.roll)):
        move(a, p, "HELD", time)
        roll = [a.members[member] for member in p.question.roll]
        p.question = questions.personal(a, "hold", p.id, {}, time, a.charter["hold_s"], roll)


# In force


def enter_force(a, p, at):
    """What the union decided happens now."""
    for k in p.won:
        for n, effect in enumerate(p.options[k]["effects"]):
            try:
                effects.EFFECTS[effect["do"]](a, effect, p, k, at)
                verdict = "ok"
            except Refused as refused:
                verdict = refused.verdict
            p.effects.append([k, n, verdict])
    move(a, p, "IN_FORCE", at)
    if p.id in a.mandates:
        mandates.authorise(a, a.mandates[p.id], at)


HANDLERS = {
    "proposal.open": open_proposal,
    "mandate.propose": open_proposal,
    "proposal.amend": amend,
    "proposal.support": support,
    "proposal.unsupport": unsupport,
    "proposal.withdraw": withdraw,
    "proposal.hold": hold,
}
