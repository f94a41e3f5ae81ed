#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "ballots/base/crypt.h"
#include "ballots/count/methods.h"
#include "ballots/rules/charter.h"
#include "ballots/rules/model.h"
#include "tests/lib/spec.h"

/* The model charter, changed in one place at a time. */
static json_t *
model(void)
{
	struct writer w = {0};
	json_t *charter;

	model_charter(1800000000, false, &w);
	charter = json_loadb((const char *)w.data, w.len, 0, NULL);
	assert_non_null(charter);
	writer_clear(&w);
	return charter;
}

static enum verdict
judge(const json_t *charter, struct charter *out)
{
	char *text = json_dumps(charter, JSON_COMPACT | JSON_SORT_KEYS);
	enum verdict v = charter_decode(bytes_of_string(text), out);

	free(text);
	return v;
}

/*
 * Put the JSON of value at path, names with dots between, or take away what is
 * there where value is NULL.
 */
static void
put_at(json_t *charter, const char *path, const char *value)
{
	char name[64];
	json_t *at = charter;

	for (const char *dot; (dot = strchr(path, '.')) != NULL;
		path = dot + 1) {
		snprintf(name, sizeof(name), "%.*s", (int)(dot - path), path);
		at = json_object_get(at, name);
		assert_non_null(at);
	}
	if (value == NULL)
		json_object_del(at, path);
	else
		json_object_set_new(
			at, path, json_loads(value, JSON_DECODE_ANY, NULL));
}

static enum verdict
judge_with(const char *path, const char *value)
{
	struct charter *out = malloc(sizeof(*out));
	json_t *charter = model();
	enum verdict v;

	put_at(charter, path, value);
	v = judge(charter, out);
	json_decref(charter);
	free(out);
	return v;
}

/* Bounds ********************************************************************/

static void
every_number_keeps_to_its_bounds(void **state)
{
	static const struct {
		const char *path;
		long long low, high;
	} rows[] = {
		{"admit.registrars", 0, 5},
		{"admit.vouchers", 0, 5},
		{"answer_s", 86400, 7776000},
		{"cure_s", 86400, 7776000},
		{"draw_s", 3600, 604800},
		{"interim_s", 86400, 1209600},
		{"offer_s", 86400, 7776000},
		{"panel_s", 86400, 2592000},
		{"recovery_s", 259200, 7776000},
		{"scope_s", 86400, 1209600},
		{"status_ttl_s", 86400, 2592000},
		{"delegation.cap", 0, 16777216},
		{"delegation.life_s", 86400, 94608000},
		{"founders.members", 1, 16777216},
		{"founders.until_s", 0, LIMIT_JSON_INT},
		{"hold_s", 259200, 5184000},
		{"lot_s", 3600, 1209600},
		{"offices.auditor.seats", 1, 99},
		{"offices.registrar.seats", 1, 99},
		{"offices.steward.seats", 1, 99},
		{"offices.auditor.term_s", 2592000, 157680000},
		{"offices.registrar.term_s", 2592000, 157680000},
		{"offices.steward.term_s", 2592000, 157680000},
		{"probation_s", 0, 7776000},
		{"publish_needs", 1, 5},
		{"renew_s", 2592000, 157680000},
		{"classes.ordinary.admission_s", 0, 15552000},
		{"classes.ordinary.after_change_s", 0, 2592000},
		{"classes.ordinary.cooling_s", 0, 5184000},
		/* The model discusses 10 to 24 days, and votes 10. */
		{"classes.ordinary.discussion_max_s", 864000, 15552000},
		{"classes.ordinary.discussion_min_s", 172800, 2073600},
		{"classes.ordinary.frozen_s", 0, 2592000},
		{"classes.ordinary.late_s", 0, 432000},
		/* The model's late window is 48 hours. */
		{"classes.ordinary.voting_s", 345600, 5184000},
		{"classes.consultation.voting_s", 259200, 5184000},
		{"classes.ordinary.sponsors.times", 0, 4},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const long long values[] = {rows[i].low, rows[i].high,
			rows[i].low - 1, rows[i].high + 1};

		for (int j = 0; j < 4; j++) {
			char text[32];
			enum verdict v;

			snprintf(text, sizeof(text), "%lld", values[j]);
			v = judge_with(rows[i].path, text);
			if ((v == VERDICT_OK) != (j < 2))
				fail_msg("%s: %s is %s", rows[i].path, text,
					verdict_name(v));
		}
	}
}

