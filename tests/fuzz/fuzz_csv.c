#include "ballots/file/csv.h"
#include "tests/fuzz/ballot_file.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct format f = {.suits = csv_suits, .read = csv_read};

	return read_ballot_file(&f, data, size);
}
