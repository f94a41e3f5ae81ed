"""Proposals, their questions and results: specs/proposals.md."""

import hashlib

from . import Refused, charter as rules, count, delegation, effects, elections, jcs, mandates
from . import need, opening
from .forms import OFFICES
from .log import base64_of, root_of, unbase64

LATE = 3600
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


class Question:
    """What is voted on: options, roll and ballots."""

    def __init__(self, a, kind, lead, about, proposals, cls, at, period, roll,
                 places=None, seats=None):
        terms = lead.terms
        self.members = a.members
        self.kind, self.lead, self.about, self.proposals = kind, lead, about, proposals
        self.cls, self.opens, self.period, self.close = cls, at, period, at + period
        self.chapter, self.topic = terms["chapter"], terms["topic"]
        self.roll = [member.id for member in roll]
        self.on_roll = set(self.roll)
        self.roll_root = root_of(bytes.fromhex(id) for id in self.roll)
        self.personal = kind != "decision"
        self.rule = {
            "charter": base64_of(rules.digest(a.charter) if self.personal else lead.charter),
            "class": "" if self.personal else lead.class_name,
            "majority": [1, 2] if self.personal else cls["majority"],
            "quorum": {} if kind == "hold" else cls["quorum"],
        }
        self.delegation = cls["delegation"] and not self.personal
        self.places = places or [(p, k) for p in proposals for k in range(len(p.options))]
        self.run_off = places is not None
        self.method, self.scale, self.seats = "yes-no", None, 1
        self.budget = None
        options = [[about, 0]]
        if not self.personal:
            options = [p.named_options()[k] for p, k in self.places]
            self.method, self.scale = terms["method"], terms["scale"]
            self.seats, self.budget = seats or terms["seats"], terms["budget"]
            if self.method == "yes-no" and len(options) > 1:
                self.method = "schulze"
        self.size = len(options)
        named = {
            "about": about, "kind": kind, "log": a.origin, "method": self.method, "opens": at,
            "options": options, "seats": self.seats,
        }
        if self.scale:
            named["scale"] = self.scale
        if self.budget:
            named["budget"] = self.budget
        self.id = hashlib.sha256(b"union-question/v1\n" + jcs.dump(named)).hexdigest()
        self.open, self.extended, self.moved = True, False, False
        self.ballots, self.last = [], {}
        self.commits, self.reveals = {}, {}
        self.drawing_since = None
        self.count = self.expected = None
        a.questions[self.id] = self

    def last_seq(self, member):
        return self.last[member][2] if member in self.last else None

    def _by_admission(self, rows):
        return [[id, rows[id]] for id in sorted(rows, key=lambda id: self.members[id].order)]

    def state(self):
        return {
            "about": self.about, "ballots": [row[:4] for row in self.ballots],
            "close": self.close, "commits": self._by_admission(self.commits),
            "extended": self.extended, "id": self.id, "kind": self.kind, "moved": self.moved,
            "opens": self.opens, "reveals": self._by_admission(self.reveals),
            "roll": {"root": base64_of(self.roll_root), "size": len(self.roll)},
        }


# Timers


def timers(a):
    """(due, sort, founding order, within, action) of everything that waits."""
    for contest in a.contests:
        yield from _contest_timers(a, contest)
    for mandate in a.mandates.values():
        if not mandate.final or mandate.vote:
            yield from mandates.timers(a, mandate)
    for number, office in enumerate(OFFICES):
        term = a.charter["offices"][office]["term_s"]
        ends = [seated + term for seated in a.seats[office].values()]
        if a.in_power:
            ends.append(a.found["charter"]["founders"]["until_s"])
        if ends:
            yield min(ends), 5, number, 0, _office_timer(a, office)


def _contest_timers(a, c):
    cls, question, order = c.lead.cls, c.question, c.lead.order
    for p in c.proposals:
        if p.phase == "ADMISSION":
            yield p.since + cls["admission_s"], 1, p.order, 0, \
                lambda at, due, p=p: move(a, p, "LAPSED", at)
        elif p.phase == "COOLING":
            yield p.since + cls["cooling_s"], 2, order, p.order, \
                lambda at, due, p=p: enter_force(a, p, at)
        elif p.phase == "HELD" and p.question.open:
            yield p.question.close, 3, p.order, 0, \
                lambda at, due, p=p: close(a, p.question, at, due)
    if c.stage == "DISCUSSION":
        yield c.freeze_due(), 2, order, -1, lambda at, due: _freeze(a, c, at)
    elif c.stage == "FROZEN":
        yield c.since + cls["frozen_s"], 2, order, -1, lambda at, due: _open(a, c, at)
    elif question and question.open:
        yield question.close, 2, order, -1, lambda at, due: close(a, question, at, due)
    elif question and question.drawing_since is not None:
        yield question.drawing_since + a.charter["lot_s"], 2, order, -1, \
            lambda at, due: _lot(a, question, at)


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
        elections.fill_offices(a, at)


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


