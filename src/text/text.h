/* Paragraphs into lines of positioned glyphs. Lengths are rc_len.
 *
 * Plain text takes the fast road: words, each shaped once by HarfBuzz, with
 * Pango's places to break and a breaker of our own (greedy, ragged right, with
 * balancing). Right-to-left and complex scripts take the slow, correct road
 * through PangoLayout. Plain text comes out alike on both. Short paragraphs are
 * kept for the next time that they are set. */
#ifndef RC_TEXT_TEXT_H
#define RC_TEXT_TEXT_H

#include "page/page.h"

typedef struct rc_fonts rc_fonts;

typedef struct rc_font_file {
    rc_str name, path;
    rc_span span; /* where it is asked for; or none */
} rc_font_file;

/* Opens exactly these files as faces 0..count-1; the system's fonts are never
 * looked at. Missing or broken files: RC_WORLD "missing-font" for each, and
 * NULL. Several may be open at once, but not in several threads. `log` must
 * outlive the fonts. */
rc_fonts *rc_fonts_open(const rc_font_file *files, size_t count,
                        rc_str language, rc_log *log);
void rc_fonts_close(rc_fonts *f);
const rc_font_file *rc_fonts_file(const rc_fonts *f, int face);

/* A stretch of one style. `tag` is the caller's (an element, say) and comes
 * back with the lines; a change of tag never changes shaping within a face.
 * No-break spaces hold; U+2028 breaks a line. */
typedef struct rc_text_run {
    rc_str text;
    int face;
    rc_len size;
    rc_len raise;  /* baseline shift up (note marks) */
    int colour;
    int tag;
    rc_str lang;   /* BCP 47; empty: the document's */
    rc_span span;  /* where the text comes from, for missing glyphs */
} rc_text_run;

typedef struct rc_text_spec {
    const rc_text_run *runs;
    size_t count;
    rc_len width;        /* measure; <= 0: one line, never broken */
    bool balance;        /* narrowest measure that needs no more lines */
} rc_text_spec;

/* A piece of a line: one glyph run and where it stands in the line. The space
 * (or U+2028) at which a line was broken stays as the last glyph, so that
 * extracted text keeps its words apart; it counts in no width. */
typedef struct rc_line_part {
    rc_glyph_run run;
    rc_len x;     /* from the line's left edge */
    rc_len raise;
    int colour, tag;
} rc_line_part;

typedef struct rc_line {
    const rc_line_part *parts; /* in the order of the text */
    size_t count;
    rc_len width;  /* without trailing space */
} rc_line;

typedef struct rc_para {
    const rc_line *lines;
    size_t count;
    rc_len width;  /* of the widest line */
} rc_para;

/* Never NULL; an empty text has no lines. A glyph that no face has is an error
 * at its place ("missing-glyph"), reported once a place and drawn as
 * nothing. A word longer than the measure is broken where it must be, with a
 * warning ("overfull-line"). In `a`, or kept by `f` for the next time: it lives
 * as long as both; what is kept is marked as lasting in its runs. */
const rc_para *rc_text_set(rc_arena *a, rc_fonts *f, const rc_text_spec *spec,
                           rc_log *log);

/* The width of one line of plain text, in the document's language. */
rc_len rc_text_width(rc_fonts *f, rc_str text, int face, rc_len size);

#endif
