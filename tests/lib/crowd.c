#include "tests/lib/crowd.h"

#include <nanomsg/nn.h>
#include <nanomsg/reqrep.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/record/stamp.h"
#include "ballots/record/wire.h"
#include "ballots/rules/model.h"

#define DAY_S      86400
#define TIMEOUT_MS 60000

struct person {
	uint8_t key[CRYPT_KEY], secret[CRYPT_SECRET];
	uint8_t id[CRYPT_HASH];
};

struct crowd {
	uint32_t n;
	uint64_t start_s, now_s;
	struct person *people;
	struct person ledger;
	uint8_t union_id[CRYPT_HASH];
	char log[ACT_LOG_MAX + 1];
	struct writer founding; /* the act */
	uint8_t question[CRYPT_HASH];
	int socket;
	struct writer reply;
};

static void
give_up(const char *what, struct bytes said)
{
	fprintf(stderr, "crowd: %s: %.*s\n", what, (int)said.len,
		(const char *)said.data);
	exit(1);
}

static void
seed_of(const char *name, uint32_t number, uint8_t seed[static CRYPT_SEED])
{
	char text[40];

	snprintf(text, sizeof(text), "%s %u", name, number);
	crypt_hash(bytes_of_string(text), seed);
}

static void
grow(struct person *p, const char *name, uint32_t number)
{
	uint8_t seed[CRYPT_SEED];

	seed_of(name, number, seed);
	crypt_pair(seed, p->key, p->secret);
}

/* Acts **********************************************************************/

static void
print_act(const struct crowd *c, struct act *act, uint64_t seq,
	struct writer *out)
{
	act_set_span(act, ACT_HAS_LOG, bytes_of_string(c->log));
	act_set_int(act, ACT_HAS_SEQ, (int64_t)seq);
	act_set_int(act, ACT_HAS_UNTIL, (int64_t)(seq + 30 * DAY_S));
	act_encode(act, out);
}

static void
put_signed(struct bytes act, const struct person *by, struct writer *out)
{
	uint8_t sig[CRYPT_SIG];

	stamp_sign(act, by->secret, sig);
	writer_put_string(out, "{\"act\":\"");
	coding_put_base64(out, act);
	writer_put_string(out, "\",\"sig\":\"");
	coding_put_base64(out, bytes_of(sig, CRYPT_SIG));
	writer_put_string(out, "\"}");
}

static void
put_act(const struct crowd *c, struct act *act, const struct person *by,
	uint64_t seq, struct writer *out, uint8_t *id)
{
	struct writer bytes = {0};

	print_act(c, act, seq, &bytes);
	if (id != NULL)
		stamp_act_id(writer_view(&bytes), id);
	put_signed(writer_view(&bytes), by, out);
	writer_clear(&bytes);
}

static void
print_founding(struct crowd *c, bool rehearsal)
{
	const char *name = rehearsal ? "rehearsal.crowd" : "crowd";
	struct act act = {.kind = ACT_UNION_FOUND};
	struct writer charter = {0}, founders = {0};
	struct jcs_printer list = jcs_printer_of(&founders);
	struct writer log = {0};

	model_charter(c->start_s + 180 * DAY_S, rehearsal, &charter);
	jcs_begin_array(&list);
	for (size_t i = 0; i < CROWD_FOUNDERS; i++)
		jcs_did(&list, c->people[i].key);
	jcs_end_array(&list);
	act_set_by(&act, FORM_BY_KEY, c->people[0].key);
	act_set_span(&act, ACT_HAS_CHARTER, writer_view(&charter));
	act_set_span(&act, ACT_HAS_FOUNDERS, writer_view(&founders));
	act_set_hash(&act, ACT_HAS_KEY, c->ledger.key);
	act_set_span(&act, ACT_HAS_NAME, bytes_of_string(name));
	act_set_int(&act, ACT_HAS_REHEARSAL, rehearsal);
	act_set_int(&act, ACT_HAS_RULES, 1);
	act_set_int(&act, ACT_HAS_SEQ, (int64_t)c->start_s);
	act_encode(&act, &c->founding);
	stamp_act_id(writer_view(&c->founding), c->union_id);
	writer_put_string(&log, name);
	writer_put_string(&log, "/");
	coding_put_hex(&log, bytes_of(c->union_id, 16));
	strcpy(c->log, writer_string(&log));
	writer_clear(&log);
	writer_clear(&charter);
	writer_clear(&founders);
}

/* The application of a member, whose id it gives. */
static void
print_application(struct crowd *c, uint32_t member, struct writer *out)
{
	struct person *p = &c->people[member];
	struct act act = {.kind = ACT_MEMBER_APPLY};

	act_set_by(&act, FORM_BY_KEY, p->key);
	act_set_hash(&act, ACT_HAS_NEXT, p->key);
	act_set_hash(&act, ACT_HAS_ON, c->union_id);
	print_act(c, &act, c->start_s, out);
	stamp_act_id(writer_view(out), p->id);
}

