#ifndef BALLOTS_RULES_TALLY_H
#define BALLOTS_RULES_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/count/profile.h"
#include "ballots/count/result.h"
#include "ballots/rules/delegation.h"
#include "ballots/rules/question.h"
#include "ballots/rules/roster.h"

/*
 * From ballots to outcome: a pure function of a question, its ballots and the
 * grants (specs/proposals.md sections 4 and 5).
 */
enum tally_outcome {
	TALLY_PASSED,
	TALLY_REJECTED,
	TALLY_NO_QUORUM,
	TALLY_TIED,
};

struct tally_option {
	uint64_t in_favour, against;
	bool quorum, majority;
};

struct tally {
	uint64_t ballots;   /* members who cast one */
	uint64_t counted;   /* weight of their ballots */
	uint64_t unused;    /* weight that reached nobody or was clipped */
	uint32_t n_options; /* the status quo among them */
	struct tally_option *options; /* [0] is not used */
	enum tally_outcome outcome;
	uint8_t box[32];
	struct result result; /* of the method, options by index */
	bool lot;             /* a lot was due: revealed, or missing */
	bool drawn;
	uint8_t seed[32];
};

/* What the count needs besides the question. */
struct tally_union {
	const struct roster *roster;
	const struct delegation *delegation;
	uint64_t grant_life_s;
	uint32_t delegate_cap;
	uint32_t n_chapters;
};

/*
 * Count the ballots cast before limit_s (UINT64_MAX: all).  lot: settle ties
 * by the values that were revealed.  The caller clears *out.
 */
void tally_count(const struct question *q, const struct tally_union *u,
	uint64_t limit_s, bool lot, struct tally *out);

/* Keep the weights of a count that ended in a tie, for the one after the lot.
 */
void tally_keep(struct question *q, const struct tally_union *u);

/*
 * Where the weight of the member at place ends as things stand: the place of
 * who voted, or UINT32_MAX.  *weight is what the ballot cast at place has, 0
 * where there is none.
 */
uint32_t tally_follow(const struct question *q, const struct tally_union *u,
	uint32_t place, uint64_t *weight);

void tally_clear(struct tally *t);

/* True when some option reached the quorum. */
bool tally_any_quorum(const struct tally *t);

/* True when the ballots of the late window bring the first quorum. */
bool tally_extends(const struct question *q, const struct tally_union *u);

#endif
