#include "ballots/assembly/measure.h"

#include <string.h>

#include "ballots/assembly/mandate.h"
#include "ballots/base/mem.h"

#define OPEN_S   604800  /* a first filing waits for a second: seven days */
#define REST_S   7776000 /* after a case that was not upheld: 90 days */
#define OPEN_MAX 16      /* filings half done on one member */

/* Asking ********************************************************************/

static bool
half_filed(const struct world_measure *m, uint64_t now_s)
{
	return m->of_case == IDMAP_NONE && now_s <= m->filed_s + OPEN_S;
}

bool
measure_stands(const struct world_measure *m, uint64_t now_s)
{
	return m->of_case != IDMAP_NONE || half_filed(m, now_s);
}

/* The newest measure on a member, or NULL; and the one before it. */
static struct world_measure *
newest(const struct world *w, uint32_t member)
{
	uint32_t n =
		idmap_get(&w->measured, roster_get(&w->roster, member)->id);

	return n == IDMAP_NONE ? NULL : &w->measures[n];
}

static struct world_measure *
older(const struct world *w, const struct world_measure *m)
{
	return m->older == IDMAP_NONE ? NULL : &w->measures[m->older];
}

static bool
is_same(const struct world_measure *m, const struct act *a)
{
	return bytes_equal(act_span(a, ACT_HAS_GROUND),
		       bytes_of_string(m->ground)) &&
	       (uint64_t)act_int(a, ACT_HAS_FOR_S) == m->for_s &&
	       memcmp(act_hash(a, ACT_HAS_HASH), m->hash, 32) == 0;
}

/* The measure that a joins, or NULL. */
static struct world_measure *
joined(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	struct world_measure *m = newest(w, member);

	while (m != NULL && (!half_filed(m, now_s) || !is_same(m, a)))
		m = older(w, m);
	return m;
}

/* Judging *******************************************************************/

static bool
is_heard(const struct world *w, const struct world_measure *m)
{
	return m->of_case != IDMAP_NONE && !panel_over(w->cases[m->of_case]);
}

/* What was filed on the member before leaves room for another. */
static enum verdict
judge_others(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	const struct world_measure *m = newest(w, member);
	uint32_t open = 0;

	for (; m != NULL; m = older(w, m)) {
		open += half_filed(m, now_s);
		if (m->of_case == IDMAP_NONE)
			continue;
		if (!m->upheld && now_s <= m->over_s + REST_S)
			return VERDICT_TOO_OFTEN;
	}
	return open < OPEN_MAX || joined(w, a, member, now_s) != NULL
		       ? VERDICT_OK
		       : VERDICT_TOO_OFTEN;
}

static bool
is_duplicate(const struct world *w, const struct act *a, uint32_t steward,
	uint32_t member, uint64_t now_s)
{
	const struct world_measure *m;

	for (m = newest(w, member); m != NULL; m = older(w, m))
		if (is_heard(w, m))
			return true;
	m = joined(w, a, member, now_s);
	return m != NULL && m->stewards[0] == steward;
}

bool
measure_knows(enum act_kind kind)
{
	return kind == ACT_MEMBER_SUSPEND;
}

enum verdict
measure_judge(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	uint32_t about = roster_find(&w->roster, act_hash(a, ACT_HAS_ON));

	if (!world_holds(w, member, CHARTER_STEWARD, now_s) || about == member)
		return VERDICT_NOT_ALLOWED;
	if (about == ROSTER_NONE)
		return VERDICT_UNKNOWN_MEMBER;
	if (!charter_ground(&w->charter, act_span(a, ACT_HAS_GROUND)))
		return VERDICT_BAD_TERMS;
	if (is_duplicate(w, a, member, about, now_s))
		return VERDICT_DUPLICATE;
	if (!world_stands(w, about, now_s))
		return VERDICT_NOT_A_MEMBER;
	return judge_others(w, a, about, now_s);
}

/* Suspending ****************************************************************/

/* Suspend the member until then, unless others did so for longer. */
static void
suspend(struct world *w, struct world_measure *m, uint64_t until_s,
	uint64_t at_s)
{
	const struct roster_member *member = roster_get(&w->roster, m->member);
	bool own = member->suspended_s == m->until_s;

	if (member->left || (!own && member->suspended_s > until_s))
		return;
	m->until_s = until_s;
	if (strcmp(m->ground, "duplicate-identity") == 0)
		roster_quarantine(&w->roster, m->member, until_s);
	else if (!m->ruled)
		roster_suspend_interim(&w->roster, m->member, until_s);
	else
		roster_suspend(&w->roster, m->member, until_s);
	mandate_review(w, at_s);
}

/* End the suspension, if it is the one that the measure brought about. */
static void
release(struct world *w, const struct world_measure *m, uint64_t at_s)
{
	const struct roster_member *member = roster_get(&w->roster, m->member);

	if (member->left || member->suspended_s != m->until_s)
		return;
	roster_suspend(&w->roster, m->member, 0);
	mandate_review(w, at_s);
}

void
measure_ruling(struct world *w, const struct world_case *c,
	enum panel_news news, uint64_t at_s)
{
	struct world_measure *m = &w->measures[c->subject];
	bool lapsed = c->phase == PANEL_LAPSED;
	bool changed = !lapsed && (!m->ruled || m->upheld != c->upheld);

	m->ruled = !lapsed;
	m->upheld = c->upheld;
	if (news == PANEL_SETTLED)
		m->over_s = at_s;
	if (changed && c->upheld)
		suspend(w, m, at_s + m->for_s, at_s);
	else if (changed)
		release(w, m, at_s);
}

/* Filing ********************************************************************/

static void
add(struct world *w, const struct act *a, uint32_t steward, uint32_t about,
	uint64_t now_s)
{
	const uint8_t *id = roster_get(&w->roster, about)->id;
	struct bytes ground = act_span(a, ACT_HAS_GROUND);
	struct world_measure *m;

	w->measures = mem_grow(w->measures, &w->measures_cap,
		(size_t)w->n_measures + 1, sizeof(*w->measures));
	m = &w->measures[w->n_measures];
	*m = (struct world_measure){.member = about,
		.for_s = (uint64_t)act_int(a, ACT_HAS_FOR_S),
		.stewards = {steward},
		.n_stewards = 1,
		.filed_s = now_s,
		.of_case = IDMAP_NONE,
		.older = idmap_get(&w->measured, id)};
	memcpy(m->ground, ground.data, ground.len);
	memcpy(m->hash, act_hash(a, ACT_HAS_HASH), 32);
	idmap_put(&w->measured, id, w->n_measures++);
}

void
measure_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	uint32_t about = roster_find(&w->roster, act_hash(a, ACT_HAS_ON));
	struct world_measure *m = joined(w, a, about, now_s);

	if (m == NULL) {
		add(w, a, member, about, now_s);
		return;
	}
	m->stewards[m->n_stewards++] = member;
	m->of_case = panel_open(w, PANEL_SUSPENSION,
		(uint32_t)(m - w->measures), a->id, a->id, now_s);
	for (uint32_t i = 0; i < m->n_stewards; i++)
		panel_party(w, m->of_case, m->stewards[i], PANEL_FOR);
	panel_party(w, m->of_case, about, PANEL_AGAINST);
	suspend(w, m, now_s + w->charter.interim_s, now_s);
}
