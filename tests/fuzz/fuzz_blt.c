#include "ballots/file/blt.h"
#include "tests/fuzz/ballot_file.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct format f = {.suits = blt_suits, .read = blt_read};

	return read_ballot_file(&f, data, size);
}
