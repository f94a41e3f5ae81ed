"""What happens when a decision comes into force: specs/proposals.md section 2.

Each effect is judged again then; it is done at `at`, for option k of proposal p.
"""

from . import agreements, charter as rules, mandate_acts, mandates, need
from .log import base64_of


def _admit(a, effect, p, k, at):
    found, application = a.application(effect["application"], effect["signature"], at)
    a.check_growth(at)
    a.admit(found, application, at)


def _amend(a, effect, p, k, at):
    need(base64_of(rules.digest(a.charter)) == effect["from"], "charter-moved")
    need(rules.within_bounds(effect["charter"], a.found["seq"]), "bad-charter")
    a.charter = effect["charter"]


def _place(a, effect, p, k, at):
    a.check_places()
    (a.chapters if effect["do"] == "chapter" else a.topics).append(p.id)


def _gateway(a, effect, p, k, at):
    a.gateways[p.id] = {
        "accepts": effect["accepts"], "conduct": dict.fromkeys(agreements.CONDUCT, 0), "id": p.id,
        "key": effect["key"], "struck": False}


def _strike(a, effect, p, k, at):
    gateway = a.gateways[effect["gateway"]]
    need(not gateway["struck"], "duplicate")
    gateway["struck"] = True


def _spend(a, effect, p, k, at):
    a.spending.append(
        {"amount": effect["amount"], "id": p.id, "option": k, "unit": effect["unit"]})


def _seat(a, effect, p, k, at):
    member, seats = a.members[effect["member"]], a.seats[effect["office"]]
    need(not member.left and not a.suspended(member, at), "not-a-member")
    need(member.id not in seats, "duplicate")
    need(len(seats) < a.charter["offices"][effect["office"]]["seats"], "office-full")
    seats[member.id] = at


def _unseat(a, effect, p, k, at):
    need(effect["member"] in a.seats[effect["office"]], "not-now")
    del a.seats[effect["office"]][effect["member"]]


def _ratify(a, effect, p, k, at):
    g = a.agreements[effect["agreement"]]
    need(g.state_name == "RATIFYING", "not-now")
    agreements.ratified(a, g, at)


def _suspend(a, effect, p, k, at):
    member = a.members[effect["member"]]
    need(not member.left, "not-a-member")
    member.suspended, member.quarantined, member.interim = at + effect["for_s"], False, False
    mandates.member_changed(a, member.id, at)


def _restore(a, effect, p, k, at):
    member = a.members[effect["member"]]
    need(not member.left, "not-a-member")
    need(a.suspended(member, at), "not-now")
    member.suspended, member.quarantined, member.interim = 0, False, False
    mandates.member_changed(a, member.id, at)


EFFECTS = {
    "admit": _admit,
    "amend": _amend,
    "chapter": _place,
    "topic": _place,
    "gateway": _gateway,
    "ratify": _ratify,
    "recall": lambda a, effect, p, k, at: mandate_acts.recall(a, effect, at),
    "renew": lambda a, effect, p, k, at: mandate_acts.renew(a, effect, at),
    "replace": lambda a, effect, p, k, at: mandate_acts.replace(a, effect, at),
    "restore": _restore,
    "seat": _seat,
    "unseat": _unseat,
    "spend": _spend,
    "strike": _strike,
    "suspend": _suspend,
}
