#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ballots/base/mem.h"
#include "ballots/rules/delegation.h"
#include "tests/lib/rng.h"

/*
 * Delegation against a second, slow and obvious one, and the laws that make
 * it fair: nobody's weight is lost, made or moved by what others do.
 */
enum { TIMES = 3000, PEOPLE = 12, GRANTS = 30, SCOPES = 4, OPENED = 1000 };

/* A grant as it was filed; the later one for a scope ends the earlier. */
struct filed {
	uint32_t from, to, max;
	struct clocks_subject on;
	uint64_t made_s, accepted_s; /* accepted_s 0: never */
	bool ended;
};

struct any {
	struct filed grants[GRANTS];
	uint32_t n;
	uint32_t roll[PEOPLE];
	bool voted[PEOPLE];
	struct clocks_subject scopes[SCOPES];
	struct delegation_case c;
};

/* Topic 0, chapter 0 and the union are the question's; the rest is not. */
static const struct clocks_subject places[] = {{CLOCKS_PROPOSAL, 5},
	{CLOCKS_TOPIC, 0}, {CLOCKS_CHAPTER, 0}, {CLOCKS_UNION, 0},
	{CLOCKS_PROPOSAL, 6}, {CLOCKS_TOPIC, 1}, {CLOCKS_CHAPTER, 1}};

static bool
same(struct clocks_subject a, struct clocks_subject b)
{
	return a.about == b.about && a.number == b.number;
}

static void
file_grant(struct any *a, struct filed g)
{
	for (uint32_t i = 0; i < a->n; i++)
		if (a->grants[i].from == g.from && same(a->grants[i].on, g.on))
			a->grants[i].ended = true;
	a->grants[a->n++] = g;
}

static struct filed
any_grant(struct rng *r)
{
	struct filed g = {.from = (uint32_t)rng_below(r, PEOPLE)};
	uint64_t when = 700 + rng_below(r, 302); /* some die, some are late */

	do
		g.to = (uint32_t)rng_below(r, PEOPLE);
	while (g.to == g.from);
	if (rng_below(r, 8) == 0)
		g.to = DELEGATION_NOBODY;
	g.on = places[rng_below(r, sizeof(places) / sizeof(places[0]))];
	if (rng_below(r, 2) == 0)
		g.on = places[rng_below(r, 4)];
	g.made_s = when;
	if (g.to != DELEGATION_NOBODY && rng_below(r, 6) != 0) {
		g.accepted_s = when + rng_below(r, 9);
		g.max = 1 + (uint32_t)rng_below(r, PEOPLE);
	}
	g.ended = rng_below(r, 10) == 0;
	return g;
}

static void
draw(struct rng *r, struct any *a)
{
	uint64_t n = rng_below(r, GRANTS - 1);
	uint32_t voters = (uint32_t)rng_below(r, PEOPLE + 1);

	memset(a, 0, sizeof(*a));
	while (a->n < n)
		file_grant(a, any_grant(r));
	memcpy(a->scopes, places, sizeof(a->scopes));
	a->c = (struct delegation_case){.roll = a->roll,
		.voted = a->voted,
		.scopes = a->scopes,
		.n_scopes = SCOPES,
		.opened_s = OPENED,
		.life_s = 250,
		.cap = rng_below(r, 3) == 0 ? (uint32_t)rng_below(r, 5) : 0};
	for (uint32_t m = 0; m < PEOPLE; m++)
		if (rng_below(r, 8) != 0) {
			a->voted[a->c.n] = rng_below(r, PEOPLE) < voters;
			a->roll[a->c.n++] = m;
		}
}

