#include "cli/cmd_gather.h"

#include <fcntl.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/machine/files.h"
#include "ballots/record/capsule_check.h"
#include "ballots/record/frames.h"
#include "ballots/record/jcs.h"
#include "ballots/record/presentation.h"
#include "ballots/record/stamp.h"
#include "cli/checklist.h"
#include "cli/complain.h"
#include "cli/exchange.h"
#include "cli/gather.h"
#include "cli/prompt.h"
#include "cli/qr.h"
#include "cli/whom.h"

const struct option cmd_gather_options[] = {
	{"delegate", 'd', false, "MEMBER",
		"whose it is, where there are several"},
	{"for", 'f', false, "PARTY",
		"see that it is for this counterparty: its number or key"},
	{"lang", 'l', false, "LANG", "the texts in this language"},
	{"nonce", 'n', false, "WORD",
		"as the delegate, sign it for who gave this word"},
	{"client", 'c', false, "NAME", "and for who is called so"},
	{"checkpoint", 0, false, "DIR",
		"the one of an export or mirror, that witnesses signed"},
	{"renew", 0, false, "FILE",
		"an older capsule, with how the mandate stands now"},
	{"out", 'o', false, "FILE", "write it there"},
	{"qr", 'q', false, NULL, "show it as QR codes"},
	{"dark-on-light", 0, false, NULL, "for a terminal that writes so"},
	{"svg", 0, false, "FILE", "draw these codes there, to be printed"},
	{"frames", 0, false, "FILE",
		"write what these codes say there, as lines"},
	{0},
};

/* Showing it ****************************************************************/

/* Text that can stand in JSON as it is; options are printed by others. */
static int
check_word(const char *option, const char *word)
{
	struct writer quoted = {0};
	bool plain;

	writer_put_string(&quoted, "\"");
	writer_put_string(&quoted, word);
	writer_put_string(&quoted, "\"");
	plain = word[0] != '\0' && strlen(word) <= LIMIT_CLAIM_BYTES &&
		jcs_check(writer_view(&quoted)) == VERDICT_OK;
	writer_clear(&quoted);
	return plain ? 0
		     : complain_usage("Give it as it was given to you.",
			       "What stands behind --%s cannot be signed.",
			       option);
}

/* The delegate's signature for who asked, in the place of the credential. */
static int
present(struct desk *d, struct gather *g, struct writer *out)
{
	const struct options *o = &d->call->options;
	const char *nonce = options_value(o, "nonce");
	const char *client = options_value(o, "client");
	struct query q = {.nonce = bytes_of_string(nonce)};
	uint8_t key[CRYPT_KEY], message[INTEGRITY_MESSAGE];
	struct integrity_proof proof;
	struct writer document = {0};

	if (client == NULL)
		return complain_usage("A name, address or key of theirs.",
			"--nonce goes with --client: who asks.");
	if (check_word("nonce", nonce) != 0 ||
		check_word("client", client) != 0)
		return -1;
	keyfile_copy_key(d->keys, KEYFILE_CURRENT, key);
	if (memcmp(key, g->delegate->key, CRYPT_KEY) != 0)
		return complain_no("",
			"Only the delegate's own key can sign it for them.");
	q.client_id = bytes_of_string(client);
	presentation_begin(
		&q, g->capsule.credential, key, d->now_s, &proof, &document);
	integrity_message(writer_view(&document), &proof, message);
	keyfile_sign(d->keys, BYTES(""), bytes_of(message, sizeof(message)),
		proof.sig);
	integrity_add(writer_view(&document), &proof, out);
	g->capsule.presentation = writer_view(out);
	writer_clear(&document);
	return 0;
}

/* Judging it ****************************************************************/

