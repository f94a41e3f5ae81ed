#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/base/crypt.h"
#include "tests/lib/anyact.h"

/* Everything here is driven by the table of kinds in specs/acts.md. */
typedef void check_fn(json_t *act, const json_t *optional);

static void
for_each_kind(check_fn *check)
{
	struct spec s;

	spec_open(&s, "specs/acts.md", "Kind");
	while (spec_row(&s)) {
		json_t *optional = json_array();
		json_t *act = anyact_of_row(s.cells, optional);

		check(act, optional);
		json_decref(act);
		json_decref(optional);
	}
}

static bool
is_in(const json_t *list, const char *name)
{
	const json_t *word;
	size_t i;

	json_array_foreach(list, i, word)
	{
		if (strcmp(json_string_value(word), name) == 0)
			return true;
	}
	return false;
}

static const char *
kind_of(const json_t *act)
{
	return json_string_value(json_object_get(act, "act"));
}

static void
the_code_knows_the_kinds_of_the_specification_in_its_order(void **state)
{
	struct spec s;
	int kind = 0;

	(void)state;
	spec_open(&s, "specs/acts.md", "Kind");
	for (; spec_row(&s); kind++) {
		char name[64], *cell = s.cells[0];
		enum form_author by = FORM_BY_MEMBER;
		bool may;

		assert_true(spec_word(&cell, name, &may));
		assert_true(kind < ACT_KIND_COUNT);
		assert_string_equal(name, act_kind_name((enum act_kind)kind));
		assert_int_equal(act_kind_by_name(bytes_of_string(name)), kind);
		if (strcmp(s.cells[3], "ledger") == 0)
			by = FORM_BY_LEDGER;
		else if (strstr(s.cells[3], "its did") != NULL)
			by = FORM_BY_KEY;
		assert_int_equal(act_kind_author((enum act_kind)kind), by);
	}
	assert_int_equal(kind, ACT_KIND_COUNT);
}

static void
check_round_trip(json_t *act, const json_t *optional)
{
	char *text = anyact_print(act);
	struct writer again = {0};
	struct act decoded;
	uint8_t id[32];

	(void)optional;
	if (act_decode(bytes_of_string(text), &decoded) != VERDICT_OK)
		fail_msg("refused: %s", text);
	crypt_hash(bytes_of_string(text), id);
	assert_memory_equal(decoded.id, id, 32);
	act_encode(&decoded, &again);
	assert_string_equal(writer_string(&again), text);
	writer_clear(&again);
	free(text);
}

static void
an_act_of_each_kind_is_read_and_printed_again(void **state)
{
	(void)state;
	for_each_kind(check_round_trip);
}

static void
check_removals(json_t *act, const json_t *optional)
{
	json_t *whole = json_deep_copy(act), *value;
	const char *name;

	json_object_foreach(whole, name, value)
	{
		enum verdict v;

		json_object_del(act, name);
		v = anyact_judge(act);
		if (v != (is_in(optional, name) ? VERDICT_OK
						: VERDICT_MALFORMED))
			fail_msg("%s without %s is %s", kind_of(whole), name,
				verdict_name(v));
		json_object_set(act, name, value);
	}
	json_decref(whole);
}

static void
only_members_marked_so_may_be_absent(void **state)
{
	(void)state;
	for_each_kind(check_removals);
}

/* Each member that other kinds have is one too many, and one of no kind. */
static void
check_additions(json_t *act, const json_t *optional)
{
	(void)optional;
	for (int m = 0; m < ACT_MEMBER_COUNT; m++) {
		const char *name = act_member_name((enum act_member)m);

		if (json_object_get(act, name) != NULL)
			continue;
		json_object_set_new(act, name, anyact_value(name));
		if (anyact_judge(act) != VERDICT_MALFORMED)
			fail_msg("%s with %s passes", kind_of(act), name);
		json_object_del(act, name);
	}
	json_object_set_new(act, "zebra", json_integer(1));
	assert_int_equal(anyact_judge(act), VERDICT_MALFORMED);
}

static void
a_member_too_many_is_malformed(void **state)
{
	(void)state;
	for_each_kind(check_additions);
}

