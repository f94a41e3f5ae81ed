#include "tests/lib/story.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/assembly/agreement.h"
#include "ballots/assembly/mandate.h"
#include "ballots/assembly/panel.h"
#include "ballots/assembly/proposal.h"
#include "ballots/assembly/recovery_life.h"
#include "ballots/base/mem.h"
#include "tests/lib/deed.h"
#include "tests/lib/told.h"
#include "tests/lib/town.h"

#define WORDS 32 /* of one line */

struct story {
	char *founders; /* with commas; owned */
	char *everyone; /* the same and those admitted since */
	json_t *charter;
	struct town *town; /* NULL before the first line that needs it */
	uint64_t now_s;
	struct writer *complaint; /* of the line being played */
	uint64_t known_size;      /* records; 0: nothing is known */
	uint8_t known[32];        /* the digest of the state at that size */
};

struct line {
	char *words[WORDS];
	size_t n;
};

struct story *
story_new(void)
{
	struct story *s = mem_new(sizeof(*s));

	s->charter = town_charter();
	s->now_s = TOWN_START_S;
	return s;
}

void
story_free(struct story *s)
{
	town_free(s->town);
	json_decref(s->charter);
	mem_free(s->founders);
	mem_free(s->everyone);
	mem_free(s);
}

/* Note what went otherwise, from parts up to NULL; always false. */
static bool
complain(struct story *s, const char *const *parts)
{
	for (; *parts != NULL; parts++)
		writer_put_string(s->complaint, *parts);
	return false;
}
#define COMPLAIN(s, ...) complain(s, (const char *const[]){__VA_ARGS__, NULL})

static const struct world *
world_of(const struct story *s)
{
	return assembly_world(town_assembly(s->town));
}

/* Filing ******************************************************************/

/* Remember the state as it is before an act. */
static void
know_state(struct story *s)
{
	if (s->known_size == world_of(s)->size)
		return;
	s->known_size = world_of(s)->size;
	assembly_digest(town_assembly(s->town), s->known);
}

static bool
same_state(const struct story *s)
{
	uint8_t digest[32];

	assembly_digest(town_assembly(s->town), digest);
	return memcmp(s->known, digest, 32) == 0;
}

static bool
file_one(struct story *s, const struct line *l, const char *author)
{
	bool has_subject = l->n > 3 && strchr(l->words[2], '=') == NULL;
	struct line told = *l;
	struct deed deed = {.author = author,
		.kind = l->words[1],
		.subject = has_subject ? l->words[2] : NULL,
		.words = told.words + 2 + has_subject,
		.n = l->n - 3 - has_subject};
	const char *wanted = l->words[l->n - 1];
	uint8_t id[32];
	enum verdict v;
	json_t *act;

	for (size_t i = 0; i < deed.n; i++)
		if (strchr(deed.words[i], '=') == NULL)
			return COMPLAIN(s, "a value is told as name=value");
	know_state(s);
	act = deed_act(s->town, s->now_s, &deed);
	v = town_file(s->town, s->now_s, author, act, id);
	if (v != VERDICT_OK && !same_state(s))
		return COMPLAIN(s, author, "'s act was refused, ",
			verdict_name(v), ", and yet changed the state");
	if (v == VERDICT_OK)
		deed_done(s->town, &deed, id);
	if (strcmp(verdict_name(v), wanted) != 0 && strcmp(wanted, "any") != 0)
		return COMPLAIN(
			s, author, "'s act was answered ", verdict_name(v));
	return true;
}

/* "c1.panel" or "c1.panel.3": who sits, or the first three of them. */
static char *
panel_of(struct story *s, const char *who)
{
	const struct world *w = world_of(s);
	const char *dot = strstr(who, ".panel");
	char *name = mem_copy(who, (size_t)(dot - who));
	const struct world_case *c;
	struct writer list = {0};
	uint32_t n = UINT32_MAX;
	uint8_t id[32];
	char *names;

	if (dot[6] == '.')
		n = (uint32_t)atoi(dot + 7);
	if (town_find(s->town, name, id) &&
		idmap_get(&w->case_ids, id) != IDMAP_NONE) {
		c = w->cases[idmap_get(&w->case_ids, id)];
		for (uint32_t i = 0; i < c->n_panel && i < n; i++) {
			writer_put_string(&list, i > 0 ? "," : "");
			writer_put_string(&list,
				town_called(s->town,
					roster_get(&w->roster, c->panel[i])
						->id));
		}
	}
	names = mem_copy(list.data, list.len);
	writer_clear(&list);
	mem_free(name);
	return names;
}

/* The names of a line's authors, with commas; owned by the caller. */
static char *
authors_of(struct story *s, const char *who)
{
	if (strcmp(who, "everyone") == 0)
		return mem_copy(s->everyone, strlen(s->everyone));
	if (strstr(who, ".panel") != NULL)
		return panel_of(s, who);
	return mem_copy(who, strlen(who));
}

