#include "cli/cmd_show.h"

#include <jansson.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "cli/complain.h"
#include "cli/lines.h"
#include "cli/listing.h"
#include "cli/names.h"
#include "cli/reading.h"
#include "cli/when.h"

#define LABEL 10 /* columns */

/* The union *****************************************************************/

static int
status(struct desk *d)
{
	const struct contact_about *about = contact_about(d->contact);
	struct output *out = d->out;
	struct tree_head head;

	contact_checkpoint(d->contact, &head);
	lines_text(d, LABEL, "Union:", about->origin);
	lines_text(d, LABEL, "Key:", about->vkey);
	output_line(out, "%-10s %llu",
		"Members:", (unsigned long long)about->members);
	output_line(
		out, "%-10s %llu", "Records:", (unsigned long long)head.size);
	lines_time(d, LABEL, "Last:", about->time_s);
	if (about->rehearsal)
		lines_time(d, LABEL, "Clock:", about->now_s);
	output_line(out,
		"%-10s signed by the ledger's key, and a continuation "
		"of all seen before",
		"Head:");
	output_give_text(out, "origin", about->origin);
	output_give_text(out, "vkey", about->vkey);
	output_give_hex(out, "id", bytes_of(about->id, CRYPT_HASH));
	output_give_hex(out, "root", bytes_of(head.root, CRYPT_HASH));
	output_give_number(out, "size", head.size);
	output_give_number(out, "members", about->members);
	output_give_number(out, "time", about->time_s);
	output_give_number(out, "now", about->now_s);
	output_give_bool(out, "rehearsal", about->rehearsal);
	output_next(out, "union proposals");
	return 0;
}

int
cmd_show_status(const struct call *call)
{
	return desk_do(call, desk_open, status);
}

/* Chapters and topics *******************************************************/

static bool
is_topics(const struct call *call)
{
	return strncmp(call->command->name, "topic", 5) == 0;
}

static int
put_section(struct desk *d, struct wire_value entry, struct listing *l)
{
	enum subject_sort sort =
		is_topics(d->call) ? SUBJECT_TOPIC : SUBJECT_CHAPTER;
	uint8_t id[CRYPT_HASH];
	char name[16];

	subject_name(sort, entry, name);
	wire_id(wire_get(wire_get(entry, "item"), "id"), id);
	listing_put(l, "%s", name);
	coding_put_hex(listing_cell(l), bytes_of(id, 8));
	return subject_title(d, sort, entry, listing_cell(l));
}

static int
sections(struct desk *d)
{
	static const struct table_column columns[] = {
		{"", false}, {"id", false}, {"name", false}};
	bool topics = is_topics(d->call);

	return listing_show(d, topics ? SUBJECT_TOPIC : SUBJECT_CHAPTER,
		columns, 3, put_section, topics ? "topics" : "chapters");
}

int
cmd_show_sections(const struct call *call)
{
	return desk_do(call, desk_open, sections);
}

/* Rules and offices *********************************************************/

/* The only item of a list. */
static int
only(struct desk *d, const char *of, struct wire **reply)
{
	bool found;

	if (ask_get(d->contact, of, 0, &found, reply) != 0)
		return -1;
	return found ? 0 : contact_misread();
}

static int
charter(struct desk *d)
{
	struct wire *reply;
	struct wire_value item;
	char *text;

	if (only(d, "charter", &reply) != 0)
		return -1;
	item = wire_get(wire_get(wire_top(reply), "item"), "item");
	text = json_dumps(item.at, JSON_INDENT(2) | JSON_SORT_KEYS);
	if (text != NULL && d->out->json)
		output_give_value(d->out, "charter", item.at);
	else if (text != NULL)
		output_program(d->out, "charter", bytes_of_string(text));
	output_line(d->out, "%s", "");
	free(text);
	wire_free(reply);
	return 0;
}

int
cmd_show_charter(const struct call *call)
{
	return desk_do(call, desk_open, charter);
}

