"""A second auditor of a union's ledger, written from specs/ alone.

jcs         the strict JSON profile
keys        did:key, proper keys, signatures
log         records, tree, tiles, notes, policy, texts
forms       the members that every kind of act has
charter     bounds of the rules, sponsors, quorum, majority
assembly    members, offices, the order of judging, the state document
proposals   proposals, questions, results
elections   elections and lots
opening     what a proposal may say
effects     what happens when a decision comes into force
mandates    what delegates may do
delegation  who carries whose weight
count       ballots, ties and the methods: pairs, transfer, shares
"""


class Refused(Exception):
    """An act that may not be recorded; the first argument is the verdict."""

    def __init__(self, verdict, why=""):
        super().__init__(verdict, why)
        self.verdict = verdict
        self.why = why


def need(condition, verdict, why=""):
    if not condition:
        raise Refused(verdict, why)
