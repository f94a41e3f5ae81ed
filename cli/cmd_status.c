#include "cli/cmd_status.h"

#include <fcntl.h>
#include <jansson.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/machine/clock.h"
#include "ballots/machine/files.h"
#include "ballots/record/statuslist.h"
#include "cli/complain.h"
#include "cli/exchange.h"
#include "cli/issuer.h"
#include "cli/making.h"
#include "cli/subject.h"

#define DAY_S 86400

const struct option cmd_status_list_options[] = {
	{"days", 0, false, "N",
		"how long it is fresh (preset: as long as the charter lets it "
		"be; 7 with --raw)"},
	{"purpose", 0, false, "PURPOSE",
		"revocation, as by itself, or suspension"},
	{"raw", 0, false, NULL, "ask no ledger: each BIT given is set"},
	{0},
};

const struct option cmd_status_again_options[] = {
	{"out", 'o', false, "DIR",
		"write them into this directory (preset: this one)"},
	{0},
};

/* Status lists **************************************************************/

/* The list and purpose that are wanted; *id is what it is called. */
static int
choose_list(const struct call *call, struct making *m,
	enum credential_purpose *purpose, struct writer *id)
{
	const char *name = options_operand(&call->options, "ID");
	const char *word = options_value(&call->options, "purpose");
	int i = CREDENTIAL_REVOCATION;

	while (word != NULL && i < CREDENTIAL_PURPOSE_COUNT &&
		strcmp(word, credential_purpose_name(
				     (enum credential_purpose)i)) != 0)
		i++;
	if (i == CREDENTIAL_PURPOSE_COUNT)
		return complain_usage("", "'%s' is no purpose.", word);
	*purpose = (enum credential_purpose)i;
	if (name == NULL)
		return making_put_list(m, *purpose, id);
	writer_put_string(id, name);
	for (size_t k = 0; k < m->book.n; k++)
		if (bytes_equal(m->book.all[k].credential.status[i].list,
			    bytes_of_string(name)))
			return 0;
	return complain_no("Leave it out for the present one.",
		"No credential issued here names the list '%s'.", name);
}

/* True when the bit of a credential is to be set in a list. */
static bool
is_set(const struct making *m, const struct book_entry *e,
	enum credential_purpose purpose)
{
	return purpose == CREDENTIAL_REVOCATION
		       ? bearer_revoked(m->look.world, &e->bearer)
		       : bearer_suspended(
				 m->look.world, &e->bearer, m->look.now_s);
}

static void
put_bits(const struct making *m, enum credential_purpose purpose,
	struct bytes id, struct writer *text)
{
	uint64_t size = book_bits(&m->book);
	struct writer bits = {0};
	uint8_t *zeros;

	for (size_t i = 0; i < m->book.n; i++)
		while (size <= m->book.all[i].bit)
			size *= 2;
	zeros = mem_new((size_t)size / 8);
	writer_put(&bits, bytes_of(zeros, (size_t)size / 8));
	mem_free(zeros);
	for (size_t i = 0; i < m->book.n; i++) {
		const struct book_entry *e = &m->book.all[i];

		if (bytes_equal(e->credential.status[purpose].list, id) &&
			is_set(m, e, purpose))
			statuslist_set(&bits, e->bit);
	}
	writer_put_u8(text, '"');
	statuslist_encode(writer_view(&bits), text);
	writer_put_u8(text, '"');
	writer_clear(&bits);
}

static int
list(const struct call *call, struct making *m)
{
	uint64_t ttl_s = m->look.world->charter.status_ttl_s;
	enum credential_purpose purpose = CREDENTIAL_REVOCATION;
	struct credential c = {.type = CREDENTIAL_STATUS_LIST};
	struct writer *id = &m->lists[0], *text = &m->claims;

	if (choose_list(call, m, &purpose, id) != 0 ||
		issuer_begin(call, m->look.desk.keys, ttl_s / DAY_S, &c) != 0)
		return -1;
	if (c.valid_until_s - c.valid_from_s > ttl_s)
		return complain_usage("Others must not rely on it for longer.",
			"The charter keeps a status list fresh for %llu days.",
			(unsigned long long)(ttl_s / DAY_S));
	put_bits(m, purpose, writer_view(id), text);
	credential_clear_status(&c);
	c.id = writer_view(id);
	c.claims = credential_required(c.type);
	c.claim[CREDENTIAL_HAS_ENCODED_LIST].span = writer_view(text);
	c.claim[CREDENTIAL_HAS_STATUS_PURPOSE].span =
		bytes_of_string(credential_purpose_name(purpose));
	c.claim[CREDENTIAL_HAS_KIND].span = BYTES("BitstringStatusList");
	issuer_print(m->look.desk.keys, &c, &m->doc);
	exchange_give(call->out, "credential", writer_view(&m->doc));
	return 0;
}

