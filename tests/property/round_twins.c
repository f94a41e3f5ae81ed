#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/base/wide.h"
#include "tests/lib/anyballots.h"

/*
 * IRV, Scottish STV and Meek, each against a second, slow and obvious one:
 * every ballot is looked at by itself in every round.  A lot settles all ties,
 * so both must elect the same in the same order.
 */
enum { TIMES = 600, NOBODY = ANY_OPTIONS };

struct twin {
	const struct anyballots *a;
	bool standing[ANY_OPTIONS]; /* can still be given votes */
	bool elected[ANY_OPTIONS];
	uint32_t winners[ANY_OPTIONS];
	uint32_t n_winners;
};

/* Small tools **************************************************************/

/* How many options of the ballot have rank; *one is one of those that stand. */
static uint32_t
at_rank(const struct twin *t, size_t row, uint32_t rank, uint32_t *standing,
	uint32_t *one)
{
	uint32_t n = 0;

	*standing = 0;
	for (uint32_t i = 0; i < t->a->options; i++) {
		if (t->a->marks[row][i] != rank)
			continue;
		n++;
		if (t->standing[i]) {
			*one = i;
			(*standing)++;
		}
	}
	return n;
}

/* Where a ballot counts that has come behind rank *rank. */
static uint32_t
next_of(const struct twin *t, size_t row, uint32_t *rank)
{
	while (++*rank <= ANY_OPTIONS) {
		uint32_t standing, one = NOBODY;
		uint32_t n = at_rank(t, row, *rank, &standing, &one);

		if (n > 1 && t->a->rules.overvote == METHOD_OVERVOTE_EXHAUST)
			*rank = ANY_OPTIONS;
		else if (standing == 1)
			return one;
	}
	return NOBODY;
}

/* Among those in mask with the best value, the lot's first (or last). */
static uint32_t
outermost(const struct twin *t, const bool *mask, const wide *value, bool most)
{
	const uint32_t *lot = t->a->rules.lot;
	uint32_t found = NOBODY;

	for (uint32_t i = 0; i < t->a->options; i++) {
		int order;

		if (!mask[i])
			continue;
		if (found == NOBODY) {
			found = i;
			continue;
		}
		order = wide_compare(value[i], value[found]);
		if (most ? order > 0 || (order == 0 && lot[i] < lot[found])
			 : order < 0 || (order == 0 && lot[i] > lot[found]))
			found = i;
	}
	return found;
}

static uint32_t
count_true(const bool *mask, uint32_t n)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < n; i++)
		count += mask[i];
	return count;
}

static void
elect(struct twin *t, uint32_t option)
{
	t->elected[option] = true;
	t->winners[t->n_winners++] = option;
}

/* IRV **********************************************************************/

static void
irv_twin(struct twin *t)
{
	for (;;) {
		wide votes[ANY_OPTIONS + 1] = {0};
		uint32_t left = count_true(t->standing, t->a->options);

		for (size_t row = 0; row < t->a->rows; row++) {
			uint32_t rank = 0;

			votes[next_of(t, row, &rank)] += t->a->weights[row];
		}
		if (left <= 2) {
			elect(t, outermost(t, t->standing, votes, true));
			return;
		}
		t->standing[outermost(t, t->standing, votes, false)] = false;
	}
}

/* Scottish STV *************************************************************/

struct paper {
	uint32_t holder, rank;
	wide value; /* of one ballot, in 10^-5 */
};

struct scottish {
	struct paper papers[ANY_ROWS];
	wide votes[ANY_OPTIONS + 1];
	wide history[64][ANY_OPTIONS];
	uint32_t stages;
	wide quota;
};

static void
tally(const struct twin *t, struct scottish *s)
{
	wide paid[ANY_OPTIONS] = {0};

	for (uint32_t i = 0; i < t->a->options; i++)
		paid[i] =
			t->elected[i] && s->votes[i] == s->quota ? s->quota : 0;
	memset(s->votes, 0, sizeof(s->votes));
	for (size_t row = 0; row < t->a->rows; row++)
		s->votes[s->papers[row].holder] +=
			s->papers[row].value * (wide)t->a->weights[row];
	for (uint32_t i = 0; i < t->a->options; i++)
		if (paid[i] != 0)
			s->votes[i] = paid[i];
	memcpy(s->history[s->stages++], s->votes, sizeof(s->history[0]));
}

