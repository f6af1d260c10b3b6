/* The pen: page operations in terms of the house style. While a figure is
 * measured every one of these is nothing, so that measuring and drawing can be
 * the same code. */
#include "chart/inner.h"

const rc_text_style *
rc_chart_style(const rc_canvas *c, rc_role role)
{
    return &c->house->styles[c->house->role[role]];
}

rc_len
rc_chart_max(rc_len a, rc_len b)
{
    return a > b ? a : b;
}

rc_len
rc_chart_min(rc_len a, rc_len b)
{
    return a < b ? a : b;
}

rc_len
rc_chart_part(double share, rc_len width)
{
    if (!(share > 0))
        return 0;
    double x = share * width;
    return x >= (double)INT32_MAX / 4 ? INT32_MAX / 4 : (rc_len)(x + 0.5);
}

rc_len
rc_chart_round_up(rc_len x, rc_len unit)
{
    return unit > 0 ? (x + unit - 1) / unit * unit : x;
}

rc_len
rc_pen_width(const rc_canvas *c, rc_role role, rc_str text)
{
    const rc_text_style *s = rc_chart_style(c, role);
    return rc_text_width(c->fonts, text, s->face, s->size);
}

rc_len
rc_pen_text_put(const rc_canvas *c, const rc_pen_text *t)
{
    if (!t->text.len)
        return 0;
    if (!c->builder)
        return rc_pen_width(c, t->role, t->text);
    const rc_text_style *s = rc_chart_style(c, t->role);
    rc_text_run run = {
        .text = t->text, .face = s->face, .size = s->size, .tag = 0};
    rc_text_spec spec = {.runs = &run, .count = 1};
    const rc_para *para = 
        rc_text_set(rc_canvas_lines(c), c->fonts, &spec, c->log);
    if (!para->count)
        return 0;
    const rc_line *line = &para->lines[0];
    rc_len x = t->align == 'r'   ? t->x - line->width
               : t->align == 'c' ? t->x - line->width / 2
                                 : t->x;
    int colour = t->own           ? t->colour
                 : s->colour >= 0 ? s->colour
                                  : c->house->ink;
    for (size_t i = 0; i < line->count; i++)
        rc_builder_text(c->builder, c->page, t->element, &line->parts[i].run,
                        x + line->parts[i].x, t->y, colour);
    return line->width;
}

void
rc_pen_fill(const rc_canvas *c, rc_el e, rc_box box, rc_fill fill)
{
    if (c->builder && box.width > 0 && box.height > 0)
        rc_builder_rect(c->builder, c->page, e, box, fill.colour,
                        fill.outline.colour,
                        fill.outline.colour >= 0 ? fill.outline.width : 0);
}

void
rc_pen_rect(const rc_canvas *c, rc_el e, rc_box box, int colour)
{
    rc_pen_fill(c, e, box, (rc_fill){colour, {-1, 0}});
}

void
rc_pen_line(const rc_canvas *c, rc_el e, rc_point from, rc_point to,
            rc_rule rule)
{
    if (c->builder && rule.width > 0)
        rc_builder_line(c->builder, c->page, e, from, to, rule.width,
                        rule.colour);
}

void
rc_pen_path(const rc_canvas *c, rc_el e, const rc_point *points, size_t count,
            int colour)
{
    if (c->builder)
        rc_builder_path(c->builder, c->page, e, points, count, colour);
}

void
rc_pen_circle(const rc_canvas *c, rc_el e, rc_point centre, rc_len radius,
              rc_fill fill)
{
    if (c->builder && radius > 0)
        rc_builder_circle(c->builder, c->page, e, centre, radius, fill.colour,
                          fill.outline.colour,
                          fill.outline.colour >= 0 ? fill.outline.width : 0);
}

void
rc_pen_rule(const rc_canvas *c, rc_len y, rc_rule rule)
{
    rc_pen_line(c, RC_ARTIFACT_LAYOUT, (rc_point){c->house->left, y},
                (rc_point){c->house->right, y}, rule);
}

rc_el
rc_pen_element(const rc_canvas *c, rc_tag tag, rc_el parent)
{
    return c->builder ? rc_builder_element(c->builder, tag, parent)
                      : RC_NO_ELEMENT;
}

rc_el
rc_pen_figure(const rc_canvas *c, const rc_chart *chart)
{
    rc_el e = rc_pen_element(c, RC_TAG_FIGURE, c->parent);
    if (e != RC_NO_ELEMENT) {
        rc_element_more *more = rc_builder_more(c->builder, e);
        more->alt = chart->alt.len ? chart->alt : chart->fur.number;
        more->file = (rc_file){chart->data.name, chart->data.title,
                               chart->data.text};
        rc_builder_element_of(c->builder, e)->origin =
            rc_origin_of(chart->fur.span);
    }
    return e;
}

void
rc_pen_figure_box(const rc_canvas *c, rc_el figure, rc_len top, rc_len bottom)
{
    if (!c->builder)
        return;
    rc_element_more *e = rc_builder_more(c->builder, figure);
    e->has_box = true;
    e->box_page = c->page;
    e->box = (rc_box){c->house->left, top, c->house->right - c->house->left,
                      bottom - top};
}

void
rc_pen_figure_reach(const rc_canvas *c, rc_el figure, rc_len bottom)
{
    if (!c->builder)
        return;
    rc_box *box = &rc_builder_more(c->builder, figure)->box;
    box->height = rc_chart_max(box->height, bottom - box->y);
}
