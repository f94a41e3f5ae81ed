#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <nanomsg/nn.h>
#include <nanomsg/reqrep.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "ballots/base/limits.h"
#include "ballots/base/mem.h"
#include "ballots/machine/clock.h"
#include "daemon/endpoint.h"
#include "tests/lib/place.h"

enum { CLIENTS = 3 };

static char path[200];
static char url[220];

static struct endpoint *
open_in(void **state)
{
	struct endpoint *ep;

	snprintf(path, sizeof(path), "%s/run/socket", (char *)*state);
	snprintf(url, sizeof(url), "ipc://%s", path);
	ep = endpoint_open(path);
	assert_non_null(ep);
	return ep;
}

static int
client(void)
{
	int s = nn_socket(AF_SP, NN_REQ);
	int patience_ms = 3000;

	assert_true(s >= 0);
	nn_setsockopt(s, NN_SOL_SOCKET, NN_RCVTIMEO, &patience_ms,
		sizeof(patience_ms));
	assert_true(nn_connect(s, url) >= 0);
	return s;
}

static void
ask(int s, const char *text)
{
	assert_int_equal(nn_send(s, text, strlen(text), 0), strlen(text));
}

static void
assert_answer(int s, const char *text)
{
	char *got = NULL;
	int len = nn_recv(s, &got, NN_MSG, 0);

	assert_int_equal(len, strlen(text));
	assert_memory_equal(got, text, strlen(text));
	nn_freemsg(got);
}

/* Gather until n requests are here. */
static void
gather(struct endpoint *ep, struct endpoint_request *requests, size_t n)
{
	for (size_t have = 0, turns = 0; have < n; turns++) {
		assert_true(turns < 1000);
		endpoint_wait(ep, -1, 1000);
		have += endpoint_gather(ep, requests + have, n - have);
	}
}

static void
reply_text(struct endpoint *ep, struct endpoint_request *r, const char *text)
{
	endpoint_reply(ep, r, bytes_of_string(text));
}

static void
replies_in_reverse_order_reach_each_its_own_client(void **state)
{
	struct endpoint *ep = open_in(state);
	struct endpoint_request requests[CLIENTS];
	int clients[CLIENTS];

	for (int i = 0; i < CLIENTS; i++) {
		char text[2] = {(char)('a' + i), 0};

		clients[i] = client();
		ask(clients[i], text);
	}
	gather(ep, requests, CLIENTS);
	for (int i = CLIENTS; i-- > 0;) {
		char text[20];

		assert_int_equal(requests[i].body.len, 1);
		snprintf(
			text, sizeof(text), "for %c", requests[i].body.data[0]);
		reply_text(ep, &requests[i], text);
	}
	assert_answer(clients[0], "for a");
	assert_answer(clients[1], "for b");
	assert_answer(clients[2], "for c");
	for (int i = 0; i < CLIENTS; i++)
		nn_close(clients[i]);
	endpoint_close(ep);
}

static void
a_held_request_comes_back_when_there_is_news(void **state)
{
	struct endpoint *ep = open_in(state);
	struct endpoint_request r;
	int c = client();

	ask(c, "after 7?");
	gather(ep, &r, 1);
	assert_false(r.waited);
	assert_true(endpoint_hold(ep, &r, 20000));
	assert_int_equal(endpoint_gather(ep, &r, 1), 0);
	endpoint_wake(ep);
	assert_int_equal(endpoint_gather(ep, &r, 1), 1);
	assert_true(r.waited);
	assert_memory_equal(r.body.data, "after 7?", 8);
	assert_false(endpoint_hold(ep, &r, 20000)); /* once is enough */
	reply_text(ep, &r, "8");
	assert_answer(c, "8");
	nn_close(c);
	endpoint_close(ep);
}

static void
a_held_request_comes_back_when_its_time_is_over(void **state)
{
	struct endpoint *ep = open_in(state);
	struct endpoint_request r;
	int c = client();

	ask(c, "after 7?");
	gather(ep, &r, 1);
	assert_true(endpoint_hold(ep, &r, 30));
	assert_int_equal(endpoint_gather(ep, &r, 1), 0);
	gather(ep, &r, 1);
	assert_true(r.waited);
	reply_text(ep, &r, "nothing");
	assert_answer(c, "nothing");
	nn_close(c);
	endpoint_close(ep);
}

