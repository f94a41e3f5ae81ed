#!/bin/sh
# Credentials that follow the ledger: issued for members and gateways, revoked and
# suspended with what is on record, and issued again for new keys.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/union.sh"

founded ana ben cem dea eli
applies() {
	arrive "$1"
	as "$1" join --out "$world/$1.json"
	as ana admit "$world/$1.json" && as cem admit "$world/$1.json"
}
for who in ben cem dea; do
	member_of "$who" >"$world/$who.id"
done
as ana chapter open --say "en=Harbour" --say "ar=الميناء" >/dev/null
as ben chapter join Harbour >/dev/null
as cem chapter join Harbour >/dev/null

# card NAME WORDS...: as ana, into a file of that name.
card() {
	name=$1; shift
	own ana credential issue "$@" >"$world/$name.card"
}

# member NAME WHO WORDS...: a membership.
member() {
	name=$1; shift
	card "$name" MembershipCredential "$@"
}

says() {
	grep -qF -- "$2" "$world/$1.card"
}

# lists: both status lists, as the records have them.
lists() {
	own ana credential list >"$world/revocation" &&
		own ana credential list --purpose suspension >"$world/suspension"
}

# is ANSWER NAME: what a stranger finds who has both lists.
is() {
	union credential verify --trust "$(key_of ana)" "$world/$2.card" \
		--list "$world/revocation" --list "$world/suspension" \
		>"$world/said" || :
	cat "$world/said"
	[ "$(head -n 1 "$world/said")" = "$1" ]
}

only_asked() {
	! grep -q "chapter\|trade\|$(cat "$world/ben.id")" "$world/ben.card" &&
		says ben "\"id\":\"$(key_of ben)\""
}

all_asked() {
	member asked '#2' --chapter Harbour --lang ar --trade "pilot, \"sea\"" --id &&
		says asked '"chapter":"الميناء"' &&
		says asked '"trade":"pilot, \"sea\""' &&
		says asked "\"member\":\"$(cat "$world/ben.id")\""
}

bound() {
	printf 'House rules\n' >"$world/rules"
	member bound "$(cat "$world/ben.id")" --resource "$world/rules" \
		--resource "$world/rules=https://union.example/rules" &&
		says bound '"relatedResource":[{"digestMultibase":"uEi' &&
		says bound '"id":"ni:///sha-256;' &&
		says bound '"id":"https://union.example/rules"'
}

it "is issued to a member by a part of the id" member ben "$(cut -c1-12 "$world/ben.id")"
it "says no more than is needed" only_asked
it "says more where that is asked for" all_asked
it "binds texts by their hash" bound
it "names no chapter that they are not in" exits 1 card none MembershipCredential '#4' --chapter Harbour
it "knows nobody of that name" exits 1 card none MembershipCredential '#77'
it "asks the ledger, not the issuer, what is so" exits 2 card none MembershipCredential '#2' --claim union=mine
it "leaves mandates to their stewards" exits 2 card none AdvocacyMandateCredential '#2'
for who in cem dea eli; do
	member "$who" "$(member_of "$who")"
done
member harbour '#3' --chapter C1

applies fay >/dev/null 2>&1
fay=$(member_of fay)
it "is issued by a registrar in office alone" shows "no registrar's in office" own fay credential issue MembershipCredential '#2'

lists
it "is valid to a stranger who has the lists" is VALID ben
it "is listed for as long as the charter lets it be" exits 2 own ana credential list --days 8
it "is listed as bits where no ledger is asked" own ana credential list --raw https://a.example/1 5 6

# A gateway is accepted, somebody is suspended.
union key new --home "$world/port" --passphrase-fd 3 3<"$world/passphrase" >/dev/null
port=$(union key show --json --home "$world/port" --passphrase-fd 3 \
	3<"$world/passphrase" | sed -n 's/.*"key": "\(.*\)".*/\1/p')

# days_until STATE: days pass until the last proposal is there.
days_until() {
	for _ in $(seq 60); do
		! see show "P$number" | grep -q "$1" || return 0
		later 1d
	done
	see show "P$number"
	return 1
}

# decided WORDS...: a proposal, with its effect, by everybody.
number=0
decided() {
	number=$((number + 1))
	as ana propose --say "So be it" "$@" || return 1
	for who in cem dea eli fay; do
		as "$who" support "P$number" || return 1
	done
	days_until VOTING || return 1
	for who in ana cem dea eli fay; do
		as "$who" vote "P$number" yes || return 1
	done
	days_until IN_FORCE
}
it "has no gateways at first" shows "No gateways." see gateway list
it "accepts a gateway" decided --gateway "$port,MembershipCredential=en=The port"
it "shows what was voted on" shows "by the key" see show P1
it "lists the gateway" shows "The port" see gateway list
it "shows what it accepts" shows "Accepts:  MembershipCredential" see gateway show G1
it "shows its key" shows "$port" see gateway show G1
it "shows how it dealt with the union" shows "breaches that members alleged: 0" see gateway show G1
it "shows its text" shows "  | The port" see gateway show G1
it "tells programs the same" shows '"struck": false' see gateway show G1 --json
it "knows no other gateway" exits 1 see gateway show G2
it "is issued to the gateway" card port GatewayAcceptanceCredential G1
it "says what it accepts" says port '"accepts":["MembershipCredential"]'
member_eli=$(member_of eli)
it "suspends a member" decided --suspend "$member_eli=30d"
it "is not issued to whoever is suspended" shows "is suspended" own ana credential issue MembershipCredential '#5'
as cem chapter leave Harbour >/dev/null
as dea key rotate >/dev/null
it "lists what became of them" lists
it "is suspended with its member" is SUSPENDED eli
it "is revoked with a key that is no longer in force" is REVOKED dea
it "is revoked where they left the chapter that it names" is REVOKED harbour
it "is valid where it names none" is VALID cem
it "is valid to a gateway's own" is VALID port

