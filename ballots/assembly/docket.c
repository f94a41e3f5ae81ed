#include "ballots/assembly/docket.h"

#include "ballots/assembly/entry.h"
#include "ballots/assembly/panel.h"
#include "ballots/assembly/recovery_life.h"

static void
put_due(struct jcs_printer *p, uint64_t due_s)
{
	entry_int(p, "due", due_s == TIMERS_NEVER ? 0 : due_s);
}

void
docket_case(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	const struct world_case *c = w->cases[number];

	jcs_begin_object(p);
	entry_lots(w, &c->lots, false, p);
	put_due(p, c->due_s);
	entry_id(p, "id", c->id);
	entry_word(p, "kind", panel_kind_name(c->kind));
	entry_int(p, "opened", c->opened_s);
	entry_members(w, p, "panel", c->panel, c->n_panel);
	entry_list(p, "parties");
	for (uint32_t i = 0; i < c->n_parties; i++)
		jcs_id(p, entry_member(w, c->parties[i].member));
	jcs_end_array(p);
	entry_word(p, "phase", panel_phase_name(c->phase));
	if (c->question == NULL)
		entry_word(p, "question", "");
	else
		entry_id(p, "question", c->question->id);
	entry_lots(w, &c->lots, true, p);
	entry_int(p, "round", c->round);
	entry_id(p, "subject", c->about);
	entry_bool(p, "upheld", c->upheld);
	jcs_end_object(p);
}

void
docket_measure(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	const struct world_measure *m = &w->measures[number];

	jcs_begin_object(p);
	if (m->of_case == IDMAP_NONE)
		entry_word(p, "case", "");
	else
		entry_id(p, "case", w->cases[m->of_case]->id);
	entry_int(p, "filed", m->filed_s);
	entry_int(p, "for_s", m->for_s);
	entry_word(p, "ground", m->ground);
	entry_hash(p, "hash", m->hash);
	entry_id(p, "member", entry_member(w, m->member));
	entry_members(w, p, "stewards", m->stewards, m->n_stewards);
	entry_int(p, "until", m->until_s);
	jcs_end_object(p);
}

void
docket_recovery(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	const struct world_recovery *r = w->recoveries[number];

	jcs_begin_object(p);
	put_due(p, r->due_s);
	entry_id(p, "id", r->id);
	entry_did(p, "key", r->key);
	entry_id(p, "member", entry_member(w, r->member));
	entry_hash(p, "next", r->next);
	entry_word(p, "reason", r->compromised ? "compromised" : "lost");
	entry_int(p, "since", r->since_s);
	entry_word(p, "state", recovery_life_state_name(r->state));
	entry_members(w, p, "vouchers", r->vouchers, r->n_vouchers);
	jcs_end_object(p);
}
