#include "cli/commands.h"

#include <assert.h>
#include <string.h>

#include "cli/call.h"
#include "cli/cmd_count.h"
#include "cli/cmd_help.h"
#include "cli/cmd_home.h"
#include "cli/cmd_key.h"
#include "cli/cmd_mirror.h"
#include "cli/cmd_replay.h"
#include "cli/complain.h"
#include "cli/rules.h"

#define KEYS call_key_options

/* clang-format off */
static const struct command table[] = {
	/* heading, name, operands, summary, options, function */
	{"Your key", "key new", "", "make a key of your own", {KEYS}, cmd_key_new},
	{NULL, "key show", "", "show its public half and the member it is for", {KEYS}, cmd_key_show},
	{NULL, "key passphrase", "", "change its passphrase", {KEYS}, cmd_key_passphrase},
	{NULL, "key paper", "", "show it as lines to write down and keep", {KEYS}, cmd_key_paper},
	{NULL, "key restore", "", "bring it back from such lines, on standard input", {KEYS}, cmd_key_restore},

	{"Auditing", "replay", "[EXPORT]", "judge every record again, of a daemon or an export", {cmd_replay_options, call_daemon_options}, cmd_replay_ledger},
	{NULL, "mirror", "DIR", "copy the whole ledger from a daemon, for everybody", {call_daemon_options}, cmd_mirror_ledger},

	{"On this machine", "settings", "[SETTING] [VALUE]", "show or change settings of a union", {cmd_home_forget}, cmd_home_settings},
	{NULL, "use", "NAME", "choose the union that is meant when none is named", {0}, cmd_home_use},
	{NULL, "names", "[MEMBER] [NAME]", "show or give names that only you see", {cmd_home_forget}, cmd_home_names},

	{"Counting", "count", "FILE", "count a file of ballots, without a union", {rules_options, cmd_count_options}, cmd_count_file},

	{"Help", "help", "[COMMAND...]", "list the commands, or explain one", {cmd_help_options}, cmd_help_list},
	{NULL, "version", "", "print the version of this program", {0}, cmd_help_version},
	{NULL, "completion", "", "print a completion for bash", {0}, cmd_help_completion},
	{0},
};
/* clang-format on */

/* Options that stand for commands, as people expect them. */
static const char *
as_command(const char *word)
{
	if (strcmp(word, "--version") == 0)
		return "version";
	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
		return "help";
	return word;
}

/* JSON is wanted even for what is wrong with the words themselves. */
static bool
wants_json(size_t n, char *const *words)
{
	for (size_t i = 0; i < n && strcmp(words[i], "--") != 0; i++)
		if (strcmp(words[i], "--json") == 0 ||
			strcmp(words[i], "-j") == 0)
			return true;
	return false;
}

static int
run(struct call *call, size_t n, char *const *words)
{
	const struct option *tables[COMMAND_TABLES];
	const char *names[2] = {0};
	struct writer title = {0};
	size_t used;
	int rc;

	for (size_t i = 0; i < n && i < 2; i++)
		names[i] = i == 0 ? as_command(words[i]) : words[i];
	call->command = command_find(table, n < 2 ? n : 2, names, &used);
	if (call->command == NULL)
		return -1;
	command_tables(call->command, tables);
	writer_put_string(&title, "union ");
	writer_put_string(&title, call->command->name);
	rc = options_parse(&call->options, writer_string(&title), tables,
		call->command->operands, n - used, words + used);
	if (rc == 0 && options_has(&call->options, "help"))
		rc = cmd_help_of(call, call->command);
	else if (rc == 0)
		rc = call->command->run(call);
	options_clear(&call->options);
	writer_clear(&title);
	return rc;
}

int
commands_run(size_t n, char *const *words)
{
	struct output out;
	struct call call = {.table = table, .out = &out};
	const char *sentence, *hint;
	int rc;

	output_begin(&out, stdout, wants_json(n, words));
	rc = run(&call, n, words);
	if (output_end(&out) != 0)
		rc = -1;
	if (rc == 0)
		return COMPLAIN_NONE;
	assert(complain_last(&sentence, &hint) != COMPLAIN_NONE);
	return (int)complain_last(&sentence, &hint);
}
