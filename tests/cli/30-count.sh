#!/bin/sh
# Counting files of ballots, without a union.
. "$(dirname "$0")/../lib/cli.sh"
here=$(cd "$(dirname "$0")/.." && pwd)
elections=$here/elections

# says TEXT COMMAND...: what the command prints, on either stream, has TEXT.
says() {
	text=$1; shift
	"$@" >"$world/said" 2>&1 || :
	cat "$world/said"
	grep -qF -- "$text" "$world/said"
}

# prints_nothing COMMAND...: nothing at all on standard output.
prints_nothing() {
	"$@" >"$world/printed" 2>/dev/null || :
	[ ! -s "$world/printed" ]
}

# counts TEXT: standard input becomes the file $world/ballots.
counts() {
	cat >"$world/ballots"
}

draws() {
	union count "$1" -m "$2" --svg "$world/picture.svg" >/dev/null &&
	grep -q '<svg' "$world/picture.svg"
}

reads_standard_input() {
	union count - -m irv <"$1" | grep -qx "Elected: SMITH Tamara"
}

it "names the winner" says "Elected: SMITH Tamara" \
	union count "$elections/nsw-ballina-2015.csv" -m irv
it "reads standard input" reads_standard_input "$elections/nsw-ballina-2015.csv"
it "shows every round" says "21528" \
	union count "$elections/nsw-ballina-2015.csv" -m irv --steps
it "fills several seats" says \
	"Elected: K900, cafkafk, philiptaron, tomberek, JulienMalka" \
	union count "$elections/nixos-2025-sc.csv" -m stv-meek --seats 5
it "answers programs in JSON" says '"seats": 5' \
	union count "$elections/nixos-2025-sc.csv" -m stv-meek --seats 5 --json
it "leaves with 0 when a proposal is passed" exits 0 \
	union count "$elections/un-ga-73-194.csv" -m yes-no
it "leaves with 1 when it is rejected" exits 1 \
	union count "$elections/debian-2006-recall.csv" -m yes-no \
	--quorum 47.43 --default "Further Discussion"
it "says so in JSON" says '"outcome": "rejected"' \
	union count "$elections/debian-2006-recall.csv" -m yes-no --json \
	--quorum 47.43 --default "Further Discussion"
it "reads a ratio against the default option" says "Elected: Sam Hocevar" \
	union count "$elections/debian-2007-dpl.csv" -m schulze --quorum 48.3 \
	--default "None Of The Above" --ratio "Sam Hocevar=3/2"
it "draws rounds as a picture" draws "$elections/nsw-ballina-2015.csv" irv
it "draws a matrix as a picture" draws "$elections/kubernetes-2024-steering.csv" schulze

counts <<'END'
A,B,C
1,2,
,1,2
2,,1
END
it "reports an open tie" says "Tie: A, B, C" union count "$world/ballots" -m irv
it "says where each choice leads" says "if the lot puts A last: B" \
	union count "$world/ballots" -m irv
it "settles it by lot" says '"ties": []' \
	union count "$world/ballots" -m irv --lot seed --json
it "refuses more seats than options" exits 2 \
	union count "$world/ballots" -m stv-wigm --seats 4
it "refuses no seat" exits 2 \
	union count "$world/ballots" -m stv-wigm --seats 0
it "refuses a second seat where a method has one" exits 2 \
	union count "$world/ballots" -m irv --seats 2
it "refuses a method that is none" exits 2 union count "$world/ballots" -m first
it "lists the methods instead" says "stv-wigm" union count "$world/ballots"
it "refuses an option that is none" says "No option is called 'D'" \
	union count "$world/ballots" -m schulze --default D
it "refuses a quorum against nothing" exits 2 \
	union count "$world/ballots" -m schulze --quorum 5
it "asks for the scale of scores" says "--scale LOW..HIGH" \
	union count "$world/ballots" -m score
it "counts scores on a scale" says "Tie: A, B, C, for 1 seat" \
	union count "$world/ballots" -m score --scale 0..2
it "refuses a file that is not there" exits 3 \
	union count "$world/none" -m irv

counts <<'END'
A,B,C
1,2,3
1,2,x
END
it "leaves with 2 when a file does not read" exits 2 \
	union count "$world/ballots" -m irv
it "names the line and the column" says "line 3, column 5: expected a rank" \
	union count "$world/ballots" -m irv
it "prints no part of a result" prints_nothing \
	union count "$world/ballots" -m irv
it "names no winner in JSON" says '"status": 2' \
	union count "$world/ballots" -m irv --json

counts <<'END'
META
key;value
budget;10
vote_type;approval
PROJECTS
project_id;cost
a;6
b;6
VOTES
voter_id;vote
1;a
2;a
3;b
END
it "spends a budget by equal shares" says "Elected: a" \
	union count "$world/ballots" -m equal-shares
it "takes a format by name" exits 2 \
	union count "$world/ballots" -m equal-shares --format blt

done_testing
