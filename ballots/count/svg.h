#ifndef BALLOTS_COUNT_SVG_H
#define BALLOTS_COUNT_SVG_H

#include "ballots/base/writer.h"

/*
 * Drawing in SVG: plain text, whole pixels from the upper left corner, the
 * reader's own sans-serif font, black on white.  Fills are told apart by
 * pattern, not by colour.
 */
enum svg_fill {
	SVG_WHITE,
	SVG_PALE, /* for bands behind other things */
	SVG_DOTS,
	SVG_HATCH,
	SVG_CROSS,
	SVG_GREY,
	SVG_BLACK,
	SVG_FILLS /* how many */
};

enum svg_anchor { SVG_START, SVG_MIDDLE, SVG_END };

void svg_open(struct writer *w, int32_t width, int32_t height);
void svg_close(struct writer *w);

void svg_rect(struct writer *w, int32_t x, int32_t y, int32_t width,
	int32_t height, enum svg_fill fill);

void svg_line(struct writer *w, int32_t x1, int32_t y1, int32_t x2, int32_t y2);

/* A band height pixels high, from (x1, y1) to (x2, y2), upper edges. */
void svg_band(struct writer *w, int32_t x1, int32_t y1, int32_t x2, int32_t y2,
	int32_t height, enum svg_fill fill);

/* Text on the line y, size pixels high; white on black where inverse. */
void svg_text(struct writer *w, int32_t x, int32_t y, int32_t size,
	enum svg_anchor anchor, struct bytes text);
void svg_text_inverse(struct writer *w, int32_t x, int32_t y, int32_t size,
	enum svg_anchor anchor, struct bytes text);

/* Pixels that text of that size needs at most, about. */
int32_t svg_room(struct bytes text, int32_t size);

#endif
