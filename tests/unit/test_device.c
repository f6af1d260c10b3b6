/* The PDF, judged by programs that others wrote, and the picture, held
 * against a picture of the PDF. */
#include "device/device.h"

#include "base/file.h"

#include "test_device_list.h"

#include <cairo.h>
#include <check.h>
#include <stdlib.h>
#include <unistd.h>

static rc_arena *arena;
static rc_log *log_;
static const rc_pages *list;
static char folder[64];

static void
set_up(void)
{
    arena = rc_arena_new();
    log_ = rc_log_new();
    list = make_list(arena);
    ck_assert(rc_page_check(list, stderr));
    strcpy(folder, "/tmp/test_device_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    rc_buf out = {0};
    ck_assert(rc_pdf_write(list, "assets/sRGB.icc", NULL, log_, &out));
    ck_assert(rc_file_write(rc_str_printf(arena, "%s/a.pdf", folder).at,
                            rc_buf_str(&out), log_));
    rc_buf_free(&out);
}

static void
tear_down(void)
{
    (void)!system(rc_str_printf(arena, "rm -rf %s", folder).at);
    rc_log_free(log_);
    rc_arena_free(arena);
}

/* What a command prints; %s in it is the folder. It must succeed. */
static rc_str
run(const char *command)
{
    rc_buf line = {0}, out = {0};
    rc_buf_printf(&line, "cd %s && ", folder);
    rc_buf_z(&line, command);
    rc_buf_z(&line, " 2>&1");
    rc_buf_char(&line, 0);
    FILE *from = popen(line.at, "r");
    ck_assert_ptr_nonnull(from);
    char bytes[4096];
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, from)) > 0;)
        rc_buf_bytes(&out, bytes, n);
    int status = pclose(from);
    rc_str s = rc_str_copy(arena, rc_buf_str(&out));
    ck_assert_msg(status == 0, "%s: %.*s", command, RC_STR(s));
    rc_buf_free(&line);
    rc_buf_free(&out);
    return s;
}

static void
must_have(rc_str s, const char *part)
{
    ck_assert_msg(rc_str_find(s, part, 0) != SIZE_MAX, "no '%s' in:\n%.*s",
                  part, RC_STR(s));
}

static void
must_not_have(rc_str s, const char *part)
{
    ck_assert_msg(rc_str_find(s, part, 0) == SIZE_MAX, "'%s' in:\n%.*s", part,
                  RC_STR(s));
}

/* The whole file with its streams in the clear. */
static rc_str
plain(void)
{
    return run("qpdf --qdf --object-streams=disable a.pdf - | tr -d '\\n'");
}

START_TEST(is_sound)
{
    rc_str s = run("qpdf --check a.pdf");
    must_have(s, "No syntax or stream encoding errors");
    must_not_have(s, "WARNING");
    s = run("mutool info a.pdf");
    must_have(s, "PDF-1.7");
    must_not_have(s, "error");
    must_not_have(s, "warning");
    s = run("mutool draw -F txt a.pdf 2>&1 | "
            "grep -v 'ICC support is not available'");
    must_not_have(s, "warning");
    s = run("qpdf --show-xref a.pdf");
    must_have(s, "compressed; stream");
}
END_TEST

START_TEST(embeds_subsets)
{
    rc_str s = run("pdffonts a.pdf");
    must_have(s, "+OpenSans ");
    must_have(s, "+CharisSIL-Bold ");
    size_t rows = 0;
    for (size_t at = 0; (at = rc_str_find(s, "CID TrueType", at)) != SIZE_MAX;
         at++)
        rows++;
    ck_assert_uint_eq(rows, 2);
    size_t good = 0;
    for (size_t at = 0; (at = rc_str_find(s, "yes yes yes", at)) != SIZE_MAX;
         at++)
        good++; /* embedded, subset, to Unicode */
    ck_assert_uint_eq(good, 2);
}
END_TEST

