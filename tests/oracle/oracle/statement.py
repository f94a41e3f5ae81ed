"""The state document, whose digest two auditors compare: specs/ledger.md section 9."""

from . import measures, recovery
from .forms import OFFICES
from .log import base64_of


def of(a):
    return {
        "agreements": [g.state() for g in a.agreements.values()],
        "cases": [case.state(a.members) for case in a.cases.values()],
        "chapters": a.chapters,
        "charter": a.charter,
        "clocks": sorted(
            [by, kind, on, seq]
            for on, rows in a.clocks.items() for (by, kind), seq in rows.items()),
        "founders": {"in_power": a.in_power, "keys": a.founders},
        "gateways": list(a.gateways.values()),
        "grants": [grant.state() for grant in a.grants.values()],
        "head": {
            "root": base64_of(a.tree.root()), "size": a.tree.size, "time": a.time},
        "limits": sorted(
            [by, kind, *window] for (by, kind), window in a.limits.items()),
        "log": a.origin,
        "mandates": [mandate.state() for mandate in a.mandates.values()],
        "measures": measures.state(a),
        "members": [_member_state(member, a.time) for member in a.members.values()],
        "offices": {
            office: [[id, seated] for id, seated in a.seats[office].items()]
            for office in OFFICES},
        "pending": [
            {"id": id, **row} for id, row in a.pending.items()
            if row["until"] >= a.time],
        "proposals": [proposal.state() for proposal in a.proposals.values()],
        "questions": [question.state() for question in a.questions.values()],
        "recoveries": [r.state() for r in a.recoveries.values()],
        "rehearsal": a.found["rehearsal"],
        "spending": a.spending,
        "texts_erased": sorted(a.erased),
        "topics": a.topics,
    }


def _member_state(member, time):
    guardians, following = recovery.guardians(member, time)
    return {
        "admitted": member.admitted,
        "chapters": [[id, joined] for id, joined in member.chapters.items()],
        "founder": member.founder,
        "guardians": guardians,
        "guardians_next": following,
        "id": member.id,
        "key": member.did,
        "left": member.left,
        "next": member.next,
        "quarantined": member.quarantined,
        "renewed": member.renewed,
        "suspended": member.suspended,
    }
