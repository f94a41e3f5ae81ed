#include "cli/play.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ballots/machine/clock.h"
#include "cli/complain.h"

enum { LINE_BYTES = 300, STEPS_MOST = 40 };

void
play_begin(struct play *p)
{
	p->begun_ns = clock_steady_ns();
	p->recorded = troupe_recorded(p->troupe);
}

void
play_say(struct play *p, const char *heading, const char *format, ...)
{
	char line[LINE_BYTES];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	output_line(p->out, "%-10s %s", heading, line);
	fflush(p->out->stream);
}

const char *
play_pace(const struct play *p, char text[static 64])
{
	uint64_t n = troupe_recorded(p->troupe) - p->recorded;
	uint64_t ns = clock_steady_ns() - p->begun_ns + 1;

	snprintf(text, 64, "%" PRIu64 " acts, %" PRIu64 " a second", n,
		n * 1000000000 / ns);
	return text;
}

int
play_item(struct play *p, const char *of, const uint8_t id[static CRYPT_HASH],
	struct wire **out)
{
	bool found;

	if (ask_get_id(p->contact, of, id, NULL, &found, out) != 0)
		return -1;
	return found ? 0 : contact_misread();
}

/* True when word stands among words, between spaces. */
static bool
is_among(struct bytes word, const char *words)
{
	struct bytes rest = bytes_of_string(words);

	while (rest.len > 0)
		if (bytes_equal(bytes_cut(&rest, ' '), word))
			return true;
	return false;
}

/* Where an item stands, and when something happens to it by itself. */
static int
look(struct play *p, const char *of, const uint8_t id[static CRYPT_HASH],
	char phase[static PLAY_PHASE], uint64_t *due_s)
{
	const char *name = strcmp(of, "proposals") == 0 ? "phase" : "state";
	struct wire_value entry;
	struct wire *reply;
	struct bytes word;

	if (play_item(p, of, id, &reply) != 0)
		return -1;
	entry = wire_get(wire_top(reply), "item");
	word = wire_string(
		wire_get(wire_get(entry, "item"), name), PLAY_PHASE - 1);
	*due_s = (uint64_t)wire_int(wire_get(entry, "due"), 0, LIMIT_JSON_INT);
	memcpy(phase, word.data, word.len);
	phase[word.len] = '\0';
	if (contact_check(&reply) != 0)
		return -1;
	wire_free(reply);
	return 0;
}

int
play_phase(struct play *p, const char *of, const uint8_t id[static CRYPT_HASH],
	char phase[static PLAY_PHASE])
{
	uint64_t due_s;

	return look(p, of, id, phase, &due_s);
}

int
play_until(struct play *p, const char *of, const uint8_t id[static CRYPT_HASH],
	const char *phases)
{
	char phase[PLAY_PHASE];
	uint64_t due_s = 0;

	for (int i = 0; i < STEPS_MOST; i++) {
		uint64_t now_s = contact_about(p->contact)->now_s;

		if (look(p, of, id, phase, &due_s) != 0)
			return -1;
		if (is_among(bytes_of_string(phase), phases))
			return 0;
		if (due_s == 0)
			break;
		if (ask_advance(p->contact, due_s > now_s ? due_s : now_s) != 0)
			return -1;
	}
	return complain_no("See DIR/log, with --dir DIR.",
		"One of the %s came to %s, not to %s.", of, phase, phases);
}

/* The record of the proposal's latest result, 0 for none; and its next timer.
 */
static int
look_result(struct play *p, const uint8_t id[static CRYPT_HASH],
	uint64_t *record, uint64_t *due_s)
{
	struct wire_value item;
	struct wire *reply;

	if (play_item(p, "proposals", id, &reply) != 0)
		return -1;
	item = wire_get(wire_top(reply), "item");
	*record =
		(uint64_t)wire_int(wire_get(item, "result"), 0, LIMIT_JSON_INT);
	*due_s = (uint64_t)wire_int(wire_get(item, "due"), 0, LIMIT_JSON_INT);
	if (contact_check(&reply) != 0)
		return -1;
	wire_free(reply);
	return 0;
}

int
play_until_counted(
	struct play *p, const uint8_t id[static CRYPT_HASH], uint64_t *record)
{
	uint64_t due_s = 0;

	for (int i = 0; i < STEPS_MOST; i++) {
		uint64_t now_s = contact_about(p->contact)->now_s;

		if (look_result(p, id, record, &due_s) != 0)
			return -1;
		if (*record != 0)
			return 0;
		if (due_s == 0)
			break;
		if (ask_advance(p->contact, due_s > now_s ? due_s : now_s) != 0)
			return -1;
	}
	return complain_no(
		"See DIR/log, with --dir DIR.", "The vote never ended.");
}

int
play_support(struct play *p, const uint8_t id[static CRYPT_HASH])
{
	struct wire_value item;
	struct wire *reply;
	int64_t needed;
	int rc = 0;

	if (play_item(p, "proposals", id, &reply) != 0)
		return -1;
	item = wire_get(wire_get(wire_top(reply), "item"), "item");
	needed = wire_int(wire_get(item, "needed"), 0, LIMIT_MEMBERS);
	if (contact_check(&reply) != 0)
		return -1;
	wire_free(reply);
	/* The first founder proposed it, and counts. */
	for (int64_t who = 1; rc == 0 && who < needed; who++) {
		struct act act = {.kind = ACT_PROPOSAL_SUPPORT};

		act_set_hash(&act, ACT_HAS_ON, id);
		act_set_int(&act, ACT_HAS_VERSION, 1);
		rc = troupe_file(
			p->troupe, p->contact, (uint32_t)who, &act, NULL);
	}
	return rc == 0 ? troupe_flush(p->troupe, p->contact) : rc;
}

static int
question_of(struct play *p, const uint8_t id[static CRYPT_HASH],
	uint8_t question[static CRYPT_HASH])
{
	struct wire *reply;

	if (play_item(p, "proposals", id, &reply) != 0)
		return -1;
	wire_id(wire_get(wire_get(wire_top(reply), "item"), "question"),
		question);
	if (contact_check(&reply) != 0)
		return -1;
	wire_free(reply);
	return 0;
}

int
play_vote(struct play *p, const uint8_t id[static CRYPT_HASH], uint32_t yes_of)
{
	uint8_t question[CRYPT_HASH];
	uint32_t n = troupe_size(p->troupe);
	int rc = question_of(p, id, question);

	for (uint32_t who = 0; rc == 0 && who < n; who++) {
		struct act act = {.kind = ACT_BALLOT_CAST};
		bool yes = who % yes_of == 0;

		output_progress("voting", who, n);
		act_set_span(&act, ACT_HAS_MARKS,
			yes ? BYTES("[1]") : BYTES("[-1]"));
		act_set_hash(&act, ACT_HAS_ON, question);
		rc = troupe_file(p->troupe, p->contact, who, &act, NULL);
	}
	output_progress("voting", 1, 1);
	return rc == 0 ? troupe_flush(p->troupe, p->contact) : rc;
}

int
play_file(struct play *p, uint32_t who, struct act *act, uint8_t *id)
{
	if (troupe_file(p->troupe, p->contact, who, act, id) != 0)
		return -1;
	return troupe_flush(p->troupe, p->contact);
}
