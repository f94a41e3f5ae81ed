#ifndef BALLOTS_COUNT_DOCUMENT_H
#define BALLOTS_COUNT_DOCUMENT_H

#include "ballots/count/report.h"

/*
 * A count as one JSON object, for programs.
 *
 *   method, seats, ballots, valid, blank, set_aside
 *   options   names in the order of the ballots
 *   winners   names in order of election, as far as they are certain
 *   ties      groups of names that contend for the seats still open
 *   lots      for each tie: seats, decides ("seat", "exclusion" or "surplus"),
 *             and leads: for each name, the winners once the lot puts it first
 *             (for an exclusion: last)
 *   outcome   "passed" or "rejected", for yes-no
 *   ranking   groups of names, best first, where the method gives one
 *   steps     tables: kind, title, number, rows, notes
 *
 * A row is an object: "option" or "row" names it, words name its cells, and
 * cells headed by options or numbers stand in "cells".  Whole numbers below
 * 10^15 are numbers; larger ones and decimals are strings, so that nobody
 * rounds them.
 */
void document_report(struct writer *w, const struct report *report);

/* Write text, which is UTF-8, as a JSON string. */
void document_string(struct writer *w, struct bytes text);

#endif
