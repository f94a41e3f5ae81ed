#ifndef BALLOTS_BASE_VERDICT_H
#define BALLOTS_BASE_VERDICT_H

#include "ballots/base/bytes.h"

/*
 * Every answer that input can get: its code, its name on the wire, a sentence
 * for the person who sent it, and what to do next.  VERDICT_OK is 0.
 *
 * This list is the only one; specs/acts.md prints it.  Names are kept for
 * ever, since refusals are signed.
 */
/* clang-format off */
#define VERDICT_LIST(row) \
	row(OK, "ok", \
		"It stands.", \
		"") \
	row(TOO_LARGE, "too-large", \
		"It is larger than the limit.", \
		"Send less at a time.") \
	row(MALFORMED, "malformed", \
		"It does not have the form that its kind asks for.", \
		"Compare it with specs/acts.md; make it again with union.") \
	row(NOT_CANONICAL, "not-canonical", \
		"It is not canonical JSON.", \
		"Sign the canonical bytes (specs/ledger.md).") \
	row(FORBIDDEN_CHARACTER, "forbidden-character", \
		"It holds a character that could mislead a reader.", \
		"Leave out control and direction characters.") \
	row(TOO_DEEP, "too-deep", \
		"It is nested too deeply.", \
		"At most 16 levels are read.") \
	row(UNKNOWN_KIND, "unknown-kind", \
		"No act of this kind is known.", \
		"See the table of kinds in specs/acts.md.") \
	row(UNKNOWN_REQUEST, "unknown-request", \
		"No request of this name is known.", \
		"See specs/protocol.md, or update this program.") \
	row(UNKNOWN_RULES, "unknown-rules", \
		"The ledger follows rules that this program does not know.", \
		"Update this program.") \
	row(WRONG_LEDGER, "wrong-ledger", \
		"It was signed for another union.", \
		"Check which union you are talking to.") \
	row(BAD_KEY, "bad-key", \
		"The key is not a proper Ed25519 key.", \
		"Make a new key with union key new.") \
	row(BAD_SIGNATURE, "bad-signature", \
		"The signature does not match the author's key.", \
		"Sign it again with the key that is in force.") \
	row(UNKNOWN_SIGNER, "unknown-signer", \
		"No key that is trusted here signed it.", \
		"Check the keys that you trust, and where it came from.") \
	row(BAD_PROOF, "bad-proof", \
		"The hashes do not lead to the signed root.", \
		"Keep it, and show it to an auditor.") \
	row(UNKNOWN_MEMBER, "unknown-member", \
		"No member has this id.", \
		"Check the id; an application must be admitted first.") \
	row(NOT_A_MEMBER, "not-a-member", \
		"The author is not a member in good standing.", \
		"A member who left or is suspended cannot do this.") \
	row(FROZEN, "frozen", \
		"The author's key is being recovered.", \
		"Wait for the recovery to end, or object to it with union key object.") \
	row(NOT_FOUNDED, "not-founded", \
		"Not every founder has joined yet.", \
		"Each founder files a joining act first.") \
	row(NOT_ALLOWED, "not-allowed", \
		"The author has no right to do this.", \
		"Ask someone who holds the office, or change who holds it.") \
	row(NOT_FOR_REHEARSAL, "not-for-rehearsal", \
		"Only a rehearsal can do this.", \
		"A union's clock cannot be moved.") \
	row(UNKNOWN_SUBJECT, "unknown-subject", \
		"Nothing here has the id that it is about.", \
		"Check the id with union show.") \
	row(DUPLICATE, "duplicate", \
		"It was done already.", \
		"") \
	row(STALE, "stale", \
		"A later act of the same author stands already.", \
		"Read your own last act from the ledger and sign again.") \
	row(EQUIVOCATION, "equivocation", \
		"The author signed another act with the same number.", \
		"The first one stands; sign again with a higher number.") \
	row(EARLY, "early", \
		"It is dated more than a day ahead.", \
		"Set the clock of your device.") \
	row(LAPSED, "lapsed", \
		"It arrived after the time it was signed for.", \
		"Sign it again.") \
	row(TIME_REVERSED, "time-reversed", \
		"Its time lies before that of an earlier record.", \
		"") \
	row(TOO_OFTEN, "too-often", \
		"The author did this too often of late.", \
		"Wait for the window in the charter to pass.") \
	row(NOT_NOW, "not-now", \
		"What it is about is not in a state for this.", \
		"See where it stands with union show.") \
	row(CLOSED, "closed", \
		"Voting on this is closed.", \
		"Results are shown by union result.") \
	row(NOT_OPEN, "not-open", \
		"Voting on this is not open yet.", \
		"The opening time is shown by union show.") \
	row(NOT_ON_ROLL, "not-on-roll", \
		"The author is not on the roll of this question.", \
		"The roll was frozen when voting opened.") \
	row(INVALID_BALLOT, "invalid-ballot", \
		"The ballot does not fit the question.", \
		"Check the options and the counting method.") \
	row(PERSONAL_ONLY, "personal-only", \
		"This class is decided by personal ballots only.", \
		"") \
	row(BAD_CHARTER, "bad-charter", \
		"The charter breaks a bound that keeps a union governable.", \
		"The bounds are listed in specs/charter.md.") \
	row(CHARTER_MOVED, "charter-moved", \
		"The charter changed since this was written.", \
		"Propose it again on the charter in force.") \
	row(UNKNOWN_CLASS, "unknown-class", \
		"The charter has no such class of proposal.", \
		"See union charter.") \
	row(BAD_OPTION, "bad-option", \
		"The options or their effects do not fit the class.", \
		"See the class in union charter.") \
	row(BAD_TERMS, "bad-terms", \
		"The terms of the mandate do not hold together.", \
		"See specs/mandates.md.") \
	row(OUT_OF_SCOPE, "out-of-scope", \
		"The mandate does not cover this.", \
		"See its scope with union mandate show.") \
	row(TOO_FEW, "too-few", \
		"Not enough others have joined in yet.", \
		"") \
	row(STALE_VERSION, "stale-version", \
		"The text changed since this was signed.", \
		"Read the new version, then sign again.") \
	row(ROLL_GROWTH, "roll-growth", \
		"The roll cannot grow faster than it doubles in one probation period.", \
		"Admit the rest later.") \
	row(OFFICE_FULL, "office-full", \
		"Every seat of this office is taken.", \
		"") \
	row(BAD_COMMITMENT, "bad-commitment", \
		"It does not match what was committed to.", \
		"") \
	row(TEXT_MISSING, "text-missing", \
		"A text that the act names was not sent with it.", \
		"Send the text and its salt with the act.") \
	row(TEXT_MISMATCH, "text-mismatch", \
		"A text does not match its hash.", \
		"") \
	row(RESULT_DUE, "result-due", \
		"The result of a closed question must be recorded first.", \
		"") \
	row(RESULT_WRONG, "result-wrong", \
		"The recorded result is not the one that the ballots give.", \
		"") \
	row(OVERFLOW, "overflow", \
		"The count needs numbers beyond 128 bits.", \
		"Use smaller weights.") \
	row(FORKED, "forked", \
		"A signed checkpoint shows another history than this one.", \
		"Keep both checkpoints; show them to the members and auditors.") \
	row(BUSY, "busy", \
		"The daemon cannot take acts now.", \
		"Try again later; nothing was recorded.")
/* clang-format on */

enum verdict {
#define VERDICT_CODE(code, name, sentence, hint) VERDICT_##code,
	VERDICT_LIST(VERDICT_CODE)
#undef VERDICT_CODE
		VERDICT_COUNT
};

/* The name on the wire, such as "not-on-roll". */
const char *verdict_name(enum verdict v);

/* One sentence for people. */
const char *verdict_sentence(enum verdict v);

/* What to do next; "" where there is nothing to say. */
const char *verdict_hint(enum verdict v);

/* The verdict called name; VERDICT_COUNT when there is none. */
enum verdict verdict_by_name(struct bytes name);

#endif
