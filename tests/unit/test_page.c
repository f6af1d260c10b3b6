/* The builder's order, every break the checker knows, and both dumps. */
#include "page/page.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const rc_glyph letters[] = {
    {.id = 36, .advance = RC_LEN(5), .cluster = 0},
    {.id = 37, .advance = RC_LEN(5), .cluster = 1},
};
static const rc_glyph letter[] = {{.id = 36, .advance = RC_LEN(5)}};

static rc_glyph_run
run_of(rc_str text)
{
    return (rc_glyph_run){
        .face = 0,
        .size = RC_LEN(10.5),
        .glyphs = text.len > 1 ? letters : letter,
        .glyph_count = text.len > 1 ? 2 : 1,
        .text = text,
        .width = RC_LEN(5) * (rc_len)text.len,
    };
}

static void
write_at(rc_builder *b, uint32_t page, rc_el e, const char *text, double x,
         double y)
{
    rc_glyph_run run = run_of(rc_str_z(text));
    rc_builder_text(b, page, e, &run, RC_LEN(x), RC_LEN(y), 0);
}

static rc_box
box_of(double x, double y, double width, double height)
{
    return (rc_box){RC_LEN(x), RC_LEN(y), RC_LEN(width), RC_LEN(height)};
}

static void
furnish(rc_builder *b, rc_arena *a)
{
    rc_pages *meta = rc_builder_meta(b);
    rc_page_face *face = RC_MAKE(a, rc_page_face);
    face->name = RC_LIT("Face.ttf");
    rc_rgb *colours = RC_MAKE_ARRAY(a, rc_rgb, 2);
    colours[0] = (rc_rgb){.name = RC_LIT("ink")};
    colours[1] = (rc_rgb){255, 255, 255, RC_LIT("paper")};
    meta->faces = face;
    meta->face_count = 1;
    meta->colours = colours;
    meta->colour_count = 2;
}

/* -- a small sound list with one of everything ------------------------------- */
enum {
    DOCUMENT, SECT, H1, P, LINK, FIGURE, TABLE, THEAD, HEAD_ROW, TH, TH2,
    TBODY, BODY_ROW, ROW_TH, TD, LIST, ITEM, LBODY, NOTE, SECT2, H2,
};
/* operations of page 0 */
enum { OP_RULE, OP_H1, OP_P, OP_LINK, OP_BOX, OP_P2, OP_RECT, OP_PATH,
       OP_CIRCLE, OP_LINE };

typedef struct list {
    rc_arena *arena;
    rc_pages *p;
    rc_element *elements; /* p's own, to break */
    rc_op *ops;           /* page 0 */
    rc_page *pages;
    rc_glyph_run *runs;
    rc_dest *dests;
    rc_outline_entry *outline;
    rc_kid *kids[H2 + 1];
    rc_element_more *more; /* up to H2 */
} list;

static void
add_table(rc_builder *b, rc_el sect)
{
    rc_el table = rc_builder_element(b, RC_TAG_TABLE, sect);
    rc_el head = rc_builder_element(b, RC_TAG_THEAD, table);
    rc_el row = rc_builder_element(b, RC_TAG_TR, head);
    rc_el th = rc_builder_element(b, RC_TAG_TH, row);
    rc_builder_element_of(b, th)->scope = RC_SCOPE_COLUMN;
    write_at(b, 0, th, "h", 60, 300);
    rc_el th2 = rc_builder_element(b, RC_TAG_TH, row);
    rc_builder_element_of(b, th2)->scope = RC_SCOPE_COLUMN;
    write_at(b, 0, th2, "i", 160, 300);
    rc_el body = rc_builder_element(b, RC_TAG_TBODY, table);
    row = rc_builder_element(b, RC_TAG_TR, body);
    rc_el left = rc_builder_element(b, RC_TAG_TH, row);
    rc_builder_element_of(b, left)->scope = RC_SCOPE_ROW;
    write_at(b, 0, left, "l", 60, 322.5);
    rc_el td = rc_builder_element(b, RC_TAG_TD, row);
    rc_builder_headers(b, td, (rc_el[]){th2, left}, 2);
    write_at(b, 0, td, "d", 160, 322.5);
}

