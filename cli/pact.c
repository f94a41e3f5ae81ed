#include "cli/pact.h"

#include <fcntl.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/reader.h"
#include "ballots/machine/files.h"
#include "ballots/record/scope.h"
#include "cli/complain.h"
#include "cli/filing.h"
#include "cli/lines.h"
#include "cli/names.h"
#include "cli/reading.h"

#define LABEL 11 /* columns */

/* From the daemon **********************************************************/

/* Take the texts that the act names, each once it fits its hash. */
static int
fetch_texts(struct desk *d, struct pact *p)
{
	struct fields f = fields_of_list(
		act_span(&p->act, ACT_HAS_TEXTS), 0, LIMIT_TEXTS);
	uint8_t hash[CRYPT_HASH], salt[LIMIT_TEXT_SALT];
	struct writer text = {0};
	bool found = true;
	int rc = 0;

	while (rc == 0 && fields_more(&f)) {
		struct bytes lang;

		fields_object(&f, NULL);
		fields_base64(&f, "hash", hash, CRYPT_HASH);
		lang = fields_word(&f, "lang");
		fields_end(&f);
		writer_rewind(&text);
		rc = ask_text(d->contact, hash, &found, salt, &text);
		if (rc == 0 && !found)
			rc = complain_no("Ask the delegates for it; do not "
					 "sign what you cannot read.",
				"The text (%.*s) of this agreement is missing.",
				(int)lang.len, (const char *)lang.data);
		if (rc == 0)
			rc = words_add_salted(
				&p->words, lang, writer_view(&text), salt);
	}
	writer_clear(&text);
	return rc;
}

int
pact_fetch(
	struct desk *d, const uint8_t id[static CRYPT_HASH], struct pact *out)
{
	bool found;

	*out = (struct pact){0};
	if (d->contact == NULL)
		return complain_usage("Somebody who has a network writes it to "
				      "a file: union agreement show A1 --out "
				      "FILE",
			"What is signed must be read first.");
	if (ask_act(d->contact, id, &found, &out->record) != 0)
		return -1;
	if (!found || out->record.act.kind != ACT_AGREEMENT_TENTATIVE)
		return contact_misread();
	out->act = out->record.act;
	return fetch_texts(d, out);
}

int
pact_mandate(struct desk *d, const uint8_t id[static CRYPT_HASH],
	struct ask_record *out)
{
	bool found;

	if (ask_act(d->contact, id, &found, out) != 0)
		return -1;
	if (found && out->act.kind == ACT_MANDATE_PROPOSE)
		return 0;
	ask_clear(out);
	return contact_misread();
}

/* On paper *****************************************************************/

/* Every text that came along must be one that the act names, and all of them.
 */
static int
take_texts(struct pact *p, const struct ask_act *paper)
{
	struct fields f = fields_of_list(
		act_span(&p->act, ACT_HAS_TEXTS), 0, LIMIT_TEXTS);
	uint8_t hash[CRYPT_HASH];
	size_t n = 0;

	for (; fields_more(&f); n++) {
		struct bytes lang;

		fields_object(&f, NULL);
		fields_base64(&f, "hash", hash, CRYPT_HASH);
		lang = fields_word(&f, "lang");
		fields_end(&f);
		if (n == paper->n_texts)
			break;
		if (words_add_salted(&p->words, lang, paper->texts[n].text,
			    paper->texts[n].salt) != 0)
			return -1;
		if (memcmp(p->words.all[n].hash, hash, CRYPT_HASH) != 0)
			return complain_no("Do not sign it; ask for it again.",
				"A text in this file is not the one that the "
				"agreement names.");
	}
	return n == paper->n_texts ? 0
				   : complain_no("Ask for it again.",
					     "A text is missing in this file.");
}

int
pact_read(const char *path, struct pact *out)
{
	struct ask_text texts[FILING_TEXTS];
	struct ask_act paper;
	int rc;

	*out = (struct pact){0};
	rc = desk_read_file(path, FILING_LINE_BYTES, &out->file);
	if (rc == 0)
		rc = filing_read_line(
			writer_view(&out->file), &out->line, &paper, texts);
	if (rc != 0)
		return -1;
	if (act_decode(paper.act, &out->act) == VERDICT_OK &&
		out->act.kind == ACT_AGREEMENT_TENTATIVE)
		return take_texts(out, &paper);
	return complain_no("It is made with: union agreement show A1 --out "
			   "FILE",
		"%s holds no agreement.", path);
}

