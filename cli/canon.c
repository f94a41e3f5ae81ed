#include "cli/canon.h"

#include <jansson.h>

#include "ballots/base/limits.h"
#include "ballots/record/jcs.h"
#include "cli/complain.h"
#include "cli/desk.h"

int
canon_read(const char *path, struct json_t **out)
{
	struct writer text = {0};
	json_error_t error;

	if (desk_read_file(path, LIMIT_REQUEST_BYTES, &text) != 0) {
		writer_clear(&text);
		return -1;
	}
	*out = json_loadb((const char *)text.data, text.len,
		JSON_REJECT_DUPLICATES, &error);
	writer_clear(&text);
	if (*out != NULL)
		return 0;
	return complain_usage("", "%s is not JSON: %s in line %d.", path,
		error.text, error.line);
}

int
canon_put(const struct json_t *value, struct writer *out)
{
	char *text = json_dumps(
		value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
	enum verdict v = text == NULL ? VERDICT_MALFORMED
				      : jcs_check(bytes_of_string(text));

	if (v == VERDICT_OK)
		writer_put_string(out, text);
	free(text);
	if (v == VERDICT_OK)
		return 0;
	return complain_usage(verdict_hint(v),
		"This cannot be written down so that it can be signed: %s",
		verdict_sentence(v));
}
