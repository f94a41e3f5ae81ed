#!/bin/sh
# Show that each invariant fails when its guard is taken away.
#
#     tests/guards.sh BUILD FILE...
#
# In FILE, Markdown, a block fenced by ```guard follows the scenario that it
# belongs to.  Each of its lines is a guard: a source file, and a line for sed
# that takes the guard out of it.  The changed copy is built into a runner of
# scenarios of its own, in BUILD/guards, which must not find that very scenario
# ok.  Says each as one test in TAP.
set -u
build=$1
shift
work=$build/guards
mkdir -p "$work"
export work build

# Lines "file, line of the scenario, source, sed", with tabs between.
guards() {
	awk 'FNR == 1 { inside = "" }
		/^```scenario$/ { told = FNR }
		/^```guard$/ { inside = "guard"; next }
		/^```/ { inside = "" }
		inside == "guard" {
			source = $1
			sub(/^[^ ]+ /, "")
			printf "%s\t%d\t%s\t%s\n", FILENAME, told, source, $0
		}' "$@"
}

# Build without guard number $1 and play its file: "ok" when it is missed.
try() {
	line=$(sed -n "$1p" "$work/list")
	file=$(echo "$line" | cut -f 1) told=$(echo "$line" | cut -f 2)
	source=$(echo "$line" | cut -f 3) change=$(echo "$line" | cut -f 4)
	name="$file:$told without $source $change"
	sed "$change" "$source" >"$work/$1.c"
	if cmp -s "$source" "$work/$1.c"; then
		echo "not ok $1 - $name: the source has no such guard"
	elif ! make -s guard O="$build" COPY="$work/$1" >"$work/$1.log" 2>&1; then
		echo "not ok $1 - $name: it cannot be built"
	elif timeout 60 "$work/$1" "$file" 2>&1 |
		grep -q "^ok .* $file:$told "; then
		echo "not ok $1 - $name: nothing fails"
	else
		echo "ok $1 - $name"
	fi
}

if [ "${TRY-}" ]; then
	try "$TRY"
	exit
fi
guards "$@" >"$work/list"
seq "$(wc -l <"$work/list")" |
	xargs -P "$(nproc)" -I N env TRY=N sh "$0" "$build" >"$work/told"
sort -k 2 -n "$work/told" | tee "$work/tap"
! grep -q '^not ok' "$work/tap"
