#!/bin/sh
# Keys of a member: made, shown, kept under a passphrase, written on paper.
. "$(dirname "$0")/../lib/cli.sh"
export UNION_HOME="$world/home"
umask 022

# with PASSPHRASES COMMAND...: a line of descriptor 3 for each \n in them.
with() {
	printf '%b' "$1" >"$world/passphrase"; shift
	"$@" --passphrase-fd 3 3<"$world/passphrase"
}

key_of() {
	with "$1" union key show --json | sed -n 's/.*"key": "\(.*\)",/\1/p'
}

is_private() {
	[ "$(stat -c %a "$UNION_HOME" "$UNION_HOME/default" \
		"$UNION_HOME/default/key" | tr '\n' ' ')" = "700 700 600 " ]
}

tells_nothing() {
	! grep -rqF -e "did:key" -e "$key" "$UNION_HOME"
}

comes_back_from_paper() {
	with "$pass" union key paper | grep '^[1-8]: ' >"$world/paper"
	[ "$(wc -l <"$world/paper")" -eq 8 ] || return 1
	with 'another passphrase\n' union key restore --home "$world/other" \
		<"$world/paper" | grep -F "$key"
}

slips_are_found() {
	sed '3s/[0-9A-Z]$/*/' "$world/paper" >"$world/slip"
	! with 'another passphrase\n' union key restore --home "$world/third" \
		<"$world/slip" 2>"$world/said" || return 1
	grep "Line 3 " "$world/said"
}

no_terminal() {
	exits 2 setsid union key show 2>"$world/said" </dev/null || return 1
	grep -F -- "--passphrase-fd" "$world/said"
}

# A person at a terminal, who types when asked; the typing must not come back.
types_unseen() {
	command -v script >/dev/null || return 0
	mkfifo "$world/keys"
	setsid script -qefc "union key show" /dev/null \
		<"$world/keys" >"$world/said" &
	exec 4>"$world/keys"
	for _ in $(seq 100); do
		! grep -q "Passphrase:" "$world/said" || break
		sleep 0.1
	done
	printf '%b' "$pass" >&4
	exec 4>&-
	wait
	grep -qF "$key" "$world/said" && ! grep -qF "battery" "$world/said"
}

pass='correct horse battery\n'
it "makes a key" with "$pass" union key new
key=$(key_of "$pass")
it "shows its public half" [ "${key#did:key:z6Mk}" != "$key" ]
it "keeps it where nobody else looks" is_private
it "tells neither key nor member to who finds the file" tells_nothing
it "never writes a key over" exits 1 with "$pass" union key new
it "opens with its passphrase only" exits 1 with 'wrong\n' union key show
it "refuses a short passphrase" exits 2 with 'short\n' union key new -u else
it "asks for a passphrase without showing it" types_unseen
it "says how to give one without a terminal" no_terminal
it "comes back from paper" comes_back_from_paper
it "finds a slip in its line" slips_are_found
it "changes its passphrase" with "${pass}staple of the union\n" union key passphrase
it "opens no more with the old one" exits 1 with "$pass" union key show
it "opens with the new one" [ "$(key_of 'staple of the union\n')" = "$key" ]
chmod 755 "$UNION_HOME/default"
it "is not used where others may look" exits 3 with "$pass" union key show

done_testing
