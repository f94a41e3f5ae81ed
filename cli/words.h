#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include "ballots/record/jcs.h"
#include "cli/ask.h"
#include "cli/options.h"

/*
 * Texts on their way into an act: each with its language, a salt of its own,
 * and the hash that the act will name.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct words_text {
	char lang[LIMIT_LANG_BYTES + 1];
	uint8_t hash[CRYPT_HASH];
	uint8_t salt[LIMIT_TEXT_SALT];
	struct writer text;
};

/* A zeroed one is empty and ready. */
struct words {
	struct words_text *all;
	size_t n, cap;
};

void words_clear(struct words *w);

/* Options --text [LANG=]FILE and --say [LANG=]WORDS, each as often as wished.
 */
extern const struct option words_options[];

/* Add what these say; preset is the language where none is named. */
int words_add_options(
	struct words *w, const struct options *o, const char *preset);

/* Add "[LANG=]WORDS", or with is_file "[LANG=]FILE". */
int words_add_spec(
	struct words *w, const char *spec, bool is_file, const char *preset);

/*
 * See that what a person wrote can be a word of an act: 1 to 64 letters of
 * ASCII, no blanks, no quotes.
 */
int words_check(const char *word);

/* Add one text, with a fresh salt; or with the one it has. */
int words_add(struct words *w, struct bytes lang, struct bytes text);
int words_add_salted(struct words *w, struct bytes lang, struct bytes text,
	const uint8_t salt[static LIMIT_TEXT_SALT]);

/* Print texts from number from on as an act lists them. */
void words_print(const struct words *w, size_t from, struct jcs_printer *p);

/* All of them, in the form of a request; for mem_free(). */
struct ask_text *words_as_texts(const struct words *w);

#endif
