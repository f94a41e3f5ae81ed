#include "daemon/clerk.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "ballots/assembly/world.h"
#include "ballots/base/mem.h"
#include "ballots/machine/trouble.h"
#include "daemon/ledger.h"
#include "daemon/log.h"
#include "daemon/replay.h"
#include "daemon/rival.h"
#include "daemon/signer.h"
#include "daemon/testimony.h"
#include "daemon/timekeeper.h"

enum {
	HOUR_S = 3600,
	WAIT_MAX_MS = 3600000,
	WAIT_STUCK_MS = 1000, /* while nothing can be written */
};

struct clerk {
	const char *directory;
	struct ledger *ledger;
	struct signer *signer;
	struct assembly *assembly;
	struct texts *texts;
	struct prover *prover;
	struct timekeeper time;
	uint64_t now_s;
	bool room;   /* to write, as of the turn's beginning */
	bool forked; /* another history was shown */

	struct batch batch;      /* staged */
	struct tree_head before; /* the head it is built on */
	struct writer record;
	struct writer erased; /* hashes of texts to erase after the commit */
	struct writer checkpoint;
	uint64_t digest_size; /* what digest is of; 0: nothing yet */
	uint8_t digest[CRYPT_HASH];
	uint8_t tile[TREE_TILE_BYTES];
};

/* Opening *******************************************************************/

/* For the prover: the right edge is in memory, all else on disk. */
static const uint8_t *
read_tile(void *ctx, unsigned level, uint64_t number, unsigned width)
{
	struct clerk *c = ctx;
	const uint8_t *edge =
		tree_edge(assembly_tree(c->assembly), level, number, width);

	if (edge != NULL)
		return edge;
	if (store_copy_tile(clerk_store(c), level, number, c->tile) != 0)
		return NULL;
	return c->tile;
}

static int
check_founded(const struct clerk *c)
{
	const struct world *w = assembly_world(c->assembly);

	if (assembly_head(c->assembly).size == 0)
		return trouble_say("the ledger is empty: begin with "
				   "uniond init FOUNDING-FILE");
	if (memcmp(w->ledger_key, signer_key(c->signer), CRYPT_KEY) != 0)
		return trouble_say("the key in this directory is not the key "
				   "of this ledger");
	return 0;
}

/* A clock that is wrong would end votes that are open. */
static int
check_time(struct clerk *c, bool accept_time)
{
	const struct world *w = assembly_world(c->assembly);

	c->time = timekeeper_of(w->time_s, w->rehearsal);
	if (timekeeper_ask(&c->time, &c->now_s) != 0)
		return -1;
	if (!w->rehearsal && !accept_time &&
		c->now_s > w->time_s + TIMEKEEPER_LEAP_S)
		return trouble_say("the clock stands %" PRIu64
				   " seconds ahead of the last record: if it "
				   "is right, serve with --accept-time",
			c->now_s - w->time_s);
	return 0;
}

/* The head is on disk and noted. */
static void
sign_head(struct clerk *c)
{
	struct tree_head head = ledger_head(c->ledger);

	writer_rewind(&c->checkpoint);
	signer_checkpoint(c->signer, &head, &c->checkpoint);
	c->before = head;
}

/* A checkpoint that stopped all writing once still does, unless it is of this
 * history. */
static int
look_for_rival(struct clerk *c)
{
	struct writer note = {0};
	int rc = rival_read(c->directory, &note);

	if (rc == 0 && note.len > 0 &&
		clerk_see(c, writer_view(&note)) == VERDICT_OK)
		rc = rival_drop(c->directory);
	else if (rc == 0 && note.len > 0 && !c->forked)
		rc = trouble_say("the file forked holds no checkpoint of this "
				 "ledger's key");
	writer_clear(&note);
	return rc;
}

struct clerk *
clerk_open(const struct config *config, struct crew *crew, bool accept_time)
{
	struct ledger_options options = {
		.map_bytes = config->map_bytes,
		.reserve_bytes = config->reserve_bytes,
	};
	struct clerk *c = mem_new(sizeof(*c));

	c->directory = config->directory;
	c->assembly = assembly_new();
	if ((c->signer = signer_open(config->directory)) == NULL ||
		(c->ledger = ledger_open(config->directory, &options)) ==
			NULL ||
		(c->texts = texts_open(config->directory)) == NULL ||
		replay_run(c->ledger, crew, c->assembly) != 0 ||
		check_founded(c) != 0 || check_time(c, accept_time) != 0 ||
		enclosure_erase(c->texts, assembly_world(c->assembly)) != 0)
		goto failed;
	assembly_on_tile(c->assembly, batch_put_tile, &c->batch);
	c->prover = prover_new(read_tile, c);
	signer_name(
		c->signer, bytes_of_string(assembly_world(c->assembly)->log));
	c->room = true;
	sign_head(c);
	if (look_for_rival(c) != 0)
		goto failed;
	return c;

failed:
	clerk_close(c);
	return NULL;
}

