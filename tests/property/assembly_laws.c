#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "ballots/assembly/mandate_life.h"
#include "ballots/assembly/panel.h"
#include "ballots/assembly/proposal.h"
#include "ballots/assembly/recovery_life.h"
#include "ballots/assembly/world.h"
#include "ballots/base/crypt.h"
#include "tests/lib/life.h"

/*
 * Unions that live by chance: people join and leave, propose, vote, delegate
 * and petition, rightly and wrongly, while time passes evenly and in leaps.
 * Whatever they do, the laws of the assembly hold.
 */
enum { LIVES = 5, STEPS = 1500 };

/* A life ********************************************************************/

/* The rules of a rehearsal, hurried, with some of the strictness of others. */
static json_t *
charter(struct life *l)
{
	json_t *c = town_charter(), *classes = json_object_get(c, "classes");
	const char *name;
	json_t *class;

	json_object_update_new(json_object_get(c, "founders"),
		json_pack("{s:I, s:I}", "members",
			(json_int_t)(6 + life_below(l, 9)), "until_s",
			(json_int_t)(TOWN_START_S +
				     life_below(l, 60) * LIFE_DAY)));
	json_object_set_new(c, "renew_s", json_integer(60 * LIFE_DAY));
	json_object_set_new(c, "probation_s",
		json_integer((json_int_t)life_below(l, 2) * 5 * LIFE_DAY));
	json_object_set_new(c, "publish_needs", json_integer(1));
	json_object_set_new(c, "draw_s", json_integer(2 * LIFE_DAY));
	json_object_set_new(c, "interim_s", json_integer(2 * LIFE_DAY));
	json_object_set_new(c, "panel_s", json_integer(4 * LIFE_DAY));
	json_object_set_new(c, "panel",
		json_integer((json_int_t)(3 + 2 * life_below(l, 3))));
	json_object_set_new(c, "recovery_s", json_integer(3 * LIFE_DAY));
	if (l->quarrels) { /* with enough officers and members for a panel */
		json_object_set_new(c, "renew_s", json_integer(400 * LIFE_DAY));
		json_object_update_new(json_object_get(c, "founders"),
			json_pack("{s:i, s:I}", "members", 64, "until_s",
				(json_int_t)(TOWN_START_S + 300 * LIFE_DAY)));
	}
	json_object_foreach(classes, name, class)
	{
		json_object_set_new(
			class, "discussion_min_s", json_integer(2 * LIFE_DAY));
		json_object_set_new(
			class, "after_change_s", json_integer(LIFE_DAY));
		json_object_set_new(class, "frozen_s",
			json_integer((json_int_t)life_below(l, 2) * LIFE_DAY));
		json_object_set_new(
			class, "voting_s", json_integer(3 * LIFE_DAY));
		json_object_set_new(class, "late_s",
			json_integer((json_int_t)life_below(l, 2) * LIFE_DAY));
	}
	return c;
}

static void
begin(struct life *l, uint32_t number)
{
	json_t *rules;

	*l = (struct life){.rng = {rng_seed() * 1000 + number},
		.quarrels = number % 2 != 0};
	rules = charter(l);
	l->town = town_new("f0,f1,f2,f3", rules);
	json_decref(rules);
	l->w = assembly_world(town_assembly(l->town));
	for (; l->n_names < LIFE_FOUNDERS; l->n_names++)
		snprintf(l->names[l->n_names], sizeof(l->names[0]), "f%u",
			l->n_names);
	l->now_s = TOWN_START_S;
}

/* Mostly minutes, often hours, sometimes days; now and then without a tick. */
static void
let_time_pass(struct life *l)
{
	static const uint64_t spans[] = {1, 60, 60, 60, 60, LIFE_HOUR,
		LIFE_HOUR, LIFE_HOUR, 9 * LIFE_HOUR, LIFE_DAY};

	l->now_s += life_below(l, spans[life_below(l, 10)]);
	if (life_below(l, 400) == 0)
		l->now_s += life_below(l, 30) * LIFE_DAY;
	if (life_below(l, 20) == 0)
		town_silence(l->town, l->now_s);
	else
		town_advance(l->town, l->now_s);
}

