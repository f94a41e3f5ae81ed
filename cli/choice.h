#ifndef CLI_CHOICE_H
#define CLI_CHOICE_H

#include <stddef.h>
#include <stdint.h>

#include "ballots/base/limits.h"
#include "ballots/base/writer.h"

/*
 * A vote as people write it, and the marks that a ballot holds for it.
 *
 *   yes-no                         yes, no or abstain
 *   plurality                      3
 *   approval, equal-shares         1 3
 *   schulze, ranked-pairs          3>1=2        4? has no opinion of 4
 *   irv, stv-wigm, stv-meek        3>1>2
 *   score, majority-judgment       1=5 2=-3
 *
 * Options go by number; 0 is the status quo.  Commas are as good as spaces.
 * With a yes-no question of one option, words stand alone.
 */
struct choice {
	size_t n;
	int64_t marks[LIMIT_OPTIONS];
};

/* What is wrong with what was written, in words; NULL when nothing is. */
const char *choice_read(struct bytes method, size_t n_options, int64_t low,
	struct bytes text, struct choice *out);

/* How to write one, in half a sentence; "" for a method that is not known. */
const char *choice_form(struct bytes method);

/* Append what marks say, such as "3 before 1 = 2". */
void choice_put(
	struct bytes method, const struct choice *c, struct writer *out);

/* Append the marks as a list. */
void choice_put_marks(const struct choice *c, struct writer *out);

#endif
