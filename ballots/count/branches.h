#ifndef BALLOTS_COUNT_BRANCHES_H
#define BALLOTS_COUNT_BRANCHES_H

#include "ballots/count/method.h"
#include "ballots/count/profile.h"
#include "ballots/count/result.h"

/*
 * Ties that come up in the middle of a count, when there is no lot.
 *
 * A count is run with a list of picks, which say how its first ties fall, and
 * stops at the first tie beyond them.  Running it with every pick shows what
 * each choice leads to.  Where all of them elect the same, nothing is at
 * stake and the count goes on with the first option; otherwise the tie is
 * the result.
 */
struct branches_tie {
	enum result_contest contest;
	uint32_t seats;
	struct result_list options;
};

/* One run of a count: what it reads, and where it has come to. */
struct branches_run {
	const struct method_rules *rules;
	const struct profile *profile;
	struct result *out;
	bool open;   /* a tie is open: the count stops */
	bool failed; /* set by a count that would take too long */

	/* Private. */
	const struct result_list *picks;
	struct branches_tie *met; /* the ties that used up picks, then tie */
	size_t n_met, met_cap;
};

/* A count, from its beginning to its end or to an open tie. */
typedef void branches_count(struct branches_run *run);

/*
 * Who wins (for exclusion: who is excluded) among tied options that contend
 * for seats.  One option alone is that; with a lot it is always known.
 * Otherwise it is what earlier picks imply, as a lot is one order of all
 * options; or the next pick; or METHOD_NO_OPTION: then the tie is open and the
 * count must return.  Says so in a note to the last table.
 */
uint32_t branches_choose(struct branches_run *run, enum result_contest contest,
	uint32_t seats, const struct result_list *tied);

/*
 * Count, with every branch where ties are open.  Keeps the steps in out.
 * VERDICT_TOO_LARGE when the count failed.
 */
enum verdict branches_explore(branches_count *count,
	const struct method_rules *rules, const struct profile *p,
	struct result *out);

#endif
