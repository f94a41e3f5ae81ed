#include "cli/cmd_publish.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/record/advocacy.h"
#include "cli/advocates.h"
#include "cli/complain.h"
#include "cli/filing.h"

/*
 * In whose name: that in which others signed, so that all proofs stand on one
 * credential; else this steward's own.
 */
static void
choose_issuer(const struct advocates *a, const uint8_t own[static CRYPT_KEY],
	uint8_t issuer[static CRYPT_KEY])
{
	memcpy(issuer, own, CRYPT_KEY);
	for (size_t i = 0; i < a->n_delegates; i++)
		if (a->delegates[i].accepted && advocates_issuer(a, i, issuer))
			return;
}

static void
say_did(struct filing *f, const char *label, struct bytes who,
	const uint8_t key[static CRYPT_KEY])
{
	struct writer did = {0};

	coding_put_did(&did, key);
	output_line(f->desk->out, "%-9s %.*s%s%s", label, (int)who.len,
		(const char *)who.data, who.len > 0 ? ", " : "",
		writer_string(&did));
	writer_clear(&did);
}

/* Sign the credential of one delegate, and show for whom. */
static int
sign_for(struct filing *f, const struct advocates *a,
	const struct advocates_delegate *who, struct jcs_printer *p)
{
	struct advocacy wanted = {.mandate = &a->terms.act, .publish = &f->act};
	uint8_t own[CRYPT_KEY], message[INTEGRITY_MESSAGE];
	struct integrity_proof proof;
	struct writer doc = {0}, name = {0};

	memcpy(wanted.member, who->id, CRYPT_HASH);
	memcpy(wanted.key, who->key, CRYPT_KEY);
	if (!advocacy_print(&wanted, &doc))
		return complain_no(
			"", "The mandate's dates have no credential.");
	keyfile_copy_key(f->desk->keys, KEYFILE_CURRENT, own);
	advocacy_message(writer_view(&doc), own,
		(uint64_t)act_int(&f->act, ACT_HAS_SEQ), &proof, message);
	keyfile_sign(f->desk->keys, BYTES(""),
		bytes_of(message, sizeof(message)), proof.sig);
	jcs_begin_object(p);
	jcs_key(p, "key");
	jcs_did(p, who->key);
	jcs_key(p, "signature");
	jcs_base64(p, bytes_of(proof.sig, CRYPT_SIG));
	jcs_end_object(p);
	subject_put_member(f->desk, who->id, &name);
	say_did(f, "For:", writer_view(&name), who->key);
	writer_clear(&doc);
	writer_clear(&name);
	return 0;
}

/* Delegates who accepted may be suspended, or their keys in recovery. */
static void
say_missing(struct filing *f, const struct advocates_delegate *who)
{
	struct writer name = {0};

	subject_put_member(f->desk, who->id, &name);
	output_line(f->desk->out, "%-9s %s, who %s: publish it again then",
		"Not for:", writer_string(&name),
		who->accepted ? "may not act now" : "has not accepted yet");
	writer_clear(&name);
}

static int
sign_credentials(struct filing *f, const struct advocates *a)
{
	struct jcs_printer p = jcs_printer_of(&f->lists[0]);
	int rc = 0;

	jcs_begin_array(&p);
	for (size_t i = 0; rc == 0 && i < a->n_delegates; i++) {
		const struct advocates_delegate *who = &a->delegates[i];

		if (advocates_is_acting(a, who->key))
			rc = sign_for(f, a, who, &p);
		else
			say_missing(f, who);
	}
	jcs_end_array(&p);
	act_set_span(&f->act, ACT_HAS_PROOFS, writer_view(&f->lists[0]));
	return rc;
}

static int
fill(struct filing *f, const struct advocates *a)
{
	uint8_t own[CRYPT_KEY], issuer[CRYPT_KEY];

	keyfile_copy_key(f->desk->keys, KEYFILE_CURRENT, own);
	choose_issuer(a, own, issuer);
	act_set_int(&f->act, ACT_HAS_VALID_FROM,
		act_int(&a->terms.act, ACT_HAS_VALID_FROM));
	act_set_int(&f->act, ACT_HAS_VALID_UNTIL, (int64_t)a->valid_until_s);
	act_set_hash(&f->act, ACT_HAS_ISSUER, issuer);
	say_did(f, "Issuer:",
		memcmp(own, issuer, CRYPT_KEY) == 0 ? BYTES("you")
						    : BYTES("a steward"),
		issuer);
	return sign_credentials(f, a);
}

static int
publish(struct desk *d)
{
	struct subject mandate = {0};
	struct advocates a = {0};
	struct filing f = {0};
	struct writer what = {0};
	int rc = subject_find(d, SUBJECT_MANDATE,
		options_operand(&d->call->options, "MANDATE"), &mandate);

	if (rc == 0)
		rc = advocates_fetch(d, &mandate, &a);
	if (rc == 0)
		rc = filing_begin(&f, d, ACT_MANDATE_PUBLISH, mandate.id);
	if (rc == 0)
		rc = fill(&f, &a);
	if (rc == 0) {
		subject_put(&mandate, &what);
		rc = filing_finish(&f, writer_string(&what));
	}
	if (rc == 0)
		output_next(d->out, "union mandate capsule %s", mandate.name);
	advocates_clear(&a);
	subject_clear(&mandate);
	writer_clear(&what);
	filing_clear(&f);
	return rc;
}

int
cmd_publish_mandate(const struct call *call)
{
	return desk_do(call, desk_open_to_sign, publish);
}
