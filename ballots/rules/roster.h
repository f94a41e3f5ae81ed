#ifndef BALLOTS_RULES_ROSTER_H
#define BALLOTS_RULES_ROSTER_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/limits.h"
#include "ballots/rules/idmap.h"

/*
 * The roster: who belongs, with which key, and to which chapters.
 *
 * Members are numbered in the order of their admission and never taken out:
 * one who left keeps the number.  A zeroed roster is empty.
 */
#define ROSTER_NONE IDMAP_NONE

/* How far a recovery of the member's key has come (specs/recovery.md). */
enum roster_recovery { ROSTER_SAFE, ROSTER_RECOVERING, ROSTER_CONTESTED };

/* A commitment to guardians; not there: there are none. */
struct roster_guards {
	bool there;
	uint8_t hash[32];
};

struct roster_guardians {
	struct roster_guards now, next;
	uint64_t next_s; /* when next takes effect; 0: there is none */
};

struct roster_member {
	uint8_t id[32];   /* of the application */
	uint8_t key[32];  /* in force */
	uint8_t next[32]; /* the hash that the next key must have */
	uint64_t admitted_s, renewed_s;
	uint64_t suspended_s; /* until then; 0: never */
	bool quarantined;     /* that suspension takes the vote too */
	bool interim;         /* officers' own: it takes no place on a roll */
	bool founder, left;
	enum roster_recovery recovery;
	struct roster_guardians *guardians; /* NULL: never named any */
	uint8_t n_chapters;
	struct {
		uint32_t number;
		uint64_t joined_s;
	} * chapters; /* in order of joining */
};

struct roster {
	struct roster_member *members;
	uint32_t n;
	uint32_t n_left;
	size_t cap;
	struct idmap ids, keys; /* keys: of those who have not left */
};

/* What membership asks for; from the charter in force. */
struct roster_rules {
	uint64_t probation_s, renew_s;
};

void roster_clear(struct roster *r);

/* Add a member at now_s; returns the number. */
uint32_t roster_add(struct roster *r, const uint8_t id[static 32],
	const uint8_t key[static 32], const uint8_t next[static 32],
	uint64_t now_s, bool founder);

/* The number of the member with that id, or ROSTER_NONE. */
uint32_t roster_find(const struct roster *r, const uint8_t id[static 32]);

/* The number of the member who holds that key, or ROSTER_NONE. */
uint32_t roster_find_key(const struct roster *r, const uint8_t key[static 32]);

/* The member of that number; lent until the next roster_add(). */
const struct roster_member *roster_get(const struct roster *r, uint32_t number);

/* Changes; each is judged before. */
void roster_rotate(struct roster *r, uint32_t number,
	const uint8_t key[static 32], const uint8_t next[static 32]);
void roster_renew(struct roster *r, uint32_t number, uint64_t now_s);
void roster_leave(struct roster *r, uint32_t number);
void roster_suspend(struct roster *r, uint32_t number, uint64_t until_s);
void roster_suspend_interim(
	struct roster *r, uint32_t number, uint64_t until_s);
void roster_quarantine(struct roster *r, uint32_t number, uint64_t until_s);
void roster_recover(
	struct roster *r, uint32_t number, enum roster_recovery recovery);
/* From from_s on guardians are those of hash; NULL: none. */
void roster_guard(struct roster *r, uint32_t number, const uint8_t *hash,
	uint64_t from_s, uint64_t now_s);
void roster_join_chapter(
	struct roster *r, uint32_t number, uint32_t chapter, uint64_t now_s);
void roster_leave_chapter(struct roster *r, uint32_t number, uint32_t chapter);

/* Judging, at now_s. */
bool roster_in_chapter(const struct roster_member *m, uint32_t chapter);
bool roster_suspended(const struct roster_member *m, uint64_t now_s);
bool roster_quarantined(const struct roster_member *m, uint64_t now_s);
bool roster_overdue(const struct roster_member *m,
	const struct roster_rules *rules, uint64_t now_s);
bool roster_past_probation(const struct roster_member *m,
	const struct roster_rules *rules, uint64_t now_s);

/* The guardians in force at now_s; and those to come, false for no change. */
struct roster_guards roster_guards(
	const struct roster_member *m, uint64_t now_s);
bool roster_guards_to_come(const struct roster_member *m, uint64_t now_s,
	struct roster_guards *out, uint64_t *from_s);

/* Could vote at now_s; chapter is ROSTER_NONE for the whole union. */
bool roster_may_vote(const struct roster_member *m,
	const struct roster_rules *rules, uint32_t chapter, uint64_t now_s);

/* How many could vote. */
uint64_t roster_voters(const struct roster *r, const struct roster_rules *rules,
	uint32_t chapter, uint64_t now_s);

/*
 * True when one more admission at now_s keeps to the rule that the roll at
 * most doubles within a probation period (specs/acts.md section 4).
 */
bool roster_may_grow(const struct roster *r, const struct roster_rules *rules,
	uint64_t now_s);

#endif
