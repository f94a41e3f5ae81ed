#include "cli/cmd_guardians.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/machine/files.h"
#include "ballots/machine/secret.h"
#include "cli/card.h"
#include "cli/complain.h"
#include "cli/filing.h"
#include "cli/lines.h"
#include "cli/subject.h"

#define LABEL 10 /* columns */

const struct option cmd_guardians_needed[] = {
	{"needed", 0, false, "M",
		"how many of them are enough (preset: more than half)"},
	{0},
};

const struct option cmd_guardians_out[] = {
	{"out", 'o', false, "FILE", "write the card to FILE"},
	{0},
};

/* Cards kept here **********************************************************/

/* A card goes by the hash that the ledger holds of it. */
static void
file_of(const uint8_t hash[static CRYPT_HASH], char out[static 80])
{
	struct writer hex = {0};

	coding_put_hex(&hex, bytes_of(hash, CRYPT_HASH));
	snprintf(out, 80, "guardians/%s", writer_string(&hex));
	writer_clear(&hex);
}

/* What is lost here the guardians still have: each has a card. */
static int
keep(struct desk *d, const struct card *card)
{
	uint8_t hash[CRYPT_HASH];
	struct writer line = {0};
	char file[80];
	int rc;

	card_hash(card, hash);
	file_of(hash, file);
	card_put(card, &line);
	rc = files_write_once(
		d->home.dir, file, FILES_PRIVATE, writer_view(&line));
	writer_clear(&line);
	return rc;
}

/* The card of a set; *found is false where it is not kept here. */
static int
look_up(struct desk *d, const uint8_t hash[static CRYPT_HASH], bool *found,
	struct card *out)
{
	struct writer line = {0};
	char file[80];
	int rc = 0;

	file_of(hash, file);
	*found = files_exist(d->home.dir, file);
	if (*found)
		rc = files_read(d->home.dir, file, 4096, &line);
	if (*found && rc == 0)
		rc = card_read(writer_view(&line), out);
	writer_clear(&line);
	return rc;
}

/* The card itself, for another program or a person to copy. */
static void
give_card(struct desk *d, const struct card *card)
{
	struct writer line = {0};

	card_put(card, &line);
	output_program(d->out, "card", writer_view(&line));
	writer_clear(&line);
}

static void
give_names(struct desk *d, const struct card *card)
{
	struct writer line = {0};

	for (size_t i = 0; i < card->n; i++) {
		writer_put_string(&line, i == 0 ? "" : ", ");
		subject_put_member(d, card->guardians[i], &line);
	}
	lines_text(d, LABEL, "Guardians:", writer_view(&line));
	lines_put(d, LABEL, "Enough:", "%u of them", (unsigned)card->needed);
	writer_clear(&line);
}

/* Setting ******************************************************************/

static int
take_members(struct desk *d, struct card *card)
{
	const char *const *words;
	size_t n;
	int rc = 0;

	words = options_operands(&d->call->options, "MEMBER", &n);
	if (n < CARD_LEAST || n > CARD_GUARDIANS)
		return complain_usage("Choose members who know you, and each "
				      "other if need be.",
			"Name %d to %d guardians, not %zu.", CARD_LEAST,
			CARD_GUARDIANS, n);
	for (; rc == 0 && card->n < n; card->n++) {
		struct subject s;

		rc = subject_find(d, SUBJECT_MEMBER, words[card->n], &s);
		memcpy(card->guardians[card->n], s.id, CRYPT_HASH);
		if (rc == 0 && memcmp(s.id, d->member, CRYPT_HASH) == 0)
			rc = complain_usage("", "You cannot be your own "
						"guardian.");
		subject_clear(&s);
	}
	if (rc == 0 && !card_sort(card))
		rc = complain_usage("", "A guardian is named twice.");
	return rc;
}

static int
take_needed(struct desk *d, struct card *card)
{
	uint64_t needed;

	if (options_number(&d->call->options, "needed", 2, card->n,
		    card->n / 2 + 1, &needed) != 0)
		return -1;
	card->needed = (uint32_t)needed;
	return 0;
}

/* Which union the card is of, as it is trusted here. */
static int
take_union(struct desk *d, struct card *card)
{
	const char *vkey = home_get(&d->home, "vkey");

	memcpy(card->member, d->member, CRYPT_HASH);
	memcpy(card->union_id, d->union_id, CRYPT_HASH);
	if (vkey == NULL || strlen(vkey) >= sizeof(card->vkey) ||
		d->origin.len == 0 || d->origin.len >= sizeof(card->log))
		return desk_unknown();
	memcpy(card->log, d->origin.data, d->origin.len);
	memcpy(card->vkey, vkey, strlen(vkey));
	secret_draw(card->salt, sizeof(card->salt));
	return 0;
}

static void
put_what(const struct card *card, struct writer *what)
{
	if (card->n == 0) {
		writer_put_string(what, "no guardians any more");
		return;
	}
	writer_put_decimal(what, card->needed);
	writer_put_string(what, " of these ");
	writer_put_decimal(what, card->n);
	writer_put_string(what, " members can vouch for a new key of yours");
}

static int
file_set(struct desk *d, const struct card *card)
{
	struct writer what = {0};
	struct filing f = {0};
	uint8_t hash[CRYPT_HASH];
	int rc = filing_begin(&f, d, ACT_GUARDIANS_SET, d->member);

	if (card->n > 0) {
		card_hash(card, hash);
		act_set_hash(&f.act, ACT_HAS_HASH, hash);
	}
	put_what(card, &what);
	if (rc == 0)
		rc = filing_finish(&f, writer_string(&what));
	writer_clear(&what);
	filing_clear(&f);
	return rc;
}

