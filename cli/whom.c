#include "cli/whom.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/record/credential.h"
#include "ballots/record/policy.h"
#include "cli/lines.h"

int
whom_key(struct desk *d, const uint8_t id[static CRYPT_HASH],
	uint8_t key[static CRYPT_KEY])
{
	struct wire *reply;
	struct bytes did;
	bool found, good;

	if (ask_get_id(d->contact, "members", id, NULL, &found, &reply) != 0)
		return -1;
	if (!found)
		return contact_misread();
	did = wire_string(
		wire_get(wire_get(wire_get(wire_top(reply), "item"), "item"),
			"key"),
		100);
	good = wire_good(reply) && coding_read_did(did, key);
	wire_free(reply);
	return good ? 0 : contact_misread();
}

/* "credential <type> <k> <did>...", or nothing where nobody could sign. */
static int
put_line(struct desk *d, enum credential_type type, uint64_t needed,
	struct wire_value ids, struct writer *out)
{
	size_t n = wire_count(ids, 0, LIMIT_MEMBERS);
	uint8_t id[CRYPT_HASH], key[CRYPT_KEY];

	if (n < needed)
		return 0;
	writer_put_string(out, "credential ");
	writer_put_string(out, credential_type_name(type));
	writer_put_string(out, " ");
	writer_put_decimal(out, needed);
	for (size_t i = 0; i < n && i < LIMIT_TRUST_KEYS; i++) {
		wire_id(wire_at(ids, i), id);
		if (!wire_good(ids.message))
			return contact_misread();
		if (whom_key(d, id, key) != 0)
			return -1;
		writer_put_string(out, " ");
		coding_put_did(out, key);
	}
	writer_put_string(out, "\n");
	return 0;
}

/* What the charter in force says. */
static int
fetch_rules(struct desk *d, uint64_t *needed, uint64_t *fresh_s)
{
	struct wire *reply;
	struct wire_value charter;
	bool found, good;

	if (ask_get(d->contact, "charter", 0, &found, &reply) != 0)
		return -1;
	if (!found)
		return contact_misread();
	charter = wire_get(wire_get(wire_top(reply), "item"), "item");
	*needed = lines_number(charter, "publish_needs");
	*fresh_s = lines_number(charter, "status_ttl_s");
	good = wire_good(reply);
	wire_free(reply);
	return good ? 0 : contact_misread();
}

static int
put_signers(struct desk *d, uint64_t needed, struct writer *out)
{
	struct wire *reply;
	struct wire_value acting;
	bool found;
	int rc;

	if (ask_get(d->contact, "offices", 0, &found, &reply) != 0)
		return -1;
	if (!found)
		return contact_misread();
	acting = wire_get(wire_get(wire_top(reply), "item"), "acting");
	rc = put_line(d, CREDENTIAL_MANDATE, needed,
		wire_get(acting, "steward"), out);
	if (rc == 0)
		rc = put_line(d, CREDENTIAL_MEMBERSHIP, 1,
			wire_get(acting, "registrar"), out);
	if (rc == 0)
		rc = put_line(d, CREDENTIAL_GATEWAY, 1,
			wire_get(acting, "registrar"), out);
	if (rc == 0 && !wire_good(reply))
		rc = contact_misread();
	wire_free(reply);
	return rc;
}

static void
put_policy(struct desk *d, struct bytes given, struct writer *out)
{
	struct policy *policy = mem_new(sizeof(*policy));

	policy_of_log(contact_key(d->contact), policy);
	if (given.len == 0)
		policy_print(policy, out);
	else
		writer_put(out, given);
	if (out->data[out->len - 1] != '\n')
		writer_put_string(out, "\n");
	mem_free(policy);
}

int
whom_put(struct desk *d, struct bytes policy, struct writer *out)
{
	uint64_t needed = 0, fresh_s = 0;

	if (fetch_rules(d, &needed, &fresh_s) != 0)
		return -1;
	put_policy(d, policy, out);
	if (put_signers(d, needed, out) != 0)
		return -1;
	writer_put_string(out, "fresh ");
	writer_put_decimal(out, fresh_s);
	writer_put_string(out, "\n");
	return 0;
}
