#include "tests/lib/told.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/assembly/agreement.h"
#include "ballots/assembly/world.h"
#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"

#define DAY 86400

/* Times *********************************************************************/

/* "3d12h" and the like as seconds; false when it is none. */
static bool
read_span(const char *word, uint64_t *out)
{
	uint64_t sum = 0;

	if (*word == '\0')
		return false;
	while (*word != '\0') {
		char *end;
		uint64_t n;

		if (!isdigit((unsigned char)*word))
			return false;
		n = strtoull(word, &end, 10);
		switch (*end) {
		case 'd':
			sum += n * DAY;
			break;
		case 'h':
			sum += n * 3600;
			break;
		case 'm':
			sum += n * 60;
			break;
		case 's':
			sum += n;
			break;
		default:
			return false;
		}
		word = end + 1;
	}
	*out = sum;
	return true;
}

bool
told_time(const char *word, uint64_t *now_s)
{
	uint64_t span;

	if (strcmp(word, "-") == 0)
		return true;
	if (*word == '+') {
		if (!read_span(word + 1, &span))
			return false;
		*now_s += span;
		return true;
	}
	if (!read_span(word, &span))
		return false;
	*now_s = TOWN_START_S + span;
	return true;
}

/* Values ********************************************************************/

static bool
ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && strcmp(text + n - m, end) == 0;
}

/* Members whose value is a list even of one. */
static bool
is_list(const char *key)
{
	static const char *const lists[] = {"delegates", "marks", "powers",
		"accepts", "causes", "winners", "holds", "publications",
		"concluded", "effects", "methods", "amounts", "challengers",
		"signers", "withdrawn", "ending", "endorsers", "parties",
		"vouchers", "stewards"};

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (ends_with(key, lists[i]))
			return true;
	return false;
}

static json_t *
one_value(const struct town *t, const char *key, const char *word)
{
	static const struct {
		const char *word;
		int value;
	} marks[] = {{"yes", 1}, {"no", -1}, {"abstain", 0}};
	uint64_t span;
	uint8_t id[32];
	char *end;
	long long number = strtoll(word, &end, 10);

	if (*word != '\0' && *end == '\0')
		return json_integer(number);
	if (*end == '/' && end != word)
		return json_pack("[I, i]", (json_int_t)number, atoi(end + 1));
	if (strcmp(word, "true") == 0 || strcmp(word, "false") == 0)
		return json_boolean(strcmp(word, "true") == 0);
	if (read_span(word, &span)) {
		if (!ends_with(key, "_s") || ends_with(key, "until_s"))
			span += TOWN_START_S;
		return json_integer((json_int_t)span);
	}
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strcmp(key, "marks") == 0 &&
			strcmp(word, marks[i].word) == 0)
			return json_integer(marks[i].value);
	if ((strcmp(key, "key") == 0 || strcmp(key, "issuer") == 0) &&
		strncmp(word, "did:", 4) != 0)
		return town_key_value(word);
	if (strcmp(key, "hash") == 0)
		return town_hash_value(word);
	if (t != NULL && town_find(t, word, id))
		return town_id_value(id);
	return json_string(word);
}

json_t *
told_value(const struct town *t, const char *key, const char *word)
{
	char *copy, *rest, *part;
	json_t *list;

	if (ends_with(key, "texts"))
		return town_texts(word);
	if (*word == '[' || *word == '{')
		return json_loads(word, 0, NULL);
	if (!is_list(key) && strchr(word, ',') == NULL)
		return one_value(t, key, word);
	list = json_array();
	copy = rest = mem_copy(word, strlen(word));
	while ((part = strtok_r(rest, ",", &rest)) != NULL)
		if (strcmp(part, "none") != 0)
			json_array_append_new(list, one_value(t, key, part));
	mem_free(copy);
	return list;
}

/* A list of objects without texts, one for each word between commas. */
static json_t *
told_objects(const char *word, json_t *(*one)(const char *part))
{
	char *copy = mem_copy(word, strlen(word)), *rest = copy, *part;
	json_t *list = json_array();

	while ((part = strtok_r(rest, ",", &rest)) != NULL) {
		json_t *object = one(part);

		json_object_set_new(object, "texts", json_array());
		json_array_append_new(list, object);
	}
	mem_free(copy);
	return list;
}

static json_t *
one_counterparty(const char *part)
{
	return strcmp(part, "-") == 0
		       ? json_object()
		       : json_pack("{s:o}", "key", town_key_value(part));
}

