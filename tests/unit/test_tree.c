#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/record/tile.h"
#include "ballots/record/tree.h"
#include "tests/lib/slow_tree.h"
#include "tests/lib/vectors.h"

static void
assert_root(const uint8_t root[static CRYPT_HASH], const char *hex)
{
	uint8_t want[CRYPT_HASH];

	assert_true(coding_read_hex(bytes_of_string(hex), want, CRYPT_HASH));
	assert_memory_equal(root, want, CRYPT_HASH);
}

/* From transparency-dev/merkle, testonly/constants.go. */
static void
the_reference_tree_has_the_published_roots(void **state)
{
	static const struct {
		const char *leaf; /* in hex; none for the empty tree */
		const char *root;
	} steps[] = {
		{"", "6e340b9cffb37a989ca544e6bb780a2c"
		     "78901d3fb33738768511a30617afa01d"},
		{"00", "fac54203e7cc696cf0dfcb42c92a1d9d"
		       "baf70ad9e621f4bd8d98662f00e3c125"},
		{"10", "aeb6bcfe274b70a14fb067a5e5578264"
		       "db0fa9b51af5e0ba159158f329e06e77"},
		{"2021", "d37ee418976dd95753c1c73862b9398f"
			 "a2a2cf9b4ff0fdfe8b30cd95209614b7"},
		{"3031", "4e3bbb1f7b478dcfe71fb631631519a3"
			 "bca12c9aefca1612bfce4c13a86264d4"},
		{"40414243", "76e67dadbcdf1e10e1b74ddc608abd2f"
			     "98dfb16fbce75277b5232a127f2087ef"},
		{"5051525354555657", "ddb89be403809e325750d3d263cd7892"
				     "9c2942b7942a34b77e122c9594a74c8c"},
		{"606162636465666768696a6b6c6d6e6f",
			"5dc9da79a70659a9ad559cb701ded9a2"
			"ab9d823aad2f4960cfe370eff4604328"},
	};
	struct tree *tree = mem_new(sizeof(*tree));

	(void)state;
	assert_root(tree_head(tree).root, "e3b0c44298fc1c149afbf4c8996fb924"
					  "27ae41e4649b934ca495991b7852b855");
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct bytes hex = bytes_of_string(steps[i].leaf);
		uint8_t leaf[16];

		assert_true(coding_read_hex(hex, leaf, hex.len / 2));
		tree_append(tree, bytes_of(leaf, hex.len / 2), NULL, NULL);
		assert_int_equal(tree_head(tree).size, i + 1);
		assert_root(tree_head(tree).root, steps[i].root);
	}
	mem_free(tree);
}

static void
a_growing_tree_has_the_root_that_the_definition_gives(void **state)
{
	struct tree *tree = mem_new(sizeof(*tree));
	uint8_t want[CRYPT_HASH];

	(void)state;
	for (uint32_t n = 0; n < 300; n++) {
		slow_root(0, n, want);
		assert_memory_equal(tree_head(tree).root, want, CRYPT_HASH);
		tree_append(tree, bytes_of(&n, sizeof(n)), NULL, NULL);
	}
	mem_free(tree);
}

static void
a_proof_goes_to_text_and_back(void **state)
{
	struct tree_proof proof = {.n = 3, .hash = {{1}, {2}, {3}}}, again;
	struct writer w = {0};
	struct bytes rest;

	(void)state;
	tree_print_proof(&proof, &w);
	rest = writer_view(&w);
	assert_false(tree_parse_proof(&rest, &again)); /* no empty line */
	writer_put_string(&w, "\nwhat follows");
	rest = writer_view(&w);
	assert_true(tree_parse_proof(&rest, &again));
	assert_true(bytes_equal(rest, BYTES("what follows")));
	assert_int_equal(again.n, proof.n);
	assert_memory_equal(again.hash, proof.hash, proof.n * CRYPT_HASH);
	writer_clear(&w);
}

static void
a_proof_of_more_than_63_lines_is_not_read(void **state)
{
	struct tree_proof proof = {.n = TREE_TEXT_MAX}, again;
	struct writer w = {0};
	struct bytes rest;

	(void)state;
	tree_print_proof(&proof, &w);
	writer_put_u8(&w, '\n');
	rest = writer_view(&w);
	assert_true(tree_parse_proof(&rest, &again));
	proof.n++;
	writer_rewind(&w);
	tree_print_proof(&proof, &w);
	writer_put_u8(&w, '\n');
	rest = writer_view(&w);
	assert_false(tree_parse_proof(&rest, &again));
	writer_clear(&w);
}

/*
 * A hash from a vector.  Some are too short on purpose: they are read with
 * zeros behind, and told apart by the result.
 */
static bool
read_hash(struct bytes text, uint8_t out[static CRYPT_HASH])
{
	size_t len = 0;

	memset(out, 0, CRYPT_HASH);
	return coding_read_base64_upto(text, out, CRYPT_HASH, &len) &&
	       len == CRYPT_HASH;
}

static bool
read_proof(const json_t *list, struct tree_proof *out)
{
	out->n = 0;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *text = json_string_value(json_array_get(list, i));

		if (out->n == TREE_PROOF_MAX ||
			!read_hash(bytes_of_string(text), out->hash[out->n++]))
			return false;
	}
	return true;
}

