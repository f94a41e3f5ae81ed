#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/record/note.h"
#include "tests/lib/signer.h"
#include "tests/lib/vectors.h"

/* From golang/mod, sumdb/note/note_test.go. */
#define NEUMANN                                                                \
	"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
#define ENOCH          "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
#define NEUMANN_SECRET "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
#define TEXT                                                                   \
	"If you think cryptography is the answer to your problem,\n"           \
	"then you don't know what your problem is.\n"
#define NEUMANN_LINE                                                           \
	"\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuG" \
	"UgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"

static struct note_key
parse_key(const char *text)
{
	struct note_key key;

	assert_int_equal(
		note_parse_key(bytes_of_string(text), &key), VERDICT_OK);
	return key;
}

static void
a_key_goes_to_text_and_back(void **state)
{
	static const char *const texts[] = {NEUMANN, ENOCH,
		"example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcr"
		"nKv3U2k",
		"witness.example.org+b8a2cf20+BFLN3yikSfFkVAJtrnh/CiY3Zozkoy7cl"
		"p+P7XB28qUN"};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct note_key key = parse_key(texts[i]);
		struct writer w = {0};

		note_print_key(&key, &w);
		assert_string_equal(writer_string(&w), texts[i]);
		writer_clear(&w);
	}
}

static void
a_key_that_is_not_what_it_says_is_refused(void **state)
{
	static const char *const bad[] = {"", "+", "a+b+c", "PeterNeumann",
		/* longer, of another type, of another id or name */
		"PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izW"
		"y10TWBADKEY==",
		"PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izW"
		"y10TW",
		"PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izW"
		"y10TW",
		"PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izW"
		"y10TW",
		"Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4iz"
		"Wy10TW",
		"+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"};
	struct note_key key;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_not_equal(
			note_parse_key(bytes_of_string(bad[i]), &key),
			VERDICT_OK);
}

static void
a_name_has_no_space_and_no_plus(void **state)
{
	static const char *const bad[] = {"", "a b", "a+b", "a\tb", "a\n",
		"a\u00a0b", "a\u3000", "\u2009", "a\xc2\x85", "\xff", "\u2028"};
	struct signer s = signer_named("good.example/\u00e9", NOTE_ED25519);
	struct note_key key;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(note_make_key(bytes_of_string(bad[i]),
					 NOTE_ED25519, s.key.key, &key),
			VERDICT_MALFORMED);
}

static void
a_key_must_be_a_proper_point(void **state)
{
	uint8_t zero[CRYPT_KEY] = {0};
	struct note_key key;

	(void)state;
	assert_int_equal(note_make_key(BYTES("zero"), NOTE_ED25519, zero, &key),
		VERDICT_BAD_KEY);
}

static void
signing_gives_the_published_note(void **state)
{
	struct note_key key = parse_key(NEUMANN);
	uint8_t typed[33], public[CRYPT_KEY], secret[CRYPT_SECRET];
	struct writer w = {0};

	(void)state;
	assert_true(coding_read_base64(BYTES(NEUMANN_SECRET), typed, 33));
	crypt_pair(typed + 1, public, secret);
	assert_memory_equal(public, key.key, CRYPT_KEY);
	note_begin(BYTES(TEXT), &w);
	note_sign(BYTES(TEXT), &key, secret, 0, &w);
	assert_string_equal(writer_string(&w), TEXT "\n" NEUMANN_LINE);
	writer_clear(&w);
}

static void
a_note_is_opened_with_a_known_key(void **state)
{
	struct note_key keys[] = {parse_key(ENOCH), parse_key(NEUMANN)};
	struct note note;

	(void)state;
	assert_int_equal(
		note_open(BYTES(TEXT "\n" NEUMANN_LINE), keys, 2, &note),
		VERDICT_OK);
	assert_true(bytes_equal(note.text, BYTES(TEXT)));
	assert_int_equal(note.n_lines, 1);
	assert_non_null(note_line_of(&note, &keys[1]));
	assert_null(note_line_of(&note, &keys[0]));
	assert_int_equal(
		note_open(BYTES(TEXT "\n" NEUMANN_LINE), keys, 1, &note),
		VERDICT_UNKNOWN_SIGNER);
}

static void
a_note_that_was_changed_is_refused(void **state)
{
	struct note_key key = parse_key(NEUMANN);
	struct writer w = {0};
	struct note note;

	(void)state;
	writer_put(&w, BYTES(TEXT "\n" NEUMANN_LINE));
	for (size_t i = 0; i < w.len; i++) {
		w.data[i] ^= 1;
		assert_int_not_equal(
			note_open(writer_view(&w), &key, 1, &note), VERDICT_OK);
		w.data[i] ^= 1;
		assert_int_not_equal(
			note_open(bytes_of(w.data, i), &key, 1, &note),
			VERDICT_OK);
	}
	assert_int_equal(
		note_open(writer_view(&w), &key, 1, &note), VERDICT_OK);
	writer_clear(&w);
}

static void
a_cosignature_states_its_time(void **state)
{
	struct signer s = signer_named("w.example", NOTE_COSIGNATURE);
	struct writer w = {0};
	struct note note;

	(void)state;
	note_begin(BYTES(TEXT), &w);
	note_sign(BYTES(TEXT), &s.key, s.secret, INT64_MAX, &w);
	assert_int_equal(
		note_open(writer_view(&w), &s.key, 1, &note), VERDICT_OK);
	assert_int_equal(note_line_of(&note, &s.key)->time_s, INT64_MAX);
	writer_clear(&w);
}