static int
check_paper(struct desk *d, const struct pact *p, const char *word)
{
	struct names_name name = names_parse(bytes_of_string(word));
	struct bytes log = act_span(&p->act, ACT_HAS_LOG);

	if (name.form != NAMES_ID && name.form != NAMES_PREFIX)
		return complain_usage("Have the delegates read it to you: "
				      "\"Signed is:\" in union agreement show.",
			"Name it by the beginning of its id, not '%s'.", word);
	if (!names_matches(&name, p->act.id))
		return complain_no("Do not sign it; ask for it again.",
			"This file holds another agreement than '%s'.", word);
	if (d->origin.len == 0)
		writer_put(&d->origin, log);
	if (!bytes_equal(writer_view(&d->origin), log))
		return complain_no("Name another one with --union NAME.",
			"This agreement is of another union than the one "
			"here.");
	return 0;
}

int
pact_find_paper(
	struct desk *d, const char *path, const char *word, struct subject *out)
{
	struct pact p;
	struct bytes text;
	int rc = pact_read(path, &p);

	*out = (struct subject){.sort = SUBJECT_AGREEMENT};
	if (rc == 0)
		rc = check_paper(d, &p, word);
	if (rc == 0) {
		memcpy(out->id, p.act.id, CRYPT_HASH);
		text = writer_view(&p.words.all[0].text);
		writer_put(&out->title, bytes_cut(&text, '\n'));
	}
	pact_clear(&p);
	return rc;
}

int
pact_write(const struct pact *p, const char *path)
{
	struct writer line = {0};
	int rc;

	filing_put_line(p->act.bytes, p->record.sig, &p->words, &line);
	rc = files_replace(AT_FDCWD, path, FILES_PRIVATE, writer_view(&line));
	writer_clear(&line);
	return rc;
}

void
pact_clear(struct pact *p)
{
	ask_clear(&p->record);
	writer_clear(&p->file);
	wire_free(p->line);
	words_clear(&p->words);
	*p = (struct pact){0};
}

/* Showing ******************************************************************/

/* "1: The city", as the mandate describes them. */
static int
give_party(struct desk *d, const struct pact *p, const struct act *terms)
{
	size_t i = (size_t)act_int(&p->act, ACT_HAS_COUNTERPARTY);
	struct writer line = {0};
	struct scope_item party;
	int rc = 0;

	writer_put_decimal(&line, i + 1);
	writer_put_string(&line, ": ");
	if (scope_party(terms, i, &party))
		rc = reading_title(d, party.texts, &line);
	lines_text(d, LABEL, "With:", writer_view(&line));
	writer_clear(&line);
	return rc;
}

/* "40 of at most 48 hours a week", for each ceiling of the mandate. */
static int
give_amounts(struct desk *d, const struct pact *p, const struct act *terms)
{
	struct fields amounts =
		fields_of_list(act_span(&p->act, ACT_HAS_AMOUNTS), 0, 32);
	struct fields ceilings =
		fields_of_list(act_span(terms, ACT_HAS_CEILINGS), 0, 32);
	struct writer line = {0};
	int rc = 0;

	while (rc == 0 && fields_more(&amounts) && fields_more(&ceilings)) {
		struct bytes ceiling = fields_value(&ceilings, NULL);

		writer_rewind(&line);
		writer_put_signed(
			&line, fields_int(&amounts, NULL, 0, LIMIT_JSON_INT));
		writer_put_string(&line, " of at most ");
		writer_put(&line, fields_find(ceiling, "limit"));
		writer_put_u8(&line, ' ');
		rc = reading_title(d, fields_find(ceiling, "texts"), &line);
		lines_text(d, LABEL, "Amount:", writer_view(&line));
	}
	writer_clear(&line);
	return rc;
}

/* What the mandate says of it; without a network the bare figures. */
static int
give_scope(struct desk *d, const struct pact *p)
{
	struct ask_record mandate;
	int rc;

	if (d->contact == NULL) {
		lines_put(d, LABEL, "With:", "counterparty number %lld",
			(long long)act_int(&p->act, ACT_HAS_COUNTERPARTY) + 1);
		lines_text(d, LABEL,
			"Amounts:", act_span(&p->act, ACT_HAS_AMOUNTS));
		return 0;
	}
	if (pact_mandate(d, act_hash(&p->act, ACT_HAS_ON), &mandate) != 0)
		return -1;
	rc = give_party(d, p, &mandate.act);
	if (rc == 0)
		rc = give_amounts(d, p, &mandate.act);
	ask_clear(&mandate);
	return rc;
}

