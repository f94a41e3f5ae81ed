#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/lib/count.h"

/* The example of specs/methods.md, section 4: X costs 60, Y 30. */
static const uint64_t costs[] = {60, 30};

static struct count
of_budget(uint64_t budget)
{
	struct count c = {.rules = METHOD_RULES};

	c.rules.seats = 2;
	c.rules.budget = budget;
	c.rules.costs = costs;
	return c;
}

static void
supporters_pay_until_none_can(void **state)
{
	struct count c = of_budget(90);

	(void)state;
	count_text(&c, "equal-shares", "X,Y\n1,1\n1,1\n1,0\n");
	count_assert_names(&c, &c.r.winners, "X");
	count_clear(&c);
}

static void
add1_raises_the_purses_until_the_budget_is_spent(void **state)
{
	struct count c = of_budget(90);

	(void)state;
	c.rules.completion = METHOD_COMPLETION_ADD1;
	count_text(&c, "equal-shares", "X,Y\n1,1\n1,1\n1,0\n");
	count_assert_names(&c, &c.r.winners, "X, Y");
	count_clear(&c);
}

static void
a_status_quo_that_cannot_win_needs_no_cost(void **state)
{
	static const uint64_t with_none[] = {0, 60, 30};
	static const bool eligible[] = {false, true, true};
	struct count c = of_budget(90);

	(void)state;
	c.rules.costs = with_none;
	c.rules.eligible = eligible;
	count_text(&c, "equal-shares", "None,X,Y\n0,1,1\n0,1,1\n0,1,0\n");
	count_assert_names(&c, &c.r.winners, "X");
	count_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(supporters_pay_until_none_can),
		cmocka_unit_test(
			add1_raises_the_purses_until_the_budget_is_spent),
		cmocka_unit_test(a_status_quo_that_cannot_win_needs_no_cost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
