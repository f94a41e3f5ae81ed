#include "daemon/timekeeper.h"

#include <assert.h>
#include <inttypes.h>

#include "ballots/machine/clock.h"
#include "ballots/machine/trouble.h"

#define NS_PER_S UINT64_C(1000000000)

struct timekeeper
timekeeper_of(uint64_t last_s, bool rehearsal)
{
	uint64_t now_s = clock_now_s();

	return (struct timekeeper){
		.rehearsal = rehearsal,
		.base_s = rehearsal && last_s > now_s ? last_s : now_s,
		.base_ns = clock_steady_ns(),
	};
}

int
timekeeper_ask(struct timekeeper *t, uint64_t *now_s)
{
	uint64_t steady_ns = clock_steady_ns();
	uint64_t expected_s = t->base_s + (steady_ns - t->base_ns) / NS_PER_S;
	uint64_t clock_s;

	*now_s = expected_s;
	if (t->rehearsal)
		return 0;
	clock_s = clock_now_s();
	if (clock_s > expected_s + TIMEKEEPER_LEAP_S)
		return trouble_say("the clock leapt from %" PRIu64
				   " to %" PRIu64 " seconds",
			expected_s, clock_s);
	/* From here on anew, so that small differences never add up. */
	*t = (struct timekeeper){false, clock_s, steady_ns};
	*now_s = clock_s;
	return 0;
}

void
timekeeper_move(struct timekeeper *t, uint64_t to_s)
{
	assert(t->rehearsal);
	t->base_s = to_s;
	t->base_ns = clock_steady_ns();
}
