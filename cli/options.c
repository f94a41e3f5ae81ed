#include "cli/options.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/base/reader.h"
#include "cli/complain.h"
#include "cli/plain.h"

#define USAGE_COLUMN 28 /* where the summaries of options begin */

struct options_found {
	const struct option *option;
	const char *value; /* NULL for an option without one */
};

/* One operand of a form: "NAME", "[NAME]", "NAME..." or "[NAME...]". */
struct operand {
	struct bytes name;
	bool optional;
	bool many;
};

/* Take the next operand off the front of *form; false at its end. */
static bool
take_operand(struct bytes *form, struct operand *out)
{
	struct bytes word = bytes_cut(form, ' ');

	if (word.len == 0)
		return false;
	out->optional = word.data[0] == '[';
	if (out->optional)
		word = bytes_slice(word, 1, word.len - 2);
	out->many = word.len > 3 && word.data[word.len - 1] == '.';
	out->name = out->many ? bytes_slice(word, 0, word.len - 3) : word;
	return true;
}

/* Find an option by its long name or its letter; NULL when there is none. */
static const struct option *
find(const struct option *const *tables, struct bytes name, char letter)
{
	for (; *tables != NULL; tables++)
		for (const struct option *o = *tables; o->name != NULL; o++)
			if (bytes_equal(name, bytes_of_string(o->name)) ||
				(letter != 0 && o->letter == letter))
				return o;
	return NULL;
}

static const char *
nearest(const struct option *const *tables, struct bytes name)
{
	const char *best = NULL;
	size_t best_distance = 3;

	for (; *tables != NULL; tables++)
		for (const struct option *o = *tables; o->name != NULL; o++) {
			size_t distance =
				plain_distance(name, bytes_of_string(o->name));

			if (distance < best_distance) {
				best_distance = distance;
				best = o->name;
			}
		}
	return best;
}

static int
unknown(const struct options *o, const char *word)
{
	struct bytes name = bytes_of_string(word);
	const char *near;
	char hint[120];

	while (name.len > 0 && name.data[0] == '-')
		name = bytes_slice(name, 1, name.len);
	near = nearest(o->tables, bytes_cut(&name, '='));
	if (near != NULL)
		snprintf(hint, sizeof(hint), "Did you mean --%s?", near);
	else
		snprintf(hint, sizeof(hint), "See '%s --help'.", o->command);
	return complain_usage(hint, "%s has no option '%s'.", o->command, word);
}

static int
keep(struct options *o, const struct option *option, const char *value)
{
	if (!option->many && options_has(o, option->name))
		return complain_usage("Give it once.",
			"--%s was given more than once.", option->name);
	o->found = mem_grow(
		o->found, &o->cap_found, o->n_found + 1, sizeof(*o->found));
	o->found[o->n_found++] = (struct options_found){option, value};
	return 0;
}

/*
 * Keep one option, with the value that came in the same word or else with the
 * next word, which is then taken.
 */
static int
keep_with_value(struct options *o, const struct option *option,
	const char *joined, size_t n, char *const *words, size_t *at)
{
	if (option->value == NULL) {
		if (joined != NULL)
			return complain_usage("Leave the value out.",
				"--%s takes no value.", option->name);
		return keep(o, option, NULL);
	}
	if (joined == NULL && *at + 1 < n)
		joined = words[++*at];
	if (joined == NULL)
		return complain_usage("", "--%s needs a value: --%s %s.",
			option->name, option->name, option->value);
	return keep(o, option, joined);
}

static int
parse_long(struct options *o, size_t n, char *const *words, size_t *at)
{
	const char *word = words[*at];
	const char *equals = strchr(word, '=');
	struct bytes rest = bytes_of_string(word + 2);
	const struct option *option = find(o->tables, bytes_cut(&rest, '='), 0);

	if (option == NULL)
		return unknown(o, word);
	return keep_with_value(
		o, option, equals == NULL ? NULL : equals + 1, n, words, at);
}

/* Letters may share one dash; the first that takes a value takes the rest. */
static int
parse_letters(struct options *o, size_t n, char *const *words, size_t *at)
{
	const char *word = words[*at];

	for (const char *letter = word + 1; *letter != '\0'; letter++) {
		const struct option *option =
			find(o->tables, BYTES(""), *letter);
		const char *joined = NULL;

		if (option == NULL)
			return unknown(o, word);
		if (option->value != NULL && letter[1] != '\0')
			joined = letter + 1;
		if (keep_with_value(o, option, joined, n, words, at) != 0)
			return -1;
		if (option->value != NULL)
			break;
	}
	return 0;
}

static void
keep_operand(struct options *o, const char *word)
{
	o->operands = mem_grow(o->operands, &o->cap_operands, o->n_operands + 1,
		sizeof(*o->operands));
	o->operands[o->n_operands++] = word;
}

