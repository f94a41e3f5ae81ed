#ifndef CLI_TROUPE_H
#define CLI_TROUPE_H

#include "ballots/record/act.h"
#include "cli/ask.h"

/*
 * Those who act in a rehearsal: members whose keys are drawn for it, held in
 * memory alone, and gone with it.
 *
 * Acts are signed by their authors and go through the daemon's socket like
 * everybody's, TROUPE_PAGE in a request.  One that is refused is complained
 * about: what is rehearsed is known to be allowed.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct troupe;

#define TROUPE_PAGE 64 /* acts of one request */

/* n with fresh keys; given back with troupe_free(), which wipes them. */
struct troupe *troupe_new(uint32_t n);
void troupe_free(struct troupe *t);

uint32_t troupe_size(const struct troupe *t);

/* One more with a key, who is no member: whom the union negotiates with. */
uint32_t troupe_guest(const struct troupe *t);

const uint8_t *troupe_key(const struct troupe *t, uint32_t who);

/* The member's id, lent; known once the application is signed. */
const uint8_t *troupe_id(const struct troupe *t, uint32_t who);

/* Sign an act as it is, and say its id. */
void troupe_sign(const struct troupe *t, uint32_t who, const struct act *act,
	struct writer *bytes, uint8_t sig[static CRYPT_SIG],
	uint8_t id[static CRYPT_HASH]);

/* Sign a message as it stands, with no purpose line before it. */
void troupe_sign_bytes(const struct troupe *t, uint32_t who,
	struct bytes message, uint8_t sig[static CRYPT_SIG]);

/*
 * Sign the application of who, as of now_s, for the union that c speaks for;
 * from now on who has an id.
 */
void troupe_apply(struct troupe *t, struct contact *c, uint32_t who,
	struct writer *bytes, uint8_t sig[static CRYPT_SIG]);

/* Append [{"hash", "lang"}] for a text, which goes with the next act. */
void troupe_text(struct troupe *t, const char *text, struct writer *list);

/*
 * Complete an act (by, log, seq, until), sign it, and put it into the next
 * request, sending that one when it is full.  The author is the member, or the
 * key where the kind is one that keys sign.  id, which may be NULL, is told.
 */
int troupe_file(struct troupe *t, struct contact *c, uint32_t who,
	struct act *act, uint8_t *id);

/* The same for an act that was signed before. */
int troupe_file_signed(struct troupe *t, struct contact *c, struct bytes act,
	const uint8_t sig[static CRYPT_SIG]);

/* Send what waits. */
int troupe_flush(struct troupe *t, struct contact *c);

/* How many acts were recorded. */
uint64_t troupe_recorded(const struct troupe *t);

#endif
