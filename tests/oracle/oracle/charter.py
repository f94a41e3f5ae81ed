"""The rules in force as data: form, bounds, and the arithmetic of specs/charter.md."""

import hashlib
import re

from . import jcs
from .log import unbase64

DAY = 86400
LARGEST = 16384
EFFECTS = (
    "admit", "amend", "chapter", "gateway", "recall", "renew", "replace", "restore",
    "seat", "spend", "strike", "suspend", "topic", "unseat",
)
METHODS = (
    "approval", "equal-shares", "irv", "majority-judgment", "plurality", "ranked-pairs",
    "schulze", "score", "stv-meek", "stv-wigm", "yes-no",
)
ALWAYS_POSSIBLE = (
    "proposal.open", "proposal.support", "ballot.cast", "member.leave", "member.renew",
)
SPANS = (
    ("answer_s", DAY, 90 * DAY), ("draw_s", 3600, 7 * DAY), ("interim_s", DAY, 14 * DAY),
    ("offer_s", DAY, 90 * DAY), ("panel_s", DAY, 30 * DAY), ("recovery_s", 3 * DAY, 90 * DAY),
    ("scope_s", DAY, 14 * DAY), ("status_ttl_s", DAY, 30 * DAY),
)
NAME = re.compile(r"[a-z-]{1,32}\Z")
KIND = re.compile(r"[ !#-\[\]-~]{1,64}\Z")


def form(value):
    """Is it an object at all?  The rest is a matter of bounds, with a verdict of its own."""
    return isinstance(value, dict)


def digest(charter):
    return hashlib.sha256(jcs.dump(charter)).digest()


# Bounds


def _int(value, low, high):
    return type(value) is int and low <= value <= high


def _pair(value, highest=10000):
    return isinstance(value, list) and len(value) == 2 and all(_int(v, 0, highest) for v in value) \
        and value[1] >= 1


def _share(value, low=(0, 1), high=(1, 1)):
    if not _pair(value) or value[0] > value[1]:
        return False
    num, den = value
    return num * low[1] >= low[0] * den and num * high[1] <= high[0] * den


def _names(value, known, least=0):
    return (
        isinstance(value, list)
        and all(isinstance(name, str) and name in known for name in value)
        and len(value) >= least
        and value == sorted(set(value))
    )


def _words(value):
    return (
        isinstance(value, list) and 1 <= len(value) <= 16
        and all(isinstance(word, str) and KIND.match(word) for word in value)
        and value == sorted(set(value))
    )


def _only(value, names):
    return isinstance(value, dict) and value.keys() == set(names)


def _sponsors(value):
    if _only(value, ["share"]):
        return _share(value["share"], high=(1, 5))
    return _only(value, ["times"]) and _int(value["times"], 0, 4)


def _quorum(value):
    if _only(value, ["share"]):
        return _share(value["share"], high=(1, 2))
    return _only(value, ["root"]) and _pair(value["root"])


