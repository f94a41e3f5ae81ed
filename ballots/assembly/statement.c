#include "ballots/assembly/statement.h"
void
statement_print(
	const struct world *w, const struct tree_head *head, struct writer *out)
{
	(void)w;
	(void)head;
	(void)out;
}
