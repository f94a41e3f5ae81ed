#ifndef BALLOTS_RECORD_EFFECT_H
#define BALLOTS_RECORD_EFFECT_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/record/fields.h"
#include "ballots/record/form.h"

/*
 * Effects: what an option of a proposal does when it comes into force
 * (specs/acts.md section 2).  Here is only their form.
 */

/* clang-format off */
#define EFFECT_KINDS(row) \
	row(ADMIT, "admit") \
	row(AMEND, "amend") \
	row(CHAPTER, "chapter") \
	row(GATEWAY, "gateway") \
	row(RATIFY, "ratify") \
	row(RECALL, "recall") \
	row(RENEW, "renew") \
	row(REPLACE, "replace") \
	row(RESTORE, "restore") \
	row(SEAT, "seat") \
	row(SPEND, "spend") \
	row(STRIKE, "strike") \
	row(SUSPEND, "suspend") \
	row(TOPIC, "topic") \
	row(UNSEAT, "unseat")

#define EFFECT_MEMBERS(row) \
	row(ACCEPTS, "accepts", words, 0, 16) \
	row(AGREEMENT, "agreement", id, 0, 0) \
	row(AMOUNT, "amount", int, 1, LIMIT_JSON_INT) \
	row(APPLICATION, "application", base64, 4, LIMIT_ACT_BYTES) \
	row(CHARTER, "charter", object, 0, 0) \
	row(DELEGATES, "delegates", ids, 1, LIMIT_DELEGATES) \
	row(DO, "do", word, 1, FORM_WORD) \
	row(FOR_S, "for_s", int, 86400, 31536000) \
	row(FROM, "from", hash, 0, 0) \
	row(THE_GATEWAY, "gateway", id, 0, 0) \
	row(KEY, "key", did, 0, 0) \
	row(MANDATE, "mandate", id, 0, 0) \
	row(MEMBER, "member", id, 0, 0) \
	row(OFFICE, "office", word, 1, FORM_WORD) \
	row(SIGNATURE, "signature", base64, CODING_BASE64_64, CODING_BASE64_64) \
	row(TEXTS, "texts", texts, 0, LIMIT_TEXTS) \
	row(UNIT, "unit", word, 1, FORM_WORD) \
	row(VALID_UNTIL, "valid_until", int, 0, LIMIT_JSON_INT)
/* clang-format on */

enum effect_kind {
#define EFFECT_KIND_CODE(code, name) EFFECT_##code,
	EFFECT_KINDS(EFFECT_KIND_CODE)
#undef EFFECT_KIND_CODE
		EFFECT_KIND_COUNT
};

enum effect_member {
#define EFFECT_MEMBER_CODE(code, name, type, min, max) EFFECT_HAS_##code,
	EFFECT_MEMBERS(EFFECT_MEMBER_CODE)
#undef EFFECT_MEMBER_CODE
		EFFECT_MEMBER_COUNT
};

/* A decoded effect; borrows the act it stands in. */
struct effect {
	enum effect_kind kind;
	union form_value value[EFFECT_MEMBER_COUNT];
};

/* Read one effect, an element of the list that f stands in. */
void effect_walk(struct fields *f, struct effect *out);

const char *effect_kind_name(enum effect_kind kind);

/* The kind called name; EFFECT_KIND_COUNT when there is none. */
enum effect_kind effect_kind_by_name(struct bytes name);

/*
 * The options of a proposal: [{"effects": [...], "texts": [...]}, ...].
 * effect_options is their type as a member of an act.
 */
extern const struct form_type effect_options;

/* One option: views of its two lists. */
struct effect_option {
	struct bytes effects;
	struct bytes texts;
};

/* Read option number k of options, a checked list; false past its end. */
bool effect_option_at(
	struct bytes options, uint32_t k, struct effect_option *out);

/* How many options there are. */
uint32_t effect_options_count(struct bytes options);

#endif