struct crowd *
crowd_new(uint32_t n, uint64_t start_s, bool rehearsal)
{
	struct crowd *c = mem_new(sizeof(*c));
	struct writer application = {0};

	c->n = n;
	c->start_s = c->now_s = start_s;
	c->people = mem_new_array(n, sizeof(*c->people));
	for (uint32_t i = 0; i < n; i++)
		grow(&c->people[i], "member", i);
	grow(&c->ledger, "ledger", 0);
	print_founding(c, rehearsal);
	for (uint32_t i = 0; i < n; i++) {
		writer_rewind(&application);
		print_application(c, i, &application);
	}
	writer_clear(&application);
	c->socket = -1;
	return c;
}

void
crowd_free(struct crowd *c)
{
	if (c->socket >= 0)
		nn_close(c->socket);
	writer_clear(&c->founding);
	writer_clear(&c->reply);
	mem_free(c->people);
	mem_free(c);
}

void
crowd_write_founding(const struct crowd *c, const char *path)
{
	struct writer w = {0};
	uint8_t seed[CRYPT_SEED];
	FILE *file = fopen(path, "w");

	seed_of("ledger", 0, seed);
	put_signed(writer_view(&c->founding), &c->people[0], &w);
	w.len--;
	writer_put_string(&w, ",\"seed\":\"");
	coding_put_base64(&w, bytes_of(seed, CRYPT_SEED));
	writer_put_string(&w, "\"}");
	if (file == NULL || fwrite(w.data, w.len, 1, file) != 1 ||
		fclose(file) != 0)
		give_up("cannot write", bytes_of_string(path));
	writer_clear(&w);
}

/* Talking *******************************************************************/

struct bytes
crowd_ask(struct crowd *c, struct bytes request)
{
	void *got = NULL;
	int len;

	if (nn_send(c->socket, request.data, request.len, 0) < 0 ||
		(len = nn_recv(c->socket, &got, NN_MSG, 0)) < 0)
		give_up("no answer to", bytes_slice(request, 0, 60));
	writer_rewind(&c->reply);
	writer_put(&c->reply, bytes_of(got, (size_t)len));
	nn_freemsg(got);
	return writer_view(&c->reply);
}

/* Ask, and read the reply, which must be a good one; for wire_free(). */
static struct wire *
talk(struct crowd *c, const char *request)
{
	struct bytes reply = crowd_ask(c, bytes_of_string(request));
	struct wire *m;

	if (wire_read(reply, 1 << 20, &m) != VERDICT_OK ||
		!wire_bool(wire_get(wire_top(m), "ok")))
		give_up("refused", reply);
	return m;
}

void
crowd_connect(struct crowd *c, const char *path)
{
	int timeout = TIMEOUT_MS, all = -1;
	char url[256];
	struct wire *m;

	snprintf(url, sizeof(url), "ipc://%s", path);
	c->socket = nn_socket(AF_SP, NN_REQ);
	if (c->socket < 0 ||
		nn_setsockopt(c->socket, NN_SOL_SOCKET, NN_RCVTIMEO, &timeout,
			sizeof(timeout)) != 0 ||
		nn_setsockopt(c->socket, NN_SOL_SOCKET, NN_RCVMAXSIZE, &all,
			sizeof(all)) != 0 ||
		nn_connect(c->socket, url) < 0)
		give_up("cannot connect to", bytes_of_string(path));
	m = talk(c, "{\"ask\":\"about\"}");
	c->now_s = (uint64_t)wire_int(
		wire_get(wire_top(m), "now"), 0, LIMIT_JSON_INT);
	wire_free(m);
}

void
crowd_begin_submit(struct writer *out)
{
	writer_rewind(out);
	writer_put_string(out, "{\"ask\":\"submit\",\"acts\":[");
}

void
crowd_end_submit(struct writer *out)
{
	writer_put_string(out, "]}");
}

uint32_t
crowd_recorded(struct bytes reply)
{
	struct wire *m;
	struct wire_value results;
	size_t n;

	if (wire_read(reply, 1 << 20, &m) != VERDICT_OK)
		give_up("not understood", reply);
	results = wire_get(wire_top(m), "results");
	n = wire_count(results, 1, LIMIT_SUBMIT_ACTS);
	for (size_t i = 0; i < n; i++)
		wire_int(wire_get(wire_at(results, i), "index"), 0,
			LIMIT_JSON_INT);
	if (!wire_good(m))
		give_up("not all recorded", reply);
	wire_free(m);
	return (uint32_t)n;
}