static void
put_state(const struct life *l, struct writer *out)
{
	writer_rewind(out);
	assembly_state(town_assembly(l->town), out);
}

/* The weight in the last result is there on the roll. */
static void
check_result(const struct life *l)
{
	const json_t *r = town_result(l->town);
	json_int_t counted, unused, roll;

	if (r == NULL)
		return;
	counted = json_integer_value(json_object_get(r, "counted"));
	unused = json_integer_value(json_object_get(r, "unused"));
	roll = json_integer_value(
		json_object_get(json_object_get(r, "roll"), "size"));
	assert_true(counted + unused <= roll);
	if (unused > 0) /* the class has delegation */
		assert_int_equal(counted + unused, roll);
}

/* Who sits in a case is drawn, and no party to it. */
static void
check_cases(const struct life *l)
{
	for (uint32_t i = 0; i < l->w->n_cases; i++) {
		const struct world_case *c = l->w->cases[i];

		assert_true(c->n_panel == 0 || c->n_panel >= 3);
		for (uint32_t p = 0; p < c->n_panel; p++)
			assert_false(world_listed(
				c->first, c->n_first, c->panel[p]));
		if (c->question == NULL)
			continue;
		assert_int_equal(c->question->n_roll, c->n_panel);
		for (uint32_t p = 0; c->kind != PANEL_SCOPE && p < c->n_parties;
			p++)
			assert_int_equal(question_place(c->question,
						 c->parties[p].member),
				UINT32_MAX);
	}
}

/* Somebody, mostly a member. */
static const char *
any_author(struct life *l)
{
	const char *name = l->names[life_below(l, l->n_names)];

	while (life_often(l) && life_member_called(l, name) == ROSTER_NONE)
		name = l->names[life_below(l, l->n_names)];
	return name;
}

struct census {
	uint32_t verdicts[VERDICT_COUNT];
	uint32_t phases[PROPOSAL_PHASE_COUNT], states[MANDATE_STATES];
	uint32_t cases[PANEL_PHASE_COUNT], recoveries[RECOVERY_STATE_COUNT];
};

static void
step(struct life *l, struct census *seen)
{
	struct writer before = {0}, after = {0};
	const char *author;
	struct life_filing f;
	enum verdict v;

	let_time_pass(l);
	check_result(l);
	check_cases(l);
	author = any_author(l);
	if (l->w->n_open > 0 && life_below(l, 3) >= (l->quarrels ? 2 : 1))
		f = life_ballot(l, author);
	else
		f = life_deed(l, author);
	if (f.act == NULL)
		return;
	put_state(l, &before);
	v = town_file(l->town, l->now_s, f.author, f.act, NULL);
	put_state(l, &after);
	seen->verdicts[v]++;
	if (v != VERDICT_OK &&
		strcmp(writer_string(&before), writer_string(&after)) != 0)
		fail_msg("refused as %s, but the state is another:\n%s\n%s",
			verdict_name(v), writer_string(&before),
			writer_string(&after));
	writer_clear(&before);
	writer_clear(&after);
}

static void
take_census(const struct life *l, struct census *seen)
{
	for (uint32_t i = 0; i < l->w->n_proposals; i++)
		seen->phases[l->w->proposals[i]->phase]++;
	for (uint32_t i = 0; i < l->w->n_mandates; i++)
		seen->states[l->w->mandates[i]->state]++;
	for (uint32_t i = 0; i < l->w->n_cases; i++)
		seen->cases[l->w->cases[i]->phase]++;
	for (uint32_t i = 0; i < l->w->n_recoveries; i++)
		seen->recoveries[l->w->recoveries[i]->state]++;
}

