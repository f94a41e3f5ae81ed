#include "cli/contact.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/limits.h"
#include "ballots/base/mem.h"
#include "ballots/record/act.h"
#include "ballots/record/checkpoint.h"
#include "ballots/record/stamp.h"
#include "cli/belief.h"
#include "cli/complain.h"

#define REPLY_BYTES (1 << 20)

struct contact {
	struct session *session;
	struct writer request, reply;
	struct jcs_printer p; /* into request */
	struct wire *about_reply;
	struct contact_about about;
	struct belief belief;
	bool forked; /* the daemon said so; its evidence is asked for */
};

/* Talking *******************************************************************/

struct jcs_printer *
contact_begin(struct contact *c)
{
	writer_rewind(&c->request);
	c->p = jcs_printer_of(&c->request);
	jcs_begin_object(&c->p);
	return &c->p;
}

void
contact_put_word(struct contact *c, const char *name, const char *value)
{
	jcs_key(&c->p, name);
	jcs_string(&c->p, bytes_of_string(value));
}

void
contact_put_number(struct contact *c, const char *name, uint64_t value)
{
	jcs_key(&c->p, name);
	jcs_int(&c->p, (int64_t)value);
}

void
contact_put_id(struct contact *c, const char *name,
	const uint8_t id[static CRYPT_HASH])
{
	jcs_key(&c->p, name);
	jcs_id(&c->p, id);
}

/* What we hold, so that a daemon that went back finds out. */
void
contact_put_seen(struct contact *c)
{
	if (c->belief.kept.len == 0 || c->forked)
		return;
	jcs_key(&c->p, "seen");
	jcs_string(&c->p, writer_view(&c->belief.kept));
}

int
contact_misread(void)
{
	return complain_cannot("Is this program as new as the daemon?",
		"The daemon gave an answer that cannot be read.");
}

/* Say why the daemon answered no. */
static int
refused(struct wire *reply)
{
	struct wire_value top = wire_top(reply);
	struct bytes verdict = wire_string(wire_get(top, "verdict"), 100);
	struct bytes sentence = wire_string(wire_get(top, "sentence"), 900);
	struct bytes hint = wire_string(wire_get(top, "hint"), 390);
	bool found = wire_good(reply);
	struct writer words = {0};

	if (!found)
		return contact_misread();
	writer_put(&words, hint);
	if (verdict_by_name(verdict) == VERDICT_BUSY ||
		verdict_by_name(verdict) == VERDICT_FORKED)
		complain_cannot(writer_string(&words), "%.*s",
			(int)sentence.len, (const char *)sentence.data);
	else
		complain_no(writer_string(&words), "%.*s", (int)sentence.len,
			(const char *)sentence.data);
	writer_clear(&words);
	return -1;
}

static enum verdict
verdict_of(struct wire *reply)
{
	return verdict_by_name(
		wire_string(wire_get(wire_top(reply), "verdict"), 100));
}

static int ask_for_evidence(struct contact *c);

/*
 * End the request and send it.  found, where it is not NULL, tells whether the
 * daemon knows the subject; *out is given only then.
 */
int
contact_talk(
	struct contact *c, unsigned answer_ms, bool *found, struct wire **out)
{
	struct wire *reply;
	int rc = 0;

	jcs_end_object(&c->p);
	writer_rewind(&c->reply);
	if (session_ask(c->session, writer_view(&c->request), answer_ms,
		    &c->reply) != 0)
		return -1;
	if (wire_read(writer_view(&c->reply), REPLY_BYTES, &reply) !=
		VERDICT_OK)
		return contact_misread();
	if (found != NULL)
		*found = true;
	if (wire_bool(wire_get(wire_top(reply), "ok")) && wire_good(reply)) {
		*out = reply;
		return 0;
	}
	if (found != NULL && verdict_of(reply) == VERDICT_UNKNOWN_SUBJECT)
		*found = false;
	else if (verdict_of(reply) == VERDICT_FORKED &&
		 c->belief.kept.len > 0 && !c->forked)
		rc = ask_for_evidence(c);
	else
		rc = refused(reply);
	wire_free(reply);
	return rc;
}

/* contact_talk() for what has nothing more to say. */
int
contact_finish(struct contact *c, bool *found, struct wire **out)
{
	contact_put_seen(c);
	return contact_talk(c, SESSION_ANSWER_MS, found, out);
}

/* Give the reply back when it was not read well. */
int
contact_check(struct wire **reply)
{
	if (wire_good(*reply))
		return 0;
	wire_free(*reply);
	*reply = NULL;
	return contact_misread();
}

/* Checkpoints ***************************************************************/

