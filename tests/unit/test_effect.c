#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/base/crypt.h"
#include "ballots/record/effect.h"
#include "tests/lib/anyact.h"

/* Everything here is driven by the table of effects in specs/acts.md. */
typedef void check_fn(const char *kind, json_t *effect);

static void
for_each_kind(check_fn *check)
{
	json_t *none = json_array();
	struct spec s;

	spec_open(&s, "specs/acts.md", "Effect (`do`)");
	while (spec_row(&s)) {
		char kind[64], *cell = s.cells[0];
		bool may;

		while (spec_word(&cell, kind, &may)) {
			json_t *effect = json_pack("{s:s}", "do", kind);

			anyact_fill(effect, s.cells[1], none);
			check(kind, effect);
			json_decref(effect);
		}
	}
	assert_int_equal(json_array_size(none), 0);
	json_decref(none);
}

/* An amendment with one option that has these effects. */
static json_t *
amendment(json_t *effects)
{
	json_t *act = json_pack("{s:s, s:[{s:O, s:[]}]}", "act",
		"proposal.amend", "options", "effects", effects, "texts");
	static const char *const rest[] = {
		"log", "on", "seq", "texts", "until", NULL};

	anyact_put(act, rest);
	json_object_set_new(act, "by", anyact_json(ANYACT_ID));
	return act;
}

static enum verdict
judge(json_t *effect)
{
	json_t *list = json_pack("[O]", effect), *act = amendment(list);
	enum verdict v = anyact_judge(act);

	json_decref(act);
	json_decref(list);
	return v;
}

static bool seen[EFFECT_KIND_COUNT];

static void
check_whole(const char *kind, json_t *effect)
{
	enum effect_kind k = effect_kind_by_name(bytes_of_string(kind));

	assert_true(k < EFFECT_KIND_COUNT);
	assert_string_equal(effect_kind_name(k), kind);
	seen[k] = true;
	if (judge(effect) != VERDICT_OK)
		fail_msg("the effect %s is refused", kind);
}

static void
the_code_knows_the_effects_of_the_specification(void **state)
{
	(void)state;
	for_each_kind(check_whole);
	for (int k = 0; k < EFFECT_KIND_COUNT; k++)
		if (!seen[k])
			fail_msg("%s is not in the specification",
				effect_kind_name((enum effect_kind)k));
}

static void
check_members(const char *kind, json_t *effect)
{
	json_t *whole = json_deep_copy(effect), *value;
	const char *name;

	json_object_foreach(whole, name, value)
	{
		json_object_del(effect, name);
		if (judge(effect) != VERDICT_MALFORMED)
			fail_msg("%s without %s passes", kind, name);
		json_object_set_new(effect, name, json_null());
		if (judge(effect) != VERDICT_MALFORMED)
			fail_msg("%s: %s may be null", kind, name);
		json_object_set(effect, name, value);
	}
	json_object_set_new(effect, "zebra", json_integer(1));
	assert_int_equal(judge(effect), VERDICT_MALFORMED);
	json_decref(whole);
}

static void
a_member_missing_too_many_or_of_another_type_is_malformed(void **state)
{
	(void)state;
	for_each_kind(check_members);
}

static json_t *
effect_with(const char *kind, const char *name, json_t *value)
{
	static const char *const suspend[] = {"for_s", "member", NULL};
	static const char *const spend[] = {"amount", "texts", "unit", NULL};
	json_t *e = json_pack("{s:s}", "do", kind);

	anyact_put(e, strcmp(kind, "spend") == 0 ? spend : suspend);
	json_object_set_new(e, name, value);
	return e;
}

static void
numbers_keep_to_their_bounds(void **state)
{
	static const struct {
		const char *kind, *name;
		json_int_t value;
		enum verdict verdict;
	} rows[] = {
		{"spend", "amount", 0, VERDICT_MALFORMED},
		{"spend", "amount", 1, VERDICT_OK},
		{"suspend", "for_s", 86399, VERDICT_MALFORMED},
		{"suspend", "for_s", 86400, VERDICT_OK},
		{"suspend", "for_s", 31536000, VERDICT_OK},
		{"suspend", "for_s", 31536001, VERDICT_MALFORMED},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		json_t *e = effect_with(rows[i].kind, rows[i].name,
			json_integer(rows[i].value));

		assert_int_equal(judge(e), rows[i].verdict);
		json_decref(e);
	}
}

static void
an_option_has_at_most_sixteen_effects(void **state)
{
	json_t *list = json_array();

	(void)state;
	for (size_t n = 0; n < 18; n++) {
		json_t *act = amendment(list);

		assert_int_equal(anyact_judge(act),
			n <= 16 ? VERDICT_OK : VERDICT_MALFORMED);
		json_decref(act);
		json_array_append_new(
			list, effect_with("spend", "amount", json_integer(1)));
	}
	json_decref(list);
}

static void
options_are_found_by_their_index(void **state)
{
	struct bytes options = BYTES("[{\"effects\":[1],\"texts\":[2]},"
				     "{\"effects\":[3],\"texts\":[4]}]");
	struct effect_option o;

	(void)state;
	assert_int_equal(effect_options_count(options), 2);
	assert_true(effect_option_at(options, 1, &o));
	assert_true(bytes_equal(o.effects, BYTES("[3]")));
	assert_true(bytes_equal(o.texts, BYTES("[4]")));
	assert_false(effect_option_at(options, 2, &o));
	assert_false(effect_option_at(BYTES("[]"), 0, &o));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_code_knows_the_effects_of_the_specification),
		cmocka_unit_test(
			a_member_missing_too_many_or_of_another_type_is_malformed),
		cmocka_unit_test(numbers_keep_to_their_bounds),
		cmocka_unit_test(an_option_has_at_most_sixteen_effects),
		cmocka_unit_test(options_are_found_by_their_index),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
