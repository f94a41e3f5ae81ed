#include "cli/cmd_credential.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/reader.h"
#include "ballots/machine/clock.h"
#include "ballots/record/credential.h"
#include "ballots/record/jcs.h"
#include "ballots/record/presentation.h"
#include "ballots/record/statuslist.h"
#include "ballots/record/utc.h"
#include "cli/call.h"
#include "cli/cmd_issue.h"
#include "cli/cmd_status.h"
#include "cli/complain.h"
#include "cli/exchange.h"
#include "cli/issuer.h"

#define SPEC "See specs/credentials.md, section 1."

const struct option cmd_credential_issue_options[] = {
	{"claim", 'c', true, "NAME=VALUE",
		"say something of the holder; a list is given piece by piece"},
	{"revocation", 0, false, "LIST#BIT",
		"where a status list tells of its revocation"},
	{"suspension", 0, false, "LIST#BIT",
		"where a status list tells of its suspension"},
	{0},
};

/* The keys of this machine; *keys is the caller's. */
static int
unlock(const struct call *call, struct keyfile **keys)
{
	struct home home;
	int rc;

	if (call_home(call, &home) != 0)
		return -1;
	rc = call_unlock(call, &home, keys);
	home_close(&home);
	return rc;
}

/* Claims ********************************************************************/

/* The claim of type called name; CREDENTIAL_CLAIM_COUNT when it has none. */
static enum credential_claim
find_claim(enum credential_type type, struct bytes name)
{
	form_set may = credential_required(type) | credential_optional(type);
	int i = 0;

	while (i < CREDENTIAL_CLAIM_COUNT &&
		((may & FORM_BIT(i)) == 0 ||
			!bytes_equal(
				name, bytes_of_string(credential_claim_name(
					      (enum credential_claim)i)))))
		i++;
	return (enum credential_claim)i;
}

/* Put one "NAME=VALUE" into the subject. */
static int
add_claim(json_t *subject, enum credential_type type, const char *text)
{
	struct bytes rest = bytes_of_string(text);
	struct bytes name = bytes_cut(&rest, '=');
	enum credential_claim claim = find_claim(type, name);
	const char *key;
	json_t *value, *list;
	uint64_t number;

	if (claim == CREDENTIAL_CLAIM_COUNT || claim == CREDENTIAL_HAS_ID)
		return complain_usage(SPEC, "%s has no claim to be given '%s'.",
			credential_type_name(type), text);
	key = credential_claim_name(claim);
	if (credential_claim_shape(claim) == CREDENTIAL_NUMBER &&
		reader_decimal(rest, LIMIT_JSON_INT, &number))
		value = json_integer((json_int_t)number);
	else
		value = json_stringn((const char *)rest.data, rest.len);
	if (credential_claim_shape(claim) == CREDENTIAL_TEXTS) {
		list = json_object_get(subject, key);
		if (list == NULL)
			json_object_set_new(subject, key, list = json_array());
		json_array_append_new(list, value);
	} else if (json_object_get(subject, key) != NULL) {
		json_decref(value);
		return complain_usage("", "Claim '%s' is given twice.", key);
	} else {
		json_object_set_new(subject, key, value);
	}
	return 0;
}

static int
add_claims(const struct call *call, json_t *subject, enum credential_type type)
{
	const char *text;
	size_t at = 0;

	while ((text = options_each(&call->options, "claim", &at)) != NULL)
		if (add_claim(subject, type, text) != 0)
			return -1;
	return 0;
}

/* Names the claims that are missing, for what is wrong with the rest. */
static int
complain_claims(const struct credential *c)
{
	struct writer names = {0};

	for (int i = 0; i < CREDENTIAL_CLAIM_COUNT; i++) {
		if ((credential_required(c->type) & FORM_BIT(i)) == 0 ||
			i == CREDENTIAL_HAS_ID)
			continue;
		writer_put_string(&names, names.len == 0 ? "" : ", ");
		writer_put_string(&names,
			credential_claim_name((enum credential_claim)i));
	}
	complain_usage(SPEC, "The claims do not fit: %s needs %s.",
		credential_type_name(c->type), writer_string(&names));
	writer_clear(&names);
	return -1;
}

