#include "ballots/assembly/ruling.h"

#include "ballots/assembly/agreement.h"
#include "ballots/assembly/mandate.h"
#include "ballots/assembly/measure.h"
#include "ballots/assembly/panel.h"
#include "ballots/assembly/recovery.h"

/*
 * Called at at_s when a case was decided, and when what was decided holds for
 * good; c->upheld says what.  A case that lapsed is not upheld.
 */
typedef void carry_out_fn(struct world *w, const struct world_case *c,
	enum panel_news news, uint64_t at_s);

static carry_out_fn *const rows[PANEL_KINDS] = {
	[PANEL_SCOPE] = agreement_ruling,
	[PANEL_MANDATE] = mandate_ruling,
	[PANEL_RECOVERY] = recovery_ruling,
	[PANEL_SUSPENSION] = measure_ruling,
};

static void
carry_out(struct world *w, uint32_t number, enum panel_news news, uint64_t at_s)
{
	const struct world_case *c = w->cases[number];

	if (news != PANEL_NOTHING)
		rows[c->kind](w, c, news, at_s);
}

void
ruling_fire(struct world *w, uint32_t number, uint64_t due_s, uint64_t now_s)
{
	enum panel_news news = panel_fire(w, number, due_s, now_s);

	carry_out(w, number, news, world_begins(due_s, now_s));
}

void
ruling_result(struct world *w, struct question *q, const struct tally *t,
	uint64_t now_s)
{
	enum panel_news news = panel_result(w, q, t, now_s);

	carry_out(w, q->form.owner, news, now_s);
}
