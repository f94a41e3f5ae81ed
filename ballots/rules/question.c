#include "ballots/rules/question.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"
#include "ballots/record/fields.h"
#include "ballots/record/jcs.h"
#include "ballots/record/tree.h"
#include "ballots/rules/delegation.h"
#include "ballots/rules/marks.h"

static const char *const kind_names[] = {
	"decision", "hold", "mandate-hold", "panel"};

const char *
question_kind_name(enum question_kind kind)
{
	return kind_names[kind];
}

/* Opening *******************************************************************/

static void
print_pair(struct jcs_printer *p, const char *name, int32_t a, int32_t b)
{
	jcs_key(p, name);
	jcs_begin_array(p);
	jcs_int(p, a);
	jcs_int(p, b);
	jcs_end_array(p);
}

void
question_print(const struct question *q, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);

	jcs_begin_object(&p);
	jcs_key(&p, "about");
	jcs_id(&p, q->form.about);
	if (q->form.budget != 0) {
		jcs_key(&p, "budget");
		jcs_int(&p, (int64_t)q->form.budget);
	}
	jcs_key(&p, "kind");
	jcs_string(&p, bytes_of_string(kind_names[q->form.kind]));
	jcs_key(&p, "log");
	jcs_string(&p, bytes_of_string(q->form.log));
	jcs_key(&p, "method");
	jcs_string(&p, bytes_of_string(q->form.method->name));
	jcs_key(&p, "opens");
	jcs_int(&p, (int64_t)q->form.opens_s);
	jcs_key(&p, "options");
	jcs_begin_array(&p);
	for (uint32_t i = 0; i < q->form.n_options; i++) {
		jcs_begin_array(&p);
		jcs_id(&p, q->options[i].act);
		jcs_int(&p, q->options[i].k);
		jcs_end_array(&p);
	}
	jcs_end_array(&p);
	if (q->form.scaled)
		print_pair(&p, "scale", q->form.low, q->form.high);
	jcs_key(&p, "seats");
	jcs_int(&p, q->form.seats);
	jcs_end_object(&p);
}

static void
set_id(struct question *q)
{
	struct writer w = {0};
	struct bytes parts[2] = {BYTES("union-question/v1\n")};

	question_print(q, &w);
	parts[1] = writer_view(&w);
	crypt_hash_parts(parts, 2, q->id);
	writer_clear(&w);
}

static void
set_roll_root(struct question *q, const struct roster *roster)
{
	struct tree *tree = mem_new(sizeof(*tree));

	for (uint32_t i = 0; i < q->n_roll; i++)
		tree_append(tree,
			bytes_of(roster_get(roster, q->roll[i])->id, 32), NULL,
			NULL);
	memcpy(q->roll_root, tree_head(tree).root, 32);
	mem_free(tree);
}

struct question *
question_new_on(const struct question_form *form,
	const struct question_option *options, const struct roster *roster,
	const uint32_t *roll, uint32_t n_roll)
{
	struct question *q = mem_new(sizeof(*q));

	q->form = *form;
	q->options = mem_copy(options, form->n_options * sizeof(*options));
	q->close_s = form->opens_s + form->period_s;
	q->n_roll = n_roll;
	q->roll = mem_copy(roll, n_roll * sizeof(*roll));
	q->last = mem_new_array(n_roll, sizeof(*q->last));
	q->n_marks = marks_count(form->method, form->n_options + 1);
	set_roll_root(q, roster);
	set_id(q);
	return q;
}

struct question *
question_new(const struct question_form *form,
	const struct question_option *options, const struct roster *roster,
	const struct roster_rules *rules)
{
	uint32_t *roll = mem_new_array(roster->n, sizeof(*roll));
	struct question *q;
	uint32_t n = 0;

	for (uint32_t i = 0; i < roster->n; i++)
		if (roster_may_vote(roster_get(roster, i), rules, form->chapter,
			    form->opens_s))
			roll[n++] = i;
	q = question_new_on(form, options, roster, roll, n);
	mem_free(roll);
	return q;
}

void
question_free(struct question *q)
{
	if (q == NULL)
		return;
	mem_free(q->options);
	mem_free(q->roll);
	mem_free(q->casts);
	mem_free(q->marks);
	mem_free(q->last);
	lots_clear(&q->lots);
	mem_free(q->weight);
	mem_free(q);
}

