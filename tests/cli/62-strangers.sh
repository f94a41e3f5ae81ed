#!/bin/sh
# Capsules: what a stranger sees of a delegate, with no daemon, no key and no network.
. "$(dirname "$0")/../lib/cli.sh"
made=$(dirname "$(command -v union)")/tests/tool/capsule
cd "$world"

for recipe in good told named nameless misnamed revoked suspended stale rotated trust; do
	"$made" $recipe >$recipe
done
"$made" shown n-1 city >shown
python3 - <<'EOF'
import base64, hashlib, json, zlib

good = open("good", "rb").read()
text = base64.b32encode(zlib.compress(good, 9)).decode().rstrip("=")
slices = [text[i:i + 1500] for i in range(0, len(text), 1500)]
digits = hashlib.sha256(good).hexdigest()[:8].upper()
lines = ["UNION1/%d/%d/%s/%s\r\n" % (i, len(slices), digits, part)
         for i, part in enumerate(slices, 1)]
open("frames", "w").writelines([lines[0]] + lines[::-1])
open("frames-less", "w").writelines(lines[1:])
whole = json.loads(good)
json.dump(whole, open("pretty", "w"), indent=4)
json.dump(whole["credential"], open("card", "w"))
json.dump(json.load(open("shown"))["presentation"], open("shown-card", "w"))
open("statement", "w").write(whole["status"])
open("deep", "w").write('{"type":"union-capsule/v1","a":' + "[" * 1000 + "]" * 1000 + "}")
open("huge", "w").write('{"type":"union-capsule/v1","a":"' + "x" * 200000 + '"}')
named = json.load(open("named"))
named["names"][1]["text"] = "The city of Oslo"
json.dump(named, open("renamed", "w"))
whole["result"]["act"]["result"]["options"][0]["against"] = 1
json.dump(whole, open("changed", "w"))
EOF

# Nobody's folder: what is believed stands in one file.
check() {
	union verify --home "$world/nobody" --trust trust --at 2026-05-28T20:26:40Z "$@"
}

# answers CODE TEXT WORDS...: leaves with the code, and says the text.
answers() {
	code=$1 text=$2; shift 2
	exits "$code" check "$@" >said 2>complaint && grep -q -F -- "$text" said
}

proves_nothing() {
	for n in $(seq 0 97 7400); do
		head -c "$n" good >cut
		answers 1 "" cut || return 1
	done
}

it "says VALID" answers 0 "  VALID" good
it "says who may do what" answers 0 "May:         consult, negotiate, sign-tentative" good
it "says how it stands" answers 0 "State:       NEGOTIATING: delegates are at work" good
it "says how the members voted" answers 0 "300 for, 100 against" good
it "shows the text behind a margin" answers 0 "  | Papers within 90 days" told
it "names the counterparty that has a key" answers 0 "With:        1: The Ministry of Labour and Social Policy (did:key:z6Mk" named
it "names the counterparty that has none" answers 0 'With:        2: The city of "Aden"' named
it "says what a ceiling is of" answers 0 "Ceiling:     90, Days until papers are issued" named
it "knows who is not named by key" answers 0 "With:        1: did:key:z6Mk" nameless
it "knows who is not named by hash" answers 0 "With:        2: sha256:" nameless
it "says a ceiling that has no name" answers 0 "Ceiling:     90" nameless
it "does not take another name" answers 1 "no   A name of a counterparty or ceiling is not the one voted on. (bad-commitment)" misnamed
it "does not take a changed name" answers 1 "no   A name of a counterparty or ceiling is not the one voted on. (bad-commitment)" renamed
it "shows none that it did not find in the act" answers 1 "With:        2: sha256:" renamed
it "says yes to each check" answers 0 "  yes  Judged again by its rule, their answer is yes." good
it "takes any layout" answers 0 "  VALID" pretty
it "takes frames in any order, and twice" answers 0 "  VALID" frames
it "misses a frame" answers 1 "(too-few)" frames-less
it "takes a credential" answers 1 "AdvocacyMandateCredential" card
it "knows of no credential alone how its mandate stands" answers 1 "  VALID BUT STALE" card
it "takes a shown credential" answers 1 "The one whom the credential is about signed the answer." shown-card
it "takes a statement alone" answers 0 "state: NEGOTIATING" statement
it "takes several" answers 0 "Everything holds." good told frames
it "says REVOKED" answers 1 "  REVOKED" revoked
it "says SUSPENDED" answers 1 "  SUSPENDED" suspended
it "says VALID BUT STALE" answers 1 "  VALID BUT STALE" stale
it "says NOT PROVEN, and what is wrong" answers 1 "no   Not all who signed it are stewards" rotated
it "finds a change" answers 1 "no   Their answer does not stand in the ledger." changed
it "is not deceived by depth" answers 1 "(too-deep)" deep
it "is not deceived by size" answers 1 "(too-large)" huge
it "is not deceived by a piece" proves_nothing
later() {
	exits 1 union verify --home "$world/nobody" --trust trust --at 2027-05-28T20:26:40Z good >said && grep -q "  NOT PROVEN" said
}
it "is not valid later" later
it "is fresh for who asked" answers 0 "yes  It was signed for this request." shown --nonce n-1 --client city
it "is not fresh for who asks again" answers 1 "no   It was signed for another request." shown --nonce n-2 --client city
it "is not for somebody else" answers 1 "no   It was signed for somebody else." shown --nonce n-1 --client town
it "takes nothing else for what the holder signed" answers 1 "no   Nobody signed this for who asks." statement --nonce n-1 --client city
it "asks the holder to sign" answers 1 "no   Its holder did not sign it" good --nonce n-1 --client city
it "wants nonce and client together" exits 2 check good --nonce n-1
it "wants a time" exits 2 check good --at someday
it "trusts nobody by itself" exits 3 union verify --home "$world/nobody" good

programs_read_it() {
	check --json told >said && python3 -c '
import json
told = json.load(open("said"))["files"][0]
assert told["answer"] == "VALID" and told["holds"] and told["form"] == "capsule"
assert told["checks"]["passed"]["yes"] and told["checks"]["text"]["yes"]
assert told["about"]["state"] == "NEGOTIATING" and told["about"]["vote"]["roll"] == 1204
'
}
it "answers programs" programs_read_it
programs_read_names() {
	check --json named nameless >said && python3 -c '
import json
named, nameless = json.load(open("said"))["files"]
assert named["checks"]["names"]["yes"] and "names" not in nameless["checks"]
assert named["about"]["names"][1] == "The city of \"Aden\""
assert named["about"]["ceilings"] == [{"limit": 90, "name": "Days until papers are issued"}]
assert nameless["about"]["names"] == [None, None]
assert nameless["about"]["ceilings"] == [{"limit": 90, "name": None}]
assert named["about"]["counterparties"] == nameless["about"]["counterparties"]
assert named["rehearsal"] is False
'
}
it "tells programs the names" programs_read_names
real_ones_are_no_rehearsal() {
	check good >said && ! grep -q REHEARSAL said
}
it "takes no real union for a rehearsal" real_ones_are_no_rehearsal

sed '/^log/d; /^witness/d; /^quorum/d' trust >some
it "believes nobody who is not named" exits 1 union verify --home "$world/nobody" --trust some good
printf 'fresh 0\n' >>trust
it "names the line of trust that is wrong" exits 2 check good
it "reads the trust of credentials, too" exits 2 union credential verify --policy trust card

done_testing
