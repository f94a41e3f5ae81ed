#ifndef BALLOTS_FILE_ELECTION_H
#define BALLOTS_FILE_ELECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/count/method.h"
#include "ballots/count/profile.h"
#include "ballots/file/scan.h"

/*
 * What a ballot file holds: the options, the ballots, and whatever else its
 * format says about the count.
 *
 * The readers of formats fill it: election_open() once the number of options
 * is known, then ballots by setting marks and election_add_ballot(); options
 * by election_add_option() before or behind.  What does not fit is a fault in
 * the text.
 */

/* What the counter makes of the file: what marks to look for. */
struct election_wanted {
	enum method_marks marks;
	int32_t low, high; /* ends of the scale, for scores and grades */
	bool choice;       /* CSV: ranks may be given as 1 and 0 (method.h) */
};

struct election {
	struct bytes *options; /* names, by index */
	uint32_t n_options;
	struct profile profile; /* its marks are as wanted */

	uint32_t seats;          /* 0: the file does not say */
	uint32_t default_option; /* METHOD_NO_OPTION: none */
	uint64_t *costs;         /* one an option, or NULL */
	uint64_t budget;         /* where there are costs */
	bool has_scale;          /* low and high are the file's own */
	int32_t low, high;

	uint16_t *marks; /* the next ballot, blank; a place an option */

	size_t options_cap, costs_cap; /* private */
	struct election_wanted wanted;
};

/* Nothing read yet. */
struct election election_of(struct election_wanted wanted);
void election_clear(struct election *e);

/*
 * Add an option that stands at where in the text; name is copied.  Options
 * have names, all different, and number at most PROFILE_OPTIONS_MAX.
 */
void election_add_option(struct election *e, struct scan *t,
	const uint8_t *where, struct bytes name);

/* The index of the option called name, or METHOD_NO_OPTION. */
uint32_t election_option(const struct election *e, struct bytes name);

/*
 * Make room for ballots on n options whose marks are at most highest.  where
 * is the place to complain about when n is 0 or above PROFILE_OPTIONS_MAX.
 */
void election_open(struct election *e, struct scan *t, const uint8_t *where,
	uint64_t n, uint32_t highest);

/*
 * Add weight ballots with the marks in e->marks, which are blank afterwards.
 * where is the place of the ballot in the text.
 */
void election_add_ballot(struct election *e, struct scan *t,
	const uint8_t *where, uint64_t weight);

/* A fault at where unless the marks that are wanted are these. */
void election_gives(const struct election *e, struct scan *t,
	const uint8_t *where, enum method_marks marks);

#endif
