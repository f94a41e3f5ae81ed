"""What the ledger states of a mandate, which a replay proves true or false: specs/capsule.md section 3."""

from . import mandates
from .log import Damaged, Note, base64_of, unbase64

HEADER = "union-status/v1"


class Status:
    """A signed note that says how a mandate stands."""

    def __init__(self, data):
        self.note = Note(data, "status")
        lines = self.note.text.decode().split("\n")
        whole = len(lines) >= 8 and lines[0] == HEADER and not lines[-1]
        if not whole or not lines[4].isdecimal() or not lines[5].isdecimal():
            raise Damaged("status: not a statement of a mandate's standing")
        self.origin, self.mandate, self.state = lines[1:4]
        self.time, self.size, self.root = int(lines[4]), int(lines[5]), unbase64(lines[6])
        self.keys = lines[7:-1]


def keys_in_force(a, m, time):
    """The keys of the delegates who act and of the stewards in office."""
    acting = [id for id in m.delegates if mandates.acting(a, m, id, time)]
    stewards = [
        member for member in a.members.values()
        if a.holds(member, "steward") and not member.left and not a.suspended(member, time)]
    return (["delegate " + a.members[id].did for id in acting]
            + ["steward " + member.did for member in stewards])


def findings(a, status):
    """What is false in a statement; `a` has its size."""
    m = a.mandates.get(status.mandate)
    if status.origin != a.origin:
        yield "it is of another ledger, " + status.origin
    if status.root != a.tree.root():
        yield "its root is not that of the records, " + base64_of(a.tree.root())
    if status.time < a.time:
        yield "it is older than the last of its records"
    if m is None:
        yield "there is no such mandate"
        return
    if status.state != m.state_name:
        yield "the mandate is %s, not %s" % (m.state_name, status.state)
    if status.keys != keys_in_force(a, m, status.time):
        yield "other keys are in force"
