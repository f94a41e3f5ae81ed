#ifndef CLI_FILING_H
#define CLI_FILING_H

#include "cli/desk.h"
#include "cli/words.h"

/*
 * From a wish to a record: an act is begun, given its members, shown to whoever
 * signs it, signed, filed, and proven to be on record.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
#define FILING_LISTS 5

struct filing {
	struct desk *desk;
	struct act act;
	struct words words;                /* texts that the act names */
	struct writer texts;               /* the same, as the act has them */
	struct writer lists[FILING_LISTS]; /* other members that are lists */
	struct writer bytes;               /* what is signed */
	uint8_t sig[CRYPT_SIG];
	uint8_t id[CRYPT_HASH]; /* of the act, once it is signed */
	bool recorded;
	uint64_t index; /* of its record, once it is */
};

/*
 * Begin an act of a kind about on; by the member, or the key, as it needs.
 * Which union it is for must be known by now.
 */
int filing_begin(struct filing *f, struct desk *d, enum act_kind kind,
	const uint8_t on[static CRYPT_HASH]);

/* The language of what is written without one: the setting's, else English. */
const char *filing_language(const struct desk *d);

/* Give it the texts of --text and --say (words.h), of which it needs one. */
int filing_take_texts(struct filing *f);

/* Give it the texts added to f->words from number from on. */
void filing_set_texts(struct filing *f, size_t from);

/*
 * Settle the bytes, show what they are about (what, a line that people know it
 * by), ask, and sign.
 */
int filing_sign(struct filing *f, const char *what);

/* File what was signed: with the daemon, or into the file of --offline. */
int filing_deliver(struct filing *f);

/* Both. */
int filing_finish(struct filing *f, const char *what);

void filing_clear(struct filing *f);

/* Append an act with its signature and texts as one line of JSON. */
void filing_put_line(struct bytes act, const uint8_t sig[static CRYPT_SIG],
	const struct words *texts, struct writer *out);

/* Write the line of an act into a file of its own, for others to carry on. */
int filing_write(const struct filing *f, const char *path);

/*
 * Read such a line; *act borrows *line, for wire_free(), and texts has
 * FILING_TEXTS places.
 */
#define FILING_LINE_BYTES LIMIT_REQUEST_BYTES
#define FILING_TEXTS      256
int filing_read_line(struct bytes text, struct wire **line, struct ask_act *act,
	struct ask_text texts[static FILING_TEXTS]);

/* File acts that were signed before; receipts are kept as elsewhere. */
int filing_submit(struct desk *d, const struct ask_act *act, uint64_t *index);

#endif
