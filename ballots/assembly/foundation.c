#include "ballots/assembly/foundation.h"

#include <string.h>

#include "ballots/assembly/office.h"
#include "ballots/base/coding.h"
#include "ballots/base/crypt.h"
#include "ballots/record/fields.h"
#include "ballots/record/origin.h"

static bool
name_ok(struct bytes name, bool rehearsal)
{
	if (name.len == 0 || name.len > LIMIT_NAME_BYTES)
		return false;
	for (size_t i = 0; i < name.len; i++) {
		uint8_t c = name.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			    c == '.' || c == '-'))
			return false;
	}
	return origin_is_rehearsal(name) == rehearsal;
}

static enum verdict
read_founders(struct world *w, struct bytes list)
{
	struct fields f = fields_of_list(list, 1, LIMIT_FOUNDERS);

	while (fields_more(&f)) {
		uint8_t *key = w->founders[w->n_founders];

		fields_did(&f, NULL, key);
		if (!crypt_key_ok(key))
			return VERDICT_BAD_KEY;
		for (uint32_t i = 0; i < w->n_founders; i++)
			if (memcmp(w->founders[i], key, 32) == 0)
				return VERDICT_MALFORMED;
		w->n_founders++;
	}
	return VERDICT_OK;
}

static bool
is_founder(const struct world *w, const uint8_t key[static 32])
{
	for (uint32_t i = 0; i < w->n_founders; i++)
		if (memcmp(w->founders[i], key, 32) == 0)
			return true;
	return false;
}

/* "NAME/<first 32 hex digits of the id>" */
static void
set_origin(struct world *w, struct bytes name, const uint8_t id[static 32])
{
	struct writer out = {0};

	writer_put(&out, name);
	memcpy(w->name, out.data, out.len);
	writer_put_u8(&out, '/');
	coding_put_hex(&out, bytes_of(id, 16));
	memcpy(w->log, writer_string(&out), out.len + 1);
	writer_clear(&out);
}

static enum verdict
judge_founding(struct world *w, const struct act *a, uint64_t now_s)
{
	enum verdict v;

	if (act_int(a, ACT_HAS_RULES) != 1)
		return VERDICT_UNKNOWN_RULES;
	if (!name_ok(act_span(a, ACT_HAS_NAME),
		    act_int(a, ACT_HAS_REHEARSAL) != 0) ||
		(uint64_t)act_int(a, ACT_HAS_SEQ) != now_s)
		return VERDICT_MALFORMED;
	if (!crypt_key_ok(act_hash(a, ACT_HAS_KEY)))
		return VERDICT_BAD_KEY;
	v = read_founders(w, act_span(a, ACT_HAS_FOUNDERS));
	if (v != VERDICT_OK)
		return v;
	v = charter_decode(act_span(a, ACT_HAS_CHARTER), &w->charter);
	if (v != VERDICT_OK)
		return v;
	if (w->charter.founders_until_s > now_s + 366 * 86400)
		return VERDICT_BAD_CHARTER;
	return is_founder(w, act_by(a)) ? VERDICT_OK : VERDICT_NOT_ALLOWED;
}

enum verdict
foundation_lay(struct world *w, const struct act *a, uint64_t now_s)
{
	enum verdict v = judge_founding(w, a, now_s);

	if (v != VERDICT_OK) {
		w->n_founders = 0;
		return v;
	}
	memcpy(w->id, a->id, 32);
	memcpy(w->ledger_key, act_hash(a, ACT_HAS_KEY), 32);
	set_origin(w, act_span(a, ACT_HAS_NAME), a->id);
	w->rehearsal = act_int(a, ACT_HAS_REHEARSAL) != 0;
	w->in_power = true;
	w->founders_members = w->charter.founders_members;
	w->founders_until_s = w->charter.founders_until_s;
	writer_put(&w->charter_bytes, act_span(a, ACT_HAS_CHARTER));
	office_arm(w);
	return VERDICT_OK;
}
