#include "cli/desk.h"

#include <fcntl.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/machine/clock.h"
#include "ballots/machine/files.h"
#include "cli/complain.h"
#include "cli/prompt.h"
#include "cli/when.h"

const struct option desk_sign_options[] = {
	{"yes", 'y', false, NULL, "sign without asking again"},
	{"offline", 0, false, "FILE",
		"sign into FILE, to be filed later by anybody: union file"},
	{"no-receipt", 0, false, NULL, "keep no receipt on this machine"},
	{"until", 0, false, "TIME",
		"the act is void when it is recorded later (preset: 7d)"},
	{0},
};

/* Say whom a first contact has decided to trust. */
static void
give_first_contact(const struct desk *d, const struct contact_about *about)
{
	if (!about->first)
		return;
	output_line(d->out, "First contact with %.*s.", (int)about->origin.len,
		(const char *)about->origin.data);
	output_line(d->out, "From now on this machine trusts its ledger key.  "
			    "Compare the line above with");
	output_line(d->out, "another member, by a way that nobody between you "
			    "can change.");
	output_line(d->out, "%s", "");
}

static void
look_at_clock(struct desk *d)
{
	const struct contact_about *about = contact_about(d->contact);

	d->now_s = about->rehearsal ? about->now_s : clock_now_s();
}

static int
reach(struct desk *d)
{
	struct session *session = call_session(d->call, &d->home);
	const struct contact_about *about;

	if (session == NULL)
		return -1;
	d->contact = contact_open(session, &d->home);
	if (d->contact == NULL)
		return -1;
	about = contact_about(d->contact);
	give_first_contact(d, about);
	writer_put(&d->origin, about->origin);
	memcpy(d->union_id, about->id, CRYPT_HASH);
	look_at_clock(d);
	return 0;
}

int
desk_again(struct desk *d)
{
	if (contact_again(d->contact) != 0)
		return -1;
	look_at_clock(d);
	return 0;
}

static int
lay_out(const struct call *call, struct desk *d)
{
	*d = (struct desk){.call = call, .out = call->out};
	d->home = (struct home){.dir = -1, .top = -1};
	return call_home(call, &d->home);
}

int
desk_open(const struct call *call, struct desk *d)
{
	return lay_out(call, d) == 0 ? reach(d) : -1;
}

/* Which union it is, as far as it is known from an earlier contact. */
static int
do_without(struct desk *d)
{
	const char *origin = home_get(&d->home, "origin");
	const char *id = home_get(&d->home, "id");

	d->now_s = clock_now_s();
	if (origin != NULL && id != NULL &&
		coding_read_hex(bytes_of_string(id), d->union_id, CRYPT_HASH))
		writer_put_string(&d->origin, origin);
	return 0;
}

int
desk_unknown(void)
{
	return complain_cannot("Reach it once with: union status",
		"Nothing is known here yet of the union.");
}

/* Our key, as text, and the desk that looks for its member. */
struct search {
	struct desk *desk;
	struct writer did;
};

static int
look_at(void *ctx, struct wire_value entry)
{
	struct search *s = ctx;
	struct wire_value item = wire_get(entry, "item");

	if (!bytes_equal(wire_string(wire_get(item, "key"), CODING_DID),
		    writer_view(&s->did)))
		return 0;
	wire_id(wire_get(item, "id"), s->desk->member);
	s->desk->is_member = true;
	return 1;
}

/* Keys from paper do not say whose they are: the ledger does. */
static int
look_for_member(struct desk *d)
{
	struct search s = {.desk = d};
	uint8_t key[CRYPT_KEY];
	int rc;

	keyfile_copy_key(d->keys, KEYFILE_CURRENT, key);
	coding_put_did(&s.did, key);
	rc = ask_each(d->contact, "members", look_at, &s);
	writer_clear(&s.did);
	if (rc < 0 || !d->is_member)
		return rc;
	keyfile_set_member(d->keys, d->member);
	return desk_keep_keys(d);
}

/* Know the union, then open the keys in file name of directory dir. */
static int
unlock(const struct call *call, struct desk *d, int dir, const char *name,
	bool offline)
{
	if ((offline ? do_without(d) : reach(d)) != 0)
		return -1;
	return call_unlock_file(call, dir, name, &d->keys, &d->passphrase);
}

