/* A small page list made by hand, with everything that a device must know:
 * three pages, two faces, every operation, every kind of tag that has rules of
 * its own. HarfBuzz shapes; no room above page/ is needed. */
#ifndef RC_TEST_DEVICE_LIST_H
#define RC_TEST_DEVICE_LIST_H

#include <hb-ot.h>
#include <hb.h>
#include <string.h>

#include "page/page.h"

enum { SANS, SERIF, FACES };
enum { INK, BLUE, TINT, RED, COLOURS };

static const rc_page_face test_faces[FACES] = {
    {{"OpenSans-Regular.ttf", 20}, {"fonts/OpenSans-Regular.ttf", 26}},
    {{"CharisSIL-Bold.ttf", 18}, {"fonts/CharisSIL-Bold.ttf", 24}},
};
static const rc_rgb test_colours[COLOURS] = {
    {0x14, 0x14, 0x14, {"ink", 3}},
    {0x12, 0x43, 0x6D, {"blue", 4}},
    {0xF1, 0xF4, 0xF8, {"tint", 4}},
    {0xFF, 0x00, 0x00, {"red", 3}},
};

typedef struct test_list {
    rc_arena *arena;
    rc_builder *b;
    uint32_t page;
} test_list;

static rc_glyph_run
test_shape(rc_arena *a, const char *text, int face, rc_len size)
{
    hb_blob_t *blob = hb_blob_create_from_file(test_faces[face].path.at);
    hb_face_t *f = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(f);
    hb_font_set_scale(font, size, size);
    hb_buffer_t *b = hb_buffer_create();
    hb_buffer_add_utf8(b, text, -1, 0, -1);
    hb_buffer_guess_segment_properties(b);
    bool rtl = hb_buffer_get_direction(b) == HB_DIRECTION_RTL;
    hb_shape(font, b, NULL, 0);
    unsigned n;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(b, &n);
    rc_glyph *glyphs = RC_MAKE_ARRAY(a, rc_glyph, n);
    rc_offset *offsets = RC_MAKE_ARRAY(a, rc_offset, n);
    rc_len width = 0;
    for (unsigned i = 0; i < n; i++) {
        glyphs[i] = (rc_glyph){.id = (uint16_t)info[i].codepoint,
                               .advance = at[i].x_advance,
                               .cluster = (uint16_t)info[i].cluster};
        offsets[i] = (rc_offset){(int16_t)at[i].x_offset,
                                 (int16_t)-at[i].y_offset};
        width += at[i].x_advance;
    }
    hb_buffer_destroy(b);
    hb_font_destroy(font);
    hb_face_destroy(f);
    hb_blob_destroy(blob);
    return (rc_glyph_run){.face = (int16_t)face,
                          .rtl = rtl,
                          .size = size,
                          .width = width,
                          .glyph_count = n,
                          .glyphs = glyphs,
                          .text = rc_str_copy(a, rc_str_z(text)),
                          .offsets = offsets};
}

static rc_len
put_text(test_list *t, rc_el e, const char *text, int face, double size,
         double x, double y)
{
    rc_glyph_run run = test_shape(t->arena, text, face, RC_LEN(size));
    rc_builder_text(t->b, t->page, e, &run, RC_LEN(x), RC_LEN(y), INK);
    return run.width;
}

static rc_box
test_box(double x, double y, double width, double height)
{
    return (rc_box){RC_LEN(x), RC_LEN(y), RC_LEN(width), RC_LEN(height)};
}

static void
put_page(test_list *t, const char *label, int number, bool roman)
{
    t->page = rc_builder_page(t->b, RC_LEN(595.28), RC_LEN(841.89));
    rc_page *page = rc_builder_page_of(t->b, t->page);
    page->label = rc_str_z(label);
    page->number = number;
    page->roman = roman;
    put_text(t, RC_ARTIFACT_HEADER, "Running head", SANS, 8, 51, 40);
    rc_builder_line(t->b, t->page, RC_ARTIFACT_LAYOUT,
                    (rc_point){RC_LEN(51), RC_LEN(48)},
                    (rc_point){RC_LEN(544.28), RC_LEN(48)}, RC_LEN(0.5), INK);
    put_text(t, RC_ARTIFACT_FOOTER, label, SANS, 8, 540, 800);
}