def _class(value):
    if not _only(value, (
        "admission_s", "after_change_s", "cooling_s", "delegation", "discussion_max_s",
        "discussion_min_s", "effects", "frozen_s", "late_s", "majority", "methods", "quorum",
        "sponsors", "voting_s",
    )):
        return False
    if not _int(value["voting_s"], 3 * DAY, 60 * DAY):
        return False
    if not _int(value["discussion_min_s"], 2 * DAY, 180 * DAY):
        return False
    return (
        _int(value["admission_s"], 0, 180 * DAY)
        and _int(value["after_change_s"], 0, 30 * DAY)
        and _int(value["cooling_s"], 0, 60 * DAY)
        and isinstance(value["delegation"], bool)
        and _int(value["discussion_max_s"], value["discussion_min_s"], 180 * DAY)
        and _names(value["effects"], EFFECTS)
        and _int(value["frozen_s"], 0, 30 * DAY)
        and _int(value["late_s"], 0, value["voting_s"] // 2)
        and _share(value["majority"], (1, 2), (9, 10))
        and _names(value["methods"], METHODS, 1)
        and _quorum(value["quorum"])
        and _sponsors(value["sponsors"])
    )


def _classes(classes):
    if not isinstance(classes, dict) or not 1 <= len(classes) <= 32:
        return False
    if not all(NAME.match(name) and _class(value) for name, value in classes.items()):
        return False
    for name, effects, method in (
        ("charter", {"amend"}, "yes-no"),
        ("recall", {"recall"}, "yes-no"),
        ("election", {"seat"}, "approval"),
        ("mandate", set(), "yes-no"),
    ):
        if name not in classes or not effects <= set(classes[name]["effects"]):
            return False
        if method not in classes[name]["methods"]:
            return False
    for name, value in classes.items():
        effects = set(value["effects"])
        personal = effects & {"admit", "amend", "recall", "suspend", "unseat"}
        if value["delegation"] and (personal or name in ("ratification", "appeal")):
            return False
        if "amend" in effects and name != "charter":
            return False
        if effects & {"recall", "unseat"} and name != "recall":
            return False
    return True


def _limits(limits):
    if not isinstance(limits, dict) or len(limits) > 64:
        return False
    for kind, limit in limits.items():
        if not KIND.match(kind) or not isinstance(limit, list) or len(limit) != 2:
            return False
        if not _int(limit[0], 1, 10000) or not _int(limit[1], 60, 31536000):
            return False
        if kind in ALWAYS_POSSIBLE and limit[1] > 2592000:
            return False
    return True


def _offices(offices):
    return _only(offices, ("auditor", "registrar", "steward")) and all(
        _only(office, ("seats", "term_s"))
        and _int(office["seats"], 1, 99)
        and _int(office["term_s"], 2592000, 157680000)
        for office in offices.values()
    )


def _texts(texts):
    if not isinstance(texts, list) or len(texts) > 16:
        return False
    for text in texts:
        if not _only(text, ("hash", "lang")) or not all(isinstance(v, str) for v in text.values()):
            return False
        if not KIND.match(text["lang"]) or not text["hash"].isascii():
            return False
        if len(unbase64(text["hash"]) or b"") != 32:
            return False
    return len({text["lang"] for text in texts}) == len(texts)


def within_bounds(charter, founded):
    """Sections 1, 2 and 4; `founded` is the time of record 0."""
    return (
        _only(charter, (
            "admit", "answer_s", "classes", "cure_s", "delegation", "draw_s", "entrenched",
            "founders", "grounds", "hold_s", "interim_s", "limits", "lot_s", "offer_s", "offices",
            "panel", "panel_s", "probation_s", "publish_needs", "recovery_s", "renew_s", "scope_s",
            "status_ttl_s", "texts",
        ))
        and len(jcs.dump(charter)) <= LARGEST
        and _only(charter["admit"], ("registrars", "vouchers"))
        and all(_int(value, 0, 5) for value in charter["admit"].values())
        and sum(charter["admit"].values()) >= 1
        and all(_int(charter[name], low, high) for name, low, high in SPANS)
        and _words(charter["grounds"])
        and _int(charter["panel"], 3, 15) and charter["panel"] % 2 == 1
        and _classes(charter["classes"])
        and _int(charter["cure_s"], DAY, 90 * DAY)
        and _only(charter["delegation"], ("cap", "life_s"))
        and _int(charter["delegation"]["cap"], 0, 16777216)
        and _int(charter["delegation"]["life_s"], DAY, 94608000)
        and _share(charter["entrenched"], (2, 3), (9, 10))
        and _only(charter["founders"], ("members", "until_s"))
        and _int(charter["founders"]["members"], 1, 16777216)
        and _int(charter["founders"]["until_s"], 0, founded + 366 * DAY)
        and _int(charter["hold_s"], 3 * DAY, 60 * DAY)
        and _limits(charter["limits"])
        and _int(charter["lot_s"], 3600, 14 * DAY)
        and _offices(charter["offices"])
        and _int(charter["probation_s"], 0, 90 * DAY)
        and _int(charter["publish_needs"], 1, 5)
        and _int(charter["renew_s"], 30 * DAY, 157680000)
        and _texts(charter["texts"])
    )


# Sponsors, quorum, majority


def small(members):
    """K: the smallest k with k >= 5 or 4 k^2 >= E, at least 1."""
    k = 1
    while k < 5 and 4 * k * k < members:
        k += 1
    return k


def clamp(number, members):
    return max(1, min(number, members))


def share_of(share, members):
    """The smallest s >= 1 with s * den >= num * E."""
    num, den = share
    return max(1, -(-num * members // den))


def sponsors(rule, members):
    if "times" in rule:
        return clamp(rule["times"] * small(members), members)
    return clamp(share_of(rule["share"], members), members)


def petition(members):
    """2K, as both hold petitions need."""
    return clamp(2 * small(members), members)


def quorum_met(rule, roll, votes, floor=5):
    """Do the votes for an option reach the quorum of a roll?"""
    if votes < min(floor, roll):
        return False
    if votes == roll:
        return True
    if "share" in rule:
        num, den = rule["share"]
        return votes * den >= num * roll
    num, den = rule["root"]
    return den * votes * votes >= num * roll


def majority_met(share, votes, against):
    num, den = share
    if votes <= against:
        return False
    return 2 * num <= den or votes * den >= num * (votes + against)


def changes_entrenched(old, new):
    """Does an amendment touch the rules for amendments?"""
    return old["entrenched"] != new["entrenched"] or any(
        old["classes"][name] != new["classes"][name] for name in ("charter", "recall")
    )
