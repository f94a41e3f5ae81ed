#include "cli/subject.h"

#include <stdio.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "cli/complain.h"
#include "cli/names.h"
#include "cli/reading.h"
#include "cli/title.h"

#define SHORT_ID 16 /* digits of an id that people are shown */

static const struct {
	const char *list; /* as requests call it */
	const char *word; /* as people do */
	char letter;
} sorts[SUBJECT_SORTS] = {
	[SUBJECT_MEMBER] = {"members", "member", '#'},
	[SUBJECT_PROPOSAL] = {"proposals", "proposal", 'P'},
	[SUBJECT_QUESTION] = {"questions", "question", 'Q'},
	[SUBJECT_MANDATE] = {"mandates", "mandate", 'M'},
	[SUBJECT_CHAPTER] = {"chapters", "chapter", 'C'},
	[SUBJECT_TOPIC] = {"topics", "topic", 'T'},
	[SUBJECT_GRANT] = {"grants", "delegation", 'D'},
	[SUBJECT_GATEWAY] = {"gateways", "gateway", 'G'},
	[SUBJECT_AGREEMENT] = {"agreements", "agreement", 'A'},
	[SUBJECT_CASE] = {"cases", "case", 'C'},
	[SUBJECT_RECOVERY] = {"recoveries", "recovery", 'R'},
};

const char *
subject_list(enum subject_sort sort)
{
	return sorts[sort].list;
}

void
subject_clear(struct subject *s)
{
	wire_free(s->reply);
	writer_clear(&s->title);
	*s = (struct subject){0};
}

/* Items are counted from 0 by the daemon, from 1 by people. */
void
subject_name(
	enum subject_sort sort, struct wire_value entry, char out[static 16])
{
	int64_t n = wire_int(wire_get(entry, "number"), 0, 99999999);

	snprintf(out, 16, "%c%u", sorts[sort].letter, (unsigned)n + 1);
}

int
subject_title(struct desk *d, enum subject_sort sort, struct wire_value entry,
	struct writer *out)
{
	struct wire_value item = wire_get(entry, "item");
	uint8_t id[CRYPT_HASH];

	wire_id(wire_get(item, "id"), id);
	switch (sort) {
	case SUBJECT_MEMBER:
		if (home_petname(&d->home, id) != NULL)
			writer_put_string(out, home_petname(&d->home, id));
		return 0;
	case SUBJECT_QUESTION:
	case SUBJECT_GRANT:
		return 0;
	case SUBJECT_CHAPTER:
	case SUBJECT_TOPIC:
	case SUBJECT_GATEWAY:
		return title_put_opened(d, id, out);
	case SUBJECT_CASE:
		return title_put_case(d, item, out);
	case SUBJECT_RECOVERY:
		title_put_recovery(d, item, out);
		return 0;
	case SUBJECT_PROPOSAL:
		return title_put_proposal(d, entry, out);
	default:
		return reading_title_of(d, id, out);
	}
}

/* Take a reply's item over into *out. */
static int
take(struct desk *d, enum subject_sort sort, struct wire *reply,
	struct subject *out)
{
	out->sort = sort;
	out->reply = reply;
	out->entry = wire_get(wire_top(reply), "item");
	out->item = wire_get(out->entry, "item");
	wire_id(wire_get(out->item, "id"), out->id);
	subject_name(sort, out->entry, out->name);
	if (!wire_good(reply))
		return contact_misread();
	return subject_title(d, sort, out->entry, &out->title);
}

static int
nothing(enum subject_sort sort, const char *word)
{
	return complain_no("Ids, their beginnings, counting names and your own "
			   "names are understood; lists show them.",
		"There is no %s '%s' here.", sorts[sort].word, word);
}

