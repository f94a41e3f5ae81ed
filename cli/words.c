#include "cli/words.h"

#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/machine/secret.h"
#include "ballots/record/text.h"
#include "cli/complain.h"
#include "cli/desk.h"

const struct option words_options[] = {
	{"text", 't', true, "[LANG=]FILE",
		"a text from a file, - for standard input"},
	{"say", 0, true, "[LANG=]WORDS", "a text as it stands here"},
	{0},
};

void
words_clear(struct words *w)
{
	for (size_t i = 0; i < w->n; i++)
		writer_clear(&w->all[i].text);
	mem_free(w->all);
	*w = (struct words){0};
}

int
words_add_salted(struct words *w, struct bytes lang, struct bytes text,
	const uint8_t salt[static LIMIT_TEXT_SALT])
{
	enum verdict v = text_check(text);
	struct words_text *t;

	if (v != VERDICT_OK)
		return complain_usage(verdict_hint(v),
			"This text cannot be taken: %s", verdict_sentence(v));
	if (!text_language_ok(lang))
		return complain_usage("Write en, ar, pt-BR and the like.",
			"'%.*s' is no language.", (int)lang.len,
			(const char *)lang.data);
	w->all = mem_grow(w->all, &w->cap, w->n + 1, sizeof(*w->all));
	t = &w->all[w->n++];
	memcpy(t->lang, lang.data, lang.len);
	writer_put(&t->text, text);
	memcpy(t->salt, salt, sizeof(t->salt));
	text_hash(t->salt, text, t->hash);
	return 0;
}

int
words_check(const char *word)
{
	size_t len = strlen(word);
	bool fits = len > 0 && len <= FORM_WORD;

	for (size_t i = 0; i < len; i++)
		fits &= word[i] > ' ' && word[i] < 0x7f && word[i] != '"' &&
			word[i] != '\\';
	return fits ? 0
		    : complain_usage("Names and kinds are short words of plain "
				     "letters.",
			      "'%s' is no word.", word);
}

int
words_add(struct words *w, struct bytes lang, struct bytes text)
{
	uint8_t salt[LIMIT_TEXT_SALT];

	secret_draw(salt, sizeof(salt));
	return words_add_salted(w, lang, text, salt);
}

int
words_add_spec(
	struct words *w, const char *spec, bool is_file, const char *preset)
{
	struct bytes rest = bytes_of_string(spec);
	struct bytes lang = bytes_cut(&rest, '=');
	struct writer content = {0};
	int rc = 0;

	if (lang.len == strlen(spec) || !text_language_ok(lang)) {
		rest = bytes_of_string(spec);
		lang = bytes_of_string(preset);
	}
	if (is_file)
		rc = desk_read_file(
			(const char *)rest.data, LIMIT_TEXT_BYTES, &content);
	else
		writer_put(&content, rest);
	if (rc == 0)
		rc = words_add(w, lang, writer_view(&content));
	writer_clear(&content);
	return rc;
}

int
words_add_options(struct words *w, const struct options *o, const char *preset)
{
	const char *spec;
	size_t at = 0;

	while ((spec = options_each(o, "text", &at)) != NULL)
		if (words_add_spec(w, spec, true, preset) != 0)
			return -1;
	at = 0;
	while ((spec = options_each(o, "say", &at)) != NULL)
		if (words_add_spec(w, spec, false, preset) != 0)
			return -1;
	return 0;
}

void
words_print(const struct words *w, size_t from, struct jcs_printer *p)
{
	jcs_begin_array(p);
	for (size_t i = from; i < w->n; i++) {
		jcs_begin_object(p);
		jcs_key(p, "hash");
		jcs_base64(p, bytes_of(w->all[i].hash, CRYPT_HASH));
		jcs_key(p, "lang");
		jcs_string(p, bytes_of_string(w->all[i].lang));
		jcs_end_object(p);
	}
	jcs_end_array(p);
}

struct ask_text *
words_as_texts(const struct words *w)
{
	struct ask_text *texts = mem_new_array(w->n, sizeof(*texts));

	for (size_t i = 0; i < w->n; i++) {
		memcpy(texts[i].salt, w->all[i].salt, LIMIT_TEXT_SALT);
		texts[i].text = writer_view(&w->all[i].text);
	}
	return texts;
}
