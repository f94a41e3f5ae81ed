#include "tests/lib/town_values.h"

#include <stdio.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/crypt.h"
#include "ballots/rules/model.h"

void
town_pair(const char *name, unsigned number, uint8_t key[static 32],
	uint8_t secret[static 64])
{
	uint8_t seed[32];
	char text[64];

	snprintf(text, sizeof(text), "%s/%u", name, number);
	crypt_hash(bytes_of_string(text), seed);
	crypt_pair(seed, key, secret);
}

json_t *
town_base64(struct bytes b)
{
	struct writer w = {0};
	json_t *value;

	coding_put_base64(&w, b);
	value = json_string(writer_string(&w));
	writer_clear(&w);
	return value;
}

json_t *
town_did(const uint8_t key[static 32])
{
	struct writer w = {0};
	json_t *value;

	coding_put_did(&w, key);
	value = json_string(writer_string(&w));
	writer_clear(&w);
	return value;
}

json_t *
town_key_value(const char *name)
{
	uint8_t key[32], secret[64];

	town_pair(name, 0, key, secret);
	return town_did(key);
}

json_t *
town_commitment(const char *name, unsigned number)
{
	uint8_t key[32], secret[64], hash[32];
	struct bytes parts[2] = {BYTES("union-key/v1\n")};

	town_pair(name, number, key, secret);
	parts[1] = bytes_of(key, 32);
	crypt_hash_parts(parts, 2, hash);
	return town_base64(bytes_of(hash, 32));
}

json_t *
town_id_value(const uint8_t id[static 32])
{
	struct writer w = {0};
	json_t *value;

	coding_put_hex(&w, bytes_of(id, 32));
	value = json_string(writer_string(&w));
	writer_clear(&w);
	return value;
}

json_t *
town_hash_value(const char *of)
{
	uint8_t hash[32];

	crypt_hash(bytes_of_string(of), hash);
	return town_base64(bytes_of(hash, 32));
}

json_t *
town_texts(const char *word)
{
	if (strcmp(word, "none") == 0)
		return json_array();
	return json_pack(
		"[{s:o, s:s}]", "hash", town_hash_value(word), "lang", "en");
}

json_t *
town_charter(void)
{
	struct writer w = {0};
	json_t *charter;

	model_charter(TOWN_START_S + 180 * 86400, true, &w);
	charter = json_loadb((const char *)w.data, w.len, 0, NULL);
	writer_clear(&w);
	return charter;
}

struct bytes
town_canonical(const json_t *act)
{
	char *text = json_dumps(act, JSON_COMPACT | JSON_SORT_KEYS);

	return bytes_of_string(text);
}
