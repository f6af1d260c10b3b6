/* Legends: swatches with words, on the house style's columns where they fit,
 * else one after the other. */
#include "chart/inner.h"

/* The room a column has for its words. */
static rc_len
column_room(const rc_house *h, size_t column, rc_len x)
{
    rc_len from = x + h->chart.legend.column[column] + h->chart.legend.text;
    rc_len to = column + 1 < h->chart.legend.columns
                    ? x + h->chart.legend.column[column + 1]
                    : h->right;
    return to - from;
}

static bool
fits_columns(const rc_canvas *c, const rc_key *keys, size_t count, rc_len x)
{
    const rc_house *h = c->house;
    size_t columns = h->chart.legend.columns;
    if (!columns)
        return false;
    for (size_t i = 0; i < count; i++) {
        rc_len room = column_room(h, i % columns, x);
        if (i % columns + 1 < columns)
            room -= h->chart.stacked.value_padding;
        if (rc_pen_width(c, RC_ROLE_LEGEND, keys[i].label) > room)
            return false;
    }
    return true;
}

static void
draw_entry(const rc_canvas *c, rc_el e, const rc_key *key, rc_point at)
{
    const rc_house *h = c->house;
    rc_len side = h->chart.legend.swatch;
    rc_pen_fill(c, e,
                (rc_box){at.x, at.y + h->chart.legend.drop - side, side, side},
                rc_chart_fill(h, key));
    rc_pen_text t = {.element = e,
                     .role = RC_ROLE_LEGEND,
                     .text = key->label,
                     .x = at.x + h->chart.legend.text,
                     .y = at.y,
                     .align = 'l'};
    if (c->builder)
        rc_pen_text_put(c, &t);
}

rc_len
rc_chart_legend(const rc_canvas *c, rc_el e, const rc_key *keys, size_t count,
                rc_len x, rc_len y)
{
    const rc_house *h = c->house;
    bool columns = fits_columns(c, keys, count, x);
    rc_len at = x;
    for (size_t i = 0; i < count; i++) {
        if (columns) {
            size_t column = i % h->chart.legend.columns;
            if (i && !column)
                y += h->chart.legend.row;
            at = x + h->chart.legend.column[column];
        }
        rc_len width = h->chart.legend.text
                       + rc_pen_width(c, RC_ROLE_LEGEND, keys[i].label);
        if (!columns && at > x && at + width > h->right) {
            at = x;
            y += h->chart.legend.row;
        }
        draw_entry(c, e, &keys[i], (rc_point){at, y});
        at += width + h->chart.legend.gap;
    }
    return y;
}