void
clerk_close(struct clerk *c)
{
	if (c == NULL)
		return;
	batch_clear(&c->batch);
	writer_clear(&c->record);
	writer_clear(&c->erased);
	writer_clear(&c->checkpoint);
	prover_free(c->prover);
	texts_close(c->texts);
	assembly_free(c->assembly);
	ledger_close(c->ledger);
	signer_close(c->signer);
	mem_free(c);
}

/* Judging *******************************************************************/

void
clerk_check(const struct clerk *c, struct clerk_act *act)
{
	act->verdict = assembly_precheck(
		c->assembly, act->bytes, act->sig, true, &act->checked);
	for (size_t i = 0; i < act->n_texts; i++)
		enclosure_hash(&act->texts[i]);
}

/* Make an act that stands the next record of the batch. */
static enum verdict
stage(struct clerk *c, const struct assembly_checked *checked)
{
	enum verdict v;

	writer_rewind(&c->record);
	v = assembly_admit(c->assembly, checked, c->now_s, &c->record);
	if (v != VERDICT_OK)
		return v;
	batch_put(&c->batch, writer_view(&c->record), checked->act.id);
	if (checked->act.kind == ACT_TEXT_ERASE)
		writer_put(&c->erased,
			bytes_of(act_hash(&checked->act, ACT_HAS_ON),
				CRYPT_HASH));
	return VERDICT_OK;
}

/* Sign and stage all that the ledger itself must say first. */
static int
settle(struct clerk *c)
{
	struct assembly_checked checked;
	struct writer act = {0};
	uint8_t sig[CRYPT_SIG];
	enum verdict v = VERDICT_OK;

	while (v == VERDICT_OK && assembly_owes(c->assembly, c->now_s, &act)) {
		signer_act(c->signer, writer_view(&act), sig);
		v = assembly_precheck(
			c->assembly, writer_view(&act), sig, true, &checked);
		if (v == VERDICT_OK)
			v = stage(c, &checked);
		writer_rewind(&act);
	}
	writer_clear(&act);
	if (v != VERDICT_OK)
		return trouble_say("an act of the ledger itself is refused: "
				   "%s",
			verdict_name(v));
	return 0;
}

int
clerk_look(struct clerk *c)
{
	bool room = ledger_has_room(c->ledger);

	if (room != c->room)
		log_event(room ? LOG_INFO : LOG_ERROR,
			room ? "there is room to write"
			     : "too little room on the disk or in the map: "
			       "acts are answered busy");
	c->room = room;
	return timekeeper_ask(&c->time, &c->now_s);
}

int
clerk_begin(struct clerk *c)
{
	return c->room && !c->forked ? settle(c) : 0;
}

/* Sign that an act was refused now, on the records so far. */
static void
sign_refusal(struct clerk *c, const uint8_t id[static CRYPT_HASH],
	enum verdict v, struct writer *note)
{
	struct writer text = {0};

	testimony_refusal(clerk_key(c), id, v, assembly_head(c->assembly).size,
		c->now_s, &text);
	signer_testimony(c->signer, writer_view(&text), note);
	writer_clear(&text);
}

/* A known act is answered with the index it has. */
static int
refuse(struct clerk *c, struct clerk_act *act, enum verdict v)
{
	uint8_t id[CRYPT_HASH];

	stamp_act_id(act->bytes, id);
	/* Acts of this turn are in no index yet. */
	act->index = batch_find(&c->batch, id);
	if (act->index != STORE_NONE)
		act->index += c->before.size;
	else if (store_find(clerk_store(c), id, &act->index) != 0)
		return -1;
	act->known = act->index != STORE_NONE;
	act->verdict = act->known ? VERDICT_OK : v;
	if (!act->known)
		sign_refusal(c, id, v, &act->note);
	return 0;
}

int
clerk_take(struct clerk *c, struct clerk_act *act)
{
	const struct world *w = assembly_world(c->assembly);
	enum verdict v = act->verdict;

	if (c->forked)
		v = VERDICT_FORKED;
	else if (!c->room)
		v = VERDICT_BUSY;
	if (v == VERDICT_OK)
		v = enclosure_check(c->texts, w, &act->checked.act, act->texts,
			act->n_texts);
	if (v == VERDICT_OK && settle(c) != 0)
		return -1;
	if (v == VERDICT_OK)
		v = stage(c, &act->checked);
	if (v != VERDICT_OK)
		return refuse(c, act, v);
	act->index = assembly_head(c->assembly).size - 1;
	/* On disk before the act is. */
	return enclosure_keep(c->texts, w, act->texts, act->n_texts);
}

void
clerk_drop(struct clerk_act *act)
{
	writer_clear(&act->note);
}

/* Rehearsals ****************************************************************/

