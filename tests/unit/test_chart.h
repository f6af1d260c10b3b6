/* What the tests of chart/ share: the axis house, a page to draw on, and
 * charts made of counts. */
#ifndef TEST_CHART_H
#define TEST_CHART_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "chart/chart.h"
#include "base/file.h"

typedef struct sheet {
    rc_arena *arena;
    rc_log *log;
    rc_house *house; /* a copy: tests may change it */
    rc_fonts *fonts;
    rc_builder *builder;
    rc_canvas canvas;
    rc_pages *pages; /* once finished */
} sheet;

static inline rc_str
sheet_label(const void *context, int target)
{
    (void)context;
    return target == 7 ? RC_LIT("71") : RC_LIT("");
}

static inline int
sheet_dest(const void *context, int target)
{
    (void)context;
    return target == 7 ? 0 : -1;
}

static inline void
sheet_open(sheet *s, const char *house)
{
    s->arena = rc_arena_new();
    s->log = rc_log_new();
    const rc_source *source =
        rc_source_read(s->arena, house, rc_str_z(house), s->log,
                       rc_span_none());
    ck_assert_ptr_nonnull(source);
    const rc_house *read = rc_house_read(s->arena, source, s->log);
    if (!read)
        rc_log_print(s->log, stderr, RC_LOG_HUMAN, false);
    ck_assert_ptr_nonnull(read);
    s->house = RC_MAKE(s->arena, rc_house);
    *s->house = *read;
    rc_font_file *files =
        RC_MAKE_ARRAY(s->arena, rc_font_file, read->face_count);
    for (size_t i = 0; i < read->face_count; i++)
        files[i] = (rc_font_file){
            .name = read->faces[i].file,
            .path = rc_path_join(s->arena, RC_LIT("fonts"),
                                 read->faces[i].file)};
    s->fonts = rc_fonts_open(files, read->face_count, RC_LIT("en-GB"), s->log);
    ck_assert_ptr_nonnull(s->fonts);
    s->builder = rc_builder_new(s->arena);
    rc_pages *meta = rc_builder_meta(s->builder);
    rc_page_face *faces =
        RC_MAKE_ARRAY(s->arena, rc_page_face, read->face_count);
    for (size_t i = 0; i < read->face_count; i++)
        faces[i] = (rc_page_face){files[i].name, files[i].path};
    rc_rgb *colours = RC_MAKE_ARRAY(s->arena, rc_rgb, read->colour_count);
    for (size_t i = 0; i < read->colour_count; i++)
        colours[i] = (rc_rgb){read->colours[i].r, read->colours[i].g,
                              read->colours[i].b, read->colours[i].name};
    meta->faces = faces;
    meta->face_count = read->face_count;
    meta->colours = colours;
    meta->colour_count = read->colour_count;
    uint32_t page =
        rc_builder_page(s->builder, read->page_width, read->page_height);
    rc_el document =
        rc_builder_element(s->builder, RC_TAG_DOCUMENT, RC_NO_ELEMENT);
    rc_el section = rc_builder_element(s->builder, RC_TAG_SECT, document);
    rc_builder_dest(s->builder, RC_LIT("data-1"), page, 0, 0, section);
    s->canvas = (rc_canvas){.arena = s->arena,
                            .fonts = s->fonts,
                            .house = s->house,
                            .log = s->log,
                            .builder = s->builder,
                            .page = page,
                            .parent = section,
                            .page_label = sheet_label,
                            .dest = sheet_dest,
                            .context = NULL};
    s->pages = NULL;
}

static inline void
sheet_finish(sheet *s)
{
    s->pages = rc_builder_finish(s->builder);
}

static inline void
sheet_close(sheet *s)
{
    rc_builder_free(s->builder);
    rc_fonts_close(s->fonts);
    rc_log_free(s->log);
    rc_arena_free(s->arena);
}

/* -- charts ---------------------------------------------------------------- */
enum { KEYS = 6 };
static const rc_key sheet_keys[KEYS] = {
    {RC_LIT("Strongly agree"), RC_SIDE_POSITIVE, 0, 2},
    {RC_LIT("Tend to agree"), RC_SIDE_POSITIVE, 1, 2},
    {RC_LIT("Neither agree nor disagree"), RC_SIDE_NEUTRAL, 0, 1},
    {RC_LIT("Tend to disagree"), RC_SIDE_NEGATIVE, 1, 2},
    {RC_LIT("Strongly disagree"), RC_SIDE_NEGATIVE, 0, 2},
    {RC_LIT("Don\xE2\x80\x99t know"), RC_SIDE_OUTSIDE, 0, 1},
};

static inline rc_prose
sheet_prose(sheet *s, const char *text)
{
    return rc_prose_of(s->arena, rc_str_z(text));
}

/* "Base:" strong, then the rest. */
static inline rc_prose
sheet_note(sheet *s, const char *strong, const char *rest)
{
    rc_inline *runs = RC_MAKE_ARRAY(s->arena, rc_inline, 2);
    for (int i = 0; i < 2; i++)
        runs[i] = (rc_inline){.kind = RC_INLINE_TEXT,
                              .style = i ? 0 : RC_STYLE_STRONG,
                              .text = rc_str_z(i ? rest : strong),
                              .target = -1,
                              .note = -1};
    return (rc_prose){runs, 2};
}

