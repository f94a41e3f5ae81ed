#include "daemon/items.h"

#include <assert.h>
#include <string.h>

#include "ballots/assembly/describe.h"
#include "ballots/assembly/mandate_life.h"
#include "ballots/assembly/proposal.h"
#include "ballots/base/coding.h"

enum { FOUND_MAX = 10, PREFIX_MIN = 4 };

/* One sort of thing; where a function is NULL the sort has no such. */
struct sort {
	const char *of;
	uint32_t (*count)(const struct world *w);
	const uint8_t *(*id)(const struct world *w, uint32_t number);
	bool (*over)(const struct world *w, uint32_t number);
	void (*print)(
		const struct world *w, uint32_t number, struct jcs_printer *p);
	/* Members that stand beside "item": names before it, and after. */
	void (*before)(
		const struct world *w, uint32_t number, struct jcs_printer *p);
	void (*after)(
		const struct world *w, uint32_t number, struct jcs_printer *p);
};

/* Printing ******************************************************************/

static void
put_int(struct jcs_printer *p, const char *name, uint64_t value)
{
	jcs_key(p, name);
	jcs_int(p, (int64_t)value);
}

static void
put_word(struct jcs_printer *p, const char *name, const char *value)
{
	jcs_key(p, name);
	jcs_string(p, bytes_of_string(value));
}

static void
put_id(struct jcs_printer *p, const char *name, const uint8_t id[static 32])
{
	jcs_key(p, name);
	jcs_id(p, id);
}

static void
put_due(struct jcs_printer *p, uint64_t due_s)
{
	put_int(p, "due", due_s == TIMERS_NEVER ? 0 : due_s);
}

static const uint8_t *
member_id(const struct world *w, uint32_t number)
{
	return roster_get(&w->roster, number)->id;
}

/* Proposals *****************************************************************/

static const struct world_contest *
contest_of(const struct world *w, const struct world_proposal *r)
{
	return w->contests[r->contest];
}

static uint64_t
proposal_due(const struct world *w, const struct world_proposal *r)
{
	uint64_t due_s = contest_of(w, r)->due_s;

	if (proposal_final(r->phase))
		return TIMERS_NEVER;
	return r->due_s < due_s ? r->due_s : due_s;
}

static void
put_candidates(const struct world *w, const struct world_proposal *r,
	struct jcs_printer *p)
{
	jcs_key(p, "candidates");
	jcs_begin_array(p);
	for (uint32_t i = 0; i < r->n_candidates; i++) {
		jcs_begin_array(p);
		jcs_id(p, r->candidates[i].act);
		jcs_id(p, member_id(w, r->candidates[i].member));
		jcs_end_array(p);
	}
	jcs_end_array(p);
}

static void
before_proposal(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	const struct world_proposal *r = w->proposals[number];
	const struct world_contest *c = contest_of(w, r);

	if (r->office >= 0)
		put_candidates(w, r, p);
	if (c->chapter != IDMAP_NONE)
		put_id(p, "chapter", w->chapters.at[c->chapter].id);
	put_due(p, proposal_due(w, r));
}

static void
after_proposal(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	static const uint8_t none[32];
	const struct world_proposal *r = w->proposals[number];
	const struct world_contest *c = contest_of(w, r);

	if (r->office >= 0)
		put_word(p, "office",
			charter_office_name((enum charter_office)r->office));
	if (memcmp(c->question_id, none, 32) != 0)
		put_id(p, "question", c->question_id);
	put_int(p, "record", r->record);
	put_int(p, "result", r->result_record);
	if (c->scaled) {
		jcs_key(p, "scale");
		jcs_begin_array(p);
		jcs_int(p, c->low);
		jcs_int(p, c->high);
		jcs_end_array(p);
	}
	put_int(p, "seats", c->seats);
	put_id(p, "text", r->text_act);
	if (c->topic != IDMAP_NONE)
		put_id(p, "topic", w->topics.at[c->topic].id);
	jcs_key(p, "won");
	jcs_begin_array(p);
	for (uint32_t i = 0; i < r->n_won; i++)
		jcs_int(p, r->won[i]);
	jcs_end_array(p);
}

/* Between "item" and "number". */
static void
put_between(const struct world *w, const struct sort *sort, uint32_t number,
	struct jcs_printer *p)
{
	const struct world_proposal *r;

	if (sort->before != before_proposal)
		return;
	r = w->proposals[number];
	if (r->mandate != IDMAP_NONE) {
		jcs_key(p, "mandate");
		jcs_bool(p, true);
	}
	put_word(p, "method", contest_of(w, r)->method->name);
}

/* Mandates and questions ****************************************************/

static void
before_mandate(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	uint64_t due_s;

	mandate_life_next(w, w->mandates[number], &due_s);
	put_due(p, due_s);
}

static void
after_mandate(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	uint32_t proposal = w->mandates[number]->proposal;

	put_int(p, "proposal", proposal);
	put_int(p, "record", w->proposals[proposal]->record);
}

