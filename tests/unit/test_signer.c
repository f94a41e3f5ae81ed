#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/stat.h>

#include "ballots/record/checkpoint.h"
#include "ballots/record/stamp.h"
#include "daemon/signer.h"
#include "daemon/testimony.h"
#include "tests/lib/place.h"

static const char origin[] = "kettle/00112233445566778899aabbccddeeff";

static const uint8_t seed[CRYPT_SEED] = {7};

static struct signer *
new_signer(void **state)
{
	struct signer *s;

	assert_int_equal(signer_create(*state, seed), 0);
	s = signer_open(*state);
	assert_non_null(s);
	signer_name(s, bytes_of_string(origin));
	return s;
}

static void
a_key_is_kept_once_and_is_the_same_after_reopening(void **state)
{
	struct signer *s = new_signer(state);
	const uint8_t other[CRYPT_SEED] = {8};
	uint8_t key[CRYPT_KEY];

	memcpy(key, signer_key(s), CRYPT_KEY);
	assert_true(crypt_key_ok(key));
	signer_close(s);
	assert_int_equal(signer_create(*state, seed), 0);
	assert_int_equal(signer_create(*state, other), -1);
	assert_trouble("another key is kept here already");
	s = signer_open(*state);
	assert_memory_equal(signer_key(s), key, CRYPT_KEY);
	signer_close(s);
}

static void
a_checkpoint_opens_with_the_ledgers_key(void **state)
{
	struct signer *s = new_signer(state);
	const struct tree tree = {0};
	struct tree_head head = tree_head(&tree);
	struct checkpoint checkpoint;
	struct note note;
	struct writer w = {0};

	signer_checkpoint(s, &head, &w);
	assert_int_equal(checkpoint_open(writer_view(&w), signer_note_key(s), 1,
				 &note, &checkpoint),
		VERDICT_OK);
	assert_true(tree_same_head(&checkpoint.head, &head));
	assert_true(bytes_equal(checkpoint.origin, bytes_of_string(origin)));
	writer_clear(&w);
	signer_close(s);
}

static void
acts_and_refusals_are_signed_and_a_refusal_is_no_checkpoint(void **state)
{
	struct signer *s = new_signer(state);
	struct bytes refusal = BYTES(TESTIMONY_REFUSAL "closed\n");
	struct checkpoint checkpoint;
	uint8_t sig[CRYPT_SIG];
	struct note note;
	struct writer w = {0};

	signer_act(s, BYTES("{\"act\":\"tick\"}"), sig);
	assert_true(
		stamp_verify(BYTES("{\"act\":\"tick\"}"), signer_key(s), sig));
	signer_testimony(s, refusal, &w);
	assert_int_equal(
		note_open(writer_view(&w), signer_note_key(s), 1, &note),
		VERDICT_OK);
	assert_true(bytes_equal(note.text, refusal));
	assert_int_not_equal(
		checkpoint_parse(note.text, &checkpoint), VERDICT_OK);
	writer_clear(&w);
	signer_close(s);
}

static void
a_key_that_others_may_read_or_that_is_damaged_is_refused(void **state)
{
	char path[200];

	snprintf(path, sizeof(path), "%s/key", (char *)*state);
	assert_null(signer_open(*state));
	assert_trouble("No such file");
	assert_int_equal(signer_create(*state, seed), 0);
	assert_int_equal(chmod(path, 0640), 0);
	assert_null(signer_open(*state));
	assert_trouble("may be read by others");
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(truncate(path, 60), 0);
	assert_null(signer_open(*state));
	assert_trouble("damaged");
}

#define in_a_place(test)                                                       \
	cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		in_a_place(a_key_is_kept_once_and_is_the_same_after_reopening),
		in_a_place(a_checkpoint_opens_with_the_ledgers_key),
		in_a_place(
			acts_and_refusals_are_signed_and_a_refusal_is_no_checkpoint),
		in_a_place(
			a_key_that_others_may_read_or_that_is_damaged_is_refused),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