static inline rc_str
sheet_percent(sheet *s, int count, int base)
{
    int percent = (200 * count + base) / (2 * base);
    if (!count)
        return RC_LIT("");
    return percent ? rc_str_printf(s->arena, "%d", percent) : RC_LIT("*");
}

typedef struct sheet_row {
    const char *label;
    int count[KEYS];
    int compare[2];   /* the whole's nets; 0 none */
    int direction[2];
} sheet_row;

/* A bar of the counts, its nets agree and disagree. */
static inline rc_bar
sheet_bar(sheet *s, const sheet_row *row, bool counted)
{
    rc_segment *segments = RC_MAKE_ARRAY(s->arena, rc_segment, KEYS);
    rc_net_cell *nets = RC_MAKE_ARRAY(s->arena, rc_net_cell, 2);
    int base = 0, net[2] = {0, 0};
    for (int i = 0; i < KEYS; i++)
        base += row->count[i];
    for (int i = 0; i < KEYS; i++) {
        segments[i] = (rc_segment){.key = i,
                                   .share = (double)row->count[i] / base,
                                   .count = row->count[i]};
        segments[i].value =
            !counted ? sheet_percent(s, row->count[i], base)
            : row->count[i]
                ? rc_str_printf(s->arena, "%d", row->count[i])
                : RC_LIT("");
    }
    net[0] = row->count[0] + row->count[1];
    net[1] = row->count[3] + row->count[4];
    for (int i = 0; i < 2; i++) {
        nets[i].value = counted ? rc_str_printf(s->arena, "%d", net[i])
                                : sheet_percent(s, net[i], base);
        if (row->compare[i])
            nets[i].compare = rc_str_printf(s->arena, "%d", row->compare[i]);
        nets[i].direction = row->direction[i];
    }
    return (rc_bar){.label = rc_prose_of(s->arena, rc_str_z(row->label)),
                    .segments = segments,
                    .segment_count = KEYS,
                    .nets = nets,
                    .net_count = 2};
}

static inline rc_chart *
sheet_stacked(sheet *s, const sheet_row *rows, size_t count, bool counted,
              const char *sub)
{
    rc_chart *chart = RC_MAKE(s->arena, rc_chart);
    rc_bar *bars = RC_MAKE_ARRAY(s->arena, rc_bar, count);
    rc_column_head *heads = RC_MAKE_ARRAY(s->arena, rc_column_head, 2);
    for (size_t i = 0; i < count; i++)
        bars[i] = sheet_bar(s, &rows[i], counted);
    heads[0] = (rc_column_head){RC_LIT("Agree"), rc_str_z(sub)};
    heads[1] = (rc_column_head){RC_LIT("Disagree"), rc_str_z(sub)};
    rc_prose *notes = RC_MAKE_ARRAY(s->arena, rc_prose, 2);
    notes[0] = sheet_note(s, "Base:", " All responses (273); 9 October to "
                                      "11 November 2013.");
    notes[1] = sheet_note(s, "Source:", " Ways of Working Survey 2013, "
                                        "specimen counts.");
    *chart = (rc_chart){
        .type = RC_CHART_STACKED,
        .fur = {.number = RC_LIT("Figure 3.1"),
                .target = -1,
                .headline = sheet_prose(s, "Area teams are seen as effective; "
                                           "the team for specialised services "
                                           "is not"),
                .subtitle = sheet_prose(s, "How far do you agree or disagree "
                                           "with each of the following "
                                           "statements about NHS England?"),
                .notes = notes,
                .note_count = 2,
                .data_number = RC_LIT("Data for Figure 3.1"),
                .data_target = 7},
        .alt = RC_LIT("Stacked bars."),
        .counted = counted,
        .unit = counted ? RC_LIT("Number answering") : RC_LIT("Per cent"),
        .keys = sheet_keys,
        .key_count = KEYS,
        .net_heads = heads,
        .net_count = 2,
        .compare = sub && *sub,
        .bars = bars,
        .bar_count = count,
    };
    return chart;
}

/* -- reading pages --------------------------------------------------------- */
static inline const rc_page *
sheet_page(const sheet *s)
{
    return &s->pages->pages[0];
}

/* The n-th operation that says `text`. */
static inline const rc_op *
sheet_text(const sheet *s, const char *text, int n)
{
    const rc_page *p = sheet_page(s);
    for (size_t i = 0; i < p->op_count; i++)
        if (p->ops[i].kind == RC_OP_TEXT
            && rc_str_is(rc_str_trim(s->pages->runs[p->ops[i].index].text),
                         text)
            && n-- == 0)
            return &p->ops[i];
    ck_abort_msg("no text '%s'", text);
}

static inline int
sheet_texts(const sheet *s, const char *text)
{
    const rc_page *p = sheet_page(s);
    int n = 0;
    for (size_t i = 0; i < p->op_count; i++)
        n += p->ops[i].kind == RC_OP_TEXT
             && rc_str_is(rc_str_trim(s->pages->runs[p->ops[i].index].text),
                          text);
    return n;
}

/* In hundredths of a point, as dumps print it. */
static inline int
hundredths(rc_len len)
{
    double x = len * 100.0 / RC_PT;
    return (int)(x < 0 ? x - 0.5 : x + 0.5);
}

static inline int
sheet_right(const sheet *s, const rc_op *op)
{
    return hundredths(op->x + s->pages->runs[op->index].width);
}

#endif
