#ifndef BALLOTS_COUNT_TOTALS_H
#define BALLOTS_COUNT_TOTALS_H

#include "ballots/base/wide.h"
#include "ballots/count/method.h"

/*
 * Methods that give each option one total, where the highest wins:
 * plurality, approval, score.
 */

/*
 * From n totals to ranking, winners, ties and a table of bars called title.
 * Options that are not eligible appear in none of them.
 */
void totals_finish(const struct method_rules *rules, uint32_t n,
	const wide *totals, const char *title, struct result *out);

#endif
