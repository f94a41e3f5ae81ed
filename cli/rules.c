#include "cli/rules.h"

#include <stdlib.h>
#include <string.h>

#include "ballots/base/limits.h"
#include "ballots/base/mem.h"
#include "ballots/base/reader.h"
#include "ballots/count/lot.h"
#include "ballots/count/methods.h"
#include "cli/complain.h"

/* clang-format off */
const struct option rules_options[] = {
	{"method", 'm', false, "METHOD", "yes-no, plurality, approval, score, irv, stv-wigm, stv-meek, schulze, ranked-pairs, majority-judgment or equal-shares"},
	{"seats", 's', false, "N", "places to fill; 1, or what the file says"},
	{"quorum", 0, false, "R", "how many must prefer an option to the default"},
	{"ratio", 0, true, "OPTION=N", "N to one must prefer OPTION to the default"},
	{"default", 0, false, "OPTION", "what stands when no option is good enough; '' for none"},
	{"scale", 0, false, "LOW..HIGH", "ends of the scale, worst first"},
	{"overvote", 0, false, "skip|exhaust", "what equal ranks do in irv and stv; exhaust"},
	{"utility", 0, false, "cost|cardinality", "what a project is worth to its voters; cost"},
	{"completion", 0, false, "none|add1|add1-exhaustive", "what equal shares do with the rest; none"},
	{"greedy", 0, false, NULL, "spend what is left by number of votes"},
	{"lot", 0, false, "SEED", "settle ties by the lot of this seed"},
	{0},
};
/* clang-format on */

static void
put_methods(struct writer *w)
{
	for (size_t i = 0; methods_at(i) != NULL; i++) {
		writer_put_string(w, i == 0 ? "" : ", ");
		writer_put_string(w, methods_at(i)->name);
	}
}

static int
find_method(const struct options *o, const char *preset, struct rules *r)
{
	const char *name = options_value(o, "method");
	struct writer hint = {0};

	if (name == NULL)
		name = preset;
	if (name != NULL)
		r->method = methods_find(bytes_of_string(name));
	if (r->method != NULL)
		return 0;
	writer_put_string(&hint, "Methods: ");
	put_methods(&hint);
	writer_put_u8(&hint, '.');
	if (name == NULL)
		complain_usage(writer_string(&hint),
			"Say how to count, with --method.");
	else
		complain_usage(
			writer_string(&hint), "'%s' is no method.", name);
	writer_clear(&hint);
	return -1;
}

/* One of the words of an option's value, by number. */
static int
find_word(const struct options *o, const char *name, const char *const *words,
	int preset, int *out)
{
	const char *value = options_value(o, name);

	*out = preset;
	if (value == NULL)
		return 0;
	for (int i = 0; words[i] != NULL; i++) {
		if (strcmp(words[i], value) != 0)
			continue;
		*out = i;
		return 0;
	}
	return complain_usage("union count --help lists what it may be.",
		"--%s cannot be '%s'.", name, value);
}

static int
read_words(const struct options *o, struct method_rules *rules)
{
	static const char *const overvotes[] = {
		[METHOD_OVERVOTE_SKIP] = "skip",
		[METHOD_OVERVOTE_EXHAUST] = "exhaust",
		NULL,
	};
	static const char *const utilities[] = {
		[METHOD_UTILITY_COST] = "cost",
		[METHOD_UTILITY_CARDINALITY] = "cardinality",
		NULL,
	};
	static const char *const completions[] = {
		[METHOD_COMPLETION_NONE] = "none",
		[METHOD_COMPLETION_ADD1] = "add1",
		[METHOD_COMPLETION_ADD1_EXHAUSTIVE] = "add1-exhaustive",
		NULL,
	};
	int overvote, utility, completion;

	if (find_word(o, "overvote", overvotes, METHOD_OVERVOTE_EXHAUST,
		    &overvote) != 0 ||
		find_word(o, "utility", utilities, METHOD_UTILITY_COST,
			&utility) != 0 ||
		find_word(o, "completion", completions, METHOD_COMPLETION_NONE,
			&completion) != 0)
		return -1;
	rules->overvote = (enum method_overvote)overvote;
	rules->utility = (enum method_utility)utility;
	rules->completion = (enum method_completion)completion;
	rules->greedy = options_has(o, "greedy");
	return 0;
}

/* A whole number that may be negative, all of text. */
static bool
read_signed(struct bytes text, int32_t *out)
{
	bool negative = text.len > 0 && text.data[0] == '-';
	uint64_t size;

	if (!reader_decimal(bytes_slice(text, negative, text.len),
		    PROFILE_MARK_MAX - 1, &size))
		return false;
	*out = negative ? -(int32_t)size : (int32_t)size;
	return true;
}

static int
read_scale(const struct options *o, struct rules *r)
{
	const char *value = options_value(o, "scale");
	const char *dots = value == NULL ? NULL : strstr(value, "..");
	int32_t low, high;

	if (value == NULL && r->method->marks != METHOD_SCORES &&
		r->method->marks != METHOD_GRADES)
		return 0;
	if (value == NULL)
		return complain_usage("Say --scale LOW..HIGH, worst first.",
			"%s needs to know the scale.", r->method->name);
	if (dots == NULL ||
		!read_signed(bytes_of(value, (size_t)(dots - value)), &low) ||
		!read_signed(bytes_of_string(dots + 2), &high) || low == high ||
		labs((long)high - low) >= PROFILE_MARK_MAX)
		return complain_usage("Write two whole numbers, as in 0..5.",
			"'%s' is no scale.", value);
	r->wanted.low = r->rules.low = low;
	r->wanted.high = r->rules.high = high;
	return 0;
}

