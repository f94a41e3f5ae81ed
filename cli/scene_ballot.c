#include "cli/scene_ballot.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/count/equal_shares.h"
#include "ballots/count/plurality.h"
#include "ballots/count/ranked_pairs.h"
#include "ballots/count/schulze.h"
#include "ballots/count/yes_no.h"
#include "ballots/record/jcs.h"
#include "ballots/record/text.h"
#include "ballots/rules/marks.h"
#include "cli/complain.h"

/* What an option is often called that leaves everything as it is. */
static const char *const status_quo_names[] = {"None Of The Above",
	"None of the above", "Further Discussion", "Further discussion", NULL};

/* Preparing *****************************************************************/

static uint32_t
find_status_quo(const struct election *e, const struct rules *r)
{
	uint32_t found = r->rules.default_option;

	for (size_t i = 0; found == METHOD_NO_OPTION && status_quo_names[i];
		i++)
		found = election_option(
			e, bytes_of_string(status_quo_names[i]));
	if (r->method == &yes_no_method && found == METHOD_NO_OPTION &&
		e->n_options > 1)
		found = 1;
	return found;
}

int
scene_ballot_prepare(
	struct scene_ballot *s, const struct election *e, const struct rules *r)
{
	s->election = e;
	s->rules = r;
	s->status_quo = find_status_quo(e, r);
	s->names[0] = s->status_quo == METHOD_NO_OPTION
			      ? BYTES("The status quo")
			      : e->options[s->status_quo];
	if (e->n_options >= LIMIT_OPTIONS)
		return complain_no("union count takes more.",
			"A question of a union has at most %d options.",
			LIMIT_OPTIONS - 1);
	for (uint32_t i = 0; i < e->n_options; i++) {
		if (i == s->status_quo)
			continue;
		if (r->method == &yes_no_method && s->n_options == 1)
			break;
		if (text_check(e->options[i]) != VERDICT_OK)
			return complain_no("Give it another name in the file.",
				"The name of option %u cannot be a text.",
				i + 1);
		s->options[s->n_options++] = i;
		s->names[s->n_options] = e->options[i];
	}
	return s->n_options > 0
		       ? 0
		       : complain_no("", "There is nothing to decide.");
}

/* Proposing *****************************************************************/

static uint32_t
levels(const struct rules *r)
{
	int32_t low = r->rules.low, high = r->rules.high;

	return (uint32_t)(low < high ? high - low : low - high) + 1;
}

/* The ends of the scale, as a proposal has them. */
static void
scale_of(const struct rules *r, int32_t *low, int32_t *high)
{
	*low = r->rules.low;
	if (r->method->marks == METHOD_GRADES)
		*low = 1;
	else if (r->rules.high < r->rules.low)
		*low = 0;
	*high = *low + (int32_t)levels(r) - 1;
}

static void
put_options(struct scene_ballot *s, struct play *p, struct writer *w)
{
	struct jcs_printer list = jcs_printer_of(w);

	jcs_begin_array(&list);
	for (uint32_t k = 0; k < s->n_options; k++) {
		struct writer texts = {0}, name = {0};

		writer_put(&name, s->names[k + 1]);
		troupe_text(p->troupe, writer_string(&name), &texts);
		jcs_begin_object(&list);
		jcs_key(&list, "effects");
		jcs_begin_array(&list);
		if (s->rules->method == &equal_shares_method) {
			jcs_begin_object(&list);
			jcs_key(&list, "amount");
			jcs_int(&list,
				(int64_t)s->election->costs[s->options[k]]);
			jcs_key(&list, "do");
			jcs_string(&list, BYTES("spend"));
			jcs_key(&list, "texts");
			jcs_begin_array(&list);
			jcs_end_array(&list);
			jcs_key(&list, "unit");
			jcs_string(&list, BYTES("coin"));
			jcs_end_object(&list);
		}
		jcs_end_array(&list);
		jcs_key(&list, "texts");
		jcs_raw(&list, writer_view(&texts));
		jcs_end_object(&list);
		writer_clear(&texts);
		writer_clear(&name);
	}
	jcs_end_array(&list);
}

static void
put_scale(const struct rules *r, struct writer *w)
{
	struct jcs_printer list = jcs_printer_of(w);
	int32_t low, high;

	scale_of(r, &low, &high);
	jcs_begin_array(&list);
	jcs_int(&list, low);
	jcs_int(&list, high);
	jcs_end_array(&list);
}

