"""Agreements as the auditor judges them, in small unions made here: part of selftest.py."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from making import DAY, HERE, Union

from oracle import Refused, log


class Bargains(unittest.TestCase):
    """Mandates that lead to agreements, and what becomes of these."""

    def setUp(self):
        self.union = union = Union(change=self.change)
        self.members = union.crowd(9)
        self.ann, self.bob = self.members[1:3]

    def change(self, rules):
        rules["limits"] = {}
        rules["classes"]["consultation"] = rules["classes"]["ordinary"] | {
            "sponsors": {"times": 0}, "effects": [], "late_s": 0, "cooling_s": 0}

    def refused(self, verdict, call, *args, **more):
        with self.assertRaises(Refused) as caught:
            call(*args, **more)
        self.assertEqual(caught.exception.verdict, verdict)

    def negotiating(self, **terms):
        """A mandate of two delegates who have met the other side."""
        union = self.union
        mandate = union.mandate(self.members[0], [self.ann, self.bob], **terms)
        union.authorise(mandate, self.members, [self.ann, self.bob])
        union.act("mandate.meeting", self.ann, mandate, counterparty=0, texts=[])
        return mandate

    def tentative(self, mandate, by=None, **terms):
        union = self.union
        terms = {
            "amounts": [], "counterparty": 0, "key": union.new_key("ministry"), "ratify": True,
            "texts": union.text("an agreement"), "valid_from": union.time,
            "valid_until": union.time + 100 * DAY, **terms}
        return union.act("agreement.tentative", by or self.ann, mandate, **terms)

    def signed(self, mandate, **terms):
        agreement = self.tentative(mandate, **terms)
        self.union.act("agreement.sign", self.bob, agreement)
        self.union.by_key("agreement.countersign", "ministry", agreement)
        return agreement

    def ratification(self, agreement, mark):
        """The ballot on an agreement opens and everybody answers it alike."""
        union = self.union
        union.wait(7 * DAY)
        question = next(q.id for q in union.assembly.questions.values() if q.kind == "decision")
        self.assertEqual(union.assembly.questions[question].about,
                         union.assembly.agreements[agreement].ratification)
        union.vote(question, self.members, mark)
        union.wait(10 * DAY)

    def state(self, id):
        a = self.union.assembly
        return (a.agreements.get(id) or a.mandates.get(id)).state_name

    def gateway(self):
        union = self.union
        proposal = union.propose(self.members[0], [[
            {"accepts": [], "do": "gateway", "key": union.new_key("ministry"), "texts": []}]],
            "yes-no")
        union.sponsor(proposal, self.members[1:5])
        union.wait(13 * DAY)
        union.vote(union.question(), self.members, 1)
        union.wait(13 * DAY)
        return lambda: union.assembly.state()["gateways"][0]["conduct"]

    def test_an_agreement_from_the_first_signature_to_its_end(self):
        union = self.union
        conduct = self.gateway()
        mandate = self.negotiating()
        agreement = self.tentative(mandate)
        union.by_key("agreement.countersign", "ministry", agreement)
        self.refused("duplicate", union.by_key, "agreement.countersign", "ministry", agreement)
        self.assertEqual(self.state(agreement), "OFFERED")
        union.act("agreement.sign", self.bob, agreement)
        self.assertEqual([self.state(agreement), self.state(mandate)], ["TENTATIVE"] * 2)
        self.refused("not-now", self.tentative, mandate)
        union.wait(2 * DAY)
        self.assertEqual([self.state(agreement), self.state(mandate)], ["RATIFYING"] * 2)
        self.ratification(agreement, 1)
        self.assertEqual([self.state(agreement), self.state(mandate)], ["IN_FORCE", "MONITORING"])
        union.by_key("agreement.receipt", "ministry", agreement)
        self.refused("duplicate", union.by_key, "agreement.receipt", "ministry", agreement)
        breach = union.act("agreement.breach", self.members[4], agreement, hash="A" * 43 + "=")
        for name in ["founder0", "founder1", *self.members[5:7]]:
            union.act("agreement.endorse", name, breach)
        self.assertEqual(self.state(agreement), "IN_FORCE")
        union.act("agreement.endorse", self.members[7], breach)
        self.assertEqual(self.state(agreement), "BREACH_ALLEGED")
        union.wait(14 * DAY)
        self.assertEqual(union.assembly.mandates[mandate].causes, ["answer"])
        union.act("agreement.answer", self.ann, breach, breached=True, texts=[])
        self.assertEqual([self.state(agreement), self.state(mandate)], ["IN_FORCE", "MONITORING"])
        union.by_key("agreement.reply", "ministry", breach, texts=[])
        union.act("agreement.end", self.ann, agreement)
        union.act("mandate.report", self.ann, mandate, final=True, texts=union.text("last"))
        self.assertEqual(self.state(mandate), "MONITORING")
        union.act("agreement.end", self.bob, agreement)
        self.assertEqual([self.state(agreement), self.state(mandate)], ["TERMINATED", "CONCLUDED"])
        self.assertEqual(conduct(), {"accepted": 1, "alleged": 1, "answered": 1, "breached": 1,
                                     "refused": 0, "terminated": 0})

    def test_what_is_rejected_goes_back_to_the_table_and_then_ends(self):
        union = self.union
        mandate = self.negotiating()
        agreement = self.signed(mandate)
        self.ratification(agreement, -1)
        self.assertEqual([self.state(agreement), self.state(mandate)], ["REJECTED", "NEGOTIATING"])
        survey = list(union.assembly.proposals.values())[-1]
        self.assertEqual([survey.by, survey.class_name], ["ledger", "consultation"])
        rival = union.propose(self.members[3], [[]], "yes-no", survey.id, "consultation")
        self.assertEqual(union.phase(rival), "DISCUSSION")
        ballot = union.assembly.agreements[agreement].ratification
        self.refused("not-now", union.sponsor, survey.id, self.members[:1])
        self.refused("unknown-subject", union.propose, self.ann, [[]], "yes-no", ballot,
                     "ratification")
        again = self.signed(mandate)
        union.wait(2 * DAY)
        union.wait(15 * DAY)
        self.assertEqual([self.state(again), self.state(mandate)], ["REJECTED", "CONCLUDED"])

    def test_nothing_is_signed_outside_of_the_mandate(self):
        union = self.union
        mandate = self.negotiating(
            ceilings=[{"limit": 40, "texts": []}],
            counterparties=[{"texts": []}, {"key": union.new_key("other"), "texts": []}])
        for verdict, terms in (
            ("out-of-scope", {"counterparty": 2}), ("out-of-scope", {"counterparty": 1}),
            ("out-of-scope", {"amounts": []}), ("out-of-scope", {"amounts": [41]}),
            ("out-of-scope", {"ratify": False}), ("bad-terms", {"texts": []}),
            ("bad-terms", {"valid_until": union.time}),
        ):
            self.refused(verdict, self.tentative, mandate, **({"amounts": [40]} | terms))
        self.refused("not-allowed", self.tentative, mandate, self.members[5], amounts=[40])
        agreement = self.tentative(mandate, amounts=[-40])
        self.refused("not-allowed", union.by_key, "agreement.countersign", "other", agreement)
        self.refused("duplicate", union.act, "agreement.sign", self.ann, agreement)
        union.wait(14 * DAY)
        self.assertEqual(self.state(agreement), "LAPSED")
        self.refused("not-now", union.act, "agreement.sign", self.bob, agreement)

    def test_under_a_ceiling_no_ballot_is_asked_for(self):
        mandate = self.negotiating(
            ceilings=[{"limit": 40, "texts": []}], powers=["sign-under-ceiling"])
        agreement = self.signed(mandate, amounts=[40], ratify=False,
                                valid_from=self.union.time + 5 * DAY)
        self.union.wait(2 * DAY)
        self.assertEqual([self.state(agreement), self.state(mandate)], ["RATIFIED", "MONITORING"])
        self.union.wait(3 * DAY)
        self.assertEqual(self.state(agreement), "IN_FORCE")
        self.union.wait(96 * DAY)
        self.assertEqual(self.state(agreement), "ENDED")

    def test_a_panel_judges_whether_it_is_within_the_mandate(self):
        union = self.union
        mandate = self.negotiating(
            ceilings=[{"limit": 40, "texts": []}], powers=["sign-under-ceiling"])
        terms = {"amounts": [40], "ratify": False}
        for mark, ends in ((1, "WITHDRAWN"), (-1, "RATIFYING")):
            agreement = self.signed(mandate, **terms)
            case = union.act("agreement.challenge", self.members[5], agreement, texts=[])
            self.refused("duplicate", union.act, "agreement.challenge", self.members[6],
                         agreement, texts=[])
            self.refused("not-allowed", union.act, "lot.commit", self.members[6], case,
                         hash="A" * 43 + "=")
            panel = union.draw(case, ["founder0", "founder1"])
            self.assertEqual(len(panel), 5)
            self.assertFalse({self.ann, self.bob, self.members[5]} & set(panel))
            union.hear(case, panel, [mark] * 3)
            self.assertEqual(self.state(agreement), ends)
        self.assertEqual(union.assembly.results[-1][2]["rule"]["quorum"], {"share": [3, 5]})

    def test_without_auditors_the_ballot_decides(self):
        mandate = self.negotiating()
        agreement = self.signed(mandate)
        case = self.union.act("agreement.challenge", self.members[5], agreement, texts=[])
        self.union.wait(DAY)
        self.assertEqual(self.union.assembly.cases[case].phase, "LAPSED")
        self.assertEqual(self.state(agreement), "TENTATIVE")
        self.union.wait(DAY)
        self.assertEqual(self.state(agreement), "RATIFYING")

    def test_a_mandate_is_void_when_two_panels_say_so(self):
        union = self.union
        mandate = self.negotiating()
        agreement = self.signed(mandate)
        union.wait(2 * DAY)
        union.act("mandate.challenge", self.members[5], mandate, texts=[])
        case = union.act("mandate.challenge", self.members[6], mandate, texts=[])
        first = union.draw(case, ["founder0"])
        union.hear(case, first, [1] * 3)
        self.assertEqual(union.assembly.mandates[mandate].causes, ["challenge"])
        self.assertEqual(self.state(agreement), "RATIFYING")
        self.refused("not-allowed", union.act, "case.appeal", self.members[5], case)
        union.act("case.appeal", self.ann, case)
        self.assertEqual(union.assembly.mandates[mandate].state_name, "SUSPENDED")
        second = union.draw(case, ["founder0"])
        self.assertFalse(set(first) & set(second))
        union.hear(case, second, [1] * 3)
        self.assertEqual([self.state(mandate), self.state(agreement)], ["VOIDED", "REJECTED"])

    def test_a_dismissed_challenge_is_over_when_nobody_appeals(self):
        union = self.union
        mandate = self.negotiating()
        union.act("mandate.challenge", self.members[5], mandate, texts=[])
        case = union.act("mandate.challenge", self.members[6], mandate, texts=[])
        union.hear(case, union.draw(case, ["founder0"]), [1, 1, -1])
        self.assertEqual(union.assembly.cases[case].phase, "DISMISSED")
        union.wait(7 * DAY)
        self.assertEqual(union.assembly.cases[case].phase, "CLOSED")
        self.assertEqual(self.state(mandate), "NEGOTIATING")
        self.refused("duplicate", union.act, "mandate.challenge", self.members[7], mandate,
                     texts=[])

    def test_another_mandate_takes_over_what_nobody_monitors(self):
        union = self.union
        first = self.negotiating()
        agreement = self.signed(first, valid_until=union.time + 400 * DAY)
        union.wait(2 * DAY)
        self.ratification(agreement, 1)
        for delegate in (self.ann, self.bob):
            union.act("mandate.resign", delegate, first)
        union.wait(31 * DAY)
        self.assertEqual([self.state(first), self.state(agreement)], ["EXPIRED", "IN_FORCE"])
        heirs = self.members[5:7]
        second = union.mandate(self.members[0], heirs, agreement=agreement)
        union.authorise(second, self.members, heirs)
        self.assertEqual(self.state(second), "MONITORING")
        self.assertEqual(union.assembly.agreements[agreement].mandate.id, second)

    def test_what_was_not_answered_in_time_is_the_heirs_to_answer(self):
        union = self.union
        first = self.negotiating()
        agreement = self.signed(first, valid_until=union.time + 400 * DAY)
        union.wait(2 * DAY)
        self.ratification(agreement, 1)
        breach = union.act("agreement.breach", self.members[4], agreement, hash="A" * 43 + "=")
        for name in ["founder0", "founder1", *self.members[5:8]]:
            union.act("agreement.endorse", name, breach)
        union.wait(45 * DAY)
        self.assertEqual([self.state(first), self.state(agreement)],
                         ["EXPIRED", "BREACH_ALLEGED"])
        self.refused("not-allowed", union.act, "agreement.answer", self.ann, breach,
                     breached=False, texts=[])
        second = union.mandate(self.members[0], self.members[5:7], agreement=agreement)
        union.authorise(second, self.members, self.members[5:7])
        self.assertEqual(union.assembly.mandates[second].causes, ["answer"])
        union.act("agreement.answer", self.members[5], breach, breached=False, texts=[])
        self.assertEqual(self.state(second), "MONITORING")

    def test_an_end_concludes_even_a_mandate_whose_report_is_late(self):
        union = self.union
        mandate = self.negotiating(report_every_s=30 * DAY)
        agreement = self.signed(mandate)
        union.wait(2 * DAY)
        self.ratification(agreement, 1)
        union.act("mandate.report", self.ann, mandate, final=True, texts=union.text("last"))
        breach = union.act("agreement.breach", self.members[4], agreement, hash="A" * 43 + "=")
        for name in ["founder0", "founder1", *self.members[5:8]]:
            union.act("agreement.endorse", name, breach)
        union.wait(32 * DAY)
        self.assertEqual(sorted(union.assembly.mandates[mandate].causes), ["answer", "report"])
        union.by_key("agreement.decline", "ministry", agreement)
        self.assertEqual([self.state(agreement), self.state(mandate)], ["TERMINATED", "CONCLUDED"])

    def test_a_mandate_that_rested_expires_when_it_negotiates_again(self):
        union = self.union
        mandate = self.negotiating(valid_until=union.time + 45 * DAY)
        agreement = self.signed(mandate)
        union.wait(25 * DAY)
        self.assertEqual([self.state(agreement), self.state(mandate)], ["REJECTED", "EXPIRED"])

    def test_a_ballot_runs_to_its_end_whatever_becomes_of_the_delegates(self):
        union = self.union
        mandate = self.negotiating()
        agreement = self.signed(mandate)
        union.wait(2 * DAY)
        union.act("mandate.resign", self.ann, mandate)
        self.assertEqual(self.state(mandate), "SUSPENDED")
        self.ratification(agreement, 1)
        self.assertEqual([self.state(agreement), self.state(mandate)], ["IN_FORCE", "SUSPENDED"])
        self.assertEqual(union.assembly.mandates[mandate].left_state, "MONITORING")

    def test_a_false_statement_is_found_by_replay(self):
        union = self.union
        mandate = self.negotiating()
        a = union.assembly
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        size, root = len(union.entries), log.base64_of(a.tree.root())
        keys = ["delegate " + union.dids[name] for name in (self.ann, self.bob)]
        keys += ["steward " + union.dids["founder%d" % number] for number in range(3)]
        lines = ["union-status/v1", a.origin, mandate, "NEGOTIATING", str(union.time + 5),
                 str(size), root, *keys]
        union.act("mandate.resign", self.ann, mandate)
        union.export(folder)

        def audit(lines, signer="ledger"):
            path = os.path.join(folder, "statement")
            with open(path, "wb") as file:
                file.write(union.note("\n".join(lines) + "\n", signer))
            done = subprocess.run(
                [sys.executable, "-B", os.path.join(HERE, "audit.py"), folder, "--status", path],
                capture_output=True, text=True, check=False)
            return done.returncode, done.stdout

        self.assertEqual(audit(lines)[0], 0)
        self.assertIn("not signed", audit(lines, "founder0")[1])
        for line, false, told in (
            (1, "other", "another ledger"), (2, "0" * 64, "no such mandate"),
            (3, "ACTIVE", "the mandate is NEGOTIATING, not ACTIVE"), (4, "1", "older"),
            (5, str(size + 1), "root"), (5, str(size + 2), "larger"), (6, lines[6][::-1], "root"),
            (7, lines[8], "other keys"),
        ):
            status, said = audit(lines[:line] + [false] + lines[line + 1:])
            self.assertEqual(status, 1)
            self.assertIn(told, said)
        self.assertEqual(audit(lines[:6])[0], 2)


if __name__ == "__main__":
    unittest.main()
