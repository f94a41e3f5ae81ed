#include "cli/cmd_trust.h"

#include "ballots/base/mem.h"
#include "ballots/record/trust.h"
#include "cli/complain.h"
#include "cli/whom.h"

const struct option cmd_trust_options[] = {
	{"policy", 'p', false, "FILE",
		"lines on the ledger's key and its witnesses (preset: that "
		"key alone)"},
	{0},
};

/* What is handed out must be read by whoever gets it. */
static int
check(struct bytes text)
{
	struct trust *trust = mem_new(sizeof(*trust));
	size_t line;
	enum verdict v = trust_parse(text, trust, &line);

	mem_free(trust);
	if (v == VERDICT_OK)
		return 0;
	return complain_no("Lines are: log VKEY, witness NAME VKEY, group NAME "
			   "K NAME..., quorum NAME.",
		"Line %zu would be wrong: %s", line, verdict_sentence(v));
}

static int
trust(struct desk *d)
{
	const char *path = options_value(&d->call->options, "policy");
	struct writer policy = {0}, text = {0};
	int rc = 0;

	if (path != NULL)
		rc = desk_read_file(path, LIMIT_NOTE_BYTES, &policy);
	if (rc == 0)
		rc = whom_put(d, writer_view(&policy), &text);
	if (rc == 0)
		rc = check(writer_view(&text));
	if (rc == 0)
		output_program(d->out, "trust", writer_view(&text));
	writer_clear(&policy);
	writer_clear(&text);
	return rc;
}

int
cmd_trust_show(const struct call *call)
{
	return desk_do(call, desk_open, trust);
}