/* What delegation.c makes of it. */
static uint64_t
weigh(const struct any *a, uint64_t *weight)
{
	struct delegation d = {0};
	uint8_t id[32] = {0};
	uint64_t unused;

	for (uint32_t i = 0; i < a->n; i++) {
		const struct filed *g = &a->grants[i];
		uint32_t earlier = delegation_of(&d, g->from, g->on);

		if (earlier != DELEGATION_NONE)
			delegation_end(&d, earlier);
		id[0] = (uint8_t)i;
		delegation_add(&d, id, g->from, g->to, g->on, g->made_s);
		if (g->accepted_s != 0)
			delegation_accept(&d, delegation_find(&d, id), g->max,
				g->accepted_s);
	}
	/* Revoked ones last: an end uncovers nothing by itself. */
	for (uint32_t i = 0; i < a->n; i++) {
		id[0] = (uint8_t)i;
		if (a->grants[i].ended &&
			delegation_find(&d, id) != DELEGATION_NONE)
			delegation_end(&d, delegation_find(&d, id));
	}
	unused = delegation_weigh(&d, &a->c, weight);
	delegation_clear(&d);
	return unused;
}

/* The twin ******************************************************************/

static uint32_t
place_of(const struct any *a, uint32_t member)
{
	for (uint32_t i = 0; i < a->c.n; i++)
		if (a->roll[i] == member)
			return i;
	return UINT32_MAX;
}

static bool
lives(const struct any *a, const struct filed *g)
{
	uint64_t date = g->made_s;

	if (g->ended || (g->to != DELEGATION_NOBODY && g->accepted_s == 0))
		return false;
	if (g->accepted_s > date)
		date = g->accepted_s;
	return date < a->c.opened_s && a->c.opened_s <= date + a->c.life_s;
}

/* The narrowest grant of a member for this question, or NULL. */
static const struct filed *
applies(const struct any *a, uint32_t member)
{
	for (uint32_t s = 0; s < a->c.n_scopes; s++)
		for (uint32_t i = 0; i < a->n; i++)
			if (a->grants[i].from == member &&
				same(a->grants[i].on, a->scopes[s]) &&
				lives(a, &a->grants[i]))
				return &a->grants[i];
	return NULL;
}

/* The place of who speaks for the member at place, or UINT32_MAX. */
static uint32_t
speaker(const struct any *a, uint32_t place)
{
	for (uint32_t steps = 0; steps <= PEOPLE; steps++) {
		const struct filed *g;

		if (place == UINT32_MAX || a->voted[place])
			return place;
		g = applies(a, a->roll[place]);
		if (g == NULL || g->to == DELEGATION_NOBODY)
			return UINT32_MAX;
		place = place_of(a, g->to);
	}
	return UINT32_MAX;
}

/* The most that the member at place carries beyond the own weight. */
static uint64_t
room(const struct any *a, uint32_t place)
{
	uint64_t most = a->c.cap == 0 ? UINT64_MAX : a->c.cap - 1;

	for (uint32_t i = 0; i < a->n; i++) {
		const struct filed *g = &a->grants[i];
		bool ours = false;

		for (uint32_t s = 0; s < a->c.n_scopes; s++)
			ours = ours || same(g->on, a->scopes[s]);
		if (ours && g->to == a->roll[place] && lives(a, g) &&
			g->max < most)
			most = g->max;
	}
	return most;
}

static uint64_t
weigh_slowly(const struct any *a, uint64_t *weight)
{
	uint64_t used = 0;

	memset(weight, 0, PEOPLE * sizeof(*weight));
	for (uint32_t i = 0; i < a->c.n; i++)
		if (speaker(a, i) != UINT32_MAX)
			weight[speaker(a, i)]++;
	for (uint32_t i = 0; i < a->c.n; i++) {
		if (weight[i] > 0 && weight[i] - 1 > room(a, i))
			weight[i] = 1 + room(a, i);
		used += weight[i];
	}
	return a->c.n - used;
}

/* The laws ******************************************************************/

