#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/base/crypt.h"
#include "tests/lib/rng.h"
#include "tests/lib/story.h"

/*
 * Unions in which everybody tries everything.  Stories are made by chance, in
 * the language of the scenarios, so that each act is judged; a refused one
 * must change nothing, and a replay must end in the same state.
 *
 * With TOWN_KEEP=DIR the records and states are kept there for others to judge,
 * as run --keep does.
 */
enum { WALKS = 2, SEASONS = 9, STEPS = 9, PEOPLE = 8 };

static const char *const names[PEOPLE] = {
	"alice", "bob", "carol", "dave", "erin", "frank", "grete", "hugo"};

struct walk {
	struct rng r;
	unsigned proposals, mandates, agreements, breaches, chapters, grants,
		seals, disputes, requests, newcomers;
	bool last; /* speak of the last thing of a sort only */
};

/*
 * Lines to choose from.  A capital stands for a thing:
 *
 *	W someone           A a few people     P a proposal    M a mandate
 *	X an agreement      B a breach         U a case        R a request
 *	C a chapter, topic  G a grant          S a seal        O an office
 *	T a time to come    D a span of days   K marks         N a newcomer
 *	V a vote            E an effect
 *	+ what is new, after p m a b c g s d r
 */
static const char *const lines[] = {
	"W proposal.open p+ class=ordinary does=E any",
	"W proposal.open p+ class=ordinary does=E|E|- method=schulze any",
	"W proposal.open p+ class=ordinary does=E|E method=plurality any",
	"W proposal.open p+ class=consultation any",
	"W proposal.open p+ class=consultation method=approval seats=2 "
	"does=-|-|- any",
	"W proposal.open p+ class=consultation method=stv-wigm seats=2 "
	"does=-|-|- any",
	"W proposal.open p+ class=consultation method=ranked-pairs does=-|-|- "
	"any",
	"W proposal.open p+ class=budget method=equal-shares budget=100 "
	"does=spend:40:EUR|spend:70:EUR any",
	"W proposal.open p+ class=admission does=suspend:W:D any",
	"W proposal.open p+ class=admission does=restore:W+admit:N any",
	"W proposal.open p+ class=recall does=recall:M:A any",
	"W proposal.open p+ class=recall does=unseat:W:O any",
	"W proposal.open p+ class=mandate does=replace:M:A any",
	"W proposal.open p+ class=mandate does=renew:M:T any",
	"W proposal.open p+ class=charter does=amend:cure_s~D any",
	"W proposal.open p+ class=charter does=amend:entrenched~4/5 any",
	"W proposal.open p+ class=urgent does=seat:W:O any",
	"W proposal.open p+ on=P does=E any",
	"W proposal.open p+ chapter=C any",
	"W proposal.open p+ topic=C any",
	"W mandate.propose m+ delegates=A any",
	"W mandate.propose m+ delegates=A needed=2 valid_until=T any",
	"W mandate.propose m+ delegates=A report_every_s=D "
	"report_grace_s=1d any",
	"W mandate.propose m+ delegates=A with=acme upto=5 "
	"powers=negotiate,sign-under-ceiling max_rejections=1 any",
	"W mandate.propose m+ delegates=A agreement=X any",
	"W proposal.amend P does=E any",
	"W proposal.unsupport P any",
	"W proposal.withdraw P any",
	"A proposal.support P any",
	"A proposal.support P any",
	"everyone proposal.support P any",
	"everyone proposal.support P version=2 any",
	"A proposal.hold P any",
	"everyone proposal.hold P any",
	"everyone proposal.support M any",
	"everyone ballot.cast M marks=yes any",
	"everyone mandate.accept M any",
	"everyone mandate.publish M any",
	"W mandate.meeting M any",
	"everyone mandate.meeting M any",
	"A mandate.report M any",
	"A mandate.report M final=true any",
	"everyone mandate.report M final=true any",
	"W mandate.report.seal M opens=T as=s+ any",
	"everyone mandate.report.open M seal=S any",
	"W mandate.endorse M any",
	"W mandate.unendorse M any",
	"W mandate.resign M any",
	"A mandate.hold M any",
	"everyone mandate.hold M any",
	"A mandate.conclude M any",
	"everyone mandate.conclude M any",
	"W mandate.challenge M any",
	"A mandate.challenge M any",
	"everyone agreement.tentative a+ on=M any",
	"everyone agreement.tentative a+ on=M amounts=5 ratify=false any",
	"W agreement.tentative a+ on=M valid_from=T valid_until=T any",
	"everyone agreement.sign X any",
	"A agreement.sign X any",
	"acme agreement.countersign X any",
	"acme agreement.countersign X any",
	"A agreement.withdraw X any",
	"acme agreement.decline X any",
	"W agreement.challenge X any",
	"acme agreement.receipt X any",
	"A agreement.breach X as=b+ any",
	"everyone agreement.endorse B any",
	"everyone agreement.endorse B any",
	"everyone agreement.answer B breached=true any",
	"acme agreement.reply B any",
	"A agreement.end X any",
	"everyone agreement.end X any",
	"everyone ballot.cast X marks=yes any",
	"A ballot.cast X marks=no any",
	"everyone ballot.cast V marks=yes any",
	"A ballot.cast V marks=K any",
	"W ballot.cast V marks=no any",
	"A lot.commit P any",
	"everyone lot.reveal P any",
	"everyone office.stand election.O any",
	"A ballot.cast election.O marks=0,1,1 any",
	"W office.resign office=O any",
	"W chapter.open c+ any",
	"W topic.open c+ any",
	"A chapter.join C any",
	"W chapter.leave C any",
	"W delegation.grant union to=W as=g+ any",
	"W delegation.grant C to=W as=g+ any",
	"W delegation.grant P to=W as=g+ any",
	"W delegation.grant union to=none any",
	"W delegation.revoke union any",
	"everyone delegation.accept G max=3 any",
	"W delegation.drop G any",
	"A member.admit N any",
	"N chapter.join C any",
	"alice,bob member.suspend W as=d+ any",
	"A member.suspend W ground=duplicate-identity as=d+ any",
	"everyone lot.commit U any",
	"everyone lot.reveal U any",
	"everyone lot.reveal U any",
	"everyone ballot.cast U marks=yes any",
	"A ballot.cast U marks=K any",
	"everyone case.appeal U any",
	"W guardians.set who=bob,carol,dave any",
	"W guardians.set any",
	"A key.vouch r+ of=W any",
	"bob,carol,dave key.vouch r+ of=W who=bob,carol,dave any",
	"bob,carol key.vouch r+ of=W reason=compromised size=40 any",
	"everyone key.vouch R any",
	"everyone key.object R as=d+ any",
	"W member.renew any",
	"W key.rotate any",
	"W text.erase word any",
};

