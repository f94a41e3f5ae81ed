#include "ballots/rules/draw.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/crypt.h"
#include "ballots/base/writer.h"

bool
draw_begin(struct draw *d, const uint8_t id[static 32], uint32_t round,
	const struct lots *lots, uint32_t places)
{
	struct writer w = {0};
	bool any;

	assert(places <= DRAW_MAX && (round == 1 || round == 2));
	*d = (struct draw){.places = places};
	writer_put(&w, BYTES("union-panel/v1\n"));
	writer_put(&w, bytes_of(id, 32));
	writer_put_u8(&w, (uint8_t)round);
	any = lots_put(lots, &w);
	crypt_hash(writer_view(&w), d->seed);
	writer_clear(&w);
	return any;
}

void
draw_offer(struct draw *d, uint32_t member, const uint8_t id[static 32])
{
	const struct bytes parts[2] = {bytes_of(d->seed, 32), bytes_of(id, 32)};
	uint8_t hash[32];
	uint32_t at = d->n;

	crypt_hash_parts(parts, 2, hash);
	if (d->n < d->places)
		d->n++;
	else if (memcmp(hash, d->drawn[--at].hash, 32) >= 0)
		return;
	for (; at > 0 && memcmp(hash, d->drawn[at - 1].hash, 32) < 0; at--)
		d->drawn[at] = d->drawn[at - 1];
	memcpy(d->drawn[at].hash, hash, 32);
	d->drawn[at].member = member;
}

uint32_t
draw_end(const struct draw *d, uint32_t members[static DRAW_MAX])
{
	for (uint32_t i = 0; i < d->n; i++) {
		uint32_t at = i;

		for (; at > 0 && members[at - 1] > d->drawn[i].member; at--)
			members[at] = members[at - 1];
		members[at] = d->drawn[i].member;
	}
	return d->n;
}
