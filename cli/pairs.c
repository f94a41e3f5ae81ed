#include "cli/pairs.h"

#include <string.h>

#include "ballots/base/mem.h"
#include "cli/plain.h"

void
pairs_clear(struct pairs *p)
{
	for (size_t i = 0; i < p->n; i++) {
		mem_free(p->all[i].key);
		mem_free(p->all[i].value);
	}
	mem_free(p->all);
	*p = (struct pairs){0};
}

static bool
key_ok(struct bytes key)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-.";

	for (size_t i = 0; i < key.len; i++)
		if (key.data[i] == 0 || strchr(letters, key.data[i]) == NULL)
			return false;
	return key.len > 0 && key.len <= PAIRS_KEY_BYTES;
}

static bool
value_ok(struct bytes value)
{
	return value.len > 0 && value.len <= PAIRS_VALUE_BYTES &&
	       plain_is_safe(value);
}

/* Where key stands, or p->n. */
static size_t
find(const struct pairs *p, struct bytes key)
{
	size_t i = 0;

	while (i < p->n && !bytes_equal(key, bytes_of_string(p->all[i].key)))
		i++;
	return i;
}

bool
pairs_set(struct pairs *p, struct bytes key, struct bytes value)
{
	size_t at = find(p, key);

	if (!key_ok(key) || !value_ok(value))
		return false;
	p->all = mem_grow(p->all, &p->cap, at + 1, sizeof(*p->all));
	if (at == p->n) {
		p->all[at].key = mem_copy(key.data, key.len);
		p->n++;
	} else {
		mem_free(p->all[at].value);
	}
	p->all[at].value = mem_copy(value.data, value.len);
	return true;
}

bool
pairs_remove(struct pairs *p, struct bytes key)
{
	size_t at = find(p, key);

	if (at == p->n)
		return false;
	mem_free(p->all[at].key);
	mem_free(p->all[at].value);
	p->n--;
	memmove(&p->all[at], &p->all[at + 1], (p->n - at) * sizeof(*p->all));
	return true;
}

size_t
pairs_decode(struct bytes file, struct pairs *p)
{
	for (size_t line = 1; file.len > 0; line++) {
		struct bytes value = bytes_cut(&file, '\n');
		struct bytes key;

		if (value.len == 0 || value.data[0] == '#')
			continue;
		key = bytes_cut(&value, ' ');
		if (find(p, key) < p->n || !pairs_set(p, key, value))
			return line;
	}
	return 0;
}

void
pairs_encode(const struct pairs *p, struct writer *w)
{
	for (size_t i = 0; i < p->n; i++) {
		writer_put_string(w, p->all[i].key);
		writer_put_u8(w, ' ');
		writer_put_string(w, p->all[i].value);
		writer_put_u8(w, '\n');
	}
}

const char *
pairs_get(const struct pairs *p, struct bytes key)
{
	size_t at = find(p, key);

	return at == p->n ? NULL : p->all[at].value;
}

const char *
pairs_key_of(const struct pairs *p, struct bytes value)
{
	for (size_t i = 0; i < p->n; i++)
		if (bytes_equal(value, bytes_of_string(p->all[i].value)))
			return p->all[i].key;
	return NULL;
}
