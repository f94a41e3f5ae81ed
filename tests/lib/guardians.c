#include "tests/lib/guardians.h"

#include <stdlib.h>
#include <string.h>

#include "ballots/base/crypt.h"
#include "ballots/base/limits.h"
#include "tests/lib/town_values.h"

static int
compare(const void *a, const void *b)
{
	return strcmp(json_string_value(*(json_t *const *)a),
		json_string_value(*(json_t *const *)b));
}

json_t *
guardians_sort(json_t *ids)
{
	json_t *sorted = json_array(), *at[LIMIT_GUARDIANS];
	size_t n = json_array_size(ids);

	for (size_t i = 0; i < n && i < LIMIT_GUARDIANS; i++)
		at[i] = json_array_get(ids, i);
	qsort(at, n, sizeof(at[0]), compare);
	for (size_t i = 0; i < n; i++)
		json_array_append(sorted, at[i]);
	json_decref(ids);
	return sorted;
}

json_t *
guardians_hash(json_t *ids, json_int_t needed, const char *salt)
{
	json_t *doc =
		json_pack("{s:o, s:I, s:o}", "guardians", guardians_sort(ids),
			"needed", needed, "salt", town_hash_value(salt));
	const struct bytes parts[2] = {
		BYTES("union-guardians/v1\n"), town_canonical(doc)};
	uint8_t hash[32];

	crypt_hash_parts(parts, 2, hash);
	free((void *)parts[1].data);
	json_decref(doc);
	return town_base64(bytes_of(hash, 32));
}
