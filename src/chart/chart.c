/* A figure with all its furniture: measured and drawn by the same code. */
#include "chart/inner.h"

/* Returns the y of the closing hairline. */
static rc_len
draw_type(const rc_canvas *c, const rc_chart *chart, rc_figure_head head)
{
    switch (chart->type) {
    case RC_CHART_STACKED:
        return rc_stacked_draw(c, chart, head);
    case RC_CHART_RANKED:
        return rc_ranked_draw(c, chart, head);
    case RC_CHART_DOTS:
        return rc_dots_draw(c, chart, head);
    case RC_CHART_TREND:
        return rc_trend_draw(c, chart, head);
    }
    return head.last;
}

rc_len
rc_chart_draw(const rc_canvas *c, const rc_chart *chart, rc_len y)
{
    rc_mark mark = rc_arena_mark(c->arena);
    rc_furniture fur = chart->fur;
    if (chart->volume) /* stands under the unit, beside the other groups */
        fur.scope = RC_LIT("");
    rc_canvas inside = *c;
    inside.parent = rc_pen_figure(c, chart);
    rc_figure_head head = rc_figure_begin(&inside, &fur, chart->low_note, y);
    rc_len foot = draw_type(&inside, chart, head);
    rc_pen_figure_box(c, inside.parent, y, foot);
    rc_len last = rc_figure_close(c, &fur, inside.parent, foot);
    if (!c->builder)
        rc_arena_rewind(c->arena, mark);
    return last;
}
