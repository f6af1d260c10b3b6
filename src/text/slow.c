/* The slow, correct road: PangoLayout sets the paragraph, for right-to-left
 * and complex scripts, for characters that the face lacks, and for faces that
 * kern against the space. Where the face lacks a character Pango looks for it
 * in the other faces; where none has it, it is reported and left out. */
#include "text/inner.h"

#include <string.h>

/* -- what to hand to Pango ----------------------------------------------------- */

static void
add_attribute(PangoAttrList *list, PangoAttribute *attr,
              const rc_stretch *stretch)
{
    attr->start_index = stretch->from;
    attr->end_index = stretch->to;
    pango_attr_list_insert(list, attr);
}

/* Where Unicode would break and we do not. */
static void
hold_together(PangoAttrList *list, rc_str text)
{
    for (size_t at = 1; at < text.len; at++) {
        if (rc_text_may_break(text, at))
            continue;
        PangoAttribute *attr = pango_attr_allow_breaks_new(FALSE);
        attr->start_index = (guint)at - 1;
        attr->end_index = (guint)at + 1;
        pango_attr_list_insert(list, attr);
    }
}

static PangoAttrList *
attributes(const rc_setting *s)
{
    const rc_fonts *f = s->fonts;
    PangoAttrList *list = pango_attr_list_new();
    for (size_t i = 0; i < f->stretches.count; i++) {
        const rc_stretch *stretch = &f->stretches.at[i];
        const rc_text_style *style = &f->styles.at[stretch->style];
        PangoFontDescription *d = pango_font_description_copy_static(
            f->faces[style->face].description);
        pango_font_description_set_absolute_size(d, style->size);
        add_attribute(list, pango_attr_font_desc_new(d), stretch);
        pango_font_description_free(d);
        add_attribute(list, pango_attr_language_new(style->language),
                      stretch);
        if (stretch->raise)
            add_attribute(list, pango_attr_rise_new(stretch->raise), stretch);
    }
    hold_together(list, s->text);
    return list;
}

static void
balance(PangoLayout *l, rc_len width)
{
    int lines = pango_layout_get_line_count(l);
    if (lines < 2)
        return;
    int low, high = width;
    pango_layout_set_wrap(l, PANGO_WRAP_WORD);
    pango_layout_set_width(l, 0);
    pango_layout_get_size(l, &low, NULL);
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    while (low < high) {
        int middle = low + (high - low) / 2;
        pango_layout_set_width(l, middle);
        if (pango_layout_get_line_count(l) <= lines)
            high = middle;
        else
            low = middle + 1;
    }
    pango_layout_set_width(l, high > width ? width : high);
}

static size_t
text_end(rc_str text)
{
    size_t end = text.len;
    while (end > 0 && (text.at[end - 1] == ' ' || text.at[end - 1] == '\n'))
        end--;
    return end;
}

static PangoLayout *
make_layout(const rc_setting *s)
{
    PangoLayout *l = rc_text_layout(s->fonts);
    pango_layout_set_text(l, s->text.at, (int)text_end(s->text));
    PangoAttrList *list = attributes(s);
    pango_layout_set_attributes(l, list);
    pango_attr_list_unref(list);
    if (s->spec->width > 0) {
        pango_layout_set_width(l, s->spec->width);
        if (s->spec->balance)
            balance(l, s->spec->width);
    }
    return l;
}

/* -- what comes back ------------------------------------------------------------- */

/* How often `c` stands in `text`. */
static size_t
occurrences(rc_str text, rc_str c)
{
    size_t n = 0;
    for (size_t at = 0; at + c.len <= text.len; at++)
        n += memcmp(text.at + at, c.at, c.len) == 0;
    return n;
}

/* The span of one character of a run: where the same character stands in what
 * the run's span covers and the rest of that paragraph, if it stands there as
 * often (a value may have put it in); else the run's. */
static rc_span
span_of(const rc_setting *s, uint32_t at)
{
    uint32_t index = rc_text_run_at(s->fonts, at);
    const rc_text_run *run = &s->spec->runs[index];
    rc_span span = run->span;
    uint32_t from = index ? s->fonts->run_ends.at[index - 1] : 0;
    size_t next = at;
    (void)rc_utf8_next(s->text, &next);
    if (!span.source || at < from || next > s->text.len)
        return span;
    rc_str c = rc_str_part(s->text, at, next);
    size_t end = rc_str_find(span.source->text, "\n\n", span.to);
    rc_str there = rc_str_part(span.source->text, span.from,
                               end == SIZE_MAX ? span.to : end);
    size_t before = occurrences(rc_str_part(s->text, from, at), c);
    for (size_t i = 0; i + c.len <= there.len; i++)
        if (memcmp(there.at + i, c.at, c.len) == 0 && before-- == 0) {
            span.from += (uint32_t)i;
            span.to = span.from + (uint32_t)c.len;
            return span;
        }
    return span;
}

