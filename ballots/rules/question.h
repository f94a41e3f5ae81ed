#ifndef BALLOTS_RULES_QUESTION_H
#define BALLOTS_RULES_QUESTION_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"
#include "ballots/count/method.h"
#include "ballots/rules/charter.h"
#include "ballots/rules/clocks.h"
#include "ballots/rules/lots.h"
#include "ballots/rules/roster.h"

/*
 * A question: a frozen list of options, the roll of who may answer, and the
 * box of ballots (specs/proposals.md section 3).
 *
 * Option 0 is the status quo.  Every cast is kept, since the extension looks
 * at an earlier moment; the last one of each member counts.
 */
enum question_kind {
	QUESTION_DECISION,
	QUESTION_HOLD,
	QUESTION_MANDATE_HOLD,
	QUESTION_PANEL
};

/* Where an option's text stands. */
struct question_option {
	uint8_t act[32];   /* the act that holds it */
	uint32_t proposal; /* number of the proposal */
	uint32_t k;        /* index of the option in that act */
	uint32_t place;  /* among the options, or candidates, of its proposal */
	uint64_t cost;   /* equal shares */
	bool entrenched; /* amends the amendment rules */
};

struct question_cast {
	uint32_t place; /* on the roll */
	uint64_t time_s, seq;
	uint64_t record; /* its index */
	uint8_t act[32];
};

/* What a question is made from; n_options without the status quo. */
struct question_form {
	enum question_kind kind;
	uint32_t owner; /* contest, proposal, mandate or case, by kind */
	uint8_t about[32];
	const char *log;
	const struct method *method;
	uint32_t n_options, seats;
	bool scaled;
	int32_t low, high;
	uint64_t budget;
	uint64_t opens_s, period_s, late_s;
	bool delegation, any_quorum; /* any_quorum: none is asked for */
	/* The rule it is counted by, and the charter that the rule is of. */
	char class[CHARTER_NAME + 1]; /* empty: none */
	uint8_t charter[32];
	struct need quorum;
	struct ratio majority, entrenched;
	uint32_t chapter; /* ROSTER_NONE: none */
	uint32_t n_scopes;
	struct clocks_subject scopes[LIMIT_RIVALS + 3]; /* of delegation */
};

struct question {
	uint8_t id[32];
	struct question_form form;
	struct question_option *options; /* form.n_options */
	uint64_t close_s;
	bool extended, moved, counting;

	uint32_t *roll; /* member numbers, ascending */
	uint32_t n_roll;
	uint8_t roll_root[32];

	struct question_cast *casts; /* in record order */
	int16_t *marks;              /* n_marks for each cast */
	uint32_t n_marks;
	uint32_t n_casts;
	size_t casts_cap, marks_cap;
	uint32_t *last; /* by place: cast number plus one, 0 for none */

	/* Of a first count that ended in a tie, kept for the second; or NULL.
	 */
	uint64_t *weight; /* by place */
	uint64_t unused;

	struct lots lots;
};

/*
 * Open a question on the roll of those who could vote at form->opens_s.
 * Copies form and options.  The caller gives it back to question_free().
 */
struct question *question_new(const struct question_form *form,
	const struct question_option *options, const struct roster *roster,
	const struct roster_rules *rules);

/* The same on a roll that is given; n_roll members, ascending. */
struct question *question_new_on(const struct question_form *form,
	const struct question_option *options, const struct roster *roster,
	const uint32_t *roll, uint32_t n_roll);

void question_free(struct question *q);

/* NULL is allowed; the place of a member on its roll, or UINT32_MAX. */
uint32_t question_place(const struct question *q, uint32_t member);

/*
 * Judge a ballot at now_s: CLOSED, NOT_ON_ROLL, INVALID_BALLOT, STALE or
 * EQUIVOCATION.  marks is the list as it stands in the act.
 */
enum verdict question_may_cast(const struct question *q, uint32_t member,
	struct bytes marks, uint64_t seq, uint64_t now_s);

/* Put a ballot that was judged into the box, as record number record. */
void question_cast(struct question *q, uint32_t member, struct bytes marks,
	uint64_t seq, const uint8_t act[static 32], uint64_t record,
	uint64_t now_s);

/*
 * Take the ballots of a member that are records from onwards out of the box,
 * as if they had never been cast; nothing once the question has closed.
 */
void question_take_out(struct question *q, uint32_t member, uint64_t from);

/* A gap between records from before_s to now_s moves the close, once. */
void question_outage(struct question *q, uint64_t before_s, uint64_t now_s);

/*
 * The last ballot at place that was cast before limit_s (UINT64_MAX: any), as
 * a cast number, or UINT32_MAX.
 */
uint32_t question_ballot(
	const struct question *q, uint32_t place, uint64_t limit_s);

/* The marks of a cast, n_marks of them. */
const int16_t *question_marks(const struct question *q, uint32_t cast);

/* Print the document whose hash is the id. */
void question_print(const struct question *q, struct writer *out);

const char *question_kind_name(enum question_kind kind);

#endif
