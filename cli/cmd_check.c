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
#include "cli/credence.h"
#include "cli/exchange.h"
#include "cli/practice.h"
#include "cli/vouched.h"
#include "cli/when.h"

#define LISTS_MAX 8

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
	struct writer policy;  /* which trust borrows */
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
read_trust(const struct options *o, struct wanted *w)
{
	const char *path = options_value(o, "policy");

	if (path == NULL)
		return trust_keys(o, &w->trust);
	if (options_has(o, "trust") || options_has(o, "needed"))
		return complain_usage(
			"", "--policy stands alone; it names all keys.");
	return credence_read(path, &w->policy, &w->trust);
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
	if (read_trust(o, w) != 0)
		return -1;
	return read_lists(o, w);
}

static void
clear(struct wanted *w)
{
	writer_clear(&w->policy);
	writer_clear(&w->request);
	for (size_t i = 0; i < LISTS_MAX; i++)
		writer_clear(&w->lists[i]);
	mem_free(w);
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
	bool rehearsal = false;

	checklist_answer(call->out, answer);
	if (credential.len > 0) {
		rehearsal = practice_tell(call->out, practice_origin(c));
		output_give_bool(call->out, "rehearsal", rehearsal);
	}
	output_give_take(call->out, "checks",
		checklist_tell(call->out, verify_table(), v));
	if (rehearsal)
		practice_tell_clock(call->out, verify_table(), v);
	if (credential.len > 0) {
		vouched_tell_unchecked(call->out, v, c);
		vouched_tell(call->out, credential, c);
		if (call->out->json)
			exchange_give(call->out, "credential", credential);
	}
	if (answer == CHECKS_VALID)
		return 0;
	return complain_no("", "The answer is %s.", checks_answer_name(answer));
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
