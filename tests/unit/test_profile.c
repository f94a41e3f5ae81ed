#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/count/profile.h"

static void
marks_come_back_as_they_went_in(void **state)
{
	static const uint16_t row[] = {1, 0, PROFILE_NO_OPINION, 254};
	static const uint32_t highest[] = {254, 255, 65534};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct profile p;
		uint16_t out[4];

		profile_init(&p, 4, highest[i]);
		assert_int_equal(p.width, i == 0 ? 1 : 2);
		assert_int_equal(profile_add(&p, row, 1), VERDICT_OK);
		profile_row(&p, 0, out);
		assert_memory_equal(out, row, sizeof(row));
		assert_int_equal(profile_mark(&p, 0, 2), PROFILE_NO_OPINION);
		profile_clear(&p);
	}
}

static void
weights_are_remembered_from_the_first_that_is_not_1(void **state)
{
	static const uint16_t row[] = {1};
	struct profile p;

	(void)state;
	profile_init(&p, 1, 1);
	for (uint64_t weight = 1; weight < 40; weight++)
		assert_int_equal(profile_add(&p, row, weight < 20 ? 1 : weight),
			VERDICT_OK);
	assert_int_equal(profile_weight(&p, 3), 1);
	assert_int_equal(profile_weight(&p, 18), 1);
	assert_int_equal(profile_weight(&p, 19), 20);
	assert_int_equal(profile_weight(&p, 38), 39);
	profile_clear(&p);
}

static void
weights_beyond_63_bits_are_refused(void **state)
{
	static const uint16_t row[] = {1};
	struct profile p;

	(void)state;
	profile_init(&p, 1, 1);
	assert_int_equal(profile_add(&p, row, INT64_MAX - 1), VERDICT_OK);
	assert_int_equal(profile_add(&p, row, 2), VERDICT_OVERFLOW);
	assert_int_equal(p.rows, 1);
	assert_int_equal(profile_add(&p, row, 1), VERDICT_OK);
	assert_int_equal(p.total, INT64_MAX);
	profile_clear(&p);
}

static void
gaps_between_ranks_are_closed(void **state)
{
	uint16_t ranks[] = {900, 0, 3, 900, PROFILE_NO_OPINION, 7};
	static const uint16_t closed[] = {3, 0, 1, 3, PROFILE_NO_OPINION, 2};

	(void)state;
	profile_close_gaps(ranks, 6);
	assert_memory_equal(ranks, closed, sizeof(ranks));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_come_back_as_they_went_in),
		cmocka_unit_test(
			weights_are_remembered_from_the_first_that_is_not_1),
		cmocka_unit_test(weights_beyond_63_bits_are_refused),
		cmocka_unit_test(gaps_between_ranks_are_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
