#include <assert.h>

#include "ballots/base/writer.h"
#include "ballots/record/act.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An act that is read has one form: printed again it is the same bytes. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes doc = bytes_of(data, size);
	struct writer again = {0};
	struct act act;

	if (act_decode(doc, &act) == VERDICT_OK) {
		act_encode(&act, &again);
		assert(bytes_equal(doc, writer_view(&again)));
	}
	writer_clear(&again);
	return 0;
}
