#ifndef CLI_SCENE_BALLOT_H
#define CLI_SCENE_BALLOT_H

#include "ballots/file/election.h"
#include "cli/play.h"
#include "cli/recount.h"
#include "cli/rules.h"

/*
 * The second scene of a rehearsal: the options of a file become a proposal,
 * its ballots become signed acts of members, and the result is counted.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct scene_ballot {
	const struct election *election;
	const struct rules *rules;
	uint32_t status_quo; /* an option of the file; METHOD_NO_OPTION */
	uint32_t n_options;  /* of the proposal, without the status quo */
	uint32_t options[LIMIT_OPTIONS];   /* of the file, by the proposal's */
	struct bytes names[LIMIT_OPTIONS]; /* [0] is the status quo's */
	uint8_t proposal[CRYPT_HASH];
	uint8_t question[CRYPT_HASH];
	uint64_t cast, set_aside; /* ballots */
	struct recount recount;
};

/*
 * Choose what is put to the vote.  s is zeroed; given back with
 * scene_ballot_clear(), also after -1.
 */
int scene_ballot_prepare(struct scene_ballot *s, const struct election *e,
	const struct rules *r);

/* Propose, support, and let time pass until voting is open. */
int scene_ballot_open(
	struct scene_ballot *s, struct play *p, const char *title);

/* Cast every ballot as a signed act. */
int scene_ballot_cast(struct scene_ballot *s, struct play *p);

/* Let time pass until the vote is over, and count again on this machine. */
int scene_ballot_close(struct scene_ballot *s, struct play *p);

/* The proposal's option that won, from 1; 0 where none did. */
uint32_t scene_ballot_winner(const struct scene_ballot *s);

void scene_ballot_clear(struct scene_ballot *s);

#endif
