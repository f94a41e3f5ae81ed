#include "cli/cmd_gateway.h"

#include <jansson.h>

#include "ballots/base/coding.h"
#include "cli/complain.h"
#include "cli/lines.h"
#include "cli/listing.h"
#include "cli/reading.h"
#include "cli/standing.h"

const struct option cmd_gateway_all[] = {
	{"all", 'a', false, NULL, "those that were struck too"},
	{0},
};

#define LABEL 9 /* columns */

/* "MembershipCredential, LivelihoodCredential" */
static void
put_accepted(struct wire_value item, struct writer *out)
{
	struct wire_value list = wire_get(item, "accepts");
	size_t n = wire_count(list, 0, 16);

	for (size_t i = 0; i < n; i++) {
		writer_put_string(out, i == 0 ? "" : ", ");
		writer_put(out, wire_string(wire_at(list, i), 64));
	}
	if (n == 0)
		writer_put_string(out, "-");
}

/* The list ******************************************************************/

static int
put_row(struct desk *d, struct wire_value entry, struct listing *l)
{
	struct wire_value item = wire_get(entry, "item");
	bool struck = wire_bool(wire_get(item, "struck"));
	char name[16];

	if (struck && !options_has(&d->call->options, "all"))
		return 0;
	subject_name(SUBJECT_GATEWAY, entry, name);
	listing_put(l, "%s", name);
	listing_put(l, "%s", struck ? "struck" : "accepted");
	put_accepted(item, listing_cell(l));
	return subject_title(d, SUBJECT_GATEWAY, entry, listing_cell(l));
}

static int
list(struct desk *d)
{
	static const struct table_column columns[] = {{"", false},
		{"register", false}, {"accepts", false}, {"gateway", false}};

	return listing_show(
		d, SUBJECT_GATEWAY, columns, 4, put_row, "gateways");
}

int
cmd_gateway_list(const struct call *call)
{
	return desk_do(call, desk_open, list);
}

/* One of them ***************************************************************/

/* How it has dealt with the union. */
static void
give_conduct(struct desk *d, struct wire_value conduct)
{
	static const struct {
		const char *name, *says;
	} rows[] = {
		{"accepted", "agreements that the members ratified"},
		{"refused", "agreements that it declined"},
		{"terminated", "agreements that it ended"},
		{"alleged", "breaches that members alleged"},
		{"breached", "breaches that delegates confirmed"},
		{"answered", "breaches that it replied to"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		lines_put(d, LABEL, i == 0 ? "Conduct:" : "", "%s: %llu",
			rows[i].says,
			(unsigned long long)lines_number(
				conduct, rows[i].name));
}

/* Agreements by its key, and the JSON of them. */
struct walk {
	struct desk *desk;
	struct bytes key;
	json_t *values;
};

static int
give_agreement(void *ctx, struct wire_value entry)
{
	struct walk *walk = ctx;
	struct wire_value item = wire_get(entry, "item");
	struct writer line = {0};
	char name[16];
	int rc;

	if (!bytes_equal(
		    wire_string(wire_get(item, "key"), CODING_DID), walk->key))
		return 0;
	subject_name(SUBJECT_AGREEMENT, entry, name);
	writer_put_string(&line, name);
	writer_put_u8(&line, ' ');
	writer_put_string(&line, standing_of(SUBJECT_AGREEMENT, item)->state);
	writer_put_u8(&line, ' ');
	rc = subject_title(walk->desk, SUBJECT_AGREEMENT, entry, &line);
	lines_text(walk->desk, LABEL, "Agreed:", writer_view(&line));
	json_array_append_new(walk->values, json_deep_copy(item.at));
	writer_clear(&line);
	return rc;
}

static int
give_agreements(struct desk *d, struct bytes key)
{
	struct walk walk = {d, key, json_array()};
	int rc = ask_each(d->contact, "agreements", give_agreement, &walk);

	output_give_take(d->out, "agreements", walk.values);
	return rc;
}

/* Since when, and its text, are those of the proposal that accepted it. */
static int
give_proposal(struct desk *d, const struct subject *gateway)
{
	struct subject proposal;
	struct ask_record r;
	uint8_t act[CRYPT_HASH];
	bool found;
	int rc = subject_get(d, SUBJECT_PROPOSAL, gateway->id, &proposal);

	if (rc == 0) {
		lines_put(d, LABEL, "Proposal:", "%s", proposal.name);
		lines_time(d, LABEL,
			"Since:", lines_number(proposal.item, "since"));
		wire_id(wire_get(proposal.entry, "text"), act);
		output_give_number(
			d->out, "since", lines_number(proposal.item, "since"));
		rc = ask_act(d->contact, act, &found, &r);
	}
	subject_clear(&proposal);
	if (rc != 0)
		return -1;
	if (!found)
		return contact_misread();
	rc = reading_show(d, reading_texts_of_effect(&r.act));
	ask_clear(&r);
	return rc;
}

static int
give_gateway(struct desk *d, const struct subject *s)
{
	struct bytes key = wire_string(wire_get(s->item, "key"), CODING_DID);
	struct writer w = {0};
	int rc;

	subject_put(s, &w);
	lines_text(d, LABEL, "Gateway:", writer_view(&w));
	lines_put(d, LABEL, "Register:", "%s",
		wire_bool(wire_get(s->item, "struck"))
			? "struck: the union deals with it no more"
			: "accepted");
	writer_rewind(&w);
	put_accepted(s->item, &w);
	lines_text(d, LABEL, "Accepts:", writer_view(&w));
	lines_text(d, LABEL, "Key:", key);
	give_conduct(d, wire_get(s->item, "conduct"));
	writer_clear(&w);
	output_give_value(d->out, "gateway", s->entry.at);
	rc = give_agreements(d, key);
	if (rc == 0)
		rc = give_proposal(d, s);
	if (rc == 0 && !wire_good(s->reply))
		rc = contact_misread();
	return rc;
}

static int
show(struct desk *d)
{
	const char *word = options_operand(&d->call->options, "GATEWAY");
	struct subject s;
	int rc;

	desk_prefer(d, options_value(&d->call->options, "lang"));
	rc = subject_find(d, SUBJECT_GATEWAY, word, &s);
	if (rc == 0)
		rc = give_gateway(d, &s);
	subject_clear(&s);
	return rc;
}

int
cmd_gateway_show(const struct call *call)
{
	return desk_do(call, desk_open, show);
}