static void
report_missing(const rc_setting *s, uint32_t code, uint32_t at)
{
    if (!s->log)
        return;
    char bytes[8];
    int len = g_unichar_to_utf8(code, bytes);
    const rc_text_run *run = &s->spec->runs[rc_text_run_at(s->fonts, at)];
    rc_diag *d = rc_log_error(s->log, "missing-glyph", span_of(s, at),
                              "no font has '%.*s' (U+%04X)", len, bytes, code);
    rc_diag_hint(d, "'%.*s' is asked first, then the other fonts of the style",
                 RC_STR(rc_fonts_file(s->fonts, run->face)->name));
}

typedef struct rc_slow_pen {
    const rc_setting *s;
    int64_t x, start;
    uint32_t low, high; /* bytes that the open part covers */
    size_t first_glyph;
    uint32_t run;
    int face;
    rc_len size;
    bool open, rtl;
} rc_slow_pen;

static void
close_slow_part(rc_slow_pen *pen)
{
    if (!pen->open)
        return;
    rc_fonts *f = pen->s->fonts;
    const rc_text_run *run = &pen->s->spec->runs[pen->run];
    *rc_pool_push(&f->out_parts) = (rc_line_part){
        .run = {.face = (int16_t)pen->face,
                .size = pen->size,
                .glyph_count =
                    (uint32_t)(f->out_glyphs.count - pen->first_glyph),
                .text = rc_str_part(pen->s->text, pen->low, pen->high),
                .rtl = pen->rtl,
                .width = rc_text_clamp(pen->x - pen->start)},
        .x = rc_text_clamp(pen->start),
        .raise = run->raise,
        .colour = run->colour,
        .tag = run->tag,
    };
    pen->open = false;
}

static void
open_slow_part(rc_slow_pen *pen, uint32_t at, const PangoItem *item, int face)
{
    const rc_text_run *runs = pen->s->spec->runs;
    uint32_t run = rc_text_run_at(pen->s->fonts, at);
    bool rtl = item->analysis.level & 1;
    uint32_t reach = at > pen->low ? at - pen->low : pen->high - at;
    bool goes_on = pen->open && pen->face == face && pen->rtl == rtl &&
                   reach < RC_PART_MOST;
    if (goes_on && !rtl && pen->size == runs[run].size && runs[run].tag == runs[pen->run].tag &&
        runs[run].colour == runs[pen->run].colour &&
        runs[run].raise == runs[pen->run].raise && at == pen->high)
        return;
    if (goes_on && pen->run == run && at < pen->high)
        return;
    close_slow_part(pen);
    pen->open = true;
    pen->run = run;
    pen->face = face;
    pen->size = runs[run].size;
    pen->rtl = rtl;
    pen->start = pen->x;
    pen->low = at;
    pen->high = at;
    pen->first_glyph = pen->s->fonts->out_glyphs.count;
}

/* The end of the cluster of glyph `i`, in bytes of the item: where the next
 * one in the text begins, which is beside it. */
static uint32_t
cluster_end(const PangoGlyphString *g, const PangoItem *item, int i)
{
    int step = item->analysis.level & 1 ? -1 : 1, next = i;
    while (next >= 0 && next < g->num_glyphs &&
           g->log_clusters[next] == g->log_clusters[i])
        next += step;
    return next >= 0 && next < g->num_glyphs
               ? (uint32_t)g->log_clusters[next]
               : (uint32_t)item->length;
}

