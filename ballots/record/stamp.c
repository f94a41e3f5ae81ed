#include "ballots/record/stamp.h"

#include <assert.h>

#include "ballots/base/coding.h"
#include "ballots/base/limits.h"
#include "ballots/base/reader.h"

#define PURPOSE BYTES("union-act/v1\n")

void
stamp_encode(const struct stamp *s, struct writer *out)
{
	assert(s->time_s <= LIMIT_TIME_S && s->act.len <= LIMIT_ACT_BYTES);
	writer_put_decimal(out, s->time_s);
	writer_put_u8(out, ' ');
	coding_put_base64(out, bytes_of(s->sig, sizeof(s->sig)));
	writer_put_u8(out, '\n');
	writer_put(out, s->act);
}

enum verdict
stamp_decode(struct bytes record, struct stamp *out)
{
	struct stamp s;
	struct bytes rest = record;
	struct bytes time, sig;

	if (record.len > LIMIT_RECORD_BYTES)
		return VERDICT_TOO_LARGE;
	time = bytes_cut(&rest, ' ');
	sig = bytes_slice(rest, 0, CODING_BASE64_64);
	s.act = bytes_slice(rest, sig.len + 1, rest.len);
	if (!reader_decimal(time, LIMIT_TIME_S, &s.time_s) ||
		!coding_read_base64(sig, s.sig, sizeof(s.sig)) ||
		rest.len == sig.len || rest.data[sig.len] != '\n')
		return VERDICT_MALFORMED;
	if (s.act.len > LIMIT_ACT_BYTES)
		return VERDICT_TOO_LARGE;
	*out = s;
	return VERDICT_OK;
}

void
stamp_act_id(struct bytes act, uint8_t out[static CRYPT_HASH])
{
	crypt_hash(act, out);
}

void
stamp_sign(struct bytes act, const uint8_t secret[static CRYPT_SECRET],
	uint8_t sig[static CRYPT_SIG])
{
	crypt_sign(secret, PURPOSE, act, sig);
}

bool
stamp_verify(struct bytes act, const uint8_t key[static CRYPT_KEY],
	const uint8_t sig[static CRYPT_SIG])
{
	return crypt_verify(key, PURPOSE, act, sig);
}
