#ifndef BALLOTS_RECORD_JCS_H
#define BALLOTS_RECORD_JCS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/limits.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"

/*
 * Canonical JSON: RFC 8785 under a strict profile, judged and printed.
 *
 *   no whitespace; one value is the whole document
 *   numbers are integers within +-LIMIT_JSON_INT; no -0, fraction, exponent
 *   names are printable ASCII without " and \, unique, in ascending order
 *   strings hold the letters of utf8.h; escapes are \" \\ \n \t only
 *   arrays and objects nest at most LIMIT_JSON_DEPTH deep
 *
 * A value has exactly one form here, so equal values are equal bytes and no
 * document is ever parsed into a tree: fields.h walks the bytes themselves.
 */

/*
 * Judge a whole document; the first byte that departs decides.
 *
 *   MALFORMED            not JSON
 *   NOT_CANONICAL        JSON in another form: whitespace, other numbers,
 *                        names out of order or twice, other escapes
 *   FORBIDDEN_CHARACTER  a letter that is left out, in a string or a name
 *   TOO_DEEP             nested deeper than LIMIT_JSON_DEPTH
 *
 * Its length is for the caller to limit.
 */
enum verdict jcs_check(struct bytes doc);

/* Append what the inside of a checked string says, its escapes undone. */
void jcs_unescape(struct bytes raw, struct writer *out);

/*
 * Prints one value into a writer, which it borrows.
 *
 * In an object each value comes after its jcs_key(), and keys ascend.  Letters,
 * order, depth and bounds are asserted: text from outside is judged by
 * utf8_check() before it is printed.
 */
#define JCS_LEVELS 32 /* the state document goes deeper than an act */

struct jcs_printer {
	struct writer *out;
	unsigned depth; /* open arrays and objects */
	bool after_key; /* a key waits for its value */
	struct {
		bool object;
		bool begun;     /* holds something already */
		size_t key_at;  /* where in out its last key stands */
		size_t key_len; /* bytes */
	} levels[JCS_LEVELS];
};

struct jcs_printer jcs_printer_of(struct writer *out);

void jcs_begin_object(struct jcs_printer *p);
void jcs_end_object(struct jcs_printer *p);
void jcs_begin_array(struct jcs_printer *p);
void jcs_end_array(struct jcs_printer *p);

void jcs_key(struct jcs_printer *p, const char *name);
void jcs_key_bytes(struct jcs_printer *p, struct bytes name);

void jcs_string(struct jcs_printer *p, struct bytes utf8);
void jcs_int(struct jcs_printer *p, int64_t value);
void jcs_bool(struct jcs_printer *p, bool value);
void jcs_null(struct jcs_printer *p);

/* Strings of 64 hex digits, of base64, and did:key:... */
void jcs_id(struct jcs_printer *p, const uint8_t id[static 32]);
void jcs_base64(struct jcs_printer *p, struct bytes b);
void jcs_did(struct jcs_printer *p, const uint8_t key[static 32]);

/* A value that is canonical already, such as fields_value() lends. */
void jcs_raw(struct jcs_printer *p, struct bytes value);

#endif
