#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <sys/stat.h>

#include "ballots/machine/files.h"
#include "cli/complain.h"
#include "cli/keyfile.h"
#include "tests/lib/place.h"

#define PASSPHRASE BYTES("correct horse battery")

static void
assert_status(enum complain_status status)
{
	const char *sentence, *hint;

	assert_int_equal(complain_last(&sentence, &hint), status);
}

static void
keys_are_read_back_with_their_passphrase_only(void **state)
{
	struct keyfile *keys = keyfile_new(), *back = NULL;
	uint8_t key[2][CRYPT_KEY], next[2][CRYPT_HASH], id[CRYPT_HASH] = {7};
	int dir = files_open_dir(*state);
	struct stat about;

	assert_int_equal(keyfile_read(dir, "key", PASSPHRASE, &back), -1);
	assert_status(COMPLAIN_CANNOT);
	assert_false(keyfile_copy_member(keys, key[0]));
	keyfile_set_member(keys, id);
	assert_int_equal(keyfile_write(keys, dir, "key", PASSPHRASE), 0);
	assert_int_equal(fstatat(dir, "key", &about, 0), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	assert_int_equal(
		keyfile_read(dir, "key", BYTES("Correct horse"), &back), -1);
	assert_status(COMPLAIN_NO);
	assert_null(back);
	assert_int_equal(keyfile_read(dir, "key", PASSPHRASE, &back), 0);
	keyfile_copy_key(keys, KEYFILE_CURRENT, key[0]);
	keyfile_copy_key(back, KEYFILE_CURRENT, key[1]);
	assert_memory_equal(key[0], key[1], CRYPT_KEY);
	keyfile_commit(keys, next[0]);
	keyfile_commit(back, next[1]);
	assert_memory_equal(next[0], next[1], CRYPT_HASH);
	assert_true(keyfile_copy_member(back, key[0]));
	assert_memory_equal(key[0], id, CRYPT_HASH);
	keyfile_free(keys);
	keyfile_free(back);
	files_close(dir);
}

static void
the_file_shows_neither_key_nor_member(void **state)
{
	struct keyfile *keys = keyfile_new();
	uint8_t id[CRYPT_HASH];
	struct writer file[2] = {{0}};
	struct keyfile_form form[2];
	int dir = files_open_dir(*state);

	memset(id, 'x', sizeof(id));
	keyfile_set_member(keys, id);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(
			keyfile_write(keys, dir, "key", PASSPHRASE), 0);
		assert_int_equal(files_read(dir, "key", 2000, &file[i]), 0);
		assert_true(keyfile_decode(writer_view(&file[i]), &form[i]));
	}
	/* Nothing is alike in two files of the same keys. */
	assert_memory_not_equal(form[0].salt, form[1].salt, KEYFILE_SALT);
	assert_memory_not_equal(form[0].nonce, form[1].nonce, KEYFILE_NONCE);
	for (size_t i = 0; i + 8 <= KEYFILE_BOX; i += 8)
		assert_memory_not_equal(form[0].box + i, form[1].box + i, 8);
	writer_clear(&file[0]);
	writer_clear(&file[1]);
	keyfile_free(keys);
	files_close(dir);
}

static void
signatures_hold_under_the_key_in_force(void **state)
{
	struct keyfile *keys = keyfile_new();
	uint8_t key[CRYPT_KEY], sig[CRYPT_SIG];

	(void)state;
	keyfile_sign(keys, BYTES("purpose\n"), BYTES("act"), sig);
	keyfile_copy_key(keys, KEYFILE_CURRENT, key);
	assert_true(crypt_verify(key, BYTES("purpose\n"), BYTES("act"), sig));
	keyfile_copy_key(keys, KEYFILE_NEXT, key);
	assert_false(crypt_verify(key, BYTES("purpose\n"), BYTES("act"), sig));
	keyfile_free(keys);
}

