#include "ballots/assembly/recovery_life.h"

#include <assert.h>

#define IN(state) LIFECYCLE_IN(RECOVERY_##state)
#define GOING     (IN(ASKED) | IN(RUNNING) | IN(CONTESTED))

/* Every move a recovery can make; specs/recovery.md prints the same table. */
static const struct lifecycle_move moves[] = {
	{0, RECOVERY_ON_ASK, RECOVERY_ASKED},
	{IN(ASKED), RECOVERY_ON_VOUCH, LIFECYCLE_SAME},
	{IN(ASKED), RECOVERY_ON_ENOUGH, RECOVERY_RUNNING},
	{IN(ASKED), RECOVERY_ON_UNTIL, RECOVERY_LAPSED},
	{IN(ASKED), RECOVERY_ON_OTHER, RECOVERY_LAPSED},
	{IN(RUNNING), RECOVERY_ON_OBJECT, RECOVERY_CONTESTED},
	{IN(RUNNING), RECOVERY_ON_WAITED, RECOVERY_DONE},
	{IN(RUNNING), RECOVERY_ON_WAITED_TAKEN, RECOVERY_REFUSED},
	{IN(CONTESTED), RECOVERY_ON_UPHELD, RECOVERY_DONE},
	{IN(CONTESTED), RECOVERY_ON_UPHELD_TAKEN, RECOVERY_REFUSED},
	{IN(CONTESTED), RECOVERY_ON_DISMISSED, RECOVERY_REFUSED},
	{GOING, RECOVERY_ON_LEAVE, RECOVERY_LAPSED},
};

const struct lifecycle_move *
recovery_life_moves(size_t *n)
{
	*n = sizeof(moves) / sizeof(moves[0]);
	return moves;
}

int
recovery_life_step(int state, enum recovery_event event)
{
	return lifecycle_step(
		moves, sizeof(moves) / sizeof(moves[0]), state, (int)event);
}

bool
recovery_life_final(int state)
{
	return (GOING & LIFECYCLE_IN(state)) == 0;
}

const char *
recovery_life_state_name(int state)
{
	static const char *const names[] = {
#define STATE_NAME(name) #name,
		RECOVERY_STATES(STATE_NAME)
#undef STATE_NAME
	};

	assert(state >= 0 && state < RECOVERY_STATE_COUNT);
	return names[state];
}

const char *
recovery_life_event_name(int event)
{
	static const char *const names[] = {
#define EVENT_NAME(code, name) name,
		RECOVERY_EVENTS(EVENT_NAME)
#undef EVENT_NAME
	};

	assert(event >= 0 && event < RECOVERY_EVENT_COUNT);
	return names[event];
}
