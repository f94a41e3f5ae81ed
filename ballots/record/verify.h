#ifndef BALLOTS_RECORD_VERIFY_H
#define BALLOTS_RECORD_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/verdict.h"
#include "ballots/record/checks.h"
#include "ballots/record/credential.h"
#include "ballots/record/presentation.h"
#include "ballots/record/trust.h"

/*
 * Everything a stranger checks of a credential, without a network: each check
 * has its own yes or no, and all of them together give one answer.
 *
 * Each row is a check, its name for programs, what its yes means and what its
 * no means, and the answer that a no leads to.
 */
/* clang-format off */
#define VERIFY_CHECKS(row) \
	row(ANSWER, "answer", \
		"It is a holder's answer to a request, in its one form.", \
		"It is no answer to a request, or not in its one form.", NOT_PROVEN) \
	row(HOLDER, "holder", \
		"The one whom the credential is about signed the answer.", \
		"The one whom the credential is about did not sign the answer.", NOT_PROVEN) \
	row(NONCE, "nonce", \
		"It was signed for this request.", \
		"It was signed for another request.", NOT_PROVEN) \
	row(CLIENT, "client", \
		"It was signed for the one who asks.", \
		"It was signed for somebody else.", NOT_PROVEN) \
	row(ASKED, "asked", \
		"It shows what was asked for.", \
		"It does not show what was asked for.", NOT_PROVEN) \
	row(FORM, "form", \
		"It is a credential of a known type, in its one form.", \
		"It is no credential of a known type, or not in its one form.", NOT_PROVEN) \
	row(SIGNATURES, "signatures", \
		"Every signature on it is good.", \
		"A signature on it is not good: it was changed, or never signed.", NOT_PROVEN) \
	row(ISSUER, "issuer", \
		"Its issuer signed it.", \
		"Its issuer did not sign it.", NOT_PROVEN) \
	row(TRUST, "trust", \
		"Those who signed it are trusted for this, and enough of them.", \
		"Those who signed it are not trusted for this, or not enough of them.", NOT_PROVEN) \
	row(BEGUN, "begun", \
		"Its time has begun.", \
		"Its time has not begun.", NOT_PROVEN) \
	row(NOT_OVER, "not-over", \
		"Its time is not over.", \
		"Its time is over.", NOT_PROVEN) \
	row(LIST, "list", \
		"The status list is the one it names, by one who signed it.", \
		"The status list is not the one it names, by one who signed it.", NOT_PROVEN) \
	row(FRESH, "fresh", \
		"The status list is of this time.", \
		"The status list is not of this time.", STALE) \
	row(STANDING, "standing", \
		"It tells how its mandate stands.", \
		"It does not tell how its mandate stands: ask for the capsule.", STALE) \
	row(NOT_SUSPENDED, "not-suspended", \
		"It is not suspended.", \
		"It is suspended.", SUSPENDED) \
	row(NOT_REVOKED, "not-revoked", \
		"It is not revoked.", \
		"It is revoked.", REVOKED)

/* clang-format on */

enum verify_check {
#define VERIFY_CODE(code, name, yes, no, answer) VERIFY_##code,
	VERIFY_CHECKS(VERIFY_CODE)
#undef VERIFY_CODE
		VERIFY_CHECK_COUNT
};

/* Every row, for those who tell what was checked. */
const struct checks_table *verify_table(void);

/* VALID needs the checks of a credential to have been made. */
enum checks_answer verify_answer(const struct checks *v);

/* With whom and what a credential is compared. */
struct verify_with {
	const struct trust *trust;
	uint64_t now_s;
	const struct bytes *lists; /* status lists' credentials, any bytes */
	size_t n_lists;
};

/*
 * Check any bytes as a credential.  A check is only made where those it needs
 * said yes; without a list for it, its status is not checked.  True when *out
 * was read; it borrows doc.
 */
bool verify_credential(struct bytes doc, const struct verify_with *with,
	struct checks *v, struct credential *out);

/* Judge whether the one whom c is about signed p, for somebody. */
enum verdict verify_holder(
	const struct presentation *p, const struct credential *c);

/*
 * The same for a credential that its holder shows: for nonce and client_id of
 * q, or where q is NULL for anybody.
 */
bool verify_shown(const struct presentation *p, const struct query *q,
	const struct verify_with *with, struct checks *v,
	struct credential *out);

/* The same for the answer to a request, and the credential in it. */
bool verify_presentation(struct bytes doc, const struct query *q,
	const struct verify_with *with, struct checks *v,
	struct credential *out);

#endif