void
contact_read_proof(struct wire_value list, struct tree_proof *out)
{
	out->n = wire_count(list, 0, TREE_TEXT_MAX);
	for (size_t i = 0; i < out->n; i++)
		wire_base64(wire_at(list, i), out->hash[i], CRYPT_HASH);
}

/*
 * Take the newest checkpoint once it is proven to continue the one kept, which
 * is not shown here: a daemon that does not know it would say no more.
 */
static int
go_ahead(struct contact *c)
{
	struct tree_proof proof;
	struct checkpoint now;
	struct wire *reply;
	struct bytes note;
	int rc;

	contact_begin(c);
	contact_put_word(c, "ask", "consistency");
	contact_put_number(c, "old", c->belief.head.size);
	if (contact_talk(c, SESSION_ANSWER_MS, NULL, &reply) != 0)
		return -1;
	contact_read_proof(wire_get(wire_top(reply), "proof"), &proof);
	note = wire_string(
		wire_get(wire_top(reply), "checkpoint"), LIMIT_NOTE_BYTES);
	if ((rc = contact_check(&reply)) != 0)
		return -1;
	rc = belief_open(&c->belief, note, &now);
	if (rc == 0 &&
		!tree_check_consistency(&c->belief.head, &now.head, &proof))
		rc = belief_contradicted(&c->belief, note,
			"The ledger shown does not continue the one seen "
			"before: its history was changed.");
	if (rc == 0)
		rc = belief_keep(&c->belief, note, &now.head);
	wire_free(reply);
	return rc;
}

/* Hold a checkpoint shown against the one kept. */
static int
believe(struct contact *c, struct bytes note)
{
	struct checkpoint shown, kept = {.head = c->belief.head};

	if (belief_open(&c->belief, note, &shown) != 0)
		return -1;
	if (c->belief.kept.len == 0)
		return belief_keep(&c->belief, note, &shown.head);
	kept.origin = shown.origin;
	switch (checkpoint_compare(&shown, &kept)) {
	case CHECKPOINT_SAME:
		return 0;
	case CHECKPOINT_AHEAD:
		return go_ahead(c);
	case CHECKPOINT_BEHIND:
		return belief_contradicted(&c->belief, note,
			"The daemon shows less of the ledger than it had "
			"signed before: it was rolled back.");
	default:
		return belief_contradicted(&c->belief, note,
			"The daemon signed two histories of the same length: "
			"the ledger was forked.");
	}
}

/*
 * The daemon says that what we hold is not of its making: see what it shows
 * instead, and keep both.
 */
static int
ask_for_evidence(struct contact *c)
{
	struct wire *reply;

	c->forked = true;
	contact_begin(c);
	contact_put_word(c, "ask", "checkpoint");
	if (contact_talk(c, SESSION_ANSWER_MS, NULL, &reply) != 0)
		return -1;
	if (contact_believe(c, &reply) != 0)
		return -1;
	wire_free(reply);
	return complain_cannot(
		BELIEF_KEEP_BOTH, "%s", verdict_sentence(VERDICT_FORKED));
}

/* Take the checkpoint of a reply. */
int
contact_believe(struct contact *c, struct wire **reply)
{
	struct bytes note = wire_string(
		wire_get(wire_top(*reply), "checkpoint"), LIMIT_NOTE_BYTES);

	if (contact_check(reply) != 0)
		return -1;
	if (believe(c, note) == 0)
		return 0;
	wire_free(*reply);
	*reply = NULL;
	return -1;
}

/* Who is there **************************************************************/

static int
read_about(struct contact *c)
{
	struct contact_about *about = &c->about;
	struct wire *reply;
	struct wire_value top;

	contact_begin(c);
	contact_put_word(c, "ask", "about");
	if (contact_finish(c, NULL, &reply) != 0)
		return -1;
	top = wire_top(reply);
	about->name = wire_string(wire_get(top, "name"), LIMIT_NAME_BYTES);
	about->origin = wire_string(wire_get(top, "origin"), ACT_LOG_MAX);
	about->vkey = wire_string(wire_get(top, "vkey"), 500);
	wire_id(wire_get(top, "union"), about->id);
	about->rules =
		(uint64_t)wire_int(wire_get(top, "rules"), 0, LIMIT_JSON_INT);
	about->size =
		(uint64_t)wire_int(wire_get(top, "size"), 1, LIMIT_JSON_INT);
	about->time_s =
		(uint64_t)wire_int(wire_get(top, "time"), 0, LIMIT_JSON_INT);
	about->now_s =
		(uint64_t)wire_int(wire_get(top, "now"), 0, LIMIT_JSON_INT);
	about->members =
		(uint64_t)wire_int(wire_get(top, "members"), 0, LIMIT_JSON_INT);
	about->rehearsal = wire_bool(wire_get(top, "rehearsal"));
	if (contact_check(&reply) != 0)
		return -1;
	wire_free(c->about_reply);
	c->about_reply = reply;
	return 0;
}

