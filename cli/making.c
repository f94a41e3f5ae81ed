#include "cli/making.h"

#include "ballots/base/coding.h"
#include "cli/complain.h"
#include "cli/issuer.h"

int
making_begin(const struct call *call, struct making *m)
{
	*m = (struct making){0};
	if (lookup_open(call, &m->look) != 0)
		return -1;
	return book_read(&m->book, &m->look.desk.home);
}

void
making_end(struct making *m)
{
	writer_clear(&m->claims);
	writer_clear(&m->chapter);
	writer_clear(&m->doc);
	for (int i = 0; i < CREDENTIAL_PURPOSE_COUNT; i++)
		writer_clear(&m->lists[i]);
	for (int i = 0; i < LIMIT_RESOURCES; i++)
		writer_clear(&m->ids[i]);
	book_clear(&m->book);
	lookup_close(&m->look);
}

int
making_put_list(
	struct making *m, enum credential_purpose purpose, struct writer *out)
{
	const char *base = home_get(&m->look.desk.home, "status");
	uint8_t key[CRYPT_KEY];

	keyfile_copy_key(m->look.desk.keys, KEYFILE_CURRENT, key);
	if (base != NULL)
		writer_put_string(out, base);
	else
		coding_put_did(out, key);
	for (size_t i = 0; i < out->len; i++)
		if (out->data[i] <= ' ' || out->data[i] == '"' ||
			out->data[i] == '\\')
			return complain_usage(
				"Change it with: union settings status URL",
				"'%s' cannot be what a status list is called.",
				base);
	writer_put_string(out, base != NULL ? "/" : "/status/");
	writer_put_string(out, credential_purpose_name(purpose));
	if (out->len > LIMIT_CLAIM_BYTES)
		return complain_usage("", "The setting 'status' is too long.");
	return 0;
}

int
making_finish(struct making *m, uint64_t after)
{
	uint64_t bit;

	if (book_draw(&m->book, &bit) != 0)
		return -1;
	for (int i = 0; i < CREDENTIAL_PURPOSE_COUNT; i++) {
		struct writer *name = &m->lists[i];

		writer_rewind(name);
		if (making_put_list(m, (enum credential_purpose)i, name) != 0)
			return -1;
		m->c.status[i] =
			(struct credential_status){writer_view(name), bit};
	}
	writer_rewind(&m->doc);
	issuer_print(m->look.desk.keys, &m->c, &m->doc);
	return book_keep(&m->look.desk.home, writer_view(&m->doc), &m->bearer,
		bit, after);
}
