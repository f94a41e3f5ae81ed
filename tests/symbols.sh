#!/bin/sh
# Check what the built archives hand out and ask for.
# Arguments: the archives of the house, the core last.
set -u
bad=0

# foo.o hands out only names that begin with foo_.
for archive in "$@"; do
	nm -g --defined-only "$archive" 2>/dev/null | awk '
		/\.o:$/ { room = $1; sub(/\.o:$/, "", room) }
		NF == 3 && index($3, room "_") != 1 && $3 !~ /^_/ {
			print room ".c: hands out " $3
			bad = 1
		}
		END { exit bad }' >&2 || bad=1
done

# A name of ours must not stand in the way of a library's.
for archive in "$@"; do
	if nm -g --defined-only "$archive" 2>/dev/null |
		grep -E " T (json|nn|mdb|crypto|sodium|randombytes|mpz|mpq)_" >&2; then
		echo "$archive: the above are names of libraries" >&2
		bad=1
	fi
done

# The core is the last archive: it stands lowest.
core=$(for archive in "$@"; do echo "$archive"; done | tail -n 1)

# The core asks nothing of the world: no clock, no file, no chance.
asks='open|fopen|read|write|socket|time|clock_gettime|rand|randombytes_.*|getenv|printf|fprintf'
if nm -u "$core" | grep -E " U ($asks)\$" >&2; then
	echo "$1: asks the world for the above" >&2
	bad=1
fi

exit $bad
