#ifndef BALLOTS_ASSEMBLY_WORLD_H
#define BALLOTS_ASSEMBLY_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/base/limits.h"
#include "ballots/base/writer.h"
#include "ballots/record/act.h"
#include "ballots/rules/charter.h"
#include "ballots/rules/clocks.h"
#include "ballots/rules/delegation.h"
#include "ballots/rules/draw.h"
#include "ballots/rules/idmap.h"
#include "ballots/rules/question.h"
#include "ballots/rules/roster.h"
#include "ballots/rules/tally.h"
#include "ballots/rules/timers.h"

/*
 * The world of one union: everything its records establish, laid open to the
 * rooms of the assembly.  Outside of ballots/assembly/ nobody looks inside;
 * assembly.h is the door.
 *
 * Things are kept under numbers, in founding order, and found by id.  What is
 * over keeps a small husk, so that its end can be told.
 */

/* A chapter or a topic. */
struct world_section {
	uint8_t id[32];
};

struct world_sections {
	struct world_section *at;
	uint32_t n;
	size_t cap;
	struct idmap ids;
};

/* One who holds an office. */
struct world_seat {
	uint32_t member;
	uint64_t seated_s;
};

struct world_office {
	struct world_seat *seats; /* in the order of seating */
	uint32_t n;
	size_t cap;
	uint64_t due_s;    /* end of the next term */
	uint32_t election; /* proposal under way, or IDMAP_NONE */
};

/* An admission half done. */
struct world_pending {
	uint8_t id[32];
	uint64_t until_s;
	uint32_t registrars[8], vouchers[8];
	uint8_t n_registrars, n_vouchers;
};

/* What a gateway did with the agreements under its key. */
struct world_conduct {
	uint32_t accepted, alleged, answered, breached, refused, terminated;
};

struct world_gateway {
	uint8_t id[32], key[32];
	char *accepts; /* the list, as JSON; owned */
	bool struck;
	struct world_conduct conduct;
};

struct world_line {
	uint8_t id[32]; /* the proposal */
	uint32_t option;
	int64_t amount;
	char *unit; /* owned */
};

/* Proposals: ballots/assembly/proposal.h tells their life. */
struct world_supporter {
	uint32_t member, version;
};

/* One who stands in an election, and the act that says so. */
struct world_candidate {
	uint32_t member;
	uint8_t act[32];
};

struct world_enacted {
	uint32_t k, n; /* option, effect */
	enum verdict verdict;
};

struct world_proposal {
	uint8_t id[32];
	uint8_t text_act[32]; /* the act that holds the text in force */
	uint64_t record;      /* index of the founding record */
	uint32_t by;          /* member; IDMAP_NONE: the ledger */
	uint32_t contest;
	int phase; /* enum proposal_phase */
	uint64_t since_s, due_s;
	uint32_t needed, version;
	uint32_t mandate;      /* IDMAP_NONE: none */
	uint32_t agreement;    /* that it ratifies; IDMAP_NONE: none */
	int office;            /* of an election; -1: none */
	struct writer options; /* list of options as in the act; owned */
	struct world_candidate *candidates; /* of an election */
	uint32_t n_candidates;
	size_t candidates_cap;
	uint32_t *won; /* indexes of the options that won, ascending */
	uint32_t n_won;
	size_t won_cap;
	struct world_supporter *supporters;
	uint32_t n_supporters;
	size_t supporters_cap;
	uint32_t *holds; /* members who ask to hold it */
	uint32_t n_holds;
	size_t holds_cap;
	struct question *hold; /* the vote on the petition, or NULL */
	struct world_enacted *enacted;
	uint32_t n_enacted;
	size_t enacted_cap;
	uint64_t result_record; /* of the decision; 0: none */
};

