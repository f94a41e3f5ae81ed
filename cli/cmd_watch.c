#include "cli/cmd_watch.h"

#include "cli/complain.h"
#include "cli/saying.h"
#include "cli/when.h"

const struct option cmd_watch_options[] = {
	{"from", 0, false, "INDEX",
		"begin with this record (preset: the next one)"},
	{"count", 'n', false, "N", "end after so many records"},
	{"ticks", 0, false, NULL, "the ledger's notes of the time too"},
	{"no-wait", 0, false, NULL, "end where the ledger ends"},
	{0},
};

struct watch {
	struct desk *desk;
	struct saying *saying;
	uint64_t at, size; /* the next record, and how many there are */
	bool ticks;        /* are told too */
	uint64_t left;     /* how many are still to be told */
};

/* One record as one line, or one JSON object on a line. */
static int
tell(void *ctx, uint64_t index, uint64_t time_s, const struct act *act)
{
	struct watch *w = ctx;
	struct output *out = w->desk->out;
	struct writer when = {0}, words = {0};
	int rc;

	if (act->kind == ACT_TICK && !w->ticks)
		return 0;
	rc = saying_put(w->saying, act, &words);
	when_put(&when, time_s);
	output_line(out, "%llu  %s  %s", (unsigned long long)index,
		writer_string(&when), writer_string(&words));
	output_give_number(out, "index", index);
	output_give_number(out, "time", time_s);
	output_give_string(out, "kind", act_kind_name(act->kind));
	output_give_hex(out, "act", bytes_of(act->id, CRYPT_HASH));
	if (act->author != FORM_BY_LEDGER)
		output_give_hex(out, "by", bytes_of(act_by(act), CRYPT_HASH));
	if (act_has(act, ACT_HAS_ON))
		output_give_hex(out, "on",
			bytes_of(act_hash(act, ACT_HAS_ON), CRYPT_HASH));
	output_give_text(out, "words", writer_view(&words));
	output_flush(out);
	writer_clear(&when);
	writer_clear(&words);
	if (rc == 0 && --w->left == 0)
		return 1;
	return rc;
}

static int
follow(struct watch *w, bool wait)
{
	struct contact *c = w->desk->contact;
	int rc = 0;

	while (rc == 0 && (wait || w->at < w->size)) {
		rc = ask_each_record(c, &w->at, w->size, tell, w);
		if (rc == 0 && wait)
			rc = ask_watch(c, w->size, &w->size);
	}
	return rc < 0 ? -1 : 0;
}

static int
watch(struct desk *d)
{
	const struct contact_about *about = contact_about(d->contact);
	const struct options *o = &d->call->options;
	struct watch w = {.desk = d,
		.size = about->size,
		.ticks = options_has(o, "ticks")};
	int rc;

	if (options_number(o, "from", 0, LIMIT_JSON_INT, w.size, &w.at) != 0 ||
		options_number(o, "count", 1, LIMIT_JSON_INT, LIMIT_JSON_INT,
			&w.left) != 0)
		return -1;
	if (w.at > w.size)
		return complain_usage("", "The ledger ends before record %llu.",
			(unsigned long long)w.at);
	if (!options_has(o, "no-wait"))
		output_line(d->out, "Watching %.*s; stop with Ctrl-C.",
			(int)about->name.len, (const char *)about->name.data);
	output_flush(d->out);
	w.saying = saying_new(d);
	rc = follow(&w, !options_has(o, "no-wait"));
	saying_free(w.saying);
	return rc;
}

int
cmd_watch_records(const struct call *call)
{
	return desk_do(call, desk_open, watch);
}
