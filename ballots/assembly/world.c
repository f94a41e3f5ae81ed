#include "ballots/assembly/world.h"

#include <string.h>

#include "ballots/base/mem.h"

struct world *
world_new(void)
{
	struct world *w = mem_new(sizeof(*w));

	for (int i = 0; i < CHARTER_OFFICES; i++) {
		w->offices[i].election = IDMAP_NONE;
		w->offices[i].due_s = TIMERS_NEVER;
	}
	return w;
}

static void
free_proposals(struct world *w)
{
	for (uint32_t i = 0; i < w->n_proposals; i++) {
		struct world_proposal *p = w->proposals[i];

		writer_clear(&p->options);
		mem_free(p->supporters);
		mem_free(p->holds);
		mem_free(p->enacted);
		mem_free(p->candidates);
		mem_free(p->won);
		mem_free(p);
	}
	for (uint32_t i = 0; i < w->n_contests; i++) {
		struct question *q = w->contests[i]->question;
		struct question *kept = NULL;

		/* A retired one is the contest's own. */
		if (q != NULL && world_question(w, q->id, &kept) &&
			kept == NULL)
			question_free(q);
		mem_free(w->contests[i]);
	}
	for (uint32_t i = 0; i < w->n_questions; i++) {
		question_free(w->questions[i]);
		writer_clear(&w->documents[i]);
	}
	mem_free(w->proposals);
	mem_free(w->contests);
	mem_free(w->questions);
	mem_free(w->documents);
	idmap_clear(&w->proposal_ids);
	idmap_clear(&w->question_ids);
}

static void
free_mandates(struct world *w)
{
	for (uint32_t i = 0; i < w->n_mandates; i++) {
		struct world_mandate *m = w->mandates[i];

		for (uint32_t s = 0; s < m->n_seals; s++)
			mem_free(m->seals[s].texts);
		mem_free(m->seals);
		for (uint32_t k = 0; k < m->n_publications; k++)
			mem_free(m->publications[k].proofs);
		mem_free(m->publications);
		mem_free(m->endorsers);
		mem_free(m->holds);
		world_list_clear(&m->agreements);
		world_list_clear(&m->challengers);
		mem_free(m);
	}
	mem_free(w->mandates);
	idmap_clear(&w->mandate_ids);
	world_list_clear(&w->moved);
}

static void
free_agreements(struct world *w)
{
	for (uint32_t i = 0; i < w->n_agreements; i++) {
		struct world_agreement *g = w->agreements[i];

		world_list_clear(&g->signers);
		world_list_clear(&g->withdrawn);
		world_list_clear(&g->ending);
		world_list_clear(&g->breaches);
		mem_free(g);
	}
	for (uint32_t i = 0; i < w->n_breaches; i++)
		world_list_clear(&w->breaches[i].endorsers);
	mem_free(w->agreements);
	mem_free(w->breaches);
	idmap_clear(&w->agreement_ids);
	idmap_clear(&w->breach_ids);
	world_list_clear(&w->ballots_due);
	world_list_clear(&w->surveys_due);
}

static void
free_cases(struct world *w)
{
	for (uint32_t i = 0; i < w->n_cases; i++) {
		mem_free(w->cases[i]->parties);
		lots_clear(&w->cases[i]->lots);
		mem_free(w->cases[i]);
	}
	mem_free(w->cases);
	idmap_clear(&w->case_ids);
}

static void
free_measures(struct world *w)
{
	for (uint32_t i = 0; i < w->n_recoveries; i++)
		mem_free(w->recoveries[i]);
	mem_free(w->recoveries);
	idmap_clear(&w->recovery_ids);
	idmap_clear(&w->requests);
	idmap_clear(&w->refusals);
	mem_free(w->measures);
	idmap_clear(&w->measured);
}

static void
free_register(struct world *w)
{
	for (uint32_t i = 0; i < w->n_gateways; i++)
		mem_free(w->gateways[i].accepts);
	for (uint32_t i = 0; i < w->n_lines; i++)
		mem_free(w->lines[i].unit);
	mem_free(w->gateways);
	mem_free(w->lines);
	idmap_clear(&w->erased);
}

void
world_free(struct world *w)
{
	if (w == NULL)
		return;
	free_proposals(w);
	free_mandates(w);
	free_agreements(w);
	free_cases(w);
	free_measures(w);
	free_register(w);
	writer_clear(&w->charter_bytes);
	roster_clear(&w->roster);
	mem_free(w->chapters.at);
	idmap_clear(&w->chapters.ids);
	mem_free(w->topics.at);
	idmap_clear(&w->topics.ids);
	for (int i = 0; i < CHARTER_OFFICES; i++)
		mem_free(w->offices[i].seats);
	delegation_clear(&w->delegation);
	mem_free(w->pending);
	clocks_clear(&w->clocks);
	timers_clear(&w->timers);
	mem_free(w);
}

