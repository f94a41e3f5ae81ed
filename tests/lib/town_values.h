#ifndef TESTS_LIB_TOWN_VALUES_H
#define TESTS_LIB_TOWN_VALUES_H

#include <stdint.h>

#include <jansson.h>

#include "ballots/base/bytes.h"

/*
 * What the acts of a town are made of: keys that grow from names, and values as
 * acts write them.  The caller owns what is returned.
 */
#define TOWN_START_S 1799971200 /* founding; a midnight */

/* The key of that number of somebody; the first one has number 0. */
void town_pair(const char *name, unsigned number, uint8_t key[static 32],
	uint8_t secret[static 64]);

json_t *town_did(const uint8_t key[static 32]);
json_t *town_key_value(const char *name); /* the first key */

/* The hash that commits to the key of that number. */
json_t *town_commitment(const char *name, unsigned number);

json_t *town_base64(struct bytes b);
json_t *town_id_value(const uint8_t id[static 32]);
json_t *town_hash_value(const char *of); /* SHA-256 of a word, base64 */
json_t *town_texts(const char *word);    /* one text; "none": no text */

/* The model charter of a rehearsal, with founders in power for 180 days. */
json_t *town_charter(void);

/* The canonical bytes of an act, for free(). */
struct bytes town_canonical(const json_t *act);

#endif
