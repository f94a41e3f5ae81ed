#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <qrencode.h>
#include <stdio.h>
#include <string.h>

#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"
#include "cli/plain.h"
#include "cli/qr.h"

#define TEXT "UNION1/1/1/0123ABCD/ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

/* The longest text that fits. */
static char *
longest(size_t len)
{
	char *text = mem_new(len + 1);

	for (size_t i = 0; i < len; i++)
		text[i] = "UNION1/ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[i % 39];
	return text;
}

static struct qr
made(const char *text)
{
	struct qr q;

	assert_int_equal(qr_encode(bytes_of_string(text), &q), 0);
	return q;
}

/* Read the modules back from what a terminal shows, ink being light. */
static bool
lines_say(struct bytes lines, const struct qr *q, bool dark_on_light)
{
	struct qr back = {.side = q->side + 2 * QR_QUIET};
	bool same = true;
	int y = 0;

	while (lines.len > 0) {
		struct bytes line = bytes_cut(&lines, '\n');

		for (int x = 0; x < (int)back.side; x++) {
			bool blank = bytes_skip(&line, BYTES(" "));
			bool low = !blank &&
				   bytes_skip(&line, BYTES("\xe2\x96\x84"));
			bool high = !blank && !low &&
				    bytes_skip(&line, BYTES("\xe2\x96\x80"));
			bool both = !blank && !low && !high &&
				    bytes_skip(&line, BYTES("\xe2\x96\x88"));
			bool above = (high || both) == dark_on_light;
			bool below = (low || both) == dark_on_light;
			int at = x - QR_QUIET;

			same &= above == qr_is_dark(q, at, y - QR_QUIET);
			if (y + 1 < (int)back.side)
				same &= below ==
					qr_is_dark(q, at, y + 1 - QR_QUIET);
		}
		same &= line.len == 0;
		y += 2;
	}
	return same && y >= (int)back.side;
}

static void
a_code_is_that_of_the_library(void **state)
{
	QRcode *code = QRcode_encodeString(TEXT, 0, QR_ECLEVEL_L, QR_MODE_8, 1);
	struct qr q = made(TEXT);

	(void)state;
	/* The same size, with more room for errors: other modules. */
	assert_int_equal(q.side, code->width);
	QRcode_free(code);
	code = QRcode_encodeString(TEXT, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	for (unsigned i = 0; i < q.side * q.side; i++)
		assert_int_equal(q.dark[i], code->data[i] & 1);
	QRcode_free(code);
	qr_clear(&q);
}

static void
a_terminal_shows_each_module_light_on_dark_or_dark_on_light(void **state)
{
	struct qr q = made(TEXT);
	struct writer w = {0};

	(void)state;
	qr_put_lines(&q, false, &w);
	assert_true(lines_say(writer_view(&w), &q, false));
	assert_false(lines_say(writer_view(&w), &q, true));
	writer_rewind(&w);
	qr_put_lines(&q, true, &w);
	assert_true(lines_say(writer_view(&w), &q, true));
	writer_clear(&w);
	qr_clear(&q);
}

static void
the_largest_code_fits_a_terminal_of_80_by_40(void **state)
{
	char *text = longest(QR_TEXT_MAX);
	struct qr q = made(text);
	struct writer w = {0};
	struct bytes rest;
	int n = 0;

	(void)state;
	assert_int_equal(q.side, QR_SIDE_MAX);
	qr_put_lines(&q, false, &w);
	for (rest = writer_view(&w); rest.len > 0; n++)
		assert_true(plain_width(bytes_cut(&rest, '\n')) <= 80);
	assert_true(n < 40);
	writer_clear(&w);
	qr_clear(&q);
	mem_free(text);
}

static void
what_fits_no_code_is_refused(void **state)
{
	char *text = longest(QR_TEXT_MAX + 1);
	struct qr q;

	(void)state;
	assert_int_equal(qr_encode(bytes_of_string(text), &q), -1);
	assert_int_equal(qr_encode(BYTES("small letters"), &q), -1);
	assert_int_equal(qr_encode(BYTES(""), &q), -1);
	mem_free(text);
}

/* Count what a path draws, and see that it draws nothing light. */
static unsigned
drawn(struct bytes path, const struct qr *q)
{
	unsigned n = 0;

	while (bytes_skip(&path, BYTES("M"))) {
		struct bytes move = bytes_cut(&path, 'z');
		unsigned x, y, run, again;

		assert_int_equal(
			sscanf((const char *)move.data, "%u %uh%uv1h-%u", &x,
				&y, &run, &again),
			4);
		assert_int_equal(run, again);
		for (unsigned i = 0; i < run; i++)
			assert_true(qr_is_dark(
				q, (int)(x + i) - QR_QUIET, (int)y - QR_QUIET));
		n += run;
	}
	return n;
}

static void
a_drawing_has_the_dark_modules_and_no_others(void **state)
{
	struct qr q = made(TEXT);
	struct writer w = {0};
	const char *path;
	unsigned dark = 0;

	(void)state;
	qr_put_svg(&q, 1, &w);
	path = strstr(writer_string(&w), "<path d=\"");
	assert_non_null(path);
	for (unsigned i = 0; i < q.side * q.side; i++)
		dark += q.dark[i];
	assert_int_equal(drawn(bytes_of_string(path + 9), &q), dark);
	assert_non_null(strstr(path, "1 / 1</text>"));
	writer_clear(&w);
	qr_clear(&q);
}

static void
several_codes_stand_on_one_drawing_each_with_its_number(void **state)
{
	struct qr all[3] = {made("A"), made(TEXT), made("B")};
	struct writer w = {0};

	(void)state;
	qr_put_svg(all, 3, &w);
	assert_non_null(strstr(writer_string(&w), "1 / 3</text>"));
	assert_non_null(strstr(writer_string(&w), "3 / 3</text>"));
	writer_clear(&w);
	for (int i = 0; i < 3; i++)
		qr_clear(&all[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_is_that_of_the_library),
		cmocka_unit_test(
			a_terminal_shows_each_module_light_on_dark_or_dark_on_light),
		cmocka_unit_test(the_largest_code_fits_a_terminal_of_80_by_40),
		cmocka_unit_test(what_fits_no_code_is_refused),
		cmocka_unit_test(a_drawing_has_the_dark_modules_and_no_others),
		cmocka_unit_test(
			several_codes_stand_on_one_drawing_each_with_its_number),
	};

	crypt_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
