#!/usr/bin/python3 -B
"""Judge again what the scenarios recorded, and compare the whole state.

usage: scenarios.py BUILD

BUILD/tests/scenario/run plays every scenario in specs/ and tests/scenario/ and
keeps records and state; BUILD/tests/property/prop_town adds unions made by
chance.  Each is one test, in TAP.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from glob import glob

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from oracle import Refused, jcs, log  # noqa: E402
from oracle.assembly import Assembly  # noqa: E402


def entries_of(data):
    """The records of an entry bundle: each behind its length of two bytes."""
    while data:
        end = 2 + int.from_bytes(data[:2], "big")
        yield data[2:end]
        data = data[end:]


def judge(path):
    """What is wrong with the records kept at path, or None."""
    assembly = Assembly()
    with open(path, "rb") as f:
        for index, entry in enumerate(entries_of(f.read())):
            try:
                assembly.record(log.Record(entry), entry)
            except Refused as refused:
                return "record %d: %s %s" % (index, refused.verdict, refused.why)
    with open(path[:-len("records")] + "state", "rb") as f:
        theirs = f.read()
    ours = jcs.dump(assembly.state())
    if ours == theirs:
        return None
    ours, theirs = json.loads(ours), json.loads(theirs)
    return "\n".join(
        "%s: here %s, there %s" % (name, json.dumps(ours[name]), json.dumps(theirs.get(name)))
        for name in ours if ours[name] != theirs.get(name))


def keep(build, folder):
    """Let scenarios and unions made by chance leave their records in folder."""
    texts = sorted(glob("specs/*.md") + glob("tests/scenario/*.md"))
    subprocess.run([build + "/tests/scenario/run", "--keep", folder, *texts],
                   stdout=subprocess.DEVNULL, check=True)
    walks = os.path.join(folder, "walks")
    os.mkdir(walks)
    seed = os.environ.get("RNG_SEED", str(int(time.time())))
    print("# repeat with RNG_SEED=" + seed)
    subprocess.run([build + "/tests/property/prop_town"],
                   env={**os.environ, "TOWN_KEEP": walks, "RNG_SEED": seed},
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        keep(sys.argv[1], folder)
        kept = sorted(glob(folder + "/**/*.records", recursive=True))
        for number, path in enumerate(kept, 1):
            wrong = judge(path)
            failed += wrong is not None
            print("%s %d - %s" % ("not ok" if wrong else "ok", number,
                                  os.path.relpath(path, folder)))
            if wrong:
                print(wrong, file=sys.stderr)
        print("1..%d" % len(kept))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
