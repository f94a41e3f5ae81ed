"""Members and the smaller kinds of acts: specs/acts.md section 4."""

import hashlib

from . import keys, need
from .forms import OFFICES
from .log import base64_of

MOST_WAITING = 10000


def member_admit(a, act, id, author, time):
    on = act["on"]
    found, application = a.application(act["application"], act["signature"], time, on)
    for waiting in [w for w, row in a.pending.items() if row["until"] < time]:
        del a.pending[waiting]
    row = a.pending.get(on) or {"registrars": [], "until": application["until"], "vouchers": []}
    need(author.id not in row["registrars"] + row["vouchers"], "duplicate")
    wanted = a.charter["admit"]
    orphaned = not a.held("registrar")
    registrars, vouchers = list(row["registrars"]), list(row["vouchers"])
    if a.holds(author, "registrar") and len(registrars) < wanted["registrars"]:
        registrars.append(author.id)
    else:
        need(a.past_probation(author, time), "not-allowed")
        need(orphaned or len(vouchers) < wanted["vouchers"], "duplicate")
        vouchers.append(author.id)
    if orphaned:
        done = len(registrars) + len(vouchers) >= 3
    else:
        done = len(registrars) >= wanted["registrars"] and len(vouchers) >= wanted["vouchers"]
    if done:
        a.check_growth(time)
        a.admit(found, application, time)
        return
    need(on in a.pending or len(a.pending) < MOST_WAITING, "too-often")
    a.pending[on] = {"registrars": registrars, "until": row["until"], "vouchers": vouchers}


def member_renew(a, act, id, author, time):
    need(act["on"] == author.id, "unknown-subject")
    author.renewed = time


def member_leave(a, act, id, author, time):
    need(act["on"] == author.id, "unknown-subject")
    a.leave(author, time)


def key_rotate(a, act, id, author, time):
    need(act["on"] == author.id, "unknown-subject")
    key = keys.key_of(act["key"])
    digest = hashlib.sha256(b"union-key/v1\n" + key).digest()
    need(base64_of(digest) == author.next, "bad-commitment")
    need(a.proper(key), "bad-key")
    need(act["key"] not in a.holders, "duplicate")
    del a.holders[author.did]
    a.holders[act["key"]] = author.id
    author.did, author.next = act["key"], act["next"]


def chapter_join(a, act, id, author, time):
    need(act["on"] in a.chapters, "unknown-subject")
    need(act["on"] not in author.chapters, "duplicate")
    need(len(author.chapters) < 8, "too-often")
    author.chapters[act["on"]] = time


def chapter_leave(a, act, id, author, time):
    need(act["on"] in a.chapters, "unknown-subject")
    need(act["on"] in author.chapters, "not-now")
    del author.chapters[act["on"]]


def place_open(a, act, id, author, time):
    need(act["on"] == a.union, "unknown-subject")
    need(author.founder and a.in_power, "not-allowed")
    a.check_places()
    (a.chapters if act["act"] == "chapter.open" else a.topics).append(id)


def office_resign(a, act, id, author, time):
    need(act["on"] == a.union, "unknown-subject")
    need(act["office"] in OFFICES, "malformed")
    need(author.id in a.seats[act["office"]], "not-now")
    del a.seats[act["office"]][author.id]


def text_erase(a, act, id, author, time):
    need(a.holds(author, "steward"), "not-allowed")
    need(act["on"] not in a.erased, "duplicate")
    a.erased.add(act["on"])


HANDLERS = {
    "member.admit": member_admit,
    "member.renew": member_renew,
    "member.leave": member_leave,
    "key.rotate": key_rotate,
    "chapter.open": place_open,
    "topic.open": place_open,
    "chapter.join": chapter_join,
    "chapter.leave": chapter_leave,
    "office.resign": office_resign,
    "text.erase": text_erase,
}
