#include "cli/reading.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/record/effect.h"
#include "ballots/record/fields.h"

/* How well a language suits a wish: 2 the same, 1 the same family. */
static int
suits(struct bytes lang, struct bytes wish)
{
	if (bytes_equal(lang, wish))
		return 2;
	return wish.len > 0 &&
	       bytes_equal(bytes_cut(&lang, '-'), bytes_cut(&wish, '-'));
}

/* Choose among texts; false when there is none. */
static bool
choose(struct bytes texts, struct bytes wish, uint8_t hash[static CRYPT_HASH],
	char lang[36])
{
	struct fields f = fields_of_list(texts, 0, LIMIT_TEXTS);
	uint8_t one[CRYPT_HASH];
	int best = -1;

	while (fields_more(&f)) {
		struct bytes name;

		fields_object(&f, NULL);
		fields_base64(&f, "hash", one, CRYPT_HASH);
		name = fields_word(&f, "lang");
		fields_end(&f);
		if (f.bad || suits(name, wish) <= best ||
			name.len > LIMIT_LANG_BYTES)
			continue;
		best = suits(name, wish);
		memcpy(hash, one, CRYPT_HASH);
		memset(lang, 0, 36);
		memcpy(lang, name.data, name.len);
	}
	return best >= 0;
}

int
reading_text(
	struct desk *d, struct bytes texts, struct writer *out, char lang[36])
{
	const char *wish = home_get(&d->home, "language");
	uint8_t hash[CRYPT_HASH], salt[LIMIT_TEXT_SALT];
	char chosen[36] = "";
	bool found;

	if (lang != NULL)
		lang[0] = '\0';
	if (texts.len == 0 ||
		!choose(texts, bytes_of_string(wish == NULL ? "" : wish), hash,
			chosen))
		return 0;
	if (lang != NULL)
		memcpy(lang, chosen, sizeof(chosen));
	return ask_text(d->contact, hash, &found, salt, out);
}

int
reading_title(struct desk *d, struct bytes texts, struct writer *out)
{
	struct writer text = {0};
	struct bytes rest;
	int rc = reading_text(d, texts, &text, NULL);

	rest = writer_view(&text);
	writer_put(out, bytes_cut(&rest, '\n'));
	writer_clear(&text);
	return rc;
}

struct bytes
reading_texts_of(const struct act *act)
{
	struct bytes texts = {0};
	struct effect_option option;

	if (act_has(act, ACT_HAS_TEXTS))
		texts = act_span(act, ACT_HAS_TEXTS);
	/* "[]": what a single option says describes the proposal too. */
	if (texts.len <= 2 && act_has(act, ACT_HAS_OPTIONS) &&
		effect_option_at(act_span(act, ACT_HAS_OPTIONS), 0, &option))
		texts = option.texts;
	return texts;
}

static bool
opens_something(const struct effect *e)
{
	return e->kind == EFFECT_CHAPTER || e->kind == EFFECT_TOPIC ||
	       e->kind == EFFECT_GATEWAY;
}

struct bytes
reading_texts_of_effect(const struct act *act)
{
	struct effect_option option;
	struct effect effect;
	uint32_t k = 0;

	if (!act_has(act, ACT_HAS_OPTIONS))
		return BYTES("");
	while (effect_option_at(act_span(act, ACT_HAS_OPTIONS), k++, &option)) {
		struct fields f =
			fields_of_list(option.effects, 0, LIMIT_EFFECTS);

		while (fields_more(&f)) {
			effect_walk(&f, &effect);
			if (!f.bad && opens_something(&effect))
				return effect.value[EFFECT_HAS_TEXTS].span;
		}
	}
	return BYTES("");
}

int
reading_title_of(
	struct desk *d, const uint8_t id[static CRYPT_HASH], struct writer *out)
{
	struct ask_record r;
	bool found;
	int rc;

	if (ask_act(d->contact, id, &found, &r) != 0)
		return -1;
	if (!found)
		return 0;
	rc = reading_title(d, reading_texts_of(&r.act), out);
	ask_clear(&r);
	return rc;
}

int
reading_show(struct desk *d, struct bytes texts)
{
	struct writer text = {0};
	char lang[36];
	int rc = reading_text(d, texts, &text, lang);

	if (rc == 0 && text.len > 0) {
		output_line(d->out, "Text (%s):", lang);
		output_text(d->out, writer_view(&text));
		output_give_text(d->out, "text", writer_view(&text));
		output_give_string(d->out, "language", lang);
	} else if (rc == 0 && lang[0] != '\0') {
		output_line(d->out, "The text (%s) is missing.", lang);
	}
	writer_clear(&text);
	return rc;
}
