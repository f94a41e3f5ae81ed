#include <assert.h>

#include "cli/keyfile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A key file that is read has one form: written again it is the same bytes. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes file = bytes_of(data, size);
	struct writer again = {0};
	struct keyfile_form form;

	if (keyfile_decode(file, &form)) {
		keyfile_encode(&form, &again);
		assert(bytes_equal(file, writer_view(&again)));
	}
	writer_clear(&again);
	return 0;
}
