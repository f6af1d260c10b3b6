/* Stacked bars in rows: one bar an item, its nets at the right. The nets may
 * carry the whole's value and, where a test finds a difference, an arrow with
 * its word. In volumes three columns stand beside: the group's own count, and
 * the shares of the groups it lies in. */
#include "chart/inner.h"

enum { MOST_NETS = 8 };

/* The measures of one figure. */
typedef struct stacked {
    const rc_canvas *c;
    const rc_chart *chart;
    rc_el element;
    rc_len width;            /* of a bar */
    rc_len right[MOST_NETS]; /* edges of the nets */
    rc_len step;             /* from net to net */
    size_t nets;
} stacked;

/* The last columns of the house style; more columns than it has continue to
 * the left, and the bars end before them. */
static void
place_nets(stacked *s)
{
    const rc_house *h = s->c->house;
    const rc_len *right = s->chart->volume ? h->chart.volume.right
                                           : h->chart.stacked.net_right;
    size_t have = s->chart->volume ? h->chart.volume.columns
                                   : h->chart.stacked.nets;
    s->width = s->chart->volume ? h->chart.volume.width
                                : h->chart.stacked.width;
    s->nets = s->chart->net_count < MOST_NETS ? s->chart->net_count
                                              : MOST_NETS;
    rc_len last = have ? right[have - 1] : h->right;
    s->step = have > 1 ? right[1] - right[0]
                       : (h->right - h->axis - s->width) / 2;
    for (size_t i = 0; i < s->nets; i++) {
        size_t from_end = s->nets - 1 - i;
        s->right[i] = from_end < have
                          ? right[have - 1 - from_end]
                          : last - (rc_len)from_end * s->step;
    }
    if (s->nets > have) {
        rc_len end = s->right[0] - s->step - h->chart.stacked.gap;
        s->width = rc_chart_min(s->width, end - h->axis);
        s->width = rc_chart_max(s->width, s->step);
    }
}

/* Lines a row's nets have under their values: the whole's value, a word. */
static int
lines_under(const stacked *s, const rc_bar *b)
{
    int lines = 0;
    for (size_t i = 0; s->chart->compare && i < b->net_count; i++) {
        if (b->nets[i].compare.len && lines < 1)
            lines = 1;
        if (b->nets[i].direction)
            lines = 2;
    }
    return lines;
}

/* -- rows ------------------------------------------------------------------ */
/* The first baseline of a row's nets, below the row's middle: the block is
 * centred, but never reaches over the bar into a label that stands there. */
static rc_len
nets_y(const stacked *s, int under)
{
    const rc_house *h = s->c->house;
    rc_len y = h->chart.middle.net - under * h->chart.compare.value / 2;
    if (rc_chart_above(s->c))
        y = rc_chart_max(y, 2 * h->chart.middle.net - h->chart.stacked.bar / 2);
    return y;
}

static rc_chart_row
make_row(const stacked *s, const rc_bar *b)
{
    const rc_house *h = s->c->house;
    int under = lines_under(s, b);
    rc_len least = under > 1 ? h->chart.compare.row : 0;
    rc_chart_row row = rc_chart_row_make(
        s->c, b->label,
        &(rc_chart_row_of){.bar = h->chart.stacked.bar,
                           .padding = h->chart.stacked.row_padding,
                           .minimum = rc_chart_max(h->chart.stacked.row,
                                                   least)});
    if (rc_chart_above(s->c) && under > 1) {
        rc_len filled = row.middle + nets_y(s, under) + h->chart.compare.value
                        + h->chart.compare.word;
        rc_chart_row_grow(
            s->c, &row,
            rc_chart_round_up(filled + h->chart.stacked.row_padding,
                              h->chart.stacked.row_unit));
        row.give = rc_chart_min(row.give, row.height - filled
                                              - h->chart.stacked.row_tight);
    } else if (under > 1) {
        row.give = rc_chart_min(row.give, row.height - least);
    }
    return row;
}

/* "▲ higher": the triangle is a picture of the word. */
static void
draw_word(const stacked *s, int direction, rc_len right, rc_len y)
{
    const rc_house *h = s->c->house;
    rc_pen_text t = {.element = s->element,
                     .role = RC_ROLE_COMPARE_WORD,
                     .text = direction > 0 ? h->chart.compare.higher
                                           : h->chart.compare.lower,
                     .x = right,
                     .y = y,
                     .align = 'r'};
    rc_len width = rc_pen_width(s->c, t.role, t.text);
    rc_len to = right - width - h->chart.compare.arrow_gap;
    rc_len from = to - h->chart.compare.arrow;
    rc_len high = y - h->chart.compare.arrow_height;
    rc_point up[] = {{from, y}, {to, y}, {from + (to - from) / 2, high}};
    rc_point down[] = {{from, high}, {to, high}, {from + (to - from) / 2, y}};
    rc_pen_path(s->c, s->element, direction > 0 ? up : down, 3, h->ink);
    rc_pen_text_put(s->c, &t);
}