static void
add_figure(rc_builder *b, rc_el sect)
{
    rc_el figure = rc_builder_element(b, RC_TAG_FIGURE, sect);
    rc_element_more *at = rc_builder_more(b, figure);
    at->alt = RC_LIT("A bar, \"64\" long");
    at->box = box_of(51, 140, 100, 40);
    at->has_box = true;
    rc_builder_rect(b, 0, figure, box_of(51, 140, 100, 18), 0, 1, RC_LEN(0.5));
    rc_builder_path(b, 0, figure,
                    (rc_point[]){{0, 0}, {RC_LEN(5.2), 0}, {0, RC_LEN(4)}}, 3,
                    0);
    rc_builder_circle(b, 0, figure, (rc_point){RC_LEN(9), RC_LEN(9)},
                      RC_LEN(4.4), 0, -1, 0);
    rc_builder_line(b, 0, figure, (rc_point){0, 0},
                    (rc_point){RC_LEN(20), 0}, RC_LEN(1.2), 0);
}

static rc_pages *
sound_pages(rc_arena *a)
{
    rc_builder *b = rc_builder_new(a);
    furnish(b, a);
    uint32_t page = rc_builder_page(b, RC_LEN(595.28), RC_LEN(841.89));
    rc_builder_page_of(b, page)->label = RC_LIT("1");
    uint32_t later = rc_builder_page(b, RC_LEN(595.28), RC_LEN(841.89));
    rc_el doc = rc_builder_element(b, RC_TAG_DOCUMENT, RC_NO_ELEMENT);
    rc_el sect = rc_builder_element(b, RC_TAG_SECT, doc);
    rc_builder_rect(b, 0, RC_ARTIFACT_LAYOUT, box_of(51, 75, 493.28, 1.2), 0,
                    -1, 0);
    rc_el h1 = rc_builder_element(b, RC_TAG_H1, sect);
    write_at(b, 0, h1, "Ab", 51, 90);
    int dest = rc_builder_dest(b, RC_LIT("one"), 0, 0, 0, h1);
    rc_builder_outline(b, RC_LIT("One"), 1, dest);
    rc_el p = rc_builder_element(b, RC_TAG_P, sect);
    write_at(b, 0, p, "to", 51, 120);
    rc_el link = rc_builder_element(b, RC_TAG_LINK, p);
    rc_builder_element_of(b, link)->link_dest = dest;
    rc_builder_more(b, link)->link_text = RC_LIT("Back to One");
    write_at(b, 0, link, "On", 64, 120);
    rc_builder_linkbox(b, 0, link, box_of(64, 110, 10, 12));
    write_at(b, 0, p, ".", 74, 120);
    add_figure(b, sect);
    add_table(b, sect);
    rc_el l = rc_builder_element(b, RC_TAG_L, sect);
    rc_el item = rc_builder_element(b, RC_TAG_LI, l);
    rc_el body = rc_builder_element(b, RC_TAG_LBODY, item);
    write_at(b, 0, body, "it", 64, 400);
    rc_el note = rc_builder_element(b, RC_TAG_NOTE, sect);
    rc_builder_more(b, note)->id = RC_LIT("note-1");
    write_at(b, 0, note, "no", 64, 700);
    rc_el sect2 = rc_builder_element(b, RC_TAG_SECT, doc);
    rc_el h2 = rc_builder_element(b, RC_TAG_H2, sect2);
    write_at(b, later, h2, "Ab", 51, 90);
    rc_pages *pages = rc_builder_finish(b);
    rc_builder_free(b);
    return pages;
}

static void *
dup_of(rc_arena *a, const void *at, size_t count, size_t size)
{
    void *copy = rc_arena_array(a, count, size);
    memcpy(copy, at, count * size);
    return copy;
}

