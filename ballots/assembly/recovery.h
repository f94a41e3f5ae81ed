#ifndef BALLOTS_ASSEMBLY_RECOVERY_H
#define BALLOTS_ASSEMBLY_RECOVERY_H

#include "ballots/assembly/panel.h"
#include "ballots/assembly/recovery_life.h"
#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"
#include "ballots/record/act.h"

/*
 * Lost and stolen keys: guardians, and requests for a new key that they vouch
 * for (specs/recovery.md).
 *
 * As in people.h, judging changes nothing and applying cannot fail.  member is
 * ROSTER_NONE for a key.recover filed by itself.
 */
bool recovery_knows(enum act_kind kind);
enum verdict recovery_judge(const struct world *w, const struct act *a,
	uint32_t member, uint64_t now_s);
void recovery_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s);

/* The number of the recovery with that id, or IDMAP_NONE. */
uint32_t recovery_find(const struct world *w, const uint8_t id[static 32]);

/* True when a recovery of the author's key forbids an act of that kind. */
bool recovery_freezes(const struct roster_member *m, enum act_kind kind);

/* The timer of recovery number is due. */
void recovery_fire(
	struct world *w, uint32_t number, uint64_t due_s, uint64_t now_s);

/* What a panel decided about a recovery; see ruling.c. */
void recovery_ruling(struct world *w, const struct world_case *c,
	enum panel_news news, uint64_t at_s);

/* A member left: what is under way about them is over. */
void recovery_leave(struct world *w, uint32_t member, uint64_t now_s);

#endif
