#include "cli/cmd_file.h"

#include "ballots/base/mem.h"
#include "ballots/record/stamp.h"
#include "cli/complain.h"
#include "cli/filing.h"

#define FILE_BYTES (1 << 22)

const struct option cmd_file_options[] = {
	{"no-receipt", 0, false, NULL, "keep no receipts on this machine"},
	{0},
};

/* What a line is, before it is filed. */
static int
check(const struct ask_act *signed_act, size_t line)
{
	struct act act;
	enum verdict v = act_decode(signed_act->act, &act);

	if (v == VERDICT_OK)
		return 0;
	return complain_no(verdict_hint(v), "Line %zu holds no act: %s", line,
		verdict_sentence(v));
}

static int
file_line(struct desk *d, struct bytes text, size_t number)
{
	struct ask_text *texts = mem_new_array(FILING_TEXTS, sizeof(*texts));
	struct ask_act act = {0};
	struct wire *line = NULL;
	uint64_t index;
	int rc = filing_read_line(text, &line, &act, texts);

	if (rc == 0)
		rc = check(&act, number);
	if (rc == 0)
		rc = filing_submit(d, &act, &index);
	output_flush(d->out);
	wire_free(line);
	mem_free(texts);
	return rc;
}

/* A refused line does not keep the others back. */
static int
file_lines(struct desk *d, struct bytes rest)
{
	size_t n = 0, refused = 0;

	while (rest.len > 0) {
		struct bytes line = bytes_cut(&rest, '\n');

		n++;
		if (line.len > 0 && file_line(d, line, n) != 0)
			refused++;
	}
	if (n == 0)
		return complain_no("It is made with --offline FILE.",
			"The file is empty.");
	if (refused == 0)
		return 0;
	return complain_no("Nothing hinders you from filing the same file "
			   "again: what is on record stays as it is.",
		"%zu of %zu lines were not recorded.", refused, n);
}

int
cmd_file_acts(const struct call *call)
{
	const char *path = options_operand(&call->options, "FILE");
	struct writer text = {0};
	struct desk d;
	int rc = desk_open(call, &d);

	if (rc == 0)
		rc = desk_read_file(path, FILE_BYTES, &text);
	if (rc == 0)
		rc = file_lines(&d, writer_view(&text));
	writer_clear(&text);
	desk_close(&d);
	return rc;
}
