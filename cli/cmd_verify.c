#include "cli/cmd_verify.h"

#include <dirent.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/base/limits.h"
#include "ballots/base/mem.h"
#include "ballots/machine/files.h"
#include "ballots/record/receipt.h"
#include "cli/call.h"
#include "cli/complain.h"
#include "cli/desk.h"
#include "cli/proof.h"

#define POLICY_BYTES 65536

const struct option cmd_verify_options[] = {
	{"trust", 0, false, "POLICY",
		"a file of log, witness and quorum lines (preset: the ledger "
		"key kept here)"},
	{"record", 0, false, "FILE",
		"the record itself, for receipts that do not hold it"},
	{0},
};

/* What checking needs, and how it has gone so far. */
struct bench {
	const struct call *call;
	struct home home;
	struct policy *policy;
	struct writer policy_text, kept, record;
	json_t *files;
	bool holds;
};

/* Whom to trust ************************************************************/

static int
read_policy(struct bench *b, const char *path)
{
	size_t line;
	enum verdict v;

	if (desk_read_file(path, POLICY_BYTES, &b->policy_text) != 0)
		return -1;
	v = policy_parse(writer_view(&b->policy_text), b->policy, &line);
	if (v == VERDICT_OK)
		return 0;
	return complain_usage("Lines are: log VKEY, witness NAME VKEY, group "
			      "NAME K NAME..., quorum NAME.",
		"Line %zu of %s is wrong: %s", line, path, verdict_sentence(v));
}

static int
trust_kept_key(struct bench *b)
{
	const char *vkey = home_get(&b->home, "vkey");
	struct note_key key;

	if (vkey == NULL)
		return complain_cannot("Name a policy with --trust, or set the "
				       "key: union settings vkey VKEY",
			"No ledger key is trusted here yet.");
	if (note_parse_key(bytes_of_string(vkey), &key) != VERDICT_OK)
		return complain_cannot("Set it again: union settings vkey VKEY",
			"The ledger key kept here cannot be read.");
	policy_of_log(&key, b->policy);
	return 0;
}

static int
set_up(const struct call *call, struct bench *b)
{
	const char *path = options_value(&call->options, "trust");

	*b = (struct bench){.call = call, .holds = true};
	b->policy = mem_new(sizeof(*b->policy));
	b->files = json_array();
	if (call_home(call, &b->home) != 0 ||
		(path != NULL ? read_policy(b, path) : trust_kept_key(b)) != 0)
		return -1;
	return home_read_checkpoint(&b->home, &b->kept);
}

static void
clear(struct bench *b)
{
	output_give_bool(b->call->out, "holds", b->holds);
	output_give_take(b->call->out, "files", b->files);
	home_close(&b->home);
	mem_free(b->policy);
	writer_clear(&b->policy_text);
	writer_clear(&b->kept);
	writer_clear(&b->record);
}

/* Checking *****************************************************************/

static void
check(struct bench *b, const char *name, struct bytes file)
{
	const struct proof_trust trust = {b->policy, writer_view(&b->kept)};
	bool holds;
	json_t *row;

	output_line(b->call->out, "%s", name);
	row = proof_check(
		b->call->out, &trust, file, writer_view(&b->record), &holds);
	json_object_set_new(row, "file", json_string(name));
	json_array_append_new(b->files, row);
	b->holds &= holds;
}

static int
conclude(const struct bench *b)
{
	if (!b->holds)
		return complain_no("Keep what was checked, and show it to an "
				   "auditor.",
			"Not everything holds.");
	output_line(b->call->out, "Everything holds.");
	return 0;
}

static int
check_file(struct bench *b, int dir, const char *file, const char *name)
{
	struct writer content = {0};
	int rc = files_read(dir, file, LIMIT_RECEIPT_BYTES, &content);

	if (rc == 0)
		check(b, name, writer_view(&content));
	writer_clear(&content);
	return rc;
}

