#include "cli/effects.h"

#include <jansson.h>

#include "cli/canon.h"
#include "cli/complain.h"
#include "cli/draft.h"

const struct option effects_options[] = {
	{"option", 'o', true, "[LANG=]WORDS",
		"an option to vote on; without any there is one"},
	{"options", 0, false, "FILE",
		"all options and their effects, as JSON (see the manual)"},
	{"seat", 0, true, "OFFICE=MEMBER", "effect: give an office"},
	{"unseat", 0, true, "OFFICE=MEMBER", "effect: take an office"},
	{"amend", 0, true, "FILE", "effect: this charter comes into force"},
	{"admit", 0, true, "FILE", "effect: admit an applicant"},
	{"suspend", 0, true, "MEMBER=SPAN", "effect: suspend a member"},
	{"restore", 0, true, "MEMBER", "effect: end a suspension"},
	{"spend", 0, true, "AMOUNT=UNIT", "effect: a line of the budget"},
	{"chapter-named", 0, true, "[LANG=]WORDS", "effect: open a chapter"},
	{"topic-named", 0, true, "[LANG=]WORDS", "effect: open a topic"},
	{"gateway", 0, true, "KEY[,TYPE...]=[LANG=]WORDS",
		"effect: accept a gateway that takes these credentials"},
	{"strike", 0, true, "GATEWAY", "effect: strike a gateway"},
	{"recall", 0, true, "MANDATE=MEMBER[,...]",
		"effect: take a mandate from delegates"},
	{"replace", 0, true, "MANDATE=MEMBER[,...]",
		"effect: these are the delegates"},
	{"renew", 0, true, "MANDATE=TIME", "effect: a mandate runs until then"},
	{0},
};

/* Options *******************************************************************/

/* One option; the first has all effects, spec NULL stands for no text. */
static int
put_option(struct draft *e, const char *spec, bool first, const char **class)
{
	jcs_begin_object(e->p);
	jcs_key(e->p, "effects");
	if (!first)
		jcs_raw(e->p, BYTES("[]"));
	else if (draft_effects(e, class) != 0)
		return -1;
	if (spec == NULL) {
		jcs_key(e->p, "texts");
		jcs_raw(e->p, BYTES("[]"));
	} else if (draft_put_text(e, spec) != 0) {
		return -1;
	}
	jcs_end_object(e->p);
	return 0;
}

static int
put_options(struct draft *e, size_t *n, const char **class)
{
	const struct options *o = &e->f->desk->call->options;
	const char *spec;
	size_t at = 0;

	*n = 0;
	jcs_begin_array(e->p);
	while ((spec = options_each(o, "option", &at)) != NULL)
		if (put_option(e, spec, (*n)++ == 0, class) != 0)
			return -1;
	if (*n == 0 && put_option(e, NULL, (*n)++ == 0, class) != 0)
		return -1;
	jcs_end_array(e->p);
	return 0;
}

/* From a file **************************************************************/

/* {"en": "words", ...} becomes the list of texts that an act names. */
static int
hash_texts(struct filing *f, json_t *object)
{
	struct writer list = {0};
	struct jcs_printer p = jcs_printer_of(&list);
	json_t *texts = json_object_get(object, "texts"), *words;
	size_t from = f->words.n;
	const char *lang;

	if (texts != NULL && !json_is_object(texts))
		return 0; /* hashed already, or refused at the end */
	json_object_foreach(texts, lang, words)
	{
		const char *text =
			json_is_string(words) ? json_string_value(words) : "";

		if (words_add(&f->words, bytes_of_string(lang),
			    bytes_of_string(text)) != 0)
			return -1;
	}
	words_print(&f->words, from, &p);
	json_object_set_new(object, "texts",
		json_loadb((const char *)list.data, list.len, 0, NULL));
	writer_clear(&list);
	return 0;
}

static bool
needs_texts(json_t *effect)
{
	return json_object_get(effect, "texts") != NULL;
}

static int
hash_option(struct filing *f, json_t *option)
{
	json_t *effects = json_object_get(option, "effects"), *effect;
	size_t i;

	if (!json_is_object(option))
		return complain_usage("See the manual page.",
			"An option in the file is no object.");
	if (effects == NULL)
		json_object_set_new(option, "effects", json_array());
	json_array_foreach(effects, i, effect)
	{
		if (needs_texts(effect) && hash_texts(f, effect) != 0)
			return -1;
	}

	return hash_texts(f, option);
}

static int
read_options(struct filing *f, const char *path, size_t *n)
{
	json_t *list, *option;
	int rc = 0;
	size_t i;

	if (canon_read(path, &list) != 0)
		return -1;
	*n = json_array_size(list);
	json_array_foreach(list, i, option)
	{
		if (rc == 0)
			rc = hash_option(f, option);
	}

	if (rc == 0 && *n == 0)
		rc = complain_usage("See the manual page.",
			"%s is no list of options.", path);
	if (rc == 0)
		rc = canon_put(list, &f->lists[0]);
	json_decref(list);
	return rc;
}

int
effects_set(
	struct filing *f, const char *language, size_t *n, const char **class)
{
	const char *path = options_value(&f->desk->call->options, "options");
	struct jcs_printer p = jcs_printer_of(&f->lists[0]);
	struct draft e = {.f = f, .p = &p, .language = language};

	if ((path != NULL ? read_options(f, path, n)
			  : put_options(&e, n, class)) != 0)
		return -1;
	act_set_span(&f->act, ACT_HAS_OPTIONS, writer_view(&f->lists[0]));
	return 0;
}
