#ifndef BALLOTS_ASSEMBLY_ENTRY_H
#define BALLOTS_ASSEMBLY_ENTRY_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/assembly/world.h"
#include "ballots/record/jcs.h"
#include "ballots/rules/lots.h"

/*
 * Members of the objects in the state document: a name, and a value in the
 * form that the document has for it (specs/ledger.md section 9).
 */
void entry_int(struct jcs_printer *p, const char *name, uint64_t value);
void entry_bool(struct jcs_printer *p, const char *name, bool value);
void entry_word(struct jcs_printer *p, const char *name, const char *value);
void entry_id(
	struct jcs_printer *p, const char *name, const uint8_t id[static 32]);
void entry_hash(
	struct jcs_printer *p, const char *name, const uint8_t hash[static 32]);
void entry_did(
	struct jcs_printer *p, const char *name, const uint8_t key[static 32]);

/* Begin a list, which the caller ends. */
void entry_list(struct jcs_printer *p, const char *name);

/* The pair [id, value], an element. */
void entry_pair(
	struct jcs_printer *p, const uint8_t id[static 32], uint64_t value);

/* The id of the member of that number; lent. */
const uint8_t *entry_member(const struct world *w, uint32_t number);

/* The ids of n members. */
void entry_members(const struct world *w, struct jcs_printer *p,
	const char *name, const uint32_t *list, uint32_t n);

/* "commits" to a lot, or the values in "reveals". */
void entry_lots(const struct world *w, const struct lots *l, bool values,
	struct jcs_printer *p);

#endif
