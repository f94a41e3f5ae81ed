#include <assert.h>

#include "ballots/record/tile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Reads the input as a path, which a tile has one of, and as a bundle. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes in = bytes_of(data, size);
	struct reader bundle = reader_of(in);
	struct writer again = {0};
	struct tile t;

	if (tile_parse_path(in, &t)) {
		tile_print_path(&t, &again);
		assert(bytes_equal(writer_view(&again), in));
	}
	writer_rewind(&again);
	while (bundle.rest.len > 0) {
		struct bytes entry = tile_next_entry(&bundle);

		if (!bundle.short_read)
			tile_put_entry(&again, entry);
	}
	assert(bundle.short_read || bytes_equal(writer_view(&again), in));
	writer_clear(&again);
	return 0;
}
