#include "cli/notice.h"

#include <string.h>

#include "cli/lines.h"

#define SECONDED_S 604800 /* in which a second steward may file the same */

/* One walk through a list, and the line that is being made. */
struct round {
	struct desk *desk;
	struct saying *saying;
	notice_taker *take;
	void *ctx;
	struct writer line, command;
	char name[16]; /* of the entry, such as "C2" */
};

static struct wire_value
begin(struct round *r, enum subject_sort sort, struct wire_value entry)
{
	writer_rewind(&r->line);
	writer_rewind(&r->command);
	subject_name(sort, entry, r->name);
	return wire_get(entry, "item");
}

/* What answers it: "union vote C2 yes or no". */
static void
put_command(struct round *r, const char *what, const char *rest)
{
	writer_put_string(&r->command, what);
	writer_put_u8(&r->command, ' ');
	writer_put_string(&r->command, r->name);
	writer_put_string(&r->command, rest);
}

static void
end(struct round *r, bool mine, uint64_t by_s)
{
	struct notice n = {
		mine, by_s, writer_view(&r->line), writer_view(&r->command)};

	r->take(r->ctx, &n);
}

static bool
is(struct wire_value v, const char *word)
{
	return bytes_equal(wire_string(v, 32), bytes_of_string(word));
}

static bool
is_me(const struct desk *d, struct wire_value v)
{
	uint8_t id[CRYPT_HASH];

	wire_id(v, id);
	return d->is_member && memcmp(id, d->member, CRYPT_HASH) == 0;
}

static bool
am_among(const struct desk *d, struct wire_value list)
{
	size_t n = wire_count(list, 0, LIMIT_MEMBERS);

	for (size_t i = 0; i < n; i++)
		if (is_me(d, wire_at(list, i)))
			return true;
	return false;
}

static void
put_member(struct round *r, struct wire_value v)
{
	uint8_t id[CRYPT_HASH];

	wire_id(v, id);
	subject_put_member(r->desk, id, &r->line);
}

static int
put_name(struct round *r, enum subject_sort sort, struct wire_value item)
{
	uint8_t id[CRYPT_HASH];

	wire_id(wire_get(item, "id"), id);
	return saying_put_name(r->saying, sort, id, &r->line);
}

/* Keys *********************************************************************/

static int
put_recovery(void *ctx, struct wire_value entry)
{
	struct round *r = ctx;
	struct wire_value item = begin(r, SUBJECT_RECOVERY, entry);
	struct wire_value state = wire_get(item, "state");
	bool mine = is_me(r->desk, wire_get(item, "member"));

	if (!is(state, "RUNNING") && !(mine && is(state, "ASKED")))
		return 0;
	writer_put_string(&r->line, mine ? "YOU: somebody asks for your "
					   "membership; if it is not you:"
					 : "a new key is to be that of ");
	if (!mine)
		put_member(r, wire_get(item, "member"));
	put_command(r, "union key object", mine ? "" : " (they, if it is not)");
	end(r, mine, lines_number(item, "due"));
	return 0;
}

/* Cases ********************************************************************/

static int
put_case(void *ctx, struct wire_value entry)
{
	struct round *r = ctx;
	struct wire_value item = begin(r, SUBJECT_CASE, entry);
	struct wire_value phase = wire_get(item, "phase");
	bool mine = is(phase, "HEARING") &&
		    am_among(r->desk, wire_get(item, "panel"));
	bool concerns = am_among(r->desk, wire_get(item, "parties"));
	const char *what = is(phase, "HEARING")     ? "union vote"
			   : is(phase, "DRAWING")   ? "union lot commit"
			   : is(phase, "REVEALING") ? "union lot reveal"
						    : NULL;
	int rc;

	if (what == NULL)
		return 0;
	writer_put_string(&r->line, mine       ? "YOU are on the panel of case "
				    : concerns ? "YOU are a party of case "
					       : "case ");
	rc = put_name(r, SUBJECT_CASE, item);
	put_command(r, what,
		is(phase, "HEARING") ? " yes or no (the panel)"
				     : " (auditors)");
	end(r, mine || concerns, lines_number(item, "due"));
	return rc;
}

