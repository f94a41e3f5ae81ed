#ifndef BALLOTS_RULES_CHARTER_H
#define BALLOTS_RULES_CHARTER_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/limits.h"
#include "ballots/base/need.h"
#include "ballots/base/ratio.h"
#include "ballots/base/verdict.h"
#include "ballots/record/act.h"
#include "ballots/record/effect.h"

/*
 * The charter: the rules in force, as data (specs/charter.md).
 *
 * Reading one checks every bound, so whoever holds a struct charter holds
 * rules under which the union can go on governing itself.
 */
#define CHARTER_BYTES   16384
#define CHARTER_NAME    32 /* characters of a class's name */
#define CHARTER_GROUNDS 16

enum charter_office {
	CHARTER_AUDITOR,
	CHARTER_REGISTRAR,
	CHARTER_STEWARD,
	CHARTER_OFFICES
};

/* A kind of decision. */
struct charter_class {
	char name[CHARTER_NAME + 1];
	uint8_t hash[32];    /* of its canonical value */
	uint8_t charter[32]; /* of the charter that it stands in */
	uint64_t admission_s, after_change_s, cooling_s;
	uint64_t discussion_max_s, discussion_min_s;
	uint64_t frozen_s, late_s, voting_s;
	bool delegation;
	uint32_t effects; /* bit 1 << enum effect_kind */
	uint32_t methods; /* bit 1 << row of the table of methods */
	struct ratio majority;
	struct need quorum, sponsors;
};

struct charter {
	uint8_t hash[32]; /* of its bytes, which stand behind */
	uint32_t admit_registrars, admit_vouchers;
	uint64_t answer_s;
	uint32_t n_classes;
	struct charter_class classes[LIMIT_CLASSES];
	uint64_t cure_s;
	uint32_t delegate_cap; /* 0: none */
	uint64_t grant_life_s;
	uint64_t draw_s;
	struct ratio entrenched;
	uint32_t founders_members;
	uint64_t founders_until_s;
	uint32_t n_grounds;
	char grounds[CHARTER_GROUNDS][FORM_WORD + 1];
	uint64_t hold_s;
	uint64_t interim_s;
	struct {
		uint32_t max; /* 0: no limit */
		uint64_t window_s;
	} limits[ACT_KIND_COUNT];
	uint64_t lot_s;
	uint64_t offer_s;
	struct {
		uint32_t seats;
		uint64_t term_s;
	} offices[CHARTER_OFFICES];
	uint32_t panel; /* members */
	uint64_t panel_s;
	uint64_t probation_s;
	uint32_t publish_needs;
	uint64_t recovery_s;
	uint64_t renew_s;
	uint64_t scope_s;
	uint64_t status_ttl_s;
};

/*
 * Read and judge the canonical object bytes: VERDICT_BAD_CHARTER when a form
 * or a bound is broken; *out is then not to be used.
 */
enum verdict charter_decode(struct bytes bytes, struct charter *out);

/* The class called name, or NULL. */
const struct charter_class *charter_class(
	const struct charter *c, struct bytes name);

/* True when it may be counted by the method called so. */
bool charter_takes(const struct charter_class *class, struct bytes method);

/* True when members can ratify by it: yes or no, each in person. */
bool charter_ratifies(const struct charter_class *class);

/* True when the closed list of grounds for a suspension has word. */
bool charter_ground(const struct charter *c, struct bytes word);

const char *charter_office_name(enum charter_office office);

/* The office called name; CHARTER_OFFICES when there is none. */
enum charter_office charter_office_by_name(struct bytes name);

/* True when going from one to the other changes the amendment rules. */
bool charter_entrenched(const struct charter *from, const struct charter *to);

#endif
