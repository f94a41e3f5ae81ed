#!/usr/bin/python3
"""Try the auditor on small unions made here, whole and damaged.

usage: selftest.py [TEST...]      (the tests of unittest, this file's classes)
"""

import base64
import contextlib
import copy
import csv
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, HERE)

from oracle import Refused, charter, count, jcs, keys, log, proposals  # noqa: E402
from oracle.assembly import Assembly, act_id, signed_bytes  # noqa: E402

DAY, HOUR = 86400, 3600
START = 1700000000
EVERY = ["approval", "equal-shares", "irv", "majority-judgment", "plurality", "ranked-pairs",
         "schulze", "score", "stv-meek", "stv-wigm", "yes-no"]


def a_class(sponsors, admission, low, high, after, frozen, voting, late, cooling, quorum,
            majority, delegation, methods, effects):
    """A row of the table in specs/charter.md section 5, in days."""
    return {
        "sponsors": sponsors, "admission_s": admission * DAY, "discussion_min_s": low * DAY,
        "discussion_max_s": high * DAY, "after_change_s": after * DAY, "frozen_s": frozen * DAY,
        "voting_s": voting * DAY, "late_s": late * HOUR, "cooling_s": cooling * DAY,
        "quorum": quorum, "majority": majority, "delegation": delegation,
        "methods": sorted(methods), "effects": sorted(effects)}


def default_charter():
    def k(times):
        return {"times": times}

    def share(num, den):
        return {"share": [num, den]}

    office = {"seats": 3, "term_s": 365 * DAY}
    half, two_thirds, yes_no = [1, 2], [2, 3], ["yes-no"]
    return {
        "admit": {"registrars": 1, "vouchers": 1},
        "classes": {
            "charter": a_class(k(2), 60, 21, 42, 7, 7, 21, 72, 14, share(1, 5), two_thirds,
                               False, yes_no, ["amend"]),
            "election": a_class(k(0), 0, 7, 14, 0, 1, 7, 0, 0, share(1, 100), half, False,
                                ["approval", "schulze", "stv-wigm"], ["seat"]),
            "mandate": a_class(k(1), 14, 7, 21, 3, 3, 10, 48, 2, share(1, 10), half, True,
                               ["schulze", "yes-no"], ["renew", "replace"]),
            "ordinary": a_class(k(1), 30, 10, 24, 7, 3, 10, 48, 3, {"root": [9, 4]}, half, True,
                                EVERY, ["chapter", "gateway", "seat", "spend", "strike", "topic"]),
            "ratification": a_class(k(0), 0, 5, 5, 0, 0, 10, 48, 0, share(1, 10), half, False,
                                    yes_no, []),
            "recall": a_class(share(1, 20), 30, 3, 7, 0, 0, 7, 24, 0, share(1, 20), half, False,
                              yes_no, ["recall", "unseat"]),
        },
        "cure_s": 30 * DAY, "delegation": {"cap": 0, "life_s": 365 * DAY},
        "entrenched": [3, 4],
        "founders": {"members": 50, "until_s": START + 180 * DAY}, "hold_s": 3 * DAY,
        "limits": {"proposal.open": [3, 7 * DAY], "member.admit": [50, DAY],
                   "ballot.cast": [100, DAY]},
        "lot_s": 3 * DAY,
        "offices": {"auditor": office, "registrar": office, "steward": office},
        "probation_s": 0, "publish_needs": 1, "renew_s": 365 * DAY, "texts": []}


