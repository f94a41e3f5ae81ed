"""What delegates, members and counterparties do about agreements: specs/agreements.md."""

from . import agreements, keys, mandates, need, panels
from .agreements import SIGNING, STANDING, Agreement, Breach
from .log import LAST_SECOND

MOST_OFFERED = 16
MOST_OPEN = 256
LONGEST = 157680000


def _agreement(a, act, *states):
    g = a.agreements.get(act["on"])
    need(g, "unknown-subject")
    need(g.state_name in states, "not-now", "the agreement is " + g.state_name)
    return g


def _breach(a, act, *states):
    breach = a.breaches.get(act["on"])
    need(breach, "unknown-subject")
    state = breach.agreement.state_name
    need(state in states, "not-now", "the agreement is " + state)
    return breach


def _acting(a, m, author, time):
    need(mandates.acting(a, m, author.id, time), "not-allowed")


def _voter(a, g, author, time):
    chapter = g.mandate.proposal.terms["chapter"]
    need(a.could_vote(author, time, chapter), "not-allowed")


def _enough(a, g, delegates, time):
    """Are there as many acting delegates among these as the mandate needs?"""
    m = g.mandate
    return sum(mandates.acting(a, m, member, time) for member in delegates) >= m.needed


# Signing


def tentative(a, act, id, author, time):
    m = a.mandates.get(act["on"])
    need(m, "unknown-subject")
    need(m.state_name == "NEGOTIATING", "not-now")
    _acting(a, m, author, time)
    _check_terms(a, m, act, time)
    a.agreements[id] = g = Agreement(a, m, act, id, time)
    _if_signed(a, g, time)


def _check_terms(a, m, act, time):
    need(m.valid_from <= time < m.valid_until, "not-now", "outside the mandate's dates")
    sides, ceilings, powers = (m.terms[name] for name in ("counterparties", "ceilings", "powers"))
    need(act["counterparty"] < len(sides), "out-of-scope")
    need(sides[act["counterparty"]].get("key", act["key"]) == act["key"], "out-of-scope")
    need(a.proper(keys.key_of(act["key"])), "bad-key")
    power = "sign-tentative" if act["ratify"] else "sign-under-ceiling"
    need(power in powers, "out-of-scope")
    amounts = act["amounts"]
    need(len(amounts) == len(ceilings), "out-of-scope")
    within = (amount <= ceiling["limit"] for amount, ceiling in zip(amounts, ceilings))
    need(all(within), "out-of-scope")
    begin, end = act["valid_from"], act["valid_until"]
    need(act["texts"] and begin < end and time < end, "bad-terms")
    need(end <= begin + LONGEST and end <= LAST_SECOND, "bad-terms")
    offered = [
        g for g in a.agreements.values()
        if g.mandate is m and g.state_name == "OFFERED" and g.signers[0] == act["by"]]
    need(len(offered) < MOST_OFFERED, "too-often")


def _if_signed(a, g, time):
    if g.countersigned and _enough(a, g, g.signers, time):
        agreements.tentative(a, g, time)


def sign(a, act, id, author, time):
    g = _agreement(a, act, "OFFERED")
    need(g.mandate.state_name == "NEGOTIATING", "not-now")
    _acting(a, g.mandate, author, time)
    need(author.id not in g.signers, "duplicate")
    g.signers.append(author.id)
    _if_signed(a, g, time)


def countersign(a, act, id, author, time):
    g = _agreement(a, act, "OFFERED")
    need(g.mandate.state_name == "NEGOTIATING", "not-now")
    need(act["by"] == g.key, "not-allowed")
    need(not g.countersigned, "duplicate")
    g.countersigned = True
    _if_signed(a, g, time)


# Turning it down, or ending it


def withdraw(a, act, id, author, time):
    g = _agreement(a, act, *SIGNING)
    _acting(a, g.mandate, author, time)
    need(author.id not in g.withdrawn, "duplicate")
    g.withdrawn.append(author.id)
    if _enough(a, g, g.withdrawn, time):
        agreements.drop(a, g, "WITHDRAWN", time)


def end(a, act, id, author, time):
    g = _agreement(a, act, *STANDING)
    _acting(a, g.mandate, author, time)
    need(author.id not in g.ending, "duplicate")
    g.ending.append(author.id)
    if _enough(a, g, g.ending, time):
        agreements.over(a, g, "TERMINATED", time)


def decline(a, act, id, author, time):
    g = _agreement(a, act, *SIGNING, *STANDING)
    need(act["by"] == g.key, "not-allowed")
    if g.state_name in SIGNING:
        agreements.conduct(a, g, "refused")
        agreements.drop(a, g, "WITHDRAWN", time)
    else:
        agreements.conduct(a, g, "terminated")
        agreements.over(a, g, "TERMINATED", time)


def challenge(a, act, id, author, time):
    g = _agreement(a, act, "TENTATIVE")
    _voter(a, g, author, time)
    need(g.case is None, "duplicate")
    g.case = panels.Case(
        a, "scope", id, g.id, time, asked=[author.id], others=g.mandate.delegates)


# In force


def receipt(a, act, id, author, time):
    g = _agreement(a, act, *STANDING)
    need(act["by"] == g.key, "not-allowed")
    need(not g.received, "duplicate")
    g.received = True


def breach(a, act, id, author, time):
    g = _agreement(a, act, "IN_FORCE", "BREACH_ALLEGED")
    _voter(a, g, author, time)
    unsettled = [b for b in g.breaches if b.state_name == "open"]
    need(all(b.endorsers[0] != author.id for b in unsettled), "duplicate")
    need(len(unsettled) < MOST_OPEN, "too-often")
    a.breaches[id] = Breach(g, act, id)
    g.breaches.append(a.breaches[id])
    agreements.allege(a, g, time)


def endorse(a, act, id, author, time):
    b = _breach(a, act, "IN_FORCE", "BREACH_ALLEGED")
    need(b.state_name == "open", "not-now")
    _voter(a, b.agreement, author, time)
    need(author.id not in b.endorsers, "duplicate")
    b.endorsers.append(author.id)
    agreements.allege(a, b.agreement, time)


def answer(a, act, id, author, time):
    b = _breach(a, act, "BREACH_ALLEGED")
    need(b.state_name == "alleged", "not-now")
    g = b.agreement
    _acting(a, g.mandate, author, time)
    b.state_name, b.breached = "answered", act["breached"]
    if b.breached:
        agreements.conduct(a, g, "breached")
    agreements.move(a, g, "IN_FORCE", time)
    mandates.cure(a, g.mandate, "answer", time)
    agreements.allege(a, g, time)


def reply(a, act, id, author, time):
    b = _breach(a, act, "IN_FORCE", "BREACH_ALLEGED")
    need(act["by"] == b.agreement.key, "not-allowed")
    need(not b.replied, "duplicate")
    b.replied = True
    agreements.conduct(a, b.agreement, "answered")


HANDLERS = {
    "agreement.tentative": tentative,
    "agreement.sign": sign,
    "agreement.countersign": countersign,
    "agreement.withdraw": withdraw,
    "agreement.decline": decline,
    "agreement.challenge": challenge,
    "agreement.receipt": receipt,
    "agreement.breach": breach,
    "agreement.endorse": endorse,
    "agreement.answer": answer,
    "agreement.reply": reply,
    "agreement.end": end,
}
