#ifndef BALLOTS_ASSEMBLY_BEARER_H
#define BALLOTS_ASSEMBLY_BEARER_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/assembly/world.h"

/*
 * What the records establish of the holder of a credential: whether it may be
 * issued, and which bits its status lists must have (specs/credentials.md
 * section 4).  Everybody with the same records comes to the same bits.
 */
struct bearer {
	bool gateway;       /* the holder is one, else a member */
	bool of_chapter;    /* it says that they are in this chapter */
	uint8_t holder[32]; /* id */
	uint8_t key[32];    /* that it was issued for */
	uint8_t chapter[32];
};

/*
 * True when it is over for good: the holder is not known or has another key in
 * force, the member left the union or the chapter, the gateway was struck.
 */
bool bearer_revoked(const struct world *w, const struct bearer *s);

/*
 * True while the member is suspended at now_s, or the key is being recovered: a
 * gateway never is.
 */
bool bearer_suspended(
	const struct world *w, const struct bearer *s, uint64_t now_s);

/* The gateway of that id, or NULL; lent until the next record. */
const struct world_gateway *bearer_gateway(
	const struct world *w, const uint8_t id[static 32]);

#endif
