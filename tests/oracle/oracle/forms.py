"""The form of every kind of act: specs/acts.md sections 1 and 2 as one table.

A type is a function from a value to bool.
"""

import re

from . import Refused, charter, keys, need
from .log import unbase64

LARGEST_ACT = 32658
LONGEST_UNTIL = 7776000
METHODS = (
    "yes-no", "plurality", "approval", "equal-shares", "score", "majority-judgment",
    "schulze", "ranked-pairs", "irv", "stv-wigm", "stv-meek",
)
OFFICES = ("auditor", "registrar", "steward")
POWERS = ["consult", "negotiate", "sign-tentative", "sign-under-ceiling"]
HEX = re.compile(r"[0-9a-f]{64}\Z")
ASCII = re.compile(r"[ !#-\[\]-~]+\Z")


# Types


def integer(low=0, high=2**53 - 1):
    return lambda value: type(value) is int and low <= value <= high


def word_to(most):
    return lambda value: isinstance(value, str) and len(value) <= most and bool(ASCII.match(value))


def is_id(value):
    return isinstance(value, str) and bool(HEX.match(value))


def is_did(value):
    return isinstance(value, str) and keys.key_of(value) is not None


def boolean(value):
    return isinstance(value, bool)


def base64_bytes(length=None):
    def check(value):
        data = unbase64(value) if isinstance(value, str) and value.isascii() else None
        return data is not None and (length is None or len(data) == length)
    return check


def one_of(*values):
    return lambda value: isinstance(value, str) and value in values


def either(*checks):
    return lambda value: any(check(value) for check in checks)


def items(check, low=0, high=10**6, once=False):
    def test(value):
        return (
            isinstance(value, list)
            and low <= len(value) <= high
            and all(check(item) for item in value)
            and not (once and len(set(value)) < len(value))
        )
    return test


def members(**types):
    """An object with exactly these members; a name that ends in _ may be absent."""
    required = {name: check for name, check in types.items() if not name.endswith("_")}
    optional = {name[:-1]: check for name, check in types.items() if name.endswith("_")}
    known = {**required, **optional}

    def check(value):
        return (
            isinstance(value, dict)
            and required.keys() <= value.keys() <= known.keys()
            and all(known[name](value[name]) for name in value)
        )
    return check


word = word_to(64)
origin = word_to(97)
anything = integer()
time = integer()
hash32 = base64_bytes(32)
sig = base64_bytes(64)
blob = base64_bytes()
member_or_none = either(is_id, one_of("none"))
pair = items(integer(-(2**53) + 1), 2, 2)


def texts(value):
    check = items(members(hash=hash32, lang=word), 0, 16)
    return check(value) and len({text["lang"] for text in value}) == len(value)


def sorted_powers(value):
    return isinstance(value, list) and value == [power for power in POWERS if power in value]


delegates = items(is_id, 1, 32)

EFFECTS = {
    "admit": members(do=word, application=blob, signature=sig),
    "amend": members(do=word, charter=charter.form, **{"from": hash32}),
    "chapter": members(do=word, texts=texts),
    "topic": members(do=word, texts=texts),
    "gateway": members(do=word, accepts=items(word, 0, 16), key=is_did, texts=texts),
    "ratify": members(do=word, agreement=is_id),
    "recall": members(do=word, delegates=delegates, mandate=is_id),
    "renew": members(do=word, mandate=is_id, valid_until=time),
    "replace": members(do=word, delegates=delegates, mandate=is_id),
    "restore": members(do=word, member=is_id),
    "seat": members(do=word, member=is_id, office=word),
    "unseat": members(do=word, member=is_id, office=word),
    "spend": members(do=word, amount=integer(1), texts=texts, unit=word),
    "strike": members(do=word, gateway=is_id),
    "suspend": members(do=word, for_s=integer(86400, 31536000), member=is_id),
}


def effect(value):
    kind = value.get("do") if isinstance(value, dict) else None
    return isinstance(kind, str) and kind in EFFECTS and EFFECTS[kind](value)


options = items(members(effects=items(effect, 0, 16), texts=texts), 1, 99)


# Kinds

