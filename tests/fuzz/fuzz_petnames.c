#include <assert.h>

#include "cli/names.h"
#include "cli/pairs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Pairs that are read are written and read back the same; names are total. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes file = bytes_of(data, size);
	struct pairs first = {0}, second = {0};
	struct writer written = {0};
	struct names_name name = names_parse(file);

	assert(name.form != NAMES_PETNAME || bytes_equal(name.petname, file));
	if (size <= PAIRS_FILE_BYTES && pairs_decode(file, &first) == 0) {
		pairs_encode(&first, &written);
		assert(pairs_decode(writer_view(&written), &second) == 0);
		assert(first.n == second.n);
	}
	pairs_clear(&first);
	pairs_clear(&second);
	writer_clear(&written);
	return 0;
}
