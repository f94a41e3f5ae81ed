#ifndef TESTS_LIB_CAPSULES_H
#define TESTS_LIB_CAPSULES_H

#include "ballots/record/act.h"
#include "ballots/record/capsule.h"
#include "ballots/record/status.h"
#include "ballots/record/trust.h"

/*
 * Capsules of a mandate that never was: by people and a ledger whose keys grow
 * from their names, in a tree of a million records that are not there.
 *
 * A recipe says what is to be wrong with it; a zeroed one makes a good capsule.
 * Include after cmocka.h, and tests/lib/credentials.h too.
 */
#define CAPSULES_NOW    1780000000
#define CAPSULES_ORIGIN "migrants.example/00112233445566778899aabbccddeeff"

struct capsules_recipe {
	const char *origin_of; /* which part is of another union, or NULL */
	const char *state;     /* NULL: NEGOTIATING */
	int64_t status_late_s; /* by which the statement is later than it is */
	bool other_mandate;    /* the statement is of another one */
	bool other_root;       /* the statement is of another history */
	bool left_office;      /* Chi is no steward any more */
	bool rotated;          /* Chi's key in force is another */
	bool delegate_gone;    /* Ana does not act any more */
	const char *other_signer; /* signs instead of Chi */
	bool third_proof;         /* Dee signs too */
	bool stranger_proof;      /* and Eve */
	bool one_proof;           /* nobody but Bo signs */
	bool unwitnessed;
	bool missed_quorum, missed_majority, lied; /* of the result */
	const char *class;                         /* NULL: mandate */
	const char *kind;           /* of the question; NULL: decision */
	bool other_question;        /* it names another mandate */
	bool other_publication;     /* of another mandate */
	bool forged_publication;    /* its author's signature is not Bo's */
	bool forged_result;         /* nor is the ledger's */
	bool unpublished;           /* it holds no proofs */
	bool other_terms;           /* the credential says more powers */
	const char *text;           /* a text to hold; NULL: none */
	bool other_text;            /* that nobody voted on */
	size_t names;               /* to hold, of capsules_names */
	bool another_place;         /* the act has a city and a ceiling too */
	bool other_name;            /* the last of them nobody voted on */
	bool names_turned;          /* they stand in another order */
	const char *nonce, *client; /* shown to one who asked; NULL: not */
	const char *shown_by;       /* NULL: Ana */
};

/* Those of the counterparty with a key, of the one without, of the ceiling. */
extern const char *const capsules_names[3];

void capsules_make(const struct capsules_recipe *r, struct writer *out);

/* The text of whom to trust: ledger, witness and two of three stewards. */
void capsules_trust(struct writer *out);

#endif
