/* Alternative text of charts: what is shown, then every value, so that nothing
 * in the picture is only in the picture. */
#include "doc/internal.h"

static void
add_prose(rc_binder *b, rc_buf *out, rc_prose p)
{
    rc_buf_add(out, rc_prose_plain(b->a, p));
}

static const char *
in_words(rc_str value)
{
    if (rc_str_is(value, "*"))
        return "less than 0.5";
    if (rc_str_is(value, "-") || !value.len)
        return "0";
    return NULL;
}

static void
add_value(rc_buf *out, rc_str name, rc_str value)
{
    const char *word = in_words(value);
    rc_buf_add(out, name);
    rc_buf_char(out, ' ');
    if (word)
        rc_buf_z(out, word);
    else
        rc_buf_add(out, value);
}

static void
add_stacked(rc_binder *b, const rc_chart *c, rc_buf *out)
{
    for (size_t i = 0; i < c->bar_count; i++) {
        const rc_bar *bar = &c->bars[i];
        rc_buf_char(out, ' ');
        add_prose(b, out, bar->label);
        if (bar->after.len) {
            if (bar->label.count)
                rc_buf_z(out, ", ");
            rc_buf_add(out, bar->after);
        }
        rc_buf_z(out, ": ");
        if (!bar->segment_count) {
            rc_buf_add(out, rc_lower_first(b->a, bar->absent));
            rc_buf_char(out, '.');
            continue;
        }
        for (size_t k = 0; k < bar->segment_count; k++) {
            const rc_segment *s = &bar->segments[k];
            if (k)
                rc_buf_z(out, ", ");
            add_value(out, c->keys[s->key].label, s->value);
        }
        for (size_t k = 0; k < bar->net_count; k++) {
            const rc_net_cell *n = &bar->nets[k];
            rc_buf_z(out, k ? ", " : "; ");
            add_value(out, c->net_heads[k].head, n->value);
            if (c->volume && c->net_heads[k].sub.len)
                rc_buf_printf(out, " (%.*s)", RC_STR(c->net_heads[k].sub));
            if (n->compare.len)
                rc_buf_printf(out, " (%.*s %.*s%s)",
                              RC_STR(c->net_heads[k].sub), RC_STR(n->compare),
                              n->direction > 0   ? ", higher"
                              : n->direction < 0 ? ", lower"
                                                 : "");
        }
        rc_buf_char(out, '.');
    }
}

static void
add_ranked(rc_binder *b, const rc_chart *c, rc_buf *out)
{
    for (size_t i = 0; i < c->ranked_count; i++) {
        rc_buf_z(out, i ? "; " : " ");
        add_value(out, rc_prose_plain(b->a, c->ranked[i].label),
                  c->ranked[i].value);
    }
    rc_buf_char(out, '.');
}

static void
add_dots(rc_binder *b, const rc_chart *c, rc_buf *out)
{
    for (size_t i = 0; i < c->dot_row_count; i++) {
        const rc_dot_row *row = &c->dot_rows[i];
        rc_buf_char(out, ' ');
        add_prose(b, out, row->label);
        rc_buf_z(out, ": ");
        for (size_t k = 0; k < row->dot_count; k++) {
            if (k)
                rc_buf_z(out, ", ");
            add_value(out, c->series[row->dots[k].series], row->dots[k].value);
        }
        if (row->has_whole) {
            rc_buf_z(out, row->dot_count ? ", " : "");
            add_value(out, c->series[c->series_count - 1], row->whole_value);
        }
        if (row->last.len)
            rc_buf_printf(out, ", %.*s %.*s (%.*s)", RC_STR(c->last_head),
                          RC_STR(row->last), RC_STR(c->last_sub));
        rc_buf_char(out, '.');
    }
}

static void
add_trend(const rc_chart *c, rc_buf *out)
{
    bool piece = false; /* the series goes on from the one before */
    for (size_t i = 0; i < c->trend_count; i++) {
        const rc_trend_series *s = &c->trend[i];
        size_t named = i; /* the last piece of a line bears its name */
        while (named + 1 < c->trend_count && !c->trend[named].name.len)
            named++;
        if (piece) {
            rc_buf_z(out, "; not comparable with these: ");
        } else {
            rc_buf_char(out, ' ');
            rc_buf_add(out, c->trend[named].name);
            rc_buf_z(out, c->trend[named].name.len ? ": " : "");
        }
        for (size_t k = 0; k < s->point_count; k++) {
            const rc_trend_point *p = &s->points[k];
            if (k)
                rc_buf_z(out, ", ");
            add_value(out, c->waves[p->wave],
                      p->missing ? RC_LIT("not available") : p->text);
        }
        piece = !s->name.len && named > i;
        if (!piece)
            rc_buf_char(out, '.');
    }
}

rc_str
rc_chart_alt(rc_binder *b, const rc_chart *c)
{
    static const char *const kinds[] = {"Stacked bar chart", "Bar chart",
                                        "Dot chart", "Line chart"};
    rc_buf out = {0};
    rc_buf_z(&out, kinds[c->type]);
    if (c->fur.scope.len)
        rc_buf_printf(&out, ", %.*s", RC_STR(c->fur.scope));
    rc_buf_char(&out, '.');
    if (c->fur.headline.count) {
        rc_buf_char(&out, ' ');
        add_prose(b, &out, c->fur.headline);
        rc_buf_char(&out, '.');
    }
    if (c->unit.len)
        rc_buf_printf(&out, " %.*s.", RC_STR(c->unit));
    switch (c->type) {
    case RC_CHART_STACKED:
        add_stacked(b, c, &out);
        break;
    case RC_CHART_RANKED:
        add_ranked(b, c, &out);
        break;
    case RC_CHART_DOTS:
        add_dots(b, c, &out);
        break;
    case RC_CHART_TREND:
        add_trend(c, &out);
        break;
    }
    rc_str s = rc_str_copy(b->a, rc_buf_str(&out));
    rc_buf_free(&out);
    return s;
}