static bool
judge_inclusion(const json_t *test)
{
	struct tree_head head = {.size = vectors_number(test, "treeSize")};
	struct tree_proof proof;
	uint8_t leaf[CRYPT_HASH];

	return read_hash(vectors_text(test, "root"), head.root) &&
	       read_hash(vectors_text(test, "leafHash"), leaf) &&
	       read_proof(json_object_get(test, "proof"), &proof) &&
	       tree_check_inclusion(
		       &head, vectors_number(test, "leafIdx"), leaf, &proof);
}

/*
 * Equal sizes and roots are right whatever the roots are: read them short.
 * Upstream calls every proof from the empty tree an error; the witness
 * protocol, which this follows, takes an empty one.
 */
static bool
judge_consistency(const json_t *test)
{
	struct tree_head old = {.size = vectors_number(test, "size1")};
	struct tree_head now = {.size = vectors_number(test, "size2")};
	struct tree_proof proof;

	(void)read_hash(vectors_text(test, "root1"), old.root);
	(void)read_hash(vectors_text(test, "root2"), now.root);
	return read_proof(json_object_get(test, "proof"), &proof) &&
	       tree_check_consistency(&old, &now, &proof);
}

static bool
from_the_empty_tree(const json_t *test)
{
	return bytes_equal(vectors_text(test, "desc"),
		BYTES("size1 is zero and size2 is not zero"));
}

static void
run_vectors(const char *path, bool (*judge)(const json_t *test))
{
	json_t *tests = vectors_json(path), *test;
	size_t i;

	assert_int_equal(json_array_size(tests), 98);
	json_array_foreach(tests, i, test)
	{
		bool want = !json_is_true(json_object_get(test, "wantErr")) ||
			    from_the_empty_tree(test);

		if (judge(test) != want)
			fail_msg("%s", json_string_value(
					       json_object_get(test, "file")));
	}
	json_decref(tests);
}

static void
published_inclusion_proofs_are_judged_as_published(void **state)
{
	(void)state;
	run_vectors(VECTORS_SHARED "merkle/inclusion.json", judge_inclusion);
}

static void
published_consistency_proofs_are_judged_as_published(void **state)
{
	(void)state;
	run_vectors(
		VECTORS_SHARED "merkle/consistency.json", judge_consistency);
}

/* Compare a tile in the published log with width hashes. */
static void
compare_tile(
	unsigned level, uint64_t number, unsigned width, const uint8_t *hashes)
{
	struct tile tile = {level, number, width};
	struct writer path = {0}, file = {0};

	writer_put_string(&path, VECTORS_LOG);
	tile_print_path(&tile, &path);
	assert_true(vectors_read(writer_string(&path), &file));
	assert_int_equal(file.len, width * CRYPT_HASH);
	assert_memory_equal(file.data, hashes, file.len);
	writer_clear(&path);
	writer_clear(&file);
}

static void
compare_finished(
	void *ctx, unsigned level, uint64_t number, const uint8_t *hashes)
{
	unsigned *n = ctx;

	compare_tile(level, number, TREE_TILE, hashes);
	(*n)++;
}

static void
append_bundle(struct tree *tree, uint64_t number, unsigned *n)
{
	struct tile tile = tile_at(1500, TILE_ENTRIES, number);
	struct writer path = {0}, file = {0};
	struct reader bundle;

	writer_put_string(&path, VECTORS_LOG);
	tile_print_path(&tile, &path);
	assert_true(vectors_read(writer_string(&path), &file));
	bundle = reader_of(writer_view(&file));
	for (unsigned i = 0; i < tile.width; i++)
		tree_append(
			tree, tile_next_entry(&bundle), compare_finished, n);
	assert_true(reader_done(&bundle));
	writer_clear(&path);
	writer_clear(&file);
}

/* tests/vectors/log-1500 was made with the code of the Go checksum database. */
static void
a_published_log_is_rebuilt_tile_by_tile(void **state)
{
	struct tree *tree = mem_new(sizeof(*tree));
	unsigned n = 0;

	(void)state;
	for (uint64_t i = 0; i < tile_count(1500, TILE_ENTRIES); i++)
		append_bundle(tree, i, &n);
	assert_int_equal(n, 5);
	compare_tile(0, 5, 220, tree_edge(tree, 0, 5, 220));
	compare_tile(1, 0, 5, tree_edge(tree, 1, 0, 5));
	assert_null(tree_edge(tree, 0, 4, 1));
	assert_null(tree_edge(tree, 0, 5, 221));
	assert_null(tree_edge(tree, 2, 0, 1));
	assert_root(tree_head(tree).root, "86137f36edbc5687fdeb1d9a6855757c"
					  "914a96073577e9a00621db317c56ca1b");
	mem_free(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_reference_tree_has_the_published_roots),
		cmocka_unit_test(
			a_growing_tree_has_the_root_that_the_definition_gives),
		cmocka_unit_test(a_proof_goes_to_text_and_back),
		cmocka_unit_test(a_proof_of_more_than_63_lines_is_not_read),
		cmocka_unit_test(
			published_inclusion_proofs_are_judged_as_published),
		cmocka_unit_test(
			published_consistency_proofs_are_judged_as_published),
		cmocka_unit_test(a_published_log_is_rebuilt_tile_by_tile),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
