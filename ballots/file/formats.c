#include "ballots/file/formats.h"

#include "ballots/file/blt.h"
#include "ballots/file/csv.h"
#include "ballots/file/pabulib.h"
#include "ballots/file/preflib.h"
#include "ballots/file/tally.h"

/*
 * In the order in which they are tried; CSV takes what is left.  A format of
 * several names is guessed as its first.
 */
/* clang-format off */
static const struct format table[] = {
	{"pb", "Pabulib", pabulib_suits, pabulib_read},
	{"preflib", "PrefLib", preflib_suits, preflib_read},
	{"soc", "PrefLib", preflib_suits, preflib_read},
	{"soi", "PrefLib", preflib_suits, preflib_read},
	{"toc", "PrefLib", preflib_suits, preflib_read},
	{"toi", "PrefLib", preflib_suits, preflib_read},
	{"cat", "PrefLib", preflib_suits, preflib_read},
	{"blt", "BLT", blt_suits, blt_read},
	{"hil", "BLT", blt_suits, blt_read},
	{"tally", "Debian tally sheet", tally_suits, tally_read},
	{"csv", "CSV, a ballot a line", csv_suits, csv_read},
};
/* clang-format on */

#define FORMATS (sizeof(table) / sizeof(table[0]))

const struct format *
formats_at(size_t i)
{
	return i < FORMATS ? &table[i] : NULL;
}

const struct format *
formats_find(struct bytes name)
{
	for (size_t i = 0; i < FORMATS; i++)
		if (bytes_equal(bytes_of_string(table[i].name), name))
			return &table[i];
	return NULL;
}

const struct format *
formats_guess(struct bytes file)
{
	size_t i = 0;

	if (bytes_start_with(file, BYTES("\xef\xbb\xbf")))
		file = bytes_slice(file, 3, file.len);
	while (i < FORMATS - 1 && !table[i].suits(file))
		i++;
	return &table[i];
}

bool
formats_read(const struct format *f, struct bytes file,
	struct election_wanted wanted, struct election *out,
	struct file_fault *fault)
{
	struct election e = election_of(wanted);
	struct scan t = scan_of(file);

	f->read(&t, &e);
	if (!scan_failed(&t) && e.profile.rows == 0)
		scan_fail(&t, t.end, "at least one ballot");
	if (scan_failed(&t)) {
		*fault = t.fault;
		election_clear(&e);
		return false;
	}
	*out = e;
	return true;
}
