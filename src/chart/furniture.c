/* What stands round every figure and table: rule, number, scope, headline,
 * subtitle and low-base note above; hairline, notes and the link to the data
 * below. In houses without a left column what would stand there stands in the
 * run: number and scope over the headline, the low-base note over the drawing,
 * the link under the notes. */
#include "chart/inner.h"

/* Where the left column's things go. */
static rc_len
left_x(const rc_canvas *c)
{
    return c->house->has_left_column ? c->house->left_x : c->house->axis;
}

static rc_len
left_width(const rc_canvas *c)
{
    return c->house->has_left_column ? c->house->left_text_width
                                     : c->house->right_width;
}

static rc_len
put(const rc_canvas *c, rc_el e, rc_role role, rc_prose prose, rc_point at)
{
    rc_prose_at place = {.element = e,
                         .style = c->house->role[role],
                         .x = at.x,
                         .y = at.y,
                         .align = 'l',
                         .colour = -2};
    return rc_prose_draw(c, prose, &place);
}

/* Number and scope, from the baseline `y`; returns the last baseline. They are
 * spans of the caption, so that no reader runs them into the headline. */
static rc_len
draw_number(const rc_canvas *c, rc_el caption, const rc_furniture *f,
            rc_str scope, rc_len y)
{
    rc_len last = y;
    if (f->number.len) {
        rc_el e = rc_pen_element(c, RC_TAG_SPAN, caption);
        last = put(c, e, RC_ROLE_FIGURE_NUMBER,
                   rc_prose_of(c->arena, f->number),
                   (rc_point){left_x(c), y});
    }
    if (scope.len) {
        rc_el e = rc_pen_element(c, RC_TAG_SPAN, caption);
        rc_len first = f->number.len ? last + c->house->chart.step.scope : y;
        last = put(c, e, RC_ROLE_SCOPE, rc_prose_of(c->arena, scope),
                   (rc_point){left_x(c), first});
    }
    return last;
}

/* The low-base note with its bar, from the baseline `y`; returns its last
 * baseline. */
static rc_len
draw_low_note(const rc_canvas *c, rc_prose note, rc_len y)
{
    const rc_house *h = c->house;
    rc_prose_at at = {.element = rc_pen_element(c, RC_TAG_P, c->parent),
                      .style = h->role[RC_ROLE_LOW_NOTE],
                      .x = left_x(c) + h->chart.low.indent,
                      .y = y,
                      .width = left_width(c) - h->chart.low.indent,
                      .align = 'l',
                      .colour = -2};
    rc_len last = rc_prose_draw(c, note, &at);
    rc_len top = y - h->chart.low.bar_rise;
    rc_box bar = {left_x(c), top, h->chart.low.bar_width,
                  last + h->chart.low.bar_drop - top};
    rc_pen_rect(c, RC_ARTIFACT_LAYOUT, bar, h->chart.low.bar_colour);
    return last;
}

/* Headline and subtitle; returns the last baseline. `y` is the headline's. */
static rc_len
draw_head(const rc_canvas *c, rc_el caption, const rc_furniture *f, rc_len y)
{
    rc_len last = put(c, caption, RC_ROLE_HEADLINE, f->headline,
                      (rc_point){c->house->axis, y});
    if (f->subtitle.count)
        last = put(c, rc_pen_element(c, RC_TAG_P, c->parent), RC_ROLE_SUBTITLE,
                   f->subtitle,
                   (rc_point){c->house->axis,
                              f->headline.count
                                  ? last + c->house->chart.step.subtitle
                                  : y});
    return last;
}

rc_figure_head
rc_figure_begin(const rc_canvas *c, const rc_furniture *f, rc_prose low_note,
                rc_len y)
{
    const rc_house *h = c->house;
    rc_el caption = RC_NO_ELEMENT;
    bool says = f->number.len || f->scope.len || f->headline.count;
    if (says && c->builder) {
        caption = rc_pen_element(c, RC_TAG_CAPTION, c->parent);
        rc_builder_element_of(c->builder, caption)->origin = rc_origin_of(f->span);
    }
    rc_pen_rule(c, y, h->rule_open);
    rc_len first = y + h->chart.step.headline;
    rc_len left = draw_number(c, caption, f, f->scope, first);
    bool has_left = f->number.len || f->scope.len;
    if (!h->has_left_column) {
        rc_len last = draw_head(c, caption, f,
                                has_left ? left + h->chart.step.headline
                                         : first);
        if (low_note.count)
            last = draw_low_note(c, low_note, last + h->chart.low.step)
                   + h->chart.low.bar_drop;
        return (rc_figure_head){last, 0};
    }
    rc_len last = draw_head(c, caption, f, first);
    if (low_note.count)
        left = draw_low_note(c, low_note,
                             has_left ? left + h->chart.low.step : first)
               + h->chart.low.bar_drop;
    return (rc_figure_head){last, left};
}

rc_len
rc_figure_open(const rc_canvas *c, const rc_furniture *f, rc_len y)
{
    rc_figure_head head = rc_figure_begin(c, f, (rc_prose){NULL, 0}, y);
    return head.last;
}

/* The link to the data table: "Data: page 71". Returns its last baseline. */
static rc_len
draw_data_link(const rc_canvas *c, const rc_furniture *f, rc_len y)
{
    rc_inline run = {.kind = RC_INLINE_TEXT,
                     .target = f->data_target,
                     .note = -1,
                     .span = f->span};
    rc_str page = c->page_label ? c->page_label(c->context, f->data_target)
                                : RC_LIT("");
    /* no-break before the number */
    run.text = rc_str_printf(c->arena, "%.*s %.*s\xC2\xA0%.*s",
                             RC_STR(c->house->words.data),
                             RC_STR(c->house->words.page),
                             RC_STR(page.len ? page : RC_LIT("00")));
    rc_str contents = run.text;
    if (f->data_number.len)
        contents = rc_str_printf(c->arena, "%.*s, %.*s %.*s",
                                 RC_STR(f->data_number),
                                 RC_STR(c->house->words.page), RC_STR(page));
    rc_prose_at at = {.element = rc_pen_element(c, RC_TAG_P, c->parent),
                      .style = c->house->role[RC_ROLE_DATA_LINK],
                      .x = left_x(c),
                      .y = y,
                      .width = left_width(c),
                      .align = 'l',
                      .colour = -2};
    return rc_prose_put(c, (rc_prose){&run, 1}, &at, contents);
}

rc_len
rc_figure_close(const rc_canvas *c, const rc_furniture *f, rc_el figure,
                rc_len y)
{
    const rc_house *h = c->house;
    rc_pen_rule(c, y, h->rule_row);
    rc_len last = y, next = y + h->chart.step.base;
    for (size_t i = 0; i < f->note_count; i++) {
        if (!f->notes[i].count)
            continue;
        rc_el parent = i < f->said_count ? figure : c->parent;
        last = put(c, rc_pen_element(c, RC_TAG_P, parent), RC_ROLE_NOTE,
                   f->notes[i], (rc_point){h->axis, next});
        if (i < f->said_count)
            rc_pen_figure_reach(c, figure, last + h->unit / 2);
        next = last + h->chart.step.note;
    }
    if (f->data_target < 0)
        return last;
    rc_len link = draw_data_link(
        c, f, h->has_left_column ? y + h->chart.step.base : next);
    return rc_chart_max(last, link);
}
