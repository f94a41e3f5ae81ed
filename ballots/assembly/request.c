#include "ballots/assembly/request.h"

#include <string.h>

#include "ballots/base/crypt.h"
#include "ballots/record/fields.h"
#include "ballots/record/jcs.h"

#define REGISTRARS 2 /* who vouch where there are no guardians */

/* What it says **************************************************************/

static bool
read_guardians(struct request *r)
{
	const struct act *a = &r->e.act;
	struct fields f;

	r->guarded = act_has(a, ACT_HAS_GUARDIANS);
	r->needed = REGISTRARS;
	if (act_has(a, ACT_HAS_NEEDED) != r->guarded ||
		act_has(a, ACT_HAS_VALUE) != r->guarded)
		return false;
	if (!r->guarded)
		return true;
	f = fields_of_list(act_span(a, ACT_HAS_GUARDIANS), 3, LIMIT_GUARDIANS);
	for (r->n = 0; fields_more(&f); r->n++) {
		fields_id(&f, NULL, r->guardians[r->n]);
		if (r->n > 0 && memcmp(r->guardians[r->n - 1],
					r->guardians[r->n], 32) >= 0)
			return false;
	}
	if (act_int(a, ACT_HAS_NEEDED) < 2 ||
		act_int(a, ACT_HAS_NEEDED) > (int64_t)r->n)
		return false;
	r->needed = (uint32_t)act_int(a, ACT_HAS_NEEDED);
	return true;
}

static bool
is_compromised(const struct act *a)
{
	return bytes_equal(act_span(a, ACT_HAS_REASON), BYTES("compromised"));
}

static bool
reason_fits(const struct world *w, const struct act *a)
{
	if (!is_compromised(a))
		return bytes_equal(
			       act_span(a, ACT_HAS_REASON), BYTES("lost")) &&
		       !act_has(a, ACT_HAS_SIZE);
	return act_has(a, ACT_HAS_SIZE) &&
	       (uint64_t)act_int(a, ACT_HAS_SIZE) <= w->size;
}

enum verdict
request_read(const struct world *w, const struct act *a, struct request *r)
{
	const struct act *inner = &r->e.act;

	if (embedded_decode(act_span(a, ACT_HAS_APPLICATION), ACT_KEY_RECOVER,
		    &r->e) != VERDICT_OK ||
		memcmp(inner->id, act_hash(a, ACT_HAS_ON), 32) != 0 ||
		!bytes_equal(act_span(inner, ACT_HAS_LOG),
			bytes_of_string(w->log)) ||
		!read_guardians(r) || !reason_fits(w, inner))
		return VERDICT_MALFORMED;
	r->member = roster_find(&w->roster, act_hash(inner, ACT_HAS_ON));
	return a->vouched
		       ? VERDICT_OK
		       : embedded_check(&r->e, act_span(a, ACT_HAS_SIGNATURE));
}

enum verdict
request_check(const struct world *w, const struct request *r, uint64_t now_s)
{
	if (now_s > (uint64_t)act_int(&r->e.act, ACT_HAS_UNTIL))
		return VERDICT_LAPSED;
	if ((uint64_t)act_int(&r->e.act, ACT_HAS_SEQ) >
		now_s + LIMIT_SEQ_AHEAD_S)
		return VERDICT_EARLY;
	if (r->member == ROSTER_NONE)
		return VERDICT_UNKNOWN_MEMBER;
	return roster_get(&w->roster, r->member)->left ? VERDICT_NOT_A_MEMBER
						       : VERDICT_OK;
}

/* Who may vouch *************************************************************/

/* The hash that commits to the guardians that r names. */
static void
commit(const struct request *r, uint8_t hash[static 32])
{
	struct writer doc = {0};
	struct jcs_printer p = jcs_printer_of(&doc);
	struct bytes parts[2] = {BYTES("union-guardians/v1\n")};

	jcs_begin_object(&p);
	jcs_key(&p, "guardians");
	jcs_begin_array(&p);
	for (uint32_t i = 0; i < r->n; i++)
		jcs_id(&p, r->guardians[i]);
	jcs_end_array(&p);
	jcs_key(&p, "needed");
	jcs_int(&p, r->needed);
	jcs_key(&p, "salt");
	jcs_base64(&p, bytes_of(act_hash(&r->e.act, ACT_HAS_VALUE), 32));
	jcs_end_object(&p);
	parts[1] = writer_view(&doc);
	crypt_hash_parts(parts, 2, hash);
	writer_clear(&doc);
}

enum verdict
request_may_vouch(const struct world *w, const struct request *r,
	uint32_t member, uint64_t now_s)
{
	struct roster_guards guards =
		roster_guards(roster_get(&w->roster, r->member), now_s);
	const uint8_t *id = roster_get(&w->roster, member)->id;
	uint8_t hash[32];

	if (roster_find_key(&w->roster, act_by(&r->e.act)) != ROSTER_NONE)
		return VERDICT_DUPLICATE;
	if (r->member == member)
		return VERDICT_NOT_ALLOWED;
	if (guards.there != r->guarded)
		return VERDICT_BAD_COMMITMENT;
	if (!r->guarded)
		return world_holds(w, member, CHARTER_REGISTRAR, now_s)
			       ? VERDICT_OK
			       : VERDICT_NOT_ALLOWED;
	commit(r, hash);
	if (memcmp(hash, guards.hash, 32) != 0)
		return VERDICT_BAD_COMMITMENT;
	for (uint32_t i = 0; i < r->n; i++)
		if (memcmp(r->guardians[i], id, 32) == 0)
			return VERDICT_OK;
	return VERDICT_NOT_ALLOWED;
}
