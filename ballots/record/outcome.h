#ifndef BALLOTS_RECORD_OUTCOME_H
#define BALLOTS_RECORD_OUTCOME_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/limits.h"
#include "ballots/base/need.h"
#include "ballots/base/verdict.h"

/*
 * A question and its result as they are read by one who has nothing else: what
 * was asked, the figures, and the rule that they are judged by
 * (specs/proposals.md sections 3 and 5).
 */
struct outcome_question {
	uint8_t id[CRYPT_HASH]; /* worked out from the document */
	struct bytes log, kind;
	uint64_t opens_s;
	uint32_t n_options;
	uint8_t options[LIMIT_OPTIONS][CRYPT_HASH]; /* their acts, from 1 */
	uint32_t place[LIMIT_OPTIONS];              /* and where in these */
};

struct outcome_option {
	uint64_t in_favour, against;
	bool quorum, majority, won;
};

struct outcome {
	uint64_t ballots, counted, roll;
	struct bytes outcome; /* such as passed */
	struct bytes class;   /* of the rule; empty: none */
	uint8_t charter[CRYPT_HASH];
	struct ratio majority;
	bool any_quorum; /* none is asked for */
	struct need quorum;
	uint32_t n_options;
	struct outcome_option options[LIMIT_OPTIONS]; /* from 1 */
};

/*
 * Read the document of a question, or the object of a result, out of what
 * passed jcs_check(); views borrow it.  MALFORMED also for figures that cannot
 * be: more weight than the roll has members.
 */
enum verdict outcome_read_question(
	struct bytes doc, struct outcome_question *out);
enum verdict outcome_read(struct bytes object, struct outcome *out);

/* The number of the option whose text stands in act; 0 when there is none. */
uint32_t outcome_option_of(
	const struct outcome_question *q, const uint8_t act[static CRYPT_HASH]);

/*
 * Judge the figures of option i again: RESULT_WRONG when its own quorum or
 * majority are not what the rule gives, TOO_FEW when one of them is missed or
 * it did not win.
 */
enum verdict outcome_judge(const struct outcome *o, uint32_t i);

#endif