static json_t *
one_ceiling(const char *part)
{
	return json_pack("{s:i}", "limit", atoi(part));
}

json_t *
told_counterparties(const char *word)
{
	return told_objects(word, one_counterparty);
}

json_t *
told_ceilings(const char *word)
{
	return told_objects(word, one_ceiling);
}

/* Names *********************************************************************/

static enum charter_office
office_named(const char *name)
{
	return charter_office_by_name(bytes_of_string(name));
}

/* The proposal that would ratify an agreement, or its question. */
static void
name_ballot(struct town *t, const struct world_agreement *g, const char *which,
	const char *full)
{
	const struct world *w = assembly_world(town_assembly(t));
	const struct world_proposal *p;

	if (g->ratification == IDMAP_NONE)
		return;
	p = w->proposals[g->ratification];
	if (strcmp(which, "ballot") == 0)
		town_name(t, full, p->id);
	if (strcmp(which, "vote") == 0)
		town_name(t, full, w->contests[p->contest]->question_id);
}

/* The survey that followed when it was rejected. */
static void
name_survey(struct town *t, const struct world_agreement *g, const char *full)
{
	const struct world *w = assembly_world(town_assembly(t));
	json_t *founding = json_pack("{s:s, s:o, s:s}", "act", "survey",
		"agreement", town_id_value(g->id), "log", w->log);
	struct bytes bytes = town_canonical(founding);
	uint8_t id[32];

	crypt_hash(bytes, id);
	town_name(t, full, id);
	free((void *)bytes.data);
	json_decref(founding);
}

/* The id of a question of the thing called name, once it was open. */
static void
name_question(
	struct town *t, const char *name, const char *which, const char *full)
{
	const struct world *w = assembly_world(town_assembly(t));
	const struct world_agreement *g;
	const struct question *q = NULL;
	uint8_t id[32];
	uint32_t p, m, c;

	if (!town_find(t, name, id))
		return;
	c = idmap_get(&w->case_ids, id);
	p = idmap_get(&w->proposal_ids, id);
	m = idmap_get(&w->mandate_ids, id);
	g = agreement_find(w, id);
	if (g != NULL && strcmp(which, "survey") == 0)
		name_survey(t, g, full);
	else if (g != NULL)
		name_ballot(t, g, which, full);
	if (strcmp(which, "proposal") == 0)
		town_name(t, full, id);
	if (strcmp(which, "vote") == 0 && p != IDMAP_NONE)
		town_name(t, full,
			w->contests[w->proposals[p]->contest]->question_id);
	if (strcmp(which, "vote") == 0 && c != IDMAP_NONE)
		q = w->cases[c]->question;
	if (strcmp(which, "hold") == 0)
		q = m != IDMAP_NONE   ? w->mandates[m]->hold
		    : p != IDMAP_NONE ? w->proposals[p]->hold
				      : NULL;
	if (q != NULL)
		town_name(t, full, q->id);
}

/*
 * Names that move: p1.vote, p1.hold, m1.proposal, a1.vote, a1.ballot,
 * a1.survey, election.steward.
 */
static void
follow_name(struct town *t, const char *full)
{
	const struct world *w = assembly_world(town_assembly(t));
	const char *dot = strrchr(full, '.');
	char *name;

	if (dot == NULL)
		return;
	name = mem_copy(full, (size_t)(dot - full));
	if (strcmp(name, "election") == 0 &&
		office_named(dot + 1) < CHARTER_OFFICES) {
		uint32_t e = w->offices[office_named(dot + 1)].election;

		if (e != IDMAP_NONE)
			town_name(t, full, w->proposals[e]->id);
	} else {
		follow_name(t, name);
		name_question(t, name, dot + 1, full);
	}
	mem_free(name);
}

bool
told_find(struct town *t, const char *name, uint8_t id[static 32])
{
	follow_name(t, name);
	return town_find(t, name, id);
}

/* Paths *********************************************************************/

bool
told_set(json_t *object, const char *path, json_t *value)
{
	const char *dot = strchr(path, '.');
	char *name = mem_copy(
		path, dot == NULL ? strlen(path) : (size_t)(dot - path));
	json_t *inner = json_object_get(object, name);
	bool set = true;

	/* A kind of act has a dot in its name; nothing inside limits is deep.
	 */
	if (dot == NULL)
		json_object_set_new(object, name, value);
	else if (strcmp(name, "limits") == 0)
		json_object_set_new(inner, dot + 1, value);
	else if (json_is_object(inner))
		set = told_set(inner, dot + 1, value);
	else
		set = false;
	if (!set && !json_is_object(inner))
		json_decref(value);
	mem_free(name);
	return set;
}

