#include "daemon/endpoint.h"

#include <assert.h>
#include <errno.h>
#include <nanomsg/nn.h>
#include <nanomsg/reqrep.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "ballots/base/limits.h"
#include "ballots/base/mem.h"
#include "ballots/machine/clock.h"
#include "ballots/machine/files.h"
#include "ballots/machine/trouble.h"

enum {
	REQUEST_ID =
		4, /* bytes at the end of a route; also sent before a body */
	LINGER_MS = 100,
	NS_PER_MS = 1000000,
};

/* A held request and the connection it came by, as a view of its control. */
struct held {
	struct endpoint_request request;
	struct bytes route;
	uint64_t due_ns; /* steady time */
};

struct endpoint {
	int socket;
	int arrival; /* readable when a request has arrived */
	bool replied;
	size_t n_held;
	struct held held[ENDPOINT_HELD_MAX];
};

static int
fail(const char *what, const char *path)
{
	return trouble_say("%s %s: %s", what, path, nn_strerror(nn_errno()));
}

/* True when a process answers at the socket file. */
static bool
answers(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	bool yes = fd >= 0 && connect(fd, (const struct sockaddr *)address,
				      sizeof(*address)) == 0;

	files_close(fd);
	return yes;
}

/* Take away what a process that died left behind, and nothing else. */
static int
clear_path(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct stat st;

	if (snprintf(address.sun_path, sizeof(address.sun_path), "%s", path) >=
		(int)sizeof(address.sun_path))
		return trouble_say(
			"the socket path %s is longer than %zu bytes", path,
			sizeof(address.sun_path) - 1);
	if (lstat(path, &st) != 0)
		return errno == ENOENT ? 0 : trouble_errno("cannot see", path);
	if (!S_ISSOCK(st.st_mode))
		return trouble_say("%s is there and is no socket", path);
	if (answers(&address))
		return trouble_say("another process answers at %s", path);
	return unlink(path) == 0 ? 0 : trouble_errno("cannot remove", path);
}

static int
make_directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir;
	int fd;

	if (slash == NULL || slash == path)
		return 0;
	dir = mem_copy(path, (size_t)(slash - path));
	fd = files_make_dir(dir, FILES_PRIVATE);
	mem_free(dir);
	files_close(fd);
	return fd >= 0 ? 0 : -1;
}

static int
bind_path(struct endpoint *ep, const char *path)
{
	char url[NN_SOCKADDR_MAX];
	mode_t before;
	int rc;

	if (make_directory_of(path) != 0 || clear_path(path) != 0)
		return -1;
	snprintf(url, sizeof(url), "ipc://%s", path);
	before = umask(0177);
	rc = nn_bind(ep->socket, url);
	umask(before);
	return rc >= 0 ? 0 : fail("cannot listen on", path);
}

struct endpoint *
endpoint_open(const char *path)
{
	struct endpoint *ep = mem_new(sizeof(*ep));
	int max = LIMIT_REQUEST_BYTES + REQUEST_ID;
	size_t len = sizeof(ep->arrival);

	ep->socket = nn_socket(AF_SP_RAW, NN_REP);
	if (ep->socket < 0 ||
		nn_setsockopt(ep->socket, NN_SOL_SOCKET, NN_RCVMAXSIZE, &max,
			sizeof(max)) != 0 ||
		nn_getsockopt(ep->socket, NN_SOL_SOCKET, NN_RCVFD, &ep->arrival,
			&len) != 0) {
		fail("cannot make a socket for", path);
		goto failed;
	}
	if (bind_path(ep, path) != 0)
		goto failed;
	return ep;

failed:
	endpoint_close(ep);
	return NULL;
}

static void
forget(struct endpoint_request *request)
{
	if (request->message != NULL)
		nn_freemsg(request->message);
	if (request->control != NULL)
		nn_freemsg(request->control);
	*request = (struct endpoint_request){0};
}

void
endpoint_close(struct endpoint *ep)
{
	if (ep == NULL)
		return;
	for (size_t i = 0; i < ep->n_held; i++)
		forget(&ep->held[i].request);
	if (ep->replied)
		clock_sleep_ms(LINGER_MS);
	if (ep->socket >= 0)
		nn_close(ep->socket);
	mem_free(ep);
}

/* Milliseconds until the next held request is due, at most limit. */
static uint32_t
until_due_ms(const struct endpoint *ep, uint32_t limit)
{
	uint64_t now = clock_steady_ns();

	for (size_t i = 0; i < ep->n_held; i++) {
		uint64_t due = ep->held[i].due_ns;
		uint64_t ms = due > now ? (due - now) / NS_PER_MS + 1 : 0;

		if (ms < limit)
			limit = (uint32_t)ms;
	}
	return limit;
}

