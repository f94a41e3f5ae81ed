#include "cli/fill.h"

#include <assert.h>
#include <string.h>

#include "ballots/machine/secret.h"
#include "cli/complain.h"
#include "cli/evidence.h"
#include "cli/lines.h"
#include "cli/pact.h"
#include "cli/when.h"

#define LABEL 9 /* columns, as those of filing.h */

/* clang-format off */
const struct option fill_max_options[] = {
	{"max", 0, false, "N", "carry at most N others' votes (preset: any)"},
	{0},
}, fill_meeting_options[] = {
	{"with", 0, false, "N",
		"number of the counterparty, from 1 (preset: 1)"},
	{0},
}, fill_report_options[] = {
	{"final", 0, false, NULL, "the last report: the mandate may conclude"},
	{0},
}, fill_evidence_options[] = {
	{"evidence", 0, false, "FILE", "what shows it; only a hash is filed"},
	{0},
}, fill_answer_options[] = {
	{"breached", 0, false, "yes|no", "whether the other side broke it"},
	{0},
}, fill_paper_options[] = {
	{"paper", 0, false, "FILE",
		"read the agreement from a file, where there is no network"},
	{0},
}, fill_suspension_options[] = {
	{"ground", 0, false, "WORD", "one that the charter names"},
	{"for", 0, false, "SPAN", "how long, such as 30d"},
	{"reasons", 0, false, "FILE",
		"what the panel is to read; only a hash is filed"},
	{0},
};
/* clang-format on */

/* Acts of all sorts *********************************************************/

int
fill_texts(struct filing *f, const struct subject *s)
{
	(void)s;
	return filing_take_texts(f);
}

/* What is supported is the version that was just shown. */
int
fill_version(struct filing *f, const struct subject *s)
{
	if (s->reply == NULL)
		return complain_usage("",
			"What version is supported must be seen first: this "
			"cannot be signed without a daemon.");
	act_set_int(&f->act, ACT_HAS_VERSION,
		wire_int(wire_get(s->item, "version"), 1, 1000));
	return wire_good(s->reply) ? 0 : contact_misread();
}

int
fill_office(struct filing *f, const struct subject *s)
{
	const char *office = options_operand(&f->desk->call->options, "OFFICE");

	(void)s;
	if (words_check(office) != 0)
		return -1;
	act_set_span(&f->act, ACT_HAS_OFFICE, bytes_of_string(office));
	return 0;
}

int
fill_max(struct filing *f, const struct subject *s)
{
	uint64_t max;

	(void)s;
	if (options_number(&f->desk->call->options, "max", 1, LIMIT_MEMBERS,
		    LIMIT_MEMBERS, &max) != 0)
		return -1;
	act_set_int(&f->act, ACT_HAS_MAX, (int64_t)max);
	return 0;
}

/* A publication repeats the dates of the terms. */
int
fill_dates(struct filing *f, const struct subject *s)
{
	struct ask_record r;
	bool found = false;

	if (f->desk->contact == NULL)
		return complain_usage("", "The terms must be read first: this "
					  "cannot be signed without a daemon.");
	if (ask_act(f->desk->contact, s->id, &found, &r) != 0)
		return -1;
	if (!found || r.act.kind != ACT_MANDATE_PROPOSE) {
		ask_clear(&r);
		return contact_misread();
	}
	act_set_int(&f->act, ACT_HAS_VALID_FROM,
		act_int(&r.act, ACT_HAS_VALID_FROM));
	act_set_int(&f->act, ACT_HAS_VALID_UNTIL,
		act_int(&r.act, ACT_HAS_VALID_UNTIL));
	ask_clear(&r);
	return 0;
}

int
fill_meeting(struct filing *f, const struct subject *s)
{
	uint64_t with;

	if (options_number(&f->desk->call->options, "with", 1,
		    LIMIT_COUNTERPARTIES, 1, &with) != 0)
		return -1;
	act_set_int(&f->act, ACT_HAS_COUNTERPARTY, (int64_t)with - 1);
	return fill_texts(f, s);
}

int
fill_report(struct filing *f, const struct subject *s)
{
	act_set_int(&f->act, ACT_HAS_FINAL,
		options_has(&f->desk->call->options, "final"));
	return fill_texts(f, s);
}

/*
 * What the value of a lot is kept under: the vote, or the case; a second panel
 * of a case is drawn by other values.
 */
static void
lot_name(const struct subject *s, uint8_t name[static CRYPT_HASH])
{
	static const uint8_t round = 2;
	struct bytes parts[] = {bytes_of(s->id, CRYPT_HASH), {&round, 1}};

	memcpy(name, s->id, CRYPT_HASH);
	if (s->sort == SUBJECT_CASE && s->reply != NULL &&
		wire_int(wire_get(s->item, "round"), 1, 2) == round)
		crypt_hash_parts(parts, 2, name);
}

