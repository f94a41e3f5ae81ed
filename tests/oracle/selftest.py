#!/usr/bin/python3 -B
"""Try the auditor on small unions made here, whole and damaged.

usage: selftest.py [TEST...]      (the tests of unittest, this file's classes)
"""

import copy
import csv
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from bargains import Bargains  # noqa: F401
from disputes import Disputes  # noqa: F401
from making import DAY, HERE, HOUR, Folder, Union
from wandering import Wanderer

from oracle import Refused, charter, count, jcs, log
from oracle.assembly import Assembly


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
        union.change_key("founder0", "founder0'")
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
        return union.mandate(members[0], members[1:2], max_rejections=1,
                             powers=["consult", "negotiate"], report_every_s=30 * DAY)

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
        union.publish(mandate)
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


if __name__ == "__main__":
    unittest.main()
