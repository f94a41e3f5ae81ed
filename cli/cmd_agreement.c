#include "cli/cmd_agreement.h"

#include <jansson.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/reader.h"
#include "ballots/record/scope.h"
#include "cli/complain.h"
#include "cli/filing.h"
#include "cli/lines.h"
#include "cli/listing.h"
#include "cli/pact.h"
#include "cli/reading.h"
#include "cli/standing.h"
#include "cli/when.h"

#define LABEL 11 /* columns */

const struct option cmd_agreement_terms[] = {
	{"counterparty", 'c', false, "N|DID",
		"with whom: their number in the mandate, or their key (preset: "
		"1)"},
	{"key", 'k', false, "DID",
		"the key they sign with (preset: the one in the mandate)"},
	{"amount", 0, true, "N", "one for each ceiling of the mandate"},
	{"from", 0, false, "TIME", "valid from (preset: now)"},
	{"to", 0, false, "TIME", "valid until"},
	{"under-ceiling", 0, false, NULL,
		"without a vote, where the mandate allows it"},
	{0},
};

const struct option cmd_agreement_all[] = {
	{"all", 'a', false, NULL, "those that are over too"},
	{0},
};

const struct option cmd_agreement_out[] = {
	{"out", 'o', false, "FILE",
		"write it to FILE, for whoever signs without a network"},
	{0},
};

/* Tabling ******************************************************************/

enum { LIST_AMOUNTS };

/* The counterparty by number, or by the key that the mandate has for it. */
static int
choose_party(const struct options *o, const struct act *terms, size_t *at)
{
	const char *word = options_value(o, "counterparty");
	struct scope_item party;
	uint8_t key[CRYPT_KEY];
	uint64_t number = 1;

	if (word != NULL && coding_read_did(bytes_of_string(word), key)) {
		for (*at = 0; scope_party(terms, *at, &party); ++*at)
			if (party.has_key &&
				memcmp(party.key, key, CRYPT_KEY) == 0)
				return 0;
		return complain_no("union mandate show lists them; name it by "
				   "its number and give --key.",
			"No counterparty of this mandate has that key.");
	}
	if (word != NULL && !reader_decimal(bytes_of_string(word),
				    LIMIT_COUNTERPARTIES, &number))
		number = 0;
	*at = (size_t)number - 1;
	if (number > 0 && scope_party(terms, *at, &party))
		return 0;
	return complain_no("union mandate show lists them.",
		"This mandate has no counterparty '%s'.", word);
}

static int
set_party(struct filing *f, const struct act *terms)
{
	const struct options *o = &f->desk->call->options;
	const char *word = options_value(o, "key");
	struct scope_item party;
	uint8_t key[CRYPT_KEY];
	size_t at;

	if (choose_party(o, terms, &at) != 0)
		return -1;
	scope_party(terms, at, &party);
	if (word == NULL && !party.has_key)
		return complain_usage("They make one with: union key new, and "
				      "tell it with: union counterparty key",
			"Give --key: the mandate names none for this "
			"counterparty.");
	if (word == NULL)
		memcpy(key, party.key, CRYPT_KEY);
	else if (!coding_read_did(bytes_of_string(word), key))
		return complain_usage("It begins with did:key:.",
			"'%s' is no public key.", word);
	act_set_int(&f->act, ACT_HAS_COUNTERPARTY, (int64_t)at);
	act_set_hash(&f->act, ACT_HAS_KEY, key);
	return 0;
}

