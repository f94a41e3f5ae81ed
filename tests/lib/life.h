#ifndef TESTS_LIB_LIFE_H
#define TESTS_LIB_LIFE_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "ballots/assembly/world.h"
#include "tests/lib/rng.h"
#include "tests/lib/town.h"

/*
 * A union that lives by chance: what its people name, and what they do,
 * rightly more often than wrongly.
 */
enum { LIFE_PEOPLE = 24, LIFE_FOUNDERS = 4 };

#define LIFE_HOUR 3600
#define LIFE_DAY  86400

struct life {
	struct rng rng;
	struct town *town;
	const struct world *w;
	char names[LIFE_PEOPLE][8];
	uint32_t n_names;
	uint64_t now_s;
	uint32_t n_requests; /* for new keys */
	bool quarrels;       /* people dispute more than they decide */
};

/* Chance: a number below n; true seven times in eight. */
uint64_t life_below(struct life *l, uint64_t n);
bool life_often(struct life *l);

/* The number of who has that name among the members, or NONE; and back. */
uint32_t life_member_called(const struct life *l, const char *name);
const char *life_name_of(const struct life *l, uint32_t member);

/* Things of the union; NULL where there is none. */
const uint8_t *life_member(struct life *l);
const uint8_t *life_section(struct life *l, const struct world_sections *s);
const struct world_proposal *life_proposal(struct life *l);
const struct world_mandate *life_mandate(struct life *l);
const struct world_agreement *life_agreement(struct life *l);
const struct question *life_question(struct life *l);
const uint8_t *life_scope(struct life *l);

/* One of some words. */
const char *life_word(struct life *l, const char *const *words, size_t n);
#define LIFE_ANY(l, ...)                                                       \
	life_word(l, (const char *const[]){__VA_ARGS__},                       \
		sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* Values of acts. */
json_t *life_texts(struct life *l);
json_t *life_options(
	struct life *l, const struct charter_class *class, const char *method);
json_t *life_hash_value(const uint8_t hash[static 32]);
json_t *life_ids(struct life *l);
json_t *life_ceilings(void);

/* What somebody does; act is NULL for nothing. */
struct life_filing {
	const char *author;
	json_t *act;
};

struct life_filing life_deed(struct life *l, const char *author);
/* About cases, panels, guardians and keys. */
struct life_filing life_dispute(struct life *l, const char *author);
struct life_filing life_ballot(struct life *l, const char *author);

#endif
