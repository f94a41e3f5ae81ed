#include "ballots/assembly/admission.h"

#include <string.h>

#include "ballots/assembly/office.h"
#include "ballots/base/mem.h"

#define PENDING_MAX 10000 /* admissions half done */
#define CAMP_NEEDS  3     /* who admit while no registrar is in office */

static bool
is_union(const struct world *w, const struct act *a)
{
	return memcmp(act_hash(a, ACT_HAS_ON), w->id, 32) == 0;
}

/* Applications **************************************************************/

enum verdict
admission_application(const struct world *w, struct bytes application,
	struct bytes signature, bool vouched, uint64_t now_s,
	struct embedded *out)
{
	enum verdict v;

	if (embedded_decode(application, ACT_MEMBER_APPLY, out) != VERDICT_OK ||
		!is_union(w, &out->act) ||
		!bytes_equal(act_span(&out->act, ACT_HAS_LOG),
			bytes_of_string(w->log)))
		return VERDICT_MALFORMED;
	v = vouched ? VERDICT_OK : embedded_check(out, signature);
	if (v != VERDICT_OK)
		return v;
	if (now_s > (uint64_t)act_int(&out->act, ACT_HAS_UNTIL))
		return VERDICT_LAPSED;
	if (act_has(&out->act, ACT_HAS_CHAPTER) &&
		idmap_get(&w->chapters.ids,
			act_hash(&out->act, ACT_HAS_CHAPTER)) == IDMAP_NONE)
		return VERDICT_UNKNOWN_SUBJECT;
	if (roster_find(&w->roster, out->act.id) != ROSTER_NONE ||
		roster_find_key(&w->roster, act_by(&out->act)) != ROSTER_NONE)
		return VERDICT_DUPLICATE;
	return VERDICT_OK;
}

void
admission_complete(
	struct world *w, const struct act *application, uint64_t now_s)
{
	bool founding = w->n_joined < w->n_founders;
	uint32_t member =
		roster_add(&w->roster, application->id, act_by(application),
			act_hash(application, ACT_HAS_NEXT), now_s, founding);

	w->n_joined += founding;
	if (act_has(application, ACT_HAS_CHAPTER))
		roster_join_chapter(&w->roster, member,
			idmap_get(&w->chapters.ids,
				act_hash(application, ACT_HAS_CHAPTER)),
			now_s);
	if (!founding)
		office_count_members(w);
}

static bool
is_founder_key(const struct world *w, const uint8_t key[static 32])
{
	for (uint32_t i = 0; i < w->n_founders; i++)
		if (memcmp(w->founders[i], key, 32) == 0)
			return true;
	return false;
}

enum verdict
admission_may_found(const struct world *w, const struct act *a)
{
	if (!is_founder_key(w, act_by(a)))
		return VERDICT_NOT_ALLOWED;
	if (!is_union(w, a))
		return VERDICT_UNKNOWN_SUBJECT;
	if (w->n_joined == w->n_founders)
		return VERDICT_DUPLICATE;
	for (uint32_t i = 0; i < w->roster.n; i++)
		if (memcmp(roster_get(&w->roster, i)->key, act_by(a), 32) == 0)
			return VERDICT_DUPLICATE;
	return act_has(a, ACT_HAS_CHAPTER) ? VERDICT_NOT_NOW : VERDICT_OK;
}

/* Admission *****************************************************************/

static bool
anybody_registers(const struct world *w)
{
	return w->in_power || w->offices[CHARTER_REGISTRAR].n > 0;
}

static const struct world_pending nobody;

static const struct world_pending *
pending_of(const struct world *w, const uint8_t id[static 32])
{
	for (uint32_t i = 0; i < w->n_pending; i++)
		if (memcmp(w->pending[i].id, id, 32) == 0)
			return &w->pending[i];
	return &nobody;
}

/* As what an act of admission counts. */
enum part { PART_REGISTRAR, PART_VOUCHER, PART_NONE };