/* Give what the daemon has under id; not found is no failure here. */
static int
try_id(struct desk *d, enum subject_sort sort,
	const uint8_t id[static CRYPT_HASH], bool *found, struct subject *out)
{
	struct wire *reply;

	*out = (struct subject){.sort = sort};
	memcpy(out->id, id, CRYPT_HASH);
	*found = d->contact == NULL;
	if (d->contact == NULL)
		return 0;
	if (ask_get_id(d->contact, sorts[sort].list, id,
		    d->is_member ? d->member : NULL, found, &reply) != 0)
		return -1;
	return *found ? take(d, sort, reply, out) : 0;
}

int
subject_get(struct desk *d, enum subject_sort sort,
	const uint8_t id[static CRYPT_HASH], struct subject *out)
{
	struct writer hex = {0};
	bool found;
	int rc = try_id(d, sort, id, &found, out);

	if (rc == 0 && !found) {
		coding_put_hex(&hex, bytes_of(id, SHORT_ID / 2));
		rc = nothing(sort, writer_string(&hex));
		writer_clear(&hex);
	}
	return rc;
}

static int
find_id(struct desk *d, const struct subject_set *set, const char *word,
	const uint8_t id[static CRYPT_HASH], struct subject *out)
{
	bool found = false;
	int rc = 0;

	for (size_t i = 0; rc == 0 && !found && i < set->n; i++)
		rc = try_id(d, set->sorts[i], id, &found, out);
	return rc == 0 && !found ? nothing(set->sorts[0], word) : rc;
}

/* The place of a list in the set; set->n where it is none of it. */
static size_t
place_of(const struct subject_set *set, struct bytes list)
{
	size_t i = 0;

	while (i < set->n &&
		!bytes_equal(list, bytes_of_string(sorts[set->sorts[i]].list)))
		i++;
	return i;
}

/* Among ids with this beginning, the only one of the set. */
static int
pick(struct wire *reply, const struct subject_set *set, const char *word,
	uint8_t id[static CRYPT_HASH])
{
	struct wire_value found = wire_get(wire_top(reply), "found");
	size_t n = wire_count(found, 0, 10), fits = 0;
	uint8_t one[CRYPT_HASH];

	for (size_t i = 0; i < n; i++) {
		struct wire_value v = wire_at(found, i);

		wire_id(wire_get(v, "id"), one);
		if (place_of(set, wire_string(wire_get(v, "of"), 32)) == set->n)
			continue;
		/* A mandate and its proposal have one id. */
		fits += fits == 0 || memcmp(one, id, CRYPT_HASH) != 0;
		memcpy(id, one, CRYPT_HASH);
	}
	if (!wire_good(reply))
		return contact_misread();
	if (fits > 1)
		return complain_no("Give more of its digits.",
			"More than one id begins with '%s'.", word);
	return fits == 1 ? 0 : nothing(set->sorts[0], word);
}

static int
find_prefix(struct desk *d, const struct subject_set *set, const char *word,
	struct subject *out)
{
	uint8_t id[CRYPT_HASH] = {0};
	struct writer lower = {0};
	struct wire *reply;
	int rc;

	for (const char *c = word; *c != '\0'; c++)
		writer_put_u8(&lower, (uint8_t)(*c | 0x20));
	rc = ask_resolve(d->contact, writer_view(&lower), &reply);
	writer_clear(&lower);
	if (rc != 0)
		return -1;
	rc = pick(reply, set, word, id);
	wire_free(reply);
	return rc != 0 ? -1 : find_id(d, set, word, id, out);
}

/* What a walk through a list looks for, and what it found. */
struct search {
	struct desk *desk;
	enum subject_sort sort;
	const char *word; /* a title */
	uint8_t *id;
	bool found;
};

static int
look_at_title(void *ctx, struct wire_value entry)
{
	struct search *s = ctx;
	struct writer title = {0};
	int rc = subject_title(s->desk, s->sort, entry, &title);

	s->found = rc == 0 &&
		   bytes_equal(writer_view(&title), bytes_of_string(s->word));
	writer_clear(&title);
	if (s->found)
		wire_id(wire_get(wire_get(entry, "item"), "id"), s->id);
	return s->found ? 1 : rc;
}

