#!/bin/sh
# What SQLite and PostgreSQL do on this disk, where they are installed: durable
# inserts of 400 bytes, one and 64 a transaction, and no signatures to check.
set -eu
dir=$(mktemp -d "$PWD/bench.XXXXXX")
cleanup() {
	[ ! -e "$dir/pg/postmaster.pid" ] ||
		as_postgres "$postgres/pg_ctl" -s -D "$dir/pg" -m fast stop
	rm -rf "$dir"
}
trap cleanup EXIT

now_ms() { date +%s%3N; }

begin=$(now_ms)
dd if=/dev/zero of="$dir/probe" bs=4096 count=100 oflag=dsync status=none
echo "flush of this disk: $((($(now_ms) - begin) * 10)) us"

# rows NUMBER EACH: transactions of EACH rows, in SQL of SQLite.
rows() {
	awk -v n="$1" -v each="$2" 'BEGIN {
		for (i = 0; i < n; i += each) {
			print "BEGIN;"
			for (k = 0; k < each; k++)
				print "INSERT INTO records(record) VALUES(randomblob(400));"
			print "COMMIT;"
		}
	}'
}

sqlite() { # NUMBER EACH
	{
		echo 'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;'
		echo 'CREATE TABLE records(i INTEGER PRIMARY KEY, record BLOB);'
		rows "$1" "$2"
	} >"$dir/sql"
	begin=$(now_ms)
	sqlite3 "$dir/sqlite.$2" <"$dir/sql" >/dev/null
	echo "SQLite, WAL and synchronous=FULL, one client, $2 a transaction:" \
		"$(($1 * 1000 / ($(now_ms) - begin + 1))) inserts a second"
}

if command -v sqlite3 >/dev/null; then
	sqlite 2000 1
	sqlite 64000 64
else
	echo "SQLite: not installed"
fi

# It does not run as root.
as_postgres() {
	if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

ask() { as_postgres psql -q -h "$dir" -d postgres "$@"; }

postgresql() { # EACH
	echo "INSERT INTO records(record) SELECT repeat('x', 400)" \
		"FROM generate_series(1, $1);" >"$dir/script"
	as_postgres pgbench -n -h "$dir" -d postgres -f "$dir/script" \
		-c 16 -j 2 -T 4 2>/dev/null |
		awk -v each="$1" '/^tps/ {
			printf "PostgreSQL, 16 clients, %d a transaction: " \
				"%d inserts a second\n", each, $3 * each
		}'
}

for postgres in /usr/lib/postgresql/*/bin; do :; done # the newest
if [ -x "$postgres/initdb" ] && command -v pgbench >/dev/null; then
	[ "$(id -u)" -ne 0 ] || chown postgres "$dir"
	as_postgres "$postgres/initdb" -D "$dir/pg" -A trust >/dev/null
	as_postgres "$postgres/pg_ctl" -s -w -D "$dir/pg" -l "$dir/pg.log" \
		-o "-k $dir -c listen_addresses=" start
	ask -c 'CREATE TABLE records(i bigserial PRIMARY KEY, record text)'
	postgresql 1
	postgresql 64
else
	echo "PostgreSQL: not installed"
fi