void
endpoint_wait(struct endpoint *ep, int fd, uint32_t timeout_ms)
{
	struct pollfd on[2] = {
		{.fd = ep->arrival, .events = POLLIN},
		{.fd = fd, .events = POLLIN},
	};

	if (timeout_ms > INT32_MAX)
		timeout_ms = INT32_MAX;
	poll(on, 2, (int)until_due_ms(ep, timeout_ms));
}

static bool
receive(struct endpoint *ep, struct endpoint_request *out)
{
	struct endpoint_request r = {0};
	struct nn_iovec part = {.iov_base = &r.message, .iov_len = NN_MSG};
	struct nn_msghdr header = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = &r.control,
		.msg_controllen = NN_MSG,
	};
	int len = nn_recvmsg(ep->socket, &header, NN_DONTWAIT);

	if (len < 0)
		return false;
	r.body = bytes_of(r.message, (size_t)len);
	*out = r;
	return true;
}

/* The last one held moves to the place of the one taken. */
static void
take_held(struct endpoint *ep, size_t i, struct endpoint_request *out)
{
	*out = ep->held[i].request;
	out->waited = true;
	ep->held[i] = ep->held[--ep->n_held];
}

size_t
endpoint_gather(
	struct endpoint *ep, struct endpoint_request *requests, size_t max)
{
	uint64_t now = ep->n_held > 0 ? clock_steady_ns() : 0;
	size_t n = 0;

	for (size_t i = 0; i < ep->n_held && n < max;) {
		if (ep->held[i].due_ns <= now)
			take_held(ep, i, &requests[n++]);
		else
			i++;
	}
	while (n < max && receive(ep, &requests[n]))
		n++;
	return n;
}

void
endpoint_reply(struct endpoint *ep, struct endpoint_request *request,
	struct bytes reply)
{
	void *message = nn_allocmsg(reply.len, 0);
	struct nn_iovec part = {.iov_base = &message, .iov_len = NN_MSG};
	struct nn_msghdr header = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = &request->control,
		.msg_controllen = NN_MSG,
	};

	assert(message != NULL);
	if (reply.len > 0)
		memcpy(message, reply.data, reply.len);
	if (nn_sendmsg(ep->socket, &header, NN_DONTWAIT) < 0)
		nn_freemsg(message);
	else
		request->control = NULL; /* the library took both */
	ep->replied = true;
	forget(request);
}

/*
 * The part of the way back that names the connection: the control holds one
 * entry, a size_t n and n bytes, the last four of which are the request's id.
 */
static struct bytes
route_of(const struct endpoint_request *request)
{
	void *control = request->control;
	struct nn_msghdr header = {
		.msg_control = &control,
		.msg_controllen = NN_MSG,
	};
	struct nn_cmsghdr *entry = NN_CMSG_FIRSTHDR(&header);
	size_t len;

	assert(entry != NULL && entry->cmsg_level == PROTO_SP &&
		entry->cmsg_type == SP_HDR);
	memcpy(&len, NN_CMSG_DATA(entry), sizeof(len));
	assert(len > REQUEST_ID);
	return bytes_of(NN_CMSG_DATA(entry) + sizeof(len), len - REQUEST_ID);
}

/* The place of a held request of the same connection, or a new one. */
static struct held *
place_for(struct endpoint *ep, struct bytes route)
{
	for (size_t i = 0; i < ep->n_held; i++)
		if (bytes_equal(ep->held[i].route, route)) {
			forget(&ep->held[i].request);
			return &ep->held[i];
		}
	return ep->n_held < ENDPOINT_HELD_MAX ? &ep->held[ep->n_held++] : NULL;
}

bool
endpoint_hold(
	struct endpoint *ep, struct endpoint_request *request, uint32_t hold_ms)
{
	struct bytes route = route_of(request);
	struct held *place;

	assert(hold_ms <= ENDPOINT_HOLD_MS);
	if (request->waited)
		return false;
	place = place_for(ep, route);
	if (place == NULL)
		return false;
	place->request = *request;
	place->route = route;
	place->due_ns = clock_steady_ns() + (uint64_t)hold_ms * NS_PER_MS;
	*request = (struct endpoint_request){0};
	return true;
}

void
endpoint_wake(struct endpoint *ep)
{
	for (size_t i = 0; i < ep->n_held; i++)
		ep->held[i].due_ns = 0;
}
