/*
 * What replay costs a record where a thousand mandates are under way and ten
 * thousand endorsements stand among the ballots, beside two ledgers of as many
 * ballots alone, in one vote and in a thousand; with signatures, and without,
 * as a daemon starts.  They take turns, and processor time is counted, since
 * others may use the machine.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/assembly/mandate_life.h"
#include "ballots/assembly/world.h"
#include "ballots/base/crypt.h"
#include "ballots/machine/audit.h"
#include "tests/lib/bench.h"
#include "tests/lib/town.h"

enum {
	MEMBERS = 40,
	MANDATES = 1000,
	SUPPORTERS = 4,
	VOTERS = 5, /* of each mandate */
	STEWARDS = 2,
	ENDORSERS = 10, /* of each mandate */
	RECORDS = 50000,
	ROUNDS = 3,
	DAY = 86400,
};

struct ledger {
	struct town *town;
	uint64_t now_s;
	uint32_t acts;
	uint8_t mandates[MANDATES][CRYPT_HASH];
	uint8_t question[CRYPT_HASH];
};

static struct ledger busy, plain, voting;
static struct crew *crew;

static const char *
name_of(uint32_t member)
{
	static char name[8];

	snprintf(name, sizeof(name), "m%u", member % MEMBERS);
	return name;
}

static void
found(struct ledger *l)
{
	char names[8 * MEMBERS];
	size_t len = 0;

	for (uint32_t i = 0; i < MEMBERS; i++)
		len += (size_t)snprintf(names + len, sizeof(names) - len,
			"%s%s", i > 0 ? "," : "", name_of(i));
	l->town = town_new(names, NULL);
	l->now_s = TOWN_START_S;
}

/* What the bench does is allowed; a second passes now and then. */
static void
file(struct ledger *l, uint32_t member, json_t *act, uint8_t *id)
{
	enum verdict v;

	l->now_s += ++l->acts % 16 == 0;
	v = town_file(l->town, l->now_s, name_of(member), act, id);
	if (v == VERDICT_OK)
		return;
	fprintf(stderr, "bench_replay: %s\n", verdict_name(v));
	exit(1);
}

static void
pass(struct ledger *l, uint64_t days)
{
	l->now_s += days * DAY;
	town_advance(l->town, l->now_s);
}

/* Ballots *******************************************************************/

static void
cast(struct ledger *l, uint32_t member, const uint8_t question[static 32])
{
	json_t *act = town_act("ballot.cast", question);

	json_object_set_new(act, "marks", json_pack("[i]", 1));
	file(l, member, act, NULL);
}

static void
propose(struct ledger *l)
{
	const struct world *w = assembly_world(town_assembly(l->town));
	json_t *act = town_act("proposal.open", w->id);

	json_object_update_new(act,
		json_pack("{s:s, s:s, s:[{s:[], s:[]}], s:i, s:[]}", "class",
			"consultation", "method", "yes-no", "options",
			"effects", "texts", "seats", 1, "texts"));
	file(l, l->acts, act, NULL);
}

static void
open_vote(struct ledger *l)
{
	const struct world *w = assembly_world(town_assembly(l->town));

	propose(l);
	pass(l, 3);
	memcpy(l->question, w->questions[w->n_questions - 1]->id, CRYPT_HASH);
}

static void
vote_on_all(struct ledger *l)
{
	const struct world *w = assembly_world(town_assembly(l->town));
	uint32_t n = w->n_questions;

	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = 0; k < VOTERS; k++)
			cast(l, i + k, w->questions[i]->id);
}

/* As many votes as there are mandates. */
static void
decide(struct ledger *l)
{
	for (uint32_t i = 0; i < MANDATES; i++)
		propose(l);
	pass(l, 3);
	vote_on_all(l);
	pass(l, 15);
}

/* Everybody votes, again and again. */
static void
fill_with_ballots(struct ledger *l)
{
	while (town_size(l->town) < RECORDS)
		cast(l, l->acts, l->question);
}

/* Mandates ******************************************************************/

static void
ask_for(struct ledger *l, uint32_t number)
{
	const struct world *w = assembly_world(town_assembly(l->town));
	uint8_t *id = l->mandates[number], delegate[CRYPT_HASH];
	json_t *act = town_act("mandate.propose", w->id);

	town_find(l->town, name_of(number), delegate);
	json_object_update_new(act,
		json_pack("{s:[], s:i, s:[{s:[]}], s:[o], s:i, s:i, s:[s], s:s,"
			  " s:[i, i]}",
			"ceilings", "confidential_s", 0, "counterparties",
			"texts", "delegates", town_id_value(delegate),
			"max_rejections", 3, "needed", 1, "powers", "negotiate",
			"ratify_class", "ratification", "recall", 1, 20));
	json_object_update_new(
		act, json_pack("{s:I, s:i, s:o, s:I, s:I}", "report_every_s",
			     (json_int_t)90 * DAY, "report_grace_s", DAY,
			     "texts", town_texts("terms"), "valid_from",
			     (json_int_t)TOWN_START_S, "valid_until",
			     (json_int_t)(TOWN_START_S + 300 * DAY)));
	file(l, number, act, id);
	for (uint32_t i = 1; i <= SUPPORTERS; i++) {
		act = town_act("proposal.support", id);
		json_object_set_new(act, "version", json_integer(1));
		file(l, number + i, act, NULL);
	}
}

