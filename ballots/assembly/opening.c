#include "ballots/assembly/opening.h"

#include <string.h>

#include "ballots/assembly/contest.h"
#include "ballots/assembly/enact.h"
#include "ballots/assembly/mandate.h"
#include "ballots/assembly/proposal.h"
#include "ballots/base/mem.h"
#include "ballots/count/methods.h"
#include "ballots/record/fields.h"

/* What an act asks for, in one shape for both kinds that open proposals. */
struct wish {
	struct bytes class, method, options;
	uint32_t seats;
	bool scaled;
	int32_t low, high;
	uint64_t budget; /* 0: none */
	bool mandate;
	const uint8_t *chapter, *topic; /* NULL: none */
};

static void
read_scale(const struct act *a, struct wish *out)
{
	struct fields f = fields_of_list(act_span(a, ACT_HAS_SCALE), 2, 2);

	out->scaled = true;
	out->low = (int32_t)fields_int(&f, NULL, INT32_MIN, INT32_MAX);
	out->high = (int32_t)fields_int(&f, NULL, INT32_MIN, INT32_MAX);
	if (f.bad)
		out->low = out->high = 0; /* no scale that any method takes */
}

static struct wish
wish_of(const struct act *a)
{
	struct wish v = {.class = BYTES("mandate"),
		.method = BYTES("yes-no"),
		.options = BYTES("[]"),
		.seats = 1,
		.mandate = a->kind == ACT_MANDATE_PROPOSE};

	if (!v.mandate) {
		v.class = act_span(a, ACT_HAS_CLASS);
		v.method = act_span(a, ACT_HAS_METHOD);
		v.options = act_span(a, ACT_HAS_OPTIONS);
		v.seats = (uint32_t)act_int(a, ACT_HAS_SEATS);
		if (act_has(a, ACT_HAS_SCALE))
			read_scale(a, &v);
		if (act_has(a, ACT_HAS_BUDGET))
			v.budget = (uint64_t)act_int(a, ACT_HAS_BUDGET);
	}
	if (act_has(a, ACT_HAS_CHAPTER))
		v.chapter = act_hash(a, ACT_HAS_CHAPTER);
	if (act_has(a, ACT_HAS_TOPIC))
		v.topic = act_hash(a, ACT_HAS_TOPIC);
	return v;
}

/* The number of a section, IDMAP_NONE when none is named or known. */
static uint32_t
section(const struct world_sections *s, const uint8_t *id)
{
	return id == NULL ? IDMAP_NONE : idmap_get(&s->ids, id);
}

/* Judging *******************************************************************/

static bool
is_method(const struct bytes name, const char *wanted)
{
	return bytes_equal(name, bytes_of_string(wanted));
}

static bool
scale_fits(const struct wish *v)
{
	if (is_method(v->method, "score"))
		return v->scaled && v->low >= -1000 && v->high <= 1000 &&
		       v->low < v->high;
	if (is_method(v->method, "majority-judgment"))
		return v->scaled && v->low == 1 && v->high > 1 && v->high <= 20;
	return !v->scaled;
}

/* The methods by which a union fills several seats. */
static bool
seats_many(struct bytes method)
{
	static const char *const names[] = {
		"approval", "equal-shares", "schulze", "stv-meek", "stv-wigm"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is_method(method, names[i]))
			return true;
	return false;
}

/* The method is one of the class, and what it needs is there. */
static bool
method_fits(const struct charter_class *class, const struct wish *v)
{
	return charter_takes(class, v->method) && scale_fits(v) &&
	       (v->seats == 1 || seats_many(v->method)) &&
	       (v->budget != 0) == is_method(v->method, "equal-shares");
}

static enum verdict
judge_options(const struct world *w, const struct charter_class *class,
	struct bytes method, struct bytes options, uint64_t now_s)
{
	bool priced = is_method(method, "equal-shares");
	struct effect_option option;

	if (is_method(method, "yes-no") && effect_options_count(options) != 1)
		return VERDICT_BAD_OPTION;
	if (enact_openings(options) > 1)
		return VERDICT_BAD_OPTION;
	for (uint32_t k = 0; effect_option_at(options, k, &option); k++) {
		enum verdict v =
			enact_may_propose(w, class, option.effects, now_s);

		if (v != VERDICT_OK)
			return v;
		if (priced && enact_cost(option.effects) == 0)
			return VERDICT_BAD_OPTION;
	}
	return VERDICT_OK;
}

