#include "cli/alarm.h"

#include <string.h>

#include "cli/subject.h"
#include "cli/when.h"

struct search {
	struct desk *desk;
	struct alarm *alarm;
};

static int
look_at(void *ctx, struct wire_value entry)
{
	struct search *s = ctx;
	struct wire_value item = wire_get(entry, "item");
	struct bytes state = wire_string(wire_get(item, "state"), 32);
	bool runs = bytes_equal(state, BYTES("RUNNING"));
	uint8_t member[CRYPT_HASH];

	wire_id(wire_get(item, "member"), member);
	if (memcmp(member, s->desk->member, CRYPT_HASH) != 0 ||
		(!runs && !bytes_equal(state, BYTES("ASKED")) &&
			!bytes_equal(state, BYTES("CONTESTED"))))
		return 0;
	s->alarm->found = true;
	s->alarm->runs = runs;
	s->alarm->contested = bytes_equal(state, BYTES("CONTESTED"));
	wire_id(wire_get(item, "id"), s->alarm->id);
	subject_name(SUBJECT_RECOVERY, entry, s->alarm->name);
	s->alarm->due_s =
		(uint64_t)wire_int(wire_get(item, "due"), 0, LIMIT_JSON_INT);
	return runs ? 1 : 0;
}

int
alarm_find(struct desk *d, struct alarm *out)
{
	struct search s = {d, out};

	*out = (struct alarm){0};
	return ask_each(d->contact, subject_list(SUBJECT_RECOVERY), look_at,
		       &s) < 0
		       ? -1
		       : 0;
}

int
alarm_ring(struct desk *d)
{
	struct writer when = {0};
	struct alarm a;

	if (alarm_find(d, &a) != 0)
		return -1;
	if (!a.found)
		return 0;
	when_put(&when, a.due_s);
	output_line(d->out,
		"!! SOMEBODY ASKS FOR YOUR MEMBERSHIP WITH ANOTHER "
		"KEY (%s).",
		a.name);
	if (a.runs)
		output_line(
			d->out, "!! They get it at %s.", writer_string(&when));
	if (a.contested)
		output_line(d->out, "!! The old key objected; a panel decides: "
				    "union case list");
	else
		output_line(d->out,
			"!! If this is not you%s: union key object %s",
			a.runs ? "" : ", once it is RUNNING", a.name);
	output_give_string(d->out, "recovery", a.name);
	writer_clear(&when);
	return 0;
}
