/* Lines of a paragraph on the fast road into parts, and the finished paragraph
 * into the caller's arena. Invariants: see set.c. */
#include "text/inner.h"

/* Emission of one line: where the pen is and which part is open. */
typedef struct rc_pen {
    rc_setting *s;
    int64_t x;
    size_t first_part, first_glyph; /* of the open part, in the pools */
    bool open;
    uint32_t style;
    uint32_t run;      /* whose colour, tag and raise the open part has */
    uint32_t from;     /* first byte of the open part */
    uint32_t until;    /* before this byte nothing can change but the style */
    int64_t start;     /* x of the open part */
} rc_pen;

static void
close_part(rc_pen *pen, uint32_t to)
{
    if (!pen->open)
        return;
    rc_fonts *f = pen->s->fonts;
    const rc_text_style *style = &f->styles.at[pen->style];
    const rc_text_run *run = &pen->s->spec->runs[pen->run];
    *rc_pool_push(&f->out_parts) = (rc_line_part){
        .run = {.face = (int16_t)style->face,
                .size = style->size,
                .glyph_count =
                    (uint32_t)(f->out_glyphs.count - pen->first_glyph),
                .text = rc_str_part(pen->s->text, pen->from, to),
                .width = rc_text_clamp(pen->x - pen->start)},
        .x = rc_text_clamp(pen->start),
        .raise = run->raise,
        .colour = run->colour,
        .tag = run->tag,
    };
    pen->open = false;
}

static uint32_t
least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Makes sure that the open part suits byte `at` in `style`. */
static void
open_part(rc_pen *pen, uint32_t at, uint32_t style)
{
    rc_fonts *f = pen->s->fonts;
    const rc_text_run *runs = pen->s->spec->runs;
    bool goes_on = pen->open && pen->style == style;
    if (goes_on && at < pen->until)
        return;
    uint32_t run = rc_text_run_at(f, at);
    if (!goes_on || at - pen->from >= RC_PART_MOST ||
        runs[run].raise != runs[pen->run].raise ||
        runs[run].colour != runs[pen->run].colour ||
        runs[run].tag != runs[pen->run].tag) {
        close_part(pen, at);
        pen->open = true;
        pen->style = style;
        pen->from = at;
        pen->start = pen->x;
        pen->first_glyph = f->out_glyphs.count;
    }
    pen->run = run;
    pen->until = least(f->run_ends.at[run], pen->from + RC_PART_MOST);
}

static void
add_glyphs(rc_pen *pen, const rc_word *w, uint32_t from)
{
    rc_fonts *f = pen->s->fonts;
    rc_pool_reserve(&f->out_glyphs, w->glyph_count);
    for (uint32_t i = 0; i < w->glyph_count;) {
        open_part(pen, from + w->glyphs[i].cluster, w->style);
        rc_shaped *out = f->out_glyphs.at + f->out_glyphs.count;
        uint32_t first = i;
        do { /* all that stands in the part */
            *out = w->glyphs[i];
            out->cluster += from;
            pen->x += out->advance;
            out++;
            i++;
        } while (i < w->glyph_count
                 && from + w->glyphs[i].cluster < pen->until);
        f->out_glyphs.count += i - first;
    }
}

static void
add_space(rc_pen *pen, uint32_t at, uint32_t style, bool counts)
{
    rc_fonts *f = pen->s->fonts;
    open_part(pen, at, style);
    const rc_text_style *s = &f->styles.at[style];
    *rc_pool_push(&f->out_glyphs) = (rc_shaped){
        .id = (uint16_t)s->space_glyph, .advance = s->space, .cluster = at};
    if (counts)
        pen->x += s->space;
}

