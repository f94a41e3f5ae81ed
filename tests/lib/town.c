#include "tests/lib/town.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/assembly/transition.h"
#include "ballots/assembly/world.h"
#include "ballots/base/coding.h"
#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"
#include "ballots/record/stamp.h"

#define NAME   "rehearsal.town"
#define DAY    86400
#define HOUR   3600
#define THINGS 1024

struct person {
	char name[32];
	unsigned keys; /* how often the key was rotated */
	uint8_t key[32], secret[64];
	uint64_t seq;      /* last one signed */
	char *application; /* owned; NULL before there is one */
};

struct thing {
	char name[64];
	uint8_t id[32];
	size_t before; /* records before the one that named it last */
};

struct town {
	struct assembly *a;
	uint8_t key[32], secret[64]; /* the ledger's */
	struct person people[THINGS];
	size_t n_people;
	struct thing things[THINGS];
	size_t n_things;
	struct writer records; /* one after the other */
	size_t *ends;
	size_t n_records, cap;
	json_t *result;
};

/* Something is wrong with the test itself. */
static void
give_up(const char *what, const char *name)
{
	fprintf(stderr, "town: %s: %s\n", what, name);
	exit(1);
}

/* People and keys ***********************************************************/

static struct person *
person_of(struct town *t, const char *name)
{
	struct person *p;

	for (size_t i = 0; i < t->n_people; i++)
		if (strcmp(t->people[i].name, name) == 0)
			return &t->people[i];
	if (t->n_people == THINGS || strlen(name) >= 32)
		give_up("too many people, or too long a name", name);
	p = &t->people[t->n_people++];
	strcpy(p->name, name);
	town_pair(name, 0, p->key, p->secret);
	return p;
}

/* Whoever has the key in force of p: p, or a request that took it over. */
static struct person *
holder_of(struct town *t, struct person *p)
{
	const struct roster *r = &assembly_world(t->a)->roster;
	uint32_t member = ROSTER_NONE;
	uint8_t id[32];

	if (town_find(t, p->name, id))
		member = roster_find(r, id);
	for (size_t i = 0; member != ROSTER_NONE && i < t->n_people; i++)
		if (memcmp(t->people[i].key, roster_get(r, member)->key, 32) ==
			0)
			return &t->people[i];
	return p;
}

/* Names *********************************************************************/

void
town_name(struct town *t, const char *name, const uint8_t id[static 32])
{
	size_t i = 0;

	while (i < t->n_things && strcmp(t->things[i].name, name) != 0)
		i++;
	if (i == THINGS || strlen(name) >= 64)
		give_up("too many things, or too long a name", name);
	strcpy(t->things[i].name, name);
	memcpy(t->things[i].id, id, 32);
	t->things[i].before = t->n_records == 0 ? 0 : t->n_records - 1;
	t->n_things += i == t->n_things;
}

bool
town_find(const struct town *t, const char *name, uint8_t id[static 32])
{
	for (size_t i = 0; i < t->n_things; i++)
		if (strcmp(t->things[i].name, name) == 0) {
			memcpy(id, t->things[i].id, 32);
			return true;
		}
	return false;
}

size_t
town_before(const struct town *t, const char *name)
{
	for (size_t i = 0; i < t->n_things; i++)
		if (strcmp(t->things[i].name, name) == 0)
			return t->things[i].before;
	return t->n_records;
}

const char *
town_called(const struct town *t, const uint8_t id[static 32])
{
	for (size_t i = 0; i < t->n_things; i++)
		if (memcmp(t->things[i].id, id, 32) == 0)
			return t->things[i].name;
	return "";
}

/* Records *******************************************************************/

static const struct world *
world_of(const struct town *t)
{
	return assembly_world(t->a);
}

static void
keep(struct town *t)
{
	t->ends =
		mem_grow(t->ends, &t->cap, t->n_records + 1, sizeof(*t->ends));
	t->ends[t->n_records++] = t->records.len;
}

