#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/base/mem.h"

static void
new_memory_is_zeros(void **state)
{
	static const uint8_t zeros[100];
	uint8_t *one = mem_new(100);
	uint8_t *many = mem_new_array(10, 10);

	(void)state;
	assert_memory_equal(one, zeros, 100);
	assert_memory_equal(many, zeros, 100);
	mem_free(one);
	mem_free(many);
}

static void
nothing_is_memory_too(void **state)
{
	void *none = mem_new(0);
	void *no_elements = mem_new_array(0, 8);

	(void)state;
	assert_non_null(none);
	assert_non_null(no_elements);
	mem_free(none);
	mem_free(no_elements);
	mem_free(NULL);
}

static void
an_array_grows_with_its_content_and_zeros_behind(void **state)
{
	uint32_t *array = NULL;
	size_t cap = 0;

	(void)state;
	for (uint32_t i = 0; i < 1000; i++) {
		array = mem_grow(array, &cap, i + 1, sizeof(*array));
		assert_true(cap > i);
		assert_int_equal(array[cap - 1], 0);
		array[i] = i + 1;
	}
	for (uint32_t i = 0; i < 1000; i++)
		assert_int_equal(array[i], i + 1);
	mem_free(array);
}

static void
room_that_is_there_is_not_moved(void **state)
{
	size_t cap = 0;
	char *array = mem_grow(NULL, &cap, 1, 1);
	size_t had = cap;

	(void)state;
	assert_ptr_equal(mem_grow(array, &cap, had, 1), array);
	assert_int_equal(cap, had);
	mem_free(array);
}

static void
a_copy_ends_with_a_zero(void **state)
{
	char *copy = mem_copy("kettle", 3);
	char *empty = mem_copy(NULL, 0);

	(void)state;
	assert_string_equal(copy, "ket");
	assert_string_equal(empty, "");
	mem_free(copy);
	mem_free(empty);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_memory_is_zeros),
		cmocka_unit_test(nothing_is_memory_too),
		cmocka_unit_test(
			an_array_grows_with_its_content_and_zeros_behind),
		cmocka_unit_test(room_that_is_there_is_not_moved),
		cmocka_unit_test(a_copy_ends_with_a_zero),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