KINDS = {
    "union.found": dict(
        after_=members(origin=origin, root=hash32, size=integer(1)), charter=charter.form,
        founders=items(is_did, 1, 64, once=True), key=is_did, name=word, rehearsal=boolean,
        rules=anything),
    "tick": {},
    "result": dict(result=lambda value: isinstance(value, dict)),
    "member.apply": dict(chapter_=is_id, next=hash32),
    "member.admit": dict(application=blob, signature=sig),
    "member.renew": {},
    "member.leave": {},
    "key.rotate": dict(key=is_did, next=hash32),
    "chapter.open": dict(texts=texts),
    "topic.open": dict(texts=texts),
    "chapter.join": {},
    "chapter.leave": {},
    "office.stand": {},
    "office.resign": dict(office=word),
    "delegation.grant": dict(to=member_or_none),
    "delegation.revoke": {},
    "delegation.accept": dict(max=integer(1, 16777216)),
    "delegation.drop": {},
    "proposal.open": dict(
        {"class": word}, budget_=integer(1), chapter_=is_id, method=word, options=options, scale_=pair,
        seats=integer(1, 99), texts=texts, topic_=is_id),
    "proposal.amend": dict(options=options, texts=texts),
    "proposal.support": dict(version=integer(1, 1000)),
    "proposal.unsupport": {},
    "proposal.withdraw": {},
    "proposal.hold": {},
    "ballot.cast": dict(marks=items(integer(-(2**53) + 1))),
    "lot.commit": dict(hash=hash32),
    "lot.reveal": dict(value=hash32),
    "mandate.propose": dict(
        agreement_=is_id,
        ceilings=items(members(limit=anything, texts=texts), 0, 32), chapter_=is_id,
        confidential_s=anything, counterparties=items(members(key_=is_did, texts=texts), 1, 32),
        delegates=delegates, max_rejections=integer(1, 10), needed=anything,
        powers=sorted_powers, ratify_class=word, recall=items(anything, 2, 2),
        report_every_s=anything, report_grace_s=anything, texts=texts, topic_=is_id,
        valid_from=time, valid_until=time),
    "mandate.accept": {},
    "mandate.publish": dict(
        issuer_=is_did, proofs_=items(members(key=is_did, signature=sig), 0, 32),
        valid_from=time, valid_until=time),
    "mandate.endorse": {},
    "mandate.unendorse": {},
    "mandate.meeting": dict(counterparty=anything, texts=texts),
    "mandate.report": dict(final=boolean, texts=texts),
    "mandate.report.open": dict(seal=is_id, texts=texts),
    "mandate.report.seal": dict(opens=time, texts=texts),
    "mandate.resign": {},
    "mandate.hold": {},
    "mandate.conclude": {},
    "mandate.challenge": dict(texts=texts),
    "agreement.tentative": dict(
        amounts=items(integer(-(2**53) + 1), 0, 32), counterparty=anything, key=is_did,
        ratify=boolean, texts=texts, valid_from=time, valid_until=time),
    "agreement.sign": {},
    "agreement.countersign": {},
    "agreement.withdraw": {},
    "agreement.decline": {},
    "agreement.challenge": dict(texts=texts),
    "agreement.receipt": {},
    "agreement.breach": dict(hash=hash32),
    "agreement.endorse": {},
    "agreement.answer": dict(breached=boolean, texts=texts),
    "agreement.reply": dict(texts=texts),
    "agreement.end": {},
    "case.appeal": {},
    "guardians.set": dict(hash_=hash32),
    "key.recover": dict(
        guardians_=items(is_id, 3, 7), needed_=anything, next=hash32, reason=word,
        size_=anything, value_=hash32),
    "key.vouch": dict(application=blob, signature=sig),
    "key.object": {},
    "member.suspend": dict(for_s=integer(86400, 31536000), ground=word, hash=hash32),
    "text.erase": {},
}
LEDGERS = ("tick", "result")
APPLICANTS = ("union.found", "member.apply")
# Done once each by a key that is no member's, and remembered by their subject.
OUTSIDERS = (
    "agreement.countersign", "agreement.decline", "agreement.receipt", "agreement.reply",
    "key.recover",
)
# Members that stand together or not at all.
TOGETHER = {
    "mandate.publish": ("issuer", "proofs"),
    "key.recover": ("guardians", "needed", "value"),
}

COMMON = dict(act=word, by=either(is_id, is_did, one_of("ledger")), seq=time)
ABSENT = {"union.found": ("log", "on", "until"), "tick": ("until",), "result": ("until",)}


def _whole(kind, own):
    rest = dict(log=origin, on=is_id, until=time)
    for name in ABSENT.get(kind, ()):
        del rest[name]
    return members(**COMMON, **rest, **own)


WHOLE = {kind: _whole(kind, own) for kind, own in KINDS.items()}


def judge(act, size):
    """Step 1 of judging, for an act that was parsed already."""
    need(size <= LARGEST_ACT, "too-large")
    need(isinstance(act, dict) and isinstance(act.get("act"), str), "malformed", "no kind")
    kind = act["act"]
    if kind not in WHOLE:
        raise Refused("unknown-kind", kind[:64])
    need(WHOLE[kind](act), "malformed", "members of " + kind)
    together = [name in act for name in TOGETHER.get(kind, ())]
    need(all(together) or not any(together), "malformed", "members that belong together")
    if kind == "key.recover":
        need(act["reason"] in ("compromised", "lost"), "malformed", "reason")
        need(("size" in act) == (act["reason"] == "compromised"), "malformed", "size")
    if "until" in act:
        need(act["seq"] <= act["until"] <= act["seq"] + LONGEST_UNTIL, "malformed", "until")


def all_texts(value):
    """Every (hash, lang) of texts anywhere in an act."""
    if isinstance(value, dict):
        if value.keys() == {"hash", "lang"}:
            yield value["hash"]
        else:
            for item in value.values():
                yield from all_texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from all_texts(item)
