#include <assert.h>

#include "ballots/record/stamp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A record that is read has one form: written again it is the same bytes. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes record = bytes_of(data, size);
	struct writer again = {0};
	struct stamp s;

	if (stamp_decode(record, &s) == VERDICT_OK) {
		stamp_encode(&s, &again);
		assert(bytes_equal(record, writer_view(&again)));
	}
	writer_clear(&again);
	return 0;
}