def discuss(p, time):
    if p.phase == "ADMISSION" and p.supported():
        p.phase, p.since = "DISCUSSION", time
        if p is p.contest.lead:
            p.contest.stage, p.contest.discussed = "DISCUSSION", time


def _freeze(a, c, at):
    c.stage, c.since = "FROZEN", at
    for p in c.proposals:
        if p.phase == "ADMISSION" or p.phase == "DISCUSSION" and p.office and not p.options:
            move(a, p, "LAPSED", at)
        elif p.phase == "DISCUSSION":
            move(a, p, "FROZEN", at)


def _open(a, c, at):
    c.stage, c.since = "VOTING", at
    for p in [p for p in c.proposals if p.phase == "FROZEN"]:
        move(a, p, "VOTING" if p.supported() else "LAPSED", at)
    voting = [p for p in c.proposals if p.phase == "VOTING"]
    if voting:
        roll = a.voters(at, c.lead.terms["chapter"])
        cls = c.lead.cls
        c.question = Question(
            a, "decision", c.lead, c.lead.id, voting, cls, at, cls["voting_s"], roll)
        for p in voting:
            p.question = c.question


def close(a, q, at, due):
    late = 0 if q.personal or q.extended else q.cls["late_s"]
    if late and not _quorum(a, q, due - late) and _quorum(a, q):
        q.extended = True
        q.close = due + min(late, q.period)
        for p in q.proposals:
            move(a, p, "EXTENDED", at)
        return
    q.open = False
    if q.kind == "decision":
        for p in q.proposals:
            move(a, p, "COUNTING", at)
    q.count = Count(a, q)
    _expect(a, q, q.count.result())


def _expect(a, q, result):
    q.expected = result
    a.counting = q


def _lot(a, q, at):
    q.drawing_since = None
    for p in q.proposals:
        move(a, p, "COUNTING", at)
    committed = [member for member in a.members if member in q.commits]
    lot = {"missing": [member for member in committed if member not in q.reveals]}
    seed = None
    if q.reveals:
        parts = [b"union-lot/v1\n", bytes.fromhex(q.id), q.roll_root, q.count.box]
        parts += [unbase64(q.reveals[member]) for member in committed if member in q.reveals]
        seed = hashlib.sha256(b"".join(parts)).digest()
        lot["seed"] = base64_of(seed)
    _expect(a, q, q.count.result(seed) | {"lot": lot})


# Counting


def _totals(a, q, before=None):
    """(last ballots, weights, unused, [[for, against] of every option])."""
    last = q.last
    if before is not None:
        last = {row[0]: row for row in q.ballots if row[1] < before}
    weights, unused = delegation.weights(a, q, set(last))
    totals = [[0, 0] for _ in range(q.size)]
    for member, row in last.items():
        for option in range(1, q.size + 1):
            side = count.prefers(q.method, row[3], option)
            if side:
                totals[option - 1][side < 0] += weights[member]
    return last, weights, unused, totals


def _quorum(a, q, before=None):
    totals = _totals(a, q, before)[3]
    return any(rules.quorum_met(q.cls["quorum"], len(q.roll), votes) for votes, _ in totals)


