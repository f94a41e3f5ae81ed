#include "ballots/assembly/entry.h"

void
entry_int(struct jcs_printer *p, const char *name, uint64_t value)
{
	jcs_key(p, name);
	jcs_int(p, (int64_t)value);
}

void
entry_bool(struct jcs_printer *p, const char *name, bool value)
{
	jcs_key(p, name);
	jcs_bool(p, value);
}

void
entry_word(struct jcs_printer *p, const char *name, const char *value)
{
	jcs_key(p, name);
	jcs_string(p, bytes_of_string(value));
}

void
entry_id(struct jcs_printer *p, const char *name, const uint8_t id[static 32])
{
	jcs_key(p, name);
	jcs_id(p, id);
}

void
entry_hash(
	struct jcs_printer *p, const char *name, const uint8_t hash[static 32])
{
	jcs_key(p, name);
	jcs_base64(p, bytes_of(hash, 32));
}

void
entry_did(struct jcs_printer *p, const char *name, const uint8_t key[static 32])
{
	jcs_key(p, name);
	jcs_did(p, key);
}

void
entry_list(struct jcs_printer *p, const char *name)
{
	jcs_key(p, name);
	jcs_begin_array(p);
}

void
entry_pair(struct jcs_printer *p, const uint8_t id[static 32], uint64_t value)
{
	jcs_begin_array(p);
	jcs_id(p, id);
	jcs_int(p, (int64_t)value);
	jcs_end_array(p);
}

const uint8_t *
entry_member(const struct world *w, uint32_t number)
{
	return roster_get(&w->roster, number)->id;
}

void
entry_members(const struct world *w, struct jcs_printer *p, const char *name,
	const uint32_t *list, uint32_t n)
{
	entry_list(p, name);
	for (uint32_t i = 0; i < n; i++)
		jcs_id(p, entry_member(w, list[i]));
	jcs_end_array(p);
}

void
entry_lots(const struct world *w, const struct lots *l, bool values,
	struct jcs_printer *p)
{
	entry_list(p, values ? "reveals" : "commits");
	for (uint32_t i = 0; i < l->n; i++) {
		const struct lots_part *lot = &l->at[i];

		if (values && !lot->revealed)
			continue;
		jcs_begin_array(p);
		jcs_id(p, entry_member(w, lot->member));
		jcs_base64(p, bytes_of(values ? lot->value : lot->hash, 32));
		jcs_end_array(p);
	}
	jcs_end_array(p);
}
