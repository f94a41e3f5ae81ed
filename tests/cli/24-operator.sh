#!/bin/sh
# An operator: can be replaced, and cannot change what was.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/union.sh"

founded ana ben

# copied: a copy of the ledger, as a thief or a careless backup takes it.
copied() {
	stop
	cp -a "$world/ledger" "$world/copy"
	serve
}

# back: the copy in the place of the ledger.
back() {
	stop
	mv "$world/ledger" "$world/true"
	cp -a "$world/copy" "$world/ledger"
	uniond --directory "$world/ledger" --socket "$socket" serve \
		>"$world/log" 2>&1 &
	daemon=$!
	for _ in $(seq 100); do
		[ ! -S "$socket" ] || break
		sleep 0.05
	done
}

both_are_kept() {
	[ "$(find "$world/$1/default/forks" -name kept -o -name shown |
		wc -l)" -ge 2 ]
}

verified() {
	find "$world/$1/default/receipts" -type f |
		xargs union verify --home "$world/$1"
}

as ana propose --say "A kettle" >/dev/null
stop
serve
it "keeps over a stop what it answered" shows "A kettle" see proposals
it "gives receipts that need no daemon" verified ana
it "cannot vote: its key is no member's" exits 2 uniond vote P1 yes

copied
as ana propose --say "Another operator" >/dev/null
back
it "rolls back under the eyes of a member" exits 3 union status --home "$world/ana"
it "leaves the member with the evidence" both_are_kept ana
it "is believed in nothing else" exits 3 as ana propose --say "Go on"
it "says so to others too" grep -q "forked" "$world/log"
it "files nothing more for anybody" exits 3 as ben propose --say "Go on"

# With the true ledger in its place all is well again.
stop
mv "$world/ledger" "$world/false"
mv "$world/true" "$world/ledger"
cp "$world/false/forked" "$world/ledger/"
serve
it "finds what it was shown in its own history then" exits 1 test -e "$world/ledger/forked"
it "is trusted with the true ledger again" shows "Another operator" union proposals --home "$world/ana"

# Two histories that both go on.
stop
mv "$world/ledger" "$world/true"
cp -a "$world/copy" "$world/ledger"
rm "$world/ben/default/checkpoint" "$world/visitor/default/checkpoint"
serve
for text in One Two Three; do
	as ben propose --say "$text" >/dev/null
done
rm -r "$world/ana/default/forks"
it "keeps no second history beside the first" exits 3 union status --home "$world/ana"
it "leaves the member with the evidence of that too" both_are_kept ana
stop
mv "$world/ledger" "$world/second"
mv "$world/true" "$world/ledger"
rm "$world/visitor/default/checkpoint"
serve
it "is found out by those who saw the second first" exits 3 union status --home "$world/ben"

# The members go on with the first one.  A new operator elsewhere: the same
# ledger, another place.
moved() {
	stop
	rm "$world/ledger/forked"
	socket=$world/elsewhere
	serve_there
}
serve_there() {
	for who in ana ben visitor; do
		union settings socket "ipc://$socket" --home "$world/$who" >/dev/null
	done
	mv "$world/ledger" "$world/moved"
	ln -s "$world/moved" "$world/ledger"
	serve
}
it "is replaced by another" moved
it "is not missed" as ana propose --say "Tea"

it "is found clean by an audit" shows "no findings" see replay
done_testing