START_TEST(says_its_text)
{
    rc_str s = run("pdftotext -f 1 -l 1 a.pdf -");
    must_have(s, "Working together");
    must_have(s, "The office is efficient: see page 1 and then (\\) AVATAR.");
    must_have(s, "x\xCC\x81yz");
    must_have(s, "Much stronger");
    s = run("mutool draw -F txt a.pdf 1 2>/dev/null | tr '\\302\\240' '  '");
    must_have(s, "The office is efficient");
    s = run("pdftotext -f 2 -l 2 a.pdf -");
    must_have(s, "Annex \xE2\x80\x93 tables");
}
END_TEST

START_TEST(is_tagged)
{
    rc_str s = run("pdfinfo -struct-text a.pdf");
    must_have(s, "Document\n  Part\n    H1 (block)\n      \"Working together\"");
    must_have(s, "\"It begins here \"\n      \"and ends there.\"");
    must_have(s, "Figure");
    must_have(s, "THead");
    must_have(s, "TBody");
    must_have(s, "LBody");
    must_have(s, "Lbl");
    must_have(s, "Note");
    must_not_have(s, "Running head");
    s = run("pdfinfo -struct a.pdf");
    must_have(s, "Scope /Column");
    must_have(s, "Scope /Row");
    must_have(s, "ListNumbering /Disc");
    s = run("pdfinfo a.pdf");
    must_have(s, "Tagged:          yes");
    must_have(s, "Title:           Working together & apart");
    must_have(s, "Author:          R\xC3\xA9" "becca");
    s = plain();
    must_have(s, "/ID (note-1)");
    must_have(s, "/Headers [");
    must_have(s, "/Alt <feff");
    must_have(s, "491.89      451      641.89");
    must_have(s, "/DisplayDocTitle true");
    must_have(s, "/Lang (en-GB)");
    must_have(s, "/Contents (Go to the second chapter)");
    must_have(s, "/OBJR");
    must_have(s, "/Tabs /S");
    must_have(s, "(https://example.org/\\(a\\))");
}
END_TEST

/* Only what glyphs cannot say by themselves needs ActualText. */
START_TEST(glyphs_say_their_text)
{
    rc_str s = plain();
    size_t at = rc_str_find(s, "/ActualText<feff00780301>", 0);
    ck_assert_uint_ne(at, SIZE_MAX);
    ck_assert_uint_eq(rc_str_find(s, "/ActualText", at + 1), SIZE_MAX);
}
END_TEST

/* From an annotation to its element and back. */
START_TEST(links_find_their_elements)
{
    for (int i = 0; i < 2; i++) {
        rc_str annots = run("mutool show a.pdf pages/1/Annots");
        must_have(run(rc_str_printf(arena,
                                    "mutool show a.pdf "
                                    "pages/1/Annots/%d/StructParent",
                                    i + 1)
                          .at),
                  i ? "4" : "3");
        rc_str element =
            run(rc_str_printf(arena,
                              "mutool show a.pdf trailer/Root/StructTreeRoot/"
                              "ParentTree/Kids/1/Nums/%d",
                              2 * (3 + i) + 2)
                    .at);
        must_have(element, "/S /Link");
        size_t from = rc_str_find(annots, "[ ", 0) + 2;
        if (i)
            from = rc_str_find(annots, "R ", from) + 2;
        size_t to = rc_str_find(annots, "R", from);
        must_have(element, rc_str_cz(arena, rc_str_part(annots, from, to)));
    }
}
END_TEST

START_TEST(has_outline_labels_and_dests)
{
    rc_str s = run("qpdf --json --json-key=outlines --json-key=pagelabels "
                   "a.pdf");
    must_have(s, "\"title\": \"Annex \xE2\x80\x93 tables\"");
    must_have(s, "\"destpageposfrom1\": 2");
    must_have(s, "\"/S\": \"/r\"");
    must_have(s, "\"/St\": 2");
    must_have(s, "\"/S\": \"/D\"");
    s = run("pdfinfo -dests a.pdf");
    must_have(s, "\"annex\"");
    must_have(s, "\"overview\"");
    s = run("mutool show a.pdf outline");
    must_have(s, "Last");
}
END_TEST

