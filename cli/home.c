#include "cli/home.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballots/base/coding.h"
#include "ballots/base/limits.h"
#include "ballots/base/mem.h"
#include "ballots/base/reader.h"
#include "ballots/machine/files.h"
#include "cli/complain.h"
#include "cli/names.h"

#define SETTINGS   "settings"
#define PETNAMES   "petnames"
#define CHECKPOINT "checkpoint"
#define DEFAULT    "default"
#define CLOCK      "clock"
#define NOTE_BYTES 65536 /* a checkpoint with many cosignatures */

const struct home_setting home_settings[] = {
	{"socket",
		"where the daemon listens, such as ipc:///run/uniond/socket"},
	{"origin", "the union itself: its name and the beginning of its id"},
	{"vkey", "the ledger's verifier key, which checkpoints are held to"},
	{"id", "the union's whole id, for acts that are signed without a "
	       "network"},
	{"language",
		"the language of texts to show first, such as ar or pt-BR"},
	{"status", "what status lists of your credentials are called, such as "
		   "https://union.example/status"},
	{0},
};

/* a and b as one string, freed with mem_free(). */
static char *
joined(const char *a, const char *b)
{
	struct writer w = {0};

	writer_put_string(&w, a);
	writer_put_string(&w, b);
	writer_string(&w);
	return (char *)w.data;
}

static char *
default_top(void)
{
	const char *home = getenv("UNION_HOME");

	if (home != NULL && home[0] != '\0')
		return joined(home, "");
	home = getenv("XDG_DATA_HOME");
	if (home != NULL && home[0] == '/')
		return joined(home, "/union");
	home = getenv("HOME");
	return home == NULL ? NULL : joined(home, "/.local/share/union");
}

/* Letters of a union's name in its founding act, and not "settings". */
static bool
name_ok(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len <= LIMIT_NAME_BYTES && name[0] != '.' &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") == len &&
	       strcmp(name, SETTINGS) != 0;
}

/* Nobody else may look into it. */
static int
check_private(int dir, const char *path)
{
	struct stat about;

	if (fstat(dir, &about) != 0 || about.st_uid != geteuid())
		return complain_cannot("Use a folder of your own: --home DIR.",
			"The folder %s belongs to somebody else.", path);
	if (about.st_mode & 077)
		return complain_cannot("Close it with: chmod 700 FOLDER",
			"Others on this machine may look into the folder %s.",
			path);
	return 0;
}

/* Read a file of pairs, if there is one. */
static int
read_pairs(int dir, const char *file, struct pairs *out)
{
	struct writer content = {0};
	size_t bad = 0;
	int rc;

	if (!files_exist(dir, file))
		return 0;
	rc = files_read(dir, file, PAIRS_FILE_BYTES, &content);
	if (rc == 0)
		bad = pairs_decode(writer_view(&content), out);
	writer_clear(&content);
	if (bad > 0)
		return complain_cannot("Mend the line, or take it out.",
			"Line %zu of your file '%s' cannot be read.", bad,
			file);
	return rc;
}

static int
write_pairs(int dir, const char *file, const struct pairs *pairs)
{
	struct writer content = {0};
	int rc;

	pairs_encode(pairs, &content);
	rc = files_replace(dir, file, FILES_PRIVATE, writer_view(&content));
	writer_clear(&content);
	return rc;
}

/* The name of the only union folder; NULL when there is none or another. */
static char *
only_folder(int top)
{
	DIR *entries = fdopendir(dup(top));
	char *found = NULL;
	struct dirent *entry;
	size_t n = 0;

	if (entries == NULL)
		return NULL;
	rewinddir(entries);
	while ((entry = readdir(entries)) != NULL)
		if (name_ok(entry->d_name) && n++ == 0)
			found = joined(entry->d_name, "");
	closedir(entries);
	if (n > 1) {
		mem_free(found);
		found = NULL;
	}
	return found;
}

/* Settle which union is meant; h->name is set. */
static int
choose(struct home *h, const char *name)
{
	struct pairs settings = {0};
	int rc = 0;

	if (name == NULL) {
		rc = read_pairs(h->top, SETTINGS, &settings);
		name = pairs_get(&settings, BYTES("union"));
	}
	h->name = name != NULL ? joined(name, "") : only_folder(h->top);
	if (h->name == NULL)
		h->name = joined(DEFAULT, "");
	pairs_clear(&settings);
	if (rc == 0 && !name_ok(h->name))
		rc = complain_usage("Use small letters, digits, '-' and '.'.",
			"'%s' cannot be a union's name here.", h->name);
	return rc;
}