/* What times begin with; most acts come in quick succession. */
static const char *const times[] = {"-", "-", "-", "-", "+1s", "+59s", "+20m",
	"+1h", "+7h", "+1d", "+2d", "+3d"};

static const char *const effects[] = {"spend:5:EUR", "chapter", "topic",
	"gateway:acme", "seat:bob:steward", "seat:carol:auditor",
	"seat:dave:registrar", "strike:p1", "-"};

#define PICK(w, list)                                                          \
	(list)[rng_below(&(w)->r, sizeof(list) / sizeof((list)[0]))]

/* One of the last few things called by letter and a number. */
static void
put_thing(struct walk *w, char letter, unsigned n, struct writer *out)
{
	unsigned back = w->last ? 0 : (unsigned)rng_below(&w->r, 4);

	writer_put_u8(out, (uint8_t)letter);
	writer_put_decimal(out, n > back ? n - back : n);
}

static void
put_people(struct walk *w, struct writer *out)
{
	size_t n = 1 + rng_below(&w->r, 4), first = rng_below(&w->r, PEOPLE);

	for (size_t i = 0; i < n; i++) {
		writer_put_string(out, i == 0 ? "" : ",");
		writer_put_string(out, names[(first + i) % PEOPLE]);
	}
}

static void
put_marks(struct walk *w, struct writer *out)
{
	size_t n = 1 + rng_below(&w->r, 4);

	for (size_t i = 0; i < n; i++) {
		writer_put_string(out, i == 0 ? "" : ",");
		writer_put_signed(out, n == 1 ? (int64_t)rng_below(&w->r, 3) - 1
					      : (int64_t)rng_below(&w->r, 4));
	}
}

