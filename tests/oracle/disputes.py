"""Lost keys and suspensions as the auditor judges them, in small unions made here: part of selftest.py."""

import hashlib
import unittest

from making import DAY, HOUR, Union

from oracle import Refused, jcs, log

SALT = log.base64_of(bytes(32))


class Disputes(unittest.TestCase):
    def setUp(self):
        self.union = union = Union()
        self.members = union.crowd(9)
        self.ann = self.members[1]

    def refused(self, verdict, call, *args, **more):
        with self.assertRaises(Refused) as caught:
            call(*args, **more)
        self.assertEqual(caught.exception.verdict, verdict)

    def guarded(self):
        """Ann's guardians, two of three of whom are enough, in force."""
        union = self.union
        ids = sorted(union.ids[name] for name in self.members[5:8])
        opened = {"guardians": ids, "needed": 2}
        digest = hashlib.sha256(
            b"union-guardians/v1\n" + jcs.dump(opened | {"salt": SALT})).digest()
        union.act("guardians.set", self.ann, union.ids[self.ann], hash=log.base64_of(digest))
        union.wait(7 * DAY)
        return opened | {"value": SALT}

    def running(self, **members):
        """A request for a new key of Ann's that two guardians vouched for."""
        union = self.union
        id, embedded = union.recover(self.ann, "new key", **self.guarded(), **members)
        for guardian in self.members[5:7]:
            union.act("key.vouch", guardian, id, **embedded)
        return id

    def state(self, id):
        return self.union.assembly.recoveries[id].state_name

    def test_guardians_give_a_member_a_new_key(self):
        union, own = self.union, self.union.ids[self.ann]
        opened = self.guarded()
        id, embedded = union.recover(self.ann, "new key", **opened)
        other, wrong = union.recover(self.ann, "new key", **(opened | {"needed": 3}))
        self.refused("bad-commitment", union.act, "key.vouch", self.members[5], other, **wrong)
        other, wrong = union.recover(self.ann, "new key", **opened, size=1)
        self.refused("malformed", union.act, "key.vouch", self.members[5], other, **wrong)
        self.refused("malformed", union.act, "key.vouch", self.members[5], own, **embedded)
        self.refused("not-allowed", union.act, "key.vouch", "founder0", id, **embedded)
        self.refused("not-allowed", union.act, "key.vouch", self.ann, id, **embedded)
        union.act("key.vouch", self.members[5], id, **embedded)
        self.refused("duplicate", union.act, "key.vouch", self.members[5], id, **embedded)
        self.assertEqual(self.state(id), "ASKED")
        union.act("key.vouch", self.members[6], id, **embedded)
        self.assertEqual(self.state(id), "RUNNING")
        self.refused("not-now", union.act, "key.vouch", self.members[7], id, **embedded)
        self.refused("frozen", union.act, "guardians.set", self.ann, own)
        union.act("member.renew", self.ann, own)
        union.wait(7 * DAY)
        self.assertEqual(self.state(id), "DONE")
        self.refused("bad-signature", union.act, "member.renew", self.ann, own)
        union.change_key(self.ann, "new key")
        union.act("member.renew", self.ann, own)

    def test_without_guardians_two_registrars_vouch(self):
        union = self.union
        id, embedded = union.recover(self.ann, "new key")
        self.refused("not-allowed", union.act, "key.vouch", self.members[5], id, **embedded)
        union.act("key.vouch", "founder0", id, **embedded)
        union.act("key.vouch", "founder1", id, **embedded)
        union.wait(14 * DAY - HOUR)
        self.assertEqual(self.state(id), "RUNNING")
        union.wait(HOUR)
        self.assertEqual(self.state(id), "DONE")

    def test_a_contested_recovery_is_for_a_panel(self):
        for mark, ends in ((1, "DONE"), (-1, "REFUSED")):
            self.setUp()
            union = self.union
            id = self.running()
            self.refused("not-allowed", union.act, "key.object", self.members[5], id)
            case = union.act("key.object", self.ann, id)
            self.refused("frozen", union.act, "member.renew", self.ann, union.ids[self.ann])
            union.hear(case, union.draw(case, ["founder0"]), [mark] * 3)
            self.assertEqual(self.state(id), ends)

    def test_one_who_leaves_needs_no_key(self):
        union = self.union
        id = self.running()
        union.act("member.leave", self.ann, union.ids[self.ann])
        self.assertEqual(self.state(id), "LAPSED")

    def test_a_request_lapses_with_its_date(self):
        union = self.union
        id, embedded = union.recover(self.ann, "new key")
        union.act("key.vouch", "founder0", id, **embedded)
        union.wait(30 * DAY)
        self.assertEqual(self.state(id), "ASKED")
        union.jump(1)
        self.assertEqual(self.state(id), "LAPSED")

    def test_ballots_of_a_thief_are_taken_out(self):
        union = self.union
        opened = self.guarded()
        proposal = union.propose(self.members[0], [[]], "yes-no")
        union.sponsor(proposal, self.members[2:6])
        union.wait(13 * DAY)
        union.cast(self.ann, 1)
        size = len(union.entries)
        union.cast(self.ann, -1)
        id, embedded = union.recover(self.ann, "new key", **opened, reason="compromised",
                                     size=size)
        for guardian in self.members[5:7]:
            union.act("key.vouch", guardian, id, **embedded)
        union.wait(7 * DAY)
        question = union.assembly.questions[union.question()]
        self.assertEqual([row[3] for row in question.ballots], [[1]])
        union.vote(question.id, self.members[2:6], 1)
        union.wait(3 * DAY)
        self.assertEqual(union.assembly.results[0][2]["options"][0]["for"], 5)

    def test_a_mandate_waits_while_a_delegate_s_key_is_recovered(self):
        union = self.union
        mandate = union.mandate(self.members[0], [self.ann])
        union.authorise(mandate, self.members, [self.ann])
        id = self.running()
        self.assertEqual(union.assembly.mandates[mandate].causes, ["delegates"])
        self.refused("frozen", union.act, "mandate.resign", self.ann, mandate)
        union.wait(7 * DAY)
        self.assertEqual(self.state(id), "DONE")
        self.assertEqual(union.assembly.mandates[mandate].state_name, "ACTIVE")

    # Suspension

    def suspend(self, steward, **terms):
        terms = {"for_s": 60 * DAY, "ground": "fraud", "hash": SALT, **terms}
        return self.union.act("member.suspend", steward, self.union.ids[self.ann], **terms)

    def suspended(self):
        member = self.union.assembly.members[self.union.ids[self.ann]]
        return self.union.assembly.suspended(member, self.union.time)

    def test_two_stewards_suspend_until_a_panel_has_decided(self):
        union = self.union
        self.refused("not-allowed", self.suspend, self.members[2])
        self.refused("bad-terms", self.suspend, "founder0", ground="envy")
        self.suspend("founder0")
        self.refused("duplicate", self.suspend, "founder0")
        self.suspend("founder1", for_s=61 * DAY)
        self.assertFalse(self.suspended())
        case = self.suspend("founder1")
        self.assertTrue(self.suspended())
        self.refused("duplicate", self.suspend, "founder2")
        panel = union.draw(case, ["founder2"])
        self.assertEqual(len(panel), 7)
        self.assertFalse({self.ann, "founder0", "founder1"} & set(panel))
        union.hear(case, panel, [1] * 4)
        self.assertTrue(self.suspended())
        self.refused("not-allowed", union.act, "case.appeal", "founder0", case)
        union.act("case.appeal", self.ann, case)
        self.refused("duplicate", union.act, "case.appeal", self.ann, case)
        union.draw(case, ["founder2"])
        self.assertEqual(union.assembly.cases[case].phase, "CLOSED")
        self.assertTrue(self.suspended())

    def test_a_panel_that_does_not_uphold_ends_a_suspension(self):
        union = self.union
        case = [self.suspend(steward) for steward in ("founder0", "founder1")][-1]
        union.hear(case, union.draw(case, ["founder2"]), [-1] * 4)
        self.assertFalse(self.suspended())
        union.act("case.appeal", "founder1", case)
        self.refused("duplicate", self.suspend, "founder2")
        union.wait(DAY)
        self.refused("too-often", self.suspend, "founder2")
        union.wait(60 * DAY)
        self.refused("too-often", self.suspend, "founder2")
        union.wait(31 * DAY)
        self.suspend("founder2")

    def test_nobody_draws_and_the_interim_suspension_lapses(self):
        union = self.union
        case = [self.suspend(steward) for steward in ("founder0", "founder1")][-1]
        union.wait(DAY)
        self.assertEqual(union.assembly.cases[case].phase, "LAPSED")
        union.wait(13 * DAY)
        self.assertFalse(self.suspended())

    def test_a_second_identity_votes_no_more(self):
        union = self.union
        proposal = union.propose(self.members[0], [[]], "yes-no")
        union.sponsor(proposal, self.members[2:6])
        union.wait(13 * DAY)
        union.cast(self.ann, 1)
        for steward in ("founder0", "founder1"):
            self.suspend(steward, ground="duplicate-identity")
        self.refused("not-a-member", union.cast, self.ann, 1)


if __name__ == "__main__":
    unittest.main()
