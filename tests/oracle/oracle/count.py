"""Ballots and what a method makes of them: specs/methods.md and specs/acts.md section 2.

A method takes an Election and a Chooser, and gives the options that it elects in order
of election.  A method that ranks gives groups instead, best first.
"""

import contextlib

from . import pairs, shares, transfer

HIGHER = ("approval", "equal-shares", "plurality", "score", "majority-judgment")
MOST_RUNS = 5000


def fits(method, scale, size, marks):
    """May these be the marks of a ballot with `size` options beside the status quo?"""
    if method == "yes-no":
        return len(marks) == 1 and marks[0] in (-1, 0, 1)
    if len(marks) != size + 1:
        return False
    if method == "plurality":
        return sorted(marks) == [0] * size + [1]
    if method in ("approval", "equal-shares"):
        return set(marks) <= {0, 1}
    if method == "score":
        return all(scale[0] <= mark <= scale[1] for mark in marks)
    if method == "majority-judgment":
        return all(0 <= mark <= scale[1] for mark in marks)
    if method in ("schulze", "ranked-pairs"):
        return all(-1 <= mark <= size + 1 for mark in marks)
    ranks = [mark for mark in marks if mark]
    return all(0 < rank <= size + 1 for rank in ranks) and len(set(ranks)) == len(ranks)


def compare(method, one, other):
    """1 when the first of two marks is preferred, -1 for the second, 0 for neither."""
    if method in HIGHER:
        if method == "majority-judgment" and 0 in (one, other):
            return 0
        return (one > other) - (one < other)
    if one == other or -1 in (one, other):
        return 0
    if 0 in (one, other):
        return 1 if other == 0 else -1
    return 1 if one < other else -1


def prefers(method, marks, option):
    """Does a ballot prefer an option to the status quo: 1, -1 or 0?"""
    if method == "yes-no":
        return marks[0]
    return compare(method, marks[option], marks[0])


class Election:
    """What is counted: the options that stand, and (marks, weight) of every ballot."""

    def __init__(self, method, options, ballots, seats, scale=None, budget=None, costs=None):
        self.method, self.options, self.seats = method, options, seats
        self.scale, self.budget, self.costs = scale, budget, costs
        joined = {}
        for marks, weight in ballots:
            joined[tuple(marks)] = joined.get(tuple(marks), 0) + weight
        self.ballots = sorted(joined.items())


# Ties


class Open(Exception):
    """A tie that nothing has settled yet, and what is elected before it."""

    def __init__(self, group, elected, state):
        super().__init__(group)
        self.group, self.elected, self.state = tuple(group), frozenset(elected), state


class Chooser:
    """Settles ties as it was told: by the order of a lot, or by choices already made."""

    def __init__(self, order=None, choices=None):
        self.order, self.choices = order, choices or {}

    def first(self, group, elected=(), state=None):
        """The one that a lot puts first; `state` decides all that follows, None if unknown."""
        return self._choose(group, min, elected, state)

    def last(self, group, elected=(), state=None):
        """The one that a lot puts last."""
        return self._choose(group, max, elected, state)

    def _choose(self, group, pick, elected, state):
        if len(group) == 1:
            return group[0]
        if self.order:
            return pick(group, key=self.order.index)
        if tuple(group) not in self.choices:
            raise Open(group, elected, state)
        return self.choices[tuple(group)]


class Enough(Exception):
    """What is certain is known before all ways were tried."""


class Tried:
    """The ways that the open ties of a count can fall."""

    def __init__(self, run):
        self.run, self.runs = run, 0
        self.tie, self.seen = None, set()
        self.winners, self.certain, self.agreed = None, None, True
        with contextlib.suppress(Enough):
            self._follow({})

    def _follow(self, choices):
        self.runs += 1
        if self.runs > MOST_RUNS:
            raise OverflowError("too many ways in which ties can fall")
        try:
            winners = self.run(Chooser(choices=choices))
        except Open as tie:
            self.tie = self.tie or tie
            if tie.state is None or tie.state not in self.seen:
                self.seen.add(tie.state)
                for chosen in tie.group:
                    self._follow(choices | {tie.group: chosen})
            return
        if self.winners is None:
            self.winners, self.certain = winners, frozenset(winners)
        self.agreed = self.agreed and set(winners) == set(self.winners)
        self.certain &= frozenset(winners)
        if not self.agreed and self.certain <= self.tie.elected:
            raise Enough


def decide(election, order):
    """(winners, ties, ranking) of an election, by lot where `order` is not None."""
    if election.method in RANKING:
        ranking = RANKING[election.method](election)
        if order:
            ranking = [[option] for group in ranking for option in sorted(group, key=order.index)]
        return (*_seat(ranking, election.seats, order), ranking)
    run = ELECTING[election.method]
    if order:
        return run(election, Chooser(order)), [], []
    tried = Tried(lambda chooser: run(election, chooser))
    winners = [option for option in tried.winners if option in tried.certain]
    return winners, [] if tried.agreed else [list(tried.tie.group)], []


def _seat(ranking, seats, order):
    """Fill the seats from groups, best first; a group that does not fit is a tie."""
    winners = []
    for group in ranking:
        free = seats - len(winners)
        if not free:
            break
        if len(group) <= free:
            winners += group
        elif order:
            winners += sorted(group, key=order.index)[:free]
        else:
            return winners, [group]
    return winners, []


# Totals and grades


def _grouped(options, value):
    """Options in groups of equal value, highest first."""
    values = {option: value(option) for option in options}
    return [
        [option for option in options if values[option] == height]
        for height in sorted(set(values.values()), reverse=True)]


def by_total(election):
    """Plurality, approval and score."""
    return _grouped(
        election.options,
        lambda option: sum(marks[option] * weight for marks, weight in election.ballots))


def majority_judgment(election):
    """By the median, the lower of two, then by the medians when those were taken away."""
    low, high = election.scale
    total = sum(weight for _, weight in election.ballots)

    def majority_value(option):
        grades = [0] * (high + 1)
        for marks, weight in election.ballots:
            grades[marks[option] or low] += weight
        return [_take_median(grades, left) for left in range(total, 0, -1)]

    return _grouped(election.options, lambda option: tuple(majority_value(option)))


def _take_median(grades, left):
    place = (left + 1) // 2
    for grade, number in enumerate(grades):
        place -= number
        if place <= 0:
            grades[grade] -= 1
            return grade
    raise AssertionError("no grades left")


RANKING = {
    "plurality": by_total,
    "approval": by_total,
    "score": by_total,
    "majority-judgment": majority_judgment,
    "schulze": lambda election: pairs.schulze(election, compare),
    "ranked-pairs": lambda election: pairs.ranked_pairs(election, compare),
}
ELECTING = {
    "irv": transfer.irv,
    "stv-wigm": transfer.wigm,
    "stv-meek": transfer.meek,
    "equal-shares": shares.equal_shares,
}
