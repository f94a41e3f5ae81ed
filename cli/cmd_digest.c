#include "cli/cmd_digest.h"

#include <jansson.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/utf8.h"
#include "cli/lines.h"
#include "cli/notice.h"
#include "cli/plain.h"
#include "cli/standing.h"
#include "cli/when.h"

/* At most 48 lines of 72 columns. */
enum { COLUMNS = 72, VOTES = 5, MANDATES = 4, NOTICES = 4, PIECE = 64 };

struct digest {
	struct desk *desk;
	struct saying *saying;
	uint64_t n; /* told of this list */
	json_t *votes, *mandates, *notices;
};

/* Append safe text, cut to a number of columns. */
static void
put_cut(struct writer *w, struct bytes text, size_t columns)
{
	struct writer safe = {0};
	struct bytes rest;
	size_t used = 0;

	plain_put_safe(&safe, text);
	rest = writer_view(&safe);
	if (plain_width(rest) > columns)
		columns -= 3;
	while (rest.len > 0) {
		struct bytes from = rest;
		uint32_t letter;
		size_t width;

		if (!utf8_take(&rest, &letter))
			break;
		from.len -= rest.len;
		width = plain_width(from);
		if (used + width > columns) {
			writer_put_string(w, "...");
			break;
		}
		writer_put(w, from);
		used += width;
	}
	writer_clear(&safe);
}

static void
line(struct digest *g, struct bytes text, size_t indent)
{
	struct writer w = {0};

	plain_put_fill(&w, ' ', indent);
	put_cut(&w, text, COLUMNS - indent);
	output_line(g->desk->out, "%s", writer_string(&w));
	writer_clear(&w);
}

/* "   until 2026-11-30 12:00:00 UTC (2026-11-30 13:00:00 here)" */
static void
line_of_time(struct digest *g, const char *what, uint64_t at_s)
{
	struct writer w = {0};

	writer_put_string(&w, what);
	writer_put_u8(&w, ' ');
	when_put(&w, at_s);
	line(g, writer_view(&w), 3);
	writer_clear(&w);
}

static void
heading(struct digest *g, const char *text)
{
	output_line(g->desk->out, "%s", "");
	output_line(g->desk->out, "%s", text);
	g->n = 0;
}

/* What does not fit any more is at least counted. */
static void
end_list(struct digest *g, uint64_t most)
{
	if (g->n == 0)
		output_line(g->desk->out, "none");
	if (g->n > most)
		output_line(g->desk->out, "and %llu more",
			(unsigned long long)(g->n - most));
}

/* Votes ********************************************************************/

static int
put_vote(void *ctx, struct wire_value entry)
{
	struct digest *g = ctx;
	struct wire_value item = wire_get(entry, "item");
	struct bytes kind = wire_string(wire_get(item, "kind"), 32);
	uint64_t close = lines_number(item, "close");
	struct writer name = {0};
	uint8_t about[CRYPT_HASH];
	int rc;

	if (close <= g->desk->now_s)
		return 0;
	wire_id(wire_get(item, "about"), about);
	if (bytes_equal(kind, BYTES("panel")))
		writer_put_string(&name, "panel of case ");
	else if (!bytes_equal(kind, BYTES("decision")))
		writer_put_string(&name, "petition on ");
	rc = saying_put_name(
		g->saying, saying_sort_of_question(kind), about, &name);
	json_array_append_new(
		g->votes, json_pack("{sssI}", "about", writer_string(&name),
				  "closes", (json_int_t)close));
	if (g->n++ < VOTES) {
		line(g, writer_view(&name), 0);
		line_of_time(g, "until", close);
	}
	writer_clear(&name);
	return rc;
}

/* Mandates *****************************************************************/

static int
put_mandate(void *ctx, struct wire_value entry)
{
	struct digest *g = ctx;
	struct wire_value item = wire_get(entry, "item");
	const struct standing *state = standing_of(SUBJECT_MANDATE, item);
	uint64_t due = lines_number(item, "report_due");
	struct writer name = {0}, word = {0};
	uint8_t id[CRYPT_HASH];
	int rc;

	if (state->over || strcmp(state->state, "PROPOSED") == 0)
		return 0;
	wire_id(wire_get(item, "id"), id);
	rc = saying_put_name(g->saying, SUBJECT_MANDATE, id, &name);
	writer_put_string(&word, state->state);
	json_array_append_new(g->mandates,
		json_pack("{sssIss}", "mandate", writer_string(&name),
			"report_due", (json_int_t)due, "state",
			writer_string(&word)));
	writer_put_string(&word, "  ");
	writer_put(&word, writer_view(&name));
	if (g->n++ < MANDATES) {
		line(g, writer_view(&word), 0);
		if (due > 0)
			line_of_time(g,
				due < g->desk->now_s ? "report overdue since"
						     : "report due",
				due);
	}
	writer_clear(&name);
	writer_clear(&word);
	return rc;
}

