#include <assert.h>

#include "ballots/record/status.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A statement that was read prints as the same text. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes in = bytes_of(data, size);
	struct writer again = {0};
	struct status s;

	if (status_parse(in, &s) != VERDICT_OK)
		return 0;
	status_standing(s.state);
	status_print(&s, &again);
	assert(bytes_equal(in, writer_view(&again)));
	writer_clear(&again);
	return 0;
}
