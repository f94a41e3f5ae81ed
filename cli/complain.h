#ifndef CLI_COMPLAIN_H
#define CLI_COMPLAIN_H

/*
 * Why a command was not done: one sentence for a person, what to do next, and
 * the status that the program leaves with.
 *
 * Said once, on standard error, where the reason is known; callers only pass
 * -1 on.  What stands in the sentence is made safe for a terminal.
 */
enum complain_status {
	COMPLAIN_NONE = 0,   /* done */
	COMPLAIN_NO = 1,     /* the answer is no */
	COMPLAIN_USAGE = 2,  /* wrong usage */
	COMPLAIN_CANNOT = 3, /* could not reach, or could not do */
};

/* hint may be "".  Always -1, so that it can be returned. */
int complain_no(const char *hint, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
int complain_usage(const char *hint, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
int complain_cannot(const char *hint, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* A trouble_teller: what the machine refused could not be done. */
void complain_trouble(const char *sentence);

/* The last complaint; COMPLAIN_NONE, "" and "" when there was none. */
enum complain_status complain_last(const char **sentence, const char **hint);

#endif
