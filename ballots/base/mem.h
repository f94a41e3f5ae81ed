#ifndef BALLOTS_BASE_MEM_H
#define BALLOTS_BASE_MEM_H

#include <stddef.h>

/*
 * Memory that is always there.
 *
 * Exhaustion ends the process: every input meets a limit before it can ask
 * for memory, so running out is a fault of the machine, and an error branch
 * that no test ever takes would be worse than a stop.
 *
 * What these give is freed with mem_free().
 */

/* size bytes of zeros; never NULL, also for 0. */
void *mem_new(size_t size);

/* n elements of size bytes each, all zeros. */
void *mem_new_array(size_t n, size_t size);

/*
 * Make room for need elements of size bytes in the array old, which has room
 * for *cap.  Grows by doubling; new room is zeros.  Returns where the array
 * is now; the old address is gone.
 */
void *mem_grow(void *old, size_t *cap, size_t need, size_t size);

/* A copy of len bytes at data, with a zero byte behind. */
void *mem_copy(const void *data, size_t len);

/* Give back; NULL is allowed. */
void mem_free(void *p);

#endif