static void
put_table(test_list *t, rc_el parent)
{
    rc_el table = rc_builder_element(t->b, RC_TAG_TABLE, parent);
    rc_el caption = rc_builder_element(t->b, RC_TAG_CAPTION, table);
    put_text(t, caption, "Responses by team", SANS, 9.5, 51, 400);
    rc_el head = rc_builder_element(t->b, RC_TAG_THEAD, table);
    rc_el row = rc_builder_element(t->b, RC_TAG_TR, head);
    rc_el columns[2];
    for (int i = 0; i < 2; i++) {
        columns[i] = rc_builder_element(t->b, RC_TAG_TH, row);
        rc_builder_element_of(t->b, columns[i])->scope = RC_SCOPE_COLUMN;
        put_text(t, columns[i], i ? "Number" : "Team", SANS, 9.5,
                 51 + 100 * i, 420);
    }
    rc_el body = rc_builder_element(t->b, RC_TAG_TBODY, table);
    for (int r = 0; r < 2; r++) {
        row = rc_builder_element(t->b, RC_TAG_TR, body);
        rc_el th = rc_builder_element(t->b, RC_TAG_TH, row);
        rc_builder_element_of(t->b, th)->scope = RC_SCOPE_ROW;
        put_text(t, th, r ? "South" : "North", SANS, 9.5, 51, 440 + 20 * r);
        rc_el td = rc_builder_element(t->b, RC_TAG_TD, row);
        rc_builder_headers(t->b, td, (rc_el[]){columns[1], th}, 2);
        put_text(t, td, r ? "128" : "145", SANS, 9.5, 151, 440 + 20 * r);
    }
}

static void
put_figure(test_list *t, rc_el parent)
{
    rc_el figure = rc_builder_element(t->b, RC_TAG_FIGURE, parent);
    rc_element_more *el = rc_builder_more(t->b, figure);
    el->alt = RC_LIT("Bars: 48 per cent agreed. Gr\xC3\xBC\xC3\x9F" "e.");
    el->box = test_box(51, 200, 400, 150);
    el->box_page = t->page;
    el->has_box = true;
    rc_builder_rect(t->b, t->page, figure, test_box(51, 210, 200.3, 20), BLUE,
                    -1, 0);
    rc_builder_rect(t->b, t->page, figure, test_box(251.3, 210, 99.7, 20),
                    TINT, INK, RC_LEN(0.8));
    put_text(t, figure, "48%", SANS, 8.5, 300, 224);
    rc_builder_circle(t->b, t->page, figure,
                      (rc_point){RC_LEN(100), RC_LEN(290)}, RC_LEN(30), RED,
                      INK, RC_LEN(2));
    rc_builder_circle(t->b, t->page, figure,
                      (rc_point){RC_LEN(320), RC_LEN(290)}, RC_LEN(3.5), BLUE,
                      -1, 0);
    rc_builder_path(t->b, t->page, figure,
                    (rc_point[]){{RC_LEN(200), RC_LEN(320)},
                                 {RC_LEN(240), RC_LEN(260)},
                                 {RC_LEN(280), RC_LEN(320)}},
                    3, BLUE);
    rc_log *log = rc_log_new(); /* a picture, twice */
    for (int i = 0; i < 2; i++) {
        rc_image *bus = RC_MAKE(t->arena, rc_image);
        if (rc_image_read(t->arena, "tests/cases/small/bus.png", log,
                          rc_span_none(), bus))
            rc_builder_image(t->b, t->page, figure,
                             test_box(380 + 40 * i, 270, 24, 16), bus);
    }
    rc_log_free(log);
}

static void
put_list(test_list *t, rc_el parent)
{
    rc_el list = rc_builder_element(t->b, RC_TAG_L, parent);
    for (int i = 0; i < 2; i++) {
        rc_el item = rc_builder_element(t->b, RC_TAG_LI, list);
        rc_el label = rc_builder_element(t->b, RC_TAG_LBL, item);
        put_text(t, label, "\xE2\x80\xA2 ", SANS, 9.5, 51, 500 + 15 * i);
        rc_el body = rc_builder_element(t->b, RC_TAG_LBODY, item);
        put_text(t, body, i ? "second" : "first", SANS, 9.5, 62,
                 500 + 15 * i);
    }
}

/* A paragraph that runs over two pages, with a link in it, a note's mark and
 * the note at the foot. */