/* Among equals in mask, those that were outermost most recently. */
static uint32_t
look_back(const struct twin *t, const struct scottish *s, const bool *among,
	bool most)
{
	bool mask[ANY_OPTIONS];

	memcpy(mask, among, sizeof(mask));
	for (uint32_t stage = s->stages; stage > 0; stage--) {
		const wide *votes = s->history[stage - 1];
		uint32_t best = outermost(t, mask, votes, most);

		for (uint32_t i = 0; i < t->a->options; i++)
			mask[i] = mask[i] && votes[i] == votes[best];
	}
	return outermost(t, mask, s->history[0], most);
}

static void
pass_on(const struct twin *t, struct scottish *s, uint32_t from, bool surplus)
{
	wide total = s->votes[from];

	for (size_t row = 0; row < t->a->rows; row++) {
		struct paper *paper = &s->papers[row];

		if (paper->holder != from)
			continue;
		paper->holder = next_of(t, row, &paper->rank);
		if (surplus)
			paper->value =
				(total - s->quota) * paper->value / total;
	}
	if (surplus)
		s->votes[from] = s->quota;
}

static void
elect_most(struct twin *t, const struct scottish *s, wide least)
{
	for (;;) {
		uint32_t found = NOBODY;

		for (uint32_t i = 0; i < t->a->options; i++)
			if (t->standing[i] && s->votes[i] >= least &&
				(found == NOBODY ||
					s->votes[i] > s->votes[found]))
				found = i;
		if (found == NOBODY || t->n_winners == t->a->rules.seats)
			return;
		t->standing[found] = false;
		elect(t, found);
	}
}

static void
deal_papers(struct twin *t, struct scottish *s)
{
	uint64_t valid = 0;

	for (size_t row = 0; row < t->a->rows; row++) {
		struct paper *paper = &s->papers[row];

		*paper = (struct paper){.value = 100000};
		paper->holder = next_of(t, row, &paper->rank);
		if (paper->holder != NOBODY)
			valid += t->a->weights[row];
	}
	s->quota = (wide)(valid / (t->a->rules.seats + 1) + 1) * 100000;
}

static void
wigm_twin(struct twin *t)
{
	static struct scottish s;

	s = (struct scottish){0};
	deal_papers(t, &s);
	for (;;) {
		bool over[ANY_OPTIONS] = {0};
		uint32_t left, next;

		tally(t, &s);
		elect_most(t, &s, s.quota);
		left = count_true(t->standing, t->a->options);
		if (left + t->n_winners <= t->a->rules.seats)
			elect_most(t, &s, 0);
		if (t->n_winners == t->a->rules.seats || left == 0)
			return;
		for (uint32_t i = 0; i < t->a->options; i++)
			over[i] = t->elected[i] && s.votes[i] > s.quota;
		next = look_back(t, &s, over, true);
		if (next != NOBODY) {
			pass_on(t, &s, next, true);
			continue;
		}
		next = look_back(t, &s, t->standing, false);
		t->standing[next] = false;
		pass_on(t, &s, next, false);
	}
}

/* Meek *********************************************************************/

#define ONE 1000000000

struct meek {
	wide keep[ANY_OPTIONS];
	wide votes[ANY_OPTIONS];
	wide quota, surplus;
};

/* Overvotes exhaust here: with skipping, where a ballot passed matters. */
static void
share(const struct twin *t, struct meek *m)
{
	wide sum = 0;

	memset(m->votes, 0, sizeof(m->votes));
	for (size_t row = 0; row < t->a->rows; row++) {
		wide rest = ONE;
		uint32_t rank = 0, option;

		while ((option = next_of(t, row, &rank)) != NOBODY) {
			wide kept = (rest * m->keep[option] + ONE - 1) / ONE;

			m->votes[option] += kept * (wide)t->a->weights[row];
			rest -= kept;
		}
	}
	for (uint32_t i = 0; i < t->a->options; i++)
		sum += m->votes[i];
	m->quota = sum / (t->a->rules.seats + 1) + 1;
	m->surplus = 0;
	for (uint32_t i = 0; i < t->a->options; i++)
		if (t->elected[i])
			m->surplus += m->votes[i] - m->quota;
	m->surplus = m->surplus < 0 ? 0 : m->surplus;
}

static bool
elect_by(struct twin *t, const struct meek *m, wide least)
{
	bool some = false;

	for (uint32_t i = 0; i < t->a->options; i++) {
		if (!t->standing[i] || t->elected[i] || m->votes[i] < least ||
			t->n_winners == t->a->rules.seats)
			continue;
		elect(t, i);
		some = true;
	}
	return some;
}

