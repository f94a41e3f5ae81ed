"""What delegates bring home, from the first signature to the last day: specs/agreements.md.

Here is its life; agreement_acts.py has what people do about it.
"""

import hashlib

from . import jcs, mandates, proposals

SIGNING = ("OFFERED", "TENTATIVE", "RATIFYING")
STANDING = ("RATIFIED", "IN_FORCE", "BREACH_ALLEGED")
FINAL = ("ENDED", "TERMINATED", "REJECTED", "WITHDRAWN", "LAPSED")
CONDUCT = ("accepted", "alleged", "answered", "breached", "refused", "terminated")


class Breach:
    def __init__(self, agreement, act, id):
        self.agreement, self.id, self.hash = agreement, id, act["hash"]
        self.endorsers = [act["by"]]
        self.state_name, self.breached, self.replied = "open", False, False

    def state(self):
        return {
            "answered": self.state_name == "answered", "breached": self.breached,
            "endorsers": self.endorsers, "hash": self.hash, "id": self.id,
            "replied": self.replied, "state": self.state_name,
        }


class Agreement:
    def __init__(self, a, mandate, act, id, time):
        self.order, self.id, self.terms = len(a.agreements), id, act
        self.mandate = mandate
        self.key = act["key"]
        self.state_name, self.since = "OFFERED", time
        self.valid_from, self.valid_until = act["valid_from"], act["valid_until"]
        self.signers, self.countersigned, self.received = [act["by"]], False, False
        self.withdrawn, self.ending = [], []
        self.offer_by, self.scope_by = time + a.charter["offer_s"], None
        self.case = self.ratification = self.ratified_at = None
        self.breaches = []
        self.answer_by, self.overdue = None, False  # of the breach that is alleged

    @property
    def final(self):
        return self.state_name in FINAL

    @property
    def waits(self):
        return not self.final

    def state(self):
        return {
            "amounts": self.terms["amounts"],
            "breaches": [breach.state() for breach in self.breaches],
            "challenged": self.case is not None, "counterparty": self.terms["counterparty"],
            "countersigned": self.countersigned, "ending": self.ending, "id": self.id,
            "key": self.key, "mandate": self.mandate.id,
            "ratification": self.ratification or "", "ratify": self.terms["ratify"],
            "receipt": self.received, "signers": self.signers, "since": self.since,
            "state": self.state_name, "valid_from": self.valid_from,
            "valid_until": self.valid_until, "withdrawn": self.withdrawn,
        }


# Moving between states


def move(a, g, state, at):
    g.state_name, g.since = state, at
    if g.final:
        a.forget(g.id)


def tentative(a, g, at):
    """Both sides have signed."""
    move(a, g, "TENTATIVE", at)
    g.scope_by = at + a.charter["scope_s"]
    g.mandate.agreement = g
    mandates.pass_on(a, g.mandate, "TENTATIVE", at)


def drop(a, g, state, at):
    """It is withdrawn or lapses; the mandate, where it goes on, negotiates again."""
    move(a, g, state, at)
    m = g.mandate
    if m.agreement is g:
        m.agreement = None
        mandates.pass_on(a, m, "NEGOTIATING", at)


def ratified(a, g, at):
    move(a, g, "RATIFIED", at)
    g.ratified_at = at
    conduct(a, g, "accepted")
    mandates.pass_on(a, g.mandate, "MONITORING", at)
    if g.valid_from <= at:
        move(a, g, "IN_FORCE", at)


def rejected(a, g, at):
    if g.state_name != "RATIFYING":
        return
    move(a, g, "REJECTED", at)
    m = g.mandate
    m.agreement = None
    if not m.final:
        m.rejections += 1
        if m.rejections < m.terms["max_rejections"]:
            mandates.pass_on(a, m, "NEGOTIATING", at)
            a.to_open.append((_survey, g))
        else:
            mandates.end(a, m, "CONCLUDED", at)


def over(a, g, state, at):
    """What was agreed is no more."""
    move(a, g, state, at)
    mandates.cure(a, g.mandate, "answer", at)
    mandates.conclude_monitoring(a, g.mandate, at)


def allege(a, g, at):
    """The earliest open breach that enough members endorse."""
    needed = mandates.petition(g.mandate, 3)
    if g.state_name != "IN_FORCE":
        return
    for breach in g.breaches:
        if breach.state_name == "open" and len(breach.endorsers) >= needed:
            breach.state_name = "alleged"
            conduct(a, g, "alleged")
            move(a, g, "BREACH_ALLEGED", at)
            g.answer_by, g.overdue = at + a.charter["answer_s"], False
            return


