#!/bin/sh
# Verifiers that others wrote for other logs accept an export of ours.
. tests/lib/cli.sh
. tests/lib/ledger.sh

printf 'count,Bread,Roses,Further Discussion\n1400,1,2,3\n1000,2,1,3\n' \
	>"$world/ballots.csv"
union rehearse "$world/ballots.csv" --method schulze --dir "$world/a" \
	>"$world/demo"
size=$(sed -n 2p "$world/a/export/checkpoint")
it 'an export has more than 10,000 records' [ "$size" -gt 10000 ]
it 'both auditors agree on it' both_agree "$world/a/export"

go_accepts() {
	rc=0
	tests/go/run.sh "$world/a/export" || rc=$?
	[ $rc -eq 0 ] || [ $rc -eq 77 ]
}
if command -v go >/dev/null && [ -d /usr/share/gocode/src/golang.org/x/mod ]; then
	it 'the code of the Go checksum database accepts it' go_accepts
else
	count=$((count + 1))
	echo "ok $count # SKIP golang-golang-x-mod-dev is not here"
fi
done_testing
