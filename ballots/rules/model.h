#ifndef BALLOTS_RULES_MODEL_H
#define BALLOTS_RULES_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/writer.h"

/*
 * The model charter that a union starts from (specs/charter.md section 5).
 */

/*
 * Print it in canonical form, with the founders' powers ending at until_s.
 * A rehearsal has no probation, room for many acts, and founders in power
 * whatever its size.
 */
void model_charter(uint64_t until_s, bool rehearsal, struct writer *out);

#endif
