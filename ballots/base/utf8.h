#ifndef BALLOTS_BASE_UTF8_H
#define BALLOTS_BASE_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/verdict.h"

/*
 * The letters that people may write: UTF-8 (RFC 3629) without those that could
 * mislead a reader.
 *
 * Left out are control characters other than newline and tab (U+0000-001F,
 * U+007F-009F), line and paragraph separators and direction overrides
 * (U+2028-202E), direction isolates (U+2066-2069), and noncharacters
 * (U+FDD0-FDEF and the last two of each plane).
 *
 * The verdict is MALFORMED for what is not UTF-8, surrogates among it, and
 * FORBIDDEN_CHARACTER for a letter that is left out.
 */

/* Judge all of text. */
enum verdict utf8_check(struct bytes text);

/*
 * Take one letter off the front of *rest, which is not empty, and judge it.
 * Unless the verdict is OK, *rest stays as it was.
 */
enum verdict utf8_step(struct bytes *rest);

/*
 * Take one letter off the front of *rest, which is not empty, whichever letter
 * it is.  Where there is no UTF-8, false, and *rest stays as it was.
 */
bool utf8_take(struct bytes *rest, uint32_t *letter);

/* True unless the letter is left out above. */
bool utf8_may_be_written(uint32_t letter);

#endif
