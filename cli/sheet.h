#ifndef CLI_SHEET_H
#define CLI_SHEET_H

#include "cli/subject.h"

/*
 * A question as its document says it (specs/proposals.md section 3): what a
 * ballot answers.  The document is checked against the id that is signed.
 */
struct sheet {
	uint8_t about[CRYPT_HASH];
	struct bytes kind, method; /* lent by the subject */
	int64_t low, high;         /* of the scale, 0 where there is none */
	size_t n; /* options, the status quo too, which has no act */
	struct {
		uint8_t act[CRYPT_HASH];
		uint32_t k;
	} options[LIMIT_OPTIONS];
	int64_t seats, opens;
};

/*
 * Find the question that is voted on under a name: that of a proposal, of the
 * proposal that ratifies an agreement, or of a case, whose panel votes; with
 * hold, of a petition about a proposal or mandate.  As subject_find().
 */
int sheet_find(
	struct desk *d, const char *word, bool hold, struct subject *out);

/*
 * Read the document of a question found.  Returns 0, or -1 once it has
 * complained.
 */
int sheet_read(const struct subject *s, struct sheet *out);

/* Append the title of option i, from 0.  Returns 0 or -1. */
int sheet_title(
	struct desk *d, const struct sheet *q, size_t i, struct writer *out);

/* How many marks a ballot has. */
size_t sheet_marks(const struct sheet *q);

#endif
