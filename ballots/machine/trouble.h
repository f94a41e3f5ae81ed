#ifndef BALLOTS_MACHINE_TROUBLE_H
#define BALLOTS_MACHINE_TROUBLE_H

/*
 * What the machine refused, told once, where the reason is known.
 *
 * A function that the machine may fail returns -1 or NULL after one call of
 * these; its callers only pass the failure on.  Where the sentence goes is the
 * program's choice, made once: the daemon logs it, the tool prints it.
 */

/* Takes one sentence without a newline; lent for the call. */
typedef void trouble_teller(const char *sentence);

/* From now on tell to teller; NULL restores the default, standard error. */
void trouble_tell_to(trouble_teller *teller);

/* Tell one sentence, cut at 1,000 bytes.  Always -1, so it can be returned. */
int trouble_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Tell "<what> <name>: <the reason in errno>", as in
 * trouble_errno("cannot open", path).  Always -1; keeps errno.
 */
int trouble_errno(const char *what, const char *name);

#endif