/* As many as the mandate has ceilings, in their order. */
static int
set_amounts(struct filing *f, const struct act *terms)
{
	struct fields ceilings =
		fields_of_list(act_span(terms, ACT_HAS_CEILINGS), 0, 32);
	struct jcs_printer p = jcs_printer_of(&f->lists[LIST_AMOUNTS]);
	size_t at = 0, n = 0, n_ceilings = 0;
	uint64_t amount;
	const char *word;

	for (; fields_more(&ceilings); n_ceilings++)
		fields_value(&ceilings, NULL);
	jcs_begin_array(&p);
	while ((word = options_each(&f->desk->call->options, "amount", &at)) !=
		NULL) {
		if (!reader_decimal(
			    bytes_of_string(word), LIMIT_JSON_INT, &amount))
			return complain_usage("Write --amount 40.",
				"'%s' is no whole number.", word);
		jcs_int(&p, (int64_t)amount);
		n++;
	}
	jcs_end_array(&p);
	act_set_span(
		&f->act, ACT_HAS_AMOUNTS, writer_view(&f->lists[LIST_AMOUNTS]));
	if (n == n_ceilings)
		return 0;
	return complain_usage("union mandate show lists them, in their order.",
		"This mandate has %zu ceilings: give --amount %zu times.",
		n_ceilings, n_ceilings);
}

static int
set_dates(struct filing *f)
{
	struct desk *d = f->desk;
	uint64_t from, to;

	if (!options_has(&d->call->options, "to"))
		return complain_usage(
			"Give --to 2027-12-31.", "An agreement needs an end.");
	if (desk_time(d, "from", d->now_s, &from) != 0 ||
		desk_time(d, "to", 0, &to) != 0)
		return -1;
	act_set_int(&f->act, ACT_HAS_VALID_FROM, (int64_t)from);
	act_set_int(&f->act, ACT_HAS_VALID_UNTIL, (int64_t)to);
	act_set_int(&f->act, ACT_HAS_RATIFY,
		!options_has(&d->call->options, "under-ceiling"));
	return 0;
}

static int
set_terms(struct filing *f, const struct subject *mandate)
{
	struct ask_record terms;
	int rc;

	if (f->desk->contact == NULL)
		return complain_usage("",
			"The mandate must be read first: this "
			"needs a daemon.");
	if (pact_mandate(f->desk, mandate->id, &terms) != 0)
		return -1;
	rc = set_party(f, &terms.act);
	if (rc == 0)
		rc = set_amounts(f, &terms.act);
	ask_clear(&terms);
	return rc == 0 ? set_dates(f) : -1;
}

/* "Wages at the harbour" for mandate M1, until ... */
static void
put_what(const struct filing *f, const struct subject *mandate,
	struct writer *what)
{
	struct bytes text = writer_view(&f->words.all[0].text);

	writer_put_string(what, "an agreement under ");
	subject_put(mandate, what);
	writer_put_string(what, ": \"");
	writer_put(what, bytes_cut(&text, '\n'));
	writer_put_string(what, "\", until ");
	when_put(what, (uint64_t)act_int(&f->act, ACT_HAS_VALID_UNTIL));
	writer_put_string(what, ", with ");
	coding_put_did(what, act_hash(&f->act, ACT_HAS_KEY));
	if (!act_int(&f->act, ACT_HAS_RATIFY))
		writer_put_string(what, ", without a vote");
}

static int
table(struct desk *d)
{
	struct writer what = {0};
	struct filing f = {0};
	struct subject mandate, agreement;
	int rc = subject_find(d, SUBJECT_MANDATE,
		options_operand(&d->call->options, "MANDATE"), &mandate);

	if (rc == 0)
		rc = filing_begin(&f, d, ACT_AGREEMENT_TENTATIVE, mandate.id);
	if (rc == 0)
		rc = filing_take_texts(&f);
	if (rc == 0)
		rc = set_terms(&f, &mandate);
	if (rc == 0) {
		put_what(&f, &mandate, &what);
		rc = filing_finish(&f, writer_string(&what));
	}
	if (rc == 0 && f.recorded) {
		rc = subject_get(d, SUBJECT_AGREEMENT, f.id, &agreement);
		output_next(d->out,
			"the other delegates: union agreement sign %s; the "
			"counterparty: union counterparty countersign %s",
			agreement.name, agreement.name);
		subject_clear(&agreement);
	}
	writer_clear(&what);
	filing_clear(&f);
	subject_clear(&mandate);
	return rc;
}

