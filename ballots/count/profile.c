#include "ballots/count/profile.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/base/mem.h"

/* What PROFILE_NO_OPINION is in one byte. */
#define NARROW_NO_OPINION 0xff

/* Marks of a block, in bytes: so little is wasted when the last is not full. */
#define BLOCK_BYTES 65536

struct profile_block {
	uint8_t *marks;
	uint64_t *weights; /* NULL while all are 1 */
};

static size_t
row_bytes(const struct profile *p)
{
	return (size_t)p->options * p->width;
}

static size_t
block_rows(const struct profile *p)
{
	return (size_t)1 << p->block_bits;
}

static size_t
place_in_block(const struct profile *p, size_t row)
{
	return row & (block_rows(p) - 1);
}

void
profile_init(struct profile *p, uint32_t options, uint32_t highest)
{
	assert(options >= 1 && options <= PROFILE_OPTIONS_MAX);
	assert(highest <= PROFILE_MARK_MAX);
	*p = (struct profile){
		.options = options,
		.width = highest < NARROW_NO_OPINION ? 1 : 2,
	};
	while (2 * block_rows(p) * row_bytes(p) <= BLOCK_BYTES)
		p->block_bits++;
}

void
profile_clear(struct profile *p)
{
	for (size_t row = 0; row < p->rows; row += block_rows(p)) {
		mem_free(p->blocks[row >> p->block_bits].marks);
		mem_free(p->blocks[row >> p->block_bits].weights);
	}
	mem_free(p->blocks);
	*p = (struct profile){0};
}

/* The block of the next row. */
static struct profile_block *
open_block(struct profile *p)
{
	size_t n = p->rows >> p->block_bits;

	if (place_in_block(p, p->rows) == 0) {
		p->blocks = mem_grow(
			p->blocks, &p->blocks_cap, n + 1, sizeof(*p->blocks));
		p->blocks[n] = (struct profile_block){
			.marks = mem_new_array(block_rows(p), row_bytes(p))};
	}
	return &p->blocks[n];
}

/* Weights are kept in a block that has one other than 1. */
static void
keep_weight(
	const struct profile *p, struct profile_block *block, uint64_t weight)
{
	if (block->weights == NULL && weight == 1)
		return;
	if (block->weights == NULL) {
		block->weights =
			mem_new_array(block_rows(p), sizeof(*block->weights));
		for (size_t row = 0; row < block_rows(p); row++)
			block->weights[row] = 1;
	}
	block->weights[place_in_block(p, p->rows)] = weight;
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

static uint8_t *
row_at(const struct profile *p, size_t row)
{
	return p->blocks[row >> p->block_bits].marks +
	       place_in_block(p, row) * row_bytes(p);
}

enum verdict
profile_add(struct profile *p, const uint16_t *marks, uint64_t weight)
{
	struct profile_block *block;

	assert(weight > 0);
	if (weight > PROFILE_WEIGHT_MAX - p->total)
		return VERDICT_OVERFLOW;
	if ((p->rows + 1) * row_bytes(p) > PROFILE_BYTES_MAX)
		return VERDICT_TOO_LARGE;

	block = open_block(p);
	put_marks(p, row_at(p, p->rows), marks);
	keep_weight(p, block, weight);
	p->total += weight;
	p->rows++;
	return VERDICT_OK;
}

static uint16_t
widen(uint8_t mark)
{
	return mark == NARROW_NO_OPINION ? PROFILE_NO_OPINION : mark;
}

void
profile_row(const struct profile *p, size_t row, uint16_t *out)
{
	const uint8_t *from;

	assert(row < p->rows);
	from = row_at(p, row);
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
	uint16_t mark;

	assert(row < p->rows && option < p->options);
	if (p->width == 1)
		return widen(row_at(p, row)[option]);
	memcpy(&mark, row_at(p, row) + (size_t)option * 2, sizeof(mark));
	return mark;
}

uint64_t
profile_weight(const struct profile *p, size_t row)
{
	const struct profile_block *block;

	assert(row < p->rows);
	block = &p->blocks[row >> p->block_bits];
	return block->weights == NULL ? 1
				      : block->weights[place_in_block(p, row)];
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
