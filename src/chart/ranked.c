/* Ranked bars: coded themes, longest first as given. All rows of a figure are
 * alike, as high as the highest label asks. */
#include "chart/inner.h"

static double
longest_share(const rc_chart *chart)
{
    double longest = chart->maximum > 0 ? chart->maximum : 0;
    for (size_t i = 0; i < chart->ranked_count; i++)
        if (chart->ranked[i].share > longest)
            longest = chart->ranked[i].share;
    return longest;
}

/* One line or two are the house style's rows; more lines ask for what rows of
 * stacked bars would have. */
static void
make_rows(const rc_canvas *c, const rc_chart *chart, rc_chart_row *rows)
{
    const rc_house *h = c->house;
    rc_len height = h->chart.ranked.row;
    for (size_t i = 0; i < chart->ranked_count; i++) {
        rows[i] = rc_chart_row_make(
            c, chart->ranked[i].label,
            &(rc_chart_row_of){.bar = h->chart.ranked.bar,
                               .padding = h->chart.stacked.row_padding,
                               .minimum = 0});
        if (rows[i].label->count == 2)
            height = rc_chart_max(height, h->chart.ranked.tall_row);
        if (rows[i].label->count > 2 || rc_chart_above(c))
            height = rc_chart_max(height, rows[i].height);
    }
    rc_len give = height; /* all alike stay alike */
    for (size_t i = 0; i < chart->ranked_count; i++) {
        give = rc_chart_min(give, rows[i].give + height - rows[i].height);
        rc_chart_row_grow(c, &rows[i], height);
    }
    for (size_t i = 0; i < chart->ranked_count; i++)
        rows[i].give = give;
    rc_chart_rows_tighten(c, rows, chart->ranked_count);
}

static void
draw_row(const rc_canvas *c, rc_el e, const rc_ranked_bar *bar,
         double longest, rc_len middle)
{
    const rc_house *h = c->house;
    rc_len width = 0;
    if (bar->share > 0)
        width = rc_chart_max(h->chart.stacked.minimum,
                             rc_chart_part(bar->share / longest,
                                           h->chart.ranked.longest));
    rc_pen_rect(c, e,
                (rc_box){h->axis, middle - h->chart.ranked.bar / 2, width,
                         h->chart.ranked.bar},
                bar->named ? h->chart.ranked.named : h->chart.ranked.others);
    rc_pen_text t = {.element = e,
                     .role = RC_ROLE_NET,
                     .text = bar->value,
                     .x = h->axis + width + (width ? h->chart.ranked.value : 0),
                     .y = middle + h->chart.middle.net,
                     .align = 'l'};
    rc_pen_text_put(c, &t);
}

rc_len
rc_ranked_draw(const rc_canvas *c, const rc_chart *chart, rc_figure_head head)
{
    const rc_house *h = c->house;
    rc_el e = c->parent;
    rc_len y = rc_chart_max(head.last + h->chart.step.legend, head.left);
    rc_chart_heads heads = {.unit = chart->unit};
    rc_len rule = rc_chart_heads_draw(c, e, &heads, y);
    rc_chart_row *rows =
        RC_MAKE_ARRAY(c->arena, rc_chart_row, chart->ranked_count);
    make_rows(c, chart, rows);
    double longest = longest_share(chart);
    y = rule;
    for (size_t i = 0; c->builder && i < chart->ranked_count; i++) {
        rc_chart_row_label(c, e, &rows[i], y);
        draw_row(c, e, &chart->ranked[i], longest, y + rows[i].middle);
        y += rows[i].height;
    }
    rc_pen_rule(c, rule, h->rule_head);
    y = rc_chart_row_rules(c, rows, chart->ranked_count, rule);
    return y;
}
