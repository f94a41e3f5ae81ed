#include "ballots/file/preflib.h"
#include "tests/fuzz/ballot_file.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct format f = {
		.suits = preflib_suits, .read = preflib_read};

	return read_ballot_file(&f, data, size);
}
