/* Trends: shares or means over waves, on an axis from 0. A wave without a
 * figure is said in words, and no line runs through it. */
#include "chart/inner.h"

typedef struct trend {
    const rc_canvas *c;
    const rc_chart *chart;
    rc_el element;
    rc_len left, right;  /* of the plot */
    rc_len top, bottom;
    rc_len first, pitch; /* x of the first wave; from wave to wave */
    int end, step;       /* of the axis, in printed units */
} trend;

/* -- the axis -------------------------------------------------------------- */
/* The end in printed units: shares are printed as per cent. */
static int
printed_end(double end)
{
    if (!(end > 0))
        end = 1;
    double printed = end <= 1 ? end * 100 : end;
    return printed < 1 ? 1 : printed > 1000000 ? 1000000 : (int)(printed + 0.5);
}

/* The smallest round step with no more gridlines than asked for. */
static int
round_step(int end, int lines)
{
    static const int steps[] = {1, 2, 5, 10, 20, 50};
    enum { STEP_COUNT = sizeof steps / sizeof steps[0] };
    lines = lines > 0 ? lines : 1;
    for (int scale = 1; scale <= 1000000; scale *= 100)
        for (int i = 0; i < STEP_COUNT; i++)
            if (end / (steps[i] * scale) <= lines
                && end % (steps[i] * scale) == 0)
                return steps[i] * scale;
    return end;
}

static rc_len
value_y(const trend *t, double value)
{
    double end = t->chart->scale_end > 0 ? t->chart->scale_end : 1;
    return t->bottom - rc_chart_part(value / end, t->bottom - t->top);
}

static rc_len
wave_x(const trend *t, int wave)
{
    return t->first + wave * t->pitch;
}

/* Half the height of a text's figures. */
static rc_len
half_figure(const trend *t, rc_role role)
{
    return rc_chart_style(t->c, role)->size * 357 / 1000;
}

static void
draw_axis(const trend *t)
{
    const rc_house *h = t->c->house;
    for (int at = 0; t->c->builder && at <= t->end; at += t->step) {
        rc_len y = t->bottom
                   - rc_chart_part((double)at / t->end, t->bottom - t->top);
        rc_pen_line(t->c, RC_ARTIFACT_LAYOUT, (rc_point){t->left, y},
                    (rc_point){t->right, y}, at ? h->rule_row : h->rule_head);
    }
    for (int at = t->end / t->step * t->step; t->c->builder && at >= 0;
         at -= t->step) {
        rc_len y = t->bottom
                   - rc_chart_part((double)at / t->end, t->bottom - t->top);
        rc_pen_text text = {.element = t->element,
                            .role = RC_ROLE_AXIS_LABEL,
                            .text = rc_str_printf(t->c->arena, "%d", at),
                            .x = t->left - h->chart.trend.axis_gap,
                            .y = y + half_figure(t, RC_ROLE_AXIS_LABEL),
                            .align = 'r'};
        rc_pen_text_put(t->c, &text);
    }
}

/* -- points ---------------------------------------------------------------- */
static const rc_trend_point *
point_at(const rc_trend_series *s, int wave)
{
    for (size_t i = 0; i < s->point_count; i++)
        if (s->points[i].wave == wave && !s->points[i].missing)
            return &s->points[i];
    return NULL;
}

/* Which line a series belongs to: one without a name is an earlier piece of
 * the next that has one, cut where waves cannot be compared. */
static size_t
line_of(const trend *t, size_t series)
{
    size_t line = 0;
    for (size_t i = 0; i < series; i++)
        line += t->chart->trend[i].name.len > 0;
    return line;
}

static size_t
line_count(const trend *t)
{
    return line_of(t, t->chart->trend_count);
}

static int
series_colour(const trend *t, size_t series)
{
    const rc_house *h = t->c->house;
    size_t colours = h->chart.trend.colours;
    return colours ? h->chart.trend.colour[line_of(t, series) % colours]
                   : h->ink;
}

static void
draw_lines(const trend *t, size_t series)
{
    const rc_trend_series *s = &t->chart->trend[series];
    rc_rule rule = {t->c->house->chart.trend.line,
                    series_colour(t, series)};
    for (int wave = 0; wave + 1 < (int)t->chart->wave_count; wave++) {
        const rc_trend_point *a = point_at(s, wave);
        const rc_trend_point *b = point_at(s, wave + 1);
        if (a && b)
            rc_pen_line(
                t->c, t->element,
                (rc_point){wave_x(t, wave), value_y(t, a->value)},
                (rc_point){wave_x(t, wave + 1), value_y(t, b->value)}, rule);
    }
}

/* A label that must keep clear of others: of a point at `y`. */
typedef struct label {
    rc_len y, base; /* its baseline */
    rc_str text;
} label;

