#!/bin/sh
# Whatever arrives at the socket is answered by name, and nothing is recorded.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/daemon.sh"

found && start && "$load" fill "$socket"
before=$(ask '{"ask":"state"}')

# refuses NAME REQUEST: the verdict, with a sentence and a hint.
refuses() {
	answers "\"verdict\":\"$1\"" "$2" &&
	grep -qF '"sentence":"' "$world/reply" && grep -qF '"hint":"' "$world/reply"
}
sig=$(printf 'A%.0s' $(seq 86))==
submits() {
	printf '{"ask":"submit","acts":[{"act":"%s","sig":"%s"}]}' \
		"$(printf '%s' "$1" | base64 -w 0)" "$sig"
}
log_name=$(ask '{"ask":"about"}' | sed 's/.*"origin":"\([^"]*\)".*/\1/')
member=$(ask '{"ask":"get","of":"members","number":0}' |
	sed 's/.*"id":"\([0-9a-f]*\)".*/\1/')
act() { # KIND BY LOG
	printf '{"act":"%s","by":"%s","log":"%s","on":"%s","seq":1,"until":2}' \
		"$1" "$2" "$3" "$member"
}

it "an empty request" refuses malformed ''
it "half a request" refuses malformed '{"ask":"about"'
it "two requests" refuses malformed '{"ask":"about"}{"ask":"about"}'
it "a list" refuses malformed '["about"]'
it "a request without a name" refuses malformed '{"asks":"about"}'
it "a name that is a number" refuses malformed '{"ask":1}'
it "an unknown request" refuses unknown-request '{"ask":"abuot"}'
knows_all_of_the_specification() {
	for name in $(sed -n '/^| `ask`/d; s/^| `\([a-z]*\)` .*/\1/p' \
		"$(dirname "$0")/../../specs/protocol.md"); do
		ask "{\"ask\":\"$name\",\"x\":1}" >"$world/reply"
		grep -qF '"verdict":"malformed"' "$world/reply" || return 1
		known=$((${known:-0} + 1))
	done
	[ "$known" = 17 ]
}
it "no request of the specification is unknown" knows_all_of_the_specification
it "a member it does not know" refuses malformed '{"ask":"about","x":1}'
it "a member that stands twice" refuses malformed '{"ask":"about","ask":"about"}'
it "a missing member" refuses malformed '{"ask":"records"}'
it "a member of another type" refuses malformed '{"ask":"records","from":"1"}'
it "a negative number" refuses malformed '{"ask":"records","from":-1}'
it "a broken number" refuses malformed '{"ask":"records","from":1.5}'
it "a number beyond all" refuses malformed \
	'{"ask":"records","from":99999999999999999999999}'
it "a count beyond the limit" refuses malformed \
	'{"ask":"records","from":0,"count":257}'
it "brackets without end" refuses too-deep "$(printf '[%.0s' $(seq 17))"
it "a deep request" refuses too-deep \
	"{\"ask\":$(printf '[%.0s' $(seq 16))$(printf ']%.0s' $(seq 16))}"
it "text that is not UTF-8" refuses malformed "$(printf '{"ask":"\377"}')"
it "a zero in a string" refuses malformed '{"ask":"about\u0000"}'
it "random bytes" refuses malformed "$(head -c 999 /dev/urandom | tr -d '\0[{')"
it "an id that is too short" refuses malformed '{"ask":"find","act":"00"}'
it "an unknown list" refuses malformed '{"ask":"list","of":"secrets"}'
it "a prefix that is too short" refuses malformed '{"ask":"resolve","prefix":"ab"}'
it "a checkpoint that is none" refuses malformed '{"ask":"about","seen":"x"}'
it "an act that is not base64" refuses malformed \
	'{"ask":"submit","acts":[{"act":"%","sig":""}]}'
it "no acts" refuses malformed '{"ask":"submit","acts":[]}'

it "an act that is not JSON" refuses malformed "$(submits 'hello')"
it "an act that is not canonical" refuses not-canonical "$(submits '{ "act":"tick"}')"
it "an act of no kind" refuses malformed "$(submits '{}')"
it "an act of an unknown kind" refuses unknown-kind \
	"$(submits "$(act member.buy "$member" "$log_name")")"
it "an act for another union" refuses wrong-ledger \
	"$(submits "$(act member.leave "$member" "${log_name%?}x")")"
it "an act by nobody we know" refuses unknown-member \
	"$(submits "$(act member.leave "$(printf '0%.0s' $(seq 64))" "$log_name")")"
it "an act with a wrong signature" refuses bad-signature \
	"$(submits "$(act member.leave "$member" "$log_name")")"
it "an act with a forbidden character" refuses forbidden-character \
	"$(submits '{"act":"‮"}')"
it "an act that is too large" refuses too-large \
	"$(submits "$(head -c 40000 /dev/zero | tr '\0' x)")"
it "a refusal is signed" answers '"note":"union-refusal/v1\n' "$(submits '{}')"

it "a request that is too large ends its connection" "$load" raw "$socket" 200000
it "the largest request is answered" answers malformed \
	"$(head -c 131072 /dev/zero | tr '\0' ' ')"

unharmed() {
	[ "$(ask '{"ask":"state"}')" = "$before" ]
}
it "the daemon is unharmed, and nothing is recorded" unharmed
it "the ledger stands" uniond_ check

# A checkpoint of our key that we do not hold: the ledger was rolled back.
cp -r "$ledger" "$world/older"
"$load" vote "$socket" 0 1 >/dev/null
seen=$(ask '{"ask":"checkpoint"}' | sed 's/.*"checkpoint":\("[^"]*"\).*/\1/')
stop || :
rm -rf "$ledger" && mv "$world/older" "$ledger"
start
it "a checkpoint from its own future" refuses forked \
	"{\"ask\":\"about\",\"seen\":$seen}"
it "no act is recorded from then on" refuses forked \
	"$(submits "$(act member.leave "$member" "$log_name")")"
it "and the log says why" logged "forked: a client holds a checkpoint"
stop || :
start
it "nor after a restart" refuses forked \
	"$(submits "$(act member.leave "$member" "$log_name")")"
it "which tells why again" logged "forked: a client holds a checkpoint"
stop || :

done_testing
