#include "cli/cmd_delegate.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "cli/complain.h"
#include "cli/filing.h"
#include "cli/listing.h"
#include "cli/subject.h"

/* To whom: a member, or nobody, so that a broader delegation ends here. */
static int
set_to(struct filing *f, const char *word, struct writer *what)
{
	static const uint8_t nobody[CRYPT_HASH];
	struct subject to = {0};
	int rc = 0;

	writer_put_string(what, " to ");
	if (strcmp(word, "none") == 0) {
		act_set_hash(&f->act, ACT_HAS_TO, nobody);
		writer_put_string(what, "nobody");
	} else {
		rc = subject_find(f->desk, SUBJECT_MEMBER, word, &to);
		act_set_hash(&f->act, ACT_HAS_TO, to.id);
		if (rc == 0)
			subject_put_member(f->desk, to.id, what);
	}
	subject_clear(&to);
	return rc;
}

/* It counts once it is accepted: say what it is called. */
static int
give_next(struct desk *d, const struct filing *f)
{
	struct subject grant;
	int rc = subject_get(d, SUBJECT_GRANT, f->id, &grant);

	if (rc == 0)
		output_next(d->out,
			"they accept it with: union delegation accept %s; it "
			"counts from then on",
			grant.name);
	subject_clear(&grant);
	return rc;
}

static int
grant(struct desk *d)
{
	const char *word = options_operand(&d->call->options, "MEMBER");
	struct writer what = {0};
	struct filing f = {0};
	struct subject scope;
	int rc = subject_find_scope(
		d, options_value(&d->call->options, "on"), &scope);

	if (rc == 0)
		rc = filing_begin(&f, d, ACT_DELEGATION_GRANT, scope.id);
	if (rc == 0) {
		writer_put_string(&what, "your vote on ");
		subject_put(&scope, &what);
		rc = set_to(&f, word, &what);
	}
	if (rc == 0)
		rc = filing_finish(&f, writer_string(&what));
	if (rc == 0 && f.recorded && strcmp(word, "none") != 0)
		rc = give_next(d, &f);
	subject_clear(&scope);
	writer_clear(&what);
	filing_clear(&f);
	return rc;
}

int
cmd_delegate_grant(const struct call *call)
{
	return desk_do(call, desk_open_to_sign, grant);
}

/* Lists ********************************************************************/

/* Append what the delegation is for: "T1 "Pool"". */
static int
put_scope(
	struct desk *d, const uint8_t id[static CRYPT_HASH], struct writer *out)
{
	struct writer word = {0};
	struct subject scope;
	int rc;

	if (memcmp(id, d->union_id, CRYPT_HASH) == 0) {
		writer_put_string(out, "the whole union");
		return 0;
	}
	coding_put_hex(&word, bytes_of(id, CRYPT_HASH));
	rc = subject_find_scope(d, writer_string(&word), &scope);
	if (rc == 0) {
		writer_put_string(out, scope.name);
		writer_put_u8(out, ' ');
		writer_put(out, writer_view(&scope.title));
	}
	subject_clear(&scope);
	writer_clear(&word);
	return rc;
}

static int
put_row(struct desk *d, struct wire_value entry, struct listing *l)
{
	struct wire_value item = wire_get(entry, "item");
	struct bytes to = wire_string(wire_get(item, "to"), CODING_HEX_32);
	int64_t accepted =
		wire_int(wire_get(item, "accepted"), 0, LIMIT_JSON_INT);
	bool nobody = bytes_equal(to, BYTES("none"));
	uint8_t id[CRYPT_HASH];
	char name[16];

	subject_name(SUBJECT_GRANT, entry, name);
	listing_put(l, "%s", name);
	listing_put(l, "%s",
		nobody         ? "stands"
		: accepted > 0 ? "accepted"
			       : "not accepted");
	wire_id(wire_get(item, "by"), id);
	subject_put_member(d, id, listing_cell(l));
	if (coding_read_hex(to, id, CRYPT_HASH))
		subject_put_member(d, id, listing_cell(l));
	else
		listing_put(l, "nobody");
	wire_id(wire_get(item, "on"), id);
	return put_scope(d, id, listing_cell(l));
}

static int
list(struct desk *d)
{
	static const struct table_column columns[] = {{"", false},
		{"state", false}, {"from", false}, {"to", false},
		{"on", false}};

	return listing_show(
		d, SUBJECT_GRANT, columns, 5, put_row, "delegations");
}

int
cmd_delegate_list(const struct call *call)
{
	return desk_do(call, desk_open, list);
}
