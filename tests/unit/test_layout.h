/* What the tests of layout/ share: documents made by hand, and questions to
 * the pages they become. */
#ifndef TEST_LAYOUT_H
#define TEST_LAYOUT_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "layout/layout.h"

#define AXIS "layouts/axis/house.yaml"
#define PLAIN "layouts/plain/house.yaml"

enum { MOST_BLOCKS = 256, MOST_SECTIONS = 16, MOST_TARGETS = 64,
       MOST_NOTES = 8 };

typedef struct blocks {
    rc_block at[MOST_BLOCKS];
    size_t count;
} blocks;

typedef struct book {
    rc_arena *arena;
    rc_log *log;
    rc_house *house; /* a copy: tests may change it */
    rc_fonts *fonts;
    rc_part parts[3];
    rc_section sections[MOST_SECTIONS];
    rc_target targets[MOST_TARGETS];
    rc_note notes[MOST_NOTES];
    rc_doc doc;
    const rc_pages *pages;
} book;

static inline void
book_open(book *b, const char *house)
{
    memset(b, 0, sizeof *b);
    b->arena = rc_arena_new();
    b->log = rc_log_new();
    const rc_source *source = rc_source_read(b->arena, house, rc_str_z(house),
                                             b->log, rc_span_none());
    const rc_house *read = rc_house_read(b->arena, source, b->log);
    ck_assert_ptr_nonnull(read);
    b->house = RC_MAKE(b->arena, rc_house);
    *b->house = *read;
    rc_font_file *files =
        RC_MAKE_ARRAY(b->arena, rc_font_file, read->face_count);
    for (size_t i = 0; i < read->face_count; i++)
        files[i] = (rc_font_file){
            .name = read->faces[i].file,
            .path = rc_path_join(b->arena, RC_LIT("fonts"),
                                 read->faces[i].file)};
    b->fonts = rc_fonts_open(files, read->face_count, RC_LIT("en-GB"), b->log);
    ck_assert_ptr_nonnull(b->fonts);
    b->parts[0] = (rc_part){.name = RC_LIT("cover"), .master = RC_LIT("cover"),
                            .roman = true};
    b->parts[1] = (rc_part){.name = RC_LIT("front"), .roman = true,
                            .numbered = true, .body_master = RC_LIT("body")};
    b->parts[2] = (rc_part){.name = RC_LIT("body"), .numbered = true,
                            .body_master = RC_LIT("body")};
    for (int i = 0; i < MOST_TARGETS; i++)
        b->targets[i].id = rc_str_printf(b->arena, "t%d", i);
    static const rc_field fields[] = {
        {{"cover.title", 11}, {"A survey", 8}},
        {{"cover.subtitle", 14}, {"And what it found", 17}},
        {{"cover.for", 9}, {"", 0}},
        {{"cover.line.1", 12}, {"Report", 6}},
        {{"cover.line.2", 12}, {"", 0}},
        {{"cover.line.3", 12}, {"", 0}},
        {{"report.job", 10}, {"13-1", 4}},
        {{"report.version", 14}, {"1", 1}},
        {{"report.classification", 21}, {"Public", 6}},
        {{"report.year", 11}, {"2013", 4}},
        {{"report.owner", 12}, {"the owner", 9}},
    };
    b->doc = (rc_doc){.title = RC_LIT("A survey"),
                      .language = RC_LIT("en-GB"),
                      .fields = fields,
                      .field_count = sizeof fields / sizeof *fields,
                      .parts = b->parts,
                      .part_count = 3,
                      .sections = b->sections,
                      .targets = b->targets,
                      .target_count = MOST_TARGETS,
                      .notes = b->notes};
}

static inline void
book_close(book *b)
{
    rc_fonts_close(b->fonts);
    rc_log_free(b->log);
    rc_arena_free(b->arena);
}

/* -- text ------------------------------------------------------------------ */
static inline rc_prose
words(book *b, const char *text)
{
    rc_inline *in = RC_MAKE(b->arena, rc_inline);
    *in = (rc_inline){.kind = RC_INLINE_TEXT, .text = rc_str_z(text),
                      .target = -1, .note = -1};
    return (rc_prose){in, *text ? 1 : 0};
}

