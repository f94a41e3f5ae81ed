#include "ballots/count/profile.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/base/mem.h"

/* What PROFILE_NO_OPINION is in one byte. */
#define NARROW_NO_OPINION 0xff

void
profile_init(struct profile *p, uint32_t options, uint32_t highest)
{
	assert(options >= 1 && options <= PROFILE_OPTIONS_MAX);
	assert(highest <= PROFILE_MARK_MAX);
	*p = (struct profile){
		.options = options,
		.width = highest < NARROW_NO_OPINION ? 1 : 2,
	};
}

void
profile_clear(struct profile *p)
{
	mem_free(p->marks);
	mem_free(p->weights);
	*p = (struct profile){0};
}

static size_t
row_bytes(const struct profile *p)
{
	return (size_t)p->options * p->width;
}

/* Weights are kept from the first one on that is not 1. */
static void
keep_weight(struct profile *p, uint64_t weight)
{
	bool first = p->weights == NULL;

	if (first && weight == 1)
		return;
	p->weights = mem_grow(
		p->weights, &p->weights_cap, p->rows + 1, sizeof(*p->weights));
	for (size_t row = 0; first && row < p->rows; row++)
		p->weights[row] = 1;
	p->weights[p->rows] = weight;
}

static void
put_marks(const struct profile *p, uint8_t *to, const uint16_t *marks)
{
	if (p->width == 2) {
		memcpy(to, marks, row_bytes(p));
		return;
	}
	for (uint32_t i = 0; i < p->options; i++) {
		assert(marks[i] < NARROW_NO_OPINION ||
			marks[i] == PROFILE_NO_OPINION);
		to[i] = (uint8_t)marks[i];
	}
}

enum verdict
profile_add(struct profile *p, const uint16_t *marks, uint64_t weight)
{
	size_t used = p->rows * row_bytes(p);

	assert(weight > 0);
	if (weight > PROFILE_WEIGHT_MAX - p->total)
		return VERDICT_OVERFLOW;
	if (used + row_bytes(p) > PROFILE_BYTES_MAX)
		return VERDICT_TOO_LARGE;

	p->marks = mem_grow(p->marks, &p->marks_cap, used + row_bytes(p), 1);
	put_marks(p, p->marks + used, marks);
	keep_weight(p, weight);
	p->total += weight;
	p->rows++;
	return VERDICT_OK;
}

const uint8_t *
profile_bytes(const struct profile *p, size_t row)
{
	assert(row < p->rows);
	return p->marks + row * row_bytes(p);
}

static uint16_t
widen(uint8_t mark)
{
	return mark == NARROW_NO_OPINION ? PROFILE_NO_OPINION : mark;
}

void
profile_row(const struct profile *p, size_t row, uint16_t *out)
{
	const uint8_t *from = profile_bytes(p, row);

	if (p->width == 2) {
		memcpy(out, from, row_bytes(p));
		return;
	}
	for (uint32_t i = 0; i < p->options; i++)
		out[i] = widen(from[i]);
}

uint16_t
profile_mark(const struct profile *p, size_t row, uint32_t option)
{
	const uint8_t *from = profile_bytes(p, row);
	uint16_t mark;

	assert(option < p->options);
	if (p->width == 1)
		return widen(from[option]);
	memcpy(&mark, from + (size_t)option * 2, sizeof(mark));
	return mark;
}

uint64_t
profile_weight(const struct profile *p, size_t row)
{
	assert(row < p->rows);
	return p->weights == NULL ? 1 : p->weights[row];
}

static int
by_rank(const void *a, const void *b)
{
	uint16_t left = *(const uint16_t *)a;
	uint16_t right = *(const uint16_t *)b;

	return (left > right) - (left < right);
}

static bool
is_rank(uint16_t mark)
{
	return mark != PROFILE_BLANK && mark != PROFILE_NO_OPINION;
}

/* The ranks in use, in order and once each; returns how many. */
static uint32_t
ranks_in_use(const uint16_t *ranks, uint32_t n, uint16_t *used)
{
	uint32_t count = 0, kept = 0;

	for (uint32_t i = 0; i < n; i++)
		if (is_rank(ranks[i]))
			used[count++] = ranks[i];
	qsort(used, count, sizeof(*used), by_rank);
	for (uint32_t i = 0; i < count; i++)
		if (kept == 0 || used[kept - 1] != used[i])
			used[kept++] = used[i];
	return kept;
}

void
profile_close_gaps(uint16_t *ranks, uint32_t n)
{
	uint16_t *used = mem_new_array(n, sizeof(*used));
	uint32_t count = ranks_in_use(ranks, n, used);

	for (uint32_t i = 0; i < n; i++) {
		uint16_t *at;

		if (!is_rank(ranks[i]))
			continue;
		at = bsearch(&ranks[i], used, count, sizeof(*used), by_rank);
		ranks[i] = (uint16_t)(at - used + 1);
	}
	mem_free(used);
}
