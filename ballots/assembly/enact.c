#include "ballots/assembly/enact.h"

#include <string.h>

#include "ballots/assembly/admission.h"
#include "ballots/assembly/agreement.h"
#include "ballots/assembly/mandate.h"
#include "ballots/assembly/office.h"
#include "ballots/base/mem.h"

#define VALUE(e, member) (&(e)->value[EFFECT_HAS_##member])

static uint32_t
member_of(const struct world *w, const struct effect *e)
{
	return roster_find(&w->roster, VALUE(e, MEMBER)->hash);
}

static enum charter_office
office_of(const struct effect *e)
{
	return charter_office_by_name(VALUE(e, OFFICE)->span);
}

static uint32_t
gateway_of(const struct world *w, const uint8_t id[static 32])
{
	uint32_t i = 0;

	while (i < w->n_gateways && memcmp(w->gateways[i].id, id, 32) != 0)
		i++;
	return i;
}

/* As proposed: does what it names exist, and can it be? *********************/

static enum verdict
propose_admit(const struct world *w, const struct effect *e, uint64_t now_s)
{
	struct embedded app;

	return admission_application(w, VALUE(e, APPLICATION)->span,
		VALUE(e, SIGNATURE)->span, false, now_s, &app);
}

static enum verdict
propose_amend(const struct world *w, const struct effect *e, uint64_t now_s)
{
	struct charter *c = mem_new(sizeof(*c));
	enum verdict v = charter_decode(VALUE(e, CHARTER)->span, c);

	(void)w;
	(void)now_s;
	mem_free(c);
	return v;
}

static enum verdict
propose_mandate(const struct world *w, const struct effect *e, uint64_t now_s)
{
	(void)now_s;
	return idmap_get(&w->mandate_ids, VALUE(e, MANDATE)->hash) == IDMAP_NONE
		       ? VERDICT_UNKNOWN_SUBJECT
		       : VERDICT_OK;
}

static enum verdict
propose_member(const struct world *w, const struct effect *e, uint64_t now_s)
{
	(void)now_s;
	return member_of(w, e) == ROSTER_NONE ? VERDICT_UNKNOWN_MEMBER
					      : VERDICT_OK;
}

static enum verdict
propose_office(const struct world *w, const struct effect *e, uint64_t now_s)
{
	if (office_of(e) == CHARTER_OFFICES)
		return VERDICT_UNKNOWN_SUBJECT;
	return propose_member(w, e, now_s);
}

static enum verdict
propose_strike(const struct world *w, const struct effect *e, uint64_t now_s)
{
	(void)now_s;
	return gateway_of(w, VALUE(e, THE_GATEWAY)->hash) == w->n_gateways
		       ? VERDICT_UNKNOWN_SUBJECT
		       : VERDICT_OK;
}

static enum verdict
propose_any(const struct world *w, const struct effect *e, uint64_t now_s)
{
	(void)w;
	(void)e;
	(void)now_s;
	return VERDICT_OK;
}

/* In force: judged and done *************************************************/

static enum verdict
do_admit(struct world *w, const struct world_proposal *p, uint32_t k,
	const struct effect *e, uint64_t now_s)
{
	struct roster_rules rules = world_rules(w);
	struct embedded app;
	enum verdict v = admission_application(w, VALUE(e, APPLICATION)->span,
		VALUE(e, SIGNATURE)->span, true, now_s, &app);

	(void)p;
	(void)k;
	if (v != VERDICT_OK)
		return v;
	if (!roster_may_grow(&w->roster, &rules, now_s))
		return VERDICT_ROLL_GROWTH;
	admission_forget(w, app.act.id);
	admission_complete(w, &app.act, now_s);
	return VERDICT_OK;
}

