#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <jansson.h>

#include "cli/proof.h"
#include "tests/lib/vectors.h"

/* The receipt, its entry and whom to trust, of tests/vectors/log-1500. */
struct sample {
	struct writer receipt, entry, kept;
	struct policy policy;
};

static int
set_up(void **state)
{
	static struct sample s;
	struct note_key key = vectors_key(VECTORS_LOG "vkey");

	s = (struct sample){.kept = {0}};
	policy_of_log(&key, &s.policy);
	assert_true(vectors_read(VECTORS_LOG "sample.tlog-proof", &s.receipt));
	assert_true(vectors_read(VECTORS_LOG "sample.entry", &s.entry));
	*state = &s;
	return 0;
}

static int
tear_down(void **state)
{
	struct sample *s = *state;

	writer_clear(&s->receipt);
	writer_clear(&s->entry);
	writer_clear(&s->kept);
	return 0;
}

/* The answer to one question, by the beginning of its words; -1 for none. */
static int
answer(const struct sample *s, struct bytes file, struct bytes record,
	const char *question)
{
	const struct proof_trust trust = {&s->policy, writer_view(&s->kept)};
	FILE *nowhere = fopen("/dev/null", "w");
	struct output out;
	json_t *told, *check;
	int yes = -1;
	bool holds;
	size_t i;

	output_begin(&out, nowhere, false);
	told = proof_check(&out, &trust, file, record, &holds);
	json_array_foreach(json_object_get(told, "checks"), i, check)
	{
		const char *what =
			json_string_value(json_object_get(check, "check"));

		if (bytes_start_with(
			    bytes_of_string(what), bytes_of_string(question)))
			yes = json_is_true(json_object_get(check, "holds"));
	}
	json_decref(told);
	output_end(&out);
	fclose(nowhere);
	return yes;
}

static void
a_published_receipt_covers_its_record_alone(void **state)
{
	const struct sample *s = *state;
	struct bytes file = writer_view(&s->receipt);
	struct bytes entry = writer_view(&s->entry);
	struct bytes other = bytes_slice(entry, 1, entry.len);

	assert_int_equal(answer(s, file, entry, "It is a receipt"), 1);
	assert_int_equal(answer(s, file, entry, "A ledger key"), 1);
	assert_int_equal(answer(s, file, entry, "The checkpoint covers"), 1);
	assert_int_equal(answer(s, file, other, "The checkpoint covers"), 0);
}

static void
a_key_that_is_not_trusted_is_told(void **state)
{
	struct sample *s = *state;

	s->policy.keys[0].key[0] ^= 1;
	assert_int_equal(answer(s, writer_view(&s->receipt),
				 writer_view(&s->entry), "A ledger key"),
		0);
	/* The hashes do not depend on it. */
	assert_int_equal(
		answer(s, writer_view(&s->receipt), writer_view(&s->entry),
			"The checkpoint covers"),
		1);
}

static void
a_second_history_of_one_length_is_told(void **state)
{
	struct sample *s = *state;
	struct bytes rest = writer_view(&s->receipt);
	struct bytes note;
	size_t at;

	/* The note begins behind the first empty line. */
	while (bytes_cut(&rest, '\n').len > 0)
		;
	note = rest;
	assert_int_equal(answer(s, note, (struct bytes){0}, "It is the"), -1);
	writer_put(&s->kept, note);
	assert_int_equal(answer(s, note, (struct bytes){0}, "It is the"), 1);
	/* Another root in what was kept: its third line. */
	rest = writer_view(&s->kept);
	bytes_cut(&rest, '\n');
	bytes_cut(&rest, '\n');
	at = (size_t)(rest.data - s->kept.data);
	s->kept.data[at] = s->kept.data[at] == 'A' ? 'B' : 'A';
	assert_int_equal(answer(s, note, (struct bytes){0}, "It goes with"), 0);
}

static void
what_is_none_of_these_is_no_checkpoint(void **state)
{
	const struct sample *s = *state;

	assert_int_equal(answer(s, BYTES("bread\n"), (struct bytes){0},
				 "It is something that can be checked"),
		0);
	assert_int_equal(answer(s, BYTES("union-refusal/v1\n\n"),
				 (struct bytes){0}, "It is a refusal"),
		0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_published_receipt_covers_its_record_alone, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			a_key_that_is_not_trusted_is_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_second_history_of_one_length_is_told, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			what_is_none_of_these_is_no_checkpoint, set_up,
			tear_down),
	};

	if (!crypt_init())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
