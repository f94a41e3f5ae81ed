#ifndef BALLOTS_RECORD_ACT_H
#define BALLOTS_RECORD_ACT_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"

/*
 * Acts: what one author signs, as canonical JSON (specs/acts.md).
 *
 * One table says which members each kind has; the reader, the printer and the
 * specification follow it.  Here is only form: whether an act stands is for
 * the assembly to judge.
 */

/* Every kind, in the order of specs/acts.md: code, name on the wire. */
/* clang-format off */
#define ACT_KINDS(row) \
	row(UNION_FOUND, "union.found") \
	row(TICK, "tick") \
	row(RESULT, "result") \
	row(MEMBER_APPLY, "member.apply") \
	row(MEMBER_ADMIT, "member.admit") \
	row(MEMBER_RENEW, "member.renew") \
	row(MEMBER_LEAVE, "member.leave") \
	row(KEY_ROTATE, "key.rotate") \
	row(CHAPTER_OPEN, "chapter.open") \
	row(TOPIC_OPEN, "topic.open") \
	row(CHAPTER_JOIN, "chapter.join") \
	row(CHAPTER_LEAVE, "chapter.leave") \
	row(OFFICE_STAND, "office.stand") \
	row(OFFICE_RESIGN, "office.resign") \
	row(DELEGATION_GRANT, "delegation.grant") \
	row(DELEGATION_REVOKE, "delegation.revoke") \
	row(DELEGATION_ACCEPT, "delegation.accept") \
	row(DELEGATION_DROP, "delegation.drop") \
	row(PROPOSAL_OPEN, "proposal.open") \
	row(PROPOSAL_AMEND, "proposal.amend") \
	row(PROPOSAL_SUPPORT, "proposal.support") \
	row(PROPOSAL_UNSUPPORT, "proposal.unsupport") \
	row(PROPOSAL_WITHDRAW, "proposal.withdraw") \
	row(PROPOSAL_HOLD, "proposal.hold") \
	row(BALLOT_CAST, "ballot.cast") \
	row(LOT_COMMIT, "lot.commit") \
	row(LOT_REVEAL, "lot.reveal") \
	row(MANDATE_PROPOSE, "mandate.propose") \
	row(MANDATE_ACCEPT, "mandate.accept") \
	row(MANDATE_PUBLISH, "mandate.publish") \
	row(MANDATE_ENDORSE, "mandate.endorse") \
	row(MANDATE_UNENDORSE, "mandate.unendorse") \
	row(MANDATE_MEETING, "mandate.meeting") \
	row(MANDATE_REPORT, "mandate.report") \
	row(MANDATE_REPORT_OPEN, "mandate.report.open") \
	row(MANDATE_REPORT_SEAL, "mandate.report.seal") \
	row(MANDATE_RESIGN, "mandate.resign") \
	row(MANDATE_HOLD, "mandate.hold") \
	row(MANDATE_CONCLUDE, "mandate.conclude") \
	row(TEXT_ERASE, "text.erase")

/* Every member that some kind has, in canonical order: code, name, type. */
#define ACT_MEMBERS(row) \
	row(AFTER, "after", AFTER) \
	row(APPLICATION, "application", BLOB) \
	row(BY, "by", AUTHOR) \
	row(CEILINGS, "ceilings", CEILINGS) \
	row(CHAPTER, "chapter", ID) \
	row(CHARTER, "charter", OBJECT) \
	row(CLASS, "class", WORD) \
	row(CONFIDENTIAL_S, "confidential_s", INT) \
	row(COUNTERPARTIES, "counterparties", COUNTERPARTIES) \
	row(COUNTERPARTY, "counterparty", INT) \
	row(DELEGATES, "delegates", IDS) \
	row(FINAL, "final", BOOL) \
	row(FOUNDERS, "founders", DIDS) \
	row(HASH, "hash", HASH) \
	row(KEY, "key", DID) \
	row(LOG, "log", LOG) \
	row(MARKS, "marks", MARKS) \
	row(MAX, "max", INT) \
	row(MAX_REJECTIONS, "max_rejections", INT) \
	row(METHOD, "method", WORD) \
	row(NAME, "name", WORD) \
	row(NEEDED, "needed", INT) \
	row(NEXT, "next", HASH) \
	row(OFFICE, "office", WORD) \
	row(ON, "on", ID) \
	row(OPENS, "opens", INT) \
	row(OPTIONS, "options", OPTIONS) \
	row(POWERS, "powers", WORDS) \
	row(RATIFY_CLASS, "ratify_class", WORD) \
	row(RECALL, "recall", PAIR) \
	row(REHEARSAL, "rehearsal", BOOL) \
	row(REPORT_EVERY_S, "report_every_s", INT) \
	row(REPORT_GRACE_S, "report_grace_s", INT) \
	row(OUTCOME, "result", OBJECT) \
	row(RULES, "rules", INT) \
	row(SCALE, "scale", PAIR) \
	row(SEAL, "seal", ID) \
	row(SEATS, "seats", INT) \
	row(SEQ, "seq", INT) \
	row(SIGNATURE, "signature", SIG) \
	row(TEXTS, "texts", TEXTS) \
	row(TO, "to", TARGET) \
	row(TOPIC, "topic", ID) \
	row(UNTIL, "until", INT) \
	row(VALID_FROM, "valid_from", INT) \
	row(VALID_UNTIL, "valid_until", INT) \
	row(VALUE, "value", HASH) \
	row(VERSION, "version", INT)
