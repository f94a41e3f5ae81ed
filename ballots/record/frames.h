#ifndef BALLOTS_RECORD_FRAMES_H
#define BALLOTS_RECORD_FRAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "ballots/base/bytes.h"
#include "ballots/base/limits.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"

/*
 * A capsule as lines of text for QR codes, in their alphanumeric mode
 * (specs/capsule.md section 5): packed with zlib, in base32, cut into slices.
 *
 *     UNION1/<i>/<n>/<first 8 hex digits of its SHA-256>/<slice>
 *
 * i counts from 1 to n, which is at most LIMIT_FRAMES.
 */
#define FRAMES_MARK "UNION1/"
#define FRAMES_HEAD 23 /* characters before a slice, at most */

/*
 * Append the lines of capsule, of at most line_max characters each, more than
 * FRAMES_HEAD; false, and nothing appended, when that makes too many.
 */
bool frames_print(struct bytes capsule, size_t line_max, struct writer *out);

/*
 * Append what lines hold, in any order and some of them twice.  MALFORMED for
 * other lines, or lines of several capsules; TOO_FEW when one is missing;
 * TOO_LARGE beyond LIMIT_FRAMES_BYTES, or beyond LIMIT_CAPSULE_BYTES unpacked.
 */
enum verdict frames_join(struct bytes text, struct writer *out);

#endif