static int
propose(struct scene_ballot *s, struct play *p, const char *title)
{
	struct act act = {.kind = ACT_PROPOSAL_OPEN};
	struct writer options = {0}, scale = {0}, texts = {0};
	const struct rules *r = s->rules;
	uint32_t seats = r->rules.seats;
	int rc;

	put_options(s, p, &options);
	troupe_text(p->troupe, title, &texts);
	act_set_span(&act, ACT_HAS_CLASS, BYTES("ordinary"));
	act_set_span(&act, ACT_HAS_METHOD, bytes_of_string(r->method->name));
	act_set_hash(&act, ACT_HAS_ON, contact_about(p->contact)->id);
	act_set_span(&act, ACT_HAS_OPTIONS, writer_view(&options));
	act_set_int(&act, ACT_HAS_SEATS,
		seats > s->n_options ? s->n_options : seats);
	act_set_span(&act, ACT_HAS_TEXTS, writer_view(&texts));
	if (r->method->marks == METHOD_SCORES ||
		r->method->marks == METHOD_GRADES) {
		put_scale(r, &scale);
		act_set_span(&act, ACT_HAS_SCALE, writer_view(&scale));
	}
	if (r->method == &equal_shares_method) {
		act_set_int(&act, ACT_HAS_BUDGET, (int64_t)r->rules.budget);
		act_set_int(&act, ACT_HAS_SEATS, 1);
	}
	rc = troupe_file(p->troupe, p->contact, 0, &act, s->proposal);
	writer_clear(&options);
	writer_clear(&scale);
	writer_clear(&texts);
	return rc;
}

/* The question of a proposal that is open. */
static int
learn_question(struct scene_ballot *s, struct play *p)
{
	struct wire *reply;

	if (play_item(p, "proposals", s->proposal, &reply) != 0)
		return -1;
	wire_id(wire_get(wire_get(wire_top(reply), "item"), "question"),
		s->question);
	if (contact_check(&reply) != 0)
		return -1;
	wire_free(reply);
	return 0;
}

int
scene_ballot_open(struct scene_ballot *s, struct play *p, const char *title)
{

	play_begin(p);
	if (propose(s, p, title) != 0 || play_support(p, s->proposal) != 0)
		return -1;
	play_say(p, "Proposed", "P1 \"%s\": %u option%s and \"%.*s\", by %s",
		title, s->n_options, s->n_options == 1 ? "" : "s",
		(int)s->names[0].len, (const char *)s->names[0].data,
		s->rules->method->name);
	if (play_until(p, "proposals", s->proposal, "VOTING") != 0)
		return -1;
	return learn_question(s, p);
}

/* Ballots *******************************************************************/

/* Ranks one behind the other, as far as each is given to one option. */
static void
make_strict(int16_t *marks, uint32_t n)
{
	int16_t ranks[LIMIT_OPTIONS], next = 1;

	memcpy(ranks, marks, n * sizeof(*marks));
	memset(marks, 0, n * sizeof(*marks));
	for (int16_t rank = 1; rank <= LIMIT_OPTIONS; rank++) {
		uint32_t holders = 0, last = 0;

		for (uint32_t i = 0; i < n; i++)
			if (ranks[i] == rank) {
				holders++;
				last = i;
			}
		if (holders > 1)
			break;
		if (holders == 1)
			marks[last] = next++;
	}
}

/* What the file's mark of an option is as a mark of the union. */
static int16_t
translate(const struct rules *r, uint16_t mark)
{
	int32_t low, high;

	if (mark == PROFILE_NO_OPINION)
		return r->method->marks == METHOD_RANKS ? -1 : 0;
	if (r->method == &plurality_method)
		return mark == 1;
	if (r->method->marks != METHOD_SCORES)
		return (int16_t)mark;
	scale_of(r, &low, &high);
	return (int16_t)(mark == 0 ? low : low + mark - 1);
}

/* A mark for a status quo that is no option of the file. */
static int16_t
unmarked(const struct rules *r)
{
	int32_t low = 0, high;

	if (r->method->marks == METHOD_SCORES ||
		r->method->marks == METHOD_GRADES)
		scale_of(r, &low, &high);
	return (int16_t)low;
}

