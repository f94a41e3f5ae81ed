#!/bin/sh
# Check the plan of the house.  Arguments: every room, from the ground up.
# A room is a path without .c or .h; it may include only rooms named before it.
set -u
bad=0
seen=' '

complain() {
	echo "$1" >&2
	bad=1
}

for room in "$@"; do
	seen="$seen$room.h "
	for file in "$room.h" "$room.c"; do
		[ -f "$file" ] || continue
		for header in $(sed -n 's/^#include "\(.*\)"$/\1/p' "$file"); do
			case $seen in
			*" $header "*) ;;
			*) complain "$file: $header stands above it, or is no room" ;;
			esac
			case $file:$header in
			daemon/*:cli/* | cli/*:daemon/*)
				complain "$file: reaches across to $header" ;;
			esac
		done
	done
done

# home HEADER FILE...: outside the tests, only these files include HEADER.
home() {
	header=$1
	shift
	for file in $(grep -rl "^#include <$header>" ballots daemon cli); do
		case " $* " in
		*" $file "*) ;;
		*) complain "$file: <$header> has its home in $*" ;;
		esac
	done
}
home lmdb.h daemon/tables.c
home nanomsg/nn.h daemon/endpoint.c cli/session.c
home jansson.h ballots/record/wire.h ballots/record/wire.c cli/output.c cli/proof.c cli/terms.c \
	cli/canon.c cli/consequence.c cli/draft.c cli/effects.c cli/listing.c cli/exchange.c cli/checklist.c cli/envoy.c cli/assay.c cli/recount.c cli/cmd_*.c
home qrencode.h cli/qr.c
home gmp.h ballots/count/fraction.h
home zlib.h ballots/base/pack.c
home sodium.h ballots/base/crypt.c ballots/secret/group.c \
	ballots/machine/secret.c cli/keyfile.c
home time.h ballots/machine/clock.c

exit $bad
