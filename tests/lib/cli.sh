# shellcheck shell=sh
# Sourced by every black-box test: TAP output, a private world, no leftovers.
set -eu
world=$(mktemp -d) && trap 'rm -rf "$world"' EXIT
count=0 failed=0

# it SENTENCE COMMAND...: one test, named by what it shows.
it() {
	count=$((count + 1)) sentence=$1; shift
	if "$@" >"$world/out" 2>"$world/err"; then
		echo "ok $count - $sentence"
	else
		failed=1
		echo "not ok $count - $sentence"
		sed 's/^/# /' "$world/out" "$world/err"
	fi
}

# exits CODE COMMAND...: the command must leave with exactly this status.
exits() {
	want=$1 got=0; shift
	"$@" || got=$?
	[ "$got" -eq "$want" ]
}

done_testing() {
	echo "1..$count"
	exit "$failed"
}
