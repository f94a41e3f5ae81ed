# shellcheck shell=sh
# Sourced behind cli.sh by tests that have daemons of their own.
UNION_HOME=$world/home
export UNION_HOME
daemons=
trap 'for pid in $daemons; do kill "$pid" 2>/dev/null || :; done; rm -rf "$world"' EXIT

# serve DIR [SOCKET]: keep the ledger in DIR/ledger; $daemon is the process.
serve() {
	uniond --directory "$1/ledger" --socket "${2:-$1/socket}" --reserve 16M \
		serve 2>>"$1/log" &
	daemon=$!
	daemons="$daemons $daemon"
}

# stop PID: end a daemon as an operator does.
stop() {
	kill "$1" && wait "$1"
}

# The state digest that "union replay", or the second auditor, tells in JSON.
digest() {
	"$@" --json | grep -o '"digest": *"[0-9a-f]*"' | grep -o '[0-9a-f]\{64\}'
}

# afresh EXPORT...: replay it as one who never saw it.
afresh() {
	union replay --home "$(mktemp -d -p "$world")" "$@"
}

# Both auditors replay an export and come to the same state.
both_agree() {
	ours=$(digest afresh "$1")
	theirs=$(digest tests/oracle/audit.py "$1")
	[ ${#ours} -eq 64 ] && [ "$ours" = "$theirs" ]
}

# Both auditors have findings.
both_find() {
	exits 1 afresh "$1" && exits 1 tests/oracle/audit.py "$1"
}