# equal: every bit of both lists is what the state of a replay says.
equal() {
	afresh=$(mktemp -d -p "$world")
	union replay --socket "ipc://$socket" --home "$afresh" --state >"$world/state"
	see status --json | sed -n 's/.*"now": \([0-9]*\).*/\1/p' >"$world/now"
	python3 - "$world" <<-'CODE'
	import base64, glob, gzip, json, sys
	world = sys.argv[1]
	state = json.load(open(world + "/state"))
	now = int(open(world + "/now").read())
	members = {m["id"]: m for m in state["members"]}
	gateways = {g["id"]: g for g in state["gateways"]}
	recovering = {r["member"] for r in state["recoveries"]
	              if r["state"] in ("RUNNING", "CONTESTED")}
	revoked, suspended, n = set(), set(), 0
	for path in glob.glob(world + "/ana/default/issued/*"):
	    entry = json.load(open(path))
	    card = entry["credential"]
	    bit = int(card["credentialStatus"][0]["statusListIndex"])
	    holder = members.get(entry["holder"]) or gateways[entry["holder"]]
	    chapters = [c for c, _ in holder.get("chapters", [])]
	    n += 1
	    if (holder["key"] != card["credentialSubject"]["id"]
	            or holder.get("left") or holder.get("struck")
	            or entry.get("chapter", (chapters + [None])[0]) not in chapters + [None]):
	        revoked.add(bit)
	    if holder.get("suspended", 0) > now or entry["holder"] in recovering:
	        suspended.add(bit)
	def bits(name):
	    text = json.load(open(world + "/" + name))["credentialSubject"]["encodedList"]
	    raw = gzip.decompress(base64.urlsafe_b64decode(text[1:] + "=="))
	    assert len(raw) == 16384
	    return {8 * i + k for i, byte in enumerate(raw) for k in range(8)
	            if byte >> (7 - k) & 1}
	print(n, "issued:", sorted(revoked), sorted(suspended))
	assert bits("revocation") == revoked and bits("suspension") == suspended
	assert revoked and n > len(revoked) + len(suspended)
	CODE
}
it "has every bit as a replay has it" equal

# For a new key it is issued again.
mkdir "$world/again"
reissued() {
	own ana credential reissue --out "$world/again"
}
one_again() {
	reissued && [ "$(find "$world/again" -type f | wc -l)" -eq 1 ] &&
		mv "$world/again"/* "$world/dea2.card" &&
		says dea2 "\"id\":\"$(key_of dea)\""
}
it "is issued again for a key that was rotated, and for no other" one_again
it "is issued again once" shows "All that holds" reissued
lists
it "is valid then" is VALID dea2
it "stays revoked for the old key" is REVOKED dea
it "has every bit so again" equal

later 31d
as ben leave >/dev/null
it "strikes the gateway" decided --strike G1
it "lists it no more" shows "No gateways." see gateway list
it "shows it as struck" shows "struck" see gateway list --all
it "shows that it was struck" shows "struck: the union deals with it no more" see gateway show G1
it "is not issued to a gateway that was struck" shows "was struck" own ana credential issue GatewayAcceptanceCredential G1
it "is not issued to who has left" shows "has left" own ana credential issue MembershipCredential '#2'
lists
it "is suspended no longer than its member" is VALID eli
it "is revoked with whoever left" is REVOKED ben
it "is revoked with a gateway that was struck" is REVOKED port
it "has every bit as a replay has it by now" equal

# From a mirror, without a daemon.
see mirror "$world/mirror" >/dev/null
from_mirror() {
	own ana credential list --export "$world/mirror" --socket "ipc://$world/none" >"$world/other" &&
		python3 -c '
import json, sys
one, other = (json.load(open(p))["credentialSubject"] for p in sys.argv[1:])
assert one == other' "$world/revocation" "$world/other"
}
it "lists the same from a mirror" from_mirror
as cem renew >/dev/null && lists
it "takes no mirror that is older than what was seen" shows "does not stand" own ana credential list --export "$world/mirror"

# A registrar with a new key issues all of it anew.
as ana key rotate >/dev/null
it "is issued again by a registrar's new key" reissued
anew() {
	lists && cp "$(grep -l "$(key_of cem)" "$world/again"/* | head -n 1)" "$world/cem2.card" &&
		is VALID cem2
}
it "is valid by that key" anew
it "is private what was issued" sh -c "[ \"\$(find $world/ana -perm /077 | wc -l)\" -eq 0 ]"
: >"$(find "$world/ana" -path '*/issued/*' | head -n 1)"
it "signs no list from a book that is damaged" exits 3 own ana credential list

see charter >"$world/charter"
sed -i 's/"probation_s": 0/"probation_s": 864000/' "$world/charter"
it "brings probation" decided --amend "$world/charter"
applies gus >/dev/null 2>&1
gus=$(member_of gus)
it "is not issued on probation" shows "--probation" own cem credential issue MembershipCredential "$gus"
it "is issued on probation where that is wished" own cem credential issue MembershipCredential "$gus" --probation
done_testing