static void
shares_lists_and_names_keep_to_their_bounds(void **state)
{
	static const struct {
		const char *path, *good, *bad;
	} rows[] = {
		{"entrenched", "[2,3]", "[6665,10000]"},
		{"entrenched", "[9,10]", "[9001,10000]"},
		{"entrenched", "[6667,10000]", "[8,11,1]"},
		{"classes.ordinary.majority", "[1,2]", "[4999,10000]"},
		{"classes.ordinary.majority", "[9,10]", "[9001,10000]"},
		{"classes.ordinary.majority", "[9000,10000]", "[1,0]"},
		{"classes.ordinary.majority", "[5001,10000]", "[6000,10001]"},
		{"classes.ordinary.quorum", "{\"share\":[1,2]}",
			"{\"share\":[5001,10000]}"},
		{"classes.ordinary.quorum", "{\"share\":[0,1]}",
			"{\"share\":[0,0]}"},
		{"classes.ordinary.quorum", "{\"root\":[10000,1]}",
			"{\"root\":[10001,1]}"},
		{"classes.ordinary.quorum", "{\"root\":[0,10000]}",
			"{\"root\":[0,10001]}"},
		{"classes.ordinary.quorum", "{\"root\":[9,4]}",
			"{\"root\":[9,4],\"share\":[1,4]}"},
		{"classes.ordinary.sponsors", "{\"share\":[1,5]}",
			"{\"share\":[2001,10000]}"},
		{"classes.ordinary.sponsors", "{\"share\":[0,5]}", "{}"},
		{"classes.ordinary.sponsors", "{\"times\":4}",
			"{\"share\":[1,9],\"times\":1}"},
		{"classes.ordinary.effects", "[]", "[\"dance\"]"},
		{"classes.ordinary.effects", "[\"seat\",\"spend\"]",
			"[\"spend\",\"seat\"]"},
		{"classes.ordinary.effects", "[\"seat\"]",
			"[\"seat\",\"seat\"]"},
		{"classes.ordinary.methods", "[\"yes-no\"]", "[]"},
		{"classes.ordinary.methods", "[\"irv\",\"schulze\"]",
			"[\"schulze\",\"irv\"]"},
		{"classes.ordinary.methods", "[\"irv\"]", "[\"dice\"]"},
		{"classes.ordinary.delegation", "false", "0"},
		{"texts", "[]", "{}"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (judge_with(rows[i].path, rows[i].good) != VERDICT_OK)
			fail_msg("%s: %s", rows[i].path, rows[i].good);
		if (judge_with(rows[i].path, rows[i].bad) !=
			VERDICT_BAD_CHARTER)
			fail_msg("%s: %s", rows[i].path, rows[i].bad);
	}
}

static enum verdict
judge_limit(const char *kind, json_int_t max, json_int_t window_s)
{
	struct charter *out = malloc(sizeof(*out));
	json_t *charter = model();
	enum verdict v;

	json_object_set_new(json_object_get(charter, "limits"), kind,
		json_pack("[I, I]", max, window_s));
	v = judge(charter, out);
	json_decref(charter);
	free(out);
	return v;
}

static void
limits_keep_to_their_bounds_and_shut_nobody_out(void **state)
{
	static const char *const never_shut[] = {"proposal.open",
		"proposal.support", "ballot.cast", "member.leave",
		"member.renew"};

	(void)state;
	assert_int_equal(judge_limit("key.rotate", 1, 60), VERDICT_OK);
	assert_int_equal(
		judge_limit("key.rotate", 10000, 31536000), VERDICT_OK);
	assert_int_equal(judge_limit("key.rotate", 0, 60), VERDICT_BAD_CHARTER);
	assert_int_equal(
		judge_limit("key.rotate", 10001, 60), VERDICT_BAD_CHARTER);
	assert_int_equal(judge_limit("key.rotate", 1, 59), VERDICT_BAD_CHARTER);
	assert_int_equal(
		judge_limit("key.rotate", 1, 31536001), VERDICT_BAD_CHARTER);
	assert_int_equal(judge_limit("key.lose", 1, 60), VERDICT_BAD_CHARTER);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(
			judge_limit(never_shut[i], 1, 2592000), VERDICT_OK);
		assert_int_equal(judge_limit(never_shut[i], 1, 2592001),
			VERDICT_BAD_CHARTER);
	}
}

