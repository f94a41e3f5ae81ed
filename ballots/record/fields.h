#ifndef BALLOTS_RECORD_FIELDS_H
#define BALLOTS_RECORD_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/limits.h"

/*
 * Walks the members of a canonical document from front to back.
 *
 * A walk is total, like a reader: whatever differs from what a decoder asks
 * for (a name, a type, a bound, a leftover) marks the walk bad, and from then
 * on every read yields zeros.  So a decoder lists its members in the order of
 * their names and asks fields_done() once:
 *
 *	fields_id(f, "on", b.question);
 *	fields_list(f, "ranks", 1, LIMIT_OPTIONS);
 *	while (fields_more(f))
 *		b.ranks[b.n_ranks++] = (uint8_t)fields_int(f, NULL, 0, 99);
 *	fields_end(f);
 *	b.seq = fields_int(f, "seq", 0, LIMIT_JSON_INT);
 *	if (!fields_done(f))
 *		return VERDICT_MALFORMED;
 *
 * There is one walk and one place in the document, however deep.  fields_object
 * and fields_list step inside, fields_end steps out; until then members of the
 * outer object cannot be read, so a forgotten fields_end() is never taken for
 * a good walk.
 *
 * name is that of the member that must come next, or NULL where the value has
 * none: an element of a list, or the value of the name that fields_next() gave.
 *
 * The document must have passed jcs_check(); on other bytes the walk stays
 * inside them, but a good walk then proves nothing.  Views live as long as the
 * document.
 */
struct fields {
	const uint8_t *at; /* what comes next; never past end */
	const uint8_t *end;
	unsigned depth;  /* open lists and objects */
	bool after_name; /* fields_next() gave a name; its value is due */
	bool bad;
	struct fields_level {
		bool object;
		uint32_t n;   /* members or elements begun */
		uint32_t min; /* of these */
		uint32_t max;
	} levels[LIMIT_JSON_DEPTH];
};

/* Start inside doc, an object. */
struct fields fields_of(struct bytes doc);

/* Start inside doc, a list of min to max elements. */
struct fields fields_of_list(struct bytes doc, uint32_t min, uint32_t max);

/* True when all was as asked for and nothing is left. */
bool fields_done(const struct fields *f);

/* For what a decoder finds wrong by itself: the walk is bad from here on. */
void fields_refuse(struct fields *f);

/* True when the next member is called name: for those that may be left out. */
bool fields_has(const struct fields *f, const char *name);

/* Step inside an object; fields_end() steps out behind its last member. */
void fields_object(struct fields *f, const char *name);

/* Step inside an object whose min to max names are free: see fields_next(). */
void fields_map(struct fields *f, const char *name, uint32_t min, uint32_t max);

/* Step inside a list of min to max elements. */
void fields_list(
	struct fields *f, const char *name, uint32_t min, uint32_t max);

/* Step out of the innermost list or object, which must be read to its end. */
void fields_end(struct fields *f);

/*
 * True while the innermost list or object holds more.  Never true in a bad
 * walk, nor after max elements: more than that marks it bad.  So a loop over
 * fields_more() that reads one element each time runs at most max times.
 */
bool fields_more(struct fields *f);

/*
 * Read the name of the next member, whatever it is; its value is read next,
 * with NULL for a name.  Names ascend.
 */
struct bytes fields_next(struct fields *f);

/* An integer from min to max. */
int64_t fields_int(
	struct fields *f, const char *name, int64_t min, int64_t max);

bool fields_bool(struct fields *f, const char *name);

/*
 * The inside of a string, escapes and all, of at most max_bytes.
 * jcs_unescape() turns it into text.
 */
struct bytes fields_string(
	struct fields *f, const char *name, size_t max_bytes);

/*
 * A string of 1 to FIELDS_WORD printable ASCII characters, without space, "
 * and \.  The longest one is a ledger's origin; others are bounded by whoever
 * reads them.
 */
#define FIELDS_WORD 97
struct bytes fields_word(struct fields *f, const char *name);

/* 64 lower-case hex digits. */
void fields_id(struct fields *f, const char *name, uint8_t out[static 32]);

/* Exactly len bytes in base64. */
void fields_base64(
	struct fields *f, const char *name, uint8_t *out, size_t len);

/* Up to max bytes in base64; returns how many. */
size_t fields_blob(
	struct fields *f, const char *name, uint8_t *out, size_t max);

/* did:key:... of an Ed25519 key; the key itself is not judged. */
void fields_did(struct fields *f, const char *name, uint8_t key[static 32]);

/* Any value, as it stands in the document. */
struct bytes fields_value(struct fields *f, const char *name);

/*
 * The value called name in doc, an object, as it stands there; empty when
 * there is none.  For what must be known before the walk, such as the kind.
 */
struct bytes fields_find(struct bytes doc, const char *name);

#endif
