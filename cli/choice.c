#include "cli/choice.h"

#include <stdbool.h>

#include "ballots/base/reader.h"
#include "ballots/record/jcs.h"

#define MARK_MOST 100000 /* more than any scale or rank */

/* What was written, on its way to marks. */
struct writing {
	struct bytes rest;
	size_t n_options; /* the status quo too */
	int64_t low;      /* of the scale */
	bool given[LIMIT_OPTIONS];
	struct choice c;
};

typedef const char *read_fn(struct writing *w);

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == ',' || c == '\t';
}

static void
skip_blanks(struct writing *w)
{
	while (w->rest.len > 0 && is_blank(w->rest.data[0]))
		w->rest = bytes_slice(w->rest, 1, w->rest.len);
}

/* Take the byte c off the front; false when another stands there. */
static bool
take(struct writing *w, uint8_t c)
{
	skip_blanks(w);
	if (w->rest.len == 0 || w->rest.data[0] != c)
		return false;
	w->rest = bytes_slice(w->rest, 1, w->rest.len);
	return true;
}

static bool
at_end(struct writing *w)
{
	skip_blanks(w);
	return w->rest.len == 0;
}

static bool
take_number(struct writing *w, uint64_t *out)
{
	size_t len = 0;

	skip_blanks(w);
	while (len < w->rest.len && w->rest.data[len] >= '0' &&
		w->rest.data[len] <= '9')
		len++;
	if (!reader_decimal(bytes_slice(w->rest, 0, len), MARK_MOST, out))
		return false;
	w->rest = bytes_slice(w->rest, len, w->rest.len);
	return true;
}

/* Take the number of an option that was not named before. */
static const char *
take_option(struct writing *w, uint64_t *option)
{
	if (!take_number(w, option))
		return "options are named by their numbers";
	if (*option >= w->n_options)
		return "there is no option of that number";
	if (w->given[*option])
		return "an option is named twice";
	w->given[*option] = true;
	return NULL;
}

static const char *
read_yes_no(struct writing *w)
{
	static const struct {
		const char *word;
		int64_t mark;
	} words[] = {{"yes", 1}, {"no", -1}, {"abstain", 0}};

	skip_blanks(w);
	w->c.n = 1;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (bytes_equal(w->rest, bytes_of_string(words[i].word))) {
			w->c.marks[0] = words[i].mark;
			return NULL;
		}
	return "it is yes, no or abstain";
}

static const char *
read_approvals(struct writing *w)
{
	uint64_t option;
	const char *wrong;

	if (bytes_equal(w->rest, BYTES("none")))
		return NULL;
	while (!at_end(w)) {
		if ((wrong = take_option(w, &option)) != NULL)
			return wrong;
		w->c.marks[option] = 1;
	}
	return NULL;
}

static const char *
read_one(struct writing *w)
{
	uint64_t option;
	const char *wrong = take_option(w, &option);

	if (wrong != NULL)
		return wrong;
	w->c.marks[option] = 1;
	return at_end(w) ? NULL : "one option is chosen, no more";
}

/* "?" behind an option that was read: no opinion of it. */
static bool
take_doubt(struct writing *w, uint64_t option, bool weak)
{
	if (!weak || !take(w, '?'))
		return false;
	w->c.marks[option] = -1;
	return true;
}

static const char *
read_ranks(struct writing *w, bool weak)
{
	uint64_t option;
	const char *wrong;
	int64_t rank = 1, next = 1;

	while (!at_end(w)) {
		if ((wrong = take_option(w, &option)) != NULL)
			return wrong;
		if (take_doubt(w, option, weak))
			continue;
		rank = next;
		w->c.marks[option] = rank;
		if (take(w, '>'))
			next = rank + 1;
		else if (take(w, '='))
			next = weak ? rank : 0;
		else
			next = -1;
		if (next == 0)
			return "equal ranks are not counted here";
		if (next < 0 && !at_end(w) && w->rest.data[0] != '?') {
			/* Only doubts may follow. */
			struct writing ahead = *w;
			uint64_t other;

			if (take_option(&ahead, &other) != NULL ||
				!take(&ahead, '?'))
				return "ranks are parted by > and =";
		}
	}
	return NULL;
}

static const char *
read_weak(struct writing *w)
{
	return read_ranks(w, true);
}

static const char *
read_strict(struct writing *w)
{
	return read_ranks(w, false);
}

static const char *
read_marks(struct writing *w)
{
	uint64_t option, mark;
	const char *wrong;

	for (size_t i = 0; i < w->n_options; i++)
		w->c.marks[i] = w->low > 0 ? 0 : w->low;
	while (!at_end(w)) {
		bool minus;

		if ((wrong = take_option(w, &option)) != NULL)
			return wrong;
		if (!take(w, '='))
			return "each option is followed by = and its mark";
		minus = take(w, '-');
		if (!take_number(w, &mark))
			return "a mark is a whole number";
		w->c.marks[option] = minus ? -(int64_t)mark : (int64_t)mark;
	}
	return NULL;
}

