#include "ballots/assembly/panel.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/count/methods.h"

#define APPEAL_S 604800 /* after a decision: seven days */
#define FEWEST   3      /* who can be a panel */

/* Kinds *********************************************************************/

static const struct {
	const char *name;
	uint32_t places; /* 0: as the charter says */
	bool appeal;
} kinds[] = {
	[PANEL_SCOPE] = {"scope", 5, false},
	[PANEL_MANDATE] = {"mandate", 5, true},
	[PANEL_RECOVERY] = {"recovery", 5, false},
	[PANEL_SUSPENSION] = {"suspension", 0, true},
};

const char *
panel_kind_name(int kind)
{
	assert(kind >= 0 && kind < PANEL_KINDS);
	return kinds[kind].name;
}

/* The life of a case ********************************************************/

#define IN(phase) LIFECYCLE_IN(PANEL_##phase)
#define DRAWN     (IN(DRAWING) | IN(REVEALING))
#define DECIDED   (IN(UPHELD) | IN(DISMISSED))

/* Every move a case can make; specs/cases.md prints the same table. */
static const struct lifecycle_move moves[] = {
	{0, PANEL_ON_OPEN, PANEL_DRAWING},
	{IN(DRAWING), PANEL_ON_COMMITTED, PANEL_REVEALING},
	{DRAWN, PANEL_ON_NOBODY, PANEL_LAPSED},
	{DRAWN, PANEL_ON_NOBODY_AGAIN, PANEL_CLOSED},
	{IN(REVEALING), PANEL_ON_DRAWN, PANEL_HEARING},
	{IN(HEARING), PANEL_ON_UPHOLD, PANEL_UPHELD},
	{IN(HEARING), PANEL_ON_DISMISS, PANEL_DISMISSED},
	{IN(HEARING), PANEL_ON_DECIDE, PANEL_CLOSED},
	{DECIDED, PANEL_ON_APPEAL, PANEL_DRAWING},
	{DECIDED, PANEL_ON_STAND, PANEL_CLOSED},
};

const struct lifecycle_move *
panel_moves(size_t *n)
{
	*n = sizeof(moves) / sizeof(moves[0]);
	return moves;
}

const char *
panel_phase_name(int phase)
{
	static const char *const names[] = {
#define PHASE_NAME(name) #name,
		PANEL_PHASES(PHASE_NAME)
#undef PHASE_NAME
	};

	assert(phase >= 0 && phase < PANEL_PHASE_COUNT);
	return names[phase];
}

const char *
panel_event_name(int event)
{
	static const char *const names[] = {
#define EVENT_NAME(code, name) name,
		PANEL_EVENTS(EVENT_NAME)
#undef EVENT_NAME
	};

	assert(event >= 0 && event < PANEL_EVENT_COUNT);
	return names[event];
}

bool
panel_over(const struct world_case *c)
{
	return c->phase == PANEL_CLOSED || c->phase == PANEL_LAPSED;
}

static int
next_phase(const struct world_case *c, enum panel_event event)
{
	return lifecycle_step(
		moves, sizeof(moves) / sizeof(moves[0]), c->phase, (int)event);
}

/* What is over keeps a husk: who sat last, and what was decided. */
static void
wipe(struct world_case *c)
{
	mem_free(c->parties);
	c->parties = NULL;
	c->n_parties = 0;
	c->parties_cap = 0;
	c->n_first = 0;
	lots_clear(&c->lots);
}

/* Make a move that the table allows; the next timer is due then. */
static void
move(struct world *w, struct world_case *c, enum panel_event event,
	uint64_t due_s)
{
	int next = next_phase(c, event);

	assert(next != LIFECYCLE_NO);
	c->phase = next;
	c->due_s = due_s;
	timers_set(&w->timers, TIMERS_CASE, c->number, due_s);
	if (panel_over(c))
		wipe(c);
}

/* Opening *******************************************************************/

uint32_t
panel_open(struct world *w, enum panel_kind kind, uint32_t subject,
	const uint8_t id[static 32], const uint8_t about[static 32],
	uint64_t now_s)
{
	struct world_case *c = mem_new(sizeof(*c));

	c->number = w->n_cases;
	c->kind = kind;
	c->subject = subject;
	c->round = 1;
	c->opened_s = now_s;
	c->phase = PANEL_DRAWING;
	c->due_s = now_s + w->charter.draw_s;
	memcpy(c->id, id, 32);
	memcpy(c->about, about, 32);
	w->cases = mem_grow(w->cases, &w->cases_cap, (size_t)w->n_cases + 1,
		sizeof(struct world_case *));
	w->cases[w->n_cases++] = c;
	idmap_put(&w->case_ids, id, c->number);
	timers_set(&w->timers, TIMERS_CASE, c->number, c->due_s);
	return c->number;
}