/* Beyond the tables *********************************************************/

static void
somebody_must_admit_members(void **state)
{
	(void)state;
	assert_int_equal(
		judge_with("admit", "{\"registrars\":0,\"vouchers\":1}"),
		VERDICT_OK);
	assert_int_equal(
		judge_with("admit", "{\"registrars\":0,\"vouchers\":0}"),
		VERDICT_BAD_CHARTER);
}

static void
the_classes_that_keep_a_union_governable_stay(void **state)
{
	static const struct {
		const char *path, *value;
	} rows[] = {
		{"classes.charter", NULL},
		{"classes.election", NULL},
		{"classes.mandate", NULL},
		{"classes.recall", NULL},
		{"classes.charter.effects", "[]"},
		{"classes.charter.methods", "[\"approval\"]"},
		{"classes.recall.effects", "[\"unseat\"]"},
		{"classes.recall.methods", "[\"approval\"]"},
		{"classes.election.effects", "[]"},
		{"classes.election.methods", "[\"schulze\"]"},
		{"classes.mandate.methods", "[\"schulze\"]"},
	};

	(void)state;
	assert_int_equal(judge_with("classes.ordinary", NULL), VERDICT_OK);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(judge_with(rows[i].path, rows[i].value),
			VERDICT_BAD_CHARTER);
}

static void
what_touches_a_person_or_the_rules_is_decided_in_person(void **state)
{
	static const char *const effects[] = {"admit", "suspend"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char list[32];

		snprintf(list, sizeof(list), "[\"%s\"]", effects[i]);
		assert_int_equal(judge_with("classes.ordinary.effects", list),
			VERDICT_BAD_CHARTER);
		assert_int_equal(
			judge_with("classes.urgent.effects", list), VERDICT_OK);
	}
	assert_int_equal(judge_with("classes.charter.delegation", "true"),
		VERDICT_BAD_CHARTER);
	assert_int_equal(judge_with("classes.recall.delegation", "true"),
		VERDICT_BAD_CHARTER);
	assert_int_equal(judge_with("classes.ratification.delegation", "true"),
		VERDICT_BAD_CHARTER);
	assert_int_equal(
		judge_with("classes.urgent.delegation", "true"), VERDICT_OK);
}

static void
some_effects_belong_to_one_class_only(void **state)
{
	static const char *const effects[] = {
		"[\"amend\"]", "[\"recall\"]", "[\"unseat\"]"};

	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(
			judge_with("classes.urgent.effects", effects[i]),
			VERDICT_BAD_CHARTER);
}

