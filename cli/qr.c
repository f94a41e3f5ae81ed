#include "cli/qr.h"

#include <qrencode.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "cli/complain.h"

#define VERSION_MAX ((QR_SIDE_MAX - 17) / 4)

enum {
	ACROSS = 2, /* codes beside each other in a drawing */
	LABEL = 6,  /* modules' height of what stands under one */
	SCALE = 5,  /* pixels of a module */
};

/* Making ********************************************************************/

/* Its code, the smallest that is no larger than version; NULL: too long. */
static QRcode *
encode(struct bytes text, int version, QRecLevel level)
{
	QRinput *input = QRinput_new2(version, level);
	QRcode *code = NULL;

	if (input == NULL)
		return NULL;
	if (QRinput_append(input, QR_MODE_AN, (int)text.len, text.data) == 0)
		code = QRcode_encodeInput(input);
	QRinput_free(input);
	return code;
}

/* Of the same size with the most room for errors. */
static QRcode *
strengthen(struct bytes text, QRcode *code)
{
	static const QRecLevel levels[] = {
		QR_ECLEVEL_M, QR_ECLEVEL_Q, QR_ECLEVEL_H};

	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
		QRcode *other = encode(text, code->version, levels[i]);

		if (other == NULL || other->version > code->version) {
			QRcode_free(other);
			break;
		}
		QRcode_free(code);
		code = other;
	}
	return code;
}

int
qr_encode(struct bytes text, struct qr *out)
{
	QRcode *code = encode(text, 0, QR_ECLEVEL_L);

	if (code == NULL || code->version > VERSION_MAX) {
		QRcode_free(code);
		return complain_cannot("It may have 619 capital letters, "
				       "digits and $%*+-./: at most.",
			"This text fits no code that can be shown.");
	}
	code = strengthen(text, code);
	out->side = (unsigned)code->width;
	out->dark = mem_new((size_t)out->side * out->side);
	/* Of each byte the lowest bit is the colour. */
	for (size_t i = 0; i < (size_t)out->side * out->side; i++)
		out->dark[i] = code->data[i] & 1;
	QRcode_free(code);
	return 0;
}

void
qr_clear(struct qr *q)
{
	mem_free(q->dark);
	*q = (struct qr){0};
}

bool
qr_is_dark(const struct qr *q, int x, int y)
{
	int side = (int)q->side;

	return x >= 0 && y >= 0 && x < side && y < side &&
	       q->dark[y * side + x] != 0;
}

/* On a terminal *************************************************************/

void
qr_put_lines(const struct qr *q, bool dark_on_light, struct writer *w)
{
	/* Ink below counts 1, ink above 2. */
	static const char *const blocks[] = {
		" ", "\xe2\x96\x84", "\xe2\x96\x80", "\xe2\x96\x88"};
	int end = (int)q->side + QR_QUIET;

	for (int y = -QR_QUIET; y < end; y += 2) {
		for (int x = -QR_QUIET; x < end; x++) {
			bool above = qr_is_dark(q, x, y) == dark_on_light;
			bool below = qr_is_dark(q, x, y + 1) == dark_on_light;

			/* The square ends between two lines. */
			if (y + 1 == end)
				below = false;
			writer_put_string(w, blocks[2 * above + below]);
		}
		writer_put_string(w, "\n");
	}
}

/* As a drawing **************************************************************/

static void
put_number(struct writer *w, const char *before, uint64_t n, const char *after)
{
	writer_put_string(w, before);
	writer_put_decimal(w, n);
	writer_put_string(w, after);
}

/* A row of dark modules from (x, y) on, as a part of a path. */
static void
put_run(struct writer *w, uint64_t x, uint64_t y, uint64_t n)
{
	put_number(w, "M", x, " ");
	put_number(w, "", y, "h");
	put_number(w, "", n, "v1h-");
	put_number(w, "", n, "z");
}

static void
put_code(const struct qr *q, uint64_t left, uint64_t top, struct writer *w)
{
	writer_put_string(w, "<path d=\"");
	for (int y = 0; y < (int)q->side; y++) {
		int x = 0;

		while (x < (int)q->side) {
			int start = x;

			while (qr_is_dark(q, x, y))
				x++;
			if (x > start)
				put_run(w, left + (uint64_t)start,
					top + (uint64_t)y,
					(uint64_t)(x - start));
			else
				x++;
		}
	}
	writer_put_string(w, "\"/>\n");
}

static void
put_label(size_t i, size_t n, uint64_t x, uint64_t y, struct writer *w)
{
	put_number(w, "<text x=\"", x, "\" y=\"");
	put_number(w, "", y,
		"\" font-family=\"sans-serif\" font-size=\"3\" "
		"text-anchor=\"middle\">");
	put_number(w, "", i + 1, " / ");
	put_number(w, "", n, "</text>\n");
}

static uint64_t
largest(const struct qr *all, size_t n)
{
	uint64_t side = 0;

	for (size_t i = 0; i < n; i++)
		if (all[i].side > side)
			side = all[i].side;
	return side;
}

void
qr_put_svg(const struct qr *all, size_t n, struct writer *w)
{
	uint64_t side = largest(all, n) + 2 * QR_QUIET;
	uint64_t across = n < ACROSS ? n : ACROSS;
	uint64_t width = across * side;
	uint64_t height = (n + ACROSS - 1) / ACROSS * (side + LABEL);

	put_number(w, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"",
		width * SCALE, "\" height=\"");
	put_number(w, "", height * SCALE, "\" viewBox=\"0 0 ");
	put_number(w, "", width, " ");
	put_number(w, "", height, "\" shape-rendering=\"crispEdges\">\n");
	writer_put_string(
		w, "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
	for (size_t i = 0; i < n; i++) {
		uint64_t left = i % ACROSS * side;
		uint64_t top = i / ACROSS * (side + LABEL);

		put_code(&all[i], left + QR_QUIET, top + QR_QUIET, w);
		put_label(i, n, left + side / 2, top + side + 1, w);
	}
	writer_put_string(w, "</svg>\n");
}
