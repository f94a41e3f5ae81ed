#ifndef BALLOTS_RULES_DELEGATION_H
#define BALLOTS_RULES_DELEGATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/rules/clocks.h"
#include "ballots/rules/idmap.h"

/*
 * Delegation: who lets whom speak for them, on what (specs/proposals.md
 * section 6).
 *
 * Grants are kept as they stand; where the weight of a member ends up is one
 * pure function of grants, roll and ballots, worked out once, at the count.
 * Loops are allowed and carry nothing.
 */
#define DELEGATION_NOBODY UINT32_MAX /* a grant "to none" */

struct delegation_grant {
	uint8_t id[32];
	uint32_t from;
	uint32_t to;              /* member, or DELEGATION_NOBODY */
	struct clocks_subject on; /* union, chapter, topic or proposal */
	uint64_t made_s;
	uint64_t accepted_s; /* valid where accepted */
	bool accepted, ended;
	uint32_t max;  /* most weight the delegate carries; 0 until accepted */
	uint32_t next; /* of the same member, or DELEGATION_NONE */
};

#define DELEGATION_NONE UINT32_MAX

/* A zeroed struct delegation is empty. */
struct delegation {
	struct delegation_grant *grants; /* in founding order */
	uint32_t n;
	size_t cap;
	uint32_t *first; /* by member, plus one: 0 is none */
	size_t first_cap;
	struct idmap ids; /* of those that have not ended */
};

void delegation_clear(struct delegation *d);

/* Add a grant; the member's earlier one for the same scope has ended. */
void delegation_add(struct delegation *d, const uint8_t id[static 32],
	uint32_t from, uint32_t to, struct clocks_subject on, uint64_t now_s);

/* The number of the grant with that id that has not ended, or NONE. */
uint32_t delegation_find(
	const struct delegation *d, const uint8_t id[static 32]);

/* The number of the member's grant for that scope, or NONE. */
uint32_t delegation_of(
	const struct delegation *d, uint32_t from, struct clocks_subject on);

const struct delegation_grant *delegation_get(
	const struct delegation *d, uint32_t number);

void delegation_accept(
	struct delegation *d, uint32_t number, uint32_t max, uint64_t now_s);
void delegation_end(struct delegation *d, uint32_t number);

/* One count: who is on the roll, what the question is about. */
struct delegation_case {
	const uint32_t *roll; /* member numbers, ascending */
	uint32_t n;
	const bool *voted;                   /* by place on the roll */
	const struct clocks_subject *scopes; /* narrowest first */
	uint32_t n_scopes;
	uint64_t opened_s, life_s;
	uint32_t cap; /* most weight one member counts for; 0: no cap */
};

/*
 * Weigh the ballots: weight[place] becomes 1 plus what others passed on for
 * those who voted, 0 for the rest.  Returns the weight that nobody uses.
 */
uint64_t delegation_weigh(const struct delegation *d,
	const struct delegation_case *c, uint64_t *weight);

/* The place of member on a roll of n, or UINT32_MAX. */
uint32_t delegation_place(const uint32_t *roll, uint32_t n, uint32_t member);

/*
 * Where the weight of the member at place ends: the place of who voted, or
 * UINT32_MAX when it is unused.
 */
uint32_t delegation_follow(const struct delegation *d,
	const struct delegation_case *c, uint32_t place);

#endif