/* Proposals that rival each other, and their question. */
struct world_contest {
	uint32_t proposals[LIMIT_RIVALS]; /* the lead first */
	uint32_t n;
	struct charter_class class; /* as it was when the lead was opened */
	uint32_t chapter, topic;    /* IDMAP_NONE: none */
	const struct method *method;
	uint32_t seats;
	bool scaled;
	int32_t low, high;
	uint64_t budget;
	int phase; /* enum proposal_phase */
	uint64_t due_s, discussed_s, changed_s;
	bool lot;     /* the lot is due */
	bool run_off; /* the question is a run-off */
	uint8_t question_id[32];
	struct question *question; /* from opening until all is final */
};

/* Mandates: ballots/assembly/mandate.h tells their life. */
struct world_delegate {
	uint32_t member;
	bool accepted;
};

struct world_counterparty {
	bool keyed;
	uint8_t key[32];
};

struct world_seal {
	uint8_t id[32];
	uint64_t opens_s;
	bool opened;
	char *texts; /* the list, as JSON; owned */
};

/* A list of numbers, such as members, in the order in which they came. */
struct world_list {
	uint32_t *at;
	uint32_t n;
	size_t cap;
};

/* What a steward publishes. */
struct world_publication {
	uint32_t steward;
	uint64_t record; /* index of the act's */
	bool issued;     /* issuer and proofs are there */
	uint8_t issuer[32];
	char *proofs; /* the list, as JSON; owned; NULL: none */
};

struct world_mandate {
	uint8_t id[32];
	uint32_t number, proposal;
	uint32_t roll_size; /* of the question that authorised it */
	int state;          /* enum mandate_state */
	int before;         /* the state it left when it was suspended */
	uint32_t causes;    /* bit 1 << enum mandate_cause */
	uint64_t since_s, due_s;
	uint64_t judged_s; /* when its delegates were last looked at */
	struct world_delegate delegates[LIMIT_DELEGATES];
	uint32_t n_delegates, needed, n_counterparties;
	uint32_t concluded[LIMIT_DELEGATES], n_concluded;
	bool roles_dropped; /* the timer acceptance has fired */
	struct world_publication *publications; /* one a steward */
	uint32_t n_publications;
	size_t publications_cap;
	struct ratio recall;
	uint64_t valid_from_s, valid_until_s;
	uint64_t report_every_s, report_grace_s, report_due_s;
	uint64_t confidential_s, sealed_s;
	uint64_t acceptance_s;
	bool final_report;
	uint32_t chapter;
	uint32_t *endorsers; /* members, ascending */
	uint32_t n_endorsers;
	size_t endorsers_cap;
	uint32_t *holds;
	uint32_t n_holds;
	size_t holds_cap;
	struct question *hold; /* the vote on the petition, or NULL */
	uint64_t held_s;       /* result of the last such vote; 0 */
	uint64_t decided_s;    /* when one, or a panel, decided last; 0 */
	struct world_seal *seals;
	uint32_t n_seals;
	size_t seals_cap;

	/* What agreements may be, and have been. */
	struct world_counterparty counterparties[LIMIT_COUNTERPARTIES];
	int64_t ceilings[LIMIT_CEILINGS];
	uint32_t n_ceilings;
	uint32_t powers; /* bit 1 << enum mandate_power */
	char ratify_class[CHARTER_NAME + 1];
	uint32_t rejections, max_rejections;
	uint32_t agreement;           /* its agreement, or IDMAP_NONE */
	uint32_t takes_over;          /* an agreement, or IDMAP_NONE */
	struct world_list agreements; /* that are not over, ascending */
	uint64_t unbound_s;           /* when expiry rested no more; 0 */
	bool moved;                   /* it is in the list of those */

	struct world_list challengers;
	bool disputed; /* there is, or was, a case on it */
};

/*
 * Agreements: ballots/assembly/agreement.h tells their life.
 */
struct world_breach {
	uint8_t id[32], hash[32];
	uint32_t agreement;
	struct world_list endorsers; /* the author first */
	int state;                   /* enum agreement_claim */
	bool breached, replied;
};

