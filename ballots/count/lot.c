#include "ballots/count/lot.h"

#include <stdlib.h>
#include <string.h>

#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"

struct ticket {
	uint8_t hash[CRYPT_HASH];
	uint32_t option;
};

static int
by_hash(const void *a, const void *b)
{
	const struct ticket *left = a, *right = b;
	int order = memcmp(left->hash, right->hash, CRYPT_HASH);

	if (order != 0)
		return order;
	return (left->option > right->option) - (left->option < right->option);
}

void
lot_draw(struct bytes seed, const struct bytes *ids, uint32_t n,
	uint32_t *places)
{
	struct ticket *tickets = mem_new_array(n, sizeof(*tickets));

	for (uint32_t i = 0; i < n; i++) {
		const struct bytes parts[] = {seed, ids[i]};

		crypt_hash_parts(parts, 2, tickets[i].hash);
		tickets[i].option = i;
	}
	qsort(tickets, n, sizeof(*tickets), by_hash);
	for (uint32_t i = 0; i < n; i++)
		places[tickets[i].option] = i;
	mem_free(tickets);
}