static int
open_folder(struct home *h, const char *top)
{
	char *inside = joined("/", h->name);

	h->path = joined(top, inside);
	mem_free(inside);
	h->dir = files_make_dir(h->path, FILES_PRIVATE);
	if (h->dir < 0 || check_private(h->dir, h->path) != 0 ||
		read_pairs(h->dir, SETTINGS, &h->settings) != 0)
		return -1;
	return read_pairs(h->dir, PETNAMES, &h->petnames);
}

int
home_open(struct home *h, const char *top, const char *name)
{
	char *path = top != NULL ? joined(top, "") : default_top();
	int rc = -1;

	*h = (struct home){.dir = -1, .top = -1};
	if (path == NULL)
		return complain_cannot("Set UNION_HOME, or use --home DIR.",
			"There is no home directory to keep things in.");
	h->top = files_make_dir(path, FILES_PRIVATE);
	if (h->top >= 0 && check_private(h->top, path) == 0 &&
		choose(h, name) == 0)
		rc = open_folder(h, path);
	mem_free(path);
	return rc;
}

void
home_close(struct home *h)
{
	/* Taken away only while there is nothing in it. */
	if (h->dir >= 0)
		unlinkat(h->top, h->name, AT_REMOVEDIR);
	files_close(h->dir);
	files_close(h->top);
	mem_free(h->path);
	mem_free(h->name);
	pairs_clear(&h->settings);
	pairs_clear(&h->petnames);
	*h = (struct home){.dir = -1, .top = -1};
}

bool
home_in_use(const struct home *h)
{
	return files_exist(h->dir, HOME_KEY) || files_exist(h->dir, SETTINGS);
}

const char *
home_get(const struct home *h, const char *setting)
{
	return pairs_get(&h->settings, bytes_of_string(setting));
}

static bool
is_setting(const char *name)
{
	for (const struct home_setting *s = home_settings; s->name; s++)
		if (strcmp(s->name, name) == 0)
			return true;
	return false;
}

int
home_set(struct home *h, const char *setting, const char *value)
{
	struct bytes key = bytes_of_string(setting);

	if (!is_setting(setting))
		return complain_usage("'union settings' lists them.",
			"There is no setting '%s'.", setting);
	if (value == NULL)
		pairs_remove(&h->settings, key);
	else if (!pairs_set(&h->settings, key, bytes_of_string(value)))
		return complain_usage(
			"", "'%s' cannot be a setting's value.", value);
	return write_pairs(h->dir, SETTINGS, &h->settings);
}

int
home_make_default(const struct home *h)
{
	struct pairs settings = {0};
	int rc;

	pairs_set(&settings, BYTES("union"), bytes_of_string(h->name));
	rc = write_pairs(h->top, SETTINGS, &settings);
	pairs_clear(&settings);
	return rc;
}

const char *
home_petname(const struct home *h, const uint8_t id[static CRYPT_HASH])
{
	struct writer hex = {0};
	const char *petname;

	coding_put_hex(&hex, bytes_of(id, CRYPT_HASH));
	petname = pairs_get(&h->petnames, writer_view(&hex));
	writer_clear(&hex);
	return petname;
}

bool
home_find_petname(const struct home *h, struct bytes petname,
	uint8_t id[static CRYPT_HASH])
{
	const char *key = pairs_key_of(&h->petnames, petname);

	return key != NULL &&
	       coding_read_hex(bytes_of_string(key), id, CRYPT_HASH);
}

int
home_set_petname(struct home *h, const uint8_t id[static CRYPT_HASH],
	struct bytes petname)
{
	struct names_name name = names_parse(petname);
	struct writer hex = {0};
	const char *holder;
	bool taken;

	coding_put_hex(&hex, bytes_of(id, CRYPT_HASH));
	holder = pairs_key_of(&h->petnames, petname);
	taken = holder != NULL &&
		!bytes_equal(bytes_of_string(holder), writer_view(&hex));
	if (petname.len == 0)
		pairs_remove(&h->petnames, writer_view(&hex));
	else if (!taken && name.form == NAMES_PETNAME)
		pairs_set(&h->petnames, writer_view(&hex), petname);
	writer_clear(&hex);
	if (taken)
		return complain_no("Choose another name.",
			"You call somebody else '%.*s' already.",
			(int)petname.len, (const char *)petname.data);
	if (petname.len > 0 && name.form != NAMES_PETNAME)
		return complain_usage("It must not look like an id, P1, #1 or "
				      "me, nor hide anything.",
			"'%.*s' cannot be a name.", (int)petname.len,
			(const char *)petname.data);
	return write_pairs(h->dir, PETNAMES, &h->petnames);
}

