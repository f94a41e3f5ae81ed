#include <assert.h>

#include "ballots/assembly/assembly.h"
#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"
#include "ballots/base/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
replay(struct assembly *a, struct bytes record, struct assembly_checked *c)
{
	uint64_t before = assembly_head(a).size;
	struct stamp stamp;
	enum verdict v = stamp_decode(record, &stamp);

	if (v == VERDICT_OK)
		v = before == 0 ? assembly_precheck_founding(
					  stamp.act, stamp.sig, c)
				: assembly_precheck(
					  a, stamp.act, stamp.sig, false, c);
	if (v == VERDICT_OK)
		assembly_replay(a, record, &stamp, c, NULL);
	else
		assembly_skip(a, record);
	assert(assembly_head(a).size == before + 1);
}

/*
 * A ledger, each record behind its length in two bytes.  Signatures are not
 * looked at behind record 0, so that chance can be anybody.
 */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader r = reader_of(bytes_of(data, size));
	struct assembly_checked *checked = mem_new(sizeof(*checked));
	struct assembly *a = assembly_new();
	uint8_t digest[32];

	crypt_init();
	while (r.rest.len > 0) {
		struct bytes record = reader_bytes(&r, reader_u16(&r));

		if (record.len > LIMIT_RECORD_BYTES)
			break;
		replay(a, record, checked);
	}
	assembly_digest(a, digest);
	assembly_free(a);
	mem_free(checked);
	return 0;
}
