/* Bands of covers and dividers: each a bar without labels, hung on the middle
 * of its neutral part (without one, where agreement ends), cropped by the
 * page. What lies outside the scale is left out. The bands are decoration;
 * the words over them are text. */
#include "chart/inner.h"

typedef struct band {
    const rc_canvas *c;
    const rc_bands_style *style;
    const rc_key *keys;
    size_t key_count;
    rc_len y, height;
} band;

static bool
is_key(const band *b, const rc_segment *s, rc_side side)
{
    return s->key >= 0 && (size_t)s->key < b->key_count
           && b->keys[s->key].side == side;
}

static double
side_share(const band *b, const rc_band *of, rc_side side)
{
    double sum = 0;
    for (size_t i = 0; i < of->segment_count; i++)
        if (is_key(b, &of->segments[i], side) && of->segments[i].share > 0)
            sum += of->segments[i].share;
    return sum;
}

/* From `from` to `to`, as far as the page reaches. */
static void
draw_stretch(const band *b, rc_len from, rc_len to, int colour)
{
    from = rc_chart_max(from, 0);
    to = rc_chart_min(to, b->c->house->page_width);
    rc_pen_rect(b->c, RC_ARTIFACT_BACKGROUND,
                (rc_box){from, b->y, to - from, b->height}, colour);
}

static int
segment_colour(const band *b, const rc_key *key)
{
    if (key->side == RC_SIDE_NEUTRAL)
        return b->style->neutral;
    return rc_chart_fill(b->c->house, key).colour;
}

static bool
is_cut(const band *b, const rc_band *of)
{
    return (b->style->cells || of->counted) && of->base > 0
           && b->style->scale / of->base > 2 * b->style->cell_gap;
}

/* One segment from the share `before` on; cells are its responses. */
static void
draw_segment(const band *b, const rc_band *of, const rc_segment *s,
             rc_len left, double before)
{
    rc_len scale = b->style->scale, gap = b->style->cell_gap;
    int colour = segment_colour(b, &b->keys[s->key]);
    int64_t cells = is_cut(b, of) && s->count > 0 ? s->count : 1;
    for (int64_t i = 0; i < cells; i++) {
        double from = before + s->share * (double)i / (double)cells;
        double to = before + s->share * (double)(i + 1) / (double)cells;
        draw_stretch(b, left + rc_chart_part(from, scale),
                     left + rc_chart_part(to, scale) - gap, colour);
    }
}

static void
draw_band(const band *b, const rc_band *of)
{
    double to_middle = side_share(b, of, RC_SIDE_POSITIVE)
                       + side_share(b, of, RC_SIDE_NEUTRAL) / 2;
    rc_len left = b->style->middle - rc_chart_part(to_middle, b->style->scale);
    double before = 0;
    for (size_t i = 0; i < of->segment_count; i++) {
        const rc_segment *s = &of->segments[i];
        if (!(s->share > 0) || s->key < 0 || (size_t)s->key >= b->key_count
            || is_key(b, s, RC_SIDE_OUTSIDE))
            continue;
        draw_segment(b, of, s, left, before);
        before += s->share;
    }
}

/* The group's name over its band, and what it says, at the axis. */
static void
draw_label(const band *b, const rc_band *of)
{
    const rc_canvas *c = b->c;
    if (!b->style->label || !of->label.len || c->parent < 0 || !c->builder)
        return;
    rc_el e = rc_pen_element(c, RC_TAG_P, c->parent);
    rc_prose_at at = {.element = e,
                      .style = c->house->role[RC_ROLE_BAND_LABEL],
                      .x = c->house->axis,
                      .y = b->y - b->style->label,
                      .width = -1,
                      .align = 'l',
                      .colour = -2,
                      .strong = true};
    const rc_text_style *s = rc_chart_style(c, RC_ROLE_BAND_LABEL);
    rc_prose_draw(c, rc_prose_of(c->arena, of->label), &at);
    at.x += rc_text_width(c->fonts, of->label, s->strong, s->size)
            + b->style->label_gap;
    at.strong = false;
    rc_prose_draw(c, rc_prose_of(c->arena, of->label_sub), &at);
}

void
rc_chart_bands(const rc_canvas *c, const rc_bands_style *style,
               const rc_key *keys, size_t key_count, const rc_band *bands,
               size_t count, rc_len y)
{
    if (!c->builder || !count)
        return;
    rc_len page = c->house->page_height;
    rc_len pitch = style->pitch ? style->pitch : style->height + style->gap;
    rc_len all = (rc_len)count * pitch - (style->pitch ? 0 : style->gap);
    rc_len height = style->height;
    if (style->of == RC_BANDS_ITEMS && y > page - all && y < page) {
        height = (rc_len)((int64_t)height * (page - y) / all); /* all lower */
        pitch = (rc_len)((int64_t)pitch * (page - y) / all);
    } else if (style->of == RC_BANDS_ITEMS || y <= 0) {
        y = page - all;
    }
    band b = {c, style, keys, key_count, y, height};
    for (size_t i = 0; i < count; i++, b.y += pitch) {
        bool last = i + 1 == count; /* bleeds off the foot */
        b.height = last ? rc_chart_max(height, page - b.y) : height;
        draw_label(&b, &bands[i]);
        draw_band(&b, &bands[i]);
    }
}