static enum verdict
do_amend(struct world *w, const struct world_proposal *p, uint32_t k,
	const struct effect *e, uint64_t now_s)
{
	enum verdict v;

	(void)p;
	(void)k;
	if (memcmp(VALUE(e, FROM)->hash, w->charter.hash, 32) != 0)
		return VERDICT_CHARTER_MOVED;
	v = charter_decode(VALUE(e, CHARTER)->span, &w->charter);
	if (v != VERDICT_OK) /* it was judged when it was proposed */
		return v;
	writer_rewind(&w->charter_bytes);
	writer_put(&w->charter_bytes, VALUE(e, CHARTER)->span);
	office_arm(w);
	mandate_review(w, now_s);
	return VERDICT_OK;
}

static enum verdict
do_section(struct world *w, const struct world_proposal *p, uint32_t k,
	const struct effect *e, uint64_t now_s)
{
	(void)k;
	(void)now_s;
	if (w->chapters.n + w->topics.n >= LIMIT_SECTIONS)
		return VERDICT_TOO_OFTEN;
	world_open_section(
		e->kind == EFFECT_CHAPTER ? &w->chapters : &w->topics, p->id);
	return VERDICT_OK;
}

static char *
copy_text(struct bytes b)
{
	return mem_copy(b.data, b.len);
}

static enum verdict
do_gateway(struct world *w, const struct world_proposal *p, uint32_t k,
	const struct effect *e, uint64_t now_s)
{
	struct world_gateway *g;

	(void)k;
	(void)now_s;
	w->gateways = mem_grow(w->gateways, &w->gateways_cap,
		(size_t)w->n_gateways + 1, sizeof(*w->gateways));
	g = &w->gateways[w->n_gateways++];
	memcpy(g->id, p->id, 32);
	memcpy(g->key, VALUE(e, KEY)->hash, 32);
	g->accepts = copy_text(VALUE(e, ACCEPTS)->span);
	return VERDICT_OK;
}

static enum verdict
do_strike(struct world *w, const struct world_proposal *p, uint32_t k,
	const struct effect *e, uint64_t now_s)
{
	uint32_t at = gateway_of(w, VALUE(e, THE_GATEWAY)->hash);

	(void)p;
	(void)k;
	(void)now_s;
	if (w->gateways[at].struck)
		return VERDICT_DUPLICATE;
	w->gateways[at].struck = true;
	return VERDICT_OK;
}

static enum verdict
do_spend(struct world *w, const struct world_proposal *p, uint32_t k,
	const struct effect *e, uint64_t now_s)
{
	struct world_line *line;

	(void)now_s;
	w->lines = mem_grow(w->lines, &w->lines_cap, (size_t)w->n_lines + 1,
		sizeof(*w->lines));
	line = &w->lines[w->n_lines++];
	memcpy(line->id, p->id, 32);
	line->option = k;
	line->amount = VALUE(e, AMOUNT)->number;
	line->unit = copy_text(VALUE(e, UNIT)->span);
	return VERDICT_OK;
}

static enum verdict
seat(struct world *w, enum charter_office office, uint32_t member,
	uint64_t now_s)
{
	if (!world_stands(w, member, now_s))
		return VERDICT_NOT_A_MEMBER;
	if (office_sits(w, office, member))
		return VERDICT_DUPLICATE;
	if (w->offices[office].n >= w->charter.offices[office].seats)
		return VERDICT_OFFICE_FULL;
	office_seat(w, office, member, now_s);
	return VERDICT_OK;
}

static enum verdict
do_seat(struct world *w, const struct world_proposal *p, uint32_t k,
	const struct effect *e, uint64_t now_s)
{
	(void)p;
	(void)k;
	return seat(w, office_of(e), member_of(w, e), now_s);
}

static enum verdict
do_unseat(struct world *w, const struct world_proposal *p, uint32_t k,
	const struct effect *e, uint64_t now_s)
{
	(void)p;
	(void)k;
	(void)now_s;
	if (!office_sits(w, office_of(e), member_of(w, e)))
		return VERDICT_NOT_NOW;
	office_unseat(w, office_of(e), member_of(w, e));
	return VERDICT_OK;
}

