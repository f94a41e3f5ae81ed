#!/usr/bin/python3 -B
"""Audit an export of a union's ledger, trusting nobody.

usage: audit.py EXPORT [--state] [--until N] [--status FILE] [--json]

EXPORT is a tlog-tiles directory.  Everything is recomputed: tree, tiles,
checkpoint, texts, and from the records every signature, rule, count and result.
Exit status: 0 no findings, 1 findings, 2 wrong usage.

  --state        print the state document in place of the summary
  --until N      replay the first N records only
  --status FILE  replay as many records as this statement on a mandate names, and
                 compare what it says; a statement that is false is a finding
  --json         print one JSON object in place of the summary
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from oracle import Refused, jcs, keys, log, status  # noqa: E402
from oracle.assembly import Assembly, act_id, signed_bytes  # noqa: E402

WORTH_SHARING_OUT = 500


class Audit:
    """One export: its records, and what is wrong with it."""

    def __init__(self, export, until=None, statement=None):
        self.export = export
        self.until, self.statement = until, statement
        self.findings, self.warnings = [], []
        self.checkpoint, self.entries, self.records = None, [], []
        self.assembly = None

    def report(self, index, what):
        self.findings.append({"record": index, "finding": what})

    def run(self):
        try:
            self._read()
            self._tree()
            self._replay()
            if self.assembly and self.assembly.found:
                self._signatures()
                self._texts()
                self._status()
        except log.Damaged as damaged:
            self.report(None, str(damaged))

    def _read(self):
        self.checkpoint = log.Checkpoint(log.read(self.export, "checkpoint", 1 << 20))
        self.entries = log.read_entries(self.export, self.checkpoint.size)
        if self.until is None:
            self.until = len(self.entries)
        if not self.entries:
            raise log.Damaged("checkpoint: a ledger has at least its founding")

    def _tree(self):
        leaves = [log.leaf_hash(entry) for entry in self.entries]
        log.check_tiles(self.export, leaves, self.report)
        tree = log.Tree()
        for leaf in leaves:
            tree.add(leaf)
        if tree.root() != self.checkpoint.root:
            self.report(None, "checkpoint: its root is not that of the records")

    def _replay(self):
        good = check_signatures(self.entries[:self.until])
        self.assembly = Assembly(good)
        for index, entry in enumerate(self.entries[:self.until]):
            try:
                self.assembly.record(log.Record(entry), entry)
            except Refused as refused:
                self.assembly.skip(entry)
                self.report(index, ": ".join(filter(None, (refused.verdict, refused.why))))
                if index == 0:
                    return
            except ValueError as error:
                self.assembly.skip(entry)
                self.report(index, str(error))

    def _signatures(self):
        a = self.assembly
        if self.checkpoint.origin != a.origin:
            self.report(None, "checkpoint: of another ledger, " + self.checkpoint.origin)
        key = log.Verifier(a.origin, a.key)
        if not key.signed(self.checkpoint.note):
            self.report(None, "checkpoint: not signed by the ledger's key")
        policy = log.Policy(log.read(self.export, "policy", 1 << 20))
        if [verifier.vkey() for verifier in policy.logs] != [key.vkey()]:
            self.report(None, "policy: names another log key")
        if not policy.met(self.checkpoint.note):
            self.report(None, "policy: the checkpoint does not meet its quorum")

    def _texts(self):
        folder = os.path.join(self.export, "texts")
        present = set(os.listdir(folder)) if os.path.isdir(folder) else set()
        for name, index in self.assembly.seen_texts.items():
            if name in present:
                data = log.read(folder, name, 1 << 17)
                wrong = log.check_text(data, bytes.fromhex(name))
                if wrong:
                    self.report(index, "texts/%s: %s" % (name, wrong))
            elif name not in self.assembly.erased:
                self.warnings.append("record %d: text %s is missing" % (index, name))
        named = self.assembly.seen_texts if self.until >= len(self.entries) else present
        for name in sorted(present - set(named)):
            self.warnings.append("texts/%s: no record names it" % name)

    def _status(self):
        if self.statement is None:
            return
        if self.statement.size > len(self.entries):
            self.report(None, "status: of a larger ledger than this export")
            return
        if not log.Verifier(self.assembly.origin, self.assembly.key).signed(self.statement.note):
            self.report(None, "status: not signed by the ledger's key")
        for finding in status.findings(self.assembly, self.statement):
            self.report(None, "status: " + finding)

    # What came out

    def state(self):
        return jcs.dump(self.assembly.state())

    def summary(self):
        a, state = self.assembly, None
        replayed = a is not None and a.found is not None
        if replayed:
            state = hashlib.sha256(self.state()).hexdigest()
        return {
            "digest": state,
            "findings": self.findings,
            "log": a.origin if replayed else None,
            "results": [
                {"kind": q.kind, "about": q.about, "question": q.id, "record": index,
                 "result": result}
                for index, q, result in (a.results if replayed else [])],
            "size": a.tree.size if a else 0,
            "warnings": self.warnings,
        }


# Signatures, on all cores


def claims(entries):
    """(key, signature, act id, act) of every signature, by the keys that records say are theirs."""
    holders = {}
    for entry in entries:
        try:
            record = log.Record(entry)
            act = json.loads(record.act)
            by, id = act["by"], act_id(record.act)
            if act["act"] == "union.found":
                holders["ledger"] = act["key"]
            elif act["act"] == "member.apply":
                holders[id] = by
            elif act["act"] == "member.admit":
                application = log.unbase64(act["application"])
                applicant = json.loads(application)["by"]
                if act["on"] not in holders:
                    yield (keys.key_of(applicant), log.unbase64(act["signature"]),
                           act["on"], application)
                holders[act["on"]] = applicant
            elif act["act"] == "key.vouch":
                request = log.unbase64(act["application"])
                yield (keys.key_of(json.loads(request)["by"]), log.unbase64(act["signature"]),
                       act["on"], request)
            did = holders.get(by, by)
            if did.startswith("did:"):
                yield keys.key_of(did), record.signature, id, record.act
            if act["act"] == "key.rotate":
                holders[by] = act["key"]
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # the replay says what is wrong with it


def _good(claim):
    key, signature, id, act = claim
    if key is None or signature is None or act_id(act) != id:
        return None
    if not keys.proper(key) or not keys.verify(key, signature, signed_bytes(act)):
        return None
    return key, signature, id


def check_signatures(entries):
    """The signatures that are good; what is not among them is judged again in the replay."""
    found = list(claims(entries))
    if len(found) < WORTH_SHARING_OUT:
        return {good for good in map(_good, found) if good}
    with multiprocessing.Pool() as pool:
        return {good for good in pool.imap_unordered(_good, found, 256) if good}


# Talking


def show(audit, out):
    summary = audit.summary()
    for finding in audit.findings:
        where = "" if finding["record"] is None else "record %d: " % finding["record"]
        print(where + finding["finding"], file=out)
    for warning in audit.warnings:
        print("warning: " + warning, file=out)
    if summary["digest"]:
        print("%s: %d records" % (summary["log"], summary["size"]), file=out)
        for row in summary["results"]:
            result = row["result"]
            print("record %d: %s %s: %s, winners %s, %d ballots on a roll of %d" % (
                row["record"], row["kind"], row["about"][:16], result["outcome"],
                result["winners"], result["ballots"], result["roll"]["size"]), file=out)
        print("state digest %s" % summary["digest"], file=out)
    count = len(audit.findings)
    print("no findings" if not count else "%d finding%s" % (count, "s" * (count > 1)), file=out)


def main():
    parser = argparse.ArgumentParser(add_help=True, usage=__doc__.split("\n")[2][7:])
    parser.add_argument("export")
    parser.add_argument("--state", action="store_true")
    parser.add_argument("--until", type=int)
    parser.add_argument("--status")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not os.path.isdir(options.export):
        parser.error("no such directory: " + options.export)
    if options.until is not None and options.until < 1:
        parser.error("--until wants a number of records")
    statement = None
    if options.status:
        try:
            statement = status.Status(log.read(".", options.status, 1 << 20))
        except log.Damaged as damaged:
            parser.error(str(damaged))
        options.until = statement.size
    audit = Audit(options.export, options.until, statement)
    audit.run()
    if options.json:
        print(jcs.text(audit.summary()))
    elif options.state:
        show(audit, sys.stderr)
        if audit.assembly and audit.assembly.found:
            print(audit.state().decode())
    else:
        show(audit, sys.stdout)
    return 1 if audit.findings else 0


if __name__ == "__main__":
    sys.exit(main())
