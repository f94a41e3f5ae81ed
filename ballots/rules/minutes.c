#include "ballots/rules/minutes.h"

#include "ballots/record/jcs.h"

static const char *const outcome_names[] = {
	"passed", "rejected", "no-quorum", "tied"};

static void
print_list(struct jcs_printer *p, const struct result_list *list)
{
	jcs_begin_array(p);
	for (size_t i = 0; i < list->n; i++)
		jcs_int(p, list->at[i]);
	jcs_end_array(p);
}

static void
print_options(struct jcs_printer *p, const struct tally *t)
{
	jcs_key(p, "options");
	jcs_begin_array(p);
	for (uint32_t i = 1; i < t->n_options; i++) {
		jcs_begin_object(p);
		jcs_key(p, "against");
		jcs_int(p, (int64_t)t->options[i].against);
		jcs_key(p, "for");
		jcs_int(p, (int64_t)t->options[i].in_favour);
		jcs_key(p, "majority");
		jcs_bool(p, t->options[i].majority);
		jcs_key(p, "quorum");
		jcs_bool(p, t->options[i].quorum);
		jcs_end_object(p);
	}
	jcs_end_array(p);
}

static void
print_lot(struct jcs_printer *p, const struct tally *t,
	const struct question *q, const struct roster *roster)
{
	jcs_key(p, "lot");
	jcs_begin_object(p);
	jcs_key(p, "missing");
	jcs_begin_array(p);
	for (uint32_t i = 0; i < q->lots.n; i++)
		if (!q->lots.at[i].revealed)
			jcs_id(p, roster_get(roster, q->lots.at[i].member)->id);
	jcs_end_array(p);
	if (t->drawn) {
		jcs_key(p, "seed");
		jcs_base64(p, bytes_of(t->seed, 32));
	}
	jcs_end_object(p);
}

static void
print_groups(struct jcs_printer *p, const struct tally *t)
{
	jcs_key(p, "ranking");
	jcs_begin_array(p);
	for (size_t i = 0; i < t->result.n_ranking; i++)
		print_list(p, &t->result.ranking[i]);
	jcs_end_array(p);
}

static void
print_ties(struct jcs_printer *p, const struct tally *t)
{
	jcs_key(p, "ties");
	jcs_begin_array(p);
	for (size_t i = 0; i < t->result.n_ties; i++)
		print_list(p, &t->result.ties[i].options);
	jcs_end_array(p);
}

static void
print_ratio(struct jcs_printer *p, const char *name, struct ratio r)
{
	jcs_key(p, name);
	jcs_begin_array(p);
	jcs_int(p, r.num);
	jcs_int(p, r.den);
	jcs_end_array(p);
}

static void
print_roll(struct jcs_printer *p, const struct question *q)
{
	jcs_key(p, "roll");
	jcs_begin_object(p);
	jcs_key(p, "root");
	jcs_base64(p, bytes_of(q->roll_root, 32));
	jcs_key(p, "size");
	jcs_int(p, q->n_roll);
	jcs_end_object(p);
}

/* What it was counted by, so that a stranger can judge the figures again. */
static void
print_rule(struct jcs_printer *p, const struct question_form *form)
{
	jcs_key(p, "rule");
	jcs_begin_object(p);
	jcs_key(p, "charter");
	jcs_base64(p, bytes_of(form->charter, 32));
	jcs_key(p, "class");
	jcs_string(p, bytes_of_string(form->class));
	print_ratio(p, "majority", form->majority);
	jcs_key(p, "quorum");
	jcs_begin_object(p);
	if (!form->any_quorum && form->quorum.by_share)
		print_ratio(p, "share", form->quorum.share);
	else if (!form->any_quorum)
		print_ratio(p, "root", form->quorum.root);
	jcs_end_object(p);
	jcs_end_object(p);
}

void
minutes_print(const struct tally *t, const struct question *q,
	const struct roster *roster, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);

	jcs_begin_object(&p);
	jcs_key(&p, "ballots");
	jcs_int(&p, (int64_t)t->ballots);
	jcs_key(&p, "box");
	jcs_base64(&p, bytes_of(t->box, 32));
	jcs_key(&p, "counted");
	jcs_int(&p, (int64_t)t->counted);
	if (t->lot)
		print_lot(&p, t, q, roster);
	print_options(&p, t);
	jcs_key(&p, "outcome");
	jcs_string(&p, bytes_of_string(outcome_names[t->outcome]));
	print_groups(&p, t);
	print_roll(&p, q);
	print_rule(&p, &q->form);
	print_ties(&p, t);
	jcs_key(&p, "unused");
	jcs_int(&p, (int64_t)t->unused);
	jcs_key(&p, "winners");
	print_list(&p, &t->result.winners);
	jcs_end_object(&p);
}
