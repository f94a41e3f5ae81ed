#include "cli/proof.h"

#include <jansson.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/base/reader.h"
#include "ballots/record/act.h"
#include "ballots/record/receipt.h"
#include "ballots/record/stamp.h"
#include "ballots/record/status.h"
#include "cli/plain.h"
#include "cli/when.h"

#define REFUSAL BYTES("union-refusal/v1\n")

/* Saying it ****************************************************************/

/* One check: yes, or no and why. */
static void
check(struct proof *p, bool yes, const char *what, const char *why)
{
	json_t *row = json_pack("{sssb}", "check", what, "holds", yes);

	output_line(p->out, "  %s  %s%s%s", yes ? "yes" : "NO ", what,
		yes || why[0] == '\0' ? "" : "  ", yes ? "" : why);
	if (!yes)
		json_object_set_new(row, "why", json_string(why));
	json_array_append_new(p->checks, row);
	p->holds &= yes;
}

static bool
judge(struct proof *p, enum verdict v, const char *what)
{
	check(p, v == VERDICT_OK, what, verdict_sentence(v));
	return v == VERDICT_OK;
}

/* What the file says of itself, for people and for programs. */
static void
fact(struct proof *p, const char *name, struct bytes value)
{
	struct writer safe = {0};

	plain_put_safe(&safe, value);
	output_line(p->out, "       %s: %s", name, writer_string(&safe));
	json_object_set_new(p->facts, name, json_string(writer_string(&safe)));
	writer_clear(&safe);
}

static void
fact_number(struct proof *p, const char *name, uint64_t value)
{
	output_line(p->out, "       %s: %llu", name, (unsigned long long)value);
	json_object_set_new(p->facts, name, json_integer((json_int_t)value));
}

static void
fact_time(struct proof *p, const char *name, uint64_t at_s)
{
	struct writer when = {0};

	when_put(&when, at_s);
	output_line(p->out, "       %s: %s", name, writer_string(&when));
	json_object_set_new(p->facts, name, json_integer((json_int_t)at_s));
	writer_clear(&when);
}

/* Checkpoints **************************************************************/

/* A checkpoint that was signed: does it go with the one kept here? */
static void
check_against_kept(struct proof *p, const struct proof_trust *trust,
	const struct checkpoint *shown)
{
	struct note note;
	struct checkpoint kept;

	if (note_parse(trust->kept, &note) != VERDICT_OK ||
		checkpoint_parse(note.text, &kept) != VERDICT_OK)
		return;
	switch (checkpoint_compare(&kept, shown)) {
	case CHECKPOINT_OTHER:
		return;
	case CHECKPOINT_FORK:
		check(p, false, "It goes with the checkpoint kept here.",
			"Two histories of one length were signed: keep both, "
			"and show them to the auditors.");
		return;
	case CHECKPOINT_SAME:
		check(p, true, "It is the checkpoint kept here.", "");
		return;
	default:
		/* Only a proof could show more. */
		return;
	}
}

/* The three questions about a checkpoint's signatures, as one verdict each. */
static bool
check_checkpoint(struct proof *p, const struct proof_trust *trust,
	struct bytes text, struct checkpoint *out)
{
	struct note *note = mem_new(sizeof(*note));
	enum verdict v = policy_open(trust->policy, text, note, out);
	bool form = note_parse(text, note) == VERDICT_OK &&
		    checkpoint_parse(note->text, out) == VERDICT_OK;

	check(p, form, "It holds a checkpoint.",
		verdict_sentence(VERDICT_MALFORMED));
	if (form) {
		fact(p, "ledger", out->origin);
		fact_number(p, "size", out->head.size);
		judge(p, v == VERDICT_TOO_FEW ? VERDICT_OK : v,
			"A ledger key that is trusted here signed the "
			"checkpoint.");
	}
	if (form && trust->policy->quorum != POLICY_NONE &&
		(v == VERDICT_OK || v == VERDICT_TOO_FEW))
		judge(p, v, "Enough witnesses signed it too.");
	if (v == VERDICT_OK)
		check_against_kept(p, trust, out);
	mem_free(note);
	return form;
}