static int
open_with_keys(const struct call *call, struct desk *d, bool offline)
{
	if (lay_out(call, d) != 0 ||
		keyfile_check(d->home.dir, HOME_KEY) != 0 ||
		unlock(call, d, d->home.dir, HOME_KEY, offline) != 0)
		return -1;
	d->is_member = keyfile_copy_member(d->keys, d->member);
	return d->is_member || offline ? 0 : look_for_member(d);
}

const struct option desk_key_options[] = {
	{"key-file", 0, false, "FILE",
		"sign with the key in FILE (preset: the one in your folder)"},
	{0},
};

int
desk_open_with_key(const struct call *call, struct desk *d)
{
	const char *path = options_value(&call->options, "key-file");
	bool offline = options_has(&call->options, "offline");
	int dir = AT_FDCWD;

	if (lay_out(call, d) != 0)
		return -1;
	if (path == NULL) {
		path = HOME_KEY;
		dir = d->home.dir;
	}
	return keyfile_check(dir, path) != 0
		       ? -1
		       : unlock(call, d, dir, path, offline);
}

int
desk_open_to_sign(const struct call *call, struct desk *d)
{
	return open_with_keys(call, d, options_has(&call->options, "offline"));
}

int
desk_open_alone(const struct call *call, struct desk *d)
{
	if (open_with_keys(call, d, true) != 0)
		return -1;
	return d->origin.len > 0 ? 0 : desk_unknown();
}

int
desk_open_as_member(const struct call *call, struct desk *d)
{
	return open_with_keys(call, d, false) != 0 ? -1 : desk_need_member(d);
}

static int
make_keys(const struct call *call, struct desk *d)
{
	int fd;

	if (call_passphrase_fd(call, &fd) != 0 ||
		prompt_new_passphrase(fd, &d->passphrase) != 0)
		return -1;
	d->keys = keyfile_new();
	return desk_keep_keys(d);
}

int
desk_open_afresh(const struct call *call, struct desk *d)
{
	if (lay_out(call, d) != 0)
		return -1;
	if (!files_exist(d->home.dir, HOME_KEY))
		return make_keys(call, d);
	if (call_unlock_to_change(call, &d->home, &d->keys, &d->passphrase) !=
		0)
		return -1;
	d->is_member = keyfile_copy_member(d->keys, d->member);
	return 0;
}

int
desk_know(struct desk *d, bool ask)
{
	if (!ask && do_without(d) != 0)
		return -1;
	return d->origin.len > 0 ? 0 : reach(d);
}

int
desk_do(const struct call *call,
	int (*open)(const struct call *call, struct desk *d),
	int (*work)(struct desk *d))
{
	struct desk d;
	int rc = open(call, &d);

	if (rc == 0)
		rc = work(&d);
	desk_close(&d);
	return rc;
}

int
desk_need_member(const struct desk *d)
{
	if (d->is_member)
		return 0;
	return complain_no(
		"Begin with: union join", "Your key is no member's yet.");
}

void
desk_prefer(struct desk *d, const char *language)
{
	if (language != NULL)
		pairs_set(&d->home.settings, BYTES("language"),
			bytes_of_string(language));
}

int
desk_keep_keys(struct desk *d)
{
	return keyfile_write(d->keys, d->home.dir, HOME_KEY, d->passphrase);
}

void
desk_close(struct desk *d)
{
	contact_close(d->contact);
	keyfile_free(d->keys);
	prompt_free(d->passphrase);
	writer_clear(&d->origin);
	home_close(&d->home);
}

int
desk_read_file(const char *path, size_t max_bytes, struct writer *out)
{
	return files_read(AT_FDCWD,
		strcmp(path, "-") == 0 ? "/dev/stdin" : path, max_bytes, out);
}

int
desk_span(const struct call *call, const char *option, uint64_t preset_s,
	uint64_t *out)
{
	const char *value = options_value(&call->options, option);

	*out = preset_s;
	if (value == NULL || when_read_span(bytes_of_string(value), out))
		return 0;
	return complain_usage("Write 10d, 36h, 90m or 20s.",
		"--%s must be a span of time, not '%s'.", option, value);
}

int
desk_time(const struct desk *d, const char *option, uint64_t preset_s,
	uint64_t *out)
{
	const char *value = options_value(&d->call->options, option);

	*out = preset_s;
	if (value == NULL || when_read(bytes_of_string(value), d->now_s, out))
		return 0;
	return complain_usage(
		"Write 2027-01-31, \"2027-01-31 18:30\" (UTC), or 10d from "
		"now.",
		"--%s must be a time, not '%s'.", option, value);
}
