#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "ballots/machine/clock.h"
#include "ballots/machine/trouble.h"
#include "daemon/check.h"
#include "daemon/clerk.h"
#include "daemon/export.h"
#include "daemon/founding.h"
#include "daemon/log.h"
#include "daemon/loop.h"
#include "daemon/signals.h"

/* How it ends: the same numbers as union. */
enum status { DONE = 0, NO = 1, USAGE = 2, CANNOT = 3 };

struct call {
	struct config config;
	bool accept_time;
	const struct command *command;
	const char *operand; /* NULL where the command has none */
};

/* Commands; uniond.8 lists the same. */
static enum status run_init(const struct call *call);
static enum status run_serve(const struct call *call);
static enum status run_check(const struct call *call);
static enum status run_export(const struct call *call);
static enum status run_config(const struct call *call);

static const struct command {
	const char *name;
	const char *operand;
	const char *summary;
	enum status (*run)(const struct call *call);
} commands[] = {
	{"init", "FOUNDING-FILE", "begin a ledger with what union found made",
		run_init},
	{"serve", NULL, "keep the ledger and answer", run_serve},
	{"check", NULL, "audit the ledger where it lies", run_check},
	{"export", "DIR", "publish the ledger as files for everybody",
		run_export},
	{"config", NULL, "print every option with its default, as a file",
		run_config},
};

enum { N_COMMANDS = sizeof(commands) / sizeof(commands[0]) };

/* Commands ******************************************************************/

static enum status
run_init(const struct call *call)
{
	enum verdict v;

	if (founding_run(&call->config, call->operand, &v) == 0) {
		printf("The ledger is founded in %s.\n"
		       "Next: uniond serve\n",
			call->config.directory);
		return DONE;
	}
	if (v == VERDICT_OK)
		return CANNOT;
	fprintf(stderr, "uniond: %s: %s (%s)\n", call->operand,
		verdict_sentence(v), verdict_name(v));
	return NO;
}

static enum status
run_serve(const struct call *call)
{
	const struct config *c = &call->config;
	struct crew *crew = crew_new((unsigned)c->threads);
	int stop = signals_catch();
	struct clerk *clerk = NULL;
	struct endpoint *ep = NULL;
	struct scrub *scrub = NULL;
	int rc = -1;

	trouble_tell_to(log_trouble);
	log_set_level((enum log_level)c->log_level);
	if (stop >= 0)
		clerk = clerk_open(c, crew, call->accept_time);
	if (clerk != NULL)
		ep = endpoint_open(c->socket);
	if (ep != NULL) {
		log_event(LOG_INFO, "serving size=%llu socket=%s",
			(unsigned long long)assembly_head(clerk_assembly(clerk))
				.size,
			c->socket);
		scrub = scrub_new(
			clerk_store(clerk), c->scrub_s, clock_steady_ns());
		rc = loop_run(clerk, ep, scrub, crew, stop);
		log_event(rc == 0 ? LOG_INFO : LOG_ERROR,
			rc == 0 ? "stopped"
				: "ended: nothing that was answered is lost; "
				  "start again");
	}
	endpoint_close(ep);
	scrub_free(scrub);
	clerk_close(clerk);
	crew_free(crew);
	return rc == 0 ? DONE : CANNOT;
}

static enum status
run_check(const struct call *call)
{
	struct check c = {0};
	struct writer said = {0};
	int rc = check_run(&c, &call->config, false, NULL);
	size_t n = c.audit.n_findings;

	check_print(&c, &said);
	fputs(writer_string(&said), stdout);
	if (rc == 0)
		printf("%llu records: %zu findings.\n",
			(unsigned long long)c.audit.tree.size, n);
	writer_clear(&said);
	check_clear(&c);
	if (rc != 0)
		return CANNOT;
	return n == 0 ? DONE : NO;
}

static enum status
run_export(const struct call *call)
{
	uint64_t size;

	if (export_run(&call->config, call->operand, &size) != 0)
		return CANNOT;
	printf("%llu records in %s.\n", (unsigned long long)size,
		call->operand);
	return DONE;
}

