#ifndef DAEMON_KNOWN_H
#define DAEMON_KNOWN_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/writer.h"

/*
 * Which acts are known, and where: an index made of blocks.
 *
 * A tree keyed by id would touch a page of its own for every record, which
 * costs more than all the rest of a commit.  So the latest acts are kept in
 * memory, and each KNOWN_BLOCK of them become a block that is stored once,
 * sorted by id, and never changes:
 *
 *     offset  length  entry; the next one is KNOWN_ENTRY further on
 *     0       16      the beginning of the act's id
 *     16      4       its place in the block, big-endian
 *
 * 16 bytes are enough: nobody can make an act that has those of another one.
 */
#define KNOWN_BLOCK 65536 /* acts of a block */
#define KNOWN_ENTRY 20    /* bytes */

/* The acts of the unfinished block, with places from 0. */
struct known;

struct known *known_new(void);
void known_free(struct known *k); /* NULL is allowed */

/* How many there are, at most KNOWN_BLOCK. */
uint32_t known_count(const struct known *k);

/* Add the act at the next place; false, and not added, when it is there. */
bool known_add(struct known *k, const uint8_t id[static CRYPT_HASH]);

/* The place of an act; false when it is not there. */
bool known_find(const struct known *k, const uint8_t id[static CRYPT_HASH],
	uint32_t *place);

/* Append the block of what is there, and begin the next one. */
void known_finish(struct known *k, struct writer *out);

/* The place of an act in a block; false when it is not there. */
bool known_search(struct bytes block, const uint8_t id[static CRYPT_HASH],
	uint32_t *place);

#endif