static void
check_types(json_t *act, const json_t *optional)
{
	static const char *const others[] = {
		"null", "\" \"", "-1", "{\"zebra\":1}", "[[]]"};
	json_t *whole = json_deep_copy(act), *value;
	const char *name;

	(void)optional;
	json_object_foreach(whole, name, value)
	{
		bool open = strcmp(name, "charter") == 0 ||
			    strcmp(name, "result") == 0;

		for (size_t i = 0; i < 5; i++) {
			/* Objects are judged elsewhere; a kind is a word. */
			if ((open && i == 3) || strcmp(name, "act") == 0)
				continue;
			json_object_set_new(act, name, anyact_json(others[i]));
			if (anyact_judge(act) != VERDICT_MALFORMED)
				fail_msg("%s: %s may be %s", kind_of(whole),
					name, others[i]);
		}
		json_object_set(act, name, value);
	}
	json_decref(whole);
}

static void
a_member_of_another_type_is_malformed(void **state)
{
	(void)state;
	for_each_kind(check_types);
}

/* Bounds ********************************************************************/

/* An act of that kind with every member. */
static json_t *
act_called(const char *kind)
{
	json_t *optional = json_array(), *act = NULL;
	struct spec s;

	spec_open(&s, "specs/acts.md", "Kind");
	while (spec_row(&s)) {
		char name[64], *cell = s.cells[0];
		bool may;

		spec_word(&cell, name, &may);
		if (strcmp(name, kind) == 0)
			act = anyact_of_row(s.cells, optional);
	}
	assert_non_null(act);
	json_decref(optional);
	return act;
}

static enum verdict
judge_with(const char *kind, const char *name, json_t *value)
{
	json_t *act = act_called(kind);
	enum verdict v;

	json_object_set_new(act, name, value);
	v = anyact_judge(act);
	json_decref(act);
	return v;
}

