#include <assert.h>

#include "ballots/record/jcs.h"
#include "tests/lib/anyjson.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What passes has one form: walked and printed again it is the same bytes. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes doc = bytes_of(data, size);
	struct writer again = {0};
	struct jcs_printer p = jcs_printer_of(&again);

	if (jcs_check(doc) == VERDICT_OK) {
		anyjson_print_again(doc, &p);
		assert(bytes_equal(doc, writer_view(&again)));
	}
	writer_clear(&again);
	return 0;
}
