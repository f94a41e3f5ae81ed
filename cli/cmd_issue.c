#include "cli/cmd_issue.h"

#include <string.h>

#include "ballots/base/utf8.h"
#include "cli/complain.h"
#include "cli/exchange.h"
#include "cli/issuer.h"
#include "cli/making.h"
#include "cli/subject.h"

const struct option cmd_issue_options[] = {
	{"chapter", 0, false, "CHAPTER", "say that they are in this chapter"},
	{"id", 0, false, NULL, "say which member they are"},
	{"lang", 0, false, "LANG",
		"the name of the chapter in this language (preset: the "
		"setting)"},
	{"probation", 0, false, NULL, "issue it to somebody on probation too"},
	{"raw", 0, false, NULL, "ask no ledger: WHO is a key, see --claim"},
	{"trade", 0, false, "WORDS", "say what they work as"},
	{0},
};

/* Claims ********************************************************************/

static void
put_text(struct jcs_printer *p, const char *name, struct bytes text)
{
	jcs_key(p, name);
	jcs_string(p, text);
}

static int
check_text(struct bytes text, const char *what)
{
	if (text.len > 0 && text.len <= LIMIT_CLAIM_BYTES &&
		utf8_check(text) == VERDICT_OK)
		return 0;
	return complain_usage("It has at most 512 bytes and no control "
			      "characters.",
		"That cannot be the name of a %s.", what);
}

/* Find the chapter they want to be named, and what it is called. */
static int
find_chapter(struct making *m, const struct roster_member *member)
{
	struct desk *d = &m->look.desk;
	const char *word = options_value(&d->call->options, "chapter");
	struct subject chapter = {0};
	int rc;

	if (word == NULL)
		return 0;
	if (d->contact == NULL)
		return complain_usage("Leave --export out.",
			"What a chapter is called is asked of a daemon.");
	rc = subject_find(d, SUBJECT_CHAPTER, word, &chapter);
	if (rc == 0 &&
		!roster_in_chapter(member,
			idmap_get(&m->look.world->chapters.ids, chapter.id)))
		rc = complain_no("", "They are not in that chapter.");
	desk_prefer(d, options_value(&d->call->options, "lang"));
	if (rc == 0)
		rc = subject_title(
			d, SUBJECT_CHAPTER, chapter.entry, &m->chapter);
	if (rc == 0)
		rc = check_text(writer_view(&m->chapter), "chapter");
	memcpy(m->bearer.chapter, chapter.id, CRYPT_HASH);
	m->bearer.of_chapter = true;
	subject_clear(&chapter);
	return rc;
}

/* Only members in good standing are vouched for. */
static int
check_member(const struct making *m, const struct roster_member *member,
	const char *word)
{
	const struct options *o = &m->look.desk.call->options;
	const struct roster_rules rules = world_rules(m->look.world);

	if (member->left)
		return complain_no("", "%s has left the union.", word);
	if (roster_suspended(member, m->look.now_s))
		return complain_no("", "%s is suspended.", word);
	if (member->recovery != ROSTER_SAFE)
		return complain_no("Wait until it is over.",
			"The key of %s is being recovered.", word);
	if (!roster_past_probation(member, &rules, m->look.now_s) &&
		!options_has(o, "probation"))
		return complain_no("To issue it all the same: --probation",
			"%s is on probation and cannot vote yet.", word);
	return 0;
}

static int
claim_membership(struct making *m, const char *who)
{
	const struct options *o = &m->look.desk.call->options;
	const char *trade = options_value(o, "trade");
	struct jcs_printer p = jcs_printer_of(&m->claims);
	const struct roster_member *member;
	uint32_t number;

	if (lookup_member(&m->look, who, &number) != 0)
		return -1;
	member = roster_get(&m->look.world->roster, number);
	memcpy(m->bearer.holder, member->id, CRYPT_HASH);
	memcpy(m->bearer.key, member->key, CRYPT_KEY);
	if (check_member(m, member, who) != 0 || find_chapter(m, member) != 0 ||
		(trade != NULL &&
			check_text(bytes_of_string(trade), "trade") != 0))
		return -1;
	jcs_begin_object(&p);
	if (m->chapter.len > 0)
		put_text(&p, "chapter", writer_view(&m->chapter));
	jcs_key(&p, "id");
	jcs_did(&p, member->key);
	if (options_has(o, "id")) {
		jcs_key(&p, "member");
		jcs_id(&p, member->id);
	}
	if (trade != NULL)
		put_text(&p, "trade", bytes_of_string(trade));
	put_text(&p, "union", bytes_of_string(m->look.world->log));
	jcs_end_object(&p);
	return 0;
}

static int
claim_acceptance(struct making *m, const char *who)
{
	struct jcs_printer p = jcs_printer_of(&m->claims);
	const struct world_gateway *g;
	uint32_t number;

	if (lookup_gateway(&m->look, who, &number) != 0)
		return -1;
	g = &m->look.world->gateways[number];
	if (g->struck)
		return complain_no("", "%s was struck from the register.", who);
	m->bearer.gateway = true;
	memcpy(m->bearer.holder, g->id, CRYPT_HASH);
	memcpy(m->bearer.key, g->key, CRYPT_KEY);
	jcs_begin_object(&p);
	jcs_key(&p, "accepts");
	jcs_raw(&p, bytes_of_string(g->accepts));
	jcs_key(&p, "gateway");
	jcs_id(&p, g->id);
	jcs_key(&p, "id");
	jcs_did(&p, g->key);
	put_text(&p, "union", bytes_of_string(m->look.world->log));
	jcs_end_object(&p);
	return 0;
}

/* Issuing *******************************************************************/

static int
issue(const struct call *call, struct making *m)
{
	const char *who = options_operand(&call->options, "WHO");
	int rc = lookup_need_registrar(&m->look);

	if (rc == 0)
		rc = m->c.type == CREDENTIAL_GATEWAY ? claim_acceptance(m, who)
						     : claim_membership(m, who);
	if (rc == 0 && !credential_read_claims(writer_view(&m->claims), &m->c))
		rc = complain_cannot("", "The ledger's words cannot stand in a "
					 "credential.");
	if (rc == 0)
		rc = issuer_bind(call, &m->c, m->ids);
	if (rc == 0)
		rc = issuer_begin(call, m->look.desk.keys, 365, &m->c);
	if (rc == 0)
		rc = making_finish(m, BOOK_NONE);
	if (rc == 0)
		exchange_give(call->out, "credential", writer_view(&m->doc));
	return rc;
}

int
cmd_issue_known(const struct call *call, enum credential_type type)
{
	struct making m;
	int rc;

	if (options_has(&call->options, "claim") ||
		options_has(&call->options, "revocation") ||
		options_has(&call->options, "suspension"))
		return complain_usage("With --raw nothing is asked.",
			"What a %s says, the ledger knows.",
			credential_type_name(type));
	rc = making_begin(call, &m);
	m.c.type = type;
	if (rc == 0)
		rc = issue(call, &m);
	making_end(&m);
	return rc;
}
