#include <assert.h>

#include "ballots/record/jcs.h"
#include "ballots/rules/charter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Rules within bounds leave the union able to decide. */
static void
check_rules(const struct charter *c)
{
	static const char *const names[] = {
		"charter", "election", "mandate", "recall"};

	assert(c->admit_registrars + c->admit_vouchers > 0);
	assert(c->n_classes >= 4 && c->n_classes <= LIMIT_CLASSES);
	for (size_t i = 0; i < 4; i++)
		assert(charter_class(c, bytes_of_string(names[i])) != NULL);
	for (uint32_t i = 0; i < c->n_classes; i++) {
		assert(c->classes[i].methods != 0);
		assert(c->classes[i].voting_s >= 3 * 86400);
		assert(2 * c->classes[i].late_s <= c->classes[i].voting_s);
	}
	assert(!charter_entrenched(c, c));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes doc = bytes_of(data, size);
	struct charter c;

	if (size > 0 && data[0] == '{' && jcs_check(doc) == VERDICT_OK &&
		charter_decode(doc, &c) == VERDICT_OK)
		check_rules(&c);
	return 0;
}
