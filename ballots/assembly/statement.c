#include "ballots/assembly/statement.h"

#include <stdlib.h>
#include <string.h>

#include "ballots/assembly/describe.h"
#include "ballots/assembly/docket.h"
#include "ballots/assembly/measure.h"
#include "ballots/assembly/transition.h"
#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"
#include "ballots/record/jcs.h"

static void
begin_list(struct jcs_printer *p, const char *name)
{
	jcs_key(p, name);
	jcs_begin_array(p);
}

/* Sorted lists **************************************************************/

struct row {
	const uint8_t *by;
	const char *act;
	const uint8_t *on; /* NULL in limits */
	uint64_t a, b;
};

static int
compare_rows(const void *left, const void *right)
{
	const struct row *a = left, *b = right;
	int sign = memcmp(a->by, b->by, 32);

	if (sign == 0)
		sign = strcmp(a->act, b->act);
	if (sign == 0 && a->on != NULL)
		sign = memcmp(a->on, b->on, 32);
	return sign;
}

static void
put_rows(struct jcs_printer *p, const char *name, struct row *rows, size_t n)
{
	qsort(rows, n, sizeof(*rows), compare_rows);
	begin_list(p, name);
	for (size_t i = 0; i < n; i++) {
		jcs_begin_array(p);
		jcs_id(p, rows[i].by);
		jcs_string(p, bytes_of_string(rows[i].act));
		if (rows[i].on != NULL)
			jcs_id(p, rows[i].on);
		jcs_int(p, (int64_t)rows[i].a);
		if (rows[i].on == NULL)
			jcs_int(p, (int64_t)rows[i].b);
		jcs_end_array(p);
	}
	jcs_end_array(p);
	mem_free(rows);
}

static void
put_clocks(const struct world *w, struct jcs_printer *p)
{
	const struct clocks *c = &w->clocks;
	struct row *rows = mem_new_array(c->n_entries, sizeof(*rows));
	size_t n = 0;

	for (size_t i = 0; i < c->entries_cap; i++) {
		const struct clocks_entry *e = &c->entries[i];
		struct clocks_subject by = {CLOCKS_MEMBER, e->member};
		struct clocks_subject on = {
			(enum clocks_about)e->about, e->number};

		if (e->used && !transition_over(w, on))
			rows[n++] = (struct row){describe_subject(w, by),
				act_kind_name((enum act_kind)e->kind),
				describe_subject(w, on), e->seq, 0};
	}
	put_rows(p, "clocks", rows, n);
}

static void
put_limits(const struct world *w, struct jcs_printer *p)
{
	const struct clocks *c = &w->clocks;
	struct row *rows = mem_new_array(c->n_windows, sizeof(*rows));
	size_t n = 0;

	for (size_t i = 0; i < c->windows_cap; i++) {
		const struct clocks_window *e = &c->windows[i];
		struct clocks_subject by = {CLOCKS_MEMBER, e->member};

		if (e->count > 0)
			rows[n++] = (struct row){describe_subject(w, by),
				act_kind_name((enum act_kind)e->kind), NULL,
				e->window, e->count};
	}
	put_rows(p, "limits", rows, n);
}

static int
compare_ids(const void *left, const void *right)
{
	return memcmp(left, right, 32);
}

static void
put_erased(const struct world *w, struct jcs_printer *p)
{
	uint8_t(*ids)[32] = mem_new_array(w->erased.n, sizeof(*ids));
	size_t n = 0;

	for (size_t i = 0; i < w->erased.cap; i++)
		if (w->erased.slots[i].number != IDMAP_NONE)
			memcpy(ids[n++], w->erased.slots[i].id, 32);
	qsort(ids, n, sizeof(*ids), compare_ids);
	begin_list(p, "texts_erased");
	for (size_t i = 0; i < n; i++)
		jcs_id(p, ids[i]);
	jcs_end_array(p);
	mem_free(ids);
}

/* The whole *****************************************************************/

/* A list of n things, in founding order. */
static void
put_all(const struct world *w, struct jcs_printer *p, const char *name,
	void (*print)(
		const struct world *w, uint32_t number, struct jcs_printer *p),
	uint32_t n)
{
	begin_list(p, name);
	for (uint32_t i = 0; i < n; i++)
		print(w, i, p);
	jcs_end_array(p);
}