static void
add_slow_run(rc_slow_pen *pen, const PangoGlyphItem *run)
{
    const rc_setting *s = pen->s;
    rc_fonts *f = s->fonts;
    const PangoItem *item = run->item;
    const PangoGlyphString *g = run->glyphs;
    int face = rc_text_face_of(item->analysis.font);
    for (int i = 0; i < g->num_glyphs; i++) {
        const PangoGlyphInfo *info = &g->glyphs[i];
        uint32_t at = (uint32_t)(item->offset + g->log_clusters[i]);
        uint32_t end = (uint32_t)item->offset + cluster_end(g, item, i);
        rc_shaped glyph = {.id = (uint16_t)info->glyph,
                          .advance = info->geometry.width,
                          .dx = rc_text_offset(info->geometry.x_offset),
                          .dy = rc_text_offset(info->geometry.y_offset),
                          .cluster = at};
        if (info->glyph == PANGO_GLYPH_EMPTY) {
            if (s->text.at[at] != ' ') /* a joiner, say: nothing to draw */
                continue;
            uint32_t style = rc_text_style_index(
                f, face < 0 ? s->spec->runs[rc_text_run_at(f, at)].face : face,
                s->spec->runs[rc_text_run_at(f, at)].size, (rc_str){0});
            glyph.id = (uint16_t)f->styles.at[style].space_glyph;
        } else if (info->glyph & PANGO_GLYPH_UNKNOWN_FLAG || face < 0) {
            size_t next = at;
            report_missing(s, rc_utf8_next(s->text, &next), at);
            continue;
        }
        open_slow_part(pen, at, item,
                       face < 0 ? s->spec->runs[rc_text_run_at(f, at)].face
                                : face);
        if (at < pen->low)
            pen->low = at;
        if (end > pen->high)
            pen->high = end;
        *rc_pool_push(&f->out_glyphs) = glyph;
        pen->x += glyph.advance;
    }
}

/* The break itself stays as a space that counts in no width, as on the fast
 * road: Pango leaves it out. */
static void
add_break(rc_slow_pen *pen, uint32_t at)
{
    rc_fonts *f = pen->s->fonts;
    if (!pen->open || pen->rtl || at >= pen->s->text.len ||
        pen->s->text.at[at] != '\n')
        return;
    uint32_t style = rc_text_style_index(f, pen->face, pen->size, (rc_str){0});
    *rc_pool_push(&f->out_glyphs) =
        (rc_shaped){.id = (uint16_t)f->styles.at[style].space_glyph,
                    .advance = f->styles.at[style].space,
                    .cluster = at};
    pen->high = at + 1;
}

static bool
may_break_at(PangoLayout *l, rc_str text, uint32_t at)
{
    int count;
    const PangoLogAttr *attrs = pango_layout_get_log_attrs_readonly(l, &count);
    glong index = g_utf8_strlen(text.at, at);
    return index >= count || attrs[index].is_line_break;
}

/* Lines of a paragraph that is read from the right end at the right. */
static rc_len
line_start(const rc_setting *s, PangoLayoutLine *line)
{
    if (s->spec->width > 0 &&
        line->resolved_dir == PANGO_DIRECTION_RTL) {
        PangoRectangle box;
        pango_layout_line_get_extents(line, NULL, &box);
        return rc_text_clamp(s->spec->width - (int64_t)box.width);
    }
    return 0;
}

const rc_para *
rc_text_set_slow(const rc_setting *s)
{
    rc_fonts *f = s->fonts;
    PangoLayout *l = make_layout(s);
    bool warned = false;
    for (GSList *i = pango_layout_get_lines_readonly(l); i; i = i->next) {
        PangoLayoutLine *line = i->data;
        size_t first = f->out_parts.count;
        rc_slow_pen pen = {.s = s, .x = line_start(s, line)};
        uint32_t at = (uint32_t)line->start_index;
        if (!warned && s->log && at > 0 && !line->is_paragraph_start &&
            !may_break_at(l, s->text, at)) {
            rc_text_warn_overfull(s, at, at + (uint32_t)line->length);
            warned = true;
        }
        for (GSList *r = line->runs; r; r = r->next)
            add_slow_run(&pen, r->data);
        add_break(&pen, at + (uint32_t)line->length);
        close_slow_part(&pen);
        *rc_pool_push(&f->out_lines) =
            (rc_line){.count = f->out_parts.count - first,
                      .width = rc_text_clamp(pen.x)};
    }
    g_object_unref(l);
    return rc_text_finish(s);
}

rc_len
rc_text_width_slow(rc_fonts *f, rc_str text, int face, rc_len size)
{
    rc_arena *a = rc_arena_new();
    rc_text_run run = {.text = text, .face = face, .size = size};
    rc_text_spec spec = {.runs = &run, .count = 1};
    rc_len width = rc_text_set(a, f, &spec, NULL)->width;
    rc_arena_free(a);
    return width;
}