static list
sound_list(void)
{
    list l = {.arena = rc_arena_new()};
    rc_arena *a = l.arena;
    rc_pages *p = l.p = sound_pages(a);
    p->elements = l.elements = dup_of(a, p->elements, p->element_count,
                                      sizeof *l.elements);
    l.more = RC_MAKE_ARRAY(a, rc_element_more, H2 + 1);
    for (int e = 0; e <= H2; e++) {
        l.kids[e] = dup_of(a, p->elements[e].kids, p->elements[e].kid_count,
                           sizeof(rc_kid));
        l.elements[e].kids = l.kids[e];
        l.more[e] = *p->elements[e].more;
        l.elements[e].more = &l.more[e];
    }
    p->pages = l.pages = dup_of(a, p->pages, p->page_count, sizeof *l.pages);
    l.pages[0].ops = l.ops = dup_of(a, p->pages[0].ops, p->pages[0].op_count,
                                    sizeof *l.ops);
    p->runs = l.runs = dup_of(a, p->runs, p->run_count, sizeof *l.runs);
    p->dests = l.dests = dup_of(a, p->dests, p->dest_count, sizeof *l.dests);
    p->outline = l.outline = dup_of(a, p->outline, p->outline_count,
                                    sizeof *l.outline);
    return l;
}

/* The checker's words; "" when it finds the list sound. */
static char *
check_of(const rc_pages *p)
{
    char *text = NULL;
    size_t len = 0;
    FILE *to = open_memstream(&text, &len);
    bool sound = rc_page_check(p, to);
    fclose(to);
    ck_assert_msg(sound == (len == 0), "says nothing, or too much: %s", text);
    return text;
}

START_TEST(test_sound)
{
    list l = sound_list();
    char *text = check_of(l.p);
    ck_assert_str_eq(text, "");
    free(text);
    rc_arena_free(l.arena);
}
END_TEST

/* -- breaks ------------------------------------------------------------------- */
static rc_glyph bad_glyph[] = {{.id = 0}};
static rc_glyph far_glyph[] = {{.id = 1, .cluster = 99}};
static const rc_el bad_header[] = {TD};