static rc_str
xmp_of(bool no_claim, const char *icc, const char *date)
{
    rc_pages p = *list;
    p.no_claim = no_claim;
    p.date = rc_str_z(date);
    rc_buf out = {0};
    ck_assert(rc_pdf_write(&p, icc, NULL, log_, &out));
    rc_str s = rc_str_copy(arena, rc_buf_str(&out));
    rc_buf_free(&out);
    return s;
}

/* Drawn twice, kept once; in the preview where the PDF has it (worst_box). */
START_TEST(has_its_pictures)
{
    ck_assert_uint_eq(list->image_count, 1);
    rc_str said = run("pdfimages -list a.pdf");
    size_t at = rc_str_find(said, " 48    32  rgb     3   8  image", 0);
    ck_assert_uint_ne(at, SIZE_MAX);
    must_have(plain(), "/I0 Do");
    must_not_have(plain(), "/I1");
    rc_image cut = *list->images[0];
    const rc_image *images[] = {&cut};
    rc_pages p = *list;
    rc_buf out = {0};
    rc_log *log = rc_log_new();
    cut.png.len -= 60;
    p.images = images;
    ck_assert(!rc_pdf_write(&p, NULL, NULL, log, &out));
    ck_assert(!rc_png_write(&p, 0, 72, log, &out));
    ck_assert_uint_eq(out.len, 0);
    ck_assert_int_eq(rc_log_status(log), RC_EXIT_INPUT);
    rc_log_free(log);
    rc_buf_free(&out);
}
END_TEST

START_TEST(claims_only_what_it_may)
{
    rc_str s = xmp_of(false, "assets/sRGB.icc", "");
    must_have(s, "<pdfuaid:part>1<");
    must_have(s, "<pdfaid:part>2<");
    must_have(s, "<pdfaid:conformance>A<");
    must_have(s, "Working together &amp; apart");
    must_not_have(s, "CreateDate");
    must_not_have(xmp_of(true, "assets/sRGB.icc", ""), "pdfuaid:part");
    must_not_have(xmp_of(true, "assets/sRGB.icc", ""), "pdfaid:part");
    must_not_have(xmp_of(false, NULL, ""), "pdfaid:part");
    must_have(xmp_of(false, NULL, "2014-01-31"),
              "<xmp:CreateDate>2014-01-31T00:00:00Z<");
    must_have(xmp_of(false, NULL, "2014-01-31T10:20:30+01:00"),
              "<xmp:CreateDate>2014-01-31T10:20:30+01:00<");
    must_not_have(xmp_of(false, NULL, "yesterday"), "CreateDate");
}
END_TEST

START_TEST(is_the_same_twice)
{
    rc_str a = xmp_of(false, "assets/sRGB.icc", "");
    rc_arena *other = rc_arena_new();
    rc_buf out = {0};
    ck_assert(rc_pdf_write(make_list(other), "assets/sRGB.icc", NULL, log_,
                           &out));
    ck_assert(rc_str_eq(a, rc_buf_str(&out)));
    rc_buf_free(&out);
    rc_arena_free(other);
    must_not_have(a, "CreationDate");
}
END_TEST

static const rc_pages *
finish_list(rc_builder *b, rc_str title)
{
    rc_pages *p = rc_builder_finish(b);
    rc_builder_free(b);
    p->title = title;
    p->language = RC_LIT("en");
    p->faces = test_faces;
    p->face_count = FACES;
    p->colours = test_colours;
    p->colour_count = COLOURS;
    return p;
}

/* A page of one word: other subsets than the list's. The word is drawn with the
 * glyphs of another of the same length. */
static const rc_pages *
other_list(const char *drawn, const char *word)
{
    rc_builder *b = rc_builder_new(arena);
    rc_el document = rc_builder_element(b, RC_TAG_DOCUMENT, RC_NO_ELEMENT);
    rc_el e = rc_builder_element(b, RC_TAG_P, document);
    uint32_t page = rc_builder_page(b, RC_LEN(200), RC_LEN(100));
    rc_glyph_run run = test_shape(arena, drawn, SANS, RC_LEN(10));
    run.text = rc_str_z(word);
    rc_builder_text(b, page, e, &run, RC_LEN(10), RC_LEN(20), INK);
    return finish_list(b, RC_LIT("Other"));
}

