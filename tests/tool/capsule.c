/*
 * Prints what tests/lib/capsules.h makes, for tests that need files: trust, or
 * a capsule that is
 *
 *     good | told | named | nameless | misnamed | revoked | suspended |
 *     stale | rotated
 *     shown NONCE CLIENT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tests/lib/capsules.h"

static const struct {
	const char *name;
	struct capsules_recipe recipe;
} recipes[] = {
	{"good", {.text = NULL}},
	{"told", {.text = "Papers within 90 days\n\nOur delegates talk with "
			  "the ministry about how long people wait.\n"}},
	{"named", {.names = 3, .another_place = true}},
	{"nameless", {.another_place = true}},
	{"misnamed", {.names = 3, .another_place = true, .other_name = true}},
	{"revoked", {.state = "RECALLED"}},
	{"suspended", {.state = "SUSPENDED"}},
	{"stale", {.status_late_s = -30 * 86400}},
	{"rotated", {.rotated = true}},
};

static int
make(int argc, char **argv, struct writer *out)
{
	struct capsules_recipe shown = {0};

	if (argc == 2 && strcmp(argv[1], "trust") == 0) {
		capsules_trust(out);
		return 0;
	}
	if (argc == 4 && strcmp(argv[1], "shown") == 0) {
		shown.nonce = argv[2];
		shown.client = argv[3];
		capsules_make(&shown, out);
		return 0;
	}
	for (size_t i = 0; i < sizeof(recipes) / sizeof(recipes[0]); i++)
		if (argc == 2 && strcmp(argv[1], recipes[i].name) == 0) {
			capsules_make(&recipes[i].recipe, out);
			return 0;
		}
	return 2;
}

int
main(int argc, char **argv)
{
	struct writer out = {0};
	int rc = crypt_init() ? make(argc, argv, &out) : 1;

	fwrite(out.data, 1, out.len, stdout);
	writer_clear(&out);
	return rc;
}
