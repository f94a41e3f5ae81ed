#include "ballots/record/capsule_parts.h"

#include "ballots/base/mem.h"
#include "ballots/record/text.h"

static enum verdict
read_act(struct bytes bytes, enum act_kind kind, struct act *out)
{
	enum verdict v = act_decode(bytes, out);

	return v == VERDICT_OK && out->kind != kind ? VERDICT_MALFORMED : v;
}

/* The texts of the two notes; whose they are is judged later. */
static enum verdict
read_notes(struct capsule_parts *p)
{
	struct note *note = mem_new(sizeof(*note));
	enum verdict v = note_parse(p->capsule.checkpoint, note);

	if (v == VERDICT_OK)
		v = checkpoint_parse(note->text, &p->checkpoint);
	if (v == VERDICT_OK)
		v = note_parse(p->capsule.status, note);
	if (v == VERDICT_OK)
		v = status_parse(note->text, &p->status);
	mem_free(note);
	return v;
}

static enum verdict
read_credential(struct capsule_parts *p)
{
	enum verdict v = credential_read(p->capsule.credential, &p->credential);

	if (v == VERDICT_OK &&
		(p->credential.type != CREDENTIAL_MANDATE ||
			(p->credential.claims &
				FORM_BIT(CREDENTIAL_HAS_MEMBER)) == 0))
		v = VERDICT_MALFORMED;
	if (v == VERDICT_OK && p->capsule.presentation.len > 0)
		v = presentation_open(
			p->capsule.presentation, &p->presentation);
	return v;
}

/* Some places may have no name, and no name is out of their order. */
static void
place_names(struct capsule_parts *p)
{
	const struct capsule *k = &p->capsule;
	struct scope_item item;
	uint8_t n = 0;

	for (size_t place = 0;
		n < k->n_names && scope_at(&p->act, place, &item); place++)
		if (capsule_parts_fits(&k->names[n], item.texts))
			p->name_at[place] = ++n;
	p->named = n == k->n_names;
}

static enum verdict
read_parts(struct capsule_parts *p)
{
	const struct capsule *k = &p->capsule;
	enum verdict v = read_act(k->act, ACT_MANDATE_PROPOSE, &p->act);

	if (v == VERDICT_OK)
		v = read_act(k->publish.act, ACT_MANDATE_PUBLISH, &p->publish);
	if (v == VERDICT_OK)
		v = read_act(k->result.act, ACT_RESULT, &p->result);
	if (v == VERDICT_OK)
		v = read_notes(p);
	if (v == VERDICT_OK)
		v = read_credential(p);
	if (v == VERDICT_OK)
		v = outcome_read_question(k->question, &p->question);
	if (v == VERDICT_OK)
		v = outcome_read(
			act_span(&p->result, ACT_HAS_OUTCOME), &p->outcome);
	if (v == VERDICT_OK)
		p->option = outcome_option_of(&p->question, p->act.id);
	if (v == VERDICT_OK)
		place_names(p);
	return v;
}

enum verdict
capsule_parts_read(struct bytes doc, struct capsule_parts *out)
{
	enum verdict v = capsule_read(doc, &out->capsule);

	if (v != VERDICT_OK)
		return v;
	v = read_parts(out);
	if (v != VERDICT_OK)
		capsule_clear(&out->capsule);
	return v;
}

void
capsule_parts_clear(struct capsule_parts *p)
{
	capsule_clear(&p->capsule);
}

const uint8_t *
capsule_parts_holder(const struct capsule_parts *p)
{
	return p->credential.claim[CREDENTIAL_HAS_ID].hash;
}

const uint8_t *
capsule_parts_member(const struct capsule_parts *p)
{
	return p->credential.claim[CREDENTIAL_HAS_MEMBER].hash;
}

const struct capsule_text *
capsule_parts_name(const struct capsule_parts *p, size_t place)
{
	uint8_t number = place < SCOPE_PLACES ? p->name_at[place] : 0;

	return number > 0 ? &p->capsule.names[number - 1] : NULL;
}

bool
capsule_parts_fits(const struct capsule_text *text, struct bytes texts)
{
	uint8_t hash[CRYPT_HASH];

	text_hash(text->salt, text->text, hash);
	return text_among(texts, hash, text->lang);
}

bool
capsule_parts_stands(
	const struct capsule_parts *p, const struct capsule_record *r)
{
	struct writer record = {0};
	uint8_t leaf[CRYPT_HASH];

	capsule_put_record(r, &record);
	tree_leaf_hash(writer_view(&record), leaf);
	writer_clear(&record);
	return tree_check_inclusion(
		&p->checkpoint.head, r->index, leaf, &r->proof);
}
