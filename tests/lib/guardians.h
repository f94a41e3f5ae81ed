#ifndef TESTS_LIB_GUARDIANS_H
#define TESTS_LIB_GUARDIANS_H

#include <jansson.h>

/*
 * Guardians as acts name them (specs/recovery.md section 1).  The caller owns
 * what is returned.
 */

/* The same ids in ascending order; takes the list. */
json_t *guardians_sort(json_t *ids);

/*
 * The hash that commits to the ids, which are taken over, to how many of them
 * are enough, and to a salt that grows from a word.
 */
json_t *guardians_hash(json_t *ids, json_int_t needed, const char *salt);

#endif
