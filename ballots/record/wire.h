#ifndef BALLOTS_RECORD_WIRE_H
#define BALLOTS_RECORD_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"
#include "ballots/record/jcs.h"

struct json_t; /* jansson */

/*
 * Messages between uniond and its clients (specs/protocol.md): JSON of any
 * form, in any order, since nothing here is signed.  What is signed travels
 * inside as base64, and is judged where it is unpacked.
 *
 * Reading is total, as in fields.h: what is missing, of another type, or out
 * of bounds marks the message bad and yields zeros.  So a reader takes all it
 * wants and asks wire_good() once:
 *
 *	struct wire_value top = wire_top(message);
 *
 *	from = wire_int(wire_get(top, "from"), 0, LIMIT_JSON_INT);
 *	acts = wire_get(top, "acts");
 *	n = wire_count(acts, 1, LIMIT_SUBMIT_ACTS);
 *	for (size_t i = 0; i < n; i++)
 *		act[i] = wire_blob(wire_get(wire_at(acts, i), "act"), max);
 *	wire_only(top, "ask acts from");
 *	if (!wire_good(message))
 *		return VERDICT_MALFORMED;
 *
 * Writing goes through jcs.h: a message is a canonical object.
 */
struct wire;

/* A value somewhere in a message, lent as long as that; or none. */
struct wire_value {
	struct wire *message;
	const struct json_t *at; /* NULL: missing */
};

/*
 * Read one JSON object of at most max_bytes.  TOO_LARGE; TOO_DEEP, found
 * before any parser sees the bytes; MALFORMED also for a name that stands
 * twice.  On OK *out is the caller's, for wire_free().  Borrows nothing.
 */
enum verdict wire_read(struct bytes in, size_t max_bytes, struct wire **out);

/* NULL is allowed. */
void wire_free(struct wire *message);

/* The whole message. */
struct wire_value wire_top(struct wire *message);

/* True when everything asked for was there and as it should be. */
bool wire_good(const struct wire *message);

/* For what a reader finds wrong by itself. */
void wire_refuse(struct wire_value v);

/* The member of an object; of what is none, and where it is not, missing. */
struct wire_value wire_get(struct wire_value object, const char *name);

/* True when the value is there, for those that may be left out. */
bool wire_there(struct wire_value v);

/* The object may have members of these names alone, parted by blanks. */
void wire_only(struct wire_value object, const char *names);

/* The length of a list of min to max elements; 0 when it is not one. */
size_t wire_count(struct wire_value list, size_t min, size_t max);
struct wire_value wire_at(struct wire_value list, size_t i);

/* An integer from min to max. */
int64_t wire_int(struct wire_value v, int64_t min, int64_t max);

bool wire_bool(struct wire_value v);

/* A string of UTF-8, of at most max bytes; lent as long as the message. */
struct bytes wire_string(struct wire_value v, size_t max);

/* 64 lower-case hex digits. */
void wire_id(struct wire_value v, uint8_t out[static 32]);

/* Exactly len bytes in base64. */
void wire_base64(struct wire_value v, uint8_t *out, size_t len);

/* Up to max bytes in base64, decoded; lent as long as the message. */
struct bytes wire_blob(struct wire_value v, size_t max);

/* Append the whole reply {"ok": false, ...} for a request. */
void wire_put_refusal(struct writer *w, enum verdict v);

/* Print the members "hint", "sentence" and "verdict", one at a time. */
void wire_print_hint(struct jcs_printer *p, enum verdict v);
void wire_print_verdict(struct jcs_printer *p, enum verdict v);

#endif
