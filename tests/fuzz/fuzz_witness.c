#include <assert.h>

#include "ballots/record/witness.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A request has one text. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes in = bytes_of(data, size);
	struct witness_request request;
	struct writer again = {0};

	if (crypt_init() && witness_parse(in, &request) == VERDICT_OK) {
		witness_print(&request, &again);
		assert(bytes_equal(writer_view(&again), in));
	}
	writer_clear(&again);
	return 0;
}
