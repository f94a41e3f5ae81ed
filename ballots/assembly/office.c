#include "ballots/assembly/office.h"

#include "ballots/base/mem.h"

bool
office_sits(const struct world *w, enum charter_office office, uint32_t member)
{
	const struct world_office *o = &w->offices[office];

	for (uint32_t i = 0; i < o->n; i++)
		if (o->seats[i].member == member)
			return true;
	return false;
}

static uint64_t
next_due(const struct world *w, enum charter_office office)
{
	const struct world_office *o = &w->offices[office];
	uint64_t due = w->in_power ? w->founders_until_s : TIMERS_NEVER;

	for (uint32_t i = 0; i < o->n; i++) {
		uint64_t end = o->seats[i].seated_s +
			       w->charter.offices[office].term_s;

		if (end < due)
			due = end;
	}
	return due;
}

static void
arm(struct world *w, enum charter_office office)
{
	struct world_office *o = &w->offices[office];

	o->due_s = next_due(w, office);
	timers_set(&w->timers, TIMERS_OFFICE, (uint32_t)office, o->due_s);
}

void
office_arm(struct world *w)
{
	for (int i = 0; i < CHARTER_OFFICES; i++)
		arm(w, (enum charter_office)i);
}

void
office_seat(struct world *w, enum charter_office office, uint32_t member,
	uint64_t now_s)
{
	struct world_office *o = &w->offices[office];

	o->seats = mem_grow(
		o->seats, &o->cap, (size_t)o->n + 1, sizeof(*o->seats));
	o->seats[o->n++] = (struct world_seat){member, now_s};
	arm(w, office);
}

void
office_unseat(struct world *w, enum charter_office office, uint32_t member)
{
	struct world_office *o = &w->offices[office];
	uint32_t kept = 0;

	for (uint32_t i = 0; i < o->n; i++)
		if (o->seats[i].member != member)
			o->seats[kept++] = o->seats[i];
	o->n = kept;
	arm(w, office);
}

void
office_unseat_all(struct world *w, uint32_t member)
{
	for (int i = 0; i < CHARTER_OFFICES; i++)
		if (office_sits(w, (enum charter_office)i, member))
			office_unseat(w, (enum charter_office)i, member);
}

void
office_fire(struct world *w, enum charter_office office, uint64_t now_s)
{
	struct world_office *o = &w->offices[office];
	uint64_t term_s = w->charter.offices[office].term_s;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < o->n; i++)
		if (now_s < o->seats[i].seated_s + term_s)
			o->seats[kept++] = o->seats[i];
	o->n = kept;
	if (now_s >= w->founders_until_s)
		w->in_power = false;
	arm(w, office);
}

void
office_count_members(struct world *w)
{
	if (!w->in_power ||
		w->roster.n - w->roster.n_left < w->founders_members)
		return;
	w->in_power = false;
	office_arm(w);
}

/* Asking ********************************************************************/

/* The lowest number, at least from, of a founder in power or of a seat. */
static uint32_t
candidate(const struct world *w, enum charter_office office, uint32_t from)
{
	const struct world_office *o = &w->offices[office];
	uint32_t lowest =
		w->in_power && from < w->n_joined ? from : ROSTER_NONE;

	for (uint32_t i = 0; i < o->n; i++)
		if (o->seats[i].member >= from && o->seats[i].member < lowest)
			lowest = o->seats[i].member;
	return lowest;
}

bool
office_next(const struct world *w, enum charter_office office, uint64_t now_s,
	uint32_t *member)
{
	uint32_t at = candidate(w, office, *member);

	while (at != ROSTER_NONE && !world_holds(w, at, office, now_s))
		at = candidate(w, office, at + 1);
	*member = at;
	return at != ROSTER_NONE;
}
