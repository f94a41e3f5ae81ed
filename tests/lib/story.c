#include "tests/lib/story.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/assembly/mandate.h"
#include "ballots/assembly/proposal.h"
#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"
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

/* Names *********************************************************************/

static enum charter_office
office_named(const char *name)
{
	return charter_office_by_name(bytes_of_string(name));
}

/* The id of a question of the thing called name, once it was open. */
static void
name_question(
	struct story *s, const char *name, const char *which, const char *full)
{
	const struct world *w = world_of(s);
	const struct question *q = NULL;
	uint8_t id[32];
	uint32_t p, m;

	if (!town_find(s->town, name, id))
		return;
	p = idmap_get(&w->proposal_ids, id);
	m = idmap_get(&w->mandate_ids, id);
	if (strcmp(which, "proposal") == 0)
		town_name(s->town, full, id);
	if (strcmp(which, "vote") == 0 && p != IDMAP_NONE)
		town_name(s->town, full,
			w->contests[w->proposals[p]->contest]->question_id);
	if (strcmp(which, "hold") == 0)
		q = m != IDMAP_NONE   ? w->mandates[m]->hold
		    : p != IDMAP_NONE ? w->proposals[p]->hold
				      : NULL;
	if (q != NULL)
		town_name(s->town, full, q->id);
}

/* Names that move: p1.vote, p1.hold, m1.proposal, election.steward. */
static void
follow_name(struct story *s, const char *full)
{
	const struct world *w = world_of(s);
	const char *dot = strrchr(full, '.');
	char *name;

	if (dot == NULL)
		return;
	name = mem_copy(full, (size_t)(dot - full));
	if (strcmp(name, "election") == 0 &&
		office_named(dot + 1) < CHARTER_OFFICES) {
		uint32_t e = w->offices[office_named(dot + 1)].election;

		if (e != IDMAP_NONE)
			town_name(s->town, full, w->proposals[e]->id);
	} else {
		follow_name(s, name);
		name_question(s, name, dot + 1, full);
	}
	mem_free(name);
}

static bool
find(struct story *s, const char *name, uint8_t id[static 32])
{
	follow_name(s, name);
	return town_find(s->town, name, id);
}

/* Filing ********************************************************************/

/* What acts say when the line does not; with ' for ". */
static const struct {
	const char *kind, *members;
} defaults[] = {
	{"proposal.open", "{'class':'ordinary','method':'yes-no','options':"
			  "[{'effects':[],'texts':[]}],'seats':1}"},
	{"proposal.amend", "{'options':[{'effects':[],'texts':[]}]}"},
	{"proposal.support", "{'version':1}"},
	{"delegation.grant", "{'to':'none'}"},
	{"delegation.accept", "{'max':1000}"},
	{"mandate.propose",
		"{'ceilings':[],'confidential_s':864000,'counterparties':"
		"[{'texts':[]}],'max_rejections':3,'needed':1,'powers':"
		"['negotiate'],'ratify_class':'ratification','recall':[1,20],"
		"'report_every_s':2592000,'report_grace_s':86400}"},
	{"mandate.meeting", "{'counterparty':0}"},
	{"mandate.report", "{'final':false}"},
};

static const char *const with_texts[] = {"chapter.open", "topic.open",
	"proposal.open", "proposal.amend", "mandate.propose", "mandate.meeting",
	"mandate.report", "mandate.report.open", "mandate.report.seal"};

/* Kinds whose first word names what they found, on the union. */
static const char *const founding[] = {
	"chapter.open", "topic.open", "proposal.open", "mandate.propose"};

/* Kinds on oneself. */
static const char *const own[] = {"member.renew", "member.leave", "key.rotate"};

static bool
is_among(const char *kind, const char *const *kinds, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(kinds[i], kind) == 0)
			return true;
	return false;
}
#define AMONG(kind, list) is_among(kind, list, sizeof(list) / sizeof(list[0]))

static void
put_defaults(json_t *act, const char *kind)
{
	for (size_t i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++) {
		char *text;
		json_t *members;

		if (strcmp(defaults[i].kind, kind) != 0)
			continue;
		text = mem_copy(
			defaults[i].members, strlen(defaults[i].members));
		for (char *c = text; *c != '\0'; c++)
			*c = *c == '\'' ? '"' : *c;
		members = json_loads(text, 0, NULL);
		json_object_update(act, members);
		json_decref(members);
		mem_free(text);
	}
	if (AMONG(kind, with_texts))
		json_object_set_new(act, "texts", town_texts("text"));
}

static void
put_time(json_t *act, const char *name, uint64_t value)
{
	json_object_set_new(act, name, json_integer((json_int_t)value));
}

/* The value that an auditor called author commits to, and its hash. */
static void
put_lot(json_t *act, const char *author, bool reveal)
{
	uint8_t value[32], hash[32];
	struct bytes parts[2] = {BYTES("union-lot/v1\n"), {value, 32}};

	crypt_hash(bytes_of_string(author), value);
	crypt_hash_parts(parts, 2, hash);
	if (reveal)
		json_object_set_new(
			act, "value", town_base64(bytes_of(value, 32)));
	else
		json_object_set_new(
			act, "hash", town_base64(bytes_of(hash, 32)));
}

