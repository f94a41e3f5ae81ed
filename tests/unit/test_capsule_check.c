#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/record/capsule_check.h"
#include "tests/lib/capsules.h"
#include "tests/lib/credentials.h"
#include "tests/lib/spec.h"

#define DAY_S 86400

static struct trust trust;

static struct capsule_check *
check(struct bytes doc, const char *nonce, const char *client, uint64_t now_s)
{
	struct capsule_check *c = test_calloc(1, sizeof(*c));
	struct capsule_check_with with = {.trust = &trust, .now_s = now_s};

	if (nonce != NULL) {
		with.asked = true;
		with.nonce = bytes_of_string(nonce);
		with.client = bytes_of_string(client);
	}
	capsule_check_run(doc, &with, c);
	return c;
}

static void
done(struct capsule_check *c)
{
	capsule_check_clear(c);
	test_free(c);
}

/* "terms published": the checks that said no, in their order. */
static void
put_noes(const struct capsule_check *c, struct writer *out)
{
	for (int i = 0; i < CAPSULE_CHECK_COUNT; i++)
		if (c->checks.made[i] && c->checks.verdict[i] != VERDICT_OK) {
			writer_put_string(out, out->len > 0 ? " " : "");
			writer_put_string(
				out, capsule_check_table()->rows[i].name);
		}
}

static void
assert_noes(const struct capsule_check *c, const char *expected,
	enum checks_answer answer)
{
	struct writer noes = {0};

	put_noes(c, &noes);
	assert_string_equal(writer_string(&noes), expected);
	assert_int_equal(capsule_check_answer(c), answer);
	writer_clear(&noes);
}

static void
assert_recipe(const struct capsules_recipe *r, const char *noes,
	enum checks_answer answer)
{
	struct writer doc = {0};
	struct capsule_check *c;

	capsules_make(r, &doc);
	c = check(writer_view(&doc), NULL, NULL, CAPSULES_NOW);
	assert_noes(c, noes, answer);
	done(c);
	writer_clear(&doc);
}

static void
a_good_capsule_is_valid(void **state)
{
	static const struct capsules_recipe plain,
		told = {.text = "Papers \"soon\"\n"},
		three = {.third_proof = true},
		named = {.names = 3, .another_place = true},
		unnamed = {.another_place = true};

	(void)state;
	assert_recipe(&plain, "", CHECKS_VALID);
	assert_recipe(&told, "", CHECKS_VALID);
	assert_recipe(&three, "", CHECKS_VALID);
	assert_recipe(&named, "", CHECKS_VALID);
	assert_recipe(&unnamed, "", CHECKS_VALID);
}

