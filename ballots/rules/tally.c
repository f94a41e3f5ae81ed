#include "ballots/rules/tally.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"
#include "ballots/count/lot.h"
#include "ballots/count/methods.h"
#include "ballots/record/tree.h"
#include "ballots/rules/marks.h"

#define RAISES_MAX 10000 /* of a budget that is completed */

/* Weights *******************************************************************/

/* The ballots of one count: the cast that counts and its weight, by place. */
struct ballots {
	uint32_t *cast; /* UINT32_MAX: none */
	uint64_t *weight;
};

/* Who passes weight on to whom, as the grants stand now. */
static struct delegation_case
case_of(const struct question *q, const struct tally_union *u,
	const bool *voted)
{
	return (struct delegation_case){.roll = q->roll,
		.n = q->n_roll,
		.voted = voted,
		.scopes = q->form.scopes,
		.n_scopes = q->form.n_scopes,
		.opened_s = q->form.opens_s,
		.life_s = u->grant_life_s,
		.cap = u->delegate_cap};
}

static uint64_t
delegate(const struct question *q, const struct tally_union *u,
	const bool *voted, uint64_t *weight)
{
	struct delegation_case c = case_of(q, u, voted);

	return delegation_weigh(u->delegation, &c, weight);
}

uint32_t
tally_follow(const struct question *q, const struct tally_union *u,
	uint32_t place, uint64_t *weight)
{
	bool *voted = mem_new_array(q->n_roll, sizeof(*voted));
	uint64_t *weights = mem_new_array(q->n_roll, sizeof(*weights));
	struct delegation_case c = case_of(q, u, voted);
	uint32_t end;

	for (uint32_t i = 0; i < q->n_roll; i++) {
		voted[i] = question_ballot(q, i, UINT64_MAX) != UINT32_MAX;
		weights[i] = voted[i];
	}
	end = voted[place] ? place : UINT32_MAX;
	if (q->form.delegation) {
		delegation_weigh(u->delegation, &c, weights);
		end = delegation_follow(u->delegation, &c, place);
	}
	*weight = weights[place];
	mem_free(voted);
	mem_free(weights);
	return end;
}

static void
weigh(const struct question *q, const struct tally_union *u, struct tally *t,
	struct ballots *b)
{
	bool *voted = mem_new_array(q->n_roll, sizeof(*voted));

	for (uint32_t i = 0; i < q->n_roll; i++) {
		voted[i] = b->cast[i] != UINT32_MAX;
		b->weight[i] = voted[i];
		t->ballots += voted[i];
	}
	if (q->weight != NULL) {
		memcpy(b->weight, q->weight, q->n_roll * sizeof(*b->weight));
		t->unused = q->unused;
	} else if (q->form.delegation) {
		t->unused = delegate(q, u, voted, b->weight);
	}
	for (uint32_t i = 0; i < q->n_roll; i++)
		t->counted += b->weight[i];
	mem_free(voted);
}

static void
root_of_box(const struct question *q, const struct ballots *b, struct tally *t)
{
	struct tree *tree = mem_new(sizeof(*tree));

	for (uint32_t i = 0; i < q->n_roll; i++)
		if (b->cast[i] != UINT32_MAX)
			tree_append(tree,
				bytes_of(q->casts[b->cast[i]].act, 32), NULL,
				NULL);
	memcpy(t->box, tree_head(tree).root, 32);
	mem_free(tree);
}

/* Quorum and majority *******************************************************/

static void
compare_with_status_quo(
	const struct question *q, const struct ballots *b, struct tally *t)
{
	for (uint32_t place = 0; place < q->n_roll; place++) {
		const int16_t *marks;

		if (b->cast[place] == UINT32_MAX)
			continue;
		marks = question_marks(q, b->cast[place]);
		for (uint32_t i = 1; i < t->n_options; i++) {
			int sign = marks_prefer(q->form.method, marks, i);

			if (sign > 0)
				t->options[i].in_favour += b->weight[place];
			else if (sign < 0)
				t->options[i].against += b->weight[place];
		}
	}
}

/* True when the member had joined the chapter before the question opened. */
static bool
of_chapter(const struct question *q, const struct roster_member *m,
	uint32_t chapter)
{
	for (uint8_t i = 0; i < m->n_chapters; i++)
		if (m->chapters[i].number == chapter)
			return m->chapters[i].joined_s < q->form.opens_s;
	return false;
}

