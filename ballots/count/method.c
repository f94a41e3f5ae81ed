#include "ballots/count/method.h"

bool
method_eligible(const struct method_rules *rules, uint32_t option)
{
	return rules->eligible == NULL || rules->eligible[option];
}