/* Each edit breaks one invariant; the words are what must be said of it. */
#define BREAKS(X)                                                            \
    X(l->more[FIGURE].alt.len = 0, "no alternative text")                \
    X(l->more[FIGURE].has_box = false, "no box")                         \
    X(l->more[FIGURE].box.width = 0, "an empty box")                     \
    X(l->more[FIGURE].box_page = 7, "a box on no page")                  \
    X(l->elements[LINK].link_dest = -1, "leads nowhere")                     \
    X(l->elements[LINK].link_dest = 4, "no such destination: 4")             \
    X(l->more[LINK].link_text.len = 0, "no contents")                    \
    X(l->elements[TH].scope = RC_SCOPE_NONE, "no scope")                     \
    X(l->elements[TD].headers = bad_header, "header 14 is no TH")            \
    X(l->elements[TD].col_span = 2, "3 columns, not 2")                      \
    X(l->elements[TH].row_span = 2, "3 columns, not 2")                      \
    X(l->more[NOTE].id.len = 0, "no id")                                 \
    X(l->elements[H1].tag = RC_TAG_H2, "the first heading is no H1")         \
    X(l->elements[H2].tag = RC_TAG_H3, "follows H1")                         \
    X(l->elements[H2].kid_count = 0, "an empty heading")                     \
    X(l->elements[DOCUMENT].tag = RC_TAG_SECT, "is no Document")             \
    X(l->elements[LIST].tag = RC_TAG_DIV, "must not stand under Div")        \
    X(l->elements[ITEM].tag = RC_TAG_DIV, "must not stand under Div")        \
    X(l->elements[THEAD].tag = RC_TAG_P, "must not stand under P")           \
    X(l->elements[BODY_ROW].tag = RC_TAG_P, "must not stand under TBody")    \
    X(l->elements[TD].tag = RC_TAG_P, "must not stand under TR")             \
    X(l->elements[P].tag = RC_TAG_SECT, "holds text itself")                 \
    X(l->elements[P].tag = RC_TAG_LBODY, "must not stand under Sect")        \
    X(l->elements[H2].parent = SECT, "also a kid of element 19")             \
    X(l->elements[SECT2].parent = 30, "no such parent: 30")                  \
    X(l->elements[SECT].kid_count--, "is nobody's kid")                      \
    X(l->kids[SECT][0].element = 99, "no such kid: 99")                      \
    X(l->kids[SECT][0].element = P, "also a kid of element 1")               \
    X(l->kids[H1][0].op_count = 99, "no stretch of page 1")                  \
    X(l->kids[H1][0].page = 9, "no stretch of page 10")                      \
    X(l->kids[H1][0].op_count = 2, "content of element 3 on page 1")         \
    X(l->kids[P][0].op = OP_P2, "in 2 content kids, not in one")             \
    X(l->elements[NOTE].kid_count = 0, "in 0 content kids, not in one")      \
    X(l->ops[OP_RULE].element = RC_NO_ELEMENT,                               \
      "operation 0: neither element nor artifact")                           \
    X(l->ops[OP_RULE].element = 99, "neither element nor artifact")          \
    X(l->ops[OP_H1].colour = 2, "no such colour: 2")                         \
    X(l->ops[OP_H1].colour = -1, "text without colour")                      \
    X(l->ops[OP_LINE].colour = -1, "line without colour")                    \
    X(l->ops[OP_RECT].stroke_colour = 9, "no such colour: 9")                \
    X(l->ops[OP_H1].index = 99, "no such run: 99")                           \
    X(l->ops[OP_RECT].x2 = -1, "rectangle of negative size")                 \
    X(l->ops[OP_CIRCLE].x2 = -1, "circle of negative radius")                \
    X(l->ops[OP_PATH].count = 2, "path of 2 points")                         \
    X(l->ops[OP_PATH].index = 1, "path of 3 points from 1")                  \
    X(l->ops[OP_BOX].x2 = 0, "link box without size")                        \
    X(l->ops[OP_BOX].element = P, "link box of no Link")                     \
    X(l->ops[OP_RECT].kind = 77, "no such operation: 77")                    \
    X(l->runs[0].face = 1, "no such face: 1")                                \
    X(l->runs[0].size = 0, "text without size")                              \
    X(l->runs[0].glyphs = bad_glyph, "glyph 0 in 'Ab'")                      \
    X(l->runs[0].glyphs = far_glyph, "glyph beyond its text 'Ab'")           \
    X(l->dests[0].page = 2, "destination 'one' is on no page")               \
    X(l->dests[0].element = 99, "destination 'one' has no element")          \
    X(l->outline[0].dest = -1, "outline entry 'One' leads nowhere")          \
    X(l->outline[0].level = 2, "outline entry 'One' skips to level 2")       \
    X(l->outline[0].title.len = 0, "outline entry 0 has no title")           \
    X(l->pages[1].width = 0, "page 2 has no size")                           \
    X(l->p->element_count = 0, "no Document")

#define BREAK_WORDS(edit, words) words,
static const char *const break_words[] = {BREAKS(BREAK_WORDS)};
enum { BREAK_COUNT = sizeof break_words / sizeof *break_words };

static void
make_break(list *l, int which)
{
    int i = 0;
#define BREAK_EDIT(edit, words) \
    if (which == i++)           \
        edit;
    BREAKS(BREAK_EDIT)
}

START_TEST(test_break)
{
    list l = sound_list();
    make_break(&l, _i);
    if (l.runs[0].glyphs == bad_glyph || l.runs[0].glyphs == far_glyph)
        l.runs[0].glyph_count = 1;
    if (l.elements[TD].headers == bad_header)
        l.elements[TD].header_count = 1;
    char *text = check_of(l.p);
    ck_assert_msg(strstr(text, break_words[_i]) != NULL,
                  "'%s' expected, not: %s", break_words[_i], text);
    free(text);
    rc_arena_free(l.arena);
}
END_TEST