static void
must_write(const rc_pages *p, rc_pdf_kit *kit, rc_str expected)
{
    rc_buf out = {0};
    ck_assert(rc_pdf_write(p, "assets/sRGB.icc", kit, log_, &out));
    ck_assert(rc_str_eq(expected, rc_buf_str(&out)));
    rc_buf_free(&out);
}

/* No file can tell what was written with its kit before: the same one, others
 * (more than a face keeps subsets of), the same glyphs that say something
 * else, or one that failed half way. */
START_TEST(a_kit_leaves_no_trace)
{
    static const char *const words[] = {"worda", "wordb", "wordc", "wordd",
                                        "worde", "wordf", "wordg", "wordh",
                                        "sword"};
    enum { WORDS = sizeof words / sizeof *words };
    const rc_pages *p[WORDS];
    rc_str alone[WORDS], first = xmp_of(false, "assets/sRGB.icc", "");
    for (int i = 0; i < WORDS; i++) {
        p[i] = other_list(words[i < WORDS - 1 ? i : i - 1], words[i]);
        rc_buf out = {0};
        ck_assert(rc_pdf_write(p[i], "assets/sRGB.icc", NULL, log_, &out));
        alone[i] = rc_str_copy(arena, rc_buf_str(&out));
        rc_buf_free(&out);
    }
    ck_assert(!rc_str_eq(alone[0], alone[WORDS - 1]));
    rc_pdf_kit *kit = rc_pdf_kit_new();
    for (int turn = 0; turn < 3; turn++) {
        must_write(list, kit, first);
        for (int i = 0; i < WORDS; i++)
            must_write(p[turn == 1 ? WORDS - 1 - i : i], kit,
                       alone[turn == 1 ? WORDS - 1 - i : i]);
        rc_log *log = rc_log_new();
        rc_buf out = {0};
        rc_image cut = *list->images[0];
        const rc_image *images[] = {&cut};
        rc_pages bad = *list;
        cut.png.len -= 60;
        bad.images = images;
        ck_assert(!rc_pdf_write(&bad, "assets/sRGB.icc", kit, log, &out));
        ck_assert(!rc_pdf_write(list, "Makefile", kit, log, &out));
        ck_assert(!rc_pdf_write(list, "Makefile", kit, log, &out));
        ck_assert_uint_eq(out.len, 0);
        rc_page_face faces[FACES] = {test_faces[0],
                                     {RC_LIT("bad"), RC_LIT("Makefile")}};
        bad = *list;
        bad.faces = faces;
        ck_assert(!rc_pdf_write(&bad, NULL, kit, log, &out));
        rc_buf_free(&out);
        rc_log_free(log);
    }
    must_write(list, kit, first);
    rc_pdf_kit_free(kit);
}
END_TEST