static void
put_vote(struct walk *w, struct writer *out)
{
	bool mandate = rng_below(&w->r, 8) == 0;

	put_thing(w, mandate ? 'm' : 'p', mandate ? w->mandates : w->proposals,
		out);
	if (rng_below(&w->r, 4) == 0)
		writer_put_string(out, ".hold");
}

static unsigned *
counter_of(struct walk *w, char letter)
{
	switch (letter) {
	case 'p':
		return &w->proposals;
	case 'm':
		return &w->mandates;
	case 'a':
		return &w->agreements;
	case 'b':
		return &w->breaches;
	case 'c':
		return &w->chapters;
	case 'g':
		return &w->grants;
	case 'd':
		return &w->disputes;
	case 'r':
		return &w->requests;
	default:
		return &w->seals;
	}
}

/* Put what the letter at c stands for. */
static void
put_letter(struct walk *w, const char *c, struct writer *out)
{
	static const char *const offices[] = {
		"auditor", "registrar", "steward"};

	switch (*c) {
	case 'W':
		writer_put_string(out, PICK(w, names));
		break;
	case 'A':
		put_people(w, out);
		break;
	case 'P':
		put_thing(w, 'p', w->proposals, out);
		break;
	case 'M':
		put_thing(w, 'm', w->mandates, out);
		break;
	case 'X':
		put_thing(w, 'a', w->agreements, out);
		break;
	case 'B':
		put_thing(w, 'b', w->breaches, out);
		break;
	case 'C':
		put_thing(w, 'c', w->chapters, out);
		break;
	case 'G':
		put_thing(w, 'g', w->grants, out);
		break;
	case 'S':
		put_thing(w, 's', w->seals, out);
		break;
	case 'U':
		put_thing(w, 'd', w->disputes, out);
		break;
	case 'R':
		put_thing(w, 'r', w->requests, out);
		break;
	case 'O':
		writer_put_string(out, PICK(w, offices));
		break;
	case 'T':
		writer_put_decimal(out, rng_below(&w->r, 250));
		writer_put_string(out, "d");
		break;
	case 'D':
		writer_put_decimal(out, 1 + rng_below(&w->r, 40));
		writer_put_string(out, "d");
		break;
	case 'K':
		put_marks(w, out);
		break;
	case 'N':
		put_thing(
			w, 'n', w->newcomers += rng_below(&w->r, 9) == 0, out);
		break;
	case 'V':
		put_vote(w, out);
		break;
	default:
		writer_put_string(out, PICK(w, effects));
	}
}

/* A line as it is told, at time. */
static void
put_line(struct walk *w, const char *time, const char *line, struct writer *out)
{
	writer_put_string(out, time);
	writer_put_u8(out, ' ');
	for (const char *c = line; *c != '\0'; c++) {
		bool alone = c == line || strchr(" =:|+,", c[-1]) != NULL;

		if (c[0] == '+' && c > line &&
			strchr("pmabcgsdr", c[-1]) != NULL &&
			(c[1] == ' ' || c[1] == '\0'))
			writer_put_decimal(out, ++*counter_of(w, c[-1]));
		else if (alone && strchr("WAPMXBCGSUROTDKNVE", *c) != NULL)
			put_letter(w, c, out);
		else
			writer_put_u8(out, (uint8_t)*c);
	}
}

static void
play(struct walk *w, struct story *s, const char *time, const char *line)
{
	struct writer out = {0}, complaint = {0};
	char told[512];

	put_line(w, time, line, &out);
	assert_true(out.len < sizeof(told));
	strcpy(told, writer_string(&out));

	if (!story_line(s, (char *)writer_string(&out), &complaint))
		fail_msg("%s: %s", told, writer_string(&complaint));
	writer_clear(&out);
	writer_clear(&complaint);
}

