#!/bin/sh
# A mandate goes to a stranger: published with credentials, made a capsule, and
# checked where there is no network.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/union.sh"

founded ana ben cas
ana=$(member_of ana)
as ana mandate propose --delegate "$ana" --with "The city" --with "en=The mayor" \
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
it "is for no others" exits 1 capsule --for 3
it "is for no key that it does not name" exits 1 capsule --for "$(key_of cas)"
it "is for its delegates alone" exits 1 capsule --delegate "$(member_of ben)"
it "fits the screen as codes" shows "Frame 2 of" capsule --qr
it "is drawn to be printed" capsule --svg "$world/drawing.svg"
it "is drawn whole" grep -q '</svg>' "$world/drawing.svg"
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
it "shows a stranger how members voted" shows "3 for, 0 against" stranger 60 "$world/capsule"
it "is stale after a while" exits 1 stranger 700000 "$world/capsule"
it "is VALID to who asked" shows "It was signed for this request." asked n-1
it "is not for who asks again" exits 1 asked n-2

done_testing