int
cmd_status_list(const struct call *call)
{
	struct making m;
	int rc = making_begin(call, &m);

	if (rc == 0)
		rc = list(call, &m);
	making_end(&m);
	return rc;
}

/* Issuing again *************************************************************/

/* The key in force of whom a credential is about, in good standing; or NULL. */
static const uint8_t *
key_of(const struct making *m, const struct book_entry *e)
{
	const struct world *w = m->look.world;
	uint32_t number = roster_find(&w->roster, e->bearer.holder);

	if (e->bearer.gateway)
		return bearer_gateway(w, e->bearer.holder)->key;
	return number == ROSTER_NONE ? NULL
				     : roster_get(&w->roster, number)->key;
}

/* True when it holds no more but for the key it was issued by or for. */
static bool
is_due(struct making *m, const struct book_entry *e)
{
	const struct world *w = m->look.world;
	uint8_t own[CRYPT_KEY];

	m->bearer = e->bearer;
	keyfile_copy_key(m->look.desk.keys, KEYFILE_CURRENT, own);
	if (e->replaced || e->credential.valid_until_s <= clock_now_s() ||
		(memcmp(e->credential.issuer, own, CRYPT_KEY) == 0 &&
			!bearer_revoked(w, &m->bearer)))
		return false;
	if (key_of(m, e) == NULL)
		return false;
	memcpy(m->bearer.key, key_of(m, e), CRYPT_KEY);
	return !bearer_revoked(w, &m->bearer) &&
	       !bearer_suspended(w, &m->bearer, m->look.now_s);
}

/* The same words for the new key, until the same day. */
static int
make_again(struct making *m, const struct book_entry *e)
{
	m->c = e->credential;
	m->c.valid_from_s = clock_now_s();
	keyfile_copy_key(m->look.desk.keys, KEYFILE_CURRENT, m->c.issuer);
	memcpy(m->c.claim[CREDENTIAL_HAS_ID].hash, m->bearer.key, CRYPT_KEY);
	return making_finish(m, e->bit);
}

/* Write it where whoever it is for can be given it. */
static int
hand_out(struct making *m, const struct book_entry *e, struct json_t *list)
{
	struct desk *d = &m->look.desk;
	const char *dir = options_value(&d->call->options, "out");
	struct writer path = {0}, who = {0};
	int rc;

	if (dir != NULL) {
		writer_put_string(&path, dir);
		writer_put_u8(&path, '/');
	}
	coding_put_hex(&path, bytes_of(e->bearer.holder, 8));
	writer_put_u8(&path, '-');
	writer_put_decimal(&path, m->c.status[CREDENTIAL_REVOCATION].index);
	writer_put_string(&path, ".json");
	rc = files_replace(AT_FDCWD, writer_string(&path), FILES_PRIVATE,
		writer_view(&m->doc));
	subject_put_member(d, e->bearer.holder, &who);
	if (rc == 0) {
		output_line(d->out, "%s for %s: %s",
			credential_type_name(m->c.type), writer_string(&who),
			writer_string(&path));
		json_array_append_new(list, json_string(writer_string(&path)));
	}
	writer_clear(&path);
	writer_clear(&who);
	return rc;
}

static int
again(const struct call *call, struct making *m)
{
	json_t *files = json_array();
	size_t n = m->book.n;
	int rc = lookup_need_registrar(&m->look);

	for (size_t i = 0; rc == 0 && i < n; i++) {
		const struct book_entry *e = &m->book.all[i];

		if (!is_due(m, e))
			continue;
		rc = make_again(m, e);
		if (rc == 0)
			rc = hand_out(m, e, files);
	}
	if (rc == 0 && json_array_size(files) == 0)
		output_line(call->out, "All that holds is for the keys in "
				       "force, and by yours.");
	else if (rc == 0)
		output_next(call->out, "union credential list (the earlier "
				       "ones are revoked in it)");
	output_give_take(call->out, "files", files);
	return rc;
}

int
cmd_status_again(const struct call *call)
{
	struct making m;
	int rc = making_begin(call, &m);

	if (rc == 0)
		rc = again(call, &m);
	making_end(&m);
	return rc;
}
