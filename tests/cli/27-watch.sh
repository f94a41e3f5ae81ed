#!/bin/sh
# Whoever follows a union sees what happens as it happens, and on one page.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/union.sh"

founded ana ben
ana=$(member_of ana)
union names "$ana" ana --home "$world/visitor" >/dev/null
TZ=Africa/Nairobi && export TZ

# Begun before it happens, ended by the record itself.
follows() {
	see watch --count 1 >"$world/seen" &
	watcher=$!
	sleep 1
	as ana propose --say "Buy a kettle" >/dev/null
	wait "$watcher"
	cat "$world/seen"
	grep "ana .* proposes: Buy a kettle" "$world/seen"
}

one_object_a_line() {
	see watch --from 0 --no-wait --json >"$world/seen"
	cat "$world/seen"
	[ "$(grep -c '^{"index":[0-9]*,"time":.*}$' "$world/seen")" -eq \
		"$(wc -l <"$world/seen")" ]
}

fits_a_photograph() {
	see digest >"$world/page"
	cat "$world/page"
	[ "$(wc -l <"$world/page")" -le 40 ] &&
		[ "$(LC_ALL=C.UTF-8 awk '{ if (length > n) n = length } END { print n }' \
			"$world/page")" -le 72 ]
}

# The pieces of a page, put together, are the note that verify takes.
comes_back_from_a_page() {
	see digest | sed -n '/^CHECKPOINT/,$p' | sed 1d |
		sed -e ':a' -e 'N' -e '$!ba' -e 's/\n   //g' >"$world/note"
	cat "$world/note"
	union verify "$world/note" --home "$world/visitor"
}

it "tells from the beginning" shows "founds the union" see watch --from 0 --no-wait
it "begins where it is told" shows "joins as a founder" see watch --from 2 --count 1
it "does not begin past the end" exits 2 see watch --from 99
it "tells what happens as it happens" follows
it "tells the time in UTC and here" shows "UTC (" see watch --from 0 --count 1
it "tells programs one object a line" one_object_a_line

later 14d
as ana vote P1 yes >/dev/null
as ben vote P1 yes >/dev/null
it "knows what a vote is about" shows 'ana '"$(echo "$ana" | cut -c1-16)"' votes on P1 "Buy a kettle"' see watch --from 5 --no-wait
it "tells open votes on one page" shows "P1 \"Buy a kettle\"" see digest
it "fits a photograph" fits_a_photograph
it "holds a checkpoint that can be checked" comes_back_from_a_page
later 14d
as ana renew >/dev/null
it "knows it still when the vote is over" shows 'votes on P1 "Buy a kettle"' see watch --from 5 --no-wait
it "tells results" shows 'the result of P1 "Buy a kettle" is in: passed' see watch --from 5 --no-wait
it "leaves notes of the time out" sh -c "! see watch --from 0 --no-wait | grep 'notes the time'"
it "tells them when asked" shows "notes the time" see watch --from 0 --no-wait --ticks
stop
it "says when the daemon is gone" exits 3 see watch

done_testing
