#include "ballots/base/verdict.h"

#include <assert.h>

static const struct {
	const char *name;
	const char *sentence;
	const char *hint;
} verdicts[] = {
#define VERDICT_ROW(code, name, sentence, hint) {name, sentence, hint},
	VERDICT_LIST(VERDICT_ROW)
#undef VERDICT_ROW
};

const char *
verdict_name(enum verdict v)
{
	assert(v < VERDICT_COUNT);
	return verdicts[v].name;
}

const char *
verdict_sentence(enum verdict v)
{
	assert(v < VERDICT_COUNT);
	return verdicts[v].sentence;
}

const char *
verdict_hint(enum verdict v)
{
	assert(v < VERDICT_COUNT);
	return verdicts[v].hint;
}

enum verdict
verdict_by_name(struct bytes name)
{
	int v = 0;

	while (v < VERDICT_COUNT &&
		!bytes_equal(name, bytes_of_string(verdicts[v].name)))
		v++;
	return (enum verdict)v;
}
