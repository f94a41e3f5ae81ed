# shellcheck shell=sh
# Sourced behind cli.sh: a practice union with its daemon, and people in it.
socket=$world/socket
daemon=
umask 077

# No daemon outlives its test.
trap '[ -z "$daemon" ] || kill "$daemon" 2>/dev/null || :; rm -rf "$world"' EXIT

# as WHO COMMAND...: somebody with keys, who means what they sign.
as() {
	who=$1; shift
	echo "correct horse $who" >"$world/passphrase"
	union "$@" --home "$world/$who" --yes --passphrase-fd 3 \
		3<"$world/passphrase"
}

# own WHO COMMAND...: the same where nothing is signed.
own() {
	who=$1; shift
	echo "correct horse $who" >"$world/passphrase"
	union "$@" --home "$world/$who" --passphrase-fd 3 3<"$world/passphrase"
}

# see COMMAND...: somebody without keys, who looks.
see() {
	union "$@" --home "$world/visitor"
}

# key_of WHO: a public key.
key_of() {
	own "$1" key show --json | sed -n 's/.*"key": "\(.*\)".*/\1/p'
}

# member_of WHO: a member's id.
member_of() {
	own "$1" key show --json | sed -n 's/.*"member": "\(.*\)".*/\1/p'
}

# arrive WHO...: people with fresh keys, who know where the daemon is.
arrive() {
	for who in "$@"; do
		echo "correct horse $who" >"$world/passphrase"
		union key new --home "$world/$who" --passphrase-fd 3 \
			3<"$world/passphrase" >/dev/null
		union settings socket "ipc://$socket" --home "$world/$who" \
			>/dev/null
	done
}

# serve: start the daemon on $world/ledger and wait until it answers.
serve() {
	uniond --directory "$world/ledger" --socket "$socket" serve \
		>"$world/log" 2>&1 &
	daemon=$!
	for _ in $(seq 100); do
		! see status >/dev/null 2>&1 || return 0
		sleep 0.05
	done
	cat "$world/log" >&2
	return 1
}

stop() {
	kill "$daemon" && wait "$daemon" || :
	daemon=
}

# founded FOUNDER...: a practice union of these founders, who have joined.
founded() {
	arrive visitor "$@"
	first=$1; shift
	keys=
	for who in "$@"; do
		keys="$keys $(key_of "$who")"
	done
	echo "correct horse $first" >"$world/passphrase"
	# shellcheck disable=SC2086
	union found town $keys --rehearsal --out "$world/founding" \
		--home "$world/$first" --passphrase-fd 3 \
		3<"$world/passphrase" >/dev/null
	uniond --directory "$world/ledger" --socket "$socket" \
		init "$world/founding" >/dev/null
	serve
	for who in "$first" "$@"; do
		as "$who" join >/dev/null
	done
}

# later TIME: the clock of the rehearsal moves.
later() {
	see rehearsal advance "$1" >/dev/null
}

# shows TEXT COMMAND...: what the command prints, on either stream, has TEXT.
shows() {
	text=$1; shift
	"$@" >"$world/said" 2>&1 || :
	cat "$world/said"
	grep -qF -- "$text" "$world/said"
}

# refuses VERDICT COMMAND...: the answer is no, by that name.
refuses() {
	verdict=$1; shift
	exits 1 "$@" 2>"$world/said" || return 1
	cat "$world/said" >&2
	grep -qF "($verdict)" "$world/said"
}
