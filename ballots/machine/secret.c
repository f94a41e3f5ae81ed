#include "ballots/machine/secret.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

void *
secret_new(size_t size)
{
	void *p = sodium_malloc(size);

	if (p == NULL)
		abort();
	memset(p, 0, size);
	return p;
}

void
secret_free(void *p)
{
	sodium_free(p);
}

void
secret_hide(void *p)
{
	if (sodium_mprotect_noaccess(p) != 0)
		abort();
}

void
secret_show(void *p)
{
	if (sodium_mprotect_readwrite(p) != 0)
		abort();
}

void
secret_draw(void *p, size_t n)
{
	randombytes_buf(p, n);
}
