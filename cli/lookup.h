#ifndef CLI_LOOKUP_H
#define CLI_LOOKUP_H

#include "ballots/assembly/world.h"
#include "cli/desk.h"
#include "cli/replica.h"

/*
 * A ledger replayed on this machine, to look things up before something is
 * signed: who vouches for what a ledger says has seen that it stands.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct lookup {
	struct desk desk; /* without a daemon where an export is read */
	struct replica replica;
	const struct world *world;
	uint64_t now_s; /* the clock that counts: of a rehearsal, its own */
};

/* Options of commands that look things up: --export, and the daemon's. */
extern const struct option lookup_options[];

/* With keys; l needs no preparation, lookup_close() is due also after -1. */
int lookup_open(const struct call *call, struct lookup *l);
void lookup_close(struct lookup *l);

/* The number of the member or gateway that word means (names.h). */
int lookup_member(struct lookup *l, const char *word, uint32_t *number);
int lookup_gateway(struct lookup *l, const char *word, uint32_t *number);

/* See that the key of this machine is that of a registrar in office. */
int lookup_need_registrar(const struct lookup *l);

#endif
