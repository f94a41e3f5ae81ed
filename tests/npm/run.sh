#!/bin/sh
# Check our sample credentials with the code of others, and compare with what it
# said of them before (tests/vectors/credentials/results).
#
# Exits with 77 where node and npm are not installed or find no packages.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
built=$here/../../build/npm
samples=$here/../vectors/credentials

skip() {
	echo "skipped: $1" >&2
	exit 77
}

command -v node >/dev/null && command -v npm >/dev/null ||
	skip "node and npm are not here"
mkdir -p "$built"
cp "$here/check.mjs" "$built"
cd "$built"
[ -d node_modules/jsonld-signatures ] ||
	timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts \
		--prefix . @digitalbazaar/eddsa-jcs-2022-cryptosuite@1.0.0 \
		@digitalbazaar/data-integrity@2.5.0 jsonld-signatures@11.6.0 \
		>install.log 2>&1 || skip "npm finds no packages"

# shellcheck disable=SC2046
(cd "$samples" && node "$built/check.mjs" \
	$(sed 's/^[a-z]* \(.*\)/\1.json/' results)) |
	sed 's/\.json$//' >results.now
diff "$samples/results" results.now
