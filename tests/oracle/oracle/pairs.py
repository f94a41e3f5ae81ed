"""Schulze and ranked pairs: who defeats whom, and how strongly."""


def _defeats(election, compare):
    """(winner, loser) of every defeat, with its strength: votes for it, then fewer against."""
    options = election.options
    votes = {(i, j): 0 for i in options for j in options}
    for marks, weight in election.ballots:
        for i in options:
            for j in options:
                if compare(election.method, marks[i], marks[j]) > 0:
                    votes[i, j] += weight
    return {
        (i, j): (votes[i, j], -votes[j, i]) for i, j in votes if votes[i, j] > votes[j, i]}


def _levels(options, above):
    """Whom nobody is above, then whom nobody of the rest is above, and so on."""
    ranking, rest = [], list(options)
    while rest:
        best = [i for i in rest if not any(above(j, i) for j in rest)]
        ranking.append(best)
        rest = [i for i in rest if i not in best]
    return ranking


def schulze(election, compare):
    options, none = election.options, (0, 0)
    path = _defeats(election, compare)
    for k in options:
        for i in options:
            for j in options:
                through = min(path.get((i, k), none), path.get((k, j), none))
                path[i, j] = max(path.get((i, j), none), through)
    return _levels(options, lambda i, j: path[i, j] > path[j, i])


def ranked_pairs(election, compare):
    options = election.options
    defeats = _defeats(election, compare)
    locked = set()
    for strength in sorted(set(defeats.values()), reverse=True):
        equals = {pair for pair in defeats if defeats[pair] == strength}
        reach = _reach(options, locked | equals)
        locked |= {(i, j) for i, j in equals if (j, i) not in reach}
    reach = _reach(options, locked)
    return _levels(options, lambda i, j: (i, j) in reach)


def _reach(options, arrows):
    """(from, to) wherever a path of arrows leads."""
    reach = set(arrows)
    for k in options:
        for i in options:
            if (i, k) in reach:
                reach |= {(i, j) for j in options if (k, j) in reach}
    return reach
