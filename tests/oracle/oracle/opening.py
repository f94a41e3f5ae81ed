"""What a proposal may say when it is opened or amended: specs/proposals.md section 2."""

from . import charter as rules, need
from .forms import OFFICES

MOST_PROPOSALS = 32
MOST_OPTIONS = 99
SEATS_POSSIBLE = ("approval", "schulze", "stv-wigm", "stv-meek", "equal-shares")


def terms_of(act):
    """What a rival shares with its lead."""
    if act["act"] == "mandate.propose":
        own = {"class": "mandate", "method": "yes-no", "scale": None, "seats": 1, "budget": None}
    else:
        own = {name: act.get(name) for name in ("class", "method", "scale", "seats", "budget")}
    return own | {"kind": act["act"], "chapter": act.get("chapter"), "topic": act.get("topic")}


def lead_of(a, act, terms):
    """The proposal that a new one rivals, None for one on the union."""
    if act["on"] == a.union:
        return None
    lead = a.proposals.get(act["on"])
    need(lead and lead.contest.lead is lead, "unknown-subject")
    need(not lead.office and not lead.agreement, "unknown-subject")
    need(lead.phase == "DISCUSSION", "not-now")
    need(terms == lead.terms, "bad-option", "a rival has other terms")
    need(len(lead.contest.proposals) < MOST_PROPOSALS, "too-often")
    return lead


def check_room(contest, options, instead_of=None):
    """Are there at most 99 options of proposals that are not over?"""
    others = [p for p in contest.proposals if not p.final and p is not instead_of]
    need(sum(len(p.options) for p in others) + len(options) <= MOST_OPTIONS, "too-often")


def check_terms(a, terms, cls, act):
    method, scale, seats = terms["method"], terms["scale"], terms["seats"]
    need(method in cls["methods"], "bad-option", "method")
    need((scale is not None) == (method in ("score", "majority-judgment")), "bad-option", "scale")
    if method == "score":
        need(-1000 <= scale[0] < scale[1] <= 1000, "bad-option", "scale")
    if method == "majority-judgment":
        need(scale[0] == 1 < scale[1] <= 20, "bad-option", "scale")
    need((terms["budget"] is not None) == (method == "equal-shares"), "bad-option", "budget")
    if method == "yes-no":
        need(len(act.get("options", [0])) == 1 and seats == 1, "bad-option", "yes-no")
    need(seats == 1 or method in SEATS_POSSIBLE, "bad-option", "seats")
    need(terms["chapter"] is None or terms["chapter"] in a.chapters, "unknown-subject", "chapter")
    need(terms["topic"] is None or terms["topic"] in a.topics, "unknown-subject", "topic")


def check_options(a, options, cls, terms, time):
    founding = 0
    for option in options:
        for effect in option["effects"]:
            need(effect["do"] in cls["effects"], "bad-option", "effect " + effect["do"])
            founding += effect["do"] in ("chapter", "topic", "gateway")
            _possible(a, effect, time)
        if terms["method"] == "equal-shares":
            need(cost(option) >= 1, "bad-option", "an option without cost")
    need(founding <= 1, "bad-option", "founds more than one thing")


def cost(option):
    return sum(effect["amount"] for effect in option["effects"] if effect["do"] == "spend")


def _possible(a, effect, time):
    if "member" in effect:
        need(effect["member"] in a.members, "unknown-member")
    if "office" in effect:
        need(effect["office"] in OFFICES, "unknown-subject", "office")
    if "mandate" in effect:
        need(effect["mandate"] in a.mandates, "unknown-subject", "mandate")
    if effect["do"] == "strike":
        need(effect["gateway"] in a.gateways, "unknown-subject", "gateway")
    if effect["do"] == "amend":
        need(rules.within_bounds(effect["charter"], a.found["seq"]), "bad-charter")
    if effect["do"] == "admit":
        a.application(effect["application"], effect["signature"], time)


def needed(a, cls, options, members):
    """Supporters needed; a recall from a mandate needs the mandate's own share."""
    shares = [
        a.mandates[effect["mandate"]].recall
        for option in options for effect in option["effects"] if effect["do"] == "recall"]
    if shares:
        return max(rules.clamp(rules.share_of(share, members), members) for share in shares)
    return rules.sponsors(cls["sponsors"], members)
