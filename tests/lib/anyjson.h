#ifndef TESTS_LIB_ANYJSON_H
#define TESTS_LIB_ANYJSON_H

#include <assert.h>
#include <string.h>

#include "ballots/record/fields.h"
#include "ballots/record/jcs.h"
#include "tests/lib/rng.h"

/*
 * Any canonical document: random values of every type, printed; and any value
 * printed again from what its walk tells.
 */
static inline void
anyjson_letters(struct rng *r, struct writer *out)
{
	static const char *const letters[] = {"a", "Z", "0", " ", "\"", "\\",
		"\n", "\t", "/", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80",
		"\xd8\xb3", "\xef\xbf\xbd"};

	for (uint64_t n = rng_below(r, 12); n > 0; n--)
		writer_put_string(out, letters[rng_below(r, 14)]);
}

static inline void anyjson_value(
	struct rng *r, struct jcs_printer *p, unsigned depth);

static inline void
anyjson_object(struct rng *r, struct jcs_printer *p, unsigned depth)
{
	char name[] = "!?";

	jcs_begin_object(p);
	while (rng_below(r, 4) > 0 && name[0] < 'p') {
		name[0] = (char)(name[0] + 1 + (char)rng_below(r, 8));
		name[1] = "aZ~ "[rng_below(r, 4)];
		if (name[0] == '"' || name[0] == '\\')
			continue;
		jcs_key(p, name);
		anyjson_value(r, p, depth);
	}
	jcs_end_object(p);
}

/* depth says how many levels may still open. */
static inline void
anyjson_value(struct rng *r, struct jcs_printer *p, unsigned depth)
{
	struct writer text = {0};

	switch (rng_below(r, depth == 0 ? 4 : 7)) {
	case 0:
		jcs_null(p);
		break;
	case 1:
		jcs_bool(p, rng_below(r, 2) == 0);
		break;
	case 2:
		jcs_int(p, ((int64_t)rng_next(r) >> rng_below(r, 64)) %
				   (LIMIT_JSON_INT + 1));
		break;
	case 3:
		anyjson_letters(r, &text);
		jcs_string(p, writer_view(&text));
		break;
	case 4:
		jcs_begin_array(p);
		while (rng_below(r, 3) > 0)
			anyjson_value(r, p, depth - 1);
		jcs_end_array(p);
		break;
	default:
		anyjson_object(r, p, depth - 1);
	}
	writer_clear(&text);
}

/* Print a checked value again, as its walk tells it. */
static inline void
anyjson_print_again(struct bytes value, struct jcs_printer *p)
{
	struct writer boxed = {0};
	struct fields f;

	if (value.data[0] != '{' && value.data[0] != '[') {
		jcs_raw(p, value);
		return;
	}
	writer_put(&boxed, BYTES("{\"v\":"));
	writer_put(&boxed, value);
	writer_put(&boxed, BYTES("}"));
	f = fields_of(writer_view(&boxed));
	if (value.data[0] == '{') {
		jcs_begin_object(p);
		fields_object(&f, "v");
		while (fields_more(&f)) {
			jcs_key_bytes(p, fields_next(&f));
			anyjson_print_again(fields_value(&f, NULL), p);
		}
		jcs_end_object(p);
	} else {
		jcs_begin_array(p);
		fields_list(&f, "v", 0, UINT32_MAX);
		while (fields_more(&f))
			anyjson_print_again(fields_value(&f, NULL), p);
		jcs_end_array(p);
	}
	fields_end(&f);
	assert(fields_done(&f));
	writer_clear(&boxed);
}

#endif
