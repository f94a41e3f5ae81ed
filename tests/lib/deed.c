#include "tests/lib/deed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/assembly/mandate.h"
#include "ballots/assembly/panel.h"
#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"
#include "tests/lib/guardians.h"
#include "tests/lib/told.h"

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
		"['negotiate','sign-tentative'],'ratify_class':'ratification','"
		"recall':[1,20],"
		"'report_every_s':2592000,'report_grace_s':86400}"},
	{"mandate.meeting", "{'counterparty':0}"},
	{"mandate.report", "{'final':false}"},
	{"agreement.tentative",
		"{'amounts':[],'counterparty':0,'ratify':true}"},
	{"agreement.answer", "{'breached':false}"},
	{"member.suspend", "{'for_s':5184000,'ground':'fraud'}"},
};

static const char *const with_texts[] = {"chapter.open", "topic.open",
	"proposal.open", "proposal.amend", "mandate.propose", "mandate.meeting",
	"mandate.report", "mandate.report.open", "mandate.report.seal",
	"mandate.challenge", "agreement.tentative", "agreement.challenge",
	"agreement.answer", "agreement.reply"};

/* Kinds whose first word names what they found, on the union. */
static const char *const founding[] = {"chapter.open", "topic.open",
	"proposal.open", "mandate.propose", "agreement.tentative"};

/* Kinds on oneself. */
static const char *const own[] = {
	"member.renew", "member.leave", "key.rotate", "guardians.set"};

/* What a word of key.vouch says of the request, and under which name. */
static const struct {
	const char *word, *member;
} of_request[] = {
	{"of", "on"},
	{"needed", "needed"},
	{"reason", "reason"},
	{"size", "size"},
	{"dated", "seq"},
	{"ends", "until"},
	{"origin", "log"},
};

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

/* The value of "name=..." among the words, or NULL. */
static const char *
word_after(const struct deed *d, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < d->n; i++)
		if (strncmp(d->words[i], name, n) == 0 && d->words[i][n] == '=')
			return d->words[i] + n + 1;
	return NULL;
}

static json_int_t
needed_of(const struct deed *d)
{
	const char *needed = word_after(d, "needed");

	return needed == NULL ? 2 : atoi(needed);
}

static const char *
salt_of(const struct deed *d)
{
	const char *salt = word_after(d, "salt");

	return salt == NULL ? "salt" : salt;
}

/* The hash that commits to guardians: "who=bob,carol,dave". */
static void
put_guardians(struct town *t, const struct deed *d, json_t *act)
{
	const char *who = word_after(d, "who");

	if (who != NULL)
		json_object_set_new(act, "hash",
			guardians_hash(told_value(t, "delegates", who),
				needed_of(d), salt_of(d)));
}

/* The request that somebody vouches for. */
static void
put_request(struct town *t, uint64_t now_s, const struct deed *d, json_t *act)
{
	const char *before = word_after(d, "before");
	const char *holder = word_after(d, "holder");
	json_t *request = json_pack(
		"{s:s}", "reason", before == NULL ? "lost" : "compromised");
	const char *who = word_after(d, "who");

	for (size_t i = 0; i < sizeof(of_request) / sizeof(of_request[0]); i++)
		if (word_after(d, of_request[i].word) != NULL)
			json_object_set_new(request, of_request[i].member,
				told_value(t, of_request[i].member,
					word_after(d, of_request[i].word)));
	if (before != NULL)
		json_object_set_new(request, "size",
			json_integer((json_int_t)town_before(t, before)));
	if (who != NULL) {
		json_object_set_new(request, "guardians",
			guardians_sort(told_value(t, "delegates", who)));
		json_object_set_new(
			request, "needed", json_integer(needed_of(d)));
		json_object_set_new(
			request, "value", town_hash_value(salt_of(d)));
	}
	town_put_request(t, now_s, d->subject,
		holder == NULL ? d->subject : holder, request, act);
}

/* It is about what is called name. */
static void
put_id_of(struct town *t, const char *name, json_t *act)
{
	uint8_t id[32];

	if (town_find(t, name, id))
		json_object_set_new(act, "on", town_id_value(id));
}

/* True for a word that is about what the act is made from. */
static bool
is_ingredient(const char *kind, const char *word)
{
	size_t n = strcspn(word, "=");

	if (strcmp(kind, "guardians.set") != 0 &&
		strcmp(kind, "key.vouch") != 0)
		return false;
	for (size_t i = 0; i < sizeof(of_request) / sizeof(of_request[0]); i++)
		if (strlen(of_request[i].word) == n &&
			strncmp(of_request[i].word, word, n) == 0)
			return true;
	return strncmp(word, "who=", 4) == 0 ||
	       strncmp(word, "salt=", 5) == 0 ||
	       strncmp(word, "before=", 7) == 0 ||
	       strncmp(word, "holder=", 7) == 0;
}

