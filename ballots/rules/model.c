#include "ballots/rules/model.h"

#include "ballots/base/limits.h"
#include "ballots/record/jcs.h"
#include "ballots/rules/charter.h"

#define HOUR 3600
#define DAY  86400

struct pair {
	uint32_t a, b;
};

#define ALL                                                                    \
	"approval equal-shares irv majority-judgment plurality ranked-pairs "  \
	"schulze score stv-meek stv-wigm yes-no"

/* The classes; names in lists are sorted, with a space between. */
static const struct class_row {
	const char *name;
	uint64_t admission, after_change, cooling;
	bool delegation;
	uint64_t discussion_max, discussion_min;
	const char *effects;
	uint64_t frozen, late;
	struct pair majority;
	const char *methods;
	const char *quorum_by;
	struct pair quorum;
	struct pair sponsors; /* b: share a/b; 0: a times K */
	uint64_t voting;
} classes[] = {
	{"admission", 30 * DAY, 2 * DAY, DAY, false, 14 * DAY, 7 * DAY,
		"admit restore suspend", DAY, 24 * HOUR, {2, 3}, "yes-no",
		"share", {1, 20}, {1, 0}, 7 * DAY},
	{"budget", 30 * DAY, 7 * DAY, 7 * DAY, true, 28 * DAY, 14 * DAY,
		"spend", 7 * DAY, 0, {1, 2}, "approval equal-shares yes-no",
		"share", {1, 100}, {1, 0}, 14 * DAY},
	{"charter", 60 * DAY, 7 * DAY, 14 * DAY, false, 42 * DAY, 21 * DAY,
		"amend", 7 * DAY, 72 * HOUR, {2, 3}, "yes-no", "share", {1, 5},
		{2, 0}, 21 * DAY},
	{"consultation", 14 * DAY, 2 * DAY, 0, true, 14 * DAY, 2 * DAY, "", 0,
		0, {1, 2}, ALL, "share", {0, 1}, {0, 0}, 14 * DAY},
	{"election", 0, 0, 0, false, 14 * DAY, 7 * DAY, "seat", DAY, 0, {1, 2},
		"approval schulze stv-wigm", "share", {1, 100}, {0, 0},
		7 * DAY},
	{"mandate", 14 * DAY, 3 * DAY, 2 * DAY, true, 21 * DAY, 7 * DAY,
		"renew replace", 3 * DAY, 48 * HOUR, {1, 2}, "schulze yes-no",
		"share", {1, 10}, {1, 0}, 10 * DAY},
	{"ordinary", 30 * DAY, 7 * DAY, 3 * DAY, true, 24 * DAY, 10 * DAY,
		"chapter gateway seat spend strike topic", 3 * DAY, 48 * HOUR,
		{1, 2}, ALL, "root", {9, 4}, {1, 0}, 10 * DAY},
	{"ratification", 0, 0, 0, false, 5 * DAY, 5 * DAY, "", 0, 48 * HOUR,
		{1, 2}, "yes-no", "share", {1, 10}, {0, 0}, 10 * DAY},
	{"recall", 30 * DAY, 0, 0, false, 7 * DAY, 3 * DAY, "recall unseat", 0,
		24 * HOUR, {1, 2}, "yes-no", "share", {1, 20}, {1, 20},
		7 * DAY},
	{"urgent", 3 * DAY, 12 * HOUR, DAY, false, 4 * DAY, 2 * DAY,
		"gateway replace seat strike", 12 * HOUR, 24 * HOUR, {2, 3},
		"yes-no", "share", {1, 10}, {2, 0}, 4 * DAY},
};

static const struct limit_row {
	const char *kind;
	uint32_t max;
	uint64_t window;
} limits[] = {
	{"agreement.breach", 5, 30 * DAY},
	{"agreement.tentative", 20, 7 * DAY},
	{"ballot.cast", 100, DAY},
	{"chapter.join", 10, 30 * DAY},
	{"chapter.open", 50, DAY},
	{"delegation.grant", 50, DAY},
	{"mandate.meeting", 20, DAY},
	{"mandate.propose", 3, 7 * DAY},
	{"mandate.report", 20, DAY},
	{"mandate.report.open", 20, DAY},
	{"mandate.report.seal", 20, DAY},
	{"member.admit", 50, DAY},
	{"proposal.amend", 10, DAY},
	{"proposal.open", 3, 7 * DAY},
	{"topic.open", 50, DAY},
};

#define REHEARSAL_MAX 10000 /* acts a window */

static void
put_int(struct jcs_printer *p, const char *name, uint64_t value)
{
	jcs_key(p, name);
	jcs_int(p, (int64_t)value);
}

