#!/usr/bin/python3 -B
"""Two auditors who share no code must agree: this one and `union`, found in PATH.

usage: twins.py [TEST...]      (the tests of unittest)

TWINS=N tries N unions and 20 N counts in place of 3 and 60.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

import bargains
import disputes
from making import HERE, Folder
from wandering import Wanderer

from oracle import count, jcs, log
from oracle.assembly import Assembly

TIMES = int(os.environ.get("TWINS", "3"))
ELECTIONS = os.path.join(HERE, "..", "elections")


def union(*words):
    """(exit status, what was printed)"""
    done = subprocess.run(["union", *words], capture_output=True, check=False)
    return done.returncode, done.stdout.decode()


def audit(*words):
    done = subprocess.run([sys.executable, "-B", os.path.join(HERE, "audit.py"), *words],
                          capture_output=True, check=False)
    return done.returncode, done.stdout.decode()


@unittest.skipUnless(shutil.which("union"), "no union in PATH")
class Twins(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        # union remembers the checkpoints it saw: not beyond one test.
        os.environ["UNION_HOME"] = os.path.join(self.folder, "home")

    def test_unions_of_members_who_try_everything(self):
        for seed in range(TIMES):
            with self.subTest(seed=seed):
                made = Wanderer(seed).union
                export = os.path.join(self.folder, str(seed))
                made.export(export)
                sizes = random.Random(seed).sample(range(1, len(made.entries)), 2)
                assembly = Assembly()
                for size, entry in enumerate(made.entries, 1):
                    assembly.record(log.Record(entry), entry)
                    if size in sizes or size == len(made.entries):
                        status, state = union("replay", export, "--state", "--until", str(size))
                        self.assertEqual(state.strip(), jcs.text(assembly.state()))
                        self.assertEqual(status, 0)

    def test_unions_that_bargain_and_dispute(self):
        for cases in (bargains.Bargains, disputes.Disputes):
            for case in unittest.defaultTestLoader.loadTestsFromTestCase(cases):
                with self.subTest(case=case.id()):
                    self.assertTrue(case.run().wasSuccessful())
                    export = os.path.join(self.folder, case.id())
                    case.union.export(export)
                    os.environ["UNION_HOME"] = export + "/home"
                    status, state = union("replay", export, "--state")
                    self.assertEqual(state.strip(), jcs.text(case.union.assembly.state()))
                    self.assertEqual(status, 0)

    def test_a_rehearsal(self):
        file = os.path.join(ELECTIONS, "eurovision-1991.csv")
        folder = os.path.join(self.folder, "rehearsal")
        words = [file, "--method", "score", "--scale", "0..12", "--dir", folder]
        self.assertEqual(union("rehearse", *words)[0], 0)
        export = os.path.join(folder, "export")
        self.assertEqual(audit(export)[0], 0)
        self.assertEqual(audit(export, "--state")[1].strip(),
                         union("replay", export, "--state")[1].strip())

    def test_damage_is_found_by_both(self):
        made = Wanderer(1).union
        whole = made.entries
        middle = next(i for i in range(len(whole) // 2, len(whole))
                      if b'"act":"ballot.cast"' in whole[i])
        result = next(i for i in range(middle, len(whole)) if b'"act":"result"' in whole[i])
        for name, entries in (
            ("whole", whole),
            ("left out", whole[:result] + whole[result + 1:]),
            ("twice", whole[:middle] + whole[middle:middle + 1] + whole[middle:]),
            ("changed", whole[:middle] + [whole[middle][:-2] + b"1]}"] + whole[middle + 1:]),
            ("no record", [*whole, b"nonsense"]),
            ("of the past", [*whole, b"1" + whole[-1][1:10].replace(b"7", b"0") + whole[-1][10:]]),
        ):
            with self.subTest(damage=name):
                made.entries = entries
                export = os.path.join(self.folder, name)
                made.export(export)
                found = 0 if name == "whole" else 1
                self.assertEqual(audit(export)[0], found)
                self.assertEqual(union("replay", export)[0], found)
        export = os.path.join(self.folder, "whole")
        for name in ("checkpoint", "policy", "tile/0/000", "tile/1/000.p/%d" % (len(whole) // 256),
                     "tile/entries/000", "texts/" + sorted(made.assembly.seen_texts)[0]):
            with self.subTest(damage=name), open(os.path.join(export, name), "rb") as file:
                data = file.read()
                at = len(data) // 2
                Folder(export).put(name, data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])
                self.assertEqual(audit(export)[0], 1)
                self.assertEqual(union("replay", export)[0], 1)
                Folder(export).put(name, data)
        self.assertEqual(audit(export)[0], 0)

    def test_counts_of_ranks(self):
        chance = random.Random(7)
        for number in range(20 * TIMES):
            size = chance.randint(2, 6)
            method = chance.choice(["irv", "stv-wigm", "stv-meek", "schulze", "ranked-pairs"])
            seats = 1 if method == "irv" else chance.randint(1, min(3, size))
            rows = [(chance.choice([1, 2, 5]),
                     chance.sample(range(size), chance.randint(1, size)))
                    for _ in range(chance.randint(1, 8))]
            path = os.path.join(self.folder, "count.blt")
            with open(path, "w", encoding="utf-8") as file:
                file.write("%d %d\n" % (size, seats))
                for weight, order in rows:
                    file.write("%d %s 0\n" % (weight, " ".join(str(o + 1) for o in order)))
                file.write("0\n" + "".join('"%d"\n' % o for o in range(size)) + '"counts"\n')
            theirs = json.loads(union("count", "--method", method, "--json", path)[1])
            ballots = [([order.index(o) + 1 if o in order else 0 for o in range(size)], weight)
                       for weight, order in rows]
            winners, ties, ranking = count.decide(
                count.Election(method, list(range(size)), ballots, seats), None)
            with self.subTest(number=number, method=method, rows=rows, seats=seats):
                self.assertEqual(([int(name) for name in theirs["winners"]],
                                  [[int(name) for name in tie] for tie in theirs["ties"]],
                                  [[int(name) for name in group]
                                   for group in theirs.get("ranking") or []]),
                                 (winners, ties, ranking))


if __name__ == "__main__":
    unittest.main()