int
clerk_advance(struct clerk *c, uint64_t to_s, enum verdict *verdict)
{
	const struct world *w = assembly_world(c->assembly);

	*verdict = VERDICT_OK;
	if (!w->rehearsal)
		*verdict = VERDICT_NOT_FOR_REHEARSAL;
	else if (to_s < c->now_s || to_s > c->now_s + CLERK_ADVANCE_S)
		*verdict = VERDICT_MALFORMED;
	else if (!c->room)
		*verdict = VERDICT_BUSY;
	else if (c->forked)
		*verdict = VERDICT_FORKED;
	if (*verdict != VERDICT_OK)
		return 0;
	/* No gap between records may look like an outage. */
	while (c->now_s < to_s) {
		uint64_t next_s = w->time_s + HOUR_S;

		if (next_s <= c->now_s)
			next_s = c->now_s + HOUR_S;
		c->now_s = next_s < to_s ? next_s : to_s;
		if (settle(c) != 0)
			return -1;
	}
	timekeeper_move(&c->time, to_s);
	return 0;
}

/* Committing ****************************************************************/

bool
clerk_is_staged(const struct clerk *c)
{
	return c->batch.n_entries > 0;
}

/* Gone from the disk only once the act that says so is on it. */
static int
finish_erasing(struct clerk *c)
{
	for (size_t i = 0; i < c->erased.len; i += CRYPT_HASH)
		if (texts_erase(c->texts, c->erased.data + i) != 0)
			return -1;
	writer_rewind(&c->erased);
	return 0;
}

int
clerk_commit(struct clerk *c)
{
	if (!clerk_is_staged(c))
		return 0;
	c->batch.after = assembly_head(c->assembly);
	if (ledger_append(c->ledger, &c->batch, &c->before) != 0 ||
		finish_erasing(c) != 0)
		return -1;
	log_event(LOG_DEBUG, "committed records=%zu size=%" PRIu64,
		c->batch.n_entries, c->batch.after.size);
	batch_rewind(&c->batch);
	sign_head(c);
	return 0;
}

/* Never fork ****************************************************************/

enum verdict
clerk_see(struct clerk *c, struct bytes checkpoint)
{
	enum verdict v;

	if (bytes_equal(checkpoint, clerk_checkpoint(c)))
		return VERDICT_OK;
	v = rival_judge(checkpoint, clerk_key(c), c->prover, c->before.size);
	if (v != VERDICT_FORKED)
		return v;
	if (!c->forked)
		log_event(LOG_ERROR,
			"forked: a client holds a checkpoint of this ledger's "
			"key that is not of this history, size=%" PRIu64
			"; it is kept in the file forked, and nothing is "
			"written any more",
			c->before.size);
	/* What cannot be kept was told, and stops the writing all the same. */
	c->forked = true;
	rival_keep(c->directory, checkpoint);
	return VERDICT_FORKED;
}

enum verdict
clerk_state(struct clerk *c, const uint8_t mandate[static CRYPT_HASH],
	struct writer *note)
{
	uint64_t due_s = assembly_due_s(c->assembly);
	uint64_t at_s = c->now_s < due_s ? c->now_s : due_s - 1;
	struct writer text = {0};
	enum verdict v = VERDICT_UNKNOWN_SUBJECT;

	assert(!clerk_is_staged(c));
	if (c->forked)
		return VERDICT_FORKED;
	if (testimony_status(assembly_world(c->assembly), mandate, &c->before,
		    at_s, &text)) {
		signer_testimony(c->signer, writer_view(&text), note);
		v = VERDICT_OK;
	}
	writer_clear(&text);
	return v;
}

/* Asking ********************************************************************/

uint32_t
clerk_wait_ms(const struct clerk *c)
{
	uint64_t due_s = assembly_due_s(c->assembly);

	if (!c->room || c->forked)
		return WAIT_STUCK_MS;
	if (due_s <= c->now_s)
		return 0;
	return due_s - c->now_s < WAIT_MAX_MS / 1000
		       ? (uint32_t)(due_s - c->now_s) * 1000
		       : WAIT_MAX_MS;
}

uint64_t
clerk_now_s(const struct clerk *c)
{
	return c->now_s;
}

const struct assembly *
clerk_assembly(const struct clerk *c)
{
	return c->assembly;
}

const struct store *
clerk_store(const struct clerk *c)
{
	return ledger_store(c->ledger);
}

const struct texts *
clerk_texts(const struct clerk *c)
{
	return c->texts;
}

const struct note_key *
clerk_key(const struct clerk *c)
{
	return signer_note_key(c->signer);
}

struct prover *
clerk_prover(struct clerk *c)
{
	return c->prover;
}

void
clerk_digest(struct clerk *c, uint8_t out[static CRYPT_HASH])
{
	if (c->digest_size != c->before.size)
		assembly_digest(c->assembly, c->digest);
	c->digest_size = c->before.size;
	memcpy(out, c->digest, CRYPT_HASH);
}

struct bytes
clerk_checkpoint(const struct clerk *c)
{
	return writer_view(&c->checkpoint);
}
