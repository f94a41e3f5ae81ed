#!/bin/sh
# Members let others vote where they do not, in what they choose, and take it
# back.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/union.sh"

founded ana ben cas
ana=$(member_of ana) ben=$(member_of ben)
as ana topic open --say "Pool" >/dev/null
as ana propose --say "A longer pool" --topic Pool >/dev/null
as ana propose --say "Buy a kettle" >/dev/null

it "has no delegations at first" shows "No delegations." see delegation list
it "gives a vote to a member" as cas delegate "$ben"
it "gives none to oneself" refuses malformed as cas delegate me
it "gives none to a stranger" exits 1 as cas delegate nobody-here
it "is listed" shows "not accepted" see delegation list
it "is accepted by whom it is to alone" refuses not-allowed as ana delegation accept D1
it "is accepted" as ben delegation accept D1 --max 1
it "takes a topic out of it" as cas delegate none --on Pool
it "names what it is for" shows "T1 Pool" see delegation list
later 14d
as ana vote P1 yes >/dev/null
as ben vote P1 yes >/dev/null
as ana vote P2 yes >/dev/null
as ben vote P2 no >/dev/null
it "says who votes for whom" shows "your vote goes to" own cas roll P2
later 10d
it "carries no vote in the topic taken out" shows "weight of 2" see result P1
it "carries the vote elsewhere" shows "weight of 3" see result P2
it "is taken back" as cas undelegate
it "is taken back once" refuses not-now as cas undelegate
as cas delegate "$ana" >/dev/null
as ana delegation accept D3 >/dev/null
it "is dropped by whom it is to" as ana delegation drop D3
it "cannot be accepted then" exits 1 as ana delegation accept D3

done_testing
