#include "cli/cmd_vote.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "cli/choice.h"
#include "cli/complain.h"
#include "cli/filing.h"
#include "cli/listing.h"
#include "cli/sheet.h"
#include "cli/when.h"

const struct option cmd_vote_hold[] = {
	{"petition", 0, false, NULL, "mean the vote on a petition against it"},
	{0},
};

const struct option cmd_vote_options[] = {
	{"marks", 0, false, "N,N,...",
		"the marks of the ballot as they are, one an option"},
	{0},
};

static int
find(struct desk *d, struct subject *out)
{
	return sheet_find(d, options_operand(&d->call->options, "QUESTION"),
		options_has(&d->call->options, "petition"), out);
}

/* The paper *****************************************************************/

static void
give_times(struct desk *d, const struct subject *s)
{
	uint64_t close = (uint64_t)wire_int(
		wire_get(s->item, "close"), 0, LIMIT_JSON_INT);
	struct writer line = {0};

	when_put(&line, close);
	writer_put_string(&line, ", ");
	when_put_distance(&line, close, d->now_s);
	output_line(d->out, "Closes:   %s", writer_string(&line));
	output_give_number(d->out, "closes", close);
	writer_clear(&line);
}

static int
give_options(struct desk *d, const struct sheet *q)
{
	struct writer line = {0};
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < q->n; i++) {
		writer_rewind(&line);
		rc = sheet_title(d, q, i, &line);
		if (rc == 0)
			output_line(
				d->out, "  %2zu  %s", i, writer_string(&line));
	}
	writer_clear(&line);
	return rc;
}

/* What the daemon knows of the asking member's ballot. */
static void
give_mine(struct desk *d, const struct subject *s)
{
	struct wire_value mine = wire_get(s->entry, "mine");
	bool on_roll;
	int64_t ballots;

	if (!wire_there(mine))
		return;
	on_roll = wire_bool(wire_get(mine, "on_roll"));
	ballots = wire_int(wire_get(mine, "ballots"), 0, LIMIT_JSON_INT);
	output_line(d->out, "You are %son its roll%s.", on_roll ? "" : "not ",
		ballots > 0 ? " and have voted; voting again replaces your "
			      "ballot"
			    : "");
	output_give_value(d->out, "mine", mine.at);
}

static int
paper(struct desk *d)
{
	struct writer title = {0}, id = {0};
	struct sheet q;
	struct subject s;
	int rc = find(d, &s);

	if (rc == 0)
		rc = sheet_read(&s, &q);
	if (rc == 0) {
		subject_put(&s, &title);
		coding_put_hex(&id, bytes_of(s.id, CRYPT_HASH));
		output_line(d->out, "Question: %s", writer_string(&title));
		output_line(d->out, "Id:       %s", writer_string(&id));
		if (bytes_equal(q.kind, BYTES("panel")))
			output_line(d->out, "Counted:  more than half of the "
					    "panel must say yes");
		else
			output_line(d->out, "Counted:  by %.*s, %lld to win",
				(int)q.method.len, (const char *)q.method.data,
				(long long)q.seats);
		if (q.low != q.high)
			output_line(d->out, "Marks:    %lld to %lld",
				(long long)q.low, (long long)q.high);
		output_give_text(d->out, "id", writer_view(&id));
		output_give_value(
			d->out, "document", wire_get(s.entry, "document").at);
		give_times(d, &s);
		rc = give_options(d, &q);
	}
	if (rc == 0) {
		give_mine(d, &s);
		output_line(d->out, "Write:    %s", choice_form(q.method));
		output_next(d->out, "union vote %s CHOICE", s.name);
	}
	writer_clear(&title);
	writer_clear(&id);
	subject_clear(&s);
	return rc;
}

int
cmd_vote_paper(const struct call *call)
{
	return desk_do(call, desk_open, paper);
}

/* Casting *******************************************************************/

/* All words behind the question, as one. */
static void
put_words(const struct call *call, struct writer *out)
{
	const char *const *words;
	size_t n;

	words = options_operands(&call->options, "CHOICE", &n);
	for (size_t i = 0; i < n; i++) {
		writer_put_string(out, i == 0 ? "" : " ");
		writer_put_string(out, words[i]);
	}
}

