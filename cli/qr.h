#ifndef CLI_QR_H
#define CLI_QR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/base/writer.h"

/*
 * QR codes (ISO/IEC 18004): texts that go from a screen or a sheet of paper
 * into a camera.
 *
 * A code is a square of side times side modules, dark or light, and needs
 * QR_QUIET light ones around it.  None is larger than fits a terminal of 80
 * columns and 40 lines, two modules above each other in a character.
 */
#define QR_SIDE_MAX 69  /* modules: version 13 */
#define QR_TEXT_MAX 619 /* characters: 0-9 A-Z $ % * + - . / : and space */
#define QR_QUIET    4

struct qr {
	unsigned side;
	uint8_t *dark; /* side * side, row by row, 0 or 1; owned */
};

/*
 * Make the code of a text: as small as can be, and then with as much room for
 * errors as that size has.  Returns 0, for qr_clear(); or -1 once it has
 * complained, where the text is too long or has other characters.
 */
int qr_encode(struct bytes text, struct qr *out);
void qr_clear(struct qr *q);

/* False outside of the square. */
bool qr_is_dark(const struct qr *q, int x, int y);

/*
 * Append the code as lines of half blocks, for a terminal that writes light on
 * dark; or dark on light.
 */
void qr_put_lines(const struct qr *q, bool dark_on_light, struct writer *w);

/* Append n codes as one drawing, each with its number under it. */
void qr_put_svg(const struct qr *all, size_t n, struct writer *w);

#endif
