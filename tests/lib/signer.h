#ifndef TESTS_LIB_SIGNER_H
#define TESTS_LIB_SIGNER_H

#include <string.h>

#include "ballots/record/checkpoint.h"
#include "ballots/record/note.h"

/*
 * Keys that grow from their names, so that every run signs the same bytes.
 * Include after cmocka.h.
 */
struct signer {
	struct note_key key;
	uint8_t secret[CRYPT_SECRET];
};

static inline struct signer
signer_named(const char *name, enum note_kind kind)
{
	uint8_t seed[CRYPT_SEED], public[CRYPT_KEY];
	struct signer s;

	crypt_hash(bytes_of_string(name), seed);
	crypt_pair(seed, public, s.secret);
	assert_int_equal(
		note_make_key(bytes_of_string(name), kind, public, &s.key),
		VERDICT_OK);
	return s;
}

/* A checkpoint of log, cosigned at time_s by the witnesses. */
static inline void
signer_checkpoint(const struct signer *log, const struct tree_head *head,
	const struct signer *witnesses, size_t n, struct writer *w)
{
	struct writer text = {0};

	checkpoint_print(bytes_of_string(log->key.name), head, &text);
	checkpoint_sign(head, &log->key, log->secret, w);
	for (size_t i = 0; i < n; i++)
		note_sign(writer_view(&text), &witnesses[i].key,
			witnesses[i].secret, 1700000000, w);
	writer_clear(&text);
}

#endif
