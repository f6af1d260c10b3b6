/* Dots with range: groups against the whole on an axis from 0 to 100 per cent.
 * A line joins the lowest and the highest group, an upright marks the whole.
 *
 * Marks nearer to each other than the house style allows are put on lanes
 * above and below the row's middle: in order of their shares each takes the
 * first lane where it keeps its distance. */
#include "chart/inner.h"

/* -- marks ----------------------------------------------------------------- */
typedef enum shape {
    CIRCLE, HOLLOW_SQUARE, TRIANGLE, HOLLOW_CIRCLE, SQUARE,
} shape;
enum { SHAPE_COUNT = SQUARE + 1 };

static int
series_colour(const rc_house *h, int series)
{
    size_t colours = h->chart.dots.colours;
    return colours ? h->chart.dots.colour[(size_t)series % colours] : h->ink;
}

/* The paper round a mark is half inside its nominal size, half outside. */
static void
draw_circle(const rc_canvas *c, rc_el e, rc_point at, int colour, bool hollow)
{
    const rc_house *h = c->house;
    rc_len radius = h->chart.dots.circle / 2, halo = h->chart.dots.halo;
    rc_fill fill = {colour, {-1, 0}};
    if (hollow)
        fill = (rc_fill){h->paper, {colour, h->chart.dots.square_line}};
    rc_pen_circle(c, e, at, radius + halo / 2, (rc_fill){h->paper, {-1, 0}});
    rc_pen_circle(c, e, at, radius - halo / 2, fill);
}

static void
draw_square(const rc_canvas *c, rc_el e, rc_point at, int colour, bool hollow)
{
    const rc_house *h = c->house;
    rc_len side = h->chart.dots.square + h->chart.dots.square_line;
    rc_fill fill = {hollow ? h->paper : colour,
                    {colour, h->chart.dots.square_line}};
    rc_pen_fill(c, e, (rc_box){at.x - side / 2, at.y - side / 2, side, side},
                fill);
}

/* An isosceles triangle of nearly equal sides, its middle of mass near `at`;
 * `more` is added all round. */
static void
draw_triangle_of(const rc_canvas *c, rc_el e, rc_point at, rc_len more,
                 int colour)
{
    rc_len width = c->house->chart.dots.triangle;
    rc_len half = width / 2 + more * 17 / 10;
    rc_len high = at.y - width * 49 / 100 - 2 * more;
    rc_len low = at.y + width * 41 / 100 + more;
    rc_point p[] = {{at.x - half, low}, {at.x + half, low}, {at.x, high}};
    rc_pen_path(c, e, p, 3, colour);
}

void
rc_dots_mark(const rc_canvas *c, rc_el e, int series, rc_point at)
{
    const rc_house *h = c->house;
    int colour = series_colour(h, series);
    switch ((shape)((series < 0 ? 0 : series) % SHAPE_COUNT)) {
    case CIRCLE:
        draw_circle(c, e, at, colour, false);
        return;
    case HOLLOW_SQUARE:
        draw_square(c, e, at, colour, true);
        return;
    case TRIANGLE:
        draw_triangle_of(c, e, at, h->chart.dots.halo / 2, h->paper);
        draw_triangle_of(c, e, at, -h->chart.dots.halo / 2, colour);
        return;
    case HOLLOW_CIRCLE:
        draw_circle(c, e, at, colour, true);
        return;
    case SQUARE:
        draw_square(c, e, at, colour, false);
        return;
    }
}

static rc_len
whole_height(const rc_house *h, bool dense)
{
    return dense ? h->chart.dots.dense_whole : h->chart.dots.whole_height;
}

static void
draw_whole(const rc_canvas *c, rc_el e, rc_point at, rc_len height)
{
    const rc_house *h = c->house;
    rc_len width = h->chart.dots.whole_width;
    rc_pen_rect(c, e,
                (rc_box){at.x - width / 2, at.y - height / 2, width, height},
                h->chart.dots.whole_colour);
}

/* -- legend ---------------------------------------------------------------- */
typedef struct entries {
    const rc_canvas *c;
    rc_el element;
    rc_len x, y; /* where the next entry goes */
} entries;

