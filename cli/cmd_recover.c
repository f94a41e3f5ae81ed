#include "cli/cmd_recover.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "cli/application.h"
#include "cli/card.h"
#include "cli/complain.h"
#include "cli/filing.h"
#include "cli/lines.h"
#include "cli/listing.h"
#include "cli/standing.h"
#include "cli/when.h"

#define LABEL  10           /* columns */
#define LIFE_S (30 * 86400) /* of a request, where nothing else is said */

const struct option cmd_recover_options[] = {
	{"member", 0, false, "MEMBER",
		"whose key it is to be, where there is no card"},
	{"compromised", 0, false, "TIME",
		"somebody else has had the old key since then: ballots cast "
		"with it are taken out of votes that are open"},
	{"out", 'o', false, "FILE",
		"where to write the request (preset: recovery.json)"},
	{0},
};

const struct option cmd_recover_all[] = {
	{"all", 'a', false, NULL, "those that are over too"},
	{0},
};

/* Asking *******************************************************************/

/* A new phone learns from the card which union is meant. */
static int
trust(struct home *home, const struct card *card)
{
	const char *origin = home_get(home, "origin");
	struct writer id = {0};
	int rc = 0;

	if (origin != NULL && strcmp(origin, card->log) != 0)
		return complain_no("Name another one with --union NAME.",
			"This card is of another union than the one here.");
	if (origin != NULL)
		return 0;
	coding_put_hex(&id, bytes_of(card->union_id, CRYPT_HASH));
	rc = home_set(home, "origin", card->log);
	if (rc == 0)
		rc = home_set(home, "vkey", card->vkey);
	if (rc == 0)
		rc = home_set(home, "id", writer_string(&id));
	writer_clear(&id);
	return rc;
}

static int
read_card(struct desk *d, const char *path, struct card *card)
{
	struct writer file = {0};
	int rc = desk_read_file(path, 4096, &file);

	if (rc == 0)
		rc = card_read(writer_view(&file), card);
	writer_clear(&file);
	return rc == 0 ? trust(&d->home, card) : -1;
}

/*
 * What a thief did is told by the ledger's size; and the clock of a rehearsal
 * is its daemon's, where that is known.
 */
static bool
needs_daemon(const struct desk *d, const struct card *card)
{
	const struct options *o = &d->call->options;
	bool known = options_has(o, "socket") ||
		     home_get(&d->home, "socket") != NULL;

	return options_has(o, "compromised") ||
	       (known && strncmp(card->log, "rehearsal.", 10) == 0);
}

/* Whose key it is to be: as the card says, else as --member does. */
static int
find_member(struct desk *d, struct card *card)
{
	const char *path = options_operand(&d->call->options, "CARD");
	const char *word = options_value(&d->call->options, "member");
	struct subject s;
	int rc;

	if (path != NULL)
		return read_card(d, path, card) != 0
			       ? -1
			       : desk_know(d, needs_daemon(d, card));
	if (word == NULL)
		return complain_usage("union key recover CARD, with the card "
				      "from a guardian; or --member MEMBER "
				      "where there are no guardians.",
			"Say whose key it is to be.");
	if (desk_know(d, true) != 0)
		return -1;
	rc = subject_find(d, SUBJECT_MEMBER, word, &s);
	memcpy(card->member, s.id, CRYPT_HASH);
	subject_clear(&s);
	return rc;
}

static int
check_key(const struct desk *d, const struct card *card)
{
	if (!d->is_member || memcmp(d->member, card->member, CRYPT_HASH) == 0)
		return 0;
	return complain_no("Begin in a folder of its own: --home DIR.",
		"The key here is another member's already.");
}

/* The number of the first record at or after a time: records ascend in time.
 */
static int
first_since(struct desk *d, uint64_t at_s, uint64_t *out)
{
	uint64_t low = 0, high = contact_about(d->contact)->size;

	while (low < high) {
		uint64_t middle = low + (high - low) / 2;
		struct ask_record r;

		if (ask_record(d->contact, middle, &r) != 0)
			return -1;
		if (r.time_s < at_s)
			low = middle + 1;
		else
			high = middle;
		ask_clear(&r);
	}
	*out = low;
	return 0;
}

