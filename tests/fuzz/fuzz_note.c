#include <assert.h>

#include "ballots/record/note.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SAMPLE_KEY                                                             \
	"ledger.example/sample+6378093a+AeSVO5BK80UVZUD5qOJYl2w/w9Qkd6LNN9OTb" \
	"jkhk3Ts"

/* Reads the input as a note and as a key; a key has one text. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes in = bytes_of(data, size);
	struct writer again = {0};
	struct note_key key;
	struct note note;

	if (!crypt_init() ||
		note_parse_key(BYTES(SAMPLE_KEY), &key) != VERDICT_OK)
		return 0;
	if (note_open(in, &key, 1, &note) == VERDICT_OK)
		assert(note_line_of(&note, &key) != NULL);
	if (note_parse_key(in, &key) == VERDICT_OK) {
		note_print_key(&key, &again);
		assert(bytes_equal(writer_view(&again), in));
	}
	writer_clear(&again);
	return 0;
}
