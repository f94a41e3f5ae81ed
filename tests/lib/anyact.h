#ifndef TESTS_LIB_ANYACT_H
#define TESTS_LIB_ANYACT_H

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ballots/record/act.h"
#include "tests/lib/spec.h"

/*
 * An act of each kind, and an effect of each kind, with every member that the
 * specification gives it.
 */
#define ANYACT_DID                                                             \
	"\"did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw\""
#define ANYACT_ID                                                              \
	"\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\""
#define ANYACT_HASH "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\""
#define ANYACT_SIG                                                             \
	"\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"        \
	"AAAAAAAAAAAAAAAAAAAAAAAAAAA==\""
#define ANYACT_TEXTS  "[{\"hash\":" ANYACT_HASH ",\"lang\":\"en\"}]"
#define ANYACT_ORIGIN "\"union.example/00112233445566778899aabbccddeeff\""

/* What each member may look like. */
static const struct {
	const char *name, *json;
} anyact_values[] = {
	{"accepts", "[\"delegate\",\"steward\"]"},
	{"after", "{\"origin\":" ANYACT_ORIGIN ",\"root\":" ANYACT_HASH
		  ",\"size\":7}"},
	{"agreement", ANYACT_ID},
	{"amount", "5"},
	{"amounts", "[3,4]"},
	{"application", "\"e30=\""},
	{"breached", "true"},
	{"budget", "100"},
	{"ceilings", "[{\"limit\":3,\"texts\":" ANYACT_TEXTS "}]"},
	{"chapter", ANYACT_ID},
	{"charter", "{}"},
	{"class", "\"ordinary\""},
	{"confidential_s", "0"},
	{"counterparties", "[{\"key\":" ANYACT_DID ",\"texts\":[]},"
			   "{\"texts\":" ANYACT_TEXTS "}]"},
	{"counterparty", "1"},
	{"delegates", "[" ANYACT_ID "]"},
	{"final", "true"},
	{"for_s", "86400"},
	{"founders", "[" ANYACT_DID "]"},
	{"from", ANYACT_HASH},
	{"gateway", ANYACT_ID},
	{"ground", "\"fraud\""},
	{"guardians", "[" ANYACT_ID "," ANYACT_ID "," ANYACT_ID "]"},
	{"hash", ANYACT_HASH},
	{"issuer", ANYACT_DID},
	{"key", ANYACT_DID},
	{"log", ANYACT_ORIGIN},
	{"mandate", ANYACT_ID},
	{"marks", "[1,0,-1]"},
	{"max", "9"},
	{"max_rejections", "2"},
	{"member", ANYACT_ID},
	{"method", "\"schulze\""},
	{"name", "\"union.example\""},
	{"needed", "1"},
	{"next", ANYACT_HASH},
	{"office", "\"steward\""},
	{"on", ANYACT_ID},
	{"opens", "1700000000"},
	{"options", "[{\"effects\":[{\"do\":\"topic\",\"texts\":[]}],"
		    "\"texts\":" ANYACT_TEXTS "}]"},
	{"powers", "[\"consult\",\"negotiate\"]"},
	{"proofs", "[{\"key\":" ANYACT_DID ",\"signature\":" ANYACT_SIG "}]"},
	{"ratify", "true"},
	{"ratify_class", "\"ratification\""},
	{"reason", "\"lost\""},
	{"recall", "[1,10]"},
	{"rehearsal", "false"},
	{"report_every_s", "86400"},
	{"report_grace_s", "0"},
	{"result", "{\"outcome\":\"tied\"}"},
	{"rules", "1"},
	{"scale", "[-5,5]"},
	{"seal", ANYACT_ID},
	{"seats", "1"},
	{"seq", "1700000000"},
	{"signature", ANYACT_SIG},
	{"size", "7"},
	{"texts", ANYACT_TEXTS},
	{"to", "\"none\""},
	{"topic", ANYACT_ID},
	{"unit", "\"EUR\""},
	{"until", "1700000000"},
	{"valid_from", "1700000000"},
	{"valid_until", "1800000000"},
	{"value", ANYACT_HASH},
	{"version", "1"},
};

static inline json_t *
anyact_json(const char *text)
{
	json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);

	assert_non_null(value);
	return value;
}

static inline json_t *
anyact_value(const char *name)
{
	const size_t n = sizeof(anyact_values) / sizeof(anyact_values[0]);

	for (size_t i = 0; i < n; i++)
		if (strcmp(anyact_values[i].name, name) == 0)
			return anyact_json(anyact_values[i].json);
	fail_msg("no value for the member %s", name);
	return NULL;
}

/* Put in the members of a cell; the names of those that may be absent. */
static inline void
anyact_fill(json_t *object, char *cell, json_t *optional)
{
	char name[64];
	bool may;

	while (spec_word(&cell, name, &may)) {
		json_object_set_new(object, name, anyact_value(name));
		if (may)
			json_array_append_new(optional, json_string(name));
	}
}

static inline void
anyact_put(json_t *object, const char *const *names)
{
	for (; *names != NULL; names++)
		json_object_set_new(object, *names, anyact_value(*names));
}

/*
 * The act of a row of the table of kinds, whose cells are kind, members, on
 * and who signs.  Optional members are told in the list optional.
 */
static inline json_t *
anyact_of_row(char **cells, json_t *optional)
{
	static const char *const most[] = {"log", "on", "seq", "until", NULL};
	static const char *const ours[] = {"log", "on", "seq", NULL};
	static const char *const first[] = {"seq", NULL};
	char kind[64], *cell = cells[0];
	bool ledger = strcmp(cells[3], "ledger") == 0;
	json_t *act = json_object();
	bool may;

	assert_true(spec_word(&cell, kind, &may));
	json_object_set_new(act, "act", json_string(kind));
	json_object_set_new(act, "by",
		ledger ? json_string("ledger")
		       : anyact_json(strstr(cells[3], "its did") != NULL
					     ? ANYACT_DID
					     : ANYACT_ID));
	anyact_put(act, strcmp(kind, "union.found") == 0 ? first
			: ledger                         ? ours
							 : most);
	anyact_fill(act, cells[1], optional);
	return act;
}

/* The bytes of act in canonical form; free() them. */
static inline char *
anyact_print(const json_t *act)
{
	return json_dumps(act, JSON_COMPACT | JSON_SORT_KEYS);
}

/* What act_decode() says of it. */
static inline enum verdict
anyact_judge(const json_t *act)
{
	char *text = anyact_print(act);
	struct act out;
	enum verdict v = act_decode(bytes_of_string(text), &out);

	free(text);
	return v;
}

#endif
