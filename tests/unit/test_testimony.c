#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "ballots/assembly/world.h"
#include "ballots/base/crypt.h"
#include "ballots/base/reader.h"
#include "ballots/record/status.h"
#include "daemon/testimony.h"
#include "tests/lib/story.h"
#include "tests/lib/town.h"

static const char *const told[] = {
	"founders alice bob carol dave erin",
	"0d    alice mandate.propose m1 delegates=bob,carol needed=1 "
	"report_every_s=10d report_grace_s=2d ok",
	"0d    bob   proposal.support m1 ok",
	"10d   everyone ballot.cast m1 marks=yes ok",
	"22d   bob mandate.accept m1 ok",
	"22d   alice,erin mandate.publish m1 ok",
};

/* Everything up to line n of what is told above. */
static struct assembly *
after(size_t n)
{
	struct assembly *a = assembly_new();
	struct writer records = {0}, state = {0}, complaint = {0};
	struct story *s = story_new();
	struct reader r;
	char line[200];

	for (size_t i = 0; i < n; i++) {
		strcpy(line, told[i]);
		if (!story_line(s, line, &complaint))
			fail_msg("%s", writer_string(&complaint));
	}
	story_records(s, &records, &state);
	for (r = reader_of(writer_view(&records)); !reader_done(&r);)
		assert_int_equal(
			town_replay(a, reader_bytes(&r, reader_u16(&r)), false),
			VERDICT_OK);
	story_free(s);
	writer_clear(&records);
	writer_clear(&state);
	writer_clear(&complaint);
	return a;
}

/* The only mandate's status, lent by text. */
static struct status
status_of(const struct assembly *a, struct writer *text)
{
	const struct world *w = assembly_world(a);
	struct tree_head head = assembly_head(a);
	struct status s;

	writer_rewind(text);
	assert_true(testimony_status(
		w, w->mandates[0]->id, &head, w->time_s, text));
	assert_int_equal(status_parse(writer_view(text), &s), VERDICT_OK);
	assert_true(tree_same_head(&s.head, &head));
	assert_int_equal(s.at_s, w->time_s);
	assert_true(bytes_equal(s.origin, bytes_of_string(w->log)));
	return s;
}

static const uint8_t *
key_of(const struct assembly *a, uint32_t member)
{
	return roster_get(&assembly_world(a)->roster, member)->key;
}

static void
a_status_names_the_state_the_acting_delegates_and_the_stewards(void **state)
{
	struct assembly *a = after(sizeof(told) / sizeof(told[0]));
	struct writer text = {0};
	struct status s = status_of(a, &text);

	(void)state;
	assert_true(bytes_equal(s.state, BYTES("ACTIVE")));
	/* Carol has not accepted; founders in power are stewards, all five. */
	assert_int_equal(s.n_delegates, 1);
	assert_memory_equal(s.delegates[0], key_of(a, 1), 32);
	assert_int_equal(s.n_stewards, 5);
	assert_memory_equal(s.stewards[4], key_of(a, 4), 32);
	writer_clear(&text);
	assembly_free(a);
}

static void
before_the_vote_nobody_acts(void **state)
{
	struct assembly *a = after(3);
	struct writer text = {0};
	struct status s = status_of(a, &text);

	(void)state;
	assert_true(bytes_equal(s.state, BYTES("PROPOSED")));
	assert_int_equal(s.n_delegates, 0);
	assert_int_equal(status_standing(s.state), STATUS_NONE);
	writer_clear(&text);
	assembly_free(a);
}

static void
what_is_no_mandate_has_no_status(void **state)
{
	struct assembly *a = after(2);
	struct tree_head head = assembly_head(a);
	struct writer text = {0};

	(void)state;
	assert_false(testimony_status(
		assembly_world(a), assembly_world(a)->id, &head, 1, &text));
	assert_int_equal(text.len, 0);
	assembly_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_status_names_the_state_the_acting_delegates_and_the_stewards),
		cmocka_unit_test(before_the_vote_nobody_acts),
		cmocka_unit_test(what_is_no_mandate_has_no_status),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
