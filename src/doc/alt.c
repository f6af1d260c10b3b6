/* Alternative text of charts: what is shown, then every value, so that nothing
 * in the picture is only in the picture. */
#include "doc/internal.h"

static void
add_prose(rc_binder *b, rc_buf *out, rc_prose p)
{
    rc_buf_add(out, rc_says_marks(b, rc_prose_plain(b->a, p)));
}

static void
add_value(rc_binder *b, rc_buf *out, rc_str name, rc_str value)
{
    rc_buf_add(out, name);
    rc_buf_char(out, ' ');
    if (rc_str_is(value, "*"))
        rc_buf_add(out, b->words->less_than_half);
    else if (rc_str_is(value, "-") || !value.len)
        rc_buf_char(out, '0');
    else
        rc_buf_add(out, rc_says_marks(b, value));
}

/* A sentence: what ends it is added where it has no end of its own. */
static void
add_sentence(rc_binder *b, rc_buf *out, rc_str s)
{
    s = rc_says_marks(b, rc_str_trim(s));
    if (!s.len)
        return;
    if (out->len)
        rc_buf_char(out, ' ');
    rc_buf_add(out, s);
    bool ends = s.at[s.len - 1] == '.' || s.at[s.len - 1] == '?' ||
                s.at[s.len - 1] == '!' || rc_str_ends(s, "\u2026") ||
                rc_str_ends(s, "?\u2019") || rc_str_ends(s, ".\u2019");
    if (!ends)
        rc_buf_char(out, '.');
}

/* " (England 75, higher)" */
static void
add_compared(rc_binder *b, rc_buf *out, rc_str whom, const rc_net_cell *n)
{
    rc_buf_printf(out, " (%.*s %.*s", RC_STR(whom), RC_STR(n->compare));
    if (n->direction)
        rc_buf_printf(out, ", %.*s",
                      RC_STR(n->direction > 0 ? b->words->higher_value
                                              : b->words->lower_value));
    rc_buf_char(out, ')');
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
            rc_buf_add(out, rc_says_marks(b, bar->after));
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
            add_value(b, out, c->keys[s->key].label, s->value);
        }
        for (size_t k = 0; k < bar->net_count; k++) {
            const rc_net_cell *n = &bar->nets[k];
            rc_buf_z(out, k ? ", " : "; ");
            add_value(b, out, c->net_heads[k].head, n->value);
            if (c->volume && c->net_heads[k].sub.len)
                rc_buf_printf(out, " (%.*s)", RC_STR(c->net_heads[k].sub));
            if (n->compare.len)
                add_compared(b, out, c->net_heads[k].sub, n);
        }
        rc_buf_char(out, '.');
    }
}

static void
add_ranked(rc_binder *b, const rc_chart *c, rc_buf *out)
{
    for (size_t i = 0; i < c->ranked_count; i++) {
        rc_buf_z(out, i ? "; " : " ");
        add_value(b, out, rc_prose_plain(b->a, c->ranked[i].label),
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
            add_value(b, out, c->series[row->dots[k].series], row->dots[k].value);
        }
        if (row->has_whole) {
            rc_buf_z(out, row->dot_count ? ", " : "");
            add_value(b, out, c->series[c->series_count - 1], row->whole_value);
        }
        for (size_t k = 0; k < c->number_count; k++)
            if (row->numbers[k].len)
                rc_buf_printf(out, ", %.*s %.*s (%.*s)",
                              RC_STR(c->number_heads[k].head),
                              RC_STR(row->numbers[k]),
                              RC_STR(c->number_heads[k].sub));
        rc_buf_char(out, '.');
    }
}

static void
add_trend(rc_binder *b, const rc_chart *c, rc_buf *out)
{
    bool piece = false; /* the series goes on from the one before */
    for (size_t i = 0; i < c->trend_count; i++) {
        const rc_trend_series *s = &c->trend[i];
        size_t named = i; /* the last piece of a line bears its name */
        while (named + 1 < c->trend_count && !c->trend[named].name.len)
            named++;
        if (piece) {
            rc_buf_printf(out, "; %.*s: ", RC_STR(b->words->not_comparable));
        } else {
            rc_buf_char(out, ' ');
            rc_buf_add(out, c->trend[named].name);
            rc_buf_z(out, c->trend[named].name.len ? ": " : "");
        }
        for (size_t k = 0; k < s->point_count; k++) {
            const rc_trend_point *p = &s->points[k];
            if (k)
                rc_buf_z(out, ", ");
            add_value(b, out, c->waves[p->wave],
                      p->missing ? b->words->missing : p->text);
        }
        piece = !s->name.len && named > i;
        if (!piece)
            rc_buf_char(out, '.');
    }
}

