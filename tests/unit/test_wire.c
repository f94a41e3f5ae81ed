#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ballots/base/limits.h"
#include "ballots/record/wire.h"

static enum verdict
read_verdict(const char *text)
{
	struct wire *m = NULL;
	enum verdict v =
		wire_read(bytes_of_string(text), LIMIT_REQUEST_BYTES, &m);

	wire_free(m);
	return v;
}

static struct wire *
read_good(const char *text)
{
	struct wire *m = NULL;

	assert_int_equal(
		wire_read(bytes_of_string(text), LIMIT_REQUEST_BYTES, &m),
		VERDICT_OK);
	return m;
}

static void
a_message_is_one_object_in_any_form(void **state)
{
	(void)state;
	assert_int_equal(
		read_verdict(" {\"b\" : 1, \"a\":[ ] }\n"), VERDICT_OK);
	assert_int_equal(read_verdict(""), VERDICT_MALFORMED);
	assert_int_equal(read_verdict("[]"), VERDICT_MALFORMED);
	assert_int_equal(read_verdict("{}{}"), VERDICT_MALFORMED);
	assert_int_equal(read_verdict("{\"a\":1"), VERDICT_MALFORMED);
	assert_int_equal(read_verdict("{\"a\":\"\xff\"}"), VERDICT_MALFORMED);
	assert_int_equal(
		read_verdict("{\"a\":\"\\u0000\"}"), VERDICT_MALFORMED);
	assert_int_equal(read_verdict("{\"a\":99999999999999999999}"),
		VERDICT_MALFORMED);
}

static void
a_name_that_stands_twice_is_refused(void **state)
{
	(void)state;
	assert_int_equal(read_verdict("{\"a\":1,\"a\":1}"), VERDICT_MALFORMED);
	assert_int_equal(read_verdict("{\"x\":[{\"a\":1,\"\\u0061\":1}]}"),
		VERDICT_MALFORMED);
}

static void
size_and_depth_have_limits(void **state)
{
	struct wire *m = NULL;

	(void)state;
	assert_int_equal(
		wire_read(BYTES("{\"a\":1}"), 6, &m), VERDICT_TOO_LARGE);
	assert_int_equal(read_verdict("{\"a\":[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]}"),
		VERDICT_OK);
	assert_int_equal(
		read_verdict("{\"a\":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]}"),
		VERDICT_TOO_DEEP);
	assert_int_equal(
		read_verdict("{\"a\":\"\\\"[[[[[[[[[[[[[[[[[[[[[[[\"}"),
		VERDICT_OK);
}

static void
values_are_read_by_type(void **state)
{
	struct wire *m = read_good("{\"n\":7,\"b\":true,\"s\":\"x\\u00e9\","
				   "\"blob\":\"AQID\",\"list\":[1,2]}");
	struct wire_value top = wire_top(m);

	(void)state;
	assert_int_equal(wire_int(wire_get(top, "n"), 7, 7), 7);
	assert_true(wire_bool(wire_get(top, "b")));
	assert_true(bytes_equal(
		wire_string(wire_get(top, "s"), 3), BYTES("x\xc3\xa9")));
	assert_true(bytes_equal(
		wire_blob(wire_get(top, "blob"), 3), BYTES("\1\2\3")));
	assert_int_equal(wire_count(wire_get(top, "list"), 2, 2), 2);
	assert_int_equal(wire_int(wire_at(wire_get(top, "list"), 1), 0, 9), 2);
	assert_false(wire_there(wire_get(top, "none")));
	wire_only(top, "b blob list n s");
	assert_true(wire_good(m));
	wire_free(m);
}

/* What marks {"n":7,"s":"AQID","l":[]} bad, by number. */
static void
ask_wrongly(struct wire_value top, int which)
{
	uint8_t out[32] = {1};

	switch (which) {
	case 0:
		wire_int(wire_get(top, "n"), 8, 9);
		break;
	case 1:
		wire_int(wire_get(top, "s"), 0, 9);
		break;
	case 2:
		wire_int(wire_get(top, "none"), 0, 9);
		break;
	case 3:
		wire_string(wire_get(top, "s"), 3);
		break;
	case 4:
		assert_int_equal(wire_blob(wire_get(top, "s"), 2).len, 0);
		break;
	case 5:
		wire_id(wire_get(top, "s"), out);
		assert_int_equal(out[0], 0);
		break;
	case 6:
		wire_base64(wire_get(top, "s"), out, 4);
		break;
	case 7:
		wire_count(wire_get(top, "l"), 1, 2);
		break;
	case 8:
		wire_count(wire_get(top, "n"), 0, 2);
		break;
	case 9:
		wire_bool(wire_get(top, "n"));
		break;
	case 10:
		wire_get(wire_get(top, "n"), "deeper");
		break;
	case 11:
		wire_only(top, "n l");
		break;
	case 12:
		wire_bool(wire_at(wire_get(top, "l"), 0));
		break;
	}
}

static void
one_wrong_value_marks_the_message_bad(void **state)
{
	(void)state;
	for (int which = 0; which <= 12; which++) {
		struct wire *m = read_good("{\"n\":7,\"s\":\"AQID\",\"l\":[]}");

		assert_true(wire_good(m));
		ask_wrongly(wire_top(m), which);
		assert_false(wire_good(m));
		wire_free(m);
	}
}

static void
a_refusal_names_verdict_sentence_and_hint(void **state)
{
	struct writer w = {0};
	struct wire *m;

	(void)state;
	wire_put_refusal(&w, VERDICT_BUSY);
	m = read_good(writer_string(&w));
	assert_false(wire_bool(wire_get(wire_top(m), "ok")));
	assert_true(
		bytes_equal(wire_string(wire_get(wire_top(m), "verdict"), 64),
			BYTES("busy")));
	wire_string(wire_get(wire_top(m), "sentence"), 200);
	wire_string(wire_get(wire_top(m), "hint"), 200);
	wire_only(wire_top(m), "ok verdict sentence hint");
	assert_true(wire_good(m));
	wire_free(m);
	writer_clear(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_is_one_object_in_any_form),
		cmocka_unit_test(a_name_that_stands_twice_is_refused),
		cmocka_unit_test(size_and_depth_have_limits),
		cmocka_unit_test(values_are_read_by_type),
		cmocka_unit_test(one_wrong_value_marks_the_message_bad),
		cmocka_unit_test(a_refusal_names_verdict_sentence_and_hint),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
