#!/bin/sh
# A mandate goes to a stranger: published with credentials, made a capsule, and
# checked where there is no network.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/union.sh"

founded ana ben cas
ana=$(member_of ana)
as ana mandate propose --delegate "$ana" --with "The city" --with "en=The mayor" --with "$(printf "%0600d" 7)" \
	--power sign-under-ceiling --ceiling "90=Days until it opens" \
	--needed 1 --to 400d --report-every 30d --confidential 10d \
	--say "en=Talk about the pool" --say "ar=المسبح" >/dev/null

capsule() {
	see mandate capsule M1 "$@"
}

it "is no capsule before the vote" shows "have not voted" capsule
later 11d
for who in ana ben cas; do
	as "$who" vote P1 yes >/dev/null
done
later 13d
as ana mandate accept M1 >/dev/null
it "is none before a steward publishes it" shows "No steward in office has signed" capsule
it "is published by a steward, who signs for its delegate" shows "$(key_of ana)" as ben mandate publish M1
it "is none with one steward of two" shows "not enough of them" capsule
it "is published by another, in the name of the first" shows "Issuer:   a steward, $(key_of ben)" as cas mandate publish M1
it "is one with two" capsule -o "$world/capsule"

tells_nothing_of_others() {
	! grep -qF -e "$(member_of ben)" -e '"ballots":[' "$world/capsule"
}
it "tells nothing of who voted" tells_nothing_of_others
it "has the text in the language asked for" shows "المسبح" capsule --lang ar
it "has none in another" exits 1 capsule --lang fr
it "is for the counterparties that it names" capsule --for 2
it "is for no others" exits 1 capsule --for 4
it "is for no key that it does not name" exits 1 capsule --for "$(key_of cas)"
it "is for its delegates alone" exits 1 capsule --delegate "$(member_of ben)"
it "fits the screen as codes" shows "Frame 2 of" capsule --qr
drawn() {
	capsule --svg "$world/drawing.svg" --frames "$world/lines" >/dev/null &&
		python3 "$(dirname "$0")/../tool/read_qr.py" "$world/drawing.svg" |
		cmp - "$world/lines"
}
it "is drawn to be printed, and read back by another reader of codes" drawn
it "is signed by its delegate for who asks" own ana mandate capsule M1 --nonce n-1 --client "The city"
it "is signed by nobody else" exits 1 own ben mandate capsule M1 --nonce n-1 --client "The city"
it "hands out whom to believe" shows "credential AdvocacyMandateCredential 2 did:key:" see trust