void
rc_text_emit_line(rc_setting *s, const rc_text_line *line, bool last)
{
    rc_fonts *f = s->fonts;
    rc_pen pen = {.s = s};
    size_t first_part = f->out_parts.count;
    uint32_t at = line->from, stretch = 0;
    if (line->piece < f->pieces.count)
        stretch = f->pieces.at[line->piece].stretch;
    while (f->stretches.at[stretch].from > at)
        stretch--;
    for (size_t i = line->piece; at < line->to;) {
        while (f->stretches.at[stretch].to <= at)
            stretch++;
        uint32_t style = f->stretches.at[stretch].style;
        if (i >= f->pieces.count || f->pieces.at[i].from > at) {
            add_space(&pen, at++, style, true);
            continue;
        }
        const rc_piece *p = &f->pieces.at[i];
        uint32_t end = p->to < line->to ? p->to : line->to;
        const rc_word *w = p->word;
        if (at > p->from || end < p->to) /* a cut: shaped anew */
            w = rc_word_lookup(f, style, rc_str_part(s->text, at, end));
        add_glyphs(&pen, w, at);
        at = end;
        i++;
    }
    if (line->next > line->to && !last) {
        while (f->stretches.at[stretch].to <= line->to)
            stretch++;
        add_space(&pen, line->to, f->stretches.at[stretch].style, false);
        at++;
    }
    close_part(&pen, at);
    *rc_pool_push(&f->out_lines) =
        (rc_line){.count = f->out_parts.count - first_part,
                  .width = rc_text_clamp(pen.x)};
}

/* The glyphs of a part as the page list has them, to `to`. A glyph that stands
 * to the side of its place (kerning is often said so) goes there by the
 * advance of the one before: offsets are kept where that cannot be. */
static void
pack_run(const rc_setting *s, rc_glyph_run *run, const rc_shaped *from,
         rc_glyph *to)
{
    uint32_t first = (uint32_t)(run->text.at - s->text.at);
    bool moved = false;
    run->glyphs = to;
    run->lasting = s->arena == s->fonts->kept_arena;
    for (uint32_t i = 0; i < run->glyph_count; i++) {
        rc_len aside = i ? from[i].dx : 0;
        to[i] = (rc_glyph){.advance = from[i].advance - aside,
                           .id = from[i].id,
                           .cluster = (uint16_t)(from[i].cluster - first)};
        if (i)
            to[i - 1].advance += aside;
        moved |= from[i].dx != aside || from[i].dy;
    }
    if (!moved)
        return;
    rc_offset *offsets = RC_MAKE_ARRAY(s->arena, rc_offset, run->glyph_count);
    for (uint32_t i = 0; i < run->glyph_count; i++)
        offsets[i] = (rc_offset){i ? 0 : from[i].dx, from[i].dy};
    run->offsets = offsets;
}

/* Parts in the order of the text, which is that of reading; they came from
 * left to right. */
static void
sort_parts(rc_line_part *parts, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        rc_line_part part = parts[i];
        size_t k = i;
        for (; k > 0 && parts[k - 1].run.text.at > part.run.text.at; k--)
            parts[k] = parts[k - 1];
        parts[k] = part;
    }
}

const rc_para *
rc_text_finish(const rc_setting *s)
{
    const rc_fonts *f = s->fonts;
    rc_para *para = RC_MAKE(s->arena, rc_para);
    for (size_t i = 0; i < s->text.len; i++)
        if (s->bytes[i] == '\n') /* invariant 3 */
            s->bytes[i] = ' ';
    rc_glyph *glyphs =
        RC_MAKE_ARRAY(s->arena, rc_glyph, f->out_glyphs.count);
    rc_line_part *parts =
        RC_MAKE_ARRAY(s->arena, rc_line_part, f->out_parts.count);
    rc_line *lines = RC_MAKE_ARRAY(s->arena, rc_line, f->out_lines.count);
    const rc_shaped *shaped = f->out_glyphs.at;
    for (size_t i = 0; i < f->out_parts.count; i++) {
        parts[i] = f->out_parts.at[i];
        pack_run(s, &parts[i].run, shaped, glyphs);
        shaped += parts[i].run.glyph_count;
        glyphs += parts[i].run.glyph_count;
    }
    for (size_t i = 0; i < f->out_lines.count; i++) {
        lines[i] = f->out_lines.at[i];
        lines[i].parts = parts;
        if (!s->plain)
            sort_parts(parts, lines[i].count);
        parts += lines[i].count;
        if (lines[i].width > para->width)
            para->width = lines[i].width;
    }
    para->lines = lines;
    para->count = f->out_lines.count;
    return para;
}