/* More for than against option i in one chapter; *present: it has voters. */
static bool
carried_in(const struct question *q, const struct tally_union *u,
	const struct ballots *b, uint32_t i, uint32_t chapter, bool *present)
{
	uint64_t in_favour = 0, against = 0;

	for (uint32_t place = 0; place < q->n_roll; place++) {
		int sign;

		if (!of_chapter(
			    q, roster_get(u->roster, q->roll[place]), chapter))
			continue;
		*present = true;
		if (b->cast[place] == UINT32_MAX)
			continue;
		sign = marks_prefer(
			q->form.method, question_marks(q, b->cast[place]), i);
		in_favour += sign > 0 ? b->weight[place] : 0;
		against += sign < 0 ? b->weight[place] : 0;
	}
	return in_favour > against;
}

/* More than half of the chapters that have members on the roll. */
static bool
carried_in_most_chapters(const struct question *q, const struct tally_union *u,
	const struct ballots *b, uint32_t i)
{
	uint32_t chapters = 0, carried = 0;

	for (uint32_t c = 0; c < u->n_chapters; c++) {
		bool present = false;
		bool yes = carried_in(q, u, b, i, c, &present);

		chapters += present;
		carried += present && yes;
	}
	return chapters == 0 || 2 * carried > chapters;
}

static void
judge_option(const struct question *q, const struct tally_union *u,
	const struct ballots *b, uint32_t i, struct tally_option *o)
{
	o->quorum = q->form.any_quorum ||
		    need_quorum(&q->form.quorum, o->in_favour, q->n_roll);
	o->majority = need_majority(q->form.majority, o->in_favour, o->against);
	if (o->majority && q->options[i - 1].entrenched)
		o->majority = need_majority(q->form.entrenched, o->in_favour,
				      o->against) &&
			      carried_in_most_chapters(q, u, b, i);
}

/* The method ****************************************************************/

static void
fill_profile(
	const struct question *q, const struct ballots *b, struct profile *p)
{
	uint16_t marks[LIMIT_OPTIONS];

	for (uint32_t i = 0; i < q->n_roll; i++) {
		enum verdict v;

		if (b->cast[i] == UINT32_MAX)
			continue;
		marks_translate(q->form.method, q->form.low,
			question_marks(q, b->cast[i]), q->n_marks, marks);
		v = profile_add(p, marks, b->weight[i]);
		assert(v == VERDICT_OK);
		(void)v;
	}
}

static uint32_t
highest_mark(const struct question *q)
{
	if (q->form.scaled)
		return (uint32_t)(q->form.high - q->form.low) + 1;
	return q->n_marks < 2 ? 2 : q->n_marks;
}

/* Count the options that are left; seats is not above their number. */
static void
run_method(const struct question *q, const struct ballots *b,
	const bool *eligible, uint32_t seats, const uint32_t *lot,
	struct tally *t)
{
	struct method_rules rules = METHOD_RULES;
	struct profile profile;
	uint64_t costs[LIMIT_OPTIONS] = {0};
	enum verdict v;

	for (uint32_t i = 0; i < q->form.n_options; i++)
		costs[i + 1] = q->options[i].cost;
	rules.seats = seats;
	rules.eligible = eligible;
	rules.low = q->form.scaled ? q->form.low : 0;
	rules.high = q->form.scaled ? q->form.high : 1;
	rules.lot = lot;
	rules.costs = costs;
	rules.budget = q->form.budget;
	rules.completion = METHOD_COMPLETION_ADD1;
	rules.raises_max = RAISES_MAX;
	profile_init(&profile, t->n_options, highest_mark(q));
	fill_profile(q, b, &profile);
	v = methods_count(q->form.method, &rules, &profile, &t->result);
	if (v == VERDICT_TOO_LARGE) { /* the budget cannot be completed */
		result_clear(&t->result);
		rules.completion = METHOD_COMPLETION_NONE;
		v = methods_count(q->form.method, &rules, &profile, &t->result);
	}
	/* Weights are bounded by the roll, far below any overflow. */
	assert(v == VERDICT_OK);
	(void)v;
	profile_clear(&profile);
}

/* Winners without the status quo. */
static void
drop_status_quo(struct result_list *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->n; i++)
		if (list->at[i] != 0)
			list->at[kept++] = list->at[i];
	list->n = kept;
}

/* The lot *******************************************************************/

/* Work out the seed; false when no value was revealed. */
static bool
make_seed(const struct question *q, struct tally *t)
{
	struct writer w = {0};
	bool any;

	writer_put(&w, BYTES("union-lot/v1\n"));
	writer_put(&w, bytes_of(q->id, 32));
	writer_put(&w, bytes_of(q->roll_root, 32));
	writer_put(&w, bytes_of(t->box, 32));
	any = lots_put(&q->lots, &w);
	crypt_hash(writer_view(&w), t->seed);
	writer_clear(&w);
	return any;
}

