#include "cli/credence.h"

#include "ballots/base/mem.h"
#include "cli/complain.h"
#include "cli/desk.h"

#define TEXT_BYTES 65536

int
credence_read(const char *path, struct writer *text, struct trust *out)
{
	size_t line;
	enum verdict v;

	if (desk_read_file(path, TEXT_BYTES, text) != 0)
		return -1;
	v = trust_parse(writer_view(text), out, &line);
	if (v == VERDICT_OK)
		return 0;
	return complain_usage("Lines are: log VKEY, witness NAME VKEY, group "
			      "NAME K NAME..., quorum NAME, credential TYPE K "
			      "DID..., fresh SECONDS.",
		"Line %zu of %s is wrong: %s", line, path, verdict_sentence(v));
}

static int
credence_kept(struct credence *b)
{
	const char *vkey = home_get(&b->home, "vkey");
	struct note_key key;

	if (vkey == NULL)
		return complain_cannot("Name a file with --trust, or set the "
				       "key: union settings vkey VKEY",
			"No ledger key is trusted here yet.");
	if (note_parse_key(bytes_of_string(vkey), &key) != VERDICT_OK)
		return complain_cannot("Set it again: union settings vkey VKEY",
			"The ledger key kept here cannot be read.");
	policy_of_log(&key, &b->trust->policy);
	return 0;
}

int
credence_open(const struct call *call, struct credence *out)
{
	const char *path = options_value(&call->options, "trust");

	*out = (struct credence){.trust = mem_new(sizeof(*out->trust))};
	trust_begin(out->trust);
	if (call_home(call, &out->home) != 0)
		return -1;
	if ((path != NULL ? credence_read(path, &out->text, out->trust)
			  : credence_kept(out)) != 0)
		return -1;
	return home_read_checkpoint(&out->home, &out->kept);
}

void
credence_close(struct credence *b)
{
	home_close(&b->home);
	mem_free(b->trust);
	writer_clear(&b->text);
	writer_clear(&b->kept);
}
