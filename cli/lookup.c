#include "cli/lookup.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "cli/complain.h"
#include "cli/names.h"
#include "cli/recall.h"

const struct option lookup_options[] = {
	{"export", 'e', false, "DIR",
		"look into this export or mirror rather than ask a daemon"},
	{0},
};

/* Opening *******************************************************************/

static int
replay_daemon(struct lookup *l)
{
	const struct replica_wanted all = {.until = UINT64_MAX};

	return replica_of_daemon(&l->replica, l->desk.contact, &all);
}

static int
replay_export(struct lookup *l, const char *path)
{
	struct replica_wanted all = {.until = UINT64_MAX};
	struct recall seen = {0};
	int rc;

	recall_read(&seen, &l->desk.home);
	all.mark = seen.head.size;
	rc = replica_of_export(&l->replica, path, &all);
	if (rc == 0)
		rc = recall_compare(&seen, &l->desk.home, &l->replica);
	recall_clear(&seen);
	return rc;
}

/* Nothing is looked up in what does not stand, or is of another union. */
static int
check(struct lookup *l)
{
	const struct audit *a = &l->replica.audit;

	if (a->n_findings > 0)
		return complain_no("All of it is told by: union replay",
			"The ledger does not stand: %s.", a->findings[0].what);
	l->world = assembly_world(l->replica.assembly);
	if (!bytes_equal(writer_view(&l->desk.origin),
		    bytes_of_string(l->world->log)))
		return complain_usage(
			"", "This is the ledger of another union.");
	l->now_s = l->world->rehearsal ? l->world->time_s : l->desk.now_s;
	return 0;
}

/* What the keys remember may be of the time before a rotation. */
static void
find_self(struct lookup *l)
{
	uint8_t key[CRYPT_KEY];
	uint32_t number;

	keyfile_copy_key(l->desk.keys, KEYFILE_CURRENT, key);
	number = roster_find_key(&l->world->roster, key);
	l->desk.is_member = number != ROSTER_NONE;
	if (l->desk.is_member)
		memcpy(l->desk.member,
			roster_get(&l->world->roster, number)->id, CRYPT_HASH);
}

int
lookup_open(const struct call *call, struct lookup *l)
{
	const char *path = options_value(&call->options, "export");
	int rc;

	*l = (struct lookup){0};
	rc = path != NULL ? desk_open_alone(call, &l->desk)
			  : desk_open_as_member(call, &l->desk);
	if (rc == 0)
		rc = path != NULL ? replay_export(l, path) : replay_daemon(l);
	if (rc == 0)
		rc = check(l);
	if (rc == 0)
		find_self(l);
	return rc;
}

void
lookup_close(struct lookup *l)
{
	replica_clear(&l->replica);
	desk_close(&l->desk);
}

/* Finding *******************************************************************/

/* Things of one sort that have ids, by number. */
struct shelf {
	const char *word; /* what people call one */
	char letter;
	uint32_t n;
	const uint8_t *(*id)(const struct world *w, uint32_t number);
};

static const uint8_t *
member_id(const struct world *w, uint32_t number)
{
	return roster_get(&w->roster, number)->id;
}

static const uint8_t *
gateway_id(const struct world *w, uint32_t number)
{
	return w->gateways[number].id;
}

/* The only one whose id begins as name does. */
static int
find_id(const struct lookup *l, const struct shelf *shelf,
	const struct names_name *name, const char *word, uint32_t *number)
{
	bool can = name->form == NAMES_ID || name->form == NAMES_PREFIX;
	uint32_t n = 0;

	for (uint32_t i = 0; can && i < shelf->n; i++)
		if (names_matches(name, shelf->id(l->world, i))) {
			*number = i;
			n++;
		}
	if (n == 1)
		return 0;
	return complain_no(n == 0 ? "Ids, their beginnings, counting names and "
				    "your own names are understood; lists show "
				    "them."
				  : "Give more of its digits.",
		n == 0 ? "There is no %s '%s' here."
		       : "More than one %s begins with '%s'.",
		shelf->word, word);
}

static int
find(const struct lookup *l, const struct shelf *shelf, const char *word,
	uint32_t *number)
{
	struct names_name name = names_parse(bytes_of_string(word));
	bool known = false;

	if (name.form == NAMES_ME && l->desk.is_member) {
		memcpy(name.id, l->desk.member, CRYPT_HASH);
		known = true;
	} else if (name.form == NAMES_PETNAME) {
		known = home_find_petname(&l->desk.home, name.petname, name.id);
	} else if (name.form == NAMES_COUNTING &&
		   name.letter == shelf->letter && name.number >= 1 &&
		   name.number <= shelf->n) {
		*number = (uint32_t)name.number - 1;
		return 0;
	}
	if (known) {
		name.form = NAMES_ID;
		name.n_digits = CODING_HEX_32;
	}
	return find_id(l, shelf, &name, word, number);
}

int
lookup_member(struct lookup *l, const char *word, uint32_t *number)
{
	const struct shelf members = {
		"member", '#', l->world->roster.n, member_id};

	return find(l, &members, word, number);
}

int
lookup_gateway(struct lookup *l, const char *word, uint32_t *number)
{
	const struct shelf gateways = {
		"gateway", 'G', l->world->n_gateways, gateway_id};

	return find(l, &gateways, word, number);
}

int
lookup_need_registrar(const struct lookup *l)
{
	uint32_t self = l->desk.is_member
				? roster_find(&l->world->roster, l->desk.member)
				: ROSTER_NONE;

	if (self != ROSTER_NONE &&
		world_holds(l->world, self, CHARTER_REGISTRAR, l->now_s))
		return 0;
	return complain_no("They are shown by: union offices",
		"The key of this machine is no registrar's in office.");
}
