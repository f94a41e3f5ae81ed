#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "ballots/base/coding.h"
#include "cli/card.h"

/* Three guardians, 0x33..., 0x11... and 0x22..., two of them enough. */
static struct card
some_card(void)
{
	struct card card = {.n = 3, .needed = 2};

	memset(card.guardians[0], 0x33, CRYPT_HASH);
	memset(card.guardians[1], 0x11, CRYPT_HASH);
	memset(card.guardians[2], 0x22, CRYPT_HASH);
	memset(card.union_id, 0x44, CRYPT_HASH);
	memset(card.member, 0x55, CRYPT_HASH);
	memset(card.salt, 0x66, sizeof(card.salt));
	strcpy(card.log, "town/444444444444444444444444444444444");
	strcpy(card.vkey, "town+12345678+key");
	return card;
}

static void
a_set_hashes_as_the_specification_says(void **state)
{
	static const char known[] = "8762e9ddf50b5f121adbe46d622e7885eb1de29f63"
				    "ca4c01de773680518c47c7";
	struct card card = some_card();
	uint8_t hash[CRYPT_HASH];
	struct writer hex = {0};

	(void)state;
	assert_true(card_sort(&card));
	card_hash(&card, hash);
	coding_put_hex(&hex, bytes_of(hash, CRYPT_HASH));
	assert_string_equal(writer_string(&hex), known);
	writer_clear(&hex);
}

static void
nobody_is_a_guardian_twice(void **state)
{
	struct card card = some_card();

	(void)state;
	memset(card.guardians[0], 0x22, CRYPT_HASH);
	assert_false(card_sort(&card));
}

static void
a_card_comes_back_as_it_was(void **state)
{
	struct card card = some_card(), back;
	struct writer line = {0};

	(void)state;
	card_sort(&card);
	card_put(&card, &line);
	assert_int_equal(card_read(writer_view(&line), &back), 0);
	assert_memory_equal(&card, &back, sizeof(card));
	writer_clear(&line);
}

static void
no_part_of_a_card_may_be_missing(void **state)
{
	struct card card = some_card(), back;
	struct writer line = {0};

	(void)state;
	card_sort(&card);
	card_put(&card, &line);
	for (size_t len = 0; len + 2 < line.len; len++)
		assert_int_equal(
			card_read(bytes_of(line.data, len), &back), -1);
	for (size_t i = 2; i + 2 < line.len; i++) {
		uint8_t was = line.data[i];

		/* A name that differs, a number that is none, another type. */
		line.data[i] = '"';
		if (was != '"')
			assert_int_equal(
				card_read(writer_view(&line), &back), -1);
		line.data[i] = was;
	}
	writer_clear(&line);
}

static void
more_than_all_guardians_are_never_needed(void **state)
{
	struct card card = some_card(), back;
	struct writer line = {0};

	(void)state;
	card_sort(&card);
	card.needed = 4;
	card_put(&card, &line);
	assert_int_equal(card_read(writer_view(&line), &back), -1);
	writer_clear(&line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_set_hashes_as_the_specification_says),
		cmocka_unit_test(nobody_is_a_guardian_twice),
		cmocka_unit_test(a_card_comes_back_as_it_was),
		cmocka_unit_test(no_part_of_a_card_may_be_missing),
		cmocka_unit_test(more_than_all_guardians_are_never_needed),
	};

	crypt_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