/* The origin binds record 0, and record 0 the key. */
static bool
is_founded_so(const struct contact *c, const struct act *founding)
{
	struct writer bound = {0};
	bool same;

	if (founding->kind != ACT_UNION_FOUND)
		return false;
	writer_put(&bound, act_span(founding, ACT_HAS_NAME));
	writer_put_u8(&bound, '/');
	coding_put_hex(&bound, bytes_of(founding->id, CRYPT_HASH / 2));
	same = bytes_equal(writer_view(&bound), c->about.origin) &&
	       memcmp(act_hash(founding, ACT_HAS_KEY), c->belief.key.key,
		       CRYPT_KEY) == 0 &&
	       memcmp(founding->id, c->about.id, CRYPT_HASH) == 0 &&
	       (act_int(founding, ACT_HAS_REHEARSAL) != 0) ==
		       c->about.rehearsal;
	writer_clear(&bound);
	return same;
}

static int
check_founding(struct contact *c)
{
	struct wire *reply;
	struct stamp stamp;
	struct bytes record;
	struct act act;
	bool same;

	contact_begin(c);
	contact_put_word(c, "ask", "records");
	contact_put_number(c, "count", 1);
	contact_put_number(c, "from", 0);
	if (contact_finish(c, NULL, &reply) != 0)
		return -1;
	record = wire_blob(wire_at(wire_get(wire_top(reply), "records"), 0),
		LIMIT_RECORD_BYTES);
	if (contact_check(&reply) != 0)
		return -1;
	same = stamp_decode(record, &stamp) == VERDICT_OK &&
	       act_decode(stamp.act, &act) == VERDICT_OK &&
	       is_founded_so(c, &act);
	wire_free(reply);
	if (same)
		return 0;
	return complain_cannot("Check which daemon this is.",
		"The daemon's key is not the one that the union was founded "
		"with.");
}

/* Settle the key; at the first contact, through record 0. */
static int
trust(struct contact *c)
{
	struct contact_about *about = &c->about;
	struct writer id = {0};
	int rc;

	if (note_parse_key(about->vkey, &c->belief.key) != VERDICT_OK ||
		c->belief.key.kind != NOTE_ED25519 ||
		!bytes_equal(
			about->origin, bytes_of_string(c->belief.key.name)))
		return contact_misread();
	if (belief_check(&c->belief, "origin", about->origin) != 0 ||
		belief_check(&c->belief, "vkey", about->vkey) != 0)
		return -1;
	if (c->belief.home != NULL && home_get(c->belief.home, "vkey") != NULL)
		return 0;
	about->first = c->belief.home == NULL ||
		       home_get(c->belief.home, "origin") == NULL;
	if (check_founding(c) != 0)
		return -1;
	if (c->belief.home == NULL)
		return 0;
	coding_put_hex(&id, bytes_of(about->id, CRYPT_HASH));
	rc = belief_note(&c->belief, "origin", about->origin);
	if (rc == 0)
		rc = belief_note(&c->belief, "vkey", about->vkey);
	if (rc == 0)
		rc = belief_note(&c->belief, "id", writer_view(&id));
	writer_clear(&id);
	return rc;
}

struct contact *
contact_open(struct session *session, struct home *home)
{
	struct contact *c = mem_new(sizeof(*c));

	c->session = session;
	c->belief.home = home;
	if (read_about(c) != 0 || trust(c) != 0 ||
		belief_recall(&c->belief) != 0 || contact_again(c) != 0) {
		contact_close(c);
		return NULL;
	}
	return c;
}

void
contact_close(struct contact *c)
{
	if (c == NULL)
		return;
	session_close(c->session);
	wire_free(c->about_reply);
	writer_clear(&c->request);
	writer_clear(&c->reply);
	writer_clear(&c->belief.kept);
	mem_free(c);
}

const struct contact_about *
contact_about(const struct contact *c)
{
	return &c->about;
}

int
contact_again(struct contact *c)
{
	struct bytes note;

	if (read_about(c) != 0)
		return -1;
	note = wire_string(wire_get(wire_top(c->about_reply), "checkpoint"),
		LIMIT_NOTE_BYTES);
	if (!wire_good(c->about_reply))
		return contact_misread();
	return believe(c, note);
}

const struct note_key *
contact_key(const struct contact *c)
{
	return &c->belief.key;
}

struct bytes
contact_checkpoint(const struct contact *c, struct tree_head *head)
{
	*head = c->belief.head;
	return writer_view(&c->belief.kept);
}
