"""Values that auditors commit to and reveal, for ties and for panels: specs/proposals.md section 8."""

import hashlib

from . import need
from .log import base64_of, unbase64


def _subject(a, act):
    """The question or case that the act is about, None for a question that is over."""
    on = act["on"]
    need(on in a.questions or on in a.cases or on in a.closed, "unknown-subject")
    return a.questions.get(on) or a.cases.get(on)


def commit(a, act, id, author, time):
    drawn = _subject(a, act)
    need(a.holds(author, "auditor"), "not-allowed")
    need(not drawn or author.id not in drawn.parties, "not-allowed")
    need(drawn and drawn.takes_commits, "not-now")
    need(author.id not in drawn.commits, "duplicate")
    drawn.commits[author.id] = act["hash"]


def reveal(a, act, id, author, time):
    drawn = _subject(a, act)
    need(drawn and drawn.takes_reveals, "not-now")
    need(author.id in drawn.commits, "not-allowed")
    need(author.id not in drawn.reveals, "duplicate")
    digest = hashlib.sha256(b"union-lot/v1\n" + unbase64(act["value"])).digest()
    need(base64_of(digest) == drawn.commits[author.id], "bad-commitment")
    drawn.reveals[author.id] = act["value"]


def revealed(members, drawn):
    """The values in the order in which their auditors were admitted."""
    in_order = sorted(drawn.reveals, key=lambda id: members[id].order)
    return b"".join(unbase64(drawn.reveals[id]) for id in in_order)


HANDLERS = {
    "lot.commit": commit,
    "lot.reveal": reveal,
}
