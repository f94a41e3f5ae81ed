#ifndef CLI_CONTACT_H
#define CLI_CONTACT_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/crypt.h"
#include "ballots/record/jcs.h"
#include "ballots/record/note.h"
#include "ballots/record/tree.h"
#include "ballots/record/wire.h"
#include "cli/home.h"
#include "cli/session.h"

/*
 * A daemon that is spoken with, and held to what it signed.
 *
 * Nothing is believed because a daemon says it.  The ledger's key follows from
 * record 0, and record 0 from the origin; who knows neither yet takes what the
 * daemon shows at first, and keeps it.  Every checkpoint must be signed by that
 * key and continue the last one kept.  One that does not is kept beside it as
 * evidence (home.h), and nothing more is asked: COMPLAIN_CANNOT.
 *
 * Functions that return int return 0, or -1 once they have complained; where a
 * daemon answers no, with its sentence and hint.
 */
struct contact;

/* Who the daemon says it is; lent until the next contact_again(). */
struct contact_about {
	struct bytes name, origin, vkey;
	uint8_t id[CRYPT_HASH]; /* of the union */
	uint64_t rules, size, time_s, now_s, members;
	bool rehearsal;
	bool first; /* neither origin nor key were known before */
};

/*
 * Begin over session, which is taken over.  home, which may be NULL, is
 * borrowed: there the key is looked up and checkpoints are kept.  NULL once it
 * has complained.
 */
struct contact *contact_open(struct session *session, struct home *home);

/* Ends the session; NULL is allowed. */
void contact_close(struct contact *c);

/* As told at the beginning, or last by contact_again(). */
const struct contact_about *contact_about(const struct contact *c);
int contact_again(struct contact *c);

/* The key that checkpoints are held to. */
const struct note_key *contact_key(const struct contact *c);

/* The last checkpoint believed, a signed note, and its head; lent. */
struct bytes contact_checkpoint(
	const struct contact *c, struct tree_head *head);

/*
 * For ask.h.  A request is begun, given its members in the order of their
 * names, and finished; the reply is the caller's, for wire_free().
 *
 * Where there is a found, that the daemon knows no such thing is no failure:
 * *found is false then, and no reply is given.
 */
struct jcs_printer *contact_begin(struct contact *c);
void contact_put_word(struct contact *c, const char *name, const char *value);
void contact_put_number(struct contact *c, const char *name, uint64_t value);
void contact_put_id(struct contact *c, const char *name,
	const uint8_t id[static CRYPT_HASH]);

/* The last member but for those behind "seen". */
int contact_finish(struct contact *c, bool *found, struct wire **reply);

/* The same in two steps, where more members follow, or more time is needed. */
void contact_put_seen(struct contact *c);
int contact_talk(struct contact *c, unsigned answer_ms, bool *found,
	struct wire **reply);

/* See that all of a reply was read well; else give it back. */
int contact_check(struct wire **reply);

/* The same, and hold its checkpoint against the last one. */
int contact_believe(struct contact *c, struct wire **reply);

/* Read the hashes of a proof. */
void contact_read_proof(struct wire_value list, struct tree_proof *out);

/* Complain that an answer makes no sense. */
int contact_misread(void);

#endif