/* Agreements ***************************************************************/

/* Whether the member is a delegate of a mandate. */
static int
is_delegate(struct round *r, struct wire_value mandate, bool *yes)
{
	uint8_t id[CRYPT_HASH];
	struct wire_value list;
	struct wire *reply;
	bool found;
	size_t n;

	*yes = false;
	if (!r->desk->is_member)
		return 0;
	wire_id(mandate, id);
	if (ask_get_id(r->desk->contact, subject_list(SUBJECT_MANDATE), id,
		    NULL, &found, &reply) != 0)
		return -1;
	if (!found)
		return 0;
	list = wire_get(wire_get(wire_get(wire_top(reply), "item"), "item"),
		"delegates");
	n = wire_count(list, 0, LIMIT_DELEGATES);
	for (size_t i = 0; i < n; i++)
		*yes |= is_me(r->desk, wire_at(wire_at(list, i), 0));
	wire_free(reply);
	return 0;
}

static int
put_agreement(void *ctx, struct wire_value entry)
{
	struct round *r = ctx;
	struct wire_value item = begin(r, SUBJECT_AGREEMENT, entry);
	struct wire_value state = wire_get(item, "state");
	const char *what =
		is(state, "OFFERED")          ? "union agreement sign"
		: is(state, "TENTATIVE")      ? "union agreement challenge"
		: is(state, "BREACH_ALLEGED") ? "union agreement answer"
					      : NULL;
	bool mine = false;
	int rc;

	if (what == NULL)
		return 0;
	if (!is(state, "TENTATIVE") &&
		is_delegate(r, wire_get(item, "mandate"), &mine) != 0)
		return -1;
	if (is(state, "OFFERED") &&
		am_among(r->desk, wire_get(item, "signers")))
		mine = false;
	writer_put_string(&r->line, mine ? "YOU: " : "");
	writer_put_string(&r->line,
		is(state, "OFFERED")     ? "signatures are waited for on "
		: is(state, "TENTATIVE") ? "beyond its mandate?  Agreement "
					 : "said to be broken: ");
	rc = put_name(r, SUBJECT_AGREEMENT, item);
	put_command(r, what,
		is(state, "TENTATIVE") ? " (else it goes on)" : " (delegates)");
	end(r, mine, lines_number(entry, "due"));
	return rc;
}

/* Measures *****************************************************************/

static int
put_measure(void *ctx, struct wire_value entry)
{
	struct round *r = ctx;
	struct wire_value item = wire_get(entry, "item");
	bool mine = is_me(r->desk, wire_get(item, "member"));
	size_t stewards =
		wire_count(wire_get(item, "stewards"), 0, LIMIT_MEMBERS);
	uint64_t until = stewards > 1
				 ? lines_number(item, "until")
				 : lines_number(item, "filed") + SECONDED_S;

	if (until <= r->desk->now_s)
		return 0;
	writer_rewind(&r->line);
	writer_rewind(&r->command);
	if (mine)
		writer_put_string(&r->line, "YOU");
	else
		put_member(r, wire_get(item, "member"));
	writer_put_string(&r->line, stewards > 1
					    ? ": suspended by stewards for "
					    : ": one steward asks for a "
					      "suspension for ");
	writer_put(&r->line, wire_string(wire_get(item, "ground"), 64));
	end(r, mine, until);
	return 0;
}

int
notice_each(struct desk *d, struct saying *s, notice_taker *take, void *ctx)
{
	static const struct {
		const char *list;
		ask_entry *put;
	} lists[] = {
		{"recoveries", put_recovery},
		{"cases", put_case},
		{"agreements", put_agreement},
		{"measures", put_measure},
	};
	struct round r = {.desk = d, .saying = s, .take = take, .ctx = ctx};
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sizeof(lists) / sizeof(lists[0]); i++)
		rc = ask_each(d->contact, lists[i].list, lists[i].put, &r);
	writer_clear(&r.line);
	writer_clear(&r.command);
	return rc;
}
