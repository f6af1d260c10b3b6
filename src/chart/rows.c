/* Rows of a chart: a label at the left (or over its bar), a drawing at the
 * axis, figures at the right, all about one middle. */
#include "chart/inner.h"

bool
rc_chart_above(const rc_canvas *c)
{
    return c->house->chart.labels_above || !c->house->has_left_column;
}

/* The text role of labels: a smaller one in low rows. */
static rc_role
label_role(bool dense)
{
    return dense ? RC_ROLE_BAR_LABEL : RC_ROLE_LABEL;
}

rc_len
rc_chart_label_leading(const rc_canvas *c, bool dense)
{
    return rc_chart_style(c, label_role(dense))->leading;
}

static const rc_para *
set_label(const rc_canvas *c, rc_prose label, bool dense)
{
    rc_len width = dense ? c->house->chart.dots.dense_label : 0;
    if (rc_chart_above(c))
        width = c->house->right_width;
    return rc_prose_set(c, label, c->house->role[label_role(dense)], width,
                        false);
}

/* A block of lines about `middle`: its first baseline. */
static rc_len
centred(const rc_canvas *c, const rc_chart_row *row, rc_len middle)
{
    size_t lines = row->label->count;
    rc_len leading = rc_chart_style(c, label_role(row->dense))->leading;
    return middle - (lines ? (rc_len)(lines - 1) : 0) * leading / 2
           + c->house->chart.middle.label;
}

rc_chart_row
rc_chart_row_make(const rc_canvas *c, rc_prose label,
                  const rc_chart_row_of *of)
{
    const rc_house *h = c->house;
    rc_len bar = of->bar, padding = of->padding, minimum = of->minimum;
    rc_chart_row row = {.text = label,
                        .label = set_label(c, label, of->dense),
                        .dense = of->dense};
    size_t lines = row.label->count;
    rc_len leading = rc_chart_style(c, label_role(of->dense))->leading;
    rc_len unit = h->chart.stacked.row_unit;
    rc_len tight = rc_chart_min(padding, h->chart.stacked.row_tight);
    if (rc_chart_above(c) && lines) {
        row.label_y = h->chart.label_top;
        row.middle = row.label_y + (rc_len)(lines - 1) * leading
                     + h->chart.label_gap + bar / 2;
        rc_len filled = row.middle + bar / 2;
        row.height = rc_chart_max(minimum,
                                  rc_chart_round_up(filled + padding, unit));
        row.give = row.height - filled - tight;
        return row;
    }
    rc_len filled = (rc_len)lines * leading;
    row.height = rc_chart_max(minimum,
                              rc_chart_round_up(filled + padding, unit));
    row.give = row.height - rc_chart_max(filled, bar) - tight;
    row.middle = row.height / 2;
    row.label_y = centred(c, &row, row.middle);
    return row;
}

void
rc_chart_row_grow(const rc_canvas *c, rc_chart_row *row, rc_len height)
{
    if (height <= row->height)
        return;
    if (rc_chart_above(c) && row->label->count) {
        row->height = height;
        return;
    }
    row->height = height;
    row->middle = height / 2;
    row->label_y = centred(c, row, row->middle);
}

/* Each row gives in proportion to what it has. Labels that stand over their
 * bars stay where they are; the others stay in the middle. */
void
rc_chart_rows_tighten(const rc_canvas *c, rc_chart_row *rows, size_t count)
{
    int64_t all = 0;
    for (size_t i = 0; i < count; i++)
        all += rows[i].give > 0 ? rows[i].give : 0;
    int64_t take = c->excess < all ? c->excess : all;
    for (size_t i = 0; take > 0 && i < count; i++) {
        rc_chart_row *row = &rows[i];
        if (row->give <= 0)
            continue;
        row->height -= (rc_len)((take * row->give + all - 1) / all);
        if (rc_chart_above(c) && row->label->count)
            continue;
        row->middle = row->height / 2;
        row->label_y = centred(c, row, row->middle);
    }
}

static void
warn_long(const rc_canvas *c, const rc_chart_row *row)
{
    const rc_text_style *s = rc_chart_style(c, label_role(row->dense));
    if (!s->lines || row->label->count <= (size_t)s->lines)
        return;
    rc_log_warning(c->log, "too-many-lines", row->text.runs[0].span,
                   "%zu lines where the house style has at most %d for a "
                   "%.*s",
                   row->label->count, s->lines, RC_STR(s->name));
}

