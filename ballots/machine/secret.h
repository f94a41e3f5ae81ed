#ifndef BALLOTS_MACHINE_SECRET_H
#define BALLOTS_MACHINE_SECRET_H

#include <stddef.h>

/*
 * Secrets in memory: kept from the swap and from core dumps, between pages
 * that end the process when they are touched, wiped when given back.
 *
 * The only place that draws from the system's random numbers.
 */

/* size bytes of zeros; never NULL.  Given back with secret_free(). */
void *secret_new(size_t size);

/* Wipe and give back, hidden or not; NULL is allowed. */
void secret_free(void *p);

/* From now on touching p ends the process, until it is shown again. */
void secret_hide(void *p);
void secret_show(void *p);

/* Fill n bytes, here or elsewhere, with what nobody can guess. */
void secret_draw(void *p, size_t n);

#endif
