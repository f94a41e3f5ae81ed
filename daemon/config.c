#include "daemon/config.h"

#include <assert.h>
#include <fcntl.h>
#include <string.h>

#include "ballots/base/reader.h"
#include "ballots/machine/files.h"
#include "ballots/machine/trouble.h"
#include "daemon/log.h"

#define MIB UINT64_C(0x100000)
#define TIB UINT64_C(0x10000000000)

enum kind {
	PATH,
	NUMBER,
	SIZE,  /* a number of bytes, with K, M, G or T behind it */
	LEVEL, /* a word for an enum log_level */
};

struct option {
	const char *name;
	enum kind kind;
	size_t offset; /* in struct config */
	uint64_t min, max;
	const char *standard;
	const char *help;
};

/* clang-format off */
static const struct option options[] = {
	{"directory", PATH, offsetof(struct config, directory), 0, 0,
		"/var/lib/uniond",
		"where the ledger, its key and its texts are kept"},
	{"socket", PATH, offsetof(struct config, socket), 0, 0,
		"/run/uniond/socket",
		"the socket file for union, open to its owner alone"},
	{"threads", NUMBER, offsetof(struct config, threads), 0, 256,
		"0",
		"threads that check signatures; 0 is one for each processor"},
	{"reserve", SIZE, offsetof(struct config, reserve_bytes), 0, TIB,
		"64M",
		"disk kept free: with less, new acts are answered busy"},
	{"map", SIZE, offsetof(struct config, map_bytes), MIB, 64 * TIB,
		"1T",
		"address space for the ledger, which bounds its size"},
	{"scrub", NUMBER, offsetof(struct config, scrub_s), 0, 31536000,
		"86400",
		"seconds in which all records are read and hashed again; 0: never"},
	{"log", LEVEL, offsetof(struct config, log_level), 0, 0,
		"info",
		"what is logged: error, warning, info or debug"},
};

static const struct {
	const char *word;
	enum log_level level;
} levels[] = {
	{"error", LOG_ERROR},
	{"warning", LOG_WARNING},
	{"info", LOG_INFO},
	{"debug", LOG_DEBUG},
};
/* clang-format on */

enum {
	N_OPTIONS = sizeof(options) / sizeof(options[0]),
	N_LEVELS = sizeof(levels) / sizeof(levels[0]),
};

static const struct option *
option_by_name(struct bytes name)
{
	for (size_t i = 0; i < N_OPTIONS; i++)
		if (bytes_equal(name, bytes_of_string(options[i].name)))
			return &options[i];
	return NULL;
}

static const char *
set_path(char *out, struct bytes value)
{
	if (value.len == 0)
		return "a path is missing";
	if (value.len >= CONFIG_PATH_BYTES)
		return "the path is too long";
	for (size_t i = 0; i < value.len; i++)
		if (value.data[i] < ' ' || value.data[i] == 0x7f)
			return "a path has no control characters";
	memcpy(out, value.data, value.len);
	out[value.len] = '\0';
	return NULL;
}

/* Take a K, M, G or T off the end; the power of two it stands for. */
static unsigned
cut_unit(struct bytes *value)
{
	static const char units[] = "KMGT";
	const char *unit = value->len == 0 || value->data[value->len - 1] == 0
				   ? NULL
				   : strchr(units, value->data[value->len - 1]);

	if (unit == NULL)
		return 0;
	value->len--;
	return 10 * (unsigned)(unit - units + 1);
}

static const char *
set_number(const struct option *o, uint64_t *out, struct bytes value)
{
	unsigned shift = o->kind == SIZE ? cut_unit(&value) : 0;
	uint64_t n;

	if (!reader_decimal(value, UINT64_MAX, &n))
		return o->kind == SIZE ? "a size is a number, and K, M, G or T "
					 "where wanted"
				       : "a number is missing";
	if (n > o->max >> shift || n << shift < o->min)
		return "the number is out of bounds";
	*out = n << shift;
	return NULL;
}

