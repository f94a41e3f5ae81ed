#!/bin/sh
# Offices: stewards erase texts, founders' power ends, elections, and the lot.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/union.sh"

all="ana ben cem"
# shellcheck disable=SC2086
founded $all

as ana propose --say "Somebody lives at 5 Elm Street" >/dev/null
# The hash of the text: what its file in a mirror is called.
hash_of() {
	see mirror "$world/mirror" >/dev/null
	find "$world/mirror/texts" -type f | while read -r file; do
		! grep -q "Elm Street" "$file" || basename "$file"
	done
}
hash=$(hash_of)
it "refuses a hash that is none" exits 2 as ana text erase 1234
it "erases a text" as ana text erase "$hash"
it "shows it no more" sh -c "! union show P1 --home $world/visitor | grep Elm"
it "says that it is gone" shows "The text (en) is missing." see show P1
it "erases it once" refuses duplicate as ben text erase "$hash"
as ana withdraw P1 >/dev/null

# A tie that needs a lot.
as ana propose --say "Where to meet" --method approval --class consultation --option North --option South >/dev/null
later 3d
it "hides a value for the lot" as ana lot commit P2
it "hides one for each auditor" refuses duplicate as ana lot commit P2
for who in $all; do as "$who" vote P2 1 2 >/dev/null; done
later 14d
it "is tied" shows "DRAWING" see show P2
it "takes no value from others" exits 3 as ben lot reveal P2
it "shows the value" as ana lot reveal P2
later 4d
it "is decided by the lot" shows "Outcome:   passed" see result P2

# The founders' power ends.
later 160d
it "opens elections when founders are in power no more" shows "Election: steward" see proposals
as ben stand P5 >/dev/null
it "lets members stand" as ana stand P5
it "lets them stand once" refuses duplicate as ana stand P5
it "shows who stands" shows "$(member_of ana | cut -c1-16)" see show P5
it "lets founders open chapters no more" refuses not-allowed as ana chapter open --say "Hill"
later 9d
it "shows candidates on the paper" shows "$(member_of ben | cut -c1-16)" see ballot P5
for who in $all; do as "$who" vote P5 1 >/dev/null; done
later 8d
it "seats who was elected" shows "$(member_of ben | cut -c1-16)" see offices

it "is found clean by an audit" shows "no findings" see replay
done_testing