class Union:
    """A ledger in the making: signs acts, records them, keeps the auditor's assembly beside."""

    def __init__(self, founders=3, change=None):
        self.secrets, self.dids = {}, {}
        self.entries, self.assembly = [], Assembly()
        self.time, self.texts, self.seq = START, {}, {}
        self.ledger = self.new_key("ledger")
        names = ["founder%d" % number for number in range(founders)]
        rules = default_charter()
        if change:
            change(rules)
        act = {"act": "union.found", "by": self.new_key(names[0]), "charter": rules,
               "founders": [self.new_key(name) for name in names], "key": self.ledger,
               "name": "rehearsal.self", "rehearsal": True, "rules": 1, "seq": START}
        self.ids = {}
        self.write(act, names[0])
        self.union = self.assembly.union
        for name in names:
            self.ids[name] = self.write(self.application(name), name)

    def new_key(self, name):
        if name not in self.secrets:
            seed = hashlib.sha256(b"selftest " + name.encode()).digest()
            secret = Ed25519PrivateKey.from_private_bytes(seed)
            public = secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
            self.secrets[name], self.dids[name] = secret, keys.did(public)
        return self.dids[name]

    def next_hash(self, name):
        key = keys.key_of(self.new_key(name + "'"))
        return log.base64_of(hashlib.sha256(b"union-key/v1\n" + key).digest())

    def application(self, name):
        return {"act": "member.apply", "by": self.new_key(name), "log": self.assembly.origin,
                "next": self.next_hash(name), "on": self.union, "seq": self.time,
                "until": self.time + 30 * DAY}

    def write(self, act, name):
        data = jcs.dump(act)
        signature = self.secrets[name].sign(signed_bytes(data))
        entry = b"%d %s\n%s" % (self.time, base64.b64encode(signature), data)
        self.assembly.record(log.Record(entry), entry)
        self.entries.append(entry)
        return act_id(data)

    def act(self, kind, name, on=None, **members):
        """A member's act, now; its id."""
        by, on = self.ids[name], on or self.union
        self.seq[by, kind, on] = max(self.time, self.seq.get((by, kind, on), 0) + 1)
        act = {"act": kind, "by": by, "log": self.assembly.origin, "on": on,
               "seq": self.seq[by, kind, on], "until": self.time + 30 * DAY,
               **{name.rstrip("_"): value for name, value in members.items()}}
        return self.write(act, name)

    def admit(self, name):
        application = jcs.dump(self.application(name))
        signature = self.secrets[name].sign(signed_bytes(application))
        embedded = {"application": base64.b64encode(application).decode(),
                    "signature": base64.b64encode(signature).decode()}
        self.ids[name] = act_id(application)
        for admitter in ("founder0", "founder1"):
            self.act("member.admit", admitter, self.ids[name], **embedded)
        return name

    def crowd(self, number):
        return [self.admit("member%d" % n) for n in range(number)]

    def wait(self, seconds):
        """Let time pass in steps that are no outage; results are recorded as they fall due."""
        end = self.time + seconds
        while self.time < end:
            self.time = min(end, self.time + HOUR)
            self.settle()

    def jump(self, seconds):
        self.time += seconds
        self.settle()

    def settle(self):
        proposals.fire(self.assembly, self.time)
        while self.assembly.counting:
            question = self.assembly.counting
            self.by_ledger("result", on=question.id, result=question.expected)
            proposals.fire(self.assembly, self.time)
        self.by_ledger("tick", on=self.union)

    def by_ledger(self, kind, **members):
        self.write({"act": kind, "by": "ledger", "log": self.assembly.origin, "seq": self.time,
                    **members}, "ledger")

    def text(self, words):
        salt = hashlib.sha256(words.encode()).digest()
        data = salt + words.encode()
        digest = hashlib.sha256(b"union-text/v1\n" + data).digest()
        self.texts[digest.hex()] = data
        return [{"hash": log.base64_of(digest), "lang": "en"}]

    def propose(self, name, options, method="approval", on=None, class_="ordinary", seats=1,
                **more):
        options = [{"effects": effects, "texts": self.text("option %d" % number)}
                   for number, effects in enumerate(options)]
        return self.act("proposal.open", name, on, class_=class_, method=method, seats=seats,
                        options=options, texts=self.text("a proposal"), **more)

    def sponsor(self, proposal, names):
        for name in names:
            self.act("proposal.support", name, proposal,
                     version=self.assembly.proposals[proposal].version)

    def question(self):
        return next(iter(self.assembly.questions))

    def cast(self, name, *marks):
        return self.act("ballot.cast", name, self.question(), marks=list(marks))

    def phase(self, proposal):
        return self.assembly.proposals[proposal].phase

    def export(self, folder, sign=None):
        """Write the export, as specs/ledger.md section 5 says."""
        leaves = [log.leaf_hash(entry) for entry in self.entries]
        put = Folder(folder).put
        for path, start, width in log.tile_paths("entries", len(leaves)):
            put(path, b"".join(len(entry).to_bytes(2, "big") + entry
                               for entry in self.entries[start:start + width]))
        level, hashes = 0, leaves
        while hashes:
            for path, start, width in log.tile_paths(level, len(hashes)):
                put(path, b"".join(hashes[start:start + width]))
            hashes = [log.root_of_hashes(hashes[n:n + 256])
                      for n in range(0, len(hashes) - 255, 256)]
            level += 1
        origin, key = self.assembly.origin, keys.key_of(self.ledger)
        root = log.base64_of(log.root_of(self.entries))
        note = "%s\n%d\n%s\n" % (origin, len(leaves), root)
        verifier = log.Verifier(origin, key)
        signature = self.secrets[sign or "ledger"].sign(note.encode())
        line = "\u2014 %s %s\n" % (origin, log.base64_of(verifier.hint + signature))
        put("checkpoint", (note + "\n" + line).encode())
        put("policy", ("log %s\nquorum none\n" % verifier.vkey()).encode())
        for name, data in self.texts.items():
            put("texts/" + name, data)


class Folder:
    def __init__(self, path):
        self.path = path

    def put(self, name, data):
        path = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)


