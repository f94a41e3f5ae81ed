#include <assert.h>

#include "ballots/record/statuslist.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Bits that were read are written and read as the same again. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct writer bits = {0}, text = {0}, again = {0};

	if (statuslist_decode(bytes_of(data, size), &bits) == VERDICT_OK) {
		assert(bits.len >= STATUSLIST_LEAST);
		assert(bits.len <= LIMIT_STATUS_BYTES);
		statuslist_encode(writer_view(&bits), &text);
		if (text.len <= LIMIT_CREDENTIAL_BYTES) {
			assert(statuslist_decode(writer_view(&text), &again) ==
				VERDICT_OK);
			assert(bytes_equal(
				writer_view(&bits), writer_view(&again)));
		}
	} else {
		assert(bits.len == 0);
	}
	writer_clear(&bits);
	writer_clear(&text);
	writer_clear(&again);
	return 0;
}
