#ifndef BALLOTS_ASSEMBLY_AGREEMENT_H
#define BALLOTS_ASSEMBLY_AGREEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/assembly/agreement_life.h"
#include "ballots/assembly/panel.h"
#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"
#include "ballots/record/act.h"

/*
 * Agreements: what the delegates of a mandate bring home
 * (specs/agreements.md).
 *
 * An agreement lives by the table of moves, and tells its mandate what that
 * must know.  The ballots that it asks for wait in w->ballots_due and
 * w->surveys_due until calling.h opens them.  Judging takes a const world;
 * changing cannot fail.
 */

/* The agreement with that id, or NULL. */
const struct world_agreement *agreement_find(
	const struct world *w, const uint8_t id[static 32]);

/* True unless it binds and its mandate is over. */
bool agreement_monitored(
	const struct world *w, const struct world_agreement *g);

/* Acts **********************************************************************/

/* True for the kinds of acts on agreements and breaches. */
bool agreement_knows(enum act_kind kind);

/* Judge such an act, by a member, or by the counterparty: ROSTER_NONE. */
enum verdict agreement_judge(const struct world *w, const struct act *a,
	uint32_t member, uint64_t now_s);
void agreement_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s);

/* Ballots and cases *********************************************************/

/* The ballot on agreement number was opened, as that proposal. */
void agreement_balloted(struct world *w, uint32_t number, uint32_t proposal);

/* The effect ratify: NOT_NOW unless it is RATIFYING. */
enum verdict agreement_may_ratify(
	const struct world *w, const uint8_t id[static 32]);
void agreement_ratify(
	struct world *w, const uint8_t id[static 32], uint64_t now_s);

/* The proposal that would ratify agreement number ended otherwise. */
void agreement_reject(struct world *w, uint32_t number, uint64_t begins_s);

/* What a panel decided on an agreement. */
void agreement_ruling(struct world *w, const struct world_case *c,
	enum panel_news news, uint64_t at_s);

/* Time **********************************************************************/

/* Do the one thing that is due at due_s. */
void agreement_fire(
	struct world *w, uint32_t number, uint64_t due_s, uint64_t now_s);

/*
 * Mandates in w->moved have moved: let their agreements look.  Asked after
 * every act, timer and result.
 */
void agreement_follow(struct world *w, uint64_t now_s);

#endif
