#include "ballots/machine/texts.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/machine/files.h"
#include "ballots/record/text.h"

enum {
	FILE_BYTES = LIMIT_TEXT_SALT + LIMIT_TEXT_BYTES,
	NAME_BYTES = sizeof("texts/") + CODING_HEX_32,
};

struct texts {
	int dir; /* the one that texts/ lies in */
};

struct texts *
texts_open(const char *dir)
{
	struct texts *t = mem_new(sizeof(*t));

	t->dir = files_open_dir(dir);
	if (t->dir >= 0)
		return t;
	texts_close(t);
	return NULL;
}

void
texts_close(struct texts *t)
{
	if (t == NULL)
		return;
	files_close(t->dir);
	mem_free(t);
}

static void
name_of(const uint8_t hash[static CRYPT_HASH], char name[static NAME_BYTES])
{
	struct writer w = {0};

	writer_put_string(&w, "texts/");
	coding_put_hex(&w, bytes_of(hash, CRYPT_HASH));
	assert(w.len == NAME_BYTES - 1);
	memcpy(name, writer_string(&w), NAME_BYTES);
	writer_clear(&w);
}

int
texts_put(const struct texts *t, const uint8_t hash[static CRYPT_HASH],
	const uint8_t salt[static LIMIT_TEXT_SALT], struct bytes text)
{
	struct writer w = {0};
	char name[NAME_BYTES];
	int rc;

	name_of(hash, name);
	writer_put(&w, bytes_of(salt, LIMIT_TEXT_SALT));
	writer_put(&w, text);
	rc = files_write_once(t->dir, name, FILES_PUBLIC, writer_view(&w));
	writer_clear(&w);
	return rc;
}

static enum texts_state
check(struct bytes file, const uint8_t hash[static CRYPT_HASH])
{
	uint8_t found[CRYPT_HASH];

	if (file.len < LIMIT_TEXT_SALT)
		return TEXTS_DIFFERENT;
	text_hash(
		file.data, bytes_slice(file, LIMIT_TEXT_SALT, file.len), found);
	return memcmp(found, hash, CRYPT_HASH) == 0 ? TEXTS_HERE
						    : TEXTS_DIFFERENT;
}

enum texts_state
texts_copy(const struct texts *t, const uint8_t hash[static CRYPT_HASH],
	struct writer *out)
{
	enum texts_state state = TEXTS_MISSING;
	struct writer file = {0};
	char name[NAME_BYTES];

	name_of(hash, name);
	if (files_exist(t->dir, name) &&
		files_read(t->dir, name, FILE_BYTES, &file) == 0)
		state = check(writer_view(&file), hash);
	if (state == TEXTS_HERE)
		writer_put(out, writer_view(&file));
	writer_clear(&file);
	return state;
}

int
texts_erase(const struct texts *t, const uint8_t hash[static CRYPT_HASH])
{
	char name[NAME_BYTES];

	name_of(hash, name);
	return files_remove(t->dir, name);
}
