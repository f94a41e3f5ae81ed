#include "ballots/count/schulze.h"

#include "ballots/base/mem.h"
#include "ballots/count/pairwise.h"
#include "ballots/count/ranks.h"

/* 1,000 options are 10^9 steps: some seconds. */
#define OPTIONS_MAX 1000

static struct pairwise_strength
weaker(struct pairwise_strength a, struct pairwise_strength b)
{
	return pairwise_compare(a, b) < 0 ? a : b;
}

/* Defeats between eligible options are the paths of one step. */
static void
direct_paths(const struct method_rules *rules, const struct pairwise *pw,
	struct pairwise_strength *paths)
{
	for (uint32_t a = 0; a < pw->n; a++)
		for (uint32_t b = 0; b < pw->n; b++)
			if (method_eligible(rules, a) &&
				method_eligible(rules, b))
				paths[(size_t)a * pw->n + b] =
					pairwise_defeat(pw, a, b);
}

/* Better paths from a that go by way of via. */
static void
extend_paths(
	struct pairwise_strength *paths, uint32_t n, uint32_t a, uint32_t via)
{
	struct pairwise_strength *from_a = &paths[(size_t)a * n];
	const struct pairwise_strength *from_via = &paths[(size_t)via * n];
	struct pairwise_strength first = from_a[via];

	if (first.won == 0)
		return;
	for (uint32_t b = 0; b < n; b++) {
		struct pairwise_strength whole = weaker(first, from_via[b]);

		if (b != a && pairwise_compare(whole, from_a[b]) > 0)
			from_a[b] = whole;
	}
}

static void
strongest_paths(struct pairwise_strength *paths, uint32_t n)
{
	for (uint32_t via = 0; via < n; via++)
		for (uint32_t a = 0; a < n; a++)
			if (a != via)
				extend_paths(paths, n, a, via);
}

static void
show_path(struct steps_table *t, struct pairwise_strength path)
{
	struct writer text = {0};

	if (path.won > 0) {
		writer_put_decimal(&text, path.won);
		writer_put_string(&text, ":");
		writer_put_decimal(&text, path.lost);
	}
	steps_cell(t, writer_view(&text));
	writer_clear(&text);
}

static void
show_paths(const struct method_rules *rules,
	const struct pairwise_strength *paths, uint32_t n, struct steps *steps)
{
	struct steps_table *t = steps_begin(steps, STEPS_MATRIX,
		"Strongest path from row to column (its weakest defeat)");

	for (uint32_t i = 0; i < n; i++)
		if (method_eligible(rules, i))
			steps_option_column(t, i, STEPS_WORD);
	for (uint32_t a = 0; a < n; a++) {
		if (!method_eligible(rules, a))
			continue;
		steps_option_row(t, a);
		for (uint32_t b = 0; b < n; b++)
			if (method_eligible(rules, b))
				show_path(t, paths[(size_t)a * n + b]);
	}
}

static void
rank_by_paths(const struct method_rules *rules,
	const struct pairwise_strength *paths, uint32_t n, struct result *out)
{
	bool *beats = mem_new_array((size_t)n * n, sizeof(*beats));

	for (uint32_t a = 0; a < n; a++)
		for (uint32_t b = 0; b < n; b++)
			beats[(size_t)a * n + b] =
				pairwise_compare(paths[(size_t)a * n + b],
					paths[(size_t)b * n + a]) > 0;
	pairwise_rank(rules, n, beats, out);
	mem_free(beats);
}

static enum verdict
count(const struct method_rules *rules, const struct profile *p,
	struct result *out)
{
	struct pairwise pw;
	struct pairwise_strength *paths =
		mem_new_array((size_t)p->options * p->options, sizeof(*paths));

	pairwise_count(p, &pw, out);
	pairwise_show(&pw, &out->steps);
	direct_paths(rules, &pw, paths);
	strongest_paths(paths, p->options);
	show_paths(rules, paths, p->options, &out->steps);
	rank_by_paths(rules, paths, p->options, out);

	mem_free(paths);
	pairwise_clear(&pw);
	return VERDICT_OK;
}

const struct method schulze_method = {
	.name = "schulze",
	.title = "Schulze",
	.marks = METHOD_RANKS,
	.many_seats = true,
	.options_max = OPTIONS_MAX,
	.prefers = ranks_prefers,
	.count = count,
};
