#!/bin/sh
# Two histories of one ledger: a daemon that lies is caught, and both of its
# checkpoints are kept.
. tests/lib/cli.sh
. tests/lib/daemon.sh
UNION_HOME=$world/home
export UNION_HOME

vote() {
	start && "$load" vote "$socket" "$1" 1 >"$world/answered" && stop
}
export_to() {
	uniond_ export "$world/$1" >"$world/exported"
}
replay() {
	union replay --home "$world/auditor" "$@"
}
kept() {
	[ "$(find "$world/auditor" -path '*/forks/*' -type f | wc -l)" -ge "$1" ]
}
same_size() {
	[ "$(sed -n 2p "$world/first/checkpoint")" = \
		"$(sed -n 2p "$world/second/checkpoint")" ]
}

# One ledger, and what two copies of it become.
found
start
"$load" fill "$socket"
stop
cp -r "$ledger" "$world/copy"
export_to early
vote 0
export_to first
first=$ledger
ledger=$world/copy
vote 1
export_to second

it 'two histories are as long as each other' same_size
it 'an auditor sees the beginning' replay "$world/early"
it 'and then the first' replay "$world/first"
it 'an older copy is told from it' exits 1 replay "$world/early"
it 'the same once more is well' replay "$world/first"
it 'the second stands up alone' union replay --home "$world/naive" "$world/second"
it 'but not beside the first' exits 1 replay "$world/second"
says_so() {
	replay "$world/second" 2>/dev/null | grep 'two histories'
}
it 'which is said' says_so
it 'the evidence is kept' kept 2
it 'and said again the next time' exits 1 replay "$world/second"

# A longer second history does not continue the first either.
vote 2
export_to longer
it 'the second is caught when it is longer' exits 1 replay "$world/longer"
it 'a mirror is not led from one to the other' exits 3 \
	uniond_ export "$world/first"

# The same from a daemon.
member() {
	"$@" --union member --socket "ipc://$socket"
}
ledger=$first
start
it 'a member believes the daemon at first' member union replay
it 'and mirrors it' member union mirror "$world/mirror"
stop
ledger=$world/copy
start
it 'and is warned when it serves another history' exits 3 member union replay
it 'also when it would be mirrored' exits 3 member union mirror "$world/mirror"
stop

done_testing
