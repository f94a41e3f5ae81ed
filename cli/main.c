#include <stdio.h>
#include <sys/resource.h>

#include "ballots/base/crypt.h"
#include "ballots/machine/trouble.h"
#include "cli/commands.h"
#include "cli/complain.h"

int
main(int argc, char **argv)
{
	/* A crash must not leave a member's keys in a file. */
	const struct rlimit no_core = {0, 0};

	setrlimit(RLIMIT_CORE, &no_core);
	trouble_tell_to(complain_trouble);
	if (!crypt_init()) {
		complain_cannot(
			"", "The cryptographic library does not start.");
		return COMPLAIN_CANNOT;
	}
	return commands_run((size_t)(argc > 0 ? argc - 1 : 0), argv + 1);
}
