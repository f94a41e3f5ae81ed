#ifndef DAEMON_SIGNER_H
#define DAEMON_SIGNER_H

#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/writer.h"
#include "ballots/record/note.h"
#include "ballots/record/tree.h"

/*
 * The ledger's own key.
 *
 * It rests in the file "key" of the ledger's directory, for its owner alone.
 * In memory it is locked, never swapped out, readable only while it signs, and
 * wiped at the end.  It signs what stands below and nothing else, so this
 * header could stand before a process of its own.
 *
 * Functions that return int return 0, or -1 once they have told why.
 */
struct signer;

/*
 * Keep the key that grows from seed in dir.  One that is there already must be
 * the same; it is never replaced.
 */
int signer_create(const char *dir, const uint8_t seed[static CRYPT_SEED]);

/*
 * Take the key of dir into memory.  NULL once it has told why: there is none,
 * it is damaged, or others may read it.  Free with signer_close().
 */
struct signer *signer_open(const char *dir);

/* Wipe and free; NULL is allowed. */
void signer_close(struct signer *s);

/* The public key, lent as long as the signer. */
const uint8_t *signer_key(const struct signer *s);

/* Name the key after the ledger: from now on it can sign notes. */
void signer_name(struct signer *s, struct bytes origin);

/* The named public key, lent as long as the signer. */
const struct note_key *signer_note_key(const struct signer *s);

/* Append the signed checkpoint of head, which must be on disk and noted. */
void signer_checkpoint(
	struct signer *s, const struct tree_head *head, struct writer *w);

/* Sign an act of the ledger: a tick or a result. */
void signer_act(
	struct signer *s, struct bytes act, uint8_t sig[static CRYPT_SIG]);

/* Append the signed note of a text that is one of testimony.h. */
void signer_testimony(struct signer *s, struct bytes text, struct writer *w);

#endif
