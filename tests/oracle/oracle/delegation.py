"""Who carries whose weight: specs/proposals.md section 6."""

from . import need


class Grant:
    def __init__(self, id, by, scope, to, time):
        self.id, self.by, self.scope, self.to = id, by, scope, to
        self.accepted = self.max = 0
        self.date = time if to == "none" else 0

    def state(self):
        return {
            "accepted": self.accepted, "by": self.by, "date": self.date, "id": self.id,
            "max": self.max, "on": self.scope[1], "to": self.to,
        }


def _scope(a, on):
    """What an id stands for as a scope; a chapter may bear the id of its proposal."""
    if on == a.union:
        return "union", on
    if on in a.chapters:
        return "chapter", on
    return ("topic" if on in a.topics else "proposal"), on


def _end(a, grant):
    del a.grants[grant.id]
    del a.granted[grant.by, grant.scope]
    a.forget(grant.id)


def leave(a, member):
    """A member's leaving ends the grants of and to the member."""
    for grant in [g for g in a.grants.values() if member in (g.by, g.to)]:
        _end(a, grant)


def grant(a, act, id, author, time):
    on, to = act["on"], act["to"]
    scope, proposal = _scope(a, on), a.proposals.get(on)
    if scope[0] == "proposal":
        need(proposal and not proposal.final, "unknown-subject")
    if to != "none":
        need(to in a.members and not a.members[to].left, "unknown-member")
        need(to != author.id, "malformed")
    earlier = a.granted.get((author.id, scope))
    if earlier:
        _end(a, earlier)
    a.grants[id] = a.granted[author.id, scope] = Grant(id, author.id, scope, to, time)


def revoke(a, act, id, author, time):
    held = a.granted.get((author.id, _scope(a, act["on"])))
    need(held, "not-now")
    _end(a, held)


def accept(a, act, id, author, time):
    held = a.grants.get(act["on"])
    need(held, "unknown-subject")
    need(held.to == author.id, "not-allowed")
    held.max = act["max"]
    if not held.accepted:
        held.accepted = held.date = time


def drop(a, act, id, author, time):
    held = a.grants.get(act["on"])
    need(held, "unknown-subject")
    need(held.to == author.id, "not-allowed")
    _end(a, held)


HANDLERS = {
    "delegation.grant": grant,
    "delegation.revoke": revoke,
    "delegation.accept": accept,
    "delegation.drop": drop,
}


def scopes(a, question):
    """What a grant may be for, narrowest first."""
    narrow = [question.lead.id]
    narrow += [p.id for p in question.proposals if p is not question.lead]
    wide = [("topic", question.topic), ("chapter", question.chapter), ("union", a.union)]
    return [("proposal", id) for id in narrow] + [scope for scope in wide if scope[1]]


def weights(a, question, voters):
    """The weight that each voter's ballot carries, and what was unused."""
    carried = {voter: 1 for voter in voters}
    if not question.delegation:
        return carried, 0
    wanted, life = scopes(a, question), a.charter["delegation"]["life_s"]
    counting = {}
    most = {}
    for held in a.grants.values():
        if held.scope in wanted and 0 < held.date < question.opens <= held.date + life:
            counting[held.by, held.scope] = held.to
            if held.to != "none":
                most[held.to] = min(held.max, most.get(held.to, held.max))
    unused = 0
    for member in question.roll:
        if member in carried:
            continue
        end = _follow(member, counting, wanted, voters, question.on_roll)
        if end is None:
            unused += 1
        else:
            carried[end] += 1
    cap = a.charter["delegation"]["cap"]
    for voter, weight in carried.items():
        limit = min(weight - 1, most.get(voter, weight), cap - 1 if cap else weight)
        unused += weight - 1 - limit
        carried[voter] = 1 + limit
    return carried, unused


def _follow(member, counting, wanted, voters, roll):
    """The voter at the end of a member's chain of grants, or None."""
    passed = set()
    while member in roll and member not in passed:
        if member in voters:
            return member
        passed.add(member)
        member = next(
            (counting[member, scope] for scope in wanted if (member, scope) in counting), "none")
    return None
