#ifndef CLI_SUBJECT_H
#define CLI_SUBJECT_H

#include "cli/desk.h"

/*
 * What a command is about: found by what a person calls it (names.h), with its
 * state as the daemon tells it, and a title to recognise it by.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
enum subject_sort {
	SUBJECT_MEMBER,
	SUBJECT_PROPOSAL,
	SUBJECT_QUESTION,
	SUBJECT_MANDATE,
	SUBJECT_CHAPTER,
	SUBJECT_TOPIC,
	SUBJECT_GRANT,
	SUBJECT_GATEWAY,
	SUBJECT_AGREEMENT,
	SUBJECT_CASE,
	SUBJECT_RECOVERY,
	SUBJECT_SORTS
};

struct subject {
	enum subject_sort sort;
	uint8_t id[CRYPT_HASH];
	char name[16];           /* "P3"; "" where it is not known */
	struct wire *reply;      /* NULL without a network */
	struct wire_value entry; /* {"number", "item", ...} */
	struct wire_value item;  /* the object in it */
	struct writer title;
};

/*
 * Find what word means.  Without a network only ids and names of one's own
 * are understood, and nothing is known of it.  Cleared in both cases by
 * subject_clear().
 */
int subject_find(struct desk *d, enum subject_sort sort, const char *word,
	struct subject *out);

/* The same where it may be of several sorts; complaints name the first. */
struct subject_set {
	size_t n;
	enum subject_sort sorts[SUBJECT_SORTS];
};
int subject_find_among(struct desk *d, const struct subject_set *set,
	const char *word, struct subject *out);

/* The same by id. */
int subject_get(struct desk *d, enum subject_sort sort,
	const uint8_t id[static CRYPT_HASH], struct subject *out);

/* A scope of delegation: a chapter, topic or proposal; NULL for the union. */
int subject_find_scope(struct desk *d, const char *word, struct subject *out);

void subject_clear(struct subject *s);

/* What a list of this sort is called: "proposals". */
const char *subject_list(enum subject_sort sort);

/* Append "P3 1a2b3c4d5e6f7788 Buy a kettle". */
void subject_put(const struct subject *s, struct writer *out);

/* The counting name of an item, such as "P3". */
void subject_name(
	enum subject_sort sort, struct wire_value entry, char out[static 16]);

/* Append the title of an item of a list. */
int subject_title(struct desk *d, enum subject_sort sort,
	struct wire_value entry, struct writer *out);

/* Append what a member is called here: a name of one's own, or #7 and digits.
 */
void subject_put_member(struct desk *d, const uint8_t id[static CRYPT_HASH],
	struct writer *out);

#endif
