#ifndef CLI_STANDING_H
#define CLI_STANDING_H

#include "cli/subject.h"

/*
 * What the states of mandates, agreements, cases and recoveries mean, in words
 * for those who have to do with them; the words themselves are the ledger's.
 */
struct standing {
	const char *state;
	const char *meaning;
	const char *next; /* command that fits, without its subject; or NULL */
	bool over;
};

/*
 * That of an item of this sort, by its member "state", of a case "phase".  One
 * that is not known marks the reply as badly read.
 */
const struct standing *standing_of(
	enum subject_sort sort, struct wire_value item);

/* What a state of a mandate means; "" where it is not known. */
const char *standing_mandate(struct bytes state);

/* Why a mandate is suspended, and what cures it; "" where it is not known. */
const char *standing_cause(struct bytes cause);

/* What is asked of the panel of a case of this kind, and what yes does. */
const char *standing_charge(struct bytes kind);

#endif