static void
put_prose(test_list *t, rc_el parent, int dest)
{
    rc_el p = rc_builder_element(t->b, RC_TAG_P, parent);
    double x = 51;
    x += put_text(t, p, "The office is efficient: see ", SANS, 9.5, x, 130) /
         1024.0;
    rc_el link = rc_builder_element(t->b, RC_TAG_LINK, p);
    rc_builder_element_of(t->b, link)->link_dest = dest;
    rc_builder_more(t->b, link)->link_text =
        RC_LIT("Go to the second chapter");
    double width = put_text(t, link, "page 1", SANS, 9.5, x, 130) / 1024.0;
    rc_builder_linkbox(t->b, t->page, link,
                       test_box(x, 122, width, 12));
    put_text(t, p, " and\xC2\xA0" "then (\\) AVATAR.", SANS, 9.5, x + width,
             130);
    rc_el reference = rc_builder_element(t->b, RC_TAG_REFERENCE, p);
    rc_el mark = rc_builder_element(t->b, RC_TAG_LBL, reference);
    put_text(t, mark, "1", SANS, 6, 400, 127);
    rc_el strong = rc_builder_element(t->b, RC_TAG_STRONG, p);
    put_text(t, strong, "Much stronger", SERIF, 9.5, 51, 145);
    rc_el note = rc_builder_element(t->b, RC_TAG_NOTE, parent);
    rc_builder_more(t->b, note)->id = RC_LIT("note-1");
    put_text(t, note, "A note with x\xCC\x81yz in it.", SERIF, 8, 51, 760);
    rc_el web = rc_builder_element(t->b, RC_TAG_LINK, note);
    rc_element_more *el = rc_builder_more(t->b, web);
    el->link_url = RC_LIT("https://example.org/(a)");
    el->link_text = RC_LIT("Example");
    put_text(t, web, "example.org", SANS, 8, 200, 760);
    rc_builder_linkbox(t->b, t->page, web, test_box(200, 752, 60, 10));
}

static const rc_pages *
make_list(rc_arena *a)
{
    test_list t = {.arena = a, .b = rc_builder_new(a)};
    rc_el document = rc_builder_element(t.b, RC_TAG_DOCUMENT, RC_NO_ELEMENT);
    put_page(&t, "ii", 2, true);
    rc_builder_rect(t.b, t.page, RC_ARTIFACT_BACKGROUND,
                    test_box(0, 820, 595.28, 21.89), TINT, -1, 0);
    rc_el part = rc_builder_element(t.b, RC_TAG_PART, document);
    rc_el h1 = rc_builder_element(t.b, RC_TAG_H1, part);
    put_text(&t, h1, "Working together", SERIF, 30, 51, 100);
    int first = rc_builder_dest(t.b, RC_LIT("overview"), t.page, 0,
                                RC_LEN(60), h1);
    int second = rc_builder_dest(t.b, RC_LIT("annex"), 1, 0, RC_LEN(60),
                                 RC_NO_ELEMENT);
    put_prose(&t, part, second);
    put_figure(&t, part);
    put_table(&t, part);
    put_list(&t, part);
    rc_el over = rc_builder_element(t.b, RC_TAG_P, part);
    put_text(&t, over, "It begins here ", SANS, 9.5, 51, 700);
    put_page(&t, "1", 1, false);
    put_text(&t, over, "and ends there.", SANS, 9.5, 51, 80);
    rc_el h2 = rc_builder_element(t.b, RC_TAG_H2, part);
    put_text(&t, h2, "Annex \xE2\x80\x93 tables", SERIF, 22, 51, 120);
    put_page(&t, "2", 2, false);
    rc_builder_outline(t.b, RC_LIT("Working together"), 1, first);
    rc_builder_outline(t.b, RC_LIT("Annex \xE2\x80\x93 tables"), 2, second);
    rc_builder_outline(t.b, RC_LIT("Last"), 1, second);
    rc_pages *p = rc_builder_finish(t.b);
    rc_builder_free(t.b);
    p->title = RC_LIT("Working together & apart");
    p->author = RC_LIT("R\xC3\xA9" "becca");
    p->language = RC_LIT("en-GB");
    p->creator = RC_LIT("test");
    p->faces = test_faces;
    p->face_count = FACES;
    p->colours = test_colours;
    p->colour_count = COLOURS;
    return p;
}

#endif