/* File one act. */
static void
file(struct crowd *c, struct act *act, const struct person *by)
{
	struct writer w = {0};

	crowd_begin_submit(&w);
	put_act(c, act, by, c->now_s, &w, NULL);
	crowd_end_submit(&w);
	crowd_recorded(crowd_ask(c, writer_view(&w)));
	writer_clear(&w);
}

/* The story *****************************************************************/

static void
put_admission(struct crowd *c, uint32_t member, uint32_t by, struct writer *out)
{
	struct act act = {.kind = ACT_MEMBER_ADMIT};
	struct writer application = {0}, blob = {0}, signature = {0};
	uint8_t sig[CRYPT_SIG];

	print_application(c, member, &application);
	stamp_sign(writer_view(&application), c->people[member].secret, sig);
	coding_put_base64(&blob, writer_view(&application));
	coding_put_base64(&signature, bytes_of(sig, CRYPT_SIG));
	act_set_by(&act, FORM_BY_MEMBER, c->people[by].id);
	act_set_hash(&act, ACT_HAS_ON, c->people[member].id);
	act_set_span(&act, ACT_HAS_APPLICATION, writer_view(&blob));
	act_set_span(&act, ACT_HAS_SIGNATURE, writer_view(&signature));
	put_act(c, &act, &c->people[by], c->now_s, out, NULL);
	writer_clear(&application);
	writer_clear(&blob);
	writer_clear(&signature);
}

static void
join_founders(struct crowd *c)
{
	struct writer w = {0}, act = {0};

	crowd_begin_submit(&w);
	for (uint32_t i = 0; i < CROWD_FOUNDERS; i++) {
		if (i > 0)
			writer_put_string(&w, ",");
		writer_rewind(&act);
		print_application(c, i, &act);
		put_signed(writer_view(&act), &c->people[i], &w);
	}
	crowd_end_submit(&w);
	crowd_recorded(crowd_ask(c, writer_view(&w)));
	writer_clear(&w);
	writer_clear(&act);
}

void
crowd_join(struct crowd *c)
{
	struct writer w = {0};

	join_founders(c);
	for (uint32_t next = CROWD_FOUNDERS; next < c->n;) {
		crowd_begin_submit(&w);
		for (int i = 0; i < CROWD_PAGE / 2 && next < c->n; i++) {
			if (i > 0)
				writer_put_string(&w, ",");
			put_admission(c, next, 0, &w);
			writer_put_string(&w, ",");
			put_admission(c, next++, 1, &w);
		}
		crowd_end_submit(&w);
		crowd_recorded(crowd_ask(c, writer_view(&w)));
	}
	writer_clear(&w);
}

void
crowd_look(struct crowd *c)
{
	struct wire *m =
		talk(c, "{\"ask\":\"list\",\"of\":\"questions\",\"from\":0}");
	struct wire_value items = wire_get(wire_top(m), "items");

	wire_count(items, 1, 1);
	wire_id(wire_get(wire_get(wire_at(items, 0), "item"), "id"),
		c->question);
	if (!wire_good(m))
		give_up("no question", writer_view(&c->reply));
	wire_free(m);
}

void
crowd_open(struct crowd *c)
{
	struct act act = {.kind = ACT_PROPOSAL_OPEN};
	char request[80];

	act_set_by(&act, FORM_BY_MEMBER, c->people[0].id);
	act_set_hash(&act, ACT_HAS_ON, c->union_id);
	act_set_span(&act, ACT_HAS_CLASS, BYTES("consultation"));
	act_set_span(&act, ACT_HAS_METHOD, BYTES("yes-no"));
	act_set_span(&act, ACT_HAS_OPTIONS,
		BYTES("[{\"effects\":[],\"texts\":[]}]"));
	act_set_int(&act, ACT_HAS_SEATS, 1);
	act_set_span(&act, ACT_HAS_TEXTS, BYTES("[]"));
	file(c, &act, &c->people[0]);
	c->now_s += 3 * DAY_S;
	snprintf(request, sizeof(request), "{\"ask\":\"advance\",\"to\":%llu}",
		(unsigned long long)c->now_s);
	wire_free(talk(c, request));
	crowd_look(c);
}

void
crowd_put_ballot(const struct crowd *c, uint32_t member, uint32_t number,
	struct writer *out, uint8_t *id)
{
	struct act act = {.kind = ACT_BALLOT_CAST};

	act_set_by(&act, FORM_BY_MEMBER, c->people[member].id);
	act_set_hash(&act, ACT_HAS_ON, c->question);
	act_set_span(&act, ACT_HAS_MARKS,
		number % 2 == 0 ? BYTES("[1]") : BYTES("[-1]"));
	/* Counted from the founding, so that each process gives the same. */
	put_act(c, &act, &c->people[member], c->start_s + number, out, id);
}
