#ifndef CLI_DESK_H
#define CLI_DESK_H

#include "cli/ask.h"
#include "cli/call.h"

/*
 * What lies in front of a person at work: their folder, the daemon, and, where
 * something is to be signed, their keys.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct desk {
	const struct call *call;
	struct output *out;
	struct home home;
	struct contact *contact; /* NULL without a network */
	struct keyfile *keys;    /* NULL where nothing is signed */
	struct bytes passphrase; /* of the same, to write them again */
	bool is_member;          /* the keys say so; filing may say otherwise */
	uint8_t member[CRYPT_HASH];
	struct writer origin; /* empty while no union is known */
	uint8_t union_id[CRYPT_HASH];
	uint64_t now_s; /* the clock that counts: of a rehearsal, its own */
};

/* Options of commands that sign: --yes, --offline, --no-receipt, --until. */
extern const struct option desk_sign_options[];

/* Lay out to read; given back with desk_close(), also after -1. */
int desk_open(const struct call *call, struct desk *d);

/* Lay out to sign: with keys, and without a daemon where --offline says so. */
int desk_open_to_sign(const struct call *call, struct desk *d);

/* Lay out with keys and without a daemon; the union is known from before. */
int desk_open_alone(const struct call *call, struct desk *d);
/*
 * Lay out to sign as the holder of a key who need be no member: that of
 * --key-file, else the folder's.
 */
extern const struct option desk_key_options[];
int desk_open_with_key(const struct call *call, struct desk *d);

/*
 * Lay out for whoever begins again, with a key that is made now where there is
 * none.  Nothing is known of the union until desk_know(), which looks at what
 * the home knows and asks a daemon, with ask also where it need not.
 */
int desk_open_afresh(const struct call *call, struct desk *d);
int desk_know(struct desk *d, bool ask);

/* Lay out to read what is only about the member who asks. */
int desk_open_as_member(const struct call *call, struct desk *d);

/*
 * A command as a whole: lay out by open, one of those above, do the work,
 * clear away.
 */
int desk_do(const struct call *call,
	int (*open)(const struct call *call, struct desk *d),
	int (*work)(struct desk *d));

/* Complain that no union is known here. */
int desk_unknown(void);

/* Look at the daemon and the clock once more, after a while. */
int desk_again(struct desk *d);

/* See that whoever signs is a member. */
int desk_need_member(const struct desk *d);

/* Show texts in this language rather than in that of the setting, this time;
 * NULL leaves it. */
void desk_prefer(struct desk *d, const char *language);

/* Write the keys again, after they were changed. */
int desk_keep_keys(struct desk *d);

void desk_close(struct desk *d);

/*
 * Read a person's file, "-" for standard input; append it to out.  More than
 * max_bytes is a failure.
 */
int desk_read_file(const char *path, size_t max_bytes, struct writer *out);

/* The value of an option as a span ("7d"); preset where it is not given. */
int desk_span(const struct call *call, const char *option, uint64_t preset_s,
	uint64_t *out);

/* The same for a time, seen from the desk's clock. */
int desk_time(const struct desk *d, const char *option, uint64_t preset_s,
	uint64_t *out);

#endif