/* Only the hash of a value is filed, until it is revealed. */
int
fill_commit(struct filing *f, const struct subject *s)
{
	struct bytes parts[] = {BYTES("union-lot/v1\n"), {0}};
	uint8_t value[32], hash[CRYPT_HASH], name[CRYPT_HASH];

	lot_name(s, name);
	/* A value that was drawn before is still meant. */
	if (home_has_secret(&f->desk->home, name)) {
		if (home_read_secret(&f->desk->home, name, value) != 0)
			return -1;
	} else {
		secret_draw(value, sizeof(value));
	}
	parts[1] = bytes_of(value, sizeof(value));
	crypt_hash_parts(parts, 2, hash);
	act_set_hash(&f->act, ACT_HAS_HASH, hash);
	return home_keep_secret(&f->desk->home, name, value);
}

int
fill_reveal(struct filing *f, const struct subject *s)
{
	uint8_t value[32], name[CRYPT_HASH];

	lot_name(s, name);
	if (home_read_secret(&f->desk->home, name, value) != 0)
		return -1;
	act_set_hash(&f->act, ACT_HAS_VALUE, value);
	return 0;
}

/* Agreements ****************************************************************/

static int
show_exact(struct desk *d, struct pact *p)
{
	int rc = pact_show(d, p);

	if (rc == 0)
		output_line(d->out, "Both sides sign the same digits behind "
				    "\"Signed is:\".  Compare them.");
	return rc;
}

int
fill_exact(struct filing *f, const struct subject *s)
{
	struct pact p;
	int rc = pact_fetch(f->desk, s->id, &p);

	if (rc == 0)
		rc = show_exact(f->desk, &p);
	pact_clear(&p);
	return rc;
}

/* The same from --paper, for a counterparty without a network. */
int
fill_paper(struct filing *f, const struct subject *s)
{
	const char *path = options_value(&f->desk->call->options, "paper");
	struct pact p;
	int rc;

	if (path == NULL)
		return fill_exact(f, s);
	rc = pact_read(path, &p);
	assert(rc != 0 || memcmp(p.act.id, s->id, CRYPT_HASH) == 0);
	if (rc == 0)
		rc = show_exact(f->desk, &p);
	pact_clear(&p);
	return rc;
}

int
fill_evidence(struct filing *f, const struct subject *s)
{
	const char *path = options_value(&f->desk->call->options, "evidence");
	uint8_t hash[CRYPT_HASH];

	(void)s;
	if (path == NULL)
		return complain_usage("Give --evidence FILE.",
			"A breach is said with something to show for it.");
	if (evidence_hash(f->desk, path, hash) != 0)
		return -1;
	act_set_hash(&f->act, ACT_HAS_HASH, hash);
	return 0;
}

int
fill_answer(struct filing *f, const struct subject *s)
{
	const char *word = options_value(&f->desk->call->options, "breached");

	if (word == NULL ||
		(strcmp(word, "yes") != 0 && strcmp(word, "no") != 0))
		return complain_usage("Give --breached yes or --breached no.",
			"Say whether the other side broke the agreement.");
	lines_put(f->desk, LABEL, "Broken:", "%s", word);
	act_set_int(&f->act, ACT_HAS_BREACHED, strcmp(word, "yes") == 0);
	return fill_texts(f, s);
}

/* Suspension ****************************************************************/

int
fill_suspension(struct filing *f, const struct subject *s)
{
	const struct options *o = &f->desk->call->options;
	const char *ground = options_value(o, "ground");
	const char *reasons = options_value(o, "reasons");
	struct writer what = {0};
	uint8_t hash[CRYPT_HASH];
	uint64_t span;

	(void)s;
	if (ground == NULL || reasons == NULL || !options_has(o, "for"))
		return complain_usage("Give --ground WORD --for 30d --reasons "
				      "FILE; union charter lists the grounds.",
			"Say why, for how long, and what the panel is to "
			"read.");
	if (words_check(ground) != 0 ||
		desk_span(f->desk->call, "for", 0, &span) != 0 ||
		evidence_hash(f->desk, reasons, hash) != 0)
		return -1;
	writer_put_string(&what, ground);
	writer_put_string(&what, ", for ");
	when_put_span(&what, span);
	lines_text(f->desk, LABEL, "Ground:", writer_view(&what));
	writer_clear(&what);
	act_set_span(&f->act, ACT_HAS_GROUND, bytes_of_string(ground));
	act_set_int(&f->act, ACT_HAS_FOR_S, (int64_t)span);
	act_set_hash(&f->act, ACT_HAS_HASH, hash);
	return 0;
}
