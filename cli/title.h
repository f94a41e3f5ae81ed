#ifndef CLI_TITLE_H
#define CLI_TITLE_H

#include "cli/desk.h"

/*
 * What things are called that have no text of their own, or more than one: for
 * subject.h.  Each appends a title; entry is an entry of a list, item the
 * object in it.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */

/* A name of one's own, "(you)", and digits. */
void title_put_member(struct desk *d, const uint8_t id[static CRYPT_HASH],
	struct writer *out);

/* A chapter, topic or gateway: what a founder opened, or a vote. */
int title_put_opened(struct desk *d, const uint8_t id[static CRYPT_HASH],
	struct writer *out);

int title_put_proposal(
	struct desk *d, struct wire_value entry, struct writer *out);
void title_put_recovery(
	struct desk *d, struct wire_value item, struct writer *out);
int title_put_case(struct desk *d, struct wire_value item, struct writer *out);

#endif