/* Receipts *****************************************************************/

/* Whose key stands in the act itself signed it, or nobody can tell here. */
static void
check_author(struct proof *p, const struct stamp *stamp, const struct act *act)
{
	struct writer by = {0};

	if (act->author == FORM_BY_KEY) {
		judge(p,
			stamp_verify(stamp->act, act_by(act), stamp->sig)
				? VERDICT_OK
				: VERDICT_BAD_SIGNATURE,
			"Its author signed it.");
		coding_put_did(&by, act_by(act));
	} else if (act->author == FORM_BY_MEMBER) {
		coding_put_hex(&by, bytes_of(act_by(act), CRYPT_HASH));
	} else {
		writer_put_string(&by, "ledger");
	}
	fact(p, "by", writer_view(&by));
	writer_clear(&by);
}

/* What is recorded belongs to the ledger that the checkpoint is of. */
static void
check_ledger(struct proof *p, const struct act *act, struct bytes origin)
{
	bool same = act->kind == ACT_UNION_FOUND ||
		    bytes_equal(act_span(act, ACT_HAS_LOG), origin);

	check(p, same, "The act was signed for this ledger.",
		verdict_sentence(VERDICT_WRONG_LEDGER));
}

static void
check_record(struct proof *p, struct bytes entry, struct bytes origin)
{
	struct writer id = {0};
	struct stamp stamp;
	struct act act;
	enum verdict v = stamp_decode(entry, &stamp);

	if (v == VERDICT_OK)
		v = act_decode(stamp.act, &act);
	if (!judge(p, v, "The record holds an act."))
		return;
	coding_put_hex(&id, bytes_of(act.id, CRYPT_HASH));
	fact(p, "kind", bytes_of_string(act_kind_name(act.kind)));
	fact(p, "act", writer_view(&id));
	fact_time(p, "recorded", stamp.time_s);
	writer_clear(&id);
	check_author(p, &stamp, &act);
	check_ledger(p, &act, origin);
}

static void
check_inclusion(struct proof *p, const struct receipt *r,
	const struct checkpoint *c, struct bytes entry)
{
	uint8_t leaf[CRYPT_HASH];

	tree_leaf_hash(entry, leaf);
	judge(p,
		tree_check_inclusion(&c->head, r->index, leaf, &r->proof)
			? VERDICT_OK
			: VERDICT_BAD_PROOF,
		"The checkpoint covers the record.");
	check_record(p, entry, c->origin);
}

/* The record: given, or what stands in the extra line. */
static void
check_receipt(struct proof *p, const struct proof_trust *trust,
	struct bytes file, struct bytes given)
{
	uint8_t *extra = mem_new(LIMIT_RECORD_BYTES);
	struct receipt r;
	struct checkpoint c;
	size_t len = 0;

	if (!judge(p, receipt_parse(file, &r), "It is a receipt."))
		goto done;
	fact_number(p, "record", r.index);
	if (given.len == 0 && coding_read_base64_upto(
				      r.extra, extra, LIMIT_RECORD_BYTES, &len))
		given = bytes_of(extra, len);
	check(p, given.len > 0, "The record that it is for is here.",
		"Give the record with --record FILE.");
	if (check_checkpoint(p, trust, r.checkpoint, &c) && given.len > 0)
		check_inclusion(p, &r, &c, given);
done:
	mem_free(extra);
}

/* Refusals *****************************************************************/

struct refusal {
	struct bytes origin, act, verdict;
	uint64_t size, at_s;
};