int
home_read_checkpoint(const struct home *h, struct writer *out)
{
	if (!files_exist(h->dir, CHECKPOINT))
		return 0;
	return files_read(h->dir, CHECKPOINT, NOTE_BYTES, out);
}

int
home_keep_checkpoint(const struct home *h, struct bytes note)
{
	return files_replace(h->dir, CHECKPOINT, FILES_PRIVATE, note);
}

int
home_keep_fork(const struct home *h, struct bytes ours, struct bytes theirs,
	char **path)
{
	struct bytes parts[] = {ours, theirs};
	uint8_t hash[CRYPT_HASH];
	struct writer hex = {0};
	char name[60], file[80];
	int rc;

	crypt_hash_parts(parts, 2, hash);
	coding_put_hex(&hex, bytes_of(hash, 8));
	snprintf(name, sizeof(name), "/forks/%s", writer_string(&hex));
	writer_clear(&hex);
	snprintf(file, sizeof(file), "%s/kept", name + 1);
	rc = files_write_once(h->dir, file, FILES_PRIVATE, ours);
	snprintf(file, sizeof(file), "%s/shown", name + 1);
	if (rc == 0)
		rc = files_write_once(h->dir, file, FILES_PRIVATE, theirs);
	if (rc == 0)
		*path = joined(h->path, name);
	return rc;
}

static int
keep_in(const struct home *h, const char *folder, const char *name,
	struct bytes content)
{
	char file[200];

	snprintf(file, sizeof(file), "%s/%s", folder, name);
	return files_write_once(h->dir, file, FILES_PRIVATE, content);
}

int
home_keep_receipt(const struct home *h, const char *name, struct bytes receipt)
{
	return keep_in(h, HOME_RECEIPTS, name, receipt);
}

int
home_keep_refusal(const struct home *h, const char *name, struct bytes note)
{
	return keep_in(h, "refusals", name, note);
}

int
home_take_seq(const struct home *h, uint64_t now_s, uint64_t *seq)
{
	struct writer file = {0};
	uint64_t last = 0;
	int rc = 0;

	if (files_exist(h->dir, CLOCK))
		rc = files_read(h->dir, CLOCK, 20, &file);
	/* A clock that cannot be read is as good as none. */
	reader_decimal(writer_view(&file), LIMIT_JSON_INT - 1, &last);
	*seq = now_s > last ? now_s : last + 1;
	writer_rewind(&file);
	writer_put_decimal(&file, *seq);
	if (rc == 0)
		rc = files_replace(
			h->dir, CLOCK, FILES_PRIVATE, writer_view(&file));
	writer_clear(&file);
	return rc;
}

static void
secret_name(const uint8_t id[static CRYPT_HASH], char out[static 80])
{
	struct writer hex = {0};

	coding_put_hex(&hex, bytes_of(id, CRYPT_HASH));
	snprintf(out, 80, "secrets/%s", writer_string(&hex));
	writer_clear(&hex);
}

int
home_keep_secret(const struct home *h, const uint8_t id[static CRYPT_HASH],
	const uint8_t value[static 32])
{
	char file[80];

	secret_name(id, file);
	return files_write_once(
		h->dir, file, FILES_PRIVATE, bytes_of(value, 32));
}

bool
home_has_secret(const struct home *h, const uint8_t id[static CRYPT_HASH])
{
	char file[80];

	secret_name(id, file);
	return files_exist(h->dir, file);
}

int
home_read_secret(const struct home *h, const uint8_t id[static CRYPT_HASH],
	uint8_t value[static 32])
{
	struct writer content = {0};
	char file[80];
	int rc;

	secret_name(id, file);
	rc = files_read(h->dir, file, 32, &content);
	if (rc == 0 && content.len != 32)
		rc = complain_cannot("", "The secret kept is damaged.");
	if (rc == 0)
		memcpy(value, content.data, 32);
	if (content.data != NULL)
		crypt_wipe(content.data, content.len);
	writer_clear(&content);
	return rc;
}