static const struct world_party *
party_of(const struct world_case *c, uint32_t member)
{
	for (uint32_t i = 0; i < c->n_parties; i++)
		if (c->parties[i].member == member)
			return &c->parties[i];
	return NULL;
}

void
panel_party(
	struct world *w, uint32_t number, uint32_t member, enum panel_side side)
{
	struct world_case *c = w->cases[number];

	if (panel_over(c) || party_of(c, member) != NULL)
		return;
	c->parties = mem_grow(c->parties, &c->parties_cap,
		(size_t)c->n_parties + 1, sizeof(*c->parties));
	c->parties[c->n_parties++] = (struct world_party){member, side};
}

uint32_t
panel_find(const struct world *w, const uint8_t id[static 32])
{
	return idmap_get(&w->case_ids, id);
}

/* The draw ******************************************************************/

/* Nobody could be drawn: what stood before stands. */
static enum panel_news
fail_to_draw(struct world *w, struct world_case *c)
{
	move(w, c, c->round == 1 ? PANEL_ON_NOBODY : PANEL_ON_NOBODY_AGAIN,
		TIMERS_NEVER);
	return PANEL_SETTLED;
}

static enum panel_news
fire_commit(struct world *w, struct world_case *c, uint64_t at_s)
{
	if (c->lots.n == 0)
		return fail_to_draw(w, c);
	move(w, c, PANEL_ON_COMMITTED, at_s + w->charter.draw_s);
	return PANEL_NOTHING;
}

static bool
eligible(const struct world *w, const struct world_case *c, uint32_t member,
	uint64_t now_s)
{
	return world_stands(w, member, now_s) &&
	       world_may_vote(w, member, ROSTER_NONE, now_s) &&
	       party_of(c, member) == NULL &&
	       !world_listed(c->first, c->n_first, member);
}

/* Draw the panel; false when there can be none. */
static bool
draw(const struct world *w, struct world_case *c, uint64_t at_s)
{
	uint32_t places = kinds[c->kind].places != 0 ? kinds[c->kind].places
						     : w->charter.panel;
	struct draw d;

	if (!draw_begin(&d, c->id, c->round, &c->lots, places))
		return false;
	for (uint32_t i = 0; i < w->roster.n; i++)
		if (eligible(w, c, i, at_s))
			draw_offer(&d, i, roster_get(&w->roster, i)->id);
	if (d.n < FEWEST)
		return false;
	c->n_panel = draw_end(&d, c->panel);
	return true;
}

/* The panel is asked: yes is upheld, by more than half of all who sit. */
static void
ask(struct world *w, struct world_case *c, uint64_t at_s)
{
	struct question_option option = {.proposal = IDMAP_NONE};
	struct question_form form = {.kind = QUESTION_PANEL,
		.owner = c->number,
		.log = w->log,
		.method = methods_find(BYTES("yes-no")),
		.n_options = 1,
		.seats = 1,
		.opens_s = at_s,
		.period_s = w->charter.panel_s,
		.quorum = {.by_share = true,
			.few = true,
			.share = {c->n_panel / 2 + 1, c->n_panel}},
		.majority = {1, 2},
		.chapter = ROSTER_NONE};

	memcpy(form.charter, w->charter.hash, 32);
	memcpy(form.about, c->id, 32);
	memcpy(option.act, c->about, 32);
	c->question =
		world_open_question(w, &form, &option, c->panel, c->n_panel);
}

static enum panel_news
fire_reveal(struct world *w, struct world_case *c, uint64_t at_s)
{
	if (!draw(w, c, at_s))
		return fail_to_draw(w, c);
	ask(w, c, at_s);
	move(w, c, PANEL_ON_DRAWN, c->question->close_s);
	return PANEL_NOTHING;
}

/* The decision **************************************************************/

static enum panel_news
fire_hearing(struct world *w, struct world_case *c, uint64_t at_s)
{
	(void)at_s;
	c->due_s = TIMERS_NEVER;
	c->question->counting = true;
	w->due = c->question;
	return PANEL_NOTHING;
}