/* Text, then an inline of another kind. */
static inline rc_prose
words_and(book *b, const char *text, rc_inline_kind kind, int index)
{
    rc_inline *in = RC_MAKE_ARRAY(b->arena, rc_inline, 2);
    in[0] = *words(b, text).runs;
    in[1] = (rc_inline){.kind = kind,
                        .target = kind == RC_INLINE_PAGE ? index : -1,
                        .note = kind == RC_INLINE_NOTE ? index : -1};
    if (kind == RC_INLINE_NOTE)
        in[1].text = rc_str_printf(b->arena, "%d", index + 1);
    return (rc_prose){in, 2};
}

/* A text that begins with `name` and fills about `lines` lines of body. */
static inline const char *
lines_of(book *b, const char *name, int lines)
{
    rc_buf text = {0};
    rc_buf_printf(&text, "%s", name);
    for (int i = 0; i < lines * 10 - 8; i++)
        rc_buf_z(&text, " words");
    const char *z = rc_str_cz(b->arena, rc_buf_str(&text));
    rc_buf_free(&text);
    return z;
}

/* -- blocks ---------------------------------------------------------------- */
static inline blocks *
blocks_new(book *b)
{
    return RC_MAKE(b->arena, blocks);
}

static inline rc_block *
block_add(blocks *in, rc_block_kind kind)
{
    ck_assert_uint_lt(in->count, MOST_BLOCKS);
    rc_block *block = &in->at[in->count++];
    *block = (rc_block){.kind = kind, .target = -1};
    return block;
}

static inline rc_block *
add_paragraph(book *b, blocks *in, const char *text)
{
    rc_block *block = block_add(in, RC_BLOCK_PARAGRAPH);
    block->as.paragraph = words(b, text);
    return block;
}

static inline rc_block *
add_heading(book *b, blocks *in, int level, const char *text)
{
    rc_block *block = block_add(in, RC_BLOCK_HEADING);
    block->as.heading.level = level;
    block->as.heading.text = words(b, text);
    return block;
}

static inline rc_chart *
add_chart(book *b, blocks *in, size_t bars)
{
    static const rc_key keys[] = {
        {{"Agree", 5}, RC_SIDE_POSITIVE, 0, 1},
        {{"Disagree", 8}, RC_SIDE_NEGATIVE, 0, 1},
    };
    static const rc_segment segments[] = {{0, 0.6, 60, {"60", 2}},
                                          {1, 0.4, 40, {"40", 2}}};
    rc_chart *c = RC_MAKE(b->arena, rc_chart);
    rc_bar *bar = RC_MAKE_ARRAY(b->arena, rc_bar, bars);
    rc_prose *note = RC_MAKE(b->arena, rc_prose);
    for (size_t i = 0; i < bars; i++)
        bar[i] = (rc_bar){.label = words(b, "An item"), .segments = segments,
                          .segment_count = 2};
    *note = words(b, "Base: all");
    *c = (rc_chart){.type = RC_CHART_STACKED, .alt = RC_LIT("60 agree"),
                    .unit = RC_LIT("Per cent"), .keys = keys, .key_count = 2,
                    .bars = bar, .bar_count = bars};
    c->fur = (rc_furniture){.number = RC_LIT("Figure 1"), .target = -1,
                            .headline = words(b, "Most agree"),
                            .notes = note, .note_count = 1,
                            .data_target = -1};
    block_add(in, RC_BLOCK_CHART)->as.chart = c;
    return c;
}

/* Rows "row 0", "row 1" ... of two columns. */
static inline rc_table *
add_table(book *b, blocks *in, rc_table_form form, size_t rows)
{
    rc_table *t = RC_MAKE(b->arena, rc_table);
    rc_table_column *columns = RC_MAKE_ARRAY(b->arena, rc_table_column, 2);
    rc_row *row = RC_MAKE_ARRAY(b->arena, rc_row, rows);
    columns[0] = (rc_table_column){.head = words(b, "Name"), .align = 'l'};
    columns[1] = (rc_table_column){.head = words(b, "Number"), .align = 'r'};
    for (size_t i = 0; i < rows; i++) {
        rc_cell_text *cells = RC_MAKE_ARRAY(b->arena, rc_cell_text, 2);
        cells[0].text = words(b, rc_str_printf(b->arena, "row %zu", i).at);
        cells[1].text = words(b, "1");
        row[i] = (rc_row){.cells = cells, .cell_count = 2};
    }
    *t = (rc_table){.form = form, .columns = columns, .column_count = 2,
                    .rows = row, .row_count = rows};
    t->fur = (rc_furniture){.target = -1, .data_target = -1};
    if (form == RC_TABLE_DATA) {
        t->fur.number = RC_LIT("Table 1");
        t->fur.headline = words(b, "What was counted");
    }
    block_add(in, RC_BLOCK_TABLE)->as.table = t;
    return t;
}