/* Check and admit the bytes of one act. */
static enum verdict
admit(struct town *t, uint64_t now_s, struct bytes act,
	const uint8_t secret[static 64])
{
	struct assembly_checked *checked = mem_new(sizeof(*checked));
	uint8_t sig[64];
	enum verdict v;

	stamp_sign(act, secret, sig);
	v = t->n_records == 0
		    ? assembly_precheck_founding(act, sig, checked)
		    : assembly_precheck(t->a, act, sig, true, checked);
	if (v == VERDICT_OK)
		v = assembly_admit(t->a, checked, now_s, &t->records);
	if (v == VERDICT_OK)
		keep(t);
	mem_free(checked);
	return v;
}

static void
note_result(struct town *t, struct bytes act)
{
	json_t *all = json_loadb((const char *)act.data, act.len, 0, NULL);
	json_t *result = json_object_get(all, "result");

	if (result != NULL) {
		json_decref(t->result);
		t->result = json_incref(result);
	}
	json_decref(all);
}

/* What the ledger must say itself by now_s. */
static void
pay(struct town *t, uint64_t now_s)
{
	struct writer act = {0};

	while (assembly_owes(t->a, now_s, &act)) {
		if (admit(t, now_s, writer_view(&act), t->secret) != VERDICT_OK)
			give_up("an act of the ledger was refused",
				writer_string(&act));
		note_result(t, writer_view(&act));
		writer_rewind(&act);
	}
	writer_clear(&act);
}

static void
tick(struct town *t, uint64_t now_s)
{
	json_t *act = json_pack("{s:s, s:s, s:s, s:o, s:I}", "act", "tick",
		"by", "ledger", "log", world_of(t)->log, "on",
		town_id_value(world_of(t)->id), "seq", (json_int_t)now_s);
	struct bytes bytes = town_canonical(act);

	if (admit(t, now_s, bytes, t->secret) != VERDICT_OK)
		give_up("a tick was refused", (const char *)bytes.data);
	free((void *)bytes.data);
	json_decref(act);
}

void
town_advance(struct town *t, uint64_t now_s)
{
	const struct world *w = world_of(t);

	while (w->time_s < now_s) {
		/* Asking drops timers that are meant no more. */
		uint64_t next_s = transition_next_s((struct world *)w);

		if (w->n_open > 0 && w->time_s + HOUR < next_s)
			next_s = w->time_s + HOUR;
		if (next_s > now_s)
			break;
		pay(t, next_s);
	}
	pay(t, now_s);
}

void
town_silence(struct town *t, uint64_t now_s)
{
	pay(t, now_s);
	if (world_of(t)->time_s < now_s)
		tick(t, now_s);
}

/* Acts **********************************************************************/

json_t *
town_act(const char *kind, const uint8_t on[static 32])
{
	return json_pack("{s:s, s:o}", "act", kind, "on", town_id_value(on));
}

/* Take value for name, unless act has one. */
static void
set_default(json_t *act, const char *name, json_t *value)
{
	if (json_object_get(act, name) == NULL)
		json_object_set_new(act, name, value);
	else
		json_decref(value);
}

static void
fill_in(struct town *t, uint64_t now_s, struct person *author, json_t *act)
{
	uint64_t seq = now_s > author->seq ? now_s : author->seq + 1;
	uint8_t id[32];

	set_default(act, "by",
		town_find(t, author->name, id) ? town_id_value(id)
					       : town_did(author->key));
	set_default(act, "log", json_string(world_of(t)->log));
	if (json_object_get(act, "seq") == NULL)
		author->seq = seq;
	set_default(act, "seq", json_integer((json_int_t)seq));
	set_default(act, "until",
		json_integer(json_integer_value(json_object_get(act, "seq")) +
			     7 * DAY));
}