START_TEST(test_note_ids_are_unique)
{
    rc_arena *a = rc_arena_new();
    rc_builder *b = rc_builder_new(a);
    rc_el doc = rc_builder_element(b, RC_TAG_DOCUMENT, RC_NO_ELEMENT);
    for (int i = 0; i < 2; i++) {
        rc_el note = rc_builder_element(b, RC_TAG_NOTE, doc);
        rc_builder_more(b, note)->id = RC_LIT("n");
    }
    char *text = check_of(rc_builder_finish(b));
    ck_assert_ptr_nonnull(strstr(text, "element 2 (Note): the id of"));
    free(text);
    rc_builder_free(b);
    rc_arena_free(a);
}
END_TEST

START_TEST(test_break_names_the_authors_line)
{
    list l = sound_list();
    const rc_source *s = rc_source_make(l.arena, RC_LIT("chapters/a.md"),
                                        RC_LIT("one\ntwo\n"));
    l.elements[FIGURE].origin = (rc_origin){s, 5, 6};
    l.more[FIGURE].alt.len = 0;
    char *text = check_of(l.p);
    ck_assert_str_eq(text, "page list: element 5 (Figure, chapters/a.md:2:2): "
                           "no alternative text\n");
    free(text);
    rc_arena_free(l.arena);
}
END_TEST

/* -- the builder's order ---------------------------------------------------------- */
static void
expect_content(const rc_kid *kid, uint32_t page, uint32_t op, uint32_t count)
{
    ck_assert_int_eq(kid->element, RC_NO_ELEMENT);
    ck_assert_uint_eq(kid->page, page);
    ck_assert_uint_eq(kid->op, op);
    ck_assert_uint_eq(kid->op_count, count);
}

START_TEST(test_kids_in_order_of_drawing)
{
    list l = sound_list();
    const rc_element *p = &l.elements[P];
    ck_assert_uint_eq(p->kid_count, 3);
    expect_content(&p->kids[0], 0, OP_P, 1);
    ck_assert_int_eq(p->kids[1].element, LINK);
    expect_content(&p->kids[2], 0, OP_P2, 1);
    /* side by side: one kid, and the link box is none */
    ck_assert_uint_eq(l.elements[FIGURE].kid_count, 1);
    expect_content(&l.elements[FIGURE].kids[0], 0, OP_RECT, 4);
    ck_assert_uint_eq(l.elements[LINK].kid_count, 1);
    rc_arena_free(l.arena);
}
END_TEST

/* A paragraph that runs over a page while its figure is drawn on the next:
 * pages are drawn on alternately, and each stretch keeps its place. */
/* What a run points to is copied, unless it lasts. */
START_TEST(test_lasting_runs_are_shared)
{
    rc_arena *a = rc_arena_new();
    rc_builder *b = rc_builder_new(a);
    rc_builder_page(b, RC_LEN(600), RC_LEN(800));
    rc_glyph_run run = run_of(RC_LIT("ab"));
    rc_builder_text(b, 0, RC_ARTIFACT_LAYOUT, &run, 0, 0, 0);
    run.lasting = true;
    rc_builder_text(b, 0, RC_ARTIFACT_LAYOUT, &run, 0, 0, 0);
    const rc_pages *l = rc_builder_finish(b);
    ck_assert_ptr_ne(l->runs[0].glyphs, run.glyphs);
    ck_assert_ptr_ne(l->runs[0].text.at, run.text.at);
    ck_assert_ptr_eq(l->runs[1].glyphs, run.glyphs);
    ck_assert_ptr_eq(l->runs[1].text.at, run.text.at);
    rc_builder_free(b);
    rc_arena_free(a);
}
END_TEST

