#include "ballots/assembly/bearer.h"

#include <string.h>

const struct world_gateway *
bearer_gateway(const struct world *w, const uint8_t id[static 32])
{
	for (uint32_t i = 0; i < w->n_gateways; i++)
		if (memcmp(w->gateways[i].id, id, 32) == 0)
			return &w->gateways[i];
	return NULL;
}

static bool
gateway_revoked(const struct world *w, const struct bearer *s)
{
	const struct world_gateway *g = bearer_gateway(w, s->holder);

	return g == NULL || g->struck || memcmp(g->key, s->key, 32) != 0;
}

static bool
member_revoked(const struct world *w, const struct bearer *s)
{
	uint32_t number = roster_find(&w->roster, s->holder);
	const struct roster_member *m;

	if (number == ROSTER_NONE)
		return true;
	m = roster_get(&w->roster, number);
	if (m->left || memcmp(m->key, s->key, 32) != 0)
		return true;
	return s->of_chapter &&
	       !roster_in_chapter(m, idmap_get(&w->chapters.ids, s->chapter));
}

bool
bearer_revoked(const struct world *w, const struct bearer *s)
{
	return s->gateway ? gateway_revoked(w, s) : member_revoked(w, s);
}

bool
bearer_suspended(const struct world *w, const struct bearer *s, uint64_t now_s)
{
	uint32_t number = roster_find(&w->roster, s->holder);
	const struct roster_member *m;

	if (s->gateway || number == ROSTER_NONE)
		return false;
	m = roster_get(&w->roster, number);
	return roster_suspended(m, now_s) || m->recovery != ROSTER_SAFE;
}
