#ifndef CLI_FILL_H
#define CLI_FILL_H

#include "cli/filing.h"
#include "cli/subject.h"

/*
 * What acts say beyond whom they are by and what they are about: taken from the
 * options of a command, from the thing itself, or drawn.  s is what the act is
 * about.
 *
 * Each returns 0, or -1 once it has complained.
 */
typedef int fill(struct filing *f, const struct subject *s);

fill fill_texts, fill_version, fill_office, fill_max, fill_dates, fill_meeting,
	fill_report, fill_commit, fill_reveal, fill_exact, fill_paper,
	fill_evidence, fill_answer, fill_suspension;

/* The options that they read, beside those of words.h and evidence.h. */
extern const struct option fill_max_options[], fill_meeting_options[],
	fill_report_options[], fill_evidence_options[], fill_answer_options[],
	fill_paper_options[], fill_suspension_options[];

#endif