/* As a stranger would who believes what this daemon says of its keys. */
static int
judge(struct desk *d, struct bytes doc, enum checks_answer *answer)
{
	const char *nonce = options_value(&d->call->options, "nonce");
	const char *client = options_value(&d->call->options, "client");
	struct capsule_check *check = mem_new(sizeof(*check));
	struct trust *trust = mem_new(sizeof(*trust));
	struct capsule_check_with with = {.trust = trust};
	struct writer text = {0};
	size_t line;
	int rc = whom_put(d, BYTES(""), &text);

	/* The statement was made since we last looked. */
	if (rc == 0)
		rc = desk_again(d);
	with.now_s = d->now_s;
	if (rc == 0 &&
		trust_parse(writer_view(&text), trust, &line) != VERDICT_OK)
		rc = contact_misread();
	if (nonce != NULL && client != NULL) {
		with.asked = true;
		with.nonce = bytes_of_string(nonce);
		with.client = bytes_of_string(client);
	}
	if (rc == 0) {
		capsule_check_run(doc, &with, check);
		*answer = capsule_check_answer(check);
		if (*answer == CHECKS_NOT_PROVEN)
			checklist_tell(
				d->out, capsule_check_table(), &check->checks);
		if (*answer == CHECKS_NOT_PROVEN)
			rc = complain_no("See above what a stranger would "
					 "miss.",
				"What could be gathered proves nothing yet.");
		capsule_check_clear(check);
	}
	mem_free(check);
	mem_free(trust);
	writer_clear(&text);
	return rc;
}

/* Giving it *****************************************************************/

static int
write_file(struct desk *d, const char *path, struct bytes content)
{
	int rc = files_replace(AT_FDCWD, path, FILES_PUBLIC, content);

	if (rc == 0)
		output_line(
			d->out, "Written: %s, %zu bytes", path, content.len);
	return rc;
}

/* Each line of the frames as a code. */
static int
encode(struct bytes lines, size_t n, struct qr *codes)
{
	for (size_t i = 0; i < n; i++)
		if (qr_encode(bytes_cut(&lines, '\n'), &codes[i]) != 0)
			return -1;
	return 0;
}

static void
show(struct desk *d, const struct qr *codes, size_t n)
{
	bool dark = options_has(&d->call->options, "dark-on-light");
	struct writer lines = {0};

	for (size_t i = 0; i < n; i++) {
		writer_rewind(&lines);
		qr_put_lines(&codes[i], dark, &lines);
		output_lines(d->out, writer_view(&lines));
		output_line(d->out, "Frame %zu of %zu", i + 1, n);
		output_flush(d->out);
		if (i + 1 < n)
			prompt_wait("Enter shows the next one. ");
	}
	writer_clear(&lines);
}

static int
draw(struct desk *d, const char *path, const struct qr *codes, size_t n)
{
	struct writer svg = {0};
	int rc;

	qr_put_svg(codes, n, &svg);
	rc = write_file(d, path, writer_view(&svg));
	writer_clear(&svg);
	return rc;
}

static size_t
count_lines(struct bytes lines)
{
	size_t n = 0;

	for (; lines.len > 0; n++)
		bytes_cut(&lines, '\n');
	return n;
}

static int
give_codes(struct desk *d, struct bytes lines)
{
	const char *path = options_value(&d->call->options, "svg");
	size_t n = count_lines(lines);
	struct qr *codes = mem_new_array(n, sizeof(*codes));
	int rc = encode(lines, n, codes);

	if (rc == 0 && path != NULL)
		rc = draw(d, path, codes, n);
	if (rc == 0 && options_has(&d->call->options, "qr") && !d->out->json)
		show(d, codes, n);
	for (size_t i = 0; i < n; i++)
		qr_clear(&codes[i]);
	mem_free(codes);
	return rc;
}

static int
give_frames(struct desk *d, struct bytes doc)
{
	const struct options *o = &d->call->options;
	const char *path = options_value(o, "frames");
	struct writer lines = {0};
	int rc = 0;

	if (path == NULL && options_value(o, "svg") == NULL &&
		!options_has(o, "qr"))
		return 0;
	if (!frames_print(doc, QR_TEXT_MAX, &lines))
		rc = complain_no("A file takes it whole.",
			"The capsule is too large for codes.");
	if (rc == 0 && path != NULL)
		rc = write_file(d, path, writer_view(&lines));
	if (rc == 0)
		rc = give_codes(d, writer_view(&lines));
	output_give_text(d->out, "frames", writer_view(&lines));
	writer_clear(&lines);
	return rc;
}

