#include <assert.h>

#include "ballots/record/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is printed is a policy again, and prints the same. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct writer once = {0}, twice = {0};
	struct policy p, q;
	size_t bad_line;

	if (!crypt_init() ||
		policy_parse(bytes_of(data, size), &p, &bad_line) != VERDICT_OK)
		return 0;
	policy_print(&p, &once);
	assert(policy_parse(writer_view(&once), &q, &bad_line) == VERDICT_OK);
	policy_print(&q, &twice);
	assert(bytes_equal(writer_view(&once), writer_view(&twice)));
	writer_clear(&once);
	writer_clear(&twice);
	return 0;
}
