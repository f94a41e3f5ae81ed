#ifndef BALLOTS_FILE_FORMATS_H
#define BALLOTS_FILE_FORMATS_H

#include "ballots/file/election.h"
#include "ballots/file/scan.h"

/* Every format of ballot files, by name; told apart by content. */
struct format {
	const char *name;  /* "blt" */
	const char *title; /* "BLT and HIL" */
	bool (*suits)(struct bytes file);
	void (*read)(struct scan *t, struct election *e);
};

/* The format called name, or NULL. */
const struct format *formats_find(struct bytes name);

/* The format that file looks like; when it looks like none, CSV. */
const struct format *formats_guess(struct bytes file);

/* Format number i, counted from 0, or NULL past the last one. */
const struct format *formats_at(size_t i);

/*
 * Read file into *out, which borrows nothing from it and is the caller's to
 * clear.  When that is false, *fault says where and why and *out is untouched.
 */
bool formats_read(const struct format *f, struct bytes file,
	struct election_wanted wanted, struct election *out,
	struct file_fault *fault);

#endif
