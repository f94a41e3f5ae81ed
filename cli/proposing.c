#include "cli/proposing.h"

#include "cli/subject.h"

const struct option proposing_options[] = {
	{"chapter", 0, false, "CHAPTER", "for the members of a chapter"},
	{"topic", 0, false, "TOPIC", "in a topic"},
	{"rival", 0, false, "PROPOSAL", "against this one, in one vote"},
	{0},
};

/* Where it belongs **********************************************************/

static int
set_section(struct filing *f, const char *option, enum subject_sort sort,
	enum act_member member)
{
	const char *word = options_value(&f->desk->call->options, option);
	struct subject s;
	int rc;

	if (word == NULL)
		return 0;
	rc = subject_find(f->desk, sort, word, &s);
	if (rc == 0)
		act_set_hash(&f->act, member, s.id);
	subject_clear(&s);
	return rc;
}

/* A rival is opened on its lead, and follows its chapter and topic. */
static int
set_rival(struct filing *f)
{
	const char *word = options_value(&f->desk->call->options, "rival");
	struct subject lead;
	uint8_t id[CRYPT_HASH];
	int rc;

	if (word == NULL)
		return 0;
	rc = subject_find(f->desk, SUBJECT_PROPOSAL, word, &lead);
	if (rc == 0)
		act_set_hash(&f->act, ACT_HAS_ON, lead.id);
	if (rc == 0 && wire_there(wire_get(lead.entry, "chapter"))) {
		wire_id(wire_get(lead.entry, "chapter"), id);
		act_set_hash(&f->act, ACT_HAS_CHAPTER, id);
	}
	if (rc == 0 && wire_there(wire_get(lead.entry, "topic"))) {
		wire_id(wire_get(lead.entry, "topic"), id);
		act_set_hash(&f->act, ACT_HAS_TOPIC, id);
	}
	subject_clear(&lead);
	return rc;
}

int
proposing_set_where(struct filing *f)
{
	if (set_rival(f) != 0 || set_section(f, "chapter", SUBJECT_CHAPTER,
					 ACT_HAS_CHAPTER) != 0)
		return -1;
	return set_section(f, "topic", SUBJECT_TOPIC, ACT_HAS_TOPIC);
}

/* Signing ********************************************************************/

/* What people see before they sign: the first line, and how it is decided. */
static void
put_what(const struct filing *f, struct writer *what)
{
	struct bytes text = writer_view(&f->words.all[0].text);

	writer_put_u8(what, '"');
	writer_put(what, bytes_cut(&text, '\n'));
	writer_put_u8(what, '"');
	if (!act_has(&f->act, ACT_HAS_CLASS))
		return;
	writer_put_string(what, ", class ");
	writer_put(what, act_span(&f->act, ACT_HAS_CLASS));
	writer_put_string(what, ", by ");
	writer_put(what, act_span(&f->act, ACT_HAS_METHOD));
}

int
proposing_finish(struct filing *f, const char *next)
{
	struct writer what = {0};
	int rc;

	put_what(f, &what);
	rc = filing_finish(f, writer_string(&what));
	if (rc == 0 && f->recorded)
		output_next(f->desk->out, "%s", next);
	writer_clear(&what);
	return rc;
}
