#include "cli/envoy.h"

#include <jansson.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/record/fields.h"
#include "ballots/record/frames.h"
#include "cli/checklist.h"
#include "cli/exchange.h"
#include "cli/plain.h"
#include "cli/practice.h"
#include "cli/standing.h"
#include "cli/when.h"

/* Saying it ****************************************************************/

/* Where it is told: as a line, and as a member of an object. */
struct telling {
	struct output *out;
	json_t *about;
};

/* Text by others is made safe on its way out. */
static void
tell(struct telling *t, const char *label, const char *name, struct bytes text)
{
	struct writer safe = {0};

	plain_put_safe(&safe, text);
	output_line(t->out, "  %-12s %s", label, writer_string(&safe));
	json_object_set_new(t->about, name, json_string(writer_string(&safe)));
	writer_clear(&safe);
}

static void
tell_id(struct telling *t, const char *label, const char *name,
	const uint8_t id[static CRYPT_HASH])
{
	struct writer hex = {0};

	coding_put_hex(&hex, bytes_of(id, CRYPT_HASH));
	tell(t, label, name, writer_view(&hex));
	writer_clear(&hex);
}

static void
tell_time(struct telling *t, const char *label, const char *name, uint64_t at_s)
{
	struct writer when = {0};

	when_put(&when, at_s);
	output_line(t->out, "  %-12s %s", label, writer_string(&when));
	json_object_set_new(t->about, name, json_integer((json_int_t)at_s));
	writer_clear(&when);
}

/* "consult, negotiate" of a list of strings. */
static void
tell_list(struct telling *t, const char *label, const char *name,
	struct bytes list)
{
	struct fields f = fields_of_list(list, 0, LIMIT_COUNTERPARTIES);
	json_t *all = json_array();
	struct writer line = {0};

	while (fields_more(&f)) {
		struct bytes one = fields_string(&f, NULL, LIMIT_CLAIM_BYTES);

		writer_put_string(&line, line.len > 0 ? ", " : "");
		writer_put(&line, one);
		json_array_append_new(
			all, json_stringn((const char *)one.data, one.len));
	}
	output_line(t->out, "  %-12s %s", label, writer_string(&line));
	json_object_set_new(t->about, name, all);
	writer_clear(&line);
}

/* Whom it is for, and what bounds it *****************************************/

/* A name for programs; null where there is none. */
static json_t *
named(const struct capsule_text *name)
{
	return name == NULL ? json_null()
			    : json_stringn((const char *)name->text.data,
				      name->text.len);
}

/* "The city", "The city (did:key:z6Mk...)", or the claim alone. */
static void
put_party(const struct capsule_text *name, struct bytes claim,
	struct writer *line)
{
	if (name == NULL) {
		plain_put_safe(line, claim);
		return;
	}
	plain_put_safe(line, name->text);
	if (!bytes_start_with(claim, BYTES("did:")))
		return;
	writer_put_string(line, " (");
	plain_put_safe(line, claim);
	writer_put_string(line, ")");
}

static void
tell_parties(struct telling *t, const struct capsule_parts *p)
{
	struct fields f = fields_of_list(
		p->credential.claim[CREDENTIAL_HAS_COUNTERPARTIES].span, 1,
		LIMIT_COUNTERPARTIES);
	json_t *claims = json_array(), *names = json_array();
	struct scope_item party;

	for (size_t i = 0; fields_more(&f); i++) {
		struct bytes claim = fields_string(&f, NULL, LIMIT_CLAIM_BYTES);
		const struct capsule_text *name =
			scope_party(&p->act, i, &party)
				? capsule_parts_name(p, i)
				: NULL;
		struct writer line = {0};

		put_party(name, claim, &line);
		output_line(t->out, "  %-12s %zu: %s", "With:", i + 1,
			writer_string(&line));
		json_array_append_new(claims,
			json_stringn((const char *)claim.data, claim.len));
		json_array_append_new(names, named(name));
		writer_clear(&line);
	}
	json_object_set_new(t->about, "counterparties", claims);
	json_object_set_new(t->about, "names", names);
}

/* "90, Days until papers are issued", or the number alone. */
static void
tell_ceilings(struct telling *t, const struct capsule_parts *p)
{
	json_t *all = json_array();
	struct scope_item item;

	for (size_t i = 0; scope_at(&p->act, i, &item); i++) {
		const struct capsule_text *name = capsule_parts_name(p, i);
		struct writer line = {0};

		if (!item.ceiling)
			continue;
		writer_put_signed(&line, item.limit);
		if (name != NULL) {
			writer_put_string(&line, ", ");
			plain_put_safe(&line, name->text);
		}
		output_line(
			t->out, "  %-12s %s", "Ceiling:", writer_string(&line));
		json_array_append_new(all,
			json_pack("{sIso}", "limit", (json_int_t)item.limit,
				"name", named(name)));
		writer_clear(&line);
	}
	json_object_set_new(t->about, "ceilings", all);
}

/* What it says ***************************************************************/

static void
tell_delegate(struct telling *t, const struct capsule_parts *p)
{
	struct writer did = {0};

	coding_put_did(&did, capsule_parts_holder(p));
	tell_id(t, "Delegate:", "delegate", capsule_parts_member(p));
	tell(t, "Key:", "key", writer_view(&did));
	writer_clear(&did);
}

