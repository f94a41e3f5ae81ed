#include "cli/cmd_help.h"

#include <jansson.h>

const struct option cmd_help_options[] = {
	{"mdoc", 0, false, NULL, "print the commands for a manual page"},
	{0},
};

int
cmd_help_of(const struct call *call, const struct command *c)
{
	struct writer usage = {0};

	command_put_usage(&usage, c);
	output_program(call->out, "usage", writer_view(&usage));
	writer_clear(&usage);
	return 0;
}

/* The table itself, for programs. */
static json_t *
table_as_json(const struct command *table)
{
	json_t *list = json_array();

	for (const struct command *c = table; c->name != NULL; c++)
		json_array_append_new(
			list, json_pack("{s:s, s:s, s:s}", "name", c->name,
				      "operands", c->operands, "summary",
				      c->summary));
	return list;
}

static void
give_all(const struct call *call)
{
	struct output *out = call->out;
	struct writer list = {0};

	command_put_list(&list, call->table);
	output_line(out, "Usage: union COMMAND [OPTION...] [OPERAND...]");
	output_line(out, "%s", "");
	output_line(out, "A union that governs itself: members, proposals, "
			 "votes, mandates,");
	output_line(out, "and a ledger that anyone can check.");
	output_lines(out, writer_view(&list));
	output_line(out, "%s", "");
	output_give_take(out, "commands", table_as_json(call->table));
	output_next(out, "union help COMMAND");
	writer_clear(&list);
}

int
cmd_help_list(const struct call *call)
{
	const struct command *c;
	struct writer mdoc = {0};
	const char *const *words;
	size_t n, used;

	if (options_has(&call->options, "mdoc")) {
		command_put_mdoc(&mdoc, call->table);
		output_program(call->out, "mdoc", writer_view(&mdoc));
		writer_clear(&mdoc);
		return 0;
	}
	words = options_operands(&call->options, "COMMAND", &n);
	if (n == 0) {
		give_all(call);
		return 0;
	}
	c = command_find(call->table, n, words, &used);
	return c == NULL ? -1 : cmd_help_of(call, c);
}

int
cmd_help_version(const struct call *call)
{
	output_line(call->out, "union %s", VERSION);
	output_give_string(call->out, "version", VERSION);
	return 0;
}

int
cmd_help_completion(const struct call *call)
{
	struct writer script = {0};

	command_put_completion(&script, call->table);
	output_program(call->out, "completion", writer_view(&script));
	writer_clear(&script);
	return 0;
}
