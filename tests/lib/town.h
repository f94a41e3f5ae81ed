#ifndef TESTS_LIB_TOWN_H
#define TESTS_LIB_TOWN_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "ballots/assembly/assembly.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"
#include "tests/lib/town_values.h"

/*
 * A small union for tests: keys grow from names, so every run signs the same
 * bytes.  Acts are written as JSON objects and go through the doors of the
 * assembly, with the results and ticks that the ledger owes in between.  All
 * records are kept, to be replayed at the end.
 *
 * What cannot be but by a mistake of the test ends the process with a word on
 * stderr.
 */
struct town;

/*
 * Found a union of the founders named, a list with commas between, who all
 * join at once.  charter may be NULL for the model of a rehearsal.  Given back
 * with town_free().
 */
struct town *town_new(const char *founders, const json_t *charter);
void town_free(struct town *t);

/* Let time pass, with a tick every hour while a vote is open. */
void town_advance(struct town *t, uint64_t now_s);

/* Let time pass without a record; then one tick, and the results due. */
void town_silence(struct town *t, uint64_t now_s);

/*
 * File act at now_s, signed by author's key.  Members "by", "log", "seq" and
 * "until" are filled in where they are missing.  Takes act.  id, which may be
 * NULL, is set to the id of the act, recorded or not.
 */
enum verdict town_file(struct town *t, uint64_t now_s, const char *author,
	json_t *act, uint8_t *id);

/* An act of that kind about on, without further members. */
json_t *town_act(const char *kind, const uint8_t on[static 32]);

/*
 * Put in "application" and "signature" of a newcomer, who is known by name
 * from now on.  The application is made once; whoever admits signs
 * the same.
 */
void town_put_application(struct town *t, uint64_t now_s, const char *name,
	const uint8_t *chapter, json_t *act);

/*
 * The same with a request, which is called name, for the first key of holder:
 * request has its members, and is taken over; only that of the first time
 * counts.
 */
void town_put_request(struct town *t, uint64_t now_s, const char *name,
	const char *holder, json_t *request, json_t *act);

/* The next key of name and the hash of the one after, for key.rotate. */
void town_put_next_key(struct town *t, const char *name, json_t *act);

/* Names of things: what was named last under a name.  False for unknown. */
void town_name(struct town *t, const char *name, const uint8_t id[static 32]);
bool town_find(const struct town *t, const char *name, uint8_t id[static 32]);

/* How many records there were before the act that name was given to. */
size_t town_before(const struct town *t, const char *name);

/* The first name of what has that id, or ""; lent. */
const char *town_called(const struct town *t, const uint8_t id[static 32]);

/* The "result" of the last result record, or NULL; lent. */
const json_t *town_result(const struct town *t);

const struct assembly *town_assembly(const struct town *t);
uint64_t town_now_s(const struct town *t);

/* How many records there are, and record number i; lent until the next. */
size_t town_size(const struct town *t);
struct bytes town_record(const struct town *t, size_t i);

/* Replay a record in another assembly, record 0 where it is the first. */
enum verdict town_replay(
	struct assembly *a, struct bytes record, bool signatures);

/*
 * Replay all records in a second assembly: true when every one stands and
 * the state is the same.  Says on stderr what differs.
 */
bool town_replays(const struct town *t);

/* Append all records, each behind its length of two bytes, as entry bundles do.
 */
void town_put_records(const struct town *t, struct writer *out);

#endif
