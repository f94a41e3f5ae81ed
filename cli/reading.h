#ifndef CLI_READING_H
#define CLI_READING_H

#include "cli/desk.h"

/*
 * Texts of the ledger, fetched and shown in the language of the reader: the
 * setting, else one that begins like it, else the first, which is the one that
 * counts.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */

/* Append the best of texts, a list as acts have it; nothing when it has none or
 * the text is missing.  lang, which may be NULL, is told which it is. */
int reading_text(
	struct desk *d, struct bytes texts, struct writer *out, char lang[36]);

/* The first line of the same. */
int reading_title(struct desk *d, struct bytes texts, struct writer *out);

/* The title of what the act id founded or says. */
int reading_title_of(struct desk *d, const uint8_t id[static CRYPT_HASH],
	struct writer *out);

/* The texts of a fetched act; empty where it has none. */
struct bytes reading_texts_of(const struct act *act);

/*
 * The same of what a proposal opened by its effect: a chapter, topic or
 * gateway.  Empty where the act has no such effect.
 */
struct bytes reading_texts_of_effect(const struct act *act);

/* Print a text behind a margin, and its language. */
int reading_show(struct desk *d, struct bytes texts);

#endif
