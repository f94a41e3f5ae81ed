"""Lots and elections: specs/proposals.md sections 7 and 8."""

import hashlib

from . import jcs, need, proposals
from .forms import OFFICES
from .log import base64_of, unbase64

MOST_CANDIDATES = 99


# Lots


def commit(a, act, id, author, time):
    q = a.questions.get(act["on"])
    need(q or act["on"] in a.closed, "unknown-subject")
    need(a.holds(author, "auditor"), "not-allowed")
    need(q and q.open and not q.personal, "not-now")
    need(author.id not in q.commits, "duplicate")
    q.commits[author.id] = act["hash"]


def reveal(a, act, id, author, time):
    q = a.questions.get(act["on"])
    need(q or act["on"] in a.closed, "unknown-subject")
    need(q and q.drawing_since is not None, "not-now")
    need(author.id in q.commits, "not-allowed")
    need(author.id not in q.reveals, "duplicate")
    digest = hashlib.sha256(b"union-lot/v1\n" + unbase64(act["value"])).digest()
    need(base64_of(digest) == q.commits[author.id], "bad-commitment")
    q.reveals[author.id] = act["value"]


# Elections


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
    "lot.commit": commit,
    "lot.reveal": reveal,
    "office.stand": stand,
}
