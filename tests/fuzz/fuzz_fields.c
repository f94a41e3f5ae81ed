#include <assert.h>

#include "ballots/base/reader.h"
#include "ballots/record/fields.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_one(struct fields *f, uint8_t what, const char *name)
{
	uint8_t out[64];

	switch (what) {
	case 0:
		fields_int(f, name, -99, LIMIT_JSON_INT);
		break;
	case 1:
		fields_bool(f, name);
		break;
	case 2:
		fields_string(f, name, 20);
		break;
	case 3:
		fields_word(f, name);
		break;
	case 4:
		fields_id(f, name, out);
		break;
	case 5:
		fields_base64(f, name, out, 32);
		break;
	case 6:
		fields_blob(f, name, out, sizeof(out));
		break;
	case 7:
		fields_did(f, name, out);
		break;
	case 8:
		fields_value(f, name);
		break;
	case 9:
		fields_object(f, name);
		break;
	case 10:
		fields_map(f, name, 1, 3);
		break;
	case 11:
		fields_list(f, name, 1, 3);
		break;
	case 12:
		fields_end(f);
		break;
	case 13:
		fields_next(f);
		break;
	case 14:
		fields_more(f);
		break;
	default:
		fields_has(f, name == NULL ? "kind" : name);
	}
}

/*
 * A decoder made by chance walks a document that nobody checked: it must stay
 * inside.  Bytes: number of steps, one byte a step (what to read, and under
 * which name), then the document.
 */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = {NULL, "", "a", "b", "by", "kind"};
	struct reader r = reader_of(bytes_of(data, size));
	struct bytes steps = reader_bytes(&r, reader_u8(&r));
	struct fields f = fields_of(r.rest);

	for (size_t i = 0; i < steps.len; i++) {
		read_one(&f, steps.data[i] & 15,
			names[(steps.data[i] >> 4) % 6]);
		assert(f.at <= f.end);
		assert(f.bad || (f.depth >= 1 && f.depth <= LIMIT_JSON_DEPTH));
	}
	fields_done(&f);
	fields_find(r.rest, "kind");
	return 0;
}
