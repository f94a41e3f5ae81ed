#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/base/mem.h"
#include "ballots/record/checkpoint.h"
#include "ballots/record/tile.h"
#include "tests/lib/signer.h"
#include "tests/lib/vectors.h"

#define EMPTY_ROOT "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

/* Open the checkpoint in file w with key; what it says is lent by w. */
static struct checkpoint
open_file(const char *path, const struct note_key *key, struct note *note,
	struct writer *w)
{
	struct checkpoint c;

	assert_int_equal(
		checkpoint_open(vectors_get(path, w), key, 1, note, &c),
		VERDICT_OK);
	return c;
}

static void
the_text_goes_to_a_checkpoint_and_back(void **state)
{
	struct tree_head head = {.size = 1234567890123, .root = {1, 2, 3}};
	struct writer w = {0};
	struct checkpoint c;

	(void)state;
	checkpoint_print(BYTES("a.example/log"), &head, &w);
	assert_int_equal(checkpoint_parse(writer_view(&w), &c), VERDICT_OK);
	assert_true(bytes_equal(c.origin, BYTES("a.example/log")));
	assert_int_equal(c.head.size, head.size);
	assert_memory_equal(c.head.root, head.root, CRYPT_HASH);
	writer_clear(&w);
}

static void
any_other_text_is_malformed(void **state)
{
	static const char *const bad[] = {"", "o\n", "o\n0\n", "o\n0\n\n",
		"\n0\n" EMPTY_ROOT "\n", "o\n0\n" EMPTY_ROOT,
		"o\n00\n" EMPTY_ROOT "\n", "o\n-1\n" EMPTY_ROOT "\n",
		"o\n+1\n" EMPTY_ROOT "\n", "o\n 1\n" EMPTY_ROOT "\n",
		"o\n9223372036854775808\n" EMPTY_ROOT "\n",
		"o\n0\n" EMPTY_ROOT "\n\n",
		"o\n0\n" EMPTY_ROOT "\nan extension\n",
		"o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
		"o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n",
		"o\n0\nAA==\n"};
	struct checkpoint c;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(checkpoint_parse(bytes_of_string(bad[i]), &c),
			VERDICT_MALFORMED);
	assert_int_equal(
		checkpoint_parse(
			BYTES("o\n9223372036854775807\n" EMPTY_ROOT "\n"), &c),
		VERDICT_OK);
}

static void
a_ledger_signs_and_a_witness_cosigns(void **state)
{
	struct signer log = signer_named("log.example", NOTE_ED25519);
	struct signer witness = signer_named("w.example", NOTE_COSIGNATURE);
	struct tree_head head = {.size = 7, .root = {7}};
	struct writer w = {0};
	struct checkpoint c;
	struct note note;

	(void)state;
	signer_checkpoint(&log, &head, &witness, 1, &w);
	assert_int_equal(
		checkpoint_open(writer_view(&w), &log.key, 1, &note, &c),
		VERDICT_OK);
	assert_true(bytes_equal(c.origin, BYTES("log.example")));
	assert_int_equal(c.head.size, 7);
	assert_int_equal(
		checkpoint_open(writer_view(&w), &witness.key, 1, &note, &c),
		VERDICT_OK);
	assert_int_equal(note_line_of(&note, &witness.key)->time_s, 1700000000);
	writer_clear(&w);
}

static void
two_checkpoints_of_one_size_and_two_roots_are_a_fork(void **state)
{
	struct checkpoint a = {BYTES("o"), {5, {1}}}, b = a;

	(void)state;
	assert_int_equal(checkpoint_compare(&a, &b), CHECKPOINT_SAME);
	b.head.root[31] = 1;
	assert_int_equal(checkpoint_compare(&a, &b), CHECKPOINT_FORK);
	b.head.size = 6;
	assert_int_equal(checkpoint_compare(&a, &b), CHECKPOINT_BEHIND);
	assert_int_equal(checkpoint_compare(&b, &a), CHECKPOINT_AHEAD);
	b.origin = BYTES("p");
	assert_int_equal(checkpoint_compare(&a, &b), CHECKPOINT_OTHER);
}