/* Room for an entry; gives the middle of its mark. */
static rc_point
next_entry(entries *at, rc_str name)
{
    const rc_house *h = at->c->house;
    rc_len half = h->chart.dots.circle / 2;
    rc_len text = 2 * half + half; /* mark, and half as much again */
    rc_len width = rc_pen_width(at->c, RC_ROLE_LEGEND, name);
    if (at->x > h->axis && at->x + text + width > h->right) {
        at->x = h->axis;
        at->y += h->chart.legend.row;
    }
    rc_point mark = {at->x + half,
                     at->y - rc_chart_style(at->c, RC_ROLE_LEGEND)->size
                                 * 357 / 1000};
    rc_pen_text t = {.element = at->element,
                     .role = RC_ROLE_LEGEND,
                     .text = name,
                     .x = at->x + text,
                     .y = at->y,
                     .align = 'l'};
    if (at->c->builder)
        rc_pen_text_put(at->c, &t);
    at->x += text + width + h->chart.legend.gap;
    return mark;
}

static bool
is_drawn(const rc_chart *chart, size_t series)
{
    for (size_t i = 0; i < chart->dot_row_count; i++)
        for (size_t k = 0; k < chart->dot_rows[i].dot_count; k++)
            if (chart->dot_rows[i].dots[k].series == (int)series)
                return true;
    return false;
}

static bool
has_whole(const rc_chart *chart)
{
    for (size_t i = 0; i < chart->dot_row_count; i++)
        if (chart->dot_rows[i].has_whole)
            return true;
    return false;
}

/* Without a name of its own the whole has that of a series nobody draws. */
static rc_str
whole_name(const rc_chart *chart)
{
    for (size_t i = chart->series_count; !chart->whole_name.len && i-- > 0;)
        if (!is_drawn(chart, i))
            return chart->series[i];
    return chart->whole_name;
}

/* Names of the marks that the figure has; returns the last baseline. */
static rc_len
draw_legend(const rc_canvas *c, rc_el e, const rc_chart *chart, rc_len y)
{
    entries at = {c, e, c->house->axis, y};
    for (size_t i = 0; i < chart->series_count; i++)
        if (is_drawn(chart, i))
            rc_dots_mark(c, e, (int)i, next_entry(&at, chart->series[i]));
    if (has_whole(chart) && whole_name(chart).len)
        draw_whole(c, e, next_entry(&at, whole_name(chart)),
                   c->house->chart.dots.whole_height / 2);
    return at.y;
}

/* -- a row ----------------------------------------------------------------- */
enum { MOST_DOTS = 16 };

/* A row's dots from the lowest share to the highest, with their places. */
typedef struct places {
    const rc_dot *dot[MOST_DOTS];
    rc_len x[MOST_DOTS];
    int lane[MOST_DOTS];
    size_t count;
    int lanes;
} places;

static rc_len
share_x(const rc_house *h, double share)
{
    return h->axis + rc_chart_part(share, h->chart.stacked.width);
}

static void
sort_dots(const rc_dot_row *row, places *p)
{
    p->count = 0;
    for (size_t i = 0; i < row->dot_count && p->count < MOST_DOTS; i++) {
        size_t k = p->count++;
        for (; k > 0 && p->dot[k - 1]->share > row->dots[i].share; k--)
            p->dot[k] = p->dot[k - 1];
        p->dot[k] = &row->dots[i];
    }
}

/* Dots from..to stand close: each takes the lane after its neighbour's, so
 * that two that touch never share one. */
static void
place_cluster(const rc_house *h, places *p, size_t from, size_t to)
{
    rc_len last[MOST_DOTS];
    int lanes = 0;
    for (size_t i = from; i < to; i++) {
        int lane = 0;
        while (lane < lanes && p->x[i] - last[lane] < h->chart.dots.nearer)
            lane++;
        lanes = lane == lanes ? lanes + 1 : lanes;
        last[lane] = p->x[i];
        p->lane[i] = lane;
    }
    for (size_t i = from; i < to; i++) /* about the middle, in half steps */
        p->lane[i] = 2 * p->lane[i] - (lanes - 1);
    p->lanes = lanes > p->lanes ? lanes : p->lanes;
}

static void
place_dots(const rc_house *h, const rc_dot_row *row, places *p)
{
    sort_dots(row, p);
    p->lanes = 1;
    for (size_t i = 0; i < p->count; i++)
        p->x[i] = share_x(h, p->dot[i]->share);
    for (size_t from = 0, to = 1; from < p->count; from = to, to++) {
        while (to < p->count
               && p->x[to] - p->x[to - 1] < h->chart.dots.nearer)
            to++;
        place_cluster(h, p, from, to);
    }
}

