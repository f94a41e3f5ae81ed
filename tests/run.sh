#!/usr/bin/env bash
# Run rings of tests, show what failed, and end with the line "N passed, N failed".
#
#     tests/run.sh BUILD RING...       BUILD: build/debug and the like
#
# A case is a program.  One that speaks TAP counts as many tests as it tells, one
# of Python's unittest as many as it ran, any other is one test; status 77 means
# skipped.  What the cases said is kept in BUILD/results/.
set -u
export PYTHONDONTWRITEBYTECODE=1 # a test leaves the tree as it was
build=$1 results=$1/results
shift

# Each ring prints its cases: a name and a command.
ring_house() {
	echo house make -s house
}
ring_units() {
	for source in tests/unit/*.c tests/property/*.c; do
		echo "${source%.c}" "$build/${source%.c}"
	done
}
ring_scenarios() {
	for text in specs/*.md tests/scenario/*.md; do
		[ -f "$text" ] && grep -q '^```scenario' "$text" &&
			echo "$text" "$build/tests/scenario/run" "$text"
	done
}
ring_guards() {
	echo tests/guards tests/guards.sh "$build" tests/scenario/invariants.md
}
ring_corpora() {
	for source in tests/fuzz/fuzz_*.c; do
		decoder=${source##*/fuzz_} decoder=${decoder%.c}
		echo "tests/fuzz/$decoder" "$build/tests/fuzz/replay_$decoder" \
			"tests/fuzz/corpus/$decoder/*"
	done
}
ring_cli() {
	for script in tests/cli/*.sh; do
		echo "$script" sh "$script"
	done
}
ring_oracle() {
	echo tests/oracle/selftest tests/oracle/selftest.py
	echo tests/oracle/twins tests/oracle/twins.py
	echo tests/oracle/scenarios tests/oracle/scenarios.py "$build"
	echo tests/npm tests/npm/run.sh
}

# Run one case and note its status and what it said.
run_case() {
	log=$results/${1//\//-}
	shift
	# shellcheck disable=SC2086,SC2048 # a case may end in a pattern
	timeout 900 $* >"$log.out" 2>"$log.err"
	echo $? >"$log.status"
}
export -f run_case
export results

# Numbers of a case, as "passed failed skipped".
count_case() {
	awk -v status="$(cat "$1.status")" '
		/^(not )?ok .*# SKIP/ { skipped++; next }
		/^not ok/ { failed++; next }
		/^ok / { passed++ }
		/^Ran [0-9]+ test/ { ran = $2 }
		/^(OK|FAILED) \(/ {
			while (match($0, /[a-z]+=[0-9]+/)) {
				split(substr($0, RSTART, RLENGTH), pair, "=")
				if (pair[1] == "skipped")
					skipped += pair[2]
				else if (pair[1] == "failures" || pair[1] == "errors")
					failed += pair[2]
				$0 = substr($0, RSTART + RLENGTH)
			}
		}
		END {
			if (ran)
				passed = ran - failed - skipped
			if (status == 77)
				skipped++
			else if (status != 0 && !failed)
				failed++
			else if (passed + failed + skipped == 0)
				passed++
			print passed + 0, failed + 0, skipped + 0
		}' "$1.out" "$1.err"
}

rm -rf "$results"
mkdir -p "$results"
export CMOCKA_MESSAGE_OUTPUT=TAP PATH=$PWD/$build:$PATH
for ring in "$@"; do
	"ring_$ring"
done >"$results/cases"
# shellcheck disable=SC2016
xargs -a "$results/cases" -d '\n' -P "$(nproc)" -n 1 bash -c 'run_case $0'

passed=0 failed=0 skipped=0
while read -r name _; do
	log=$results/${name//\//-}
	read -r ok bad left <<<"$(count_case "$log")"
	passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + left))
	printf '%5d passed' "$ok"
	[ "$left" -eq 0 ] || printf ', %d skipped' "$left"
	[ "$bad" -eq 0 ] || printf ', %d FAILED' "$bad"
	printf '  %s\n' "$name"
	if [ "$bad" -gt 0 ]; then
		grep -hv '^ok ' "$log.out" "$log.err" | tail -n 60 | sed 's/^/    | /'
	fi
done <"$results/cases"

echo "$passed $failed $skipped" >"$results/summary"
[ "$skipped" -eq 0 ] || more=", $skipped skipped"
echo "$passed passed, $failed failed${more-}"
[ "$failed" -eq 0 ]
