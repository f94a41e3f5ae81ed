#include "cli/gather.h"

#include <fcntl.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/base/reader.h"
#include "ballots/machine/files.h"
#include "ballots/record/checkpoint.h"
#include "ballots/record/scope.h"
#include "cli/complain.h"
#include "cli/lines.h"

/* Whose capsule it is *******************************************************/

static int
name_one(struct desk *d, const struct advocates *a)
{
	struct writer names = {0};

	for (size_t i = 0; i < a->n_delegates; i++) {
		writer_put_string(&names, i == 0 ? "" : ", ");
		subject_put_member(d, a->delegates[i].id, &names);
	}
	complain_usage("--delegate MEMBER says which.",
		"It has several delegates: %s.", writer_string(&names));
	writer_clear(&names);
	return -1;
}

/* The place of a member among the delegates. */
static int
find_delegate(const struct advocates *a, const uint8_t id[static CRYPT_HASH],
	size_t *place)
{
	for (*place = 0; *place < a->n_delegates; ++*place)
		if (memcmp(a->delegates[*place].id, id, CRYPT_HASH) == 0)
			return 0;
	return complain_no("union mandate show tells who they are.",
		"This is no delegate of the mandate.");
}

static int
choose_delegate(struct desk *d, const char *word, const struct advocates *a,
	size_t *place)
{
	struct subject member = {0};
	size_t accepted = 0;
	int rc;

	if (word != NULL) {
		rc = subject_find(d, SUBJECT_MEMBER, word, &member);
		if (rc == 0)
			rc = find_delegate(a, member.id, place);
		subject_clear(&member);
		return rc;
	}
	if (d->is_member)
		return find_delegate(a, d->member, place);
	for (size_t i = 0; i < a->n_delegates; i++)
		if (a->delegates[i].accepted) {
			accepted++;
			*place = i;
		}
	if (accepted > 1)
		return name_one(d, a);
	return accepted == 1 ? 0
			     : complain_no("union mandate accept",
				       "No delegate has accepted this "
				       "mandate.");
}

/* The credential ************************************************************/

/* Say of each steward who published why it does not help. */
static void
tell_missing(struct desk *d, const struct advocates *a, const bool *holds,
	struct writer *out)
{
	for (size_t i = 0; i < a->n_publishes; i++) {
		const struct advocates_publish *p = &a->publishes[i];
		const char *why;

		if (holds[i])
			continue;
		why = !p->steward ? "is no steward any more"
		      : !act_has(&p->record.act, ACT_HAS_ISSUER)
			      ? "published it without credentials"
		      : (uint64_t)act_int(&p->record.act,
				ACT_HAS_VALID_UNTIL) != a->valid_until_s
			      ? "published it before it was renewed"
			      : "signed for another key or in another's name";
		subject_put_member(d, act_by(&p->record.act), out);
		writer_put_string(out, " ");
		writer_put_string(out, why);
		writer_put_string(out, ".\n");
	}
}

static int
assemble(struct desk *d, size_t place, struct gather *g)
{
	const struct advocates *a = &g->advocates;
	bool *holds = mem_new_array(a->n_publishes, sizeof(*holds));
	uint8_t issuer[CRYPT_KEY];
	size_t n = 0, last = 0;

	if (advocates_issuer(a, place, issuer))
		n = advocates_assemble(a, place, issuer, holds, &g->credential);
	for (size_t i = 0; i < a->n_publishes; i++)
		last = holds[i] ? i : last;
	tell_missing(d, a, holds, &g->remarks);
	mem_free(holds);
	if (n == 0)
		return complain_no("Stewards sign it with union mandate "
				   "publish.",
			"No steward in office has signed this delegate's "
			"credential.");
	g->capsule.credential = writer_view(&g->credential);
	g->capsule.publish.index = a->publishes[last].record.index;
	g->capsule.publish.act = a->publishes[last].record.act.bytes;
	g->capsule.publish.time_s = a->publishes[last].record.time_s;
	memcpy(g->capsule.publish.sig, a->publishes[last].record.sig,
		CRYPT_SIG);
	return 0;
}

/* The vote ******************************************************************/

static int
fetch_result(struct desk *d, const struct subject *mandate, struct gather *g)
{
	struct wire *reply;
	bool found;
	uint64_t index = 0;

	if (ask_get(d->contact, "proposals",
		    lines_number(mandate->entry, "proposal"), &found,
		    &reply) != 0)
		return -1;
	if (found) {
		index = lines_number(
			wire_get(wire_top(reply), "item"), "result");
		found = wire_good(reply);
		wire_free(reply);
	}
	if (!found)
		return contact_misread();
	if (index == 0)
		return complain_no("union show tells where it stands.",
			"The members have not voted on this mandate yet.");
	if (ask_record(d->contact, index, &g->result) != 0)
		return -1;
	if (g->result.act.kind != ACT_RESULT)
		return contact_misread();
	g->capsule.result.act = g->result.act.bytes;
	g->capsule.result.index = index;
	g->capsule.result.time_s = g->result.time_s;
	memcpy(g->capsule.result.sig, g->result.sig, CRYPT_SIG);
	if (ask_document(d->contact, act_hash(&g->result.act, ACT_HAS_ON),
		    &found, &g->question) != 0)
		return -1;
	g->capsule.question = writer_view(&g->question);
	return found ? 0 : contact_misread();
}