/* The box *******************************************************************/

uint32_t
question_place(const struct question *q, uint32_t member)
{
	return delegation_place(q->roll, q->n_roll, member);
}

/* Read the list of an act into room for n_marks; false when it differs. */
static bool
read_marks(const struct question *q, struct bytes list, int16_t *out)
{
	struct fields f = fields_of_list(list, q->n_marks, q->n_marks);

	for (uint32_t i = 0; fields_more(&f); i++)
		out[i] = (int16_t)fields_int(&f, NULL, INT16_MIN, INT16_MAX);
	return fields_done(&f);
}

enum verdict
question_may_cast(const struct question *q, uint32_t member, struct bytes list,
	uint64_t seq, uint64_t now_s)
{
	int16_t marks[LIMIT_OPTIONS];
	uint32_t place = question_place(q, member);
	uint32_t last;

	if (q->counting || now_s >= q->close_s)
		return VERDICT_CLOSED;
	if (place == UINT32_MAX)
		return VERDICT_NOT_ON_ROLL;
	last = q->last[place];
	if (last != 0 && q->casts[last - 1].seq >= seq)
		return q->casts[last - 1].seq == seq ? VERDICT_EQUIVOCATION
						     : VERDICT_STALE;
	if (!read_marks(q, list, marks))
		return VERDICT_INVALID_BALLOT;
	return marks_check(
		q->form.method, q->form.low, q->form.high, marks, q->n_marks);
}

void
question_cast(struct question *q, uint32_t member, struct bytes list,
	uint64_t seq, const uint8_t act[static 32], uint64_t record,
	uint64_t now_s)
{
	uint32_t place = question_place(q, member);
	struct question_cast *c;
	bool ok;

	q->casts = mem_grow(q->casts, &q->casts_cap, (size_t)q->n_casts + 1,
		sizeof(*q->casts));
	q->marks = mem_grow(q->marks, &q->marks_cap,
		((size_t)q->n_casts + 1) * q->n_marks, sizeof(*q->marks));
	ok = read_marks(q, list, q->marks + (size_t)q->n_casts * q->n_marks);
	assert(ok && place != UINT32_MAX);
	c = &q->casts[q->n_casts++];
	c->place = place;
	c->time_s = now_s;
	c->seq = seq;
	c->record = record;
	memcpy(c->act, act, 32);
	q->last[place] = q->n_casts;
}

/* Put cast number from in place of number to. */
static void
move_cast(struct question *q, uint32_t from, uint32_t to)
{
	q->casts[to] = q->casts[from];
	memmove(q->marks + (size_t)to * q->n_marks,
		q->marks + (size_t)from * q->n_marks,
		q->n_marks * sizeof(*q->marks));
}

void
question_take_out(struct question *q, uint32_t member, uint64_t from)
{
	uint32_t place = question_place(q, member), kept = 0;

	if (q->counting || place == UINT32_MAX)
		return;
	memset(q->last, 0, q->n_roll * sizeof(*q->last));
	for (uint32_t i = 0; i < q->n_casts; i++) {
		if (q->casts[i].place == place && q->casts[i].record >= from)
			continue;
		move_cast(q, i, kept);
		q->last[q->casts[kept].place] = kept + 1;
		kept++;
	}
	q->n_casts = kept;
}

void
question_outage(struct question *q, uint64_t before_s, uint64_t now_s)
{
	uint64_t gap = now_s - before_s;

	if (gap <= 3600 || q->moved || q->counting || q->close_s <= before_s)
		return;
	q->close_s += gap < q->form.period_s ? gap : q->form.period_s;
	q->moved = true;
}

uint32_t
question_ballot(const struct question *q, uint32_t place, uint64_t limit_s)
{
	uint32_t cast = q->last[place];

	if (cast == 0)
		return UINT32_MAX;
	if (q->casts[--cast].time_s < limit_s)
		return cast;
	/* Rare: voted again in the late window. */
	while (cast-- > 0)
		if (q->casts[cast].place == place &&
			q->casts[cast].time_s < limit_s)
			return cast;
	return UINT32_MAX;
}

const int16_t *
question_marks(const struct question *q, uint32_t cast)
{
	return q->marks + (size_t)cast * q->n_marks;
}