/* The authors of a line, one after the other. */
static bool
file_all(struct story *s, const struct line *l)
{
	char *copy = authors_of(s, l->words[0]);
	char *rest = copy, *author;
	bool ok = *copy != '\0' || COMPLAIN(s, "nobody sits there");

	while (ok && (author = strtok_r(rest, ",", &rest)) != NULL)
		ok = file_one(s, l, author);
	mem_free(copy);
	return ok;
}

/* Checks ********************************************************************/

/* A mandate and its proposal have the same id. */
static bool
is_proposal(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot != NULL && strcmp(dot, ".proposal") == 0;
}

/* "p1 is FROZEN", "m1 is SUSPENDED". */
static bool
check_is(struct story *s, const struct line *l)
{
	const struct world *w = world_of(s);
	const char *state = NULL;
	const struct world_mandate *m;
	uint8_t id[32];
	uint32_t p, c, r;

	if (!told_find(s->town, l->words[0], id))
		return COMPLAIN(s, "nothing is called so");
	m = mandate_find(w, id);
	p = idmap_get(&w->proposal_ids, id);
	c = idmap_get(&w->case_ids, id);
	r = idmap_get(&w->recovery_ids, id);
	if (m != NULL && !is_proposal(l->words[0]))
		state = mandate_life_state_name(m->state);
	else if (agreement_find(w, id) != NULL)
		state = agreement_life_state_name(agreement_find(w, id)->state);
	else if (p != IDMAP_NONE)
		state = proposal_phase_name(w->proposals[p]->phase);
	else if (c != IDMAP_NONE)
		state = panel_phase_name(w->cases[c]->phase);
	else if (r != IDMAP_NONE)
		state = recovery_life_state_name(w->recoveries[r]->state);
	if (state == NULL || strcmp(state, l->words[2]) != 0)
		return COMPLAIN(s, "it is ", state == NULL ? "nothing" : state);
	return true;
}

/* The object of the state document with that id; proposals come last. */
static json_t *
object_of(json_t *state, const uint8_t id[static 32], bool proposal)
{
	static const char *const lists[] = {"mandates", "members", "grants",
		"gateways", "questions", "pending", "agreements", "cases",
		"recoveries", "proposals"};
	const size_t last = sizeof(lists) / sizeof(lists[0]) - 1;
	json_t *wanted = town_id_value(id), *item;
	size_t i;

	for (size_t n = proposal ? last : 0; n <= last; n++)
		json_array_foreach(json_object_get(state, lists[n]), i,
			item) if (json_equal(json_object_get(item, "id"),
					  wanted))
		{
			json_decref(wanted);
			return item;
		}
	json_decref(wanted);
	return NULL;
}

/* Compare "path=value" with what stands in object; "#n" is a length. */
static bool
check_value(struct story *s, const json_t *object, char *word)
{
	char *value = strchr(word, '='), *found;
	const json_t *actual;
	json_t *wanted;
	bool same;

	if (value == NULL)
		return COMPLAIN(s, "a value is told as name=value");
	*value++ = '\0';
	actual = told_get(object, word);
	wanted = *value == '#' ? json_integer(atoi(value + 1))
			       : told_value(s->town, word, value);
	if (*value == '#')
		same = (json_int_t)json_array_size(actual) ==
		       json_integer_value(wanted);
	else
		same = json_equal(actual, wanted);
	json_decref(wanted);
	if (same)
		return true;
	found = json_dumps(actual, JSON_COMPACT | JSON_ENCODE_ANY);
	COMPLAIN(s, word, " is ", found == NULL ? "missing" : found);
	free(found);
	return false;
}

/* "m1 has endorsements=2", "state has members=#4". */
static bool
check_has(struct story *s, const struct line *l)
{
	struct writer doc = {0};
	json_t *state, *object;
	uint8_t id[32];
	bool ok = true;

	assembly_state(town_assembly(s->town), &doc);
	state = json_loadb((const char *)doc.data, doc.len, 0, NULL);
	object = strcmp(l->words[0], "state") == 0 ? state
		 : told_find(s->town, l->words[0], id)
			 ? object_of(state, id, is_proposal(l->words[0]))
			 : NULL;
	if (object == NULL)
		ok = COMPLAIN(s, "the state does not tell of it");
	for (size_t i = 2; ok && i < l->n; i++)
		ok = check_value(s, object, l->words[i]);
	json_decref(state);
	writer_clear(&doc);
	return ok;
}

/* "result passed options.0.for=3": the last one recorded. */
static bool
check_result(struct story *s, const struct line *l)
{
	const json_t *result = town_result(s->town);
	const char *outcome =
		json_string_value(json_object_get(result, "outcome"));
	bool ok = true;

	if (outcome == NULL || strcmp(outcome, l->words[1]) != 0)
		return COMPLAIN(s, "the last result is ",
			outcome == NULL ? "missing" : outcome);
	for (size_t i = 2; ok && i < l->n; i++)
		ok = check_value(s, result, l->words[i]);
	return ok;
}

/* Setting up ****************************************************************/

