#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/base/mem.h"
#include "ballots/machine/files.h"
#include "ballots/machine/inspect.h"
#include "ballots/machine/publication.h"
#include "tests/lib/place.h"
#include "tests/lib/practice.h"

/* Publish all records of p in the directory. */
static int
publish(const struct practice *p, const char *path)
{
	struct publication *out = publication_begin(path);
	struct writer note = {0}, policy = {0};
	int rc = 0;

	assert_non_null(out);
	while (rc == 0 && publication_written(out) < p->n)
		rc = publication_add(
			out, practice_record(p, publication_written(out)));
	practice_sign(p, &note);
	practice_policy(p, &policy);
	if (rc == 0)
		rc = publication_finish(
			out, writer_view(&note), writer_view(&policy));
	publication_close(out);
	writer_clear(&note);
	writer_clear(&policy);
	return rc;
}

struct seen {
	struct audit audit;
	struct assembly *assembly;
	struct writer note;
};

static struct seen
inspect(const char *path, uint64_t until, uint64_t mark, unsigned threads)
{
	struct crew *crew = crew_new(threads);
	struct seen seen = {.assembly = assembly_new()};
	struct audit_job job = {
		.crew = crew,
		.assembly = seen.assembly,
		.until = until,
		.mark = mark,
	};

	assert_int_equal(inspect_run(&seen.audit, &job, path, &seen.note), 0);
	crew_free(crew);
	return seen;
}

static void
forget(struct seen *seen)
{
	audit_clear(&seen->audit);
	assembly_free(seen->assembly);
	writer_clear(&seen->note);
}

/* One of the findings says this of that record. */
static void
assert_found(const struct audit *audit, uint64_t index, const char *what)
{
	for (size_t i = 0; i < audit->n_findings; i++)
		if (audit->findings[i].index == index &&
			strstr(audit->findings[i].what, what) != NULL)
			return;
	for (size_t i = 0; i < audit->n_findings; i++)
		print_message("found: %lld %s\n",
			(long long)audit->findings[i].index,
			audit->findings[i].what);
	fail_msg("nothing found of '%s'", what);
}

static void
assert_inspected(const char *path, uint64_t index, const char *what)
{
	struct seen seen = inspect(path, UINT64_MAX, 0, 2);

	assert_found(&seen.audit, index, what);
	forget(&seen);
}

/* Change one byte of a file. */
static void
spoil(const char *path, const char *name, size_t offset)
{
	char whole[200];
	FILE *file;
	int c;

	snprintf(whole, sizeof(whole), "%s/%s", path, name);
	file = fopen(whole, "r+b");
	assert_non_null(file);
	fseek(file, (long)offset, SEEK_SET);
	c = fgetc(file);
	fseek(file, (long)offset, SEEK_SET);
	fputc(c ^ 1, file);
	fclose(file);
}

static void
an_export_of_any_size_has_no_findings(void **state)
{
	static const size_t sizes[] = {1, 252, 1, 255, 256, 500};
	struct practice p;

	practice_begin(&p);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct seen seen;
		uint8_t ours[CRYPT_HASH], theirs[CRYPT_HASH];

		practice_fill(&p, sizes[i]);
		assert_int_equal(publish(&p, *state), 0);
		seen = inspect(*state, UINT64_MAX, 2, 1 + i % 3);
		assert_int_equal(seen.audit.n_findings, 0);
		assert_int_equal(seen.audit.tree.size, p.n);
		assert_int_equal(seen.audit.marked.size, 2);
		assembly_digest(p.assembly, ours);
		assembly_digest(seen.assembly, theirs);
		assert_memory_equal(ours, theirs, CRYPT_HASH);
		forget(&seen);
	}
	practice_end(&p);
}

static void
only_the_tiles_of_one_size_are_kept(void **state)
{
	struct practice p;
	int dir;

	practice_begin(&p);
	assert_int_equal(publish(&p, *state), 0);
	dir = files_open_dir(*state);
	assert_true(files_exist(dir, "tile/0/000.p/3"));
	assert_true(files_exist(dir, "tile/entries/000.p/3"));
	practice_fill(&p, 300);
	assert_int_equal(publish(&p, *state), 0);
	assert_false(files_exist(dir, "tile/0/000.p/3"));
	assert_false(files_exist(dir, "tile/entries/000.p/3"));
	assert_true(files_exist(dir, "tile/0/000"));
	assert_true(files_exist(dir, "tile/entries/001.p/47"));
	files_close(dir);
	practice_end(&p);
}

static void
a_finished_tile_stands_in_for_an_unfinished_one(void **state)
{
	struct practice p;
	struct writer early = {0};
	struct seen seen;
	int dir;

	practice_begin(&p);
	practice_sign(&p, &early);
	practice_fill(&p, 300);
	assert_int_equal(publish(&p, *state), 0);
	dir = files_open_dir(*state);
	assert_int_equal(files_replace(dir, "checkpoint", FILES_PUBLIC,
				 writer_view(&early)),
		0);
	seen = inspect(*state, UINT64_MAX, 0, 2);
	assert_int_equal(seen.audit.n_findings, 0);
	assert_int_equal(seen.audit.tree.size, 3);
	forget(&seen);
	files_close(dir);
	writer_clear(&early);
	practice_end(&p);
}

