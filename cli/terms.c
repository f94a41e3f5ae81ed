#include "cli/terms.h"

#include <jansson.h>

#include "cli/canon.h"
#include "cli/complain.h"

static int
add(struct options *o, const char *name, const json_t *value)
{
	if (json_is_string(value))
		return options_add(o, name, json_string_value(value));
	return complain_usage("Values are words, whole numbers, or lists of "
			      "them.",
		"'%s' in the file of terms cannot be read.", name);
}

static int
add_all(struct options *o, const char *name, const json_t *list)
{
	const json_t *value;
	size_t i;

	json_array_foreach(list, i, value)
	{
		if (add(o, name, value) != 0)
			return -1;
	}
	return 0;
}

/* Numbers are words too, from here on. */
static json_t *
spelled_out(json_t *value)
{
	json_t *list;
	size_t n = json_array_size(value);

	if (json_is_integer(value))
		return json_sprintf(
			"%" JSON_INTEGER_FORMAT, json_integer_value(value));
	if (!json_is_array(value))
		return json_incref(value);
	list = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(
			list, spelled_out(json_array_get(value, i)));
	return list;
}

static int
add_members(struct terms *t, json_t *file)
{
	const char *name;
	json_t *value;

	t->words = json_object();
	json_object_foreach(file, name, value)
		json_object_set_new(t->words, name, spelled_out(value));
	json_object_foreach(t->words, name, value)
	{
		int rc = json_is_array(value)
				 ? add_all(&t->call.options, name, value)
				 : add(&t->call.options, name, value);

		if (rc != 0)
			return -1;
	}
	return 0;
}

int
terms_read(const struct call *call, const char *path, struct terms *out)
{
	json_t *file;
	int rc;

	*out = (struct terms){.call = *call};
	options_copy(&call->options, &out->call.options);
	if (path == NULL)
		return 0;
	if (canon_read(path, &file) != 0)
		return -1;
	if (json_is_object(file))
		rc = add_members(out, file);
	else
		rc = complain_usage("Begin it with {.",
			"The terms in %s are no JSON object.", path);
	json_decref(file);
	return rc;
}

void
terms_clear(struct terms *t)
{
	options_clear(&t->call.options);
	json_decref(t->words);
}