static enum verdict
do_suspend(struct world *w, const struct world_proposal *p, uint32_t k,
	const struct effect *e, uint64_t now_s)
{
	(void)p;
	(void)k;
	if (roster_get(&w->roster, member_of(w, e))->left)
		return VERDICT_NOT_A_MEMBER;
	roster_suspend(&w->roster, member_of(w, e),
		now_s + (uint64_t)VALUE(e, FOR_S)->number);
	mandate_review(w, now_s);
	return VERDICT_OK;
}

static enum verdict
do_restore(struct world *w, const struct world_proposal *p, uint32_t k,
	const struct effect *e, uint64_t now_s)
{
	const struct roster_member *m = roster_get(&w->roster, member_of(w, e));

	(void)p;
	(void)k;
	if (m->left)
		return VERDICT_NOT_A_MEMBER;
	if (!roster_suspended(m, now_s))
		return VERDICT_NOT_NOW;
	roster_suspend(&w->roster, member_of(w, e), 0);
	mandate_review(w, now_s);
	return VERDICT_OK;
}

static enum verdict
do_ratify(struct world *w, const struct world_proposal *p, uint32_t k,
	const struct effect *e, uint64_t now_s)
{
	const uint8_t *id = VALUE(e, AGREEMENT)->hash;
	enum verdict v = agreement_may_ratify(w, id);

	(void)p;
	(void)k;
	if (v == VERDICT_OK)
		agreement_ratify(w, id, now_s);
	return v;
}

static enum verdict
do_recall(struct world *w, const struct world_proposal *p, uint32_t k,
	const struct effect *e, uint64_t now_s)
{
	enum verdict v = mandate_may_recall(w, e, now_s);

	(void)p;
	(void)k;
	if (v == VERDICT_OK)
		mandate_recall(w, e, now_s);
	return v;
}

static enum verdict
do_renew(struct world *w, const struct world_proposal *p, uint32_t k,
	const struct effect *e, uint64_t now_s)
{
	enum verdict v = mandate_may_renew(w, e, now_s);

	(void)p;
	(void)k;
	if (v == VERDICT_OK)
		mandate_renew(w, e, now_s);
	return v;
}

static enum verdict
do_replace(struct world *w, const struct world_proposal *p, uint32_t k,
	const struct effect *e, uint64_t now_s)
{
	enum verdict v = mandate_may_replace(w, e, now_s);

	(void)p;
	(void)k;
	if (v == VERDICT_OK)
		mandate_replace(w, e, now_s);
	return v;
}

/* The table *****************************************************************/

static const struct {
	enum verdict (*propose)(
		const struct world *w, const struct effect *e, uint64_t now_s);
	enum verdict (*enact)(struct world *w, const struct world_proposal *p,
		uint32_t k, const struct effect *e, uint64_t now_s);
} effects[EFFECT_KIND_COUNT] = {
	[EFFECT_ADMIT] = {propose_admit, do_admit},
	[EFFECT_AMEND] = {propose_amend, do_amend},
	[EFFECT_CHAPTER] = {propose_any, do_section},
	[EFFECT_GATEWAY] = {propose_any, do_gateway},
	[EFFECT_RATIFY] = {propose_any, do_ratify},
	[EFFECT_RECALL] = {propose_mandate, do_recall},
	[EFFECT_RENEW] = {propose_mandate, do_renew},
	[EFFECT_REPLACE] = {propose_mandate, do_replace},
	[EFFECT_RESTORE] = {propose_member, do_restore},
	[EFFECT_SEAT] = {propose_office, do_seat},
	[EFFECT_SPEND] = {propose_any, do_spend},
	[EFFECT_STRIKE] = {propose_strike, do_strike},
	[EFFECT_SUSPEND] = {propose_member, do_suspend},
	[EFFECT_TOPIC] = {propose_any, do_section},
	[EFFECT_UNSEAT] = {propose_office, do_unseat},
};

