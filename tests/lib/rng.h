#ifndef TESTS_LIB_RNG_H
#define TESTS_LIB_RNG_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/*
 * Chance for tests that can be repeated: splitmix64 from one seed a program.
 *
 * The seed is new each run unless RNG_SEED says it; main() returns
 * rng_report(), which prints the seed when a test failed:
 *
 *	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
 */
struct rng {
	uint64_t state;
};

static inline uint64_t
rng_seed(void)
{
	static uint64_t seed;
	const char *given = getenv("RNG_SEED");
	struct timespec now;

	if (seed == 0 && given != NULL)
		seed = strtoull(given, NULL, 10);
	if (seed == 0) {
		clock_gettime(CLOCK_REALTIME, &now);
		seed = (uint64_t)now.tv_sec * 1000000 +
		       (uint64_t)now.tv_nsec / 1000;
	}
	return seed;
}

/* A source at its beginning; every test starts its own. */
static inline struct rng
rng_start(void)
{
	return (struct rng){rng_seed()};
}

static inline uint64_t
rng_next(struct rng *r)
{
	uint64_t z = r->state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

/* From 0 to n - 1; n is not 0 and small, so the bias does not matter. */
static inline uint64_t
rng_below(struct rng *r, uint64_t n)
{
	return rng_next(r) % n;
}

static inline void
rng_fill(struct rng *r, uint8_t *out, size_t len)
{
	for (size_t i = 0; i < len; i++)
		out[i] = (uint8_t)rng_next(r);
}

static inline int
rng_report(int failed)
{
	if (failed != 0)
		fprintf(stderr, "repeat with RNG_SEED=%llu\n",
			(unsigned long long)rng_seed());
	return failed;
}

#endif
