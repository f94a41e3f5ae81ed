/*
 * Many members for the shell tests of the daemon (tests/lib/crowd.h).
 *
 *     load found FILE          write a founding file
 *     load found-real FILE     the same for a union, founded long ago
 *     load fill SOCKET         join, and open a vote
 *     load vote SOCKET FROM N  cast N ballots a member, numbered from FROM;
 *                              print "ID INDEX" for each that was answered
 *     load find SOCKET         read such lines; fail where one is not there
 *     load raw SOCKET BYTES    send a request of so many bytes, and go
 */
#include <nanomsg/nn.h>
#include <nanomsg/reqrep.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/record/wire.h"
#include "tests/lib/crowd.h"

enum {
	MEMBERS = 40,
	START_S = 1799971200,
	REPLY_BYTES = 1 << 20,
	LONG_AGO_S = 1700000000
};

static void
print_answers(struct bytes reply, uint8_t ids[MEMBERS][CRYPT_HASH])
{
	struct writer line = {0};
	struct wire *m;

	if (wire_read(reply, REPLY_BYTES, &m) != VERDICT_OK)
		exit(1);
	for (size_t i = 0; i < MEMBERS; i++) {
		struct wire_value result =
			wire_at(wire_get(wire_top(m), "results"), i);

		coding_put_hex(&line, bytes_of(ids[i], CRYPT_HASH));
		writer_put_string(&line, " ");
		writer_put_decimal(
			&line, (uint64_t)wire_int(wire_get(result, "index"), 0,
				       LIMIT_JSON_INT));
		writer_put_string(&line, "\n");
	}
	if (!wire_good(m)) {
		fprintf(stderr, "%.*s\n", (int)reply.len,
			(const char *)reply.data);
		exit(1);
	}
	wire_free(m);
	fputs(writer_string(&line), stdout);
	fflush(stdout);
	writer_clear(&line);
}

static void
vote(struct crowd *c, uint32_t from, uint32_t n)
{
	uint8_t ids[MEMBERS][CRYPT_HASH];
	struct writer request = {0};

	crowd_look(c);
	for (uint32_t number = from; number < from + n; number++) {
		crowd_begin_submit(&request);
		for (uint32_t i = 0; i < MEMBERS; i++) {
			if (i > 0)
				writer_put_string(&request, ",");
			crowd_put_ballot(c, i, number, &request, ids[i]);
		}
		crowd_end_submit(&request);
		print_answers(crowd_ask(c, writer_view(&request)), ids);
	}
	writer_clear(&request);
}

static void
find(struct crowd *c)
{
	char id[80], request[160], expected[80];
	unsigned long long index;

	while (scanf("%64s %llu", id, &index) == 2) {
		struct bytes reply;

		snprintf(request, sizeof(request),
			"{\"ask\":\"find\",\"act\":\"%s\"}", id);
		snprintf(expected, sizeof(expected),
			"{\"index\":%llu,\"ok\":true}", index);
		reply = crowd_ask(c, bytes_of_string(request));
		if (!bytes_equal(reply, bytes_of_string(expected))) {
			fprintf(stderr, "%s %llu: %.*s\n", id, index,
				(int)reply.len, (const char *)reply.data);
			exit(1);
		}
	}
}

static int
send_raw(const char *path, size_t len)
{
	int s = nn_socket(AF_SP, NN_REQ), timeout = 500;
	char url[256];
	void *bytes = mem_new(len);
	int got;

	snprintf(url, sizeof(url), "ipc://%s", path);
	nn_setsockopt(s, NN_SOL_SOCKET, NN_RCVTIMEO, &timeout, sizeof(timeout));
	memset(bytes, ' ', len);
	nn_connect(s, url);
	nn_send(s, bytes, len, 0);
	/* The daemon hangs up; there is nothing to receive. */
	got = nn_recv(s, bytes, len, 0);
	nn_close(s);
	mem_free(bytes);
	return got < 0 ? 0 : 1;
}

int
main(int argc, char **argv)
{
	const char *what = argc > 2 ? argv[1] : "";
	struct crowd *c;

	if (!crypt_init())
		return 1;
	if (strcmp(what, "raw") == 0)
		return send_raw(argv[2], strtoul(argv[3], NULL, 10));
	c = strcmp(what, "found-real") == 0
		    ? crowd_new(MEMBERS, LONG_AGO_S, false)
		    : crowd_new(MEMBERS, START_S, true);
	if (strncmp(what, "found", 5) == 0) {
		crowd_write_founding(c, argv[2]);
		crowd_free(c);
		return 0;
	}
	crowd_connect(c, argv[2]);
	if (strcmp(what, "fill") == 0) {
		crowd_join(c);
		crowd_open(c);
	} else if (strcmp(what, "vote") == 0) {
		vote(c, (uint32_t)strtoul(argv[3], NULL, 10),
			(uint32_t)strtoul(argv[4], NULL, 10));
	} else if (strcmp(what, "find") == 0) {
		find(c);
	} else {
		return 2;
	}
	crowd_free(c);
	return 0;
}
