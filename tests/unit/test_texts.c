#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>

#include "ballots/base/coding.h"
#include "ballots/machine/texts.h"
#include "ballots/record/text.h"
#include "tests/lib/place.h"

static const uint8_t salt[LIMIT_TEXT_SALT] = {7, 7, 7};

static void
a_text_is_kept_and_copied_with_its_salt(void **state)
{
	struct texts *t = texts_open(*state);
	struct writer w = {0};
	uint8_t hash[CRYPT_HASH];

	text_hash(salt, BYTES("Buy a kettle"), hash);
	assert_int_equal(texts_copy(t, hash, &w), TEXTS_MISSING);
	assert_int_equal(texts_put(t, hash, salt, BYTES("Buy a kettle")), 0);
	assert_int_equal(texts_put(t, hash, salt, BYTES("Buy a kettle")), 0);
	assert_int_equal(texts_copy(t, hash, &w), TEXTS_HERE);
	assert_int_equal(w.len, LIMIT_TEXT_SALT + 12);
	assert_memory_equal(w.data, salt, LIMIT_TEXT_SALT);
	assert_memory_equal(w.data + LIMIT_TEXT_SALT, "Buy a kettle", 12);
	writer_clear(&w);
	texts_close(t);
}

static void
a_text_that_was_changed_is_different_and_not_handed_out(void **state)
{
	struct texts *t = texts_open(*state);
	struct writer path = {0}, w = {0};
	uint8_t hash[CRYPT_HASH];
	int fd;

	text_hash(salt, BYTES("Buy a kettle"), hash);
	texts_put(t, hash, salt, BYTES("Buy a kettle"));
	writer_put_string(&path, *state);
	writer_put_string(&path, "/texts/");
	coding_put_hex(&path, bytes_of(hash, CRYPT_HASH));
	fd = open(writer_string(&path), O_WRONLY);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, "S", 1, LIMIT_TEXT_SALT), 1);
	assert_int_equal(texts_copy(t, hash, &w), TEXTS_DIFFERENT);
	assert_int_equal(ftruncate(fd, 3), 0);
	assert_int_equal(texts_copy(t, hash, &w), TEXTS_DIFFERENT);
	assert_int_equal(w.len, 0);
	assert_int_equal(texts_put(t, hash, salt, BYTES("Buy a kettle")), -1);
	assert_trouble("is there already and differs");
	close(fd);
	writer_clear(&path);
	texts_close(t);
}

static void
an_erased_text_is_missing_and_erasing_again_is_well(void **state)
{
	struct texts *t = texts_open(*state);
	struct writer w = {0};
	uint8_t hash[CRYPT_HASH];

	text_hash(salt, BYTES("x"), hash);
	assert_int_equal(texts_erase(t, hash), 0);
	texts_put(t, hash, salt, BYTES("x"));
	assert_int_equal(texts_erase(t, hash), 0);
	assert_int_equal(texts_copy(t, hash, &w), TEXTS_MISSING);
	assert_int_equal(texts_erase(t, hash), 0);
	texts_close(t);
	assert_null(texts_open("/nowhere"));
}

#define in_a_place(test)                                                       \
	cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		in_a_place(a_text_is_kept_and_copied_with_its_salt),
		in_a_place(
			a_text_that_was_changed_is_different_and_not_handed_out),
		in_a_place(an_erased_text_is_missing_and_erasing_again_is_well),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
