#include "ballots/base/bytes.h"

#include <string.h>

struct bytes
bytes_of(const void *data, size_t len)
{
	return (struct bytes){data, len};
}

struct bytes
bytes_of_string(const char *s)
{
	return bytes_of(s, strlen(s));
}

struct bytes
bytes_slice(struct bytes b, size_t offset, size_t len)
{
	if (offset > b.len)
		offset = b.len;
	if (len > b.len - offset)
		len = b.len - offset;
	return bytes_of(offset == 0 ? b.data : b.data + offset, len);
}

bool
bytes_equal(struct bytes a, struct bytes b)
{
	return a.len == b.len &&
	       (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

int
bytes_compare(struct bytes a, struct bytes b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common == 0 ? 0 : memcmp(a.data, b.data, common);

	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

bool
bytes_start_with(struct bytes b, struct bytes prefix)
{
	return bytes_equal(bytes_slice(b, 0, prefix.len), prefix);
}

size_t
bytes_find(struct bytes b, uint8_t c)
{
	const uint8_t *at = b.len == 0 ? NULL : memchr(b.data, c, b.len);

	return at == NULL ? b.len : (size_t)(at - b.data);
}

bool
bytes_skip(struct bytes *rest, struct bytes prefix)
{
	if (!bytes_start_with(*rest, prefix))
		return false;
	*rest = bytes_slice(*rest, prefix.len, rest->len);
	return true;
}

struct bytes
bytes_cut(struct bytes *rest, uint8_t c)
{
	size_t at = bytes_find(*rest, c);
	struct bytes taken = bytes_slice(*rest, 0, at);

	*rest = bytes_slice(*rest, at + 1, rest->len);
	return taken;
}
