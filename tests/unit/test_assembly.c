#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"
#include "tests/lib/town.h"

/* A town in which alice rotated her key, and then renewed with the new one. */
static struct town *
rotated(void)
{
	struct town *t = town_new("alice,bob", NULL);
	uint8_t alice[32];
	json_t *act;

	town_find(t, "alice", alice);
	act = town_act("key.rotate", alice);
	town_put_next_key(t, "alice", act);
	assert_int_equal(
		town_file(t, TOWN_START_S + 1, "alice", act, NULL), VERDICT_OK);
	act = town_act("member.renew", alice);
	assert_int_equal(
		town_file(t, TOWN_START_S + 2, "alice", act, NULL), VERDICT_OK);
	return t;
}

/* Check record i of t before a, which may stand anywhere, comes to it. */
static enum verdict
precheck(const struct town *t, size_t i, const struct assembly *a,
	struct stamp *stamp, struct assembly_checked *out)
{
	assert_int_equal(stamp_decode(town_record(t, i), stamp), VERDICT_OK);
	return assembly_precheck(a, stamp->act, stamp->sig, true, out);
}

/* The assembly before the last two records of t. */
static struct assembly *
before_rotation(const struct town *t)
{
	struct assembly *a = assembly_new();

	for (size_t i = 0; i + 2 < town_size(t); i++)
		assert_int_equal(
			town_replay(a, town_record(t, i), true), VERDICT_OK);
	return a;
}

static void
acts_can_be_checked_before_the_key_they_need_is_in_force(void **state)
{
	struct assembly_checked *checked = mem_new(2 * sizeof(*checked));
	struct town *t = rotated();
	struct assembly *a = before_rotation(t);
	size_t first = town_size(t) - 2;
	struct stamp stamps[2];

	(void)state;
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(
			precheck(t, first + i, a, &stamps[i], &checked[i]),
			VERDICT_OK);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(assembly_replay(a, town_record(t, first + i),
					 &stamps[i], &checked[i], NULL),
			VERDICT_OK);
	mem_free(checked);
	assembly_free(a);
	town_free(t);
}

static void
a_signature_by_a_key_that_is_not_in_force_is_refused_in_its_turn(void **state)
{
	struct assembly_checked *checked = mem_new(sizeof(*checked));
	struct town *t = rotated();
	struct assembly *a = before_rotation(t);
	size_t last = town_size(t) - 1;
	struct stamp stamp;

	(void)state;
	/* Without the rotation. */
	assert_int_equal(precheck(t, last, a, &stamp, checked), VERDICT_OK);
	assert_int_equal(
		assembly_replay(a, town_record(t, last), &stamp, checked, NULL),
		VERDICT_BAD_SIGNATURE);
	mem_free(checked);
	assembly_free(a);
	town_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			acts_can_be_checked_before_the_key_they_need_is_in_force),
		cmocka_unit_test(
			a_signature_by_a_key_that_is_not_in_force_is_refused_in_its_turn),
	};

	crypt_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
