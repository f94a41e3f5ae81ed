#ifndef BALLOTS_ASSEMBLY_RECOVERY_LIFE_H
#define BALLOTS_ASSEMBLY_RECOVERY_LIFE_H

#include <stdbool.h>
#include <stddef.h>

#include "ballots/rules/lifecycle.h"

/*
 * The life of a recovery as a table (specs/recovery.md section 3).
 */
/* clang-format off */
#define RECOVERY_STATES(row) \
	row(ASKED) row(RUNNING) row(CONTESTED) row(DONE) row(REFUSED) row(LAPSED)

#define RECOVERY_EVENTS(row) \
	row(ASK, "the first `key.vouch`") \
	row(VOUCH, "`key.vouch`") \
	row(ENOUGH, "`key.vouch`, enough") \
	row(UNTIL, "timer `until`") \
	row(OTHER, "another of the member is RUNNING") \
	row(OBJECT, "`key.object`") \
	row(WAITED, "timer `wait`, the key is free") \
	row(WAITED_TAKEN, "timer `wait`, the key is taken") \
	row(UPHELD, "the case is upheld, the key is free") \
	row(UPHELD_TAKEN, "the case is upheld, the key is taken") \
	row(DISMISSED, "the case is not upheld") \
	row(LEAVE, "the member leaves")
/* clang-format on */

enum recovery_state {
#define RECOVERY_STATE(name) RECOVERY_##name,
	RECOVERY_STATES(RECOVERY_STATE)
#undef RECOVERY_STATE
		RECOVERY_STATE_COUNT
};

enum recovery_event {
#define RECOVERY_EVENT(code, name) RECOVERY_ON_##code,
	RECOVERY_EVENTS(RECOVERY_EVENT)
#undef RECOVERY_EVENT
		RECOVERY_EVENT_COUNT
};

const char *recovery_life_state_name(int state);
const char *recovery_life_event_name(int event);

/* The table of moves, of *n rows. */
const struct lifecycle_move *recovery_life_moves(size_t *n);

/* The state that event leads to from state, or LIFECYCLE_NO. */
int recovery_life_step(int state, enum recovery_event event);

/* True when nothing leads out of the state. */
bool recovery_life_final(int state);

#endif
