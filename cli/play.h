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

/* The longest name of a phase or state, with its end. */
#define PLAY_PHASE 16

/*
 * Move the clock from timer to timer until the item id of a list ("proposals",
 * "mandates", "agreements") is in a phase of phases, "VOTING" or "IN_FORCE
 * REJECTED".
 */
int play_until(struct play *p, const char *of,
	const uint8_t id[static CRYPT_HASH], const char *phases);

/* The phase, or state, that the item is in. */
int play_phase(struct play *p, const char *of,
	const uint8_t id[static CRYPT_HASH], char phase[static PLAY_PHASE]);

/* Move the clock until a vote on the proposal has a result; see *record. */
int play_until_counted(
	struct play *p, const uint8_t id[static CRYPT_HASH], uint64_t *record);

/*
 * Everybody votes on the proposal, which asks yes or no: one of every yes_of
 * members says yes, and all others no.
 */
int play_vote(
	struct play *p, const uint8_t id[static CRYPT_HASH], uint32_t yes_of);

/* File one act at once; id, which may be NULL, is told. */
int play_file(struct play *p, uint32_t who, struct act *act, uint8_t *id);

/* Have as many members support the proposal as it still needs. */
int play_support(struct play *p, const uint8_t id[static CRYPT_HASH]);

#endif