/* Chapters and topics are known by their titles too. */
static int
find_title(struct desk *d, enum subject_sort sort, const char *word,
	uint8_t id[static CRYPT_HASH], bool *found)
{
	struct search s = {.desk = d, .sort = sort, .word = word, .id = id};
	int rc = ask_each(d->contact, sorts[sort].list, look_at_title, &s);

	*found = s.found;
	return rc < 0 ? -1 : 0;
}

static int
find_name(struct desk *d, const struct subject_set *set, const char *word,
	struct subject *out)
{
	uint8_t id[CRYPT_HASH];
	bool found = home_find_petname(&d->home, bytes_of_string(word), id);

	for (size_t i = 0; !found && d->contact != NULL && i < set->n; i++)
		if ((set->sorts[i] == SUBJECT_CHAPTER ||
			    set->sorts[i] == SUBJECT_TOPIC) &&
			find_title(d, set->sorts[i], word, id, &found) != 0)
			return -1;
	return found ? find_id(d, set, word, id, out)
		     : nothing(set->sorts[0], word);
}

static int
find_number(struct desk *d, const struct subject_set *set,
	const struct names_name *name, const char *word, struct subject *out)
{
	struct wire *reply;
	bool found = false;
	size_t i = 0;

	while (i < set->n && sorts[set->sorts[i]].letter != name->letter)
		i++;
	if (i < set->n && ask_get(d->contact, sorts[set->sorts[i]].list,
				  name->number - 1, &found, &reply) != 0)
		return -1;
	if (!found)
		return nothing(set->sorts[0], word);
	return take(d, set->sorts[i], reply, out);
}

int
subject_find_among(struct desk *d, const struct subject_set *set,
	const char *word, struct subject *out)
{
	struct names_name name = names_parse(bytes_of_string(word));

	*out = (struct subject){.sort = set->sorts[0]};
	switch (name.form) {
	case NAMES_ID:
		return find_id(d, set, word, name.id, out);
	case NAMES_ME:
		if (desk_need_member(d) != 0)
			return -1;
		return find_id(d, set, word, d->member, out);
	case NAMES_PETNAME:
		return find_name(d, set, word, out);
	case NAMES_PREFIX:
	case NAMES_COUNTING:
		break;
	case NAMES_BAD:
		return nothing(set->sorts[0], word);
	}
	if (d->contact == NULL)
		return complain_usage("Give the whole id, 64 digits.",
			"Without a daemon nobody can tell what '%s' is.", word);
	return name.form == NAMES_COUNTING
		       ? find_number(d, set, &name, word, out)
		       : find_prefix(d, set, word, out);
}

int
subject_find(struct desk *d, enum subject_sort sort, const char *word,
	struct subject *out)
{
	const struct subject_set one = {1, {sort}};

	return subject_find_among(d, &one, word, out);
}

int
subject_find_scope(struct desk *d, const char *word, struct subject *out)
{
	static const struct subject_set scopes = {
		3, {SUBJECT_CHAPTER, SUBJECT_TOPIC, SUBJECT_PROPOSAL}};

	if (word != NULL && strcmp(word, "union") != 0)
		return subject_find_among(d, &scopes, word, out);
	*out = (struct subject){.sort = SUBJECT_MEMBER};
	memcpy(out->id, d->union_id, CRYPT_HASH);
	writer_put_string(&out->title, "the whole union");
	return 0;
}

/* Showing ******************************************************************/

void
subject_put(const struct subject *s, struct writer *out)
{
	if (s->name[0] != '\0') {
		writer_put_string(out, s->name);
		writer_put_u8(out, ' ');
	}
	coding_put_hex(out, bytes_of(s->id, SHORT_ID / 2));
	if (s->title.len > 0) {
		writer_put_string(out, " \"");
		writer_put(out, writer_view(&s->title));
		writer_put_u8(out, '"');
	}
}

void
subject_put_member(
	struct desk *d, const uint8_t id[static CRYPT_HASH], struct writer *out)
{
	title_put_member(d, id, out);
}