/* A copy of the class urgent under another name. */
static enum verdict
judge_class(const char *name, unsigned copies)
{
	struct charter *out = malloc(sizeof(*out));
	json_t *charter = model(), *classes;
	enum verdict v;

	classes = json_object_get(charter, "classes");
	for (unsigned i = 0; i < copies; i++) {
		char numbered[64];

		snprintf(numbered, sizeof(numbered), "%s%.*s", name, (int)i,
			"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
		json_object_set(
			classes, numbered, json_object_get(classes, "urgent"));
	}
	v = judge(charter, out);
	json_decref(charter);
	free(out);
	return v;
}

static void
classes_have_plain_names_and_are_32_at_most(void **state)
{
	(void)state;
	assert_int_equal(judge_class("a-b", 1), VERDICT_OK);
	assert_int_equal(
		judge_class("abcdefghijklmnopqrstuvwxyz-abcde", 1), VERDICT_OK);
	assert_int_equal(judge_class("abcdefghijklmnopqrstuvwxyz-abcdef", 1),
		VERDICT_BAD_CHARTER);
	assert_int_equal(judge_class("Upper", 1), VERDICT_BAD_CHARTER);
	assert_int_equal(judge_class("a1", 1), VERDICT_BAD_CHARTER);
	assert_int_equal(judge_class("c", 22), VERDICT_OK);
	assert_int_equal(judge_class("c", 23), VERDICT_BAD_CHARTER);
}

static void
a_member_missing_too_many_or_of_another_type_breaks_it(void **state)
{
	json_t *charter = model(), *value;
	struct charter out;
	const char *name;

	(void)state;
	json_object_foreach(charter, name, value)
	{
		assert_int_equal(judge_with(name, NULL), VERDICT_BAD_CHARTER);
		assert_int_equal(judge_with(name, "null"), VERDICT_BAD_CHARTER);
	}
	json_object_foreach(
		json_object_get(json_object_get(charter, "classes"), "urgent"),
		name, value)
	{
		char path[64];

		snprintf(path, sizeof(path), "classes.urgent.%s", name);
		assert_int_equal(judge_with(path, NULL), VERDICT_BAD_CHARTER);
		assert_int_equal(judge_with(path, "\"\""), VERDICT_BAD_CHARTER);
	}
	assert_int_equal(judge_with("zebra", "1"), VERDICT_BAD_CHARTER);
	assert_int_equal(judge_with("admit.zebra", "1"), VERDICT_BAD_CHARTER);
	json_object_set_new(charter, "texts", json_array());
	assert_int_equal(judge(charter, &out), VERDICT_OK);
	json_decref(charter);
}

/* The model *****************************************************************/

static void
put_span(struct writer *out, uint64_t span_s, bool hours)
{
	hours = hours || span_s % 86400 != 0;
	writer_put_decimal(out, span_s / (hours ? 3600 : 86400));
	if (span_s != 0)
		writer_put_string(out, hours ? " h" : " d");
}

static void
put_ratio(struct writer *out, struct ratio r)
{
	writer_put_decimal(out, r.num);
	writer_put_string(out, "/");
	writer_put_decimal(out, r.den);
}

/* One cell of the table of defaults, as the charter has it. */
static void
put_cell(struct writer *out, const struct charter_class *c, int column)
{
	const uint64_t spans[] = {c->admission_s, 0, c->after_change_s,
		c->frozen_s, c->voting_s, c->late_s, c->cooling_s};
	const struct need *need = column == 1 ? &c->sponsors : &c->quorum;

	if (column == 3) {
		writer_put_decimal(out, c->discussion_min_s / 86400);
		writer_put_string(out, " / ");
		put_span(out, c->discussion_max_s, false);
	} else if (column >= 2 && column <= 8) {
		put_span(out, spans[column - 2], column == 7);
	} else if (column == 10) {
		put_ratio(out, c->majority);
	} else if (column == 11) {
		writer_put_string(out, c->delegation ? "yes" : "no");
	} else if (need->by_share || column == 9) {
		writer_put_string(out, need->by_share ? "share " : "root ");
		put_ratio(out, need->by_share ? need->share : need->root);
	} else {
		writer_put_decimal(out, need->times);
		writer_put_string(out, "K");
	}
}

static int
row_of_method(struct bytes name)
{
	int row = 0;

	while (methods_at((size_t)row) != methods_find(name))
		row++;
	return row;
}

static int
row_of_effect(struct bytes name)
{
	return (int)effect_kind_by_name(name);
}

/* The set that a list of names in a cell stands for. */
static uint32_t
set_of(char *cell, int (*row)(struct bytes name))
{
	struct bytes rest = bytes_of_string(cell);
	uint32_t set = 0;

	while (rest.len > 0) {
		struct bytes name = bytes_cut(&rest, ',');

		if (rest.len > 0)
			rest = bytes_slice(rest, 1, rest.len - 1);
		set |= (uint32_t)1 << row(name);
	}
	return set;
}

static void
the_model_says_what_the_specification_says(void **state)
{
	json_t *charter = model();
	struct charter c;
	struct spec s;
	uint32_t n = 0;

	(void)state;
	assert_int_equal(judge(charter, &c), VERDICT_OK);
	spec_open(&s, "specs/charter.md", "Class");
	for (; spec_row(&s); n++) {
		char name[64], *cell = s.cells[0];
		const struct charter_class *class;
		bool may;

		assert_true(spec_word(&cell, name, &may));
		class = charter_class(&c, bytes_of_string(name));
		assert_non_null(class);
		for (int column = 1; column < 12; column++) {
			struct writer out = {0};

			put_cell(&out, class, column);
			assert_string_equal(
				writer_string(&out), s.cells[column]);
			writer_clear(&out);
		}
		assert_int_equal(class->methods,
			strcmp(s.cells[12], "all") == 0
				? (1 << 11) - 1
				: set_of(s.cells[12], row_of_method));
		assert_int_equal(class->effects,
			strcmp(s.cells[13], "–") == 0
				? 0
				: set_of(s.cells[13], row_of_effect));
	}
	assert_int_equal(n, c.n_classes);
	json_decref(charter);
}

static void
both_models_keep_to_the_bounds(void **state)
{
	(void)state;
	for (int rehearsal = 0; rehearsal < 2; rehearsal++) {
		struct writer w = {0};
		struct charter c;

		model_charter(0, rehearsal != 0, &w);
		assert_int_equal(
			charter_decode(writer_view(&w), &c), VERDICT_OK);
		assert_int_equal(c.probation_s, rehearsal ? 0 : 21 * 86400);
		writer_clear(&w);
	}
}

static void
only_changes_of_the_amendment_rules_are_entrenched(void **state)
{
	static const struct {
		const char *path, *value;
		bool entrenched;
	} rows[] = {
		{"entrenched", "[7,10]", true},
		{"entrenched", "[6,8]", false}, /* the same share */
		{"classes.charter.voting_s", "1900000", true},
		{"classes.recall.voting_s", "700000", true},
		{"classes.ordinary.voting_s", "900000", false},
		{"probation_s", "0", false},
	};
	struct charter from, to;
	json_t *charter = model();

	(void)state;
	assert_int_equal(judge(charter, &from), VERDICT_OK);
	json_decref(charter);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		charter = model();
		put_at(charter, rows[i].path, rows[i].value);
		assert_int_equal(judge(charter, &to), VERDICT_OK);
		assert_int_equal(
			charter_entrenched(&from, &to), rows[i].entrenched);
		json_decref(charter);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_number_keeps_to_its_bounds),
		cmocka_unit_test(shares_lists_and_names_keep_to_their_bounds),
		cmocka_unit_test(
			limits_keep_to_their_bounds_and_shut_nobody_out),
		cmocka_unit_test(somebody_must_admit_members),
		cmocka_unit_test(the_classes_that_keep_a_union_governable_stay),
		cmocka_unit_test(
			what_touches_a_person_or_the_rules_is_decided_in_person),
		cmocka_unit_test(some_effects_belong_to_one_class_only),
		cmocka_unit_test(classes_have_plain_names_and_are_32_at_most),
		cmocka_unit_test(
			a_member_missing_too_many_or_of_another_type_breaks_it),
		cmocka_unit_test(the_model_says_what_the_specification_says),
		cmocka_unit_test(both_models_keep_to_the_bounds),
		cmocka_unit_test(
			only_changes_of_the_amendment_rules_are_entrenched),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
