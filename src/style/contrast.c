/* Contrast by WCAG 2.2, 1.4.3 and 1.4.11: what a house style must reach, it
 * says itself (`contrast`), and never less than they ask; what stands on what
 * and touches what is known here.
 *
 * 1. Text reaches `text`, or `large` from 18 points and bold from 14, on all it
 *    can stand on: the page, a box, a diagram, tinted cells, and values on
 *    every fill, where they have no colour of their own in the better of ink
 *    and paper.
 * 2. Every part of a chart reaches `parts` against the page, by its outline
 *    where it has one, and that outline against its own fill.
 * 3. Neighbours on a scale reach it against each other, by what touches. Only
 *    next categories need to: where one between is missing, the page shows in
 *    the gap. Without a gap, all need to.
 * 4. Arrows reach it against the tints they stand on, and the marks of a dot
 *    chart against the line they stand on, where no paper parts them.
 * Rules, tints and bullets carry nothing alone, and the bands of covers and
 * dividers are artifacts: they are not looked at. */
#include "style/reader.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Relative luminance of one channel, WCAG 2.2. */
static double
linear(uint8_t channel)
{
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double
luminance(rc_colour c)
{
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

double
rc_colour_contrast(rc_colour a, rc_colour b)
{
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}

int
rc_house_ink_on(const rc_house *h, int fill_colour)
{
    rc_assert(fill_colour >= 0 && (size_t)fill_colour < h->colour_count);
    rc_colour fill = h->colours[fill_colour];
    double ink = rc_colour_contrast(h->colours[h->ink], fill);
    double paper = rc_colour_contrast(h->colours[h->paper], fill);
    return paper > ink ? h->paper : h->ink;
}

/* -- what is too weak ------------------------------------------------------------- */
enum { MOST_PLACES = 3 };

/* `c` moved towards black or white by as little as it takes to stand out from
 * `from`; false where even that does not do. */
static bool
stronger(rc_colour c, rc_colour from, double least, rc_colour *out)
{
    int end = luminance(c) < luminance(from) ? 0 : 255;
    for (int step = 1; step <= 64; step++) {
        *out = c;
        out->r = (uint8_t)(c.r + (end - c.r) * step / 64);
        out->g = (uint8_t)(c.g + (end - c.g) * step / 64);
        out->b = (uint8_t)(c.b + (end - c.b) * step / 64);
        if (rc_colour_contrast(*out, from) >= least)
            return true;
    }
    return false;
}

static int
apart(rc_colour a, rc_colour b)
{
    return abs(a.r - b.r) + abs(a.g - b.g) + abs(a.b - b.b);
}

/* What to do about a pair: a shade of the one that needs the smaller step, and
 * is neither ink nor paper. */
static void
hint_pair(rc_reader *r, const rc_weak *w)
{
    const rc_house *h = r->house;
    rc_str shade = {"", 0}, places = {"", 0};
    int least = INT_MAX;
    for (int i = 0; i < 2; i++) {
        int own = i ? w->b : w->a, other = i ? w->a : w->b;
        rc_colour c = h->colours[own], better;
        if (own == h->ink || own == h->paper
            || !stronger(c, h->colours[other], w->least, &better)
            || apart(c, better) >= least)
            continue;
        least = apart(c, better);
        shade = rc_str_printf(r->arena, ": \"%02X%02X%02X\" for '%.*s' would do",
                              better.r, better.g, better.b, RC_STR(c.name));
    }
    if (w->more >= MOST_PLACES)
        places = rc_str_printf(r->arena, "; they meet in %zu places",
                               w->more + 1);
    rc_diag_hint(w->diag, "make one darker or lighter%.*s%.*s", RC_STR(shade),
                 RC_STR(places));
}

/* A pair reported before: the place is one more of that mistake. */
static bool
is_known(rc_reader *r, int a, int b, double least, rc_span at,
         const char *what)
{
    for (size_t i = 0; i < r->weak.count; i++) {
        rc_weak *w = &r->weak.at[i];
        if (w->a != a || w->b != b || w->least < least)
            continue;
        if (++w->more < MOST_PLACES)
            rc_diag_also(w->diag, at, "and %s", what);
        else
            hint_pair(r, w);
        return true;
    }
    return false;
}

static void
refuse_house(rc_reader *r)
{
    if (!rc_log_is_allowed(r->log, "low-contrast"))
        r->sound = false;
}

static void
need(rc_reader *r, int a, int b, double least, rc_span at, const char *what)
{
    if (a < 0 || b < 0)
        return; /* nothing is drawn there */
    const rc_house *h = r->house;
    double found = rc_colour_contrast(h->colours[a], h->colours[b]);
    if (found >= least || is_known(r, a, b, least, at, what))
        return;
    rc_str has = rc_num_print(r->arena, found - 0.005, 2); /* never as good */
    rc_str wants = rc_num_print(r->arena, least, 1);
    refuse_house(r);
    rc_diag *d = rc_log_check(
        r->log, "low-contrast", at,
        "%s: '%.*s' on '%.*s' has a contrast of %.*s, less than %.*s", what,
        RC_STR(h->colours[a].name), RC_STR(h->colours[b].name), RC_STR(has),
        RC_STR(wants));
    for (int i = 0; i < 2; i++) {
        rc_span place = r->colour_places.at[i ? b : a];
        if (place.source)
            rc_diag_also(d, place, "'%.*s'",
                         RC_STR(h->colours[i ? b : a].name));
    }
    rc_weak *w = rc_vec_push(r->arena, &r->weak);
    *w = (rc_weak){a, b, least, d, 0};
    hint_pair(r, w);
}

static void
need_part(rc_reader *r, int colour, int on, rc_span at, const char *what)
{
    need(r, colour, on, r->house->contrast_parts, at, what);
}

static rc_span
place_of(const rc_reader *r, const char *path)
{
    return rc_reader_place(&rc_house_keys, &r->places, path);
}

/* -- text --------------------------------------------------------------------------- */
static bool
is_bold(const rc_house *h, int face)
{
    return face >= 0 && rc_str_starts(h->faces[face].style, "bold");
}

/* The regular face decides: a bold word in a paragraph does not make it
 * large. */
static bool
is_large(const rc_house *h, const rc_text_style *s)
{
    return s->size >= 18 * RC_PT
           || (s->size >= 14 * RC_PT && is_bold(h, s->face));
}

/* Text of a style on a ground, in its own colour or the one by contrast. */
static void
need_style(rc_reader *r, int style, int on, rc_span at, const char *what)
{
    const rc_house *h = r->house;
    if (style < 0 || on < 0)
        return;
    const rc_text_style *s = &h->styles[style];
    int colour = s->colour >= 0 ? s->colour : rc_house_ink_on(h, on);
    need(r, colour, on, is_large(h, s) ? h->contrast_large : h->contrast_text,
         at, what);
}

/* Each style on the page; those by contrast stand on fills alone. Large text
 * comes last, so that what is too weak for small text is one mistake. */
static void
check_page(rc_reader *r)
{
    const rc_house *h = r->house;
    for (size_t i = 0; i < 2 * h->style_count; i++) {
        size_t at = i % h->style_count;
        const rc_text_style *s = &h->styles[at];
        if (s->colour < 0 || is_large(h, s) != (i >= h->style_count))
            continue;
        rc_str what =
            rc_str_printf(r->arena, "text '%.*s'", RC_STR(s->name));
        need_style(r, (int)at, h->paper, r->style_places.at[at], what.at);
    }
}

/* What a box, a diagram or a tinted cell may hold. */
static void
check_grounds(rc_reader *r)
{
    const rc_house *h = r->house;
    const struct {
        rc_role role;
        int on;
        const char *where;
    } texts[] = {
        {RC_ROLE_BOX_HEAD, h->box.fill, "a box"},
        {RC_ROLE_BOX, h->box.fill, "a box"},
        {RC_ROLE_SIDE_HEAD, h->box.fill, "a box"},
        {RC_ROLE_HEAD, h->box.fill, "a box"},
        {RC_ROLE_COLUMN_HEAD, h->box.fill, "a box"},
        {RC_ROLE_CELL, h->box.fill, "a box"},
        {RC_ROLE_QUOTE, h->box.fill, "a box"},
        {RC_ROLE_DIAGRAM_HEAD, h->diagram.fill, "a diagram"},
        {RC_ROLE_DIAGRAM, h->diagram.fill, "a diagram"},
        {RC_ROLE_CELL, h->chart.tint_higher, "a tinted cell"},
        {RC_ROLE_CELL, h->chart.tint_lower, "a tinted cell"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int style = h->role[texts[i].role];
        if (style < 0)
            continue;
        rc_str what = rc_str_printf(r->arena, "text '%.*s' on %s",
                                    RC_STR(h->styles[style].name),
                                    texts[i].where);
        need_style(r, style, texts[i].on, r->style_places.at[style], what.at);
    }
}

/* Links and numbers have colours of their own, at any size. */
static void
check_links(rc_reader *r)
{
    const rc_house *h = r->house;
    const struct {
        const char *path;
        int colour, on;
        const char *what;
    } texts[] = {
        {"links.colour", h->link, h->paper, "links"},
        {"links.colour", h->link, h->box.fill, "links in a box"},
        {"links.colour", h->link, h->diagram.fill, "links in a diagram"},
        {"links.colour", h->link, h->chart.tint_higher,
         "links in a tinted cell"},
        {"links.colour", h->link, h->chart.tint_lower,
         "links in a tinted cell"},
        {"contents.number.level-1.colour", h->contents.number1_colour,
         h->paper, "numbers"},
        {"contents.number.level-2.colour", h->contents.number2_colour,
         h->paper, "numbers"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        need(r, texts[i].colour, texts[i].on, h->contrast_text,
             place_of(r, texts[i].path), texts[i].what);
}

/* -- scales ------------------------------------------------------------------------- */
enum { MOST_PARTS = 4 * RC_MOST_IN_LIST };

typedef struct part {
    const rc_fill *fill;
    rc_span at;
} part;

/* What touches the neighbour: the outline, where there is one. */
static int
edge(const rc_fill *f)
{
    return f->outline.colour >= 0 ? f->outline.colour : f->colour;
}

static size_t
add_parts(const rc_reader *r, part *parts, size_t count, const rc_fill *fills,
          size_t fill_count, const char *path, bool backwards)
{
    for (size_t i = 0; i < fill_count; i++) {
        size_t at = backwards ? fill_count - 1 - i : i;
        parts[count++] = (part){&fills[at], place_of(r, path)};
    }
    return count;
}

/* As a bar shows them: outermost positive first, outermost negative last. */
static size_t
scale_parts(const rc_reader *r, part *parts)
{
    const rc_house *h = r->house;
    size_t n = 0;
    n = add_parts(r, parts, n, h->chart.positive, h->chart.positive_count,
                  "chart.scale.positive", false);
    n = add_parts(r, parts, n, h->chart.neutral, h->chart.neutral_count,
                  "chart.scale.neutral", false);
    n = add_parts(r, parts, n, h->chart.negative, h->chart.negative_count,
                  "chart.scale.negative", true);
    return add_parts(r, parts, n, h->chart.outside, h->chart.outside_count,
                     "chart.scale.outside", false);
}

static void
check_part(rc_reader *r, const part *p)
{
    const rc_house *h = r->house;
    need_part(r, edge(p->fill), h->paper, p->at, "a fill beside the page");
    if (p->fill->outline.colour >= 0)
        need_part(r, p->fill->outline.colour, p->fill->colour, p->at,
                  "an outline round its fill");
    need_style(r, h->role[RC_ROLE_VALUE], p->fill->colour, p->at,
               "values on a fill");
    need_style(r, h->role[RC_ROLE_LEAD_VALUE], p->fill->colour, p->at,
               "values on a fill");
    need_part(r,
              p->fill->outline.colour >= 0 ? h->chart.low.outlined_colour
                                           : h->chart.low.notch_colour,
              p->fill->colour, p->at, "notches in a fill");
}

/* Where an outline is as dark as its neighbour, the two run into one line,
 * and it is the fill behind that shows where the neighbour ends. */
static void
check_neighbours(rc_reader *r, const part *a, const part *b)
{
    const rc_house *h = r->house;
    bool a_outlined = a->fill->outline.colour >= 0;
    bool b_outlined = b->fill->outline.colour >= 0;
    if (a_outlined && b_outlined)
        return; /* one line between them */
    if ((a_outlined || b_outlined) && a->fill->colour >= 0
        && b->fill->colour >= 0
        && rc_colour_contrast(h->colours[a->fill->colour],
                              h->colours[b->fill->colour])
               >= h->contrast_parts)
        return;
    need_part(r, edge(a->fill), edge(b->fill), b->at,
              "neighbours on a scale");
}

static void
check_scale(rc_reader *r)
{
    part parts[MOST_PARTS];
    size_t count = scale_parts(r, parts);
    bool all_touch = r->house->chart.stacked.gap == 0;
    for (size_t i = 0; i < count; i++) {
        check_part(r, &parts[i]);
        for (size_t k = i + 1; k < count && (k == i + 1 || all_touch); k++)
            check_neighbours(r, &parts[i], &parts[k]);
    }
}

static void
check_marks(rc_reader *r)
{
    const rc_house *h = r->house;
    for (size_t i = 0; i < h->chart.dots.colours; i++)
        need_part(r, h->chart.dots.colour[i], h->paper,
                  place_of(r, "chart.dots.colours"), "marks");
    for (size_t i = 0; i < h->chart.trend.colours; i++)
        need_part(r, h->chart.trend.colour[i], h->paper,
                  place_of(r, "chart.trend.colours"), "lines of a trend");
    const struct {
        const char *path;
        int colour;
    } parts[] = {
        {"chart.ranked.named", h->chart.ranked.named},
        {"chart.ranked.others", h->chart.ranked.others},
        {"chart.dots.line.colour", h->chart.dots.line_colour},
        {"chart.dots.whole.colour", h->chart.dots.whole_colour},
        {"chart.low-base.bar.colour", h->chart.low.bar_colour},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        need_part(r, parts[i].colour, h->paper, place_of(r, parts[i].path),
                  parts[i].path);
}

/* Arrows are drawn in ink; without a halo marks touch their line. */
static void
check_touching(rc_reader *r)
{
    const rc_house *h = r->house;
    need_part(r, h->ink, h->chart.tint_higher,
              place_of(r, "chart.tints.higher"), "arrows in a tinted cell");
    need_part(r, h->ink, h->chart.tint_lower, place_of(r, "chart.tints.lower"),
              "arrows in a tinted cell");
    for (size_t i = 0; h->chart.dots.halo == 0 && i < h->chart.dots.colours;
         i++)
        need_part(r, h->chart.dots.colour[i], h->chart.dots.line_colour,
                  place_of(r, "chart.dots.colours"),
                  "marks on their line, without a halo");
}

/* A house style may ask for more than WCAG does, never for less. */
static void
check_limits(rc_reader *r)
{
    const rc_house *h = r->house;
    const struct {
        const char *path;
        double asked, least;
    } limits[] = {
        {"contrast.text", h->contrast_text, 4.5},
        {"contrast.large", h->contrast_large, 3.0},
        {"contrast.parts", h->contrast_parts, 3.0},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        rc_span at = place_of(r, limits[i].path);
        if (limits[i].asked >= limits[i].least || !at.source)
            continue;
        rc_str least = rc_num_print(r->arena, limits[i].least, 1);
        refuse_house(r);
        rc_diag *d = rc_log_check(r->log, "low-contrast", at,
                                  "%s is less than WCAG 2.2 asks for",
                                  limits[i].path);
        rc_diag_hint(d, "%.*s or more", RC_STR(least));
    }
}

void
rc_check_contrast(rc_reader *r)
{
    check_limits(r);
    check_page(r);
    check_links(r);
    check_grounds(r);
    check_scale(r);
    check_marks(r);
    check_touching(r);
}
