#!/bin/sh
# Credentials: issued with keys, shown to strangers, checked with no daemon at all.
. "$(dirname "$0")/../lib/cli.sh"
umask 022
pass='correct horse battery\n'

# as NAME COMMAND...: with the keys of NAME.
as() {
	who=$1; shift
	printf '%b' "$pass" >"$world/passphrase"
	"$@" --home "$world/$who" --passphrase-fd 3 3<"$world/passphrase"
}

for name in registrar bo chi dee ana eve; do
	as $name union key new >"$world/said"
	sed -n 's/^Public key: //p' "$world/said" >"$world/$name.did"
done
did() {
	cat "$world/$1.did"
}

# verify WORDS...: what the registrar says is believed.
verify() {
	union credential verify --trust "$(did registrar)" "$@"
}

# says TEXT COMMAND...: its first line is TEXT, whether or not it is a no.
says() {
	text=$1; shift
	"$@" >"$world/said" 2>"$world/complaint" || :
	[ "$(head -n 1 "$world/said")" = "$text" ]
}

issues() {
	as registrar union credential issue --raw MembershipCredential "$(did ana)" \
		--claim union=migrants.example/00112233445566778899aabbccddeeff \
		--claim "trade=soldadora, naval" \
		--revocation https://union.example/status/1#7 >"$world/card"
}

shows_what_it_says() {
	verify "$world/card" >"$world/said" || return 1
	grep -q "^  yes  Its issuer signed it" "$world/said" &&
		grep -qF "  trade: soldadora, naval" "$world/said" &&
		grep -qF "  id: $(did ana)" "$world/said" &&
		grep -q "Not checked: whether it is revoked" "$world/said" &&
		grep -q "No status list tells whether it is suspended" "$world/said"
}

is_told_to_programs() {
	verify --json "$world/card" | python3 -c '
import json, sys
said = json.load(sys.stdin)
assert said["answer"] == "VALID" and said["checks"]["trust"]["yes"] is True
assert said["credential"]["credentialSubject"]["trade"] == "soldadora, naval"'
}

however_written() {
	python3 -m json.tool "$world/card" >"$world/pretty" &&
		! cmp -s "$world/card" "$world/pretty" && verify "$world/pretty"
}

# changed SED: no copy that was changed is valid.
changed() {
	sed "$1" "$world/card" >"$world/copy"
	! cmp -s "$world/card" "$world/copy" &&
		exits 1 verify "$world/copy" && says "NOT PROVEN" verify "$world/copy"
}

asks() {
	cat <<-ASK
		{"nonce": "$1", "client_id": "https://city.example/desk",
		 "dcql_query": {"credentials": [{"id": "card", "format": "ldp_vc",
		   "meta": {"type_values": [["MembershipCredential"]]},
		   "claims": [{"path": ["credentialSubject", "trade"]}]}]}}
	ASK
}

answers() {
	asks n-1 >"$world/ask" && asks n-2 >"$world/ask2" || return 1
	as ana union credential present "$world/card" "$world/ask" >"$world/answer"
}

revoked_by() {
	as "$1" union credential list --raw https://union.example/status/1 7 >"$world/list"
}

signed_by_stewards() {
	as bo union credential issue --raw AdvocacyMandateCredential "$(did ana)" \
		--claim mandate="$(printf %064d 1)" --claim needed=2 \
		--claim powers=consult --claim powers=negotiate \
		--claim "counterparties=Ministry of Labour" \
		--claim union=migrants.example/00112233445566778899aabbccddeeff \
		>"$world/one" &&
		as chi union credential sign "$world/one" >"$world/two"
}

policy() {
	echo "# the stewards"
	echo "credential AdvocacyMandateCredential 2 $(did bo) $(did chi) $(did dee)"
}

deep() {
	python3 -c 'print("[" * 1000 + "]" * 1000)' >"$world/deep"
	python3 -c 'print("{\"@context\":" + "[" * 900000)' >"$world/huge"
	exits 1 verify "$world/deep" && exits 1 verify "$world/huge" &&
		exits 1 verify /dev/null
}

# What code of others said of samples (tests/npm), we say too.
samples=$(dirname "$0")/../vectors/credentials
agrees() {
	while read -r says name; do
		set -- "$samples/$name.json"
		case $name in
		answer*) set -- --request "$samples/request.json" "$@" ;;
		esac
		union credential verify --json --trust "$(did eve)" \
			--at 2026-06-01T00:00:00Z "$@" 2>/dev/null |
			python3 -c '
import json, sys
checks = json.load(sys.stdin)["checks"]
of_proofs = ["form", "signatures", "holder", "nonce", "client"]
good = all(checks[c]["yes"] for c in of_proofs if c in checks)
sys.exit(good != (sys.argv[1] == "yes"))' "$says" || return 1
	done <"$samples/results"
}

it "is judged as others judge it" agrees
it "is issued for a key" issues
it "is valid to who trusts the issuer" verify "$world/card"
it "shows what it says and what was checked" shows_what_it_says
it "tells programs the same" is_told_to_programs
it "is read however its JSON is written" however_written
it "is not valid once a word was changed" changed s/soldadora/soldador/
it "is not valid once a date was changed" changed 's/\("validUntil":"2\)0/\11/'
it "is not valid with another bit" changed 's/"7"/"8"/'
it "is not valid with a name twice" changed 's/"type":/"type":[],"type":/'
it "is not valid cut off" changed 's/.$//'
it "is not proven to who trusts another" \
	exits 1 union credential verify --trust "$(did eve)" "$world/card"
it "asks whom to trust" exits 2 union credential verify "$world/card"
it "is over when its time is" says "NOT PROVEN" \
	verify --at 2099-01-01T00:00:00Z "$world/card"
it "refuses claims of another type" exits 2 as registrar union credential issue \
	--raw MembershipCredential "$(did ana)" --claim work=x --claim union=u
it "refuses a credential without what it needs" exits 2 as registrar \
	union credential issue LivelihoodCredential "$(did ana)"

it "answers a request" answers
it "is valid to who asked" verify --request "$world/ask" "$world/answer"
it "cannot be shown for another request" \
	says "NOT PROVEN" verify --request "$world/ask2" "$world/answer"
it "cannot be presented by another" \
	exits 1 as eve union credential present "$world/card" "$world/ask"

revoked_by registrar
it "is revoked by a status list" says REVOKED verify --list "$world/list" "$world/card"
it "is revoked for who asked too" says REVOKED \
	verify --request "$world/ask" --list "$world/list" "$world/answer"
revoked_by eve
it "is not revoked by another's list" \
	says "NOT PROVEN" verify --list "$world/list" "$world/card"

it "is signed by two stewards" signed_by_stewards
policy >"$world/policy"
it "is a mandate with two of three" \
	union credential verify --policy "$world/policy" "$world/two"
it "is none with one" exits 1 union credential verify --policy "$world/policy" "$world/one"
it "is signed by nobody twice" exits 1 as chi union credential sign "$world/two"
as eve union credential sign "$world/two" >"$world/three"
it "is none with a stranger's proof added" \
	exits 1 union credential verify --policy "$world/policy" "$world/three"
it "is not proven by what is nested deeply, huge or nothing" deep

done_testing
