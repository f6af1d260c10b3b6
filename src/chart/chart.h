/* Figures: charts, and the furniture round them, into page operations.
 *
 * A figure is measured first and drawn where layout puts it; both take the
 * same road, so the measure cannot lie. Charts are one Figure element whose
 * alternative text says all that is in it, in place of its contents: Caption
 * (number, scope, headline), P (subtitle, low-base note), the drawing with its
 * labels and values, P (base). So nothing is said twice. The other notes and
 * the link to the data come after it, as paragraphs. */
#ifndef RC_CHART_CHART_H
#define RC_CHART_CHART_H

#include "doc/block.h"
#include "style/house.h"
#include "text/text.h"

/* What drawing needs: passed down unchanged by layout. */
typedef struct rc_canvas {
    rc_arena *arena;        /* until the page list is finished */
    rc_fonts *fonts;
    const rc_house *house;
    rc_log *log;
    rc_builder *builder;    /* NULL while measuring */
    uint32_t page;
    rc_el parent;           /* elements are made under this one */
    /* The page label of a target, as far as it is known ("" before the first
     * pass). */
    rc_str (*page_label)(const void *context, int target);
    /* The destination index of a target for links, -1 if not known. */
    int (*dest)(const void *context, int target);
    /* The same for the mark of a note; may be NULL. */
    int (*note_dest)(const void *context, int note);
    /* Told where the mark of a note was drawn, and its element; may be NULL. */
    void (*note_mark)(const void *context, int note, uint32_t page,
                      rc_point at, rc_el mark);
    const void *context;
    /* For what is forgotten at once; NULL or the arena itself: that. */
    rc_arena *scratch;
    /* For paragraphs that are set: they need live only until they are drawn.
     * NULL: the arena. */
    rc_arena *lines;
    /* How much of the rows' air a figure is to do without, as far as the house
     * style lets it: what it would be taller than a page. */
    rc_len excess;
} rc_canvas;

/* A figure with all its furniture: from its top rule at `y` to its last note
 * baseline; returns the y of that last baseline. Under c->parent (a Div, say)
 * come Figure and P (notes, link). While
 * measuring nothing stays in the arena. */
rc_len rc_chart_draw(const rc_canvas *c, const rc_chart *chart, rc_len y);

/* Bars without a number (openings, region above the whole): the legend's first
 * baseline is at `y`; bars of `bar` height (0: the house's); returns the
 * bottom of the last. */
rc_len rc_chart_bars(const rc_canvas *c, const rc_chart *chart, rc_len y,
                     rc_len bar);

/* The parts, for findings and tables.
 * Legend: first baseline at y, from x; returns last baseline. */
rc_len rc_chart_legend(const rc_canvas *c, rc_el e, const rc_key *keys,
                       size_t count, rc_len x, rc_len y);
/* One stacked bar in a box (top left x, y): segments, outlines, values,
 * notches when `counted`. */
void rc_chart_bar(const rc_canvas *c, rc_el e, const rc_key *keys,
                  const rc_segment *segments, size_t count, rc_box box,
                  bool counted);
/* Rule, number, scope, headline and subtitle as every figure and table opens:
 * returns the last baseline. A Caption (number, scope, headline) and a P
 * (subtitle) are made under c->parent, which must be able to hold them (a Div,
 * a Sect; not a Table). */
rc_len rc_figure_open(const rc_canvas *c, const rc_furniture *f, rc_len y);
/* Hairline, base, notes, source, and the link to the data table at the left;
 * `y` is where the hairline stands; returns the last baseline. Notes that the
 * alternative text says too (said_count) are P under `figure`. */
rc_len rc_figure_close(const rc_canvas *c, const rc_furniture *f, rc_el figure,
                       rc_len y);

/* Bands of a cover or divider, full bleed, as background artifacts. `y`: top
 * of the first (dividers); covers have them at the page's foot, lower where
 * they would reach above `y`. */
void rc_chart_bands(const rc_canvas *c, const rc_bands_style *style,
                    const rc_key *keys, size_t key_count,
                    const rc_band *bands, size_t count, rc_len y);

/* The fill of a key by the house style's scale. */
rc_fill rc_chart_fill(const rc_house *h, const rc_key *key);

/* Prose set in a text role at a baseline: shared by charts, tables and layout.
 * Returns the last baseline (`y` for no text at all). Left-aligned lines are
 * shifted as the style says. Under the element come a Link for each link that
 * leads somewhere, Reference > Link > Lbl for note marks, a Span for another
 * language; under an artifact links are plain text. Of a text with more lines
 * than its style allows the author is told ("too-many-lines"). */
typedef struct rc_prose_at {
    rc_el element;       /* the text's element (P, Caption, TD ...) */
    int style;           /* index into house->styles */
    rc_len x, y;         /* left edge; first baseline */
    rc_len width;        /* 0: the style's own */
    char align;          /* 'l', 'r' (x is the right edge), 'c' */
    int colour;          /* -2: the style's */
    bool strong;
} rc_prose_at;
rc_len rc_prose_draw(const rc_canvas *c, rc_prose prose,
                     const rc_prose_at *at);
rc_prose rc_prose_of(rc_arena *a, rc_str text); /* plain text as prose */
/* Prose to text runs and lines in a style; tags are indices of the inline.
 * `width` 0: the style's own, or its column's; less than 0: one line. */
const rc_para *rc_prose_set(const rc_canvas *c, rc_prose prose, int style,
                            rc_len width, bool strong);
/* Draws `count` lines of a set paragraph from line `first` on, that one at
 * at->y; returns the last baseline. A link cut between two calls becomes
 * two. */
rc_len rc_prose_lines(const rc_canvas *c, rc_prose prose, const rc_para *para,
                      size_t first, size_t count, const rc_prose_at *at);

#endif
