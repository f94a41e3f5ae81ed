#include "cli/cmd_receipt.h"

#include <dirent.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/base/limits.h"
#include "ballots/base/mem.h"
#include "ballots/machine/files.h"
#include "cli/assay.h"
#include "cli/complain.h"

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
cmd_receipt_list(const struct call *call)
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
check_kept(struct assay *a, const char *name)
{
	char *path = path_of(name);
	int rc = assay_file(a, a->credence.home.dir, path, name);

	mem_free(path);
	return rc;
}

static int
show(struct assay *a, const char *name)
{
	struct writer content = {0};
	char *path = path_of(name);
	int rc = files_read(
		a->credence.home.dir, path, LIMIT_RECEIPT_BYTES, &content);

	if (rc == 0) {
		output_text(a->call->out, writer_view(&content));
		output_give_text(
			a->call->out, "receipt", writer_view(&content));
		assay_check(a, name, writer_view(&content));
		rc = assay_conclude(a);
	}
	mem_free(path);
	writer_clear(&content);
	return rc;
}

int
cmd_receipt_show(const struct call *call)
{
	const char *word = options_operand(&call->options, "RECEIPT");
	struct names names = {0};
	const char *name;
	struct assay a;
	int rc = assay_open(call, &a);

	if (rc == 0) {
		list(&a.credence.home, &names);
		name = find(&names, word);
		rc = name == NULL ? -1 : show(&a, name);
	}
	free_names(&names);
	assay_close(&a);
	return rc;
}

int
cmd_receipt_check(const struct call *call)
{
	const char *word = options_operand(&call->options, "RECEIPT");
	struct names names = {0};
	struct assay a;
	int rc = assay_open(call, &a);

	if (rc == 0)
		list(&a.credence.home, &names);
	if (rc == 0 && names.n == 0)
		rc = none(&a.credence.home);
	for (size_t i = 0; rc == 0 && word == NULL && i < names.n; i++)
		rc = check_kept(&a, names.at[i]);
	if (rc == 0 && word != NULL) {
		const char *name = find(&names, word);

		rc = name == NULL ? -1 : check_kept(&a, name);
	}
	if (rc == 0)
		rc = assay_conclude(&a);
	free_names(&names);
	assay_close(&a);
	return rc;
}
