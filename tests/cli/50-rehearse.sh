#!/bin/sh
# A whole union from its founding to its audit, as make demo shows it.
. tests/lib/cli.sh
. tests/lib/ledger.sh

says() {
	grep -q -- "$1" "$world/demo" || {
		echo "nothing says: $1"
		return 1
	}
}

it 'a union decides as 482 people did in 2007' sh -c \
	"union rehearse --dir '$world/demo.d' >'$world/demo'"
it 'their ballots give the pairwise figures that were published' says \
	'^5 Sam Hocevar *346 *237 *329 *278 *211 *227 *252 *330$'
it 'the winner is theirs' says '^Elected: Sam Hocevar$'
it 'the options are shown as bars' says '^346 *91  ####* *Sam Hocevar$'
it 'the winner carries a mandate' says 'carried by Sam Hocevar'
it 'it is authorised' says 'authorised by a vote of all members *AUTHORISED'
it 'it becomes active' says 'published by two stewards *ACTIVE'
it 'its delegate negotiates' says 'a meeting with the ministry *NEGOTIATING'
it 'a first agreement is rejected' says 'A1 rejected by the members *NEGOTIATING'
it 'a second one is ratified' says 'A2 ratified by the members *MONITORING'
it 'a stranger checks the mandate' says 'checks its capsule offline *VALID$'
it 'a missed report suspends it' says 'a report is missed *SUSPENDED'
it 'which shows by the age of the capsule' says 'weeks later *VALID BUT STALE'
it 'and in a new one' says 'a capsule of that day *SUSPENDED'
it 'it ends in good order' says 'reported to the members *MONITORING'
it 'nothing is found in the replay' says 'no findings'
it 'both auditors agree on the ledger that was kept' \
	both_agree "$world/demo.d/export"
it 'a directory is used once' exits 1 union rehearse --dir "$world/demo.d"

small=$world/small.csv
printf 'count,Bread,Roses,Further Discussion\n7,1,2,3\n5,2,1,3\n' >"$small"

rehearses() {
	rm -rf "$world/small.d"
	union rehearse "$small" --dir "$world/small.d" "$@" >"$world/demo" &&
		says 'no findings' && both_agree "$world/small.d/export"
}
for method in schulze ranked-pairs irv stv-wigm stv-meek plurality; do
	it "by $method" rehearses --method $method
	it "by $method the same wins" says '^Elected: Bread$'
done
it 'somebody else may carry the mandate' rehearses --delegate 2
it 'who is named then' says 'carried by member number 2$'

printf 'count,Bread,Roses\n6,1,1\n4,1,0\n3,0,1\n' >"$small"
it 'by approval' rehearses --method approval
it 'the most approved wins' says '^Elected: Bread$'
printf 'count,Bread,Roses\n6,5,1\n4,2,0\n3,0,4\n' >"$small"
it 'by score' rehearses --method score --scale 0..5
it 'the highest score wins' says '^Elected: Bread$'
printf 'count,Bread,Roses\n6,6,1\n4,3,2\n3,1,4\n' >"$small"
it 'by majority judgment' rehearses --method majority-judgment --scale 1..6
it 'the best median wins' says '^Elected: Bread$'
printf 'count,yes,no\n9,1,\n4,,1\n' >"$small"
it 'by yes and no' rehearses --method yes-no
it 'more say yes' says '^Elected: yes$'
printf 'count,Bread,Roses,Further Discussion\n5,1,2,3\n5,2,1,3\n' >"$small"
it 'a tie is kept as a tie' rehearses --method schulze
it 'nobody is elected then' says 'tied, as record'

it 'an answer for programs has the count in it' sh -c \
	"union rehearse '$small' --json | grep -q '\"count\": {'"
it 'what only a charter may say is refused' exits 2 \
	union rehearse "$small" --quorum 3
it 'a file that is not there is said to be missing' exits 3 \
	union rehearse "$world/none.csv"

done_testing