/* Defaults that depend on who acts, and on what. */
static void
put_circumstances(struct story *s, json_t *act, const char *kind,
	const char *author, const uint8_t on[static 32], const char *subject)
{
	const struct world_mandate *m = mandate_find(world_of(s), on);

	if (strcmp(kind, "mandate.propose") == 0) {
		put_time(act, "valid_from", TOWN_START_S);
		put_time(act, "valid_until", TOWN_START_S + 300 * 86400);
	} else if (strcmp(kind, "mandate.publish") == 0 && m != NULL) {
		put_time(act, "valid_from", m->valid_from_s);
		put_time(act, "valid_until", m->valid_until_s);
	} else if (strcmp(kind, "key.rotate") == 0) {
		town_put_next_key(s->town, author, act);
	} else if (strcmp(kind, "lot.commit") == 0) {
		put_lot(act, author, false);
	} else if (strcmp(kind, "lot.reveal") == 0) {
		put_lot(act, author, true);
	} else if (strcmp(kind, "member.admit") == 0 && subject != NULL) {
		town_put_application(s->town, s->now_s, subject, NULL, act);
	}
}

/* Take a "name=value" word over into act. */
static void
put_word(struct story *s, json_t *act, char *word)
{
	char *value = strchr(word, '=');

	*value++ = '\0';
	if (strcmp(word, "does") == 0)
		json_object_set_new(
			act, "options", told_options(s->town, s->now_s, value));
	else if (strcmp(word, "on") == 0 || strcmp(word, "as") == 0)
		return;
	else
		json_object_set_new(
			act, word, told_value(s->town, word, value));
	value[-1] = '=';
}

/* The value of "name=..." among words, or NULL. */
static const char *
word_after(const struct line *l, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < l->n; i++)
		if (strncmp(l->words[i], name, n) == 0 && l->words[i][n] == '=')
			return l->words[i] + n + 1;
	return NULL;
}

/* What the act is about; false when the name is unknown. */
static bool
find_on(struct story *s, const char *kind, const char *author,
	const char *subject, const char *on, uint8_t id[static 32])
{
	char name[64];

	if (on == NULL && AMONG(kind, founding))
		on = "union";
	else if (on == NULL && strcmp(kind, "office.resign") == 0)
		on = "union";
	else if (on == NULL && subject == NULL && AMONG(kind, own))
		on = author;
	else if (on == NULL)
		on = subject;
	if (on == NULL)
		return false;
	snprintf(name, sizeof(name), "%s", on);
	if ((strcmp(kind, "ballot.cast") == 0 ||
		    strncmp(kind, "lot.", 4) == 0) &&
		strstr(on, ".vote") == NULL && strstr(on, ".hold") == NULL)
		snprintf(name, sizeof(name), "%s.vote", on);
	if (find(s, name, id))
		return true;
	/* Nothing here has this id, and that may be the point. */
	crypt_hash(bytes_of_string(name), id);
	return true;
}

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
	const char *kind = l->words[1], *wanted = l->words[l->n - 1];
	const char *subject = l->n > 3 && strchr(l->words[2], '=') == NULL
				      ? l->words[2]
				      : NULL;
	const char *as = word_after(l, "as");
	uint8_t on[32], id[32];
	enum verdict v;
	json_t *act;

	if (!find_on(s, kind, author, subject, word_after(l, "on"), on))
		return COMPLAIN(s, "what is it about?");
	act = town_act(kind, on);
	put_defaults(act, kind);
	put_circumstances(s, act, kind, author, on, subject);
	if (strcmp(kind, "member.admit") == 0 && subject != NULL &&
		town_find(s->town, subject, on))
		json_object_set_new(act, "on", town_id_value(on));
	for (size_t i = subject == NULL ? 2 : 3; i + 1 < l->n; i++)
		put_word(s, act, l->words[i]);
	know_state(s);
	v = town_file(s->town, s->now_s, author, act, id);
	if (v != VERDICT_OK && !same_state(s))
		return COMPLAIN(s, author, "'s act was refused, ",
			verdict_name(v), ", and yet changed the state");
	if (v == VERDICT_OK && AMONG(kind, founding) && subject != NULL)
		town_name(s->town, subject, id);
	if (v == VERDICT_OK && as != NULL)
		town_name(s->town, as, id);
	if (strcmp(verdict_name(v), wanted) != 0 && strcmp(wanted, "any") != 0)
		return COMPLAIN(
			s, author, "'s act was answered ", verdict_name(v));
	return true;
}

/* The authors of a line, one after the other. */
static bool
file_all(struct story *s, const struct line *l)
{
	bool all = strcmp(l->words[0], "everyone") == 0;
	char *copy = mem_copy(all ? s->everyone : l->words[0],
		strlen(all ? s->everyone : l->words[0]));
	char *rest = copy, *author;
	bool ok = true;

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
	uint32_t p;

	if (!find(s, l->words[0], id))
		return COMPLAIN(s, "nothing is called so");
	m = mandate_find(w, id);
	p = idmap_get(&w->proposal_ids, id);
	if (m != NULL && !is_proposal(l->words[0]))
		state = mandate_life_state_name(m->state);
	else if (p != IDMAP_NONE)
		state = proposal_phase_name(w->proposals[p]->phase);
	if (state == NULL || strcmp(state, l->words[2]) != 0)
		return COMPLAIN(s, "it is ", state == NULL ? "nothing" : state);
	return true;
}

/* The object of the state document with that id; proposals come last. */
static json_t *
object_of(json_t *state, const uint8_t id[static 32], bool proposal)
{
	static const char *const lists[] = {"mandates", "members", "grants",
		"gateways", "questions", "pending", "proposals"};
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
		 : find(s, l->words[0], id)
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
