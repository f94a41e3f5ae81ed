#include "cli/advocates.h"

#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/record/advocacy.h"
#include "cli/complain.h"
#include "cli/lines.h"
#include "cli/whom.h"

/* Fetching ******************************************************************/

static int
fetch_delegates(
	struct desk *d, const struct subject *mandate, struct advocates *a)
{
	struct wire_value list = wire_get(mandate->item, "delegates");

	a->n_delegates = wire_count(list, 0, LIMIT_DELEGATES);
	for (size_t i = 0; i < a->n_delegates; i++) {
		struct advocates_delegate *one = &a->delegates[i];

		wire_id(wire_at(wire_at(list, i), 0), one->id);
		one->accepted = wire_bool(wire_at(wire_at(list, i), 1));
		if (!wire_good(mandate->reply))
			return contact_misread();
		if (whom_key(d, one->id, one->key) != 0)
			return -1;
	}
	return 0;
}

static int
fetch_publishes(
	struct desk *d, const struct subject *mandate, struct advocates *a)
{
	struct wire_value list = wire_get(mandate->entry, "published");
	size_t n = wire_count(list, 0, LIMIT_MEMBERS);

	for (size_t i = 0; i < n; i++) {
		uint64_t index =
			(uint64_t)wire_int(wire_at(list, i), 0, LIMIT_JSON_INT);
		struct advocates_publish *p;

		a->publishes = mem_grow(
			a->publishes, &a->cap, i + 1, sizeof(*a->publishes));
		p = &a->publishes[i];
		if (ask_record(d->contact, index, &p->record) != 0)
			return -1;
		a->n_publishes++;
		if (p->record.act.kind != ACT_MANDATE_PUBLISH ||
			memcmp(act_hash(&p->record.act, ACT_HAS_ON),
				mandate->id, CRYPT_HASH) != 0)
			return contact_misread();
		if (whom_key(d, act_by(&p->record.act), p->key) != 0)
			return -1;
		p->steward = advocates_is_steward(a, p->key);
	}
	return wire_good(mandate->reply) ? 0 : contact_misread();
}

static int
fetch_status(struct desk *d, const struct subject *mandate, struct advocates *a)
{
	struct policy *policy = mem_new(sizeof(*policy));
	enum verdict v = VERDICT_OK;
	int rc = ask_status(d->contact, mandate->id, &a->note);

	policy_of_log(contact_key(d->contact), policy);
	if (rc == 0)
		v = status_open(policy, writer_view(&a->note), &a->status);
	mem_free(policy);
	if (v == VERDICT_OK &&
		(rc != 0 || memcmp(a->status.mandate, mandate->id,
				    CRYPT_HASH) == 0))
		return rc;
	return complain_cannot("Keep this, and tell an auditor.",
		"The daemon's statement of how the mandate stands is not one.");
}

static int
fetch_terms(struct desk *d, const struct subject *mandate, struct advocates *a)
{
	a->valid_until_s = lines_number(mandate->item, "valid_until");
	if (ask_record(d->contact, lines_number(mandate->entry, "record"),
		    &a->terms) != 0)
		return -1;
	if (a->terms.act.kind == ACT_MANDATE_PROPOSE &&
		memcmp(a->terms.act.id, mandate->id, CRYPT_HASH) == 0)
		return 0;
	return contact_misread();
}

int
advocates_fetch(
	struct desk *d, const struct subject *mandate, struct advocates *out)
{
	*out = (struct advocates){0};
	if (d->contact == NULL)
		return complain_usage("", "The mandate must be read first: "
					  "this cannot be done without a "
					  "daemon.");
	if (fetch_terms(d, mandate, out) != 0 ||
		fetch_status(d, mandate, out) != 0 ||
		fetch_delegates(d, mandate, out) != 0)
		return -1;
	return fetch_publishes(d, mandate, out);
}

void
advocates_clear(struct advocates *a)
{
	ask_clear(&a->terms);
	writer_clear(&a->note);
	for (size_t i = 0; i < a->n_publishes; i++)
		ask_clear(&a->publishes[i].record);
	mem_free(a->publishes);
}

/* Asking ********************************************************************/

static bool
listed(const uint8_t (*keys)[CRYPT_KEY], size_t n,
	const uint8_t key[static CRYPT_KEY])
{
	for (size_t i = 0; i < n; i++)
		if (memcmp(keys[i], key, CRYPT_KEY) == 0)
			return true;
	return false;
}

bool
advocates_is_steward(
	const struct advocates *a, const uint8_t key[static CRYPT_KEY])
{
	return listed(a->status.stewards, a->status.n_stewards, key);
}

bool
advocates_is_acting(
	const struct advocates *a, const uint8_t key[static CRYPT_KEY])
{
	return listed(a->status.delegates, a->status.n_delegates, key);
}

/* By a steward, in the name of issuer, and of the dates that are in force. */
static bool
counts(const struct advocates *a, const struct advocates_publish *p,
	const uint8_t issuer[static CRYPT_KEY])
{
	const struct act *act = &p->record.act;

	return p->steward && act_has(act, ACT_HAS_ISSUER) &&
	       memcmp(act_hash(act, ACT_HAS_ISSUER), issuer, CRYPT_KEY) == 0 &&
	       (uint64_t)act_int(act, ACT_HAS_VALID_UNTIL) == a->valid_until_s;
}

size_t
advocates_assemble(const struct advocates *a, size_t delegate,
	const uint8_t issuer[static CRYPT_KEY], bool *holds, struct writer *out)
{
	const struct advocates_delegate *who = &a->delegates[delegate];
	struct writer doc = {0};
	bool issued = false;
	size_t n = 0;

	for (size_t i = 0; i < a->n_publishes; i++) {
		const struct advocates_publish *p = &a->publishes[i];
		struct advocacy wanted = {
			.mandate = &a->terms.act, .publish = &p->record.act};

		holds[i] = false;
		if (!counts(a, p, issuer) || n == LIMIT_PROOFS)
			continue;
		memcpy(wanted.member, who->id, CRYPT_HASH);
		memcpy(wanted.key, who->key, CRYPT_KEY);
		if (doc.len == 0 && !advocacy_print(&wanted, &doc))
			continue;
		holds[i] = advocacy_add(&doc, wanted.publish, p->key, who->key);
		n += holds[i];
		issued |= holds[i] && memcmp(p->key, issuer, CRYPT_KEY) == 0;
	}
	if (!issued)
		n = 0;
	if (n > 0)
		writer_put(out, writer_view(&doc));
	writer_clear(&doc);
	return n;
}

bool
advocates_issuer(const struct advocates *a, size_t delegate,
	uint8_t issuer[static CRYPT_KEY])
{
	bool *holds = mem_new_array(a->n_publishes, sizeof(*holds));
	struct writer doc = {0};
	size_t most = 0;

	for (size_t i = 0; i < a->n_publishes; i++) {
		const struct act *p = &a->publishes[i].record.act;
		size_t n;

		if (!act_has(p, ACT_HAS_ISSUER))
			continue;
		writer_rewind(&doc);
		n = advocates_assemble(
			a, delegate, act_hash(p, ACT_HAS_ISSUER), holds, &doc);
		if (n > most)
			memcpy(issuer, act_hash(p, ACT_HAS_ISSUER), CRYPT_KEY);
		if (n > most)
			most = n;
	}
	writer_clear(&doc);
	mem_free(holds);
	return most > 0;
}