static void
give_holders(struct desk *d, const char *office, struct wire_value list)
{
	size_t n = wire_count(list, 0, LIMIT_MEMBERS);
	struct writer name = {0};
	uint8_t id[CRYPT_HASH];

	if (n == 0)
		output_line(d->out, "%-10s nobody is seated", office);
	for (size_t i = 0; i < n; i++) {
		struct wire_value pair = wire_at(list, i);

		wire_id(wire_at(pair, 0), id);
		writer_rewind(&name);
		subject_put_member(d, id, &name);
		writer_put_string(&name, ", since ");
		when_put(&name, (uint64_t)wire_int(
					wire_at(pair, 1), 0, LIMIT_JSON_INT));
		output_line(d->out, "%-10s %s", office, writer_string(&name));
	}
	writer_clear(&name);
}

static int
offices(struct desk *d)
{
	static const char *const names[] = {"auditor", "registrar", "steward"};
	struct wire *reply;
	struct wire_value item;

	if (only(d, "offices", &reply) != 0)
		return -1;
	item = wire_get(wire_get(wire_top(reply), "item"), "item");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		give_holders(d, names[i], wire_get(item, names[i]));
	output_line(d->out, "While the founders are in power, each of them "
			    "holds all three beside these.");
	output_give_value(d->out, "offices", item.at);
	if (contact_check(&reply) != 0)
		return -1;
	wire_free(reply);
	return 0;
}

int
cmd_show_offices(const struct call *call)
{
	return desk_do(call, desk_open, offices);
}

/* Texts *********************************************************************/

const struct option cmd_show_language[] = {
	{"lang", 0, false, "LANG",
		"in this language, where it is there (preset: the setting)"},
	{0},
};

static int
text_by_hash(struct desk *d, const uint8_t hash[static CRYPT_HASH])
{
	uint8_t salt[LIMIT_TEXT_SALT];
	struct writer text = {0};
	bool found;
	int rc = ask_text(d->contact, hash, &found, salt, &text);

	if (rc == 0 && !found)
		rc = complain_no("It may be the id of an act instead: try "
				 "union show.",
			"No text of this hash is kept there.");
	if (rc == 0) {
		output_text(d->out, writer_view(&text));
		output_give_text(d->out, "text", writer_view(&text));
	}
	writer_clear(&text);
	return rc;
}

/* Which languages there are, and what a text is called where it stands alone.
 */
static void
give_hashes(struct desk *d, struct bytes texts)
{
	struct fields f = fields_of_list(texts, 0, LIMIT_TEXTS);
	struct writer hex = {0};
	uint8_t hash[CRYPT_HASH];

	while (fields_more(&f)) {
		struct bytes lang;

		fields_object(&f, NULL);
		fields_base64(&f, "hash", hash, CRYPT_HASH);
		lang = fields_word(&f, "lang");
		fields_end(&f);
		writer_rewind(&hex);
		coding_put_hex(&hex, bytes_of(hash, CRYPT_HASH));
		output_line(d->out, "%.*s: %s", (int)lang.len,
			(const char *)lang.data, writer_string(&hex));
	}
	writer_clear(&hex);
}

/* A text by its hash, or those of whatever else is named. */
static int
text(struct desk *d)
{
	static const struct subject_set all = {
		4, {SUBJECT_PROPOSAL, SUBJECT_MANDATE, SUBJECT_CHAPTER,
			   SUBJECT_TOPIC}};
	const char *word = options_operand(&d->call->options, "WHAT");
	struct names_name name = names_parse(bytes_of_string(word));
	struct ask_record r;
	struct subject s = {0};
	uint8_t id[CRYPT_HASH];
	bool found;
	int rc;

	desk_prefer(d, options_value(&d->call->options, "lang"));
	if (name.form == NAMES_ID) {
		rc = ask_act(d->contact, name.id, &found, &r);
		if (rc == 0 && !found)
			return text_by_hash(d, name.id);
	} else {
		rc = subject_find_among(d, &all, word, &s);
		memcpy(id, s.id, CRYPT_HASH);
		/* A proposal may have another text by now. */
		if (rc == 0 && s.sort == SUBJECT_PROPOSAL)
			wire_id(wire_get(s.entry, "text"), id);
		if (rc == 0)
			rc = ask_act(d->contact, id, &found, &r);
		if (rc == 0 && !found)
			rc = complain_no("", "%s has no text.", s.name);
	}
	subject_clear(&s);
	if (rc != 0)
		return -1;
	rc = reading_show(d, reading_texts_of(&r.act));
	give_hashes(d, reading_texts_of(&r.act));
	ask_clear(&r);
	return rc;
}

int
cmd_show_text(const struct call *call)
{
	return desk_do(call, desk_open, text);
}
