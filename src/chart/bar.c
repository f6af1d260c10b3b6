/* One stacked bar.
 *
 * Borders between segments are the running sum of the shares, rounded once
 * each, so that no error adds up and the last border is the bar's end. Each
 * segment is its share less the gap at its right. One too thin to be seen is
 * drawn as wide as the house style's minimum, and what it takes comes from the
 * widest: every gap stays, and nothing ever touches. */
#include "chart/inner.h"

rc_fill
rc_chart_fill(const rc_house *h, const rc_key *key)
{
    const rc_fill *fills = NULL;
    size_t count = 0;
    switch (key->side) {
    case RC_SIDE_POSITIVE:
        fills = h->chart.positive;
        count = h->chart.positive_count;
        break;
    case RC_SIDE_NEUTRAL:
        fills = h->chart.neutral;
        count = h->chart.neutral_count;
        break;
    case RC_SIDE_NEGATIVE:
        fills = h->chart.negative;
        count = h->chart.negative_count;
        break;
    case RC_SIDE_OUTSIDE:
        fills = h->chart.outside;
        count = h->chart.outside_count;
        break;
    }
    if (!count)
        return (rc_fill){h->ink, {-1, 0}};
    size_t place = key->place > 0 ? (size_t)key->place : 0;
    return fills[place < count ? place : count - 1];
}

typedef struct bar {
    const rc_canvas *c;
    rc_el element;
    const rc_segment *segments;
    size_t count;
    rc_box box;
    int64_t responses;     /* the bar is cut into them; 0: it is not */
    const rc_len *borders; /* left ones, and the end of the last */
    rc_role values;        /* how they are set */
} bar;

/* How many responses the bar has; 0 when that is not known, or when its cells
 * would be too narrow to count. */
static int64_t
bar_responses(const bar *b)
{
    int64_t all = 0;
    for (size_t i = 0; i < b->count; i++) {
        if (b->segments[i].count < 0
            || b->segments[i].count > INT32_MAX / RC_PT)
            return 0;
        all += b->segments[i].count;
    }
    rc_len least = 3 * b->c->house->chart.low.notch_width;
    return all > 0 && b->box.width / all >= least ? all : 0;
}

/* A segment's part of the bar: of its responses where they are counted. */
static double
part_of(const bar *b, size_t i)
{
    double part = b->responses ? (double)b->segments[i].count
                               : b->segments[i].share;
    return part > 0 ? part : 0;
}

/* What the bar's whole is. Printed percentages may add up to 99 or 101: within
 * half a per cent for each they count as the whole. A sum that is less leaves
 * the bar's end free. */
static double
bar_whole(const bar *b)
{
    double sum = 0;
    size_t some = 0;
    for (size_t i = 0; i < b->count; i++) {
        sum += part_of(b, i);
        some += part_of(b, i) > 0;
    }
    return sum > 1 - 0.005 * (double)some ? sum : 1;
}

static rc_len
width_of(const rc_len *borders, size_t i)
{
    return borders[i + 1] - borders[i];
}

/* Widens what is too thin to see, at the cost of the widest. */
static void
keep_seen(const bar *b, rc_len least, rc_len *borders)
{
    for (size_t i = 0; i < b->count; i++) {
        rc_len lack = least - width_of(borders, i);
        if (part_of(b, i) <= 0 || lack <= 0)
            continue;
        size_t widest = 0;
        for (size_t k = 1; k < b->count; k++)
            if (width_of(borders, k) > width_of(borders, widest))
                widest = k;
        if (width_of(borders, widest) - lack < least)
            return; /* a bar of nothing but slivers */
        if (widest > i)
            for (size_t k = i + 1; k <= widest; k++)
                borders[k] += lack;
        else
            for (size_t k = widest + 1; k <= i; k++)
                borders[k] -= lack;
    }
}

