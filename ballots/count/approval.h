#ifndef BALLOTS_COUNT_APPROVAL_H
#define BALLOTS_COUNT_APPROVAL_H

#include "ballots/count/method.h"

/* Approval: each ballot counts once for every option it approves. */
extern const struct method approval_method;

#endif