static void
another_history_is_not_written_over_this_one(void **state)
{
	struct practice p, other;

	practice_begin(&p);
	practice_fill(&p, 300);
	assert_int_equal(publish(&p, *state), 0);
	practice_begin(&other);
	other.now_s += 7;
	practice_fill(&other, 300);
	assert_int_equal(publish(&other, *state), -1);
	assert_trouble("another history");
	practice_end(&p);
	practice_end(&other);
}

static void
the_assembly_can_be_seen_as_it_was(void **state)
{
	struct practice p;
	uint8_t then[CRYPT_HASH], seen_then[CRYPT_HASH];
	struct seen seen;

	practice_begin(&p);
	practice_fill(&p, 300);
	assembly_digest(p.assembly, then);
	practice_fill(&p, 900);
	assert_int_equal(publish(&p, *state), 0);
	seen = inspect(*state, 303, 700, 2);
	assembly_digest(seen.assembly, seen_then);
	assert_memory_equal(then, seen_then, CRYPT_HASH);
	assert_int_equal(seen.audit.n_findings, 0);
	assert_int_equal(seen.audit.tree.size, 1203);
	assert_int_equal(seen.audit.marked.size, 700);
	forget(&seen);
	practice_end(&p);
}

static void
every_kind_of_damage_is_found(void **state)
{
	struct practice p;
	size_t first;

	practice_begin(&p);
	practice_fill(&p, 600);
	assert_int_equal(publish(&p, *state), 0);

	/* The last byte of record 3's act closes its object. */
	first = 2 + practice_record(&p, 0).len + 2 +
		practice_record(&p, 1).len + 2 + practice_record(&p, 2).len +
		2 + practice_record(&p, 3).len;
	spoil(*state, "tile/entries/000", first - 1);
	assert_inspected(*state, 3, "malformed");
	assert_inspected(*state, AUDIT_WHOLE, "its root is not that");
	assert_inspected(*state, AUDIT_WHOLE, "tile/0/000: it is not that");
	spoil(*state, "tile/entries/000", first - 1);

	/* A letter of its signature. */
	spoil(*state, "tile/entries/000",
		first - practice_record(&p, 3).len + 20);
	assert_inspected(*state, 3, "bad-signature");
	spoil(*state, "tile/entries/000",
		first - practice_record(&p, 3).len + 20);

	spoil(*state, "tile/0/001", 77);
	assert_inspected(*state, AUDIT_WHOLE, "tile/0/001: it is not that");
	spoil(*state, "tile/0/001", 77);

	spoil(*state, "tile/entries/001", 0);
	assert_inspected(
		*state, AUDIT_WHOLE, "tile/entries/001: it is damaged");
	assert_inspected(*state, AUDIT_WHOLE, "there are 256");
	spoil(*state, "tile/entries/001", 0);

	spoil(*state, "checkpoint", 60);
	assert_inspected(*state, AUDIT_WHOLE, "checkpoint: ");
	spoil(*state, "checkpoint", 60);

	spoil(*state, "policy", 70);
	assert_inspected(*state, AUDIT_WHOLE, "policy: ");
	spoil(*state, "policy", 70);

	practice_end(&p);
}

static void
a_text_may_be_missing_but_not_different(void **state)
{
	static const uint8_t salt[LIMIT_TEXT_SALT] = {1};
	uint8_t hash[CRYPT_HASH];
	struct practice p;
	struct texts *texts = texts_open(*state);
	struct writer name = {0};
	struct seen seen;

	practice_begin(&p);
	practice_topic(&p, salt, BYTES("Wages"), hash);
	assert_int_equal(publish(&p, *state), 0);
	seen = inspect(*state, UINT64_MAX, 0, 1);
	assert_int_equal(seen.audit.n_findings, 0);
	assert_int_equal(seen.audit.n_warnings, 1);
	assert_int_equal(seen.audit.warnings[0].index, 3);
	forget(&seen);

	assert_int_equal(texts_put(texts, hash, salt, BYTES("Wages")), 0);
	seen = inspect(*state, UINT64_MAX, 0, 1);
	assert_int_equal(seen.audit.n_warnings, 0);
	forget(&seen);

	writer_put_string(&name, "texts/");
	coding_put_hex(&name, bytes_of(hash, CRYPT_HASH));
	spoil(*state, writer_string(&name), LIMIT_TEXT_SALT);
	assert_inspected(*state, 3, "was changed");
	writer_clear(&name);
	texts_close(texts);
	practice_end(&p);
}

static void
records_of_a_union_that_was_never_founded_are_only_hashed(void **state)
{
	struct practice p;
	struct seen seen;

	practice_begin(&p);
	practice_fill(&p, 40);
	assert_int_equal(publish(&p, *state), 0);
	spoil(*state, "tile/entries/000.p/43", 2 + 20);
	seen = inspect(*state, UINT64_MAX, 0, 2);
	assert_found(&seen.audit, 0, "bad-signature");
	assert_int_equal(seen.audit.tree.size, 43);
	forget(&seen);
	practice_end(&p);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, place_setup, place_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_export_of_any_size_has_no_findings),
		TEST(only_the_tiles_of_one_size_are_kept),
		TEST(a_finished_tile_stands_in_for_an_unfinished_one),
		TEST(another_history_is_not_written_over_this_one),
		TEST(the_assembly_can_be_seen_as_it_was),
		TEST(every_kind_of_damage_is_found),
		TEST(a_text_may_be_missing_but_not_different),
		TEST(records_of_a_union_that_was_never_founded_are_only_hashed),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
