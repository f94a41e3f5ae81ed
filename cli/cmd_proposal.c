#include "cli/cmd_proposal.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/record/effect.h"
#include "cli/complain.h"
#include "cli/consequence.h"
#include "cli/lines.h"
#include "cli/listing.h"
#include "cli/reading.h"
#include "cli/when.h"

const struct option cmd_proposal_all[] = {
	{"all", 'a', false, NULL, "those that are over too"},
	{0},
};

#define LABEL 10 /* columns */

/* Proposals *****************************************************************/

static bool
is_final(struct bytes phase)
{
	static const char *const over[] = {"IN_FORCE", "VOIDED", "REJECTED",
		"NO_QUORUM", "TIED", "LAPSED", "WITHDRAWN"};

	for (size_t i = 0; i < sizeof(over) / sizeof(over[0]); i++)
		if (bytes_equal(phase, bytes_of_string(over[i])))
			return true;
	return false;
}

static int
put_proposal(struct desk *d, struct wire_value entry, struct listing *l)
{
	struct wire_value item = wire_get(entry, "item");
	struct bytes phase = wire_string(wire_get(item, "phase"), 32);
	uint64_t due = lines_number(entry, "due");
	char name[16];

	if (is_final(phase) && !options_has(&d->call->options, "all"))
		return 0;
	subject_name(SUBJECT_PROPOSAL, entry, name);
	listing_put(l, "%s", name);
	listing_put(l, "%.*s", (int)phase.len, (const char *)phase.data);
	writer_put(listing_cell(l), wire_string(wire_get(item, "class"), 64));
	if (due > 0)
		when_put_distance(listing_cell(l), due, d->now_s);
	else
		listing_put(l, "-");
	return subject_title(d, SUBJECT_PROPOSAL, entry, listing_cell(l));
}

static int
proposals(struct desk *d)
{
	static const struct table_column columns[] = {{"", false},
		{"phase", false}, {"class", false}, {"next step", false},
		{"title", false}};

	return listing_show(
		d, SUBJECT_PROPOSAL, columns, 5, put_proposal, "proposals");
}

int
cmd_proposal_list(const struct call *call)
{
	return desk_do(call, desk_open, proposals);
}

static int
give_effects(struct desk *d, struct bytes effects)
{
	struct fields f = fields_of_list(effects, 0, LIMIT_EFFECTS);
	struct writer line = {0};
	struct effect effect;
	int rc = 0;

	while (rc == 0 && fields_more(&f)) {
		effect_walk(&f, &effect);
		writer_rewind(&line);
		if (!f.bad)
			rc = consequence_put(d, &effect, &line);
		output_line(d->out, "  Effect: %s", writer_string(&line));
	}
	writer_clear(&line);
	return rc;
}

/* An only option without a text is what the proposal's text says. */
static int
give_option(struct desk *d, uint32_t k, const struct effect_option *option)
{
	struct writer text = {0};
	int rc = reading_text(d, option->texts, &text, NULL);

	if (rc == 0 && (k > 0 || text.len > 0))
		output_line(d->out, "Option %u:", (unsigned)k + 1);
	if (rc == 0 && text.len > 0)
		output_text(d->out, writer_view(&text));
	writer_clear(&text);
	return rc == 0 ? give_effects(d, option->effects) : -1;
}

/*
 * The vote on an agreement is opened by the ledger, and has no act of its own:
 * its text is the agreement's, and so is that of a survey after it was turned
 * down.
 */
static int
give_ratification(struct desk *d, const struct subject *s,
	const uint8_t agreement[static CRYPT_HASH])
{
	struct effect effect = {.kind = EFFECT_RATIFY};
	struct writer line = {0};
	uint8_t vote[CRYPT_HASH] = {0};
	struct subject a;
	int rc = subject_get(d, SUBJECT_AGREEMENT, agreement, &a);

	memcpy(effect.value[EFFECT_HAS_AGREEMENT].hash, agreement, CRYPT_HASH);
	if (rc == 0 &&
		wire_string(wire_get(a.item, "ratification"), CODING_HEX_32)
				.len == CODING_HEX_32)
		wire_id(wire_get(a.item, "ratification"), vote);
	if (rc == 0 && memcmp(vote, s->id, CRYPT_HASH) == 0) {
		rc = consequence_put(d, &effect, &line);
		output_line(d->out, "  Effect: %s", writer_string(&line));
		output_line(d->out, "  Read it whole: union agreement show %s",
			a.name);
	} else if (rc == 0) {
		output_line(d->out,
			"  %s was turned down: are the delegates to go on?",
			a.name);
	}
	writer_clear(&line);
	subject_clear(&a);
	return rc;
}

