#include "ballots/base/sha256.h"

#include <assert.h>
#include <string.h>

#ifdef __x86_64__

#include <cpuid.h>
#include <immintrin.h>

enum { BLOCK = 64 };

#define WITH_SHA __attribute__((target("sha,sse4.1")))

static const uint32_t rounds[64] __attribute__((aligned(16))) = {0x428a2f98,
	0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74,
	0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6,
	0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152,
	0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351,
	0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354,
	0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70,
	0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
	0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa,
	0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/* The state in the order in which the instructions want it. */
struct state {
	__m128i abef, cdgh;
};

bool
sha256_supported(void)
{
	const unsigned sha = 1u << 29, ssse3 = 1u << 9, sse41 = 1u << 19;
	unsigned a, b, c, d;

	return __get_cpuid(1, &a, &b, &c, &d) && (c & ssse3) != 0 &&
	       (c & sse41) != 0 && __get_cpuid_count(7, 0, &a, &b, &c, &d) &&
	       (b & sha) != 0;
}

/* Four rounds with the words w, which begin at number 4 i. */
WITH_SHA static inline void
four_rounds(struct state *s, int i, __m128i w)
{
	__m128i x = _mm_add_epi32(
		w, _mm_load_si128((const __m128i *)&rounds[4 * i]));

	s->cdgh = _mm_sha256rnds2_epu32(s->cdgh, s->abef, x);
	x = _mm_shuffle_epi32(x, 0x0e);
	s->abef = _mm_sha256rnds2_epu32(s->abef, s->cdgh, x);
}

/* The four words that follow the sixteen of a, b, c and d. */
WITH_SHA static inline __m128i
next_words(__m128i a, __m128i b, __m128i c, __m128i d)
{
	__m128i x = _mm_sha256msg1_epu32(a, b);

	x = _mm_add_epi32(x, _mm_alignr_epi8(d, c, 4));
	return _mm_sha256msg2_epu32(x, d);
}

WITH_SHA static inline __m128i
load(const uint8_t *at)
{
	const __m128i big_endian =
		_mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);

	return _mm_shuffle_epi8(
		_mm_loadu_si128((const __m128i *)at), big_endian);
}

WITH_SHA static void
compress(struct state *state, const uint8_t *block)
{
	struct state s = *state;
	__m128i a = load(block), b = load(block + 16), c = load(block + 32),
		d = load(block + 48);

	for (int i = 0; i < 16; i += 4) {
		four_rounds(&s, i, a);
		four_rounds(&s, i + 1, b);
		four_rounds(&s, i + 2, c);
		four_rounds(&s, i + 3, d);
		if (i < 12) {
			a = next_words(a, b, c, d);
			b = next_words(b, c, d, a);
			c = next_words(c, d, a, b);
			d = next_words(d, a, b, c);
		}
	}
	state->abef = _mm_add_epi32(state->abef, s.abef);
	state->cdgh = _mm_add_epi32(state->cdgh, s.cdgh);
}

/* Whole blocks go straight in; *have bytes of rest wait for more. */
WITH_SHA static void
absorb(struct state *s, uint8_t rest[static BLOCK], size_t *have,
	struct bytes b)
{
	while (b.len > 0) {
		size_t n = BLOCK - *have < b.len ? BLOCK - *have : b.len;

		if (n == BLOCK) {
			compress(s, b.data);
		} else {
			memcpy(rest + *have, b.data, n);
			*have += n;
			if (*have == BLOCK) {
				compress(s, rest);
				*have = 0;
			}
		}
		b = bytes_slice(b, n, b.len);
	}
}

/* A one, zeros, and the length in bits fill the last block or two. */
WITH_SHA static void
finish(struct state *s, uint8_t rest[static BLOCK], size_t have, uint64_t len)
{
	rest[have++] = 0x80;
	memset(rest + have, 0, BLOCK - have);
	if (have > BLOCK - 8) {
		compress(s, rest);
		memset(rest, 0, BLOCK);
	}
	for (int i = 0; i < 8; i++)
		rest[BLOCK - 1 - i] = (uint8_t)(len * 8 >> (8 * i));
	compress(s, rest);
}

/* Words in the order of the standard, their bytes turned. */
WITH_SHA static void
put(const struct state *s, uint8_t out[static 32])
{
	uint32_t words[8];

	_mm_storeu_si128((__m128i *)words, s->abef);
	_mm_storeu_si128((__m128i *)(words + 4), s->cdgh);
	for (int i = 0; i < 8; i++) {
		static const int from[8] = {3, 2, 7, 6, 1, 0, 5, 4};
		uint32_t word = words[from[i]];

		for (int k = 0; k < 4; k++)
			out[4 * i + k] = (uint8_t)(word >> (24 - 8 * k));
	}
}

WITH_SHA void
sha256_hash(const struct bytes *parts, size_t n, uint8_t out[static 32])
{
	struct state s = {
		_mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f,
			(int)0x9b05688c),
		_mm_set_epi32(
			0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19),
	};
	uint8_t rest[BLOCK];
	uint64_t len = 0;
	size_t have = 0;

	for (size_t i = 0; i < n; i++) {
		absorb(&s, rest, &have, parts[i]);
		len += parts[i].len;
	}
	finish(&s, rest, have, len);
	put(&s, out);
}

#else

bool
sha256_supported(void)
{
	return false;
}

void
sha256_hash(const struct bytes *parts, size_t n, uint8_t out[static 32])
{
	(void)parts;
	(void)n;
	(void)out;
	assert(!"asked only where the processor can");
}

#endif
