#ifndef BALLOTS_RECORD_CAPSULE_PARTS_H
#define BALLOTS_RECORD_CAPSULE_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/verdict.h"
#include "ballots/record/act.h"
#include "ballots/record/capsule.h"
#include "ballots/record/checkpoint.h"
#include "ballots/record/credential.h"
#include "ballots/record/outcome.h"
#include "ballots/record/presentation.h"
#include "ballots/record/status.h"

/*
 * A capsule with each of its parts read, and none of them judged.  It borrows
 * the document.
 */
struct capsule_parts {
	struct capsule capsule;
	struct act act, publish, result;
	struct credential credential;
	struct presentation presentation; /* where there is one */
	struct checkpoint checkpoint;
	struct status status;
	struct outcome_question question;
	struct outcome outcome;
	uint32_t option; /* the mandate's, in both; 0: none */
	bool named;      /* each name is one of the act's, in its order */
	uint8_t name_at[SCOPE_PLACES]; /* the number of its name; 0: none */
};

/*
 * Read any bytes.  What capsule_read() says, and what the reader of a part says
 * when it is not in its form, or of another kind than it must be.  On OK *out
 * is for capsule_parts_clear().
 */
enum verdict capsule_parts_read(struct bytes doc, struct capsule_parts *out);
void capsule_parts_clear(struct capsule_parts *p);

/* The key of the holder, and the id of the member who it is. */
const uint8_t *capsule_parts_holder(const struct capsule_parts *p);
const uint8_t *capsule_parts_member(const struct capsule_parts *p);

/* What the counterparty or ceiling at a place is called; NULL: not told. */
const struct capsule_text *capsule_parts_name(
	const struct capsule_parts *p, size_t place);

/* True when the hash of a text and its language stand in a list of the act. */
bool capsule_parts_fits(const struct capsule_text *text, struct bytes texts);

/* True when a record stands under the checkpoint where it says. */
bool capsule_parts_stands(
	const struct capsule_parts *p, const struct capsule_record *r);

#endif
