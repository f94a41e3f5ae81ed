#include "daemon/testimony.h"

#include <string.h>

#include "ballots/assembly/mandate.h"
#include "ballots/assembly/mandate_acts.h"
#include "ballots/assembly/office.h"
#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/record/status.h"

void
testimony_refusal(const struct note_key *key, const uint8_t act[static 32],
	enum verdict v, uint64_t size, uint64_t now_s, struct writer *text)
{
	writer_put_string(text, TESTIMONY_REFUSAL);
	writer_put_string(text, key->name);
	writer_put_string(text, "\n");
	coding_put_hex(text, bytes_of(act, 32));
	writer_put_string(text, "\n");
	writer_put_string(text, verdict_name(v));
	writer_put_string(text, "\n");
	writer_put_decimal(text, size);
	writer_put_string(text, "\n");
	writer_put_decimal(text, now_s);
	writer_put_string(text, "\n");
}

static void
add_delegates(
	const struct world *w, const struct world_mandate *m, struct status *s)
{
	for (uint32_t i = 0; i < m->n_delegates; i++)
		if (mandate_acts_acting(w, &m->delegates[i], s->at_s))
			memcpy(s->delegates[s->n_delegates++],
				roster_get(&w->roster, m->delegates[i].member)
					->key,
				CRYPT_KEY);
}

/* Members are numbered in the order of their admission. */
static void
add_stewards(const struct world *w, struct status *s)
{
	uint32_t i = 0;

	while (s->n_stewards < STATUS_STEWARDS &&
		office_next(w, CHARTER_STEWARD, s->at_s, &i))
		memcpy(s->stewards[s->n_stewards++],
			roster_get(&w->roster, i++)->key, CRYPT_KEY);
}

bool
testimony_status(const struct world *w, const uint8_t mandate[static 32],
	const struct tree_head *head, uint64_t at_s, struct writer *text)
{
	const struct world_mandate *m = mandate_find(w, mandate);
	struct status *s;

	if (m == NULL)
		return false;
	s = mem_new(sizeof(*s));
	s->origin = bytes_of_string(w->log);
	memcpy(s->mandate, mandate, 32);
	s->state = bytes_of_string(mandate_life_state_name(m->state));
	s->at_s = at_s;
	s->head = *head;
	add_delegates(w, m, s);
	add_stewards(w, s);
	status_print(s, text);
	mem_free(s);
	return true;
}