/* What is wrong with it, and the checks that say so. */
static void
each_fault_is_found_by_its_check(void **state)
{
	static const struct {
		struct capsules_recipe recipe;
		const char *noes;
		enum checks_answer answer;
	} cases[] = {
		{{.origin_of = "act"}, "union", CHECKS_NOT_PROVEN},
		{{.origin_of = "question"}, "union", CHECKS_NOT_PROVEN},
		{{.origin_of = "result"}, "union", CHECKS_NOT_PROVEN},
		{{.origin_of = "publish"}, "union", CHECKS_NOT_PROVEN},
		{{.origin_of = "status"}, "union", CHECKS_NOT_PROVEN},
		{{.unwitnessed = true}, "witnesses", CHECKS_NOT_PROVEN},
		{{.other_mandate = true}, "status", CHECKS_NOT_PROVEN},
		{{.other_root = true}, "status", CHECKS_NOT_PROVEN},
		{{.left_office = true}, "stewards", CHECKS_NOT_PROVEN},
		{{.rotated = true}, "stewards", CHECKS_NOT_PROVEN},
		{{.other_signer = "Eve"}, "trust stewards", CHECKS_NOT_PROVEN},
		{{.stranger_proof = true}, "trust stewards", CHECKS_NOT_PROVEN},
		{{.one_proof = true}, "trust", CHECKS_NOT_PROVEN},
		{{.delegate_gone = true}, "holder", CHECKS_NOT_PROVEN},
		{{.other_terms = true}, "terms published", CHECKS_NOT_PROVEN},
		{{.text = "Papers now", .other_text = true}, "text",
			CHECKS_NOT_PROVEN},
		{{.names = 3, .another_place = true, .other_name = true},
			"names", CHECKS_NOT_PROVEN},
		{{.names = 3, .another_place = true, .names_turned = true},
			"names", CHECKS_NOT_PROVEN},
		{{.names = 2}, "names", CHECKS_NOT_PROVEN},
		{{.other_question = true}, "question", CHECKS_NOT_PROVEN},
		{{.kind = "mandate-hold"}, "question", CHECKS_NOT_PROVEN},
		{{.forged_result = true}, "result", CHECKS_NOT_PROVEN},
		{{.missed_quorum = true}, "passed", CHECKS_NOT_PROVEN},
		{{.missed_majority = true}, "passed", CHECKS_NOT_PROVEN},
		{{.missed_quorum = true, .lied = true}, "passed",
			CHECKS_NOT_PROVEN},
		{{.missed_majority = true, .lied = true}, "passed",
			CHECKS_NOT_PROVEN},
		{{.class = "ordinary"}, "passed", CHECKS_NOT_PROVEN},
		{{.other_publication = true}, "published", CHECKS_NOT_PROVEN},
		{{.forged_publication = true}, "published", CHECKS_NOT_PROVEN},
		{{.unpublished = true}, "published", CHECKS_NOT_PROVEN},
		{{.status_late_s = 3 * DAY_S}, "not-ahead", CHECKS_NOT_PROVEN},
		{{.status_late_s = 2 * DAY_S + 300}, "", CHECKS_VALID},
		{{.status_late_s = 2 * DAY_S + 301}, "not-ahead",
			CHECKS_NOT_PROVEN},
		{{.status_late_s = -6 * DAY_S}, "fresh", CHECKS_STALE},
		{{.state = "AUTHORISED"}, "in-force", CHECKS_NOT_PROVEN},
		{{.state = "BLISSFUL"}, "in-force", CHECKS_NOT_PROVEN},
		{{.state = "SUSPENDED"}, "not-suspended", CHECKS_SUSPENDED},
		{{.state = "SUSPENDED", .status_late_s = -6 * DAY_S},
			"fresh not-suspended", CHECKS_SUSPENDED},
		{{.state = "RECALLED"}, "not-revoked", CHECKS_REVOKED},
		{{.state = "VOIDED"}, "not-revoked", CHECKS_REVOKED},
		{{.state = "CONCLUDED", .delegate_gone = true}, "not-revoked",
			CHECKS_REVOKED},
		{{.state = "EXPIRED", .one_proof = true}, "trust not-revoked",
			CHECKS_NOT_PROVEN},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_recipe(&cases[i].recipe, cases[i].noes, cases[i].answer);
}

static void
it_is_good_in_its_time_alone(void **state)
{
	static const struct capsules_recipe good;
	static const struct {
		int64_t days;
		const char *noes;
		enum checks_answer answer;
	} cases[] = {
		{-3, "not-ahead", CHECKS_NOT_PROVEN},
		{-25, "begun not-ahead", CHECKS_NOT_PROVEN},
		{5, "", CHECKS_VALID},
		{6, "fresh", CHECKS_STALE},
		{181, "not-over fresh", CHECKS_NOT_PROVEN},
	};
	struct writer doc = {0};

	(void)state;
	capsules_make(&good, &doc);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct capsule_check *c = check(writer_view(&doc), NULL, NULL,
			(uint64_t)(CAPSULES_NOW + cases[i].days * DAY_S));

		assert_noes(c, cases[i].noes, cases[i].answer);
		done(c);
	}
	writer_clear(&doc);
}

