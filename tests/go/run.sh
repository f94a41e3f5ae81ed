#!/bin/sh
# Check a published ledger with code that others wrote for other logs.
#
#     tests/go/run.sh DIR [VKEY]... [-- [RECEIPT ENTRY]...]
#
# Exits with 77 where Go or its package golang.org/x/mod is not installed.
set -eu
here=$(dirname "$0")
built=$here/../../build/go
path=/usr/share/gocode # where Debian's golang-golang-x-mod-dev puts it

if ! command -v go >/dev/null || [ ! -d "$path/src/golang.org/x/mod" ]; then
	echo "skipped: golang-go and golang-golang-x-mod-dev are not here" >&2
	exit 77
fi

mkdir -p "$built"
built=$(cd "$built" && pwd)
GO111MODULE=off GOPATH=$path GOCACHE=$built/cache CGO_ENABLED=0 \
	go build -o "$built/check" "$here/check.go"
exec "$built/check" "$@"
