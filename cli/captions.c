#include "cli/captions.h"

#include <string.h>

#include "ballots/record/fields.h"
#include "ballots/record/jcs.h"
#include "ballots/record/scope.h"
#include "cli/ask.h"
#include "cli/complain.h"

/* The text in a language; the first where that is empty. */
static bool
find(struct bytes texts, struct bytes wish, struct bytes *lang,
	uint8_t hash[static CRYPT_HASH])
{
	struct fields f = fields_of_list(texts, 0, LIMIT_TEXTS);

	while (fields_more(&f)) {
		fields_object(&f, NULL);
		fields_base64(&f, "hash", hash, CRYPT_HASH);
		*lang = fields_word(&f, "lang");
		fields_end(&f);
		if (!f.bad && (wish.len == 0 || bytes_equal(*lang, wish)))
			return true;
	}
	return false;
}

/* The mandate's own *********************************************************/

/* A text that was erased is left out, and that is said. */
static int
fetch_text(struct desk *d, struct bytes texts, const char *wanted,
	struct captions *c, struct capsule *out, struct writer *remarks)
{
	const char *own = home_get(&d->home, "language");
	const char *word = wanted != NULL ? wanted : own;
	struct bytes wish = bytes_of_string(word == NULL ? "" : word);
	uint8_t hash[CRYPT_HASH];
	bool found = find(texts, wish, &out->text.lang, hash);

	if (!found && wanted != NULL)
		return complain_no("union mandate show has those there are.",
			"The mandate has no text in '%s'.", wanted);
	if (!found && !find(texts, BYTES(""), &out->text.lang, hash)) {
		out->text.lang = wish;
		return 0;
	}
	if (ask_text(d->contact, hash, &found, out->text.salt, &c->text) != 0)
		return -1;
	if (!found)
		writer_put_string(remarks,
			"The text is missing there: it is left out.\n");
	out->text.text = writer_view(&c->text);
	return 0;
}

/* Names *********************************************************************/

/* As it stands in JSON, without quotes. */
static bool
is_short(struct bytes name)
{
	struct writer quoted = {0};
	struct jcs_printer p = jcs_printer_of(&quoted);
	bool fits;

	jcs_string(&p, name);
	fits = quoted.len - 2 <= LIMIT_CAPSULE_NAME;
	writer_clear(&quoted);
	return fits;
}

static void
remark(const struct scope_item *item, const char *why, struct writer *out)
{
	writer_put_string(out, "The name of ");
	writer_put_string(out, item->ceiling ? "ceiling " : "counterparty ");
	writer_put_decimal(out, item->i + 1);
	writer_put_string(out, why);
	writer_put_string(out, ": it is left out.\n");
}

/* What one of them is called is behind the names there are. */
static int
fetch_name(struct desk *d, const struct scope_item *item, struct captions *c,
	struct capsule *out, struct writer *remarks)
{
	struct capsule_text *name = &out->names[out->n_names];
	struct writer text = {0};
	uint8_t hash[CRYPT_HASH];
	bool found;
	int rc;

	if (!find(item->texts, out->text.lang, &name->lang, hash) &&
		!find(item->texts, BYTES(""), &name->lang, hash))
		return 0;
	rc = ask_text(d->contact, hash, &found, name->salt, &text);
	if (rc == 0 && !found)
		remark(item, " is missing there", remarks);
	else if (rc == 0 && !is_short(writer_view(&text)))
		remark(item, " is too long for a capsule", remarks);
	else if (rc == 0) {
		name->text = writer_view(&text);
		writer_put(&c->names, writer_view(&text));
		out->n_names++;
	}
	writer_clear(&text);
	return rc;
}

/* Where they stand is known once nothing more is put behind them. */
static void
lend(const struct captions *c, struct capsule *out)
{
	size_t at = 0;

	for (size_t i = 0; i < out->n_names; i++) {
		out->names[i].text = bytes_slice(
			writer_view(&c->names), at, out->names[i].text.len);
		at += out->names[i].text.len;
	}
}

int
captions_fetch(struct desk *d, const struct act *terms, const char *language,
	struct captions *c, struct capsule *out, struct writer *remarks)
{
	struct scope_item item;
	int rc;

	*c = (struct captions){0};
	out->n_names = 0;
	rc = fetch_text(
		d, act_span(terms, ACT_HAS_TEXTS), language, c, out, remarks);
	for (size_t i = 0; rc == 0 && scope_at(terms, i, &item); i++)
		rc = fetch_name(d, &item, c, out, remarks);
	lend(c, out);
	return rc;
}

void
captions_clear(struct captions *c)
{
	writer_clear(&c->text);
	writer_clear(&c->names);
}
