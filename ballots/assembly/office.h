#ifndef BALLOTS_ASSEMBLY_OFFICE_H
#define BALLOTS_ASSEMBLY_OFFICE_H

#include "ballots/assembly/world.h"

/*
 * Who holds which office, for how long, and when the founders' powers end
 * (specs/acts.md, end of section 4).
 */

/* True when member sits in the office, acting or not. */
bool office_sits(
	const struct world *w, enum charter_office office, uint32_t member);

/* Seat a member who does not sit there yet. */
void office_seat(struct world *w, enum charter_office office, uint32_t member,
	uint64_t now_s);

/* Take a seat away; nothing where there is none. */
void office_unseat(
	struct world *w, enum charter_office office, uint32_t member);

/* Take every seat of a member away. */
void office_unseat_all(struct world *w, uint32_t member);

/* What is due at now_s: end terms, and the founders' powers. */
void office_fire(struct world *w, enum charter_office office, uint64_t now_s);

/* After an admission: too many members end the founders' powers. */
void office_count_members(struct world *w);

/* Note when each office has something due next. */
void office_arm(struct world *w);

/*
 * Who holds the office at now_s: step *member up to the next one by number,
 * from *member on.  False when nobody is left.  Looks at founders and seats
 * only.
 */
bool office_next(const struct world *w, enum charter_office office,
	uint64_t now_s, uint32_t *member);

#endif