static enum part
part_of(const struct world *w, const struct world_pending *p, uint32_t member,
	uint64_t now_s)
{
	if (!anybody_registers(w))
		return PART_VOUCHER;
	if (world_holds(w, member, CHARTER_REGISTRAR, now_s) &&
		p->n_registrars < w->charter.admit_registrars)
		return PART_REGISTRAR;
	return p->n_vouchers < w->charter.admit_vouchers ? PART_VOUCHER
							 : PART_NONE;
}

/* True when one more act of this part completes the admission. */
static bool
completes(const struct world *w, const struct world_pending *p, enum part part)
{
	uint32_t registrars = p->n_registrars + (part == PART_REGISTRAR);
	uint32_t vouchers = p->n_vouchers + (part == PART_VOUCHER);

	if (!anybody_registers(w))
		return registrars + vouchers >= CAMP_NEEDS;
	return registrars >= w->charter.admit_registrars &&
	       vouchers >= w->charter.admit_vouchers;
}

/* How many admissions are half done and can still be completed. */
static uint32_t
waiting(const struct world *w, uint64_t now_s)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < w->n_pending; i++)
		n += w->pending[i].until_s >= now_s;
	return n;
}

enum verdict
admission_judge(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	struct roster_rules rules = world_rules(w);
	struct embedded app;
	enum verdict v = admission_application(w,
		act_span(a, ACT_HAS_APPLICATION),
		act_span(a, ACT_HAS_SIGNATURE), a->vouched, now_s, &app);
	const struct world_pending *p;
	enum part part;

	if (v != VERDICT_OK)
		return v;
	if (memcmp(app.act.id, act_hash(a, ACT_HAS_ON), 32) != 0)
		return VERDICT_MALFORMED;
	p = pending_of(w, app.act.id);
	if (world_listed(p->registrars, p->n_registrars, member) ||
		world_listed(p->vouchers, p->n_vouchers, member))
		return VERDICT_DUPLICATE;
	part = part_of(w, p, member, now_s);
	if (part == PART_NONE)
		return VERDICT_DUPLICATE;
	if (part == PART_VOUCHER &&
		!roster_past_probation(
			roster_get(&w->roster, member), &rules, now_s))
		return VERDICT_NOT_ALLOWED;
	if (completes(w, p, part))
		return roster_may_grow(&w->roster, &rules, now_s)
			       ? VERDICT_OK
			       : VERDICT_ROLL_GROWTH;
	return p == &nobody && waiting(w, now_s) >= PENDING_MAX
		       ? VERDICT_TOO_OFTEN
		       : VERDICT_OK;
}

/* Forget what was not completed in time. */
static void
purge_pending(struct world *w, uint64_t now_s)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < w->n_pending; i++)
		if (w->pending[i].until_s >= now_s)
			w->pending[kept++] = w->pending[i];
	w->n_pending = kept;
}

void
admission_forget(struct world *w, const uint8_t id[static 32])
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < w->n_pending; i++)
		if (memcmp(w->pending[i].id, id, 32) != 0)
			w->pending[kept++] = w->pending[i];
	w->n_pending = kept;
}

static struct world_pending *
add_pending(struct world *w, const struct act *application)
{
	struct world_pending *p;

	w->pending = mem_grow(w->pending, &w->pending_cap,
		(size_t)w->n_pending + 1, sizeof(*w->pending));
	p = &w->pending[w->n_pending++];
	*p = (struct world_pending){
		.until_s = (uint64_t)act_int(application, ACT_HAS_UNTIL)};
	memcpy(p->id, application->id, 32);
	return p;
}

void
admission_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	struct embedded app;
	struct world_pending *p;
	enum part part;

	embedded_decode(
		act_span(a, ACT_HAS_APPLICATION), ACT_MEMBER_APPLY, &app);
	purge_pending(w, now_s);
	p = (struct world_pending *)pending_of(w, app.act.id);
	part = part_of(w, p, member, now_s);
	if (completes(w, p, part)) {
		admission_forget(w, app.act.id);
		admission_complete(w, &app.act, now_s);
		return;
	}
	if (p == &nobody)
		p = add_pending(w, &app.act);
	if (part == PART_REGISTRAR)
		p->registrars[p->n_registrars++] = member;
	else
		p->vouchers[p->n_vouchers++] = member;
}
