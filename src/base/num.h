/* Numbers are read and printed here, never by functions that follow the
 * locale; lengths are whole 1/1024 of a point. */
#ifndef RC_BASE_NUM_H
#define RC_BASE_NUM_H

#include "base/str.h"

/* A length: 1/1024 of a PostScript point, origin top left, y down. The same
 * unit as Pango's, so glyph advances are exact. */
typedef int32_t rc_len;
#define RC_PT 1024
#define RC_LEN(pt) ((rc_len)((pt) * 1024.0 + ((pt) < 0 ? -0.5 : 0.5)))

/* Reads all of `s` as a number: digits, one '.', a leading '-'; no exponent,
 * blanks, '+', hex, inf. False if it is anything else or overflows. */
bool rc_num_int(rc_str s, int64_t *out);
bool rc_num_real(rc_str s, double *out);
/* As many decimals as `s` has after its point (0 for none). */
int rc_num_decimals(rc_str s);

/* Reads "2013-10-07", "2013-10" or "2013" as year, month and day, 0 for those
 * that are not there. False for anything else and for days no month has. */
bool rc_num_date(rc_str s, int64_t part[3]);

/* Half away from zero, once: -4.5 gives -5, 23.5 gives 24. `decimals` 0..9.
 * Values that are a hair (1e-9 relative) under the half count as the half, so
 * that a share kept in binary rounds as the exact one does. */
double rc_num_round(double x, int decimals);
/* `x` rounded as above, with exactly `decimals`; never "-0". U+2212 is the
 * minus sign of print. */
rc_str rc_num_print(rc_arena *a, double x, int decimals);

/* A length in points with at most two decimals, no trailing zeros, '-' minus:
 * how dumps and PDF write it. `out` has room for 16 bytes; returns length. */
size_t rc_len_print(rc_len len, char *out);

#endif