static const rc_len *
bar_borders(const bar *b)
{
    const rc_house *h = b->c->house;
    rc_len *borders = RC_MAKE_ARRAY(b->c->arena, rc_len, b->count + 1);
    double whole = bar_whole(b), sum = 0;
    borders[0] = b->box.x;
    for (size_t i = 0; i < b->count; i++) {
        sum += part_of(b, i);
        borders[i + 1] = b->box.x + rc_chart_part(sum / whole, b->box.width);
    }
    keep_seen(b, h->chart.stacked.gap + h->chart.stacked.minimum, borders);
    return borders;
}

static void
draw_value(const bar *b, const rc_segment *s, rc_box box, int fill)
{
    const rc_house *h = b->c->house;
    if (!s->value.len || (!h->chart.stacked.star && rc_str_is(s->value, "*")))
        return;
    const rc_text_style *style = rc_chart_style(b->c, b->values);
    rc_len width = rc_pen_width(b->c, b->values, s->value);
    if (width + h->chart.stacked.value_padding > box.width)
        return;
    int colour = style->colour;
    rc_len below = h->chart.middle.value * style->size
                   / rc_chart_style(b->c, RC_ROLE_VALUE)->size;
    rc_pen_text t = {
        .element = b->element,
        .role = b->values,
        .text = s->value,
        .x = box.x + box.width / 2,
        .y = box.y + box.height / 2 + below,
        .align = 'c',
        .own = true,
        .colour = colour >= 0 ? colour : rc_house_ink_on(h, fill),
    };
    rc_pen_text_put(b->c, &t);
}

/* Ticks at the top and foot of a segment, between its responses: where a gap
 * would be. `before` responses stand left of it. */
static void
draw_notches(const bar *b, rc_box box, rc_fill fill, int64_t before,
             int64_t count)
{
    const rc_house *h = b->c->house;
    bool outlined = fill.outline.colour >= 0;
    rc_len width = outlined ? h->chart.low.outlined_width
                            : h->chart.low.notch_width;
    rc_len length = box.height < h->chart.low.notch_low_under
                        ? h->chart.low.notch_low
                        : h->chart.low.notch_length;
    int colour = outlined ? h->chart.low.outlined_colour
                          : h->chart.low.notch_colour;
    for (int64_t k = before + 1; k < before + count; k++) {
        rc_len border = b->box.x
                        + rc_chart_part((double)k / (double)b->responses,
                                        b->box.width);
        rc_len middle = border - h->chart.stacked.gap / 2;
        rc_box tick = {middle - width / 2, box.y, width, length};
        rc_pen_rect(b->c, b->element, tick, colour);
        tick.y = box.y + box.height - length;
        rc_pen_rect(b->c, b->element, tick, colour);
    }
}

void
rc_chart_bar(const rc_canvas *c, rc_el e, const rc_key *keys,
             const rc_segment *segments, size_t count, rc_box box,
             bool counted)
{
    rc_bar_draw(c, e, keys,
                &(rc_bar_look){segments, count, box, counted, RC_ROLE_VALUE});
}

void
rc_bar_draw(const rc_canvas *c, rc_el e, const rc_key *keys,
            const rc_bar_look *look)
{
    const rc_segment *segments = look->segments;
    size_t count = look->count;
    rc_box box = look->box;
    if (!c->builder || !count)
        return;
    bar b = {.c = c, .element = e, .segments = segments, .count = count,
             .box = box, .values = look->values};
    b.responses = look->counted ? bar_responses(&b) : 0;
    b.borders = bar_borders(&b);
    int64_t before = 0;
    for (size_t i = 0; i < count; i++) {
        const rc_segment *s = &segments[i];
        rc_fill fill = rc_chart_fill(c->house, &keys[s->key]);
        rc_box part = {b.borders[i], box.y,
                       width_of(b.borders, i) - c->house->chart.stacked.gap,
                       box.height};
        if (part_of(&b, i) > 0 && part.width > 0) {
            rc_pen_fill(c, e, part, fill);
            if (b.responses)
                draw_notches(&b, part, fill, before, s->count);
            draw_value(&b, s, part, fill.colour);
        }
        before += s->count;
    }
}
