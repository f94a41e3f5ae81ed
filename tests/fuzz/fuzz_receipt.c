#include <assert.h>

#include "ballots/record/receipt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SAMPLE_KEY                                                             \
	"ledger.example/sample+6378093a+AeSVO5BK80UVZUD5qOJYl2w/w9Qkd6LNN9OTb" \
	"jkhk3Ts"

/* A receipt has one text, and none holds for an entry that is not there. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes in = bytes_of(data, size);
	struct writer again = {0};
	struct checkpoint c;
	struct note_key key;
	struct policy p;
	struct receipt r;

	if (!crypt_init() || receipt_parse(in, &r) != VERDICT_OK)
		return 0;
	receipt_print(&r, &again);
	assert(bytes_equal(writer_view(&again), in));
	writer_clear(&again);

	if (note_parse_key(BYTES(SAMPLE_KEY), &key) == VERDICT_OK) {
		policy_of_log(&key, &p);
		assert(receipt_check(&r, BYTES("no entry"), &p, &c) !=
			VERDICT_OK);
	}
	return 0;
}