START_TEST(test_pages_in_turn)
{
    rc_arena *a = rc_arena_new();
    rc_builder *b = rc_builder_new(a);
    furnish(b, a);
    rc_builder_page(b, RC_LEN(100), RC_LEN(100));
    rc_builder_page(b, RC_LEN(100), RC_LEN(100));
    rc_el doc = rc_builder_element(b, RC_TAG_DOCUMENT, RC_NO_ELEMENT);
    rc_el p = rc_builder_element(b, RC_TAG_P, doc);
    rc_el q = rc_builder_element(b, RC_TAG_P, doc);
    write_at(b, 0, p, "aa", 0, 10);
    write_at(b, 1, q, "bb", 0, 10);
    write_at(b, 0, p, "cc", 0, 20); /* joins: q is on the other page */
    write_at(b, 1, p, "dd", 0, 20);
    write_at(b, 0, p, "ee", 0, 30); /* new: a stretch on page 1 between */
    write_at(b, 1, q, "ff", 0, 30); /* new: p drew between */
    /* a child that draws nothing keeps its place all the same */
    rc_builder_element(b, RC_TAG_SPAN, q);
    write_at(b, 1, q, "gg", 0, 40);
    rc_pages *pages = rc_builder_finish(b);
    const rc_element *first = &pages->elements[p], *second = &pages->elements[q];
    ck_assert_uint_eq(first->kid_count, 3);
    expect_content(&first->kids[0], 0, 0, 2);
    expect_content(&first->kids[1], 1, 1, 1);
    expect_content(&first->kids[2], 0, 2, 1);
    ck_assert_uint_eq(second->kid_count, 4);
    expect_content(&second->kids[0], 1, 0, 1);
    expect_content(&second->kids[1], 1, 2, 1);
    ck_assert_int_eq(second->kids[2].element, 3);
    expect_content(&second->kids[3], 1, 3, 1);
    char *text = check_of(pages);
    ck_assert_str_eq(text, "");
    free(text);
    rc_builder_free(b);
    rc_arena_free(a);
}
END_TEST

START_TEST(test_artifacts_belong_to_nobody)
{
    rc_arena *a = rc_arena_new();
    rc_builder *b = rc_builder_new(a);
    furnish(b, a);
    rc_builder_page(b, RC_LEN(100), RC_LEN(100));
    rc_el doc = rc_builder_element(b, RC_TAG_DOCUMENT, RC_NO_ELEMENT);
    rc_el p = rc_builder_element(b, RC_TAG_P, doc);
    write_at(b, 0, p, "aa", 0, 10);
    write_at(b, 0, RC_ARTIFACT_FOOTER, "xx", 0, 90);
    write_at(b, 0, p, "bb", 0, 20);
    rc_pages *pages = rc_builder_finish(b);
    ck_assert_uint_eq(pages->elements[p].kid_count, 2);
    expect_content(&pages->elements[p].kids[0], 0, 0, 1);
    expect_content(&pages->elements[p].kids[1], 0, 2, 1);
    rc_builder_free(b);
    rc_arena_free(a);
}
END_TEST

/* Whoever made the list may forget everything when it is finished. */
START_TEST(test_nothing_is_borrowed)
{
    char text[] = "abcdefgh";
    rc_arena *a = rc_arena_new();
    rc_builder *b = rc_builder_new(a);
    furnish(b, a);
    rc_builder_meta(b)->title = rc_str_z(text);
    uint32_t page = rc_builder_page(b, RC_LEN(100), RC_LEN(100));
    rc_builder_page_of(b, page)->label = rc_str_z(text);
    rc_el doc = rc_builder_element(b, RC_TAG_DOCUMENT, RC_NO_ELEMENT);
    rc_el p = rc_builder_element(b, RC_TAG_P, doc);
    rc_builder_more(b, p)->lang = rc_str_z(text);
    ck_assert_ptr_eq(rc_builder_more(b, p), rc_builder_more(b, p));
    write_at(b, page, p, text, 0, 10);
    int dest = rc_builder_dest(b, rc_str_z(text), page, 0, 0, p);
    rc_builder_outline(b, rc_str_z(text), 1, dest);
    const rc_pages *pages = rc_builder_finish(b);
    rc_builder_free(b);
    memset(text, 'x', sizeof text - 1);
    const rc_str kept[] = {
        pages->title,         pages->pages[0].label,
        pages->runs[0].text,  pages->elements[p].more->lang,
        pages->dests[0].name, pages->outline[0].title,
    };
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        ck_assert_msg(rc_str_is(kept[i], "abcdefgh"), "string %zu", i);
    ck_assert_ptr_nonnull(pages->elements[doc].more);
    ck_assert_uint_eq(pages->elements[doc].more->lang.len, 0);
    rc_arena_free(a);
}
END_TEST

