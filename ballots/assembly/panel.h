#ifndef BALLOTS_ASSEMBLY_PANEL_H
#define BALLOTS_ASSEMBLY_PANEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"
#include "ballots/record/act.h"
#include "ballots/rules/lifecycle.h"
#include "ballots/rules/tally.h"

/*
 * Cases: disputes that a panel of members drawn by lot decides
 * (specs/cases.md).
 *
 * A case is opened by the room that its subject belongs to, named by number.
 * Auditors commit and reveal, a panel is drawn, and answers a question of
 * kind panel; where the kind has an appeal, a second panel may be asked.  What
 * is decided is handed on to the subject's room by ruling.h.  Judging takes a
 * const world; changing cannot fail.
 */
enum panel_kind {
	PANEL_SCOPE,      /* an agreement; upheld: outside of the mandate */
	PANEL_MANDATE,    /* upheld: void */
	PANEL_RECOVERY,   /* upheld: the new key gets the membership */
	PANEL_SUSPENSION, /* a measure; upheld: suspend */
	PANEL_KINDS
};

/* Phases and events, as specs/cases.md prints them. */
/* clang-format off */
#define PANEL_PHASES(row) \
	row(DRAWING) row(REVEALING) row(HEARING) row(UPHELD) row(DISMISSED) \
	row(CLOSED) row(LAPSED)

#define PANEL_EVENTS(row) \
	row(OPEN, "a case opens") \
	row(COMMITTED, "timer commit, somebody committed") \
	row(NOBODY, "timer commit or reveal, no panel, first round") \
	row(NOBODY_AGAIN, "timer commit or reveal, no panel, second round") \
	row(DRAWN, "timer reveal, a panel is drawn") \
	row(UPHOLD, "result passed, appeal possible") \
	row(DISMISS, "result anything else, appeal possible") \
	row(DECIDE, "result, no appeal possible") \
	row(APPEAL, "case.appeal") \
	row(STAND, "timer appeal")
/* clang-format on */

enum panel_phase {
#define PANEL_PHASE(name) PANEL_##name,
	PANEL_PHASES(PANEL_PHASE)
#undef PANEL_PHASE
		PANEL_PHASE_COUNT
};

enum panel_event {
#define PANEL_EVENT(code, name) PANEL_ON_##code,
	PANEL_EVENTS(PANEL_EVENT)
#undef PANEL_EVENT
		PANEL_EVENT_COUNT
};

const char *panel_kind_name(int kind);
const char *panel_phase_name(int phase);
const char *panel_event_name(int event);

/* The table of moves, of *n rows. */
const struct lifecycle_move *panel_moves(size_t *n);

/* True when nothing more can come of it: CLOSED or LAPSED. */
bool panel_over(const struct world_case *c);

/*
 * Open a case at now_s: id is that of the act that opens it, subject the
 * number of what it is about, and about that one's id (for a suspension the
 * case's own).  Returns the number of the case.
 */
uint32_t panel_open(struct world *w, enum panel_kind kind, uint32_t subject,
	const uint8_t id[static 32], const uint8_t about[static 32],
	uint64_t now_s);

/* On which side a party stands, and when it may appeal. */
enum panel_side {
	PANEL_ASIDE,   /* never */
	PANEL_FOR,     /* asked for the case: when it is dismissed */
	PANEL_AGAINST, /* answers for what it is about: when it is upheld */
};

/*
 * Make member a party of the case: never drawn from now on.  Who is a party
 * already stays on that side.
 */
void panel_party(struct world *w, uint32_t number, uint32_t member,
	enum panel_side side);

/* The number of the case with that id, or IDMAP_NONE. */
uint32_t panel_find(const struct world *w, const uint8_t id[static 32]);

/* What a timer or a result brought, for the room of the subject. */
enum panel_news {
	PANEL_NOTHING,
	PANEL_DECIDED, /* see upheld; an appeal is possible */
	PANEL_SETTLED, /* over: what upheld says holds for good */
};

/* The timer of case number is due; sets w->due when its question closes. */
enum panel_news panel_fire(
	struct world *w, uint32_t number, uint64_t due_s, uint64_t now_s);

/* The result of its question; the caller retires the question. */
enum panel_news panel_result(struct world *w, struct question *q,
	const struct tally *t, uint64_t now_s);

/* The close of its question was moved: set its timer anew. */
void panel_moved(struct world *w, const struct question *q);

/* lot.commit and lot.reveal on the case of that number. */
enum verdict panel_judge_lot(const struct world *w, uint32_t number,
	const struct act *a, uint32_t member, uint64_t now_s);
void panel_apply_lot(
	struct world *w, uint32_t number, const struct act *a, uint32_t member);

/* case.appeal. */
bool panel_knows(enum act_kind kind);
enum verdict panel_judge(const struct world *w, const struct act *a,
	uint32_t member, uint64_t now_s);
void panel_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s);

#endif