static void
tell_powers(struct telling *t, const struct capsule_parts *p)
{
	const struct credential *c = &p->credential;
	int64_t needed = c->claim[CREDENTIAL_HAS_NEEDED].number;

	tell_parties(t, p);
	tell_list(t, "May:", "powers", c->claim[CREDENTIAL_HAS_POWERS].span);
	tell_ceilings(t, p);
	output_line(t->out, "  %-12s %lld delegate%s together",
		"Signing:", (long long)needed, needed == 1 ? "" : "s");
	json_object_set_new(t->about, "needed", json_integer(needed));
	tell_time(t, "From:", "valid_from", c->valid_from_s);
	tell_time(t, "Until:", "valid_until", c->valid_until_s);
}

static void
tell_state(struct telling *t, const struct status *s)
{
	struct writer line = {0};

	writer_put(&line, s->state);
	writer_put_string(&line, ": ");
	writer_put_string(&line, standing_mandate(s->state));
	output_line(t->out, "  %-12s %s", "State:", writer_string(&line));
	json_object_set_new(t->about, "state",
		json_stringn((const char *)s->state.data, s->state.len));
	tell_time(t, "As of:", "as_of", s->at_s);
	writer_clear(&line);
}

static void
tell_vote(struct telling *t, const struct capsule_parts *p)
{
	const struct outcome_option *o = &p->outcome.options[p->option];
	struct writer charter = {0};

	coding_put_base64(&charter, bytes_of(p->outcome.charter, CRYPT_HASH));
	output_line(t->out,
		"  %-12s %llu for, %llu against; %llu of %llu members cast a "
		"ballot",
		"Vote:", (unsigned long long)o->in_favour,
		(unsigned long long)o->against,
		(unsigned long long)p->outcome.ballots,
		(unsigned long long)p->outcome.roll);
	json_object_set_new(t->about, "vote",
		json_pack("{sIsIsIsI}", "against", (json_int_t)o->against,
			"ballots", (json_int_t)p->outcome.ballots, "for",
			(json_int_t)o->in_favour, "roll",
			(json_int_t)p->outcome.roll));
	tell(t, "Charter:", "charter", writer_view(&charter));
	writer_clear(&charter);
}

static void
tell_text(struct telling *t, const struct capsule_text *text)
{
	if (text->text.len == 0)
		return;
	output_line(t->out, "  Its text (%.*s):", (int)text->lang.len,
		(const char *)text->lang.data);
	output_text(t->out, text->text);
	json_object_set_new(t->about, "text",
		json_stringn((const char *)text->text.data, text->text.len));
}

static json_t *
tell_parts(struct output *out, const struct capsule_parts *p)
{
	struct telling t = {out, json_object()};

	tell(&t, "Union:", "union", p->checkpoint.origin);
	tell_id(&t, "Mandate:", "mandate", p->act.id);
	tell_delegate(&t, p);
	tell_powers(&t, p);
	tell_state(&t, &p->status);
	if (p->option > 0)
		tell_vote(&t, p);
	return t.about;
}

/* Checking ******************************************************************/

bool
envoy_is(struct bytes file, struct bytes canonical)
{
	return bytes_start_with(file, BYTES(FRAMES_MARK)) ||
	       bytes_equal(fields_find(canonical, "type"),
		       BYTES("\"" CAPSULE_TYPE "\""));
}

/* The capsule itself, out of frames or in its canonical form. */
static enum verdict
unpack(struct bytes file, struct writer *doc)
{
	if (bytes_start_with(file, BYTES(FRAMES_MARK)))
		return frames_join(file, doc);
	exchange_put(file, doc);
	return VERDICT_OK;
}

static json_t *
row(struct output *out, const struct capsule_check *c,
	enum checks_answer answer)
{
	const char *name = checks_answer_name(answer);
	json_t *about, *checks, *told;
	bool rehearsal;

	output_line(out, "  %s", name);
	rehearsal = c->read && practice_tell(out, c->parts.checkpoint.origin);
	if (c->read && answer == CHECKS_NOT_PROVEN)
		output_line(out, "  This is what it says of itself:");
	about = c->read ? tell_parts(out, &c->parts) : json_object();
	checks = checklist_tell(out, capsule_check_table(), &c->checks);
	if (rehearsal)
		practice_tell_clock(out, capsule_check_table(), &c->checks);
	if (c->read) {
		struct telling t = {out, about};

		tell_text(&t, &c->parts.capsule.text);
	}
	told = json_pack("{sssssbsoso}", "form", "capsule", "answer", name,
		"holds", answer == CHECKS_VALID, "about", about, "checks",
		checks);
	if (c->read)
		json_object_set_new(told, "rehearsal", json_boolean(rehearsal));
	return told;
}

json_t *
envoy_check(struct output *out, const struct capsule_check_with *with,
	struct bytes file, enum checks_answer *answer)
{
	struct capsule_check *c = mem_new(sizeof(*c));
	struct writer doc = {0};
	enum verdict v = unpack(file, &doc);
	json_t *told;

	if (v == VERDICT_OK)
		capsule_check_run(writer_view(&doc), with, c);
	else
		checks_note(&c->checks, CAPSULE_FORM, v);
	*answer = capsule_check_answer(c);
	told = row(out, c, *answer);
	capsule_check_clear(c);
	mem_free(c);
	writer_clear(&doc);
	return told;
}