/* From the top down; of equals the first series first. */
static void
sort_labels(label *at, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0 && at[k].y < at[k - 1].y; k--) {
            label swap = at[k];
            at[k] = at[k - 1];
            at[k - 1] = swap;
        }
}

/* Values of one wave: over their point, but for those that have another near
 * above them. These stand under it, or under the last of the lot where the
 * next point is in the way, in order and one under another. */
static void
place_values(const trend *t, label *at, size_t count)
{
    const rc_house *h = t->c->house;
    rc_len offset = h->chart.trend.value;
    rc_len drop = offset + 2 * half_figure(t, RC_ROLE_POINT_VALUE);
    rc_len line = rc_chart_style(t->c, RC_ROLE_POINT_VALUE)->size;
    rc_len free_from = INT32_MIN;
    size_t waiting = 0; /* of those before i */
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || at[i].y - at[i - 1].y >= 3 * offset) {
            at[i].base = at[i].y - offset;
            waiting = i + 1;
            free_from = INT32_MIN;
            continue;
        }
        if (i + 1 < count
            && at[i + 1].y - h->chart.trend.point / 2 < at[i].y + drop)
            continue;
        for (; waiting <= i; waiting++) {
            rc_len base = at[i].y + drop;
            at[waiting].base = base > free_from ? base : free_from;
            free_from = at[waiting].base + line;
        }
    }
}

/* Names at the ends of lines: beside their point, and where they would touch,
 * apart by a line and as near to it as can be. */
static void
place_names(const trend *t, label *at, size_t count)
{
    rc_len line = rc_chart_style(t->c, RC_ROLE_LEGEND)->leading;
    rc_len half = half_figure(t, RC_ROLE_LEGEND);
    for (size_t from = 0, to; from < count; from = to) {
        int64_t shift = 0;
        at[from].base = at[from].y + half;
        for (to = from + 1; to < count; to++) {
            rc_len own = at[to].y + half;
            at[to].base = at[to - 1].base + line;
            if (own >= at[to].base)
                break;
            shift += at[to].base - own;
        }
        rc_len up = (rc_len)(shift / (int64_t)(to - from));
        for (size_t i = from; i < to; i++)
            at[i].base -= up;
    }
}

static void
draw_point(const trend *t, size_t series, const rc_trend_point *point)
{
    const rc_house *h = t->c->house;
    rc_point at = {wave_x(t, point->wave), value_y(t, point->value)};
    rc_len radius = h->chart.trend.point / 2, ring = h->chart.trend.ring;
    int colour = series_colour(t, series);
    rc_fill fill = {colour, {-1, 0}};
    if (line_of(t, series) % 2) /* every second line is hollow */
        fill = (rc_fill){h->paper, {colour, h->chart.dots.square_line}};
    rc_pen_circle(t->c, t->element, at, radius + ring / 2,
                  (rc_fill){h->paper, {-1, 0}});
    rc_pen_circle(t->c, t->element, at, radius - ring / 2, fill);
}

static void
draw_values(const trend *t, int wave)
{
    label *at = RC_MAKE_ARRAY(t->c->arena, label, t->chart->trend_count);
    size_t count = 0;
    for (size_t i = 0; i < t->chart->trend_count; i++) {
        const rc_trend_point *p = point_at(&t->chart->trend[i], wave);
        if (p)
            at[count++] = (label){value_y(t, p->value), 0, p->text};
    }
    sort_labels(at, count);
    place_values(t, at, count);
    for (size_t i = 0; i < count; i++) {
        rc_pen_text text = {.element = t->element,
                            .role = RC_ROLE_POINT_VALUE,
                            .text = at[i].text,
                            .x = wave_x(t, wave),
                            .y = at[i].base,
                            .align = 'c'};
        rc_pen_text_put(t->c, &text);
    }
}

static const rc_trend_point *
last_point(const trend *t, size_t series)
{
    const rc_trend_point *last = NULL;
    for (int wave = (int)t->chart->wave_count; !last && wave-- > 0;)
        last = point_at(&t->chart->trend[series], wave);
    return last;
}

/* The names of the lines that end at this wave. */
static void
draw_names(const trend *t, int wave)
{
    label *at = RC_MAKE_ARRAY(t->c->arena, label, t->chart->trend_count);
    size_t count = 0;
    for (size_t i = 0; line_count(t) > 1 && i < t->chart->trend_count; i++) {
        const rc_trend_point *p = last_point(t, i);
        if (p && p->wave == wave && t->chart->trend[i].name.len)
            at[count++] = (label){value_y(t, p->value), 0,
                                  t->chart->trend[i].name};
    }
    sort_labels(at, count);
    place_names(t, at, count);
    for (size_t i = 0; i < count; i++) {
        rc_pen_text text = {.element = t->element,
                            .role = RC_ROLE_LEGEND,
                            .text = at[i].text,
                            .x = wave_x(t, wave)
                                 + t->c->house->chart.trend.name,
                            .y = at[i].base,
                            .align = 'l'};
        rc_pen_text_put(t->c, &text);
    }
}

