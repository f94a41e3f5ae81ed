#include "ballots/count/report.h"

#include <assert.h>

#include "ballots/base/reader.h"

struct bytes
report_label(const struct report *report, const struct steps_label *label)
{
	if (label->is == STEPS_WORD)
		return bytes_of_string(label->word);
	if (label->is == STEPS_NUMBER)
		return BYTES("");
	assert(label->option < report->options);
	return report->names[label->option];
}

struct bytes
report_cell(const struct report *report, const struct steps_table *t,
	size_t row, size_t column)
{
	struct bytes cell = steps_at(t, row, column);
	uint64_t option;

	if (t->columns[column].cell != STEPS_OPTION || cell.len == 0)
		return cell;
	if (!reader_decimal(cell, report->options - 1, &option))
		return cell;
	return report->names[option];
}

void
report_put_label(struct writer *w, const struct report *report,
	const struct steps_label *label)
{
	if (label->is == STEPS_NUMBER)
		writer_put_signed(w, label->number);
	else
		writer_put(w, report_label(report, label));
}

void
report_put_note(struct writer *w, const struct report *report,
	const struct steps_note *note)
{
	if (note->option != STEPS_NOBODY) {
		writer_put(w, report->names[note->option]);
		writer_put_u8(w, ' ');
	}
	writer_put_string(w, note->text);
	if (note->amount != NULL) {
		writer_put_u8(w, ' ');
		writer_put_string(w, note->amount);
	}
}

/* Digits before the point that are read; longer numbers draw no bar. */
#define DIGITS_MAX 30

/* Append the digits of text to *value; false for what is no digit. */
static bool
take_digits(struct bytes text, wide *value)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
		*value = *value * 10 + (text.data[i] - '0');
	}
	return true;
}

wide
report_thousandths(struct bytes text)
{
	struct bytes whole = bytes_cut(&text, '.');
	wide value = 0;

	if (whole.len == 0 || whole.len > DIGITS_MAX)
		return 0;
	text = bytes_slice(text, 0, 3);
	if (!take_digits(whole, &value) || !take_digits(text, &value))
		return 0;
	for (size_t i = text.len; i < 3; i++)
		value *= 10;
	return value;
}

uint32_t
report_share(wide part, wide whole, uint32_t parts)
{
	if (whole <= 0 || part <= 0)
		return 0;
	return part >= whole ? parts : (uint32_t)(part * parts / whole);
}

wide
report_highest(const struct steps_table *t, size_t column)
{
	wide highest = 0;

	for (size_t row = 0; row < t->n_rows; row++) {
		wide value = report_thousandths(steps_at(t, row, column));

		if (value > highest)
			highest = value;
	}
	return highest;
}
