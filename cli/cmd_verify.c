#include "cli/cmd_verify.h"

#include <fcntl.h>
#include <string.h>

#include "cli/assay.h"

/* Check each file that is named. */
static int
check_all(struct assay *a)
{
	const char *const *paths;
	size_t n;

	paths = options_operands(&a->call->options, "FILE", &n);
	for (size_t i = 0; i < n; i++)
		if (assay_file(a, AT_FDCWD,
			    strcmp(paths[i], "-") == 0 ? "/dev/stdin"
						       : paths[i],
			    paths[i]) != 0)
			return -1;
	return assay_conclude(a);
}

int
cmd_verify_files(const struct call *call)
{
	struct assay a;
	int rc = assay_open(call, &a);

	if (rc == 0)
		rc = assay_ask(&a);
	if (rc == 0)
		rc = check_all(&a);
	assay_close(&a);
	return rc;
}
