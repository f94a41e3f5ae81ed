#include <assert.h>

#include "ballots/record/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A request has what it needs, and is no credential itself. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes in = bytes_of(data, size);
	struct query q;

	/* Asked of itself: any object will do. */
	if (query_read(in, &q) == VERDICT_OK) {
		assert(q.nonce.len > 0 && q.client_id.len > 0);
		assert(!query_wants_type(&q, in));
		query_has_claims(&q, in);
	}
	return 0;
}
