# shellcheck shell=sh
# Sourced by tests of the daemon, after cli.sh: a practice union of 40 members in
# $world/ledger, its daemon, and somebody who asks.
ledger=$world/ledger socket=$world/socket log=$world/log
load=$(dirname "$(command -v uniond)")/tests/tool/load
daemon=

uniond_() {
	uniond --directory "$ledger" --socket "$socket" "$@"
}

# found: the ledger, with record 0 in it.
found() {
	"$load" found "$world/founding" && uniond_ init "$world/founding" >/dev/null
}

# start [WORD...]: serve, and wait until it does or has failed.
start() {
	: >"$log"
	uniond --directory "$ledger" --socket "$socket" "$@" serve 2>"$log" &
	daemon=$!
	wait_for_daemon
}

wait_for_daemon() {
	until grep -q ' serving ' "$log"; do
		kill -0 "$daemon" 2>/dev/null || return 1
		sleep 0.05
	done
}

# stop [SIGNAL]: and give back the status it left with.
stop() {
	kill "-${1:-TERM}" "$daemon"
	left=0
	wait "$daemon" 2>/dev/null || left=$?
	daemon=
	return "$left"
}

cleanup() {
	[ -z "$daemon" ] || kill -KILL "$daemon" 2>/dev/null || :
	rm -rf "$world"
}
trap cleanup EXIT

# ask REQUEST: print the reply.
ask() {
	printf '%s' "$1" >"$world/request"
	nngcat --req --dial "ipc://$socket" --recv-timeout 10 --send-timeout 10 \
		--file "$world/request" --raw
}

# answers TEXT REQUEST: the reply has TEXT.
answers() {
	ask "$2" >"$world/reply"
	cat "$world/reply"
	grep -qF -- "$1" "$world/reply"
}

# logged TEXT: the daemon's log has TEXT.
logged() {
	cat "$log"
	grep -qF -- "$1" "$log"
}

# ends_with STATUS: the daemon has ended by itself with this status.
ends_with() {
	left=0
	wait "$daemon" || left=$?
	daemon=
	cat "$log"
	[ "$left" -eq "$1" ]
}

# flip FILE OFFSET: change one bit.
flip() {
	byte=$(od -An -tu1 -j "$2" -N 1 "$1")
	printf "\\$(printf %o $((byte ^ 4)))" |
		dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# find_bytes FILE TEXT: where TEXT stands in FILE, its last place.
find_bytes() {
	LC_ALL=C grep -obUaF -- "$2" "$1" | tail -n 1 | cut -d: -f1
}
