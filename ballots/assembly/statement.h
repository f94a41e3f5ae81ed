#ifndef S_H
#define S_H
#include "ballots/assembly/world.h"
#include "ballots/record/tree.h"
void statement_print(const struct world *w, const struct tree_head *head,
	struct writer *out);
#endif
