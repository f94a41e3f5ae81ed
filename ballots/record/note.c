#include "ballots/record/note.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/reader.h"
#include "ballots/base/utf8.h"

#define EM_DASH     BYTES("\xe2\x80\x94 ")
#define KEY_BYTES   (1 + CRYPT_KEY)           /* type and key */
#define SIG_BYTES   (NOTE_ID + CRYPT_SIG)     /* id and signature */
#define COSIG_BYTES (NOTE_ID + 8 + CRYPT_SIG) /* with the time */
#define ANY_SIG_MIN (NOTE_ID + 1)

/* Every space of Unicode, and the plus that parts a vkey. */
static const char *const not_in_names[] = {"\t", "\n", " ", "+", "\u00a0",
	"\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005",
	"\u2006", "\u2007", "\u2008", "\u2009", "\u200a", "\u202f", "\u205f",
	"\u3000"};

static bool
holds(struct bytes text, struct bytes part)
{
	for (size_t i = 0; i + part.len <= text.len; i++)
		if (bytes_start_with(bytes_slice(text, i, part.len), part))
			return true;
	return false;
}

static bool
name_ok(struct bytes name)
{
	if (name.len == 0 || utf8_check(name) != VERDICT_OK)
		return false;
	for (size_t i = 0; i < sizeof(not_in_names) / sizeof(char *); i++)
		if (holds(name, bytes_of_string(not_in_names[i])))
			return false;
	return true;
}

static void
key_bytes(enum note_kind kind, const uint8_t key[static CRYPT_KEY],
	uint8_t out[static KEY_BYTES])
{
	out[0] = (uint8_t)kind;
	memcpy(out + 1, key, CRYPT_KEY);
}

enum verdict
note_make_key(struct bytes name, enum note_kind kind,
	const uint8_t key[static CRYPT_KEY], struct note_key *out)
{
	struct note_key made = {.kind = kind};
	uint8_t typed[KEY_BYTES] = {0}, hash[CRYPT_HASH];
	const struct bytes parts[] = {
		name, BYTES("\n"), bytes_of(typed, KEY_BYTES)};

	if (name.len > LIMIT_KEY_NAME || !name_ok(name))
		return VERDICT_MALFORMED;
	if (!crypt_key_ok(key))
		return VERDICT_BAD_KEY;
	key_bytes(kind, key, typed);
	crypt_hash_parts(parts, 3, hash);
	memcpy(made.name, name.data, name.len);
	memcpy(made.id, hash, NOTE_ID);
	memcpy(made.key, key, CRYPT_KEY);
	*out = made;
	return VERDICT_OK;
}

enum verdict
note_parse_key(struct bytes text, struct note_key *out)
{
	struct bytes rest = text;
	struct bytes name = bytes_cut(&rest, '+');
	struct bytes hex = bytes_cut(&rest, '+');
	uint8_t id[NOTE_ID], typed[KEY_BYTES];
	struct note_key key;
	enum verdict v;

	if (!coding_read_hex(hex, id, NOTE_ID))
		return VERDICT_MALFORMED;
	if (!coding_read_base64(rest, typed, KEY_BYTES) ||
		(typed[0] != NOTE_ED25519 && typed[0] != NOTE_COSIGNATURE))
		return VERDICT_BAD_KEY;
	v = note_make_key(name, typed[0], typed + 1, &key);
	if (v != VERDICT_OK)
		return v;
	if (memcmp(id, key.id, NOTE_ID) != 0)
		return VERDICT_BAD_KEY;
	*out = key;
	return VERDICT_OK;
}

void
note_print_key(const struct note_key *key, struct writer *w)
{
	uint8_t typed[KEY_BYTES];

	key_bytes(key->kind, key->key, typed);
	writer_put_string(w, key->name);
	writer_put_u8(w, '+');
	coding_put_hex(w, bytes_of(key->id, NOTE_ID));
	writer_put_u8(w, '+');
	coding_put_base64(w, bytes_of(typed, KEY_BYTES));
}

/* text is one line, without its newline. */
static bool
parse_line(struct bytes text, struct note_line *out)
{
	struct note_line line = {.key = NULL};
	uint8_t sig[LIMIT_SIG_BYTES];
	size_t len;

	if (!bytes_skip(&text, EM_DASH))
		return false;
	line.name = bytes_cut(&text, ' ');
	line.sig = text;
	if (!name_ok(line.name) ||
		!coding_read_base64_upto(text, sig, sizeof(sig), &len) ||
		len < ANY_SIG_MIN)
		return false;
	memcpy(line.id, sig, NOTE_ID);
	*out = line;
	return true;
}

/* UTF-8 and no control character but newline. */
static bool
letters_ok(struct bytes in)
{
	return bytes_find(in, '\t') == in.len && utf8_check(in) == VERDICT_OK;
}

/* The text ends, and the signatures begin, at the last empty line. */
static bool
split_note(struct bytes in, struct bytes *text, struct bytes *lines)
{
	size_t at = in.len;

	while (at >= 2 && (in.data[at - 1] != '\n' || in.data[at - 2] != '\n'))
		at--;
	*text = bytes_slice(in, 0, at - 1);
	*lines = bytes_slice(in, at, in.len);
	return at >= 2 && lines->len > 0 && in.data[in.len - 1] == '\n';
}

