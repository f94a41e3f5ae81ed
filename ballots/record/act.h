#ifndef BALLOTS_RECORD_ACT_H
#define BALLOTS_RECORD_ACT_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"
#include "ballots/record/form.h"

#define ACT_LOG_MAX 97 /* characters of an origin: name, /, 32 digits */

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
	row(MANDATE_CHALLENGE, "mandate.challenge") \
	row(AGREEMENT_TENTATIVE, "agreement.tentative") \
	row(AGREEMENT_SIGN, "agreement.sign") \
	row(AGREEMENT_COUNTERSIGN, "agreement.countersign") \
	row(AGREEMENT_WITHDRAW, "agreement.withdraw") \
	row(AGREEMENT_DECLINE, "agreement.decline") \
	row(AGREEMENT_CHALLENGE, "agreement.challenge") \
	row(AGREEMENT_RECEIPT, "agreement.receipt") \
	row(AGREEMENT_BREACH, "agreement.breach") \
	row(AGREEMENT_ENDORSE, "agreement.endorse") \
	row(AGREEMENT_ANSWER, "agreement.answer") \
	row(AGREEMENT_REPLY, "agreement.reply") \
	row(AGREEMENT_END, "agreement.end") \
	row(CASE_APPEAL, "case.appeal") \
	row(GUARDIANS_SET, "guardians.set") \
	row(KEY_RECOVER, "key.recover") \
	row(KEY_VOUCH, "key.vouch") \
	row(KEY_OBJECT, "key.object") \
	row(MEMBER_SUSPEND, "member.suspend") \
	row(TEXT_ERASE, "text.erase")

/* Every member but "act", in canonical order: code, name, type, bounds. */
#define ACT_MEMBERS(row) \
	row(AFTER, "after", after, 0, 0) \
	row(AGREEMENT, "agreement", id, 0, 0) \
	row(AMOUNTS, "amounts", ints, 0, LIMIT_CEILINGS) \
	row(APPLICATION, "application", base64, 4, LIMIT_ACT_BYTES) \
	row(BREACHED, "breached", bool, 0, 0) \
	row(BUDGET, "budget", int, 1, LIMIT_JSON_INT) \
	row(BY, "by", author, 0, 0) \
	row(CEILINGS, "ceilings", ceilings, 0, LIMIT_CEILINGS) \
	row(CHAPTER, "chapter", id, 0, 0) \
	row(CHARTER, "charter", object, 0, 0) \
	row(CLASS, "class", word, 1, FORM_WORD) \
	row(CONFIDENTIAL_S, "confidential_s", int, 0, LIMIT_JSON_INT) \
	row(COUNTERPARTIES, "counterparties", counterparties, 1, LIMIT_COUNTERPARTIES) \
	row(COUNTERPARTY, "counterparty", int, 0, LIMIT_JSON_INT) \
	row(DELEGATES, "delegates", ids, 1, LIMIT_DELEGATES) \
	row(FINAL, "final", bool, 0, 0) \
	row(FOR_S, "for_s", int, 86400, 31536000) \
	row(FOUNDERS, "founders", dids, 1, LIMIT_FOUNDERS) \
	row(GROUND, "ground", word, 1, FORM_WORD) \
	row(GUARDIANS, "guardians", ids, 3, LIMIT_GUARDIANS) \
	row(HASH, "hash", hash, 0, 0) \
	row(ISSUER, "issuer", did, 0, 0) \
	row(KEY, "key", did, 0, 0) \
	row(LOG, "log", word, 1, ACT_LOG_MAX) \
	row(MARKS, "marks", ints, 1, LIMIT_OPTIONS) \
	row(MAX, "max", int, 1, LIMIT_MEMBERS) \
	row(MAX_REJECTIONS, "max_rejections", int, 1, 10) \
	row(METHOD, "method", word, 1, FORM_WORD) \
	row(NAME, "name", word, 1, FORM_WORD) \
	row(NEEDED, "needed", int, 0, LIMIT_JSON_INT) \
	row(NEXT, "next", hash, 0, 0) \
	row(OFFICE, "office", word, 1, FORM_WORD) \
	row(ON, "on", id, 0, 0) \
	row(OPENS, "opens", int, 0, LIMIT_JSON_INT) \
	row(OPTIONS, "options", options, 1, (LIMIT_OPTIONS-1)) \
	row(POWERS, "powers", words, 0, 4) \
	row(PROOFS, "proofs", proofs, 0, LIMIT_DELEGATES) \
	row(RATIFY, "ratify", bool, 0, 0) \
	row(RATIFY_CLASS, "ratify_class", word, 1, FORM_WORD) \
	row(REASON, "reason", word, 1, FORM_WORD) \
	row(RECALL, "recall", ints, 2, 2) \
	row(REHEARSAL, "rehearsal", bool, 0, 0) \
	row(REPORT_EVERY_S, "report_every_s", int, 0, LIMIT_JSON_INT) \
	row(REPORT_GRACE_S, "report_grace_s", int, 0, LIMIT_JSON_INT) \
	row(OUTCOME, "result", object, 0, 0) \
	row(RULES, "rules", int, 0, LIMIT_JSON_INT) \
	row(SCALE, "scale", ints, 2, 2) \
	row(SEAL, "seal", id, 0, 0) \
	row(SEATS, "seats", int, 1, 99) \
	row(SEQ, "seq", int, 0, LIMIT_JSON_INT) \
	row(SIGNATURE, "signature", base64, CODING_BASE64_64, CODING_BASE64_64) \
	row(SIZE, "size", int, 0, LIMIT_JSON_INT) \
	row(TEXTS, "texts", texts, 0, LIMIT_TEXTS) \
	row(TO, "to", target, 0, 0) \
	row(TOPIC, "topic", id, 0, 0) \
	row(UNTIL, "until", int, 0, LIMIT_JSON_INT) \
	row(VALID_FROM, "valid_from", int, 0, LIMIT_JSON_INT) \
	row(VALID_UNTIL, "valid_until", int, 0, LIMIT_JSON_INT) \
	row(VALUE, "value", hash, 0, 0) \
	row(VERSION, "version", int, 1, 1000)
/* clang-format on */

enum act_kind {
#define ACT_KIND_CODE(code, name) ACT_##code,
	ACT_KINDS(ACT_KIND_CODE)
#undef ACT_KIND_CODE
		ACT_KIND_COUNT
};

enum act_member {
#define ACT_MEMBER_CODE(code, name, type, min, max) ACT_HAS_##code,
	ACT_MEMBERS(ACT_MEMBER_CODE)
#undef ACT_MEMBER_CODE
		ACT_MEMBER_COUNT
};

/*
 * A decoded act.  It borrows the bytes that it was decoded from.  Read the
 * members through the functions below; those a kind does not have must not be
 * asked for.
 */
struct act {
	enum act_kind kind;
	enum form_author author;
	uint8_t id[32];     /* SHA-256 of bytes */
	form_set present;   /* of enum act_member */
	bool vouched;       /* the act embedded in it is known to be signed */
	struct bytes bytes; /* the whole act */
	union form_value value[ACT_MEMBER_COUNT];
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
enum form_author act_kind_author(enum act_kind kind);

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

void act_set_by(
	struct act *a, enum form_author author, const uint8_t hash[static 32]);

/* The name of a member, such as "valid_until". */
const char *act_member_name(enum act_member member);

#endif
