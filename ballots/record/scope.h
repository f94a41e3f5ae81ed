#ifndef BALLOTS_RECORD_SCOPE_H
#define BALLOTS_RECORD_SCOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/limits.h"
#include "ballots/record/act.h"

/*
 * Whom a mandate is for, and what bounds it: the counterparties and ceilings of
 * an act mandate.propose, which was decoded.  What they are called stands in
 * texts beside the ledger.
 */
#define SCOPE_PLACES (LIMIT_COUNTERPARTIES + LIMIT_CEILINGS)

struct scope_item {
	bool ceiling; /* else a counterparty */
	size_t i;     /* among its kind, from 0 */
	bool has_key; /* of a counterparty */
	uint8_t key[CRYPT_KEY];
	int64_t limit;      /* of a ceiling */
	struct bytes texts; /* a list; may be empty */
};

/* The counterparty or ceiling i, from 0; false when there are not so many. */
bool scope_party(const struct act *terms, size_t i, struct scope_item *out);
bool scope_ceiling(const struct act *terms, size_t i, struct scope_item *out);

/* The one at a place, from 0: counterparties first, then ceilings. */
bool scope_at(const struct act *terms, size_t place, struct scope_item *out);

#endif
