"""Elections, which the ledger opens itself: specs/proposals.md section 7."""

import hashlib

from . import jcs, need, proposals
from .forms import OFFICES

MOST_CANDIDATES = 99


def fill_offices(a, at):
    """Open elections for offices that nobody holds, where none is under way."""
    for office in OFFICES:
        if not a.in_power and not a.seats[office]:
            _elect(a, office, at)


def _elect(a, office, at):
    if any(p.office == office and not p.final for c in a.contests for p in c.proposals):
        return
    named = {"act": "election", "log": a.origin, "office": office, "opened": at}
    id = hashlib.sha256(jcs.dump(named)).hexdigest()
    terms = {
        "kind": "election", "class": "election", "method": "approval", "scale": None,
        "seats": a.charter["offices"][office]["seats"], "budget": None, "chapter": None,
        "topic": None,
    }
    cls = a.charter["classes"]["election"]
    election = proposals.Proposal(len(a.proposals), id, "ledger", "election", cls, terms, id, at)
    election.office = office
    proposals.enter(a, election, None)
    proposals.discuss(election, at)


def stand(a, act, id, author, time):
    p = a.proposals.get(act["on"])
    need(p and p.office, "unknown-subject")
    need(p.phase == "DISCUSSION", "not-now")
    need(a.could_vote(author, time), "not-allowed")
    seat = {"do": "seat", "member": author.id, "office": p.office}
    need({"effects": [seat]} not in p.options, "duplicate")
    need(len(p.options) < MOST_CANDIDATES, "too-often")
    p.options.append({"effects": [seat]})
    p.candidates.append(id)


HANDLERS = {
    "office.stand": stand,
}