static void
a_newer_held_request_takes_the_place_of_the_same_connection_only(void **state)
{
	struct endpoint *ep = open_in(state);
	struct endpoint_request r[3];
	int a = client(), b = client();

	ask(b, "b");
	gather(ep, r, 1);
	assert_true(endpoint_hold(ep, &r[0], 20000));
	ask(a, "a, first");
	gather(ep, r, 1);
	assert_true(endpoint_hold(ep, &r[0], 20000));
	ask(a, "a, again");
	gather(ep, r, 1);
	assert_true(endpoint_hold(ep, &r[0], 20000));
	endpoint_wake(ep);
	assert_int_equal(endpoint_gather(ep, r, 3), 2);
	for (int i = 0; i < 2; i++) {
		bool of_a = r[i].body.data[0] == 'a';

		if (of_a)
			assert_memory_equal(r[i].body.data, "a, again", 8);
		reply_text(ep, &r[i], of_a ? "to a" : "to b");
	}
	assert_answer(a, "to a");
	assert_answer(b, "to b");
	nn_close(a);
	nn_close(b);
	endpoint_close(ep);
}

static void
what_is_held_at_the_end_is_forgotten_without_a_leak(void **state)
{
	struct endpoint *ep = open_in(state);
	struct endpoint_request r;
	int c = client();

	ask(c, "anything?");
	gather(ep, &r, 1);
	assert_true(endpoint_hold(ep, &r, 20000));
	endpoint_close(ep);
	nn_close(c);
}

static void
a_request_of_the_largest_size_arrives_and_one_more_byte_does_not(void **state)
{
	struct endpoint *ep = open_in(state);
	struct endpoint_request r;
	char *big = mem_new(LIMIT_REQUEST_BYTES + 1);
	int a = client(), b = client();

	assert_int_equal(
		nn_send(a, big, LIMIT_REQUEST_BYTES, 0), LIMIT_REQUEST_BYTES);
	gather(ep, &r, 1);
	assert_int_equal(r.body.len, LIMIT_REQUEST_BYTES);
	reply_text(ep, &r, "");
	assert_answer(a, "");
	nn_send(b, big, LIMIT_REQUEST_BYTES + 1, 0);
	endpoint_wait(ep, -1, 200);
	assert_int_equal(endpoint_gather(ep, &r, 1), 0);
	mem_free(big);
	nn_close(a);
	nn_close(b);
	endpoint_close(ep);
}

static void
the_last_reply_leaves_before_the_endpoint_closes(void **state)
{
	struct endpoint *ep = open_in(state);
	struct endpoint_request r;
	int c = client();

	ask(c, "bye");
	gather(ep, &r, 1);
	reply_text(ep, &r, "bye");
	endpoint_close(ep);
	assert_answer(c, "bye");
	nn_close(c);
}

static void
waiting_ends_with_another_descriptor_or_the_time(void **state)
{
	struct endpoint *ep = open_in(state);
	uint64_t start = clock_steady_ns();
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "x", 1), 1);
	endpoint_wait(ep, ends[0], 10000);
	assert_true(clock_steady_ns() - start < 2000000000);
	endpoint_wait(ep, -1, 20);
	assert_true(clock_steady_ns() - start >= 20000000);
	close(ends[0]);
	close(ends[1]);
	endpoint_close(ep);
}