static void
a_holder_shows_it_for_one_request_alone(void **state)
{
	static const struct capsules_recipe good,
		shown = {.nonce = "n-1", .client = "city"},
		thief = {.nonce = "n-1", .client = "city", .shown_by = "Eve"};
	static const struct {
		const struct capsules_recipe *recipe;
		const char *nonce, *client, *noes;
		enum checks_answer answer;
	} cases[] = {
		{&shown, "n-1", "city", "", CHECKS_VALID},
		{&shown, NULL, NULL, "", CHECKS_VALID},
		{&shown, "n-2", "city", "nonce", CHECKS_NOT_PROVEN},
		{&shown, "n-1", "town", "client", CHECKS_NOT_PROVEN},
		{&good, "n-1", "city", "shown", CHECKS_NOT_PROVEN},
		{&thief, "n-1", "city", "shown", CHECKS_NOT_PROVEN},
		{&thief, NULL, NULL, "shown", CHECKS_NOT_PROVEN},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct writer doc = {0};
		struct capsule_check *c;

		capsules_make(cases[i].recipe, &doc);
		c = check(writer_view(&doc), cases[i].nonce, cases[i].client,
			CAPSULES_NOW);
		assert_noes(c, cases[i].noes, cases[i].answer);
		done(c);
		writer_clear(&doc);
	}
}

/* Changing one thing ********************************************************/

/* What a change of what stands below a path must be found by, besides form. */
static const struct {
	const char *path, *check, *other;
} finders[] = {
	{".act.", "terms", NULL},
	{".names.", "names", NULL},
	{".checkpoint", "checkpoint", "witnesses"},
	{".presentation.verifiableCredential.", "signatures", "terms"},
	{".presentation.", "shown", NULL},
	{".credential.", "signatures", "terms"},
	{".publish.", "published", NULL},
	{".question.", "question", NULL},
	{".result.", "result", NULL},
	{".status", "status", NULL},
	{".text.", "text", NULL},
	{".type", "form", NULL},
};

struct changes {
	json_t *doc;
	const char *nonce, *client;
	size_t n, in_form; /* changes, and those that the form did not see */
};

static bool
said_no(const struct capsule_check *c, const char *name)
{
	for (int i = 0; i < CAPSULE_CHECK_COUNT; i++)
		if (strcmp(capsule_check_table()->rows[i].name, name) == 0)
			return c->checks.made[i] &&
			       c->checks.verdict[i] != VERDICT_OK;
	fail_msg("there is no check %s", name);
	return false;
}

static bool
was_found(const struct capsule_check *c, const char *path)
{
	size_t i = 0;

	while (strncmp(path, finders[i].path, strlen(finders[i].path)) != 0)
		if (++i == sizeof(finders) / sizeof(finders[0]))
			fail_msg("nobody looks after %s", path);
	return said_no(c, finders[i].check) ||
	       (finders[i].other != NULL && said_no(c, finders[i].other));
}

/* The document as it is now must be refused, and by whom it should. */
static void
assert_refused(struct changes *all, const char *path)
{
	char *text = json_dumps(all->doc, JSON_COMPACT | JSON_SORT_KEYS);
	struct capsule_check *c = check(
		bytes_of_string(text), all->nonce, all->client, CAPSULES_NOW);

	if (capsule_check_answer(c) != CHECKS_NOT_PROVEN)
		fail_msg("changed %s: %s", path,
			checks_answer_name(capsule_check_answer(c)));
	if (!said_no(c, "form") && !said_no(c, "union") && !was_found(c, path))
		fail_msg("changed %s: its check said yes", path);
	all->n++;
	all->in_form += !said_no(c, "form");
	done(c);
	free(text);
}

/* Another letter of the same sort, at place at. */
static char
another(char c)
{
	if (c >= '0' && c <= '9')
		return c == '9' ? '8' : (char)(c + 1);
	if (c == 'f' || c == 'z' || c == 'Z')
		return (char)(c - 1);
	return (c >= 'a' && c < 'z') || (c >= 'A' && c < 'Z') ? (char)(c + 1)
							      : 'x';
}

