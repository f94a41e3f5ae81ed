#include "ballots/record/status.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/base/reader.h"

static void
put_line(struct writer *w, struct bytes text)
{
	writer_put(w, text);
	writer_put_u8(w, '\n');
}

static void
put_number(struct writer *w, uint64_t n)
{
	writer_put_decimal(w, n);
	writer_put_u8(w, '\n');
}

static void
put_keys(struct writer *w, const char *role, const uint8_t (*keys)[CRYPT_KEY],
	size_t n)
{
	for (size_t i = 0; i < n; i++) {
		writer_put_string(w, role);
		writer_put_u8(w, ' ');
		coding_put_did(w, keys[i]);
		writer_put_u8(w, '\n');
	}
}

void
status_print(const struct status *s, struct writer *w)
{
	assert(s->n_delegates <= LIMIT_DELEGATES);
	assert(s->n_stewards <= STATUS_STEWARDS);
	writer_put_string(w, STATUS_HEADER);
	put_line(w, s->origin);
	coding_put_hex(w, bytes_of(s->mandate, CRYPT_HASH));
	writer_put_u8(w, '\n');
	put_line(w, s->state);
	put_number(w, s->at_s);
	put_number(w, s->head.size);
	coding_put_base64(w, bytes_of(s->head.root, CRYPT_HASH));
	writer_put_u8(w, '\n');
	put_keys(w, "delegate", s->delegates, s->n_delegates);
	put_keys(w, "steward", s->stewards, s->n_stewards);
}

/* Take the lines of one role; false when there are too many or a bad one. */
static bool
take_keys(struct bytes *rest, struct bytes role, uint8_t (*keys)[CRYPT_KEY],
	size_t max, size_t *n)
{
	for (*n = 0; bytes_skip(rest, role); ++*n)
		if (*n == max ||
			!coding_read_did(bytes_cut(rest, '\n'), keys[*n]))
			return false;
	return true;
}

static bool
is_word(struct bytes state)
{
	for (size_t i = 0; i < state.len; i++)
		if ((state.data[i] < 'A' || state.data[i] > 'Z') &&
			state.data[i] != '_')
			return false;
	return state.len > 0 && state.len <= STATUS_WORD;
}

enum verdict
status_parse(struct bytes text, struct status *out)
{
	struct bytes rest = text;
	struct status s;

	if (text.len == 0 || text.data[text.len - 1] != '\n' ||
		!bytes_skip(&rest, BYTES(STATUS_HEADER)))
		return VERDICT_MALFORMED;
	s.origin = bytes_cut(&rest, '\n');
	if (s.origin.len == 0 ||
		!coding_read_hex(bytes_cut(&rest, '\n'), s.mandate, CRYPT_HASH))
		return VERDICT_MALFORMED;
	s.state = bytes_cut(&rest, '\n');
	if (!is_word(s.state) ||
		!reader_decimal(
			bytes_cut(&rest, '\n'), LIMIT_JSON_INT, &s.at_s) ||
		!reader_decimal(
			bytes_cut(&rest, '\n'), INT64_MAX, &s.head.size) ||
		!coding_read_base64(
			bytes_cut(&rest, '\n'), s.head.root, CRYPT_HASH) ||
		!take_keys(&rest, BYTES("delegate "), s.delegates,
			LIMIT_DELEGATES, &s.n_delegates) ||
		!take_keys(&rest, BYTES("steward "), s.stewards,
			STATUS_STEWARDS, &s.n_stewards) ||
		rest.len > 0)
		return VERDICT_MALFORMED;
	*out = s;
	return VERDICT_OK;
}

enum verdict
status_open(const struct policy *p, struct bytes in, struct status *out)
{
	struct note *note = mem_new(sizeof(*note));
	enum verdict v = note_open(in, p->keys, p->n_keys, note);
	struct status s;

	if (v == VERDICT_OK)
		v = status_parse(note->text, &s);
	if (v == VERDICT_OK && !policy_log_signed(p, note, s.origin))
		v = VERDICT_UNKNOWN_SIGNER;
	if (v == VERDICT_OK)
		*out = s;
	mem_free(note);
	return v;
}

/* Every state that a statement can name; specs/mandates.md has them all. */
static const struct {
	const char *state;
	enum status_standing standing;
} standings[] = {
	{"ACTIVE", STATUS_LIVE},
	{"NEGOTIATING", STATUS_LIVE},
	{"TENTATIVE", STATUS_LIVE},
	{"RATIFYING", STATUS_LIVE},
	{"MONITORING", STATUS_LIVE},
	{"SUSPENDED", STATUS_SUSPENDED},
	{"RECALLED", STATUS_OVER},
	{"EXPIRED", STATUS_OVER},
	{"VOIDED", STATUS_OVER},
	{"CONCLUDED", STATUS_OVER},
	{"LAPSED", STATUS_OVER},
};

enum status_standing
status_standing(struct bytes state)
{
	for (size_t i = 0; i < sizeof(standings) / sizeof(standings[0]); i++)
		if (bytes_equal(state, bytes_of_string(standings[i].state)))
			return standings[i].standing;
	return STATUS_NONE;
}