static void
print_census(const struct census *seen)
{
	for (int i = 0; i < VERDICT_COUNT; i++)
		if (seen->verdicts[i] > 0)
			print_message("%s %u  ", verdict_name((enum verdict)i),
				seen->verdicts[i]);
	for (int i = 0; i < PROPOSAL_PHASE_COUNT; i++)
		print_message(
			"%s %u  ", proposal_phase_name(i), seen->phases[i]);
	for (int i = 0; i < MANDATE_STATES; i++)
		print_message(
			"%s %u  ", mandate_life_state_name(i), seen->states[i]);
	for (int i = 0; i < PANEL_PHASE_COUNT; i++)
		print_message("%s %u  ", panel_phase_name(i), seen->cases[i]);
	for (int i = 0; i < RECOVERY_STATE_COUNT; i++)
		print_message("%s %u  ", recovery_life_state_name(i),
			seen->recoveries[i]);
	print_message("\n");
}

static void
live(struct life *l, uint32_t number, uint32_t steps, struct census *seen)
{
	begin(l, number);
	for (uint32_t i = 0; i < steps; i++)
		step(l, seen);
	take_census(l, seen);
}

/* The laws ******************************************************************/

static void
whatever_happens_an_auditor_ends_in_the_state_of_the_daemon(void **state)
{
	struct census seen = {0};
	struct life l;

	(void)state;
	for (uint32_t i = 0; i < LIVES; i++) {
		live(&l, i, STEPS, &seen);
		assert_true(town_replays(l.town));
		town_free(l.town);
	}
	print_census(&seen);
	assert_true(seen.phases[PROPOSAL_IN_FORCE] > 0);
	assert_true(seen.cases[PANEL_CLOSED] + seen.cases[PANEL_LAPSED] > 0);
	assert_true(seen.recoveries[RECOVERY_DONE] > 0);
}

/* Records of a life, some of them tampered with, replayed. */
struct tampering {
	const struct town *town;
	size_t at;
	int how; /* 0 alter, 1 drop, 2 double, 3 move */
	size_t byte;
};

static enum verdict
replay_at(struct assembly *a, const struct tampering *x, size_t i)
{
	struct bytes record = town_record(x->town, i);
	struct writer copy = {0};
	enum verdict v;

	if (x->how != 0 || i != x->at)
		return town_replay(a, record, true);
	writer_put(&copy, record);
	copy.data[x->byte % copy.len] ^= 1;
	v = town_replay(a, writer_view(&copy), true);
	writer_clear(&copy);
	return v;
}

/* True when all stands and the head is that of the town. */
static bool
goes_unnoticed(const struct tampering *x)
{
	struct assembly *a = assembly_new();
	struct tree_head ours = assembly_head(town_assembly(x->town)), theirs;
	bool good = true;

	for (size_t i = 0; i < town_size(x->town); i++) {
		size_t from = i;

		if (x->how == 1 && i == x->at)
			continue;
		if (x->how == 3 && (i == x->at || i == x->at + 1))
			from = 2 * x->at + 1 - i;
		good &= replay_at(a, x, from) == VERDICT_OK;
		if (x->how == 2 && i == x->at)
			good &= replay_at(a, x, i) == VERDICT_OK;
	}
	theirs = assembly_head(a);
	assembly_free(a);
	return good && ours.size == theirs.size &&
	       memcmp(ours.root, theirs.root, 32) == 0;
}

static void
a_record_altered_dropped_doubled_or_moved_is_noticed(void **state)
{
	struct census seen = {0};
	struct life l;

	(void)state;
	live(&l, 1000, 80, &seen);
	for (uint32_t i = 0; i < 60; i++) {
		struct tampering x = {
			.town = l.town, .how = (int)life_below(&l, 4)};

		x.at = life_below(&l, town_size(l.town) - 1);
		x.byte = life_below(&l, 5000);
		assert_false(goes_unnoticed(&x));
	}
	town_free(l.town);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			whatever_happens_an_auditor_ends_in_the_state_of_the_daemon),
		cmocka_unit_test(
			a_record_altered_dropped_doubled_or_moved_is_noticed),
	};

	crypt_init();
	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
