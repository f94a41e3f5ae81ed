#include "cli/standing.h"

/* clang-format off */
static const struct standing mandates[] = {
	{"PROPOSED", "it is voted on", "union show", false},
	{"AUTHORISED", "voted for; delegates accept, stewards publish", "union mandate accept", false},
	{"ACTIVE", "delegates may begin", "union mandate meeting", false},
	{"NEGOTIATING", "delegates are at work", "union mandate report", false},
	{"TENTATIVE", "an agreement is signed by both sides; members may challenge it", "union agreement list", false},
	{"RATIFYING", "members vote on an agreement; nothing binds them before", "union agreement list", false},
	{"MONITORING", "an agreement stands; delegates watch over it", "union mandate report", false},
	{"SUSPENDED", "delegates may not act until the cause is gone", "union mandate report", false},
	{"RECALLED", "the members ended it", NULL, true},
	{"EXPIRED", "its time is over", NULL, true},
	{"CONCLUDED", "it is done", NULL, true},
	{"LAPSED", "it never began", NULL, true},
	{"VOIDED", "a panel found that it should not have been", NULL, true},
	{0},
};

static const struct standing agreements[] = {
	{"OFFERED", "it waits for signatures", "union agreement sign", false},
	{"TENTATIVE", "signed by both sides; members may challenge it", "union agreement challenge", false},
	{"RATIFYING", "members vote on it; it binds nobody before", "union ballot", false},
	{"RATIFIED", "the members agreed; it begins on its day", NULL, false},
	{"IN_FORCE", "it binds both sides", "union agreement breach", false},
	{"BREACH_ALLEGED", "in force; members say that it is broken, delegates answer", "union agreement answer", false},
	{"ENDED", "its time is over", NULL, true},
	{"TERMINATED", "one side ended it", NULL, true},
	{"REJECTED", "the members turned it down", NULL, true},
	{"WITHDRAWN", "taken back before it bound anybody", NULL, true},
	{"LAPSED", "it never came about", NULL, true},
	{0},
};

static const struct standing cases[] = {
	{"DRAWING", "auditors put hidden values in the lot", "union lot commit", false},
	{"REVEALING", "auditors show their values; the lot draws the panel", "union lot reveal", false},
	{"HEARING", "the panel votes", "union vote", false},
	{"UPHELD", "the panel said yes; there may be an appeal", "union case appeal", false},
	{"DISMISSED", "the panel said no; there may be an appeal", "union case appeal", false},
	{"CLOSED", "it is decided", NULL, true},
	{"LAPSED", "no panel could be drawn", NULL, true},
	{0},
};

static const struct standing recoveries[] = {
	{"ASKED", "others vouch for the new key", "union key vouch", false},
	{"RUNNING", "the new key takes over when the time is up, unless the old one objects", "union key object", false},
	{"CONTESTED", "the old key objected; a panel decides", "union case list", false},
	{"DONE", "the new key took over", NULL, true},
	{"REFUSED", "the old key stays", NULL, true},
	{"LAPSED", "it came to nothing", NULL, true},
	{0},
};

static const struct {
	const char *word, *meaning;
} causes[] = {
	{"answer", "a breach was not answered in time; an answer cures it"},
	{"challenge", "a panel found it void; an appeal may still save it"},
	{"delegates", "too few delegates act; a replacement is voted on"},
	{"hold", "members asked for its end; the vote decides"},
	{"report", "a report is overdue; a report cures it"},
	{"seal", "a sealed report was not opened in time; opening it does"},
}, charges[] = {
	{"mandate", "Should this mandate not have been?  Yes: it is void."},
	{"recovery", "Is the new key the member's?  Yes: it takes the membership over."},
	{"scope", "Is this outside what the mandate allows?  Yes: the agreement is withdrawn."},
	{"suspension", "Is the member to be suspended for these reasons?  Yes: for the time asked for."},
};
/* clang-format on */

const struct standing *
standing_of(enum subject_sort sort, struct wire_value item)
{
	const struct standing *s = sort == SUBJECT_AGREEMENT  ? agreements
				   : sort == SUBJECT_CASE     ? cases
				   : sort == SUBJECT_RECOVERY ? recoveries
							      : mandates;
	const char *member = sort == SUBJECT_CASE ? "phase" : "state";
	struct bytes word = wire_string(wire_get(item, member), 32);
	const struct standing *first = s;

	while (s->state != NULL &&
		!bytes_equal(word, bytes_of_string(s->state)))
		s++;
	if (s->state != NULL)
		return s;
	wire_refuse(item);
	return first;
}

const char *
standing_mandate(struct bytes state)
{
	for (const struct standing *s = mandates; s->state != NULL; s++)
		if (bytes_equal(state, bytes_of_string(s->state)))
			return s->meaning;
	return "";
}

const char *
standing_cause(struct bytes cause)
{
	for (size_t i = 0; i < sizeof(causes) / sizeof(causes[0]); i++)
		if (bytes_equal(cause, bytes_of_string(causes[i].word)))
			return causes[i].meaning;
	return "";
}

const char *
standing_charge(struct bytes kind)
{
	for (size_t i = 0; i < sizeof(charges) / sizeof(charges[0]); i++)
		if (bytes_equal(kind, bytes_of_string(charges[i].word)))
			return charges[i].meaning;
	return "";
}
