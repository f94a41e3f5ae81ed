#ifndef DAEMON_SORTS_H
#define DAEMON_SORTS_H

#include "ballots/assembly/world.h"
#include "ballots/record/jcs.h"

/*
 * The sorts of things that the records establish, as items of replies: each
 * with the object that the state document has for it (describe.h), and what
 * stands beside it (specs/protocol.md section 2).
 */
struct sorts_row {
	const char *of; /* "members" */
	uint32_t (*count)(const struct world *w);
	/* Of a thing by its number; NULL where the sort has no such. */
	const uint8_t *(*id)(const struct world *w, uint32_t number);
	bool (*over)(const struct world *w, uint32_t number);
	void (*print)(
		const struct world *w, uint32_t number, struct jcs_printer *p);
	/* Members beside "item", by where they stand in canonical order. */
	void (*before)(
		const struct world *w, uint32_t number, struct jcs_printer *p);
	/* Before "number"; member, who asks, may be NULL. */
	void (*between)(const struct world *w, uint32_t number,
		const uint8_t *member, struct jcs_printer *p);
	void (*after)(
		const struct world *w, uint32_t number, struct jcs_printer *p);
	/* Looks one up by its id; NULL: ids are compared. */
	uint32_t (*find)(const struct world *w, const uint8_t id[static 32]);
};

/* The sort number i, in the order of the specification; NULL: no more. */
const struct sorts_row *sorts_at(size_t i);

/* True when the thing is over and not told of any more. */
bool sorts_over(
	const struct sorts_row *row, const struct world *w, uint32_t number);

/* Print the whole item; member, who asks, may be NULL. */
void sorts_print(const struct sorts_row *row, const struct world *w,
	uint32_t number, const uint8_t *member, struct jcs_printer *p);

/* The number of the thing with that id, or IDMAP_NONE. */
uint32_t sorts_find(const struct sorts_row *row, const struct world *w,
	const uint8_t id[static 32]);

#endif