static void
a_rotation_keeps_what_was_promised(void **state)
{
	struct keyfile *keys = keyfile_new();
	uint8_t promised[CRYPT_HASH], then[CRYPT_HASH], again[CRYPT_HASH];
	uint8_t next[CRYPT_KEY], key[CRYPT_KEY], hash[CRYPT_HASH];
	struct bytes parts[] = {
		BYTES("union-key/v1\n"), bytes_of(next, sizeof(next))};

	(void)state;
	keyfile_commit(keys, promised);
	keyfile_copy_key(keys, KEYFILE_NEXT, next);
	crypt_hash_parts(parts, 2, hash);
	assert_memory_equal(hash, promised, CRYPT_HASH);
	keyfile_prepare(keys, then);
	keyfile_prepare(keys, again);
	assert_memory_equal(then, again, CRYPT_HASH);
	keyfile_rotate(keys);
	keyfile_copy_key(keys, KEYFILE_CURRENT, key);
	assert_memory_equal(key, next, CRYPT_KEY);
	keyfile_commit(keys, again);
	assert_memory_equal(then, again, CRYPT_HASH);
	keyfile_free(keys);
}

static void
a_rotation_under_way_survives_in_the_file(void **state)
{
	struct keyfile *keys = keyfile_new(), *back;
	uint8_t then[CRYPT_HASH], again[CRYPT_HASH];
	int dir = files_open_dir(*state);

	keyfile_prepare(keys, then);
	assert_int_equal(keyfile_write(keys, dir, "key", PASSPHRASE), 0);
	assert_int_equal(keyfile_read(dir, "key", PASSPHRASE, &back), 0);
	keyfile_prepare(back, again);
	assert_memory_equal(then, again, CRYPT_HASH);
	keyfile_free(keys);
	keyfile_free(back);
	files_close(dir);
}

static const char good[] =
	"union-key/v1\n"
	"argon2id 3 65536\n"
	"salt 4Qn+dumH4YjifrklXqjiaA==\n"
	"nonce lYIrOvaNkecYmjB/ItlYnilcPlE5NF2s\n"
	"box /KR6iiN+hPpzSRHreBnUPUTt0XoZu3Z8ngmFc+DS2TJExUsHwR1rX1B7CYx2CQ"
	"ohBqCoogMbWXpMd/w8HIOHuwRq4/kGccaN/D68Zx+yHo+Nn15yzHhR53GGfMTh2WAm"
	"+k4AwFEEHosVgyQEI6iEs/vZSAsDzZr43WkJhwp+A9G6TE0y+pmcjY5sQxJQ+Ov1\n";

/* good, with one text in it replaced by another, is no key file. */
static void
assert_refused(const char *from, const char *to)
{
	const char *at = strstr(good, from);
	struct keyfile_form form;
	struct writer w = {0};

	assert_non_null(at);
	writer_put(&w, bytes_of(good, (size_t)(at - good)));
	writer_put_string(&w, to);
	writer_put_string(&w, at + strlen(from));
	if (keyfile_decode(writer_view(&w), &form))
		fail_msg("'%s' for '%s' is taken", to, from);
	writer_clear(&w);
}

static void
files_out_of_form_or_bounds_are_refused(void **state)
{
	struct keyfile_form form;
	struct writer w = {0};

	(void)state;
	assert_true(keyfile_decode(bytes_of_string(good), &form));
	keyfile_encode(&form, &w);
	assert_string_equal(writer_string(&w), good);
	writer_clear(&w);
	assert_refused("v1", "v2");
	assert_refused(" 3 ", " 1 ");
	assert_refused(" 3 ", " 17 ");
	assert_refused(" 3 ", " 03 ");
	assert_refused("65536", "8191");
	assert_refused("65536", "1048577");
	assert_refused("65536", "");
	assert_refused("salt ", "");
	assert_refused("iaA==", "iaB==");
	assert_refused("+Ov1\n", "+Ov1\n\n");
	assert_refused("+Ov1\n", "\n");
	for (size_t len = 0; len < sizeof(good) - 1; len++)
		assert_false(keyfile_decode(bytes_of(good, len), &form));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			keys_are_read_back_with_their_passphrase_only,
			place_setup, place_teardown),
		cmocka_unit_test_setup_teardown(
			the_file_shows_neither_key_nor_member, place_setup,
			place_teardown),
		cmocka_unit_test(signatures_hold_under_the_key_in_force),
		cmocka_unit_test(a_rotation_keeps_what_was_promised),
		cmocka_unit_test_setup_teardown(
			a_rotation_under_way_survives_in_the_file, place_setup,
			place_teardown),
		cmocka_unit_test(files_out_of_form_or_bounds_are_refused),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