static void
the_go_checksum_database_opens(void **state)
{
	struct note_key key =
		vectors_key(VECTORS_SHARED "checkpoint/sum.golang.org.vkey");
	struct writer w = {0};
	struct note note;
	struct checkpoint c =
		open_file(VECTORS_SHARED "checkpoint/sum.golang.org.checkpoint",
			&key, &note, &w);

	(void)state;
	assert_true(bytes_equal(c.origin, BYTES("go.sum database tree")));
	assert_int_equal(c.head.size, 35225469);
	writer_clear(&w);
}

static void
published_cosignatures_open_with_their_time(void **state)
{
	static const char *const names[] = {"witness", "mirror"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct writer w = {0};
		char path[100];
		struct note_key key;
		struct note note;
		struct checkpoint c;

		snprintf(path, sizeof(path),
			VECTORS_SHARED "cosignature/%s.vkey", names[i]);
		key = vectors_key(path);
		snprintf(path, sizeof(path),
			VECTORS_SHARED "cosignature/%s.checkpoint", names[i]);
		c = open_file(path, &key, &note, &w);
		assert_int_equal(c.head.size, 300);
		assert_int_equal(note_line_of(&note, &key)->time_s, 1767139200);
		writer_clear(&w);
	}
}

/* Append the entries of a bundle of size entries in a published log. */
static void
append_bundle(
	const char *log, uint64_t size, uint64_t number, struct tree *tree)
{
	struct tile tile = tile_at(size, TILE_ENTRIES, number);
	struct writer path = {0}, file = {0};
	struct reader bundle;

	writer_put_string(&path, log);
	tile_print_path(&tile, &path);
	bundle = reader_of(vectors_get(writer_string(&path), &file));
	for (unsigned i = 0; i < tile.width; i++)
		tree_append(tree, tile_next_entry(&bundle), NULL, NULL);
	assert_true(reader_done(&bundle));
	writer_clear(&path);
	writer_clear(&file);
}

/* The signed root at size is that of the entries published at that size. */
static void
compare_with_entries(const char *log, uint64_t size, const struct note_key *key)
{
	struct tree *tree = mem_new(sizeof(*tree));
	struct tree_head head;
	struct writer w = {0};
	struct checkpoint c;
	struct note note;
	char path[200];

	for (uint64_t i = 0; i < tile_count(size, TILE_ENTRIES); i++)
		append_bundle(log, size, i, tree);
	snprintf(path, sizeof(path), "%scheckpoint.%d", log, (int)size);
	c = open_file(path, key, &note, &w);
	head = tree_head(tree);
	assert_int_equal(c.head.size, head.size);
	assert_memory_equal(c.head.root, head.root, CRYPT_HASH);
	assert_true(bytes_equal(c.origin, bytes_of_string(key->name)));
	mem_free(tree);
	writer_clear(&w);
}

static void
a_published_log_has_the_signed_root_at_each_of_15_sizes(void **state)
{
	struct note_key key = vectors_key(VECTORS_SHARED "tessera-log/vkey");

	(void)state;
	for (uint64_t size = 0; size <= 15; size++)
		compare_with_entries(VECTORS_SHARED "tessera-log/", size, &key);
}

static void
a_log_of_1500_has_the_signed_root_at_each_published_size(void **state)
{
	static const uint64_t sizes[] = {0, 1, 255, 256, 257, 512, 1000, 1500};
	struct note_key key = vectors_key(VECTORS_LOG "vkey");

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		compare_with_entries(VECTORS_LOG, sizes[i], &key);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_text_goes_to_a_checkpoint_and_back),
		cmocka_unit_test(any_other_text_is_malformed),
		cmocka_unit_test(a_ledger_signs_and_a_witness_cosigns),
		cmocka_unit_test(
			two_checkpoints_of_one_size_and_two_roots_are_a_fork),
		cmocka_unit_test(the_go_checksum_database_opens),
		cmocka_unit_test(published_cosignatures_open_with_their_time),
		cmocka_unit_test(
			a_published_log_has_the_signed_root_at_each_of_15_sizes),
		cmocka_unit_test(
			a_log_of_1500_has_the_signed_root_at_each_published_size),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
