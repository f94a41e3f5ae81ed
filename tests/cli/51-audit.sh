#!/bin/sh
# An auditor who trusts nobody: replay, mirror, and every way to be deceived.
. tests/lib/cli.sh
. tests/lib/ledger.sh

printf 'count,Bread,Roses,Further Discussion\n60,1,2,3\n40,2,1,3\n' \
	>"$world/ballots.csv"
union rehearse "$world/ballots.csv" --method schulze --dir "$world/a" \
	>"$world/demo"
a=$world/a
socket=ipc://$a/socket
export=$a/export
size=$(sed -n 2p "$export/checkpoint")

# A daemon, and what it publishes *******************************************

serve "$a"
it 'an export is replayed without a finding' union replay "$export"
it 'the same from a running daemon' union replay --socket "$socket"
agree() {
	theirs=$(digest union replay --socket "$socket")
	[ "$theirs" = "$(digest union replay "$export")" ]
}
it 'both are one state' agree
it 'the second auditor comes to it too' both_agree "$export"
it 'the ledger is audited where it lies, beside the daemon' \
	uniond --directory "$a/ledger" check

state_hashes() {
	union replay "$export" --state | head -c -1 | sha256sum | cut -c1-64
}
it 'the digest is the hash of the state document' sh -c \
	"[ '$(state_hashes)' = '$(digest union replay "$export")' ]"
it 'the assembly can be seen as it was' sh -c "
	union replay '$export' --until 4 --state | grep -q '\"size\":4'"
as_it_was() {
	[ "$(digest union replay "$export" --until 300)" = \
		"$(digest tests/oracle/audit.py "$export" --until 300)" ]
}
it 'the second auditor sees the same then' as_it_was

# Mirrors *******************************************************************

it 'a mirror is made from the daemon' \
	union mirror "$world/mirror" --socket "$socket"
it 'it is the export, file for file' diff -r "$export" "$world/mirror"

# What is left of a mirror that was interrupted: texts, finished tiles, no
# checkpoint.
half=$world/half
mkdir -p "$half/tile/entries"
cp "$export/tile/entries/000" "$half/tile/entries/"
cp -r "$export/texts" "$half/"
it 'a mirror goes on where it was interrupted' sh -c "
	union mirror '$half' --socket '$socket' | grep -q '$((size - 256)) of them new'"
it 'it is whole then' diff -r "$export" "$half"

union rehearsal advance 370d --socket "$socket" --home "$world/other" \
	>"$world/advance" 2>&1
it 'time leaves records behind, which a mirror takes up' sh -c "
	union mirror '$half' --socket '$socket' | grep -qv '^$size records'"
it 'it holds the tiles of one size' sh -c "
	[ \$(find '$half/tile' -path '*.p/*' -type f | wc -l) -le 3 ]"
it 'both auditors agree on it' both_agree "$half"

# Witnesses *****************************************************************

pass() { printf 'correct horse\ncorrect horse\n'; }
cosign() {
	pass | union cosign "$half" --union witness --name w.example \
		--passphrase-fd 0
}
pass | union key new --union witness --passphrase-fd 0 >"$world/key"
it 'a witness cosigns what it has replayed' cosign
it 'once' exits 1 cosign
it 'a line of its own is in the checkpoint' grep -q '^— w.example ' \
	"$half/checkpoint"
it 'both auditors still agree' both_agree "$half"

# Damage ********************************************************************

# damaged FILE OFFSET: a copy of the export with one byte changed.
damaged() {
	rm -rf "$world/bad"
	cp -r "$export" "$world/bad"
	byte=$(od -An -tu1 -j "$2" -N 1 "$world/bad/$1")
	printf "\\$(printf %o $((byte ^ 1)))" |
		dd of="$world/bad/$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
	both_find "$world/bad"
}
text=$(cd "$export/texts" && ls | head -n 1)
last=$(cd "$export/tile/entries" && ls -d ./*.p | head -n 1)
it 'a changed record is found by both' damaged tile/entries/000 9000
it 'a changed signature too' damaged tile/entries/000 40
it 'and the last records' damaged "tile/entries/$last/$((size % 256))" 300
it 'and a tile of hashes' damaged tile/0/000 77
it 'and the checkpoint' damaged checkpoint 100
it 'and its signature' damaged checkpoint "$(($(wc -c <"$export/checkpoint") - 20))"
it 'and the policy' damaged policy 60
it 'and a text' damaged "texts/$text" 40

missing() {
	rm -rf "$world/bad"
	cp -r "$export" "$world/bad"
	rm -r "${world:?}/bad/$1"
	both_find "$world/bad"
}
it 'a missing bundle is found by both' missing tile/entries/000
it 'and a missing checkpoint' missing checkpoint
it 'and a missing policy' missing policy

a_text_less() {
	rm -rf "$world/bad"
	cp -r "$export" "$world/bad"
	rm "$world/bad/texts/$text"
	afresh "$world/bad" >"$world/said" &&
		grep -q 'Warning: record .*: a text' "$world/said" &&
		tests/oracle/audit.py "$world/bad" | grep -q warning
}
it 'a missing text is a warning' a_text_less

# On disk *******************************************************************

stop "$daemon"
it 'a ledger that is damaged on disk is found' sh -c "
	cp -r '$a' '$world/c' &&
	offset=\$(grep -abo 'member.admit' '$world/c/ledger/db/data.mdb' |
		head -n 1 | cut -d: -f1) &&
	printf X | dd of='$world/c/ledger/db/data.mdb' bs=1 seek=\"\$offset\" \
		conv=notrunc 2>/dev/null &&
	! uniond --directory '$world/c/ledger' check"
it 'it is not exported' exits 3 \
	uniond --directory "$world/c/ledger" export "$world/c/new"

done_testing
