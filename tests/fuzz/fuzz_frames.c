#include <assert.h>

#include "ballots/record/frames.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Lines that are joined are printed and joined again, to the same bytes. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct writer once = {0}, lines = {0}, again = {0};

	if (frames_join(bytes_of(data, size), &once) == VERDICT_OK) {
		assert(once.len <= LIMIT_CAPSULE_BYTES);
		assert(frames_print(writer_view(&once), 1000, &lines));
		assert(frames_join(writer_view(&lines), &again) == VERDICT_OK);
		assert(bytes_equal(writer_view(&once), writer_view(&again)));
	} else {
		assert(once.len == 0);
	}
	writer_clear(&once);
	writer_clear(&lines);
	writer_clear(&again);
	return 0;
}
