#ifndef BALLOTS_COUNT_FRACTION_H
#define BALLOTS_COUNT_FRACTION_H

#include <gmp.h>

#include "ballots/base/wide.h"
#include "ballots/base/writer.h"

/* Exact fractions of any size, mpq_t of GMP, beside whole numbers. */

void fraction_set(mpq_t out, wide value);

/* value * factor, rounded down; it is not negative and fits. */
wide fraction_scaled(const mpq_t value, wide factor);

/* out += value * factor. */
void fraction_add_product(mpq_t out, const mpq_t value, wide factor);

/* Write a fraction that is not negative, cut off after decimals. */
void fraction_put(struct writer *w, const mpq_t value, unsigned decimals);

#endif