const json_t *
told_get(const json_t *object, const char *path)
{
	char *copy = mem_copy(path, strlen(path)), *rest = copy, *part;

	while (object != NULL && (part = strtok_r(rest, ".", &rest)) != NULL)
		object = json_is_array(object)
				 ? json_array_get(
					   object, strtoul(part, NULL, 10))
				 : json_object_get(object, part);
	mem_free(copy);
	return object;
}

json_t *
told_amended(const struct town *t, const char *change)
{
	const struct writer *bytes =
		&assembly_world(town_assembly(t))->charter_bytes;
	json_t *charter =
		json_loadb((const char *)bytes->data, bytes->len, 0, NULL);
	char *copy = mem_copy(change, strlen(change));
	char *value = strchr(copy, '~');

	if (value != NULL) {
		*value++ = '\0';
		told_set(charter, copy, told_value(t, copy, value));
	}
	mem_free(copy);
	return charter;
}

/* Effects *******************************************************************/

/* Members of each effect, in the order in which they are told. */
static const struct {
	const char *kind;
	const char *members[3];
} effects[] = {
	{"chapter", {NULL}},
	{"gateway", {NULL}},
	{"ratify", {"agreement"}},
	{"recall", {"mandate", "delegates"}},
	{"renew", {"mandate", "valid_until"}},
	{"replace", {"mandate", "delegates"}},
	{"restore", {"member"}},
	{"seat", {"member", "office"}},
	{"spend", {"amount", "unit"}},
	{"strike", {"gateway"}},
	{"suspend", {"member", "for_s"}},
	{"topic", {NULL}},
	{"unseat", {"member", "office"}},
};

static bool
has_texts(const char *kind)
{
	return strcmp(kind, "chapter") == 0 || strcmp(kind, "topic") == 0 ||
	       strcmp(kind, "spend") == 0 || strcmp(kind, "gateway") == 0;
}

/* Members that are not simply told. */
static void
put_special(struct town *t, uint64_t now_s, json_t *effect, const char *kind,
	const char *rest)
{

	if (has_texts(kind))
		json_object_set_new(effect, "texts", town_texts("text"));
	if (strcmp(kind, "admit") == 0)
		town_put_application(t, now_s, rest, NULL, effect);
	if (strcmp(kind, "gateway") == 0) {
		json_object_set_new(
			effect, "accepts", json_pack("[s]", "member"));
		json_object_set_new(effect, "key", town_key_value(rest));
	}
	if (strcmp(kind, "amend") == 0) {
		json_object_set_new(effect, "charter", told_amended(t, rest));
		json_object_set_new(effect, "from",
			town_base64(bytes_of(
				assembly_world(town_assembly(t))->charter.hash,
				32)));
	}
}

static json_t *
one_effect(struct town *t, uint64_t now_s, char *word)
{
	json_t *effect = json_object();
	char *rest = word, *kind = strtok_r(rest, ":", &rest);

	json_object_set_new(effect, "do", json_string(kind));
	put_special(t, now_s, effect, kind, rest);
	for (size_t i = 0; i < sizeof(effects) / sizeof(effects[0]); i++) {
		if (strcmp(effects[i].kind, kind) != 0)
			continue;
		for (size_t m = 0; m < 3 && effects[i].members[m] != NULL; m++)
			json_object_set_new(effect, effects[i].members[m],
				told_value(t, effects[i].members[m],
					strtok_r(rest, ":", &rest)));
	}
	return effect;
}

json_t *
told_options(struct town *t, uint64_t now_s, const char *word)
{
	json_t *options = json_array();
	char *copy = mem_copy(word, strlen(word)), *rest = copy, *option;

	while ((option = strtok_r(rest, "|", &rest)) != NULL) {
		json_t *list = json_array();
		char *one;

		while ((one = strtok_r(option, "+", &option)) != NULL)
			if (strcmp(one, "-") != 0)
				json_array_append_new(
					list, one_effect(t, now_s, one));
		json_array_append_new(options,
			json_pack("{s:o, s:[]}", "effects", list, "texts"));
	}
	mem_free(copy);
	return options;
}
