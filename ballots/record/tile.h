#ifndef BALLOTS_RECORD_TILE_H
#define BALLOTS_RECORD_TILE_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/reader.h"
#include "ballots/base/writer.h"
#include "ballots/record/tree.h"

/*
 * Names and widths of the files of a published ledger (tlog-tiles), and the
 * bundles that hold its entries.
 *
 *     tile/<level>/<number>[.p/<width>]     hashes, 32 bytes each
 *     tile/entries/<number>[.p/<width>]     entries, 256 to a bundle
 *
 * A number is written in groups of three digits, all but the last with an x
 * in front: 1234067 is x001/x234/067.  The .p/<width> is there when the tile
 * has less than 256.  There are no empty tiles.  Numbers are below 2^56.
 */
#define TILE_ENTRIES   255 /* stands for a level: the bundles of entries */
#define TILE_ENTRY_MAX 65535

struct tile {
	unsigned level; /* below TREE_LEVELS, or TILE_ENTRIES */
	uint64_t number;
	unsigned width; /* 1 to TREE_TILE */
};

void tile_print_path(const struct tile *t, struct writer *w);

/* False, with *out untouched, for any text that tile_print_path cannot give. */
bool tile_parse_path(struct bytes text, struct tile *out);

/*
 * All tiles of one level in a ledger of size entries have the numbers from 0
 * up to tile_count; tile_at is the one called number, with its width.
 */
uint64_t tile_count(uint64_t size, unsigned level);
struct tile tile_at(uint64_t size, unsigned level, uint64_t number);

/*
 * A bundle is its entries, each behind its length:
 *
 *     offset  length
 *     0       2       n, big-endian
 *     2       n       the entry
 */
void tile_put_entry(struct writer *w, struct bytes entry);

/* Read the next entry; afterwards ask the reader whether it was there. */
struct bytes tile_next_entry(struct reader *bundle);

#endif
