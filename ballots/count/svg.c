#include "ballots/count/svg.h"

static const char *const fills[SVG_FILLS] = {
	[SVG_WHITE] = "white",
	[SVG_PALE] = "#ddd",
	[SVG_DOTS] = "url(#dots)",
	[SVG_HATCH] = "url(#hatch)",
	[SVG_CROSS] = "url(#cross)",
	[SVG_GREY] = "#777",
	[SVG_BLACK] = "black",
};

static const char *const anchors[] = {
	[SVG_START] = "start",
	[SVG_MIDDLE] = "middle",
	[SVG_END] = "end",
};

/* Tiles of 6 pixels. */
static const char patterns[] =
	"<defs>\n"
	"<pattern id=\"dots\" width=\"6\" height=\"6\" "
	"patternUnits=\"userSpaceOnUse\">"
	"<rect width=\"6\" height=\"6\" fill=\"white\"/>"
	"<circle cx=\"3\" cy=\"3\" r=\"1\"/></pattern>\n"
	"<pattern id=\"hatch\" width=\"6\" height=\"6\" "
	"patternUnits=\"userSpaceOnUse\">"
	"<rect width=\"6\" height=\"6\" fill=\"white\"/>"
	"<path d=\"M0 6L6 0\" stroke=\"black\"/></pattern>\n"
	"<pattern id=\"cross\" width=\"6\" height=\"6\" "
	"patternUnits=\"userSpaceOnUse\">"
	"<rect width=\"6\" height=\"6\" fill=\"white\"/>"
	"<path d=\"M0 6L6 0M0 0L6 6\" stroke=\"black\"/></pattern>\n"
	"</defs>\n";

/* name="value" with a space before. */
static void
attribute(struct writer *w, const char *name, int32_t value)
{
	writer_put_u8(w, ' ');
	writer_put_string(w, name);
	writer_put_string(w, "=\"");
	writer_put_signed(w, value);
	writer_put_u8(w, '"');
}

static void
attribute_word(struct writer *w, const char *name, const char *value)
{
	writer_put_u8(w, ' ');
	writer_put_string(w, name);
	writer_put_string(w, "=\"");
	writer_put_string(w, value);
	writer_put_u8(w, '"');
}

void
svg_open(struct writer *w, int32_t width, int32_t height)
{
	writer_put_string(w, "<svg xmlns=\"http://www.w3.org/2000/svg\"");
	attribute(w, "width", width);
	attribute(w, "height", height);
	attribute_word(w, "font-family", "sans-serif");
	writer_put_string(w, ">\n");
	writer_put_string(w, patterns);
	writer_put_string(
		w, "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
}

void
svg_close(struct writer *w)
{
	writer_put_string(w, "</svg>\n");
}

void
svg_rect(struct writer *w, int32_t x, int32_t y, int32_t width, int32_t height,
	enum svg_fill fill)
{
	writer_put_string(w, "<rect");
	attribute(w, "x", x);
	attribute(w, "y", y);
	attribute(w, "width", width);
	attribute(w, "height", height);
	attribute_word(w, "fill", fills[fill]);
	writer_put_string(w, " stroke=\"black\"/>\n");
}

void
svg_line(struct writer *w, int32_t x1, int32_t y1, int32_t x2, int32_t y2)
{
	writer_put_string(w, "<line");
	attribute(w, "x1", x1);
	attribute(w, "y1", y1);
	attribute(w, "x2", x2);
	attribute(w, "y2", y2);
	writer_put_string(w, " stroke=\"black\"/>\n");
}

static void
point(struct writer *w, const char *command, int32_t x, int32_t y)
{
	writer_put_string(w, command);
	writer_put_signed(w, x);
	writer_put_u8(w, ' ');
	writer_put_signed(w, y);
}

void
svg_band(struct writer *w, int32_t x1, int32_t y1, int32_t x2, int32_t y2,
	int32_t height, enum svg_fill fill)
{
	int32_t middle = (x1 + x2) / 2;

	writer_put_string(w, "<path");
	attribute_word(w, "fill", fills[fill]);
	writer_put_string(w, " d=\"");
	point(w, "M", x1, y1);
	point(w, "C", middle, y1);
	point(w, " ", middle, y2);
	point(w, " ", x2, y2);
	point(w, "L", x2, y2 + height);
	point(w, "C", middle, y2 + height);
	point(w, " ", middle, y1 + height);
	point(w, " ", x1, y1 + height);
	writer_put_string(w, "Z\"/>\n");
}

/* Text for XML: markup escaped, and ? for what XML cannot hold. */
static void
put_escaped(struct writer *w, struct bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.data[i];

		if (c == '<')
			writer_put_string(w, "&lt;");
		else if (c == '>')
			writer_put_string(w, "&gt;");
		else if (c == '&')
			writer_put_string(w, "&amp;");
		else
			writer_put_u8(w, c < 0x20 || c == 0x7f ? '?' : c);
	}
}

static void
put_text(struct writer *w, int32_t x, int32_t y, int32_t size,
	enum svg_anchor anchor, const char *colours, struct bytes text)
{
	writer_put_string(w, "<text");
	attribute(w, "x", x);
	attribute(w, "y", y);
	attribute(w, "font-size", size);
	attribute_word(w, "text-anchor", anchors[anchor]);
	writer_put_string(w, colours);
	writer_put_u8(w, '>');
	put_escaped(w, text);
	writer_put_string(w, "</text>\n");
}

/* With a white rim, to be read on patterns too. */
void
svg_text(struct writer *w, int32_t x, int32_t y, int32_t size,
	enum svg_anchor anchor, struct bytes text)
{
	put_text(w, x, y, size, anchor,
		" stroke=\"white\" stroke-width=\"3\" paint-order=\"stroke\"",
		text);
}

void
svg_text_inverse(struct writer *w, int32_t x, int32_t y, int32_t size,
	enum svg_anchor anchor, struct bytes text)
{
	put_text(w, x, y, size, anchor, " fill=\"white\"", text);
}

int32_t
svg_room(struct bytes text, int32_t size)
{
	int32_t characters = 0;

	for (size_t i = 0; i < text.len; i++)
		characters += (text.data[i] & 0xc0) != 0x80;
	return characters * size * 2 / 3;
}