/* A value outside the marks; it keeps clear of the upright. */
static void
draw_value(const rc_canvas *c, rc_el e, const rc_dot *dot, rc_point at,
           const rc_dot_row *row, bool left)
{
    const rc_house *h = c->house;
    rc_len gap = h->chart.dots.label;
    rc_len width = rc_pen_width(c, RC_ROLE_MARK_VALUE, dot->value);
    if (row->has_whole) {
        rc_len away = share_x(h, row->whole) - at.x;
        away = left ? -away : away;
        if (away > 0 && away < gap + width + h->chart.dots.whole_width)
            gap += away;
    }
    rc_pen_text t = {.element = e,
                     .role = RC_ROLE_MARK_VALUE,
                     .text = dot->value,
                     .x = left ? at.x - gap : at.x + gap,
                     .y = at.y + h->chart.middle.value,
                     .align = left ? 'r' : 'l'};
    rc_pen_text_put(c, &t);
}

static void
draw_dots(const rc_canvas *c, rc_el e, const rc_dot_row *row, rc_len middle,
          bool dense)
{
    const rc_house *h = c->house;
    places p;
    place_dots(h, row, &p);
    size_t last = p.count ? p.count - 1 : 0;
    if (p.count > 1)
        rc_pen_line(c, e, (rc_point){p.x[0], middle},
                    (rc_point){p.x[last], middle},
                    (rc_rule){h->chart.dots.line, h->chart.dots.line_colour});
    if (row->has_whole)
        draw_whole(c, e, (rc_point){share_x(h, row->whole), middle},
                   whole_height(h, dense));
    for (size_t i = 0; i < p.count; i++)
        rc_dots_mark(c, e, p.dot[i]->series,
                     (rc_point){p.x[i],
                                middle + p.lane[i] * h->chart.dots.move});
    if (p.count > 1)
        draw_value(c, e, p.dot[0], (rc_point){p.x[0], middle}, row, true);
    if (p.count)
        draw_value(c, e, p.dot[last], (rc_point){p.x[last], middle}, row,
                   false);
}

static rc_chart_row
make_row(const rc_canvas *c, const rc_chart *chart, const rc_dot_row *row)
{
    const rc_house *h = c->house;
    places p;
    place_dots(h, row, &p);
    rc_len high = rc_chart_max(whole_height(h, chart->dense),
                               2 * (p.lanes - 1) * h->chart.dots.move
                                   + h->chart.dots.triangle);
    rc_len padding = chart->dense ? h->chart.dots.dense_padding
                                  : h->chart.dots.row_padding;
    rc_len least = chart->dense
                       ? h->chart.dots.dense_row
                       : rc_chart_max(h->chart.stacked.row,
                                      rc_chart_round_up(
                                          high + padding,
                                          h->chart.stacked.row_unit));
    return rc_chart_row_make(
        c, row->label,
        &(rc_chart_row_of){high, padding, least, chart->dense});
}

/* The height of the head over a row. */
static rc_len
head_height(const rc_house *h, const rc_dot_row *row)
{
    return row->head.len ? h->chart.dots.dense_head : 0;
}

/* Right edges of the columns of numbers: the last ones of the house style. */
static rc_len
number_right(const rc_house *h, size_t count, size_t i)
{
    size_t have = h->chart.stacked.nets, from_end = count - 1 - i;
    return from_end < have ? h->chart.stacked.net_right[have - 1 - from_end]
                           : h->right;
}

static void
draw_row(const rc_canvas *c, rc_el e, const rc_chart *chart, size_t i,
         const rc_chart_row *row, rc_len top)
{
    const rc_house *h = c->house;
    const rc_dot_row *dots = &chart->dot_rows[i];
    rc_chart_row_label(c, e, row, top);
    draw_dots(c, e, dots, top + row->middle, chart->dense);
    for (size_t k = 0; k < chart->number_count; k++) {
        rc_pen_text t = {.element = e,
                         .role = RC_ROLE_NET,
                         .text = dots->numbers[k],
                         .x = number_right(h, chart->number_count, k),
                         .y = top + row->middle + h->chart.middle.net,
                         .align = 'r'};
        rc_pen_text_put(c, &t);
    }
}

/* The head of a row and those below it, on the line under the rule above. */
static void
draw_row_head(const rc_canvas *c, rc_el e, rc_str head, rc_len top)
{
    const rc_house *h = c->house;
    rc_pen_text t = {.element = e,
                     .role = RC_ROLE_TABLE_GROUP,
                     .text = head,
                     .x = rc_chart_above(c) ? h->axis : h->left_x,
                     .y = top + h->chart.dots.dense_head
                          - h->chart.dots.dense_drop,
                     .align = 'l'};
    rc_pen_text_put(c, &t);
}

/* -- the figure ------------------------------------------------------------ */
static int
axis_step(const rc_house *h)
{
    return h->chart.dots.step > 0 ? h->chart.dots.step : 100;
}