static void
draw_nets(const stacked *s, const rc_bar *b, rc_len middle)
{
    const rc_house *h = s->c->house;
    int under = lines_under(s, b);
    rc_len y = middle + nets_y(s, under);
    for (size_t i = 0; i < s->nets && i < b->net_count; i++) {
        const rc_net_cell *net = &b->nets[i];
        rc_pen_text t = {.element = s->element,
                         .role = s->chart->volume && i ? RC_ROLE_BESIDE
                                                       : RC_ROLE_NET,
                         .text = net->value,
                         .x = s->right[i],
                         .y = y,
                         .align = 'r'};
        rc_pen_text_put(s->c, &t);
        if (!s->chart->compare)
            continue;
        t.role = RC_ROLE_COMPARE_VALUE;
        t.text = net->compare;
        t.y = y + h->chart.compare.value;
        rc_pen_text_put(s->c, &t);
        if (net->direction)
            draw_word(s, net->direction, s->right[i],
                      t.y + h->chart.compare.word);
    }
}

/* Words in place of a bar, or right of one that has no nets. */
static void
draw_words(const stacked *s, const rc_bar *b, rc_len middle)
{
    rc_pen_text t = {.element = s->element,
                     .role = RC_ROLE_COMPARE_VALUE,
                     .text = b->absent,
                     .x = s->c->house->axis,
                     .y = middle + s->c->house->chart.middle.label,
                     .align = 'l'};
    if (!b->segment_count)
        rc_pen_text_put(s->c, &t);
    t.role = RC_ROLE_BAR_AFTER;
    t.text = b->after;
    t.x = s->c->house->right;
    t.align = 'r';
    if (!s->nets)
        rc_pen_text_put(s->c, &t);
}

static void
draw_row(const stacked *s, const rc_bar *b, const rc_chart_row *row,
         rc_len top)
{
    const rc_house *h = s->c->house;
    rc_len middle = top + row->middle;
    rc_chart_row_label(s->c, s->element, row, top);
    rc_chart_bar(s->c, s->element, s->chart->keys, b->segments,
                 b->segment_count,
                 (rc_box){h->axis, middle - h->chart.stacked.bar / 2, s->width,
                          h->chart.stacked.bar},
                 s->chart->counted);
    draw_words(s, b, middle);
    draw_nets(s, b, middle);
}

/* -- the figure ------------------------------------------------------------ */
static rc_len
draw_heads(const stacked *s, rc_len y)
{
    const rc_chart *chart = s->chart;
    rc_chart_heads heads = {
        .unit = chart->unit,
        .unit_sub = chart->volume ? chart->fur.scope : RC_LIT(""),
        .at = chart->net_heads,
        .count = s->nets,
        .right = s->right,
        .step = s->step - s->c->house->chart.stacked.value_padding,
    };
    return rc_chart_heads_draw(s->c, s->element, &heads, y);
}

rc_len
rc_stacked_draw(const rc_canvas *c, const rc_chart *chart, rc_figure_head head)
{
    const rc_house *h = c->house;
    stacked s = {.c = c, .chart = chart, .element = c->parent};
    place_nets(&s);
    rc_len y = head.last + h->chart.step.legend;
    if (chart->key_count)
        y = rc_chart_legend(c, s.element, chart->keys, chart->key_count,
                            h->axis, y)
            + h->chart.step.column_heads;
    rc_len rule = draw_heads(&s, rc_chart_max(y, head.left));
    rc_chart_row *rows =
        RC_MAKE_ARRAY(c->arena, rc_chart_row, chart->bar_count);
    for (size_t i = 0; i < chart->bar_count; i++)
        rows[i] = make_row(&s, &chart->bars[i]);
    rc_chart_rows_tighten(c, rows, chart->bar_count);
    y = rule;
    for (size_t i = 0; i < chart->bar_count; i++) {
        if (c->builder)
            draw_row(&s, &chart->bars[i], &rows[i], y);
        y += rows[i].height;
    }
    rc_pen_rule(c, rule, h->rule_head);
    y = rc_chart_row_rules(c, rows, chart->bar_count, rule);
    return y;
}
