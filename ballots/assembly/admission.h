#ifndef BALLOTS_ASSEMBLY_ADMISSION_H
#define BALLOTS_ASSEMBLY_ADMISSION_H

#include "ballots/assembly/embedded.h"
#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"

/*
 * How one becomes a member: by application, and by those who admit it
 * (specs/acts.md section 4).
 */

/*
 * Take an application out of its base64 form and judge what does not depend
 * on who admits: form, key, signature, dates at now_s, chapter, duplicates.
 * vouched: key and signature were checked before.
 */
enum verdict admission_application(const struct world *w,
	struct bytes application, struct bytes signature, bool vouched,
	uint64_t now_s, struct embedded *out);

/* Make the applicant a member at now_s; ROLL_GROWTH is judged before. */
void admission_complete(
	struct world *w, const struct act *application, uint64_t now_s);

/* Forget an admission half done; nothing where there is none. */
void admission_forget(struct world *w, const uint8_t id[static 32]);

/* Judge a founder's own application, as a record of its own. */
enum verdict admission_may_found(const struct world *w, const struct act *a);

/* A member.admit. */
enum verdict admission_judge(const struct world *w, const struct act *a,
	uint32_t member, uint64_t now_s);
void admission_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s);

#endif
