#!/bin/sh
# Proposals: versions, rivals, effects, petitions and elections.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/union.sh"

all="ana ben cem"

# all_vote WHAT CHOICE...: everybody casts the same ballot.
all_vote() {
	what=$1; shift
	for who in $all; do
		as "$who" vote "$what" "$@" >/dev/null || return 1
	done
}

# supported WHAT: by everybody but ana, who proposed it.
supported() {
	as ben support "$1" >/dev/null && as cem support "$1" >/dev/null
}

# shellcheck disable=SC2086
founded $all

# Versions and rivals.
it "refuses a proposal without a text" exits 2 as ana propose
it "refuses a class that is none" refuses unknown-class as ana propose --say "Tea" --class tea
it "refuses a method that the class has not" refuses bad-option as ana propose --say "Tea" --class admission --method schulze --option a --option b
it "proposes" as ana propose --say "A hall in the east"
supported P1
it "puts another version in its place" as ana amend P1 --say "A hall in the east, with a garden"
it "shows the new version" shows "with a garden" see show P1
it "lets nobody else do so" refuses not-allowed as ben amend P1 --say "No hall"
supported P1
it "opens a rival" as ben propose --rival P1 --say "A hall in the west"
it "lets the lead not be its own rival's judge" refuses duplicate as ben support P1
as ana support P2 >/dev/null; as cem support P2 >/dev/null
later 21d
it "puts rivals in one question" shows "A hall in the west" see ballot P1
it "counts them by Schulze's method" shows "by schulze" see ballot P2
all_vote P1 "2>1" || echo "Bail out!"
later 11d
it "says which won, and what it is called" shows "Won:       2" see result P1
it "shows the order" shows "Order:     2 > 1 > 0" see result P1
it "rejects what did not win" shows "REJECTED" see show P1
later 4d
it "puts what won into force" shows "IN_FORCE" see show P2

# What is decided happens by itself.
cat >"$world/options" <<END
[{"texts": {"en": "Ben is registrar", "ar": "بن أمين السجل"},
  "effects": [{"do": "seat", "member": "$(member_of ben)", "office": "registrar"}]}]
END
it "takes options and effects from a file" as ana propose --say "A registrar" --options "$world/options"
it "says what an effect would do" shows "becomes registrar" see show P3
it "opens a chapter by a vote" as ana propose --say "A chapter" --chapter-named "en=Hill"
see charter >"$world/charter"
sed -i 's/"renew_s": [0-9]*/"renew_s": 17280000/' "$world/charter"
it "amends the charter by a vote" as ana propose --say "Renew more often" --amend "$world/charter"
it "shows which rules would change" shows "against the one in force now, in: renew_s" see show P5
sed 's/"renew_s": [0-9]*/"renew_s": 1/' "$world/charter" >"$world/bad"
it "refuses a charter that breaks a bound" refuses bad-charter as ben propose --say "Renew daily" --amend "$world/bad"
for p in P3 P4 P5; do supported $p; done
later 13d
all_vote P3 yes; all_vote P4 yes
later 15d
it "seats the registrar" shows "$(member_of ben | cut -c1-16)" see offices
it "opens the chapter" shows "Hill" see chapter list
all_vote P5 yes
later 35d
it "has the new rule" shows '"renew_s": 17280000' see charter
it "gives an office up" as ben resign registrar
it "gives up no office twice" refuses not-now as ben resign registrar

# A petition holds up what was decided.
as ana propose --say "Sell the kettle" --class urgent >/dev/null
supported P6
later 3d
all_vote P6 yes
later 4d
it "waits before it comes into force" shows "COOLING" see show P6
it "takes a signature against it" as ana hold P6
it "takes each once" refuses duplicate as ana hold P6
as ben hold P6 >/dev/null
it "is held by a petition" shows "HELD" see show P6
it "shows the paper of the petition" shows "yes, no or abstain" see ballot P6 --petition
for who in $all; do as "$who" vote P6 no --petition >/dev/null; done
later 4d
it "is void when the members say no" shows "VOIDED" see show P6

as ana propose --say "Never mind" >/dev/null
it "withdraws a proposal" as ana withdraw P7
it "lists it no more" sh -c "! union proposals --home $world/visitor | grep 'Never mind'"
it "lists it with all others" shows "WITHDRAWN" see proposals --all

it "is found clean by an audit" shows "no findings" see replay
done_testing
