"""The union as the records establish it: members, offices, and the order of judging.

`Assembly.record` takes one record after the other; what may not be recorded raises
Refused and changes nothing but timers.  Rules: specs/acts.md sections 3 and 4.
"""

import bisect
import hashlib

from . import Refused, agreement_acts, agreements, charter as rules, delegation, elections, forms
from . import jcs, keys, lots, mandate_acts, mandates, measures, members, need, panels, proposals
from . import questions, recovery, statement, timers
from .log import Tree, leaf_hash, unbase64

DAY = 86400
LATE = 3600
MOST_PLACES = 1024
OFFICES = forms.OFFICES
NOT_REMEMBERED = (
    "member.admit", "text.erase", "ballot.cast", "lot.commit", "lot.reveal", "case.appeal",
    "agreement.endorse", "agreement.answer", "key.vouch", "key.object",
)
WHILE_SUSPENDED = (
    "member.renew", "key.rotate", "member.leave", "case.appeal", "key.object",
)
WHILE_OVERDUE = ("member.renew", "key.rotate", "member.leave")


def signed_bytes(act):
    return b"union-act/v1\n" + act


def act_id(act):
    return hashlib.sha256(act).hexdigest()


def about_mandate(kind):
    """Is an act on an id that a proposal and its mandate share about the mandate?"""
    return kind.startswith("mandate.") or kind == "agreement.tentative"


class Member:
    def __init__(self, order, id, application, time, founder):
        self.order, self.id, self.founder = order, id, founder
        self.did, self.next = application["by"], application["next"]
        self.admitted = self.renewed = time
        self.suspended, self.quarantined, self.interim = 0, False, False
        self.left = False
        self.chapters = {}
        self.guardians, self.guardians_next = "", []  # their hash; the next one, and when it counts

    @property
    def key(self):
        return keys.key_of(self.did)

    def rooted(self, time):
        return 0 if self.founder else time


