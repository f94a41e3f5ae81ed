#include "ballots/count/flow.h"

#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/count/svg.h"

enum {
	NAMES = 120,     /* least width for names */
	ROUND = 170,     /* from one round to the next */
	BOX = 24,        /* width of a box */
	TALL = 420,      /* height of all votes together */
	GAP = 16,        /* between boxes, room for a line of text */
	HEAD = 60,       /* above the boxes */
	SIZE = 12,       /* height of text */
	WHOLE = 1000000, /* all votes, in the parts that amounts are kept in */
};

/* One option, or one word such as "exhausted", in one round. */
struct box {
	int64_t amount; /* of WHOLE */
	int32_t y;
	int32_t given, taken; /* pixels of bands drawn so far, right and left */
	struct bytes votes, state;
};

struct flow {
	const struct report *report;
	const struct steps_table **rounds;
	size_t n_rounds;
	struct steps_label *labels; /* every row of any round, once */
	size_t n_labels;
	size_t labels_cap;
	int32_t left;      /* where names end */
	struct box *boxes; /* [round * n_labels + label] */
};

static struct box *
box_at(const struct flow *f, size_t round, size_t label)
{
	return &f->boxes[round * f->n_labels + label];
}

static bool
same_label(const struct steps_label *a, const struct steps_label *b)
{
	if (a->is != b->is)
		return false;
	return a->is == STEPS_OPTION ? a->option == b->option
				     : strcmp(a->word, b->word) == 0;
}

/* The place of label among those known; n_labels when it is new. */
static size_t
label_of(const struct flow *f, const struct steps_label *label)
{
	size_t i = 0;

	while (i < f->n_labels && !same_label(&f->labels[i], label))
		i++;
	return i;
}

static void
find_rounds(struct flow *f)
{
	const struct steps *steps = &f->report->result->steps;

	f->rounds = mem_new_array(steps->n, sizeof(*f->rounds));
	for (size_t i = 0; i < steps->n; i++)
		if (steps->tables[i].kind == STEPS_ROUND)
			f->rounds[f->n_rounds++] = &steps->tables[i];
}

static void
find_labels(struct flow *f)
{
	for (size_t r = 0; r < f->n_rounds; r++) {
		const struct steps_table *t = f->rounds[r];

		for (size_t row = 0; row < t->n_rows; row++) {
			if (label_of(f, &t->rows[row]) < f->n_labels)
				continue;
			f->labels = mem_grow(f->labels, &f->labels_cap,
				f->n_labels + 1, sizeof(*f->labels));
			f->labels[f->n_labels++] = t->rows[row];
		}
	}
}

static void
measure_names(struct flow *f)
{
	f->left = NAMES;
	for (size_t i = 0; i < f->n_labels; i++) {
		int32_t room =
			svg_room(report_label(f->report, &f->labels[i]), SIZE);

		if (room > f->left)
			f->left = room;
	}
	f->left += 60; /* numbers, and a margin */
}

/* The votes of all rows in the round that has most. */
static wide
most_votes(const struct flow *f)
{
	wide most = 0;

	for (size_t r = 0; r < f->n_rounds; r++) {
		const struct steps_table *t = f->rounds[r];
		wide sum = 0;

		for (size_t row = 0; row < t->n_rows; row++)
			sum += report_thousandths(steps_at(t, row, 0));
		if (sum > most)
			most = sum;
	}
	return most;
}

static struct bytes
state_of(const struct steps_table *t, size_t row)
{
	for (size_t i = 0; i < t->n_columns; i++)
		if (t->columns[i].label.is == STEPS_WORD &&
			strcmp(t->columns[i].label.word, "state") == 0)
			return steps_at(t, row, i);
	return BYTES("");
}

static void
fill_boxes(struct flow *f)
{
	wide most = most_votes(f);

	f->boxes = mem_new_array(f->n_rounds * f->n_labels, sizeof(*f->boxes));
	for (size_t r = 0; r < f->n_rounds; r++) {
		const struct steps_table *t = f->rounds[r];

		for (size_t row = 0; row < t->n_rows; row++) {
			struct box *b =
				box_at(f, r, label_of(f, &t->rows[row]));

			b->votes = steps_at(t, row, 0);
			b->state = state_of(t, row);
			b->amount = report_share(
				report_thousandths(b->votes), most, WHOLE);
		}
	}
}

static int32_t
pixels(int64_t amount)
{
	return (int32_t)(amount * TALL / WHOLE);
}

static void
place_boxes(struct flow *f)
{
	for (size_t r = 0; r < f->n_rounds; r++) {
		int32_t y = HEAD;

		for (size_t i = 0; i < f->n_labels; i++) {
			struct box *b = box_at(f, r, i);

			b->y = y;
			y += pixels(b->amount) + GAP;
		}
	}
}

static int32_t
round_x(const struct flow *f, size_t round)
{
	return f->left + (int32_t)round * ROUND;
}

