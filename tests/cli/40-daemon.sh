#!/bin/sh
# uniond: founding, serving, answering, stopping.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/daemon.sh"

it "says how it is used" uniond --help
it "says its version" uniond --version
it "needs a command" exits 2 uniond
it "knows its commands" exits 2 uniond sevre
it "knows its options" exits 2 uniond --colour red serve
it "reads the options that it prints" sh -c \
	'uniond config >"$1/conf" && uniond --config "$1/conf" config' - "$world"

# Founding.
it "does not serve what was not founded" exits 3 \
	uniond --directory "$world/nothing" --socket "$socket" serve
printf '{"act":"e30=","sig":"","seed":""}' >"$world/bad"
it "refuses a founding file that is none" exits 1 uniond_ init "$world/bad"
"$load" found "$world/founding"
sed 's/"seed":"./"seed":"A/' "$world/founding" >"$world/other"
it "refuses a seed that is not that of the ledger's key" \
	exits 1 uniond_ init "$world/other"
it "founds" uniond_ init "$world/founding"
it "takes the founding file away" test ! -e "$world/founding"
key_is_private() {
	[ "$(stat -c %a "$ledger/key")" = 600 ]
}
it "keeps the key for its owner alone" key_is_private
"$load" found "$world/founding"
it "founds once" exits 3 uniond_ init "$world/founding"
it "leaves the ledger alone then" uniond_ check

# Serving.
it "serves" start
it "tells about itself" answers '"size":1' '{"ask":"about"}'
it "lets members join and opens a vote" "$load" fill "$socket"
it "records ballots" sh -c '"$1" vote "$2" 0 3 >"$3"' - \
	"$load" "$socket" "$world/answered"
it "finds what it recorded" sh -c '"$1" find "$2" <"$3"' - \
	"$load" "$socket" "$world/answered"
it "answers the same act with the same index" sh -c \
	'"$1" vote "$2" 2 1 >"$3.again" && tail -n 40 "$3" | cmp - "$3.again"' - \
	"$load" "$socket" "$world/answered"
it "gives a page of records" answers '"from":1,' \
	'{"ask":"records","from":1,"count":2}'
it "gives none behind the last" answers '"records":[]' \
	'{"ask":"records","from":100000}'
it "gives a receipt" answers 'c2sp.org/tlog-proof@v1\nindex 7\n' \
	'{"ask":"receipt","index":7}'
it "gives no receipt for what is not there" answers unknown-subject \
	'{"ask":"receipt","index":100000}'
it "proves that it has only grown" answers '"proof":["' \
	'{"ask":"consistency","old":5}'
it "tells the digest of its state" answers '"digest":"' '{"ask":"state"}'
it "lists members" answers '"total":40' '{"ask":"list","of":"members"}'
it "shows a member" answers '"founder":true' \
	'{"ask":"get","of":"members","number":1}'
it "lists questions" answers '"document":{"about":"' \
	'{"ask":"list","of":"questions"}'
it "answers a watch at once when there is more" answers '"size":' \
	'{"ask":"watch","after":3}'
watches() {
	ask '{"ask":"watch","after":'"$1"'}' >"$world/watched" &
	watcher=$!
	sleep 0.5
	kill -0 "$watcher" && [ ! -s "$world/watched" ] || return 1
	"$load" vote "$socket" 3 1 >/dev/null
	wait "$watcher" && grep -qF '"checkpoint"' "$world/watched"
}
size=$(ask '{"ask":"state"}' | sed 's/.*"size":\([0-9]*\).*/\1/')
it "holds a watch until there is more" watches "$size"
it "moves the clock of a rehearsal no further than 400 days" \
	answers malformed '{"ask":"advance","to":9000000000}'
it "agrees with a checkpoint of its own" sh -c '
	seen=$(printf %s "$1" | sed "s/.*\"checkpoint\":\(\"[^\"]*\"\).*/\1/")
	printf "{\"ask\":\"about\",\"seen\":%s}" "$seen" >"$2"' - \
	"$(ask '{"ask":"checkpoint"}')" "$world/seen"
it "answers whoever has seen that" answers '"ok":true' "$(cat "$world/seen")"

# A second one, and the end.
it "keeps a second daemon away" exits 3 uniond_ serve
it "says that another is at work" sh -c 'uniond --directory "$1" serve 2>&1 |
	grep -q "another process is at work"' - "$ledger"
it "is audited while it serves" uniond_ check
it "is published while it serves" uniond_ export "$world/export"
it "stops when it is asked to" stop
it "says so" logged " stopped"
it "has lost nothing" uniond_ check
it "starts again" start
it "has all that was answered" sh -c '"$1" find "$2" <"$3"' - \
	"$load" "$socket" "$world/answered"
stop || :
start; stop KILL || :
it "starts where a killed one left its socket" start
stop || :

done_testing
