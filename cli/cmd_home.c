#include "cli/cmd_home.h"

#include <jansson.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "cli/call.h"
#include "cli/complain.h"
#include "cli/names.h"
#include "cli/table.h"

const struct option cmd_home_forget[] = {
	{"forget", 0, false, NULL, "take it away"},
	{0},
};

static void
list_settings(struct output *out, const struct home *home)
{
	output_line(out, "Settings of %s, in %s:", home->name, home->path);
	output_give_string(out, "union", home->name);
	for (const struct home_setting *s = home_settings; s->name; s++) {
		const char *value = home_get(home, s->name);

		output_line(out, "  %-9s %s", s->name,
			value != NULL ? value : "(not set)");
		output_line(out, "            %s", s->summary);
		if (value != NULL)
			output_give_string(out, s->name, value);
	}
}

int
cmd_home_settings(const struct call *call)
{
	const char *setting = options_operand(&call->options, "SETTING");
	const char *value = options_operand(&call->options, "VALUE");
	struct home home;
	int rc = 0;

	if (call_home(call, &home) != 0)
		return -1;
	if (setting != NULL && value == NULL &&
		!options_has(&call->options, "forget"))
		rc = complain_usage("To take a setting away, add --forget.",
			"Say what '%s' is to be.", setting);
	else if (setting != NULL)
		rc = home_set(&home, setting, value);
	if (rc == 0)
		list_settings(call->out, &home);
	home_close(&home);
	return rc;
}

int
cmd_home_use(const struct call *call)
{
	struct home home;
	int rc;

	rc = home_open(&home, options_value(&call->options, "home"),
		options_operand(&call->options, "NAME"));
	if (rc == 0 && !home_in_use(&home))
		rc = complain_no("Begin with: union settings socket ADDRESS "
				 "--union NAME",
			"Nothing is kept here for a union called '%s'.",
			home.name);
	if (rc == 0)
		rc = home_make_default(&home);
	if (rc == 0) {
		output_line(call->out,
			"Commands now mean %s where they name "
			"no other union.",
			home.name);
		output_give_string(call->out, "union", home.name);
	}
	home_close(&home);
	return rc;
}

static void
list_names(struct output *out, const struct home *home)
{
	static const struct table_column columns[] = {
		{"member", false}, {"name", false}};
	const struct pairs *names = &home->petnames;
	struct bytes *cells = mem_new_array(names->n * 2, sizeof(*cells));
	json_t *list = json_object();
	struct writer table = {0};

	for (size_t i = 0; i < names->n; i++) {
		cells[2 * i] =
			bytes_slice(bytes_of_string(names->all[i].key), 0, 16);
		cells[2 * i + 1] = bytes_of_string(names->all[i].value);
		json_object_set_new(list, names->all[i].key,
			json_string(names->all[i].value));
	}
	table_put(&table, columns, 2, cells, names->n);
	if (names->n > 0)
		output_lines(out, writer_view(&table));
	else
		output_line(out, "You have named nobody yet.");
	output_give_take(out, "names", list);
	writer_clear(&table);
	mem_free(cells);
}

/* The id to name: in full, or one that has a name already. */
static int
read_member(const struct home *home, const char *text,
	uint8_t id[static CRYPT_HASH])
{
	struct names_name name = names_parse(bytes_of_string(text));

	if (name.form == NAMES_ID) {
		for (size_t i = 0; i < CRYPT_HASH; i++)
			id[i] = name.id[i];
		return 0;
	}
	if (name.form == NAMES_PETNAME &&
		home_find_petname(home, name.petname, id))
		return 0;
	return complain_usage("Give the whole id, 64 digits.",
		"'%s' is neither an id nor a name that you gave.", text);
}

int
cmd_home_names(const struct call *call)
{
	const char *member = options_operand(&call->options, "MEMBER");
	const char *petname = options_operand(&call->options, "NAME");
	bool forget = options_has(&call->options, "forget");
	uint8_t id[CRYPT_HASH];
	struct home home;
	int rc = 0;

	if (call_home(call, &home) != 0)
		return -1;
	if (member != NULL && (petname == NULL) != forget)
		rc = complain_usage("To take a name away, give --forget and no "
				    "name.",
			"Say what to call them.");
	else if (member != NULL)
		rc = read_member(&home, member, id);
	if (rc == 0 && member != NULL)
		rc = home_set_petname(
			&home, id, bytes_of_string(forget ? "" : petname));
	if (rc == 0)
		list_names(call->out, &home);
	home_close(&home);
	return rc;
}
