#!/bin/sh
# A gateway and its conduct: accepted by vote, one agreement refused, another one
# ratified and said to be broken; and a lost key, while its cards are suspended.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/union.sh"

all="ana ben cem dea eli"
# shellcheck disable=SC2086
founded $all
arrive port
port=$(key_of port)

# days_until STATE COMMAND...: days pass until the command shows it.
days_until() {
	state=$1; shift
	for _ in $(seq 60); do
		! see "$@" | grep -q "$state" || return 0
		later 1d
	done
	see "$@"
	return 1
}

# everybody WORDS...
everybody() {
	for who in $all; do
		as "$who" "$@" || return 1
	done
}

accepted() {
	as ana propose --say "Let the port in" \
		--gateway "$port,MembershipCredential,LivelihoodCredential=en=The port" &&
		as ben support P1 && as cem support P1 &&
		days_until VOTING show P1 && everybody vote P1 yes &&
		days_until IN_FORCE show P1
}
it "is accepted by vote" accepted
it "is shown with what it accepts" shows "MembershipCredential, LivelihoodCredential" see gateway show G1
it "has done nothing yet" shows "agreements that the members ratified: 0" see gateway show G1

# A mandate to deal with it.
mandated() {
	as ana mandate propose --say "Talk with the port" --with "$1" \
		--power consult --power negotiate --power sign-tentative \
		--delegate me --needed 1 --to 400d --report-every 200d || return 1
	as ben support P2 && days_until VOTING show P2 &&
		everybody vote P2 yes && days_until AUTHORISED mandate show M1 &&
		as ana mandate accept M1 && as ana mandate publish M1 &&
		as ben mandate publish M1 && days_until ACTIVE mandate show M1 &&
		as ana mandate meeting M1 --say "We met"
}
it "is dealt with by a mandate" mandated "The port"
tabled() {
	as ana agreement table M1 --key "$port" --say "$1" --to 100d
}
it "is offered an agreement" tabled "Ten places"
it "declines it" as port counterparty decline A1
it "is known to have refused" shows "agreements that it declined: 1" see gateway show G1
it "is offered another one" tabled "Twenty places"
it "signs that" as port counterparty countersign A2
ratified() {
	days_until RATIFYING agreement show A2 && days_until VOTING show P3 &&
		everybody vote P3 yes && days_until IN_FORCE agreement show A2
}
it "has it ratified by the members" ratified
it "is known to have agreed" shows "agreements that the members ratified: 1" see gateway show G1
it "is shown with its agreements" shows "Agreed:   A2 IN_FORCE" see gateway show G1
it "is known with all of them" shows "Agreed:   A1 WITHDRAWN" see gateway show G1

echo "The crane stood still." >"$world/photo"
broken() {
	as ben agreement breach A2 --evidence "$world/photo" || return 1
	for who in ana cem dea eli; do
		as "$who" agreement endorse A2 || return 1
	done
}
it "is said to have broken it" broken
it "is known for what members allege" shows "breaches that members alleged: 1" see gateway show G1
it "replies" as port counterparty reply A2 --say "The crane was broken."
it "is known to have replied" shows "breaches that it replied to: 1" see gateway show G1
it "is answered by the delegates" as ana agreement answer A2 --breached yes --say "It was."
it "is known for what delegates confirm" shows "breaches that delegates confirmed: 1" see gateway show G1
it "ends it" as port counterparty decline A2
it "is known to have ended one" shows "agreements that it ended: 1" see gateway show G1

# A member lost a key: two registrars vouch for the new one.
own ana credential issue MembershipCredential "$(member_of dea)" >"$world/card"
key_of ana >"$world/issuer"
is() {
	own ana credential list >"$world/revocation"
	own ana credential list --purpose suspension >"$world/suspension"
	union credential verify --trust "$(cat "$world/issuer")" "$world/card" \
		--list "$world/revocation" --list "$world/suspension" >"$world/said" || :
	cat "$world/said"
	[ "$(head -n 1 "$world/said")" = "$1" ]
}
asked() {
	arrive newdea
	as newdea key recover --member "$(member_of dea)" --out "$world/recovery" &&
		as ben key vouch "$world/recovery" && as cem key vouch "$world/recovery"
}
it "holds before" is VALID
it "is asked for with a new key" asked
it "is suspended while a key is being recovered" is SUSPENDED
it "is not issued then" shows "is being recovered" own ana credential issue MembershipCredential '#4'
later 15d
it "is revoked once the new key took over" is REVOKED
mkdir "$world/again"
own ana credential reissue --out "$world/again" >/dev/null
mv "$world/again"/* "$world/card"
it "is issued again for the new key" is VALID
it "is the new key's" grep -q "\"id\":\"$(key_of newdea)\"" "$world/card"
done_testing