void
rc_chart_row_label(const rc_canvas *c, rc_el e, const rc_chart_row *row,
                   rc_len top)
{
    if (!c->builder || !row->label->count)
        return;
    warn_long(c, row);
    rc_prose_at at = {.element = e,
                      .style = c->house->role[label_role(row->dense)],
                      .x = rc_chart_above(c) ? c->house->axis
                                             : c->house->left_x,
                      .y = top + row->label_y,
                      .align = 'l',
                      .colour = -2};
    rc_prose_lines(c, row->text, row->label, 0, row->label->count, &at);
}

rc_len
rc_chart_row_rules(const rc_canvas *c, const rc_chart_row *rows, size_t count,
                   rc_len top)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            rc_pen_rule(c, top, c->house->rule_row);
        top += rows[i].height;
    }
    return top;
}

/* -- heads ----------------------------------------------------------------- */
/* Heads wrap between words, never inside one. */
static bool
can_wrap(const rc_canvas *c, rc_str head, rc_len step)
{
    for (size_t from = 0; step > 0 && from < head.len;) {
        size_t to = rc_str_find(head, " ", from);
        to = to < head.len ? to : head.len;
        if (rc_pen_width(c, RC_ROLE_COLUMN_HEAD, rc_str_part(head, from, to))
            > step)
            return false;
        from = to + 1;
    }
    return step > 0;
}

static const rc_para *
set_head(const rc_canvas *c, rc_str head, rc_len step)
{
    return rc_prose_set(c, rc_prose_of(c->arena, head),
                        c->house->role[RC_ROLE_COLUMN_HEAD],
                        can_wrap(c, head, step) ? step : -1, false);
}

static void
draw_head(const rc_canvas *c, rc_el e, const rc_chart_heads *h, size_t i,
          rc_len y)
{
    const rc_para *para = set_head(c, h->at[i].head, h->step);
    rc_len leading = rc_chart_style(c, RC_ROLE_COLUMN_HEAD)->leading;
    rc_prose_at at = {.element = e,
                      .style = c->house->role[RC_ROLE_COLUMN_HEAD],
                      .x = h->right[i],
                      .align = 'r',
                      .colour = -2};
    if (para->count) {
        at.y = y - (rc_len)(para->count - 1) * leading;
        rc_prose_lines(c, rc_prose_of(c->arena, h->at[i].head), para, 0,
                       para->count, &at);
    }
    rc_pen_text sub = {.element = e,
                       .role = RC_ROLE_COLUMN_SUB,
                       .text = h->at[i].sub,
                       .x = h->right[i],
                       .y = y + c->house->chart.step.second_line,
                       .align = 'r'};
    rc_pen_text_put(c, &sub);
}

rc_len
rc_chart_heads_draw(const rc_canvas *c, rc_el e, const rc_chart_heads *h,
                    rc_len y)
{
    const rc_house *house = c->house;
    bool second = h->second || h->unit_sub.len;
    size_t lines = 1;
    for (size_t i = 0; i < h->count; i++) {
        const rc_para *para = set_head(c, h->at[i].head, h->step);
        lines = para->count > lines ? para->count : lines;
        second = second || h->at[i].sub.len;
    }
    y += (rc_len)(lines - 1) * rc_chart_style(c, RC_ROLE_COLUMN_HEAD)->leading;
    rc_pen_text unit = {.element = e,
                        .role = RC_ROLE_COLUMN_HEAD,
                        .text = h->unit,
                        .x = house->axis,
                        .y = y,
                        .align = 'l'};
    rc_pen_text_put(c, &unit);
    rc_pen_text sub = {.element = e,
                       .role = RC_ROLE_COLUMN_SUB,
                       .text = h->unit_sub,
                       .x = house->axis,
                       .y = y + house->chart.step.second_line,
                       .align = 'l'};
    rc_pen_text_put(c, &sub);
    for (size_t i = 0; c->builder && i < h->count; i++)
        draw_head(c, e, h, i, y);
    if (second)
        y += house->chart.step.second_line;
    return y + house->chart.step.rule;
}
