#include "ballots/count/rounds.h"

#include <assert.h>

#include "ballots/base/mem.h"

void
rounds_init(struct rounds *r, const struct method_rules *rules,
	uint32_t options, unsigned decimals, struct result *out)
{
	*r = (struct rounds){
		.options = options,
		.decimals = decimals,
		.states = mem_new_array(options, sizeof(*r->states)),
		.votes = mem_new_array(options, sizeof(*r->votes)),
		.shown = mem_new_array(options, sizeof(*r->shown)),
		.out = out,
	};
	for (uint32_t i = 0; i < options; i++) {
		if (!method_eligible(rules, i))
			continue;
		r->states[i] = ROUNDS_HOPEFUL;
		r->hopefuls++;
	}
}

void
rounds_clear(struct rounds *r)
{
	mem_free(r->states);
	mem_free(r->votes);
	mem_free(r->shown);
	*r = (struct rounds){0};
}

void
rounds_begin(struct rounds *r, const char *title)
{
	struct steps *steps = &r->out->steps;
	uint32_t number = 1;

	r->leaving = METHOD_NO_OPTION;
	for (size_t i = 0; i < steps->n; i++)
		number += steps->tables[i].kind == STEPS_ROUND;
	r->table = steps_begin(steps, STEPS_ROUND, title);
	r->table->number = number;
	steps_column(r->table, "votes", STEPS_NUMBER);
	steps_column(r->table, "change", STEPS_NUMBER);
	steps_column(r->table, "state", STEPS_WORD);
}

void
rounds_note(struct rounds *r, uint32_t option, const char *text, wide votes)
{
	struct writer amount = {0};

	wide_put_fixed(&amount, votes, r->decimals);
	steps_note_amount(r->table, option, text, writer_view(&amount));
	writer_clear(&amount);
}

static void
leave_hopefuls(struct rounds *r, uint32_t option, enum rounds_state state)
{
	assert(r->states[option] == ROUNDS_HOPEFUL);
	r->states[option] = state;
	r->hopefuls--;
}

void
rounds_elect(struct rounds *r, uint32_t option)
{
	leave_hopefuls(r, option, ROUNDS_ELECTED);
	result_add(&r->out->winners, option);
	steps_note(r->table, option, "is elected");
}

void
rounds_exclude(struct rounds *r, uint32_t option)
{
	leave_hopefuls(r, option, ROUNDS_EXCLUDED);
	r->leaving = option;
	steps_note(r->table, option, "is excluded");
}

static void
put_votes(struct rounds *r, wide votes, wide *shown, const char *state)
{
	struct writer text = {0};

	wide_put_fixed(&text, votes, r->decimals);
	steps_cell(r->table, writer_view(&text));
	writer_rewind(&text);
	wide_put_fixed(&text, votes - *shown, r->decimals);
	steps_cell(r->table, writer_view(&text));
	writer_clear(&text);
	steps_word(r->table, state);
	*shown = votes;
}

/* Excluded options are shown until their votes have gone. */
static bool
is_shown(const struct rounds *r, uint32_t option)
{
	return r->states[option] == ROUNDS_HOPEFUL ||
	       r->states[option] == ROUNDS_ELECTED || r->votes[option] != 0 ||
	       r->shown[option] != 0;
}

void
rounds_end(struct rounds *r)
{
	static const char *const words[] = {
		[ROUNDS_ABSENT] = "",
		[ROUNDS_HOPEFUL] = "",
		[ROUNDS_ELECTED] = "elected",
		[ROUNDS_EXCLUDED] = "excluded",
	};

	for (uint32_t i = 0; i < r->options; i++) {
		if (!is_shown(r, i))
			continue;
		steps_option_row(r->table, i);
		put_votes(r, r->votes[i], &r->shown[i], words[r->states[i]]);
	}
	steps_row(r->table, "exhausted");
	put_votes(r, r->exhausted, &r->shown_exhausted, "");
	if (r->lost != 0) {
		steps_row(r->table, "lost to rounding");
		put_votes(r, r->lost, &r->shown_lost, "");
	}
}

void
rounds_lowest(const struct rounds *r, wide margin, struct result_list *out)
{
	wide lowest = -1;

	for (uint32_t i = 0; i < r->options; i++)
		if (r->states[i] == ROUNDS_HOPEFUL &&
			(lowest < 0 || r->votes[i] < lowest))
			lowest = r->votes[i];
	for (uint32_t i = 0; i < r->options; i++)
		if (r->states[i] == ROUNDS_HOPEFUL &&
			r->votes[i] - lowest <= margin)
			result_add(out, i);
}

bool
rounds_idle(const struct rounds *r, const struct result_list *lowest,
	uint32_t seats)
{
	for (size_t i = 0; i < lowest->n; i++)
		if (r->votes[lowest->at[i]] != 0)
			return false;
	return !r->skips && lowest->n + seats <= r->hopefuls;
}