/* Fill marks with a row of the file; false when it cannot be a ballot. */
static bool
mark(const struct scene_ballot *s, size_t row, int16_t *marks, uint32_t *n)
{
	const struct rules *r = s->rules;
	const struct profile *from = &s->election->profile;
	uint16_t all[LIMIT_OPTIONS];
	int32_t low, high;

	profile_row(from, row, all);
	scale_of(r, &low, &high);
	*n = marks_count(r->method, s->n_options + 1);
	if (r->method == &yes_no_method) {
		uint32_t yes = s->options[0], no = s->status_quo;

		marks[0] =
			(int16_t)(r->method->prefers(&r->rules, all, yes, no) -
				  r->method->prefers(&r->rules, all, no, yes));
	} else {
		marks[0] = s->status_quo == METHOD_NO_OPTION
				   ? unmarked(r)
				   : translate(r, all[s->status_quo]);
		for (uint32_t k = 0; k < s->n_options; k++)
			marks[k + 1] = translate(r, all[s->options[k]]);
		if (r->method->marks == METHOD_RANKS &&
			r->method != &plurality_method &&
			r->method != &schulze_method &&
			r->method != &ranked_pairs_method)
			make_strict(marks, *n);
	}
	return marks_check(r->method, low, high, marks, *n) == VERDICT_OK;
}

static int
cast(struct scene_ballot *s, struct play *p, uint32_t who, const int16_t *marks,
	uint32_t n)
{
	struct act act = {.kind = ACT_BALLOT_CAST};
	struct writer list = {0};
	struct jcs_printer printer = jcs_printer_of(&list);
	int rc;

	jcs_begin_array(&printer);
	for (uint32_t i = 0; i < n; i++)
		jcs_int(&printer, marks[i]);
	jcs_end_array(&printer);
	act_set_span(&act, ACT_HAS_MARKS, writer_view(&list));
	act_set_hash(&act, ACT_HAS_ON, s->question);
	rc = troupe_file(p->troupe, p->contact, who, &act, NULL);
	writer_clear(&list);
	return rc;
}

int
scene_ballot_cast(struct scene_ballot *s, struct play *p)
{
	const struct profile *from = &s->election->profile;
	uint32_t who = PLAY_FOUNDERS;
	char pace[64];
	int rc = 0;

	play_begin(p);
	for (size_t row = 0; rc == 0 && row < from->rows; row++) {
		int16_t marks[LIMIT_OPTIONS];
		uint64_t weight = profile_weight(from, row);
		uint32_t n;
		bool fits = mark(s, row, marks, &n);

		*(fits ? &s->cast : &s->set_aside) += weight;
		for (; rc == 0 && weight > 0; weight--, who++) {
			output_progress("voting", who, troupe_size(p->troupe));
			if (fits)
				rc = cast(s, p, who, marks, n);
		}
	}
	output_progress("voting", 1, 1);
	if (rc == 0)
		rc = troupe_flush(p->troupe, p->contact);
	if (rc != 0)
		return rc;
	play_say(p, "Voted", "%llu ballots, each a signed act (%s)",
		(unsigned long long)s->cast, play_pace(p, pace));
	if (s->set_aside > 0)
		play_say(p, "", "%llu ballots of the file are none by %s",
			(unsigned long long)s->set_aside,
			s->rules->method->name);
	return 0;
}

/* The result ****************************************************************/

static const char *const outcomes[] = {
	[TALLY_PASSED] = "passed",
	[TALLY_REJECTED] = "rejected",
	[TALLY_NO_QUORUM] = "no option reached the quorum",
	[TALLY_TIED] = "tied",
};

int
scene_ballot_close(struct scene_ballot *s, struct play *p)
{
	uint64_t record;

	/* A tie is told as one; its run-off is left to its own. */
	if (play_until_counted(p, s->proposal, &record) != 0)
		return -1;
	if (recount_run(&s->recount, p->contact, record) != 0)
		return -1;
	if (!s->recount.same)
		return complain_no("Show it to an auditor.",
			"The recorded result is not what the ballots give.");
	play_say(p, "Counted", "%s, as record %llu says",
		outcomes[s->recount.tally.outcome], (unsigned long long)record);
	return 0;
}

uint32_t
scene_ballot_winner(const struct scene_ballot *s)
{
	const struct result_list *winners = &s->recount.tally.result.winners;

	return s->recount.tally.outcome == TALLY_PASSED && winners->n > 0
		       ? winners->at[0]
		       : 0;
}

void
scene_ballot_clear(struct scene_ballot *s)
{
	recount_clear(&s->recount);
}
