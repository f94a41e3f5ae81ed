/*
 * How many requests of 400 bytes the socket carries: 1 and 16 clients, each
 * with one request in flight, in processes of their own on the same cores.
 */
#include <nanomsg/nn.h>
#include <nanomsg/reqrep.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ballots/machine/clock.h"
#include "daemon/endpoint.h"

enum { REQUEST_BYTES = 400, GATHER_MAX = 256, SECONDS = 3, CLIENTS_MAX = 16 };

static char path[64];

static void
ask_for_ever(void)
{
	char url[80], request[REQUEST_BYTES] = {0}, reply[REQUEST_BYTES];
	int s = nn_socket(AF_SP, NN_REQ);

	snprintf(url, sizeof(url), "ipc://%s", path);
	if (nn_connect(s, url) < 0)
		exit(1);
	for (;;)
		if (nn_send(s, request, sizeof(request), 0) < 0 ||
			nn_recv(s, reply, sizeof(reply), 0) < 0)
			exit(1);
}

static uint64_t
echo_until(struct endpoint *ep, uint64_t end_ns)
{
	struct endpoint_request requests[GATHER_MAX];
	uint64_t answered = 0;

	while (clock_steady_ns() < end_ns) {
		size_t n = endpoint_gather(ep, requests, GATHER_MAX);

		for (size_t i = 0; i < n; i++)
			endpoint_reply(ep, &requests[i], requests[i].body);
		answered += n;
		if (n == 0)
			endpoint_wait(ep, -1, 100);
	}
	return answered;
}

static void
measure(int clients)
{
	pid_t pids[CLIENTS_MAX];
	struct endpoint *ep;
	uint64_t n;

	/* Clients are forked first: the library's threads do not survive it. */
	for (int i = 0; i < clients; i++)
		if ((pids[i] = fork()) == 0)
			ask_for_ever();
	ep = endpoint_open(path);
	if (ep == NULL)
		exit(1);
	echo_until(ep, clock_steady_ns() + UINT64_C(500000000));
	n = echo_until(ep, clock_steady_ns() + SECONDS * UINT64_C(1000000000));
	printf("%2d clients: %llu requests/s\n", clients,
		(unsigned long long)n / SECONDS);
	for (int i = 0; i < clients; i++) {
		kill(pids[i], SIGKILL);
		waitpid(pids[i], NULL, 0);
	}
	endpoint_close(ep);
}

int
main(void)
{
	snprintf(path, sizeof(path), "/tmp/bench-%d.socket", (int)getpid());
	measure(1);
	fflush(stdout);
	measure(CLIENTS_MAX);
	unlink(path);
	return 0;
}
