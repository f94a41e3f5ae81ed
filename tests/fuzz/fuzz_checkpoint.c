#include <assert.h>

#include "ballots/record/checkpoint.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A checkpoint has one text. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes in = bytes_of(data, size);
	struct writer again = {0};
	struct checkpoint c;

	if (crypt_init() && checkpoint_parse(in, &c) == VERDICT_OK) {
		checkpoint_print(c.origin, &c.head, &again);
		assert(bytes_equal(writer_view(&again), in));
	}
	writer_clear(&again);
	return 0;
}
