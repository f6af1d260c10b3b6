/* What the files of chart/ share: a pen that draws nothing while measuring,
 * the head of a figure, rows with their labels. */
#ifndef RC_CHART_INNER_H
#define RC_CHART_INNER_H

#include "chart/chart.h"

/* -- pen.c ------------------------------------------------------------------
 * Nothing here does anything while measuring (c->builder is NULL), except that
 * texts give their width. */
typedef struct rc_pen_text {
    rc_el element;
    rc_role role;
    rc_str text;
    rc_len x, y;  /* edge that `align` names; baseline */
    char align;   /* 'l', 'r', 'c' */
    bool own;     /* in `colour`, not the role's */
    int colour;
} rc_pen_text;
/* One line of plain text; returns its width. */
rc_len rc_pen_text_put(const rc_canvas *c, const rc_pen_text *t);
rc_len rc_pen_width(const rc_canvas *c, rc_role role, rc_str text);
void rc_pen_rect(const rc_canvas *c, rc_el e, rc_box box, int colour);
void rc_pen_fill(const rc_canvas *c, rc_el e, rc_box box, rc_fill fill);
void rc_pen_line(const rc_canvas *c, rc_el e, rc_point from, rc_point to,
                 rc_rule rule);
void rc_pen_path(const rc_canvas *c, rc_el e, const rc_point *points,
                 size_t count, int colour);
void rc_pen_circle(const rc_canvas *c, rc_el e, rc_point centre, rc_len radius,
                   rc_fill fill);
/* A rule over the full measure; an artifact. */
void rc_pen_rule(const rc_canvas *c, rc_len y, rc_rule rule);

/* A new element under `parent`; RC_NO_ELEMENT while measuring. */
rc_el rc_pen_element(const rc_canvas *c, rc_tag tag, rc_el parent);
/* The Figure that holds a drawing. */
rc_el rc_pen_figure(const rc_canvas *c, const rc_chart *chart);
/* ... and its box, from `top` to `bottom` over the full measure. */
void rc_pen_figure_box(const rc_canvas *c, rc_el figure, rc_len top,
                       rc_len bottom);
/* ... which goes on to `bottom`. */
void rc_pen_figure_reach(const rc_canvas *c, rc_el figure, rc_len bottom);

/* Where paragraphs are set. */
rc_arena *rc_canvas_lines(const rc_canvas *c);
const rc_text_style *rc_chart_style(const rc_canvas *c, rc_role role);
/* `share` of `width`, rounded half up; 0 for what is no positive number. */
rc_len rc_chart_part(double share, rc_len width);
/* `x` rounded up to a multiple of `unit` (0: as it is). */
rc_len rc_chart_round_up(rc_len x, rc_len unit);
rc_len rc_chart_max(rc_len a, rc_len b);
rc_len rc_chart_min(rc_len a, rc_len b);

/* -- prose.c --------------------------------------------------------------- */
/* As rc_prose_draw; links say `contents` where it is not empty. */
rc_len rc_prose_put(const rc_canvas *c, rc_prose prose, const rc_prose_at *at,
                    rc_str contents);

/* -- bar.c ----------------------------------------------------------------- */
/* As rc_chart_bar, with values in a role of the caller's. */
typedef struct rc_bar_look {
    const rc_segment *segments;
    size_t count;
    rc_box box;
    bool counted;
    rc_role values;
} rc_bar_look;
void rc_bar_draw(const rc_canvas *c, rc_el e, const rc_key *keys,
                 const rc_bar_look *look);

/* -- furniture.c ----------------------------------------------------------- */
typedef struct rc_figure_head {
    rc_len last; /* baseline of the last line over the drawing */
    rc_len left; /* foot of what stands in the left column; 0 nothing */
} rc_figure_head;
rc_figure_head rc_figure_begin(const rc_canvas *c, const rc_furniture *f,
                               rc_prose low_note, rc_len y);

/* -- rows.c ---------------------------------------------------------------- */
/* A row with a label and a drawing; all from the row's top. */
typedef struct rc_chart_row {
    const rc_para *label;
    rc_prose text;
    rc_len height;
    rc_len middle;  /* of the bar, the label block and the figures */
    rc_len label_y; /* the label's first baseline */
    rc_len give;    /* height it can do without */
    bool dense;     /* a smaller label */
} rc_chart_row;

typedef struct rc_chart_row_of {
    rc_len bar;     /* the drawing's height */
    rc_len padding; /* air round label and drawing */
    rc_len minimum; /* the row's height */
    bool dense;
} rc_chart_row_of;

/* Do labels stand over their bars? */
bool rc_chart_above(const rc_canvas *c);
rc_chart_row rc_chart_row_make(const rc_canvas *c, rc_prose label,
                               const rc_chart_row_of *of);
rc_len rc_chart_label_leading(const rc_canvas *c, bool dense);
/* More height, shared above and below unless labels stand over bars. */
void rc_chart_row_grow(const rc_canvas *c, rc_chart_row *row, rc_len height);
/* Takes what the figure is too tall (c->excess) out of the rows' air. */
void rc_chart_rows_tighten(const rc_canvas *c, rc_chart_row *rows,
                           size_t count);
void rc_chart_row_label(const rc_canvas *c, rc_el e, const rc_chart_row *row,
                        rc_len top);
/* Hairlines between rows that start at `top`. Returns the last row's foot. */
rc_len rc_chart_row_rules(const rc_canvas *c, const rc_chart_row *rows,
                          size_t count, rc_len top);

/* Unit and heads of columns: `y` is the unit's baseline. */
typedef struct rc_chart_heads {
    rc_str unit, unit_sub;
    const rc_column_head *at;
    size_t count;
    const rc_len *right;
    rc_len step;     /* a head's width, 0: any */
    bool second;     /* keeps a second line even if no sub asks for it */
} rc_chart_heads;
/* Returns the y of the rule under them, which the caller draws last. */
rc_len rc_chart_heads_draw(const rc_canvas *c, rc_el e,
                           const rc_chart_heads *h, rc_len y);

/* -- the types; each returns the y of its closing hairline ----------------- */
rc_len rc_stacked_draw(const rc_canvas *c, const rc_chart *chart,
                       rc_figure_head head);
rc_len rc_ranked_draw(const rc_canvas *c, const rc_chart *chart,
                      rc_figure_head head);
rc_len rc_dots_draw(const rc_canvas *c, const rc_chart *chart,
                    rc_figure_head head);
rc_len rc_trend_draw(const rc_canvas *c, const rc_chart *chart,
                     rc_figure_head head);

/* A mark of a series (circle, hollow square, triangle, ...), its middle at
 * `at`. */
void rc_dots_mark(const rc_canvas *c, rc_el e, int series, rc_point at);

#endif
