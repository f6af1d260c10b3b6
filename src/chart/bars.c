/* Bars without a number: the lead statement of a chapter, a region above the
 * whole. A label may speak for the bars under it: it stands on the first. */
#include "chart/inner.h"

typedef struct bars {
    const rc_canvas *c;
    const rc_chart *chart;
    rc_el element;
    rc_len bar, width;
    rc_role values;
} bars;

/* Words at the right keep the bars narrow; else they take the whole column. */
static rc_len
bars_width(const rc_canvas *c, const rc_chart *chart)
{
    for (size_t i = 0; i < chart->bar_count; i++)
        if (chart->bars[i].after.len)
            return c->house->chart.bars.width;
    return c->house->right - c->house->axis;
}

static const rc_para *
set_label(const bars *b, const rc_bar *bar)
{
    return rc_prose_set(b->c, bar->label, b->c->house->role[RC_ROLE_BAR_LABEL],
                        rc_chart_above(b->c) ? b->c->house->right_width : 0,
                        false);
}

/* How many bars the label of bar `i` speaks for. */
static size_t
bars_spoken_for(const bars *b, size_t i)
{
    size_t n = 1;
    while (i + n < b->chart->bar_count && !b->chart->bars[i + n].label.count)
        n++;
    return n;
}

/* The first baseline of a label of `lines` at bar `i`, from the bar's top. Of
 * several bars it stands on the first; a block that fits a single high bar
 * hangs from its top; else the two share their middle. */
static rc_len
label_y(const bars *b, size_t i, size_t lines)
{
    const rc_house *h = b->c->house;
    const rc_text_style *s = rc_chart_style(b->c, RC_ROLE_BAR_LABEL);
    rc_len middle = b->bar / 2 + h->chart.middle.label;
    if (lines < 2 || bars_spoken_for(b, i) > 1)
        return middle;
    rc_len more = (rc_len)(lines - 1) * s->leading;
    if (2 * h->chart.middle.label + more <= b->bar)
        return 2 * h->chart.middle.label;
    return middle - more / 2;
}

/* Draws the label; returns the y of the bar's top. */
static rc_len
draw_label(const bars *b, size_t i, const rc_para *para, rc_len y)
{
    const rc_canvas *c = b->c;
    rc_prose_at at = {.element = b->element,
                      .style = c->house->role[RC_ROLE_BAR_LABEL],
                      .x = c->house->left_x,
                      .y = y + label_y(b, i, para->count),
                      .align = 'l',
                      .colour = -2};
    if (!para->count)
        return y;
    if (rc_chart_above(c)) {
        const rc_text_style *s = rc_chart_style(c, RC_ROLE_BAR_LABEL);
        at.x = c->house->axis;
        at.y = y + s->size;
        y = at.y + (rc_len)(para->count - 1) * s->leading
            + c->house->chart.label_gap;
    }
    rc_prose_lines(c, b->chart->bars[i].label, para, 0, para->count, &at);
    return y;
}

static void
draw_after(const bars *b, const rc_bar *bar, rc_len middle)
{
    rc_pen_text t = {.element = b->element,
                     .role = RC_ROLE_BAR_AFTER,
                     .text = bar->after,
                     .x = b->c->house->right,
                     .y = middle + b->c->house->chart.middle.label,
                     .align = 'r'};
    rc_pen_text_put(b->c, &t);
    if (bar->segment_count)
        return;
    t.role = RC_ROLE_COMPARE_VALUE;
    t.text = bar->absent;
    t.x = b->c->house->axis;
    t.align = 'l';
    rc_pen_text_put(b->c, &t);
}

/* Returns the bar's foot. */
static rc_len
draw_bar(const bars *b, size_t i, const rc_para *label, rc_len y)
{
    const rc_bar *bar = &b->chart->bars[i];
    y = draw_label(b, i, label, y);
    rc_bar_draw(b->c, b->element, b->chart->keys,
                &(rc_bar_look){bar->segments, bar->segment_count,
                               {b->c->house->axis, y, b->width, b->bar},
                               b->chart->counted, b->values});
    draw_after(b, bar, y + b->bar / 2);
    return y + b->bar;
}

/* From one bar's foot to the next one's top: labels of several lines at the
 * left must not run into each other. */
static rc_len
gap_after(const bars *b, size_t i, size_t lines)
{
    const rc_house *h = b->c->house;
    rc_len gap = h->chart.bars.gap;
    if (rc_chart_above(b->c) || bars_spoken_for(b, i) > 1)
        return gap;
    rc_len block = (rc_len)lines
                   * rc_chart_style(b->c, RC_ROLE_BAR_LABEL)->leading;
    return rc_chart_max(gap, block + gap - b->bar);
}

rc_len
rc_chart_bars(const rc_canvas *c, const rc_chart *chart, rc_len y, rc_len bar)
{
    const rc_house *h = c->house;
    rc_mark mark = rc_arena_mark(c->arena);
    bars b = {.c = c,
              .chart = chart,
              .element = rc_pen_figure(c, chart),
              .bar = bar > 0 ? bar : h->chart.bars.bar,
              .values = bar > 0 ? RC_ROLE_LEAD_VALUE : RC_ROLE_VALUE,
              .width = bars_width(c, chart)};
    rc_len top = y - rc_chart_style(c, RC_ROLE_LEGEND)->leading, foot = y;
    if (chart->key_count)
        y = rc_chart_legend(c, b.element, chart->keys, chart->key_count,
                            h->axis, y)
            + h->chart.bars.first;
    for (size_t i = 0; i < chart->bar_count; i++) {
        const rc_para *label = set_label(&b, &chart->bars[i]);
        foot = draw_bar(&b, i, label, y);
        y = foot + gap_after(&b, i, label->count);
    }
    rc_pen_figure_box(c, b.element, top, foot);
    if (!c->builder)
        rc_arena_rewind(c->arena, mark);
    return foot;
}
