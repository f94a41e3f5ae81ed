#ifndef DAEMON_ENCLOSURE_H
#define DAEMON_ENCLOSURE_H

#include <stddef.h>

#include "ballots/assembly/world.h"
#include "ballots/machine/texts.h"
#include "ballots/record/act.h"

/*
 * Texts that come with an act, in the envelope so to speak (specs/protocol.md
 * section 4): each that the act names must be there or be kept already, and
 * none may be there that it does not name.  A text that was erased counts as
 * kept, and is not kept again.
 */
struct enclosure {
	struct bytes salt; /* LIMIT_TEXT_SALT bytes */
	struct bytes text;
	uint8_t hash[CRYPT_HASH]; /* enclosure_hash() works it out */
};

/* Work out the hash; on any thread. */
void enclosure_hash(struct enclosure *e);

/* TEXT_MISSING, TEXT_MISMATCH, or what text_check() says. */
enum verdict enclosure_check(const struct texts *texts, const struct world *w,
	const struct act *act, const struct enclosure *list, size_t n);

/* Keep those of an act that stands, flushed; -1 once it has told why. */
int enclosure_keep(const struct texts *texts, const struct world *w,
	const struct enclosure *list, size_t n);

/* Take away what is erased by now: a crash may have come in between. */
int enclosure_erase(const struct texts *texts, const struct world *w);

#endif
