#include <assert.h>

#include "cli/paper.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Lines that are read print as lines that are read as the same secret. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t secret[PAPER_BYTES], again[PAPER_BYTES];
	char lines[PAPER_CHARS];

	if (paper_parse(bytes_of(data, size), secret) == 0) {
		paper_print(secret, lines);
		assert(paper_parse(bytes_of(lines, PAPER_CHARS - 1), again) ==
			0);
		assert(bytes_equal(bytes_of(secret, PAPER_BYTES),
			bytes_of(again, PAPER_BYTES)));
	}
	return 0;
}
