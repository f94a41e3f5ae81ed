#ifndef CLI_PLAY_H
#define CLI_PLAY_H

#include "cli/output.h"
#include "cli/stage.h"
#include "cli/troupe.h"

/*
 * A rehearsal on its way: who plays where, and what its scenes have in common.
 *
 * The first PLAY_FOUNDERS of the troupe are the founders, who hold all offices;
 * behind them stands one member for each ballot.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
#define PLAY_FOUNDERS 3

struct play {
	struct output *out;
	struct stage *stage;
	struct troupe *troupe;
	struct contact *contact; /* once the union is founded */
	uint64_t begun_ns;       /* of the scene, in steady time */
	uint64_t recorded;       /* acts, when it began */
};

/* A scene begins; and a line of it, its heading flush left. */
void play_begin(struct play *p);
void play_say(struct play *p, const char *heading, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* "964 acts, 310 a second": what was recorded since play_begin(). */
const char *play_pace(const struct play *p, char text[static 64]);

/* Fetch the item id of a list; it must be there.  For wire_free(). */
int play_item(struct play *p, const char *of,
	const uint8_t id[static CRYPT_HASH], struct wire **out);

/*
 * Move the clock from timer to timer until the proposal id is in a phase of
 * phases, "VOTING" or "IN_FORCE REJECTED".  phase is told which.
 */
#define PLAY_PHASE 16
int play_until(struct play *p, const uint8_t id[static CRYPT_HASH],
	const char *phases, char phase[static PLAY_PHASE]);

/* Move the clock until a vote on the proposal has a result; see *record. */
int play_until_counted(
	struct play *p, const uint8_t id[static CRYPT_HASH], uint64_t *record);

/* Have as many members support the proposal as it still needs. */
int play_support(struct play *p, const uint8_t id[static CRYPT_HASH]);

#endif