def conduct(a, g, what):
    for gateway in a.gateways.values():
        if gateway["key"] == g.key and not gateway["struck"]:
            gateway["conduct"][what] += 1
            return


# What follows from the mandate, and from a case


def look(a, at):
    """Agreements look at the mandates that moved; then ballots and surveys open."""
    while a.moved:
        m = a.moved.pop(0)
        for g in [g for g in a.agreements.values() if g.mandate is m and not g.final]:
            _look(a, g, at)
    while a.to_open:
        found, g = a.to_open.pop(0)
        found(a, g, at)


def _look(a, g, at):
    m = g.mandate
    lapses = SIGNING if m.state_name == "VOIDED" else SIGNING[:2]
    if m.final and g.state_name in lapses:
        drop(a, g, "LAPSED", at)
    elif m.state_name == "VOIDED" and g.state_name in STANDING:
        if not g.ratification and g.terms["on"] == m.id:
            over(a, g, "TERMINATED", at)
    elif g.state_name == "TENTATIVE" and g.scope_by <= at and _free(g):
        _challenge_over(a, g, at)


def _free(g):
    """Does nothing keep the time to challenge from ending?"""
    return g.mandate.state_name != "SUSPENDED" and (g.case is None or g.case.over)


def _challenge_over(a, g, at):
    if g.terms["ratify"] or g.case:
        a.to_open.append((_ratification, g))
    else:
        ratified(a, g, at)


def heard(a, case, at):
    """Is it outside the mandate?"""
    g = a.agreements[case.subject]
    if case.upheld and g.state_name == "TENTATIVE":
        drop(a, g, "WITHDRAWN", at)


def closed(a, case, at):
    a.moved.append(a.agreements[case.subject].mandate)


# Ballots and surveys


def _found(a, g, what, name, effects, at):
    named = {"act": what, "agreement": g.id, "log": a.origin}
    id = hashlib.sha256(jcs.dump(named)).hexdigest()
    kind = "proposal.open" if what == "survey" else what
    terms = {
        "kind": kind, "class": name, "method": "yes-no", "scale": None, "seats": 1,
        "budget": None, "chapter": g.mandate.proposal.terms["chapter"], "topic": None,
    }
    p = proposals.Proposal(
        len(a.proposals), id, "ledger", name, a.charter["classes"][name], terms, g.id, at)
    p.options = [{"effects": effects, "texts": []}]
    proposals.enter(a, p, None)
    proposals.discuss(p, at)
    return p


def _ratification(a, g, at):
    name = g.mandate.terms["ratify_class"]
    cls = a.charter["classes"].get(name)
    if not cls or cls["delegation"] or "yes-no" not in cls["methods"]:
        name = "charter"
    move(a, g, "RATIFYING", at)
    p = _found(a, g, "ratification", name, [{"agreement": g.id, "do": "ratify"}], at)
    p.agreement = g
    g.ratification = p.id
    mandates.pass_on(a, g.mandate, "RATIFYING", at)


def _survey(a, g, at):
    cls = a.charter["classes"].get("consultation")
    if cls and "yes-no" in cls["methods"]:
        _found(a, g, "survey", "consultation", [], at)


# Timers


def timers(a, g):
    """(due, founding order, within, action) of everything that waits."""
    state = g.state_name
    if state == "OFFERED":
        yield g.offer_by, g.order, 0, lambda at, due: drop(a, g, "LAPSED", at)
    elif state == "TENTATIVE" and _free(g):
        yield g.scope_by, g.order, 0, lambda at, due: _challenge_over(a, g, at)
    elif state == "RATIFIED":
        yield g.valid_from, g.order, 0, lambda at, due: move(a, g, "IN_FORCE", at)
    if state in STANDING:
        term = max(g.valid_until, g.ratified_at)
        yield term, g.order, 1, lambda at, due: over(a, g, "ENDED", at)
    if state == "BREACH_ALLEGED" and not g.overdue:
        yield g.answer_by, g.order, 2, lambda at, due: _answer_overdue(a, g, at)


def _answer_overdue(a, g, at):
    g.overdue = True
    mandates.suspend(a, g.mandate, "answer", at)
