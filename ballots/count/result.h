#ifndef BALLOTS_COUNT_RESULT_H
#define BALLOTS_COUNT_RESULT_H

#include <stddef.h>
#include <stdint.h>

#include "ballots/count/steps.h"

/* A list of options by index, which owns its memory. */
struct result_list {
	uint32_t *at;
	size_t n;
	size_t cap;
};

enum result_outcome { RESULT_NONE, RESULT_PASSED, RESULT_REJECTED };

/* What the options of a tie contend for. */
enum result_contest {
	RESULT_SEAT,      /* the lot's first ones take the seats */
	RESULT_EXCLUSION, /* the lot's last one is excluded */
	RESULT_SURPLUS,   /* the lot's first one's surplus goes first */
};

struct result_tie {
	enum result_contest contest;
	uint32_t seats; /* still open, fewer than options */
	struct result_list options;
	/*
	 * For each of options, the winners that are certain once the lot has
	 * put it first (for an exclusion: last).
	 */
	struct result_list *leads;
};

/*
 * What a count says.  A zeroed struct result is empty and ready.
 *
 * winners stand in order of election; while a tie is open, only what is
 * certain whichever way it falls.
 */
struct result {
	struct result_list winners;
	struct result_tie *ties;
	size_t n_ties;
	struct result_list *ranking; /* groups, best first; equal inside one */
	size_t n_ranking;
	enum result_outcome outcome;
	uint64_t valid;     /* weight of the ballots that were counted */
	uint64_t blank;     /* that say nothing; not in valid */
	uint64_t set_aside; /* that the method cannot count; not in valid */
	struct steps steps;

	size_t ties_cap, ranking_cap; /* private */
};

void result_clear(struct result *r);

void result_add(struct result_list *list, uint32_t option);
void result_add_all(struct result_list *list, const struct result_list *more);
void result_free(struct result_list *list);

/* A new empty group at the end of the ranking, lent until the next. */
struct result_list *result_group(struct result *r);

/* A new tie over a copy of options, with empty leads; lent until the next. */
struct result_tie *result_tie(struct result *r, enum result_contest contest,
	uint32_t seats, const struct result_list *options);

/*
 * Fill seats from the front of the ranking.  A group that fits is elected as
 * a whole; one that does not is a tie for the seats that are left.
 */
void result_seat(struct result *r, uint32_t seats);

/*
 * Order the groups of the ranking by lot, so that each holds one option, and
 * show in a table what the lot has ordered.
 */
void result_draw(struct result *r, const uint32_t *lot);

/* From a ranking to winners: draw where there is a lot, then seat. */
void result_finish(struct result *r, uint32_t seats, const uint32_t *lot);

#endif
