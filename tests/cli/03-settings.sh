#!/bin/sh
# What is kept on this machine: settings, and names that only the member sees.
. "$(dirname "$0")/../lib/cli.sh"
export UNION_HOME="$world/home"
baker=$(printf '%064d' 1)

shows() {
	text=$1; shift
	"$@" | grep -F -- "$text"
}

forgets() {
	union settings socket --forget && ! union settings --json | grep socket
}

it "keeps a setting" union settings socket ipc:///run/here
it "shows it again" shows '"socket": "ipc:///run/here"' union settings --json
it "refuses a setting that is none" exits 2 union settings colour red
it "takes it away" forgets
it "names a member" union names "$baker" "the baker"
it "shows the names" shows "0000000000000000  the baker" union names
it "gives no two members one name" exits 1 union names "$(printf '%064d' 2)" "the baker"
it "refuses a name that turns what follows" exits 2 union names "$baker" "$(printf 'a\342\200\256b')"
it "refuses a name that reads as an id" exits 2 union names "$baker" decade
it "takes a name away" union names "the baker" --forget
it "has nobody named then" shows "nobody" union names
it "begins a second union" union settings -u riders language ar
it "does not choose one of which it knows nothing" exits 1 union use raiders
it "chooses the one that is meant" union use riders
it "means it from then on" shows '"language": "ar"' union settings --json

done_testing
