#include "ballots/assembly/calling.h"

#include <string.h>

#include "ballots/assembly/agreement.h"
#include "ballots/assembly/opening.h"
#include "ballots/assembly/proposal.h"
#include "ballots/base/crypt.h"
#include "ballots/record/jcs.h"

static void
put_word(struct jcs_printer *p, const char *name, const char *value)
{
	jcs_key(p, name);
	jcs_string(p, bytes_of_string(value));
}

static void
put_id(struct jcs_printer *p, const char *name, const uint8_t id[static 32])
{
	jcs_key(p, name);
	jcs_id(p, id);
}

/* Agreements ****************************************************************/

/* {"act": what, "agreement": id, "log": origin} */
static void
ballot_id(const struct world *w, const char *what,
	const struct world_agreement *g, uint8_t id[static 32])
{
	struct writer out = {0};
	struct jcs_printer p = jcs_printer_of(&out);

	jcs_begin_object(&p);
	put_word(&p, "act", what);
	put_id(&p, "agreement", g->id);
	put_word(&p, "log", w->log);
	jcs_end_object(&p);
	crypt_hash(writer_view(&out), id);
	writer_clear(&out);
}

/* One option, with the effect ratify or without any. */
static void
put_option(const struct world_agreement *g, bool ratify, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);

	jcs_begin_array(&p);
	jcs_begin_object(&p);
	jcs_key(&p, "effects");
	jcs_begin_array(&p);
	if (ratify) {
		jcs_begin_object(&p);
		put_id(&p, "agreement", g->id);
		put_word(&p, "do", "ratify");
		jcs_end_object(&p);
	}
	jcs_end_array(&p);
	jcs_key(&p, "texts");
	jcs_begin_array(&p);
	jcs_end_array(&p);
	jcs_end_object(&p);
	jcs_end_array(&p);
}

/* Put yes or no on g to the vote: to ratify it, or as a survey. */
static struct world_proposal *
ask(struct world *w, const struct world_agreement *g,
	const struct charter_class *class, bool ratify, uint64_t now_s)
{
	struct opening_call call = {.class = class,
		.method = "yes-no",
		.seats = 1,
		.chapter = w->mandates[g->mandate]->chapter};
	struct writer option = {0};
	struct world_proposal *p;

	ballot_id(w, ratify ? "ratification" : "survey", g, call.id);
	put_option(g, ratify, &option);
	call.options = writer_view(&option);
	p = opening_by_ledger(w, &call, now_s);
	memcpy(p->text_act, g->id, 32); /* the exact hash */
	writer_clear(&option);
	return p;
}

/* The class that ratifies: the one voted with the mandate, if it still can. */
static const struct charter_class *
ratifying_class(const struct world *w, const struct world_agreement *g)
{
	const char *name = w->mandates[g->mandate]->ratify_class;
	const struct charter_class *class =
		charter_class(&w->charter, bytes_of_string(name));

	return class != NULL && charter_ratifies(class)
		       ? class
		       : charter_class(&w->charter, BYTES("charter"));
}

static void
open_ballots(struct world *w, uint64_t now_s)
{
	for (uint32_t i = 0; i < w->ballots_due.n; i++) {
		uint32_t number = w->ballots_due.at[i];
		const struct world_agreement *g = w->agreements[number];
		struct world_proposal *p =
			ask(w, g, ratifying_class(w, g), true, now_s);

		p->agreement = number;
		agreement_balloted(w, number, proposal_number(w, p));
	}
	w->ballots_due.n = 0;
}

static void
open_surveys(struct world *w, uint64_t now_s)
{
	const struct charter_class *class =
		charter_class(&w->charter, BYTES("consultation"));

	for (uint32_t i = 0; i < w->surveys_due.n; i++)
		if (class != NULL && charter_takes(class, BYTES("yes-no")))
			ask(w, w->agreements[w->surveys_due.at[i]], class,
				false, now_s);
	w->surveys_due.n = 0;
}

/* Elections *****************************************************************/

static void
election_id(const struct world *w, enum charter_office office, uint64_t now_s,
	uint8_t id[static 32])
{
	struct writer out = {0};
	struct jcs_printer p = jcs_printer_of(&out);

	jcs_begin_object(&p);
	put_word(&p, "act", "election");
	put_word(&p, "log", w->log);
	put_word(&p, "office", charter_office_name(office));
	jcs_key(&p, "opened");
	jcs_int(&p, (int64_t)now_s);
	jcs_end_object(&p);
	crypt_hash(writer_view(&out), id);
	writer_clear(&out);
}

static void
open_election(struct world *w, enum charter_office office, uint64_t now_s)
{
	struct opening_call call = {
		.class = charter_class(&w->charter, BYTES("election")),
		.method = "approval",
		.seats = w->charter.offices[office].seats,
		.chapter = IDMAP_NONE,
		.options = BYTES("[]")};
	struct world_proposal *p;

	election_id(w, office, now_s, call.id);
	p = opening_by_ledger(w, &call, now_s);
	p->office = (int)office;
	w->offices[office].election = proposal_number(w, p);
}

static void
open_elections(struct world *w, uint64_t now_s)
{
	for (int i = 0; i < CHARTER_OFFICES; i++) {
		const struct world_office *o = &w->offices[i];

		if (!w->in_power && o->n == 0 && o->election == IDMAP_NONE)
			open_election(w, (enum charter_office)i, now_s);
	}
}

void
calling_open(struct world *w, uint64_t now_s)
{
	open_ballots(w, now_s);
	open_surveys(w, now_s);
	open_elections(w, now_s);
}
