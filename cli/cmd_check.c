#include "cli/cmd_check.h"

#include <fcntl.h>
#include <jansson.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/machine/clock.h"
#include "ballots/machine/files.h"
#include "ballots/record/fields.h"
#include "ballots/record/jcs.h"
#include "ballots/record/utc.h"
#include "ballots/record/verify.h"
#include "cli/checklist.h"
#include "cli/complain.h"
#include "cli/exchange.h"
#include "cli/when.h"

#define POLICY_BYTES_MAX 65536
#define LISTS_MAX        8

const struct option cmd_check_options[] = {
	{"trust", 't', true, "DID", "believe what this key signs"},
	{"needed", 'k', false, "N", "how many of these must have signed; 1"},
	{"policy", 'p', false, "FILE", "believe those of a file instead"},
	{"request", 'r', false, "FILE", "the request that FILE answers"},
	{"list", 'l', true, "FILE", "a status list that is at hand"},
	{"at", 0, false, "TIME", "as of a time like 2026-11-23T18:49:05Z"},
	{0},
};

/* What the options say, and the files they name. */
struct wanted {
	struct trust trust;
	struct writer request; /* empty where there is none */
	struct writer lists[LISTS_MAX];
	struct bytes views[LISTS_MAX];
	size_t n_lists;
	uint64_t now_s;
};

/* Reading what is wanted ****************************************************/

static int
trust_key(struct trust *t, const char *did)
{
	uint8_t key[CRYPT_KEY];

	if (!coding_read_did(bytes_of_string(did), key) || !crypt_key_ok(key))
		return complain_usage(
			"", "'%s' is no key (did:key:z6Mk...).", did);
	for (int i = 0; i < CREDENTIAL_TYPE_COUNT; i++)
		if (trust_add(t, (enum credential_type)i, key) != VERDICT_OK)
			return complain_usage(
				"", "'%s' is given twice, or too many.", did);
	return 0;
}

/* Believe the keys of --trust for any type. */
static int
trust_keys(const struct options *o, struct trust *t)
{
	const char *did;
	uint64_t needed, n = 0;
	size_t at = 0;

	if (options_number(o, "needed", 1, LIMIT_PROOFS, 1, &needed) != 0)
		return -1;
	for (; (did = options_each(o, "trust", &at)) != NULL; n++)
		if (trust_key(t, did) != 0)
			return -1;
	if (n < needed)
		return complain_usage("Whom to believe is for you to know: "
				      "--trust DID, or --policy FILE.",
			"So many keys are not trusted.");
	for (int i = 0; i < CREDENTIAL_TYPE_COUNT; i++)
		t->of[i].needed = (size_t)needed;
	return 0;
}

static int
read_policy(const char *path, struct trust *t)
{
	struct writer text = {0};
	enum verdict v = VERDICT_OK;
	size_t line = 0;
	int rc = files_read(AT_FDCWD, path, POLICY_BYTES_MAX, &text);

	if (rc == 0)
		v = trust_parse(writer_view(&text), t, &line);
	writer_clear(&text);
	if (v == VERDICT_OK)
		return rc;
	return complain_usage("See specs/credentials.md, section 5.",
		"%s, line %zu: %s.", path, line, verdict_name(v));
}

static int
read_trust(const struct options *o, struct trust *t)
{
	const char *path = options_value(o, "policy");

	if (path == NULL)
		return trust_keys(o, t);
	if (options_has(o, "trust") || options_has(o, "needed"))
		return complain_usage(
			"", "--policy stands alone; it names all keys.");
	return read_policy(path, t);
}

static int
read_lists(const struct options *o, struct wanted *w)
{
	const char *path;
	size_t at = 0;

	while ((path = options_each(o, "list", &at)) != NULL) {
		struct writer *list = &w->lists[w->n_lists];

		if (w->n_lists == LISTS_MAX)
			return complain_usage("", "These are too many lists.");
		if (exchange_read(path, list) != 0)
			return -1;
		w->views[w->n_lists++] = writer_view(list);
	}
	return 0;
}

static int
read_wanted(const struct options *o, struct wanted *w)
{
	const char *at = options_value(o, "at");
	const char *request = options_value(o, "request");

	w->now_s = clock_now_s();
	if (at != NULL && !utc_read(bytes_of_string(at), &w->now_s))
		return complain_usage("It looks like 2026-11-23T18:49:05Z.",
			"'%s' is no time.", at);
	if (request != NULL && exchange_read(request, &w->request) != 0)
		return -1;
	if (read_trust(o, &w->trust) != 0)
		return -1;
	return read_lists(o, w);
}

static void
clear(struct wanted *w)
{
	writer_clear(&w->request);
	for (size_t i = 0; i < LISTS_MAX; i++)
		writer_clear(&w->lists[i]);
	mem_free(w);
}

/* Telling *******************************************************************/

/* What was not checked is said as plainly as what was. */
static void
tell_unchecked(
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

/* What it says, whether or not it is proven. */
static void
tell_content(struct output *out, struct bytes doc, const struct credential *c)
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
	if (out->json)
		exchange_give(out, "credential", doc);
	writer_clear(&issuer);
}

/* Checking ******************************************************************/

/* Check doc as what it is wanted for; *credential is what it is about. */
static int
check(struct bytes doc, const struct wanted *w, struct checks *v,
	struct credential *c, struct bytes *credential)
{
	const struct verify_with with = {
		&w->trust, w->now_s, w->views, w->n_lists};
	struct presentation p;
	struct query q;

	*credential = BYTES("");
	if (w->request.len == 0) {
		if (verify_credential(doc, &with, v, c))
			*credential = doc;
		return 0;
	}
	if (query_read(writer_view(&w->request), &q) != VERDICT_OK)
		return complain_usage("See specs/credentials.md, section 3.",
			"The request is none that is understood.");
	if (verify_presentation(doc, &q, &with, v, c) &&
		presentation_read(doc, &p) == VERDICT_OK)
		*credential = p.credential;
	return 0;
}

static int
tell(const struct call *call, const struct checks *v,
	const struct credential *c, struct bytes credential)
{
	enum checks_answer answer = verify_answer(v);
	const char *name = checks_answer_name(answer);

	output_line(call->out, "%s", name);
	output_give_string(call->out, "answer", name);
	checklist_tell(call->out, verify_table(), v);
	if (credential.len > 0) {
		tell_unchecked(call->out, v, c);
		tell_content(call->out, credential, c);
	}
	if (answer == CHECKS_VALID)
		return 0;
	return complain_no("", "The answer is %s.", name);
}

int
cmd_check_credential(const struct call *call)
{
	struct wanted *w = mem_new(sizeof(*w));
	struct writer doc = {0};
	struct checks v = {0};
	struct credential c;
	struct bytes credential;
	int rc;

	rc = read_wanted(&call->options, w);
	if (rc == 0)
		rc = exchange_read(
			options_operand(&call->options, "FILE"), &doc);
	if (rc == 0)
		rc = check(writer_view(&doc), w, &v, &c, &credential);
	if (rc == 0)
		rc = tell(call, &v, &c, credential);
	writer_clear(&doc);
	clear(w);
	return rc;
}
