#include "ballots/record/policy.h"

#include <string.h>

#include "ballots/base/reader.h"

static bool
is_space(uint8_t c)
{
	return c == ' ' || c == '\t';
}

struct bytes
policy_word(struct bytes *line)
{
	struct bytes word;
	size_t start = 0, end;

	while (start < line->len && is_space(line->data[start]))
		start++;
	end = start;
	while (end < line->len && !is_space(line->data[end]))
		end++;
	word = bytes_slice(*line, start, end - start);
	*line = bytes_slice(*line, end, line->len);
	return word;
}

/* The node called name; POLICY_NONE when there is none. */
static int
find_node(const struct policy *p, struct bytes name)
{
	for (size_t i = 0; i < p->n_nodes; i++)
		if (bytes_equal(p->nodes[i].name, name))
			return (int)i;
	return POLICY_NONE;
}

/* The next word as the name of a new node. */
static enum verdict
new_node(struct policy_draft *d, struct policy_node *out)
{
	struct bytes name = policy_word(&d->line);

	if (name.len == 0 || bytes_equal(name, BYTES("none")))
		return VERDICT_MALFORMED;
	if (find_node(&d->policy, name) != POLICY_NONE)
		return VERDICT_DUPLICATE;
	if (d->policy.n_nodes == LIMIT_POLICY_NODES)
		return VERDICT_TOO_LARGE;
	*out = (struct policy_node){
		.name = name, .key = POLICY_NONE, .group = POLICY_NONE};
	return VERDICT_OK;
}

/* True when a and b would count as one signer, or be taken for each other. */
static bool
same_signer(const struct note_key *a, const struct note_key *b)
{
	return (a->kind == b->kind && memcmp(a->key, b->key, CRYPT_KEY) == 0) ||
	       (memcmp(a->id, b->id, NOTE_ID) == 0 &&
		       strcmp(a->name, b->name) == 0);
}

/* The rest of the line as a key of one kind and perhaps a URL. */
static enum verdict
read_key(struct policy_draft *d, enum note_kind kind)
{
	struct policy *p = &d->policy;
	struct note_key key;
	enum verdict v = note_parse_key(policy_word(&d->line), &key);

	if (v != VERDICT_OK)
		return v;
	if (key.kind != kind)
		return VERDICT_BAD_KEY;
	for (size_t i = 0; i < p->n_keys; i++)
		if (same_signer(&p->keys[i], &key))
			return VERDICT_DUPLICATE;
	if (p->n_keys == LIMIT_POLICY_KEYS)
		return VERDICT_TOO_LARGE;
	p->keys[p->n_keys] = key;
	p->urls[p->n_keys++] = policy_word(&d->line);
	return VERDICT_OK;
}

static enum verdict
read_log(struct policy_draft *d)
{
	return read_key(d, NOTE_ED25519);
}

static enum verdict
read_witness(struct policy_draft *d)
{
	struct policy *p = &d->policy;
	struct policy_node node;
	enum verdict v = new_node(d, &node);

	if (v == VERDICT_OK)
		v = read_key(d, NOTE_COSIGNATURE);
	if (v != VERDICT_OK)
		return v;
	node.key = (int)p->n_keys - 1;
	p->nodes[p->n_nodes++] = node;
	return VERDICT_OK;
}

/* How many of n members word asks for; 0 when it makes no sense. */
static size_t
threshold(struct bytes word, size_t n)
{
	uint64_t k = 0;

	if (bytes_equal(word, BYTES("any")))
		return n > 0;
	if (bytes_equal(word, BYTES("all")))
		return n;
	return reader_decimal(word, n, &k) ? (size_t)k : 0;
}

static enum verdict
read_group(struct policy_draft *d)
{
	struct policy *p = &d->policy;
	struct policy_node group;
	struct bytes needed, member;
	enum verdict v = new_node(d, &group);

	if (v != VERDICT_OK)
		return v;
	needed = policy_word(&d->line);
	while ((member = policy_word(&d->line)).len > 0) {
		int i = find_node(p, member);

		if (i == POLICY_NONE)
			return VERDICT_UNKNOWN_SUBJECT;
		if (p->nodes[i].group != POLICY_NONE)
			return VERDICT_DUPLICATE;
		p->nodes[i].group = (int)p->n_nodes;
		group.n++;
	}
	group.needed = threshold(needed, group.n);
	if (group.needed == 0)
		return VERDICT_MALFORMED;
	p->nodes[p->n_nodes++] = group;
	return VERDICT_OK;
}

static enum verdict
read_quorum(struct policy_draft *d)
{
	struct bytes name = policy_word(&d->line);

	if (d->has_quorum)
		return VERDICT_DUPLICATE;
	d->has_quorum = true;
	if (bytes_equal(name, BYTES("none")))
		return VERDICT_OK;
	d->policy.quorum = find_node(&d->policy, name);
	return d->policy.quorum == POLICY_NONE ? VERDICT_UNKNOWN_SUBJECT
					       : VERDICT_OK;
}

/* Every line that a policy can have. */
static const struct {
	const char *word;
	enum verdict (*read)(struct policy_draft *d);
} kinds[] = {
	{"log", read_log},
	{"witness", read_witness},
	{"group", read_group},
	{"quorum", read_quorum},
};