class Count:
    """What was counted at the close; the result may have to be drawn up a second time."""

    def __init__(self, a, q):
        self.q = q
        self.last, self.weights, self.unused, totals = _totals(a, q)
        self.box = root_of(bytes.fromhex(self.last[m][4]) for m in q.roll if m in self.last)
        self.options = [
            {"against": against, "for": votes,
             "majority": self._majority(a, i, votes, against),
             "quorum": q.kind == "hold" or rules.quorum_met(q.cls["quorum"], len(q.roll), votes)}
            for i, (votes, against) in enumerate(totals)]

    def _majority(self, a, i, votes, against):
        if self.q.personal:
            return votes > against
        good = rules.majority_met(self.q.cls["majority"], votes, against)
        proposal, k = self.q.places[i]
        for effect in proposal.options[k]["effects"]:
            if effect["do"] == "amend" and rules.changes_entrenched(a.charter, effect["charter"]):
                good = good and rules.majority_met(a.charter["entrenched"], votes, against)
                good = good and self._chapters_agree(a, i + 1)
        return good

    def _chapters_agree(self, a, option):
        """More for than against in more than half of the chapters on the roll."""
        sides = {}
        for id in self.q.roll:
            for chapter, joined in a.members[id].chapters.items():
                if joined < self.q.opens:
                    side = 0
                    if id in self.last:
                        side = count.prefers(self.q.method, self.last[id][3], option)
                    sides[chapter] = sides.get(chapter, 0) + side * self.weights.get(id, 0)
        return not sides or 2 * sum(total > 0 for total in sides.values()) > len(sides)

    def _election(self, left):
        """What is left, and the status quo where it contends for the one seat."""
        q = self.q
        contends = q.seats == 1 and q.method != "equal-shares"
        costs = {i: opening.cost(p.options[k]) for i, (p, k) in enumerate(q.places, 1)}
        ballots = [(row[3], self.weights[member]) for member, row in self.last.items()]
        return count.Election(
            q.method, [0] * contends + left, ballots, q.seats, q.scale, q.budget, costs)

    def result(self, seed=None):
        q = self.q
        reached = [i for i, row in enumerate(self.options, 1) if row["quorum"]]
        left = [i for i in reached if self.options[i - 1]["majority"]]
        winners, ties, ranking = [], [], []
        if q.method == "yes-no":
            winners = left
        elif left:
            winners, ties, ranking = count.decide(
                self._election(left), _lot_order(seed, q.size))
            winners = [winner for winner in winners if winner]
        if not reached:
            outcome = "no-quorum"
        elif ties:
            outcome = "tied"
        else:
            outcome = "passed" if winners else "rejected"
        return {
            "ballots": len(self.last), "box": base64_of(self.box),
            "counted": sum(self.weights.values()), "options": self.options, "outcome": outcome,
            "ranking": ranking, "roll": {"root": base64_of(q.roll_root), "size": len(q.roll)},
            "rule": q.rule, "ties": ties, "unused": self.unused, "winners": winners,
        }


def _lot_order(seed, size):
    """The options in the order that a lot gives them, or None."""
    if seed is None:
        return None
    return sorted(
        range(size + 1),
        key=lambda option: hashlib.sha256(seed + option.to_bytes(4, "big")).digest())


def take_result(a, act, time):
    """A record that says the result of the question that is due."""
    q = a.counting
    need(q, "not-now")
    need(act["on"] == q.id, "result-wrong", "another question is due")
    right = jcs.dump(act["result"]) == jcs.dump(q.expected)
    a.counting = None
    a.results.append((a.tree.size, q, q.expected))
    _conclude(a, q, q.expected, time)
    if not right:
        raise Refused("result-wrong", "expected " + jcs.text(q.expected))


def _conclude(a, q, result, time):
    outcome = result["outcome"]
    tied = q.kind == "decision" and outcome == "tied"
    if tied and q.commits and "lot" not in result:
        q.drawing_since = time
        for p in q.proposals:
            move(a, p, "DRAWING", time)
        return
    del a.questions[q.id]
    a.closed.add(q.id)
    if q.kind == "mandate-hold":
        mandates.hold_decided(a, q, outcome, time)
    elif q.kind == "hold":
        held = q.proposals[0]
        if outcome == "passed":
            enter_force(a, held, time)
        else:
            move(a, held, "VOIDED", time)
    else:
        _decided(a, q, result, time)


def _decided(a, q, result, time):
    for winner in result["winners"]:
        p, k = q.places[winner - 1]
        p.won = sorted(p.won + [k])
    if result["outcome"] == "tied" and not q.run_off:
        _run_off(a, q, result, time)
        return
    other = {"no-quorum": "NO_QUORUM", "tied": "TIED"}.get(result["outcome"], "REJECTED")
    for p in q.proposals:
        move(a, p, "COOLING" if p.won else other if result["outcome"] != "passed" else "REJECTED",
             time)


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
    c.question = Question(
        a, "decision", q.lead, q.about, standing, q.cls, time, q.cls["voting_s"],
        a.voters(time, q.chapter), places, q.seats - len(result["winners"]))
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
        mandates.check_terms(a, act, time)
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
    p.version += 1
    p.contest.changes(time)


def support(a, act, id, author, time):
    p = _subject(a, act)
    need(p.phase in ("ADMISSION", "DISCUSSION", "FROZEN") and not p.office, "not-now")
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
        p.question = Question(
            a, "hold", p, p.id, [p], p.cls, time, a.charter["hold_s"], roll)


def cast(a, act, id, author, time):
    q = a.questions.get(act["on"])
    need(q or act["on"] in a.closed, "unknown-subject")
    need(q and q.open, "closed")
    need(author.id in q.on_roll, "not-on-roll")
    need(count.fits(q.method, q.scale, q.size, act["marks"]), "invalid-ballot")
    row = [author.id, time, act["seq"], act["marks"], id]
    q.ballots.append(row)
    q.last[author.id] = row


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
    "ballot.cast": cast,
}