static void
a_signature_of_one_kind_is_none_of_the_other(void **state)
{
	struct signer as_log = signer_named("same.example", NOTE_ED25519);
	struct signer as_witness =
		signer_named("same.example", NOTE_COSIGNATURE);
	struct writer w = {0};
	struct note note;

	(void)state;
	assert_memory_not_equal(as_log.key.id, as_witness.key.id, NOTE_ID);
	memcpy(as_witness.key.id, as_log.key.id, NOTE_ID);
	note_begin(BYTES(TEXT), &w);
	note_sign(BYTES(TEXT), &as_log.key, as_log.secret, 0, &w);
	assert_int_equal(note_open(writer_view(&w), &as_witness.key, 1, &note),
		VERDICT_BAD_SIGNATURE);
	writer_clear(&w);
}

static void
a_note_beyond_the_limit_is_not_read(void **state)
{
	struct writer w = {0};
	struct note note;

	(void)state;
	while (w.len <= LIMIT_NOTE_BYTES - strlen(NEUMANN_LINE) - 1)
		writer_put_u8(&w, 'a');
	writer_put_string(&w, "\n\n" NEUMANN_LINE);
	assert_int_equal(note_parse(writer_view(&w), &note), VERDICT_TOO_LARGE);
	writer_clear(&w);
}

/* How many different lines of an opened note no known key has signed. */
static size_t
count_unverified(const struct note *note)
{
	size_t n = 0;

	for (size_t i = 0; i < note->n_lines; i++) {
		size_t k = 0;

		while (!bytes_equal(note->lines[k].sig, note->lines[i].sig))
			k++;
		n += note->lines[i].key == NULL && k == i;
	}
	return n;
}

static size_t
count_verified(const struct note *note)
{
	size_t n = 0;

	for (size_t i = 0; i < note->n_lines; i++)
		n += note->lines[i].key != NULL;
	return n;
}

static void
compare_opened(const struct note *note, const json_t *test)
{
	const json_t *names = json_object_get(test, "verified");

	assert_int_equal(
		count_unverified(note), vectors_number(test, "unverified"));
	assert_int_equal(count_verified(note), json_array_size(names));
	for (size_t i = 0, k = 0; i < note->n_lines; i++)
		if (note->lines[i].key != NULL)
			assert_string_equal(note->lines[i].key->name,
				json_string_value(json_array_get(names, k++)));
}

static void
open_vector(const json_t *test)
{
	static const struct {
		const char *want;
		enum verdict verdict;
	} wants[] = {
		{"ok", VERDICT_OK},
		{"malformed", VERDICT_MALFORMED},
		{"unverified", VERDICT_UNKNOWN_SIGNER},
		{"invalid signature", VERDICT_BAD_SIGNATURE},
		{"ambiguous key", VERDICT_BAD_KEY},
	};
	const json_t *known = json_object_get(test, "known");
	struct bytes base64 = vectors_text(test, "note_b64");
	static uint8_t in[16384];
	struct note_key keys[8];
	struct note note;
	enum verdict v;
	size_t len;

	for (size_t i = 0; i < json_array_size(known); i++)
		keys[i] =
			parse_key(json_string_value(json_array_get(known, i)));
	assert_true(coding_read_base64_upto(base64, in, sizeof(in), &len));
	v = note_open(bytes_of(in, len), keys, json_array_size(known), &note);
	for (size_t i = 0; i < sizeof(wants) / sizeof(wants[0]); i++)
		if (bytes_equal(vectors_text(test, "want"),
			    bytes_of_string(wants[i].want)))
			assert_int_equal(v, wants[i].verdict);
	if (v == VERDICT_OK)
		compare_opened(&note, test);
	else
		assert_false(
			bytes_equal(vectors_text(test, "want"), BYTES("ok")));
}

static void
published_notes_open_as_published(void **state)
{
	json_t *root = vectors_json(VECTORS_SHARED "note/note.json");
	json_t *tests = json_object_get(root, "open");
	json_t *test;
	size_t i;

	(void)state;
	assert_int_equal(json_array_size(tests), 16);
	json_array_foreach(tests, i, test) open_vector(test);
	json_decref(root);
}

static void
the_example_of_the_specification_opens(void **state)
{
	struct note_key key = parse_key("example.com/foo+530d903a+"
					"AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYc"
					"rnKv3U2k");
	struct writer w = {0};
	struct note note;

	(void)state;
	vectors_get(VECTORS_SHARED "note/c2sp-example.note", &w);
	assert_int_equal(
		note_open(writer_view(&w), &key, 1, &note), VERDICT_OK);
	assert_true(
		bytes_equal(note.text, BYTES("This is an example message.\n")));
	writer_clear(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_goes_to_text_and_back),
		cmocka_unit_test(a_key_that_is_not_what_it_says_is_refused),
		cmocka_unit_test(a_name_has_no_space_and_no_plus),
		cmocka_unit_test(a_key_must_be_a_proper_point),
		cmocka_unit_test(signing_gives_the_published_note),
		cmocka_unit_test(a_note_is_opened_with_a_known_key),
		cmocka_unit_test(a_note_that_was_changed_is_refused),
		cmocka_unit_test(a_cosignature_states_its_time),
		cmocka_unit_test(a_signature_of_one_kind_is_none_of_the_other),
		cmocka_unit_test(a_note_beyond_the_limit_is_not_read),
		cmocka_unit_test(published_notes_open_as_published),
		cmocka_unit_test(the_example_of_the_specification_opens),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
