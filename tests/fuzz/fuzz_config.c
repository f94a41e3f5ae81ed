#include <assert.h>

#include "daemon/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A fault lies within the text. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config_fault fault;
	struct config c;

	config_default(&c);
	if (!config_parse(&c, bytes_of(data, size), &fault))
		assert(fault.line >= 1 && fault.column >= 1 &&
			fault.column <= size + 1);
	return 0;
}
