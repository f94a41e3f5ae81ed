#ifndef CLI_TERMS_H
#define CLI_TERMS_H

#include "cli/command.h"

struct json_t; /* jansson */

/*
 * Options from a file, for what is long or written together by several people:
 * a JSON object whose members are named like the options of a command, with a
 * word or number, or a list of them where an option may be given often:
 *
 *   {"delegate": ["ada", "bo"], "to": "2027-12-31", "needed": 2}
 *
 * What stands on the command line goes before what may be given once.
 */
struct terms {
	struct call call;     /* with the file's options */
	struct json_t *words; /* whose words they are */
};

/*
 * The call with the options of file path; path NULL adds none.  Borrows call;
 * cleared by terms_clear() in both cases.  Returns 0, or -1 once it has
 * complained.
 */
int terms_read(const struct call *call, const char *path, struct terms *out);
void terms_clear(struct terms *t);

#endif
