#ifndef TESTS_LIB_PLACE_H
#define TESTS_LIB_PLACE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "ballots/machine/trouble.h"

/*
 * A directory of a test's own, and the last trouble that was told.  As a
 * cmocka setup and teardown: *state is the path.
 */
static char place_trouble[1000];

static void
place_hear(const char *sentence)
{
	snprintf(place_trouble, sizeof(place_trouble), "%s", sentence);
}

static int
place_setup(void **state)
{
	char *path = strdup("/tmp/place.XXXXXX");

	place_trouble[0] = '\0';
	trouble_tell_to(place_hear);
	*state = path;
	return mkdtemp(path) != NULL ? 0 : -1;
}

static int
place_teardown(void **state)
{
	char command[100];

	snprintf(command, sizeof(command), "rm -rf %s", (char *)*state);
	free(*state);
	trouble_tell_to(NULL);
	return system(command);
}

/* The last trouble told has this text in it. */
#define assert_trouble(text)                                                   \
	do {                                                                   \
		if (strstr(place_trouble, text) == NULL)                       \
			fail_msg("told: '%s'", place_trouble);                 \
	} while (0)

#endif
