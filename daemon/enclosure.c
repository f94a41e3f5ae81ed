#include "daemon/enclosure.h"

#include <string.h>

#include "ballots/record/text.h"

void
enclosure_hash(struct enclosure *e)
{
	text_hash(e->salt.data, e->text, e->hash);
}

static bool
is_sent(const struct enclosure *list, size_t n,
	const uint8_t hash[static CRYPT_HASH])
{
	for (size_t i = 0; i < n; i++)
		if (memcmp(list[i].hash, hash, CRYPT_HASH) == 0)
			return true;
	return false;
}

static enum texts_state
state_of(const struct texts *texts, const struct world *w,
	const uint8_t hash[static CRYPT_HASH])
{
	struct writer text = {0};
	enum texts_state state = TEXTS_HERE;

	if (idmap_get(&w->erased, hash) == IDMAP_NONE)
		state = texts_copy(texts, hash, &text);
	writer_clear(&text);
	return state;
}

static bool
is_named(const struct act *act, const struct enclosure *e)
{
	struct bytes rest = act->bytes;
	uint8_t hash[CRYPT_HASH];

	while (text_next(&rest, hash))
		if (memcmp(hash, e->hash, CRYPT_HASH) == 0)
			return true;
	return false;
}

enum verdict
enclosure_check(const struct texts *texts, const struct world *w,
	const struct act *act, const struct enclosure *list, size_t n)
{
	/* A sealed report is filed without its texts, all else with them. */
	bool sealed = act->kind == ACT_MANDATE_REPORT_SEAL;
	struct bytes rest = act->bytes;
	uint8_t hash[CRYPT_HASH];

	for (size_t i = 0; i < n; i++) {
		enum verdict v = text_check(list[i].text);

		if (v != VERDICT_OK)
			return v;
		if (sealed || !is_named(act, &list[i]))
			return VERDICT_TEXT_MISMATCH;
	}
	while (!sealed && text_next(&rest, hash))
		if (!is_sent(list, n, hash) &&
			state_of(texts, w, hash) != TEXTS_HERE)
			return VERDICT_TEXT_MISSING;
	return VERDICT_OK;
}

/* One that was damaged on the disk gives way. */
static int
keep(const struct texts *texts, const struct world *w,
	const struct enclosure *e)
{
	enum texts_state state = state_of(texts, w, e->hash);

	if (state == TEXTS_HERE)
		return 0;
	if (state == TEXTS_DIFFERENT && texts_erase(texts, e->hash) != 0)
		return -1;
	return texts_put(texts, e->hash, e->salt.data, e->text);
}

int
enclosure_keep(const struct texts *texts, const struct world *w,
	const struct enclosure *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (keep(texts, w, &list[i]) != 0)
			return -1;
	return 0;
}

int
enclosure_erase(const struct texts *texts, const struct world *w)
{
	for (size_t i = 0; i < w->erased.cap; i++)
		if (w->erased.slots[i].number != IDMAP_NONE &&
			texts_erase(texts, w->erased.slots[i].id) != 0)
			return -1;
	return 0;
}
