#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/base/crypt.h"
#include "ballots/record/checkpoint.h"
#include "ballots/record/tree.h"
#include "daemon/rival.h"
#include "tests/lib/place.h"

static void
the_first_one_shown_is_kept_until_it_is_dropped(void **state)
{
	struct writer note = {0};

	assert_int_equal(rival_read(*state, &note), 0);
	assert_int_equal(note.len, 0);
	assert_int_equal(rival_keep(*state, BYTES("one\n")), 0);
	assert_int_equal(rival_keep(*state, BYTES("two\n")), 0);
	assert_int_equal(rival_read(*state, &note), 0);
	assert_string_equal(writer_string(&note), "one\n");
	assert_int_equal(rival_drop(*state), 0);
	writer_rewind(&note);
	assert_int_equal(rival_read(*state, &note), 0);
	assert_int_equal(note.len, 0);
	writer_clear(&note);
}

static void
it_cannot_be_kept_where_there_is_no_directory(void **state)
{
	struct writer note = {0};

	(void)state;
	assert_int_equal(rival_keep("/nowhere/at/all", BYTES("one\n")), -1);
	assert_int_equal(rival_read("/nowhere/at/all", &note), -1);
	writer_clear(&note);
}

/* A tree of three leaves, and its first two. */
static struct tree tree;

static const uint8_t *
read_tile(void *ctx, unsigned level, uint64_t number, unsigned width)
{
	return tree_edge(ctx, level, number, width);
}

static void
sign(const struct tree_head *head, const struct note_key *key,
	const uint8_t *secret, struct writer *out)
{
	writer_rewind(out);
	checkpoint_sign(head, key, secret, out);
}

static void
what_lies_on_the_way_is_no_rival(void **state)
{
	static const uint8_t seed[CRYPT_SEED] = {1},
			     other_seed[CRYPT_SEED] = {2};
	uint8_t key[CRYPT_KEY], secret[CRYPT_SECRET], other[CRYPT_SECRET];
	struct note_key known, stranger;
	struct tree_head two, now, false_head;
	struct prover *prover;
	struct writer w = {0};

	(void)state;
	tree = (struct tree){0};
	tree_append(&tree, BYTES("a"), NULL, NULL);
	tree_append(&tree, BYTES("b"), NULL, NULL);
	two = tree_head(&tree);
	tree_append(&tree, BYTES("c"), NULL, NULL);
	now = tree_head(&tree);
	prover = prover_new(read_tile, &tree);
	crypt_pair(seed, key, secret);
	assert_int_equal(
		note_make_key(BYTES("town"), NOTE_ED25519, key, &known),
		VERDICT_OK);
	crypt_pair(other_seed, key, other);
	assert_int_equal(
		note_make_key(BYTES("town"), NOTE_ED25519, key, &stranger),
		VERDICT_OK);

	sign(&two, &known, secret, &w);
	assert_int_equal(
		rival_judge(writer_view(&w), &known, prover, 3), VERDICT_OK);
	sign(&now, &known, secret, &w);
	assert_int_equal(
		rival_judge(writer_view(&w), &known, prover, 3), VERDICT_OK);
	assert_int_equal(rival_judge(writer_view(&w), &known, prover, 2),
		VERDICT_FORKED);
	false_head = two;
	false_head.root[0] ^= 1;
	sign(&false_head, &known, secret, &w);
	assert_int_equal(rival_judge(writer_view(&w), &known, prover, 3),
		VERDICT_FORKED);
	/* Anybody can say anything in a key of their own. */
	sign(&false_head, &stranger, other, &w);
	assert_int_equal(rival_judge(writer_view(&w), &known, prover, 3),
		VERDICT_UNKNOWN_SIGNER);
	assert_int_equal(
		rival_judge(BYTES("x"), &known, prover, 3), VERDICT_MALFORMED);
	prover_free(prover);
	writer_clear(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_first_one_shown_is_kept_until_it_is_dropped,
			place_setup, place_teardown),
		cmocka_unit_test_setup_teardown(
			it_cannot_be_kept_where_there_is_no_directory,
			place_setup, place_teardown),
		cmocka_unit_test(what_lies_on_the_way_is_no_rival),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
