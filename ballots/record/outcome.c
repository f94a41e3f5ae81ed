#include "ballots/record/outcome.h"

#include <string.h>

#include "ballots/record/fields.h"

/* Questions *****************************************************************/

static void
read_asked(struct fields *f, struct outcome_question *out)
{
	fields_list(f, "options", 1, LIMIT_OPTIONS - 1);
	while (fields_more(f)) {
		fields_list(f, NULL, 2, 2);
		fields_id(f, NULL, out->options[++out->n_options]);
		out->place[out->n_options] =
			(uint32_t)fields_int(f, NULL, 0, LIMIT_OPTIONS);
		fields_end(f);
	}
	fields_end(f);
}

static void
question_id(struct bytes doc, uint8_t id[static CRYPT_HASH])
{
	const struct bytes parts[] = {BYTES("union-question/v1\n"), doc};

	crypt_hash_parts(parts, 2, id);
}

enum verdict
outcome_read_question(struct bytes doc, struct outcome_question *out)
{
	struct outcome_question q = {.n_options = 0};
	struct fields f = fields_of(doc);
	uint8_t about[CRYPT_HASH];

	fields_id(&f, "about", about);
	if (fields_has(&f, "budget"))
		fields_int(&f, "budget", 1, LIMIT_JSON_INT);
	q.kind = fields_word(&f, "kind");
	q.log = fields_word(&f, "log");
	fields_word(&f, "method");
	q.opens_s = (uint64_t)fields_int(&f, "opens", 0, LIMIT_JSON_INT);
	read_asked(&f, &q);
	if (fields_has(&f, "scale"))
		fields_value(&f, "scale");
	fields_int(&f, "seats", 1, LIMIT_OPTIONS);
	if (!fields_done(&f))
		return VERDICT_MALFORMED;
	question_id(doc, q.id);
	*out = q;
	return VERDICT_OK;
}

uint32_t
outcome_option_of(
	const struct outcome_question *q, const uint8_t act[static CRYPT_HASH])
{
	for (uint32_t i = 1; i <= q->n_options; i++)
		if (q->place[i] == 0 &&
			memcmp(q->options[i], act, CRYPT_HASH) == 0)
			return i;
	return 0;
}

/* Results *******************************************************************/

static uint64_t
read_weight(struct fields *f, const char *name)
{
	return (uint64_t)fields_int(f, name, 0, LIMIT_MEMBERS);
}

static void
read_figures(struct fields *f, struct outcome *out)
{
	fields_list(f, "options", 1, LIMIT_OPTIONS - 1);
	while (fields_more(f)) {
		struct outcome_option *o = &out->options[++out->n_options];

		fields_object(f, NULL);
		o->against = read_weight(f, "against");
		o->in_favour = read_weight(f, "for");
		o->majority = fields_bool(f, "majority");
		o->quorum = fields_bool(f, "quorum");
		fields_end(f);
		if (o->in_favour + o->against > out->counted)
			fields_refuse(f);
	}
	fields_end(f);
}

static struct ratio
read_ratio(struct fields *f, const char *name)
{
	struct ratio r;

	fields_list(f, name, 2, 2);
	r.num = (uint32_t)fields_int(f, NULL, 0, LIMIT_RATIO_TERM);
	r.den = (uint32_t)fields_int(f, NULL, 1, LIMIT_RATIO_TERM);
	fields_end(f);
	return r;
}

static void
read_rule(struct fields *f, struct outcome *out)
{
	fields_object(f, "rule");
	fields_base64(f, "charter", out->charter, CRYPT_HASH);
	out->class = fields_string(f, "class", FIELDS_WORD);
	out->majority = read_ratio(f, "majority");
	fields_map(f, "quorum", 0, 1);
	out->any_quorum = !fields_more(f);
	if (fields_has(f, "share")) {
		out->quorum.by_share = true;
		out->quorum.share = read_ratio(f, "share");
	} else if (!out->any_quorum) {
		out->quorum.root = read_ratio(f, "root");
	}
	fields_end(f);
	fields_end(f);
}

static void
read_winners(struct fields *f, struct outcome *out)
{
	fields_list(f, "winners", 0, LIMIT_OPTIONS);
	while (fields_more(f))
		out->options[fields_int(f, NULL, 0, out->n_options)].won = true;
	fields_end(f);
}

enum verdict
outcome_read(struct bytes object, struct outcome *out)
{
	struct outcome o = {.n_options = 0};
	struct fields f = fields_of(object);
	uint8_t hash[CRYPT_HASH];

	o.ballots = read_weight(&f, "ballots");
	fields_base64(&f, "box", hash, CRYPT_HASH);
	o.counted = read_weight(&f, "counted");
	if (fields_has(&f, "lot"))
		fields_value(&f, "lot");
	read_figures(&f, &o);
	o.outcome = fields_word(&f, "outcome");
	fields_value(&f, "ranking");
	fields_object(&f, "roll");
	fields_base64(&f, "root", hash, CRYPT_HASH);
	o.roll = read_weight(&f, "size");
	fields_end(&f);
	read_rule(&f, &o);
	fields_value(&f, "ties");
	read_weight(&f, "unused");
	read_winners(&f, &o);
	if (!fields_done(&f) || o.counted > o.roll || o.ballots > o.roll)
		return VERDICT_MALFORMED;
	*out = o;
	return VERDICT_OK;
}

enum verdict
outcome_judge(const struct outcome *o, uint32_t i)
{
	const struct outcome_option *option = &o->options[i];
	bool quorum = o->any_quorum ||
		      need_quorum(&o->quorum, option->in_favour, o->roll);
	bool majority =
		need_majority(o->majority, option->in_favour, option->against);

	if (quorum != option->quorum || majority != option->majority)
		return VERDICT_RESULT_WRONG;
	return quorum && majority && option->won ? VERDICT_OK : VERDICT_TOO_FEW;
}