/* What is said where a wave has no point: the point's own words, or the house
 * style's. */
static void
draw_missing(const trend *t, int wave)
{
    rc_str says = t->c->house->chart.trend.missing;
    for (size_t i = 0; i < t->chart->trend_count; i++) {
        const rc_trend_series *s = &t->chart->trend[i];
        if (point_at(s, wave))
            return;
        for (size_t k = 0; k < s->point_count; k++)
            if (s->points[k].wave == wave && s->points[k].text.len)
                says = s->points[k].text;
    }
    rc_inline run = {.kind = RC_INLINE_TEXT,
                     .style = RC_STYLE_EMPH,
                     .text = says,
                     .target = -1,
                     .note = -1};
    rc_prose_at at = {.element = t->element,
                      .style = t->c->house->role[RC_ROLE_AXIS_LABEL],
                      .x = wave_x(t, wave),
                      .y = t->bottom - t->c->house->chart.trend.missing_rise,
                      .width = -1,
                      .align = 'c',
                      .colour = -2};
    rc_prose_draw(t->c, (rc_prose){&run, 1}, &at);
}

/* -- waves ----------------------------------------------------------------- */
/* Returns the last baseline. */
static rc_len
draw_waves(const trend *t)
{
    const rc_house *h = t->c->house;
    rc_len y = t->bottom + h->chart.trend.wave, last = y;
    for (size_t i = 0; i < t->chart->wave_count; i++) {
        rc_pen_text text = {.element = t->element,
                            .role = RC_ROLE_COLUMN_HEAD,
                            .text = t->chart->waves[i],
                            .x = wave_x(t, (int)i),
                            .y = y,
                            .align = 'c'};
        rc_pen_text_put(t->c, &text);
        if (!t->chart->wave_subs || !t->chart->wave_subs[i].len)
            continue;
        text.role = RC_ROLE_COLUMN_SUB;
        text.text = t->chart->wave_subs[i];
        text.y = last = y + h->chart.trend.wave_second;
        rc_pen_text_put(t->c, &text);
    }
    return last;
}

/* Waves stand at equal distances; names at the lines' ends ask for room. */
static void
place_waves(trend *t)
{
    const rc_house *h = t->c->house;
    rc_len before = h->chart.trend.inset, after = before;
    for (size_t i = 0; line_count(t) > 1 && i < t->chart->trend_count; i++) {
        rc_len name = rc_pen_width(t->c, RC_ROLE_LEGEND,
                                   t->chart->trend[i].name);
        after = rc_chart_max(after, h->chart.trend.name + name);
    }
    rc_len width = t->right - t->left - before - after;
    size_t waves = t->chart->wave_count;
    t->first = waves > 1 ? t->left + before : t->left + before + width / 2;
    t->pitch = waves > 1 ? width / (rc_len)(waves - 1) : 0;
}

static void
place_axis(trend *t)
{
    const rc_house *h = t->c->house;
    t->end = printed_end(t->chart->scale_end);
    t->step = round_step(t->end, h->chart.trend.steps);
    t->left = h->axis;
    t->right = h->right;
    if (!h->has_left_column) /* the numbers need room of their own */
        t->left += rc_pen_width(t->c, RC_ROLE_AXIS_LABEL,
                                rc_str_printf(t->c->arena, "%d", t->end))
                   + h->chart.trend.axis_gap;
}

rc_len
rc_trend_draw(const rc_canvas *c, const rc_chart *chart, rc_figure_head head)
{
    const rc_house *h = c->house;
    trend t = {.c = c, .chart = chart, .element = c->parent};
    rc_len y = rc_chart_max(head.last + h->chart.step.legend, head.left);
    rc_pen_text unit = {.element = t.element,
                        .role = RC_ROLE_COLUMN_HEAD,
                        .text = chart->unit,
                        .x = h->axis,
                        .y = y,
                        .align = 'l'};
    rc_pen_text_put(c, &unit);
    t.top = y + h->chart.trend.top;
    t.bottom = t.top + h->chart.trend.height;
    place_axis(&t);
    place_waves(&t);
    draw_axis(&t);
    for (size_t i = 0; i < chart->trend_count; i++)
        draw_lines(&t, i);
    for (size_t i = 0; i < chart->trend_count; i++)
        for (size_t k = 0; k < chart->trend[i].point_count; k++)
            if (!chart->trend[i].points[k].missing)
                draw_point(&t, i, &chart->trend[i].points[k]);
    for (size_t i = 0; i < chart->wave_count; i++) {
        draw_values(&t, (int)i);
        draw_names(&t, (int)i);
        draw_missing(&t, (int)i);
    }
    return draw_waves(&t) + h->chart.trend.bottom;
}
