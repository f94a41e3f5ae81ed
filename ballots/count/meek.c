#include "ballots/count/meek.h"

#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/count/branches.h"
#include "ballots/count/piles.h"
#include "ballots/count/ranks.h"
#include "ballots/count/rounds.h"

#define DECIMALS 9
#define ONE      1000000000 /* a whole vote, or a keep factor of 1 */
#define OMEGA    1000       /* 0.000001 votes */

/*
 * A place in the tree of orders.  The ballots at a node share the elected
 * options that they passed on the way, in that order, and the option where
 * they rest, so each iteration walks nodes instead of ballots.
 */
struct node {
	uint32_t parent;
	uint32_t option;         /* options: exhausted, and the root */
	uint32_t child, sibling; /* the first one, the next one; 0: none */
	struct pile rest;        /* ballots that have come so far */
	uint64_t through;        /* weight of those that went on from here */
	uint32_t passed;         /* share of a ballot that goes on from here */
};

struct meek {
	struct rounds rounds;
	struct piles papers;
	struct pile *moved;
	bool *standing; /* hopeful or elected */
	uint64_t *keep; /* keep factors */
	wide quota, surplus;
	uint32_t seats, open; /* all, and still open */

	struct node *nodes; /* the root first, parents before children */
	size_t n_nodes, nodes_cap;
};

/* The child of node parent at option, made where there is none. */
static uint32_t
child_of(struct meek *m, uint32_t parent, uint32_t option)
{
	uint32_t found = m->nodes[parent].child;

	while (found != 0 && m->nodes[found].option != option)
		found = m->nodes[found].sibling;
	if (found != 0)
		return found;
	m->nodes = mem_grow(
		m->nodes, &m->nodes_cap, m->n_nodes + 1, sizeof(*m->nodes));
	found = (uint32_t)m->n_nodes++;
	m->nodes[found] = (struct node){
		.parent = parent,
		.option = option,
		.sibling = m->nodes[parent].child,
	};
	m->nodes[parent].child = found;
	return found;
}

/* Move what rests in pile to the children of parent. */
static void
move_below(struct meek *m, struct pile *from, uint32_t parent)
{
	uint32_t n = m->rounds.options;

	memset(m->moved, 0, ((size_t)n + 1) * sizeof(*m->moved));
	piles_move(&m->papers, from, m->standing, m->moved);
	for (uint32_t i = 0; i <= n; i++) {
		uint32_t child;

		if (m->moved[i].first == 0)
			continue;
		child = child_of(m, parent, i);
		piles_join(&m->papers, &m->nodes[child].rest, &m->moved[i]);
	}
}

/* Move the ballots of a node on, if its option holds none; true if it did. */
static bool
settle_node(struct meek *m, uint32_t node)
{
	struct pile rest = m->nodes[node].rest;
	uint32_t option = m->nodes[node].option;

	if (rest.first == 0 || option == m->rounds.options ||
		m->rounds.states[option] == ROUNDS_HOPEFUL)
		return false;
	m->nodes[node].rest = (struct pile){0};
	if (m->rounds.states[option] == ROUNDS_ELECTED) {
		m->nodes[node].through += rest.weight;
		move_below(m, &rest, node);
	} else {
		move_below(m, &rest, m->nodes[node].parent);
	}
	return true;
}

/* Until every ballot rests with a hopeful option or is exhausted. */
static void
settle(struct meek *m)
{
	bool moved = true;

	while (moved) {
		moved = false;
		for (uint32_t i = 1; i < m->n_nodes; i++)
			moved |= settle_node(m, i);
	}
}

/* Give the options their votes, at the present keep factors. */
static void
distribute(struct meek *m)
{
	struct rounds *r = &m->rounds;

	memset(r->votes, 0, r->options * sizeof(*r->votes));
	r->exhausted = 0;
	for (uint32_t i = 1; i < m->n_nodes; i++) {
		struct node *node = &m->nodes[i];
		uint64_t share = m->nodes[node->parent].passed;
		uint64_t kept;

		if (node->option == r->options) {
			r->exhausted += (wide)share * node->rest.weight;
			continue;
		}
		kept = (share * m->keep[node->option] + ONE - 1) / ONE;
		r->votes[node->option] +=
			(wide)kept * (node->through + node->rest.weight);
		node->passed = (uint32_t)(share - kept);
	}
}

static void
find_quota(struct meek *m)
{
	wide sum = 0;

	for (uint32_t i = 0; i < m->rounds.options; i++)
		sum += m->rounds.votes[i];
	m->quota = sum / ((wide)m->seats + 1) + 1;
}

static void
find_surplus(struct meek *m)
{
	const struct rounds *r = &m->rounds;

	m->surplus = 0;
	for (uint32_t i = 0; i < r->options; i++)
		if (r->states[i] == ROUNDS_ELECTED)
			m->surplus += r->votes[i] - m->quota;
	if (m->surplus < 0)
		m->surplus = 0;
}

static wide
divide_up(wide a, wide b)
{
	return (a + b - 1) / b;
}

/* keep * quota / votes; at most 2^30 * 2^93, so that it fits. */
static void
update_keep(struct meek *m)
{
	const struct rounds *r = &m->rounds;

	for (uint32_t i = 0; i < r->options; i++) {
		wide part;

		if (r->states[i] != ROUNDS_ELECTED || r->votes[i] == 0)
			continue;
		part = divide_up(m->keep[i] * m->quota, ONE);
		part = divide_up(part * ONE, r->votes[i]);
		m->keep[i] = part > ONE ? ONE : (uint64_t)part;
	}
}

