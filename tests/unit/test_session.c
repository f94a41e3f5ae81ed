#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <nanomsg/nn.h>
#include <nanomsg/reqrep.h>
#include <pthread.h>
#include <string.h>

#include "ballots/base/limits.h"
#include "cli/complain.h"
#include "cli/session.h"
#include "tests/lib/place.h"

#define ANSWER_MS 300

/* A daemon that echoes, and keeps silent when it is told to. */
static void *
serve(void *socket)
{
	int s = *(int *)socket;
	void *request;
	int n;

	while ((n = nn_recv(s, &request, NN_MSG, 0)) >= 0) {
		bool silent = n == 6 && memcmp(request, "silent", 6) == 0;

		if (!silent)
			nn_send(s, request, (size_t)n, 0);
		nn_freemsg(request);
	}
	return NULL;
}

static void
assert_complaint(enum complain_status status, const char *text)
{
	const char *sentence, *hint;

	assert_int_equal(complain_last(&sentence, &hint), status);
	if (strstr(sentence, text) == NULL)
		fail_msg("said: '%s'", sentence);
}

static void
questions_are_answered_or_their_silence_is_told(void **state)
{
	int socket = nn_socket(AF_SP, NN_REP);
	struct writer reply = {0}, large = {0};
	struct session *s;
	char address[200];
	pthread_t server;

	snprintf(address, sizeof(address), "ipc://%s/s", (char *)*state);
	assert_true(nn_bind(socket, address) >= 0);
	assert_int_equal(pthread_create(&server, NULL, serve, &socket), 0);
	s = session_open(address);
	assert_non_null(s);
	assert_int_equal(session_ask(s, BYTES("one"), ANSWER_MS, &reply), 0);
	assert_int_equal(
		session_ask(s, BYTES("silent"), ANSWER_MS, &reply), -1);
	assert_complaint(COMPLAIN_CANNOT, "no answer");
	assert_int_equal(session_ask(s, BYTES("two"), ANSWER_MS, &reply), 0);
	assert_string_equal(writer_string(&reply), "onetwo");
	for (size_t i = 0; i <= LIMIT_REQUEST_BYTES; i++)
		writer_put_u8(&large, 'x');
	assert_int_equal(
		session_ask(s, writer_view(&large), ANSWER_MS, &reply), -1);
	assert_complaint(COMPLAIN_CANNOT, "too large");
	session_close(s);
	nn_close(socket);
	pthread_join(server, NULL);
	writer_clear(&reply);
	writer_clear(&large);
}

static void
where_nobody_is_that_is_said(void **state)
{
	char address[200];

	snprintf(address, sizeof(address), "ipc://%s/none", (char *)*state);
	assert_null(session_open(address));
	assert_complaint(COMPLAIN_CANNOT, "Nobody is there");
}

static void
addresses_that_cannot_be_are_refused(void **state)
{
	char address[200] = "ipc:///";

	(void)state;
	assert_null(session_open("http://x"));
	assert_complaint(COMPLAIN_USAGE, "no address");
	memset(address + 7, 'x', 150);
	assert_null(session_open(address));
	assert_complaint(COMPLAIN_USAGE, "too long");
	assert_null(session_open("tcp://nowhere"));
	assert_complaint(COMPLAIN_CANNOT, "Could not connect");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			questions_are_answered_or_their_silence_is_told,
			place_setup, place_teardown),
		cmocka_unit_test_setup_teardown(where_nobody_is_that_is_said,
			place_setup, place_teardown),
		cmocka_unit_test(addresses_that_cannot_be_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