/* Growth past every first size; while building, the arena holds only glyphs and
 * texts. */
START_TEST(test_many)
{
    enum { PAGES = 300, EACH = 200 };
    rc_arena *a = rc_arena_new();
    rc_builder *b = rc_builder_new(a);
    size_t small = rc_arena_size(a);
    furnish(b, a);
    rc_el doc = rc_builder_element(b, RC_TAG_DOCUMENT, RC_NO_ELEMENT);
    for (uint32_t i = 0; i < PAGES; i++) {
        rc_builder_page(b, RC_LEN(100), RC_LEN(100));
        for (int k = 0; k < EACH; k++) {
            rc_el p = rc_builder_element(b, RC_TAG_P, doc);
            write_at(b, i, p, "aa", 0, k);
        }
    }
    ck_assert_uint_le(rc_arena_size(a),
                      small + PAGES * EACH * (2 * sizeof(rc_glyph) + 16)
                          + 1280 * 1024);
    rc_pages *pages = rc_builder_finish(b);
    ck_assert_uint_eq(pages->page_count, PAGES);
    ck_assert_uint_eq(pages->run_count, (size_t)PAGES * EACH);
    ck_assert_uint_eq(pages->elements[0].kid_count, PAGES * EACH);
    ck_assert_int_eq(pages->elements[0].kids[777].element, 778);
    rc_builder_free(b);
    char *text = check_of(pages);
    ck_assert_str_eq(text, "");
    free(text);
    rc_arena_free(a);
}
END_TEST

/* -- dumps -------------------------------------------------------------------------- */
START_TEST(test_dump)
{
    list l = sound_list();
    char *text = NULL;
    size_t len = 0;
    FILE *to = open_memstream(&text, &len);
    rc_page_dump(l.p, to);
    fclose(to);
    ck_assert_str_eq(
        text,
        "page 1 595.28 841.89 label=\"1\"\n"
        "rect artifact:layout 51 75 493.28 1.2 fill=ink\n"
        "text H1 51 90 Face.ttf 10.5 ink \"Ab\"\n"
        "text P 51 120 Face.ttf 10.5 ink \"to\"\n"
        "text Link 64 120 Face.ttf 10.5 ink \"On\"\n"
        "linkbox Link 64 110 10 12\n"
        "text P 74 120 Face.ttf 10.5 ink \".\"\n"
        "rect Figure 51 140 100 18 fill=ink stroke=paper width 0.5\n"
        "path Figure 0 0 5.2 0 0 4 fill=ink\n"
        "circle Figure 9 9 4.4 fill=ink\n"
        "line Figure 0 0 20 0 width 1.2 ink\n"
        "text TH 60 300 Face.ttf 10.5 ink \"h\"\n"
        "text TH 160 300 Face.ttf 10.5 ink \"i\"\n"
        "text TH 60 322.5 Face.ttf 10.5 ink \"l\"\n"
        "text TD 160 322.5 Face.ttf 10.5 ink \"d\"\n"
        "text LBody 64 400 Face.ttf 10.5 ink \"it\"\n"
        "text Note 64 700 Face.ttf 10.5 ink \"no\"\n"
        "page 2 595.28 841.89\n"
        "text H2 51 90 Face.ttf 10.5 ink \"Ab\"\n");
    free(text);
    rc_arena_free(l.arena);
}
END_TEST

