#include "ballots/record/origin.h"

bool
origin_is_rehearsal(struct bytes origin)
{
	return bytes_start_with(origin, BYTES(ORIGIN_REHEARSAL));
}
