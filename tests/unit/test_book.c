#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/machine/files.h"
#include "ballots/record/statuslist.h"
#include "cli/book.h"
#include "cli/complain.h"
#include "tests/lib/credentials.h"
#include "tests/lib/place.h"

#define LIST "https://union.example/status/"

static struct person registrar, ana;

static void
assert_complaint(enum complain_status status, const char *text)
{
	const char *sentence, *hint;

	assert_int_equal(complain_last(&sentence, &hint), status);
	if (strstr(sentence, text) == NULL)
		fail_msg("said: '%s'", sentence);
}

/* A membership of Ana's with that bit in both lists, signed. */
static void
make(uint64_t bit, struct writer *doc)
{
	struct credential c =
		credentials_make(CREDENTIAL_MEMBERSHIP, &registrar, &ana);

	c.status[CREDENTIAL_REVOCATION] =
		(struct credential_status){BYTES(LIST "revocation"), bit};
	c.status[CREDENTIAL_SUSPENSION] =
		(struct credential_status){BYTES(LIST "suspension"), bit};
	credential_print(&c, doc);
	credentials_assert(doc, &registrar);
}

static void
keep(const struct home *h, uint64_t bit, uint64_t after, bool of_chapter)
{
	struct bearer b = {.of_chapter = of_chapter};
	struct writer doc = {0};

	memset(b.holder, 7, sizeof(b.holder));
	memset(b.chapter, 8, sizeof(b.chapter));
	make(bit, &doc);
	assert_int_equal(book_keep(h, writer_view(&doc), &b, bit, after), 0);
	writer_clear(&doc);
}

static void
what_was_issued_is_known_again(void **state)
{
	struct book b = {0};
	struct home h;

	assert_int_equal(home_open(&h, *state, NULL), 0);
	assert_int_equal(book_read(&b, &h), 0);
	assert_int_equal(b.n, 0);
	keep(&h, 131071, BOOK_NONE, false);
	keep(&h, 5, 131071, true);
	assert_int_equal(book_read(&b, &h), 0);
	assert_int_equal(b.n, 2);
	assert_int_equal(b.all[0].bit, 5);
	assert_int_equal(b.all[0].after, 131071);
	assert_false(b.all[0].replaced);
	assert_true(b.all[0].bearer.of_chapter);
	assert_int_equal(b.all[0].bearer.chapter[31], 8);
	assert_int_equal(b.all[1].bit, 131071);
	assert_int_equal(b.all[1].after, BOOK_NONE);
	assert_true(b.all[1].replaced);
	assert_false(b.all[1].bearer.of_chapter);
	assert_false(b.all[1].bearer.gateway);
	assert_int_equal(b.all[1].bearer.holder[0], 7);
	assert_memory_equal(b.all[1].bearer.key, ana.key, CRYPT_KEY);
	assert_int_equal(b.all[1].credential.valid_until_s, CREDENTIALS_TO);
	book_clear(&b);
	home_close(&h);
}

static void
a_bit_is_given_once(void **state)
{
	struct bearer bearer = {0};
	struct writer doc = {0};
	struct home h;

	assert_int_equal(home_open(&h, *state, NULL), 0);
	keep(&h, 9, BOOK_NONE, false);
	make(9, &doc);
	assert_int_equal(
		book_keep(&h, writer_view(&doc), &bearer, 9, BOOK_NONE), -1);
	assert_trouble("is there already and differs");
	writer_clear(&doc);
	home_close(&h);
}

static void
bits_are_drawn_from_all_over_the_list(void **state)
{
	uint64_t bit, low = UINT64_MAX, high = 0;
	struct book b = {0};
	struct home h;

	assert_int_equal(home_open(&h, *state, NULL), 0);
	for (uint64_t i = 0; i < 64; i++)
		keep(&h, i, BOOK_NONE, false);
	assert_int_equal(book_read(&b, &h), 0);
	for (int i = 0; i < 300; i++) {
		assert_int_equal(book_draw(&b, &bit), 0);
		assert_in_range(bit, 64, 131071);
		for (size_t k = 0; k + 1 < b.n_drawn; k++)
			assert_int_not_equal(b.drawn[k], bit);
		low = bit < low ? bit : low;
		high = bit > high ? bit : high;
	}
	/* Off by chance in less than one of 10^9 runs. */
	assert_true(low < 131072 / 8 && high > 131072 / 8 * 7);
	book_clear(&b);
	home_close(&h);
}

static void
a_list_grows_with_the_book_until_it_is_full(void **state)
{
	struct book b = {0};
	uint64_t bit;

	(void)state;
	assert_int_equal(book_bits(&b), 131072);
	b.n = 65536;
	assert_int_equal(book_bits(&b), 131072);
	b.n = 65537;
	assert_int_equal(book_bits(&b), 262144);
	b.n = BOOK_MOST;
	assert_int_equal(book_bits(&b), 262144);
	assert_int_equal(book_draw(&b, &bit), -1);
	assert_complaint(COMPLAIN_NO, "is full");
}

/* Put content in place of what is there, and be told that it is damaged. */
static void
damage(const struct home *h, const char *name, struct bytes content)
{
	struct book b = {0};

	assert_int_equal(
		files_replace(h->dir, name, FILES_PRIVATE, content), 0);
	assert_int_equal(book_read(&b, h), -1);
	assert_complaint(COMPLAIN_CANNOT, "is damaged");
	book_clear(&b);
	assert_int_equal(files_remove(h->dir, name), 0);
}

static void
a_book_that_is_damaged_is_not_gone_on_from(void **state)
{
	struct writer file = {0}, copy = {0};
	struct book b = {0};
	struct home h;

	assert_int_equal(home_open(&h, *state, NULL), 0);
	keep(&h, 9, BOOK_NONE, true);
	assert_int_equal(
		files_read(h.dir, "issued/9", LIMIT_CREDENTIAL_BYTES, &file),
		0);
	damage(&h, "issued/9", BYTES(""));
	damage(&h, "issued/9",
		bytes_slice(writer_view(&file), 0, file.len - 1));
	/* A copy under another number is not that one. */
	damage(&h, "issued/8", writer_view(&file));
	credentials_swap(
		writer_view(&file), "\"chapter\"", "\"chaptet\"", &copy);
	damage(&h, "issued/9", writer_view(&copy));
	/* What is no number is none of it. */
	assert_int_equal(files_replace(h.dir, "issued/README", FILES_PRIVATE,
				 BYTES("mine")),
		0);
	assert_int_equal(book_read(&b, &h), 0);
	assert_int_equal(b.n, 0);
	writer_clear(&file);
	writer_clear(&copy);
	home_close(&h);
}

int
main(void)
{
#define IN_PLACE(test)                                                         \
	cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)
	const struct CMUnitTest tests[] = {
		IN_PLACE(what_was_issued_is_known_again),
		IN_PLACE(a_bit_is_given_once),
		IN_PLACE(bits_are_drawn_from_all_over_the_list),
		cmocka_unit_test(a_list_grows_with_the_book_until_it_is_full),
		IN_PLACE(a_book_that_is_damaged_is_not_gone_on_from),
	};

	if (!crypt_init())
		return 1;
	registrar = person_named("registrar");
	ana = person_named("Ana");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
