#ifndef TESTS_LIB_POLL_H
#define TESTS_LIB_POLL_H

#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "ballots/base/crypt.h"
#include "ballots/count/methods.h"
#include "ballots/rules/question.h"
#include "ballots/rules/tally.h"

/*
 * One question that is open from second 1000 for 1000 s, among members who
 * were all there before.  Include after cmocka.h.
 */
struct poll {
	struct roster roster;
	struct delegation delegation;
	struct question *q;
	uint64_t seq; /* of the ballots so far */
};

#define POLL_OPENS_S  1000
#define POLL_CLOSES_S 2000

/* A form with no quorum but half of all; change it, then poll_open(). */
static inline struct question_form
poll_form(const char *method, uint32_t n_options)
{
	return (struct question_form){.kind = QUESTION_DECISION,
		.log = "poll/0",
		.method = methods_find(bytes_of_string(method)),
		.n_options = n_options,
		.seats = 1,
		.opens_s = POLL_OPENS_S,
		.period_s = POLL_CLOSES_S - POLL_OPENS_S,
		.any_quorum = true,
		.majority = {1, 2},
		.entrenched = {3, 4},
		.chapter = ROSTER_NONE,
		.n_scopes = 1,
		.scopes = {{CLOCKS_UNION, 0}}};
}

static inline void
poll_open(struct poll *p, const struct question_form *form, uint32_t members)
{
	const struct roster_rules rules = {0, 1000000};
	struct question_option options[LIMIT_OPTIONS] = {0};

	memset(p, 0, sizeof(*p));
	for (uint32_t m = 0; m < members; m++) {
		uint8_t id[32] = {(uint8_t)m, (uint8_t)(m >> 8), 1};

		roster_add(&p->roster, id, id, id, 0, false);
	}
	for (uint32_t i = 0; i < form->n_options; i++)
		options[i].k = i;
	p->q = question_new(form, options, &p->roster, &rules);
}

static inline void
poll_close(struct poll *p)
{
	question_free(p->q);
	delegation_clear(&p->delegation);
	roster_clear(&p->roster);
}

/* Cast the marks, a list in JSON, at now_s; whatever the verdict. */
static inline enum verdict
poll_cast(struct poll *p, uint32_t member, const char *marks, uint64_t now_s)
{
	struct bytes list = bytes_of_string(marks);
	uint64_t seq = ++p->seq;
	uint8_t act[32] = {(uint8_t)seq, (uint8_t)(seq >> 8), 2};
	enum verdict v = question_may_cast(p->q, member, list, seq, now_s);

	if (v == VERDICT_OK)
		question_cast(p->q, member, list, seq, act, seq, now_s);
	return v;
}

static inline struct tally_union
poll_union(const struct poll *p)
{
	return (struct tally_union){.roster = &p->roster,
		.delegation = &p->delegation,
		.grant_life_s = 1000000,
		.n_chapters = 4};
}

#endif
