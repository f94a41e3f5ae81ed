#include "ballots/base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void *
or_abort(void *p)
{
	if (p == NULL)
		abort();
	return p;
}

void *
mem_new(size_t size)
{
	return or_abort(calloc(1, size == 0 ? 1 : size));
}

void *
mem_new_array(size_t n, size_t size)
{
	return or_abort(calloc(n == 0 ? 1 : n, size == 0 ? 1 : size));
}

void *
mem_grow(void *old, size_t *cap, size_t need, size_t size)
{
	size_t room = *cap < 8 ? 8 : *cap;
	char *grown;

	if (need <= *cap)
		return old;
	while (room < need) {
		if (room > SIZE_MAX / 2)
			abort();
		room *= 2;
	}
	if (room > SIZE_MAX / size)
		abort();
	grown = or_abort(realloc(old, room * size));
	memset(grown + *cap * size, 0, (room - *cap) * size);
	*cap = room;
	return grown;
}

void *
mem_copy(const void *data, size_t len)
{
	char *copy = or_abort(malloc(len + 1));

	if (len > 0)
		memcpy(copy, data, len);
	copy[len] = '\0';
	return copy;
}

void
mem_free(void *p)
{
	free(p);
}