static bool
someone_has_quota(const struct meek *m)
{
	const struct rounds *r = &m->rounds;

	for (uint32_t i = 0; i < r->options; i++)
		if (r->states[i] == ROUNDS_HOPEFUL && r->votes[i] >= m->quota)
			return true;
	return false;
}

/*
 * Iterate until somebody has the quota, or the surplus is small or falls no
 * more.
 */
static void
converge(struct meek *m)
{
	wide before = -1;

	for (;;) {
		distribute(m);
		find_quota(m);
		find_surplus(m);
		if (someone_has_quota(m) || m->surplus < OMEGA ||
			(before >= 0 && m->surplus >= before))
			return;
		before = m->surplus;
		update_keep(m);
	}
}

/* Elect who has at least votes, as far as seats go. */
static void
elect(struct meek *m, wide votes)
{
	struct rounds *r = &m->rounds;

	for (uint32_t i = 0; i < r->options && m->open > 0; i++) {
		if (r->states[i] != ROUNDS_HOPEFUL || r->votes[i] < votes)
			continue;
		rounds_elect(r, i);
		m->open--;
	}
}

static uint32_t
find_loser(struct meek *m, struct branches_run *run)
{
	struct result_list lowest = {0};
	uint32_t loser;

	rounds_lowest(&m->rounds, m->surplus, &lowest);
	if (rounds_idle(&m->rounds, &lowest, m->open))
		lowest.n = 1;
	loser = branches_choose(run, RESULT_EXCLUSION, m->open, &lowest);
	result_free(&lowest);
	return loser;
}

/* One round; true when another one follows. */
static bool
play(struct meek *m, struct branches_run *run)
{
	struct rounds *r = &m->rounds;
	uint32_t loser = METHOD_NO_OPTION;

	converge(m);
	rounds_begin(r, "Round");
	rounds_note(r, STEPS_NOBODY, "The quota is", m->quota);
	for (uint32_t i = 0; i < r->options; i++)
		if (r->states[i] == ROUNDS_ELECTED)
			rounds_note(r, i, "keeps, of each vote,", m->keep[i]);
	if (r->hopefuls <= m->open) {
		elect(m, 0);
	} else if (someone_has_quota(m)) {
		elect(m, m->quota);
	} else {
		loser = find_loser(m, run);
		if (loser != METHOD_NO_OPTION) {
			rounds_exclude(r, loser);
			m->standing[loser] = false;
			m->keep[loser] = 0;
		}
	}
	rounds_end(r);
	if (run->open || m->open == 0 || r->hopefuls == 0)
		return false;
	settle(m);
	return true;
}

static void
deal(struct meek *m, struct branches_run *run)
{
	const struct method_rules *rules = run->rules;
	uint32_t n = run->profile->options;
	struct pile all, equal;

	*m = (struct meek){.seats = rules->seats, .open = rules->seats};
	rounds_init(&m->rounds, rules, n, DECIMALS, run->out);
	piles_init(&m->papers, rules, run->profile, &all, &equal);
	m->rounds.skips = equal.first != 0;
	piles_join(&m->papers, &all, &equal);
	m->moved = mem_new_array((size_t)n + 1, sizeof(*m->moved));
	m->standing = mem_new_array(n, sizeof(*m->standing));
	m->keep = mem_new_array(n, sizeof(*m->keep));
	for (uint32_t i = 0; i < n; i++) {
		m->standing[i] = method_eligible(rules, i);
		m->keep[i] = ONE;
	}
	m->nodes = mem_grow(NULL, &m->nodes_cap, 1, sizeof(*m->nodes));
	m->nodes[m->n_nodes++] = (struct node){.option = n, .passed = ONE};
	run->out->blank = m->papers.blank;
	run->out->valid = all.weight;
	move_below(m, &all, 0);
}

/* Ballots that are exhausted before the first round are no votes at all. */
static void
set_aside(struct meek *m, struct branches_run *run)
{
	uint32_t node = child_of(m, 0, m->rounds.options);
	struct pile *exhausted = &m->nodes[node].rest;

	run->out->set_aside = exhausted->weight;
	run->out->valid -= exhausted->weight;
	*exhausted = (struct pile){0};
}

static void
put_away(struct meek *m)
{
	rounds_clear(&m->rounds);
	piles_clear(&m->papers);
	mem_free(m->nodes);
	mem_free(m->moved);
	mem_free(m->standing);
	mem_free(m->keep);
}

static void
run_once(struct branches_run *run)
{
	struct meek m;

	deal(&m, run);
	set_aside(&m, run);
	while (play(&m, run))
		continue;
	put_away(&m);
}

static enum verdict
count(const struct method_rules *rules, const struct profile *p,
	struct result *out)
{
	return branches_explore(run_once, rules, p, out);
}

const struct method meek_method = {
	.name = "stv-meek",
	.title = "Single transferable vote by Meek",
	.marks = METHOD_RANKS,
	.many_seats = true,
	.options_max = PROFILE_OPTIONS_MAX,
	.prefers = ranks_prefers,
	.count = count,
};
