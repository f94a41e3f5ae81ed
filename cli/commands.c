#include "cli/commands.h"

#include <assert.h>
#include <string.h>

#include "cli/assay.h"
#include "cli/call.h"
#include "cli/cmd_act.h"
#include "cli/cmd_agreement.h"
#include "cli/cmd_authorise.h"
#include "cli/cmd_case.h"
#include "cli/cmd_check.h"
#include "cli/cmd_cosign.h"
#include "cli/cmd_count.h"
#include "cli/cmd_counterparty.h"
#include "cli/cmd_credential.h"
#include "cli/cmd_delegate.h"
#include "cli/cmd_digest.h"
#include "cli/cmd_file.h"
#include "cli/cmd_found.h"
#include "cli/cmd_gateway.h"
#include "cli/cmd_gather.h"
#include "cli/cmd_guardians.h"
#include "cli/cmd_help.h"
#include "cli/cmd_home.h"
#include "cli/cmd_issue.h"
#include "cli/cmd_key.h"
#include "cli/cmd_mandate.h"
#include "cli/cmd_member.h"
#include "cli/cmd_mirror.h"
#include "cli/cmd_proposal.h"
#include "cli/cmd_propose.h"
#include "cli/cmd_publish.h"
#include "cli/cmd_receipt.h"
#include "cli/cmd_recover.h"
#include "cli/cmd_rehearse.h"
#include "cli/cmd_replay.h"
#include "cli/cmd_report.h"
#include "cli/cmd_result.h"
#include "cli/cmd_show.h"
#include "cli/cmd_status.h"
#include "cli/cmd_trust.h"
#include "cli/cmd_verify.h"
#include "cli/cmd_vote.h"
#include "cli/cmd_watch.h"
#include "cli/complain.h"
#include "cli/desk.h"
#include "cli/effects.h"
#include "cli/evidence.h"
#include "cli/fill.h"
#include "cli/issuer.h"
#include "cli/lookup.h"
#include "cli/proposing.h"
#include "cli/rules.h"
#include "cli/words.h"

#define KEYS call_key_options
#define READ call_daemon_options
#define SIGN call_key_options, call_daemon_options, desk_sign_options

