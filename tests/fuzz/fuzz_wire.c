#include <assert.h>

#include "ballots/base/limits.h"
#include "ballots/record/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ask for everything that a request of uniond may hold. */
static void
read_all(struct wire_value top)
{
	struct wire_value acts = wire_get(top, "acts");
	size_t n = wire_count(acts, 1, LIMIT_SUBMIT_ACTS);
	uint8_t out[64];

	for (size_t i = 0; i < n; i++) {
		struct wire_value one = wire_at(acts, i);

		assert(wire_blob(wire_get(one, "act"), 100).len <= 100);
		wire_base64(wire_get(one, "sig"), out, sizeof(out));
		wire_only(one, "act sig");
	}
	assert(wire_string(wire_get(top, "ask"), 20).len <= 20);
	wire_id(wire_get(top, "id"), out);
	assert(wire_int(wire_get(top, "from"), 0, 9) <= 9);
	wire_bool(wire_get(top, "flag"));
	wire_only(top, "acts ask id from flag");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wire *m;

	if (wire_read(bytes_of(data, size), LIMIT_REQUEST_BYTES, &m) !=
		VERDICT_OK)
		return 0;
	read_all(wire_top(m));
	wire_free(m);
	return 0;
}