static bool
is_base(const rc_binder *b, rc_prose note)
{
    return note.count && note.runs[0].style & RC_STYLE_STRONG &&
           note.runs[0].text.len >= b->words->base.len &&
           rc_str_eq(rc_str_part(note.runs[0].text, 0, b->words->base.len),
                     b->words->base);
}

/* "Figure 3.1. What it shows. Stacked bar chart, London. The question?" */
static void
add_opening(rc_binder *b, const rc_furniture *f, rc_str kind, rc_buf *out)
{
    add_sentence(b, out, f->number);
    add_sentence(b, out, rc_prose_plain(b->a, f->headline));
    if (f->scope.len && kind.len)
        kind = rc_str_printf(b->a, "%.*s, %.*s", RC_STR(kind),
                             RC_STR(f->scope));
    add_sentence(b, out, kind);
    add_sentence(b, out, rc_prose_plain(b->a, f->subtitle));
}

static void
add_values(rc_binder *b, const rc_chart *c, rc_buf *out)
{
    switch (c->type) {
    case RC_CHART_STACKED:
        add_stacked(b, c, out);
        return;
    case RC_CHART_RANKED:
        add_ranked(b, c, out);
        return;
    case RC_CHART_DOTS:
        add_dots(b, c, out);
        return;
    case RC_CHART_TREND:
        add_trend(b, c, out);
        return;
    }
}

/* Bars without a number say what they count in behind their first label. */
static bool
label_has_unit(rc_binder *b, const rc_chart *c)
{
    if (!c->bar_count || c->fur.number.len)
        return false;
    rc_str label = rc_prose_plain(b->a, c->bars[0].label);
    rc_str unit = rc_typo_text(b->a, rc_lower_first(b->a, c->unit));
    return label.len >= unit.len &&
           rc_str_eq(rc_str_part(label, label.len - unit.len, label.len), unit);
}

rc_str
rc_chart_alt(rc_binder *b, rc_chart *c, rc_str base)
{
    const rc_str kinds[] = {
        [RC_CHART_STACKED] = b->words->stacked_chart,
        [RC_CHART_RANKED] = b->words->bar_chart,
        [RC_CHART_DOTS] = b->words->dot_chart,
        [RC_CHART_TREND] = b->words->line_chart,
    };
    rc_buf out = {0};
    add_opening(b, &c->fur, kinds[c->type], &out);
    c->fur.said_count = c->fur.note_count && is_base(b, c->fur.notes[0]);
    if (c->fur.said_count)
        base = rc_prose_plain(b->a, c->fur.notes[0]);
    add_sentence(b, &out, base);
    add_sentence(b, &out, rc_prose_plain(b->a, c->low_note));
    if (!label_has_unit(b, c))
        add_sentence(b, &out, c->unit);
    add_values(b, c, &out);
    rc_str s = rc_str_copy(b->a, rc_buf_str(&out));
    rc_buf_free(&out);
    return s;
}

rc_str
rc_diagram_alt(rc_binder *b, const rc_diagram *d)
{
    rc_buf out = {0};
    const rc_names_column *columns = d->columns;
    size_t count = d->count;
    add_opening(b, &d->fur, count ? b->words->diagram : (rc_str){0}, &out);
    add_sentence(b, &out, d->alt);
    for (size_t i = 0; i < count; i++) {
        rc_buf_char(&out, ' ');
        add_prose(b, &out, columns[i].head);
        for (size_t k = 0; k < columns[i].name_count; k++) {
            rc_buf_z(&out, k ? "; " : ": ");
            add_prose(b, &out, columns[i].names[k]);
        }
        rc_buf_char(&out, '.');
    }
    rc_str s = rc_str_copy(b->a, rc_buf_str(&out));
    rc_buf_free(&out);
    return s;
}

void
rc_chart_alt_later(rc_binder *b, rc_chart *c, rc_str base)
{
    void *slot = rc_vec_push(b->a, &b->alts);
    (void)slot;
    b->alts.at[b->alts.count - 1].chart = c;
    b->alts.at[b->alts.count - 1].base = base;
}

void
rc_diagram_alt_later(rc_binder *b, rc_diagram *d)
{
    void *slot = rc_vec_push(b->a, &b->alts);
    (void)slot;
    b->alts.at[b->alts.count - 1].diagram = d;
}
