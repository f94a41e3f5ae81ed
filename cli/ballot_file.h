#ifndef CLI_BALLOT_FILE_H
#define CLI_BALLOT_FILE_H

#include "ballots/file/election.h"

/*
 * Read the ballots in the file at path, "-" for standard input.  format is a
 * name of formats.h, or NULL: told by content.
 *
 * Returns 0, and *out is the caller's to clear; or -1 once it has complained.
 * What does not read is complained about as wrong usage, by line, column and
 * what was expected.
 */
int ballot_file_read(const char *path, const char *format,
	struct election_wanted wanted, struct election *out);

#endif
