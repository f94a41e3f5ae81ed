"""Questions: what is voted on, how it is counted, and the results: specs/proposals.md."""

import hashlib

from . import Refused, charter as rules, count, delegation, jcs, lots, mandates, need
from . import opening, panels, proposals
from .log import base64_of, root_of


YES_NO = {"method": "yes-no", "scale": None, "seats": 1, "budget": None}


class Question:
    """What is voted on: options, roll and ballots."""

    proposals = ()  # those that are decided together
    parties = ()
    delegation = late = 0

    def __init__(self, a, kind, about, options, rule, at, period, roll, terms=YES_NO):
        self.members = a.members
        self.kind, self.about, self.rule = kind, about, rule
        self.opens, self.period, self.close = at, period, at + period
        self.roll = [member.id for member in roll]
        self.on_roll = set(self.roll)
        self.roll_root = root_of(bytes.fromhex(id) for id in self.roll)
        self.method, self.scale = terms["method"], terms["scale"]
        self.seats, self.budget = terms["seats"], terms["budget"]
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

    def take_out(self, member, size):
        """Forget the member's ballots that are records `size` and later."""
        self.ballots = [row for row in self.ballots if row[0] != member or row[5] < size]
        self.last = {row[0]: row for row in self.ballots}

    def last_seq(self, member):
        return self.last[member][2] if member in self.last else None

    @property
    def takes_commits(self):
        return self.open and self.kind == "decision"

    @property
    def takes_reveals(self):
        return self.drawing_since is not None

    def quorum(self, votes):
        """Do these votes for an option reach the quorum?"""
        rule, floor = self.rule["quorum"], 0 if self.kind == "panel" else 5
        return not rule or rules.quorum_met(rule, len(self.roll), votes, floor)

    def state(self):
        return {
            "about": self.about, "ballots": [row[:4] for row in self.ballots],
            "close": self.close, "commits": by_admission(self.members, self.commits),
            "extended": self.extended, "id": self.id, "kind": self.kind, "moved": self.moved,
            "opens": self.opens, "reveals": by_admission(self.members, self.reveals),
            "roll": {"root": base64_of(self.roll_root), "size": len(self.roll)},
        }


def by_admission(members, rows):
    return [[id, rows[id]] for id in sorted(rows, key=lambda id: members[id].order)]


def personal(a, kind, about, quorum, at, period, roll, option=None):
    """A question of yes or no beside the proposals, which each answers in person."""
    rule = {
        "charter": base64_of(rules.digest(a.charter)), "class": "", "majority": [1, 2],
        "quorum": quorum}
    return Question(a, kind, about, [[option or about, 0]], rule, at, period, roll)


class Decision(Question):
    """The question of a proposal and its rivals."""

    def __init__(self, a, lead, proposals, at, roll, places=None, seats=None):
        self.lead, self.proposals = lead, proposals
        self.run_off = places is not None
        self.places = places or [(p, k) for p in proposals for k in range(len(p.options))]
        self.chapter, self.topic = lead.terms["chapter"], lead.terms["topic"]
        self.delegation, self.late = lead.cls["delegation"], lead.cls["late_s"]
        rule = {
            "charter": base64_of(lead.charter), "class": lead.class_name,
            "majority": lead.cls["majority"], "quorum": lead.cls["quorum"]}
        terms = lead.terms | {"seats": seats or lead.terms["seats"]}
        if terms["method"] == "yes-no" and len(self.places) > 1:
            terms["method"] = "schulze"
        options = [p.named_options()[k] for p, k in self.places]
        super().__init__(
            a, "decision", lead.id, options, rule, at, lead.cls["voting_s"], roll, terms)


# Closing


def close(a, q, at, due):
    late = 0 if q.extended else q.late
    if late and not _quorum(a, q, due - late) and _quorum(a, q):
        q.extended = True
        q.close = due + min(late, q.period)
        for p in q.proposals:
            proposals.move(a, p, "EXTENDED", at)
        return
    q.open = False
    for p in q.proposals:
        proposals.move(a, p, "COUNTING", at)
    q.count = Count(a, q)
    expect(a, q, q.count.result())


def expect(a, q, result):
    q.expected = result
    a.counting = q


def draw(a, q, at):
    q.drawing_since = None
    for p in q.proposals:
        proposals.move(a, p, "COUNTING", at)
    committed = [member for member in a.members if member in q.commits]
    lot = {"missing": [member for member in committed if member not in q.reveals]}
    seed = None
    if q.reveals:
        seed = hashlib.sha256(
            b"union-lot/v1\n" + bytes.fromhex(q.id) + q.roll_root + q.count.box
            + lots.revealed(a.members, q)).digest()
        lot["seed"] = base64_of(seed)
    expect(a, q, q.count.result(seed) | {"lot": lot})


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
    return any(q.quorum(votes) for votes, _ in totals)


class Count:
    """What was counted at the close; the result may have to be drawn up a second time."""

    def __init__(self, a, q):
        self.q = q
        self.last, self.weights, self.unused, totals = _totals(a, q)
        self.box = root_of(bytes.fromhex(self.last[m][4]) for m in q.roll if m in self.last)
        self.options = [
            {"against": against, "for": votes,
             "majority": self._majority(a, i, votes, against),
             "quorum": q.quorum(votes)}
            for i, (votes, against) in enumerate(totals)]

    def _majority(self, a, i, votes, against):
        good = rules.majority_met(self.q.rule["majority"], votes, against)
        if self.q.kind != "decision":
            return good
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


# Results


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
    tied = q.kind == "decision" and result["outcome"] == "tied"
    if tied and q.commits and "lot" not in result:
        q.drawing_since = time
        for p in q.proposals:
            proposals.move(a, p, "DRAWING", time)
        return
    del a.questions[q.id]
    a.closed.add(q.id)
    tell = {
        "decision": proposals.decided, "hold": proposals.hold_decided,
        "mandate-hold": mandates.hold_decided, "panel": panels.decided,
    }
    tell[q.kind](a, q, result, time)


# Ballots


def cast(a, act, id, author, time):
    q = a.questions.get(act["on"])
    need(q or act["on"] in a.closed, "unknown-subject")
    need(q and q.open, "closed")
    need(author.id in q.on_roll, "not-on-roll")
    need(count.fits(q.method, q.scale, q.size, act["marks"]), "invalid-ballot")
    row = [author.id, time, act["seq"], act["marks"], id, a.tree.size]
    q.ballots.append(row)
    q.last[author.id] = row


HANDLERS = {"ballot.cast": cast}
