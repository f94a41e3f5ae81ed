#include "ballots/record/query.h"

#include "ballots/base/reader.h"
#include "ballots/record/fields.h"
#include "ballots/record/jcs.h"

#define LONGEST_PATH 8

/* A text that is not empty. */
static struct bytes
text(struct fields *f, const char *name)
{
	struct bytes t = fields_string(f, name, LIMIT_NONCE);

	if (t.len == 0)
		fields_refuse(f);
	return t;
}

/* Walk a member, and keep it as it stands. */
static struct bytes
keep(struct fields *f, const char *name, void (*walk)(struct fields *inside))
{
	struct fields inside = *f;

	walk(&inside);
	if (inside.bad)
		fields_refuse(f);
	return fields_value(f, name);
}

static void
walk_types(struct fields *f)
{
	fields_list(f, "type_values", 1, LIMIT_ASKED_CLAIMS);
	while (fields_more(f)) {
		fields_list(f, NULL, 1, LIMIT_CONTEXTS);
		while (fields_more(f))
			text(f, NULL);
		fields_end(f);
	}
	fields_end(f);
}

/* Names, numbers and null. */
static void
walk_path(struct fields *f)
{
	fields_list(f, "path", 1, LONGEST_PATH);
	while (fields_more(f)) {
		struct bytes step = fields_value(f, NULL);
		uint64_t number;

		if (!bytes_start_with(step, BYTES("\"")) &&
			!bytes_equal(step, BYTES("null")) &&
			!reader_decimal(step, UINT32_MAX, &number))
			fields_refuse(f);
	}
	fields_end(f);
}

/* Texts, numbers and truth values. */
static void
walk_values(struct fields *f)
{
	fields_list(f, "values", 1, LIMIT_ASKED_CLAIMS);
	while (fields_more(f)) {
		struct bytes value = fields_value(f, NULL);

		if (bytes_start_with(value, BYTES("{")) ||
			bytes_start_with(value, BYTES("[")) ||
			bytes_equal(value, BYTES("null")))
			fields_refuse(f);
	}
	fields_end(f);
}

static void
walk_claims(struct fields *f)
{
	fields_list(f, "claims", 1, LIMIT_ASKED_CLAIMS);
	while (fields_more(f)) {
		fields_object(f, NULL);
		if (fields_has(f, "id"))
			text(f, "id");
		walk_path(f);
		if (fields_has(f, "values"))
			walk_values(f);
		fields_end(f);
	}
	fields_end(f);
}

static void
read_wanted(struct fields *f, struct query *q)
{
	fields_object(f, NULL);
	if (fields_has(f, "claims"))
		q->claims = keep(f, "claims", walk_claims);
	if (!bytes_equal(fields_word(f, "format"), BYTES("ldp_vc")))
		fields_refuse(f);
	q->id = fields_word(f, "id");
	fields_object(f, "meta");
	q->types = keep(f, "type_values", walk_types);
	fields_end(f);
	fields_end(f);
}

enum verdict
query_read(struct bytes doc, struct query *out)
{
	struct query q = {0};
	struct fields f;
	enum verdict v;

	if (doc.len > LIMIT_ASK_BYTES)
		return VERDICT_TOO_LARGE;
	v = jcs_check(doc);
	if (v != VERDICT_OK)
		return v;
	f = fields_of(doc);
	q.client_id = text(&f, "client_id");
	fields_object(&f, "dcql_query");
	fields_list(&f, "credentials", 1, 1);
	read_wanted(&f, &q);
	fields_end(&f);
	fields_end(&f);
	q.nonce = text(&f, "nonce");
	if (!fields_done(&f))
		return VERDICT_MALFORMED;
	*out = q;
	return VERDICT_OK;
}

/* Types *********************************************************************/

/* A name with the vocabulary that its context gives it taken away. */
static struct bytes
bare(struct bytes type)
{
	if (!bytes_skip(&type, BYTES("https://www.w3.org/2018/credentials#")))
		bytes_skip(&type, BYTES("https://www.w3.org/ns/credentials/"
					"undefined-term#"));
	return type;
}

static bool
has_type(struct bytes types, struct bytes wanted)
{
	struct fields f = fields_of_list(types, 0, UINT32_MAX);

	while (fields_more(&f))
		if (bytes_equal(
			    fields_string(&f, NULL, types.len), bare(wanted)))
			return true;
	return false;
}

bool
query_wants_type(const struct query *q, struct bytes credential)
{
	struct bytes types = fields_find(credential, "type");
	struct fields f = fields_of_list(q->types, 1, LIMIT_ASKED_CLAIMS);

	while (fields_more(&f)) {
		bool all = true;

		fields_list(&f, NULL, 1, LIMIT_CONTEXTS);
		while (fields_more(&f))
			all &= has_type(types, text(&f, NULL));
		fields_end(&f);
		if (all)
			return true;
	}
	return false;
}

/* Claims ********************************************************************/

static bool
is_value(struct bytes values, struct bytes value)
{
	struct fields f = fields_of_list(values, 1, LIMIT_ASKED_CLAIMS);

	if (values.len == 0)
		return true;
	while (fields_more(&f))
		if (bytes_equal(fields_value(&f, NULL), value))
			return true;
	return false;
}

/* The value of the member that is called as a step says, in its quotes. */
static struct bytes
member(struct bytes object, struct bytes step)
{
	struct fields f = fields_of(object);

	while (fields_more(&f)) {
		struct bytes name = fields_next(&f);
		struct bytes value = fields_value(&f, NULL);

		if (bytes_equal(name, bytes_slice(step, 1, step.len - 2)))
			return value;
	}
	return BYTES("");
}

/*
 * True when the rest of a path leads from value to one of values.  Runs as
 * deep as the path is long, which was limited.
 */
static bool
reaches(struct bytes value, struct fields path, struct bytes values)
{
	struct fields f = fields_of_list(value, 0, UINT32_MAX);
	struct bytes step;
	uint64_t number;

	if (value.len == 0)
		return false;
	if (!fields_more(&path))
		return is_value(values, value);
	step = fields_value(&path, NULL);
	if (step.data[0] == '"')
		return value.data[0] == '{' &&
		       reaches(member(value, step), path, values);
	/* In a list: the element of that number, or any. */
	for (uint64_t i = 0; fields_more(&f); i++) {
		struct bytes element = fields_value(&f, NULL);

		if ((!reader_decimal(step, UINT32_MAX, &number) ||
			    number == i) &&
			reaches(element, path, values))
			return true;
	}
	return false;
}

bool
query_has_claims(const struct query *q, struct bytes credential)
{
	struct fields f = fields_of_list(q->claims, 1, LIMIT_ASKED_CLAIMS);
	bool all = true;

	while (q->claims.len > 0 && fields_more(&f)) {
		struct bytes claim = fields_value(&f, NULL);

		all &= reaches(credential,
			fields_of_list(
				fields_find(claim, "path"), 1, LONGEST_PATH),
			fields_find(claim, "values"));
	}
	return all;
}
