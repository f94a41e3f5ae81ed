#include "cli/book.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/base/reader.h"
#include "ballots/machine/files.h"
#include "ballots/machine/secret.h"
#include "ballots/record/fields.h"
#include "ballots/record/jcs.h"
#include "ballots/record/statuslist.h"
#include "cli/complain.h"

#define FOLDER     "issued"
#define LEAST_BITS ((uint64_t)STATUSLIST_LEAST * 8)
#define MOST_BITS  ((uint64_t)BOOK_MOST * 2)
#define FILE_BYTES (LIMIT_CREDENTIAL_BYTES + 1024)

/* Reading *******************************************************************/

static bool
decode(struct bytes file, struct book_entry *out)
{
	struct fields f = fields_of(file);
	struct bearer *s = &out->bearer;
	struct bytes credential;

	out->after = BOOK_NONE;
	if (fields_has(&f, "after"))
		out->after = (uint64_t)fields_int(
			&f, "after", 0, (int64_t)MOST_BITS - 1);
	s->of_chapter = fields_has(&f, "chapter");
	if (s->of_chapter)
		fields_id(&f, "chapter", s->chapter);
	credential = fields_value(&f, "credential");
	fields_id(&f, "holder", s->holder);
	if (!fields_done(&f) ||
		credential_read(credential, &out->credential) != VERDICT_OK ||
		(out->credential.claims & FORM_BIT(CREDENTIAL_HAS_ID)) == 0)
		return false;
	s->gateway = out->credential.type == CREDENTIAL_GATEWAY;
	memcpy(s->key, out->credential.claim[CREDENTIAL_HAS_ID].hash,
		CRYPT_KEY);
	return out->credential.status[CREDENTIAL_REVOCATION].index ==
		       out->bit &&
	       out->credential.status[CREDENTIAL_SUSPENSION].index == out->bit;
}

static int
read_entry(struct book *b, int dir, const char *name, uint64_t bit)
{
	struct book_entry *e;

	b->all = mem_grow(b->all, &b->cap, b->n + 1, sizeof(*b->all));
	e = &b->all[b->n++];
	*e = (struct book_entry){.bit = bit};
	if (files_read(dir, name, FILE_BYTES, &e->file) != 0)
		return -1;
	if (jcs_check(writer_view(&e->file)) == VERDICT_OK &&
		decode(writer_view(&e->file), e))
		return 0;
	return complain_cannot("Bring it back from a copy: without it, what "
			       "was issued cannot be revoked.",
		"Your file '" FOLDER "/%s' is damaged.", name);
}

static int
by_bit(const void *a, const void *b)
{
	uint64_t one = ((const struct book_entry *)a)->bit;
	uint64_t other = ((const struct book_entry *)b)->bit;

	return (one > other) - (one < other);
}

static struct book_entry *
find(const struct book *b, uint64_t bit)
{
	struct book_entry wanted = {.bit = bit};

	return b->n == 0 ? NULL
			 : bsearch(&wanted, b->all, b->n, sizeof(*b->all),
				   by_bit);
}

static void
mark_replaced(struct book *b)
{
	for (size_t i = 0; i < b->n; i++) {
		struct book_entry *before = find(b, b->all[i].after);

		if (before != NULL)
			before->replaced = true;
	}
}

int
book_read(struct book *b, const struct home *home)
{
	struct dirent *entry;
	uint64_t bit;
	DIR *entries;
	int dir, rc = 0;

	if (!files_exist(home->dir, FOLDER))
		return 0;
	dir = openat(home->dir, FOLDER, O_RDONLY | O_DIRECTORY);
	entries = dir < 0 ? NULL : fdopendir(dir);
	if (entries == NULL)
		return complain_cannot(
			"", "Your folder '" FOLDER "' cannot be read.");
	while (rc == 0 && (entry = readdir(entries)) != NULL)
		if (reader_decimal(bytes_of_string(entry->d_name),
			    MOST_BITS - 1, &bit))
			rc = read_entry(b, dir, entry->d_name, bit);
	closedir(entries);
	if (b->n > 1)
		qsort(b->all, b->n, sizeof(*b->all), by_bit);
	mark_replaced(b);
	return rc;
}

void
book_clear(struct book *b)
{
	for (size_t i = 0; i < b->n; i++)
		writer_clear(&b->all[i].file);
	mem_free(b->all);
	mem_free(b->drawn);
	*b = (struct book){0};
}

/* Writing *******************************************************************/

uint64_t
book_bits(const struct book *b)
{
	uint64_t bits = LEAST_BITS;

	while (bits < 2 * (uint64_t)(b->n + b->n_drawn))
		bits *= 2;
	return bits;
}

static bool
is_taken(const struct book *b, uint64_t bit)
{
	for (size_t i = 0; i < b->n_drawn; i++)
		if (b->drawn[i] == bit)
			return true;
	return find(b, bit) != NULL;
}

int
book_draw(struct book *b, uint64_t *bit)
{
	uint32_t chance;

	if (b->n + b->n_drawn >= BOOK_MOST)
		return complain_no("Begin another one, with a folder and a key "
				   "of its own.",
			"This book of credentials is full.");
	do {
		secret_draw(&chance, sizeof(chance));
		*bit = chance % book_bits(b); /* a power of two */
	} while (is_taken(b, *bit));
	b->drawn = mem_grow(
		b->drawn, &b->drawn_cap, b->n_drawn + 1, sizeof(*b->drawn));
	b->drawn[b->n_drawn++] = *bit;
	return 0;
}

int
book_keep(const struct home *home, struct bytes credential,
	const struct bearer *s, uint64_t bit, uint64_t after)
{
	struct writer file = {0};
	struct jcs_printer p = jcs_printer_of(&file);
	char name[40];
	int rc;

	jcs_begin_object(&p);
	if (after != BOOK_NONE) {
		jcs_key(&p, "after");
		jcs_int(&p, (int64_t)after);
	}
	if (s->of_chapter) {
		jcs_key(&p, "chapter");
		jcs_id(&p, s->chapter);
	}
	jcs_key(&p, "credential");
	jcs_raw(&p, credential);
	jcs_key(&p, "holder");
	jcs_id(&p, s->holder);
	jcs_end_object(&p);
	snprintf(name, sizeof(name), FOLDER "/%llu", (unsigned long long)bit);
	rc = files_write_once(
		home->dir, name, FILES_PRIVATE, writer_view(&file));
	writer_clear(&file);
	return rc;
}