/* clang-format off */
static const struct command table[] = {
	/* heading, name, operands, summary, options, function */
	{"Your key", "key new", "", "make a key of your own", {KEYS}, cmd_key_new},
	{NULL, "key show", "", "show its public half and the member it is for", {KEYS}, cmd_key_show},
	{NULL, "key passphrase", "", "change its passphrase", {KEYS}, cmd_key_passphrase},
	{NULL, "key paper", "", "show it as lines to write down and keep", {KEYS}, cmd_key_paper},
	{NULL, "key restore", "", "bring it back from such lines, on standard input", {KEYS}, cmd_key_restore},

	{"The union", "found", "NAME [FOUNDER...]", "make the founding file of a new union", {KEYS, cmd_found_options}, cmd_found_union},
	{NULL, "status", "", "say which union this is and where it stands", {READ}, cmd_show_status},
	{NULL, "charter", "", "show the rules in force", {READ}, cmd_show_charter},
	{NULL, "offices", "", "show who holds which office", {READ}, cmd_show_offices},
	{NULL, "file", "FILE", "file what was signed without a network", {READ, cmd_file_options}, cmd_file_acts},
	{NULL, "rehearsal advance", "TIME", "move the clock of a practice union", {READ}, cmd_found_advance},

	{"Members", "join", "", "apply to be a member; as a founder, join", {SIGN, cmd_member_join_options}, cmd_member_join},
	{NULL, "admit", "FILE", "admit whoever made an application", {SIGN}, cmd_member_admit},
	{NULL, "renew", "", "say once a year that you are still there", {SIGN}, cmd_act_sign},
	{NULL, "leave", "", "leave the union", {SIGN}, cmd_act_sign},
	{NULL, "key rotate", "", "put your next key in force", {SIGN}, cmd_member_rotate},
	{NULL, "members", "", "list the members", {READ}, cmd_member_list},
	{NULL, "member show", "MEMBER", "show one of them", {READ}, cmd_member_show},

	{"When a key is lost", "guardians set", "MEMBER...", "choose who can vouch for a new key of yours; none for nobody", {SIGN, cmd_guardians_needed}, cmd_guardians_set},
	{NULL, "guardians show", "", "show who they are", {KEYS, READ}, cmd_guardians_show},
	{NULL, "guardians card", "", "show the card that each of them keeps", {KEYS, READ, cmd_guardians_out}, cmd_guardians_card},
	{NULL, "key recover", "[CARD]", "with a new key, ask for your membership back", {SIGN, cmd_recover_options}, cmd_recover_ask},
	{NULL, "key vouch", "FILE", "as a guardian or registrar, vouch for such a request", {SIGN}, cmd_recover_vouch},
	{NULL, "key recovery", "", "list such requests", {READ, cmd_recover_all}, cmd_recover_list},
	{NULL, "key object", "[RECOVERY]", "with the old key, stop somebody else who asks", {SIGN}, cmd_act_sign},

	{"Chapters and topics", "chapter open", "", "open a chapter, as a founder", {SIGN, words_options}, cmd_act_sign},
	{NULL, "chapter join", "CHAPTER", "join a chapter", {SIGN}, cmd_act_sign},
	{NULL, "chapter leave", "CHAPTER", "leave it", {SIGN}, cmd_act_sign},
	{NULL, "chapter list", "", "list the chapters", {READ}, cmd_show_sections},
	{NULL, "topic open", "", "open a topic, as a founder", {SIGN, words_options}, cmd_act_sign},
	{NULL, "topic list", "", "list the topics", {READ}, cmd_show_sections},

	{"Proposals", "propose", "", "propose something to decide", {SIGN, words_options, cmd_propose_options, proposing_options, effects_options}, cmd_propose_open},
	{NULL, "amend", "PROPOSAL", "put another version in its place", {SIGN, words_options, effects_options}, cmd_propose_amend},
	{NULL, "support", "PROPOSAL", "support the version shown", {SIGN}, cmd_act_sign},
	{NULL, "unsupport", "PROPOSAL", "take your support back", {SIGN}, cmd_act_sign},
	{NULL, "withdraw", "PROPOSAL", "withdraw a proposal of your own", {SIGN}, cmd_act_sign},
	{NULL, "hold", "PROPOSAL", "ask for a vote before it comes into force", {SIGN}, cmd_act_sign},
	{NULL, "proposals", "", "list those under way", {READ, cmd_proposal_all}, cmd_proposal_list},
	{NULL, "show", "PROPOSAL", "show one, with its text and where it stands", {READ}, cmd_proposal_show},
	{NULL, "text show", "WHAT", "show a text, by its hash or by what it is of", {READ, cmd_show_language}, cmd_show_text},
	{NULL, "text erase", "HASH", "as a steward, let a text be missing from now on", {SIGN}, cmd_act_sign},

	{"Voting", "ballot", "QUESTION", "show the ballot paper of a vote", {READ, cmd_vote_hold}, cmd_vote_paper},
	{NULL, "vote", "QUESTION [CHOICE...]", "cast your ballot", {SIGN, cmd_vote_options, cmd_vote_hold}, cmd_vote_cast},
	{NULL, "result", "PROPOSAL", "show how a vote ended", {READ, cmd_result_options}, cmd_result_show},
	{NULL, "roll", "QUESTION", "say whether you are on the roll of a vote", {KEYS, READ, cmd_vote_hold}, cmd_vote_roll},
	{NULL, "delegate", "MEMBER", "let somebody vote where you do not; none for nobody", {SIGN, cmd_act_on}, cmd_delegate_grant},
	{NULL, "undelegate", "", "take such trust back", {SIGN, cmd_act_on}, cmd_act_sign},
	{NULL, "delegation accept", "GRANT", "accept to vote for somebody", {SIGN, fill_max_options}, cmd_act_sign},
	{NULL, "delegation drop", "GRANT", "do so no more", {SIGN}, cmd_act_sign},
	{NULL, "delegation list", "", "list who votes for whom", {READ}, cmd_delegate_list},
	{NULL, "stand", "ELECTION", "stand in an election", {SIGN}, cmd_act_sign},
	{NULL, "resign", "OFFICE", "give an office up", {SIGN}, cmd_act_sign},
	{NULL, "lot commit", "QUESTION", "as an auditor, put a hidden value in the lot of a vote or case", {SIGN}, cmd_act_sign},
	{NULL, "lot reveal", "QUESTION", "show that value where the vote is tied, or a panel is drawn", {SIGN}, cmd_act_sign},

	{"Mandates", "mandate propose", "", "propose that delegates negotiate", {SIGN, words_options, proposing_options, cmd_authorise_terms}, cmd_authorise_propose},
	{NULL, "mandate accept", "MANDATE", "accept to be its delegate", {SIGN}, cmd_act_sign},
	{NULL, "mandate publish", "MANDATE", "as a steward, publish it, with credentials for its delegates", {SIGN}, cmd_publish_mandate},
	{NULL, "mandate endorse", "MANDATE", "stand behind it with your name", {SIGN}, cmd_act_sign},
	{NULL, "mandate unendorse", "MANDATE", "do so no more", {SIGN}, cmd_act_sign},
	{NULL, "mandate meeting", "MANDATE", "say that you met a counterparty", {SIGN, words_options, fill_meeting_options}, cmd_act_sign},
	{NULL, "mandate report", "MANDATE", "report to the members", {SIGN, words_options, fill_report_options}, cmd_act_sign},
	{NULL, "mandate seal", "MANDATE", "report what stays sealed for a time", {SIGN, words_options, cmd_report_seal_options}, cmd_report_seal},
	{NULL, "mandate open", "MANDATE [SEAL]", "open such a report", {SIGN}, cmd_report_open},
	{NULL, "mandate resign", "MANDATE", "be its delegate no more", {SIGN}, cmd_act_sign},
	{NULL, "mandate hold", "MANDATE", "ask for a vote to end it", {SIGN}, cmd_act_sign},
	{NULL, "mandate conclude", "MANDATE", "say that it is done", {SIGN}, cmd_act_sign},
	{NULL, "mandate list", "", "list those under way", {READ, cmd_mandate_all}, cmd_mandate_list},
	{NULL, "mandate show", "MANDATE", "show one, with its terms and where it stands", {READ}, cmd_mandate_show},
	{NULL, "mandate capsule", "MANDATE", "make the file that proves it to a stranger without a network", {KEYS, READ, cmd_gather_options}, cmd_gather_capsule},
	{NULL, "mandate reports", "MANDATE", "read its meetings and reports", {READ}, cmd_report_list},
	{NULL, "mandate challenge", "MANDATE", "say that it should not have been, for a panel to decide", {SIGN, words_options}, cmd_act_sign},

	{"Agreements", "agreement table", "MANDATE", "as a delegate, sign what you would agree on, for others to sign", {SIGN, words_options, cmd_agreement_terms}, cmd_agreement_table},
	{NULL, "agreement sign", "AGREEMENT", "as another delegate, sign the same", {SIGN}, cmd_act_sign},
	{NULL, "agreement withdraw", "AGREEMENT", "as a delegate, take it back before it binds", {SIGN}, cmd_act_sign},
	{NULL, "agreement challenge", "AGREEMENT", "say that it goes beyond the mandate, for a panel to decide", {SIGN, words_options}, cmd_act_sign},
	{NULL, "agreement breach", "AGREEMENT", "say that the other side broke it", {SIGN, fill_evidence_options, evidence_options}, cmd_act_sign},
	{NULL, "agreement endorse", "AGREEMENT [BREACH]", "stand behind such a saying", {SIGN}, cmd_act_sign},
	{NULL, "agreement answer", "AGREEMENT [BREACH]", "as a delegate, answer it", {SIGN, words_options, fill_answer_options}, cmd_act_sign},
	{NULL, "agreement end", "AGREEMENT", "as a delegate, end what stands", {SIGN}, cmd_act_sign},
	{NULL, "agreement list", "", "list those under way", {READ, cmd_agreement_all}, cmd_agreement_list},
	{NULL, "agreement show", "AGREEMENT", "show one, word for word, and where it stands", {READ, cmd_agreement_out}, cmd_agreement_show},

	{"Counterparties, who are no members", "counterparty key", "", "show the key that you sign with", {KEYS, desk_key_options}, cmd_counterparty_key},
	{NULL, "counterparty countersign", "AGREEMENT", "sign what the delegates signed", {SIGN, desk_key_options, fill_paper_options}, cmd_act_sign},
	{NULL, "counterparty decline", "AGREEMENT", "refuse it, or end it", {SIGN, desk_key_options, fill_paper_options}, cmd_act_sign},
	{NULL, "counterparty receipt", "AGREEMENT", "say that you know it to be agreed", {SIGN, desk_key_options, fill_paper_options}, cmd_act_sign},
	{NULL, "counterparty reply", "AGREEMENT [BREACH]", "reply to those who say that you broke it", {SIGN, words_options, desk_key_options}, cmd_act_sign},

	{"Cases, decided by members drawn by lot", "case list", "", "list those under way", {READ, cmd_case_all}, cmd_case_list},
	{NULL, "case show", "CASE", "show one, with its panel and where it stands", {READ}, cmd_case_show},
	{NULL, "case appeal", "CASE", "ask for a second panel", {SIGN}, cmd_act_sign},
	{NULL, "member suspend", "MEMBER", "as one of two stewards, suspend a member until a panel decides", {SIGN, fill_suspension_options, evidence_options}, cmd_act_sign},

	{"Gateways", "gateway list", "", "list who accepts credentials of the union", {READ, cmd_gateway_all}, cmd_gateway_list},
	{NULL, "gateway show", "GATEWAY", "show one, with what it accepts and how it dealt with us", {READ, cmd_show_language}, cmd_gateway_show},

	{"Watching", "watch", "", "tell each record as it comes", {READ, cmd_watch_options}, cmd_watch_records},
	{NULL, "digest", "", "tell on one page where the union stands, and what waits", {KEYS, READ, cmd_digest_options}, cmd_digest_show},
	{NULL, "verify", "FILE...", "check capsules, credentials, receipts, checkpoints and refusals, without a network", {assay_options, assay_shown_options}, cmd_verify_files},
	{NULL, "trust", "", "print whom to believe of this union, for strangers to keep", {READ, cmd_trust_options}, cmd_trust_show},
	{NULL, "receipt list", "", "list the receipts kept here", {0}, cmd_receipt_list},
	{NULL, "receipt show", "RECEIPT", "show one of them", {assay_options}, cmd_receipt_show},
	{NULL, "receipt check", "[RECEIPT]", "check one, or all of them", {assay_options}, cmd_receipt_check},

	{"Credentials", "credential issue", "TYPE WHO", "vouch for a member or gateway of the ledger, or for a key", {KEYS, call_daemon_options, lookup_options, issuer_options, cmd_issue_options, cmd_credential_issue_options}, cmd_credential_issue},
	{NULL, "credential reissue", "", "issue again what was for keys no longer in force", {KEYS, call_daemon_options, lookup_options, cmd_status_again_options}, cmd_status_again},
	{NULL, "credential sign", "FILE", "put one's own proof beside those of others", {KEYS}, cmd_credential_sign},
	{NULL, "credential list", "[ID] [BIT...]", "sign a status list: who is revoked, or suspended", {KEYS, call_daemon_options, lookup_options, cmd_status_list_options}, cmd_credential_list},
	{NULL, "credential present", "CREDENTIAL REQUEST", "answer a request with a credential of one's own", {KEYS}, cmd_credential_present},
	{NULL, "credential verify", "FILE", "check one, or such an answer, without a network", {cmd_check_options}, cmd_check_credential},

	{"Auditing", "replay", "[EXPORT]", "judge every record again, of a daemon or an export", {cmd_replay_options, call_daemon_options}, cmd_replay_ledger},
	{NULL, "cosign", "EXPORT", "as a witness, vouch for it once it is replayed", {cmd_replay_options, cmd_cosign_options, KEYS}, cmd_cosign_export},
	{NULL, "mirror", "DIR", "copy the whole ledger from a daemon, for everybody", {call_daemon_options}, cmd_mirror_ledger},
	{NULL, "rehearse", "[FILE]", "practise it all: found a union, vote on FILE, mandate, audit", {rules_options, cmd_rehearse_options}, cmd_rehearse_file},

	{"On this machine", "settings", "[SETTING] [VALUE]", "show or change settings of a union", {cmd_home_forget}, cmd_home_settings},
	{NULL, "use", "NAME", "choose the union that is meant when none is named", {0}, cmd_home_use},
	{NULL, "names", "[MEMBER] [NAME]", "show or give names that only you see", {cmd_home_forget}, cmd_home_names},

	{"Counting", "count", "FILE", "count a file of ballots, without a union", {rules_options, cmd_count_options}, cmd_count_file},

	{"Help", "help", "[COMMAND...]", "list the commands, or explain one", {cmd_help_options}, cmd_help_list},
	{NULL, "version", "", "print the version of this program", {0}, cmd_help_version},
	{NULL, "completion", "", "print a completion for bash", {0}, cmd_help_completion},
	{0},
};
/* clang-format on */

