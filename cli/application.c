#include "cli/application.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/record/stamp.h"
#include "cli/complain.h"
#include "cli/filing.h"

int
application_read(const char *path, enum act_kind kind, struct application *out)
{
	struct ask_text texts[FILING_TEXTS];
	struct writer file = {0};
	struct ask_act signed_act;
	int rc;

	*out = (struct application){0};
	rc = desk_read_file(path, FILING_LINE_BYTES, &file);
	if (rc == 0)
		rc = filing_read_line(
			writer_view(&file), &out->line, &signed_act, texts);
	writer_clear(&file);
	if (rc != 0)
		return -1;
	out->bytes = signed_act.act;
	memcpy(out->sig, signed_act.sig, CRYPT_SIG);
	if (act_decode(out->bytes, &out->act) == VERDICT_OK &&
		out->act.kind == kind &&
		stamp_verify(out->bytes, act_by(&out->act), out->sig))
		return 0;
	application_clear(out);
	if (kind == ACT_KEY_RECOVER)
		return complain_no("It is made with: union key recover",
			"%s is no request that a new key signed.", path);
	return complain_no("Applicants make it with: union join",
		"%s is no application that its author signed.", path);
}

void
application_clear(struct application *a)
{
	wire_free(a->line);
	*a = (struct application){0};
}

int
application_file(struct desk *d, const struct application *a,
	enum act_kind kind, const char *what)
{
	struct writer application = {0}, signature = {0};
	struct filing f = {0};
	int rc = filing_begin(&f, d, kind, a->act.id);

	coding_put_base64(&application, a->bytes);
	coding_put_base64(&signature, bytes_of(a->sig, CRYPT_SIG));
	act_set_span(&f.act, ACT_HAS_APPLICATION, writer_view(&application));
	act_set_span(&f.act, ACT_HAS_SIGNATURE, writer_view(&signature));
	if (rc == 0)
		rc = filing_finish(&f, what);
	filing_clear(&f);
	writer_clear(&application);
	writer_clear(&signature);
	return rc;
}