int
rules_begin(const struct options *o, const char *preset, struct rules *r)
{
	*r = (struct rules){.rules = METHOD_RULES};
	if (find_method(o, preset, r) != 0 || read_words(o, &r->rules) != 0 ||
		read_scale(o, r) != 0)
		return -1;
	r->wanted.marks = r->method->marks;
	r->wanted.choice = r->method->choice;
	return 0;
}

static int
read_seats(const struct options *o, const struct election *e, struct rules *r)
{
	uint64_t seats;

	if (options_number(o, "seats", 1, e->n_options,
		    e->seats == 0 ? 1 : e->seats, &seats) != 0)
		return -1;
	if (seats > e->n_options)
		return complain_usage("", "More seats than options.");
	if (seats > 1 && !r->method->many_seats)
		return complain_usage("Say --seats 1, or another method.",
			"%s fills one seat only, not %u.", r->method->name,
			(unsigned)seats);
	r->rules.seats = (uint32_t)seats;
	return 0;
}

static int
find_option(const struct election *e, struct bytes name, uint32_t *out)
{
	*out = election_option(e, name);
	if (*out != METHOD_NO_OPTION)
		return 0;
	return complain_usage("Names are those of the file, letter by letter.",
		"No option is called '%.*s'.", (int)name.len,
		(const char *)name.data);
}

static int
read_default(const struct options *o, const struct election *e, struct rules *r)
{
	const char *name = options_value(o, "default");

	r->rules.default_option = e->default_option;
	if (name == NULL)
		return 0;
	r->rules.default_option = METHOD_NO_OPTION;
	if (*name == '\0')
		return 0;
	return find_option(e, bytes_of_string(name), &r->rules.default_option);
}

/* R may be a fraction; as weights are whole, the next whole number will do. */
static int
read_quorum(const struct options *o, struct rules *r)
{
	const char *value = options_value(o, "quorum");
	struct bytes whole, decimals = {0};
	bool more = false;

	if (value == NULL)
		return 0;
	decimals = bytes_of_string(value);
	whole = bytes_cut(&decimals, '.');
	for (size_t i = 0; i < decimals.len; i++) {
		if (decimals.data[i] < '0' || decimals.data[i] > '9')
			whole.len = 0;
		more |= decimals.data[i] != '0';
	}
	if (!reader_decimal(whole, PROFILE_WEIGHT_MAX - 1, &r->rules.quorum))
		return complain_usage("Write it as 47 or 47.43.",
			"'%s' is no quorum.", value);
	r->rules.quorum += more;
	return 0;
}

/* "3" or "3/2" */
static bool
read_ratio(struct bytes text, struct ratio *out)
{
	bool whole = bytes_find(text, '/') == text.len;
	struct bytes num = bytes_cut(&text, '/');
	uint64_t n, d = 1;

	if (!reader_decimal(num, LIMIT_RATIO_TERM, &n) || n == 0)
		return false;
	if (!whole && (!reader_decimal(text, LIMIT_RATIO_TERM, &d) || d == 0))
		return false;
	*out = (struct ratio){(uint32_t)n, (uint32_t)d};
	return true;
}

static int
read_ratios(const struct options *o, const struct election *e, struct rules *r)
{
	const char *value;
	size_t at = 0;

	r->ratios = mem_new_array(e->n_options, sizeof(*r->ratios));
	for (uint32_t i = 0; i < e->n_options; i++)
		r->ratios[i] = (struct ratio){1, 1};
	r->rules.ratios = r->ratios;
	while ((value = options_each(o, "ratio", &at)) != NULL) {
		const char *equals = strrchr(value, '=');
		struct ratio ratio;
		uint32_t option;

		if (equals == NULL ||
			!read_ratio(bytes_of_string(equals + 1), &ratio))
			return complain_usage("Write OPTION=3 or OPTION=3/2.",
				"'%s' is no ratio of an option.", value);
		if (find_option(e, bytes_of(value, (size_t)(equals - value)),
			    &option) != 0)
			return -1;
		r->ratios[option] = ratio;
	}
	return 0;
}

/* Rules that would be passed over in silence. */
static int
check_use(const struct options *o, const struct rules *r)
{
	size_t at = 0;
	bool asked = options_has(o, "quorum") ||
		     options_each(o, "ratio", &at) != NULL;

	if (asked && !r->method->decides &&
		r->rules.default_option == METHOD_NO_OPTION)
		return complain_usage("Name it with --default.",
			"A quorum or ratio is against a default option.");
	return 0;
}

static int
read_money(const struct election *e, struct rules *r)
{
	r->spends = strcmp(r->method->name, "equal-shares") == 0;
	r->rules.costs = e->costs;
	r->rules.budget = e->budget;
	if (e->costs == NULL && r->spends)
		return complain_usage("Pabulib files say both.",
			"Equal shares need a budget and costs.");
	return 0;
}

static void
draw_lot(const struct options *o, const struct election *e, struct rules *r)
{
	const char *seed = options_value(o, "lot");

	if (seed == NULL)
		return;
	r->lot = mem_new_array(e->n_options, sizeof(*r->lot));
	lot_draw(bytes_of_string(seed), e->options, e->n_options, r->lot);
	r->rules.lot = r->lot;
}

int
rules_end(const struct options *o, const struct election *e, struct rules *r)
{
	if (read_seats(o, e, r) != 0 || read_default(o, e, r) != 0 ||
		read_quorum(o, r) != 0 || read_ratios(o, e, r) != 0 ||
		check_use(o, r) != 0 || read_money(e, r) != 0)
		return -1;
	r->rules.low = e->low; /* some files bring a scale of their own */
	r->rules.high = e->high;
	draw_lot(o, e, r);
	return 0;
}

void
rules_clear(struct rules *r)
{
	mem_free(r->ratios);
	mem_free(r->lot);
	*r = (struct rules){0};
}
