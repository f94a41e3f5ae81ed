#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/base/crypt.h"
#include "ballots/record/frames.h"
#include "tests/lib/capsules.h"

#define LINE 300

static struct writer capsule, lines;

static size_t
count(struct bytes text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.data[i] == '\n';
	return n;
}

/* Line number i, from 0. */
static struct bytes
line_at(size_t i)
{
	struct bytes rest = writer_view(&lines), line = {NULL, 0};

	for (size_t at = 0; at <= i; at++)
		line = bytes_cut(&rest, '\n');
	return line;
}

static void
assert_joined(struct writer *text, enum verdict expected)
{
	struct writer out = {0};

	assert_int_equal(frames_join(writer_view(text), &out), expected);
	if (expected == VERDICT_OK)
		assert_true(
			bytes_equal(writer_view(&out), writer_view(&capsule)));
	else
		assert_int_equal(out.len, 0);
	writer_clear(&out);
	writer_clear(text);
}

static void
every_letter_fits_the_alphanumeric_mode(void **state)
{
	(void)state;
	assert_true(count(writer_view(&lines)) > 10);
	for (size_t i = 0; i < count(writer_view(&lines)); i++) {
		struct bytes line = line_at(i);

		assert_true(line.len <= LINE);
		for (size_t k = 0; k < line.len; k++)
			assert_non_null(strchr("0123456789ABCDEFGHIJKLMNOPQRSTU"
					       "VWXYZ $%*+-./:",
				line.data[k]));
	}
}

static void
lines_come_in_any_order_and_more_than_once(void **state)
{
	size_t n = count(writer_view(&lines));
	struct writer text = {0};

	(void)state;
	for (size_t i = n; i-- > 0;) {
		writer_put_string(&text, i % 2 == 0 ? "\n  " : "");
		writer_put(&text, line_at(i));
		writer_put_string(&text, " \r\n");
		writer_put(&text, line_at(i / 2));
		writer_put_string(&text, "\n");
	}
	assert_joined(&text, VERDICT_OK);
}

static void
a_line_that_is_missing_is_named_so(void **state)
{
	size_t n = count(writer_view(&lines));

	(void)state;
	for (size_t gone = 0; gone < n; gone++) {
		struct writer text = {0};

		for (size_t i = 0; i < n; i++) {
			writer_put(&text, i == gone ? BYTES("") : line_at(i));
			writer_put_u8(&text, '\n');
		}
		assert_joined(&text, VERDICT_TOO_FEW);
	}
}

static void
lines_of_another_capsule_are_refused(void **state)
{
	struct writer text = {0}, other = {0};

	(void)state;
	assert_true(frames_print(BYTES("{}"), LINE, &other));
	writer_put(&text, writer_view(&lines));
	writer_put(&text, writer_view(&other));
	assert_joined(&text, VERDICT_MALFORMED);
	writer_clear(&other);
}

/*
 * Every letter of every line, one at a time.  Bits that fill up the last byte
 * of what is packed say nothing: one letter may hold no others.
 */
static void
a_changed_letter_is_never_taken_for_the_capsule(void **state)
{
	size_t idle = 0;

	(void)state;
	for (size_t i = 0; i < lines.len; i++) {
		struct writer text = {0}, out = {0};
		enum verdict v;

		writer_put(&text, writer_view(&lines));
		text.data[i] = text.data[i] == 'A' ? 'B' : 'A';
		v = frames_join(writer_view(&text), &out);
		idle += v == VERDICT_OK;
		assert_true(bytes_equal(writer_view(&out),
			v == VERDICT_OK ? writer_view(&capsule) : BYTES("")));
		writer_clear(&text);
		writer_clear(&out);
	}
	assert_true(idle <= 1);
}

/* What would unpack to more than a capsule may hold is not unpacked. */
static void
a_bomb_is_too_large(void **state)
{
	uint8_t *zeros = test_calloc(1, LIMIT_CAPSULE_BYTES + 1);
	struct writer text = {0};

	(void)state;
	assert_true(frames_print(
		bytes_of(zeros, LIMIT_CAPSULE_BYTES + 1), LINE, &text));
	assert_joined(&text, VERDICT_TOO_LARGE);
	for (int i = 0; i <= LIMIT_FRAMES_BYTES; i++)
		writer_put_u8(&text, '\n');
	assert_joined(&text, VERDICT_TOO_LARGE);
	test_free(zeros);
}

static void
too_many_frames_are_not_made(void **state)
{
	struct writer text = {0};

	(void)state;
	assert_false(
		frames_print(writer_view(&capsule), FRAMES_HEAD + 1, &text));
	assert_int_equal(text.len, 0);
}

int
main(void)
{
	static const struct capsules_recipe good = {.text = "Papers"};
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_letter_fits_the_alphanumeric_mode),
		cmocka_unit_test(lines_come_in_any_order_and_more_than_once),
		cmocka_unit_test(a_line_that_is_missing_is_named_so),
		cmocka_unit_test(lines_of_another_capsule_are_refused),
		cmocka_unit_test(
			a_changed_letter_is_never_taken_for_the_capsule),
		cmocka_unit_test(a_bomb_is_too_large),
		cmocka_unit_test(too_many_frames_are_not_made),
	};
	int rc;

	if (!crypt_init())
		return 1;
	capsules_make(&good, &capsule);
	if (!frames_print(writer_view(&capsule), LINE, &lines))
		return 1;
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	writer_clear(&capsule);
	writer_clear(&lines);
	return rc;
}