/* How many options the proposals of c but p have that may come to a vote. */
static uint32_t
options_beside(const struct world *w, const struct world_contest *c,
	const struct world_proposal *p)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < c->n; i++) {
		const struct world_proposal *other =
			w->proposals[c->proposals[i]];

		if (other != p && !proposal_final(other->phase))
			n += effect_options_count(writer_view(&other->options));
	}
	return n;
}

enum verdict
opening_options(const struct world *w, const struct world_contest *c,
	const struct world_proposal *p, struct bytes options, uint64_t now_s)
{
	if (options_beside(w, c, p) + effect_options_count(options) >=
		LIMIT_OPTIONS)
		return VERDICT_TOO_OFTEN;
	return judge_options(
		w, &c->class, bytes_of_string(c->method->name), options, now_s);
}

/* A new contest on the union. */
static enum verdict
judge_new(const struct world *w, const struct wish *v, uint32_t member,
	uint64_t now_s)
{
	const struct charter_class *class =
		charter_class(&w->charter, v->class);

	if (class == NULL)
		return VERDICT_UNKNOWN_CLASS;
	if (strcmp(class->name, "election") == 0)
		return VERDICT_NOT_ALLOWED;
	if (!method_fits(class, v))
		return VERDICT_BAD_OPTION;
	if ((v->chapter != NULL &&
		    section(&w->chapters, v->chapter) == IDMAP_NONE) ||
		(v->topic != NULL &&
			section(&w->topics, v->topic) == IDMAP_NONE))
		return VERDICT_UNKNOWN_SUBJECT;
	if (!world_may_vote(
		    w, member, section(&w->chapters, v->chapter), now_s))
		return VERDICT_NOT_ALLOWED;
	return v->mandate
		       ? VERDICT_OK
		       : judge_options(w, class, v->method, v->options, now_s);
}

/* The same frame as the lead's. */
static bool
matches(const struct world *w, const struct world_contest *c,
	const struct wish *v)
{
	const struct world_proposal *lead = w->proposals[c->proposals[0]];

	return (lead->mandate != IDMAP_NONE) == v->mandate &&
	       is_method(v->class, c->class.name) &&
	       is_method(v->method, c->method->name) && c->seats == v->seats &&
	       c->scaled == v->scaled && c->low == v->low &&
	       c->high == v->high && c->budget == v->budget &&
	       c->chapter == section(&w->chapters, v->chapter) &&
	       (c->chapter == IDMAP_NONE) == (v->chapter == NULL) &&
	       c->topic == section(&w->topics, v->topic) &&
	       (c->topic == IDMAP_NONE) == (v->topic == NULL);
}

static enum verdict
judge_rival(const struct world *w, const struct world_proposal *lead,
	const struct wish *v, uint32_t member, uint64_t now_s)
{
	const struct world_contest *c = proposal_contest(w, lead);

	if (w->proposals[c->proposals[0]] != lead || lead->office >= 0 ||
		lead->agreement != IDMAP_NONE)
		return VERDICT_UNKNOWN_SUBJECT;
	if (lead->phase != PROPOSAL_DISCUSSION)
		return VERDICT_NOT_NOW;
	if (!matches(w, c, v))
		return VERDICT_BAD_OPTION;
	if (c->n >= LIMIT_RIVALS)
		return VERDICT_TOO_OFTEN;
	if (!world_may_vote(w, member, c->chapter, now_s))
		return VERDICT_NOT_ALLOWED;
	return v->mandate ? VERDICT_OK
			  : opening_options(w, c, NULL, v->options, now_s);
}

enum verdict
opening_judge(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	const uint8_t *on = act_hash(a, ACT_HAS_ON);
	uint32_t lead = idmap_get(&w->proposal_ids, on);
	struct wish v = wish_of(a);
	enum verdict verdict;

	if (memcmp(on, w->id, 32) == 0)
		verdict = judge_new(w, &v, member, now_s);
	else if (lead != IDMAP_NONE)
		verdict = judge_rival(w, w->proposals[lead], &v, member, now_s);
	else
		verdict = VERDICT_UNKNOWN_SUBJECT;
	if (verdict == VERDICT_OK && v.mandate)
		verdict = mandate_terms(w, a, now_s);
	return verdict;
}

/* Applying ******************************************************************/

static struct world_contest *
new_contest(struct world *w, const struct charter_class *class)
{
	struct world_contest *c = mem_new(sizeof(*c));

	w->contests = mem_grow(w->contests, &w->contests_cap,
		(size_t)w->n_contests + 1, sizeof(*w->contests));
	w->contests[w->n_contests++] = c;
	c->class = *class;
	c->chapter = c->topic = IDMAP_NONE;
	c->seats = 1;
	c->phase = PROPOSAL_ADMISSION;
	c->due_s = TIMERS_NEVER;
	return c;
}