/* The checkpoint ************************************************************/

/* One that witnesses have signed, as an export or a mirror holds it. */
static int
read_published(struct desk *d, const char *path, struct writer *note,
	struct tree_head *head)
{
	struct note *parts = mem_new(sizeof(*parts));
	struct checkpoint shown;
	int dir = files_open_dir(path);
	enum verdict v = VERDICT_OK;
	int rc =
		dir < 0 ? -1
			: files_read(dir, "checkpoint", LIMIT_NOTE_BYTES, note);

	if (rc == 0)
		v = checkpoint_open(writer_view(note), contact_key(d->contact),
			1, parts, &shown);
	if (rc == 0 && v == VERDICT_OK)
		*head = shown.head;
	files_close(dir);
	mem_free(parts);
	if (v == VERDICT_OK)
		return rc;
	return complain_cannot("union mirror makes one.",
		"%s/checkpoint is none of this ledger: %s", path,
		verdict_sentence(v));
}

/* Prove where a record stands. */
static int
prove(struct desk *d, const struct tree_head *head, struct capsule_record *r)
{
	struct writer record = {0};
	uint8_t leaf[CRYPT_HASH];
	bool stands;

	if (r->index >= head->size)
		return complain_no("Witnesses have to sign a newer one.",
			"The checkpoint is older than record %llu, which the "
			"capsule needs.",
			(unsigned long long)r->index);
	if (ask_inclusion(d->contact, r->index, head->size, &r->proof) != 0)
		return -1;
	capsule_put_record(r, &record);
	tree_leaf_hash(writer_view(&record), leaf);
	writer_clear(&record);
	stands = tree_check_inclusion(head, r->index, leaf, &r->proof);
	return stands ? 0
		      : complain_cannot("Keep this, and tell an auditor.",
				"The checkpoint does not cover record %llu "
				"as the daemon shows it.",
				(unsigned long long)r->index);
}

static int
add_proofs(struct desk *d, const char *published, struct gather *g)
{
	struct tree_head head;

	if (published == NULL)
		writer_put(
			&g->checkpoint, contact_checkpoint(d->contact, &head));
	else if (read_published(d, published, &g->checkpoint, &head) != 0)
		return -1;
	g->capsule.checkpoint = writer_view(&g->checkpoint);
	if (prove(d, &head, &g->capsule.result) != 0)
		return -1;
	return prove(d, &head, &g->capsule.publish);
}

/* All of it *****************************************************************/

int
gather_parts(struct desk *d, const struct subject *mandate,
	const struct gather_wish *wish, struct gather *g)
{
	size_t place = 0;

	*g = (struct gather){0};
	if (advocates_fetch(d, mandate, &g->advocates) != 0)
		return -1;
	g->capsule.act = g->advocates.terms.act.bytes;
	g->capsule.status = writer_view(&g->advocates.note);
	if (fetch_result(d, mandate, g) != 0 ||
		choose_delegate(d, wish->delegate, &g->advocates, &place) !=
			0 ||
		assemble(d, place, g) != 0)
		return -1;
	g->delegate = &g->advocates.delegates[place];
	if (add_proofs(d, wish->published, g) != 0)
		return -1;
	return captions_fetch(d, &g->advocates.terms.act, wish->language,
		&g->captions, &g->capsule, &g->remarks);
}

void
gather_clear(struct gather *g)
{
	advocates_clear(&g->advocates);
	ask_clear(&g->result);
	writer_clear(&g->question);
	writer_clear(&g->credential);
	writer_clear(&g->checkpoint);
	captions_clear(&g->captions);
	writer_clear(&g->remarks);
}

/* The scope *****************************************************************/

int
gather_check_party(const struct gather *g, const char *word)
{
	struct bytes name = bytes_of_string(word);
	struct scope_item party;
	uint8_t key[CRYPT_KEY];
	bool keyed = coding_read_did(name, key);
	uint64_t number = 0;
	size_t n = 0;

	if (!keyed && !reader_decimal(name, LIMIT_COUNTERPARTIES, &number))
		return complain_usage("Its number from 1, or its did:key:.",
			"'%s' names no counterparty.", word);
	for (; scope_party(&g->advocates.terms.act, n, &party); n++)
		if (keyed ? party.has_key &&
					memcmp(party.key, key, CRYPT_KEY) == 0
			  : n + 1 == number)
			return 0;
	return complain_no("union mandate show names those it is for.",
		"The mandate is not for this counterparty: it names %zu, of "
		"whom it is none.",
		n);
}
