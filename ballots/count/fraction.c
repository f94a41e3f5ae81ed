#include "ballots/count/fraction.h"

#include <assert.h>

void
fraction_set(mpq_t out, wide value)
{
	wide size = value < 0 ? -value : value;

	mpz_import(mpq_numref(out), 1, -1, sizeof(size), 0, 0, &size);
	mpz_set_ui(mpq_denref(out), 1);
	if (value < 0)
		mpq_neg(out, out);
}

wide
fraction_scaled(const mpq_t value, wide factor)
{
	wide out = 0;
	mpq_t product;

	mpq_init(product);
	fraction_set(product, factor);
	mpq_mul(product, product, value);
	mpz_fdiv_q(
		mpq_numref(product), mpq_numref(product), mpq_denref(product));
	assert(mpq_sgn(product) >= 0 &&
		mpz_sizeinbase(mpq_numref(product), 2) < 127);
	mpz_export(&out, NULL, -1, sizeof(out), 0, 0, mpq_numref(product));
	mpq_clear(product);
	return out;
}

void
fraction_add_product(mpq_t out, const mpq_t value, wide factor)
{
	mpq_t product;

	mpq_init(product);
	fraction_set(product, factor);
	mpq_mul(product, product, value);
	mpq_add(out, out, product);
	mpq_clear(product);
}

void
fraction_put(struct writer *w, const mpq_t value, unsigned decimals)
{
	wide factor = 1;

	for (unsigned i = 0; i < decimals; i++)
		factor *= 10;
	wide_put_fixed(w, fraction_scaled(value, factor), decimals);
}
