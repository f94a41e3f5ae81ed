#include "cli/cmd_rehearse.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/count/document.h"
#include "ballots/count/explain.h"
#include "cli/ballot_file.h"
#include "cli/cmd_replay.h"
#include "cli/complain.h"
#include "cli/scene_agreement.h"
#include "cli/scene_ballot.h"
#include "cli/scene_capsule.h"
#include "cli/scene_founding.h"
#include "cli/table.h"

#define EXAMPLE       "debian-2007-dpl.csv"
#define EXAMPLE_BUILT "tests/elections/" EXAMPLE
#define MEMBERS_MOST  1000000

enum { COLUMNS = 4, BAR_WIDTH = 40 };

const struct option cmd_rehearse_options[] = {
	{"format", 'f', false, "FORMAT",
		"blt, soc, soi, toc, toi, cat, pb, tally or csv; told by "
		"content"},
	{"dir", 0, false, "DIR", "keep the ledger there, with DIR/export"},
	{"delegate", 0, false, "N",
		"member number N carries the mandate; who plays the winner"},
	{0},
};

struct rehearsal {
	const struct call *call;
	struct writer path; /* of the ballots */
	struct bytes name;  /* of the file, without directory and ending */
	struct election election;
	struct rules rules;
	struct play play;
	struct scene_ballot ballot;
};

/* Preparing *****************************************************************/

/* Rules of a count that a union takes from its charter. */
static int
check_options(const struct options *o)
{
	static const char *const charter[] = {"quorum", "overvote", "utility",
		"completion", "greedy", "lot", NULL};
	size_t at = 0;

	for (size_t i = 0; charter[i] != NULL; i++)
		if (options_has(o, charter[i]))
			return complain_usage("union count can be told so.",
				"A union goes by its charter, not by --%s.",
				charter[i]);
	if (options_each(o, "ratio", &at) != NULL)
		return complain_usage("union count can be told so.",
			"A union goes by its charter, not by --ratio.");
	return 0;
}

static int
find_file(struct rehearsal *r)
{
	const char *path = options_operand(&r->call->options, "FILE");
	struct bytes rest;

	if (path != NULL)
		writer_put_string(&r->path, path);
	else if (!stage_find_shared(EXAMPLE_BUILT, EXAMPLE, &r->path))
		return complain_cannot("Name a file with ballots.",
			"The example election is not installed.");
	rest = writer_view(&r->path);
	while (rest.len > 0)
		r->name = bytes_cut(&rest, '/');
	r->name = bytes_cut(&(struct bytes){r->name.data, r->name.len}, '.');
	return 0;
}

static int
prepare(struct rehearsal *r)
{
	const struct options *o = &r->call->options;
	int rc;

	if (check_options(o) != 0 || find_file(r) != 0 ||
		rules_begin(o, "schulze", &r->rules) != 0 ||
		ballot_file_read(writer_string(&r->path),
			options_value(o, "format"), r->rules.wanted,
			&r->election) != 0)
		return -1;
	rc = rules_end(o, &r->election, &r->rules);
	if (rc == 0 && (r->election.profile.total == 0 ||
			       r->election.profile.total > MEMBERS_MOST))
		rc = complain_no(
			"", "There must be 1 to %d ballots.", MEMBERS_MOST);
	return rc == 0 ? scene_ballot_prepare(
				 &r->ballot, &r->election, &r->rules)
		       : rc;
}

/* Each option against the status quo, as the record has it. */
static void
give_bars(struct output *out, const struct scene_ballot *s)
{
	static const struct table_column columns[] = {{"for", true},
		{"against", true}, {"", false}, {"option", false}};
	const struct tally *t = &s->recount.tally;
	struct bytes *cells =
		mem_new_array((size_t)s->n_options * COLUMNS, sizeof(*cells));
	struct writer *texts =
		mem_new_array((size_t)s->n_options * COLUMNS, sizeof(*texts));
	struct writer table = {0};

	for (uint32_t i = 0; i < s->n_options; i++) {
		const struct tally_option *o = &t->options[i + 1];
		struct writer *row = &texts[i * COLUMNS];

		writer_put_decimal(&row[0], o->in_favour);
		writer_put_decimal(&row[1], o->against);
		table_put_bar(&row[2], o->in_favour, t->counted, BAR_WIDTH);
		writer_put(&row[3], s->names[i + 1]);
		for (size_t k = 0; k < COLUMNS; k++)
			cells[i * COLUMNS + k] = writer_view(&row[k]);
	}
	table_put(&table, columns, COLUMNS, cells, s->n_options);
	output_line(out, "For and against, beside \"%.*s\"",
		(int)s->names[0].len, (const char *)s->names[0].data);
	writer_put_u8(&table, '\n');
	output_lines(out, writer_view(&table));
	for (size_t i = 0; i < (size_t)s->n_options * COLUMNS; i++)
		writer_clear(&texts[i]);
	mem_free(texts);
	mem_free(cells);
	writer_clear(&table);
}

/* Playing *******************************************************************/