/* What waits for somebody ***************************************************/

static void
put_notice(void *ctx, const struct notice *n)
{
	struct digest *g = ctx;
	json_t *row = json_pack(
		"{sbsI}", "mine", (int)n->mine, "until", (json_int_t)n->by_s);

	json_object_set_new(row, "words",
		json_stringn((const char *)n->words.data, n->words.len));
	json_object_set_new(row, "command",
		json_stringn((const char *)n->command.data, n->command.len));
	json_array_append_new(g->notices, row);
	if (g->n++ >= NOTICES && !n->mine)
		return;
	line(g, n->words, 0);
	if (n->command.len > 0)
		line(g, n->command, 3);
	if (n->by_s > 0)
		line_of_time(g, "until", n->by_s);
}

/* Head and foot ************************************************************/

static void
put_head(struct digest *g)
{
	const struct contact_about *about = contact_about(g->desk->contact);
	struct writer w = {0};

	writer_put_string(&w, about->rehearsal ? "REHEARSAL " : "UNION ");
	writer_put(&w, about->name);
	line(g, writer_view(&w), 0);
	line_of_time(g, "now", g->desk->now_s);
	writer_rewind(&w);
	writer_put_decimal(&w, about->members);
	writer_put_string(&w, " members, ");
	writer_put_decimal(&w, about->size);
	writer_put_string(&w, " records");
	line(g, writer_view(&w), 3);
	writer_clear(&w);
}

/* The signed note, its long lines in pieces. */
static void
put_checkpoint(struct digest *g)
{
	struct tree_head head;
	struct bytes note = contact_checkpoint(g->desk->contact, &head);

	output_give_text(g->desk->out, "checkpoint", note);
	while (note.len > 0) {
		struct bytes row = bytes_cut(&note, '\n');

		/* Not through a letter: what is long here is ASCII, but for
		 * the dash in front. */
		line(g, bytes_slice(row, 0, PIECE), 0);
		while (row.len > PIECE) {
			row = bytes_slice(row, PIECE, row.len);
			line(g, bytes_slice(row, 0, PIECE), 3);
		}
	}
}

static int
put_digest(struct digest *g)
{
	struct contact *c = g->desk->contact;
	int rc;

	put_head(g);
	heading(g, g->desk->is_member ? "WAITING FOR SOMEBODY (or for YOU)"
				      : "WAITING FOR SOMEBODY");
	rc = notice_each(g->desk, g->saying, put_notice, g);
	end_list(g, NOTICES);
	heading(g, "OPEN VOTES");
	if (rc == 0)
		rc = ask_each(c, "questions", put_vote, g);
	end_list(g, VOTES);
	heading(g, "MANDATES");
	if (rc == 0)
		rc = ask_each(c, "mandates", put_mandate, g);
	end_list(g, MANDATES);
	heading(g, "CHECKPOINT (compare it with other members')");
	put_checkpoint(g);
	output_give_number(g->desk->out, "now", g->desk->now_s);
	return rc;
}

const struct option cmd_digest_options[] = {
	{"mine", 0, false, NULL,
		"say what waits for you; asks for the passphrase"},
	{0},
};

static int
digest(struct desk *d)
{
	struct digest g = {.desk = d,
		.votes = json_array(),
		.mandates = json_array(),
		.notices = json_array()};
	int rc;

	g.saying = saying_new(d);
	rc = put_digest(&g);
	output_give_take(d->out, "votes", g.votes);
	output_give_take(d->out, "mandates", g.mandates);
	output_give_take(d->out, "notices", g.notices);
	saying_free(g.saying);
	return rc;
}

int
cmd_digest_show(const struct call *call)
{
	return desk_do(call,
		options_has(&call->options, "mine") ? desk_open_as_member
						    : desk_open,
		digest);
}
