#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include <stddef.h>

/*
 * Run "union" with n words behind it, to the last line of the answer.
 * Returns the status to leave with (complain.h).
 */
int commands_run(size_t n, char *const *words);

#endif
