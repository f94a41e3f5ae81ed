#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ballots/base/crypt.h"
#include "ballots/machine/secret.h"

/* True when a process that reads the byte at p dies of it. */
static bool
is_deadly(const volatile char *p)
{
	const struct rlimit no_core = {0, 0};
	pid_t child = fork();
	int status;

	if (child == 0) {
		signal(SIGSEGV, SIG_DFL); /* cmocka has its own */
		setrlimit(RLIMIT_CORE, &no_core);
		close(STDERR_FILENO);
		_exit(*p == 'x' ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	/* A sanitizer turns the signal into a status of its own. */
	return WIFSIGNALED(status) || WEXITSTATUS(status) > 1;
}

static void
a_hidden_secret_cannot_be_read_until_it_is_shown(void **state)
{
	char *p = secret_new(100);

	(void)state;
	memset(p, 'x', 100);
	assert_false(is_deadly(p));
	secret_hide(p);
	assert_true(is_deadly(p));
	secret_show(p);
	assert_int_equal(p[99], 'x');
	assert_true(is_deadly(p + 100));
	secret_hide(p);
	secret_free(p);
	secret_free(NULL);
}

static void
what_is_drawn_differs(void **state)
{
	uint8_t a[32] = {0}, b[32] = {0};

	(void)state;
	secret_draw(a, sizeof(a));
	secret_draw(b, sizeof(b));
	assert_memory_not_equal(a, b, sizeof(a));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_hidden_secret_cannot_be_read_until_it_is_shown),
		cmocka_unit_test(what_is_drawn_differs),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
