#!/bin/sh
# The front door: usage, help, version, completion, exit statuses.
. "$(dirname "$0")/../lib/cli.sh"
export UNION_HOME="$world/home"

# says TEXT COMMAND...: what the command prints, on either stream, has TEXT.
says() {
	text=$1; shift
	"$@" >"$world/said" 2>&1 || :
	cat "$world/said"
	grep -qF -- "$text" "$world/said"
}

# Every command of the list has a help of its own and stands in the rest.
explains_all() {
	union help --json | sed -n 's/.*"name": "\(.*\)",*/\1/p' >"$world/names"
	[ -s "$world/names" ] || return 1
	while read -r name; do
		# shellcheck disable=SC2086
		says "Usage: union $name" union help $name || return 1
		# shellcheck disable=SC2086
		says "Usage: union $name" union $name --help || return 1
		says ".It Cm $name" union help --mdoc || return 1
	done <"$world/names"
	union completion | bash -n
}

completes() {
	bash -c '
		. "$1"
		COMP_WORDS=(union key p) COMP_CWORD=2
		_union
		echo "${COMPREPLY[*]}"
		[ "${COMPREPLY[*]}" = "passphrase paper" ]' - "$world/completion"
}

no_codes() {
	union help >"$world/help"
	! LC_ALL=C grep -q '[^ -~]' "$world/help"
}

it "prints its version and succeeds" union --version
it "prints the version as JSON" says '"version":' union --version --json
it "refuses to guess without a command" exits 2 union
it "refuses a command that is none" exits 2 union dance
it "offers the nearest command" says "Did you mean 'union key new'?" union kye new
it "names what may follow a word" says "key paper" union key
it "refuses an option that is none" exits 2 union key new --passphrase-fb 3
it "offers the nearest option" says "--passphrase-fd?" union key new --passphrase-fb 3
it "says in JSON what is wrong" says '"status": 2' union dance --json
it "explains every command of the table" explains_all
it "lists the commands without one code for a terminal" no_codes
union completion >"$world/completion"
it "completes the second word of a command" completes
it "leaves nothing behind for help" [ ! -e "$UNION_HOME" ]
it "fails when its answer cannot be written" exits 3 sh -c 'union help >/dev/full'

done_testing
