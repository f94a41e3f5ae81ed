#ifndef BALLOTS_ASSEMBLY_MANDATE_H
#define BALLOTS_ASSEMBLY_MANDATE_H

#include <stddef.h>
#include <stdint.h>

#include "ballots/assembly/mandate_life.h"
#include "ballots/assembly/panel.h"
#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"
#include "ballots/record/act.h"
#include "ballots/record/effect.h"
#include "ballots/rules/tally.h"

/*
 * Mandates: what delegates may negotiate, and until when (specs/mandates.md).
 *
 * A mandate is founded with its proposal and lives by the table of moves.
 * After each change it is settled: its causes of suspension are looked at, and
 * the earliest of its timers becomes due_s.  Judging takes a const world;
 * changing cannot fail.
 */

/* The mandate with that id, or NULL. */
const struct world_mandate *mandate_find(
	const struct world *w, const uint8_t id[static 32]);

/* Founding ******************************************************************/

/* Judge the terms of mandate.propose. */
enum verdict mandate_terms(
	const struct world *w, const struct act *a, uint64_t now_s);

/* Found the mandate of a proposal; returns its number. */
uint32_t mandate_found(struct world *w, const struct act *a, uint32_t proposal,
	uint64_t now_s);

/*
 * Its proposal came into force, or ended otherwise, at begins_s.  The question
 * that authorises it is still there.
 */
void mandate_authorise(struct world *w, uint32_t number, uint64_t begins_s);
void mandate_lapse(struct world *w, uint32_t number, uint64_t begins_s);

/* Acts **********************************************************************/

/* True for the kinds of acts on a mandate. */
bool mandate_knows(enum act_kind kind);

/* Judge an act on a mandate, from mandate.accept to mandate.conclude. */
enum verdict mandate_judge(const struct world *w, const struct act *a,
	uint32_t member, uint64_t now_s);
void mandate_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s);

/* Agreements and cases ******************************************************/

/*
 * What became of an agreement of mandate number, by one of the rows on
 * agreements; REJECTED is for the last time where that is so.  Whatever does
 * not concern the state that it is in, or left, changes nothing.
 */
void mandate_tell(struct world *w, uint32_t number, uint32_t agreement,
	enum mandate_event event, uint64_t at_s);

/* A breach of its agreement is not answered in time; or is, or need not be. */
void mandate_unanswered(
	struct world *w, uint32_t number, bool late, uint64_t at_s);

/* What a panel decided on a mandate, for now or for good. */
void mandate_ruling(struct world *w, const struct world_case *c,
	enum panel_news news, uint64_t at_s);

/* Effects *******************************************************************/

enum verdict mandate_may_recall(
	const struct world *w, const struct effect *e, uint64_t now_s);
enum verdict mandate_may_renew(
	const struct world *w, const struct effect *e, uint64_t now_s);
enum verdict mandate_may_replace(
	const struct world *w, const struct effect *e, uint64_t now_s);
void mandate_recall(struct world *w, const struct effect *e, uint64_t now_s);
void mandate_renew(struct world *w, const struct effect *e, uint64_t now_s);
void mandate_replace(struct world *w, const struct effect *e, uint64_t now_s);

/* Time **********************************************************************/

/*
 * Do the one thing that is due at due_s, now_s being the time of the record
 * that fires it.  When the vote on a petition closes, its result is due.
 */
void mandate_fire(
	struct world *w, uint32_t number, uint64_t due_s, uint64_t now_s);

/* The vote on a petition was counted; the caller closes the question. */
void mandate_hold_result(struct world *w, struct question *q,
	const struct tally *t, uint64_t now_s);

/* Membership or the charter changed: look at all of them again. */
void mandate_review(struct world *w, uint64_t now_s);

#endif
