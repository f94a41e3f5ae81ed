#ifndef BALLOTS_RECORD_FORM_H
#define BALLOTS_RECORD_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/record/fields.h"
#include "ballots/record/jcs.h"

/*
 * Objects whose members stand in a table: acts, and the effects inside them.
 *
 * A table lists every member that some kind of object has, in canonical
 * order, each with its type.  A kind is two sets of them: what it must have
 * and what it may have.  Reading and printing follow the same rows.
 */

/*
 * The value of one member, by its type: ids, hashes and keys as 32 bytes; a
 * truth value as 0 or 1; words (without quotes), lists and objects as they
 * stand in the document.
 */
union form_value {
	int64_t number;
	struct {
		uint8_t hash[32];
		uint8_t author; /* enum form_author, for "by" */
	};
	struct bytes span;
};

/* What can stand in "by": a member's id, a key, or the ledger itself. */
enum form_author { FORM_BY_MEMBER, FORM_BY_KEY, FORM_BY_LEDGER };

struct form_member;

/* How values of one type are read and printed. */
struct form_type {
	void (*walk)(struct fields *f, const struct form_member *m,
		union form_value *out);
	void (*print)(struct jcs_printer *p, const union form_value *value);
};

struct form_member {
	const char *name;
	const struct form_type *type;
	int64_t min, max; /* of an integer; of the length of a list */
};

/* A set of members: bit i for row i of the table. */
typedef uint64_t form_set;
#define FORM_BIT(member) ((form_set)1 << (member))

/*
 * Read the rest of the object that f stands in, which may have only members
 * of required and optional.  values has a place for each of the n rows; only
 * those whose bit is in the returned set are written.
 */
form_set form_walk(struct fields *f, const struct form_member *table, size_t n,
	form_set required, form_set optional, union form_value *values);

/* Print the members of present, each behind its name. */
void form_print(struct jcs_printer *p, const struct form_member *table,
	size_t n, form_set present, const union form_value *values);

/* Types of one value. */
extern const struct form_type form_author; /* id, did or "ledger" */
extern const struct form_type form_base64; /* any length; the text */
extern const struct form_type form_bool;
extern const struct form_type form_did;
extern const struct form_type form_hash;   /* base64 of 32 bytes */
extern const struct form_type form_id;     /* hex of 32 bytes */
extern const struct form_type form_int;    /* min to max */
extern const struct form_type form_object; /* any; judged elsewhere */
extern const struct form_type form_target; /* id or "none", which is zeros */
extern const struct form_type form_word;   /* of at most max characters */

/* Types of min to max elements. */
extern const struct form_type form_dids;
extern const struct form_type form_ids;
extern const struct form_type form_ints;
extern const struct form_type form_texts; /* {"hash", "lang"}, langs differ */
extern const struct form_type form_words;

#define FORM_WORD 64 /* characters of a word */

/*
 * For types whose value is kept as a span: walk the value called m->name with
 * inner, which stands before it, and keep what it covers.
 */
void form_span(struct fields *f, const struct form_member *m,
	void (*inner)(struct fields *f, const struct form_member *m),
	union form_value *out);
void form_print_raw(struct jcs_printer *p, const union form_value *value);

/* Walk texts as one value; see form_texts. */
void form_walk_texts(struct fields *f, const struct form_member *m);

#endif