# Elsewhere, with no daemon, by one who has the capsule and that text alone.
see trust >"$world/believed"
own ana mandate capsule M1 --nonce n-1 --client "The city" -o "$world/shown" >/dev/null
stop
stated=$(python3 -c '
import json, sys
print(json.load(open(sys.argv[1]))["status"].split("\n")[4])' "$world/capsule")
stranger() {
	union verify --home "$world/nobody" --trust "$world/believed" --at "$((stated + $1))" "$2"
}
asked() {
	union verify --home "$world/nobody" --trust "$world/believed" --at "$((stated + 60))" \
		--nonce "$1" --client "The city" "$world/shown"
}
it "is VALID to a stranger" shows "  VALID" stranger 60 "$world/capsule"
it "shows a stranger whom it is for" shows "With:        2: The mayor" stranger 60 "$world/capsule"
it "shows no name that is too long" shows "With:        3: sha256:" stranger 60 "$world/capsule"
it "shows a stranger what bounds it" shows "Ceiling:     90, Days until it opens" stranger 60 "$world/capsule"
it "says that it is of a practice union" shows "A REHEARSAL: of a practice union" stranger 60 "$world/capsule"
for_programs() {
	union verify --home "$world/nobody" --trust "$world/believed" --at "$((stated + 60))" \
		--json "$world/capsule" | grep -q '"rehearsal": true'
}
it "says so to programs" for_programs
judged_now() {
	union verify --home "$world/nobody" --trust "$world/believed" "$world/capsule"
}
it "says how to judge on a clock that was moved" shows "moved by hand: --at TIME" judged_now
card_alone() {
	python3 -c '
import json, sys
print(json.dumps(json.load(open(sys.argv[1]))["credential"]))' "$world/capsule" >"$world/card"
	"$@" "$world/card"
}
it "says it of the credential alone" shows "A REHEARSAL" card_alone stranger 60
policy() {
	grep '^credential' "$world/believed" >"$world/policy"
	union credential verify --home "$world/nobody" --policy "$world/policy" "$@"
}
it "says it where credentials are checked" shows "A REHEARSAL" card_alone policy
it "tells programs there too" shows '"rehearsal": true' card_alone policy --json
it "shows a stranger how members voted" shows "3 for, 0 against" stranger 60 "$world/capsule"
it "is stale after a while" exits 1 stranger 700000 "$world/capsule"
it "is VALID to who asked" shows "It was signed for this request." asked n-1
it "is not for who asks again" exits 1 asked n-2

see_frames_in_any_order() {
	sort -r "$world/lines" >"$world/shuffled" && head -n 2 "$world/lines" >>"$world/shuffled" &&
		stranger 60 "$world/shuffled"
}
serve
capsule --frames "$world/lines" >/dev/null
it "is put together from its codes, in any order and some of them twice" shows "  VALID" see_frames_in_any_order

# of_another_union: the same stewards, but the ledger is another.
of_another_union() {
	arrive eve
	other=$(own eve found village --rehearsal --out "$world/other" |
		sed -n 's/^Ledger key: //p')
	{ echo "log $other"; sed 1d "$world/believed"; } >"$world/elsewhere"
	union verify --home "$world/nobody" --trust "$world/elsewhere" \
		--at "$((stated + 60))" "$world/capsule"
}
it "is NOT PROVEN where another union is believed" shows "  NOT PROVEN" of_another_union

# A witness signs a checkpoint of a mirror, and is asked for.
witnessed() {
	see mirror "$world/mirror" >/dev/null &&
		own cas cosign "$world/mirror" >"$world/cosigned" &&
		{
			grep "^log" "$world/believed"
			sed -n 's/^In a policy: //p' "$world/cosigned"
			echo "quorum auditor"
		} >"$world/policy" &&
		see trust --policy "$world/policy" >"$world/believed.witness"
}
checked_with_witness() {
	union verify --home "$world/nobody" --trust "$world/believed.witness" \
		--at "$((stated + 60))" "$1"
}
it "takes the checkpoint that a witness signed" witnessed
it "is NOT PROVEN to who asks for a witness, without" shows "Too few witnesses" checked_with_witness "$world/capsule"
capsule --checkpoint "$world/mirror" -o "$world/cosigned.capsule" >/dev/null
it "is VALID to them with it" shows "  VALID" checked_with_witness "$world/cosigned.capsule"

# A delegate's key changes: what was signed was for the old one.
as ana key rotate >/dev/null
it "is none for a key that was rotated" shows "signed for another key" capsule
it "is NOT PROVEN by an old card and a new statement" exits 1 capsule --renew "$world/capsule"
as ben mandate publish M1 >/dev/null
as cas mandate publish M1 >/dev/null
it "is one again when stewards published again" capsule -o "$world/capsule"
as cas key rotate >/dev/null
it "names the steward whose key was rotated" shows "$(member_of cas | cut -c 1-16)" capsule
as cas mandate publish M1 >/dev/null
it "is one again when that steward did" capsule -o "$world/capsule"

# now: the time of the practice union.
now() {
	see status --json | sed -n 's/.*"now": \([0-9]*\).*/\1/p'
}
judged() {
	see trust >"$world/believed"
	union verify --home "$world/nobody" --trust "$world/believed" --at "$(now)" "$1"
}
later 8d
it "is VALID BUT STALE after a week" shows "  VALID BUT STALE" judged "$world/capsule"
it "is renewed" capsule --renew "$world/capsule" -o "$world/renewed"
it "is VALID again" shows "  VALID" judged "$world/renewed"
later 31d
it "says so when it is made of a mandate that is suspended" shows "SUSPENDED" capsule -o "$world/suspended"
it "is SUSPENDED to a stranger, once the report is missed" shows "  SUSPENDED" judged "$world/suspended"
it "is so when an older one is renewed" exits 1 capsule --renew "$world/renewed" -o "$world/renewed2"
it "is SUSPENDED then too" shows "  SUSPENDED" judged "$world/renewed2"
as ana mandate report M1 --say "It stays open." --final >/dev/null
it "is VALID once it is cured" capsule -o "$world/capsule"
as ana mandate meeting M1 --with 1 --say "Thanks." >/dev/null
as ana mandate conclude M1 >/dev/null
it "is none of a mandate that is over" exits 1 capsule
capsule --renew "$world/capsule" -o "$world/over" >/dev/null 2>&1 || :
it "is REVOKED to a stranger" shows "  REVOKED" judged "$world/over"

done_testing
