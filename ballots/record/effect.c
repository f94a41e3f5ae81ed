#include "ballots/record/effect.h"

#include <assert.h>

#include "ballots/base/coding.h"
#include "ballots/base/limits.h"

static const struct form_member table[] = {
#define EFFECT_ROW(code, name, type, min, max) {name, &form_##type, min, max},
	EFFECT_MEMBERS(EFFECT_ROW)
#undef EFFECT_ROW
};

static const char *const names[] = {
#define EFFECT_NAME(code, name) name,
	EFFECT_KINDS(EFFECT_NAME)
#undef EFFECT_NAME
};

#define HAS(code) FORM_BIT(EFFECT_HAS_##code)

/* What each kind must have, besides "do"; nothing is optional. */
static const form_set required[EFFECT_KIND_COUNT] = {
	[EFFECT_ADMIT] = HAS(APPLICATION) | HAS(SIGNATURE),
	[EFFECT_AMEND] = HAS(CHARTER) | HAS(FROM),
	[EFFECT_CHAPTER] = HAS(TEXTS),
	[EFFECT_GATEWAY] = HAS(ACCEPTS) | HAS(KEY) | HAS(TEXTS),
	[EFFECT_RATIFY] = HAS(AGREEMENT),
	[EFFECT_RECALL] = HAS(DELEGATES) | HAS(MANDATE),
	[EFFECT_RENEW] = HAS(MANDATE) | HAS(VALID_UNTIL),
	[EFFECT_REPLACE] = HAS(DELEGATES) | HAS(MANDATE),
	[EFFECT_RESTORE] = HAS(MEMBER),
	[EFFECT_SEAT] = HAS(MEMBER) | HAS(OFFICE),
	[EFFECT_SPEND] = HAS(AMOUNT) | HAS(TEXTS) | HAS(UNIT),
	[EFFECT_STRIKE] = HAS(THE_GATEWAY),
	[EFFECT_SUSPEND] = HAS(FOR_S) | HAS(MEMBER),
	[EFFECT_TOPIC] = HAS(TEXTS),
	[EFFECT_UNSEAT] = HAS(MEMBER) | HAS(OFFICE),
};

const char *
effect_kind_name(enum effect_kind kind)
{
	assert(kind < EFFECT_KIND_COUNT);
	return names[kind];
}

enum effect_kind
effect_kind_by_name(struct bytes name)
{
	int kind = 0;

	while (kind < EFFECT_KIND_COUNT &&
		!bytes_equal(name, bytes_of_string(names[kind])))
		kind++;
	return (enum effect_kind)kind;
}

void
effect_walk(struct fields *f, struct effect *out)
{
	struct fields probe = *f;
	struct bytes name = fields_find(fields_value(&probe, NULL), "do");

	/* A string's value stands in its quotes. */
	out->kind = effect_kind_by_name(
		bytes_slice(name, 1, name.len < 2 ? 0 : name.len - 2));
	if (out->kind == EFFECT_KIND_COUNT) {
		fields_refuse(f);
		return;
	}
	fields_object(f, NULL);
	form_walk(f, table, EFFECT_MEMBER_COUNT, required[out->kind] | HAS(DO),
		0, out->value);
	fields_end(f);
}

/* Options *******************************************************************/

static const struct form_member option_texts = {
	"texts", &form_texts, 0, LIMIT_TEXTS};

static void
each_option(struct fields *f, const struct form_member *m)
{
	struct effect effect;

	fields_list(f, m->name, (uint32_t)m->min, (uint32_t)m->max);
	while (fields_more(f)) {
		fields_object(f, NULL);
		fields_list(f, "effects", 0, LIMIT_EFFECTS);
		while (fields_more(f))
			effect_walk(f, &effect);
		fields_end(f);
		form_walk_texts(f, &option_texts);
		fields_end(f);
	}
	fields_end(f);
}

static void
walk_options(
	struct fields *f, const struct form_member *m, union form_value *out)
{
	form_span(f, m, each_option, out);
}

const struct form_type effect_options = {walk_options, form_print_raw};

bool
effect_option_at(struct bytes options, uint32_t k, struct effect_option *out)
{
	struct fields f = fields_of_list(options, 0, UINT32_MAX);

	for (uint32_t i = 0; fields_more(&f); i++) {
		fields_object(&f, NULL);
		out->effects = fields_value(&f, "effects");
		out->texts = fields_value(&f, "texts");
		fields_end(&f);
		if (i == k)
			return true;
	}
	return false;
}

uint32_t
effect_options_count(struct bytes options)
{
	struct fields f = fields_of_list(options, 0, UINT32_MAX);
	uint32_t n = 0;

	for (; fields_more(&f); n++)
		fields_value(&f, NULL);
	return n;
}