static void
before_question(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	struct writer document = {0};

	world_document(w, number, &document);
	jcs_key(p, "document");
	jcs_raw(p, writer_view(&document));
	writer_clear(&document);
}

/* How a member stands to a question. */
static void
put_mine(const struct world *w, const struct question *q,
	const uint8_t id[static 32], struct jcs_printer *p)
{
	struct tally_union u = world_union(w);
	uint32_t place = question_place(q, roster_find(&w->roster, id));
	uint32_t end = UINT32_MAX;
	uint64_t weight = 0, ballots = 0;

	if (place != UINT32_MAX)
		end = tally_follow(q, &u, place, &weight);
	for (uint32_t i = 0; i < q->n_casts; i++)
		ballots += q->casts[i].place == place;
	jcs_key(p, "mine");
	jcs_begin_object(p);
	put_int(p, "ballots", ballots);
	if (end == UINT32_MAX)
		put_word(p, "goes_to", "");
	else
		put_id(p, "goes_to", member_id(w, q->roll[end]));
	jcs_key(p, "on_roll");
	jcs_bool(p, place != UINT32_MAX);
	put_int(p, "weight", weight);
	jcs_end_object(p);
}

/* The table of sorts ********************************************************/

static uint32_t
one(const struct world *w)
{
	(void)w;
	return 1;
}

static void
print_charter(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	(void)number;
	jcs_raw(p, writer_view(&w->charter_bytes));
}

static void
print_offices(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	(void)number;
	describe_offices(w, p);
}

static void
print_question(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	describe_question(w, number, false, p);
}

static void
print_section(const uint8_t id[static 32], struct jcs_printer *p)
{
	jcs_begin_object(p);
	put_id(p, "id", id);
	jcs_end_object(p);
}

static void
print_chapter(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	print_section(w->chapters.at[number].id, p);
}

static void
print_topic(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	print_section(w->topics.at[number].id, p);
}

static const uint8_t *
question_id(const struct world *w, uint32_t number)
{
	return w->questions[number]->id;
}

static bool
question_over(const struct world *w, uint32_t number)
{
	return w->questions[number] == NULL;
}

static bool
grant_over(const struct world *w, uint32_t number)
{
	return delegation_get(&w->delegation, number)->ended;
}

#define COUNT(name, member)                                                    \
	static uint32_t count_##name(const struct world *w)                    \
	{                                                                      \
		return w->member;                                              \
	}
#define ID(name, member)                                                       \
	static const uint8_t *id_of_##name(const struct world *w, uint32_t n)  \
	{                                                                      \
		return w->member;                                              \
	}
COUNT(chapters, chapters.n)
COUNT(gateways, n_gateways)
COUNT(grants, delegation.n)
COUNT(mandates, n_mandates)
COUNT(members, roster.n)
COUNT(proposals, n_proposals)
COUNT(questions, n_questions)
COUNT(spending, n_lines)
COUNT(topics, topics.n)
ID(chapter, chapters.at[n].id)
ID(gateway, gateways[n].id)
ID(grant, delegation.grants[n].id)
ID(mandate, mandates[n]->id)
ID(member, roster.members[n].id)
ID(proposal, proposals[n]->id)
ID(topic, topics.at[n].id)

/* clang-format off */
static const struct sort sorts[] = {
	{"members", count_members, id_of_member, NULL, describe_member, NULL, NULL},
	{"proposals", count_proposals, id_of_proposal, NULL, describe_proposal,
		before_proposal, after_proposal},
	{"questions", count_questions, question_id, question_over, print_question,
		before_question, NULL},
	{"mandates", count_mandates, id_of_mandate, NULL, describe_mandate,
		before_mandate, after_mandate},
	{"chapters", count_chapters, id_of_chapter, NULL, print_chapter, NULL, NULL},
	{"topics", count_topics, id_of_topic, NULL, print_topic, NULL, NULL},
	{"gateways", count_gateways, id_of_gateway, NULL, describe_gateway, NULL, NULL},
	{"grants", count_grants, id_of_grant, grant_over, describe_grant, NULL, NULL},
	{"spending", count_spending, NULL, NULL, describe_line, NULL, NULL},
	{"charter", one, NULL, NULL, print_charter, NULL, NULL},
	{"offices", one, NULL, NULL, print_offices, NULL, NULL},
};
/* clang-format on */

enum { N_SORTS = sizeof(sorts) / sizeof(sorts[0]) };

/* Answers *******************************************************************/

static const struct world *
world_of(const struct clerk *c)
{
	return assembly_world(clerk_assembly(c));
}

/* The sort that the member "of" names. */
static const struct sort *
sort_of(struct wire_value in)
{
	struct bytes of = wire_string(wire_get(in, "of"), 16);

	for (size_t i = 0; i < N_SORTS; i++)
		if (bytes_equal(of, bytes_of_string(sorts[i].of)))
			return &sorts[i];
	wire_refuse(in);
	return NULL;
}

static bool
is_over(const struct world *w, const struct sort *sort, uint32_t number)
{
	return sort->over != NULL && sort->over(w, number);
}