static void
numbers_keep_to_the_bounds_of_the_table(void **state)
{
	static const struct {
		const char *kind, *name;
		json_int_t low, high;
	} rows[] = {
		{"delegation.accept", "max", 1, 16777216},
		{"mandate.meeting", "counterparty", 0, LIMIT_JSON_INT},
		{"mandate.propose", "confidential_s", 0, LIMIT_JSON_INT},
		{"mandate.propose", "max_rejections", 1, 10},
		{"mandate.propose", "needed", 0, LIMIT_JSON_INT},
		{"mandate.propose", "valid_until", 0, LIMIT_JSON_INT},
		{"proposal.open", "budget", 1, LIMIT_JSON_INT},
		{"proposal.open", "seats", 1, 99},
		{"proposal.support", "version", 1, 1000},
		{"union.found", "rules", 0, LIMIT_JSON_INT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *kind = rows[i].kind, *name = rows[i].name;

		assert_int_equal(
			judge_with(kind, name, json_integer(rows[i].low)),
			VERDICT_OK);
		assert_int_equal(
			judge_with(kind, name, json_integer(rows[i].high)),
			VERDICT_OK);
		assert_int_equal(
			judge_with(kind, name, json_integer(rows[i].low - 1)),
			VERDICT_MALFORMED);
		assert_int_not_equal(
			judge_with(kind, name, json_integer(rows[i].high + 1)),
			VERDICT_OK);
	}
}

static void
an_origin_may_be_longer_than_other_words(void **state)
{
	char word[99];

	(void)state;
	memset(word, 'a', sizeof(word));
	for (size_t n = 98; n >= 63; n--) {
		word[n] = '\0';
		assert_int_equal(
			judge_with("member.renew", "log", json_string(word)),
			n <= 97 ? VERDICT_OK : VERDICT_MALFORMED);
		assert_int_equal(
			judge_with("proposal.open", "class", json_string(word)),
			n <= 64 ? VERDICT_OK : VERDICT_MALFORMED);
	}
}

/* A list of n times the first element of value. */
static json_t *
repeated(json_t *value, size_t n)
{
	json_t *list = json_array();

	while (n-- > 0)
		json_array_append(list, json_array_get(value, 0));
	json_decref(value);
	return list;
}

static void
lists_keep_to_the_bounds_of_the_table(void **state)
{
	static const struct {
		const char *kind, *name;
		size_t low, high;
	} rows[] = {
		{"ballot.cast", "marks", 1, 100},
		{"mandate.propose", "ceilings", 0, 32},
		{"mandate.propose", "counterparties", 1, 32},
		{"mandate.propose", "delegates", 1, 32},
		{"mandate.propose", "recall", 2, 2},
		{"proposal.open", "options", 1, 99},
		{"proposal.open", "scale", 2, 2},
		{"union.found", "founders", 1, 64},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (size_t n = 0; n < rows[i].high + 2; n++)
			assert_int_equal(
				judge_with(rows[i].kind, rows[i].name,
					repeated(
						anyact_value(rows[i].name), n)),
				n >= rows[i].low && n <= rows[i].high
					? VERDICT_OK
					: VERDICT_MALFORMED);
}

static void
texts_come_in_up_to_sixteen_languages_each_once(void **state)
{
	json_t *list = json_array();
	char tag[] = "aa";

	(void)state;
	for (size_t i = 0; i < 17; i++, tag[1]++) {
		assert_int_equal(judge_with("chapter.open", "texts",
					 json_deep_copy(list)),
			VERDICT_OK);
		json_array_append_new(
			list, json_pack("{s:o, s:s}", "hash",
				      anyact_json(ANYACT_HASH), "lang", tag));
	}
	assert_int_equal(
		judge_with("chapter.open", "texts", list), VERDICT_MALFORMED);
	assert_int_equal(judge_with("chapter.open", "texts",
				 repeated(anyact_json(ANYACT_TEXTS), 2)),
		VERDICT_MALFORMED);
}

static void
an_act_lives_from_its_seq_for_ninety_days(void **state)
{
	(void)state;
	assert_int_equal(judge_with("member.renew", "until",
				 json_integer(1700000000 + 7776000)),
		VERDICT_OK);
	assert_int_equal(judge_with("member.renew", "until",
				 json_integer(1700000001 + 7776000)),
		VERDICT_MALFORMED);
	assert_int_equal(
		judge_with("member.renew", "until", json_integer(1699999999)),
		VERDICT_MALFORMED);
}

static void
a_name_of_no_kind_is_unknown(void **state)
{
	json_t *act = act_called("member.renew");

	(void)state;
	json_object_set_new(act, "act", json_string("member.dance"));
	assert_int_equal(anyact_judge(act), VERDICT_UNKNOWN_KIND);
	json_object_set_new(act, "act", json_integer(1));
	assert_int_equal(anyact_judge(act), VERDICT_MALFORMED);
	json_decref(act);
}

static void
an_act_has_room_for_32658_bytes(void **state)
{
	struct writer w = {0};
	json_t *act = act_called("member.admit");
	char *text;
	struct act out;

	(void)state;
	/* The application fills what the rest leaves, in steps of four. */
	json_object_set_new(act, "application", json_string(""));
	text = anyact_print(act);
	for (size_t n = LIMIT_ACT_BYTES - strlen(text); n >= 4; n -= 4)
		writer_put_string(&w, "AAAA");
	json_object_set_new(act, "application", json_string(writer_string(&w)));
	free(text);
	text = anyact_print(act);
	assert_true(strlen(text) > LIMIT_ACT_BYTES - 4);
	assert_int_equal(act_decode(bytes_of_string(text), &out), VERDICT_OK);
	free(text);
	writer_put_string(&w, "AAAA");
	json_object_set_new(act, "application", json_string(writer_string(&w)));
	assert_int_equal(anyact_judge(act), VERDICT_TOO_LARGE);
	json_decref(act);
	writer_clear(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_code_knows_the_kinds_of_the_specification_in_its_order),
		cmocka_unit_test(an_act_of_each_kind_is_read_and_printed_again),
		cmocka_unit_test(only_members_marked_so_may_be_absent),
		cmocka_unit_test(a_member_too_many_is_malformed),
		cmocka_unit_test(a_member_of_another_type_is_malformed),
		cmocka_unit_test(numbers_keep_to_the_bounds_of_the_table),
		cmocka_unit_test(an_origin_may_be_longer_than_other_words),
		cmocka_unit_test(lists_keep_to_the_bounds_of_the_table),
		cmocka_unit_test(
			texts_come_in_up_to_sixteen_languages_each_once),
		cmocka_unit_test(an_act_lives_from_its_seq_for_ninety_days),
		cmocka_unit_test(a_name_of_no_kind_is_unknown),
		cmocka_unit_test(an_act_has_room_for_32658_bytes),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