static int
set_reason(struct filing *f)
{
	struct desk *d = f->desk;
	bool stolen = options_has(&d->call->options, "compromised");
	uint64_t since, size;

	act_set_span(&f->act, ACT_HAS_REASON,
		stolen ? BYTES("compromised") : BYTES("lost"));
	if (!stolen)
		return 0;
	if (desk_time(d, "compromised", 0, &since) != 0)
		return -1;
	if (since > d->now_s)
		return complain_usage("Write the day that it was lost, such as "
				      "2026-11-23.",
			"--compromised must lie behind us.");
	if (first_since(d, since, &size) != 0)
		return -1;
	act_set_int(&f->act, ACT_HAS_SIZE, (int64_t)size);
	return 0;
}

/* The guardians step into the light with the request. */
static void
set_guardians(struct filing *f, const struct card *card)
{
	if (card->n == 0)
		return;
	card_put_guardians(card, &f->lists[0]);
	act_set_span(&f->act, ACT_HAS_GUARDIANS, writer_view(&f->lists[0]));
	act_set_int(&f->act, ACT_HAS_NEEDED, card->needed);
	act_set_hash(&f->act, ACT_HAS_VALUE, card->salt);
}

/* It goes through several hands before it is on record. */
static void
set_until(struct filing *f)
{
	if (!options_has(&f->desk->call->options, "until"))
		act_set_int(&f->act, ACT_HAS_UNTIL,
			act_int(&f->act, ACT_HAS_SEQ) + LIFE_S);
}

/* From now on the keys know whose they are to be. */
static int
note_member(struct desk *d, const struct card *card)
{
	keyfile_set_member(d->keys, card->member);
	return desk_keep_keys(d);
}

static int
hand_out(struct filing *f, const struct card *card)
{
	const char *path = options_value(&f->desk->call->options, "out");
	struct output *out = f->desk->out;
	struct writer digits = {0};
	int rc;

	path = path == NULL ? "recovery.json" : path;
	rc = filing_write(f, path);
	coding_put_hex(&digits, bytes_of(f->id, 8));
	if (rc == 0) {
		lines_put(f->desk, LABEL, "Request:", "%s", path);
		lines_text(f->desk, LABEL, "Digits:", writer_view(&digits));
		output_line(out,
			"Send the file to %s, and let them hear these digits "
			"in your own voice:",
			card->n > 0 ? "your guardians" : "the registrars");
		output_line(out, "they must see the same before they vouch.");
		output_give_string(out, "file", path);
		output_give_hex(out, "act", bytes_of(f->id, CRYPT_HASH));
		output_next(out,
			"they: union key vouch %s; you: union key recovery "
			"(once it is DONE, this folder works as yours)",
			path);
	}
	writer_clear(&digits);
	return rc;
}

static int
ask(struct desk *d)
{
	struct card card = {0};
	struct writer what = {0};
	struct filing f = {0};
	uint8_t next[CRYPT_HASH];
	int rc = find_member(d, &card);

	if (rc == 0)
		rc = check_key(d, &card);
	if (rc == 0)
		rc = filing_begin(&f, d, ACT_KEY_RECOVER, card.member);
	keyfile_commit(d->keys, next);
	act_set_hash(&f.act, ACT_HAS_NEXT, next);
	set_guardians(&f, &card);
	if (rc == 0)
		rc = set_reason(&f);
	if (rc == 0) {
		set_until(&f);
		writer_put_string(&what, "this new key is to be that of ");
		subject_put_member(d, card.member, &what);
		rc = filing_sign(&f, writer_string(&what));
	}
	if (rc == 0)
		rc = note_member(d, &card);
	if (rc == 0)
		rc = hand_out(&f, &card);
	writer_clear(&what);
	filing_clear(&f);
	return rc;
}

int
cmd_recover_ask(const struct call *call)
{
	if (options_has(&call->options, "offline"))
		return complain_usage("union key recover CARD --out FILE.",
			"A request goes from hand to hand in any case: "
			"--offline adds nothing to it.");
	return desk_do(call, desk_open_afresh, ask);
}

/* Vouching *****************************************************************/