struct roster_rules
world_rules(const struct world *w)
{
	return (struct roster_rules){
		w->charter.probation_s, w->charter.renew_s};
}

struct tally_union
world_union(const struct world *w)
{
	return (struct tally_union){.roster = &w->roster,
		.delegation = &w->delegation,
		.grant_life_s = w->charter.grant_life_s,
		.delegate_cap = w->charter.delegate_cap,
		.n_chapters = w->chapters.n};
}

bool
world_stands(const struct world *w, uint32_t member, uint64_t now_s)
{
	const struct roster_member *m = roster_get(&w->roster, member);

	return !m->left && !roster_suspended(m, now_s);
}

bool
world_holds(const struct world *w, uint32_t member, enum charter_office office,
	uint64_t now_s)
{
	const struct world_office *o = &w->offices[office];

	if (!world_stands(w, member, now_s))
		return false;
	if (w->in_power && roster_get(&w->roster, member)->founder)
		return true;
	for (uint32_t i = 0; i < o->n; i++)
		if (o->seats[i].member == member)
			return true;
	return false;
}

bool
world_may_vote(const struct world *w, uint32_t member, uint32_t chapter,
	uint64_t now_s)
{
	struct roster_rules rules = world_rules(w);

	return roster_may_vote(
		roster_get(&w->roster, member), &rules, chapter, now_s);
}

void
world_open_section(struct world_sections *s, const uint8_t id[static 32])
{
	s->at = mem_grow(s->at, &s->cap, (size_t)s->n + 1, sizeof(*s->at));
	memcpy(s->at[s->n].id, id, 32);
	idmap_put(&s->ids, id, s->n++);
}

uint64_t
world_begins(uint64_t due_s, uint64_t now_s)
{
	return now_s > due_s && now_s - due_s > 3600 ? now_s : due_s;
}

/* Questions *****************************************************************/

struct question *
world_open_question(struct world *w, const struct question_form *form,
	const struct question_option *options, const uint32_t *roll,
	uint32_t n_roll)
{
	struct roster_rules rules = world_rules(w);
	struct question *q =
		roll == NULL ? question_new(form, options, &w->roster, &rules)
			     : question_new_on(
				       form, options, &w->roster, roll, n_roll);

	w->questions = mem_grow(w->questions, &w->questions_cap,
		(size_t)w->n_questions + 1, sizeof(struct question *));
	w->documents = mem_grow(w->documents, &w->documents_cap,
		(size_t)w->n_questions + 1, sizeof(struct writer));
	idmap_put(&w->question_ids, q->id, w->n_questions);
	w->questions[w->n_questions++] = q;
	w->n_open++;
	return q;
}

void
world_retire_question(struct world *w, const struct question *q)
{
	uint32_t number = idmap_get(&w->question_ids, q->id);

	question_print(q, &w->documents[number]);
	w->questions[number] = NULL;
	w->n_open--;
}

void
world_document(const struct world *w, uint32_t number, struct writer *out)
{
	if (w->questions[number] != NULL)
		question_print(w->questions[number], out);
	else
		writer_put(out, writer_view(&w->documents[number]));
}

bool
world_question(const struct world *w, const uint8_t id[static 32],
	struct question **out)
{
	uint32_t number = idmap_get(&w->question_ids, id);

	if (number == IDMAP_NONE)
		return false;
	*out = w->questions[number];
	return true;
}

bool
world_listed(const uint32_t *list, uint32_t n, uint32_t member)
{
	for (uint32_t i = 0; i < n; i++)
		if (list[i] == member)
			return true;
	return false;
}

/* Lists *********************************************************************/

void
world_list_add(struct world_list *list, uint32_t number)
{
	list->at = mem_grow(
		list->at, &list->cap, (size_t)list->n + 1, sizeof(*list->at));
	list->at[list->n++] = number;
}

void
world_list_drop(struct world_list *list, uint32_t number)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < list->n; i++)
		if (list->at[i] != number)
			list->at[kept++] = list->at[i];
	list->n = kept;
}

void
world_list_clear(struct world_list *list)
{
	mem_free(list->at);
	*list = (struct world_list){0};
}

bool
world_list_has(const struct world_list *list, uint32_t number)
{
	return world_listed(list->at, list->n, number);
}
