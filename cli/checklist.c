#include "cli/checklist.h"

#include <jansson.h>

json_t *
checklist_tell(struct output *out, const struct checks_table *table,
	const struct checks *c)
{
	json_t *all = json_object();

	for (int i = 0; i < table->n; i++) {
		const struct checks_row *row = &table->rows[i];
		const char *reason = verdict_name(c->verdict[i]);
		bool yes = c->verdict[i] == VERDICT_OK;

		if (!c->made[i])
			continue;
		output_line(out, "  %s  %s%s%s%s", yes ? "yes" : "no ",
			yes ? row->yes : row->no, yes ? "" : " (",
			yes ? "" : reason, yes ? "" : ")");
		json_object_set_new(all, row->name,
			json_pack("{s:b, s:s}", "yes", yes, "reason", reason));
	}
	return all;
}

void
checklist_answer(struct output *out, enum checks_answer answer)
{
	const char *name = checks_answer_name(answer);

	output_line(out, "%s", name);
	output_give_string(out, "answer", name);
}
