#include "cli/ballot_file.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>

#include "ballots/file/formats.h"
#include "ballots/machine/files.h"
#include "cli/complain.h"

#define FILE_BYTES_MAX ((size_t)16 << 30)

/* The format called name; NULL once it has complained. */
static const struct format *
find_format(const char *name)
{
	const struct format *f = formats_find(bytes_of_string(name));
	struct writer names = {0};

	if (f != NULL)
		return f;
	for (size_t i = 0; formats_at(i) != NULL; i++) {
		writer_put_string(&names, i == 0 ? "" : ", ");
		writer_put_string(&names, formats_at(i)->name);
	}
	complain_usage(
		"", "'%s' is no format: %s.", name, writer_string(&names));
	writer_clear(&names);
	return NULL;
}

static int
read_bytes(const char *path, const char *format, struct bytes file,
	struct election_wanted wanted, struct election *out)
{
	const struct format *f =
		format == NULL ? formats_guess(file) : find_format(format);
	struct file_fault fault;
	struct writer hint = {0};

	if (f == NULL)
		return -1;
	if (formats_read(f, file, wanted, out, &fault))
		return 0;
	writer_put_string(&hint, "The file was read as ");
	writer_put_string(&hint, f->title);
	writer_put_string(&hint, "; --format names another.");
	complain_usage(writer_string(&hint),
		"%s, line %" PRIu64 ", column %" PRIu64 ": expected %s.", path,
		fault.line, fault.column, fault.expected);
	writer_clear(&hint);
	return -1;
}

int
ballot_file_read(const char *path, const char *format,
	struct election_wanted wanted, struct election *out)
{
	bool standard = strcmp(path, "-") == 0;
	struct writer file = {0};
	int rc;

	rc = files_read(AT_FDCWD, standard ? "/dev/stdin" : path,
		FILE_BYTES_MAX, &file);
	if (rc == 0)
		rc = read_bytes(standard ? "standard input" : path, format,
			writer_view(&file), wanted, out);
	writer_clear(&file);
	return rc;
}