static void
put_sections(
	struct jcs_printer *p, const char *name, const struct world_sections *s)
{
	begin_list(p, name);
	for (uint32_t i = 0; i < s->n; i++)
		jcs_id(p, s->at[i].id);
	jcs_end_array(p);
}

static void
put_founders(const struct world *w, struct jcs_printer *p)
{
	jcs_key(p, "founders");
	jcs_begin_object(p);
	jcs_key(p, "in_power");
	jcs_bool(p, w->in_power);
	begin_list(p, "keys");
	for (uint32_t i = 0; i < w->n_founders; i++)
		jcs_did(p, w->founders[i]);
	jcs_end_array(p);
	jcs_end_object(p);
}

static void
put_grants(const struct world *w, struct jcs_printer *p)
{
	begin_list(p, "grants");
	for (uint32_t i = 0; i < w->delegation.n; i++)
		if (!delegation_get(&w->delegation, i)->ended)
			describe_grant(w, i, p);
	jcs_end_array(p);
}

static void
put_head(const struct world *w, const struct tree_head *head,
	struct jcs_printer *p)
{
	jcs_key(p, "head");
	jcs_begin_object(p);
	jcs_key(p, "root");
	jcs_base64(p, bytes_of(head->root, 32));
	jcs_key(p, "size");
	jcs_int(p, (int64_t)head->size);
	jcs_key(p, "time");
	jcs_int(p, (int64_t)w->time_s);
	jcs_end_object(p);
}

static void
put_pending(const struct world *w, struct jcs_printer *p)
{
	begin_list(p, "pending");
	for (uint32_t i = 0; i < w->n_pending; i++)
		if (w->pending[i].until_s >= w->time_s)
			describe_pending(w, i, p);
	jcs_end_array(p);
}

static void
put_measures(const struct world *w, struct jcs_printer *p)
{
	begin_list(p, "measures");
	for (uint32_t i = 0; i < w->n_measures; i++)
		if (measure_stands(&w->measures[i], w->time_s))
			docket_measure(w, i, p);
	jcs_end_array(p);
}

static void
put_questions(const struct world *w, struct jcs_printer *p)
{
	begin_list(p, "questions");
	for (uint32_t i = 0; i < w->n_questions; i++)
		if (w->questions[i] != NULL)
			describe_question(w, i, true, p);
	jcs_end_array(p);
}

static void
put_proposal(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	describe_proposal(w, number, true, p);
}

void
statement_print(
	const struct world *w, const struct tree_head *head, struct writer *out)
{
	struct jcs_printer printer = jcs_printer_of(out), *p = &printer;

	jcs_begin_object(p);
	put_all(w, p, "agreements", describe_agreement, w->n_agreements);
	put_all(w, p, "cases", docket_case, w->n_cases);
	put_sections(p, "chapters", &w->chapters);
	jcs_key(p, "charter");
	jcs_raw(p, writer_view(&w->charter_bytes));
	put_clocks(w, p);
	put_founders(w, p);
	put_all(w, p, "gateways", describe_gateway, w->n_gateways);
	put_grants(w, p);
	put_head(w, head, p);
	put_limits(w, p);
	jcs_key(p, "log");
	jcs_string(p, bytes_of_string(w->log));
	put_all(w, p, "mandates", describe_mandate, w->n_mandates);
	put_measures(w, p);
	put_all(w, p, "members", describe_member, w->roster.n);
	jcs_key(p, "offices");
	describe_offices(w, p);
	put_pending(w, p);
	put_all(w, p, "proposals", put_proposal, w->n_proposals);
	put_questions(w, p);
	put_all(w, p, "recoveries", docket_recovery, w->n_recoveries);
	jcs_key(p, "rehearsal");
	jcs_bool(p, w->rehearsal);
	put_all(w, p, "spending", describe_line, w->n_lines);
	put_erased(w, p);
	put_sections(p, "topics", &w->topics);
	jcs_end_object(p);
}

void
statement_digest(const struct world *w, const struct tree_head *head,
	uint8_t out[static 32])
{
	struct writer doc = {0};

	statement_print(w, head, &doc);
	crypt_hash(writer_view(&doc), out);
	writer_clear(&doc);
}
