/*
 * What an assembly keeps of votes that are over: memory after a thousand and
 * after a million ballots on closed proposals, and bytes a record in between.
 * Signatures are left out; they are not kept.
 */
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/lib/practice.h"

enum { MEMBERS = 1000, AT_ONCE = 100, ROUNDS = 10 };

#define DAY 86400

static struct practice town;
static struct writer record;
static uint8_t members[MEMBERS][CRYPT_HASH];

/* What the bench does is allowed. */
static void
must(enum verdict v)
{
	if (v == VERDICT_OK)
		return;
	fprintf(stderr, "bench_memory: %s\n", verdict_name(v));
	exit(1);
}

static void
admit(const struct assembly_checked *checked)
{
	writer_rewind(&record);
	must(assembly_admit(town.assembly, checked, town.now_s, &record));
}

/* File what the ledger owes now. */
static void
pay(void)
{
	static const uint8_t nothing[CRYPT_SIG];
	struct assembly_checked checked;
	struct writer act = {0};

	while (assembly_owes(town.assembly, town.now_s, &act)) {
		must(assembly_precheck(town.assembly, writer_view(&act),
			nothing, false, &checked));
		admit(&checked);
		writer_rewind(&act);
	}
	writer_clear(&act);
}

/* File an act by a member, dated ahead_s later; id may be NULL. */
static void
file(struct act *act, const uint8_t by[static 32], uint32_t ahead_s,
	uint8_t *id)
{
	static const uint8_t nothing[CRYPT_SIG];
	struct assembly_checked checked;
	struct writer bytes = {0};
	int64_t seq = (int64_t)town.now_s + ahead_s;

	pay();
	act_set_by(act, FORM_BY_MEMBER, by);
	act_set_span(act, ACT_HAS_LOG,
		bytes_of_string(assembly_world(town.assembly)->log));
	act_set_int(act, ACT_HAS_SEQ, seq);
	act_set_int(act, ACT_HAS_UNTIL, seq + DAY);
	act_encode(act, &bytes);
	must(assembly_precheck(
		town.assembly, writer_view(&bytes), nothing, false, &checked));
	admit(&checked);
	if (id != NULL)
		memcpy(id, checked.act.id, CRYPT_HASH);
	writer_clear(&bytes);
}

/* One founder registers, the other vouches for member number n. */
static void
add_member(uint32_t n)
{
	struct act apply = {.kind = ACT_MEMBER_APPLY};
	struct writer bytes = {0}, base64 = {0}, sig = {0};
	struct practice_key key;
	uint8_t nothing[CRYPT_SIG] = {0};
	char name[16];

	snprintf(name, sizeof(name), "member %u", n);
	key = practice_key(name);
	act_set_by(&apply, FORM_BY_KEY, key.public);
	act_set_hash(&apply, ACT_HAS_NEXT, key.public);
	act_set_hash(&apply, ACT_HAS_ON, assembly_world(town.assembly)->id);
	act_set_span(&apply, ACT_HAS_LOG,
		bytes_of_string(assembly_world(town.assembly)->log));
	act_set_int(&apply, ACT_HAS_SEQ, (int64_t)town.now_s);
	act_set_int(&apply, ACT_HAS_UNTIL, (int64_t)town.now_s + DAY);
	act_encode(&apply, &bytes);
	crypt_hash(writer_view(&bytes), members[n]);
	coding_put_base64(&base64, writer_view(&bytes));
	coding_put_base64(&sig, bytes_of(nothing, sizeof(nothing)));
	for (size_t i = 0; i < PRACTICE_FOUNDERS; i++) {
		struct act act = {.kind = ACT_MEMBER_ADMIT};

		act_set_hash(&act, ACT_HAS_ON, members[n]);
		act_set_span(&act, ACT_HAS_APPLICATION, writer_view(&base64));
		act_set_span(&act, ACT_HAS_SIGNATURE, writer_view(&sig));
		file(&act, town.ids[i], 0, NULL);
	}
	writer_clear(&bytes);
	writer_clear(&base64);
	writer_clear(&sig);
}

static void
propose(uint32_t ahead_s)
{
	struct act act = {.kind = ACT_PROPOSAL_OPEN};

	act_set_hash(&act, ACT_HAS_ON, assembly_world(town.assembly)->id);
	act_set_span(&act, ACT_HAS_CLASS, BYTES("consultation"));
	act_set_span(&act, ACT_HAS_METHOD, BYTES("yes-no"));
	act_set_span(&act, ACT_HAS_OPTIONS,
		BYTES("[{\"effects\":[],\"texts\":[]}]"));
	act_set_int(&act, ACT_HAS_SEATS, 1);
	act_set_span(&act, ACT_HAS_TEXTS, BYTES("[]"));
	file(&act, town.ids[0], ahead_s, NULL);
}

static void
vote(uint32_t member)
{
	const struct world *w = assembly_world(town.assembly);

	for (uint32_t i = 0; i < w->n_questions; i++)
		if (w->questions[i] != NULL) {
			struct act act = {.kind = ACT_BALLOT_CAST};

			act_set_hash(&act, ACT_HAS_ON, w->questions[i]->id);
			act_set_span(&act, ACT_HAS_MARKS, BYTES("[1]"));
			file(&act, members[member], 0, NULL);
		}
}

/* Open so many proposals, let all members vote, and close them. */
static void
decide(uint32_t proposals)
{
	for (uint32_t i = 0; i < proposals; i++)
		propose(i);
	town.now_s += 2 * DAY;
	pay();
	for (uint32_t m = 0; m < MEMBERS; m++)
		vote(m);
	town.now_s += 14 * DAY;
	pay(); /* the outage moves the close, once */
	town.now_s += 14 * DAY;
	pay();
}

static size_t
bytes_in_use(void)
{
	struct mallinfo2 m = mallinfo2();

	return m.uordblks + m.hblkhd;
}

int
main(void)
{
	size_t first, last;
	uint64_t before;

	if (!crypt_init())
		return 1;
	practice_begin(&town);
	for (uint32_t m = 0; m < MEMBERS; m++)
		add_member(m);
	decide(1);
	first = bytes_in_use();
	before = assembly_head(town.assembly).size;
	for (uint32_t i = 0; i < ROUNDS; i++)
		decide(AT_ONCE);
	last = bytes_in_use();
	before = assembly_head(town.assembly).size - before;
	printf("memory of an assembly of %u members\n", MEMBERS);
	printf("  after 1,000 closed ballots   %9zu bytes\n", first);
	printf("  after 1,001,000              %9zu bytes\n", last);
	printf("  a record in between          %9.3f bytes\n",
		(double)(last - first) / (double)before);
	practice_end(&town);
	writer_clear(&record);
	return 0;
}