class Assembly:
    def __init__(self, signatures=None):
        self.signatures = signatures or set()  # (key, signature, act id) found good beforehand
        self.proper_keys = {key for key, _, _ in self.signatures}
        self.tree = Tree()
        self.time = 0
        self.origin = self.union = self.key = None
        self.found = None
        self.charter = None
        self.founders = []
        self.in_power = True  # the founders
        self.members, self.holders = {}, {}
        self.rooted, self.rooted_left = [], []  # since when admitted, founders 0; sorted
        self.seats = {office: {} for office in OFFICES}
        self.chapters, self.topics, self.gateways, self.spending = [], [], {}, []
        self.pending = {}
        self.proposals, self.contests, self.questions, self.closed = {}, [], {}, set()
        self.mandates, self.agreements, self.breaches = {}, {}, {}
        self.cases, self.recoveries, self.measures = {}, {}, []
        self.moved = []  # mandates whose agreements have not looked at them yet
        self.to_open = []  # ballots and surveys on agreements that are due
        self.counting = None  # the question whose result is due
        self.outage = None  # the end of the last record before an outage that was reckoned with
        self.grants, self.granted = {}, {}
        self.clocks, self.limits = {}, {}
        self.erased = set()
        self.results = []
        self.seen_texts = {}

    # One record

    def record(self, record, data):
        """Judge a record and take it up."""
        act = jcs.parse(record.act)
        forms.judge(act, len(record.act))
        id = act_id(record.act)
        if self.tree.size == 0:
            self._found(act, id, record)
        else:
            self._judge(act, id, record)
        for text in forms.all_texts(act):
            self.seen_texts.setdefault(unbase64(text).hex(), self.tree.size)
        self.skip(data)

    def skip(self, data):
        """Take a record into the tree only."""
        self.tree.add(leaf_hash(data))

    def _judge(self, act, id, record):
        kind, time = act["act"], record.time
        need(kind != "union.found", "not-allowed")
        need(act["log"] == self.origin, "wrong-ledger")
        key = self._author(act)
        need(self.verify(key, record.signature, record.act, id), "bad-signature")
        need(time >= self.time, "time-reversed")
        timers.fire(self, time)
        self._take_up(act, id, time)
        agreements.look(self, time)
        elections.fill_offices(self, time)
        self.time = time

    def _take_up(self, act, id, time):
        """Steps 5, once the timers fired, to 11."""
        kind = act["act"]
        if self.counting and kind != "result":
            raise Refused("result-due", self.counting.id)
        if kind in forms.LEDGERS:
            need(act["seq"] == time, "malformed", "seq is not the time of the record")
            if kind == "tick":
                need(act["on"] == self.union, "unknown-subject")
            else:
                questions.take_result(self, act, time)
            return
        need(self.founded() or kind == "member.apply", "not-founded")
        need(time <= act["until"], "lapsed")
        need(act["seq"] <= time + DAY, "early")
        if kind == "member.apply":
            self._founder_joins(act, id, time)
        elif kind in forms.OUTSIDERS:
            HANDLERS[kind](self, act, id, None, time)
        else:
            self._take(act, id, time)

    def _take(self, act, id, time):
        """Steps 8 to 11 for an act of a member."""
        kind, author = act["act"], self.members[act["by"]]
        self._standing(author, kind, time)
        self._order(act)
        window = self._limit(act, time)
        HANDLERS[kind](self, act, id, author, time)
        if window is not None:
            self.limits[act["by"], kind] = window
        if kind not in NOT_REMEMBERED and self.remembers(kind, act["on"]):
            self.clocks.setdefault(act["on"], {})[act["by"], kind] = act["seq"]

    def _author(self, act):
        """Step 3: the key whose signature the act must bear."""
        kind, by = act["act"], act["by"]
        if kind in forms.LEDGERS:
            need(by == "ledger", "not-allowed")
            return self.key
        need(kind != "key.recover", "not-allowed", "it is embedded in key.vouch")
        if kind in forms.APPLICANTS or kind in forms.OUTSIDERS:
            need(by.startswith("did:"), "not-allowed")
            key = keys.key_of(by)
            need(self.proper(key), "bad-key")
            return key
        need(forms.is_id(by), "not-allowed")
        need(by in self.members, "unknown-member")
        return self.members[by].key

    def verify(self, key, signature, act, id):
        return (key, signature, id) in self.signatures or keys.verify(
            key, signature, signed_bytes(act))

    def proper(self, key):
        return key in self.proper_keys or keys.proper(key)

    def _standing(self, member, kind, time):
        good = not member.left
        if self.suspended(member, time):
            votes = kind == "ballot.cast" and not member.quarantined
            good = good and (votes or kind in WHILE_SUSPENDED)
        if self.overdue(member, time) and kind not in WHILE_OVERDUE:
            good = False
        need(good, "not-a-member")
        need(not recovery.frozen(self, member.id, kind), "frozen")

    def _order(self, act):
        if act["act"] == "ballot.cast":
            question = self.questions.get(act["on"])
            last = question.last_seq(act["by"]) if question else None
        else:
            last = self.clocks.get(act["on"], {}).get((act["by"], act["act"]))
        if last is not None:
            need(act["seq"] != last, "equivocation")
            need(act["seq"] > last, "stale")

    def _limit(self, act, time):
        """Step 10: the row of the act's window when it is taken up, None without a limit."""
        limit = self.charter["limits"].get(act["act"])
        if limit is None:
            return None
        most, length = limit
        number, count = self.limits.get((act["by"], act["act"]), (None, 0))
        if number != time // length:
            number, count = time // length, 0
        need(count < most, "too-often")
        return number, count + 1

    def remembers(self, kind, on):
        """Is the thing that an act names still open after the act?"""
        if on in self.mandates and about_mandate(kind):
            return not self.mandates[on].final
        if on in self.agreements:
            return not self.agreements[on].final
        if on in self.proposals and on not in self.chapters and on not in self.topics:
            return not self.proposals[on].final
        if kind in ("delegation.accept", "delegation.drop"):
            return on in self.grants
        return True

    def forget(self, on, mandate=False):
        """Drop the clocks of what has ended: of a mandate, or of anything else."""
        rows = self.clocks.get(on, {})
        for row in [row for row in rows if about_mandate(row[1]) == mandate]:
            del rows[row]
        if not rows:
            self.clocks.pop(on, None)

    # Founding

    def _found(self, act, id, record):
        need(act["act"] == "union.found", "not-founded", "record 0 founds nothing")
        need(record.time == act["seq"], "malformed", "the founding has another time")
        need(act["rules"] == 1, "unknown-rules")
        name = act["name"]
        need(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-"), "malformed", "name")
        need(name.startswith("rehearsal.") == act["rehearsal"], "malformed", "name")
        for did in [act["key"], *act["founders"]]:
            need(keys.proper(keys.key_of(did)), "bad-key")
        need(rules.within_bounds(act["charter"], record.time), "bad-charter")
        need(act["by"] in act["founders"], "not-allowed")
        key = keys.key_of(act["by"])
        need(self.verify(key, record.signature, record.act, id), "bad-signature")
        self.found, self.union = act, id
        self.origin = "%s/%s" % (name, id[:32])
        self.key = keys.key_of(act["key"])
        self.charter, self.founders = act["charter"], act["founders"]
        self.time = record.time

    def founded(self):
        return len(self.members) >= len(self.founders)

    def _founder_joins(self, act, id, time):
        need(act["on"] == self.union, "unknown-subject")
        need(act["by"] in self.founders, "not-allowed")
        joined = self.founded() or any(m.did == act["by"] for m in self.members.values())
        need(not joined, "duplicate")
        need("chapter" not in act, "not-now")
        self.admit(id, act, time, True)

    # Members

    def admit(self, id, application, time, founder=False):
        member = Member(len(self.members), id, application, time, founder)
        if "chapter" in application:
            member.chapters[application["chapter"]] = time
        self.members[id] = member
        self.holders[application["by"]] = id
        self.rooted.append(member.rooted(time))
        self.pending.pop(id, None)
        if len(self.holders) >= self.found["charter"]["founders"]["members"]:
            self.in_power = False

    def suspended(self, member, time):
        return time < member.suspended

    def overdue(self, member, time):
        return member.renewed < time - self.charter["renew_s"]

    def good_standing(self, member, time):
        return not (member.left or self.suspended(member, time) or self.overdue(member, time))

    def past_probation(self, member, time):
        return member.rooted(member.admitted) <= max(0, time - self.charter["probation_s"])

    def could_vote(self, member, time, chapter=None):
        out = self.suspended(member, time) and not member.interim
        if member.left or out or self.overdue(member, time):
            return False
        if not self.past_probation(member, time):
            return False
        if chapter is None:
            return True
        joined = member.chapters.get(chapter)
        if joined is None:
            return False
        return member.founder or joined <= time - self.charter["probation_s"]

    def voters(self, time, chapter=None):
        return [m for m in self.members.values() if self.could_vote(m, time, chapter)]

    def check_growth(self, time):
        since = time - self.charter["probation_s"]
        old = bisect.bisect_right(self.rooted, since)
        old_left = bisect.bisect_right(self.rooted_left, since)
        need(len(self.rooted) - old < old - old_left, "roll-growth")

    def application(self, blob, signature, time, id=None):
        """The embedded application, judged as one that could be admitted."""
        data = unbase64(blob)
        found = act_id(data)
        need(id is None or found == id, "malformed", "another application")
        try:
            act = jcs.parse(data)
            forms.judge(act, len(data))
        except Refused as error:
            raise Refused("malformed", "application: " + error.why) from None
        need(act["act"] == "member.apply" and act["by"].startswith("did:"), "malformed")
        need(act["log"] == self.origin and act["on"] == self.union, "malformed")
        key = keys.key_of(act["by"])
        need(self.proper(key), "bad-key")
        need(self.verify(key, unbase64(signature), data, found), "bad-signature")
        need(time <= act["until"], "lapsed")
        need(act.get("chapter", None) in (None, *self.chapters), "unknown-subject")
        need(found not in self.members and act["by"] not in self.holders, "duplicate")
        return found, act

    def leave(self, member, time):
        member.left = True
        self.holders.pop(member.did, None)
        bisect.insort(self.rooted_left, member.rooted(member.admitted))
        delegation.leave(self, member.id)
        member.chapters.clear()
        for office in OFFICES:
            self.seats[office].pop(member.id, None)
        recovery.leave(self, member.id, time)
        mandates.member_changed(self, member.id, time)

    # Offices

    def holds(self, member, office):
        return member.id in self.seats[office] or (member.founder and self.in_power)

    def held(self, office):
        """Does anybody hold the office?"""
        return bool(self.seats[office]) or self.in_power and any(
            m.founder and not m.left for m in self.members.values())

    def check_places(self):
        need(len(self.chapters) + len(self.topics) < MOST_PLACES, "too-often")

    def state(self):
        return statement.of(self)


HANDLERS = {
    **members.HANDLERS,
    **delegation.HANDLERS,
    **questions.HANDLERS,
    **proposals.HANDLERS,
    **elections.HANDLERS,
    **lots.HANDLERS,
    **mandate_acts.HANDLERS,
    **agreement_acts.HANDLERS,
    **panels.HANDLERS,
    **recovery.HANDLERS,
    **measures.HANDLERS,
}
