#!/bin/sh
# What the machine does to uniond: nothing that was answered is lost, and a
# damaged ledger is not served.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/daemon.sh"
db=$ledger/db/data.mdb

has_all_answered() {
	[ -s "$world/answered" ] && "$load" find "$socket" <"$world/answered"
}

# Killed at any moment, while members vote.
found && start && "$load" fill "$socket"
survives_kills() {
	"$load" vote "$socket" 0 60 >"$world/answered" &
	voter=$!
	for pause in 0.05 0.11 0.23; do
		sleep "$pause"
		stop KILL || :
		start || { cat "$log"; return 1; }
	done
	wait "$voter" && [ "$(wc -l <"$world/answered")" = 2400 ]
}
it "members vote on while it is killed and started again" survives_kills
it "nothing that was answered is lost" has_all_answered
stop || :
it "and the ledger stands" uniond_ check
"$load" vote "$socket" 60 400 >>"$world/answered" 2>"$world/voter" &
start; sleep 0.4
it "SIGTERM finishes the batch" stop
start
it "so that it is there afterwards" has_all_answered
stop || :

# Little room.
refuses_busy() {
	! "$load" vote "$socket" 1000 400 >>"$world/answered" 2>"$world/voter" &&
	grep -q '"verdict":"busy"' "$world/voter"
}
start --reserve 1T
it "acts are answered busy while there is too little room" \
	refuses_busy
it "questions are answered all the same" answers '"members":40' '{"ask":"about"}'
it "and the log says why" logged "too little room"
stop || :
size=$(stat -c %s "$db")
start --map $((size / 1048576 + 3))M --reserve 1M
it "a map that fills up ends in busy" refuses_busy
it "what was answered before is there" has_all_answered
stop || :
it "with a larger map it goes on" start
it "and has it all" has_all_answered
it "and records again" "$load" vote "$socket" 2000 1
stop || :
cp -r "$ledger" "$world/good"
put_back() {
	rm -rf "$ledger" && cp -r "$world/good" "$ledger"
}

if mkdir "$world/small" && mount -t tmpfs -o size=6M tmpfs "$world/small" 2>/dev/null
then
	full=$ledger
	ledger=$world/small/ledger
	rm -f "$world/answered"
	found && start --reserve 1M && "$load" fill "$socket"
	it "a disk that fills up ends in busy" refuses_busy
	it "what was answered before is there, too" has_all_answered
	stop || :
	runs_out_of_disk() {
		start --reserve 1
		"$load" vote "$socket" 9000 400 >>"$world/answered" 2>/dev/null &
		voter=$!
		ends_with 3
		kill "$voter" 2>/dev/null || :
	}
	it "a disk that is full ends the daemon" runs_out_of_disk
	it "which starts again" start --reserve 1M
	it "with everything it answered" has_all_answered
	stop || :
	ledger=$full
	umount "$world/small"
else
	count=$((count + 1))
	echo "ok $count - a full disk # SKIP no small disk can be made here"
fi

# A disk that fails.
if strace -f -o /dev/null true 2>/dev/null; then
	fails_at() { # SYSCALL NUMBER
		: >"$log"
		rm -f "$world/answered"
		strace -f -qq -o "$world/trace" -e "trace=$1" \
			-e "inject=$1:error=EIO:when=$2+" \
			uniond --directory "$ledger" --socket "$socket" serve \
			2>"$log" &
		daemon=$!
		wait_for_daemon || { ends_with 3; return; }
		"$load" vote "$socket" "$3" 40 >"$world/answered" 2>/dev/null &
		voter=$!
		ends_with 3
		kill "$voter" 2>/dev/null || :
	}
	number=2100
	for call in fdatasync:1 fdatasync:2 fdatasync:3 fdatasync:8 pwrite64:9; do
		number=$((number + 100))
		it "an error of ${call%:*} number ${call#*:} ends the daemon" \
			fails_at "${call%:*}" "${call#*:}" "$number"
		start
		if [ -s "$world/answered" ]; then
			it "and nothing that was answered is lost" has_all_answered
		fi
		stop || :
	done
	it "after all that the ledger stands" uniond_ check
else
	count=$((count + 1))
	echo "ok $count - a failing disk # SKIP strace cannot be used here"
fi

# Damage.
put_back
does_not_serve() { # TEXT
	! start && ends_with 3 && logged "$1"
}
spoil() { # SED-SCRIPT: every copy that the database has
	put_back
	LC_ALL=C sed -i "$1" "$db"
}
spoil 's/"act":"ballot\.cast"/"act":"ballot.casu"/g'
it "a damaged record is named" does_not_serve "record 1"
spoil 's/"marks":\[-1\]/"marks":[-0]/g'
it "so is one that is still JSON" does_not_serve "of the ledger is damaged"
spoil 's/"marks":\[1\]/"marks":[0]/g'
it "so is a vote that was turned" does_not_serve "damaged"
it "the audit finds it, too" exits 1 uniond_ check
put_back; truncate -s 10 "$ledger/head"
it "a damaged head file is named" does_not_serve "head"
put_back; rm "$ledger/head"
it "a head file that is gone is named" does_not_serve "head"
put_back; truncate -s 0 "$ledger/key"
it "a damaged key is named" does_not_serve "key is damaged"
put_back; chmod 644 "$ledger/key"
it "a key that others may read is named" does_not_serve "may be read by others"
put_back; start; "$load" vote "$socket" 3000 1 >/dev/null; stop || :
rm -rf "$ledger/db"; cp -r "$world/good/db" "$ledger/db"
it "a database from a backup is named" does_not_serve "rolled back"
put_back
ends_over_a_bit() { # in the founding, each time the database has it
	start --scrub 1 &&
	for at in $(LC_ALL=C grep -obUaF '"act":"union.found"' "$db" | cut -d: -f1)
	do
		flip "$db" "$((at + 7))"
	done &&
	ends_with 3 && logged "tile 0 of level 0 is damaged" &&
	logged "ended: nothing that was answered is lost"
}
it "a bit that flips while it serves ends it" ends_over_a_bit

# Time.
rm -rf "$ledger"
"$load" found-real "$world/founding"
uniond_ init "$world/founding" >/dev/null
it "a clock far ahead of the last record is not believed" \
	does_not_serve "serve with --accept-time"
it "until somebody says that it is right" start --accept-time
it "the clock of a union cannot be moved" answers not-for-rehearsal \
	'{"ask":"advance","to":1900000000}'
stop || :

done_testing
