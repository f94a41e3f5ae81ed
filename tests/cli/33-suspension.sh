#!/bin/sh
# Two stewards suspend a member for a while, by hand of a reason that they can
# show later; a panel drawn by lot decides, and the member appeals.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/union.sh"

founded ana ben cem dee eli fay gus hal ida
eli=$(member_of eli)
echo "On the 3rd three members saw it." >"$world/reasons"

asks() {
	who=$1; shift
	as "$who" member suspend "$eli" --ground fraud --for 90d \
		--reasons "$world/reasons" "$@"
}
it "needs a ground, a time and reasons" exits 2 as ana member suspend "$eli" --ground fraud
it "takes no ground that the charter does not name" refuses bad-terms as ana member suspend "$eli" --ground rudeness --for 90d --reasons "$world/reasons"
it "takes the word of the first steward" shows "Salt:" asks ana
salt=$(sed -n 's/^Salt: *//p' "$world/said")
it "takes it once, with the same salt for the same file" refuses duplicate asks ana
it "says what is under way" shows "one steward asks for a suspension for fraud" see digest
it "does nothing yet" shows "Standing:  founder" see member show "$eli"
it "is not seconded by another hash" asks ben
it "does nothing then either" shows "Standing:  founder" see member show "$eli"
it "is seconded by the same file and salt" asks cem --salt "$salt"
it "suspends the member for the time being" shows "Standing:  suspended" see member show "$eli"
it "tells the member" shows "YOU: suspended by stewards" own eli digest --mine
it "opens a case" shows "suspension of" see case list
it "shows what is asked" shows "Is the member to be suspended" see case show C1
it "lets no suspended member propose" refuses not-a-member as eli propose --say "I object"

draws() {
	as dee lot commit C1 >/dev/null
	later 25h
	as dee lot reveal C1 >/dev/null
	later 25h
	see case show C1 | grep HEARING
}
votes() {
	for who in $all; do
		as "$who" vote C1 "$1" >/dev/null 2>&1 || :
	done
}
all="ana ben cem dee eli fay gus hal ida"
it "draws a panel by lot" draws
it "tells who sits" shows "Panel:" see case show C1
it "tells those who sit" shows "YOU are on the panel" own dee digest --mine
votes yes
later 13d
it "is upheld by the panel" shows "UPHELD" see case show C1
it "suspends for the whole time" shows "Standing:  suspended" see member show "$eli"
it "is appealed by who is concerned alone" refuses not-allowed as fay case appeal C1
it "is appealed" as eli case appeal C1
it "is appealed once" refuses duplicate as eli case appeal C1
it "is drawn again" shows "DRAWING" see case show C1
it "is found clean by an audit" shows "no findings" see replay
done_testing