struct world_agreement {
	uint8_t id[32], key[32]; /* key: the counterparty's */
	uint32_t number, mandate;
	int state; /* enum agreement_state */
	uint64_t since_s, due_s;
	uint64_t timer_s;    /* offer, scope or answer is due then */
	uint64_t ratified_s; /* when; 0: not yet */
	uint64_t valid_from_s, valid_until_s;
	uint32_t counterparty;
	int64_t amounts[LIMIT_CEILINGS];
	uint32_t n_amounts;
	bool ratify, countersigned, receipt;
	bool challenged, disputed; /* disputed: a case is open */
	bool overdue;              /* alleged, and not answered in time */
	bool taken_over;           /* by another than its first mandate */
	uint32_t ratification;     /* proposal, or IDMAP_NONE */
	struct world_list signers, withdrawn, ending;
	struct world_list breaches; /* numbers of breaches */
};

/* Cases: ballots/assembly/panel.h tells their life. */
struct world_party {
	uint32_t member;
	int side; /* enum panel_side */
};

struct world_case {
	uint8_t id[32];
	uint8_t about[32]; /* what its question names */
	uint32_t number;
	int kind;         /* enum panel_kind */
	uint32_t subject; /* number of what it is about */
	int phase;        /* enum panel_phase */
	uint32_t round;
	bool upheld; /* as decided last */
	uint64_t opened_s, due_s;
	struct world_party *parties; /* in the order in which they came */
	uint32_t n_parties;
	size_t parties_cap;
	struct lots lots;         /* of the round under way */
	uint32_t panel[DRAW_MAX]; /* of the last round, ascending */
	uint32_t n_panel;
	uint32_t first[DRAW_MAX]; /* of the round before */
	uint32_t n_first;
	struct question *question; /* while it is heard, or NULL */
};

/* Recoveries of keys: ballots/assembly/recovery.h tells their life. */
struct world_recovery {
	uint8_t id[32], key[32], next[32];
	uint32_t number, member;
	int state; /* enum recovery_state */
	bool guarded, compromised;
	uint32_t needed;
	uint64_t size; /* records that are the member's own, if compromised */
	uint32_t vouchers[LIMIT_GUARDIANS]; /* in record order */
	uint32_t n_vouchers;
	uint64_t since_s, due_s;
	uint32_t older; /* open one of the same member, or IDMAP_NONE */
};

/* Suspensions by officers: ballots/assembly/measure.h. */
struct world_measure {
	uint32_t member;
	char ground[FORM_WORD + 1];
	uint8_t hash[32];
	uint64_t for_s;
	uint32_t stewards[2];
	uint32_t n_stewards;
	uint64_t filed_s; /* first */
	uint32_t of_case; /* IDMAP_NONE: half filed */
	bool ruled;       /* what is in force comes from the panel: */
	bool upheld;
	uint64_t until_s, over_s;
	uint32_t older; /* of the same member, or IDMAP_NONE */
};

struct world {
	/* Founding. */
	uint8_t id[32];
	char log[ACT_LOG_MAX + 1];
	uint8_t ledger_key[32];
	char name[LIMIT_NAME_BYTES + 1];
	bool rehearsal;
	uint8_t founders[LIMIT_FOUNDERS][32];
	uint32_t n_founders, n_joined;
	bool in_power; /* the founders */
	uint32_t founders_members;
	uint64_t founders_until_s;

	/* The head. */
	uint64_t size, time_s;

	/* Rules. */
	struct charter charter;
	struct writer charter_bytes;

	/* People. */
	struct roster roster;
	struct world_sections chapters, topics;
	struct world_office offices[CHARTER_OFFICES];
	struct delegation delegation;
	struct world_pending *pending;
	uint32_t n_pending;
	size_t pending_cap;

