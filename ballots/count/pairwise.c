#include "ballots/count/pairwise.h"

#include <assert.h>

#include "ballots/base/mem.h"

/*
 * Places that compare in one step: a is preferred to b when place(a) <
 * place(b) and a has a place at all.  No opinion is 0, which nothing is below;
 * unranked is behind every rank.
 */
static uint16_t
place_of(uint16_t mark)
{
	if (mark == PROFILE_NO_OPINION)
		return 0;
	return mark == PROFILE_BLANK ? UINT16_MAX : mark;
}

/* Turn marks into places; false when no option is ranked. */
static bool
take_places(uint16_t *marks, uint32_t n)
{
	bool ranked = false;

	for (uint32_t i = 0; i < n; i++) {
		marks[i] = place_of(marks[i]);
		ranked |= marks[i] != 0 && marks[i] != UINT16_MAX;
	}
	return ranked;
}

/*
 * Ballots are added up in short counters first, LANES at a time, which a
 * processor does in one step; rows are as long as a multiple of LANES.
 */
enum { LANES = 8 };

struct batch {
	uint32_t stride; /* of a row in counts, and of a ballot */
	uint16_t *counts;
	uint64_t weight; /* of its ballots, at most UINT16_MAX */
};

static void
add_lanes(uint16_t *counts, uint16_t place, const uint16_t *places,
	uint16_t weight)
{
	for (int i = 0; i < LANES; i++) {
		/* All ones where place comes first; without a branch. */
		uint16_t mask = (uint16_t) - (place < places[i]);

		counts[i] = (uint16_t)(counts[i] + (mask & weight));
	}
}

static void
add_light(struct batch *batch, uint32_t n, const uint16_t *places,
	uint16_t weight)
{
	for (uint32_t a = 0; a < n; a++) {
		uint16_t *counts = &batch->counts[(size_t)a * batch->stride];

		for (uint32_t b = 0; places[a] > 0 && b < n; b += LANES)
			add_lanes(&counts[b], places[a], &places[b], weight);
	}
	batch->weight += weight;
}

/* Move what is in the batch to pw. */
static void
flush(struct batch *batch, struct pairwise *pw)
{
	for (uint32_t a = 0; a < pw->n; a++) {
		uint16_t *counts = &batch->counts[(size_t)a * batch->stride];

		for (uint32_t b = 0; b < pw->n; b++) {
			pw->votes[(size_t)a * pw->n + b] += counts[b];
			counts[b] = 0;
		}
	}
	batch->weight = 0;
}

static void
add_heavy(struct pairwise *pw, const uint16_t *places, uint64_t weight)
{
	for (uint32_t a = 0; a < pw->n; a++) {
		uint64_t *votes = &pw->votes[(size_t)a * pw->n];

		for (uint32_t b = 0; places[a] > 0 && b < pw->n; b++)
			votes[b] += places[a] < places[b] ? weight : 0;
	}
}

static void
add_ballot(struct batch *batch, struct pairwise *pw, const uint16_t *places,
	uint64_t weight)
{
	if (weight > UINT16_MAX) {
		add_heavy(pw, places, weight);
		return;
	}
	if (batch->weight + weight > UINT16_MAX)
		flush(batch, pw);
	add_light(batch, pw->n, places, (uint16_t)weight);
}

void
pairwise_count(
	const struct profile *p, struct pairwise *out, struct result *tally)
{
	uint32_t n = p->options;
	struct batch batch = {.stride = (n + LANES - 1) / LANES * LANES};
	uint16_t *places = mem_new_array(batch.stride, sizeof(*places));

	batch.counts =
		mem_new_array((size_t)n * batch.stride, sizeof(*batch.counts));
	out->n = n;
	out->votes = mem_new_array((size_t)n * n, sizeof(*out->votes));
	for (size_t row = 0; row < p->rows; row++) {
		uint64_t weight = profile_weight(p, row);

		profile_row(p, row, places);
		if (take_places(places, n)) {
			add_ballot(&batch, out, places, weight);
			tally->valid += weight;
		} else {
			tally->blank += weight;
		}
	}
	flush(&batch, out);
	mem_free(batch.counts);
	mem_free(places);
}

void
pairwise_clear(struct pairwise *pw)
{
	mem_free(pw->votes);
	*pw = (struct pairwise){0};
}

struct pairwise_strength
pairwise_defeat(const struct pairwise *pw, uint32_t a, uint32_t b)
{
	uint64_t won = pw->votes[(size_t)a * pw->n + b];
	uint64_t lost = pw->votes[(size_t)b * pw->n + a];

	return won > lost ? (struct pairwise_strength){won, lost}
			  : PAIRWISE_NOTHING;
}

int
pairwise_compare(struct pairwise_strength a, struct pairwise_strength b)
{
	if (a.won != b.won)
		return a.won > b.won ? 1 : -1;
	return (a.lost < b.lost) - (a.lost > b.lost);
}

void
pairwise_show(const struct pairwise *pw, struct steps *steps)
{
	struct steps_table *t = steps_begin(
		steps, STEPS_MATRIX, "Votes that prefer the row to the column");

	for (uint32_t i = 0; i < pw->n; i++)
		steps_option_column(t, i, STEPS_NUMBER);
	for (uint32_t a = 0; a < pw->n; a++) {
		steps_option_row(t, a);
		for (uint32_t b = 0; b < pw->n; b++) {
			if (a == b)
				steps_word(t, "");
			else
				steps_number(
					t, pw->votes[(size_t)a * pw->n + b]);
		}
	}
}

/* Those of rest whom nobody in rest beats; at least one, without circles. */
static void
unbeaten(const struct result_list *rest, uint32_t n, const bool *beats,
	struct result_list *out)
{
	for (size_t i = 0; i < rest->n; i++) {
		bool beaten = false;

		for (size_t j = 0; j < rest->n && !beaten; j++)
			beaten = beats[(size_t)rest->at[j] * n + rest->at[i]];
		if (!beaten)
			result_add(out, rest->at[i]);
	}
	assert(out->n > 0);
}

/* Take away from rest what is in group; both are in order of index. */
static void
take_away(struct result_list *rest, const struct result_list *group)
{
	size_t kept = 0, at = 0;

	for (size_t i = 0; i < rest->n; i++) {
		if (at < group->n && rest->at[i] == group->at[at])
			at++;
		else
			rest->at[kept++] = rest->at[i];
	}
	rest->n = kept;
}

void
pairwise_rank(const struct method_rules *rules, uint32_t n, const bool *beats,
	struct result *out)
{
	struct result_list rest = {0};

	for (uint32_t i = 0; i < n; i++)
		if (method_eligible(rules, i))
			result_add(&rest, i);
	while (rest.n > 0) {
		struct result_list *group = result_group(out);

		unbeaten(&rest, n, beats, group);
		take_away(&rest, group);
	}
	result_free(&rest);
	result_finish(out, rules->seats, rules->lot);
}
