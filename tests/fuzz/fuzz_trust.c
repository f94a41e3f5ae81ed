#include <assert.h>

#include "ballots/record/trust.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whoever is trusted can be enough, and what is wrong has a line. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes in = bytes_of(data, size);
	size_t line = 0;
	struct trust t;

	if (!crypt_init())
		return 0;
	if (trust_parse(in, &t, &line) != VERDICT_OK) {
		assert(line > 0);
		return 0;
	}
	for (int i = 0; i < CREDENTIAL_TYPE_COUNT; i++)
		assert(t.of[i].needed <= t.of[i].n);
	return 0;
}
