#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/lib/count.h"

/*
 * Real elections, with the results that were declared or that independent
 * programs give; tests/elections/README.md names the sources.
 */
struct expectation {
	const char *file;
	const char *method;
	uint32_t seats;
	int32_t low, high;
	const char *default_option;
	uint64_t quorum;     /* 3Q of Debian's constitution, rounded up */
	const char *ratio_3; /* options that need three to one begin so */
	const char *ranking; /* "A, B; C": A and B before C; "": not asked */
	const char *winners; /* "A; B": in order of election */
	const char *tie;     /* "A; B" */
};

/* clang-format off */
static const struct expectation expectations[] = {
	{.file = "debian-2006-recall", .method = "yes-no",
		.default_option = "Further Discussion", .quorum = 48,
		.winners = "Further Discussion"},
	{.file = "debian-2016-declassify", .method = "yes-no",
		.default_option = "Further Discussion", .quorum = 49,
		.winners = "Further Discussion"},
	{.file = "un-ga-73-194", .method = "yes-no", .winners = "yes"},
	{.file = "utah-sd11-2025", .method = "approval",
		.winners = "Emily Buss",
		.ranking = "Emily Buss; Maleah Bliss; Tynley Bean; "
			"Jeff Marshall; Jeff Saunders"},
	{.file = "eurovision-1991", .method = "score", .high = 12,
		.winners = "", .tie = "FR; SE",
		.ranking = "FR, SE; IL; ES; CH; MT; IT; PT; CY; GB, IE; TR; "
			"GR; LU; IS; BE; NO; DE; DK; FI; YU; AT"},
	{.file = "eurovision-2015", .method = "score", .high = 12,
		.winners = "SE",
		.ranking = "SE; RU; IT; BE; AU; LV; EE; NO; IL; RS; GE; AZ; "
			"ME; SI; RO; AL, AM; LT; GR; HU; ES; CY; PL; GB; FR; "
			"AT, DE"},
	{.file = "orsay-2007-bureau-01", .method = "majority-judgment",
		.low = 1, .high = 6, .winners = "Bayrou",
		.ranking = "Bayrou; Sarkozy; Royal; Voynet; Besancenot; "
			"Buffet; Laguiller; Bové; de Villiers; Nihous; "
			"Schivardi; Le Pen"},
	{.file = "orsay-2007-bureau-06", .method = "majority-judgment",
		.low = 1, .high = 6, .winners = "Bayrou",
		.ranking = "Bayrou; Royal; Sarkozy; Voynet; Besancenot; "
			"Buffet; Bové; Laguiller; Nihous; de Villiers; "
			"Schivardi; Le Pen"},
	{.file = "debian-2007-dpl", .method = "schulze",
		.default_option = "None Of The Above", .quorum = 49,
		.winners = "Sam Hocevar"},
	{.file = "debian-2008-lenny", .method = "schulze",
		.default_option = "Further Discussion", .quorum = 48,
		.ratio_3 = "[3:1]",
		.winners = "Assume blobs comply with GPL unless proven "
			"otherwise"},
	{.file = "kubernetes-2018-steering", .method = "schulze", .seats = 3,
		.winners = "Aaron Crickenberger; Timothy St. Clair; "
			"Davanum Srinivas",
		.ranking = "Aaron Crickenberger; Timothy St. Clair; "
			"Davanum Srinivas; Nikhita Raghunath; Kris Nova; "
			"Quinton Hoole; Stephen Augustus; Tim Pepper"},
	{.file = "kubernetes-2024-steering", .method = "schulze", .seats = 3,
		.winners = "bentheelder; aojea; saschagrunert",
		.ranking = "bentheelder; aojea; saschagrunert; natalisucks; "
			"katcosgrove; palnabarun; xmudrii"},
	{.file = "nsw-ballina-2015", .method = "irv",
		.winners = "SMITH Tamara"},
	{.file = "nsw-ballina-2015", .method = "stv-meek",
		.winners = "SMITH Tamara"},
	{.file = "nixos-2025-sc", .method = "stv-meek", .seats = 5,
		.winners = "K900; cafkafk; philiptaron; tomberek; "
			"JulienMalka"},
};
/* clang-format on */

static bool
ends_with(struct bytes b, const char *end)
{
	struct bytes e = bytes_of_string(end);

	return b.len >= e.len &&
	       bytes_equal(bytes_slice(b, b.len - e.len, e.len), e);
}

static void
set_rules(const struct expectation *x, const struct election *e,
	struct method_rules *rules, struct ratio *ratios)
{
	for (uint32_t i = 0; i < e->n_options; i++) {
		bool high = x->ratio_3 != NULL &&
			    ends_with(e->options[i], x->ratio_3);

		ratios[i] = (struct ratio){high ? 3 : 1, 1};
	}
	rules->ratios = ratios;
	rules->quorum = x->quorum;
	if (x->default_option != NULL)
		rules->default_option =
			election_option(e, bytes_of_string(x->default_option));
}

static void
assert_list(const char *file, const struct election *e,
	const struct result_list *list, const char *expected)
{
	struct writer w = {0};

	count_put_names(&w, e->options, list, "; ");
	if (strcmp(writer_string(&w), expected) != 0)
		fail_msg("%s: %s", file, writer_string(&w));
	writer_clear(&w);
}

static void
assert_ranking(const struct expectation *x, const struct election *e,
	const struct result *r)
{
	struct writer w = {0};

	for (size_t i = 0; i < r->n_ranking; i++) {
		writer_put_string(&w, i == 0 ? "" : "; ");
		count_put_names(&w, e->options, &r->ranking[i], ", ");
	}
	if (strcmp(writer_string(&w), x->ranking) != 0)
		fail_msg("%s: %s", x->file, writer_string(&w));
	writer_clear(&w);
}

static void
count_one(const struct expectation *x)
{
	const struct method *m = methods_find(bytes_of_string(x->method));
	struct method_rules rules = METHOD_RULES;
	struct ratio ratios[64];
	struct result r = {0};
	struct election e;
	char path[128];

	rules.low = x->low;
	rules.high = x->high;
	rules.seats = x->seats == 0 ? 1 : x->seats;
	snprintf(path, sizeof(path), "tests/elections/%s.csv", x->file);
	assert_true(count_read(path, m, &rules, &e));
	assert_true(e.n_options <= 64);
	set_rules(x, &e, &rules, ratios);
	assert_int_equal(methods_count(m, &rules, &e.profile, &r), VERDICT_OK);

	assert_list(x->file, &e, &r.winners, x->winners);
	if (x->ranking != NULL)
		assert_ranking(x, &e, &r);
	assert_int_equal(r.n_ties, x->tie == NULL ? 0 : 1);
	if (x->tie != NULL)
		assert_list(x->file, &e, &r.ties[0].options, x->tie);
	result_clear(&r);
	election_clear(&e);
}

static void
every_election_has_its_known_result(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(expectations) / sizeof(*expectations);
		i++)
		count_one(&expectations[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_election_has_its_known_result),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
