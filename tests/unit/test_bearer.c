#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/assembly/bearer.h"
#include "ballots/base/mem.h"

/* A world of one member, one gateway and two chapters; the first is theirs. */
static const uint8_t member[32] = {1}, gateway[32] = {2}, harbour[32] = {3},
		     market[32] = {4}, key[32] = {5}, other[32] = {6};

static struct world *w;

static int
begin(void **state)
{
	(void)state;
	w = world_new();
	roster_add(&w->roster, member, key, other, 1000, false);
	world_open_section(&w->chapters, market);
	world_open_section(&w->chapters, harbour);
	roster_join_chapter(&w->roster, 0, 1, 1000);
	w->gateways = mem_grow(
		w->gateways, &w->gateways_cap, 1, sizeof(*w->gateways));
	w->gateways[0] = (struct world_gateway){
		.accepts = mem_copy("[]", 2),
	};
	memcpy(w->gateways[0].id, gateway, 32);
	memcpy(w->gateways[0].key, key, 32);
	w->n_gateways = 1;
	return 0;
}

static int
end(void **state)
{
	(void)state;
	world_free(w);
	return 0;
}

/* Who was given a credential at the beginning. */
static struct bearer
bearer_of(const uint8_t holder[static 32], const uint8_t *chapter)
{
	struct bearer b = {.gateway = holder == gateway};

	memcpy(b.holder, holder, 32);
	memcpy(b.key, key, 32);
	b.of_chapter = chapter != NULL;
	if (chapter != NULL)
		memcpy(b.chapter, chapter, 32);
	return b;
}

static void
who_stands_as_before_is_not_revoked(void **state)
{
	struct bearer b = bearer_of(member, NULL);

	(void)state;
	assert_false(bearer_revoked(w, &b));
	assert_false(bearer_suspended(w, &b, 5000));
	b = bearer_of(member, harbour);
	assert_false(bearer_revoked(w, &b));
	b = bearer_of(gateway, NULL);
	assert_false(bearer_revoked(w, &b));
	assert_false(bearer_suspended(w, &b, 5000));
}

static void
a_key_that_is_no_longer_in_force_revokes(void **state)
{
	struct bearer b = bearer_of(member, NULL);

	(void)state;
	roster_rotate(&w->roster, 0, other, key);
	assert_true(bearer_revoked(w, &b));
	memcpy(b.key, other, 32);
	assert_false(bearer_revoked(w, &b));
	b = bearer_of(gateway, NULL);
	b.key[0] ^= 1;
	assert_true(bearer_revoked(w, &b));
}

static void
leaving_revokes(void **state)
{
	struct bearer b = bearer_of(member, NULL);

	(void)state;
	roster_leave(&w->roster, 0);
	assert_true(bearer_revoked(w, &b));
}

static void
leaving_the_chapter_that_is_named_revokes_and_no_other(void **state)
{
	struct bearer named = bearer_of(member, harbour);
	struct bearer unnamed = bearer_of(member, NULL);
	struct bearer elsewhere = bearer_of(member, market);
	struct bearer nowhere = bearer_of(member, other);

	(void)state;
	assert_true(bearer_revoked(w, &elsewhere));
	assert_true(bearer_revoked(w, &nowhere));
	roster_leave_chapter(&w->roster, 0, 1);
	assert_true(bearer_revoked(w, &named));
	assert_false(bearer_revoked(w, &unnamed));
}

static void
a_gateway_that_was_struck_is_revoked(void **state)
{
	struct bearer b = bearer_of(gateway, NULL);

	(void)state;
	w->gateways[0].struck = true;
	assert_true(bearer_revoked(w, &b));
}

static void
who_was_never_there_is_revoked(void **state)
{
	struct bearer b = bearer_of(other, NULL);

	(void)state;
	assert_true(bearer_revoked(w, &b));
	assert_false(bearer_suspended(w, &b, 0));
	b.gateway = true;
	assert_true(bearer_revoked(w, &b));
	assert_null(bearer_gateway(w, member));
	assert_ptr_equal(bearer_gateway(w, gateway), &w->gateways[0]);
}

static void
a_suspension_lasts_until_its_last_second(void **state)
{
	struct bearer b = bearer_of(member, NULL);

	(void)state;
	roster_suspend(&w->roster, 0, 5000);
	assert_true(bearer_suspended(w, &b, 4999));
	assert_false(bearer_suspended(w, &b, 5000));
	assert_false(bearer_revoked(w, &b));
}

static void
a_key_that_is_being_recovered_is_suspended(void **state)
{
	struct bearer b = bearer_of(member, NULL);

	(void)state;
	roster_recover(&w->roster, 0, ROSTER_RECOVERING);
	assert_true(bearer_suspended(w, &b, 5000));
	roster_recover(&w->roster, 0, ROSTER_CONTESTED);
	assert_true(bearer_suspended(w, &b, 5000));
	assert_false(bearer_revoked(w, &b));
	roster_recover(&w->roster, 0, ROSTER_SAFE);
	assert_false(bearer_suspended(w, &b, 5000));
}

int
main(void)
{
#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, begin, end)
	const struct CMUnitTest tests[] = {
		IN_WORLD(who_stands_as_before_is_not_revoked),
		IN_WORLD(a_key_that_is_no_longer_in_force_revokes),
		IN_WORLD(leaving_revokes),
		IN_WORLD(
			leaving_the_chapter_that_is_named_revokes_and_no_other),
		IN_WORLD(a_gateway_that_was_struck_is_revoked),
		IN_WORLD(who_was_never_there_is_revoked),
		IN_WORLD(a_suspension_lasts_until_its_last_second),
		IN_WORLD(a_key_that_is_being_recovered_is_suspended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
