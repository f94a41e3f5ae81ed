#include <assert.h>

#include "ballots/record/verify.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* No answer fits a request that was never made. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct trust nobody;
	static const struct query any;
	struct verify_with with = {&nobody, 1780000000, NULL, 0};
	struct checks v = {0};
	struct credential c;

	if (!crypt_init())
		return 0;
	verify_presentation(bytes_of(data, size), &any, &with, &v, &c);
	assert(verify_answer(&v) == CHECKS_NOT_PROVEN);
	return 0;
}