static char *
joined(const char *before, const struct line *l)
{
	struct writer w = {0};
	char *list;

	writer_put_string(&w, before);
	for (size_t i = 1; i < l->n; i++) {
		writer_put_string(&w, w.len > 0 ? "," : "");
		writer_put_string(&w, l->words[i]);
	}
	list = mem_copy(w.data, w.len);
	writer_clear(&w);
	return list;
}

static bool
set_founders(struct story *s, const struct line *l)
{
	if (s->town != NULL || l->n < 2)
		return COMPLAIN(s, "founders come first");
	s->founders = joined("", l);
	s->everyone = joined("", l);
	return true;
}

static bool
set_charter(struct story *s, const struct line *l)
{
	if (s->town != NULL)
		return COMPLAIN(s, "the charter comes first");
	for (size_t i = 1; i < l->n; i++) {
		char *value = strchr(l->words[i], '=');

		if (value == NULL)
			return COMPLAIN(s, "a value is told as name=value");
		*value++ = '\0';
		if (!told_set(s->charter, l->words[i],
			    told_value(NULL, l->words[i], value)))
			return COMPLAIN(s, "the charter has no ", l->words[i]);
	}
	return true;
}

/* "members dave erin": admitted by the first two founders. */
static bool
add_members(struct story *s, const struct line *l)
{
	char *everyone;

	for (size_t i = 1; i < l->n; i++) {
		char *copy = mem_copy(s->founders, strlen(s->founders));
		char *rest = copy;
		char kind[] = "member.admit", wanted[] = "ok";
		struct line admit = {{NULL, kind, l->words[i], wanted}, 4};
		bool ok = true;

		for (int n = 0; ok && n < 2; n++) {
			admit.words[0] = strtok_r(rest, ",", &rest);
			ok = file_one(s, &admit, admit.words[0]);
		}
		mem_free(copy);
		if (!ok)
			return false;
	}
	everyone = joined(s->everyone, l);
	mem_free(s->everyone);
	s->everyone = everyone;
	return true;
}

/* Lines *********************************************************************/

static bool
let_pass(struct story *s, const struct line *l)
{
	(void)l;
	town_advance(s->town, s->now_s);
	return true;
}

static bool
be_silent(struct story *s, const struct line *l)
{
	(void)l;
	town_silence(s->town, s->now_s);
	return true;
}

/* Lines known by a word: their first, or the second for checks. */
static const struct {
	const char *word;
	size_t place;
	bool early; /* before there is a town */
	bool (*play)(struct story *s, const struct line *l);
} sorts[] = {
	{"founders", 0, true, set_founders},
	{"charter", 0, true, set_charter},
	{"members", 0, false, add_members},
	{"silence", 0, false, be_silent},
	{"passes", 0, false, let_pass},
	{"result", 0, false, check_result},
	{"is", 1, false, check_is},
	{"has", 1, false, check_has},
};

static void
found(struct story *s)
{
	if (s->town == NULL)
		s->town = town_new(
			s->founders == NULL ? "alice,bob,carol" : s->founders,
			s->charter);
	if (s->everyone == NULL)
		s->everyone = mem_copy("alice,bob,carol", 15);
}

static struct line
cut(char *text)
{
	struct line l = {.n = 0};
	char *rest = text, *word;

	while ((word = strtok_r(rest, " \t\n", &rest)) != NULL &&
		*word != '#' && l.n < WORDS)
		l.words[l.n++] = word;
	return l;
}

/* Take the time off the front of the line, if it begins with one. */
static void
take_time(struct story *s, struct line *l)
{
	char first = l->words[0][0];

	if (!isdigit((unsigned char)first) && first != '+' && first != '-')
		return;
	if (!told_time(l->words[0], &s->now_s))
		return;
	l->n--;
	memmove(l->words, l->words + 1, l->n * sizeof(l->words[0]));
}

bool
story_line(struct story *s, char *text, struct writer *complaint)
{
	struct line l = cut(text);
	size_t i = 0;

	s->complaint = complaint;
	if (l.n == 0)
		return true;
	take_time(s, &l);
	if (l.n == 0)
		return COMPLAIN(s, "nothing happens");
	while (i < sizeof(sorts) / sizeof(sorts[0]) &&
		(l.n <= sorts[i].place ||
			strcmp(l.words[sorts[i].place], sorts[i].word) != 0))
		i++;
	if (i == sizeof(sorts) / sizeof(sorts[0])) {
		found(s);
		town_advance(s->town, s->now_s);
		return l.n < 3 ? COMPLAIN(s, "who does what, with what answer?")
			       : file_all(s, &l);
	}
	if (!sorts[i].early)
		found(s);
	if (!sorts[i].early && sorts[i].play != be_silent)
		town_advance(s->town, s->now_s);
	return sorts[i].play(s, &l);
}

bool
story_end(struct story *s, struct writer *complaint)
{
	s->complaint = complaint;
	found(s);
	return town_replays(s->town) ? true
				     : COMPLAIN(s, "a replay ends otherwise");
}

void
story_records(
	const struct story *s, struct writer *records, struct writer *state)
{
	town_put_records(s->town, records);
	assembly_state(town_assembly(s->town), state);
}