static enum status
run_config(const struct call *call)
{
	struct writer w = {0};

	(void)call;
	config_print(&w);
	fputs(writer_string(&w), stdout);
	writer_clear(&w);
	return DONE;
}

/* The words behind uniond ***************************************************/

static void
print_usage(FILE *to)
{
	fputs("usage: uniond [--config FILE] [--OPTION VALUE]... COMMAND\n\n",
		to);
	for (size_t i = 0; i < N_COMMANDS; i++) {
		const struct command *c = &commands[i];
		const char *operand = c->operand != NULL ? c->operand : "";

		fprintf(to, "  %s %-*s  %s\n", c->name,
			(int)(22 - strlen(c->name)), operand, c->summary);
	}
	fputs("\nOptions are those that uniond config prints, and\n"
	      "  --accept-time  serve although the clock stands more than an "
	      "hour ahead\n"
	      "  --help, --version\n",
		to);
}

static enum status
refuse(const char *word, const char *what)
{
	fprintf(stderr, "uniond: %s: %s\n", word, what);
	print_usage(stderr);
	return USAGE;
}

static const struct command *
command_of(const char *word)
{
	for (size_t i = 0; i < N_COMMANDS; i++)
		if (strcmp(word, commands[i].name) == 0)
			return &commands[i];
	return NULL;
}

/* --NAME VALUE or --NAME=VALUE; *i moves over a value that stands apart. */
static enum status
take_option(struct call *call, int n, char **words, int *i)
{
	struct bytes rest = bytes_of_string(words[*i] + 2);
	bool joined = strchr(words[*i], '=') != NULL;
	const char *word = words[*i], *what;
	struct bytes name = bytes_cut(&rest, '=');

	if (bytes_equal(name, BYTES("accept-time")) && !joined) {
		call->accept_time = true;
		return DONE;
	}
	if (!joined) {
		if (++*i == n)
			return refuse(word, "its value is missing");
		rest = bytes_of_string(words[*i]);
	}
	if (bytes_equal(name, BYTES("config")))
		return config_load(&call->config, (const char *)rest.data) == 0
			       ? DONE
			       : CANNOT;
	what = config_set(&call->config, name, rest);
	return what == NULL ? DONE : refuse(word, what);
}

static enum status
take_word(struct call *call, const char *word)
{
	if (call->command == NULL) {
		call->command = command_of(word);
		return call->command != NULL
			       ? DONE
			       : refuse(word, "there is no such command");
	}
	if (call->command->operand == NULL || call->operand != NULL)
		return refuse(word, "this is one word too many");
	call->operand = word;
	return DONE;
}

static enum status
take_words(struct call *call, int n, char **words)
{
	enum status status = DONE;

	for (int i = 0; i < n && status == DONE; i++)
		status = strncmp(words[i], "--", 2) == 0
				 ? take_option(call, n, words, &i)
				 : take_word(call, words[i]);
	if (status != DONE)
		return status;
	if (call->command == NULL)
		return refuse("no command", "see below");
	if (call->command->operand != NULL && call->operand == NULL)
		return refuse(call->command->name, "a word is missing");
	return DONE;
}

static bool
asks_for(const char *word, int argc, char **argv)
{
	return argc == 2 && strcmp(argv[1], word) == 0;
}

int
main(int argc, char **argv)
{
	/* A crash must not leave the ledger's key in a file. */
	const struct rlimit no_core = {0, 0};
	struct call call = {0};
	enum status status;

	setrlimit(RLIMIT_CORE, &no_core);
	if (asks_for("--help", argc, argv)) {
		print_usage(stdout);
		return DONE;
	}
	if (asks_for("--version", argc, argv)) {
		puts("uniond " VERSION);
		return DONE;
	}
	if (!crypt_init()) {
		fputs("uniond: the cryptographic library does not start\n",
			stderr);
		return CANNOT;
	}
	config_default(&call.config);
	status = take_words(&call, argc - 1, argv + 1);
	return (int)(status == DONE ? call.command->run(&call) : status);
}