/* How marks are told. */
enum telling { TELL_VERDICT, TELL_CHOSEN, TELL_RANKS, TELL_MARKS };

static const struct {
	const char *method;
	read_fn *read;
	enum telling telling;
	const char *form;
} methods[] = {
	{"yes-no", read_yes_no, TELL_VERDICT, "yes, no or abstain"},
	{"plurality", read_one, TELL_CHOSEN, "the number of one option: 2"},
	{"approval", read_approvals, TELL_CHOSEN,
		"all options you approve of: 1 3"},
	{"equal-shares", read_approvals, TELL_CHOSEN,
		"all options you approve of: 1 3"},
	{"schulze", read_weak, TELL_RANKS,
		"the best first, equals with =: \"3>1=2\"; \"4?\" for no "
		"opinion"},
	{"ranked-pairs", read_weak, TELL_RANKS,
		"the best first, equals with =: \"3>1=2\"; \"4?\" for no "
		"opinion"},
	{"irv", read_strict, TELL_RANKS, "the best first: \"3>1>2\""},
	{"stv-wigm", read_strict, TELL_RANKS, "the best first: \"3>1>2\""},
	{"stv-meek", read_strict, TELL_RANKS, "the best first: \"3>1>2\""},
	{"score", read_marks, TELL_MARKS,
		"a score for each option: 1=5 2=3; others get the lowest"},
	{"majority-judgment", read_marks, TELL_MARKS,
		"a grade for each option: 1=5 2=3; others get no opinion"},
};
#define N_METHODS (sizeof(methods) / sizeof(methods[0]))

static size_t
row_of(struct bytes method)
{
	size_t i = 0;

	while (i < N_METHODS &&
		!bytes_equal(method, bytes_of_string(methods[i].method)))
		i++;
	return i;
}

const char *
choice_form(struct bytes method)
{
	size_t row = row_of(method);

	return row < N_METHODS ? methods[row].form : "";
}

const char *
choice_read(struct bytes method, size_t n_options, int64_t low,
	struct bytes text, struct choice *out)
{
	struct writing w = {.rest = text, .n_options = n_options, .low = low};
	size_t row = row_of(method);
	const char *wrong;

	if (row == N_METHODS || n_options > LIMIT_OPTIONS)
		return "this program does not know the method";
	w.c.n = n_options;
	wrong = methods[row].read(&w);
	if (wrong == NULL)
		*out = w.c;
	return wrong;
}

void
choice_put_marks(const struct choice *c, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);

	jcs_begin_array(&p);
	for (size_t i = 0; i < c->n; i++)
		jcs_int(&p, c->marks[i]);
	jcs_end_array(&p);
}

/* Telling a vote back *******************************************************/

/* Append the options with this mark, parted by between; false when none. */
static bool
put_options(const struct choice *c, int64_t mark, const char *between,
	struct writer *out)
{
	bool any = false;

	for (size_t i = 0; i < c->n; i++) {
		if (c->marks[i] != mark)
			continue;
		writer_put_string(out, any ? between : "");
		writer_put_decimal(out, i);
		any = true;
	}
	return any;
}

static void
put_ranks(const struct choice *c, struct writer *out)
{
	struct writer some = {0};
	bool any = false;

	for (int64_t rank = 1; rank <= (int64_t)c->n; rank++) {
		writer_rewind(&some);
		if (!put_options(c, rank, " = ", &some))
			continue;
		writer_put_string(out, any ? ", then " : "first ");
		writer_put(out, writer_view(&some));
		any = true;
	}
	writer_rewind(&some);
	if (put_options(c, 0, ", ", &some)) {
		writer_put_string(out, any ? "; below all: " : "unranked: ");
		writer_put(out, writer_view(&some));
	}
	writer_rewind(&some);
	if (put_options(c, -1, ", ", &some)) {
		writer_put_string(out, "; no opinion of ");
		writer_put(out, writer_view(&some));
	}
	writer_clear(&some);
}

static void
put_each(const struct choice *c, struct writer *out)
{
	for (size_t i = 0; i < c->n; i++) {
		writer_put_string(out, i == 0 ? "" : ", ");
		writer_put_decimal(out, i);
		writer_put_string(out, " = ");
		writer_put_signed(out, c->marks[i]);
	}
}

void
choice_put(struct bytes method, const struct choice *c, struct writer *out)
{
	size_t row = row_of(method);

	switch (row < N_METHODS ? methods[row].telling : TELL_MARKS) {
	case TELL_VERDICT:
		writer_put_string(out, c->marks[0] > 0   ? "yes"
				       : c->marks[0] < 0 ? "no"
							 : "abstain");
		return;
	case TELL_CHOSEN:
		writer_put_string(out, "for ");
		if (!put_options(c, 1, ", ", out))
			writer_put_string(out, "none");
		return;
	case TELL_RANKS:
		put_ranks(c, out);
		return;
	case TELL_MARKS:
		put_each(c, out);
		return;
	}
}
