#!/bin/sh
# A phone is lost, with all that was on it: guardians bring the membership back
# from a card of theirs; and somebody who asks for another's key is stopped.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/union.sh"

founded ana ben cem dee eli fay
ben=$(member_of ben) cem=$(member_of cem) dee=$(member_of dee)

# ana chooses who can vouch for her.
it "needs three guardians at least" exits 2 as ana guardians set "$ben" "$cem"
it "needs other people than oneself" exits 2 as ana guardians set me "$ben" "$cem"
it "needs each once" exits 2 as ana guardians set "$ben" "$ben" "$cem"
it "has none at first" shows "No guardians" own ana guardians show
it "chooses guardians, and shows the card" shows "union-guardians/v1" as ana guardians set "$ben" "$cem" "$dee"
it "knows who they will be" shows "Enough:    2 of them" own ana guardians show
it "says from when" shows "From:" own ana guardians show
it "writes the card for them" own ana guardians card --out "$world/card"
it "tells the ledger nothing of who they are" sh -c "! union replay --home $world/visitor --json | grep $ben"
later 8d
it "has them in force after the wait" shows "Enough:    2 of them" own ana guardians show

old_phone() {
	echo "correct horse ana" >"$world/passphrase"
	union "$@" --home "$world/old" --passphrase-fd 3 3<"$world/passphrase"
}

# The phone is gone.  A guardian sends the card to the new one, which is empty.
ana=$(member_of ana)
mv "$world/ana" "$world/old"
afresh() {
	echo "correct horse $1" >"$world/passphrase"
	who=$1; shift
	union key recover "$@" --home "$world/$who" --yes \
		--passphrase-fd 3 3<"$world/passphrase"
}
it "needs to know whose key it is to be" exits 2 afresh ana
sed 's/"needed":2/"needed":9/' "$world/card" >"$world/broken"
it "takes no broken card" exits 1 afresh ana "$world/broken"
it "is a file in any case" exits 2 afresh ana "$world/card" --offline "$world/request"
it "asks from an empty folder, without a network" shows "Digits:" afresh ana "$world/card" --out "$world/request"
union settings socket "ipc://$socket" --home "$world/ana" >/dev/null
it "is not the member yet" refuses bad-signature as ana renew
it "shows guardians what they vouch for" shows "Vouch only if you have spoken" as ben key vouch "$world/request"
it "takes one's word once" refuses duplicate as ben key vouch "$world/request"
it "takes no word of others" refuses not-allowed as eli key vouch "$world/request"
it "waits for another" shows "ASKED" see key recovery
it "warns whoever holds the old key" shows "SOMEBODY ASKS FOR YOUR MEMBERSHIP" old_phone renew --yes
it "hears the second guardian" as cem key vouch "$world/request"
it "begins the wait" shows "RUNNING" see key recovery
it "tells everybody" shows "a new key is to be that of" see digest
it "tells the member most of all" shows "YOU: somebody asks for your" old_phone digest --mine
it "freezes what a thief would do" refuses frozen old_phone key rotate --yes
later 8d
it "is done after the wait" shows "DONE" see key recovery --all
it "works as the member from then on" as ana renew
it "is the same member" shows "$ana" own ana key show
it "leaves the old phone without a voice" refuses bad-signature old_phone propose --say "All is mine" --yes

# mal asks for ben's key; ben has it still.
as ben guardians set "$cem" "$dee" "$(member_of eli)" >/dev/null
own ben guardians card --out "$world/card.ben" >/dev/null
later 8d
it "asks for another's key" afresh mal "$world/card.ben" --compromised 2026-11-01 --out "$world/theft" --socket "ipc://$socket"
as cem key vouch "$world/theft" >/dev/null
it "has nothing to object to before it runs" refuses not-now as ben key object
as dee key vouch "$world/theft" >/dev/null
it "is objected to by the old key" as ben key object
it "is contested then" shows "CONTESTED" see key recovery
it "is a case" shows "recovery of the key of" see case list
it "shows what is asked" shows "Is the new key the member's?" see case show C1
as ana lot commit C1 >/dev/null
later 25h
it "shows a value for the lot" as ana lot reveal C1
later 25h
it "is heard by a panel" shows "HEARING" see case show C1
it "is voted on by the panel alone" refuses not-on-roll as cem vote C1 yes
it "lets each of the panel vote" as ana vote C1 no
as eli vote C1 no >/dev/null; as fay vote C1 no >/dev/null
later 14d
it "leaves the key with its holder" shows "REFUSED" see key recovery --all
it "says how the case ended" shows "CLOSED" see case list --all
it "works for ben as before" as ben renew

# Without guardians two registrars vouch, and the wait is twice as long.
it "asks without a card" afresh fay2 --member "$(member_of fay)" --out "$world/bare" --socket "ipc://$socket"
it "is vouched for by a registrar" as ana key vouch "$world/bare"
as cem key vouch "$world/bare" >/dev/null
later 8d
it "waits longer" shows "RUNNING" see key recovery
later 8d
it "is done without guardians too" shows "DONE" see key recovery --all
it "has guardians no more when nobody is chosen" as ben guardians set none

it "is found clean by an audit" shows "no findings" see replay
done_testing
