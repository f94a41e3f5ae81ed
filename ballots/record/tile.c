#include "ballots/record/tile.h"

#include <assert.h>

#define NUMBER_MAX (UINT64_MAX / TREE_TILE)
#define GROUP      1000 /* one more than three digits can say */

static void
print_group(struct writer *w, uint64_t group)
{
	writer_put_u8(w, (uint8_t)('0' + group / 100));
	writer_put_u8(w, (uint8_t)('0' + group / 10 % 10));
	writer_put_u8(w, (uint8_t)('0' + group % 10));
}

static void
print_number(struct writer *w, uint64_t number)
{
	uint64_t unit = 1;

	while (number / unit >= GROUP)
		unit *= GROUP;
	for (; unit > 1; unit /= GROUP) {
		writer_put_u8(w, 'x');
		print_group(w, number / unit % GROUP);
		writer_put_u8(w, '/');
	}
	print_group(w, number % GROUP);
}

void
tile_print_path(const struct tile *t, struct writer *w)
{
	writer_put(w, BYTES("tile/"));
	if (t->level == TILE_ENTRIES)
		writer_put(w, BYTES("entries"));
	else
		writer_put_decimal(w, t->level);
	writer_put_u8(w, '/');
	print_number(w, t->number);
	if (t->width < TREE_TILE) {
		writer_put(w, BYTES(".p/"));
		writer_put_decimal(w, t->width);
	}
}

/* Read "x001/x234/067", or what some other writing of it may be. */
static bool
parse_number(struct bytes text, uint64_t *out)
{
	uint64_t number = 0;

	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.data[i];

		if (c == 'x' || c == '/')
			continue;
		if (c < '0' || c > '9' || number > NUMBER_MAX)
			return false;
		number = number * 10 + (uint64_t)(c - '0');
	}
	*out = number;
	return number <= NUMBER_MAX;
}

/* Cut ".p/<width>" off the back of *text, where it is there. */
static bool
cut_width(struct bytes *text, unsigned *width)
{
	struct bytes rest = *text;
	uint64_t value = TREE_TILE;

	*text = bytes_cut(&rest, '.');
	if (rest.len > 0 &&
		(!bytes_start_with(rest, BYTES("p/")) ||
			!reader_decimal(bytes_slice(rest, 2, rest.len),
				TREE_TILE - 1, &value)))
		return false;
	*width = (unsigned)value;
	return value > 0;
}

bool
tile_parse_path(struct bytes text, struct tile *out)
{
	struct bytes rest = text, level;
	struct writer again = {0};
	uint64_t value = TILE_ENTRIES;
	struct tile t;
	bool same;

	if (!bytes_equal(bytes_cut(&rest, '/'), BYTES("tile")))
		return false;
	level = bytes_cut(&rest, '/');
	if (!bytes_equal(level, BYTES("entries")) &&
		!reader_decimal(level, TREE_LEVELS - 1, &value))
		return false;
	t.level = (unsigned)value;
	if (!cut_width(&rest, &t.width) || !parse_number(rest, &t.number))
		return false;

	/* One text for each tile: only what is printed the same again. */
	tile_print_path(&t, &again);
	same = bytes_equal(writer_view(&again), text);
	writer_clear(&again);
	if (same)
		*out = t;
	return same;
}

/* How many hashes a level has; entries are counted as the lowest. */
static uint64_t
hashes(uint64_t size, unsigned level)
{
	assert(level < TREE_LEVELS || level == TILE_ENTRIES);
	return level == TILE_ENTRIES ? size : size >> level * TREE_TILE_BITS;
}

uint64_t
tile_count(uint64_t size, unsigned level)
{
	uint64_t n = hashes(size, level);

	return n / TREE_TILE + (n % TREE_TILE > 0);
}

struct tile
tile_at(uint64_t size, unsigned level, uint64_t number)
{
	uint64_t left = hashes(size, level) - number * TREE_TILE;

	assert(number < tile_count(size, level));
	return (struct tile){
		level, number, left < TREE_TILE ? (unsigned)left : TREE_TILE};
}

void
tile_put_entry(struct writer *w, struct bytes entry)
{
	assert(entry.len <= TILE_ENTRY_MAX);
	writer_put_u16(w, (uint16_t)entry.len);
	writer_put(w, entry);
}

struct bytes
tile_next_entry(struct reader *bundle)
{
	uint16_t len = reader_u16(bundle);

	return reader_bytes(bundle, len);
}