static struct world_contest *
contest_of_wish(struct world *w, const struct wish *v)
{
	struct world_contest *c =
		new_contest(w, charter_class(&w->charter, v->class));

	c->chapter = section(&w->chapters, v->chapter);
	c->topic = section(&w->topics, v->topic);
	c->method = methods_find(v->method);
	c->seats = v->seats;
	c->scaled = v->scaled;
	c->low = v->low;
	c->high = v->high;
	c->budget = v->budget;
	return c;
}

static struct world_proposal *
add_proposal(struct world *w, uint32_t contest, const uint8_t id[static 32],
	uint32_t by, uint64_t now_s)
{
	struct world_contest *c = w->contests[contest];
	struct world_proposal *p = mem_new(sizeof(*p));

	w->proposals = mem_grow(w->proposals, &w->proposals_cap,
		(size_t)w->n_proposals + 1, sizeof(*w->proposals));
	memcpy(p->id, id, 32);
	memcpy(p->text_act, id, 32);
	p->by = by;
	p->contest = contest;
	p->record = w->size;
	p->since_s = now_s;
	p->due_s = TIMERS_NEVER;
	p->version = 1;
	p->mandate = IDMAP_NONE;
	p->agreement = IDMAP_NONE;
	p->office = -1;
	idmap_put(&w->proposal_ids, id, w->n_proposals);
	c->proposals[c->n++] = w->n_proposals;
	w->proposals[w->n_proposals++] = p;
	return p;
}

uint32_t
opening_needed(
	const struct world *w, const struct world_proposal *p, uint64_t now_s)
{
	const struct world_contest *c = proposal_contest(w, p);
	struct bytes options = writer_view(&p->options);
	struct roster_rules rules = world_rules(w);
	uint64_t e = roster_voters(&w->roster, &rules, c->chapter, now_s);
	struct need recall = {.by_share = true, .share = {0, 1}};
	struct effect_option option;

	for (uint32_t k = 0; effect_option_at(options, k, &option); k++) {
		struct ratio share = enact_recall_share(w, option.effects);

		if (ratio_compare(share, recall.share) > 0)
			recall.share = share;
	}
	e = need_sponsors(
		recall.share.num > 0 ? &recall : &c->class.sponsors, e);
	return e > p->needed ? (uint32_t)e : p->needed;
}

void
opening_sponsored(struct world *w, struct world_proposal *p, uint64_t now_s)
{
	struct world_contest *c = proposal_contest(w, p);

	if (p->phase != PROPOSAL_ADMISSION || proposal_supported(p) < p->needed)
		return;
	p->due_s = TIMERS_NEVER;
	proposal_move(w, p, PROPOSAL_ON_SPONSORED, now_s);
	if (w->proposals[c->proposals[0]] == p)
		contest_discuss(w, c, now_s);
}

void
opening_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	uint32_t lead = idmap_get(&w->proposal_ids, act_hash(a, ACT_HAS_ON));
	struct wish v = wish_of(a);
	struct world_contest *c;
	struct world_proposal *p;

	if (lead == IDMAP_NONE) {
		c = contest_of_wish(w, &v);
		p = add_proposal(w, w->n_contests - 1, a->id, member, now_s);
	} else {
		c = proposal_contest(w, w->proposals[lead]);
		p = add_proposal(
			w, w->proposals[lead]->contest, a->id, member, now_s);
		contest_changed(w, c, now_s);
	}
	writer_put(&p->options, v.options);
	p->needed = opening_needed(w, p, now_s);
	if (v.mandate)
		p->mandate = mandate_found(w, a, proposal_number(w, p), now_s);
	p->due_s = now_s + c->class.admission_s;
	opening_sponsored(w, p, now_s);
	if (p->phase == PROPOSAL_ADMISSION)
		timers_set(&w->timers, TIMERS_PROPOSAL, proposal_number(w, p),
			p->due_s);
}

/* By the ledger *************************************************************/

struct world_proposal *
opening_by_ledger(
	struct world *w, const struct opening_call *call, uint64_t now_s)
{
	struct world_contest *c = new_contest(w, call->class);
	struct world_proposal *p;

	c->method = methods_find(bytes_of_string(call->method));
	c->seats = call->seats;
	c->chapter = call->chapter;
	p = add_proposal(w, w->n_contests - 1, call->id, IDMAP_NONE, now_s);
	writer_put(&p->options, call->options);
	proposal_move(w, p, PROPOSAL_ON_SPONSORED, now_s);
	contest_discuss(w, c, now_s);
	return p;
}
