#include "ballots/assembly/embedded.h"

#include "ballots/base/coding.h"
#include "ballots/base/crypt.h"
#include "ballots/record/stamp.h"

enum verdict
embedded_decode(struct bytes blob, enum act_kind kind, struct embedded *out)
{
	size_t len;

	if (!coding_read_base64_upto(
		    blob, out->bytes, sizeof(out->bytes), &len))
		return VERDICT_MALFORMED;
	if (act_decode(bytes_of(out->bytes, len), &out->act) != VERDICT_OK ||
		out->act.kind != kind || out->act.author != FORM_BY_KEY)
		return VERDICT_MALFORMED;
	return VERDICT_OK;
}

enum verdict
embedded_check(const struct embedded *e, struct bytes signature)
{
	uint8_t sig[CRYPT_SIG];

	if (!coding_read_base64(signature, sig, sizeof(sig)))
		return VERDICT_MALFORMED;
	if (!crypt_key_ok(act_by(&e->act)))
		return VERDICT_BAD_KEY;
	return stamp_verify(e->act.bytes, act_by(&e->act), sig)
		       ? VERDICT_OK
		       : VERDICT_BAD_SIGNATURE;
}

bool
embedded_signed(const struct act *a)
{
	static const struct {
		enum act_kind outer, inner;
	} kinds[] = {{ACT_MEMBER_ADMIT, ACT_MEMBER_APPLY},
		{ACT_KEY_VOUCH, ACT_KEY_RECOVER}};
	struct embedded e;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (a->kind == kinds[i].outer)
			return embedded_decode(act_span(a, ACT_HAS_APPLICATION),
				       kinds[i].inner, &e) == VERDICT_OK &&
			       embedded_check(
				       &e, act_span(a, ACT_HAS_SIGNATURE)) ==
				       VERDICT_OK;
	return false;
}
