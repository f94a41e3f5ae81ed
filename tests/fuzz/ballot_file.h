#ifndef TESTS_FUZZ_BALLOT_FILE_H
#define TESTS_FUZZ_BALLOT_FILE_H

#include "ballots/file/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * Read a file of ballots of one format: the first byte chooses what marks are
 * wanted, the rest is the file.
 */
static inline int
read_ballot_file(const struct format *f, const uint8_t *data, size_t size)
{
	struct bytes file = bytes_slice(bytes_of(data, size), 1, size);
	struct election_wanted wanted = {.low = -2, .high = 5};
	struct file_fault fault;
	struct election e;

	if (size == 0)
		return 0;
	wanted.marks = (enum method_marks)(data[0] % (METHOD_GRADES + 1));
	wanted.choice = data[0] >= 128;
	f->suits(file);
	if (formats_read(f, file, wanted, &e, &fault))
		election_clear(&e);
	return 0;
}

#endif