	/* Decisions. */
	struct world_proposal **proposals;
	uint32_t n_proposals;
	size_t proposals_cap;
	struct idmap proposal_ids;
	struct world_contest **contests;
	uint32_t n_contests;
	size_t contests_cap;
	struct idmap question_ids;   /* to a number in questions */
	struct question **questions; /* all ever opened; NULL when over */
	struct writer *documents;    /* of those that are over; owned */
	uint32_t n_questions;
	uint32_t n_open; /* of these */
	size_t questions_cap, documents_cap;

	/* What follows from them. */
	struct world_mandate **mandates;
	uint32_t n_mandates;
	size_t mandates_cap;
	struct idmap mandate_ids;
	struct world_list moved; /* mandates; agreement_follow() looks */
	struct world_agreement **agreements;
	uint32_t n_agreements;
	size_t agreements_cap;
	struct idmap agreement_ids;
	struct world_breach *breaches;
	uint32_t n_breaches;
	size_t breaches_cap;
	struct idmap breach_ids;
	struct world_list ballots_due; /* agreements, to be ratified */
	struct world_list surveys_due; /* agreements that were rejected */
	struct world_case **cases;
	uint32_t n_cases;
	size_t cases_cap;
	struct idmap case_ids;
	struct world_recovery **recoveries;
	uint32_t n_recoveries;
	size_t recoveries_cap;
	struct idmap recovery_ids;
	struct idmap requests; /* from members to their newest open one */
	struct idmap refusals; /* and to the newest that a case refused */
	struct world_measure *measures;
	uint32_t n_measures;
	size_t measures_cap;
	struct idmap measured; /* from members to their newest measure */
	struct world_gateway *gateways;
	uint32_t n_gateways;
	size_t gateways_cap;
	struct world_line *lines;
	uint32_t n_lines;
	size_t lines_cap;
	struct idmap erased; /* texts */

	struct clocks clocks;
	struct timers timers;

	/* The question whose result must be the next record, or NULL. */
	struct question *due;
};

/* An empty world; the caller gives it back to world_free(). */
struct world *world_new(void);
void world_free(struct world *w);

/* The rules of membership in force. */
struct roster_rules world_rules(const struct world *w);

/* What tally_count() asks for. */
struct tally_union world_union(const struct world *w);

/* True when member holds the office at now_s and may act in it. */
bool world_holds(const struct world *w, uint32_t member,
	enum charter_office office, uint64_t now_s);

/* True when a member is in good standing apart from renewal. */
bool world_stands(const struct world *w, uint32_t member, uint64_t now_s);

/* True when the member of that number could vote at now_s. */
bool world_may_vote(const struct world *w, uint32_t member, uint32_t chapter,
	uint64_t now_s);

/* Add a chapter or topic. */
void world_open_section(struct world_sections *s, const uint8_t id[static 32]);

/*
 * When what a timer moves begins: at the time it was due, or now where that is
 * more than an hour ago.
 */
uint64_t world_begins(uint64_t due_s, uint64_t now_s);

/*
 * Open a question, which the world keeps: on the roll given, or, where that is
 * NULL, on those who could vote.  Lent until world_close_question().
 */
struct question *world_open_question(struct world *w,
	const struct question_form *form, const struct question_option *options,
	const uint32_t *roll, uint32_t n_roll);

/*
 * Take a question that is over out of those that are kept; its id stays known
 * as closed, and its document is kept.  From now on the question is the
 * caller's.
 */
void world_retire_question(struct world *w, const struct question *q);

/*
 * Find the question with that id.  False when there never was one; *out is
 * NULL when it is over.
 */
bool world_question(const struct world *w, const uint8_t id[static 32],
	struct question **out);

/* Print the document of a question by its number, also when it is over. */
void world_document(const struct world *w, uint32_t number, struct writer *out);

/* True when list of n holds member. */
bool world_listed(const uint32_t *list, uint32_t n, uint32_t member);

/* Add to a list; take out; let go of it. */
void world_list_add(struct world_list *list, uint32_t number);
void world_list_drop(struct world_list *list, uint32_t number);
void world_list_clear(struct world_list *list);
bool world_list_has(const struct world_list *list, uint32_t number);

#endif