enum verdict
town_file(struct town *t, uint64_t now_s, const char *author, json_t *act,
	uint8_t *id)
{
	struct person *who = person_of(t, author), *holder;
	struct bytes bytes;
	enum verdict v;

	town_advance(t, now_s);
	fill_in(t, now_s, who, act);
	bytes = town_canonical(act);
	holder = holder_of(t, who);
	v = admit(t, now_s, bytes, holder->secret);
	if (v == VERDICT_OK &&
		strcmp(json_string_value(json_object_get(act, "act")),
			"key.rotate") == 0)
		town_pair(holder->name, ++holder->keys, holder->key,
			holder->secret);
	if (id != NULL)
		stamp_act_id(bytes, id);
	free((void *)bytes.data);
	json_decref(act);
	return v;
}

/* Put in an act that holder's first key signed, made from inner once. */
static void
embed(struct town *t, uint64_t now_s, const char *name, const char *holder,
	json_t *inner, json_t *act)
{
	struct person *p = person_of(t, name);
	uint8_t key[32], secret[64], sig[64], id[32];
	struct bytes bytes;

	town_pair(holder, 0, key, secret);
	if (p->application == NULL) {
		set_default(inner, "next", town_commitment(holder, 1));
		json_object_set_new(inner, "by", town_did(key));
		fill_in(t, now_s, p, inner);
		p->application = (char *)town_canonical(inner).data;
	}
	json_decref(inner);
	bytes = bytes_of_string(p->application);
	stamp_sign(bytes, secret, sig);
	stamp_act_id(bytes, id);
	town_name(t, name, id);
	json_object_set_new(act, "application", town_base64(bytes));
	json_object_set_new(act, "signature", town_base64(bytes_of(sig, 64)));
}

void
town_put_application(struct town *t, uint64_t now_s, const char *name,
	const uint8_t *chapter, json_t *act)
{
	json_t *inner = town_act("member.apply", world_of(t)->id);

	if (chapter != NULL)
		json_object_set_new(inner, "chapter", town_id_value(chapter));
	embed(t, now_s, name, name, inner, act);
}

void
town_put_request(struct town *t, uint64_t now_s, const char *name,
	const char *holder, json_t *request, json_t *act)
{
	json_object_set_new(request, "act", json_string("key.recover"));
	embed(t, now_s, name, holder, request, act);
}

void
town_put_next_key(struct town *t, const char *name, json_t *act)
{
	struct person *p = holder_of(t, person_of(t, name));
	uint8_t key[32], secret[64];

	town_pair(p->name, p->keys + 1, key, secret);
	json_object_set_new(act, "key", town_did(key));
	json_object_set_new(act, "next", town_commitment(p->name, p->keys + 2));
}

/* Founding ******************************************************************/

static void
join(struct town *t, const char *name)
{
	uint8_t id[32];
	json_t *act = town_act("member.apply", world_of(t)->id);

	json_object_set_new(act, "next", town_commitment(name, 1));
	if (town_file(t, TOWN_START_S, name, act, id) != VERDICT_OK)
		give_up("a founder could not join", name);
	town_name(t, name, id);
}

static void
found(struct town *t, const char *first, json_t *keys, const json_t *charter)
{
	uint8_t key[32], secret[64];
	json_t *act = json_pack("{s:s, s:o, s:o, s:o, s:o, s:s, s:b, s:i, s:I}",
		"act", "union.found", "by",
		json_incref(json_array_get(keys, 0)), "charter",
		json_deep_copy(charter), "founders", keys, "key",
		town_did(t->key), "name", NAME, "rehearsal", 1, "rules", 1,
		"seq", (json_int_t)TOWN_START_S);
	struct bytes bytes = town_canonical(act);
	enum verdict v;

	town_pair(first, 0, key, secret);
	v = admit(t, TOWN_START_S, bytes, secret);
	if (v != VERDICT_OK)
		give_up("the founding was refused", verdict_name(v));
	town_name(t, "union", world_of(t)->id);
	free((void *)bytes.data);
	json_decref(act);
}