def audit(folder, *options):
    """(exit status, what was printed)"""
    command = [sys.executable, os.path.join(HERE, "audit.py"), folder, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


class Refusals(unittest.TestCase):
    """What may not be recorded is not."""

    def refused(self, verdict, call, *args, **more):
        with self.assertRaises(Refused) as caught:
            call(*args, **more)
        self.assertEqual(caught.exception.verdict, verdict)

    def test_departures_from_the_strict_profile(self):
        for data, verdict in (
            (b'{"b":1,"a":1}', "not-canonical"), (b'{"a":1,"a":1}', "malformed"),
            (b'{"a": 1}', "not-canonical"), (b"[1.5]", "malformed"), (b"[-0]", "not-canonical"),
            (b"[9007199254740992]", "malformed"), (b'["\\u0041"]', "not-canonical"),
            (b'["\xc2\x85"]', "forbidden-character"), (b'["\xe2\x80\xae"]', "forbidden-character"),
            (b"[" * 17 + b"]" * 17, "too-deep"), (b"[1", "malformed"), (b"[\xff]", "malformed"),
        ):
            self.refused(verdict, jcs.parse, data)
        self.assertEqual(jcs.parse(b'{"a":["\xc3\xa9\\n",true,-1]}'), {"a": ["é\n", True, -1]})

    def test_acts_out_of_order(self):
        union = Union()
        member = union.admit("member")
        union.act("member.renew", member, union.ids[member])
        union.seq[union.ids[member], "member.renew", union.ids[member]] -= 1
        self.refused("equivocation", union.act, "member.renew", member, union.ids[member])
        self.refused("unknown-subject", union.act, "ballot.cast", member, "0" * 64, marks=[1])
        self.refused("not-allowed", union.act, "chapter.open", member, texts=[])
        self.refused("bad-signature", union.write, {
            "act": "member.leave", "by": union.ids[member], "log": union.assembly.origin,
            "on": union.ids[member], "seq": union.time, "until": union.time}, "founder0")

    def test_a_key_changes_only_to_the_one_committed_to(self):
        union = Union()
        own = union.ids["founder0"]
        following = union.next_hash("other")
        self.refused("bad-commitment", union.act, "key.rotate", "founder0", own,
                     key=union.new_key("other"), next=following)
        union.act("key.rotate", "founder0", own, key=union.new_key("founder0'"), next=following)
        self.refused("bad-signature", union.act, "member.renew", "founder0", own)
        union.secrets["founder0"] = union.secrets["founder0'"]
        union.act("member.renew", "founder0", own)

    def test_growth_is_bounded(self):
        def slow(rules):
            rules["probation_s"] = 21 * DAY
        union = Union(change=slow)
        for number in range(3):
            union.admit("member%d" % number)
        self.refused("roll-growth", union.admit, "member3")
        union.jump(21 * DAY)
        union.admit("member4")


class Counts(unittest.TestCase):
    """Real elections whose results are known from others: see tests/elections/README.md."""

    def elect(self, file, method, seats=1, default=None, scale=None):
        """(names elected, tied names, names in groups)"""
        path = os.path.join(HERE, "..", "elections", file + ".csv")
        with open(path, encoding="utf-8", newline="") as rows:
            header, *lines = list(csv.reader(rows))
        names = header[1:]
        ballots = [([{"": 0, "-": -1}.get(cell, cell) for cell in line[1:]], int(line[0]))
                   for line in lines]
        ballots = [([int(mark) for mark in marks], weight) for marks, weight in ballots]
        if scale:
            ballots = [([max(mark, 0) for mark in marks], weight) for marks, weight in ballots]
        options = list(range(len(names)))
        if default:
            rivals, quorum, majority = names.index(default[0]), default[1], default[2]
            sides = {o: [0, 0] for o in options}
            for marks, weight in ballots:
                for option in options:
                    side = count.compare(method, marks[option], marks[rivals])
                    if side:
                        sides[option][side < 0] += weight
            options = [o for o in options if o == rivals or sides[o][0] >= quorum
                       and charter.majority_met(majority.get(names[o][:5], [1, 2]), *sides[o])]
        election = count.Election(method, options, ballots, seats, scale)
        winners, ties, ranking = count.decide(election, None)

        def named(group):
            return [names[option] for option in group]

        return named(winners), [named(tie) for tie in ties], [named(group) for group in ranking]

    def test_schulze(self):
        winners, _, _ = self.elect("debian-2007-dpl", "schulze", 1, ("None Of The Above", 49, {}))
        self.assertEqual(winners, ["Sam Hocevar"])
        winners, _, ranking = self.elect("kubernetes-2024-steering", "schulze", 3)
        self.assertEqual(winners, ["bentheelder", "aojea", "saschagrunert"])
        self.assertEqual(ranking[3:], [["natalisucks"], ["katcosgrove"], ["palnabarun"],
                                       ["xmudrii"]])
        winners, _, _ = self.elect("kubernetes-2018-steering", "schulze", 3)
        self.assertEqual(winners, ["Aaron Crickenberger", "Timothy St. Clair",
                                   "Davanum Srinivas"])

    def test_approval_and_score(self):
        self.assertEqual(self.elect("utah-sd11-2025", "approval")[0], ["Emily Buss"])
        self.assertEqual(self.elect("eurovision-2015", "score")[0], ["SE"])
        winners, ties, _ = self.elect("eurovision-1991", "score")
        self.assertEqual((winners, ties), ([], [["FR", "SE"]]))

    def test_majority_judgment(self):
        for office, order in (
            ("01", ["Bayrou", "Sarkozy", "Royal", "Voynet", "Besancenot", "Buffet", "Laguiller",
                    "Bové", "de Villiers", "Nihous", "Schivardi", "Le Pen"]),
            ("06", ["Bayrou", "Royal", "Sarkozy", "Voynet", "Besancenot", "Buffet", "Bové",
                    "Laguiller", "Nihous", "de Villiers", "Schivardi", "Le Pen"]),
        ):
            ranking = self.elect("orsay-2007-bureau-" + office, "majority-judgment",
                                 scale=[1, 6])[2]
            self.assertEqual(ranking, [[name] for name in order])

    def test_irv_and_meek(self):
        self.assertEqual(self.elect("nsw-ballina-2015", "irv")[0], ["SMITH Tamara"])
        self.assertEqual(self.elect("nixos-2025-sc", "stv-meek", 5)[0],
                         ["K900", "cafkafk", "philiptaron", "tomberek", "JulienMalka"])

    def examples(self, method, ballots, seats=1, **more):
        size = len(ballots[0][1])
        election = count.Election(
            method, list(range(size)), [(marks, weight) for weight, marks in ballots], seats,
            **more)
        return count.decide(election, None)

    def test_examples_of_the_specification(self):
        self.assertEqual(self.examples("irv", [
            (4, [1, 0, 0]), (3, [2, 1, 0]), (1, [0, 1, 0]), (3, [0, 2, 1])]), ([1], [], []))
        nine = [(9, [1, 2, 0, 0]), (4, [0, 0, 1, 2]), (3, [0, 2, 0, 1])]
        self.assertEqual(self.examples("stv-wigm", nine, 2)[0], [0, 2])
        self.assertEqual(self.examples("stv-meek", nine, 2)[0], [0, 1])
        bread = [(5, [1, 2, 3, 4]), (4, [2, 0, 1, 0]), (2, [3, 1, 2, 0]), (2, [0, 1, 0, 2]),
                 (1, [0, 0, 0, 1])]
        self.assertEqual(self.examples("schulze", bread)[0], [0])
        circle = [(3, [1, 2, 3]), (3, [3, 1, 2]), (3, [2, 3, 1])]
        self.assertEqual(self.examples("ranked-pairs", circle), ([], [[0, 1, 2]], [[0, 1, 2]]))
        anna = [(1, [g, h]) for g, h in zip((1, 2, 3, 4, 5, 5), (2, 3, 3, 3, 4, 4))]
        self.assertEqual(self.examples("majority-judgment", anna, scale=[1, 5])[0], [0])
        shares = [(2, [1, 1]), (1, [1, 0])]
        self.assertEqual(self.examples("equal-shares", shares, 2, budget=90,
                                       costs={0: 60, 1: 30})[0], [0, 1])

    def test_a_tie_for_exclusion_that_decides(self):
        winners, ties, _ = self.examples(
            "irv", [(4, [1, 0, 0]), (3, [0, 1, 2]), (3, [0, 2, 1])])
        self.assertEqual((winners, ties), ([], [[1, 2]]))
        winners, ties, _ = self.examples(
            "irv", [(9, [1, 0, 0]), (3, [0, 1, 2]), (3, [0, 2, 1])])
        self.assertEqual((winners, ties), ([0], []))


class Lives(unittest.TestCase):
    """Proposals, delegation, elections and mandates from beginning to end."""

    def test_a_proposal_comes_into_force(self):
        union = Union()
        members = union.crowd(9)
        spend = [{"amount": 5, "do": "spend", "texts": [], "unit": "eur"}]
        topic = [{"do": "topic", "texts": []}]
        proposal = union.propose(members[0], [spend, topic])
        self.assertEqual(union.phase(proposal), "ADMISSION")
        union.sponsor(proposal, members[1:2])
        self.assertEqual(union.phase(proposal), "DISCUSSION")
        union.wait(10 * DAY)
        self.assertEqual(union.phase(proposal), "FROZEN")
        union.wait(3 * DAY)
        for name in members[:5]:
            union.cast(name, 0, 1, 0)
        for name in members[5:]:
            union.cast(name, 0, 0, 1)
        union.cast(members[5], 0, 1, 1)
        union.wait(10 * DAY)
        _, _, result = union.assembly.results[0]
        self.assertEqual((result["outcome"], result["winners"]), ("passed", [1]))
        self.assertEqual(result["ballots"], 9)
        self.assertEqual(union.phase(proposal), "COOLING")
        union.wait(3 * DAY)
        self.assertEqual(union.phase(proposal), "IN_FORCE")
        state = union.assembly.state()
        self.assertEqual(state["spending"], [
            {"amount": 5, "id": proposal, "option": 0, "unit": "eur"}])
        self.assertEqual(state["proposals"][0]["effects"], [[0, 0, "ok"]])

    def test_delegated_weight(self):
        union = Union()
        members = union.crowd(9)
        grant = union.act("delegation.grant", members[0], to=union.ids[members[1]])
        union.act("delegation.accept", members[1], grant, max=5)
        loop = union.act("delegation.grant", members[2], to=union.ids[members[3]])
        union.act("delegation.accept", members[3], loop, max=5)
        loop = union.act("delegation.grant", members[3], to=union.ids[members[2]])
        union.act("delegation.accept", members[2], loop, max=5)
        union.jump(1)
        proposal = union.propose(members[0], [[]], "yes-no")
        union.sponsor(proposal, members[1:5])
        union.wait(13 * DAY)
        for name in members[1:2] + members[4:8]:
            union.cast(name, 1)
        union.jump(10 * DAY)
        union.jump(10 * DAY)
        _, question, result = union.assembly.results[0]
        self.assertTrue(question.moved)
        self.assertEqual(result["counted"], 6)
        self.assertEqual(result["unused"], 6)
        self.assertEqual(result["options"][0]["for"], 6)

    def test_founders_hand_over_to_the_elected(self):
        union = Union(change=lambda rules: rules["founders"].update(members=8))
        members = union.crowd(5)
        elections = list(union.assembly.proposals)
        self.assertEqual([union.assembly.proposals[id].office for id in elections],
                         ["auditor", "registrar", "steward"])
        for election in elections:
            union.act("office.stand", members[0], election)
        union.wait(8 * DAY)
        for question in list(union.assembly.questions):
            for name in members:
                union.act("ballot.cast", name, question, marks=[0, 1])
        union.wait(7 * DAY)
        union.wait(HOUR)
        seats = union.assembly.state()["offices"]
        self.assertEqual([[row[0] for row in seats[office]] for office in sorted(seats)],
                         [[union.ids[members[0]]]] * 3)
        self.assertFalse(union.assembly.state()["founders"]["in_power"])

    def test_an_election_without_candidates_is_followed_by_another(self):
        union = Union(change=lambda rules: rules["founders"].update(members=3))
        union.wait(7 * DAY)
        phases = [proposal.phase for proposal in union.assembly.proposals.values()]
        self.assertEqual(phases, ["LAPSED"] * 3 + ["DISCUSSION"] * 3)

    def test_a_tie_is_drawn_by_lot(self):
        union = Union()
        members = union.crowd(7)
        proposal = union.propose(members[0], [[], []])
        union.sponsor(proposal, members[1:5])
        union.wait(13 * DAY)
        value = bytes(range(32))
        secret = hashlib.sha256(b"union-lot/v1\n" + value).digest()
        union.act("lot.commit", "founder0", union.question(), hash=log.base64_of(secret))
        for name in members[:6]:
            union.cast(name, 0, 1, 1)
        union.wait(10 * DAY)
        self.assertEqual(union.phase(proposal), "DRAWING")
        union.act("lot.reveal", "founder0", union.question(), value=log.base64_of(value))
        union.wait(3 * DAY)
        first, second = [result for _, _, result in union.assembly.results]
        self.assertEqual((first["outcome"], first["ties"]), ("tied", [[1, 2]]))
        self.assertEqual(second["outcome"], "passed")
        self.assertEqual(second["lot"]["missing"], [])
        self.assertEqual(len(second["winners"]), 1)

    def mandate(self, union, members):
        return union.act(
            "mandate.propose", members[0], ceilings=[], confidential_s=30 * DAY,
            counterparties=[{"texts": []}], delegates=[union.ids[members[1]]], max_rejections=1,
            needed=1, powers=["consult", "negotiate"], ratify_class="ratification",
            recall=[1, 10], report_every_s=30 * DAY, report_grace_s=DAY,
            texts=union.text("a mandate"), valid_from=union.time,
            valid_until=union.time + 300 * DAY)

    def test_a_mandate_from_proposal_to_conclusion(self):
        union = Union()
        members = union.crowd(9)
        mandate = self.mandate(union, members)

        def state():
            return union.assembly.mandates[mandate].state_name

        union.sponsor(mandate, members[1:5])
        union.wait(10 * DAY)
        for name in members[:6]:
            union.cast(name, 1)
        union.wait(12 * DAY)
        self.assertEqual(state(), "AUTHORISED")
        union.act("mandate.accept", members[1], mandate)
        terms = union.assembly.mandates[mandate].terms
        union.act("mandate.publish", "founder0", mandate,
                  valid_from=terms["valid_from"], valid_until=terms["valid_until"])
        self.assertEqual(state(), "ACTIVE")
        union.act("mandate.endorse", members[4], mandate)
        union.act("mandate.meeting", members[1], mandate, counterparty=0, texts=[])
        self.assertEqual(state(), "NEGOTIATING")
        union.wait(31 * DAY)
        self.assertEqual(state(), "SUSPENDED")
        union.act("mandate.report", members[1], mandate, final=False, texts=union.text("report"))
        self.assertEqual(state(), "NEGOTIATING")
        seal = union.act("mandate.report.seal", members[1], mandate, opens=union.time + DAY,
                         texts=union.text("sealed"))
        union.wait(2 * DAY)
        self.assertEqual(state(), "SUSPENDED")
        union.act("mandate.report.open", members[1], mandate, seal=seal,
                  texts=union.text("sealed"))
        self.assertEqual(state(), "NEGOTIATING")
        for name in members[:4]:
            union.act("mandate.hold", name, mandate)
        self.assertEqual(state(), "SUSPENDED")
        for name in members[:6]:
            union.cast(name, -1)
        union.wait(3 * DAY)
        self.assertEqual(state(), "NEGOTIATING")
        union.act("mandate.report", members[1], mandate, final=True, texts=union.text("last"))
        union.act("mandate.conclude", members[1], mandate)
        self.assertEqual(state(), "CONCLUDED")

    def test_a_delegate_who_leaves_suspends_the_mandate(self):
        union = Union()
        members = union.crowd(9)
        mandate = self.mandate(union, members)
        union.sponsor(mandate, members[1:5])
        union.wait(10 * DAY)
        for name in members[:6]:
            union.cast(name, 1)
        union.wait(12 * DAY)
        union.act("mandate.accept", members[1], mandate)
        union.wait(7 * DAY)
        self.assertEqual(union.assembly.mandates[mandate].state_name, "ACTIVE")
        union.act("member.leave", members[1], union.ids[members[1]])
        self.assertEqual(union.assembly.mandates[mandate].causes, ["delegates"])
        union.wait(30 * DAY)
        self.assertEqual(union.assembly.mandates[mandate].state_name, "EXPIRED")


class Exports(unittest.TestCase):
    """The auditor's program on whole and damaged exports."""

    @classmethod
    def setUpClass(cls):
        cls.union = union = Union()
        members = union.crowd(7)
        proposal = union.propose(members[0], [[]], "yes-no")
        union.sponsor(proposal, members[1:5])
        union.wait(13 * DAY)
        for name in members[:6]:
            union.cast(name, 1)
        union.wait(13 * DAY)
        assert len(union.entries) > 512

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def damaged(self, change):
        """Audit the export of a union whose records were changed, under a good checkpoint."""
        union = copy.copy(self.union)
        union.entries = list(self.union.entries)
        change(union.entries)
        union.export(self.folder)
        return audit(self.folder)

    def find(self, start):
        return next(i for i, entry in enumerate(self.union.entries) if start in entry)

    def test_a_whole_export_has_no_findings(self):
        self.union.export(self.folder)
        status, said = audit(self.folder)
        self.assertEqual(status, 0, said)
        self.assertIn("no findings", said)
        digest = hashlib.sha256(jcs.dump(self.union.assembly.state())).hexdigest()
        self.assertIn(digest, said)
        status, said = audit(self.folder, "--json", "--until", "4")
        self.assertEqual((status, jcs.json.loads(said)["size"]), (0, 4))

    def test_wrong_usage(self):
        self.assertEqual(audit(self.folder, "--nonsense")[0], 2)
        self.assertEqual(audit(self.folder + "/absent")[0], 2)

    def test_damage_to_any_file(self):
        self.union.export(self.folder)
        for name, byte in (
            ("checkpoint", 3), ("checkpoint", -9), ("policy", 7), ("tile/0/001", 100),
            ("tile/1/000.p/%d" % (len(self.union.entries) // 256), 0),
            ("tile/entries/000", 700), ("tile/entries/000", 0),
            ("texts/" + sorted(self.union.texts)[0], 33),
        ):
            path = os.path.join(self.folder, name)
            with open(path, "r+b") as file:
                whole = file.read()
                broken = bytearray(whole)
                broken[byte] ^= 1
                file.seek(0)
                file.write(broken)
            status, said = audit(self.folder)
            self.assertEqual(status, 1, name + "\n" + said)
            Folder(self.folder).put(name, whole)
        os.remove(os.path.join(self.folder, "tile/0/000"))
        self.assertEqual(audit(self.folder)[0], 1)

    def test_a_checkpoint_signed_by_another(self):
        self.union.export(self.folder, sign="founder0")
        status, said = audit(self.folder)
        self.assertEqual(status, 1)
        self.assertIn("not signed by the ledger's key", said)

    def test_a_missing_text_is_a_warning(self):
        self.union.export(self.folder)
        os.remove(os.path.join(self.folder, "texts", sorted(self.union.texts)[0]))
        status, said = audit(self.folder)
        self.assertEqual(status, 0)
        self.assertIn("is missing", said)

    def test_a_ballot_left_out(self):
        status, said = self.damaged(lambda entries: entries.pop(self.find(b'"act":"ballot.cast"')))
        self.assertEqual(status, 1)
        self.assertIn("result-wrong", said)

    def test_a_ballot_changed(self):
        def change(entries):
            at = self.find(b'"act":"ballot.cast"')
            entries[at] = entries[at].replace(b'"marks":[1]', b'"marks":[0]')
        self.assertIn("bad-signature", self.damaged(change)[1])

    def test_records_exchanged(self):
        def change(entries):
            at = self.find(b'"act":"proposal.open"')
            entries[at], entries[at + 1] = entries[at + 1], entries[at]
        self.assertIn("unknown-subject", self.damaged(change)[1])

    def test_a_record_twice(self):
        def change(entries):
            at = self.find(b'"act":"ballot.cast"')
            entries.insert(at, entries[at])
        self.assertIn("equivocation", self.damaged(change)[1])

    def test_a_result_left_out(self):
        status, said = self.damaged(lambda entries: entries.pop(self.find(b'"act":"result"')))
        self.assertIn("result-due", said)

    def test_time_that_runs_back(self):
        def change(entries):
            at = self.find(b'"act":"ballot.cast"')
            entries[at] = b"1700000000" + entries[at][10:]
        self.assertIn("time-reversed", self.damaged(change)[1])

    def test_what_is_no_record(self):
        self.assertEqual(self.damaged(lambda entries: entries.append(b"nonsense"))[0], 1)


class Chance(unittest.TestCase):
    """Whatever members try: a refusal leaves no trace, and a replay comes to the same state."""

    def test_refused_acts_leave_no_trace(self):
        for seed in range(3):
            with self.subTest(seed=seed):
                union = Wanderer(seed).union
                again = Assembly()
                for entry in union.entries:
                    again.record(log.Record(entry), entry)
                self.assertEqual(again.state(), union.assembly.state())
                for _, question, result in union.assembly.results:
                    self.assertLessEqual(result["counted"] + result["unused"],
                                         len(question.roll))


class Wanderer:
    """Members who try everything, at random, for some months."""

    STEPS = 1500

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.kinds = {}

        def change(rules):
            rules["founders"]["members"] = 9
            rules["probation_s"] = self.random.choice([0, 0, DAY])
            rules["delegation"]["cap"] = self.random.choice([0, 2])
            for name in ("ordinary", "mandate", "charter", "recall"):
                rules["classes"][name]["sponsors"] = {"times": 0}
                rules["classes"][name]["quorum"] = {"share": [1, 10]}
            for cls in rules["classes"].values():
                cls.update(discussion_min_s=2 * DAY, discussion_max_s=4 * DAY, frozen_s=HOUR,
                           after_change_s=self.random.choice([0, DAY]), voting_s=3 * DAY,
                           late_s=self.random.choice([0, DAY]), cooling_s=DAY)
            rules["classes"]["ordinary"]["effects"] = sorted(
                rules["classes"]["ordinary"]["effects"] + ["renew", "replace"])
            rules["classes"]["recall"]["effects"] = ["recall", "restore", "suspend", "unseat"]
            rules["limits"] = {"proposal.open": [2, 3 * DAY]}
            rules["renew_s"] = 60 * DAY
        self.union = union = Union(change=change)
        for number in range(12):
            try:
                union.admit("member%d" % number)
            except Refused:
                union.ids.pop("member%d" % number, None)
        for _ in range(self.STEPS):
            union.time += self.random.choice([1, 60, 60, HOUR, HOUR, HOUR, 2 * HOUR, 6 * HOUR])
            union.settle()
            try:
                self.step()
            except IndexError:
                pass  # nothing there to act on
            except Refused as refused:
                self.kinds[refused.verdict] = self.kinds.get(refused.verdict, 0) + 1

    def any(self, things, default="0" * 64):
        things = list(things)
        return self.random.choice(things) if things else default

    def step(self):
        union, a, pick = self.union, self.union.assembly, self.random
        names = [n for n in union.ids if union.ids[n] in a.members]
        name = self.any([n for n in names if not a.members[union.ids[n]].left] or names)
        live = [p.id for p in a.proposals.values() if not p.final]
        proposal = self.any(live or a.proposals)
        mandate = self.any([m.id for m in a.mandates.values() if not m.final] or a.mandates)
        question = self.any(a.questions)
        member = self.any(a.members)
        texts = union.text("text %d" % pick.randrange(5))
        kind = pick.choice(
            ["open"] * 3 + ["ballot"] * 12 + ["mandate"] * 12 + ["proposal"] * 4 + ["grant"] * 2
            + ["accept", "propose", "stand", "lot", "leave", "office", "chapter", "renew",
               "join", "lot", "rival"])
        if kind == "open":
            union.act("proposal.open", name, union.union, **self.proposal())
        elif kind == "rival":
            leads = [c.lead for c in a.contests if c.lead.phase == "DISCUSSION"]
            lead = pick.choice([lead for lead in leads if lead.terms["kind"] == "proposal.open"])
            more = {name.replace("class", "class_"): value for name, value in lead.terms.items()
                    if value is not None and name != "kind"}
            union.act("proposal.open", name, lead.id, texts=[], options=lead.options, **more)
        elif kind == "ballot" and question in a.questions:
            roll = a.questions[question].roll
            for member in pick.sample(roll, pick.randint(len(roll) // 2, len(roll))):
                with contextlib.suppress(Refused):
                    union.act("ballot.cast", self.named(member, name), question,
                              marks=self.marks(a.questions[question]))
        elif kind == "mandate":
            self.mandate(name, mandate, texts)
        elif kind == "propose":
            union.act("mandate.propose", name, ceilings=[], confidential_s=30 * DAY,
                      counterparties=[{"texts": []}],
                      delegates=pick.sample(sorted(a.members), 2), max_rejections=1,
                      needed=pick.choice([1, 2]), powers=["consult"],
                      ratify_class="ratification", recall=[1, 10], report_every_s=5 * DAY,
                      report_grace_s=DAY, texts=texts, valid_from=union.time,
                      valid_until=union.time + pick.choice([30, 200]) * DAY)
        elif kind == "proposal":
            act = pick.choice(["support", "unsupport", "withdraw", "hold", "hold", "hold", "amend"])
            more = {"support": {"version": 1}, "amend": {
                "options": self.proposal()["options"], "texts": texts}}.get(act, {})
            by = name if act in ("support", "hold") else self.owner(proposal, name)
            union.act("proposal." + act, by, proposal, **more)
        elif kind == "grant":
            on = self.any([union.union, union.union, *a.chapters, *live])
            union.act("delegation.grant", name, on, to=self.any([member, member, "none"]))
        elif kind == "accept":
            grant = self.any(a.grants)
            by = self.named(a.grants[grant].to, name) if grant in a.grants else name
            act = pick.choice(["accept", "accept", "drop"])
            union.act("delegation." + act, by, grant, **({"max": 2} if act == "accept" else {}))
        elif kind == "stand":
            elections = [p.id for p in a.proposals.values() if p.office and not p.final]
            union.act("office.stand", name, self.any(elections or live))
        elif kind == "lot":
            drawing = [q.id for q in a.questions.values() if q.drawing_since is not None]
            if drawing:
                question = self.any(drawing)
                name = self.named(self.any(a.questions[question].commits), name)
            elif not a.in_power:
                name = self.named(self.any(a.seats["auditor"]), name)
            value = hashlib.sha256(name.encode()).digest()
            if not drawing:
                secret = hashlib.sha256(b"union-lot/v1\n" + value).digest()
                union.act("lot.commit", name, question, hash=log.base64_of(secret))
            else:
                union.act("lot.reveal", name, question, value=log.base64_of(value))
        elif kind == "join":
            union.admit("newcomer%d" % len(a.members))
        elif kind == "leave" and pick.random() < 0.3:
            union.act("member.leave", name, union.ids[name])
        elif kind == "office":
            union.act("office.resign", name, office=pick.choice(["auditor", "steward"]))
        elif kind == "chapter":
            if pick.random() < 0.3:
                union.act("chapter.open", name, texts=texts)
            else:
                union.act("chapter." + pick.choice(["join", "join", "leave"]), name,
                          self.any(a.chapters))
        elif kind == "renew":
            for name in pick.sample(names, len(names) // 2):
                with contextlib.suppress(Refused):
                    union.act("member.renew", name, union.ids[name])

    def marks(self, question):
        """A ballot that fits, most often one that wants something new."""
        pick, n = self.random, question.size
        if question.method == "yes-no":
            return [pick.choice([-1, 0, 1, 1, 1, 1])]
        if question.method == "plurality":
            marks = [0] * n + [1]
            pick.shuffle(marks)
        elif question.method in ("approval", "equal-shares"):
            marks = [0] + [pick.choice([0, 1, 1]) for _ in range(n)]
        elif question.method in ("score", "majority-judgment"):
            low, high = question.scale
            marks = [low] + [pick.randint(low, high) for _ in range(n)]
        else:
            marks = pick.sample(range(1, n + 2), n + 1)
            if question.method in ("schulze", "ranked-pairs"):
                marks = [pick.randint(-1, n + 1) for _ in range(n + 1)]
            marks[0] = pick.choice([0, marks[0]])
            marks[-1] = pick.choice([0, marks[-1], marks[-1]])
        return marks

    def named(self, id, default):
        return next((name for name, own in self.union.ids.items() if own == id), default)

    def owner(self, proposal, default):
        known = self.union.assembly.proposals.get(proposal)
        return self.named(known.by, default) if known else default

    def mandate(self, name, mandate, texts):
        union, pick = self.union, self.random
        known = union.assembly.mandates.get(mandate)
        kind, more = pick.choice([
            ("accept", {}), ("accept", {}), ("endorse", {}), ("unendorse", {}),
            ("meeting", {"counterparty": pick.randrange(2), "texts": texts}),
            ("report", {"final": pick.random() < 0.3, "texts": texts}),
            ("report", {"final": False, "texts": texts}), ("resign", {}), ("hold", {}),
            ("hold", {}), ("hold", {}), ("conclude", {}),
            ("report.seal", {"opens": union.time + 2 * DAY, "texts": texts}),
            ("report.open", {"seal": self.any([s[0] for s in known.seals] if known else []),
                             "texts": texts}),
            ("publish", {"valid_from": known.valid_from if known else 0,
                         "valid_until": known.valid_until if known else 0})])
        if kind == "resign" and pick.random() < 0.8:
            return
        if known and kind not in ("endorse", "unendorse", "hold", "publish"):
            name = self.named(self.any(known.delegates), name)
        union.act("mandate." + kind, name, mandate, **more)

    def proposal(self):
        union, a, pick = self.union, self.union.assembly, self.random
        member, mandate = self.any(a.members), self.any(a.mandates)
        office = pick.choice(["auditor", "registrar", "steward"])
        amended = copy.deepcopy(a.charter)
        amended[pick.choice(["hold_s", "cure_s"])] = pick.choice([4, 5, 6]) * DAY
        if pick.random() < 0.5:
            amended["entrenched"] = [7, 10]
        class_, effect = pick.choice([
            ("charter", {"do": "amend", "charter": amended,
                         "from": log.base64_of(charter.digest(a.charter))}),
            ("ordinary", {"do": "chapter", "texts": []}),
            ("ordinary", {"do": "gateway", "accepts": [], "key": union.ledger, "texts": []}),
            ("ordinary", {"do": "strike", "gateway": self.any(a.gateways)}),
            ("ordinary", {"do": "seat", "member": member, "office": office}),
            ("ordinary", {"do": "seat", "member": member, "office": office}),
            ("ordinary", {"do": "spend", "amount": 1, "texts": [], "unit": "hour"}),
            ("ordinary", {"do": "renew", "mandate": mandate,
                          "valid_until": union.time + 300 * DAY}),
            ("ordinary", {"do": "replace", "mandate": mandate, "delegates": [member]}),
            ("recall", {"do": "recall", "mandate": mandate, "delegates": [member]}),
            ("recall", {"do": "unseat", "member": member, "office": office}),
            ("recall", {"do": "suspend", "member": member, "for_s": DAY * 3}),
            ("recall", {"do": "restore", "member": member})])
        more = {}
        if a.chapters and pick.random() < 0.2:
            more["chapter"] = self.any(a.chapters)
        method = pick.choice([*EVERY, "yes-no", "yes-no"]) if class_ == "ordinary" else "yes-no"
        if method == "equal-shares":
            effect = {"do": "spend", "amount": pick.choice([20, 30, 40]), "texts": [], "unit": "eur"}
            more["budget"] = 60
        if method in ("score", "majority-judgment"):
            more["scale"] = [1, 5]
        several = method in ("approval", "schulze", "stv-wigm", "stv-meek", "equal-shares")
        options = [{"effects": [effect] if number == 0 or method == "equal-shares" else [],
                    "texts": []}
                   for number in range(1 if method == "yes-no" else pick.randint(2, 4))]
        return {"class_": class_, "method": method, "seats": pick.choice([1, 2]) if several else 1,
                "texts": [], "options": options, **more}


if __name__ == "__main__":
    unittest.main()
