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

void
exchange_put(struct bytes file, struct writer *out)
{
	json_t *value = parse(file);
	char *tidy = NULL;

	if (value != NULL)
		tidy = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(value);
	writer_put(out, tidy != NULL ? bytes_of_string(tidy) : file);
	free(tidy);
}

int
exchange_read(const char *path, struct writer *out)
{
	struct writer file = {0};
	int rc = files_read(AT_FDCWD,
		strcmp(path, "-") == 0 ? "/dev/stdin" : path,
		EXCHANGE_BYTES_MAX, &file);

	if (rc == 0)
		exchange_put(writer_view(&file), out);
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