int
cmd_agreement_table(const struct call *call)
{
	return desk_do(call, desk_open_to_sign, table);
}

/* Lists ********************************************************************/

static int
put_row(struct desk *d, struct wire_value entry, struct listing *l)
{
	struct wire_value item = wire_get(entry, "item");
	const struct standing *state = standing_of(SUBJECT_AGREEMENT, item);
	uint64_t due = lines_number(entry, "due");
	char name[16];

	if (state->over && !options_has(&d->call->options, "all"))
		return 0;
	subject_name(SUBJECT_AGREEMENT, entry, name);
	listing_put(l, "%s", name);
	listing_put(l, "%s", state->state);
	listing_put(l, "%zu%s",
		wire_count(wire_get(item, "signers"), 0, LIMIT_DELEGATES),
		wire_bool(wire_get(item, "countersigned"))
			? " and the counterparty"
			: "");
	if (due > 0)
		when_put_distance(listing_cell(l), due, d->now_s);
	else
		listing_put(l, "-");
	return subject_title(d, SUBJECT_AGREEMENT, entry, listing_cell(l));
}

static int
list(struct desk *d)
{
	static const struct table_column columns[] = {{"", false},
		{"state", false}, {"signed by", false}, {"next step", false},
		{"title", false}};

	return listing_show(
		d, SUBJECT_AGREEMENT, columns, 5, put_row, "agreements");
}

int
cmd_agreement_list(const struct call *call)
{
	return desk_do(call, desk_open, list);
}

/* One of them **************************************************************/

static const char *
yes_no(struct wire_value v)
{
	return wire_bool(v) ? "yes" : "no";
}

/* "1: alleged, endorsed by 3, not answered" */
static void
give_breaches(struct desk *d, struct wire_value list)
{
	size_t n = wire_count(list, 0, LIMIT_MEMBERS);

	for (size_t i = 0; i < n; i++) {
		struct wire_value b = wire_at(list, i);
		struct bytes state = wire_string(wire_get(b, "state"), 32);
		bool answered = wire_bool(wire_get(b, "answered"));

		lines_put(d, LABEL, "Breach:",
			"%zu: %.*s, %zu members stand behind it, %s%s", i + 1,
			(int)state.len, (const char *)state.data,
			wire_count(wire_get(b, "endorsers"), 0, LIMIT_MEMBERS),
			!answered ? "not answered"
			: wire_bool(wire_get(b, "breached"))
				? "answered: it was broken"
				: "answered: it was kept",
			wire_bool(wire_get(b, "replied"))
				? ", the counterparty replied"
				: "");
	}
}

/* True where it binds, or is about to, and somebody should watch over it. */
static bool
stands(struct wire_value item)
{
	const char *state = standing_of(SUBJECT_AGREEMENT, item)->state;

	return strcmp(state, "RATIFIED") == 0 ||
	       strcmp(state, "IN_FORCE") == 0 ||
	       strcmp(state, "BREACH_ALLEGED") == 0;
}

/* The mandate that watches over it, or that there is none. */
static int
give_monitor(struct desk *d, const struct subject *s)
{
	struct writer line = {0};
	struct subject mandate;
	uint8_t id[CRYPT_HASH];
	int rc;

	wire_id(wire_get(s->item, "mandate"), id);
	rc = subject_get(d, SUBJECT_MANDATE, id, &mandate);
	if (rc == 0) {
		const struct standing *state =
			standing_of(SUBJECT_MANDATE, mandate.item);

		writer_put_string(&line, mandate.name);
		writer_put_string(&line, ", ");
		writer_put_string(&line, state->state);
		lines_text(d, LABEL, "Mandate:", writer_view(&line));
		if (stands(s->item) && state->over)
			lines_put(d, LABEL, "Monitored:",
				"by nobody: the mandate is over, the agreement "
				"stands (a new one takes over with: union "
				"mandate propose --agreement %s)",
				s->name);
		else if (stands(s->item))
			lines_put(d, LABEL,
				"Monitored:", "by the delegates of %s",
				mandate.name);
	}
	writer_clear(&line);
	subject_clear(&mandate);
	return rc;
}

