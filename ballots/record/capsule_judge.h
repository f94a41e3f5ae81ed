#ifndef BALLOTS_RECORD_CAPSULE_JUDGE_H
#define BALLOTS_RECORD_CAPSULE_JUDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/verdict.h"
#include "ballots/record/capsule_parts.h"
#include "ballots/record/checks.h"
#include "ballots/record/trust.h"

/*
 * What there is to be checked of a capsule, one thing after the other.
 *
 * Each row is a check, its name for programs, what its yes means and what its
 * no means, and the answer that a no leads to.  specs/capsule.md has the same.
 */
/* clang-format off */
#define CAPSULE_CHECKS(row) \
	row(FORM, "form", \
		"It is a capsule, and each part is in its one form.", \
		"It is no capsule, or a part is not in its one form.", NOT_PROVEN) \
	row(UNION, "union", \
		"All of it is of one union, whose ledger is trusted.", \
		"Not all of it is of one union whose ledger is trusted.", NOT_PROVEN) \
	row(CHECKPOINT, "checkpoint", \
		"The ledger signed the checkpoint.", \
		"The ledger did not sign the checkpoint.", NOT_PROVEN) \
	row(WITNESSES, "witnesses", \
		"Enough witnesses signed the checkpoint too.", \
		"Too few witnesses signed the checkpoint.", NOT_PROVEN) \
	row(STATUS, "status", \
		"The ledger stated how this mandate stands.", \
		"The ledger did not state how this mandate stands.", NOT_PROVEN) \
	row(SIGNATURES, "signatures", \
		"Every signature on the credential is good.", \
		"A signature on the credential is not good: it was changed, or never signed.", NOT_PROVEN) \
	row(ISSUER, "issuer", \
		"The credential's issuer signed it.", \
		"The credential's issuer did not sign it.", NOT_PROVEN) \
	row(TRUST, "trust", \
		"Those who signed it are trusted for this, and enough of them.", \
		"Those who signed it are not trusted for this, or not enough of them.", NOT_PROVEN) \
	row(STEWARDS, "stewards", \
		"All who signed it are stewards by the statement.", \
		"Not all who signed it are stewards by the statement.", NOT_PROVEN) \
	row(HOLDER, "holder", \
		"Its holder's key is that of an acting delegate.", \
		"Its holder's key is not that of an acting delegate.", NOT_PROVEN) \
	row(BEGUN, "begun", \
		"The mandate's time has begun.", \
		"The mandate's time has not begun.", NOT_PROVEN) \
	row(NOT_OVER, "not-over", \
		"The mandate's time is not over.", \
		"The mandate's time is over.", NOT_PROVEN) \
	row(TERMS, "terms", \
		"The credential says what the mandate says.", \
		"The credential does not say what the mandate says.", NOT_PROVEN) \
	row(TEXT, "text", \
		"The text is the one that the members voted on.", \
		"The text is not the one that the members voted on.", NOT_PROVEN) \
	row(NAMES, "names", \
		"The names of counterparties and ceilings are those voted on.", \
		"A name of a counterparty or ceiling is not the one voted on.", NOT_PROVEN) \
	row(QUESTION, "question", \
		"The members were asked about this very mandate.", \
		"The members were not asked about this very mandate.", NOT_PROVEN) \
	row(RESULT, "result", \
		"Their answer stands in the ledger.", \
		"Their answer does not stand in the ledger.", NOT_PROVEN) \
	row(PASSED, "passed", \
		"Judged again by its rule, their answer is yes.", \
		"Judged again by its rule, their answer is not yes.", NOT_PROVEN) \
	row(PUBLISHED, "published", \
		"A steward who signed it published it in the ledger.", \
		"No steward who signed it published it in the ledger.", NOT_PROVEN) \
	row(SHOWN, "shown", \
		"Its holder signed it to show it.", \
		"Its holder did not sign it to show it.", NOT_PROVEN) \
	row(NONCE, "nonce", \
		"It was signed for this request.", \
		"It was signed for another request.", NOT_PROVEN) \
	row(CLIENT, "client", \
		"It was signed for the one who asks.", \
		"It was signed for somebody else.", NOT_PROVEN) \
	row(NOT_AHEAD, "not-ahead", \
		"Nothing in it is dated later than now.", \
		"Something in it is dated later than now.", NOT_PROVEN) \
	row(FRESH, "fresh", \
		"The statement is fresh.", \
		"The statement is old.", STALE) \
	row(IN_FORCE, "in-force", \
		"The mandate came into force.", \
		"The mandate did not come into force, or nobody knows its state.", NOT_PROVEN) \
	row(NOT_SUSPENDED, "not-suspended", \
		"The mandate is not suspended.", \
		"The mandate is suspended.", SUSPENDED) \
	row(NOT_REVOKED, "not-revoked", \
		"The mandate has not ended.", \
		"The mandate has ended.", REVOKED)
/* clang-format on */

enum capsule_check_row {
#define CAPSULE_CODE(code, name, yes, no, answer) CAPSULE_##code,
	CAPSULE_CHECKS(CAPSULE_CODE)
#undef CAPSULE_CODE
		CAPSULE_CHECK_COUNT
};

/* With whom and what a capsule is compared. */
struct capsule_check_with {
	const struct trust *trust;
	uint64_t now_s;
	bool asked; /* it must be signed for this nonce and client */
	struct bytes nonce, client; /* as they stand in JSON, without quotes */
};

/*
 * True when a check is to be made: it concerns this capsule, and made says yes
 * to those that it needs, which stand above it.  Never for form, nor for those
 * that a credential alone has too (verify.h).
 */
bool capsule_judge_due(int row, const struct checks *made,
	const struct capsule_parts *p, const struct capsule_check_with *with);

/* Make a check that is due. */
enum verdict capsule_judge_row(int row, const struct capsule_parts *p,
	const struct capsule_check_with *with);

#endif