static void
keep_less(const struct twin *t, struct meek *m)
{
	for (uint32_t i = 0; i < t->a->options; i++) {
		wide part;

		if (!t->elected[i] || m->votes[i] == 0)
			continue;
		part = (m->keep[i] * m->quota + ONE - 1) / ONE;
		part = (part * ONE + m->votes[i] - 1) / m->votes[i];
		m->keep[i] = part > ONE ? ONE : part;
	}
}

static void
exclude_lowest(struct twin *t, const struct meek *m)
{
	bool hopeful[ANY_OPTIONS], close[ANY_OPTIONS];
	wide zero[ANY_OPTIONS] = {0};
	uint32_t lowest;

	for (uint32_t i = 0; i < t->a->options; i++)
		hopeful[i] = t->standing[i] && !t->elected[i];
	lowest = outermost(t, hopeful, m->votes, false);
	for (uint32_t i = 0; i < t->a->options; i++)
		close[i] = hopeful[i] &&
			   m->votes[i] - m->votes[lowest] <= m->surplus;
	t->standing[outermost(t, close, zero, false)] = false;
}

static void
meek_twin(struct twin *t)
{
	struct meek m = {0};
	wide before = -1;

	for (uint32_t i = 0; i < t->a->options; i++)
		m.keep[i] = ONE;
	while (t->n_winners < t->a->rules.seats) {
		share(t, &m);
		if (count_true(t->standing, t->a->options) <=
			t->a->rules.seats) {
			elect_by(t, &m, 0);
			return;
		}
		if (elect_by(t, &m, m.quota)) {
			before = -1;
			continue;
		}
		if (m.surplus < 1000 || (before >= 0 && m.surplus >= before)) {
			exclude_lowest(t, &m);
			before = -1;
			continue;
		}
		before = m.surplus;
		keep_less(t, &m);
	}
}

/* Beside the real ones *****************************************************/

static void
compare_with(const char *name, void (*count)(struct twin *t), bool skips)
{
	const struct method *m = methods_find(bytes_of_string(name));
	struct rng r = rng_start();

	for (int i = 0; i < TIMES; i++) {
		struct anyballots a;
		uint32_t lot[ANY_OPTIONS];
		struct result result;
		struct twin t = {.a = &a};

		anyballots_draw(&r, m, 12, &a);
		anyballots_lot(&r, a.options, lot);
		a.rules.lot = lot;
		if (skips && rng_below(&r, 2) == 0)
			a.rules.overvote = METHOD_OVERVOTE_SKIP;
		anyballots_count(&a, &result);
		for (uint32_t j = 0; j < a.options; j++)
			t.standing[j] = true;
		count(&t);

		assert_int_equal(result.n_ties, 0);
		assert_int_equal(result.winners.n, t.n_winners);
		for (uint32_t j = 0; j < t.n_winners; j++)
			assert_int_equal(result.winners.at[j], t.winners[j]);
		result_clear(&result);
	}
}

static void
irv_has_a_twin(void **state)
{
	(void)state;
	compare_with("irv", irv_twin, true);
}

static void
scottish_stv_has_a_twin(void **state)
{
	(void)state;
	compare_with("stv-wigm", wigm_twin, true);
}

static void
meek_has_a_twin(void **state)
{
	(void)state;
	compare_with("stv-meek", meek_twin, false);
}

/* Decimal text without its point. */
static wide
digits(struct bytes text)
{
	wide value = 0;

	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] != '.')
			value = value * 10 + (text.data[i] - '0');
	return value;
}

static void
the_votes_of_every_round_add_up_to_the_ballots(void **state)
{
	static const char *const names[] = {"irv", "stv-wigm", "stv-meek"};
	static const wide units[] = {1, 100000, 1000000000};
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < 3 * TIMES; i++) {
		struct anyballots a;
		struct result result;

		anyballots_draw(&r, methods_find(bytes_of_string(names[i % 3])),
			12, &a);
		if (rng_below(&r, 2) == 0)
			a.rules.overvote = METHOD_OVERVOTE_SKIP;
		anyballots_count(&a, &result);
		for (size_t j = 0; j < result.steps.n; j++) {
			const struct steps_table *t = &result.steps.tables[j];
			wide sum = 0;

			for (size_t row = 0; row < t->n_rows; row++)
				sum += digits(steps_at(t, row, 0));
			assert_true(sum == (wide)result.valid * units[i % 3]);
		}
		result_clear(&result);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(irv_has_a_twin),
		cmocka_unit_test(scottish_stv_has_a_twin),
		cmocka_unit_test(meek_has_a_twin),
		cmocka_unit_test(
			the_votes_of_every_round_add_up_to_the_ballots),
	};

	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
