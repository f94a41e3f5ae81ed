#include "daemon/items.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "daemon/sorts.h"

enum { FOUND_MAX = 10, PREFIX_MIN = 4 };

/* Answers *******************************************************************/

static const struct world *
world_of(const struct clerk *c)
{
	return assembly_world(clerk_assembly(c));
}

/* The sort that the member "of" names. */
static const struct sorts_row *
sort_of(struct wire_value in)
{
	struct bytes of = wire_string(wire_get(in, "of"), 16);
	const struct sorts_row *row;

	for (size_t i = 0; (row = sorts_at(i)) != NULL; i++)
		if (bytes_equal(of, bytes_of_string(row->of)))
			return row;
	wire_refuse(in);
	return NULL;
}

enum verdict
items_list(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	const struct world *w = world_of(c);
	const struct sorts_row *row = sort_of(in);
	struct wire_value v;
	int64_t from = 0, count = LIMIT_PAGE_ITEMS;
	size_t start = p->out->len;

	if (wire_there(v = wire_get(in, "from")))
		from = wire_int(v, 0, UINT32_MAX);
	if (wire_there(v = wire_get(in, "count")))
		count = wire_int(v, 1, LIMIT_PAGE_ITEMS);
	if (!wire_good(in.message))
		return VERDICT_MALFORMED;
	jcs_key(p, "items");
	jcs_begin_array(p);
	for (int64_t n = from; n < row->count(w) && count > 0 &&
			       p->out->len - start < LIMIT_PAGE_BYTES;
		n++) {
		if (sorts_over(row, w, (uint32_t)n))
			continue;
		sorts_print(row, w, (uint32_t)n, NULL, p);
		count--;
	}
	jcs_end_array(p);
	jcs_key(p, "total");
	jcs_int(p, row->count(w));
	return VERDICT_OK;
}

enum verdict
items_get(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	const struct world *w = world_of(c);
	const struct sorts_row *row = sort_of(in);
	struct wire_value by_id = wire_get(in, "id");
	struct wire_value by_number = wire_get(in, "number");
	struct wire_value viewer = wire_get(in, "member");
	uint8_t id[32], member[32];
	uint32_t number = 0;

	if (wire_there(by_id) == wire_there(by_number))
		wire_refuse(in);
	if (wire_there(by_id))
		wire_id(by_id, id);
	else
		number = (uint32_t)wire_int(by_number, 0, UINT32_MAX);
	if (wire_there(viewer))
		wire_id(viewer, member);
	if (!wire_good(in.message))
		return VERDICT_MALFORMED;
	if (wire_there(by_id))
		number = sorts_find(row, w, id);
	if (number >= row->count(w))
		return VERDICT_UNKNOWN_SUBJECT;
	if (sorts_over(row, w, number))
		return VERDICT_CLOSED;
	jcs_key(p, "item");
	sorts_print(row, w, number, wire_there(viewer) ? member : NULL, p);
	return VERDICT_OK;
}

/* True when the id begins with n hex digits of prefix, padded with a 0. */
static bool
begins_with(const uint8_t id[static 32], const uint8_t *prefix, size_t n)
{
	return memcmp(id, prefix, n / 2) == 0 &&
	       (n % 2 == 0 || id[n / 2] >> 4 == prefix[n / 2] >> 4);
}

static bool
read_prefix(struct bytes digits, uint8_t out[static 32])
{
	char padded[CODING_HEX_32];

	if (digits.len < PREFIX_MIN)
		return false;
	memset(padded, '0', sizeof(padded));
	memcpy(padded, digits.data, digits.len);
	return coding_read_hex(bytes_of(padded, sizeof(padded)), out, 32);
}

static void
put_found(struct jcs_printer *p, const struct sorts_row *row, uint32_t number,
	const uint8_t id[static 32])
{
	jcs_key(p, "id");
	jcs_id(p, id);
	jcs_key(p, "number");
	jcs_int(p, number);
	jcs_key(p, "of");
	jcs_string(p, bytes_of_string(row->of));
}

enum verdict
items_resolve(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	const struct world *w = world_of(c);
	struct bytes digits =
		wire_string(wire_get(in, "prefix"), CODING_HEX_32);
	const struct sorts_row *row;
	uint8_t prefix[32];
	int found = 0;

	if (!wire_good(in.message) || !read_prefix(digits, prefix))
		return VERDICT_MALFORMED;
	jcs_key(p, "found");
	jcs_begin_array(p);
	for (size_t i = 0; (row = sorts_at(i)) != NULL; i++) {
		for (uint32_t n = 0; row->id != NULL && n < row->count(w);
			n++) {
			if (found == FOUND_MAX || sorts_over(row, w, n) ||
				!begins_with(row->id(w, n), prefix, digits.len))
				continue;
			found++;
			jcs_begin_object(p);
			put_found(p, row, n, row->id(w, n));
			jcs_end_object(p);
		}
	}
	jcs_end_array(p);
	return VERDICT_OK;
}
