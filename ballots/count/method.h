#ifndef BALLOTS_COUNT_METHOD_H
#define BALLOTS_COUNT_METHOD_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/ratio.h"
#include "ballots/base/verdict.h"
#include "ballots/count/profile.h"
#include "ballots/count/result.h"

/*
 * A method of counting: a pure function from ballots and rules to a result.
 *
 * Methods know options by index and ballots as marks with weights.  They use
 * whole numbers and exact fractions only, and leave ties open unless the
 * rules hold a lot.
 */

/* What the marks of a ballot are (profile.h). */
enum method_marks {
	METHOD_RANKS,
	METHOD_APPROVALS,
	METHOD_SCORES, /* levels of the scale, summed */
	METHOD_GRADES, /* levels of the scale, compared */
};

enum method_overvote { METHOD_OVERVOTE_SKIP, METHOD_OVERVOTE_EXHAUST };
enum method_utility { METHOD_UTILITY_COST, METHOD_UTILITY_CARDINALITY };
enum method_completion {
	METHOD_COMPLETION_NONE,
	METHOD_COMPLETION_ADD1,
	METHOD_COMPLETION_ADD1_EXHAUSTIVE,
};

#define METHOD_NO_OPTION UINT32_MAX

/*
 * What a counter must be told.  Start from METHOD_RULES; a method reads the
 * members that concern it.  Pointers are borrowed, hold one value an option,
 * and may be NULL.
 */
struct method_rules {
	uint32_t seats; /* places to fill, 1 to the number of options */

	const bool *eligible; /* options that may win; NULL: all */

	/*
	 * The option that stands when no other is good enough.  Others must be
	 * preferred to it by at least quorum (weight), by ratios[option] to one
	 * of those who prefer it (NULL: 1), and by more than prefer it.
	 */
	uint32_t default_option; /* METHOD_NO_OPTION: none */
	uint64_t quorum;
	const struct ratio *ratios;

	/* Mark 1 means low; high is best, and may be the smaller number. */
	int32_t low, high;

	/*
	 * The place of each option in the lot, all different: in a tie the
	 * lowest place wins, the highest is excluded.  NULL: ties stay open.
	 */
	const uint32_t *lot;

	enum method_overvote overvote; /* equal ranks in irv and stv */

	/* Equal shares. */
	const uint64_t *costs;
	uint64_t budget;
	enum method_utility utility;
	enum method_completion completion;
	uint32_t raises_max; /* of a completion; beyond it is no result */
	bool greedy;         /* what still fits after that, most votes first */
};

#define METHOD_RULES                                                           \
	((struct method_rules){.seats = 1,                                     \
		.default_option = METHOD_NO_OPTION,                            \
		.low = 0,                                                      \
		.high = 1,                                                     \
		.overvote = METHOD_OVERVOTE_EXHAUST,                           \
		.raises_max = 1000000})

/*
 * One row of the table in methods.c.
 *
 * prefers: does the ballot say that option a is better than option b?
 *
 * count: *out is a zeroed result, the caller's to clear whatever the verdict.
 * VERDICT_OVERFLOW when 128 bits do not suffice.  Call it through
 * methods_count(), which deals with the default option and options_max.
 */
struct method {
	const char *name;  /* "stv-wigm" */
	const char *title; /* "Single transferable vote, Scottish rules" */
	enum method_marks marks;
	bool choice;     /* one rank matters: 1 and 0 say enough */
	bool many_seats; /* may fill more than one seat */
	bool decides;    /* gives an outcome against the default by itself */
	uint32_t options_max;

	bool (*prefers)(const struct method_rules *rules, const uint16_t *marks,
		uint32_t a, uint32_t b);
	enum verdict (*count)(const struct method_rules *rules,
		const struct profile *p, struct result *out);
};

/* True where the rules let option win. */
bool method_eligible(const struct method_rules *rules, uint32_t option);

#endif
