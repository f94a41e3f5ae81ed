#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ballots/base/coding.h"
#include "ballots/base/crypt.h"
#include "ballots/base/writer.h"
#include "ballots/rules/draw.h"

#define MEMBERS 20

static const uint8_t a_case[32] = {7};

/* Auditors 1 and 2, who reveal 32 bytes 1 and 32 bytes 2; which ones do. */
static struct lots
two_lots(struct lots_part parts[2], bool first, bool second)
{
	parts[0] = (struct lots_part){.member = 1, .revealed = first};
	parts[1] = (struct lots_part){.member = 2, .revealed = second};
	memset(parts[0].value, 1, 32);
	memset(parts[1].value, 2, 32);
	return (struct lots){.at = parts, .n = 2};
}

/* Member n has the id n and 31 zeros; from the last to the first. */
static uint32_t
draw_all(struct draw *d, uint32_t members[static DRAW_MAX])
{
	for (uint32_t i = MEMBERS; i > 0; i--) {
		const uint8_t id[32] = {(uint8_t)(i - 1)};

		draw_offer(d, i - 1, id);
	}
	return draw_end(d, members);
}

/*
 * Worked out apart from this code: SHA-256 of "union-panel/v1\n", the case,
 * the round and the values; then members by SHA-256 of that and their ids.
 */
static const struct {
	uint32_t round;
	bool first, second;
	const char *seed;
	uint32_t five[5]; /* by hash */
} vectors[] = {
	{1, true, true,
		"68854eb880aa313d73c92638d1263c7b24018d22f0d009ba41f220343611c6"
		"f7",
		{19, 12, 0, 2, 17}},
	{2, true, true,
		"232051945e591ee9c560404cb4368f179e9c8670001f24e4c72a2fb1c546c9"
		"67",
		{0, 4, 2, 11, 14}},
	{1, false, true,
		"18350b5e7246c97346602086169ab91a6aaec634b486f0efb3cc3483395757"
		"1c",
		{2, 10, 19, 11, 12}},
};

static void
seed_and_order_are_those_of_the_specification(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		struct lots_part parts[2];
		struct lots lots =
			two_lots(parts, vectors[i].first, vectors[i].second);
		uint32_t members[DRAW_MAX];
		struct writer seed = {0};
		struct draw d;

		assert_true(draw_begin(&d, a_case, vectors[i].round, &lots, 5));
		coding_put_hex(&seed, bytes_of(d.seed, 32));
		assert_string_equal(writer_string(&seed), vectors[i].seed);
		assert_int_equal(draw_all(&d, members), 5);
		for (int n = 0; n < 5; n++)
			assert_int_equal(d.drawn[n].member, vectors[i].five[n]);
		writer_clear(&seed);
	}
}

static void
who_was_drawn_is_told_in_the_order_of_admission(void **state)
{
	static const uint32_t wanted[] = {0, 2, 12, 17, 19};
	struct lots_part parts[2];
	struct lots lots = two_lots(parts, true, true);
	uint32_t members[DRAW_MAX];
	struct draw d;

	(void)state;
	draw_begin(&d, a_case, 1, &lots, 5);
	draw_all(&d, members);
	assert_memory_equal(members, wanted, sizeof(wanted));
}

static void
where_there_are_fewer_all_are_drawn(void **state)
{
	struct lots_part parts[2];
	struct lots lots = two_lots(parts, true, false);
	uint32_t members[DRAW_MAX];
	struct draw d;

	(void)state;
	draw_begin(&d, a_case, 1, &lots, DRAW_MAX);
	for (uint32_t i = 0; i < 4; i++) {
		const uint8_t id[32] = {(uint8_t)i};

		draw_offer(&d, i, id);
	}
	assert_int_equal(draw_end(&d, members), 4);
	for (uint32_t i = 0; i < 4; i++)
		assert_int_equal(members[i], i);
}

static void
without_a_value_there_is_no_draw(void **state)
{
	struct lots_part parts[2];
	struct lots lots = two_lots(parts, false, false);
	struct draw d;

	(void)state;
	assert_false(draw_begin(&d, a_case, 1, &lots, 5));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(seed_and_order_are_those_of_the_specification),
		cmocka_unit_test(
			who_was_drawn_is_told_in_the_order_of_admission),
		cmocka_unit_test(where_there_are_fewer_all_are_drawn),
		cmocka_unit_test(without_a_value_there_is_no_draw),
	};

	crypt_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
