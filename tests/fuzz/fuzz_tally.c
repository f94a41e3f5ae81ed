#include "ballots/file/formats.h"
#include "ballots/file/tally.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first byte chooses what marks are wanted, the rest is the file. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct format f = {.suits = tally_suits, .read = tally_read};
	struct bytes file = bytes_slice(bytes_of(data, size), 1, size);
	struct election_wanted wanted = {.low = -2, .high = 5};
	struct file_fault fault;
	struct election e;

	if (size == 0)
		return 0;
	wanted.marks = (enum method_marks)(data[0] % (METHOD_GRADES + 1));
	wanted.choice = data[0] >= 128;
	f.suits(file);
	if (formats_read(&f, file, wanted, &e, &fault))
		election_clear(&e);
	return 0;
}
