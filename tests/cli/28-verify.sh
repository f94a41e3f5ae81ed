#!/bin/sh
# What members hold in their hands proves itself, without a network.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/union.sh"

founded ana ben
as ana propose --say "Buy a kettle" >/dev/null
as ana renew >/dev/null
exits 1 as ben withdraw P1 >/dev/null 2>&1
see status >/dev/null
stop

ana="$world/ana/default"
receipt=$(ls "$ana"/receipts/*-member.renew.tlog-proof)
vkey=$(sed -n 's/^vkey //p' "$ana/settings")
check() {
	union verify "$@" --home "$world/ana"
}

altered() {
	sed "$1" "$2" >"$world/altered"
	! cmp -s "$2" "$world/altered" || return 1
	shift 2
	shows "$1" exits 1 check "$world/altered"
}

it "lists receipts" shows "-member.renew.tlog-proof" union receipt list --home "$world/ana"
it "checks all of them" shows "Everything holds." union receipt check --home "$world/ana"
it "shows one by its number" shows "tlog-proof@v1" union receipt show 1 --home "$world/ana"
it "says where there is none" exits 1 union receipt show 99 --home "$world/ana"
it "checks a receipt" shows "yes  The checkpoint covers the record." check "$receipt"
it "checks a checkpoint" shows "yes  It is the checkpoint kept here." check "$ana/checkpoint"
it "checks a refusal" shows "verdict: not-allowed" check "$world"/ben/default/refusals/*
it "checks several" check "$ana/checkpoint" "$receipt"
it "finds another number" altered 's/^index .*/index 1/' "$receipt" "NO   The checkpoint covers the record."
it "finds another root" altered '/^rehearsal/{n;n;s/^./A/;s/^A\(.\)/B\1/}' "$ana/checkpoint" "NO   A ledger key"
it "finds another refusal" altered 's/^not-allowed/closed/' "$(ls "$world"/ben/default/refusals/*)" "NO   A ledger key"
it "finds what is none of these" altered 's/.*/bread/' "$ana/checkpoint" "NO   It is something that can be checked."
it "misses a record" altered '/^extra/d' "$receipt" "NO   The record that it is for is here."
it "answers programs" shows '"holds": true' check "$receipt" --json

record_beside() {
	sed -n 's/^extra //p' "$receipt" | base64 -d >"$world/record"
	sed '/^extra/d' "$receipt" >"$world/bare"
	check "$world/bare" --record "$world/record"
}
it "takes the record from beside it" record_beside

printf 'log %s\nquorum none\n' "$vkey" >"$world/policy"
it "trusts whom a policy names" check "$receipt" --trust "$world/policy"
it "needs no folder then" union verify "$receipt" --trust "$world/policy" --home "$world/nobody"
it "trusts nobody else" exits 3 union verify "$receipt" --home "$world/nobody"
printf 'log %s\n' "$vkey" >"$world/policy"
it "names the line of a policy that is wrong" shows "Line 2" check "$receipt" --trust "$world/policy"
it "asks for a file" exits 2 check
it "says which file it cannot read" exits 3 check "$world/none"

done_testing