/* With no place named for it, it goes to standard output. */
static bool
goes_out(const struct options *o)
{
	return options_value(o, "out") == NULL && !options_has(o, "qr") &&
	       options_value(o, "svg") == NULL &&
	       options_value(o, "frames") == NULL;
}

static int
give(struct desk *d, struct bytes doc, enum checks_answer answer)
{
	const char *path = options_value(&d->call->options, "out");
	int rc = 0;

	if (goes_out(&d->call->options)) {
		exchange_give(d->out, "capsule", doc);
	} else {
		if (path != NULL)
			rc = write_file(d, path, doc);
		if (rc == 0)
			rc = give_frames(d, doc);
	}
	if (rc == 0 && answer != CHECKS_VALID)
		rc = complain_no("It is true, and made all the same.",
			"A stranger reads in it: %s.",
			checks_answer_name(answer));
	return rc;
}

/* Making it *****************************************************************/

/* An older one, with what the ledger states now. */
static int
renew(struct desk *d, const struct subject *mandate, const char *path,
	struct writer *doc)
{
	struct writer old = {0}, status = {0};
	struct capsule c;
	uint8_t id[CRYPT_HASH];
	int rc = exchange_read(path, &old);

	if (rc == 0 && capsule_read(writer_view(&old), &c) != VERDICT_OK)
		rc = complain_no(
			"See specs/capsule.md.", "%s is no capsule.", path);
	if (rc == 0) {
		stamp_act_id(c.act, id);
		if (memcmp(id, mandate->id, CRYPT_HASH) != 0)
			rc = complain_no("", "%s is of another mandate.", path);
		if (rc == 0)
			rc = ask_status(d->contact, mandate->id, &status);
		c.status = writer_view(&status);
		if (rc == 0 && capsule_print(&c, doc) != VERDICT_OK)
			rc = contact_misread();
		capsule_clear(&c);
	}
	writer_clear(&old);
	writer_clear(&status);
	return rc;
}

static int
make(struct desk *d, const struct subject *mandate, struct writer *doc,
	struct writer *remarks)
{
	const struct options *o = &d->call->options;
	const char *party = options_value(o, "for");
	struct gather_wish wish = {
		.delegate = options_value(o, "delegate"),
		.language = options_value(o, "lang"),
		.published = options_value(o, "checkpoint"),
	};
	struct writer shown = {0};
	struct gather g = {0};
	int rc = gather_parts(d, mandate, &wish, &g);

	if (rc == 0 && party != NULL)
		rc = gather_check_party(&g, party);
	if (rc == 0 && options_value(o, "nonce") != NULL)
		rc = present(d, &g, &shown);
	if (rc == 0 && capsule_print(&g.capsule, doc) != VERDICT_OK)
		rc = complain_no("Its texts may be too long.",
			"The parts make no capsule.");
	writer_put(remarks, writer_view(&g.remarks));
	writer_clear(&shown);
	gather_clear(&g);
	return rc;
}

static int
capsule(struct desk *d)
{
	const struct options *o = &d->call->options;
	const char *old = options_value(o, "renew");
	struct subject mandate = {0};
	struct writer doc = {0}, remarks = {0};
	enum checks_answer answer = CHECKS_NOT_PROVEN;
	int rc = subject_find(
		d, SUBJECT_MANDATE, options_operand(o, "MANDATE"), &mandate);

	if (rc == 0)
		rc = old != NULL ? renew(d, &mandate, old, &doc)
				 : make(d, &mandate, &doc, &remarks);
	if (rc == 0)
		rc = judge(d, writer_view(&doc), &answer);
	/* They must not stand in the way of what a program reads. */
	if (rc != 0 || !goes_out(o))
		output_lines(d->out, writer_view(&remarks));
	output_give_text(d->out, "remarks", writer_view(&remarks));
	if (rc == 0)
		rc = give(d, writer_view(&doc), answer);
	subject_clear(&mandate);
	writer_clear(&doc);
	writer_clear(&remarks);
	return rc;
}

int
cmd_gather_capsule(const struct call *call)
{
	bool signs = options_value(&call->options, "nonce") != NULL;

	return desk_do(call, signs ? desk_open_as_member : desk_open, capsule);
}