/* Each of some letters of a string: first, middle, last, every 13th. */
static void
change_string(struct changes *all, json_t *value, const char *path)
{
	size_t len = json_string_length(value);
	char *old = strdup(json_string_value(value));

	for (size_t at = 0; at < len; at++) {
		char *new = strdup(old);

		if (at % 13 != 0 && at != len / 2 && at + 1 != len) {
			free(new);
			continue;
		}
		new[at] = another(new[at]);
		if (strcmp(new, old) != 0 && json_string_set(value, new) == 0) {
			assert_refused(all, path);
		}
		free(new);
	}
	json_string_set(value, old);
	free(old);
}

static void change(struct changes *all, json_t *value, const char *path);

static bool
may_be_left_out(const char *path)
{
	return strcmp(path, ".text") == 0 || strcmp(path, ".names") == 0 ||
	       strcmp(path, ".names.") == 0;
}

static void
change_members(struct changes *all, json_t *object, const char *path)
{
	json_t *copy = json_copy(object), *value;
	char below[512];
	const char *name;

	json_object_foreach(copy, name, value)
	{
		snprintf(below, sizeof(below), "%s.%s", path, name);
		change(all, value, below);
		if (json_is_boolean(value)) {
			json_object_set_new(object, name,
				json_boolean(json_is_false(value)));
			assert_refused(all, below);
		}
		json_object_del(object, name);
		if (!may_be_left_out(below))
			assert_refused(all, below);
		json_object_set(object, name, value);
	}
	json_object_set_new(object, "zz", json_integer(1));
	snprintf(below, sizeof(below), "%s.zz", path);
	if (path[0] != '\0')
		assert_refused(all, below);
	json_object_del(object, "zz");
	json_decref(copy);
}

/* Proofs are a set. */
static bool
is_ordered(const char *path)
{
	size_t len = strlen(path);

	return len < 6 || strcmp(path + len - 6, ".proof") != 0;
}

static void
change_elements(struct changes *all, json_t *list, const char *path)
{
	char below[512];

	snprintf(below, sizeof(below), "%s.", path);
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *value = json_incref(json_array_get(list, i));

		change(all, value, below);
		json_array_remove(list, i);
		if (!may_be_left_out(below))
			assert_refused(all, below);
		json_array_insert(list, i, value);
		json_array_append(list, value);
		assert_refused(all, below);
		json_array_remove(list, json_array_size(list) - 1);
		if (i > 0 && is_ordered(path) &&
			!json_equal(value, json_array_get(list, 0))) {
			json_array_remove(list, i);
			json_array_insert(list, 0, value);
			assert_refused(all, below);
			json_array_remove(list, 0);
			json_array_insert(list, i, value);
		}
		json_decref(value);
	}
}

static void
change(struct changes *all, json_t *value, const char *path)
{
	json_int_t n;

	switch (json_typeof(value)) {
	case JSON_OBJECT:
		change_members(all, value, path);
		break;
	case JSON_ARRAY:
		change_elements(all, value, path);
		break;
	case JSON_STRING:
		change_string(all, value, path);
		break;
	case JSON_INTEGER:
		n = json_integer_value(value);
		json_integer_set(value, n + 1);
		assert_refused(all, path);
		json_integer_set(value, n > 0 ? n - 1 : 7);
		assert_refused(all, path);
		json_integer_set(value, n);
		break;
	default:
		break;
	}
}

/* Every member, list, string and number, one at a time. */
static void
change_all(const struct capsules_recipe *recipe, size_t least)
{
	struct changes all = {.nonce = recipe->nonce, .client = recipe->client};
	struct writer doc = {0};

	capsules_make(recipe, &doc);
	all.doc = json_loadb((const char *)doc.data, doc.len, 0, NULL);
	change(&all, all.doc, "");
	print_message(
		"[  CHANGE  ] %zu copies, %zu in form\n", all.n, all.in_form);
	assert_true(all.n >= least);
	assert_true(all.in_form >= least / 2);
	json_decref(all.doc);
	writer_clear(&doc);
}

