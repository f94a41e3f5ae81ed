#!/bin/sh
# What delegates bring home: tabled, signed by both sides, voted on, in force,
# said to be broken, answered, and ended.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/union.sh"

founded ana ben cas
ana=$(member_of ana) ben=$(member_of ben)
cat >"$world/terms.json" <<EOT
{"delegate": ["$ana", "$ben"], "with": ["The city", "The port"],
 "needed": 2, "to": "400d", "report-every": "90d",
 "power": ["consult", "negotiate", "sign-tentative"],
 "ceiling": "40=hours a week"}
EOT
as ana mandate propose --terms "$world/terms.json" --say "Talk about work" >/dev/null
later 11d
for who in ana ben cas; do as "$who" vote P1 yes >/dev/null; done
later 13d
for who in ana ben; do as "$who" mandate accept M1 >/dev/null; done
for who in ana ben; do as "$who" mandate publish M1 >/dev/null; done
as ana mandate meeting M1 --say "We met." >/dev/null

# The counterparty is no member: a key of their own, in a folder of their own.
arrive city
it "tells the counterparty its key" shows "Your key: did:key:" own city counterparty key
city=$(own city counterparty key --json | sed -n 's/.*"key": "\(.*\)".*/\1/p')
printf 'Wages at the harbour\nFour hundred a week.\n' >"$world/deal"

tables() {
	who=$1; shift
	as "$who" agreement table M1 --text "$world/deal" --key "$city" "$@"
}
it "has no agreements at first" shows "No agreements." see agreement list
it "needs an end" exits 2 tables ana --amount 38
it "needs an amount for each ceiling" shows "has 1 ceilings" tables ana --to 300d
it "needs a key to sign with" exits 2 as ana agreement table M1 --text "$world/deal" --amount 38 --to 300d
it "keeps to the ceilings" refuses out-of-scope tables ana --amount 41 --to 300d
it "knows whom the mandate names" exits 1 tables ana --amount 38 --to 300d --counterparty 3
it "is tabled by delegates alone" refuses not-allowed tables cas --amount 38 --to 300d
it "takes no way around a vote that the mandate does not give" refuses out-of-scope tables ana --amount 38 --to 300d --under-ceiling
it "is tabled" shows "union agreement sign A1" tables ana --amount 38 --to 300d
it "waits for signatures" shows "OFFERED" see agreement list
it "waits for the other delegate in the digest" shows "YOU: signatures are waited for" own ben digest --mine
it "shows every word" shows "  | Four hundred a week." see agreement show A1
it "shows it against the ceilings" shows "38 of at most 40 hours a week" see agreement show A1
it "says who is on the other side" shows "1: The city" see agreement show A1
it "says that the other side did not sign" shows "did not sign yet" see agreement show A1

# A second one, which the other side does not want.
as ana agreement table M1 --say "Work on Sundays" --key "$city" --amount 40 --to 300d >/dev/null
declines() {
	echo "correct horse city" >"$world/passphrase"
	union counterparty decline A2 --key-file "$world/city/default/key" \
		--yes --passphrase-fd 3 --home "$world/visitor" 3<"$world/passphrase"
}
it "is declined, with a key in a file" declines
it "is over then" shows "WITHDRAWN" see agreement list --all

id=$(see agreement show A1 --out "$world/paper" | sed -n 's/^Signed is: *//p')
it "is named by what the other side reads out" exits 2 as city counterparty countersign A1 --paper "$world/paper" --offline "$world/no"
it "is not another one than that" exits 1 as city counterparty countersign 123456 --paper "$world/paper" --offline "$world/no"
other=$(printf 'Wages at the harbour\nThree hundred a week.\n' | base64 -w0)
sed "s|\"text\":\"[^\"]*|\"text\":\"$other|" "$world/paper" >"$world/forged"
it "signs no other text than the one named" exits 1 as city counterparty countersign "$id" --paper "$world/forged" --offline "$world/no"
it "is countersigned without a network, word for word" shows "  | Four hundred a week." as city counterparty countersign "$id" --paper "$world/paper" --offline "$world/signed" --until 80d
it "is carried by anybody" see file "$world/signed"
it "is countersigned once" refuses duplicate as city counterparty countersign A1
it "is countersigned by the right key alone" refuses not-allowed as cas counterparty countersign A1
it "is signed by the other delegate, who sees every word" shows "Four hundred a week." as ben agreement sign A1
it "is tentative then" shows "TENTATIVE" see agreement show A1
it "shows it with the mandate" shows "TENTATIVE" see mandate show M1
later 49h
it "goes to a vote by itself" shows "RATIFYING" see agreement show A1
it "is known for what it asks in the list of proposals" shows "Agree to: Wages at the harbour" see proposals
it "shows what the vote does" shows "is agreed on, as it stands there" see show P2
later 8d
it "names the agreement on the paper" shows "Wages at the harbour" see ballot A1
for who in ana ben cas; do as "$who" vote A1 yes >/dev/null; done
it "is voted on under its own name" shows "replaces the ballot" as cas vote A1 yes
later 9d
it "is in force by the vote" shows "IN_FORCE" see agreement show A1
it "is watched over" shows "by the delegates of M1" see agreement show A1
it "is known to the other side" as city counterparty receipt A1
it "tells so" shows "the counterparty has it" see agreement show A1

echo "A photograph" >"$world/photo"
it "needs something to show for a breach" exits 2 as cas agreement breach A1
it "takes the word of a member" shows "Only the hash is filed" as cas agreement breach A1 --evidence "$world/photo"
as ben agreement endorse A1 >/dev/null 2>&1 || :
as ana agreement endorse A1 >/dev/null 2>&1 || :
it "is said to be broken" shows "BREACH_ALLEGED" see agreement show A1
it "waits for an answer in the digest" shows "said to be broken" see digest
it "is replied to by the other side" as city counterparty reply A1 --say "We paid."
it "must be answered with yes or no" exits 2 as ana agreement answer A1 --say "They paid."
it "is answered by delegates alone" refuses not-allowed as cas agreement answer A1 --breached no --say "They paid."
it "is answered" as ana agreement answer A1 --breached no --say "They paid, late."
it "is in force again" shows "answered: it was kept" see agreement show A1
it "tells all of it" shows "answers those who say" see watch --from 0 --no-wait

as ana agreement end A1 >/dev/null
it "stands until enough delegates end it" shows "IN_FORCE" see agreement show A1
it "is ended by both" as ben agreement end A1
it "is over" shows "TERMINATED" see agreement list --all

it "is found clean by an audit" shows "no findings" see replay
done_testing