/* Gridlines of one row; where its label stands over it they begin below. */
static void
draw_grid(const rc_canvas *c, const rc_chart_row *row, rc_len top)
{
    rc_len from = top, foot = top + row->height;
    if (rc_chart_above(c) && row->label->count)
        from += row->label_y
                + (rc_len)(row->label->count - 1)
                      * rc_chart_label_leading(c, row->dense)
                + c->house->chart.label_gap;
    for (int at = 0; at <= 100; at += axis_step(c->house)) {
        rc_len x = share_x(c->house, at / 100.0);
        rc_pen_line(c, RC_ARTIFACT_LAYOUT, (rc_point){x, from},
                    (rc_point){x, foot}, c->house->rule_row);
    }
}

static void
draw_numbers(const rc_canvas *c, rc_el e, rc_len rule)
{
    const rc_house *h = c->house;
    for (int at = 0; c->builder && at <= 100; at += axis_step(h)) {
        rc_pen_text t = {.element = e,
                         .role = RC_ROLE_AXIS_LABEL,
                         .text = rc_str_printf(c->arena, "%d", at),
                         .x = share_x(h, at / 100.0),
                         .y = rule - h->chart.step.rule * 3 / 4,
                         .align = at ? 'c' : 'l'};
        rc_pen_text_put(c, &t);
    }
}

/* Rules, heads and rows from `rule` down; returns the last row's foot. */
static rc_len
draw_rows(const rc_canvas *c, rc_el e, const rc_chart *chart,
          const rc_chart_row *rows, rc_len rule)
{
    const rc_house *h = c->house;
    rc_len y = rule;
    for (size_t i = 0; i < chart->dot_row_count; i++) { /* under all marks */
        y += head_height(h, &chart->dot_rows[i]);
        draw_grid(c, &rows[i], y);
        y += rows[i].height;
    }
    rc_pen_rule(c, rule, h->rule_head);
    y = rule;
    for (size_t i = 0; i < chart->dot_row_count; i++) { /* before all text */
        if (i)
            rc_pen_rule(c, y, h->rule_row);
        y += head_height(h, &chart->dot_rows[i]) + rows[i].height;
    }
    y = rule;
    for (size_t i = 0; i < chart->dot_row_count; i++) {
        const rc_dot_row *row = &chart->dot_rows[i];
        if (c->builder && row->head.len)
            draw_row_head(c, e, row->head, y);
        y += head_height(h, row);
        if (c->builder)
            draw_row(c, e, chart, i, &rows[i], y);
        y += rows[i].height;
    }
    return y;
}

/* Low rows have their labels at the left in every house style: where labels
 * stand over bars, a part of the measure becomes a column for them. */
static void
make_column(const rc_house *h, rc_house *own)
{
    rc_len taken = h->chart.dots.dense_label + h->chart.dots.label;
    *own = *h;
    own->left_x = h->axis;
    own->has_left_column = true;
    own->chart.labels_above = false;
    own->axis += taken;
    own->chart.stacked.width -= taken;
}

rc_len
rc_dots_draw(const rc_canvas *given, const rc_chart *chart, rc_figure_head head)
{
    rc_house own;
    rc_canvas with_column = *given;
    if (chart->dense && rc_chart_above(given)) {
        make_column(given->house, &own);
        with_column.house = &own;
    }
    const rc_canvas *c = &with_column;
    const rc_house *h = c->house;
    rc_len legend = head.last + h->chart.step.legend, y = legend;
    rc_chart_row *rows =
        RC_MAKE_ARRAY(c->arena, rc_chart_row, chart->dot_row_count);
    rc_len *right = RC_MAKE_ARRAY(c->arena, rc_len, chart->number_count + 1);
    rc_el e = c->parent;
    y = draw_legend(c, e, chart, y) + h->chart.step.column_heads;
    for (size_t i = 0; i < chart->number_count; i++)
        right[i] = number_right(h, chart->number_count, i);
    rc_chart_heads heads = {.unit = chart->unit,
                            .at = chart->number_heads,
                            .count = chart->number_count,
                            .right = right,
                            .step = chart->number_count > 1
                                        ? right[1] - right[0]
                                        : 0,
                            .second = true};
    rc_len rule = rc_chart_heads_draw(c, e, &heads, rc_chart_max(y, head.left));
    draw_numbers(c, e, rule);
    for (size_t i = 0; i < chart->dot_row_count; i++)
        rows[i] = make_row(c, chart, &chart->dot_rows[i]);
    rc_chart_rows_tighten(c, rows, chart->dot_row_count);
    y = draw_rows(c, e, chart, rows, rule);
    return y;
}
