#include "cli/exchange.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/machine/files.h"

static json_t *
parse(struct bytes file)
{
	return json_loadb((const char *)file.data, file.len,
		JSON_REJECT_DUPLICATES, NULL);
}

int
exchange_read(const char *path, struct writer *out)
{
	struct writer file = {0};
	char *tidy = NULL;
	json_t *value;
	int rc;

	rc = files_read(AT_FDCWD, strcmp(path, "-") == 0 ? "/dev/stdin" : path,
		EXCHANGE_BYTES_MAX, &file);
	if (rc == 0 && (value = parse(writer_view(&file))) != NULL) {
		tidy = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);
		json_decref(value);
	}
	if (rc == 0)
		writer_put(out, tidy != NULL ? bytes_of_string(tidy)
					     : writer_view(&file));
	free(tidy);
	writer_clear(&file);
	return rc;
}

void
exchange_give(struct output *out, const char *name, struct bytes doc)
{
	if (out->json) {
		output_give_take(out, name, parse(doc));
	} else {
		output_program(out, name, doc);
		output_program(out, name, BYTES("\n"));
	}
}
