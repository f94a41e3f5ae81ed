#include "ballots/assembly/proposal.h"

#include <assert.h>

#include "ballots/assembly/agreement.h"
#include "ballots/assembly/mandate.h"
#include "ballots/base/mem.h"

#define IN(phase) LIFECYCLE_IN(PROPOSAL_##phase)
#define DRAFT     (IN(ADMISSION) | IN(DISCUSSION))
#define OPEN      (IN(VOTING) | IN(EXTENDED))

static const struct lifecycle_move moves[] = {
	{IN(ADMISSION), PROPOSAL_ON_SPONSORED, PROPOSAL_DISCUSSION},
	{IN(ADMISSION), PROPOSAL_ON_UNSPONSORED, PROPOSAL_LAPSED},
	{DRAFT, PROPOSAL_ON_WITHDRAW, PROPOSAL_WITHDRAWN},
	{DRAFT, PROPOSAL_ON_AMEND, LIFECYCLE_SAME},
	{IN(DISCUSSION), PROPOSAL_ON_FREEZE, PROPOSAL_FROZEN},
	{IN(FROZEN), PROPOSAL_ON_OPEN, PROPOSAL_VOTING},
	{IN(FROZEN), PROPOSAL_ON_UNSUPPORTED, PROPOSAL_LAPSED},
	{IN(VOTING), PROPOSAL_ON_EXTEND, PROPOSAL_EXTENDED},
	{OPEN, PROPOSAL_ON_CLOSE, PROPOSAL_COUNTING},
	{IN(COUNTING), PROPOSAL_ON_WIN, PROPOSAL_COOLING},
	{IN(COUNTING), PROPOSAL_ON_LOSE, PROPOSAL_REJECTED},
	{IN(COUNTING), PROPOSAL_ON_MISS, PROPOSAL_NO_QUORUM},
	{IN(COUNTING), PROPOSAL_ON_DRAW, PROPOSAL_DRAWING},
	{IN(COUNTING), PROPOSAL_ON_TIE, PROPOSAL_TIED},
	{IN(COUNTING), PROPOSAL_ON_RUN_OFF, PROPOSAL_VOTING},
	{IN(DRAWING), PROPOSAL_ON_LOT, PROPOSAL_COUNTING},
	{IN(COOLING), PROPOSAL_ON_TAKE_EFFECT, PROPOSAL_IN_FORCE},
	{IN(COOLING), PROPOSAL_ON_HOLD, PROPOSAL_HELD},
	{IN(HELD), PROPOSAL_ON_LIFT, PROPOSAL_IN_FORCE},
	{IN(HELD), PROPOSAL_ON_VOID, PROPOSAL_VOIDED},
};

const struct lifecycle_move *
proposal_moves(size_t *n)
{
	*n = sizeof(moves) / sizeof(moves[0]);
	return moves;
}

const char *
proposal_phase_name(int phase)
{
	static const char *const names[] = {
#define PHASE_NAME(name) #name,
		PROPOSAL_PHASES(PHASE_NAME)
#undef PHASE_NAME
	};

	assert(phase >= 0 && phase < PROPOSAL_PHASE_COUNT);
	return names[phase];
}

const char *
proposal_event_name(int event)
{
	static const char *const names[] = {
#define EVENT_NAME(code, name) name,
		PROPOSAL_EVENTS(EVENT_NAME)
#undef EVENT_NAME
	};

	assert(event >= 0 && event < PROPOSAL_EVENT_COUNT);
	return names[event];
}

bool
proposal_final(int phase)
{
	return phase >= PROPOSAL_IN_FORCE;
}

static int
next_phase(const struct world_proposal *p, enum proposal_event event)
{
	return lifecycle_step(
		moves, sizeof(moves) / sizeof(moves[0]), p->phase, (int)event);
}

bool
proposal_can(const struct world_proposal *p, enum proposal_event event)
{
	return next_phase(p, event) != LIFECYCLE_NO;
}

struct world_contest *
proposal_contest(const struct world *w, const struct world_proposal *p)
{
	return w->contests[p->contest];
}

uint32_t
proposal_number(const struct world *w, const struct world_proposal *p)
{
	return idmap_get(&w->proposal_ids, p->id);
}

uint32_t
proposal_supported(const struct world_proposal *p)
{
	uint32_t n = 1;

	for (uint32_t i = 0; i < p->n_supporters; i++)
		n += p->supporters[i].version == p->version;
	return n;
}

/* Let go of the question when no proposal needs its roll any more. */
static void
release(struct world_contest *c, const struct world *w)
{
	for (uint32_t i = 0; i < c->n; i++)
		if (!proposal_final(w->proposals[c->proposals[i]]->phase))
			return;
	question_free(c->question);
	c->question = NULL;
	c->due_s = TIMERS_NEVER;
}

static void
finish(struct world *w, struct world_proposal *p, uint64_t begins_s)
{
	mem_free(p->supporters);
	mem_free(p->holds);
	p->supporters = NULL;
	p->holds = NULL;
	p->n_supporters = p->n_holds = 0;
	p->supporters_cap = p->holds_cap = 0;
	p->due_s = TIMERS_NEVER;
	if (p->office >= 0)
		w->offices[p->office].election = IDMAP_NONE;
	if (p->mandate != IDMAP_NONE && p->phase == PROPOSAL_IN_FORCE)
		mandate_authorise(w, p->mandate, begins_s);
	else if (p->mandate != IDMAP_NONE)
		mandate_lapse(w, p->mandate, begins_s);
	if (p->agreement != IDMAP_NONE && p->phase != PROPOSAL_IN_FORCE)
		agreement_reject(w, p->agreement, begins_s);
	release(proposal_contest(w, p), w);
}

void
proposal_move(struct world *w, struct world_proposal *p,
	enum proposal_event event, uint64_t begins_s)
{
	int next = next_phase(p, event);

	assert(next != LIFECYCLE_NO);
	if (next == p->phase)
		return;
	p->phase = next;
	p->since_s = begins_s;
	if (proposal_final(next))
		finish(w, p, begins_s);
}