/* Everybody votes on what was opened last, with marks that may fit. */
static void
vote(struct walk *w, struct story *s)
{
	static const char *const votes[] = {
		"everyone ballot.cast V marks=yes any",
		"everyone ballot.cast V marks=yes any",
		"everyone ballot.cast V marks=yes any",
		"everyone ballot.cast V marks=0,1,0 any",
		"everyone ballot.cast V marks=0,1,1 any",
		"everyone ballot.cast V marks=0,1,1,0 any",
		"everyone ballot.cast V marks=0,1,2,3 any",
		"everyone ballot.cast V marks=4,1,2,3 any",
		"A ballot.cast V marks=K any",
	};

	for (int i = 0; i < 8; i++)
		play(w, s, "-", PICK(w, votes));
	for (int i = 0; i < 3; i++) {
		play(w, s, "-", "everyone ballot.cast M marks=yes any");
		play(w, s, "-", "everyone mandate.accept M any");
	}
	play(w, s, "-", "everyone mandate.publish M any");
	play(w, s, "-", "everyone delegation.accept G any");
}

/* A line of that kind. */
static const char *
opening(struct walk *w, const char *kind)
{
	const char *line = PICK(w, lines);

	while (strstr(line, kind) == NULL)
		line = PICK(w, lines);
	return line;
}

/* A few weeks: things are opened and supported, then time passes. */
static void
live(struct walk *w, struct story *s)
{
	static const char *const jumps[] = {"+1d", "+2d", "+3d", "+4d"};

	play(w, s, "-", opening(w, " mandate.propose "));
	for (int i = 0; i < 4; i++)
		play(w, s, PICK(w, times), opening(w, " proposal.open "));
	for (int i = 0; i < 4; i++) {
		play(w, s, "-", "everyone proposal.support P any");
		play(w, s, "-", "everyone proposal.support M any");
	}
	for (int step = 0; step < STEPS; step++) {
		play(w, s, PICK(w, jumps),
			rng_below(&w->r, 20) == 0 ? "silence" : "passes");
		vote(w, s);
		for (int i = 0; i < 5; i++)
			play(w, s, PICK(w, times), PICK(w, lines));
	}
}

struct beat {
	const char *time, *line;
};

/*
 * Play a course from the first to the last, with others who speak in between;
 * now and then a step is left out.
 */
static void
follow(struct walk *w, struct story *s, const struct beat *course, size_t n)
{
	static const char *const asides[] = {
		"A proposal.support P any",
		"A agreement.sign X any",
		"A agreement.withdraw X any",
		"W agreement.end X any",
		"A agreement.challenge X as=case any",
		"A mandate.challenge M as=case any",
		"W case.appeal case any",
		"everyone lot.commit case any",
		"everyone lot.reveal case any",
		"everyone ballot.cast case marks=yes any",
		"W mandate.hold M any",
		"W mandate.resign M any",
		"A mandate.report M any",
		"everyone mandate.report.open M seal=S any",
		"A ballot.cast V marks=K any",
		"W member.renew any",
	};

	for (size_t i = 0; i < n; i++) {
		w->last = true;
		if (rng_below(&w->r, 12) != 0)
			play(w, s, course[i].time, course[i].line);
		w->last = false;
		play(w, s, "-", PICK(w, asides));
	}
}

/* A mandate and an agreement. */
static void
deal(struct walk *w, struct story *s)
{
	static const struct beat course[] = {
		{"+1d", "W mandate.propose m+ delegates=A with=acme upto=9 "
			"powers=negotiate,sign-tentative,sign-under-ceiling "
			"max_rejections=2 valid_until=1500d any"},
		{"-", "everyone proposal.support M any"},
		{"+10d", "everyone ballot.cast M marks=yes any"},
		{"+12d", "everyone mandate.accept M any"},
		{"-", "everyone mandate.publish M any"},
		{"+8d", "everyone mandate.meeting M any"},
		{"-", "A mandate.challenge M any"},
		{"+1h", "everyone agreement.tentative a+ on=M amounts=9 any"},
		{"-", "everyone agreement.tentative a+ on=M amounts=9 "
		      "ratify=false any"},
		{"-", "everyone agreement.sign X any"},
		{"+1h", "acme agreement.countersign X any"},
		{"+1h", "everyone lot.commit case any"},
		{"+1d", "everyone lot.reveal case any"},
		{"+1d", "everyone ballot.cast case marks=yes any"},
		{"+5d", "everyone ballot.cast X marks=yes any"},
		{"+3d", "everyone ballot.cast X marks=yes any"},
		{"+8d", "acme agreement.receipt X any"},
		{"+1h", "A agreement.breach X as=b+ any"},
		{"-", "everyone agreement.endorse B any"},
		{"+1h", "everyone agreement.breach X as=b+ any"},
		{"-", "everyone agreement.endorse B any"},
		{"+15d", "everyone agreement.answer B breached=true any"},
		{"-", "acme agreement.reply B any"},
		{"+1h", "everyone mandate.report M final=true any"},
		{"+1h", "everyone agreement.end X any"},
		{"+1h", "acme agreement.decline X any"},
	};

	follow(w, s, course, sizeof(course) / sizeof(course[0]));
}