static inline rc_section *
add_section(book *b, const char *opening, const char *number,
            const char *title, blocks *in)
{
    ck_assert_uint_lt(b->doc.section_count, MOST_SECTIONS);
    rc_section *s = &b->sections[b->doc.section_count++];
    rc_field *fields = RC_MAKE_ARRAY(b->arena, rc_field, 2);
    fields[0] = (rc_field){RC_LIT("chapter.number"), rc_str_z(number)};
    fields[1] = (rc_field){RC_LIT("chapter.title"), rc_str_z(title)};
    *s = (rc_section){.part = 2, .depth = 1, .opening = rc_str_z(opening),
                      .number = rc_str_z(number), .title = words(b, title),
                      .title_plain = rc_str_z(title), .target = -1,
                      .fields = fields, .field_count = 2};
    if (in)
        s->blocks = (rc_blocks){in->at, in->count};
    return s;
}

static inline int
add_note(book *b, const char *text)
{
    int at = (int)b->doc.note_count++;
    blocks *body = blocks_new(b);
    add_paragraph(b, body, text);
    b->notes[at] = (rc_note){.mark = rc_str_printf(b->arena, "%d", at + 1),
                             .body = {body->at, body->count}};
    return at;
}

/* One section without a title, in the front: no cover, roman numbers. */
static inline void
lay_blocks(book *b, blocks *in)
{
    add_section(b, "", "", "", in);
    b->doc.parts = b->parts + 1;
    b->doc.part_count = 2;
    for (size_t i = 0; i < b->doc.section_count; i++)
        b->sections[i].part = 0;
    b->pages = rc_lay_out(b->arena, &b->doc, b->house, b->fonts, b->log);
    ck_assert_ptr_nonnull(b->pages);
    ck_assert(rc_page_check(b->pages, stderr));
}

static inline void
lay(book *b)
{
    b->pages = rc_lay_out(b->arena, &b->doc, b->house, b->fonts, b->log);
    ck_assert_ptr_nonnull(b->pages);
    ck_assert(rc_page_check(b->pages, stderr));
}

/* -- questions ------------------------------------------------------------- */
typedef struct found {
    bool any;
    size_t page;
    double x, y; /* points */
    rc_el element;
} found;

static inline double
points(rc_len len)
{
    return (double)len / RC_PT;
}

/* The nth text that begins with `start`, over all pages in order. */
static inline found
find_nth(const book *b, const char *start, size_t nth)
{
    for (size_t i = 0; i < b->pages->page_count; i++) {
        const rc_page *p = &b->pages->pages[i];
        for (size_t k = 0; k < p->op_count; k++) {
            const rc_op *o = &p->ops[k];
            if (o->kind == RC_OP_TEXT
                && rc_str_starts(b->pages->runs[o->index].text, start)
                && nth-- == 0)
                return (found){true, i, points(o->x), points(o->y),
                               o->element};
        }
    }
    return (found){0};
}

static inline found
find(const book *b, const char *start)
{
    found f = find_nth(b, start, 0);
    if (!f.any)
        ck_abort_msg("no text '%s'", start);
    return f;
}

static inline const rc_element *
element(const book *b, rc_el e)
{
    ck_assert_int_ge(e, 0);
    return &b->pages->elements[e];
}

/* Baselines of an element's lines on a page; returns how many. */
static inline size_t
lines_on(const book *b, rc_el e, size_t page, double *first, double *last)
{
    const rc_page *p = &b->pages->pages[page];
    double before = -1;
    size_t n = 0;
    for (size_t k = 0; k < p->op_count; k++) {
        const rc_op *o = &p->ops[k];
        if (o->kind != RC_OP_TEXT || o->element != e)
            continue;
        double y = points(o->y);
        if (n == 0 && first)
            *first = y;
        if (y != before)
            n++;
        before = y;
        if (last)
            *last = y;
    }
    return n;
}

static inline size_t
count_tags(const book *b, rc_tag tag)
{
    size_t n = 0;
    for (size_t i = 0; i < b->pages->element_count; i++)
        n += b->pages->elements[i].tag == tag;
    return n;
}

static inline bool
has_message(const book *b, const char *name)
{
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    rc_log_print(b->log, to, RC_LOG_HUMAN, false);
    fclose(to);
    bool has = strstr(text, name) != NULL;
    free(text);
    return has;
}

#define CLOSE(a, b) ck_assert_double_eq_tol((a), (b), 0.01)

#endif