/* Judge the number of operands by the form. */
static int
check_operands(const struct options *o)
{
	struct bytes form = bytes_of_string(o->form);
	struct operand operand;
	char hint[200];
	size_t n = 0;
	bool many = false;

	snprintf(hint, sizeof(hint), "Usage: %s%s%s", o->command,
		o->form[0] == '\0' ? "" : " ", o->form);
	for (; take_operand(&form, &operand); n++) {
		if (n >= o->n_operands && !operand.optional)
			return complain_usage(hint, "%s needs %.*s.",
				o->command, (int)operand.name.len,
				(const char *)operand.name.data);
		many = operand.many;
	}
	if (o->n_operands > n && !many)
		return complain_usage(hint, "%s does not take '%s'.",
			o->command, o->operands[n]);
	return 0;
}

int
options_parse(struct options *o, const char *command,
	const struct option *const *tables, const char *form, size_t n,
	char *const *words)
{
	bool ended = false;

	*o = (struct options){
		.command = command, .tables = tables, .form = form};
	for (size_t at = 0; at < n; at++) {
		const char *word = words[at];
		int rc = 0;

		if (ended || word[0] != '-' || word[1] == '\0')
			keep_operand(o, word);
		else if (strcmp(word, "--") == 0)
			ended = true;
		else if (word[1] == '-')
			rc = parse_long(o, n, words, &at);
		else
			rc = parse_letters(o, n, words, &at);
		if (rc != 0)
			return -1;
	}
	/* Whoever asks for help need not know the operands. */
	if (find(tables, BYTES("help"), 0) != NULL && options_has(o, "help"))
		return 0;
	return check_operands(o);
}

void
options_copy(const struct options *o, struct options *out)
{
	*out = *o;
	out->found = mem_copy(o->found, o->n_found * sizeof(*o->found));
	out->operands =
		mem_copy(o->operands, o->n_operands * sizeof(*o->operands));
	out->cap_found = o->n_found;
	out->cap_operands = o->n_operands;
}

int
options_add(struct options *o, const char *name, const char *value)
{
	const struct option *option = find(o->tables, bytes_of_string(name), 0);

	if (option == NULL || option->value == NULL)
		return unknown(o, name);
	if (!option->many && options_has(o, name))
		return 0;
	return keep(o, option, value);
}

void
options_clear(struct options *o)
{
	mem_free(o->found);
	mem_free(o->operands);
	*o = (struct options){0};
}

const char *
options_each(const struct options *o, const char *name, size_t *at)
{
	assert(find(o->tables, bytes_of_string(name), 0) != NULL);
	while (*at < o->n_found) {
		const struct options_found *found = &o->found[(*at)++];

		if (strcmp(found->option->name, name) == 0)
			return found->value == NULL ? "" : found->value;
	}
	return NULL;
}

const char *
options_value(const struct options *o, const char *name)
{
	size_t at = 0;

	return options_each(o, name, &at);
}

bool
options_has(const struct options *o, const char *name)
{
	return options_value(o, name) != NULL;
}

int
options_number(const struct options *o, const char *name, uint64_t min,
	uint64_t max, uint64_t preset, uint64_t *out)
{
	const char *value = options_value(o, name);
	uint64_t number = preset;

	if (value != NULL &&
		(!reader_decimal(bytes_of_string(value), max, &number) ||
			number < min))
		return complain_usage("",
			"--%s must be a number from %llu to %llu, not '%s'.",
			name, (unsigned long long)min, (unsigned long long)max,
			value);
	*out = number;
	return 0;
}

const char *const *
options_operands(const struct options *o, const char *name, size_t *n)
{
	struct bytes form = bytes_of_string(o->form);
	struct operand operand = {0};
	size_t at = 0;

	while (take_operand(&form, &operand) &&
		!bytes_equal(operand.name, bytes_of_string(name)))
		at++;
	assert(bytes_equal(operand.name, bytes_of_string(name)));
	*n = at < o->n_operands ? o->n_operands - at : 0;
	return *n == 0 ? NULL : &o->operands[at];
}

const char *
options_operand(const struct options *o, const char *name)
{
	size_t n;
	const char *const *found = options_operands(o, name, &n);

	return n == 0 ? NULL : found[0];
}

void
options_put_usage(struct writer *w, const struct option *const *tables)
{
	for (; *tables != NULL; tables++)
		for (const struct option *o = *tables; o->name != NULL; o++) {
			char names[80];
			int used = snprintf(names, sizeof(names),
				"  %c%c --%s%s%s", o->letter ? '-' : ' ',
				o->letter ? o->letter : ' ', o->name,
				o->value ? " " : "", o->value ? o->value : "");

			writer_put_string(w, names);
			if (used < USAGE_COLUMN) {
				plain_put_fill(
					w, ' ', USAGE_COLUMN - (size_t)used);
			} else {
				writer_put_u8(w, '\n');
				plain_put_fill(w, ' ', USAGE_COLUMN);
			}
			plain_put_wrapped(w, bytes_of_string(o->summary),
				USAGE_COLUMN, 79 - USAGE_COLUMN);
			writer_put_u8(w, '\n');
		}
}