static void
give_guardians(struct desk *d, const struct act *request)
{
	struct writer line = {0};
	uint8_t id[CRYPT_HASH];
	struct fields f;

	if (!act_has(request, ACT_HAS_GUARDIANS))
		return;
	f = fields_of_list(
		act_span(request, ACT_HAS_GUARDIANS), 0, CARD_GUARDIANS);
	while (fields_more(&f)) {
		fields_id(&f, NULL, id);
		writer_put_string(&line, line.len == 0 ? "" : ", ");
		subject_put_member(d, id, &line);
	}
	lines_text(d, LABEL, "Guardians:", writer_view(&line));
	writer_clear(&line);
}

/* What a person must know before they vouch. */
static void
give_request(struct desk *d, const struct application *a)
{
	struct writer line = {0};

	subject_put_member(d, act_hash(&a->act, ACT_HAS_ON), &line);
	lines_text(d, LABEL, "Member:", writer_view(&line));
	writer_rewind(&line);
	coding_put_did(&line, act_by(&a->act));
	lines_text(d, LABEL, "New key:", writer_view(&line));
	writer_rewind(&line);
	coding_put_hex(&line, bytes_of(a->act.id, 8));
	lines_text(d, LABEL, "Digits:", writer_view(&line));
	lines_text(d, LABEL, "Reason:", act_span(&a->act, ACT_HAS_REASON));
	give_guardians(d, &a->act);
	if (act_has(&a->act, ACT_HAS_NEEDED))
		lines_put(d, LABEL, "Enough:", "%lld guardians",
			(long long)act_int(&a->act, ACT_HAS_NEEDED));
	else
		lines_put(d, LABEL, "Enough:", "2 registrars");
	output_line(d->out, "Vouch only if you have spoken with this person, "
			    "by a way that you know to be");
	output_line(d->out, "theirs, and they read you the same digits.  "
			    "Otherwise you may be handing");
	output_line(d->out, "their membership to a thief.");
	writer_clear(&line);
}

static int
vouch(struct desk *d, const struct application *a)
{
	struct writer what = {0};
	int rc;

	give_request(d, a);
	writer_put_string(&what, "a new key for ");
	subject_put_member(d, act_hash(&a->act, ACT_HAS_ON), &what);
	rc = application_file(d, a, ACT_KEY_VOUCH, writer_string(&what));
	if (rc == 0)
		output_next(d->out,
			"union key recovery (when enough have vouched, the "
			"wait begins)");
	writer_clear(&what);
	return rc;
}

int
cmd_recover_vouch(const struct call *call)
{
	const char *path = options_operand(&call->options, "FILE");
	struct application a;
	struct desk d;
	int rc;

	if (application_read(path, ACT_KEY_RECOVER, &a) != 0)
		return -1;
	rc = desk_open_to_sign(call, &d);
	if (rc == 0)
		rc = vouch(&d, &a);
	desk_close(&d);
	application_clear(&a);
	return rc;
}

/* Where they stand *********************************************************/

static int
put_row(struct desk *d, struct wire_value entry, struct listing *l)
{
	struct wire_value item = wire_get(entry, "item");
	const struct standing *state = standing_of(SUBJECT_RECOVERY, item);
	uint64_t due = lines_number(item, "due");
	uint8_t id[CRYPT_HASH];
	char name[16];

	if (state->over && !options_has(&d->call->options, "all"))
		return 0;
	subject_name(SUBJECT_RECOVERY, entry, name);
	wire_id(wire_get(item, "id"), id);
	listing_put(l, "%s", name);
	coding_put_hex(listing_cell(l), bytes_of(id, 8));
	listing_put(l, "%s", state->state);
	if (due > 0)
		when_put_distance(listing_cell(l), due, d->now_s);
	else
		listing_put(l, "-");
	listing_put(l, "%zu",
		wire_count(wire_get(item, "vouchers"), 0, LIMIT_MEMBERS));
	return subject_title(d, SUBJECT_RECOVERY, entry, listing_cell(l));
}

static int
list(struct desk *d)
{
	static const struct table_column columns[] = {{"", false},
		{"digits", false}, {"state", false}, {"next step", false},
		{"vouched", true}, {"of", false}};
	int rc = listing_show(
		d, SUBJECT_RECOVERY, columns, 6, put_row, "recoveries");

	if (rc == 0)
		output_next(d->out, "if somebody asks for the key of a member "
				    "who has it still, that member: union key "
				    "object");
	return rc;
}

int
cmd_recover_list(const struct call *call)
{
	return desk_do(call, desk_open, list);
}