/* Who plays an option: the first member stands for option 1, and so on. */
static uint32_t
player_of(const struct rehearsal *r, uint32_t option)
{
	uint32_t who = PLAY_FOUNDERS + (option > 0 ? option - 1 : 0);

	return who < troupe_size(r->play.troupe) ? who : 0;
}

/* What is agreed is rejected at first, and better the second time. */
static int
negotiate(struct scene_mandate *m)
{
	struct scene_agreement first = {"A1",
		"Papers within 90 days, for those who pay a fee", 90, 3, {0}};
	struct scene_agreement second = {"A2",
		"Papers within 60 days, for everybody, without a fee", 60, 1,
		{0}};

	if (scene_mandate_meet(m) != 0 || scene_mandate_report(m, false) != 0 ||
		scene_agreement_try(&first, m) != 0 ||
		scene_mandate_report(m, false) != 0)
		return -1;
	return scene_agreement_try(&second, m);
}

/* What the ministry sees of it, on its own. */
static int
show(struct rehearsal *r, struct scene_mandate *m)
{
	struct scene_capsule s = {0};
	int rc = scene_capsule_make(&s, r->call, m);

	if (rc == 0)
		rc = scene_capsule_check(
			&s, m, "the ministry checks its capsule offline");
	if (rc == 0)
		rc = scene_mandate_neglect(m);
	if (rc == 0)
		rc = scene_capsule_check(
			&s, m, "the same capsule, weeks later");
	if (rc == 0)
		rc = scene_capsule_make(&s, r->call, m);
	if (rc == 0)
		rc = scene_capsule_check(&s, m, "a capsule of that day");
	scene_capsule_clear(&s);
	return rc;
}

static int
carry(struct rehearsal *r, uint32_t who, struct bytes name)
{
	struct scene_mandate m;

	if (scene_mandate_begin(&m, &r->play, who, name) != 0 ||
		negotiate(&m) != 0 || show(r, &m) != 0)
		return -1;
	return scene_mandate_report(&m, false);
}

static int
carry_mandate(struct rehearsal *r)
{
	uint32_t winner = scene_ballot_winner(&r->ballot);
	uint32_t who = player_of(r, winner);
	struct writer name = {0};
	uint64_t chosen;
	int rc = options_number(&r->call->options, "delegate", 1,
		troupe_size(r->play.troupe), who + 1, &chosen);

	if (rc != 0)
		return rc;
	if (winner > 0 && chosen == who + 1) {
		writer_put(&name, r->ballot.names[winner]);
	} else {
		writer_put_string(&name, "member number ");
		writer_put_decimal(&name, chosen);
	}
	rc = carry(r, (uint32_t)chosen - 1, writer_view(&name));
	writer_clear(&name);
	return rc;
}

static int
audit(struct rehearsal *r)
{
	const struct replica_wanted wanted = {
		.until = UINT64_MAX, .texts = true};
	struct replica replica = {0};
	int rc = stage_export(r->play.stage);

	if (rc == 0)
		rc = replica_of_export(
			&replica, stage_path(r->play.stage, "export"), &wanted);
	if (rc == 0) {
		play_say(&r->play, "Exported",
			"and replayed from there, "
			"every signature, rule and count:");
		cmd_replay_tell(r->play.out, &replica);
		if (replica.audit.n_findings > 0)
			rc = complain_no("Show them to who wrote this program.",
				"The replay has findings.");
	}
	replica_clear(&replica);
	return rc;
}

static int
play(struct rehearsal *r)
{
	struct writer title = {0};
	struct report report;
	int rc = -1;

	writer_put(&title, r->name);
	if (scene_founding_begin(&r->play, r->name) == 0 &&
		scene_founding_admit(&r->play) == 0 &&
		scene_ballot_open(
			&r->ballot, &r->play, writer_string(&title)) == 0 &&
		scene_ballot_cast(&r->ballot, &r->play) == 0 &&
		scene_ballot_close(&r->ballot, &r->play) == 0) {
		report = recount_report(&r->ballot.recount, r->ballot.names);
		recount_give(r->play.out, &report);
		give_bars(r->play.out, &r->ballot);
		rc = carry_mandate(r);
	}
	if (rc == 0)
		rc = audit(r);
	writer_clear(&title);
	return rc;
}

static int
rehearse(struct rehearsal *r)
{
	const char *dir = options_value(&r->call->options, "dir");
	uint32_t n = (uint32_t)r->election.profile.total;
	int rc;

	r->play.out = r->call->out;
	r->play.stage = stage_open(dir);
	if (r->play.stage == NULL)
		return -1;
	r->play.troupe = troupe_new(PLAY_FOUNDERS + n);
	rc = play(r);
	if (rc == 0 && dir != NULL)
		output_next(r->call->out, "union replay %s",
			stage_path(r->play.stage, "export"));
	troupe_free(r->play.troupe);
	stage_close(r->play.stage);
	return rc;
}

int
cmd_rehearse_file(const struct call *call)
{
	struct rehearsal r = {.call = call};
	int rc = prepare(&r);

	if (rc == 0)
		rc = rehearse(&r);
	scene_ballot_clear(&r.ballot);
	rules_clear(&r.rules);
	election_clear(&r.election);
	writer_clear(&r.path);
	return rc;
}
