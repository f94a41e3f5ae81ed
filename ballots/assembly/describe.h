#ifndef BALLOTS_ASSEMBLY_DESCRIBE_H
#define BALLOTS_ASSEMBLY_DESCRIBE_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/assembly/world.h"
#include "ballots/record/jcs.h"

/*
 * The things of a world one by one, each as the object that the state document
 * has for it (specs/ledger.md section 8).  Numbers are those of the world; a
 * question must not be over, a grant may have ended.  ballots, supporters:
 * false leaves out those of a question or proposal, which can be many.
 */
void describe_agreement(
	const struct world *w, uint32_t number, struct jcs_printer *p);
void describe_gateway(
	const struct world *w, uint32_t number, struct jcs_printer *p);
void describe_grant(
	const struct world *w, uint32_t number, struct jcs_printer *p);
void describe_line(
	const struct world *w, uint32_t number, struct jcs_printer *p);
void describe_mandate(
	const struct world *w, uint32_t number, struct jcs_printer *p);
void describe_member(
	const struct world *w, uint32_t number, struct jcs_printer *p);
void describe_pending(
	const struct world *w, uint32_t number, struct jcs_printer *p);
void describe_proposal(const struct world *w, uint32_t number, bool supporters,
	struct jcs_printer *p);
void describe_question(const struct world *w, uint32_t number, bool ballots,
	struct jcs_printer *p);
void describe_offices(const struct world *w, struct jcs_printer *p);

/* The id of what an act or a grant is about; lent. */
const uint8_t *describe_subject(
	const struct world *w, struct clocks_subject on);

#endif
