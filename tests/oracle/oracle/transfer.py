"""IRV, Scottish STV (weighted inclusive Gregory) and Meek: votes that move on."""


def _preferences(election):
    """(options in order of preference, weight) of every ballot that ranks one that stands."""
    found = []
    for marks, weight in election.ballots:
        order = sorted((o for o in election.options if marks[o] > 0), key=lambda o: marks[o])
        if order:
            found.append((order, weight))
    return found


def _lowest(votes, options):
    fewest = min(votes[option] for option in options)
    return [option for option in options if votes[option] == fewest]


def _highest(votes, options):
    most = max(votes[option] for option in options)
    return [option for option in options if votes[option] == most]


def _to_exclude(votes, hopeful, free, equals):
    """Who may be excluded: options without any vote go in any order, which decides nothing."""
    if not any(votes[option] for option in equals) and len(hopeful) - len(equals) >= free:
        return equals[:1]
    return equals


# IRV


def irv(election, chooser):
    ballots, standing = _preferences(election), list(election.options)
    while True:
        votes = dict.fromkeys(standing, 0)
        for order, weight in ballots:
            top = next((option for option in order if option in votes), None)
            if top is not None:
                votes[top] += weight
        if len(standing) <= 2:
            return [chooser.first(_highest(votes, standing))]
        equals = _to_exclude(votes, standing, 1, _lowest(votes, standing))
        standing.remove(chooser.last(equals, (), frozenset(standing)))


# Scottish STV, in units of the fifth decimal

UNIT = 10**5


class _Paper:
    """Equal ballots: where they lie and what each is worth."""

    def __init__(self, order, weight):
        self.order, self.weight, self.value, self.holder = order, weight, UNIT, None

    def move(self, hopeful):
        self.holder = next((option for option in self.order if option in hopeful), None)


def wigm(election, chooser):
    papers = [_Paper(order, weight) for order, weight in _preferences(election)]
    quota = (sum(paper.weight for paper in papers) // (election.seats + 1) + 1) * UNIT
    hopeful, elected, pending = list(election.options), [], []
    stages = []

    def told_apart(group, best):
        """Those of equal votes that the most recent differing stage puts first."""
        for votes in reversed(stages):
            if len({votes[option] for option in group}) > 1:
                group = best(votes, group)
        return group

    def state():
        """All that decides what follows."""
        matter = hopeful + pending
        past = [tuple(votes[option] for option in matter) for votes in stages]
        past = [row for n, row in enumerate(past) if n == 0 or row != past[n - 1]]
        where = tuple((paper.holder, paper.value) for paper in papers)
        return tuple(matter), frozenset(elected), tuple(past), where

    for paper in papers:
        paper.move(hopeful)
    while True:
        votes = dict.fromkeys(election.options, 0)
        for paper in papers:
            if paper.holder is not None:
                votes[paper.holder] += paper.value * paper.weight
        for option in elected:
            if option not in pending:
                votes[option] = quota
        stages.append(votes)
        reached = [option for option in hopeful if votes[option] >= quota]
        while reached and len(elected) < election.seats:
            option = _highest(votes, reached)[0]
            reached.remove(option)
            hopeful.remove(option)
            elected.append(option)
            if votes[option] > quota:
                pending.append(option)
        free = election.seats - len(elected)
        if not free or len(hopeful) <= free:
            return elected + sorted(hopeful, key=lambda option: -votes[option])[:free]
        if pending:
            group = told_apart(_highest(votes, pending), _highest)
            option = chooser.first(group, elected, state())
            pending.remove(option)
            for paper in papers:
                if paper.holder == option:
                    paper.value = (votes[option] - quota) * paper.value // votes[option]
                    paper.move(hopeful)
        else:
            group = told_apart(_lowest(votes, hopeful), _lowest)
            group = _to_exclude(votes, hopeful, free, group)
            option = chooser.last(group, elected, state())
            hopeful.remove(option)
            for paper in papers:
                if paper.holder == option:
                    paper.move(hopeful)


# Meek, in units of the ninth decimal

ONE = 10**9
OMEGA = 1000


def _up(number, divisor):
    return -(-number // divisor)


def meek(election, chooser):
    ballots = _preferences(election)
    keep = dict.fromkeys(election.options, ONE)
    hopeful, elected = list(election.options), []
    while True:
        free = election.seats - len(elected)
        if not free or len(hopeful) <= free:
            return elected + hopeful[:free]
        votes, surplus, reached = _iterate(ballots, keep, hopeful, elected, election.seats)
        if reached:
            if len(reached) > free:
                raise AssertionError("more have the quota than there are seats")
            elected += reached
            hopeful = [option for option in hopeful if option not in reached]
            continue
        fewest = min(votes[option] for option in hopeful)
        equals = [option for option in hopeful if votes[option] <= fewest + surplus]
        state = frozenset(hopeful), frozenset(elected), tuple(keep.values())
        lowest = chooser.last(_to_exclude(votes, hopeful, free, equals), elected, state)
        hopeful.remove(lowest)
        keep[lowest] = 0


def _iterate(ballots, keep, hopeful, elected, seats):
    """(votes, total surplus, who has the quota) when nothing more comes of repeating."""
    before = None
    while True:
        votes = _distribute(ballots, keep)
        quota = sum(votes.values()) // (seats + 1) + 1
        reached = [option for option in hopeful if votes[option] >= quota]
        surplus = sum(max(0, votes[o] - quota) for o in elected + reached)
        if reached or surplus < OMEGA or (before is not None and surplus >= before):
            return votes, surplus, reached
        before = surplus
        for option in elected:
            keep[option] = _up(_up(keep[option] * quota, ONE) * ONE, votes[option])


def _distribute(ballots, keep):
    votes = dict.fromkeys(keep, 0)
    for order, weight in ballots:
        left = ONE
        for option in order:
            share = _up(left * keep[option], ONE)
            votes[option] += share * weight
            left -= share
            if not left:
                break
    return votes