static const char *
set_level(uint64_t *out, struct bytes value)
{
	for (size_t i = 0; i < N_LEVELS; i++)
		if (bytes_equal(value, bytes_of_string(levels[i].word))) {
			*out = levels[i].level;
			return NULL;
		}
	return "one of error, warning, info and debug is missing";
}

static const char *
set(struct config *c, const struct option *o, struct bytes value)
{
	void *member = (char *)c + o->offset;

	switch (o->kind) {
	case PATH:
		return set_path(member, value);
	case NUMBER:
	case SIZE:
		return set_number(o, member, value);
	case LEVEL:
		return set_level(member, value);
	}
	assert(!"a kind of option");
	return NULL;
}

const char *
config_set(struct config *c, struct bytes name, struct bytes value)
{
	const struct option *o = option_by_name(name);

	return o != NULL ? set(c, o, value) : "there is no such option";
}

void
config_default(struct config *c)
{
	*c = (struct config){0};
	for (size_t i = 0; i < N_OPTIONS; i++) {
		const char *what = set(
			c, &options[i], bytes_of_string(options[i].standard));

		assert(what == NULL);
		(void)what;
	}
}

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static struct bytes
skip_blanks(struct bytes b)
{
	while (b.len > 0 && is_blank(b.data[0]))
		b = bytes_slice(b, 1, b.len);
	return b;
}

/* Take the text before the first blank off the front. */
static struct bytes
cut_word(struct bytes *rest)
{
	size_t len = 0;
	struct bytes word;

	while (len < rest->len && !is_blank(rest->data[len]))
		len++;
	word = bytes_slice(*rest, 0, len);
	*rest = skip_blanks(bytes_slice(*rest, len, rest->len));
	return word;
}

/* Read one line; *at is set to what a refusal is about. */
static const char *
parse_line(struct config *c, struct bytes line, bool seen[static N_OPTIONS],
	struct bytes *at)
{
	const struct option *o;

	line = skip_blanks(line);
	while (line.len > 0 && is_blank(line.data[line.len - 1]))
		line.len--;
	if (line.len == 0 || line.data[0] == '#')
		return NULL;
	*at = cut_word(&line);
	o = option_by_name(*at);
	if (o == NULL)
		return "there is no such option";
	if (seen[o - options])
		return "this option was set before";
	seen[o - options] = true;
	*at = line;
	return set(c, o, line);
}

bool
config_parse(struct config *c, struct bytes text, struct config_fault *fault)
{
	bool seen[N_OPTIONS] = {false};
	struct config next = *c;

	for (size_t n = 1; text.len > 0; n++) {
		struct bytes line = bytes_cut(&text, '\n');
		struct bytes at = line;
		const char *what = parse_line(&next, line, seen, &at);

		if (what != NULL) {
			*fault = (struct config_fault){
				n, (size_t)(at.data - line.data) + 1, what};
			return false;
		}
	}
	*c = next;
	return true;
}

int
config_load(struct config *c, const char *path)
{
	struct config_fault fault;
	struct writer w = {0};
	int rc = files_read(AT_FDCWD, path, CONFIG_FILE_BYTES, &w);

	if (rc == 0 && !config_parse(c, writer_view(&w), &fault))
		rc = trouble_say("%s:%zu:%zu: %s", path, fault.line,
			fault.column, fault.what);
	writer_clear(&w);
	return rc;
}

void
config_print(struct writer *w)
{
	for (size_t i = 0; i < N_OPTIONS; i++) {
		writer_put_string(w, i > 0 ? "\n# " : "# ");
		writer_put_string(w, options[i].help);
		writer_put_string(w, "\n");
		writer_put_string(w, options[i].name);
		writer_put_string(w, " ");
		writer_put_string(w, options[i].standard);
		writer_put_string(w, "\n");
	}
}