static int
check_operands(struct bench *b)
{
	const char *record = options_value(&b->call->options, "record");
	const char *const *paths;
	size_t n;

	paths = options_operands(&b->call->options, "FILE", &n);
	if (record != NULL &&
		desk_read_file(record, LIMIT_RECORD_BYTES, &b->record) != 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (check_file(b, AT_FDCWD,
			    strcmp(paths[i], "-") == 0 ? "/dev/stdin"
						       : paths[i],
			    paths[i]) != 0)
			return -1;
	return conclude(b);
}

int
cmd_verify_files(const struct call *call)
{
	struct bench b;
	int rc = set_up(call, &b);

	if (rc == 0)
		rc = check_operands(&b);
	clear(&b);
	return rc;
}

/* Receipts kept here *******************************************************/

struct names {
	char **at;
	size_t n, cap;
};

static void
free_names(struct names *names)
{
	for (size_t i = 0; i < names->n; i++)
		mem_free(names->at[i]);
	mem_free(names->at);
}

/* By the number of the record that they begin with. */
static int
by_number(const void *a, const void *b)
{
	const char *one = *(char *const *)a, *other = *(char *const *)b;
	unsigned long long n = strtoull(one, NULL, 10);
	unsigned long long m = strtoull(other, NULL, 10);

	return n != m ? (n > m) - (n < m) : strcmp(one, other);
}

static void
list(const struct home *home, struct names *out)
{
	int dir = openat(home->dir, HOME_RECEIPTS, O_RDONLY | O_DIRECTORY);
	DIR *entries = dir < 0 ? NULL : fdopendir(dir);
	struct dirent *entry;

	if (entries == NULL)
		return;
	while ((entry = readdir(entries)) != NULL) {
		if (entry->d_name[0] == '.' ||
			strstr(entry->d_name, ".tlog-proof") == NULL)
			continue;
		out->at = mem_grow(
			out->at, &out->cap, out->n + 1, sizeof(*out->at));
		out->at[out->n++] =
			mem_copy(entry->d_name, strlen(entry->d_name));
	}
	closedir(entries);
	if (out->n > 1)
		qsort(out->at, out->n, sizeof(*out->at), by_number);
}

static char *
path_of(const char *name)
{
	struct writer path = {0};

	writer_put_string(&path, HOME_RECEIPTS "/");
	writer_put_string(&path, name);
	writer_string(&path);
	return (char *)path.data;
}

static int
none(const struct home *home)
{
	return complain_no("They are kept when an act is filed from here.",
		"No receipt is kept in %s/%s.", home->path, HOME_RECEIPTS);
}

int
cmd_verify_receipts(const struct call *call)
{
	struct names names = {0};
	json_t *all = json_array();
	struct home home;
	int rc = call_home(call, &home);

	if (rc == 0)
		list(&home, &names);
	for (size_t i = 0; i < names.n; i++) {
		output_line(call->out, "%s", names.at[i]);
		json_array_append_new(all, json_string(names.at[i]));
	}
	output_give_take(call->out, "receipts", all);
	if (rc == 0 && names.n == 0)
		output_line(call->out, "No receipts are kept here.");
	else if (rc == 0)
		output_next(call->out, "union receipt check");
	free_names(&names);
	home_close(&home);
	return rc;
}

/* The receipt called word, or that of the record with this number. */
static const char *
find(const struct names *names, const char *word)
{
	size_t len = strlen(word);

	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->at[i], word) == 0 ||
			(strncmp(names->at[i], word, len) == 0 &&
				names->at[i][len] == '-'))
			return names->at[i];
	complain_no(
		"union receipt list", "No receipt '%s' is kept here.", word);
	return NULL;
}

static int
check_kept(struct bench *b, const char *name)
{
	char *path = path_of(name);
	int rc = check_file(b, b->home.dir, path, name);

	mem_free(path);
	return rc;
}

static int
show(struct bench *b, const char *name)
{
	struct writer content = {0};
	char *path = path_of(name);
	int rc = files_read(b->home.dir, path, LIMIT_RECEIPT_BYTES, &content);

	if (rc == 0) {
		output_text(b->call->out, writer_view(&content));
		output_give_text(
			b->call->out, "receipt", writer_view(&content));
		check(b, name, writer_view(&content));
		rc = conclude(b);
	}
	mem_free(path);
	writer_clear(&content);
	return rc;
}

int
cmd_verify_show(const struct call *call)
{
	const char *word = options_operand(&call->options, "RECEIPT");
	struct names names = {0};
	const char *name;
	struct bench b;
	int rc = set_up(call, &b);

	if (rc == 0) {
		list(&b.home, &names);
		name = find(&names, word);
		rc = name == NULL ? -1 : show(&b, name);
	}
	free_names(&names);
	clear(&b);
	return rc;
}

int
cmd_verify_kept(const struct call *call)
{
	const char *word = options_operand(&call->options, "RECEIPT");
	struct names names = {0};
	struct bench b;
	int rc = set_up(call, &b);

	if (rc == 0)
		list(&b.home, &names);
	if (rc == 0 && names.n == 0)
		rc = none(&b.home);
	for (size_t i = 0; rc == 0 && word == NULL && i < names.n; i++)
		rc = check_kept(&b, names.at[i]);
	if (rc == 0 && word != NULL) {
		const char *name = find(&names, word);

		rc = name == NULL ? -1 : check_kept(&b, name);
	}
	if (rc == 0)
		rc = conclude(&b);
	free_names(&names);
	clear(&b);
	return rc;
}
