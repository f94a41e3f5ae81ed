#include <assert.h>

#include "ballots/base/mem.h"
#include "ballots/record/capsule_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is read prints as the same bytes, and nobody trusts anybody. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes in = bytes_of(data, size);
	struct trust *nobody = mem_new(sizeof(*nobody));
	struct capsule_check *c = mem_new(sizeof(*c));
	const struct capsule_check_with with = {
		.trust = nobody, .now_s = 1780000000};
	struct writer again = {0};

	if (!crypt_init())
		return 0;
	trust_begin(nobody);
	capsule_check_run(in, &with, c);
	assert(capsule_check_answer(c) == CHECKS_NOT_PROVEN);
	if (c->read) {
		assert(capsule_print(&c->parts.capsule, &again) == VERDICT_OK);
		assert(bytes_equal(in, writer_view(&again)));
	}
	capsule_check_clear(c);
	writer_clear(&again);
	mem_free(c);
	mem_free(nobody);
	return 0;
}
