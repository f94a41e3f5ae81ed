#ifndef TESTS_LIB_TOLD_H
#define TESTS_LIB_TOLD_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "tests/lib/town.h"

/*
 * Values as scenarios tell them: times, lists, names, effects.  The caller
 * owns every json_t that is returned; *now_s moves on for times that are told
 * from the line before.
 */

/* "3d12h" from the founding, "+1s" from before, "-" as before. */
bool told_time(const char *word, uint64_t *now_s);

/*
 * A value of the member called key.  t may be NULL before the founding; names
 * of things become their ids.
 */
json_t *told_value(const struct town *t, const char *key, const char *word);

/* The id of the thing called name, also of those that move, such as p1.vote. */
bool told_find(struct town *t, const char *name, uint8_t id[static 32]);

/* Options and their effects: "seat:bob:steward+spend:5:EUR|-". */
json_t *told_options(struct town *t, uint64_t now_s, const char *word);

/* Set a member that stands deeper: "classes.mandate.voting_s". */
bool told_set(json_t *object, const char *path, json_t *value);
const json_t *told_get(const json_t *object, const char *path);

/* The charter in force, with one member changed: "hold_s~4d". */
json_t *told_amended(const struct town *t, const char *change);

/* "acme,-" as counterparties, with a key or without; "5,7" as ceilings. */
json_t *told_counterparties(const char *word);
json_t *told_ceilings(const char *word);

#endif