/* The marks as they are, for whoever has no daemon to ask. */
static int
set_marks(struct filing *f, const char *marks)
{
	writer_put_u8(&f->lists[0], '[');
	writer_put_string(&f->lists[0], marks);
	writer_put_u8(&f->lists[0], ']');
	act_set_span(&f->act, ACT_HAS_MARKS, writer_view(&f->lists[0]));
	return 0;
}

/* From words to marks, told back in what. */
static int
set_choice(struct filing *f, const struct subject *s, struct writer *what)
{
	struct writer words = {0};
	struct choice c;
	struct sheet q;
	const char *wrong;

	if (sheet_read(s, &q) != 0)
		return -1;
	put_words(f->desk->call, &words);
	wrong = words.len == 0 ? "say what you choose"
			       : choice_read(q.method, q.n, q.low,
					 writer_view(&words), &c);
	writer_clear(&words);
	if (wrong != NULL)
		return complain_usage(choice_form(q.method),
			"This vote cannot be read: %s.", wrong);
	choice_put_marks(&c, &f->lists[0]);
	act_set_span(&f->act, ACT_HAS_MARKS, writer_view(&f->lists[0]));
	writer_put_string(what, ": ");
	choice_put(q.method, &c, what);
	return 0;
}

static bool
has_voted(const struct subject *s)
{
	struct wire_value mine;

	if (s->reply == NULL)
		return false;
	mine = wire_get(s->entry, "mine");
	return wire_there(mine) &&
	       wire_int(wire_get(mine, "ballots"), 0, LIMIT_JSON_INT) > 0;
}

/* Where it is shown how a vote ended. */
static const char *
ends_in(char letter)
{
	switch (letter) {
	case 'A':
		return "union agreement show";
	case 'C':
		return "union case show";
	case 'M':
		return "union mandate show";
	default:
		return "union result";
	}
}

static int
cast(struct desk *d)
{
	const char *marks = options_value(&d->call->options, "marks");
	struct writer what = {0};
	struct filing f = {0};
	struct subject s;
	int rc = find(d, &s);

	if (rc == 0)
		rc = filing_begin(&f, d, ACT_BALLOT_CAST, s.id);
	if (rc == 0)
		subject_put(&s, &what);
	if (rc == 0 && marks == NULL && s.reply == NULL)
		rc = complain_usage("Give --marks N,N,... as on the paper.",
			"Without a daemon nobody can tell what the options "
			"are.");
	if (rc == 0)
		rc = marks != NULL ? set_marks(&f, marks)
				   : set_choice(&f, &s, &what);
	if (rc == 0)
		rc = filing_finish(&f, writer_string(&what));
	if (rc == 0 && f.recorded && has_voted(&s))
		output_line(d->out, "It replaces the ballot that you cast "
				    "before.");
	if (rc == 0 && f.recorded)
		output_next(d->out,
			"until it closes you may vote again; then: %s %s",
			ends_in(s.name[0]), s.name);
	writer_clear(&what);
	filing_clear(&f);
	subject_clear(&s);
	return rc;
}

int
cmd_vote_cast(const struct call *call)
{
	return desk_do(call, desk_open_to_sign, cast);
}

/* Am I on it? ***************************************************************/

static int
roll(struct desk *d)
{
	struct wire_value mine, to;
	struct writer name = {0};
	uint8_t goes_to[CRYPT_HASH];
	struct subject s;
	int rc = find(d, &s);

	mine = rc == 0 ? wire_get(s.entry, "mine") : (struct wire_value){0};
	if (rc == 0 && !wire_there(mine))
		rc = contact_misread();
	if (rc == 0) {
		give_mine(d, &s);
		to = wire_get(mine, "goes_to");
		if (wire_string(to, CODING_HEX_32).len == CODING_HEX_32) {
			wire_id(to, goes_to);
			subject_put_member(d, goes_to, &name);
			output_line(d->out,
				"Without a ballot of yours, your "
				"vote goes to %s.",
				writer_string(&name));
		}
		output_line(d->out, "Your ballot would carry %lld.",
			(long long)wire_int(
				wire_get(mine, "weight"), 0, LIMIT_JSON_INT));
	}
	writer_clear(&name);
	subject_clear(&s);
	return rc;
}

int
cmd_vote_roll(const struct call *call)
{
	return desk_do(call, desk_open_as_member, roll);
}
