#ifndef BALLOTS_MACHINE_FILES_H
#define BALLOTS_MACHINE_FILES_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/writer.h"

/*
 * Files that are there whole, or not at all.
 *
 * What is written goes to a temporary name, is flushed, gets its name, and
 * the directory is flushed: after a return of 0 it survives a loss of power.
 * A name may hold slashes and is taken from the open directory dir; missing
 * directories on its way are made.
 *
 * Functions that return int return 0 (or what they say), or -1 once they have
 * told why (trouble.h).
 */
enum files_mode {
	FILES_PUBLIC = 0644,  /* directories made are 0755 */
	FILES_PRIVATE = 0600, /* directories made are 0700 */
};

/* Open a directory, to be closed with files_close(). */
int files_open_dir(const char *path);

/* The same, made with its parents where it is missing. */
int files_make_dir(const char *path, enum files_mode mode);

/* Close what these functions opened; -1 is allowed. */
void files_close(int fd);

/* Flush the names in an open directory; name is for what is told. */
int files_flush_dir(int dir, const char *name);

/* Make a file that never changes again.  One of that name must be equal. */
int files_write_once(
	int dir, const char *name, enum files_mode mode, struct bytes content);

/* Make a file, or put another in its place. */
int files_replace(
	int dir, const char *name, enum files_mode mode, struct bytes content);

/* Append the whole file to out; more than max_bytes is a failure. */
int files_read(int dir, const char *name, size_t max_bytes, struct writer *out);

/* True when there is a file of that name. */
bool files_exist(int dir, const char *name);

/* Take a file away; none there is well. */
int files_remove(int dir, const char *name);

/*
 * Lock the file of that name, made where it is missing, against every other
 * process.  Returns a descriptor that holds the lock until files_close().
 */
int files_lock(int dir, const char *name);

/* Bytes that this process may still write on the disk below dir. */
int files_room(int dir, uint64_t *bytes);

#endif
