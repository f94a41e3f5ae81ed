"""What is done about mandates, by act and by effect: specs/mandates.md sections 1 and 3."""

from . import mandates, need, panels, questions
from .log import LAST_SECOND


# Terms: section 1


def check_terms(a, act, time):
    def fine(condition):
        need(condition, "bad-terms")

    if "agreement" in act:
        need(act["agreement"] in a.agreements, "unknown-subject")
    fine(act["texts"])
    for delegate in act["delegates"]:
        need(delegate in a.members, "unknown-member")
        need(a.good_standing(a.members[delegate], time), "not-a-member")
    fine(len(set(act["delegates"])) == len(act["delegates"]))
    fine(1 <= act["needed"] <= len(act["delegates"]))
    fine(act["powers"])
    fine(0 < act["valid_from"] < act["valid_until"] <= act["valid_from"] + mandates.LONGEST)
    fine(time < act["valid_until"] <= LAST_SECOND)
    fine(86400 <= act["report_every_s"] <= 31536000)
    fine(act["report_grace_s"] <= 2592000)
    fine(act["confidential_s"] <= 31536000)
    num, den = act["recall"]
    fine(1 <= den <= 10000 and 100 * num >= den and 2 * num <= den)
    ratify = a.charter["classes"].get(act["ratify_class"])
    fine(ratify and not ratify["delegation"] and "yes-no" in ratify["methods"])
    if "agreement" in act:
        monitored = a.agreements[act["agreement"]].mandate.terms
        fine(monitored.get("chapter") == act.get("chapter"))
    fine(act["ceilings"] or "sign-under-ceiling" not in act["powers"])


# Acts: section 3


def _mandate(a, act, *states):
    m = a.mandates.get(act["on"])
    need(m, "unknown-subject")
    need(m.state_name in states, "not-now", "the mandate is " + m.state_name)
    return m


def _acting(a, m, author, time):
    need(mandates.acting(a, m, author.id, time), "not-allowed")


def accept(a, act, id, author, time):
    m = _mandate(a, act, *mandates.RUNNING)
    need(author.id in m.delegates, "not-allowed")
    need(not m.delegates[author.id], "duplicate")
    m.delegates[author.id] = True
    mandates.activate_if_ready(a, m, time)
    mandates.judge_acting(a, m, time)


def publish(a, act, id, author, time):
    m = _mandate(a, act, "AUTHORISED", *mandates.LIVE)
    need(a.holds(author, "steward"), "not-allowed")
    dates = (act["valid_from"], act["valid_until"])
    need(dates == (m.valid_from, m.valid_until), "bad-terms")
    proofs = [[proof["key"], proof["signature"]] for proof in act.get("proofs", [])]
    m.published[author.id] = [act.get("issuer", ""), proofs]
    mandates.activate_if_ready(a, m, time)


def endorse(a, act, id, author, time):
    m = _mandate(a, act, *mandates.LIVE)
    need(author.id not in m.endorsers, "duplicate")
    m.endorsers.add(author.id)
    m.endorsements = len(m.endorsers)


def unendorse(a, act, id, author, time):
    m = _mandate(a, act, *mandates.LIVE)
    need(author.id in m.endorsers, "not-now")
    m.endorsers.remove(author.id)
    m.endorsements = len(m.endorsers)


def meeting(a, act, id, author, time):
    m = _mandate(a, act, *mandates.LIVE)
    _acting(a, m, author, time)
    need(time >= m.valid_from, "not-now")
    need(act["counterparty"] < len(m.terms["counterparties"]), "out-of-scope")
    if m.state_name == "ACTIVE":
        mandates.move(a, m, "NEGOTIATING", time)


def _reported(a, m, time):
    m.report_due = time + m.terms["report_every_s"]
    mandates.cure(a, m, "report", time)


def report(a, act, id, author, time):
    m = _mandate(a, act, *mandates.LIVE, "SUSPENDED")
    _acting(a, m, author, time)
    need(act["texts"], "bad-terms")
    m.final_report = m.final_report or act["final"]
    _reported(a, m, time)
    mandates.conclude_monitoring(a, m, time)


