#ifndef BALLOTS_COUNT_YES_NO_H
#define BALLOTS_COUNT_YES_NO_H

#include "ballots/count/method.h"

/*
 * Yes, no, abstain.  Passed when yes reaches the quorum, when yes >= ratio *
 * no, and when yes > no: a tie is a no, and abstentions count for neither.
 *
 * On one option, the marks are answers.  On more, they are ranks: yes ranks
 * the subject above the default option, no the other way round, and all else
 * abstains.  Without a default in the rules it is option 1, and the subject
 * is the first option that is not the default.
 */
extern const struct method yes_no_method;

#endif
