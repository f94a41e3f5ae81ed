#include "cli/session.h"

#include <nanomsg/nn.h>
#include <nanomsg/reqrep.h>
#include <string.h>
#include <sys/un.h>

#include "ballots/base/limits.h"
#include "ballots/base/mem.h"
#include "ballots/machine/clock.h"
#include "cli/complain.h"

#define HINT_DAEMON                                                            \
	"Is uniond serving there?  Name it with --socket, or for good with "   \
	"union settings socket ADDRESS."

enum {
	STEP_MS = 5, /* between looks whether somebody is there */
	/* Longer than the daemon holds a long poll, which it would double. */
	RESEND_MS = 60000,
	REPLY_MOST = 1 << 20,
};

struct session {
	int socket;
	char *address;
};

static int
cannot(const char *what, const char *address)
{
	return complain_cannot(HINT_DAEMON, "%s %s: %s.", what, address,
		nn_strerror(nn_errno()));
}

/* What the library would take but could not use. */
static int
check_address(const char *address)
{
	struct bytes text = bytes_of_string(address);

	if (!bytes_start_with(text, BYTES("ipc://")) &&
		!bytes_start_with(text, BYTES("tcp://")))
		return complain_usage("It begins with ipc:// or tcp://.",
			"'%s' is no address of a daemon.", address);
	if (text.data[0] == 'i' &&
		text.len - 6 >= sizeof(((struct sockaddr_un *)0)->sun_path))
		return complain_usage("Make a shorter link to its directory.",
			"The path of this socket is too long: %s.", address);
	return 0;
}

static int
set(struct session *s, int level, int option, int value)
{
	return nn_setsockopt(s->socket, level, option, &value, sizeof(value));
}

/* The library connects behind our back; wait until it has. */
static int
wait_for_somebody(struct session *s)
{
	for (unsigned ms = 0; ms < SESSION_CONNECT_MS; ms += STEP_MS) {
		if (nn_get_statistic(s->socket, NN_STAT_CURRENT_CONNECTIONS) >
			0)
			return 0;
		clock_sleep_ms(STEP_MS);
	}
	return complain_cannot(
		HINT_DAEMON, "Nobody is there at %s.", s->address);
}

struct session *
session_open(const char *address)
{
	struct session *s;

	if (check_address(address) != 0)
		return NULL;
	s = mem_new(sizeof(*s));
	s->address = mem_copy(address, strlen(address));
	s->socket = nn_socket(AF_SP, NN_REQ);
	if (s->socket < 0 ||
		set(s, NN_REQ, NN_REQ_RESEND_IVL, RESEND_MS) != 0 ||
		set(s, NN_SOL_SOCKET, NN_RCVMAXSIZE, REPLY_MOST) != 0 ||
		nn_connect(s->socket, address) < 0) {
		cannot("Could not connect to", address);
		goto failed;
	}
	if (wait_for_somebody(s) == 0)
		return s;

failed:
	session_close(s);
	return NULL;
}

void
session_close(struct session *s)
{
	if (s == NULL)
		return;
	if (s->socket >= 0)
		nn_close(s->socket);
	mem_free(s->address);
	mem_free(s);
}

int
session_ask(struct session *s, struct bytes request, unsigned answer_ms,
	struct writer *reply)
{
	void *answer;
	int n;

	if (request.len > LIMIT_REQUEST_BYTES)
		return complain_cannot("Send less at a time.",
			"The request is too large: %zu bytes, of at most %d.",
			request.len, LIMIT_REQUEST_BYTES);
	if (set(s, NN_SOL_SOCKET, NN_RCVTIMEO, (int)answer_ms) != 0 ||
		set(s, NN_SOL_SOCKET, NN_SNDTIMEO, SESSION_CONNECT_MS) != 0 ||
		nn_send(s->socket, request.data, request.len, 0) < 0)
		return cannot("Could not ask", s->address);
	n = nn_recv(s->socket, &answer, NN_MSG, 0);
	if (n < 0 && nn_errno() == ETIMEDOUT)
		return complain_cannot(
			"Ask again: the same act is never recorded twice.",
			"%s gave no answer within %u seconds.", s->address,
			answer_ms / 1000);
	if (n < 0)
		return cannot("Could not hear from", s->address);
	writer_put(reply, bytes_of(answer, (size_t)n));
	nn_freemsg(answer);
	return 0;
}