static void
begin(struct ledger *l, uint32_t number)
{
	const uint8_t *id = l->mandates[number];

	file(l, number, town_act("mandate.accept", id), NULL);
	for (uint32_t i = 0; i < STEWARDS; i++) {
		json_t *act = town_act("mandate.publish", id);

		json_object_set_new(
			act, "valid_from", json_integer(TOWN_START_S));
		json_object_set_new(act, "valid_until",
			json_integer(TOWN_START_S + 300 * DAY));
		file(l, i, act, NULL);
	}
}

/* The mandate's year, with the ballots of others in between. */
static void
carry_out(struct ledger *l, uint32_t number)
{
	const uint8_t *id = l->mandates[number];
	json_t *meeting = town_act("mandate.meeting", id);
	json_t *report = town_act("mandate.report", id);

	json_object_set_new(meeting, "counterparty", json_integer(0));
	json_object_set_new(meeting, "texts", town_texts("met"));
	file(l, number, meeting, NULL);
	json_object_set_new(report, "final", json_false());
	json_object_set_new(report, "texts", town_texts("said"));
	file(l, number, report, NULL);
	for (uint32_t i = 1; i <= ENDORSERS; i++) {
		file(l, number + i, town_act("mandate.endorse", id), NULL);
		cast(l, l->acts, l->question);
		cast(l, l->acts, l->question);
	}
}

static void
live(struct ledger *l)
{
	for (uint32_t i = 0; i < MANDATES; i++)
		ask_for(l, i);
	pass(l, 11);
	vote_on_all(l);
	pass(l, 12);
	for (uint32_t i = 0; i < MANDATES; i++)
		begin(l, i);
	open_vote(l);
	for (uint32_t i = 0; i < MANDATES; i++)
		carry_out(l, i);
}

static uint32_t
under_way(const struct ledger *l)
{
	const struct world *w = assembly_world(town_assembly(l->town));
	uint32_t n = 0;

	for (uint32_t i = 0; i < w->n_mandates; i++)
		n += w->mandates[i]->state == MANDATE_NEGOTIATING &&
		     w->mandates[i]->n_endorsers == ENDORSERS;
	return n;
}

/* Replay ********************************************************************/

static int
read_records(void *ctx, uint64_t from, size_t max, struct audit_page *page)
{
	const struct ledger *l = ctx;

	for (size_t i = 0; i < max && from + i < town_size(l->town); i++)
		audit_put(page, town_record(l->town, from + i));
	return 0;
}

/* Microseconds a record. */
static double
replay(struct ledger *l, bool trusting)
{
	struct assembly *a = assembly_new();
	struct audit audit = {0};
	const struct audit_job job = {.crew = crew,
		.assembly = a,
		.trusting = trusting,
		.until = UINT64_MAX,
		.size = UINT64_MAX,
		.read = read_records,
		.ctx = l};
	double us = bench_used_us(getpid());

	if (audit_run(&audit, &job) != 0 || audit.n_findings > 0)
		exit(1);
	us = (bench_used_us(getpid()) - us) / (double)town_size(l->town);
	audit_clear(&audit);
	assembly_free(a);
	return us;
}

static double
middle(double *values)
{
	bench_sort(values, ROUNDS);
	return values[ROUNDS / 2];
}

static void
compare(bool trusting)
{
	double us[3][ROUNDS], to_one[ROUNDS], to_many[ROUNDS];

	for (int i = 0; i < ROUNDS; i++) {
		us[0][i] = replay(&busy, trusting);
		us[1][i] = replay(&plain, trusting);
		us[2][i] = replay(&voting, trusting);
		to_one[i] = us[0][i] / us[1][i];
		to_many[i] = us[0][i] / us[2][i];
	}
	printf("replay %s signatures: %.2f us a record with mandates; ballots "
	       "only in one vote %.2f us: %.2f; in %d votes %.2f us: %.2f\n",
		trusting ? "without" : "with", middle(us[0]), middle(us[1]),
		middle(to_one), MANDATES, middle(us[2]), middle(to_many));
}

int
main(void)
{
	if (!crypt_init())
		return 1;
	crew = crew_new(0);
	found(&busy);
	live(&busy);
	fill_with_ballots(&busy);
	found(&plain);
	open_vote(&plain);
	fill_with_ballots(&plain);
	found(&voting);
	decide(&voting);
	open_vote(&voting);
	fill_with_ballots(&voting);
	printf("%u mandates under way, %u endorsements, %zu records\n",
		under_way(&busy), under_way(&busy) * ENDORSERS,
		town_size(busy.town));
	compare(false);
	compare(true);
	town_free(busy.town);
	town_free(plain.town);
	town_free(voting.town);
	crew_free(crew);
	return 0;
}