/* Read the claims given; *text owns what c borrows. */
static int
read_claims(const struct call *call, struct credential *c, char **text)
{
	const char *did = options_operand(&call->options, "WHO");
	json_t *subject = json_object();
	struct bytes doc;
	int rc;

	json_object_set_new(subject, "id", json_string(did));
	rc = add_claims(call, subject, c->type);
	*text = json_dumps(subject, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(subject);
	if (rc != 0)
		return -1;
	doc = bytes_of_string(*text == NULL ? "" : *text);
	if (jcs_check(doc) != VERDICT_OK || !credential_read_claims(doc, c))
		return complain_claims(c);
	return 0;
}

/* Issuing *******************************************************************/

/* Read "LIST#BIT". */
static int
read_status(const struct call *call, const char *option,
	enum credential_purpose purpose, struct credential *c)
{
	const char *text = options_value(&call->options, option);
	const char *mark = text == NULL ? NULL : strrchr(text, '#');
	struct credential_status *s = &c->status[purpose];
	struct writer quoted = {0};
	bool plain;

	if (text == NULL)
		return 0;
	s->list = bytes_of(text, mark == NULL ? 0 : (size_t)(mark - text));
	writer_put_u8(&quoted, '"');
	writer_put(&quoted, s->list);
	writer_put_u8(&quoted, '"');
	plain = s->list.len > 0 && s->list.len <= LIMIT_CLAIM_BYTES &&
		jcs_check(writer_view(&quoted)) == VERDICT_OK;
	writer_clear(&quoted);
	if (!plain || !reader_decimal(bytes_of_string(mark + 1),
			      (uint64_t)LIMIT_STATUS_BYTES * 8 - 1, &s->index))
		return complain_usage("It looks like https://HOST/status/1#42.",
			"'%s' names no bit of a status list.", text);
	return 0;
}

static int
issue(const struct call *call, enum credential_type type)
{
	struct writer ids[LIMIT_RESOURCES] = {0}, doc = {0};
	struct credential c = {.type = type};
	struct keyfile *keys = NULL;
	char *claims = NULL;
	int rc = -1;

	credential_clear_status(&c);
	if (read_status(call, "revocation", CREDENTIAL_REVOCATION, &c) == 0 &&
		read_status(call, "suspension", CREDENTIAL_SUSPENSION, &c) ==
			0 &&
		read_claims(call, &c, &claims) == 0 &&
		issuer_bind(call, &c, ids) == 0 && unlock(call, &keys) == 0)
		rc = issuer_begin(call, keys, 365, &c);
	if (rc == 0) {
		issuer_print(keys, &c, &doc);
		exchange_give(call->out, "credential", writer_view(&doc));
	}
	keyfile_free(keys);
	for (int i = 0; i < LIMIT_RESOURCES; i++)
		writer_clear(&ids[i]);
	writer_clear(&doc);
	free(claims);
	return rc;
}

/* Options that ask for what only the ledger knows. */
static bool
needs_ledger(const struct options *o)
{
	return options_has(o, "chapter") || options_has(o, "id") ||
	       options_has(o, "lang") || options_has(o, "probation") ||
	       options_has(o, "trade") || options_has(o, "export");
}

int
cmd_credential_issue(const struct call *call)
{
	const char *name = options_operand(&call->options, "TYPE");
	const char *who = options_operand(&call->options, "WHO");
	enum credential_type type =
		credential_type_by_name(bytes_of_string(name));
	bool raw = options_has(&call->options, "raw");
	uint8_t key[CRYPT_KEY];

	if (type == CREDENTIAL_TYPE_COUNT || type == CREDENTIAL_STATUS_LIST)
		return complain_usage(SPEC, "'%s' is no type to issue.", name);
	if (!raw && type == CREDENTIAL_MANDATE)
		return complain_usage("", "A mandate's credentials are made by "
					  "union mandate publish.");
	if (!raw && type != CREDENTIAL_LIVELIHOOD)
		return cmd_issue_known(call, type);
	if (needs_ledger(&call->options))
		return complain_usage("Say it with --claim.",
			"No ledger is asked for this credential.");
	if (!coding_read_did(bytes_of_string(who), key) || !crypt_key_ok(key))
		return complain_usage("The holder sees it with union key show.",
			"'%s' is no key (did:key:z6Mk...).", who);
	return issue(call, type);
}

/* Read a file that must be a credential; c borrows *doc, the caller's. */
static int
read_credential(const char *path, struct writer *doc, struct credential *c)
{
	enum verdict v;

	if (exchange_read(path, doc) != 0)
		return -1;
	v = credential_read(writer_view(doc), c);
	if (v == VERDICT_OK)
		return 0;
	return complain_no(
		SPEC, "%s is no credential (%s).", path, verdict_name(v));
}

/* Put a proof on doc and give the whole. */
static void
give_signed(const struct call *call, struct keyfile *keys, struct bytes doc)
{
	struct writer whole = {0};

	issuer_assert(keys, doc, &whole);
	exchange_give(call->out, "credential", writer_view(&whole));
	writer_clear(&whole);
}

static bool
has_signed(const struct credential *c, const uint8_t key[static CRYPT_KEY])
{
	for (size_t i = 0; i < c->n_proofs; i++)
		if (memcmp(c->proofs[i].key, key, CRYPT_KEY) == 0)
			return true;
	return false;
}

int
cmd_credential_sign(const struct call *call)
{
	const char *path = options_operand(&call->options, "FILE");
	struct keyfile *keys = NULL;
	struct writer doc = {0};
	struct credential c;
	uint8_t key[CRYPT_KEY];
	int rc;

	rc = read_credential(path, &doc, &c);
	if (rc == 0)
		rc = unlock(call, &keys);
	if (rc == 0) {
		keyfile_copy_key(keys, KEYFILE_CURRENT, key);
		if (has_signed(&c, key) || c.n_proofs == LIMIT_PROOFS)
			rc = complain_no("",
				"%s has this key's proof already, "
				"or as many as it can.",
				path);
	}
	if (rc == 0)
		give_signed(call, keys, writer_view(&doc));
	keyfile_free(keys);
	writer_clear(&doc);
	return rc;
}

/* Status lists **************************************************************/

/* Append the text of a list, in its quotes. */
static int
put_list(const struct call *call, struct writer *text)
{
	size_t n;
	const char *const *bits = options_operands(&call->options, "BIT", &n);
	uint8_t *zeros = calloc(1, STATUSLIST_LEAST);
	struct writer list = {0};
	uint64_t bit;
	int rc = 0;

	assert(zeros != NULL);
	writer_put(&list, bytes_of(zeros, STATUSLIST_LEAST));
	free(zeros);
	for (size_t i = 0; i < n && rc == 0; i++)
		if (reader_decimal(bytes_of_string(bits[i]),
			    8 * STATUSLIST_LEAST - 1, &bit))
			statuslist_set(&list, bit);
		else
			rc = complain_usage("They are 0 to 131071.",
				"'%s' is no bit of the list.", bits[i]);
	writer_put_u8(text, '"');
	statuslist_encode(writer_view(&list), text);
	writer_put_u8(text, '"');
	writer_clear(&list);
	return rc;
}

static int
list(const struct call *call)
{
	const char *purpose = options_value(&call->options, "purpose");
	const char *id = options_operand(&call->options, "ID");
	struct credential c = {.type = CREDENTIAL_STATUS_LIST};
	struct writer text = {0}, doc = {0};
	struct keyfile *keys = NULL;
	int rc;

	if (id == NULL)
		return complain_usage("", "With --raw the list has a name.");
	if (purpose == NULL)
		purpose = credential_purpose_name(CREDENTIAL_REVOCATION);
	credential_clear_status(&c);
	c.id = bytes_of_string(id);
	c.claims = credential_required(CREDENTIAL_STATUS_LIST);
	rc = put_list(call, &text);
	c.claim[CREDENTIAL_HAS_ENCODED_LIST].span = writer_view(&text);
	c.claim[CREDENTIAL_HAS_STATUS_PURPOSE].span = bytes_of_string(purpose);
	c.claim[CREDENTIAL_HAS_KIND].span = BYTES("BitstringStatusList");
	if (rc == 0)
		rc = unlock(call, &keys);
	if (rc == 0)
		rc = issuer_begin(call, keys, 7, &c);
	if (rc == 0) {
		issuer_print(keys, &c, &doc);
		exchange_give(call->out, "credential", writer_view(&doc));
	}
	keyfile_free(keys);
	writer_clear(&text);
	writer_clear(&doc);
	return rc;
}

int
cmd_credential_list(const struct call *call)
{
	size_t n;

	options_operands(&call->options, "BIT", &n);
	if (options_has(&call->options, "raw"))
		return list(call);
	if (n > 0)
		return complain_usage("Without --raw the ledger tells them.",
			"No bits are given.");
	return cmd_status_list(call);
}

/* Presenting ****************************************************************/

static void
give_answer(const struct call *call, struct keyfile *keys,
	const struct query *q, struct bytes credential)
{
	uint8_t holder[CRYPT_KEY];
	struct integrity_proof proof;
	struct writer document = {0}, answer = {0};

	keyfile_copy_key(keys, KEYFILE_CURRENT, holder);
	presentation_begin(
		q, credential, holder, clock_now_s(), &proof, &document);
	issuer_sign(keys, writer_view(&document), &proof);
	presentation_end(q, writer_view(&document), &proof, &answer);
	exchange_give(call->out, "answer", writer_view(&answer));
	writer_clear(&document);
	writer_clear(&answer);
}

/* See that the holder's credential is what is asked for. */
static int
check_fit(const struct query *q, struct bytes credential,
	const struct credential *c, struct keyfile *keys)
{
	uint8_t key[CRYPT_KEY];

	if (!query_wants_type(q, credential) ||
		!query_has_claims(q, credential))
		return complain_no("Is there another credential?",
			"This credential does not show what is asked for.");
	keyfile_copy_key(keys, KEYFILE_CURRENT, key);
	if ((c->claims & FORM_BIT(CREDENTIAL_HAS_ID)) == 0 ||
		memcmp(key, c->claim[CREDENTIAL_HAS_ID].hash, CRYPT_KEY) != 0)
		return complain_no("Ask its issuer for one for this key.",
			"This credential is for another key.");
	return 0;
}

int
cmd_credential_present(const struct call *call)
{
	const struct options *o = &call->options;
	struct writer doc = {0}, ask = {0};
	struct keyfile *keys = NULL;
	struct credential c;
	struct query q;
	int rc;

	rc = read_credential(options_operand(o, "CREDENTIAL"), &doc, &c);
	if (rc == 0)
		rc = exchange_read(options_operand(o, "REQUEST"), &ask);
	if (rc == 0 && query_read(writer_view(&ask), &q) != VERDICT_OK)
		rc = complain_no("See specs/credentials.md, section 3.",
			"%s is no request that is understood.",
			options_operand(o, "REQUEST"));
	if (rc == 0)
		rc = unlock(call, &keys);
	if (rc == 0)
		rc = check_fit(&q, writer_view(&doc), &c, keys);
	if (rc == 0)
		give_answer(call, keys, &q, writer_view(&doc));
	keyfile_free(keys);
	writer_clear(&doc);
	writer_clear(&ask);
	return rc;
}