def seal(a, act, id, author, time):
    m = _mandate(a, act, *mandates.LIVE, "SUSPENDED")
    _acting(a, m, author, time)
    need(act["texts"], "bad-terms")
    need(act["opens"] > time, "bad-terms")
    sealed_s = m.sealed_s + act["opens"] - time
    need(sealed_s <= m.terms["confidential_s"], "bad-terms")
    m.sealed_s = sealed_s
    m.seals.append([id, act["opens"], False])
    m.seal_texts[id] = act["texts"]
    _reported(a, m, time)


def report_open(a, act, id, author, time):
    m = _mandate(a, act, *mandates.LIVE, "SUSPENDED")
    _acting(a, m, author, time)
    found = next((row for row in m.seals if row[0] == act["seal"]), None)
    need(found, "unknown-subject")
    need(not found[2], "duplicate")
    need(m.seal_texts[found[0]] == act["texts"], "bad-commitment")
    found[2] = True
    if all(opens > time for opens in m.seals_due()):
        mandates.cure(a, m, "seal", time)


def resign(a, act, id, author, time):
    m = _mandate(a, act, *mandates.RUNNING)
    need(author.id in m.delegates, "not-allowed")
    del m.delegates[author.id]
    mandates.judge_acting(a, m, time)


def challenge(a, act, id, author, time):
    m = _mandate(a, act, *mandates.RUNNING)
    need(a.could_vote(author, time, m.proposal.terms["chapter"]), "not-allowed")
    need(author.id not in m.challengers and not m.case, "duplicate")
    m.challengers.append(author.id)
    if len(m.challengers) >= mandates.petition(m, 1):
        m.case = panels.Case(
            a, "mandate", id, m.id, time, asked=m.challengers, answer=m.delegates)


def hold(a, act, id, author, time):
    m = _mandate(a, act, *mandates.LIVE)
    p = m.proposal
    need(a.could_vote(author, time, p.terms["chapter"]), "not-allowed")
    need(author.id not in m.holds, "duplicate")
    need(not m.held or time > m.held + 2592000, "too-often")
    m.holds.append(author.id)
    if len(m.holds) >= mandates.petition(m, 2):
        mandates.suspend(a, m, "hold", time)
        roll = a.voters(time, p.terms["chapter"])
        quorum = a.charter["classes"]["recall"]["quorum"]
        m.vote = questions.personal(
            a, "mandate-hold", m.id, quorum, time, a.charter["hold_s"], roll)


def conclude(a, act, id, author, time):
    m = _mandate(a, act, "NEGOTIATING")
    _acting(a, m, author, time)
    need(m.final_report, "not-now", "no final report")
    need(author.id not in m.concluded, "duplicate")
    m.concluded.append(author.id)
    if len(m.concluded) >= m.needed:
        mandates.end(a, m, "CONCLUDED", time)


# Effects


def recall(a, effect, at):
    m = a.mandates[effect["mandate"]]
    need(m.state_name in mandates.RUNNING, "not-now")
    for delegate in effect["delegates"]:
        m.delegates.pop(delegate, None)
    if m.delegates:
        mandates.judge_acting(a, m, at)
    else:
        mandates.end(a, m, "RECALLED", at)


def replace(a, effect, at):
    m = a.mandates[effect["mandate"]]
    need(m.state_name in mandates.RUNNING, "not-now")
    for delegate in effect["delegates"]:
        new = delegate not in m.delegates
        need(not new or a.good_standing(a.members[delegate], at), "not-a-member")
    need(len(set(effect["delegates"])) >= m.needed, "bad-terms")
    m.delegates = {id: m.delegates.get(id, False) for id in effect["delegates"]}
    mandates.judge_acting(a, m, at)


def renew(a, effect, at):
    m = a.mandates[effect["mandate"]]
    need(m.state_name in ("ACTIVE", "NEGOTIATING"), "not-now")
    need(m.valid_until < effect["valid_until"] <= at + mandates.LONGEST, "bad-terms")
    m.valid_until = effect["valid_until"]


HANDLERS = {
    "mandate.accept": accept,
    "mandate.publish": publish,
    "mandate.endorse": endorse,
    "mandate.unendorse": unendorse,
    "mandate.meeting": meeting,
    "mandate.report": report,
    "mandate.report.open": report_open,
    "mandate.report.seal": seal,
    "mandate.resign": resign,
    "mandate.challenge": challenge,
    "mandate.hold": hold,
    "mandate.conclude": conclude,
}