static void
put_band(struct writer *w, const struct flow *f, size_t round, struct box *from,
	struct box *to, int64_t amount, enum svg_fill fill)
{
	int32_t height = pixels(amount);

	if (height == 0)
		return;
	svg_band(w, round_x(f, round) + BOX, from->y + from->given,
		round_x(f, round + 1), to->y + to->taken, height, fill);
	from->given += height;
	to->taken += height;
}

/* What stays with its option; returns what all others gain. */
static int64_t
put_staying(struct writer *w, const struct flow *f, size_t round)
{
	int64_t gains = 0;

	for (size_t i = 0; i < f->n_labels; i++) {
		struct box *from = box_at(f, round, i);
		struct box *to = box_at(f, round + 1, i);

		if (to->amount > from->amount)
			gains += to->amount - from->amount;
		put_band(w, f, round, from, to,
			to->amount < from->amount ? to->amount : from->amount,
			SVG_PALE);
	}
	return gains;
}

/* What option i loses, shared out as the gains are. */
static void
put_transfers(struct writer *w, const struct flow *f, size_t round, size_t i,
	int64_t gains)
{
	struct box *from = box_at(f, round, i);
	int64_t loss = from->amount - box_at(f, round + 1, i)->amount;

	if (loss <= 0 || gains == 0)
		return;
	for (size_t j = 0; j < f->n_labels; j++) {
		struct box *to = box_at(f, round + 1, j);
		int64_t gain = to->amount - box_at(f, round, j)->amount;

		if (gain > 0)
			put_band(w, f, round, from, to, loss * gain / gains,
				SVG_HATCH);
	}
}

static void
put_bands(struct writer *w, const struct flow *f)
{
	for (size_t r = 0; r + 1 < f->n_rounds; r++) {
		int64_t gains = put_staying(w, f, r);

		for (size_t i = 0; i < f->n_labels; i++)
			put_transfers(w, f, r, i, gains);
	}
}

static enum svg_fill
fill_of(const struct box *b, const struct steps_label *label)
{
	if (label->is == STEPS_WORD)
		return SVG_DOTS;
	if (bytes_start_with(b->state, BYTES("elected")))
		return SVG_BLACK;
	return bytes_start_with(b->state, BYTES("excluded")) ? SVG_CROSS
							     : SVG_WHITE;
}

/* The number of an option in front of its name or votes. */
static void
put_number(struct writer *text, const struct steps_label *label,
	const char *separator)
{
	writer_rewind(text);
	if (label->is != STEPS_OPTION)
		return;
	writer_put_decimal(text, (uint64_t)label->option + 1);
	writer_put_string(text, separator);
}

static void
put_boxes(struct writer *w, const struct flow *f, size_t round)
{
	struct writer text = {0};
	int32_t x = round_x(f, round);

	for (size_t i = 0; i < f->n_labels; i++) {
		const struct steps_label *label = &f->labels[i];
		struct box *b = box_at(f, round, i);

		if (b->amount == 0 && round > 0)
			continue;
		svg_rect(w, x, b->y, BOX, pixels(b->amount), fill_of(b, label));
		put_number(&text, label, ": ");
		writer_put(&text, b->votes);
		svg_text(w, x + BOX + 4, b->y + SIZE - 1, SIZE, SVG_START,
			writer_view(&text));
		if (round > 0)
			continue;
		put_number(&text, label, " ");
		writer_put(&text, report_label(f->report, label));
		svg_text(w, f->left - 8, b->y + SIZE - 1, SIZE, SVG_END,
			writer_view(&text));
	}
	writer_clear(&text);
}

static void
put_heads(struct writer *w, const struct flow *f)
{
	struct writer text = {0};

	for (size_t r = 0; r < f->n_rounds; r++) {
		writer_rewind(&text);
		writer_put_decimal(&text, r + 1);
		svg_text(w, round_x(f, r) + BOX / 2, HEAD - 16, SIZE + 2,
			SVG_MIDDLE, writer_view(&text));
	}
	writer_clear(&text);
}

void
flow_draw(struct writer *w, const struct report *report)
{
	struct flow f = {.report = report};

	find_rounds(&f);
	find_labels(&f);
	measure_names(&f);
	fill_boxes(&f);
	place_boxes(&f);

	svg_open(w, round_x(&f, f.n_rounds),
		HEAD + TALL + (int32_t)f.n_labels * GAP);
	svg_text(w, 20, 24, SIZE + 3, SVG_START,
		BYTES("Votes in each round: black is elected, crossed is "
		      "excluded"));
	put_bands(w, &f);
	put_heads(w, &f);
	for (size_t r = 0; r < f.n_rounds; r++)
		put_boxes(w, &f, r);
	svg_close(w);

	mem_free(f.boxes);
	mem_free(f.labels);
	mem_free(f.rounds);
}
