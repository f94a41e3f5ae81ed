#ifndef BALLOTS_COUNT_RANKS_H
#define BALLOTS_COUNT_RANKS_H

#include "ballots/count/method.h"

/* Questions about one ballot of ranks, for every method that reads them. */

enum { RANKS_NONE = UINT16_MAX, RANKS_SEVERAL };

/*
 * The eligible option in first place; RANKS_NONE when no eligible option is
 * ranked, RANKS_SEVERAL when several share the first place.
 */
uint32_t ranks_first(const struct method_rules *rules, const uint16_t *marks,
	uint32_t options);

/* True when a is ranked above b; no opinion on either says nothing. */
bool ranks_prefers(const struct method_rules *rules, const uint16_t *marks,
	uint32_t a, uint32_t b);

#endif