struct town *
town_new(const char *founders, const json_t *charter)
{
	struct town *t = mem_new(sizeof(*t));
	json_t *model = town_charter(), *keys = json_array();
	struct bytes rest = bytes_of_string(founders);
	char *names[64];
	size_t n = 0;

	t->a = assembly_new();
	town_pair("ledger", 0, t->key, t->secret);
	while (rest.len > 0 && n < 64) {
		struct bytes name = bytes_cut(&rest, ',');
		uint8_t key[32], secret[64];

		names[n] = mem_copy(name.data, name.len);
		town_pair(names[n++], 0, key, secret);
		json_array_append_new(keys, town_did(key));
	}
	found(t, names[0], keys, charter != NULL ? charter : model);
	for (size_t i = 0; i < n; i++) {
		join(t, names[i]);
		mem_free(names[i]);
	}
	json_decref(model);
	return t;
}

void
town_free(struct town *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->n_people; i++)
		free(t->people[i].application);
	assembly_free(t->a);
	writer_clear(&t->records);
	mem_free(t->ends);
	json_decref(t->result);
	mem_free(t);
}

/* Asking ********************************************************************/

const json_t *
town_result(const struct town *t)
{
	return t->result;
}

const struct assembly *
town_assembly(const struct town *t)
{
	return t->a;
}

uint64_t
town_now_s(const struct town *t)
{
	return world_of(t)->time_s;
}

void
town_put_records(const struct town *t, struct writer *out)
{
	size_t start = 0;

	for (size_t i = 0; i < t->n_records; i++) {
		struct bytes record =
			bytes_of(t->records.data + start, t->ends[i] - start);

		writer_put_u16(out, (uint16_t)record.len);
		writer_put(out, record);
		start = t->ends[i];
	}
}

/* Replay ********************************************************************/

size_t
town_size(const struct town *t)
{
	return t->n_records;
}

struct bytes
town_record(const struct town *t, size_t i)
{
	size_t start = i == 0 ? 0 : t->ends[i - 1];

	return bytes_of(t->records.data + start, t->ends[i] - start);
}

enum verdict
town_replay(struct assembly *a, struct bytes record, bool signatures)
{
	struct assembly_checked *checked = mem_new(sizeof(*checked));
	struct stamp stamp;
	enum verdict v = stamp_decode(record, &stamp);

	if (v == VERDICT_OK)
		v = assembly_head(a).size == 0
			    ? assembly_precheck_founding(
				      stamp.act, stamp.sig, checked)
			    : assembly_precheck(a, stamp.act, stamp.sig,
				      signatures, checked);
	if (v == VERDICT_OK)
		v = assembly_replay(a, record, &stamp, checked, NULL);
	else
		assembly_skip(a, record);
	mem_free(checked);
	return v;
}

static bool
same_state(const struct town *t, const struct assembly *other)
{
	struct writer ours = {0}, theirs = {0};
	bool same;

	assembly_state(t->a, &ours);
	assembly_state(other, &theirs);
	same = bytes_equal(writer_view(&ours), writer_view(&theirs));
	if (!same)
		fprintf(stderr, "admitted: %s\nreplayed: %s\n",
			writer_string(&ours), writer_string(&theirs));
	writer_clear(&ours);
	writer_clear(&theirs);
	return same;
}

bool
town_replays(const struct town *t)
{
	struct assembly *again = assembly_new();
	bool same = true;

	for (size_t i = 0; same && i < t->n_records; i++) {
		enum verdict v = town_replay(again, town_record(t, i), true);

		if (v != VERDICT_OK)
			fprintf(stderr, "record %zu is %s on replay\n", i,
				verdict_name(v));
		same = v == VERDICT_OK;
	}
	same = same && same_state(t, again);
	assembly_free(again);
	return same;
}
