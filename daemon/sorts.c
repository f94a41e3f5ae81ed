#include "daemon/sorts.h"

#include <string.h>

#include "ballots/assembly/agreement_life.h"
#include "ballots/assembly/describe.h"
#include "ballots/assembly/docket.h"
#include "ballots/assembly/mandate_life.h"
#include "ballots/assembly/measure.h"
#include "ballots/assembly/office.h"
#include "ballots/assembly/proposal.h"

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
	put_int(p, "supporters", proposal_supported(r) - 1);
	put_id(p, "text", r->text_act);
	if (c->topic != IDMAP_NONE)
		put_id(p, "topic", w->topics.at[c->topic].id);
	jcs_key(p, "won");
	jcs_begin_array(p);
	for (uint32_t i = 0; i < r->n_won; i++)
		jcs_int(p, r->won[i]);
	jcs_end_array(p);
}

static void
between_proposal(const struct world *w, uint32_t number, const uint8_t *member,
	struct jcs_printer *p)
{
	const struct world_proposal *r = w->proposals[number];

	(void)member;
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
	const struct world_mandate *m = w->mandates[number];
	uint32_t proposal = m->proposal;

	put_int(p, "proposal", proposal);
	jcs_key(p, "published");
	jcs_begin_array(p);
	for (uint32_t i = 0; i < m->n_publications; i++)
		jcs_int(p, (int64_t)m->publications[i].record);
	jcs_end_array(p);
	put_int(p, "record", w->proposals[proposal]->record);
}

static void
before_agreement(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	uint64_t due_s;

	agreement_life_next(w, w->agreements[number], &due_s);
	put_due(p, due_s);
}

/* Whether a mandate that is not over watches over it. */
static void
between_agreement(const struct world *w, uint32_t number, const uint8_t *member,
	struct jcs_printer *p)
{
	const struct world_agreement *g = w->agreements[number];

	(void)member;
	jcs_key(p, "monitored");
	jcs_bool(p, !mandate_life_final(w->mandates[g->mandate]));
}

/* The ballot on it, once there is one. */
static void
after_agreement(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	uint32_t ratification = w->agreements[number]->ratification;

	if (ratification != IDMAP_NONE)
		put_int(p, "proposal", ratification);
}

/* Agreements under its key that are not over. */
static void
before_gateway(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	jcs_key(p, "agreements");
	jcs_begin_array(p);
	for (uint32_t i = 0; i < w->n_agreements; i++)
		if (!agreement_life_final(w->agreements[i]) &&
			memcmp(w->agreements[i]->key, w->gateways[number].key,
				32) == 0)
			jcs_id(p, w->agreements[i]->id);
	jcs_end_array(p);
}