/* <origin>, <act id>, <verdict>, <size>, <unix seconds>, a line each. */
static bool
read_refusal(struct bytes rest, struct refusal *out)
{
	struct bytes size, at;
	uint8_t id[CRYPT_HASH];

	if (!bytes_skip(&rest, REFUSAL))
		return false;
	out->origin = bytes_cut(&rest, '\n');
	out->act = bytes_cut(&rest, '\n');
	out->verdict = bytes_cut(&rest, '\n');
	size = bytes_cut(&rest, '\n');
	at = bytes_cut(&rest, '\n');
	return rest.len == 0 && coding_read_hex(out->act, id, CRYPT_HASH) &&
	       verdict_by_name(out->verdict) != VERDICT_OK &&
	       reader_decimal(size, INT64_MAX, &out->size) &&
	       reader_decimal(at, LIMIT_JSON_INT, &out->at_s);
}

static void
give_refusal(struct proof *p, const struct refusal *r)
{
	fact(p, "ledger", r->origin);
	fact(p, "act", r->act);
	fact(p, "verdict", r->verdict);
	fact_number(p, "size", r->size);
	fact_time(p, "refused", r->at_s);
}

static void
check_refusal(
	struct proof *p, const struct proof_trust *trust, struct bytes file)
{
	const struct policy *policy = trust->policy;
	struct note *note = mem_new(sizeof(*note));
	struct refusal r;
	enum verdict v = note_parse(file, note);

	if (v == VERDICT_OK && !read_refusal(note->text, &r))
		v = VERDICT_MALFORMED;
	if (judge(p, v, "It is a refusal.")) {
		give_refusal(p, &r);
		v = note_open(file, policy->keys, policy->n_keys, note);
		if (v == VERDICT_OK &&
			!policy_log_signed(policy, note, r.origin))
			v = VERDICT_UNKNOWN_SIGNER;
		judge(p, v,
			"A ledger key that is trusted here signed the "
			"refusal.");
	}
	mem_free(note);
}

/* Statements ***************************************************************/

static void
give_statement(struct proof *p, const struct status *s)
{
	struct writer id = {0};

	coding_put_hex(&id, bytes_of(s->mandate, CRYPT_HASH));
	fact(p, "ledger", s->origin);
	fact(p, "mandate", writer_view(&id));
	fact(p, "state", s->state);
	fact_number(p, "size", s->head.size);
	fact_time(p, "stated", s->at_s);
	writer_clear(&id);
}

static void
check_statement(
	struct proof *p, const struct proof_trust *trust, struct bytes file)
{
	struct note *note = mem_new(sizeof(*note));
	struct status s;
	enum verdict v = note_parse(file, note);

	if (v == VERDICT_OK)
		v = status_parse(note->text, &s);
	if (judge(p, v, "It is a statement of how a mandate stands.")) {
		give_statement(p, &s);
		judge(p, status_open(trust->policy, file, &s),
			"A ledger key that is trusted here signed the "
			"statement.");
	}
	mem_free(note);
}

/* What is no note at all is taken for nothing, rather than for a bad one. */
static bool
is_note(struct bytes file)
{
	struct note *note = mem_new(sizeof(*note));
	bool good = note_parse(file, note) == VERDICT_OK;

	mem_free(note);
	return good;
}

json_t *
proof_check(struct output *out, const struct proof_trust *trust,
	struct bytes file, struct bytes record, bool *holds)
{
	struct proof p = {out, json_array(), json_object(), true};
	struct checkpoint c;
	const char *form = "checkpoint";

	if (bytes_start_with(file, BYTES("c2sp.org/tlog-proof@"))) {
		form = "receipt";
		check_receipt(&p, trust, file, record);
	} else if (bytes_start_with(file, REFUSAL)) {
		form = "refusal";
		check_refusal(&p, trust, file);
	} else if (bytes_start_with(file, BYTES(STATUS_HEADER))) {
		form = "statement";
		check_statement(&p, trust, file);
	} else if (is_note(file)) {
		check_checkpoint(&p, trust, file, &c);
	} else {
		form = "unknown";
		check(&p, false, "It is something that can be checked.",
			"Capsules and the lines of their codes, credentials, "
			"answers to a request, statements, receipts, "
			"checkpoints and refusals can be.");
	}
	*holds = p.holds;
	return json_pack("{sssbsoso}", "form", form, "holds", p.holds, "checks",
		p.checks, "about", p.facts);
}