/* Options that stand for commands, as people expect them. */
static const char *
as_command(const char *word)
{
	if (strcmp(word, "--version") == 0)
		return "version";
	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
		return "help";
	return word;
}

/* JSON is wanted even for what is wrong with the words themselves. */
static bool
wants_json(size_t n, char *const *words)
{
	for (size_t i = 0; i < n && strcmp(words[i], "--") != 0; i++)
		if (strcmp(words[i], "--json") == 0 ||
			strcmp(words[i], "-j") == 0)
			return true;
	return false;
}

static int
run(struct call *call, size_t n, char *const *words)
{
	const struct option *tables[COMMAND_TABLES];
	const char *names[2] = {0};
	struct writer title = {0};
	size_t used;
	int rc;

	for (size_t i = 0; i < n && i < 2; i++)
		names[i] = i == 0 ? as_command(words[i]) : words[i];
	call->command = command_find(table, n < 2 ? n : 2, names, &used);
	if (call->command == NULL)
		return -1;
	command_tables(call->command, tables);
	writer_put_string(&title, "union ");
	writer_put_string(&title, call->command->name);
	rc = options_parse(&call->options, writer_string(&title), tables,
		call->command->operands, n - used, words + used);
	if (rc == 0 && options_has(&call->options, "help"))
		rc = cmd_help_of(call, call->command);
	else if (rc == 0)
		rc = call->command->run(call);
	options_clear(&call->options);
	writer_clear(&title);
	return rc;
}

int
commands_run(size_t n, char *const *words)
{
	struct output out;
	struct call call = {.table = table, .out = &out};
	const char *sentence, *hint;
	int rc;

	output_begin(&out, stdout, wants_json(n, words));
	rc = run(&call, n, words);
	if (output_end(&out) != 0)
		rc = -1;
	if (rc == 0)
		return COMPLAIN_NONE;
	assert(complain_last(&sentence, &hint) != COMPLAIN_NONE);
	return (int)complain_last(&sentence, &hint);
}
