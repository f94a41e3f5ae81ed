#include "ballots/record/scope.h"

#include "ballots/record/fields.h"

bool
scope_party(const struct act *terms, size_t i, struct scope_item *out)
{
	struct fields f =
		fields_of_list(act_span(terms, ACT_HAS_COUNTERPARTIES), 1,
			LIMIT_COUNTERPARTIES);

	for (size_t at = 0; fields_more(&f); at++) {
		*out = (struct scope_item){.i = at};
		fields_object(&f, NULL);
		out->has_key = fields_has(&f, "key");
		if (out->has_key)
			fields_did(&f, "key", out->key);
		out->texts = fields_value(&f, "texts");
		fields_end(&f);
		if (!f.bad && at == i)
			return true;
	}
	return false;
}

bool
scope_ceiling(const struct act *terms, size_t i, struct scope_item *out)
{
	struct fields f = fields_of_list(
		act_span(terms, ACT_HAS_CEILINGS), 0, LIMIT_CEILINGS);

	for (size_t at = 0; fields_more(&f); at++) {
		*out = (struct scope_item){.ceiling = true, .i = at};
		fields_object(&f, NULL);
		out->limit = fields_int(&f, "limit", 0, LIMIT_JSON_INT);
		out->texts = fields_value(&f, "texts");
		fields_end(&f);
		if (!f.bad && at == i)
			return true;
	}
	return false;
}

bool
scope_at(const struct act *terms, size_t place, struct scope_item *out)
{
	size_t n = 0;

	while (n <= place && scope_party(terms, n, out))
		n++;
	return n > place || scope_ceiling(terms, place - n, out);
}
