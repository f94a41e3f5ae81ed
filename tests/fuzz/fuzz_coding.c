#include <assert.h>

#include "ballots/base/coding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
assert_one_form(struct bytes text, struct writer *again)
{
	assert(bytes_equal(text, writer_view(again)));
	writer_rewind(again);
}

/* Whatever is read as bytes is written as the same text again. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes text = bytes_of(data, size);
	struct writer again = {0};
	uint8_t out[256];
	size_t len;

	if (coding_read_base64_upto(text, out, sizeof(out), &len)) {
		coding_put_base64(&again, bytes_of(out, len));
		assert_one_form(text, &again);
	}
	if (size <= 2 * sizeof(out) && coding_read_hex(text, out, size / 2)) {
		coding_put_hex(&again, bytes_of(out, size / 2));
		assert_one_form(text, &again);
	}
	if (coding_read_did(text, out)) {
		coding_put_did(&again, out);
		assert_one_form(text, &again);
	}
	if (coding_read_base64url_upto(text, out, sizeof(out), &len)) {
		coding_put_base64url(&again, bytes_of(out, len));
		assert_one_form(text, &again);
	}
	if (coding_read_base58(text, out, CODING_BASE58_MAX)) {
		coding_put_base58(&again, bytes_of(out, CODING_BASE58_MAX));
		assert_one_form(text, &again);
	}
	writer_clear(&again);
	return 0;
}
