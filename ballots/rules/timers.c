#include "ballots/rules/timers.h"

#include <assert.h>

#include "ballots/base/mem.h"

void
timers_clear(struct timers *t)
{
	mem_free(t->heap);
	*t = (struct timers){0};
}

static bool
before(const struct timers_entry *a, const struct timers_entry *b)
{
	if (a->due_s != b->due_s)
		return a->due_s < b->due_s;
	if (a->class != b->class)
		return a->class < b->class;
	return a->number < b->number;
}

static void
swap(struct timers_entry *a, struct timers_entry *b)
{
	struct timers_entry kept = *a;

	*a = *b;
	*b = kept;
}

void
timers_set(struct timers *t, enum timers_class class, uint32_t number,
	uint64_t due_s)
{
	size_t at = t->n;

	if (due_s == TIMERS_NEVER)
		return;
	t->heap = mem_grow(t->heap, &t->cap, t->n + 1, sizeof(*t->heap));
	t->heap[t->n++] = (struct timers_entry){due_s, number, class};
	for (; at > 0 && before(&t->heap[at], &t->heap[(at - 1) / 2]);
		at = (at - 1) / 2)
		swap(&t->heap[at], &t->heap[(at - 1) / 2]);
}

bool
timers_front(const struct timers *t, struct timers_entry *out)
{
	if (t->n == 0)
		return false;
	*out = t->heap[0];
	return true;
}

void
timers_drop(struct timers *t)
{
	size_t at = 0;

	assert(t->n > 0);
	t->heap[0] = t->heap[--t->n];
	for (;;) {
		size_t first = at;

		for (size_t child = 2 * at + 1;
			child <= 2 * at + 2 && child < t->n; child++)
			if (before(&t->heap[child], &t->heap[first]))
				first = child;
		if (first == at)
			return;
		swap(&t->heap[at], &t->heap[first]);
		at = first;
	}
}
