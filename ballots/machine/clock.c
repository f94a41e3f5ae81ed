#include "ballots/machine/clock.h"

#include <errno.h>
#include <time.h>

uint64_t
clock_now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec > 0 ? (uint64_t)now.tv_sec : 0;
}

uint64_t
clock_steady_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void
clock_sleep_ms(uint32_t ms)
{
	struct timespec left = {
		.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};

	while (nanosleep(&left, &left) != 0 && errno == EINTR)
		;
}

static void
put_time(struct writer *w, const struct tm *parts)
{
	char text[64];

	writer_put(w, bytes_of(text, strftime(text, sizeof(text),
					     "%Y-%m-%d %H:%M:%S", parts)));
}

/* Times beyond what the C library can split print as their number. */
void
clock_put_utc(struct writer *w, uint64_t at_s)
{
	time_t at = (time_t)at_s;
	struct tm parts;

	if (gmtime_r(&at, &parts) != NULL)
		put_time(w, &parts);
	else
		writer_put_decimal(w, at_s);
}

void
clock_put_local(struct writer *w, uint64_t at_s)
{
	time_t at = (time_t)at_s;
	struct tm parts;

	if (localtime_r(&at, &parts) != NULL)
		put_time(w, &parts);
	else
		writer_put_decimal(w, at_s);
}
