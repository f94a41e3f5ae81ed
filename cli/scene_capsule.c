#include "cli/scene_capsule.h"

#include "ballots/base/mem.h"
#include "ballots/record/capsule_check.h"
#include "cli/complain.h"
#include "cli/gather.h"
#include "cli/whom.h"

void
scene_capsule_clear(struct scene_capsule *s)
{
	writer_clear(&s->trust);
	writer_clear(&s->capsule);
}

static int
gather(struct desk *d, struct scene_mandate *m, struct writer *out)
{
	const struct gather_wish wish = {.language = "en"};
	struct subject mandate = {0};
	struct gather g = {0};
	int rc = subject_get(d, SUBJECT_MANDATE, m->id, &mandate);

	if (rc == 0)
		rc = gather_parts(d, &mandate, &wish, &g);
	if (rc == 0 && capsule_print(&g.capsule, out) != VERDICT_OK)
		rc = contact_misread();
	gather_clear(&g);
	subject_clear(&mandate);
	return rc;
}

int
scene_capsule_make(struct scene_capsule *s, const struct call *call,
	struct scene_mandate *m)
{
	struct contact *c = m->play->contact;
	struct desk d = {.call = call,
		.out = call->out,
		.contact = c,
		.now_s = contact_about(c)->now_s};

	writer_rewind(&s->capsule);
	if (s->trust.len == 0 && whom_put(&d, BYTES(""), &s->trust) != 0)
		return -1;
	return gather(&d, m, &s->capsule);
}

int
scene_capsule_check(
	struct scene_capsule *s, struct scene_mandate *m, const char *what)
{
	struct capsule_check *check = mem_new(sizeof(*check));
	struct trust *trust = mem_new(sizeof(*trust));
	struct capsule_check_with with = {.trust = trust,
		.now_s = contact_about(m->play->contact)->now_s};
	size_t line;
	int rc = 0;

	if (trust_parse(writer_view(&s->trust), trust, &line) != VERDICT_OK)
		rc = contact_misread();
	if (rc == 0) {
		capsule_check_run(writer_view(&s->capsule), &with, check);
		play_say(m->play, "", "%-42s %s", what,
			checks_answer_name(capsule_check_answer(check)));
		capsule_check_clear(check);
	}
	mem_free(trust);
	mem_free(check);
	return rc;
}
