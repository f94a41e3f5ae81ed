#ifndef CLI_APPLICATION_H
#define CLI_APPLICATION_H

#include "ballots/base/crypt.h"
#include "ballots/record/act.h"
#include "ballots/record/wire.h"
#include "cli/desk.h"

/*
 * What goes from hand to hand before it is on record: a member.apply act on its
 * way to those who admit, or a key.recover act on its way to those who vouch,
 * with its signature, as one line of JSON (filing.h).
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct application {
	struct wire *line; /* owns the rest */
	struct bytes bytes;
	uint8_t sig[CRYPT_SIG];
	struct act act;
};

/* Read a person's file, of an act of that kind; given back with
 * application_clear(). */
int application_read(
	const char *path, enum act_kind kind, struct application *out);
void application_clear(struct application *a);

/* File it inside an act of that kind, signed by the member at the desk. */
int application_file(struct desk *d, const struct application *a,
	enum act_kind kind, const char *what);

#endif