static void
after_member(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	enum roster_recovery recovery =
		roster_get(&w->roster, number)->recovery;

	if (recovery != ROSTER_SAFE)
		put_word(p, "recovery",
			recovery == ROSTER_CONTESTED ? "contested" : "running");
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

/* How the member who asks stands to a question. */
static void
between_question(const struct world *w, uint32_t number, const uint8_t *member,
	struct jcs_printer *p)
{
	const struct question *q = w->questions[number];
	struct tally_union u = world_union(w);
	uint32_t place, end = UINT32_MAX;
	uint64_t weight = 0, ballots = 0;

	if (member == NULL)
		return;
	place = question_place(q, roster_find(&w->roster, member));
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

/* Who may act in each office by now: founders in power too. */
static void
before_offices(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	(void)number;
	jcs_key(p, "acting");
	jcs_begin_object(p);
	for (int i = 0; i < CHARTER_OFFICES; i++) {
		enum charter_office office = (enum charter_office)i;

		jcs_key(p, charter_office_name(office));
		jcs_begin_array(p);
		for (uint32_t k = 0; office_next(w, office, w->time_s, &k); k++)
			jcs_id(p, member_id(w, k));
		jcs_end_array(p);
	}
	jcs_end_object(p);
}

static void
print_proposal(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	describe_proposal(w, number, false, p);
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

static bool
measure_over(const struct world *w, uint32_t number)
{
	return !measure_stands(&w->measures[number], w->time_s);
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
COUNT(agreements, n_agreements)
COUNT(cases, n_cases)
COUNT(chapters, chapters.n)
COUNT(gateways, n_gateways)
COUNT(grants, delegation.n)
COUNT(mandates, n_mandates)
COUNT(measures, n_measures)
COUNT(members, roster.n)
COUNT(proposals, n_proposals)
COUNT(questions, n_questions)
COUNT(recoveries, n_recoveries)
COUNT(spending, n_lines)
COUNT(topics, topics.n)
ID(agreement, agreements[n]->id)
ID(case, cases[n]->id)
ID(chapter, chapters.at[n].id)
ID(gateway, gateways[n].id)
ID(grant, delegation.grants[n].id)
ID(mandate, mandates[n]->id)
ID(member, roster.members[n].id)
ID(proposal, proposals[n]->id)
ID(recovery, recoveries[n]->id)
ID(topic, topics.at[n].id)

static uint32_t
find_member(const struct world *w, const uint8_t id[static 32])
{
	return roster_find(&w->roster, id);
}

static uint32_t
find_question(const struct world *w, const uint8_t id[static 32])
{
	return idmap_get(&w->question_ids, id);
}

/* clang-format off */
static const struct sorts_row rows[] = {
	{"members", .count = count_members, .id = id_of_member, .print = describe_member,
		.after = after_member, .find = find_member},
	{"proposals", .count = count_proposals, .id = id_of_proposal, .print = print_proposal,
		.before = before_proposal, .between = between_proposal, .after = after_proposal},
	{"questions", .count = count_questions, .id = question_id, .print = print_question,
		.before = before_question, .between = between_question,
		.over = question_over, .find = find_question},
	{"mandates", .count = count_mandates, .id = id_of_mandate, .print = describe_mandate,
		.before = before_mandate, .after = after_mandate},
	{"agreements", .count = count_agreements, .id = id_of_agreement, .print = describe_agreement,
		.before = before_agreement, .between = between_agreement, .after = after_agreement},
	{"cases", .count = count_cases, .id = id_of_case, .print = docket_case},
	{"recoveries", .count = count_recoveries, .id = id_of_recovery, .print = docket_recovery},
	{"measures", .count = count_measures, .print = docket_measure,
		.over = measure_over},
	{"chapters", .count = count_chapters, .id = id_of_chapter, .print = print_chapter},
	{"topics", .count = count_topics, .id = id_of_topic, .print = print_topic},
	{"gateways", .count = count_gateways, .id = id_of_gateway, .print = describe_gateway,
		.before = before_gateway},
	{"grants", .count = count_grants, .id = id_of_grant, .print = describe_grant,
		.over = grant_over},
	{"spending", .count = count_spending, .print = describe_line},
	{"charter", .count = one, .print = print_charter},
	{"offices", .count = one, .print = print_offices, .before = before_offices},
};
/* clang-format on */

const struct sorts_row *
sorts_at(size_t i)
{
	return i < sizeof(rows) / sizeof(rows[0]) ? &rows[i] : NULL;
}

bool
sorts_over(const struct sorts_row *row, const struct world *w, uint32_t number)
{
	return row->over != NULL && row->over(w, number);
}

void
sorts_print(const struct sorts_row *row, const struct world *w, uint32_t number,
	const uint8_t *member, struct jcs_printer *p)
{
	jcs_begin_object(p);
	if (row->before != NULL)
		row->before(w, number, p);
	jcs_key(p, "item");
	row->print(w, number, p);
	if (row->between != NULL)
		row->between(w, number, member, p);
	put_int(p, "number", number);
	if (row->after != NULL)
		row->after(w, number, p);
	jcs_end_object(p);
}

uint32_t
sorts_find(const struct sorts_row *row, const struct world *w,
	const uint8_t id[static 32])
{
	if (row->find != NULL)
		return row->find(w, id);
	for (uint32_t n = 0; row->id != NULL && n < row->count(w); n++)
		if (!sorts_over(row, w, n) &&
			memcmp(row->id(w, n), id, 32) == 0)
			return n;
	return IDMAP_NONE;
}