static void
put_pair(struct jcs_printer *p, const char *name, uint64_t a, uint64_t b)
{
	jcs_key(p, name);
	jcs_begin_array(p);
	jcs_int(p, (int64_t)a);
	jcs_int(p, (int64_t)b);
	jcs_end_array(p);
}

static void
put_names(struct jcs_printer *p, const char *name, const char *words)
{
	struct bytes rest = bytes_of_string(words);

	jcs_key(p, name);
	jcs_begin_array(p);
	while (rest.len > 0)
		jcs_string(p, bytes_cut(&rest, ' '));
	jcs_end_array(p);
}

static void
put_class(struct jcs_printer *p, const struct class_row *c)
{
	jcs_key(p, c->name);
	jcs_begin_object(p);
	put_int(p, "admission_s", c->admission);
	put_int(p, "after_change_s", c->after_change);
	put_int(p, "cooling_s", c->cooling);
	jcs_key(p, "delegation");
	jcs_bool(p, c->delegation);
	put_int(p, "discussion_max_s", c->discussion_max);
	put_int(p, "discussion_min_s", c->discussion_min);
	put_names(p, "effects", c->effects);
	put_int(p, "frozen_s", c->frozen);
	put_int(p, "late_s", c->late);
	put_pair(p, "majority", c->majority.a, c->majority.b);
	put_names(p, "methods", c->methods);
	jcs_key(p, "quorum");
	jcs_begin_object(p);
	put_pair(p, c->quorum_by, c->quorum.a, c->quorum.b);
	jcs_end_object(p);
	jcs_key(p, "sponsors");
	jcs_begin_object(p);
	if (c->sponsors.b != 0)
		put_pair(p, "share", c->sponsors.a, c->sponsors.b);
	else
		put_int(p, "times", c->sponsors.a);
	jcs_end_object(p);
	put_int(p, "voting_s", c->voting);
	jcs_end_object(p);
}

static void
put_classes(struct jcs_printer *p)
{
	jcs_key(p, "classes");
	jcs_begin_object(p);
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		put_class(p, &classes[i]);
	jcs_end_object(p);
}

static void
put_limits(struct jcs_printer *p, bool rehearsal)
{
	jcs_key(p, "limits");
	jcs_begin_object(p);
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		put_pair(p, limits[i].kind,
			rehearsal ? REHEARSAL_MAX : limits[i].max,
			limits[i].window);
	jcs_end_object(p);
}

static void
put_offices(struct jcs_printer *p)
{
	jcs_key(p, "offices");
	jcs_begin_object(p);
	for (int i = 0; i < CHARTER_OFFICES; i++) {
		jcs_key(p, charter_office_name((enum charter_office)i));
		jcs_begin_object(p);
		put_int(p, "seats", 3);
		put_int(p, "term_s", 365 * DAY);
		jcs_end_object(p);
	}
	jcs_end_object(p);
}

void
model_charter(uint64_t until_s, bool rehearsal, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);

	jcs_begin_object(&p);
	jcs_key(&p, "admit");
	jcs_begin_object(&p);
	put_int(&p, "registrars", 1);
	put_int(&p, "vouchers", 1);
	jcs_end_object(&p);
	put_int(&p, "answer_s", 14 * DAY);
	put_classes(&p);
	put_int(&p, "cure_s", 30 * DAY);
	jcs_key(&p, "delegation");
	jcs_begin_object(&p);
	put_int(&p, "cap", 0);
	put_int(&p, "life_s", 365 * DAY);
	jcs_end_object(&p);
	put_int(&p, "draw_s", DAY);
	put_pair(&p, "entrenched", 3, 4);
	jcs_key(&p, "founders");
	jcs_begin_object(&p);
	put_int(&p, "members", rehearsal ? LIMIT_MEMBERS : 50);
	put_int(&p, "until_s", until_s);
	jcs_end_object(&p);
	put_names(
		&p, "grounds", "duplicate-identity fraud violence vote-buying");
	put_int(&p, "hold_s", 3 * DAY);
	put_int(&p, "interim_s", 14 * DAY);
	put_limits(&p, rehearsal);
	put_int(&p, "lot_s", 3 * DAY);
	put_int(&p, "offer_s", 14 * DAY);
	put_offices(&p);
	put_int(&p, "panel", 7);
	put_int(&p, "panel_s", 12 * DAY);
	put_int(&p, "probation_s", rehearsal ? 0 : 21 * DAY);
	put_int(&p, "publish_needs", 2);
	put_int(&p, "recovery_s", 7 * DAY);
	put_int(&p, "renew_s", 365 * DAY);
	put_int(&p, "scope_s", 2 * DAY);
	put_int(&p, "status_ttl_s", 7 * DAY);
	jcs_key(&p, "texts");
	jcs_begin_array(&p);
	jcs_end_array(&p);
	jcs_end_object(&p);
}
