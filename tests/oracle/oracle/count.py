"""The methods: what is left after quorum and majority is decided among itself."""

RANKED = ("schulze", "ranked-pairs", "irv", "stv-wigm", "stv-meek")
HIGHER = ("approval", "equal-shares", "plurality", "score", "majority-judgment")


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
        return all(mark >= -1 for mark in marks)
    ranks = [mark for mark in marks if mark]
    return all(rank > 0 for rank in ranks) and len(set(ranks)) == len(ranks)


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


def decide(q, left, ballots, order):
    """(winners, ties, ranking) among the options left, and the status quo where it contends."""
    alive = sorted(left + [0]) if q.seats == 1 else left
    ranking = METHODS[q.method](alive, ballots, q)
    winners, ties = seat(ranking, q.seats, order)
    return [winner for winner in winners if winner], ties, ranking


def seat(ranking, seats, order):
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


def by_total(alive, ballots, q):
    totals = {option: 0 for option in alive}
    for marks, weight in ballots:
        for option in alive:
            totals[option] += marks[option] * weight
    return grouped(alive, lambda option: totals[option])


def grouped(options, value):
    """Options in groups of equal value, highest first."""
    return [
        [option for option in options if value(option) == height]
        for height in sorted({value(option) for option in options}, reverse=True)]


def pairwise(alive, ballots, method):
    votes = {(i, j): 0 for i in alive for j in alive}
    for marks, weight in ballots:
        for i in alive:
            for j in alive:
                if compare(method, marks[i], marks[j]) > 0:
                    votes[i, j] += weight
    return votes


def schulze(alive, ballots, q):
    """Beatpaths by winning votes, then fewer losing votes."""
    votes = pairwise(alive, ballots, q.method)
    path = {}
    for i in alive:
        for j in alive:
            wins = votes[i, j] > votes[j, i]
            path[i, j] = (votes[i, j], -votes[j, i]) if wins else (0, 0)
    for k in alive:
        for i in alive:
            for j in alive:
                path[i, j] = max(path[i, j], min(path[i, k], path[k, j]))
    ranking, rest = [], list(alive)
    while rest:
        best = [i for i in rest if all(path[i, j] >= path[j, i] for j in rest)]
        ranking.append(best)
        rest = [i for i in rest if i not in best]
    return ranking


METHODS = {
    "plurality": by_total,
    "approval": by_total,
    "score": by_total,
    "schulze": schulze,
}
