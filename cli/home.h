#ifndef CLI_HOME_H
#define CLI_HOME_H

#include <stdbool.h>

#include "ballots/base/crypt.h"
#include "ballots/base/writer.h"
#include "cli/pairs.h"

/*
 * What a member keeps on a machine of their own: a folder for each union.
 *
 *   UNION_HOME, else XDG_DATA_HOME/union, else ~/.local/share/union
 *     settings            "union NAME": the one meant when none is named
 *     NAME/key            keys under a passphrase (keyfile.h)
 *     NAME/settings       where the daemon is, whom to trust (home_settings)
 *     NAME/petnames       "<member id> <name>", names of one's own making
 *     NAME/checkpoint     the largest checkpoint seen, a signed note
 *     NAME/receipts/      one file a receipt
 *     NAME/refusals/      signed refusals
 *     NAME/clock          the number of the last act signed here
 *     NAME/secrets/       values that lots are drawn from, until revealed, and
 *                         salts of evidence (evidence.h)
 *     NAME/guardians/     cards of one's guardians (card.h)
 *     NAME/seals/         sealed reports, until they are opened
 *     NAME/issued/        credentials issued here (book.h)
 *     NAME/forks/         pairs of checkpoints that contradict each other
 *
 * NAME is what this member calls the union here; "default" where nothing was
 * said.  All of it is for this user only, and no file tells which keys are
 * inside or what was done with them; receipts do, and can be left out.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct home {
	char *path;            /* of the union's folder */
	char *name;            /* NAME */
	int dir;               /* the union's folder, open */
	int top;               /* the folder around it, open */
	struct pairs settings; /* of the union */
	struct pairs petnames;
};

#define HOME_KEY "key" /* file names below dir */

/* What a union's settings may say. */
struct home_setting {
	const char *name;
	const char *summary;
};
extern const struct home_setting
	home_settings[]; /* ended by a row without name */

/*
 * Open the folder of union name below directory top.  NULL for top: as above;
 * NULL for name: the setting, else the only folder there is, else "default".
 * What is missing is made, and goes away again if nothing is kept in it.  h
 * needs no preparation; given back with home_close(), also after -1.
 */
int home_open(struct home *h, const char *top, const char *name);
void home_close(struct home *h);

/* True when keys or settings are kept here. */
bool home_in_use(const struct home *h);

/* A setting, or NULL. */
const char *home_get(const struct home *h, const char *setting);

/* Change a setting for good; value NULL takes it away. */
int home_set(struct home *h, const char *setting, const char *value);

/* From now on this union is meant when none is named. */
int home_make_default(const struct home *h);

/* What this member calls id, or NULL. */
const char *home_petname(
	const struct home *h, const uint8_t id[static CRYPT_HASH]);

/* The id called petname; false when there is none. */
bool home_find_petname(const struct home *h, struct bytes petname,
	uint8_t id[static CRYPT_HASH]);

/* Call id by petname from now on; an empty one takes the name away. */
int home_set_petname(struct home *h, const uint8_t id[static CRYPT_HASH],
	struct bytes petname);

/* Append the largest checkpoint seen; nothing where there is none yet. */
int home_read_checkpoint(const struct home *h, struct writer *out);

/* Keep a checkpoint that was proven to extend the one kept. */
int home_keep_checkpoint(const struct home *h, struct bytes note);

/*
 * Keep two checkpoints that contradict each other as evidence; *path says
 * where, and is freed with mem_free().
 */
int home_keep_fork(const struct home *h, struct bytes ours, struct bytes theirs,
	char **path);

/* Keep a receipt under its name, such as "1204-ballot.cast.tlog-proof". */
#define HOME_RECEIPTS "receipts"
int home_keep_receipt(
	const struct home *h, const char *name, struct bytes receipt);

/* Keep a signed refusal. */
int home_keep_refusal(
	const struct home *h, const char *name, struct bytes note);

/*
 * The number for the next act: now_s, or one more than the last where that is
 * not smaller.  It is taken for good.
 */
int home_take_seq(const struct home *h, uint64_t now_s, uint64_t *seq);

/* Keep 32 secret bytes under the name of id; see that some are kept; read them.
 */
int home_keep_secret(const struct home *h, const uint8_t id[static CRYPT_HASH],
	const uint8_t value[static 32]);
bool home_has_secret(const struct home *h, const uint8_t id[static CRYPT_HASH]);
int home_read_secret(const struct home *h, const uint8_t id[static CRYPT_HASH],
	uint8_t value[static 32]);

#endif