enum verdict
note_parse(struct bytes in, struct note *out)
{
	struct note note = {.n_lines = 0};
	struct bytes lines;

	if (in.len > LIMIT_NOTE_BYTES)
		return VERDICT_TOO_LARGE;
	if (!letters_ok(in) || !split_note(in, &note.text, &lines))
		return VERDICT_MALFORMED;
	while (lines.len > 0)
		if (note.n_lines == LIMIT_NOTE_LINES ||
			!parse_line(bytes_cut(&lines, '\n'),
				&note.lines[note.n_lines++]))
			return VERDICT_MALFORMED;
	*out = note;
	return VERDICT_OK;
}

/* What is signed in front of the text. */
static void
put_purpose(const struct note_key *key, uint64_t time_s, struct writer *w)
{
	if (key->kind == NOTE_ED25519)
		return;
	writer_put(w, BYTES("cosignature/v1\ntime "));
	writer_put_decimal(w, time_s);
	writer_put_u8(w, '\n');
}

/* Check that line is key's, and take its time from it. */
static bool
check_line(
	const struct note_key *key, struct bytes text, struct note_line *line)
{
	size_t want = key->kind == NOTE_ED25519 ? SIG_BYTES : COSIG_BYTES;
	struct writer purpose = {0};
	uint8_t sig[COSIG_BYTES];
	struct reader r;
	size_t len;
	bool ok;

	if (!coding_read_base64_upto(line->sig, sig, sizeof(sig), &len) ||
		len != want)
		return false;
	r = reader_of(bytes_of(sig, len));
	(void)reader_bytes(&r, NOTE_ID);
	if (key->kind == NOTE_COSIGNATURE)
		line->time_s = reader_u64(&r);
	put_purpose(key, line->time_s, &purpose);
	ok = line->time_s <= INT64_MAX &&
	     crypt_verify(key->key, writer_view(&purpose), text, r.rest.data);
	writer_clear(&purpose);
	if (ok)
		line->key = key;
	return ok;
}

static bool
is_of(const struct note_line *line, const struct note_key *key)
{
	return memcmp(line->id, key->id, NOTE_ID) == 0 &&
	       bytes_equal(line->name, bytes_of_string(key->name));
}

/* The known key that a line names, in *out; NULL when it names none. */
static enum verdict
find_key(const struct note_line *line, const struct note_key *keys,
	size_t n_keys, const struct note_key **out)
{
	*out = NULL;
	for (size_t i = 0; i < n_keys; i++) {
		if (!is_of(line, &keys[i]))
			continue;
		if (*out != NULL)
			return VERDICT_BAD_KEY;
		*out = &keys[i];
	}
	return VERDICT_OK;
}

enum verdict
note_open(struct bytes in, const struct note_key *keys, size_t n_keys,
	struct note *out)
{
	struct note note, kept;
	bool signed_by_one = false;
	enum verdict v = note_parse(in, &note);

	if (v != VERDICT_OK)
		return v;
	kept.text = note.text;
	kept.n_lines = 0;
	for (size_t i = 0; i < note.n_lines; i++) {
		struct note_line *line = &note.lines[i];
		const struct note_key *key;

		v = find_key(line, keys, n_keys, &key);
		if (v != VERDICT_OK)
			return v;
		if (key != NULL && note_line_of(&kept, key) != NULL)
			continue;
		if (key != NULL && !check_line(key, note.text, line))
			return VERDICT_BAD_SIGNATURE;
		kept.lines[kept.n_lines++] = *line;
		signed_by_one = signed_by_one || key != NULL;
	}
	if (!signed_by_one)
		return VERDICT_UNKNOWN_SIGNER;
	*out = kept;
	return VERDICT_OK;
}

const struct note_line *
note_line_of(const struct note *note, const struct note_key *key)
{
	for (size_t i = 0; i < note->n_lines; i++)
		if (note->lines[i].key == key)
			return &note->lines[i];
	return NULL;
}

void
note_begin(struct bytes text, struct writer *w)
{
	assert(text.len > 0 && text.data[text.len - 1] == '\n');
	writer_put(w, text);
	writer_put_u8(w, '\n');
}

void
note_sign(struct bytes text, const struct note_key *key,
	const uint8_t secret[static CRYPT_SECRET], uint64_t time_s,
	struct writer *w)
{
	struct writer purpose = {0}, sig = {0};
	uint8_t raw[CRYPT_SIG];

	assert(time_s <= INT64_MAX);
	put_purpose(key, time_s, &purpose);
	crypt_sign(secret, writer_view(&purpose), text, raw);
	writer_put(&sig, bytes_of(key->id, NOTE_ID));
	if (key->kind == NOTE_COSIGNATURE)
		writer_put_u64(&sig, time_s);
	writer_put(&sig, bytes_of(raw, CRYPT_SIG));

	writer_put(w, EM_DASH);
	writer_put_string(w, key->name);
	writer_put_u8(w, ' ');
	coding_put_base64(w, writer_view(&sig));
	writer_put_u8(w, '\n');
	writer_clear(&purpose);
	writer_clear(&sig);
}