/* The vote that decides it, by its number. */
static int
give_ballot(struct desk *d, const struct subject *s)
{
	struct wire_value v = wire_get(s->item, "ratification");
	struct subject proposal;
	uint8_t id[CRYPT_HASH];
	int rc;

	if (wire_string(v, CODING_HEX_32).len != CODING_HEX_32)
		return 0;
	wire_id(v, id);
	rc = subject_get(d, SUBJECT_PROPOSAL, id, &proposal);
	if (rc == 0)
		lines_put(d, LABEL, "Vote:", "%s, %.*s", proposal.name,
			(int)wire_string(wire_get(proposal.item, "phase"), 32)
				.len,
			(const char *)wire_string(
				wire_get(proposal.item, "phase"), 32)
				.data);
	subject_clear(&proposal);
	return rc;
}

static int
give_standing(struct desk *d, const struct subject *s)
{
	const struct standing *state = standing_of(SUBJECT_AGREEMENT, s->item);
	struct writer line = {0};

	subject_put(s, &line);
	lines_text(d, LABEL, "Agreement:", writer_view(&line));
	writer_clear(&line);
	lines_put(d, LABEL, "State:", "%s (%s)", state->state, state->meaning);
	lines_time(d, LABEL, "Since:", lines_number(s->item, "since"));
	lines_time(d, LABEL, "Next step:", lines_number(s->entry, "due"));
	lines_members(d, LABEL, "Signed by:", wire_get(s->item, "signers"));
	lines_put(d, LABEL, "Other side:", "%s",
		wire_bool(wire_get(s->item, "countersigned"))
			? "signed"
			: "did not sign yet");
	lines_put(d, LABEL, "Challenged:", "%s",
		yes_no(wire_get(s->item, "challenged")));
	lines_members(d, LABEL, "Take back:", wire_get(s->item, "withdrawn"));
	lines_members(d, LABEL, "To end it:", wire_get(s->item, "ending"));
	lines_put(d, LABEL, "Receipt:", "%s",
		wire_bool(wire_get(s->item, "receipt"))
			? "the counterparty has it"
			: "none by the counterparty");
	give_breaches(d, wire_get(s->item, "breaches"));
	return give_ballot(d, s) != 0 ? -1 : give_monitor(d, s);
}

static int
write_out(struct desk *d, const struct pact *p)
{
	const char *path = options_value(&d->call->options, "out");

	if (path == NULL)
		return 0;
	if (pact_write(p, path) != 0)
		return -1;
	output_line(d->out, "Written to %s, with its texts.", path);
	output_give_string(d->out, "file", path);
	return 0;
}

static int
give_agreement(struct desk *d, const struct subject *s)
{
	const struct standing *state = standing_of(SUBJECT_AGREEMENT, s->item);
	struct pact p;
	int rc = pact_fetch(d, s->id, &p);

	if (rc == 0)
		rc = give_standing(d, s);
	output_give_value(d->out, "agreement", s->entry.at);
	if (rc == 0)
		rc = pact_show(d, &p);
	if (rc == 0)
		rc = write_out(d, &p);
	if (rc == 0 && state->next != NULL)
		output_next(d->out, "%s %s", state->next, s->name);
	pact_clear(&p);
	return rc;
}

static int
show(struct desk *d)
{
	struct subject s;
	int rc = subject_find(d, SUBJECT_AGREEMENT,
		options_operand(&d->call->options, "AGREEMENT"), &s);

	if (rc == 0)
		rc = give_agreement(d, &s);
	if (rc == 0 && !wire_good(s.reply))
		rc = contact_misread();
	subject_clear(&s);
	return rc;
}

int
cmd_agreement_show(const struct call *call)
{
	return desk_do(call, desk_open, show);
}
