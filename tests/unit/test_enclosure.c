#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/record/text.h"
#include "daemon/enclosure.h"
#include "tests/lib/place.h"

static uint8_t salt[LIMIT_TEXT_SALT] = {3};

/* An act that names one text, and that text. */
struct letter {
	struct texts *texts;
	struct world *world;
	struct writer bytes;
	struct act act;
	struct enclosure text;
};

static struct letter
letter_new(const char *dir, enum act_kind kind)
{
	struct letter l = {.texts = texts_open(dir), .world = world_new()};

	l.text.salt = bytes_of(salt, sizeof(salt));
	l.text.text = BYTES("Strike!");
	enclosure_hash(&l.text);
	writer_put_string(&l.bytes, "{\"texts\":[{\"hash\":\"");
	coding_put_base64(&l.bytes, bytes_of(l.text.hash, CRYPT_HASH));
	writer_put_string(&l.bytes, "\",\"lang\":\"en\"}]}");
	l.act.kind = kind;
	l.act.bytes = writer_view(&l.bytes);
	return l;
}

static void
letter_clear(struct letter *l)
{
	texts_close(l->texts);
	world_free(l->world);
	writer_clear(&l->bytes);
}

static enum verdict
check(const struct letter *l, size_t n)
{
	return enclosure_check(l->texts, l->world, &l->act, &l->text, n);
}

static void
a_text_comes_with_the_act_that_names_it(void **state)
{
	struct letter l = letter_new(*state, ACT_TOPIC_OPEN);

	assert_int_equal(check(&l, 0), VERDICT_TEXT_MISSING);
	assert_int_equal(check(&l, 1), VERDICT_OK);
	letter_clear(&l);
}

static void
a_text_that_is_kept_need_not_come_again(void **state)
{
	struct letter l = letter_new(*state, ACT_TOPIC_OPEN);

	assert_int_equal(enclosure_keep(l.texts, l.world, &l.text, 1), 0);
	assert_int_equal(check(&l, 0), VERDICT_OK);
	assert_int_equal(enclosure_keep(l.texts, l.world, &l.text, 1), 0);
	letter_clear(&l);
}

static void
a_text_that_was_erased_is_not_kept_again(void **state)
{
	struct letter l = letter_new(*state, ACT_TOPIC_OPEN);
	struct writer out = {0};

	idmap_put(&l.world->erased, l.text.hash, 0);
	assert_int_equal(check(&l, 0), VERDICT_OK);
	assert_int_equal(enclosure_keep(l.texts, l.world, &l.text, 1), 0);
	assert_int_equal(texts_copy(l.texts, l.text.hash, &out), TEXTS_MISSING);
	writer_clear(&out);
	letter_clear(&l);
}

static void
a_text_that_is_damaged_is_asked_for_again(void **state)
{
	struct letter l = letter_new(*state, ACT_TOPIC_OPEN);
	char command[200];

	assert_int_equal(enclosure_keep(l.texts, l.world, &l.text, 1), 0);
	snprintf(command, sizeof(command),
		"for t in %s/texts/*; do echo x >>$t; done", (char *)*state);
	assert_int_equal(system(command), 0);
	assert_int_equal(check(&l, 0), VERDICT_TEXT_MISSING);
	assert_int_equal(enclosure_keep(l.texts, l.world, &l.text, 1), 0);
	assert_int_equal(check(&l, 0), VERDICT_OK);
	letter_clear(&l);
}

static void
a_text_that_nobody_named_is_refused(void **state)
{
	struct letter l = letter_new(*state, ACT_TOPIC_OPEN);

	l.text.text = BYTES("Strike?");
	enclosure_hash(&l.text);
	assert_int_equal(check(&l, 1), VERDICT_TEXT_MISMATCH);
	letter_clear(&l);
}

static void
a_text_that_could_mislead_is_refused(void **state)
{
	struct letter l = letter_new(*state, ACT_TOPIC_OPEN);

	l.text.text = BYTES("\xe2\x80\xae");
	assert_int_equal(check(&l, 1), VERDICT_FORBIDDEN_CHARACTER);
	letter_clear(&l);
}

static void
a_sealed_report_comes_without_its_text(void **state)
{
	struct letter l = letter_new(*state, ACT_MANDATE_REPORT_SEAL);

	assert_int_equal(check(&l, 0), VERDICT_OK);
	assert_int_equal(check(&l, 1), VERDICT_TEXT_MISMATCH);
	letter_clear(&l);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, place_setup, place_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_text_comes_with_the_act_that_names_it),
		TEST(a_text_that_is_kept_need_not_come_again),
		TEST(a_text_that_was_erased_is_not_kept_again),
		TEST(a_text_that_is_damaged_is_asked_for_again),
		TEST(a_text_that_nobody_named_is_refused),
		TEST(a_text_that_could_mislead_is_refused),
		TEST(a_sealed_report_comes_without_its_text),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
