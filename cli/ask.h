#ifndef CLI_ASK_H
#define CLI_ASK_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/crypt.h"
#include "ballots/base/limits.h"
#include "ballots/base/writer.h"
#include "ballots/record/act.h"
#include "ballots/record/wire.h"
#include "cli/contact.h"

/*
 * What a daemon is asked: each request of specs/protocol.md as a function, over
 * contact.h.
 *
 * Functions that return int return 0, or -1 once they have complained; where a
 * daemon answers no, with its sentence and hint.  Replies given are the
 * caller's, for wire_free().  Where there is a found, that the daemon knows no
 * such thing is no failure: *found is false then, and nothing is given.
 */

/* A text that an act names by its hash. */
struct ask_text {
	uint8_t salt[LIMIT_TEXT_SALT];
	struct bytes text;
};

/* An act to be filed. */
struct ask_act {
	struct bytes act;
	uint8_t sig[CRYPT_SIG];
	const struct ask_text *texts;
	size_t n_texts;
};

/* What became of it. */
struct ask_result {
	bool recorded;
	bool known;                           /* it was before */
	uint64_t index;                       /* of its record */
	struct bytes verdict, sentence, hint; /* where it is not recorded */
	struct bytes note; /* the refusal, signed; may be empty */
};

/*
 * File n acts, at most LIMIT_SUBMIT_ACTS; results has n places, which borrow
 * *reply, for wire_free().
 */
int ask_submit(struct contact *c, const struct ask_act *acts, size_t n,
	struct ask_result *results, struct wire **reply);

/*
 * Records from number from on, at most count: each is appended to bytes, with
 * its end in ends.  *n is how many came.
 */
#define ASK_RECORDS 256
int ask_records(struct contact *c, uint64_t from, size_t count,
	struct writer *bytes, size_t ends[static ASK_RECORDS], size_t *n);

/*
 * Walk records from *at to before end; *at goes along.  each is lent the act,
 * and returns 0, 1 to stop behind this one, or -1 once it has complained; this
 * returns the same.
 */
typedef int ask_saw(
	void *ctx, uint64_t index, uint64_t time_s, const struct act *act);
int ask_each_record(struct contact *c, uint64_t *at, uint64_t end,
	ask_saw *each, void *ctx);

/* The number of the record that holds the act id. */
int ask_find(struct contact *c, const uint8_t id[static CRYPT_HASH],
	bool *found, uint64_t *index);

/* Append the receipt of a record against the newest checkpoint. */
int ask_receipt(struct contact *c, uint64_t index, struct writer *out);

/* Append a text and give its salt, once they hash to hash. */
int ask_text(struct contact *c, const uint8_t hash[static CRYPT_HASH],
	bool *found, uint8_t salt[static LIMIT_TEXT_SALT], struct writer *text);

/* Append the document of a question, open or over, once it has that id. */
int ask_document(struct contact *c, const uint8_t id[static CRYPT_HASH],
	bool *found, struct writer *out);

/*
 * Append the ledger's statement of how a mandate stands, a signed note, for
 * status.h; it is not looked at here.
 */
int ask_status(struct contact *c, const uint8_t mandate[static CRYPT_HASH],
	struct writer *out);

/* Prove that record index is in the tree of size. */
int ask_inclusion(struct contact *c, uint64_t index, uint64_t size,
	struct tree_proof *out);

/* Wait until the ledger is larger than after, 20 seconds at most. */
int ask_watch(struct contact *c, uint64_t after, uint64_t *size);

/* "items" and "total" of a list ("members", "proposals", ...). */
#define ASK_ITEMS 100
int ask_list(struct contact *c, const char *of, uint64_t from, uint64_t count,
	struct wire **out);

/*
 * Walk all of a list, page by page.  each is lent an entry, and returns 0, 1 to
 * stop, or -1 once it has complained; this returns the same.
 */
typedef int ask_entry(void *ctx, struct wire_value entry);
int ask_each(struct contact *c, const char *of, ask_entry *each, void *ctx);

/* "item" of a list, by number; or by id, seen by a member, who may be NULL. */
int ask_get(struct contact *c, const char *of, uint64_t number, bool *found,
	struct wire **out);
int ask_get_id(struct contact *c, const char *of,
	const uint8_t id[static CRYPT_HASH], const uint8_t *member, bool *found,
	struct wire **out);

/* "found": up to 10 of {"of", "id", "number"} whose id begins with prefix. */
int ask_resolve(struct contact *c, struct bytes prefix, struct wire **out);

/* The digest of the state document, in hex, and the size it is for. */
int ask_state(struct contact *c, struct writer *digest, uint64_t *size);

/* Move the clock of a rehearsal to a time. */
int ask_advance(struct contact *c, uint64_t to_s);

/* A record, taken apart. */
struct ask_record {
	struct writer bytes;
	uint64_t index, time_s;
	uint8_t sig[CRYPT_SIG];
	struct act act; /* borrows bytes */
};

/* Fetch a record by number, or by the id of its act; for ask_clear(). */
int ask_record(struct contact *c, uint64_t index, struct ask_record *out);
int ask_act(struct contact *c, const uint8_t id[static CRYPT_HASH], bool *found,
	struct ask_record *out);
void ask_clear(struct ask_record *r);

#endif