static void
the_count_is_that_of_a_slow_and_obvious_one(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < TIMES; i++) {
		uint64_t fast[PEOPLE], slow[PEOPLE];
		struct any a;

		draw(&r, &a);
		assert_int_equal(weigh(&a, fast), weigh_slowly(&a, slow));
		assert_memory_equal(fast, slow, a.c.n * sizeof(*fast));
	}
}

static uint64_t
sum(const uint64_t *weight, uint32_t n)
{
	uint64_t total = 0;

	while (n > 0)
		total += weight[--n];
	return total;
}

static void
what_is_counted_and_what_is_unused_make_up_the_roll(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < TIMES; i++) {
		uint64_t weight[PEOPLE], unused;
		struct any a;

		draw(&r, &a);
		unused = weigh(&a, weight);
		assert_int_equal(sum(weight, a.c.n) + unused, a.c.n);
		for (uint32_t p = 0; p < a.c.n; p++)
			assert_true((weight[p] > 0) == a.voted[p]);
	}
}

static void
a_grant_of_one_who_votes_changes_nothing_else(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < TIMES; i++) {
		uint64_t before[PEOPLE], after[PEOPLE];
		struct filed g;
		struct any a;
		uint32_t place;

		draw(&r, &a);
		g = any_grant(&r);
		g.max = PEOPLE; /* a smaller one clips what others pass on */
		place = place_of(&a, g.from);
		if (place == UINT32_MAX || !a.voted[place])
			continue;
		/* Nor does it end an earlier one, whose max then goes. */
		for (uint32_t j = 0; j < a.n; j++)
			if (a.grants[j].from == g.from)
				a.grants[j].ended = true;
		weigh(&a, before);
		file_grant(&a, g);
		weigh(&a, after);
		assert_memory_equal(before, after, a.c.n * sizeof(*before));
	}
}

/* Those that have not ended: at most one for each member and scope. */
static void
keep_standing(struct any *a)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < a->n; i++)
		if (!a->grants[i].ended)
			a->grants[kept++] = a->grants[i];
	a->n = kept;
}

static void
the_order_in_which_grants_were_filed_does_not_matter(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < TIMES; i++) {
		uint64_t before[PEOPLE], after[PEOPLE];
		struct any a;

		draw(&r, &a);
		keep_standing(&a);
		weigh(&a, before);
		for (uint32_t j = a.n; j-- > 1;) {
			uint32_t k = (uint32_t)rng_below(&r, j + 1);
			struct filed kept = a.grants[j];

			a.grants[j] = a.grants[k];
			a.grants[k] = kept;
		}
		weigh(&a, after);
		assert_memory_equal(before, after, a.c.n * sizeof(*before));
	}
}

static void
a_loop_without_a_voter_adds_nothing(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < TIMES; i++) {
		uint64_t weight[PEOPLE];
		struct any a;
		uint32_t n;

		draw(&r, &a);
		a.n = 0;
		n = 2 + (uint32_t)rng_below(&r, a.c.n > 2 ? a.c.n - 2 : 1);
		if (n > a.c.n)
			continue;
		for (uint32_t p = 0; p < n; p++) {
			a.voted[p] = false;
			file_grant(&a, (struct filed){.from = a.roll[p],
					       .to = a.roll[(p + 1) % n],
					       .on = {CLOCKS_UNION, 0},
					       .made_s = 900,
					       .accepted_s = 900,
					       .max = PEOPLE});
		}
		assert_true(weigh(&a, weight) >= n);
		for (uint32_t p = 0; p < a.c.n; p++)
			assert_int_equal(weight[p], a.voted[p]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_count_is_that_of_a_slow_and_obvious_one),
		cmocka_unit_test(
			what_is_counted_and_what_is_unused_make_up_the_roll),
		cmocka_unit_test(a_grant_of_one_who_votes_changes_nothing_else),
		cmocka_unit_test(
			the_order_in_which_grants_were_filed_does_not_matter),
		cmocka_unit_test(a_loop_without_a_voter_adds_nothing),
	};

	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
