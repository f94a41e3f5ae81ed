#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/base/mem.h"
#include "ballots/machine/crew.h"

struct squares {
	uint64_t *of;   /* item i becomes i * i */
	uint8_t *times; /* how often item i was done */
};

static void
square(void *context, size_t index)
{
	struct squares *s = context;

	s->of[index] = (uint64_t)index * index;
	s->times[index]++;
}

static struct squares
room_for(size_t n)
{
	return (struct squares){mem_new_array(n, sizeof(uint64_t)), mem_new(n)};
}

static void
check_and_free(struct squares *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(s->of[i], (uint64_t)i * i);
		assert_int_equal(s->times[i], 1);
	}
	mem_free(s->of);
	mem_free(s->times);
}

static void
each_item_is_done_exactly_once_whatever_the_sizes(void **state)
{
	static const size_t sizes[] = {0, 1, 2, 3, 7, 8, 9, 64, 1000, 4097};

	(void)state;
	for (unsigned threads = 1; threads <= 5; threads++) {
		struct crew *crew = crew_new(threads);

		assert_int_equal(crew_size(crew), threads);
		for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
			struct squares s = room_for(sizes[i]);

			crew_run(crew, sizes[i], square, &s);
			check_and_free(&s, sizes[i]);
		}
		crew_free(crew);
	}
}

static void
thousands_of_small_jobs_follow_each_other(void **state)
{
	struct crew *crew = crew_new(3);

	(void)state;
	for (size_t job = 0; job < 5000; job++) {
		struct squares s = room_for(job % 5);

		crew_run(crew, job % 5, square, &s);
		check_and_free(&s, job % 5);
	}
	crew_free(crew);
}

static void
a_job_goes_on_while_the_caller_does_something_else(void **state)
{
	struct crew *crew = crew_new(2);
	struct squares pages[2];

	(void)state;
	pages[0] = room_for(300);
	crew_start(crew, 300, square, &pages[0]);
	for (int k = 0; k < 200; k++) {
		struct squares *last = &pages[k % 2];

		crew_wait(crew);
		pages[(k + 1) % 2] = room_for(300);
		crew_start(crew, 300, square, &pages[(k + 1) % 2]);
		check_and_free(last, 300);
	}
	crew_wait(crew);
	check_and_free(&pages[0], 300);
	crew_free(crew);
}

static void
waiting_without_a_job_returns(void **state)
{
	struct crew *crew = crew_new(0);

	(void)state;
	crew_wait(crew);
	assert_true(crew_size(crew) >= 1);
	crew_free(crew);
	crew_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			each_item_is_done_exactly_once_whatever_the_sizes),
		cmocka_unit_test(thousands_of_small_jobs_follow_each_other),
		cmocka_unit_test(
			a_job_goes_on_while_the_caller_does_something_else),
		cmocka_unit_test(waiting_without_a_job_returns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
