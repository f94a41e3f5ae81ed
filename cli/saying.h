#ifndef CLI_SAYING_H
#define CLI_SAYING_H

#include "cli/subject.h"

/*
 * What a record says, in words: "ada votes on P3 "Buy a kettle"".
 *
 * Names of what acts are about are asked of the daemon, and remembered for as
 * long as this is open.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct saying;

/* Borrows the desk; given back with saying_free(). */
struct saying *saying_new(struct desk *d);
void saying_free(struct saying *s);

/* Append what something is known by: "P3 "Buy a kettle"". */
int saying_put_name(struct saying *s, enum subject_sort sort,
	const uint8_t id[static CRYPT_HASH], struct writer *out);

/* Append the sentence. */
int saying_put(struct saying *s, const struct act *act, struct writer *out);

/* What a question of this kind is about. */
enum subject_sort saying_sort_of_question(struct bytes kind);

#endif
