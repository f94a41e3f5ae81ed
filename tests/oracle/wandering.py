"""Members who try everything, at random: unions that nobody would think of."""

import contextlib
import copy
import hashlib
import random

from dealing import Dealer, hasten
from making import DAY, EVERY, HOUR, Union

from oracle import Refused, charter, log


class Wanderer:
    """Members who try everything, at random, for some months."""

    STEPS = 1500

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.kinds = {}

        def change(rules):
            rules["founders"]["members"] = self.random.choice([9, 99, 99])
            hasten(rules, self.random.choice)
            rules["probation_s"] = self.random.choice([0, 0, DAY])
            rules["delegation"]["cap"] = self.random.choice([0, 2])
            for name in ("ordinary", "mandate", "charter", "recall"):
                rules["classes"][name]["sponsors"] = {"times": 0}
                rules["classes"][name]["quorum"] = {"share": [1, 10]}
            for cls in rules["classes"].values():
                cls.update(discussion_min_s=2 * DAY, discussion_max_s=4 * DAY, frozen_s=HOUR,
                           after_change_s=self.random.choice([0, DAY]), voting_s=3 * DAY,
                           late_s=self.random.choice([0, DAY]), cooling_s=DAY)
            rules["classes"]["ratification"]["cooling_s"] = self.random.choice([0, 0, DAY])
            rules["classes"]["ordinary"]["effects"] = sorted(
                rules["classes"]["ordinary"]["effects"] + ["renew", "replace"])
            rules["classes"]["recall"]["effects"] = ["recall", "restore", "suspend", "unseat"]
            rules["limits"] = {"proposal.open": [2, 3 * DAY]}
            rules["renew_s"] = 60 * DAY
        self.union = union = Union(change=change)
        self.dealer = Dealer(union, self.random)
        for number in range(12):
            try:
                union.admit("member%d" % number)
            except Refused:
                union.ids.pop("member%d" % number, None)
        for _ in range(self.STEPS):
            union.time += self.random.choice([1, 60, 60, HOUR, HOUR, HOUR, 2 * HOUR, 6 * HOUR])
            union.settle()
            self.dealer.follow()
            self.dealer.duties()
            try:
                self.step()
            except IndexError:
                pass  # nothing there to act on
            except Refused as refused:
                self.kinds[refused.verdict] = self.kinds.get(refused.verdict, 0) + 1

    def any(self, things, default="0" * 64):
        things = list(things)
        return self.random.choice(things) if things else default

    def step(self):
        union, a, pick = self.union, self.union.assembly, self.random
        names = [n for n in union.ids if union.ids[n] in a.members]
        name = self.any([n for n in names if not a.members[union.ids[n]].left] or names)
        live = [p.id for p in a.proposals.values() if not p.final]
        proposal = self.any(live or a.proposals)
        under_way = [m.id for m in a.mandates.values() if not m.final]
        begun = [id for id in under_way if a.mandates[id].state_name != "PROPOSED"]
        mandate = self.any(begun or under_way or a.mandates)
        question = self.any(a.questions)
        member = self.any(a.members)
        texts = union.text("text %d" % pick.randrange(5))
        kind = pick.choice(
            ["open"] * 3 + ["ballot"] * 12 + ["mandate"] * 12 + ["proposal"] * 4 + ["grant"] * 2
            + ["deal"] * 20 + ["accept", "propose", "propose", "propose", "stand", "lot", "leave", "office", "chapter", "renew",
               "join", "lot", "rival"])
        if kind == "deal":
            self.dealer.step(name)
        elif kind == "open":
            union.act("proposal.open", name, union.union, **self.proposal())
        elif kind == "rival":
            leads = [c.lead for c in a.contests if c.lead.phase == "DISCUSSION"]
            lead = pick.choice([lead for lead in leads if lead.terms["kind"] == "proposal.open"])
            more = {name.replace("class", "class_"): value for name, value in lead.terms.items()
                    if value is not None and name != "kind"}
            union.act("proposal.open", name, lead.id, texts=[], options=lead.options, **more)
        elif kind == "ballot" and question in a.questions:
            roll = a.questions[question].roll
            for member in pick.sample(roll, pick.randint(len(roll) // 2, len(roll))):
                with contextlib.suppress(Refused):
                    union.act("ballot.cast", self.named(member, name), question,
                              marks=self.marks(a.questions[question]))
        elif kind == "mandate":
            self.mandate(name, mandate, texts)
        elif kind == "propose":
            self.propose(name, texts)
        elif kind == "proposal":
            act = pick.choice(["support", "unsupport", "withdraw", "hold", "amend"])
            more = {"support": {"version": 1}, "amend": {
                "options": self.proposal()["options"], "texts": texts}}.get(act, {})
            by = name if act in ("support", "hold") else self.owner(proposal, name)
            if act == "hold":
                cooling = [p.id for p in a.proposals.values() if p.phase == "COOLING"]
                proposal = self.any(cooling)
                for other in pick.sample(sorted(union.ids), len(union.ids) // 2):
                    with contextlib.suppress(Refused):
                        union.act("proposal.hold", other, proposal)
                return
            union.act("proposal." + act, by, proposal, **more)
        elif kind == "grant":
            on = self.any([union.union, union.union, *a.chapters, *live])
            union.act("delegation.grant", name, on, to=self.any([member, member, "none"]))
        elif kind == "accept":
            grant = self.any(a.grants)
            by = self.named(a.grants[grant].to, name) if grant in a.grants else name
            act = pick.choice(["accept", "accept", "drop"])
            union.act("delegation." + act, by, grant, **({"max": 2} if act == "accept" else {}))
        elif kind == "stand":
            elections = [p.id for p in a.proposals.values() if p.office and not p.final]
            union.act("office.stand", name, self.any(elections or live))
        elif kind == "lot":
            drawing = [q.id for q in a.questions.values() if q.drawing_since is not None]
            if drawing:
                question = self.any(drawing)
                name = self.named(self.any(a.questions[question].commits), name)
            elif not a.in_power:
                name = self.named(self.any(a.seats["auditor"]), name)
            value = hashlib.sha256(name.encode()).digest()
            if not drawing:
                secret = hashlib.sha256(b"union-lot/v1\n" + value).digest()
                union.act("lot.commit", name, question, hash=log.base64_of(secret))
            else:
                union.act("lot.reveal", name, question, value=log.base64_of(value))
        elif kind == "join":
            union.admit("newcomer%d" % len(a.members))
        elif kind == "leave" and pick.random() < 0.1:
            union.act("member.leave", name, union.ids[name])
        elif kind == "office":
            union.act("office.resign", name, office=pick.choice(["auditor", "steward"]))
        elif kind == "chapter":
            if pick.random() < 0.3:
                union.act("chapter.open", name, texts=texts)
            else:
                union.act("chapter." + pick.choice(["join", "join", "leave"]), name,
                          self.any(a.chapters))
        elif kind == "renew":
            for name in pick.sample(names, len(names) // 2):
                with contextlib.suppress(Refused):
                    union.act("member.renew", name, union.ids[name])

    def marks(self, question):
        """A ballot that fits, most often one that wants something new."""
        pick, n = self.random, question.size
        if question.method == "yes-no":
            against = int(question.id[:2], 16) % 4 == 0
            return [pick.choice([-1, -1, 0, 1] if against else [-1, 0, 1, 1, 1, 1])]
        if question.method == "plurality":
            marks = [0] * n + [1]
            pick.shuffle(marks)
        elif question.method in ("approval", "equal-shares"):
            marks = [0] + [pick.choice([0, 1, 1]) for _ in range(n)]
        elif question.method in ("score", "majority-judgment"):
            low, high = question.scale
            marks = [low] + [pick.randint(low, high) for _ in range(n)]
        else:
            marks = pick.sample(range(1, n + 2), n + 1)
            if question.method in ("schulze", "ranked-pairs"):
                marks = [pick.randint(-1, n + 1) for _ in range(n + 1)]
            marks[0] = pick.choice([0, marks[0]])
            marks[-1] = pick.choice([0, marks[-1], marks[-1]])
        return marks

    def named(self, id, default):
        return next((name for name, own in self.union.ids.items() if own == id), default)

    def owner(self, proposal, default):
        known = self.union.assembly.proposals.get(proposal)
        return self.named(known.by, default) if known else default

    def propose(self, name, texts):
        union, pick = self.union, self.random
        agreements = list(union.assembly.agreements)
        more = {"agreement": pick.choice(agreements)} if agreements and pick.random() < 0.3 else {}
        powers = pick.choice([["consult"], ["sign-tentative"], ["sign-under-ceiling"],
                              ["sign-tentative", "sign-under-ceiling"]])
        union.act("mandate.propose", name, ceilings=[{"limit": 5, "texts": []}],
                  confidential_s=30 * DAY,
                  counterparties=[{"texts": []}, {"key": union.new_key("one"), "texts": []}],
                  delegates=pick.sample(sorted(union.assembly.members), 4),
                  max_rejections=pick.choice([1, 2]), needed=pick.choice([1, 2]), powers=powers,
                  ratify_class="ratification", recall=[1, 10],
                  report_every_s=pick.choice([5, 30, 30]) * DAY, report_grace_s=DAY, texts=texts,
                  valid_from=union.time, valid_until=union.time + pick.choice([30, 200]) * DAY,
                  **more)

    def mandate(self, name, mandate, texts):
        union, pick = self.union, self.random
        known = union.assembly.mandates.get(mandate)
        kind, more = pick.choice([
            ("accept", {}), ("accept", {}), ("endorse", {}), ("unendorse", {}),
            ("meeting", {"counterparty": pick.randrange(2), "texts": texts}),
            ("report", {"final": pick.random() < 0.3, "texts": texts}),
            ("report", {"final": False, "texts": texts}), ("resign", {}), ("hold", {}),
            ("hold", {}), ("hold", {}), ("conclude", {}),
            ("report.seal", {"opens": union.time + 2 * DAY, "texts": texts}),
            ("report.open", {"seal": self.any([s[0] for s in known.seals] if known else []),
                             "texts": texts}),
            ("publish", {"valid_from": known.valid_from if known else 0,
                         "valid_until": known.valid_until if known else 0})])
        if kind in ("resign", "hold", "conclude") and pick.random() < 0.8:
            return
        if known and known.state_name == "AUTHORISED" and pick.random() < 0.8:
            kind, more = pick.choice([("accept", {}), ("publish", {
                "valid_from": known.valid_from, "valid_until": known.valid_until})])
        if kind == "publish":
            a = union.assembly
            stewards = a.seats["steward"] or [m.id for m in a.members.values() if m.founder]
            name = self.named(self.any(stewards), name)
        if kind == "hold" and pick.random() < 0.5:
            for other in list(union.ids):
                with contextlib.suppress(Refused):
                    union.act("mandate.hold", other, mandate)
            return
        if known and kind not in ("endorse", "unendorse", "hold", "publish"):
            name = self.named(self.any(known.delegates), name)
        union.act("mandate." + kind, name, mandate, **more)

    def proposal(self):
        union, a, pick = self.union, self.union.assembly, self.random
        member, mandate = self.any(a.members), self.any(a.mandates)
        office = pick.choice(["auditor", "registrar", "steward"])
        amended = copy.deepcopy(a.charter)
        amended[pick.choice(["hold_s", "cure_s"])] = pick.choice([4, 5, 6]) * DAY
        if pick.random() < 0.5:
            amended["entrenched"] = [7, 10]
        class_, effect = pick.choice([
            ("charter", {"do": "amend", "charter": amended,
                         "from": log.base64_of(charter.digest(a.charter))}),
            ("ordinary", {"do": "chapter", "texts": []}),
            ("ordinary", {"do": "gateway", "accepts": [], "key": union.new_key("one"),
                          "texts": []}),
            ("ordinary", {"do": "strike", "gateway": self.any(a.gateways)}),
            ("ordinary", {"do": "seat", "member": member, "office": office}),
            ("ordinary", {"do": "seat", "member": member, "office": office}),
            ("ordinary", {"do": "spend", "amount": 1, "texts": [], "unit": "hour"}),
            ("ordinary", {"do": "renew", "mandate": mandate,
                          "valid_until": union.time + 300 * DAY}),
            ("ordinary", {"do": "replace", "mandate": mandate, "delegates": [member]}),
            ("recall", {"do": "recall", "mandate": mandate, "delegates": [member]}),
            ("recall", {"do": "unseat", "member": member, "office": office}),
            ("recall", {"do": "suspend", "member": member, "for_s": DAY * 3}),
            ("recall", {"do": "restore", "member": member})])
        more = {}
        if a.chapters and pick.random() < 0.2:
            more["chapter"] = self.any(a.chapters)
        method = pick.choice([*EVERY, "yes-no", "yes-no"]) if class_ == "ordinary" else "yes-no"
        if method == "equal-shares":
            effect = {"do": "spend", "amount": pick.choice([20, 30, 40]), "texts": [], "unit": "eur"}
            more["budget"] = 60
        if method in ("score", "majority-judgment"):
            more["scale"] = [1, 5]
        several = method in ("approval", "schulze", "stv-wigm", "stv-meek", "equal-shares")
        options = [{"effects": [effect] if number == 0 or method == "equal-shares" else [],
                    "texts": []}
                   for number in range(1 if method == "yes-no" else pick.randint(2, 4))]
        return {"class_": class_, "method": method, "seats": pick.choice([1, 2]) if several else 1,
                "texts": [], "options": options, **more}
