#!/bin/sh
# A delegate: carries a mandate, reports, and can be held to account.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/union.sh"

all="ana ben cem"
# shellcheck disable=SC2086
founded $all

# proposed MANDATE-OPTIONS...: by ana, for cem, with the city.
proposed() {
	as ana mandate propose --say "Shelter before the winter" \
		--delegate "$(member_of cem)" --with "The city council" "$@"
}

it "proposes nothing without a delegate" exits 2 as ana mandate propose --say "Shelter" --with "The city"
it "proposes nothing with nobody to talk to" exits 2 as ana mandate propose --say "Shelter" --delegate me
it "refuses a class of ratification that has delegation" refuses bad-terms proposed --ratify ordinary
it "proposes a mandate" proposed --to 200d --report-every 30d --grace 2d --ceiling "40=beds at most" --power consult --power negotiate
it "shows its terms" shows "The city council" see mandate show M1
it "is a proposal like any other" shows "Shelter before the winter" see proposals
for who in ben cem; do as "$who" support P1 >/dev/null; done
it "is not accepted before it is authorised" refuses not-now as cem mandate accept M1
later 11d
for who in $all; do as "$who" vote P1 yes >/dev/null; done
later 12d
it "is authorised by the vote" shows "AUTHORISED" see mandate show M1
it "is accepted by nobody else" refuses not-allowed as ben mandate accept M1
it "is accepted by its delegate" as cem mandate accept M1
it "is published by a steward" as ana mandate publish M1
it "is published again, in place of what the same steward published" as ana mandate publish M1
it "waits for another steward" shows "AUTHORISED" see mandate show M1
it "is published by the second" as ben mandate publish M1
it "is active then" shows "ACTIVE" see mandate show M1
it "is endorsed by members" as ben mandate endorse M1
it "is endorsed once by each" refuses duplicate as ben mandate endorse M1
it "loses an endorsement" as ben mandate unendorse M1
it "meets nobody outside its terms" refuses out-of-scope as cem mandate meeting M1 --with 2 --say "Lunch with the mayor of elsewhere"
it "meets its counterparty" as cem mandate meeting M1 --say "First talk: forty beds"
it "is negotiating then" shows "NEGOTIATING" see mandate show M1
it "is not reported on by others" refuses not-allowed as ben mandate report M1 --say "All well"
it "reports" as cem mandate report M1 --say "The city offers thirty beds."
it "reports are read by all" shows "thirty beds" see mandate reports M1

# A report that is late suspends the mandate by itself.
later 33d
it "is suspended when a report is late" shows "SUSPENDED" see mandate show M1
it "meets nobody while it is suspended" refuses not-now as cem mandate meeting M1 --say "Another talk"
it "is cured by the report" as cem mandate report M1 --say "Sorry: thirty-five beds."
it "goes on" shows "NEGOTIATING" see mandate show M1

# A report under seal.
it "seals a report" as cem mandate seal M1 --opens 5d --say "They fear the neighbours."
it "keeps it sealed" sh -c "! union mandate reports M1 --home $world/visitor | grep neighbours"
it "opens it" as cem mandate open M1
it "shows it to all then" shows "They fear the neighbours." see mandate reports M1

# Members call for a vote to end it, and keep it.
as ana mandate hold M1 >/dev/null
as ben mandate hold M1 >/dev/null
it "is suspended by a petition" shows "SUSPENDED" see mandate show M1
for who in $all; do as "$who" vote M1 no >/dev/null; done
later 4d
it "is kept by the vote" shows "NEGOTIATING" see mandate show M1

# It ends with a final report.
it "does not conclude without one" refuses not-now as cem mandate conclude M1
as cem mandate report M1 --final --say "Forty beds, until April." >/dev/null
it "concludes" as cem mandate conclude M1
it "is over" shows "CONCLUDED" see mandate show M1
it "needs no report then" refuses not-now as cem mandate report M1 --say "Nothing new"
it "is listed with all others" shows "Shelter before the winter" see mandate list --all

it "is found clean by an audit" shows "no findings" see replay
done_testing
