"""The method of equal shares by cost, completed by raising every voter's part."""

from fractions import Fraction


MOST_RAISES = 10000


def equal_shares(election, chooser):
    voters = sum(weight for _, weight in election.ballots)
    supporters = {
        option: [i for i, (marks, _) in enumerate(election.ballots) if marks[option] == 1]
        for option in election.options}
    supported = [option for option in election.options if supporters[option]]
    part = Fraction(election.budget, voters or 1)
    first = best = _buy(election, supported, supporters, part, chooser)
    for _ in range(MOST_RAISES - 1):
        if len(best) == len(supported):
            return best
        part += 1
        elected = _buy(election, supported, supporters, part, chooser)
        if sum(election.costs[option] for option in elected) > election.budget:
            return best
        best = elected
    return first


def _buy(election, supported, supporters, part, chooser):
    """What the voters buy when each starts with the same part."""
    money = [part] * len(election.ballots)
    left, elected = list(supported), []
    while True:
        prices = {}
        for option in left:
            price = _price(election, supporters[option], election.costs[option], money)
            if price is not None:
                prices[option] = price
        if not prices:
            return elected
        option = chooser.first(_cheapest(election, prices, supporters))
        for i in supporters[option]:
            money[i] -= min(money[i], prices[option])
        left.remove(option)
        elected.append(option)


def _price(election, supporters, cost, money):
    """What each supporter pays at most, None when they cannot pay together."""
    rest, weight = Fraction(cost), sum(election.ballots[i][1] for i in supporters)
    for i in sorted(supporters, key=lambda i: money[i]):
        price = rest / weight
        if price <= money[i]:
            return price
        rest -= money[i] * election.ballots[i][1]
        weight -= election.ballots[i][1]
        if not weight:
            return None
    return None


def _cheapest(election, prices, supporters):
    """The lowest price for a unit of cost; equals: lower cost, then more votes."""
    def order(option):
        cost = election.costs[option]
        votes = sum(election.ballots[i][1] for i in supporters[option])
        return prices[option] / cost, cost, -votes
    least = min(map(order, prices))
    return [option for option in prices if order(option) == least]