enum panel_news
panel_result(struct world *w, struct question *q, const struct tally *t,
	uint64_t now_s)
{
	struct world_case *c = w->cases[q->form.owner];

	c->question = NULL;
	c->upheld = t->outcome == TALLY_PASSED;
	if (!kinds[c->kind].appeal || c->round == 2) {
		move(w, c, PANEL_ON_DECIDE, TIMERS_NEVER);
		return PANEL_SETTLED;
	}
	move(w, c, c->upheld ? PANEL_ON_UPHOLD : PANEL_ON_DISMISS,
		now_s + APPEAL_S);
	return PANEL_DECIDED;
}

void
panel_moved(struct world *w, const struct question *q)
{
	struct world_case *c = w->cases[q->form.owner];

	c->due_s = q->close_s;
	timers_set(&w->timers, TIMERS_CASE, c->number, c->due_s);
}

static enum panel_news
fire_appeal(struct world *w, struct world_case *c, uint64_t at_s)
{
	(void)at_s;
	move(w, c, PANEL_ON_STAND, TIMERS_NEVER);
	return PANEL_SETTLED;
}

enum panel_news
panel_fire(struct world *w, uint32_t number, uint64_t due_s, uint64_t now_s)
{
	static enum panel_news (*const fire[PANEL_PHASE_COUNT])(
		struct world * w, struct world_case * c, uint64_t at_s) = {
		[PANEL_DRAWING] = fire_commit,
		[PANEL_REVEALING] = fire_reveal,
		[PANEL_HEARING] = fire_hearing,
		[PANEL_UPHELD] = fire_appeal,
		[PANEL_DISMISSED] = fire_appeal,
	};
	struct world_case *c = w->cases[number];

	assert(fire[c->phase] != NULL);
	return fire[c->phase](w, c, world_begins(due_s, now_s));
}

/* Lots **********************************************************************/

static enum verdict
judge_commit(const struct world *w, const struct world_case *c, uint32_t member,
	uint64_t now_s)
{
	if (!world_holds(w, member, CHARTER_AUDITOR, now_s) ||
		party_of(c, member) != NULL)
		return VERDICT_NOT_ALLOWED;
	if (c->phase != PANEL_DRAWING)
		return VERDICT_NOT_NOW;
	return lots_may_commit(&c->lots, member);
}

enum verdict
panel_judge_lot(const struct world *w, uint32_t number, const struct act *a,
	uint32_t member, uint64_t now_s)
{
	const struct world_case *c = w->cases[number];

	if (a->kind == ACT_LOT_COMMIT)
		return judge_commit(w, c, member, now_s);
	if (c->phase != PANEL_REVEALING)
		return VERDICT_NOT_NOW;
	return lots_may_reveal(&c->lots, member, act_hash(a, ACT_HAS_VALUE));
}

void
panel_apply_lot(
	struct world *w, uint32_t number, const struct act *a, uint32_t member)
{
	struct lots *lots = &w->cases[number]->lots;

	if (a->kind == ACT_LOT_COMMIT)
		lots_commit(lots, member, act_hash(a, ACT_HAS_HASH));
	else
		lots_reveal(lots, member, act_hash(a, ACT_HAS_VALUE));
}

/* The appeal ****************************************************************/

bool
panel_knows(enum act_kind kind)
{
	return kind == ACT_CASE_APPEAL;
}

enum verdict
panel_judge(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	uint32_t number = panel_find(w, act_hash(a, ACT_HAS_ON));
	const struct world_case *c;
	const struct world_party *p;

	(void)now_s;
	if (number == IDMAP_NONE)
		return VERDICT_UNKNOWN_SUBJECT;
	c = w->cases[number];
	if (c->round == 2)
		return VERDICT_DUPLICATE;
	if (next_phase(c, PANEL_ON_APPEAL) == LIFECYCLE_NO)
		return VERDICT_NOT_NOW;
	p = party_of(c, member);
	return p != NULL && p->side == (c->upheld ? PANEL_AGAINST : PANEL_FOR)
		       ? VERDICT_OK
		       : VERDICT_NOT_ALLOWED;
}

void
panel_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	struct world_case *c = w->cases[panel_find(w, act_hash(a, ACT_HAS_ON))];

	(void)member;
	memcpy(c->first, c->panel, sizeof(c->first));
	c->n_first = c->n_panel;
	c->n_panel = 0;
	c->round = 2;
	lots_clear(&c->lots);
	move(w, c, PANEL_ON_APPEAL, now_s + w->charter.draw_s);
}