/* The place of each option in the lot, by its index of four bytes. */
static void
draw(const uint8_t seed[static 32], uint32_t n, uint32_t *place)
{
	uint8_t index[LIMIT_OPTIONS][4];
	struct bytes ids[LIMIT_OPTIONS];

	for (uint32_t i = 0; i < n; i++) {
		for (int byte = 0; byte < 4; byte++)
			index[i][byte] = (uint8_t)(i >> (24 - 8 * byte));
		ids[i] = bytes_of(index[i], 4);
	}
	lot_draw(bytes_of(seed, 32), ids, n, place);
}

/* The count *****************************************************************/

static uint32_t
survivors(const struct tally *t, bool *eligible, bool *any_quorum)
{
	uint32_t n = 0;

	for (uint32_t i = 1; i < t->n_options; i++) {
		eligible[i] = t->options[i].quorum && t->options[i].majority;
		n += eligible[i];
		*any_quorum = *any_quorum || t->options[i].quorum;
	}
	return n;
}

static void
decide(const struct question *q, const struct ballots *b, const uint32_t *lot,
	struct tally *t)
{
	bool eligible[LIMIT_OPTIONS] = {false}, any_quorum = false;
	uint32_t left = survivors(t, eligible, &any_quorum);
	uint32_t seats = q->form.seats < left ? q->form.seats : left;

	t->outcome = any_quorum ? TALLY_REJECTED : TALLY_NO_QUORUM;
	if (left == 0)
		return;
	if (q->n_marks == 1) { /* yes-no */
		result_add(&t->result.winners, 1);
		t->outcome = TALLY_PASSED;
		return;
	}
	/* The status quo is no project that a budget could pay. */
	eligible[0] = q->form.seats == 1 && q->form.budget == 0;
	run_method(q, b, eligible, seats, lot, t);
	drop_status_quo(&t->result.winners);
	if (t->result.n_ties > 0)
		t->outcome = TALLY_TIED;
	else if (t->result.winners.n > 0)
		t->outcome = TALLY_PASSED;
}

void
tally_count(const struct question *q, const struct tally_union *u,
	uint64_t limit_s, bool lot, struct tally *out)
{
	struct ballots b = {
		.cast = mem_new_array(q->n_roll, sizeof(*b.cast)),
		.weight = mem_new_array(q->n_roll, sizeof(*b.weight)),
	};
	uint32_t place[LIMIT_OPTIONS];

	*out = (struct tally){.n_options = q->form.n_options + 1, .lot = lot};
	out->options = mem_new_array(out->n_options, sizeof(*out->options));
	for (uint32_t i = 0; i < q->n_roll; i++)
		b.cast[i] = question_ballot(q, i, limit_s);
	weigh(q, u, out, &b);
	root_of_box(q, &b, out);
	compare_with_status_quo(q, &b, out);
	for (uint32_t i = 1; i < out->n_options; i++)
		judge_option(q, u, &b, i, &out->options[i]);
	out->drawn = lot && make_seed(q, out);
	if (out->drawn)
		draw(out->seed, out->n_options, place);
	decide(q, &b, out->drawn ? place : NULL, out);
	mem_free(b.cast);
	mem_free(b.weight);
}

void
tally_keep(struct question *q, const struct tally_union *u)
{
	struct ballots b = {
		.cast = mem_new_array(q->n_roll, sizeof(*b.cast)),
		.weight = mem_new_array(q->n_roll, sizeof(*b.weight)),
	};
	struct tally t = {0};

	for (uint32_t i = 0; i < q->n_roll; i++)
		b.cast[i] = question_ballot(q, i, UINT64_MAX);
	weigh(q, u, &t, &b);
	q->weight = b.weight;
	q->unused = t.unused;
	mem_free(b.cast);
}

void
tally_clear(struct tally *t)
{
	mem_free(t->options);
	result_clear(&t->result);
	*t = (struct tally){0};
}

bool
tally_any_quorum(const struct tally *t)
{
	for (uint32_t i = 1; i < t->n_options; i++)
		if (t->options[i].quorum)
			return true;
	return false;
}

bool
tally_extends(const struct question *q, const struct tally_union *u)
{
	struct tally early, late;
	bool before, after;

	if (q->form.late_s == 0 || q->extended)
		return false;
	tally_count(q, u, q->close_s - q->form.late_s, false, &early);
	tally_count(q, u, UINT64_MAX, false, &late);
	before = tally_any_quorum(&early);
	after = tally_any_quorum(&late);
	tally_clear(&early);
	tally_clear(&late);
	return !before && after;
}
