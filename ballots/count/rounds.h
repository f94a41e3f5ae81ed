#ifndef BALLOTS_COUNT_ROUNDS_H
#define BALLOTS_COUNT_ROUNDS_H

#include "ballots/base/wide.h"
#include "ballots/count/method.h"
#include "ballots/count/result.h"

/*
 * Where a count in rounds stands: who is still hopeful, who is elected, who
 * is excluded, and with how many votes; and one table of steps a round.
 *
 * Votes are whole numbers of units, of which 10^decimals are one ballot.
 * Votes of all options, exhausted and lost together are the ballots, always.
 */
enum rounds_state {
	ROUNDS_ABSENT, /* not eligible */
	ROUNDS_HOPEFUL,
	ROUNDS_ELECTED,
	ROUNDS_EXCLUDED,
};

struct rounds {
	uint32_t options;
	unsigned decimals;
	enum rounds_state *states; /* one an option */
	uint32_t hopefuls;
	bool skips; /* ballots may come by overvotes that they skip */
	wide *votes;
	wide exhausted; /* of ballots with no option left */
	wide lost;      /* cut off behind the last decimal */
	struct result *out;

	/* Private: what the last table showed. */
	struct steps_table *table;
	uint32_t leaving; /* excluded in this table */
	wide *shown;
	wide shown_exhausted, shown_lost;
};

void rounds_init(struct rounds *r, const struct method_rules *rules,
	uint32_t options, unsigned decimals, struct result *out);
void rounds_clear(struct rounds *r);

/* Begin a table for the votes as they are now. */
void rounds_begin(struct rounds *r, const char *title);

/*
 * A sentence for this round that ends in a number of votes.  It begins with
 * the name of option, unless that is STEPS_NOBODY.
 */
void rounds_note(
	struct rounds *r, uint32_t option, const char *text, wide votes);

/* Between begin and end: what these votes mean for a hopeful option. */
void rounds_elect(struct rounds *r, uint32_t option);
void rounds_exclude(struct rounds *r, uint32_t option);

/* Write the rows of this round. */
void rounds_end(struct rounds *r);

/* Append the hopefuls whose votes are the lowest, or within margin of it. */
void rounds_lowest(
	const struct rounds *r, wide margin, struct result_list *out);

/*
 * Have these lowest no votes at all, and are there enough others for the
 * open seats?  Then they are all excluded one after the other, and in which
 * order changes nothing, unless overvotes are skipped.
 */
bool rounds_idle(const struct rounds *r, const struct result_list *lowest,
	uint32_t seats);

#endif
