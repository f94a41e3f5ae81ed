#include "ballots/file/pabulib.h"
#include "tests/fuzz/ballot_file.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct format f = {
		.suits = pabulib_suits, .read = pabulib_read};

	return read_ballot_file(&f, data, size);
}
