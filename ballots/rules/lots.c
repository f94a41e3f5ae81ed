#include "ballots/rules/lots.h"

#include <string.h>

#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"

void
lots_clear(struct lots *l)
{
	mem_free(l->at);
	*l = (struct lots){0};
}

static struct lots_part *
part_of(const struct lots *l, uint32_t member)
{
	for (uint32_t i = 0; i < l->n; i++)
		if (l->at[i].member == member)
			return &l->at[i];
	return NULL;
}

enum verdict
lots_may_commit(const struct lots *l, uint32_t member)
{
	return part_of(l, member) == NULL ? VERDICT_OK : VERDICT_DUPLICATE;
}

void
lots_commit(struct lots *l, uint32_t member, const uint8_t hash[static 32])
{
	uint32_t at = l->n;

	l->at = mem_grow(l->at, &l->cap, (size_t)l->n + 1, sizeof(*l->at));
	for (; at > 0 && l->at[at - 1].member > member; at--)
		l->at[at] = l->at[at - 1];
	l->at[at] = (struct lots_part){.member = member};
	memcpy(l->at[at].hash, hash, 32);
	l->n++;
}

enum verdict
lots_may_reveal(
	const struct lots *l, uint32_t member, const uint8_t value[static 32])
{
	const struct bytes parts[2] = {
		BYTES("union-lot/v1\n"), bytes_of(value, 32)};
	const struct lots_part *part = part_of(l, member);
	uint8_t hash[32];

	if (part == NULL)
		return VERDICT_NOT_ALLOWED;
	if (part->revealed)
		return VERDICT_DUPLICATE;
	crypt_hash_parts(parts, 2, hash);
	return memcmp(hash, part->hash, 32) == 0 ? VERDICT_OK
						 : VERDICT_BAD_COMMITMENT;
}

void
lots_reveal(struct lots *l, uint32_t member, const uint8_t value[static 32])
{
	struct lots_part *part = part_of(l, member);

	part->revealed = true;
	memcpy(part->value, value, 32);
}

bool
lots_put(const struct lots *l, struct writer *out)
{
	bool any = false;

	for (uint32_t i = 0; i < l->n; i++)
		if (l->at[i].revealed) {
			writer_put(out, bytes_of(l->at[i].value, 32));
			any = true;
		}
	return any;
}
