#include "cli/issuer.h"

#include <string.h>

#include "ballots/base/utf8.h"
#include "ballots/machine/clock.h"
#include "cli/complain.h"
#include "cli/desk.h"

#define DAY_S      86400
#define DAYS_MAX   36500
#define TEXT_BYTES (1 << 26) /* of a text that is bound */

const struct option issuer_options[] = {
	{"days", 0, false, "N", "how long it is valid; 365"},
	{"resource", 0, true, "FILE[=URL]",
		"bind a text by its hash, as what is found at URL"},
	{0},
};

void
issuer_sign(
	struct keyfile *keys, struct bytes doc, struct integrity_proof *proof)
{
	uint8_t message[INTEGRITY_MESSAGE];

	keyfile_copy_key(keys, KEYFILE_CURRENT, proof->key);
	integrity_message(doc, proof, message);
	keyfile_sign(keys, BYTES(""), bytes_of(message, sizeof(message)),
		proof->sig);
}

void
issuer_assert(struct keyfile *keys, struct bytes doc, struct writer *out)
{
	struct integrity_proof proof = {
		.created_s = clock_now_s(),
		.purpose = INTEGRITY_ASSERTION,
	};

	issuer_sign(keys, doc, &proof);
	integrity_add(doc, &proof, out);
}

void
issuer_print(
	struct keyfile *keys, const struct credential *c, struct writer *out)
{
	struct writer doc = {0};

	credential_print(c, &doc);
	issuer_assert(keys, writer_view(&doc), out);
	writer_clear(&doc);
}

int
issuer_begin(const struct call *call, struct keyfile *keys, uint64_t preset,
	struct credential *c)
{
	uint64_t days;

	if (options_number(
		    &call->options, "days", 1, DAYS_MAX, preset, &days) != 0)
		return -1;
	c->valid_from_s = clock_now_s();
	c->valid_until_s = c->valid_from_s + days * DAY_S;
	keyfile_copy_key(keys, KEYFILE_CURRENT, c->issuer);
	return 0;
}

/* Texts *********************************************************************/

/* Append the id of a text, which was given or follows from its hash. */
static int
put_id(struct bytes url, const uint8_t digest[static CRYPT_HASH],
	struct writer *out)
{
	if (url.len == 0) {
		credential_put_ni(out, digest);
		return 0;
	}
	writer_put(out, url);
	for (size_t i = 0; i < url.len; i++)
		if (url.data[i] <= ' ' || url.data[i] == '"' ||
			url.data[i] == '\\')
			url.len = 0;
	if (url.len == 0 || url.len > LIMIT_CLAIM_BYTES ||
		utf8_check(url) != VERDICT_OK)
		return complain_usage(
			"It looks like notes.txt=https://HOST/texts/1.",
			"'%s' is no address of a text.", writer_string(out));
	return 0;
}

static int
bind(const char *word, struct credential *c, struct writer *id)
{
	struct credential_resource *r = &c->resources[c->n_resources];
	struct bytes url = bytes_of_string(word);
	struct bytes path = bytes_cut(&url, '=');
	struct writer name = {0}, text = {0};
	int rc;

	writer_put(&name, path);
	rc = desk_read_file(writer_string(&name), TEXT_BYTES, &text);
	crypt_hash(writer_view(&text), r->digest);
	if (rc == 0)
		rc = put_id(url, r->digest, id);
	r->id = writer_view(id);
	if (rc == 0 && credential_binds(c, r->id))
		rc = complain_usage("", "'%s' is bound twice.", word);
	c->n_resources++;
	writer_clear(&name);
	writer_clear(&text);
	return rc;
}

int
issuer_bind(const struct call *call, struct credential *c,
	struct writer ids[static LIMIT_RESOURCES])
{
	const char *word;
	size_t at = 0;

	c->n_resources = 0;
	while ((word = options_each(&call->options, "resource", &at)) != NULL)
		if (c->n_resources == LIMIT_RESOURCES)
			return complain_usage("", "At most %d texts are bound.",
				LIMIT_RESOURCES);
		else if (bind(word, c, &ids[c->n_resources]) != 0)
			return -1;
	return 0;
}
