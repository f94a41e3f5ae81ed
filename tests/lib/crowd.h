#ifndef TESTS_LIB_CROWD_H
#define TESTS_LIB_CROWD_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/writer.h"
#include "ballots/record/act.h"

/*
 * Many members of a union, who talk to a daemon through its socket.
 * Keys grow from names, so two processes that know the number of members and
 * the second of the founding sign for the same union.
 *
 * What should not happen ends the process with a word on stderr.
 */
#define CROWD_FOUNDERS 2
#define CROWD_PAGE     64 /* acts of one request */

struct crowd;

/* A union of n members, founded at start_s. */
struct crowd *crowd_new(uint32_t n, uint64_t start_s, bool rehearsal);
void crowd_free(struct crowd *c);

/* Write the founding file for uniond init. */
void crowd_write_founding(const struct crowd *c, const char *path);

/* Connect to the daemon at the socket file path, and learn its clock. */
void crowd_connect(struct crowd *c, const char *path);

/* Ask, and lend the reply until the next question. */
struct bytes crowd_ask(struct crowd *c, struct bytes request);

/* Founders join, all others are admitted. */
void crowd_join(struct crowd *c);

/* Open a vote by yes or no, and let time pass until ballots are taken. */
void crowd_open(struct crowd *c);

/* Learn which vote is open. */
void crowd_look(struct crowd *c);

/*
 * Append the requests' form of a signed ballot; number tells them apart.  id,
 * which may be NULL, is set to the id of the act.
 */
void crowd_put_ballot(const struct crowd *c, uint32_t member, uint32_t number,
	struct writer *out, uint8_t *id);

/* Begin and end a request that files acts, with commas between them. */
void crowd_begin_submit(struct writer *out);
void crowd_end_submit(struct writer *out);

/* How many acts a reply says are recorded; in all of them none is refused. */
uint32_t crowd_recorded(struct bytes reply);

#endif