static int
set(struct desk *d)
{
	const char *first = options_operand(&d->call->options, "MEMBER");
	struct card card = {0};
	int rc;

	if (desk_need_member(d) != 0)
		return -1;
	if (strcmp(first, "none") == 0)
		return file_set(d, &card);
	rc = take_members(d, &card);
	if (rc == 0)
		rc = take_needed(d, &card);
	if (rc == 0)
		rc = take_union(d, &card);
	if (rc == 0)
		give_names(d, &card);
	if (rc == 0)
		rc = keep(d, &card);
	if (rc == 0)
		rc = file_set(d, &card);
	if (rc == 0) {
		output_line(d->out, "The card, for each of them to keep where "
				    "nobody else looks:");
		give_card(d, &card);
		output_next(d->out, "give the card to each guardian (union "
				    "guardians card --out FILE); union "
				    "guardians show says from when they count");
	}
	return rc;
}

int
cmd_guardians_set(const struct call *call)
{
	return desk_do(call, desk_open_to_sign, set);
}

/* Showing ******************************************************************/

/* The hash of a set in the state document; false where there is none. */
static bool
hash_of(struct wire_value v, uint8_t hash[static CRYPT_HASH])
{
	struct bytes text = wire_string(v, CODING_HEX_32);

	return coding_read_base64(text, hash, CRYPT_HASH);
}

/* What comes after the set in force, and when; false where nothing does. */
static bool
has_next(struct wire_value item, struct wire_value *hash, uint64_t *at_s)
{
	struct wire_value next = wire_get(item, "guardians_next");

	if (wire_count(next, 0, 2) != 2)
		return false;
	*hash = wire_at(next, 0);
	*at_s = (uint64_t)wire_int(wire_at(next, 1), 0, LIMIT_JSON_INT);
	return true;
}

static int
give_set(struct desk *d, struct wire_value v)
{
	uint8_t hash[CRYPT_HASH];
	struct card card;
	bool found;

	if (!hash_of(v, hash)) {
		output_line(d->out, "No guardians: two registrars would have "
				    "to vouch for a new key, and the wait is "
				    "twice as long.");
		return 0;
	}
	if (look_up(d, hash, &found, &card) != 0)
		return -1;
	if (found)
		give_names(d, &card);
	else
		output_line(d->out, "There is a set of guardians, whose card "
				    "is not kept on this machine.");
	return 0;
}

static int
find_self(struct desk *d, struct subject *out)
{
	return subject_get(d, SUBJECT_MEMBER, d->member, out);
}

static int
show(struct desk *d)
{
	struct wire_value next;
	struct subject self;
	uint64_t at_s;
	int rc = find_self(d, &self);

	if (rc == 0)
		rc = give_set(d, wire_get(self.item, "guardians"));
	if (rc == 0 && has_next(self.item, &next, &at_s)) {
		lines_time(d, LABEL, "From:", at_s);
		rc = give_set(d, next);
	}
	if (rc == 0) {
		output_give_value(d->out, "guardians",
			wire_get(self.item, "guardians").at);
		output_give_value(d->out, "guardians_next",
			wire_get(self.item, "guardians_next").at);
		output_next(d->out, "union guardians set MEMBER... chooses "
				    "others, union guardians card shows the "
				    "card");
		if (!wire_good(self.reply))
			rc = contact_misread();
	}
	subject_clear(&self);
	return rc;
}

int
cmd_guardians_show(const struct call *call)
{
	return desk_do(call, desk_open_as_member, show);
}

/* The newest set's card. */
static int
find_card(struct desk *d, struct card *out)
{
	struct wire_value v;
	struct subject self;
	uint8_t hash[CRYPT_HASH];
	bool found = false;
	uint64_t at_s;
	int rc = find_self(d, &self);

	if (rc == 0) {
		if (!has_next(self.item, &v, &at_s))
			v = wire_get(self.item, "guardians");
		if (hash_of(v, hash))
			rc = look_up(d, hash, &found, out);
	}
	subject_clear(&self);
	if (rc == 0 && !found)
		rc = complain_no("Each guardian has one; union guardians set "
				 "makes another.",
			"No card of your guardians is kept here.");
	return rc;
}

static int
write_card(struct desk *d, const struct card *card, const char *path)
{
	struct writer line = {0};
	int rc;

	card_put(card, &line);
	rc = files_replace(AT_FDCWD, path, FILES_PRIVATE, writer_view(&line));
	writer_clear(&line);
	if (rc == 0) {
		output_line(d->out, "Card:      %s", path);
		output_give_string(d->out, "file", path);
	}
	return rc;
}

static int
show_card(struct desk *d)
{
	const char *path = options_value(&d->call->options, "out");
	struct card card;
	int rc = find_card(d, &card);

	if (rc != 0)
		return -1;
	give_names(d, &card);
	if (path != NULL)
		rc = write_card(d, &card, path);
	else
		give_card(d, &card);
	output_line(d->out, "Whoever has it knows who your guardians are; it "
			    "lets nobody act as you.");
	output_next(d->out, "with a new phone, and the card from a guardian: "
			    "union key recover CARD");
	return rc;
}

int
cmd_guardians_card(const struct call *call)
{
	return desk_do(call, desk_open_as_member, show_card);
}
