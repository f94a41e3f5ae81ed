#!/bin/sh
# A union sends delegates: proposed, voted, accepted, published, reported on,
# suspended for silence, cured, and concluded.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/union.sh"

founded ana ben cas
ana=$(member_of ana) ben=$(member_of ben)
union names "$ana" ana --home "$world/visitor" >/dev/null

cat >"$world/terms.json" <<EOF
{"delegate": ["$ana", "$ben"], "with": ["The city", "en=The mayor"],
 "needed": 1, "to": "400d", "report-every": "30d", "confidential": "10d",
 "ceiling": "40=hours a week"}
EOF
printf 'Talk about the pool\nIt is to stay open.\n' >"$world/text"

by_terms() {
	as ana mandate propose --terms "$world/terms.json" \
		--text "en=$world/text" --say "ar=المسبح" "$@"
}

it "has no mandates at first" shows "No mandates." see mandate list
it "needs somebody to negotiate" exits 2 as ana mandate propose --say "Talk" --with "The city"
it "needs somebody to negotiate with" exits 2 as ana mandate propose --say "Talk" --delegate me
it "refuses terms that have no such member" exits 2 by_terms --terms /dev/null
echo '{"delgate": "ana"}' >"$world/wrong.json"
it "names the term that it does not know" shows "Did you mean --delegate?" as ana mandate propose --terms "$world/wrong.json" --say "Talk"
it "refuses terms that do not hold together" refuses bad-terms by_terms --needed 3
it "is proposed by terms of a file" by_terms
it "is listed" shows "PROPOSED" see mandate list
it "is called by the names that a reader gave" shows "ana (not yet)" see mandate list
it "shows its terms" shows "1: at most 40 hours a week" see mandate show M1
it "shows the counterparties" shows "2: The mayor" see mandate show M1
it "shows the text that counts" shows "It is to stay open." see mandate show M1
it "shows a text in the language asked for" shows "المسبح" see text show M1 --lang ar
it "cannot be accepted before the vote" refuses not-now as ana mandate accept M1

later 11d
for who in ana ben cas; do
	as "$who" vote P1 yes >/dev/null
done
later 13d
it "is authorised by the vote" shows "AUTHORISED" see mandate list
it "is accepted by its delegates alone" refuses not-allowed as cas mandate accept M1
it "is accepted" as ana mandate accept M1
it "is accepted once" refuses duplicate as ana mandate accept M1
key=$(key_of ana)
it "is published by one steward, who signs for its delegate" shows "$key" as ana mandate publish M1
it "is published by another, in the name of the first" shows "Issuer:   a steward, $key" as ben mandate publish M1
it "tells who published it" shows "Published:  ana " see mandate show M1
it "begins" shows "ACTIVE" see mandate list
it "is endorsed" as cas mandate endorse M1
it "counts endorsements" shows "Endorsed:   by 1" see mandate show M1
it "is endorsed no more" as cas mandate unendorse M1
it "has no reports yet" shows "M1 has no reports yet." see mandate reports M1
it "takes meetings with those it names alone" refuses out-of-scope as ana mandate meeting M1 --with 3 --say "We met."
it "takes a meeting" as ana mandate meeting M1 --with 2 --say "She listened."
it "is negotiating" shows "NEGOTIATING" see mandate list
it "tells of the meeting" shows "She listened." see mandate reports M1
it "takes reports of its delegates alone" refuses not-allowed as cas mandate report M1 --say "I hear nothing."

sealed_away() {
	ls "$world/ana/"*/seals/* && ! see mandate reports M1 | grep "give in"
}
it "seals a report" as ana mandate seal M1 --say "They will give in." --opens 5d
it "tells nobody what it says" sealed_away
it "seals for no longer than the terms say" refuses bad-terms as ana mandate seal M1 --say "More." --opens 6d
it "is opened by who sealed it alone" exits 1 as ben mandate open M1
it "opens the report" as ana mandate open M1
it "tells what it said" shows "They will give in." see mandate reports M1
it "has nothing more to open" exits 1 as ana mandate open M1

later 38d
it "is suspended where no report comes" shows "report: a report is overdue" see mandate show M1
it "holds no meetings then" refuses not-now as ana mandate meeting M1 --say "Again."
it "is cured by a report" as ana mandate report M1 --say "The pool stays open." --final
it "goes on" shows "NEGOTIATING" see mandate list
it "is concluded" as ana mandate conclude M1
it "is over" shows "No mandates." see mandate list
it "stays on record" shows "CONCLUDED" see mandate list --all
it "tells programs the same" shows '"state": "CONCLUDED"' see mandate show M1 --json

hash=$(see text show M1 | sed -n 's/^ar: //p')
it "shows a text by its hash" shows "المسبح" see text show "$hash"
it "lets a steward erase a text" as ben text erase "$hash"
it "erases it once" refuses duplicate as ben text erase "$hash"

done_testing
