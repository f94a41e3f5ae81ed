"""A second auditor of a union's ledger, written from specs/ alone.

jcs         the strict JSON profile
keys        did:key, proper keys, signatures
log         records, tree, tiles, notes, policy, texts
forms       the members that every kind of act has
charter     bounds of the rules, sponsors, quorum, majority
assembly    the order of judging
members     members and the smaller kinds of acts
statement   the state document
timers      what happens by itself, and in which order
proposals   proposals from their opening to their effects
opening     what a proposal may say
effects     what happens when a decision comes into force
questions   what is voted on, counted and recorded as a result
elections   elections, which the ledger opens itself
lots        values that auditors commit to and reveal
mandates    what delegates may do, and until when; mandate_acts: what is done about it
agreements  what they bring home; agreement_acts: what is done about it
panels      panels by lot and the cases that they decide
recovery    guardians and new keys for members who lost theirs
measures    suspensions by two stewards
status      statements of how a mandate stands
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
