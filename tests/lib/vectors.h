#ifndef TESTS_LIB_VECTORS_H
#define TESTS_LIB_VECTORS_H

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/writer.h"
#include "ballots/record/note.h"

/*
 * Published bytes that tests compare with.  Some are kept beside the checkout
 * and not in it; a test that finds them absent counts as skipped.
 *
 * Include after cmocka.h.
 */
#define VECTORS_SHARED "../shared/vectors/"
#define VECTORS_LOG    "tests/vectors/log-1500/"

/* Read a whole file into w, from its start; false when it is not there. */
static inline bool
vectors_read(const char *path, struct writer *w)
{
	uint8_t block[4096];
	FILE *file = fopen(path, "rb");
	size_t n;

	writer_rewind(w);
	if (file == NULL)
		return false;
	while ((n = fread(block, 1, sizeof(block), file)) > 0)
		writer_put(w, bytes_of(block, n));
	fclose(file);
	return true;
}

/* The same, where absence skips the test. */
static inline struct bytes
vectors_get(const char *path, struct writer *w)
{
	if (!vectors_read(path, w)) {
		writer_clear(w);
		skip();
	}
	return writer_view(w);
}

/* The key in a file, as checkpoints name it; absence skips the test. */
static inline struct note_key
vectors_key(const char *path)
{
	struct writer w = {0};
	struct note_key key;
	struct bytes rest = vectors_get(path, &w);

	assert_int_equal(
		note_parse_key(bytes_cut(&rest, '\n'), &key), VERDICT_OK);
	writer_clear(&w);
	return key;
}

/* A JSON file below VECTORS_SHARED; absence skips the test. */
static inline json_t *
vectors_json(const char *path)
{
	json_t *root = json_load_file(path, JSON_DECODE_INT_AS_REAL, NULL);

	if (root == NULL)
		skip();
	return root;
}

/* Sizes go beyond what jansson reads as an integer, so all come as reals. */
static inline uint64_t
vectors_number(const json_t *object, const char *name)
{
	double value = json_number_value(json_object_get(object, name));

	return value < 18446744073709551615.0 ? (uint64_t)value : UINT64_MAX;
}

static inline struct bytes
vectors_text(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text == NULL ? BYTES("") : bytes_of_string(text);
}

#endif
