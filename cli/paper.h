#ifndef CLI_PAPER_H
#define CLI_PAPER_H

#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"

/*
 * 64 secret bytes as eight lines that a person writes down and types back:
 *
 *   1: 7ZK2 9QHM 04TB XWRD
 *
 * Each line is Crockford's base 32 (no I, L, O, U) over eight bytes and two
 * bytes of check, which are the first of SHA-256 over "union-paper/v1\n" and
 * all bytes up to the end of the line: a slip is found in the line where it
 * is, and a line of another paper where it begins.
 */
#define PAPER_BYTES 64
#define PAPER_LINES 8
#define PAPER_CHARS (PAPER_LINES * 23 + 1) /* with newlines, and a zero */

/* Neither keeps a copy of the secret. */
void paper_print(
	const uint8_t secret[static PAPER_BYTES], char out[static PAPER_CHARS]);

/*
 * Read lines back.  Case, spaces, dashes and the numbers before a colon do not
 * matter; O is read as 0, I and L as 1.  Returns 0, or the number of the first
 * line that is wrong or missing (PAPER_LINES + 1: there is more than should
 * be); secret is then all zeros.
 */
size_t paper_parse(struct bytes text, uint8_t secret[static PAPER_BYTES]);

#endif