/* member may be NULL: the one who asks. */
static void
print_item(const struct world *w, const struct sort *sort, uint32_t number,
	const uint8_t *member, struct jcs_printer *p)
{
	jcs_begin_object(p);
	if (sort->before != NULL)
		sort->before(w, number, p);
	jcs_key(p, "item");
	sort->print(w, number, p);
	if (member != NULL && sort->over == question_over)
		put_mine(w, w->questions[number], member, p);
	put_between(w, sort, number, p);
	put_int(p, "number", number);
	if (sort->after != NULL)
		sort->after(w, number, p);
	jcs_end_object(p);
}

enum verdict
items_list(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	const struct world *w = world_of(c);
	const struct sort *sort = sort_of(in);
	struct wire_value v;
	int64_t from = 0, count = LIMIT_PAGE_ITEMS;
	size_t start = p->out->len;

	if (wire_there(v = wire_get(in, "from")))
		from = wire_int(v, 0, UINT32_MAX);
	if (wire_there(v = wire_get(in, "count")))
		count = wire_int(v, 1, LIMIT_PAGE_ITEMS);
	if (!wire_good(in.message))
		return VERDICT_MALFORMED;
	jcs_key(p, "items");
	jcs_begin_array(p);
	for (int64_t n = from; n < sort->count(w) && count > 0 &&
			       p->out->len - start < LIMIT_PAGE_BYTES;
		n++) {
		if (is_over(w, sort, (uint32_t)n))
			continue;
		print_item(w, sort, (uint32_t)n, NULL, p);
		count--;
	}
	jcs_end_array(p);
	put_int(p, "total", sort->count(w));
	return VERDICT_OK;
}

/* The number of the thing with that id; a question may be over. */
static uint32_t
number_of(const struct world *w, const struct sort *sort,
	const uint8_t id[static 32])
{
	if (sort->over == question_over)
		return idmap_get(&w->question_ids, id);
	if (sort->id == id_of_member)
		return roster_find(&w->roster, id);
	for (uint32_t n = 0; sort->id != NULL && n < sort->count(w); n++)
		if (!is_over(w, sort, n) && memcmp(sort->id(w, n), id, 32) == 0)
			return n;
	return IDMAP_NONE;
}

enum verdict
items_get(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	const struct world *w = world_of(c);
	const struct sort *sort = sort_of(in);
	struct wire_value by_id = wire_get(in, "id");
	struct wire_value by_number = wire_get(in, "number");
	struct wire_value viewer = wire_get(in, "member");
	uint8_t id[32], member[32];
	uint32_t number = 0;

	if (wire_there(by_id) == wire_there(by_number))
		wire_refuse(in);
	if (wire_there(by_id))
		wire_id(by_id, id);
	else
		number = (uint32_t)wire_int(by_number, 0, UINT32_MAX);
	if (wire_there(viewer))
		wire_id(viewer, member);
	if (!wire_good(in.message))
		return VERDICT_MALFORMED;
	if (wire_there(by_id))
		number = number_of(w, sort, id);
	if (number >= sort->count(w))
		return VERDICT_UNKNOWN_SUBJECT;
	if (is_over(w, sort, number))
		return VERDICT_CLOSED;
	jcs_key(p, "item");
	print_item(w, sort, number, wire_there(viewer) ? member : NULL, p);
	return VERDICT_OK;
}

/* True when the id begins with n hex digits of prefix, padded with a 0. */
static bool
begins_with(const uint8_t id[static 32], const uint8_t *prefix, size_t n)
{
	return memcmp(id, prefix, n / 2) == 0 &&
	       (n % 2 == 0 || id[n / 2] >> 4 == prefix[n / 2] >> 4);
}

static bool
read_prefix(struct bytes digits, uint8_t out[static 32])
{
	char padded[CODING_HEX_32];

	if (digits.len < PREFIX_MIN)
		return false;
	memset(padded, '0', sizeof(padded));
	memcpy(padded, digits.data, digits.len);
	return coding_read_hex(bytes_of(padded, sizeof(padded)), out, 32);
}

enum verdict
items_resolve(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	const struct world *w = world_of(c);
	struct bytes digits =
		wire_string(wire_get(in, "prefix"), CODING_HEX_32);
	uint8_t prefix[32];
	int found = 0;

	if (!wire_good(in.message) || !read_prefix(digits, prefix))
		return VERDICT_MALFORMED;
	jcs_key(p, "found");
	jcs_begin_array(p);
	for (const struct sort *s = sorts; s < sorts + N_SORTS; s++) {
		for (uint32_t n = 0; s->id != NULL && n < s->count(w); n++) {
			if (found == FOUND_MAX || is_over(w, s, n) ||
				!begins_with(s->id(w, n), prefix, digits.len))
				continue;
			found++;
			jcs_begin_object(p);
			put_id(p, "id", s->id(w, n));
			put_int(p, "number", n);
			put_word(p, "of", s->of);
			jcs_end_object(p);
		}
	}
	jcs_end_array(p);
	return VERDICT_OK;
}