static char *
tags_of(const rc_pages *p)
{
    char *text = NULL;
    size_t len = 0;
    FILE *to = open_memstream(&text, &len);
    rc_page_dump_tags(p, to);
    fclose(to);
    return text;
}

START_TEST(test_dump_tags)
{
    list l = sound_list();
    char *text = tags_of(l.p);
    ck_assert_str_eq(text, "Document\n"
                           "  Sect\n"
                           "    H1 \"Ab\"\n"
                           "    P\n"
                           "      \"to\"\n"
                           "      Link to=one contents=\"Back to One\" \"On\"\n"
                           "      \".\"\n"
                           "    Figure alt=\"A bar, \\\"64\\\" long\"\n"
                           "    Table\n"
                           "      THead\n"
                           "        TR\n"
                           "          TH scope=column \"h\"\n"
                           "          TH scope=column \"i\"\n"
                           "      TBody\n"
                           "        TR\n"
                           "          TH scope=row \"l\"\n"
                           "          TD headers=2 \"d\"\n"
                           "    L\n"
                           "      LI\n"
                           "        LBody \"it\"\n"
                           "    Note id=\"note-1\" \"no\"\n"
                           "  Sect\n"
                           "    H2 \"Ab\"\n");
    free(text);
    rc_arena_free(l.arena);
}
END_TEST

/* Lines and columns are parted, what touches is not. */
START_TEST(test_dump_tags_parts_words)
{
    rc_arena *a = rc_arena_new();
    rc_builder *b = rc_builder_new(a);
    furnish(b, a);
    rc_builder_page(b, RC_LEN(100), RC_LEN(100));
    rc_el doc = rc_builder_element(b, RC_TAG_DOCUMENT, RC_NO_ELEMENT);
    rc_el p = rc_builder_element(b, RC_TAG_P, doc);
    write_at(b, 0, p, "ab", 0, 10);
    write_at(b, 0, p, "cd", 10, 10);  /* touches */
    write_at(b, 0, p, "1", 20, 6);    /* a raised mark */
    write_at(b, 0, p, "ef", 0, 25);   /* the next line */
    write_at(b, 0, p, "g ", 40, 25);  /* a column */
    write_at(b, 0, p, "hi", 60, 25);  /* had its space */
    char *text = tags_of(rc_builder_finish(b));
    ck_assert_str_eq(text, "Document\n  P \"abcd1 ef g hi\"\n");
    free(text);
    rc_builder_free(b);
    rc_arena_free(a);
}
END_TEST

START_TEST(test_tag_names)
{
    ck_assert_str_eq(rc_tag_name(RC_TAG_LBODY), "LBody");
    ck_assert_str_eq(rc_tag_name(RC_TAG_BLOCK_QUOTE), "BlockQuote");
    for (int i = 0; i < RC_TAG_COUNT; i++)
        ck_assert_ptr_nonnull(rc_tag_name((rc_tag)i));
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("page");
    TCase *t = tcase_create("page");
    tcase_add_test(t, test_sound);
    tcase_add_loop_test(t, test_break, 0, BREAK_COUNT);
    tcase_add_test(t, test_note_ids_are_unique);
    tcase_add_test(t, test_break_names_the_authors_line);
    tcase_add_test(t, test_kids_in_order_of_drawing);
    tcase_add_test(t, test_lasting_runs_are_shared);
    tcase_add_test(t, test_pages_in_turn);
    tcase_add_test(t, test_artifacts_belong_to_nobody);
    tcase_add_test(t, test_nothing_is_borrowed);
    tcase_add_test(t, test_many);
    tcase_add_test(t, test_dump);
    tcase_add_test(t, test_dump_tags);
    tcase_add_test(t, test_dump_tags_parts_words);
    tcase_add_test(t, test_tag_names);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