/* clang-format on */

enum act_kind {
#define ACT_KIND_CODE(code, name) ACT_##code,
	ACT_KINDS(ACT_KIND_CODE)
#undef ACT_KIND_CODE
	ACT_KIND_COUNT
};

enum act_member {
#define ACT_MEMBER_CODE(code, name, type) ACT_HAS_##code,
	ACT_MEMBERS(ACT_MEMBER_CODE)
#undef ACT_MEMBER_CODE
	ACT_MEMBER_COUNT
};

/* What stands in "by". */
enum act_author { ACT_BY_MEMBER, ACT_BY_KEY, ACT_BY_LEDGER };

/*
 * The value of one member, by its type: ids, hashes and keys as 32 bytes; a
 * truth value as 0 or 1; words, lists and objects as they stand in the act.
 */
union act_value {
	int64_t number;
	uint8_t hash[32];
	struct bytes span;
};

/*
 * A decoded act.  It borrows the bytes that it was decoded from.  Read the
 * members through the functions below; those a kind does not have must not be
 * asked for.
 */
struct act {
	enum act_kind kind;
	enum act_author author;
	uint8_t id[32];	    /* SHA-256 of bytes */
	uint64_t present;   /* bit 1 << enum act_member */
	struct bytes bytes; /* the whole act */
	union act_value value[ACT_MEMBER_COUNT];
};

/*
 * Decode the bytes of one act.  TOO_LARGE, what jcs_check() says,
 * UNKNOWN_KIND or MALFORMED; *out is then not to be used.
 */
enum verdict act_decode(struct bytes bytes, struct act *out);

bool act_has(const struct act *a, enum act_member member);
int64_t act_int(const struct act *a, enum act_member member);
const uint8_t *act_hash(const struct act *a, enum act_member member);
struct bytes act_span(const struct act *a, enum act_member member);

/* The author: id or key, zeros for the ledger. */
const uint8_t *act_by(const struct act *a);

const char *act_kind_name(enum act_kind kind);

/* The kind called name; ACT_KIND_COUNT when there is none. */
enum act_kind act_kind_by_name(struct bytes name);

/* Who may sign a kind. */
enum act_author act_kind_author(enum act_kind kind);

/*
 * Print an act in canonical form from kind, author, present and value; id and
 * bytes are not read.  What is missing or too much for the kind is our own
 * mistake.
 */
void act_encode(const struct act *a, struct writer *out);

/* For building an act: set one member. */
void act_set_int(struct act *a, enum act_member member, int64_t value);
void act_set_hash(
	struct act *a, enum act_member member, const uint8_t hash[static 32]);
void act_set_span(struct act *a, enum act_member member, struct bytes span);

/* The name of a member, such as "valid_until". */
const char *act_member_name(enum act_member member);

/*
 * Check a list of texts ([{"hash", "lang"}, ...]) standing in a walk under
 * name; marks the walk bad.  For effects and charters, which hold texts too.
 */
struct fields;
void act_walk_texts(struct fields *f, const char *name);

#endif