static void
whatever_is_changed_is_found_by_its_check(void **state)
{
	static const struct capsules_recipe bare = {.text = "Papers"},
					    shown = {.nonce = "n-1",
						    .client = "city"},
					    named = {.names = 3,
						    .another_place = true};

	(void)state;
	change_all(&bare, 500);
	change_all(&shown, 500);
	change_all(&named, 500);
}

static void
cut_off_at_any_length_it_proves_nothing(void **state)
{
	static const struct capsules_recipe good;
	struct writer doc = {0};

	(void)state;
	capsules_make(&good, &doc);
	for (size_t n = 0; n < doc.len; n++) {
		struct capsule_check *c =
			check(bytes_slice(writer_view(&doc), 0, n), NULL, NULL,
				CAPSULES_NOW);

		assert_noes(c, "form", CHECKS_NOT_PROVEN);
		done(c);
	}
	writer_clear(&doc);
}

static void
huge_and_deep_ones_prove_nothing(void **state)
{
	static const char *const units[] = {"[", "{\"a\":", "x"};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct writer doc = {0};
		struct capsule_check *c;

		for (int n = 0; n < 1000; n++)
			writer_put_string(&doc, units[i]);
		c = check(writer_view(&doc), NULL, NULL, CAPSULES_NOW);
		assert_noes(c, "form", CHECKS_NOT_PROVEN);
		done(c);
		while (doc.len <= LIMIT_CAPSULE_BYTES)
			writer_put_string(&doc, units[i]);
		c = check(writer_view(&doc), NULL, NULL, CAPSULES_NOW);
		assert_int_equal(
			c->checks.verdict[CAPSULE_FORM], VERDICT_TOO_LARGE);
		done(c);
		writer_clear(&doc);
	}
}

static void
whom_nobody_trusts_proves_nothing(void **state)
{
	static const struct capsules_recipe good;
	struct trust kept = trust;

	(void)state;
	trust_begin(&trust);
	assert_recipe(&good, "union trust", CHECKS_NOT_PROVEN);
	trust = kept;
	trust.of[CREDENTIAL_MANDATE].n = 0;
	assert_recipe(&good, "trust", CHECKS_NOT_PROVEN);
	trust = kept;
	trust.policy.n_keys = 0;
	assert_recipe(&good, "union", CHECKS_NOT_PROVEN);
	trust = kept;
}

static void
the_specification_has_the_same_checks(void **state)
{
	const struct checks_table *table = capsule_check_table();
	struct spec spec;
	int row = 0;

	(void)state;
	spec_open(&spec, "specs/capsule.md", "Check");
	for (; spec_row(&spec); row++) {
		char name[64];
		char *cell = spec.cells[0];
		bool optional;

		assert_true(row < table->n);
		assert_true(spec_word(&cell, name, &optional));
		assert_string_equal(name, table->rows[row].name);
		assert_string_equal(spec.cells[2],
			checks_answer_name(table->rows[row].answer));
	}
	assert_int_equal(row, table->n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_capsule_is_valid),
		cmocka_unit_test(each_fault_is_found_by_its_check),
		cmocka_unit_test(it_is_good_in_its_time_alone),
		cmocka_unit_test(a_holder_shows_it_for_one_request_alone),
		cmocka_unit_test(whatever_is_changed_is_found_by_its_check),
		cmocka_unit_test(cut_off_at_any_length_it_proves_nothing),
		cmocka_unit_test(huge_and_deep_ones_prove_nothing),
		cmocka_unit_test(whom_nobody_trusts_proves_nothing),
		cmocka_unit_test(the_specification_has_the_same_checks),
	};
	struct writer text = {0};
	size_t line;
	int rc;

	if (!crypt_init())
		return 1;
	capsules_trust(&text);
	if (trust_parse(writer_view(&text), &trust, &line) != VERDICT_OK)
		return 1;
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	writer_clear(&text);
	return rc;
}