enum verdict
enact_may_propose(const struct world *w, const struct charter_class *class,
	struct bytes list, uint64_t now_s)
{
	struct fields f = fields_of_list(list, 0, LIMIT_EFFECTS);
	struct effect e;

	while (fields_more(&f)) {
		enum verdict v;

		effect_walk(&f, &e);
		if ((class->effects & (uint32_t)1 << e.kind) == 0)
			return VERDICT_BAD_OPTION;
		v = effects[e.kind].propose(w, &e, now_s);
		if (v != VERDICT_OK)
			return v;
	}
	return VERDICT_OK;
}

static void
note(struct world_proposal *p, uint32_t k, uint32_t n, enum verdict v)
{
	p->enacted = mem_grow(p->enacted, &p->enacted_cap,
		(size_t)p->n_enacted + 1, sizeof(*p->enacted));
	p->enacted[p->n_enacted++] = (struct world_enacted){k, n, v};
}

void
enact_option(
	struct world *w, struct world_proposal *p, uint32_t k, uint64_t now_s)
{
	struct effect_option option;
	struct fields f;
	struct effect e;

	if (!effect_option_at(writer_view(&p->options), k, &option))
		return;
	f = fields_of_list(option.effects, 0, LIMIT_EFFECTS);
	for (uint32_t n = 0; fields_more(&f); n++) {
		effect_walk(&f, &e);
		note(p, k, n, effects[e.kind].enact(w, p, k, &e, now_s));
	}
}

void
enact_seat(struct world *w, struct world_proposal *p, uint32_t k,
	enum charter_office office, uint32_t member, uint64_t now_s)
{
	note(p, k, 0, seat(w, office, member, now_s));
}

/* Asking ********************************************************************/

uint64_t
enact_cost(struct bytes list)
{
	struct fields f = fields_of_list(list, 0, LIMIT_EFFECTS);
	struct effect e;
	uint64_t cost = 0;

	while (fields_more(&f)) {
		effect_walk(&f, &e);
		if (e.kind == EFFECT_SPEND)
			cost += (uint64_t)VALUE(&e, AMOUNT)->number;
	}
	return cost;
}

bool
enact_entrenched(const struct world *w, struct bytes list)
{
	struct fields f = fields_of_list(list, 0, LIMIT_EFFECTS);
	struct charter *c = mem_new(sizeof(*c));
	struct effect e;
	bool entrenched = false;

	while (fields_more(&f)) {
		effect_walk(&f, &e);
		if (e.kind == EFFECT_AMEND &&
			charter_decode(VALUE(&e, CHARTER)->span, c) ==
				VERDICT_OK &&
			charter_entrenched(&w->charter, c))
			entrenched = true;
	}
	mem_free(c);
	return entrenched;
}

uint32_t
enact_openings(struct bytes options)
{
	struct effect_option option;
	struct effect e;
	uint32_t n = 0;

	for (uint32_t k = 0; effect_option_at(options, k, &option); k++) {
		struct fields f =
			fields_of_list(option.effects, 0, LIMIT_EFFECTS);

		while (fields_more(&f)) {
			effect_walk(&f, &e);
			n += e.kind == EFFECT_CHAPTER ||
			     e.kind == EFFECT_TOPIC || e.kind == EFFECT_GATEWAY;
		}
	}
	return n;
}

struct ratio
enact_recall_share(const struct world *w, struct bytes list)
{
	struct fields f = fields_of_list(list, 0, LIMIT_EFFECTS);
	struct ratio most = {0, 1};
	struct effect e;

	while (fields_more(&f)) {
		uint32_t mandate;

		effect_walk(&f, &e);
		if (e.kind != EFFECT_RECALL)
			continue;
		mandate = idmap_get(&w->mandate_ids, VALUE(&e, MANDATE)->hash);
		if (mandate != IDMAP_NONE &&
			ratio_compare(w->mandates[mandate]->recall, most) > 0)
			most = w->mandates[mandate]->recall;
	}
	return most;
}
