#!/bin/sh
# A union is founded, and whoever comes by knows which one it is.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/union.sh"

is_secret() {
	[ "$(stat -c %a "$world/founding")" = 600 ]
}

arrive ana ben visitor
ben=$(key_of ben)
found() {
	echo "correct horse ana" >"$world/passphrase"
	union found "$@" --out "$world/founding" --home "$world/ana" \
		--passphrase-fd 3 3<"$world/passphrase"
}

it "refuses a founder who is no key" exits 2 found town did:key:z6Mkbread --rehearsal
it "refuses a name with other letters" exits 2 found Town
it "refuses a name that hides something" exits 2 found "$(printf 'to\001wn')"
echo '{"classes": {}}' >"$world/charter"
it "refuses a charter that breaks the bounds" exits 2 found town --charter "$world/charter"
it "makes a founding file" shows "Next: uniond init" found town "$ben" --rehearsal
it "keeps it from others" is_secret
it "never writes over one" exits 1 found town --rehearsal
it "begins the ledger" uniond --directory "$world/ledger" init "$world/founding"
it "takes the founding file, which is a secret, away" [ ! -e "$world/founding" ]
it "says where no daemon is" exits 3 see status
it "serves" serve
it "is trusted at the first contact, and says so" shows "First contact" union status --socket "ipc://$socket" --home "$world/stranger"
it "is known from then on" sh -c "! union status --socket ipc://$socket --home $world/stranger | grep 'First contact'"
it "was known to its founder before" sh -c "! union status --home $world/ana | grep 'First contact'"
it "lets nobody act who has not joined" exits 1 as ana propose --say "Begin"
it "lets a founder join" shows "Recorded: number" as ana join
it "lets a founder join once" exits 1 as ana join
it "waits for all its founders" refuses not-founded as ana renew
it "lets the last founder join" as ben join
it "stands when all have joined" shows "Members:   2" see status
it "moves the clock of a rehearsal" see rehearsal advance 1d

# Somebody else's daemon at the same address.
other_union() {
	stop
	mv "$world/ledger" "$world/first"
	arrive eve
	echo "correct horse eve" >"$world/passphrase"
	union found town --rehearsal --out "$world/other" --home "$world/eve" \
		--passphrase-fd 3 3<"$world/passphrase"
	uniond --directory "$world/ledger" init "$world/other"
	uniond --directory "$world/ledger" --socket "$socket" serve \
		>"$world/log" 2>&1 &
	daemon=$!
	sleep 0.5
	exits 3 union status --home "$world/ana" 2>"$world/said" || return 1
	grep "another union" "$world/said"
}
it "does not take another union for this one" other_union

done_testing
