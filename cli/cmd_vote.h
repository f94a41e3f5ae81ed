#ifndef CLI_CMD_VOTE_H
#define CLI_CMD_VOTE_H

#include "cli/command.h"

/* Voting, in person and by whom one trusts. */
int cmd_vote_paper(const struct call *call);
int cmd_vote_cast(const struct call *call);
int cmd_vote_roll(const struct call *call);

extern const struct option cmd_vote_hold[], cmd_vote_options[];

#endif