/* Defaults that depend on who acts, and on what. */
static void
put_circumstances(struct town *t, uint64_t now_s, json_t *act,
	const struct deed *d, const uint8_t on[static 32])
{
	const struct world_mandate *m =
		mandate_find(assembly_world(town_assembly(t)), on);

	if (strcmp(d->kind, "mandate.propose") == 0) {
		put_time(act, "valid_from", TOWN_START_S);
		put_time(act, "valid_until", TOWN_START_S + 300 * 86400);
	} else if (strcmp(d->kind, "mandate.publish") == 0 && m != NULL) {
		put_time(act, "valid_from", m->valid_from_s);
		put_time(act, "valid_until", m->valid_until_s);
	} else if (strcmp(d->kind, "agreement.tentative") == 0) {
		json_object_set_new(act, "key", town_key_value("acme"));
		put_time(act, "valid_from", now_s);
		put_time(act, "valid_until", now_s + 100 * 86400);
	} else if (strcmp(d->kind, "agreement.breach") == 0) {
		json_object_set_new(
			act, "hash", told_value(t, "hash", "evidence"));
	} else if (strcmp(d->kind, "key.rotate") == 0) {
		town_put_next_key(t, d->author, act);
	} else if (strcmp(d->kind, "lot.commit") == 0) {
		put_lot(act, d->author, false);
	} else if (strcmp(d->kind, "lot.reveal") == 0) {
		put_lot(act, d->author, true);
	} else if (strcmp(d->kind, "member.admit") == 0 && d->subject != NULL) {
		town_put_application(t, now_s, d->subject, NULL, act);
		put_id_of(t, d->subject, act);
	} else if (strcmp(d->kind, "key.vouch") == 0 && d->subject != NULL) {
		put_request(t, now_s, d, act);
		put_id_of(t, d->subject, act);
	} else if (strcmp(d->kind, "guardians.set") == 0) {
		put_guardians(t, d, act);
	} else if (strcmp(d->kind, "member.suspend") == 0) {
		json_object_set_new(act, "hash", town_hash_value("reasons"));
	}
}

/* Take a "name=value" word over into act. */
static void
put_word(struct town *t, uint64_t now_s, json_t *act, char *word)
{
	char *value = strchr(word, '=');

	*value++ = '\0';
	if (strcmp(word, "does") == 0)
		json_object_set_new(
			act, "options", told_options(t, now_s, value));
	else if (strcmp(word, "with") == 0)
		json_object_set_new(
			act, "counterparties", told_counterparties(value));
	else if (strcmp(word, "upto") == 0)
		json_object_set_new(act, "ceilings", told_ceilings(value));
	else if (strcmp(word, "on") != 0 && strcmp(word, "as") != 0)
		json_object_set_new(act, word, told_value(t, word, value));
	value[-1] = '=';
}

/* The name of what the act is about. */
static const char *
name_on(const struct deed *d)
{
	const char *on = word_after(d, "on");

	if (on != NULL)
		return on;
	if (AMONG(d->kind, founding) || strcmp(d->kind, "office.resign") == 0)
		return "union";
	if (d->subject == NULL)
		return AMONG(d->kind, own) ? d->author : "nothing";
	return d->subject;
}

static bool
is_case(struct town *t, const uint8_t id[static 32])
{
	return panel_find(assembly_world(town_assembly(t)), id) != IDMAP_NONE;
}

/* Its id: of the question where one votes, of nothing where it is unknown. */
static void
find_on(struct town *t, const struct deed *d, uint8_t id[static 32])
{
	const char *on = name_on(d);
	bool votes = strcmp(d->kind, "ballot.cast") == 0 ||
		     strncmp(d->kind, "lot.", 4) == 0;
	char name[64];

	votes = votes && !(strncmp(d->kind, "lot.", 4) == 0 &&
				 told_find(t, on, id) && is_case(t, id));
	snprintf(name, sizeof(name), "%s%s", on,
		votes && strstr(on, ".vote") == NULL &&
				strstr(on, ".hold") == NULL
			? ".vote"
			: "");
	if (!told_find(t, name, id))
		crypt_hash(bytes_of_string(name), id);
}

json_t *
deed_act(struct town *t, uint64_t now_s, const struct deed *d)
{
	uint8_t on[32];
	json_t *act;

	find_on(t, d, on);
	act = town_act(d->kind, on);
	put_defaults(act, d->kind);
	put_circumstances(t, now_s, act, d, on);
	for (size_t i = 0; i < d->n; i++)
		if (!is_ingredient(d->kind, d->words[i]))
			put_word(t, now_s, act, d->words[i]);
	return act;
}

void
deed_done(struct town *t, const struct deed *d, const uint8_t id[static 32])
{
	const char *as = word_after(d, "as");

	if (AMONG(d->kind, founding) && d->subject != NULL)
		town_name(t, d->subject, id);
	if (as != NULL)
		town_name(t, as, id);
}
