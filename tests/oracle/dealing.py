"""What members who try everything do about agreements, cases, keys and each other."""

import contextlib
import hashlib

from making import DAY, HOUR

from oracle import Refused, jcs, log
from oracle.agreements import STANDING

SALT = log.base64_of(bytes(32))


def hasten(rules, pick):
    """Spans so short that all of it happens within some months."""
    rules.update(
        answer_s=2 * DAY, draw_s=12 * HOUR, interim_s=pick([DAY, 6 * DAY]), offer_s=2 * DAY,
        panel=pick([3, 5]), panel_s=2 * DAY, recovery_s=3 * DAY, scope_s=DAY)
    rules["classes"]["consultation"] = rules["classes"]["ordinary"] | {
        "effects": [], "cooling_s": 0, "late_s": 0}
    for name in ("consultation", "ratification"):
        rules["classes"][name]["sponsors"] = {"times": 0}


class Dealer:
    def __init__(self, union, random):
        self.union, self.a, self.random = union, union.assembly, random
        self.keys = {}  # of recoveries, by id
        self.current = {}  # names of keys, by those of members who had another one

    def any(self, things, default="0" * 64):
        things = list(things)
        return self.random.choice(things) if things else default

    def name(self, id, default="founder0"):
        return next((name for name, own in self.union.ids.items() if own == id), default)

    def holder(self, office):
        founders = [m.id for m in self.a.members.values() if m.founder]
        return self.name(self.any(self.a.seats[office] or founders))

    def burst(self, kind, names, on, **more):
        """Several try the same."""
        for name in names:
            with contextlib.suppress(Refused):
                self.union.act(kind, name, on, **more)

    def some(self):
        names = list(self.union.ids)
        return self.random.sample(names, self.random.randint(1, len(names)))

    def step(self, name):
        kinds = [self.offer] + [self.deal] * 9 + [self.key] * 2
        kinds += [self.challenge, self.measure] * (self.random.random() < 0.2)
        self.random.choice(kinds)(name)

    # Agreements

    def offer(self, name, m=None):
        pick, union = self.random.choice, self.union
        m = m or self.any(self.a.mandates.values(), None)
        if m is None:
            return
        if not name or pick([True, True, False]):
            name = self.name(self.any(m.delegates))
        id = union.act(
            "agreement.tentative", name, m.id,
            amounts=[pick([-1, 0, 5, 5, 5, 9]) for _ in m.terms["ceilings"]],
            counterparty=pick([0, 0, 1]), key=union.new_key(pick(["one", "one", "two"])),
            ratify=pick([True, True, False]), texts=union.text("agreed"),
            valid_from=union.time + pick([0, 0, 10 * DAY]),
            valid_until=union.time + pick([12, 20, 40]) * DAY)
        if pick([True, True, False]):
            self.burst("agreement.sign", [self.name(delegate) for delegate in m.delegates], id)
            union.by_key("agreement.countersign", "one", id)

    def deal(self, name):
        a, pick = self.a, self.random.choice
        g = self.any([g for g in a.agreements.values() if not g.final] or
                     a.agreements.values(), None)
        if g is None:
            return
        delegates = [self.name(id) for id in g.mandate.delegates]
        key = next(key for key in ("one", "two") if self.union.dids.get(key) == g.key)
        breach = self.any([b.id for b in g.breaches])
        late = g.state_name in STANDING
        kinds = {"OFFERED": ["sign", "countersign"], "TENTATIVE": ["challenge", "sign", "sign"]}.get(
            g.state_name, ["sign", "countersign", "challenge"])
        kinds += ["receipt", "breach", "endorse", "endorse", "answer", "reply"] * 2 * late
        kind = "agreement." + pick(kinds)
        if pick([0] * 30 + [1]) or g.final:
            kind = "agreement." + pick(["end", "decline", "withdraw"])
        if kind in ("agreement.sign", "agreement.withdraw", "agreement.end"):
            self.burst(kind, [*delegates, name], g.id)
        elif kind in ("agreement.countersign", "agreement.decline", "agreement.receipt"):
            self.union.by_key(kind, pick([key, key, "one"]), g.id)
        elif kind == "agreement.reply":
            self.union.by_key(kind, key, breach, texts=[])
        elif kind == "agreement.challenge":
            self.union.act(kind, name, g.id, texts=[])
        elif kind == "agreement.breach":
            self.union.act(kind, name, g.id, hash=SALT)
        elif kind == "agreement.endorse":
            self.burst(kind, self.some(), breach)
        else:
            self.burst(kind, delegates[:1], breach, breached=pick([True, False]), texts=[])

    # Cases

    def challenge(self, name):
        m = self.any([m.id for m in self.a.mandates.values() if m.delegates])
        self.burst("mandate.challenge", self.some()[:2], m, texts=[])

    def duties(self):
        """Delegates, auditors and panels mostly do what is asked of them."""
        for m in [m for m in self.a.mandates.values() if m.live]:
            if m.state_name == "ACTIVE" and self.random.random() < 0.1:
                self.burst("mandate.meeting", [self.name(id) for id in m.delegates], m.id,
                           counterparty=0, texts=[])
            elif m.state_name == "NEGOTIATING" and self.random.random() < 0.05:
                with contextlib.suppress(Refused):
                    self.offer(None, m)
        for case in self.a.cases.values():
            if not case.over and self.random.random() < 0.2:
                self.hear(case)

    def hear(self, case):
        pick = self.random.choice
        value = hashlib.sha256(b"value").digest()
        if case.phase in ("UPHELD", "DISMISSED"):
            self.burst("case.appeal", [self.name(self.any(case.parties))], case.id)
        elif case.phase == "HEARING":
            for member in case.panel:
                self.burst("ballot.cast", [self.name(member)], case.vote.id,
                           marks=[pick([1, 1, -1, 0])])
        elif case.phase == "DRAWING":
            secret = hashlib.sha256(b"union-lot/v1\n" + value).digest()
            auditors = [self.holder("auditor") for _ in range(3)]
            self.burst("lot.commit", auditors, case.id, hash=log.base64_of(secret))
        else:
            auditors = [self.name(id) for id in case.commits]
            self.burst("lot.reveal", auditors, case.id, value=log.base64_of(value))

    # Keys

    def guardians(self, member):
        """The same for a member at any time."""
        others = [id for id in self.a.members if id != member]
        others.sort(key=lambda id: hashlib.sha256((member + id).encode()).digest())
        return {"guardians": sorted(others[:3]), "needed": 2}

    def key(self, name):
        union, pick = self.union, self.random.choice
        own = union.ids[name]
        under_way = [r for r in self.a.recoveries.values() if r.open]
        if under_way and pick([True, True, False]):
            self.pursue(self.any(under_way))
        elif pick([0, 0, 0, 1]):
            current = self.current.get(name, name)
            following = current + "'"
            union.act("key.rotate", name, own, key=union.new_key(following),
                      next=union.next_hash(following))
            self.hand_over(name, following)
        elif pick([True, True, False]):
            opened = self.guardians(own)
            digest = hashlib.sha256(b"union-guardians/v1\n" + jcs.dump(
                opened | {"salt": SALT})).digest()
            union.act("guardians.set", name, own,
                      **pick([{"hash": log.base64_of(digest)}] * 5 + [{}]))
        else:
            request = {}
            if pick([True, True, False]) and self.a.members[own].guardians_next:
                request = self.guardians(own) | {"value": SALT}
            if pick([True, False]):
                size = len(union.entries)
                request |= {"reason": "compromised", "size": size - self.random.randrange(200)}
            key = "key %d" % self.random.randrange(40)
            id, embedded = union.recover(name, key, **request)
            self.keys[id] = (key, embedded)
            self.vouch(id, request.get("guardians", ()))

    def vouch(self, id, guardians):
        names = [self.name(guardian) for guardian in guardians]
        names = names or [self.holder("registrar"), self.holder("registrar")]
        self.burst("key.vouch", names[:self.random.randint(1, 3)], id, **self.keys[id][1])

    def pursue(self, found):
        if found.state_name == "ASKED":
            self.vouch(found.id, found.terms.get("guardians", ()))
        elif found.state_name == "RUNNING":
            self.burst("key.object", [self.name(found.member)], found.id)

    def follow(self):
        """Members sign with the keys that they were given."""
        for found in self.a.recoveries.values():
            if found.state_name == "DONE" and found.id in self.keys:
                key = self.keys.pop(found.id)[0]
                self.hand_over(self.name(found.member), key)

    def hand_over(self, name, key):
        self.union.change_key(name, key)
        self.current[name] = key

    # Suspension

    def measure(self, name):
        pick = self.random.choice
        member = self.any([m.id for m in self.a.members.values() if not m.left])
        terms = {"for_s": pick([2, 9]) * DAY, "ground": pick(["fraud", "duplicate-identity"]),
                 "hash": SALT}
        self.burst("member.suspend", [self.holder("steward") for _ in range(3)], member, **terms)
