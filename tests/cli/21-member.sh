#!/bin/sh
# A member: joins, votes, trusts others with a vote, changes keys, leaves.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/union.sh"

applies() {
	arrive "$1"
	as "$1" join --out "$world/$1.json"
}

admitted_by() {
	applicant=$1; shift
	for who in "$@"; do
		as "$who" admit "$world/$applicant.json" || return 1
	done
}

receipt_is_kept() {
	[ "$(find "$world/$1/default/receipts" -name '*-ballot.cast.*' |
		wc -l)" -eq "$2" ]
}

founded ana ben
it "makes an application for whoever is no founder" shows "union admit" applies cem
it "does not admit by one voice" admitted_by cem ana
it "counts nobody before" shows "Members:   2" see status
it "refuses the same voice again" refuses duplicate as ana admit "$world/cem.json"
it "admits by a registrar and a voucher" admitted_by cem ben
it "counts the member from then on" shows "Members:   3" see status
applies dea >/dev/null
it "admits another" admitted_by dea ana ben
sed 's/"sig":"../"sig":"AA/' "$world/dea.json" >"$world/forged.json"
it "refuses an application that its author did not sign" exits 1 as ana admit "$world/forged.json"
it "refuses a file that is no application" exits 1 as ana admit "$world/ana/default/checkpoint"

# Names of one's own.
union names "$(member_of cem)" cook --home "$world/visitor" >/dev/null
it "shows a name of one's own making" shows "cook" see members
it "finds a member by that name" shows "You say:   cook" see member show cook
it "finds a member by number" shows "$(member_of ben)" see member show '#2'
it "finds a member by the beginning of the id" shows "Standing:  member" see member show "$(member_of dea | cut -c1-10)"
it "says when nobody is called so" exits 1 see member show nobody-known

# Chapters.
as ana chapter open --say "en=Harbour" --say "ar=الميناء" >/dev/null
it "joins a chapter by its name" as cem chapter join Harbour
it "joins it once" refuses duplicate as cem chapter join C1
it "reads names in the language of the reader" sh -c "
	union settings language ar --home $world/visitor >/dev/null
	union chapter list --home $world/visitor | grep 'الميناء'"
union settings language --forget --home "$world/visitor" >/dev/null
it "leaves a chapter" as cem chapter leave Harbour

# A proposal, from the wish to the result.
echo "A kettle for the hall
It boils two litres." >"$world/kettle"
it "proposes" as cem propose --text "$world/kettle" --class urgent
it "shows what is proposed" shows "  | It boils two litres." see show P1
it "says what may be done next" shows "union support P1" see show P1
as ana support P1 >/dev/null; as ben support P1 >/dev/null
it "takes support back" as ben unsupport P1
it "does so once" refuses not-now as ben unsupport P1
as ben support P1 >/dev/null
as dea support P1 >/dev/null
it "does not vote before it opens" exits 1 as ana vote P1 yes
later 3d
it "opens by itself" shows "VOTING" see proposals
it "shows the paper" shows "yes, no or abstain" see ballot P1
it "says who is on the roll" shows "You are on its roll" own dea roll P1
it "refuses a vote that is none" exits 2 as ana vote P1 perhaps
it "votes" as ana vote P1 yes
it "keeps a receipt" receipt_is_kept ana 1
it "votes again, which replaces the ballot" shows "replaces the ballot" as ana vote P1 no
as ana vote P1 yes >/dev/null
it "keeps no receipt when told so" as ben vote P1 yes --no-receipt
it "has none then" receipt_is_kept ben 0
it "signs nothing that was not confirmed" exits 1 sh -c "
	echo 'correct horse dea' | setsid union vote P1 no --home $world/dea --passphrase-fd 0"

# Trust, for where one does not vote oneself.
it "delegates" as dea delegate "$(member_of cem)"
grant=$(see delegation list --json | sed -n 's/.*"id": "\(.*\)",/\1/p')
it "does not let others accept it" refuses not-allowed as ben delegation accept "$grant"
it "lets the one who is trusted accept" as cem delegation accept D1 --max 5
it "lists it" shows "accepted" see delegation list
it "opts out for one proposal" as dea delegate none --on P1
it "takes trust back" as dea undelegate
it "takes it back once" refuses not-now as dea undelegate

# Without a network.
it "signs without a network" as dea vote "$(see ballot P1 --json | sed -n 's/.*"id": "\(.*\)",/\1/p')" --marks 1 --offline "$world/carried"
sed 's/"sig":"../"sig":"AA/' "$world/carried" >"$world/altered"
it "is refused when altered on the way" exits 1 see file "$world/altered"
it "is filed by anybody" see file "$world/carried"
it "is recorded once, however often it is filed" shows "it was there already" see file "$world/carried"

as cem vote P1 yes >/dev/null
later 6d
it "closes by itself" exits 1 as ana vote P1 no
it "has a result" shows "Outcome:   passed" see result P1
it "has it for programs too" shows '"outcome": "passed"' see result P1 --json
it "is in force after the cooling" shows "IN_FORCE" see proposals --all

# Keys.
own cem key paper | grep '^[1-8]: ' >"$world/paper"
it "rotates a key" as cem key rotate
it "signs with the new one" as cem renew
old_paper_is_worthless() {
	rm "$world/cem/default/key"
	echo "correct horse cem" >"$world/passphrase"
	union key restore --home "$world/cem" --passphrase-fd 3 \
		3<"$world/passphrase" <"$world/paper" || return 1
	! as cem renew
}
own dea key paper | grep '^[1-8]: ' >"$world/paper.dea"
it "gives an old paper no power" old_paper_is_worthless
phone_is_lost() {
	rm -r "$world/dea"
	mkdir "$world/dea"
	union settings socket "ipc://$socket" --home "$world/dea" >/dev/null
	echo "correct horse dea" >"$world/passphrase"
	union key restore --home "$world/dea" --passphrase-fd 3 \
		3<"$world/passphrase" <"$world/paper.dea" || return 1
	as dea renew
}
it "brings a lost key back from paper, and finds its member" phone_is_lost
it "leaves" as dea leave
it "is shown as having left" shows "left" see member show '#4'
it "may do nothing then" refuses not-a-member as dea renew

done_testing