/* A connection that speaks the transport by hand, as a requester. */
static int
raw_client(void)
{
	static const char hello[8] = {0, 'S', 'P', 0, 0, 0x30, 0, 0};
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int s = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%.100s", path);
	assert_int_equal(
		connect(s, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(write(s, hello, 8), 8);
	return s;
}

/* A message of hops entries of a route, and a request id where ended. */
static void
send_raw(int s, size_t hops, bool ended, size_t body)
{
	char message[9 + 4 * 64 + 64] = {1};
	size_t len = 4 * hops + (ended ? 4 : 0) + body;

	message[8] = (char)(len & 0xff);
	message[7] = (char)(len >> 8);
	if (ended)
		message[9 + 4 * hops] = (char)0x80;
	assert_int_equal(write(s, message, 9 + len), 9 + len);
}

static void
messages_that_are_no_requests_do_no_harm(void **state)
{
	struct endpoint *ep = open_in(state);
	struct endpoint_request r;
	int c = client();
	bool asked;

	for (size_t hops = 0; hops < 60; hops++)
		for (size_t body = 0; body < 5; body++) {
			int s = raw_client();

			send_raw(s, hops, body % 2 == 0, body);
			endpoint_wait(ep, -1, 1);
			while (endpoint_gather(ep, &r, 1) == 1)
				if (!endpoint_hold(ep, &r, 1))
					reply_text(ep, &r, "no");
			close(s);
		}
	ask(c, "are you well?");
	do {
		gather(ep, &r, 1);
		asked = bytes_equal(r.body, BYTES("are you well?"));
		reply_text(ep, &r, "yes");
	} while (!asked);
	assert_answer(c, "yes");
	nn_close(c);
	endpoint_close(ep);
}

static void
no_more_are_held_than_the_limit(void **state)
{
	/* A route of one hop, which is the number of the request, and an id. */
	char message[9 + 8] = {1, 0, 0, 0, 0, 0, 0, 0, 8};
	struct endpoint *ep = open_in(state);
	struct endpoint_request r[2];
	int s = raw_client();

	message[9 + 4] = (char)0x80;
	for (int i = 0; i < ENDPOINT_HELD_MAX; i++) {
		message[9 + 2] = (char)(i >> 8);
		message[9 + 3] = (char)i;
		assert_int_equal(write(s, message, sizeof(message)), 17);
		gather(ep, r, 1);
		assert_true(endpoint_hold(ep, &r[0], 20000));
	}
	message[9] = 1;
	assert_int_equal(write(s, message, sizeof(message)), 17);
	gather(ep, r, 1);
	assert_false(endpoint_hold(ep, &r[0], 20000));
	reply_text(ep, &r[0], "ask again");
	endpoint_close(ep);
	close(s);
}

static void
the_socket_is_open_to_its_owner_alone(void **state)
{
	struct endpoint *ep = open_in(state);
	char dir[200];
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	snprintf(dir, sizeof(dir), "%s/run", (char *)*state);
	assert_int_equal(stat(dir, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	endpoint_close(ep);
}

/* A socket file on which nobody listens any more. */
static void
leave_stale_socket(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int s = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%.100s", path);
	assert_int_equal(
		bind(s, (struct sockaddr *)&address, sizeof(address)), 0);
	close(s);
}

static void
a_stale_socket_is_replaced_and_a_live_one_is_not(void **state)
{
	struct endpoint *ep = open_in(state);
	struct endpoint_request r;
	int c;

	assert_null(endpoint_open(path));
	assert_trouble("another process answers at");
	endpoint_close(ep);
	unlink(path);
	leave_stale_socket();
	ep = open_in(state);
	c = client();
	ask(c, "still there?");
	gather(ep, &r, 1);
	reply_text(ep, &r, "yes");
	assert_answer(c, "yes");
	nn_close(c);
	endpoint_close(ep);
}

static void
what_is_no_socket_or_too_long_a_path_is_refused(void **state)
{
	char file[300];

	snprintf(file, sizeof(file), "%s/file", (char *)*state);
	fclose(fopen(file, "w"));
	assert_null(endpoint_open(file));
	assert_trouble("is there and is no socket");
	snprintf(file, sizeof(file), "%s/%0100d", (char *)*state, 0);
	assert_null(endpoint_open(file));
	assert_trouble("longer than");
}

#define in_a_place(test)                                                       \
	cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		in_a_place(replies_in_reverse_order_reach_each_its_own_client),
		in_a_place(a_held_request_comes_back_when_there_is_news),
		in_a_place(a_held_request_comes_back_when_its_time_is_over),
		in_a_place(
			a_newer_held_request_takes_the_place_of_the_same_connection_only),
		in_a_place(what_is_held_at_the_end_is_forgotten_without_a_leak),
		in_a_place(
			a_request_of_the_largest_size_arrives_and_one_more_byte_does_not),
		in_a_place(the_last_reply_leaves_before_the_endpoint_closes),
		in_a_place(waiting_ends_with_another_descriptor_or_the_time),
		in_a_place(messages_that_are_no_requests_do_no_harm),
		in_a_place(no_more_are_held_than_the_limit),
		in_a_place(the_socket_is_open_to_its_owner_alone),
		in_a_place(a_stale_socket_is_replaced_and_a_live_one_is_not),
		in_a_place(what_is_no_socket_or_too_long_a_path_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