/* A suspension, twice heard; a stolen key, and one who objects. */
static void
quarrel(struct walk *w, struct story *s)
{
	static const struct beat course[] = {
		{"+1d", "alice guardians.set who=bob,carol,dave any"},
		{"-", "bob,carol member.suspend W as=d+ any"},
		{"-", "everyone lot.commit U any"},
		{"+1d", "everyone lot.reveal U any"},
		{"+1d", "A ballot.cast U marks=yes any"},
		{"-", "everyone ballot.cast U marks=yes any"},
		{"+6d", "bob,carol key.vouch r+ of=alice who=bob,carol,dave "
			"reason=compromised size=40 any"},
		{"+6d", "everyone case.appeal U any"},
		{"-", "everyone lot.commit U any"},
		{"+1d", "everyone lot.reveal U any"},
		{"+1d", "A ballot.cast U marks=yes any"},
		{"+1d", "bob,carol key.vouch r+ of=erin any"},
		{"+1d", "erin key.object R as=d+ any"},
		{"-", "everyone lot.commit U any"},
		{"+1d", "everyone lot.reveal U any"},
		{"+1d", "everyone ballot.cast U marks=yes any"},
		{"+12d", "W member.renew any"},
	};

	follow(w, s, course, sizeof(course) / sizeof(course[0]));
}

static void
write_file(unsigned number, const char *end, const struct writer *w)
{
	char name[512];
	FILE *f;

	snprintf(name, sizeof(name), "%s/%u.%s", getenv("TOWN_KEEP"), number,
		end);
	f = fopen(name, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(w->data, 1, w->len, f), w->len);
	fclose(f);
}

static void
keep(const struct story *s, unsigned number)
{
	struct writer records = {0}, state = {0};

	story_records(s, &records, &state);
	write_file(number, "records", &records);
	write_file(number, "state", &state);
	writer_clear(&records);
	writer_clear(&state);
}

static struct story *
found(unsigned number)
{
	struct story *s = story_new();
	struct writer founders = {0}, complaint = {0};
	char charter[2][64] = {"charter founders.until_s=90d",
		"charter probation_s=5d delegation.cap=3"};

	writer_put_string(&founders, "founders");
	for (size_t i = 0; i < PEOPLE; i++) {
		writer_put_u8(&founders, ' ');
		writer_put_string(&founders, names[i]);
	}
	assert_true(
		story_line(s, (char *)writer_string(&founders), &complaint));
	assert_true(story_line(s, charter[number % 2], &complaint));
	writer_clear(&founders);
	writer_clear(&complaint);
	return s;
}

static void
whatever_members_try_a_replay_ends_in_the_same_state(void **state)
{
	static void (*const seasons[])(struct walk * w, struct story * s) = {
		live, deal, quarrel, deal};
	struct rng r = rng_start();

	(void)state;
	for (unsigned number = 0; number < WALKS; number++) {
		struct walk w = {.r = {rng_next(&r)}};
		struct story *s = found(number);
		struct writer complaint = {0};

		for (unsigned i = 0; i < SEASONS; i++)
			seasons[i % 4](&w, s);
		if (!story_end(s, &complaint))
			fail_msg("%s", writer_string(&complaint));
		if (getenv("TOWN_KEEP") != NULL)
			keep(s, number + 1);
		writer_clear(&complaint);
		story_free(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			whatever_members_try_a_replay_ends_in_the_same_state),
	};

	if (!crypt_init())
		return 1;
	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