/* More pages, elements and names than one node of any tree holds. */
START_TEST(grows_its_trees)
{
    rc_builder *b = rc_builder_new(arena);
    rc_glyph_run word = test_shape(arena, "word ", SANS, RC_LEN(10));
    rc_el document = rc_builder_element(b, RC_TAG_DOCUMENT, RC_NO_ELEMENT);
    enum { PAGES = 4200 };
    for (int i = 0; i < PAGES; i++) {
        uint32_t page = rc_builder_page(b, RC_LEN(200), RC_LEN(100));
        rc_builder_page_of(b, page)->number = i + 1;
        rc_el e = rc_builder_element(b, i ? RC_TAG_P : RC_TAG_H1, document);
        rc_builder_text(b, page, e, &word, RC_LEN(10), RC_LEN(20), INK);
        int dest = rc_builder_dest(b, rc_str_printf(arena, "d%d", i), page, 0,
                                   0, e);
        rc_el note = rc_builder_element(b, RC_TAG_NOTE, document);
        rc_builder_more(b, note)->id = rc_str_printf(arena, "n%d", i);
        rc_el link = rc_builder_element(b, RC_TAG_LINK, note);
        rc_builder_element_of(b, link)->link_dest = dest;
        rc_builder_more(b, link)->link_text = RC_LIT("back");
        rc_builder_text(b, page, link, &word, RC_LEN(10), RC_LEN(40), INK);
        rc_builder_linkbox(b, page, link, test_box(10, 30, 30, 12));
    }
    const rc_pages *p = finish_list(b, RC_LIT("Long"));
    rc_buf out = {0};
    ck_assert(rc_pdf_write(p, NULL, NULL, log_, &out));
    ck_assert(rc_file_write(rc_str_printf(arena, "%s/b.pdf", folder).at,
                            rc_buf_str(&out), log_));
    rc_buf_free(&out);
    must_have(run("qpdf --check b.pdf"), "No syntax or stream");
    must_have(run("qpdf --show-npages b.pdf"), "4200");
    /* ids in the order of bytes: n0 n1 n10 n100 ... */
    rc_str leaf = run("mutool show b.pdf trailer/Root/StructTreeRoot/IDTree/"
                      "Kids/1/Limits");
    must_have(leaf, "(n0)");
    must_have(leaf, "(n1054)");
    must_have(run("pdftotext -f 4200 -l 4200 b.pdf -"), "word");
}
END_TEST

START_TEST(unreadable_files_are_the_worlds_fault)
{
    rc_buf out = {0};
    ck_assert(!rc_pdf_write(list, "assets/none.icc", NULL, log_, &out));
    ck_assert_int_eq(rc_log_status(log_), RC_EXIT_WORLD);
    ck_assert_uint_eq(out.len, 0);
    rc_log *log = rc_log_new();
    ck_assert(!rc_pdf_write(list, "Makefile", NULL, log, &out));
    ck_assert_int_eq(rc_log_status(log), RC_EXIT_WORLD);
    rc_log_free(log);
    static const char *const bad[] = {"fonts/none.ttf", "Makefile"};
    for (size_t i = 0; i < 2; i++) {
        rc_pages p = *list;
        rc_page_face faces[FACES] = {test_faces[0],
                                     {RC_LIT("bad"), rc_str_z(bad[i])}};
        p.faces = faces;
        log = rc_log_new();
        ck_assert(!rc_pdf_write(&p, NULL, NULL, log, &out));
        ck_assert_int_eq(rc_log_status(log), RC_EXIT_WORLD);
        ck_assert(!rc_png_write(&p, 0, 72, log, &out));
        ck_assert_uint_eq(out.len, 0);
        rc_log_free(log);
    }
    rc_buf_free(&out);
}
END_TEST

/* -- pictures ------------------------------------------------------------------- */

typedef struct picture {
    const uint8_t *at; /* blue, green, red, unused */
    int width, height, stride;
    cairo_surface_t *surface;
} picture;

static picture
open_picture(const char *name)
{
    cairo_surface_t *s = cairo_image_surface_create_from_png(
        rc_str_printf(arena, "%s/%s", folder, name).at);
    ck_assert_int_eq(cairo_surface_status(s), CAIRO_STATUS_SUCCESS);
    return (picture){cairo_image_surface_get_data(s),
                     cairo_image_surface_get_width(s),
                     cairo_image_surface_get_height(s),
                     cairo_image_surface_get_stride(s), s};
}

static void
write_picture(const rc_pages *p, const char *name, double dpi)
{
    rc_buf out = {0};
    ck_assert(rc_png_write(p, 0, dpi, log_, &out));
    ck_assert(rc_file_write(rc_str_printf(arena, "%s/%s", folder, name).at,
                            rc_buf_str(&out), log_));
    rc_buf_free(&out);
}

/* The mean difference of channels over boxes of 4 by 4 pixels, at most 255:
 * two rasterisers place grey differently within a pixel, but the same ink in
 * the same place. Returns the worst box. */
