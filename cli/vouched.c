#include "cli/vouched.h"

#include "ballots/base/coding.h"
#include "ballots/record/fields.h"
#include "ballots/record/jcs.h"
#include "ballots/record/verify.h"
#include "cli/when.h"

void
vouched_tell_unchecked(
	struct output *out, const struct checks *v, const struct credential *c)
{
	static const struct {
		enum credential_purpose purpose;
		enum verify_check check;
		const char *what;
	} rows[] = {
		{CREDENTIAL_SUSPENSION, VERIFY_NOT_SUSPENDED, "suspended"},
		{CREDENTIAL_REVOCATION, VERIFY_NOT_REVOKED, "revoked"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!credential_has_status(c, rows[i].purpose))
			output_line(out,
				"  -    No status list tells whether it is %s.",
				rows[i].what);
		else if (!v->made[rows[i].check])
			output_line(out,
				"  -    Not checked: whether it is %s "
				"(--list).",
				rows[i].what);
}

/* One claim, as a text without its quotes or as it stands. */
static void
tell_claim(struct output *out, struct bytes name, struct bytes value)
{
	struct writer line = {0};

	writer_put_string(&line, "  ");
	writer_put(&line, name);
	writer_put_string(&line, ": ");
	if (value.data[0] == '"')
		jcs_unescape(bytes_slice(value, 1, value.len - 2), &line);
	else
		writer_put(&line, value);
	output_line(out, "%s", writer_string(&line));
	writer_clear(&line);
}

static void
tell_when(struct output *out, const char *what, uint64_t at_s)
{
	struct writer text = {0};

	when_put(&text, at_s);
	output_line(out, "%s %s", what, writer_string(&text));
	writer_clear(&text);
}

/* Texts that belong to it; whoever has one can see that it is the same. */
static void
tell_resources(struct output *out, const struct credential *c)
{
	struct writer hex = {0};

	for (size_t i = 0; i < c->n_resources; i++) {
		writer_rewind(&hex);
		coding_put_hex(
			&hex, bytes_of(c->resources[i].digest, CRYPT_HASH));
		tell_claim(out, BYTES("text"), c->resources[i].id);
		output_line(out, "    SHA-256: %s", writer_string(&hex));
	}
	writer_clear(&hex);
}

void
vouched_tell(struct output *out, struct bytes doc, const struct credential *c)
{
	struct fields f = fields_of(fields_find(doc, "credentialSubject"));
	struct writer issuer = {0};

	coding_put_did(&issuer, c->issuer);
	output_line(out, "%s", "");
	output_line(out, "%s by %s", credential_type_name(c->type),
		writer_string(&issuer));
	tell_when(out, "from ", c->valid_from_s);
	tell_when(out, "until", c->valid_until_s);
	while (fields_more(&f)) {
		struct bytes name = fields_next(&f);

		tell_claim(out, name, fields_value(&f, NULL));
	}
	tell_resources(out, c);
	writer_clear(&issuer);
}
