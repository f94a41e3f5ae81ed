#include "cli/cmd_replay.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "ballots/assembly/world.h"
#include "ballots/base/coding.h"
#include "ballots/machine/files.h"
#include "ballots/record/checkpoint.h"
#include "cli/complain.h"
#include "cli/recall.h"
#include "cli/when.h"

const struct option cmd_replay_options[] = {
	{"until", 0, false, "INDEX",
		"replay the records before that number only"},
	{"state", 0, false, NULL, "print what the records establish, as JSON"},
	{0},
};

/* What was seen before ******************************************************/

struct memory {
	struct home home;
	struct recall seen;
	bool open;
};

/* The origin of what is in an export, as its checkpoint says; or false. */
static bool
origin_of(const char *path, struct writer *out)
{
	int dir = files_open_dir(path);
	struct writer note = {0};
	struct checkpoint c;
	bool known =
		dir >= 0 && files_exist(dir, "checkpoint") &&
		files_read(dir, "checkpoint", LIMIT_NOTE_BYTES, &note) == 0 &&
		recall_head(writer_view(&note), &c);

	if (known)
		writer_put(out, c.origin);
	writer_clear(&note);
	files_close(dir);
	return known;
}

/*
 * Open the folder of the ledger called origin: the one that is meant, where it
 * knows that ledger; else one that is called by the origin.
 */
static int
remember(struct memory *m, const struct call *call, struct bytes origin)
{
	struct writer name = {0};
	struct checkpoint c;
	int rc;

	if (call_home(call, &m->home) != 0)
		return -1;
	m->open = true;
	recall_read(&m->seen, &m->home);
	if (options_has(&call->options, "union") ||
		(m->seen.head.size > 0 &&
			recall_head(writer_view(&m->seen.note), &c) &&
			bytes_equal(c.origin, origin)))
		return 0;
	home_close(&m->home);
	for (size_t i = 0; i < origin.len; i++)
		writer_put_u8(
			&name, origin.data[i] == '/' ? '-' : origin.data[i]);
	rc = home_open(&m->home, options_value(&call->options, "home"),
		writer_string(&name));
	writer_clear(&name);
	if (rc == 0)
		recall_read(&m->seen, &m->home);
	return rc;
}

/* Telling *******************************************************************/

static json_t *
list_of(const struct audit_finding *list, size_t n, const char *name)
{
	json_t *out = json_array();

	for (size_t i = 0; i < n && i < AUDIT_KEPT; i++) {
		json_t *one = json_object();

		json_object_set_new(one, "record",
			list[i].index == AUDIT_WHOLE
				? json_null()
				: json_integer((json_int_t)list[i].index));
		json_object_set_new(one, name, json_string(list[i].what));
		json_array_append_new(out, one);
	}
	return out;
}

static void
tell_list(struct output *out, const struct audit_finding *list, size_t n,
	const char *sort)
{
	for (size_t i = 0; i < n && i < AUDIT_KEPT; i++) {
		if (list[i].index == AUDIT_WHOLE)
			output_line(out, "%s: %s", sort, list[i].what);
		else
			output_line(out, "%s: record %" PRIu64 ": %s", sort,
				list[i].index, list[i].what);
	}
	if (n > AUDIT_KEPT)
		output_line(out, "%s: and %zu more", sort, n - AUDIT_KEPT);
}

static void
tell_state(struct output *out, const struct replica *r)
{
	const struct world *w = assembly_world(r->assembly);
	struct writer digest = {0}, when = {0};
	uint8_t hash[CRYPT_HASH];

	assembly_digest(r->assembly, hash);
	coding_put_hex(&digest, bytes_of(hash, CRYPT_HASH));
	when_put(&when, w->time_s);
	output_line(out, "Ledger:       %s", w->log);
	output_line(out, "Records:      %" PRIu64 ", the last of %s", w->size,
		writer_string(&when));
	output_line(out, "Members:      %u", w->roster.n - w->roster.n_left);
	output_line(out, "State digest: %s", writer_string(&digest));
	output_give_string(out, "log", w->log);
	output_give_text(out, "digest", writer_view(&digest));
	output_give_number(out, "time", w->time_s);
	writer_clear(&digest);
	writer_clear(&when);
}

void
cmd_replay_tell(struct output *out, const struct replica *r)
{
	const struct audit *a = &r->audit;

	tell_list(out, a->warnings, a->n_warnings, "Warning");
	tell_list(out, a->findings, a->n_findings, "Finding");
	if (assembly_world(r->assembly)->log[0] != '\0')
		tell_state(out, r);
	output_give_number(out, "size", a->tree.size);
	output_give_take(out, "findings",
		list_of(a->findings, a->n_findings, "finding"));
	output_give_take(out, "warnings",
		list_of(a->warnings, a->n_warnings, "warning"));
	if (a->n_findings == 0)
		output_line(out, "Every record stands: no findings.");
}

static int
answer(const struct call *call, const struct replica *r)
{
	struct writer state = {0};
	size_t n = r->audit.n_findings;

	if (options_has(&call->options, "state")) {
		assembly_state(r->assembly, &state);
		writer_put_u8(&state, '\n');
		output_program(call->out, "state", writer_view(&state));
		writer_clear(&state);
	} else {
		cmd_replay_tell(call->out, r);
	}
	if (n == 0)
		return 0;
	return complain_no("Show them to the members and the other auditors.",
		"%zu finding%s.", n, n == 1 ? "" : "s");
}

/* Replaying *****************************************************************/

static int
read_wanted(const struct call *call, struct replica_wanted *wanted)
{
	wanted->texts = true;
	return options_number(&call->options, "until", 1, LIMIT_JSON_INT,
		UINT64_MAX, &wanted->until);
}

int
cmd_replay_export(const struct call *call, const char *path, struct replica *r)
{
	struct replica_wanted wanted = {0};
	struct memory m = {0};
	struct writer origin = {0};
	int rc = read_wanted(call, &wanted);
	bool known = rc == 0 && origin_of(path, &origin);

	if (known)
		rc = remember(&m, call, writer_view(&origin));
	wanted.mark = m.seen.head.size;
	if (rc == 0)
		rc = replica_of_export(r, path, &wanted);
	if (rc == 0 && known)
		rc = recall_compare(&m.seen, &m.home, r);
	if (rc == 0)
		rc = answer(call, r);
	writer_clear(&origin);
	recall_clear(&m.seen);
	if (m.open)
		home_close(&m.home);
	return rc;
}

/* The contact remembers, and compares. */
static int
replay_daemon(const struct call *call, struct replica *r)
{
	struct replica_wanted wanted = {0};
	struct session *session;
	struct contact *c = NULL;
	struct home home;
	int rc = -1;

	if (read_wanted(call, &wanted) != 0 || call_home(call, &home) != 0)
		return -1;
	session = call_session(call, &home);
	if (session != NULL)
		c = contact_open(session, &home);
	if (c != NULL)
		rc = replica_of_daemon(r, c, &wanted);
	if (rc == 0)
		rc = answer(call, r);
	contact_close(c);
	home_close(&home);
	return rc;
}

int
cmd_replay_ledger(const struct call *call)
{
	const char *path = options_operand(&call->options, "EXPORT");
	struct replica r = {0};
	int rc = path != NULL ? cmd_replay_export(call, path, &r)
			      : replay_daemon(call, &r);

	replica_clear(&r);
	return rc;
}