static bool
letters_ok(struct bytes line)
{
	for (size_t i = 0; i < line.len; i++)
		if ((line.data[i] < ' ' && line.data[i] != '\t') ||
			line.data[i] == 0x7f)
			return false;
	return true;
}

void
policy_begin(struct policy_draft *d)
{
	*d = (struct policy_draft){.policy = {.quorum = POLICY_NONE}};
}

enum verdict
policy_take(struct policy_draft *d, struct bytes line, bool *other)
{
	struct bytes word;
	enum verdict v;

	*other = false;
	d->line = line;
	if (!letters_ok(line))
		return VERDICT_MALFORMED;
	word = policy_word(&d->line);
	if (word.len == 0 || word.data[0] == '#')
		return VERDICT_OK;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!bytes_equal(word, bytes_of_string(kinds[i].word)))
			continue;
		d->any = true;
		v = kinds[i].read(d);
		if (v == VERDICT_OK && policy_word(&d->line).len > 0)
			v = VERDICT_MALFORMED;
		return v;
	}
	*other = true;
	return VERDICT_MALFORMED;
}

enum verdict
policy_parse(struct bytes text, struct policy *out, size_t *bad_line)
{
	struct policy_draft d;
	size_t number = 1;
	enum verdict v;
	bool other;

	policy_begin(&d);
	for (; text.len > 0; number++) {
		v = policy_take(&d, bytes_cut(&text, '\n'), &other);
		if (v != VERDICT_OK) {
			*bad_line = number;
			return v;
		}
	}
	if (!d.has_quorum) {
		*bad_line = number;
		return VERDICT_MALFORMED;
	}
	*out = d.policy;
	return VERDICT_OK;
}

static void
print_key(const struct policy *p, size_t i, struct writer *w)
{
	note_print_key(&p->keys[i], w);
	if (p->urls[i].len > 0)
		writer_put_u8(w, ' ');
	writer_put(w, p->urls[i]);
	writer_put_u8(w, '\n');
}

static void
print_node(const struct policy *p, size_t i, struct writer *w)
{
	const struct policy_node *node = &p->nodes[i];

	writer_put_string(w, node->n == 0 ? "witness " : "group ");
	writer_put(w, node->name);
	writer_put_u8(w, ' ');
	if (node->n == 0) {
		print_key(p, (size_t)node->key, w);
		return;
	}
	writer_put_decimal(w, node->needed);
	for (size_t k = 0; k < i; k++) {
		if (p->nodes[k].group != (int)i)
			continue;
		writer_put_u8(w, ' ');
		writer_put(w, p->nodes[k].name);
	}
	writer_put_u8(w, '\n');
}

void
policy_print(const struct policy *p, struct writer *w)
{
	for (size_t i = 0; i < p->n_keys; i++) {
		if (p->keys[i].kind != NOTE_ED25519)
			continue;
		writer_put_string(w, "log ");
		print_key(p, i, w);
	}
	for (size_t i = 0; i < p->n_nodes; i++)
		print_node(p, i, w);
	writer_put_string(w, "quorum ");
	writer_put(w, p->quorum == POLICY_NONE ? BYTES("none")
					       : p->nodes[p->quorum].name);
	writer_put_u8(w, '\n');
}

void
policy_of_log(const struct note_key *log, struct policy *out)
{
	*out = (struct policy){.n_keys = 1, .quorum = POLICY_NONE};
	out->keys[0] = *log;
}

bool
policy_log_signed(
	const struct policy *p, const struct note *note, struct bytes origin)
{
	for (size_t i = 0; i < p->n_keys; i++)
		if (p->keys[i].kind == NOTE_ED25519 &&
			bytes_equal(origin, bytes_of_string(p->keys[i].name)) &&
			note_line_of(note, &p->keys[i]) != NULL)
			return true;
	return false;
}

/* Members stand before their groups, so one pass settles all. */
static bool
quorum_stands(const struct policy *p, const struct note *note)
{
	size_t have[LIMIT_POLICY_NODES] = {0};
	bool stands[LIMIT_POLICY_NODES];

	for (size_t i = 0; i < p->n_nodes; i++) {
		const struct policy_node *node = &p->nodes[i];

		stands[i] = node->n == 0 ? note_line_of(note,
						   &p->keys[node->key]) != NULL
					 : have[i] >= node->needed;
		if (stands[i] && node->group != POLICY_NONE)
			have[node->group]++;
	}
	return p->quorum == POLICY_NONE || stands[p->quorum];
}

enum verdict
policy_open(const struct policy *p, struct bytes in, struct note *note,
	struct checkpoint *out)
{
	struct note opened;
	struct checkpoint c;
	enum verdict v = checkpoint_open(in, p->keys, p->n_keys, &opened, &c);

	if (v != VERDICT_OK)
		return v;
	if (!policy_log_signed(p, &opened, c.origin))
		return VERDICT_UNKNOWN_SIGNER;
	if (!quorum_stands(p, &opened))
		return VERDICT_TOO_FEW;
	*note = opened;
	*out = c;
	return VERDICT_OK;
}