static int
worst_box(const picture *a, const picture *b)
{
    int worst = 0;
    for (int y = 0; y + 4 <= a->height; y += 2)
        for (int x = 0; x + 4 <= a->width; x += 2)
            for (int c = 0; c < 3; c++) {
                int sum = 0;
                for (int i = 0; i < 4; i++)
                    for (int j = 0; j < 4; j++)
                        sum += a->at[(y + i) * a->stride + (x + j) * 4 + c] -
                               b->at[(y + i) * b->stride + (x + j) * 4 + c];
                sum = abs(sum) / 16;
                worst = sum > worst ? sum : worst;
            }
    return worst;
}

START_TEST(picture_equals_pdf)
{
    write_picture(list, "a.png", 144);
    run("pdftoppm -r 144 -f 1 -l 1 -png a.pdf b && mv b-1.png b.png");
    picture a = open_picture("a.png"), b = open_picture("b.png");
    ck_assert_int_eq(a.width, 1191);
    ck_assert_int_eq(a.height, 1684);
    ck_assert_int_eq(a.width, b.width);
    ck_assert_int_eq(a.height, b.height);
    int worst = worst_box(&a, &b);
    ck_assert_msg(worst <= 90, "worst box differs by %d", worst);
    /* poppler puts glyphs on quarters of a pixel and pictures on whole ones,
     * MuPDF all where they belong */
    run("mutool draw -q -r 144 -o m.png a.pdf 1");
    picture m = open_picture("m.png");
    worst = worst_box(&a, &m);
    ck_assert_msg(worst <= 36, "worst box differs by %d", worst);
    /* the test can tell: a bar moved by one point */
    rc_pages moved = *list;
    rc_page page = list->pages[0];
    rc_op *ops = RC_MAKE_ARRAY(arena, rc_op, page.op_count);
    memcpy(ops, page.ops, page.op_count * sizeof *ops);
    for (size_t i = 0; i < page.op_count; i++)
        if (ops[i].kind == RC_OP_RECT && ops[i].element >= 0)
            ops[i].y += RC_LEN(1);
    page.ops = ops;
    moved.pages = &page;
    write_picture(&moved, "c.png", 144);
    picture c = open_picture("c.png");
    ck_assert_int_gt(worst_box(&c, &b), 100);
    cairo_surface_destroy(a.surface);
    cairo_surface_destroy(b.surface);
    cairo_surface_destroy(m.surface);
    cairo_surface_destroy(c.surface);
}
END_TEST

START_TEST(picture_has_the_size_asked_for)
{
    write_picture(list, "a.png", 72);
    picture a = open_picture("a.png");
    ck_assert_int_eq(a.width, 596);
    ck_assert_int_eq(a.height, 842);
    cairo_surface_destroy(a.surface);
    rc_buf out = {0};
    ck_assert(!rc_png_write(list, 0, 100000, log_, &out));
    ck_assert_int_eq(rc_log_status(log_), RC_EXIT_WORLD);
    rc_buf_free(&out);
}
END_TEST

int
main(void)
{
    Suite *s = suite_create("device");
    TCase *c = tcase_create("files");
    tcase_add_checked_fixture(c, set_up, tear_down);
    tcase_set_timeout(c, 120);
    tcase_add_test(c, is_sound);
    tcase_add_test(c, embeds_subsets);
    tcase_add_test(c, says_its_text);
    tcase_add_test(c, is_tagged);
    tcase_add_test(c, glyphs_say_their_text);
    tcase_add_test(c, links_find_their_elements);
    tcase_add_test(c, has_outline_labels_and_dests);
    tcase_add_test(c, has_its_pictures);
    tcase_add_test(c, claims_only_what_it_may);
    tcase_add_test(c, is_the_same_twice);
    tcase_add_test(c, a_kit_leaves_no_trace);
    tcase_add_test(c, grows_its_trees);
    tcase_add_test(c, unreadable_files_are_the_worlds_fault);
    tcase_add_test(c, picture_equals_pdf);
    tcase_add_test(c, picture_has_the_size_asked_for);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? 1 : 0;
}