static void
give_words(struct desk *d, const struct words_text *text)
{
	struct writer hex = {0};

	coding_put_hex(&hex, bytes_of(text->hash, CRYPT_HASH));
	output_line(
		d->out, "Text (%s), hash %s:", text->lang, writer_string(&hex));
	output_text(d->out, writer_view(&text->text));
	writer_clear(&hex);
}

int
pact_show(struct desk *d, const struct pact *p)
{
	struct writer line = {0};

	coding_put_hex(&line, bytes_of(p->act.id, CRYPT_HASH));
	lines_text(d, LABEL, "Signed is:", writer_view(&line));
	output_give_text(d->out, "id", writer_view(&line));
	writer_rewind(&line);
	lines_text(d, LABEL, "Union:", act_span(&p->act, ACT_HAS_LOG));
	coding_put_hex(
		&line, bytes_of(act_hash(&p->act, ACT_HAS_ON), CRYPT_HASH));
	lines_text(d, LABEL, "Mandate:", writer_view(&line));
	writer_rewind(&line);
	coding_put_did(&line, act_hash(&p->act, ACT_HAS_KEY));
	if (give_scope(d, p) != 0) {
		writer_clear(&line);
		return -1;
	}
	lines_text(d, LABEL, "Their key:", writer_view(&line));
	lines_time(d, LABEL,
		"Valid from:", (uint64_t)act_int(&p->act, ACT_HAS_VALID_FROM));
	lines_time(d, LABEL,
		"Valid to:", (uint64_t)act_int(&p->act, ACT_HAS_VALID_UNTIL));
	lines_put(d, LABEL, "Ratified:", "%s",
		act_int(&p->act, ACT_HAS_RATIFY)
			? "by a vote of the members; it binds nobody before"
			: "without a vote, under the mandate's ceilings, "
			  "unless members challenge it");
	for (size_t i = 0; i < p->words.n; i++)
		give_words(d, &p->words.all[i]);
	output_give_text(d->out, "text", writer_view(&p->words.all[0].text));
	output_give_string(d->out, "language", p->words.all[0].lang);
	writer_clear(&line);
	return 0;
}

/* Breaches *****************************************************************/

static bool
fits(struct wire_value breach, const char *state)
{
	if (state == NULL)
		return !wire_bool(wire_get(breach, "replied"));
	return bytes_equal(wire_string(wire_get(breach, "state"), 32),
		bytes_of_string(state));
}

/* The place of the breach that is meant, from 0. */
static int
choose_breach(const struct subject *agreement, struct wire_value list,
	const char *word, const char *state, size_t *out)
{
	size_t n = wire_count(list, 0, LIMIT_MEMBERS), found = 0;
	uint64_t number = 0;

	if (word != NULL) {
		if (!reader_decimal(bytes_of_string(word), n, &number) ||
			number == 0)
			return complain_no("union agreement show numbers them.",
				"%s has no breach '%s'.", agreement->name,
				word);
		*out = (size_t)number - 1;
		return 0;
	}
	for (size_t i = 0; i < n; i++)
		if (fits(wire_at(list, i), state)) {
			*out = i;
			found++;
		}
	if (found == 1)
		return 0;
	return complain_no("union agreement show numbers them.",
		found == 0 ? "%s has no breach for that."
			   : "%s has several breaches: say which, by its "
			     "number.",
		agreement->name);
}

static int
take_breach(struct subject *s, const char *word, const char *state)
{
	struct wire_value list = wire_get(s->item, "breaches");
	struct writer title = {0};
	size_t at = 0;

	if (choose_breach(s, list, word, state, &at) != 0)
		return -1;
	wire_id(wire_get(wire_at(list, at), "id"), s->id);
	writer_put_string(&title, "breach ");
	writer_put_decimal(&title, at + 1);
	writer_put_string(&title, " of ");
	writer_put(&title, writer_view(&s->title));
	writer_clear(&s->title);
	s->title = title;
	return wire_good(s->reply) ? 0 : contact_misread();
}

int
pact_find_breach(struct desk *d, const char *agreement, const char *word,
	const char *state, struct subject *out)
{
	if (d->contact != NULL)
		return subject_find(d, SUBJECT_AGREEMENT, agreement, out) != 0
			       ? -1
			       : take_breach(out, word, state);
	if (word == NULL) {
		*out = (struct subject){.sort = SUBJECT_AGREEMENT};
		return complain_usage("Give its whole id, 64 digits, behind "
				      "the agreement.",
			"Without a daemon nobody can tell which breach is "
			"meant.");
	}
	return subject_find(d, SUBJECT_AGREEMENT, word, out);
}