/* The text in force, and the options that stand in the same act. */
static int
give_texts(struct desk *d, const struct subject *s)
{
	struct effect_option option;
	struct ask_record r;
	uint8_t id[CRYPT_HASH];
	bool found;
	int rc;

	if (wire_there(wire_get(s->entry, "office")))
		return 0; /* an election speaks for itself */
	wire_id(wire_get(s->entry, "text"), id);
	if (ask_act(d->contact, id, &found, &r) != 0)
		return -1;
	if (!found)
		return contact_misread();
	rc = reading_show(d, reading_texts_of(&r.act));
	if (rc == 0 && r.act.kind == ACT_AGREEMENT_TENTATIVE)
		rc = give_ratification(d, s, id);
	if (act_has(&r.act, ACT_HAS_OPTIONS))
		for (uint32_t k = 0;
			rc == 0 &&
			effect_option_at(
				act_span(&r.act, ACT_HAS_OPTIONS), k, &option);
			k++)
			rc = give_option(d, k, &option);
	ask_clear(&r);
	return rc;
}

static void
give_candidates(struct desk *d, struct wire_value list)
{
	struct writer name = {0};
	uint8_t id[CRYPT_HASH];
	size_t n;

	if (!wire_there(list))
		return;
	n = wire_count(list, 0, LIMIT_OPTIONS);
	for (size_t i = 0; i < n; i++) {
		wire_id(wire_at(wire_at(list, i), 1), id);
		writer_rewind(&name);
		subject_put_member(d, id, &name);
		output_line(d->out, "Stands:    %s", writer_string(&name));
	}
	writer_clear(&name);
}

/* What can be done with it now. */
static void
give_next(struct desk *d, const struct subject *s)
{
	static const struct {
		const char *phase, *command;
	} steps[] = {
		{"ADMISSION", "union support"},
		{"DISCUSSION", "union support"},
		{"FROZEN", "union support"},
		{"VOTING", "union ballot"},
		{"EXTENDED", "union ballot"},
		{"COOLING", "union result"},
		{"IN_FORCE", "union result"},
		{"REJECTED", "union result"},
		{"NO_QUORUM", "union result"},
	};
	struct bytes phase = wire_string(wire_get(s->item, "phase"), 32);
	bool ours = bytes_equal(
		wire_string(wire_get(s->item, "by"), 100), BYTES("ledger"));

	/* What the ledger opens needs no support: it opens for votes itself. */
	if (ours && bytes_equal(phase, BYTES("DISCUSSION"))) {
		if (wire_there(wire_get(s->entry, "office")))
			output_next(d->out, "union stand %s", s->name);
		return;
	}
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (bytes_equal(phase, bytes_of_string(steps[i].phase)))
			output_next(d->out, "%s %s", steps[i].command, s->name);
}

static int
give_proposal(struct desk *d, const struct subject *s)
{
	struct writer title = {0};
	struct wire_value by = wire_get(s->item, "by");
	uint8_t id[CRYPT_HASH];
	int rc;

	subject_put(s, &title);
	output_line(d->out, "%-10s %s", "Proposal:", writer_string(&title));
	lines_text(d, LABEL,
		"Phase:", wire_string(wire_get(s->item, "phase"), 300));
	lines_time(d, LABEL, "Since:", lines_number(s->item, "since"));
	lines_time(d, LABEL, "Next step:", lines_number(s->entry, "due"));
	lines_text(d, LABEL,
		"Class:", wire_string(wire_get(s->item, "class"), 300));
	lines_text(d, LABEL,
		"Method:", wire_string(wire_get(s->entry, "method"), 300));
	writer_rewind(&title);
	if (wire_string(by, CODING_HEX_32).len == CODING_HEX_32) {
		lines_put(d, LABEL,
			"Support:", "%llu beside the proposer's, %llu needed",
			(unsigned long long)lines_number(
				s->entry, "supporters"),
			(unsigned long long)lines_number(s->item, "needed"));
		wire_id(by, id);
		subject_put_member(d, id, &title);
		lines_text(d, LABEL, "By:", writer_view(&title));
	} else {
		lines_put(d, LABEL, "By:",
			"the ledger, by the rules; it needs "
			"no support");
	}
	writer_clear(&title);
	give_candidates(d, wire_get(s->entry, "candidates"));
	output_give_value(d->out, "proposal", s->entry.at);
	rc = give_texts(d, s);
	if (rc == 0)
		give_next(d, s);
	return rc;
}

static int
proposal(struct desk *d)
{
	struct subject s;
	int rc = subject_find(d, SUBJECT_PROPOSAL,
		options_operand(&d->call->options, "PROPOSAL"), &s);

	if (rc == 0)
		rc = give_proposal(d, &s);
	subject_clear(&s);
	return rc;
}

int
cmd_proposal_show(const struct call *call)
{
	return desk_do(call, desk_open, proposal);
}
