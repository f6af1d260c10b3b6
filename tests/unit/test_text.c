/* Paragraphs: held against PangoLayout on the sample's own texts, and the
 * promises of text.h one by one. */
#include "text/inner.h"

#include "base/file.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { REGULAR, SEMIBOLD, ITALIC, SERIF, FACES };

static const rc_font_file files[FACES] = {
    {{"OpenSans-Regular.ttf", 20}, {"fonts/OpenSans-Regular.ttf", 26}, {0}},
    {{"OpenSans-Semibold.ttf", 21}, {"fonts/OpenSans-Semibold.ttf", 27}, {0}},
    {{"OpenSans-Italic.ttf", 19}, {"fonts/OpenSans-Italic.ttf", 25}, {0}},
    {{"CharisSIL-Regular.ttf", 21}, {"fonts/CharisSIL-Regular.ttf", 27}, {0}},
};

static rc_arena *arena;
static rc_log *log_;
static rc_fonts *fonts;

static void
set_up(void)
{
    arena = rc_arena_new();
    log_ = rc_log_new();
    fonts = rc_fonts_open(files, FACES, RC_LIT("en-GB"), log_);
    ck_assert_ptr_nonnull(fonts);
}

static void
tear_down(void)
{
    rc_fonts_close(fonts);
    rc_log_free(log_);
    rc_arena_free(arena);
}

static rc_text_run
run_of(const char *text, int face, rc_len size)
{
    return (rc_text_run){.text = rc_str_z(text), .face = face, .size = size};
}

static const rc_para *
set_text(const char *text, rc_len width)
{
    rc_text_run run = run_of(text, REGULAR, RC_LEN(9.5));
    return rc_text_set(arena, fonts,
                       &(rc_text_spec){&run, 1, width, false}, log_);
}

static rc_str
line_text(const rc_line *line)
{
    rc_buf b = {0};
    for (size_t i = 0; i < line->count; i++)
        rc_buf_add(&b, line->parts[i].run.text);
    rc_str s = rc_str_copy(arena, rc_buf_str(&b));
    rc_buf_free(&b);
    return s;
}

static void
check_line(const rc_para *p, size_t line, const char *text)
{
    ck_assert_uint_lt(line, p->count);
    rc_str s = line_text(&p->lines[line]);
    ck_assert_msg(rc_str_is(s, text), "line %zu is '%.*s', not '%s'", line,
                  RC_STR(s), text);
}

/* -- the oracle ------------------------------------------------------------- */

static bool
word_fits(rc_str text, size_t at, int face, rc_len size, rc_len width)
{
    size_t from = at, to = at;
    while (from > 0 && text.at[from - 1] != ' ')
        from--;
    while (to < text.len && text.at[to] != ' ')
        to++;
    rc_str word = rc_str_part(text, from, to);
    return width <= 0 || rc_text_width(fonts, word, face, size) <= width;
}

static PangoLayout *
oracle_layout(rc_str text, int face, rc_len size, rc_len width)
{
    PangoLayout *l = rc_text_layout(fonts);
    PangoFontDescription *d =
        pango_font_description_copy(fonts->faces[face].description);
    pango_font_description_set_absolute_size(d, size);
    pango_layout_set_font_description(l, d);
    pango_font_description_free(d);
    pango_layout_set_text(l, text.at, (int)text.len);
    pango_layout_set_width(l, width > 0 ? width : -1);
    PangoAttrList *list = pango_attr_list_new();
    pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
    for (size_t at = 1; at < text.len; at++)
        if (!rc_text_may_break(text, at)) { /* the one thing that is ours */
            PangoAttribute *hold = pango_attr_allow_breaks_new(FALSE);
            hold->start_index = (guint)at - 1;
            hold->end_index = (guint)at + 1;
            pango_attr_list_insert(list, hold);
        }
    pango_layout_set_attributes(l, list);
    pango_attr_list_unref(list);
    return l;
}

/* Glyph for glyph, without the space at a line's end. */
static void
compare_line(const rc_line *line, const PangoLayoutLine *other, rc_str text)
{
    size_t part = 0;
    uint32_t index = 0;
    int64_t x = 0, other_x = 0;
    for (GSList *r = other->runs; r; r = r->next) {
        const PangoGlyphItem *run = r->data;
        for (int i = 0; i < run->glyphs->num_glyphs; i++) {
            const PangoGlyphInfo *info = &run->glyphs->glyphs[i];
            while (part < line->count &&
                   index == line->parts[part].run.glyph_count) {
                part++;
                index = 0;
            }
            if (part == line->count) {
                ck_assert_int_eq(info->geometry.width, 0);
                continue;
            }
            const rc_glyph_run *ours = &line->parts[part].run;
            rc_offset off = rc_glyph_offset(ours, index);
            const rc_glyph *g = &ours->glyphs[index++];
            int64_t at = x + off.dx;
            int64_t other_at = other_x + info->geometry.x_offset;
            x += g->advance;
            other_x += info->geometry.width;
            if (info->glyph == PANGO_GLYPH_EMPTY)
                continue;
            ck_assert_msg(g->id == info->glyph, "glyph in '%.*s'",
                          RC_STR(text));
            ck_assert_msg(at == other_at && off.dy == info->geometry.y_offset,
                          "place of glyph in '%.*s'", RC_STR(text));
        }
    }
}

static void
compare(rc_str text, int face, rc_len size, rc_len width)
{
    for (size_t at = 1; at < text.len; at++)
        if (!rc_text_may_break(text, at)
            && !word_fits(text, at, face, size, width))
            return; /* cut anywhere: held together, Pango cuts elsewhere */
    rc_text_run run = {.text = text, .face = face, .size = size};
    const rc_para *p = rc_text_set(
        arena, fonts, &(rc_text_spec){&run, 1, width, false}, NULL);
    PangoLayout *l = oracle_layout(text, face, size, width);
    ck_assert_msg((size_t)pango_layout_get_line_count(l) == p->count,
                  "%d lines by Pango, %zu by us, in %d: '%.*s'",
                  pango_layout_get_line_count(l), p->count, width,
                  RC_STR(text));
    for (size_t i = 0; i < p->count; i++) {
        const PangoLayoutLine *o =
            pango_layout_get_line_readonly(l, (int)i);
        rc_str theirs = rc_str_part(text, (size_t)o->start_index,
                                    (size_t)(o->start_index + o->length));
        rc_str ours = line_text(&p->lines[i]);
        ck_assert_msg(rc_str_eq(rc_str_trim(ours), rc_str_trim(theirs)),
                      "'%.*s' by Pango, '%.*s' by us", RC_STR(theirs),
                      RC_STR(ours));
        PangoRectangle box;
        pango_layout_line_get_extents((PangoLayoutLine *)(uintptr_t)o, NULL,
                                      &box);
        ck_assert_msg(box.width == p->lines[i].width,
                      "width %d by Pango, %d by us: '%.*s' in '%.*s'",
                      box.width, p->lines[i].width, RC_STR(ours),
                      RC_STR(text));
        compare_line(&p->lines[i], o, text);
    }
    if (width <= 0)
        ck_assert_int_eq(rc_text_width(fonts, text, face, size), p->width);
    g_object_unref(l);
}

/* The fields of a CSV file that hold more than one word. */
static void
for_each_field(const char *path, void (*visit)(rc_str))
{
    rc_str s;
    ck_assert(rc_file_read(arena, path, log_, rc_span_none(), &s));
    char *field = RC_MAKE_ARRAY(arena, char, s.len + 1);
    size_t at = 0;
    while (at < s.len) {
        size_t len = 0;
        bool quoted = s.at[at] == '"';
        at += quoted;
        for (; at < s.len; at++) {
            if (quoted && s.at[at] == '"') {
                if (at + 1 < s.len && s.at[at + 1] == '"')
                    at++;
                else
                    break;
            } else if (!quoted && (s.at[at] == ',' || s.at[at] == '\n' ||
                                   s.at[at] == '\r')) {
                break;
            }
            field[len++] = s.at[at];
        }
        at += quoted;
        at++;
        rc_str text = rc_str_trim((rc_str){field, len});
        rc_mark mark = rc_arena_mark(arena);
        if (text.len && rc_str_find(text, "\n", 0) == SIZE_MAX)
            visit(text);
        rc_arena_rewind(arena, mark);
    }
}

static size_t compared;

static void
compare_field(rc_str text)
{
    compare(text, REGULAR, RC_LEN(9.5), RC_LEN(324.85));
    compare(text, REGULAR, RC_LEN(8), RC_LEN(138.4));
    compare(text, SEMIBOLD, RC_LEN(10.5), RC_LEN(101.3));
    compare(text, SERIF, RC_LEN(30), RC_LEN(324.85));
    compare(text, ITALIC, RC_LEN(9.5), 0);
    compared++;
}

START_TEST(equals_pango_on_the_sample)
{
    static const char *const names[] = {"comments", "questions", "statements",
                                        "published", "themes", "groups",
                                        "facts"};
    compared = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for_each_field(rc_str_printf(arena,
                                     "samples/ways-of-working-2013/data/"
                                     "%s.csv",
                                     names[i])
                           .at,
                       compare_field);
    ck_assert_uint_gt(compared, 3000);
}
END_TEST

/* Every measure from wide to one word, over text with all the breaks that
 * prose has. */
START_TEST(equals_pango_at_every_width)
{
    static const char *const texts[] = {
        "A long-standing, well-established face-to-face relationship "
        "(2012-13 and 2013\u201314) \u2014 with \u00A38m/year; see "
        "\u201Cco-commissioning\u201D (s. 4.2) and/or w\u00A0x.",
        "agree / disagree: \"quoted\" (in brackets) 48% \u2013 of 1,204, "
        "e.g. 3\u00BD, don\u2019t know; \u2018single\u2019 ... and so on!",
        "higher than the rest \u2022 \u2212 6 points, not +5; "
        "\u00A9 2014 \u00D7 2 \u2264 end",
        "12 345 67%", "AT&T To We Ya P. Av fi ffl office \u2013",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (rc_len w = RC_LEN(140); w < RC_LEN(420); w += RC_LEN(1.7)) {
            rc_mark mark = rc_arena_mark(arena);
            compare(rc_str_z(texts[i]), REGULAR, RC_LEN(9.5), w);
            compare(rc_str_z(texts[i]), SERIF, RC_LEN(12), w);
            rc_arena_rewind(arena, mark);
        }
}
END_TEST

/* The slow road gives the same parts as the fast one. */
START_TEST(both_roads_agree)
{
    rc_text_run runs[] = {
        run_of("Leads were ", REGULAR, RC_LEN(9.5)),
        run_of("particularly", SEMIBOLD, RC_LEN(9.5)),
        run_of(" posi", REGULAR, RC_LEN(9.5)),
        run_of("tive (see ", REGULAR, RC_LEN(9.5)),
        run_of("co-commissioning", ITALIC, RC_LEN(9.5)),
        run_of(").", REGULAR, RC_LEN(9.5)),
        run_of("12", REGULAR, RC_LEN(6)),
        run_of(" More follows\xE2\x80\xA8here.", REGULAR, RC_LEN(9.5)),
    };
    runs[3].tag = 7;
    runs[6].raise = RC_LEN(3);
    rc_fonts *other = rc_fonts_open(files, FACES, RC_LIT("en-GB"), log_);
    other->faces[REGULAR].plain['L' / 8] = 0;
    for (rc_len w = RC_LEN(90); w < RC_LEN(300); w += RC_LEN(3)) {
        rc_text_spec spec = {runs, 8, w, false};
        const rc_para *fast = rc_text_set(arena, fonts, &spec, NULL);
        const rc_para *slow = rc_text_set(arena, other, &spec, NULL);
        ck_assert_uint_eq(fast->count, slow->count);
        for (size_t i = 0; i < fast->count; i++) {
            const rc_line *a = &fast->lines[i], *b = &slow->lines[i];
            ck_assert_int_eq(a->width, b->width);
            ck_assert_uint_eq(a->count, b->count);
            for (size_t j = 0; j < a->count; j++) {
                const rc_line_part *x = &a->parts[j], *y = &b->parts[j];
                ck_assert_int_eq(x->x, y->x);
                ck_assert_int_eq(x->tag, y->tag);
                ck_assert_int_eq(x->raise, y->raise);
                ck_assert_int_eq(x->run.face, y->run.face);
                ck_assert_int_eq(x->run.size, y->run.size);
                ck_assert(rc_str_eq(x->run.text, y->run.text));
                ck_assert_uint_eq(x->run.glyph_count, y->run.glyph_count);
                for (uint32_t k = 0; k < x->run.glyph_count; k++) {
                    ck_assert_uint_eq(x->run.glyphs[k].id,
                                      y->run.glyphs[k].id);
                    ck_assert_uint_eq(x->run.glyphs[k].cluster,
                                      y->run.glyphs[k].cluster);
                }
            }
        }
    }
    rc_fonts_close(other);
}
END_TEST

/* -- promises ----------------------------------------------------------------- */

/* "office" is one word to the shaper, whatever tags cut it: with a ligature
 * the second tag begins after it. */
START_TEST(tags_do_not_change_shapes)
{
    rc_text_run whole = run_of("AVATAR Wave", SERIF, RC_LEN(20));
    rc_text_run cut[] = {run_of("AVA", SERIF, RC_LEN(20)),
                         run_of("TAR W", SERIF, RC_LEN(20)),
                         run_of("ave", SERIF, RC_LEN(20))};
    cut[1].tag = 1;
    const rc_para *a = rc_text_set(
        arena, fonts, &(rc_text_spec){&whole, 1, 0, false}, log_);
    const rc_para *b = rc_text_set(
        arena, fonts, &(rc_text_spec){cut, 3, 0, false}, log_);
    ck_assert_int_eq(a->width, b->width);
    ck_assert_uint_eq(a->lines[0].count, 1);
    ck_assert_uint_eq(b->lines[0].count, 3);
    const rc_line_part *p = b->lines[0].parts;
    ck_assert_int_eq(p[1].x, p[0].run.width);
    ck_assert(rc_str_is(p[1].run.text, "TAR W"));
    ck_assert_uint_eq(p[1].run.glyphs[0].cluster, 0);
    ck_assert_int_eq(p[1].tag, 1);
    rc_len parts = 0;
    for (int i = 0; i < 3; i++)
        parts += p[i].run.width;
    ck_assert_int_eq(parts, b->width);
}
END_TEST

START_TEST(no_break_space_holds)
{
    const char *text = "in 2013 the CCGs\u00A0of\u00A0England agreed";
    rc_len width = rc_text_width(fonts, RC_LIT("in 2013 the CCGs of"),
                                 REGULAR, RC_LEN(9.5));
    const rc_para *p = set_text(text, width + RC_LEN(1));
    check_line(p, 0, "in 2013 the ");
    check_line(p, 1, "CCGs\u00A0of\u00A0England ");
}
END_TEST

/* Seen in print: "Table A." at a line's end and "2" on the next, sentences
 * that begin with "Fifty-" and a line of their own. */
START_TEST(some_breaks_are_none)
{
    static const struct { const char *text, *first; } cases[] = {
        {"see Table\u00A0A.2", "see "},
        {"and so Fifty-three", "and so "},
        {"their co-commissioning", "their "},
        {"it is under-resourced", "it is under-"},
    };
    for (int slow = 0; slow < 2; slow++)
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            rc_text_run run = run_of(cases[i].text, REGULAR, RC_LEN(10));
            rc_len all = rc_text_width(fonts, run.text, REGULAR, RC_LEN(10));
            if (slow)
                fonts->faces[REGULAR].plain['e' / 8] = 0;
            rc_text_spec spec = {&run, 1, all - RC_LEN(4), false};
            const rc_para *p = rc_text_set(arena, fonts, &spec, NULL);
            fonts->faces[REGULAR].plain['e' / 8] = 0xFF;
            rc_str first = line_text(&p->lines[0]);
            ck_assert_msg(rc_str_is(first, cases[i].first) ||
                              (first.len + 1 == strlen(cases[i].first) &&
                               !memcmp(first.at, cases[i].first, first.len)),
                          "'%.*s'", RC_STR(first));
        }
}
END_TEST

START_TEST(line_separator_breaks)
{
    const rc_para *p = set_text("Working with\u2028the centre  \u2028\u2028x",
                                RC_LEN(300));
    ck_assert_uint_eq(p->count, 4);
    check_line(p, 0, "Working with ");
    check_line(p, 1, "the centre ");
    check_line(p, 2, " ");
    check_line(p, 3, "x");
    ck_assert_int_eq(p->lines[0].width,
                     rc_text_width(fonts, RC_LIT("Working with"), REGULAR,
                                   RC_LEN(9.5)));
    ck_assert_int_eq(p->lines[2].width, 0);
}
END_TEST

START_TEST(nothing_has_no_lines)
{
    ck_assert_uint_eq(set_text("", RC_LEN(100))->count, 0);
    rc_text_spec none = {.width = RC_LEN(100)};
    ck_assert_uint_eq(rc_text_set(arena, fonts, &none, log_)->count, 0);
    ck_assert_uint_eq(set_text("   ", RC_LEN(100))->count, 1);
    ck_assert_int_eq(set_text("   ", RC_LEN(100))->width, 0);
}
END_TEST

START_TEST(long_word_is_broken_and_said)
{
    const rc_para *p = set_text(
        "A Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch b",
        RC_LEN(80));
    ck_assert_uint_gt(p->count, 4);
    check_line(p, 0, "A ");
    rc_buf all = {0};
    for (size_t i = 0; i < p->count; i++) {
        ck_assert_int_le(p->lines[i].width, RC_LEN(80));
        rc_buf_add(&all, line_text(&p->lines[i]));
    }
    ck_assert(rc_str_is(
        rc_buf_str(&all),
        "A Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch b"));
    rc_buf_free(&all);
    ck_assert_uint_eq(rc_log_count(log_, RC_WARNING), 1);
    /* at another place it is said again */
    rc_str text = RC_LIT("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysilio");
    const rc_source *source =
        rc_source_make(arena, RC_LIT("t.md"), text);
    for (uint32_t at = 0; at < 2; at++) {
        rc_text_run run = run_of(text.at, REGULAR, RC_LEN(9.5));
        run.span = rc_span_make(source, at, at + 1);
        rc_text_set(arena, fonts, &(rc_text_spec){&run, 1, RC_LEN(80), false},
                    log_);
    }
    ck_assert_uint_eq(rc_log_count(log_, RC_WARNING), 3);
    /* not even one letter fits */
    p = set_text("abc", 1);
    ck_assert_uint_eq(p->count, 3);
}
END_TEST

/* Work grows with the length, not with its square: the square of this would
 * take minutes. */
START_TEST(endless_words_end)
{
    enum { LEN = 1000000 };
    char *text = RC_MAKE_ARRAY(arena, char, LEN + 1);
    static const char *const patterns[] = {"abcdefghij", "ab-cd-ef-g",
                                           "a / b / c "};
    for (size_t k = 0; k < 3; k++) {
        for (size_t i = 0; i < LEN; i++)
            text[i] = patterns[k][i % 10];
        const rc_para *p = set_text(text, RC_LEN(100));
        ck_assert_uint_gt(p->count, 20000);
        ck_assert_int_le(p->width, RC_LEN(100));
    }
}
END_TEST

/* Glyphs count the bytes of their run with 16 bits: a longer line is of several
 * runs, which stand side by side. */
START_TEST(endless_lines_are_parted)
{
    enum { LEN = 70001 };
    char *text = RC_MAKE_ARRAY(arena, char, LEN + 1);
    for (size_t i = 0; i < LEN; i++)
        text[i] = "a word or "[i % 10];
    for (int slow = 0; slow < 2; slow++) {
        if (slow) /* a combining mark */
            memcpy(text + LEN - 4, "e\xCC\x81.", 4);
        const rc_para *p = set_text(text, 0);
        ck_assert_uint_eq(p->count, 1);
        const rc_line *line = &p->lines[0];
        ck_assert_uint_gt(line->count, 1);
        size_t bytes = 0;
        for (size_t i = 0; i < line->count; i++) {
            const rc_glyph_run *run = &line->parts[i].run;
            ck_assert(run->text.len <= UINT16_MAX);
            ck_assert(memcmp(run->text.at, text + bytes, run->text.len) == 0);
            ck_assert_uint_eq(run->glyphs[0].cluster, 0);
            uint32_t last = run->glyph_count - 1;
            ck_assert_uint_lt(run->glyphs[last].cluster, run->text.len);
            ck_assert_uint_ge(run->glyphs[last].cluster + 4u, run->text.len);
            bytes += run->text.len;
        }
        ck_assert_uint_eq(bytes, LEN);
    }
}
END_TEST

START_TEST(balance_keeps_the_lines_and_evens_them)
{
    rc_text_run run = run_of("Area teams are seen as effective; regional and "
                             "national teams divide opinion",
                             SEMIBOLD, RC_LEN(12));
    rc_text_spec spec = {&run, 1, RC_LEN(324), false};
    const rc_para *plain = rc_text_set(arena, fonts, &spec, log_);
    spec.balance = true;
    const rc_para *even = rc_text_set(arena, fonts, &spec, log_);
    ck_assert_uint_eq(plain->count, 2);
    ck_assert_uint_eq(even->count, 2);
    ck_assert_int_lt(even->width, plain->width);
    ck_assert_int_lt(abs(even->lines[0].width - even->lines[1].width),
                     abs(plain->lines[0].width - plain->lines[1].width));
    /* one unit narrower needs a third line */
    spec.balance = false;
    spec.width = even->width - 1;
    ck_assert_uint_eq(rc_text_set(arena, fonts, &spec, log_)->count, 3);
}
END_TEST

START_TEST(missing_glyphs_are_said_once_a_place)
{
    const rc_source *source = rc_source_make(
        arena, RC_LIT("chapters/x.md"), RC_LIT("a \u4E2D b \u4E2D c"));
    rc_text_run run = run_of(source->text.at, REGULAR, RC_LEN(9.5));
    run.span = rc_span_make(source, 0, source->text.len);
    rc_text_spec spec = {&run, 1, RC_LEN(100), false};
    const rc_para *p = rc_text_set(arena, fonts, &spec, log_);
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 2);
    rc_text_set(arena, fonts, &spec, log_);
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 2);
    char *said = NULL;
    size_t len = 0;
    FILE *to = open_memstream(&said, &len);
    rc_log_print(log_, to, RC_LOG_HUMAN, false);
    fclose(to);
    ck_assert_ptr_nonnull(strstr(said, "chapters/x.md:1:3"));
    ck_assert_ptr_nonnull(strstr(said, "chapters/x.md:1:7"));
    ck_assert_ptr_nonnull(strstr(said, "U+4E2D"));
    free(said);
    for (size_t i = 0; i < p->lines[0].count; i++)
        for (uint32_t j = 0; j < p->lines[0].parts[i].run.glyph_count; j++)
            ck_assert_uint_ne(p->lines[0].parts[i].run.glyphs[j].id, 0);
    /* what one face lacks another may have: Open Sans has no schwa with hook */
    rc_log *other = rc_log_new();
    rc_text_run schwa = run_of("\u025A", REGULAR, RC_LEN(9.5));
    p = rc_text_set(arena, fonts, &(rc_text_spec){&schwa, 1, 0, false},
                    other);
    ck_assert_uint_eq(rc_log_count(other, RC_NOTE), 0);
    ck_assert_int_eq(p->lines[0].parts[0].run.face, SERIF);
    rc_log_free(other);
}
END_TEST

/* No face of the house styles has Hebrew; a torture document brings one. */
static const rc_font_file with_hebrew[] = {
    {{"OpenSans-Regular.ttf", 20}, {"fonts/OpenSans-Regular.ttf", 26}, {0}},
    {{"NotoSansHebrew-Regular.ttf", 26},
     {"tests/torture/scripts/fonts/NotoSansHebrew-Regular.ttf", 54},
     {0}},
};

START_TEST(right_to_left)
{
    const char *text = "The word \u05E9\u05DC\u05D5\u05DD means peace";
    set_text(text, RC_LEN(200));
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 4);
    rc_log *log = rc_log_new();
    rc_fonts *both = rc_fonts_open(with_hebrew, 2, RC_LIT("en"), log);
    ck_assert_ptr_nonnull(both);
    rc_text_run run = run_of(text, 0, RC_LEN(10));
    const rc_para *p = rc_text_set(
        arena, both, &(rc_text_spec){&run, 1, 0, false}, log);
    ck_assert_uint_eq(rc_log_count(log, RC_NOTE), 0);
    ck_assert_uint_eq(p->count, 1);
    ck_assert_uint_eq(p->lines[0].count, 3);
    const rc_line_part *middle = &p->lines[0].parts[1];
    ck_assert_int_eq(middle->run.face, 1);
    ck_assert(middle->run.rtl);
    ck_assert(rc_str_is(middle->run.text, "\u05E9\u05DC\u05D5\u05DD"));
    ck_assert_uint_eq(middle->run.glyph_count, 4);
    ck_assert_uint_eq(middle->run.glyphs[0].cluster, 6);
    ck_assert_uint_eq(middle->run.glyphs[3].cluster, 0);
    ck_assert_int_eq(p->lines[0].parts[2].x,
                     middle->x + middle->run.width);
    rc_fonts_close(both);
    rc_log_free(log);
}
END_TEST

/* Words, a number, words: parts come in the order of reading and stand from
 * right to left, the line at the right of its measure. */
START_TEST(right_to_left_is_read_in_order)
{
    rc_log *log = rc_log_new();
    rc_fonts *both = rc_fonts_open(with_hebrew, 2, RC_LIT("en"), log);
    ck_assert_ptr_nonnull(both);
    rc_text_run run = run_of("\u05E9\u05DC\u05D5\u05DD 12 \u05E2\u05D5\u05DC\u05DD", 0,
                             RC_LEN(10));
    const rc_para *p = rc_text_set(
        arena, both, &(rc_text_spec){&run, 1, RC_LEN(200), false}, log);
    ck_assert_uint_eq(rc_log_count(log, RC_NOTE), 0);
    ck_assert_uint_eq(p->count, 1);
    const rc_line *line = &p->lines[0];
    check_line(p, 0, run.text.at);
    ck_assert_uint_ge(line->count, 3);
    for (size_t i = 1; i < line->count; i++)
        ck_assert_int_lt(line->parts[i].x, line->parts[i - 1].x);
    ck_assert_int_eq(line->parts[0].x + line->parts[0].run.width, RC_LEN(200));
    rc_fonts_close(both);
    rc_log_free(log);
}
END_TEST

/* Files are told apart by their path, never by what they say of themselves. */
START_TEST(each_face_is_its_file)
{
    rc_str word = RC_LIT("relationship");
    rc_len widths[FACES];
    for (int i = 0; i < FACES; i++) {
        widths[i] = rc_text_width(fonts, word, i, RC_LEN(10));
        for (int j = 0; j < i; j++)
            ck_assert_int_ne(widths[i], widths[j]);
    }
    rc_font_file swapped[2] = {files[SEMIBOLD], files[REGULAR]};
    rc_fonts *other = rc_fonts_open(swapped, 2, RC_LIT("en-GB"), log_);
    ck_assert_int_eq(rc_text_width(other, word, 0, RC_LEN(10)),
                     widths[SEMIBOLD]);
    ck_assert_int_eq(rc_text_width(other, word, 1, RC_LEN(10)),
                     widths[REGULAR]);
    ck_assert(rc_str_is(rc_fonts_file(other, 0)->name,
                        "OpenSans-Semibold.ttf"));
    rc_fonts_close(other);
}
END_TEST

START_TEST(missing_font_is_the_worlds_fault)
{
    rc_font_file bad[] = {files[0],
                          {RC_LIT("No.ttf"), RC_LIT("fonts/No.ttf"), {0}},
                          {RC_LIT("LICENSE-OpenSans.txt"),
                           RC_LIT("fonts/LICENSE-OpenSans.txt"), {0}}};
    ck_assert_ptr_null(rc_fonts_open(bad, 3, RC_LIT("en"), log_));
    ck_assert_uint_eq(rc_log_count(log_, RC_WORLD), 2);
    ck_assert_int_eq(rc_log_status(log_), RC_EXIT_WORLD);
}
END_TEST

/* A paragraph set again is the same one, whatever arena was given, unless
 * anything differs that it depends on. */
START_TEST(short_paragraphs_are_kept)
{
    rc_text_run runs[] = {run_of("Area ", REGULAR, RC_LEN(9.5)),
                          run_of("team", SEMIBOLD, RC_LEN(9.5))};
    rc_text_spec spec = {runs, 2, RC_LEN(80), false};
    rc_arena *first = rc_arena_new();
    const rc_para *p = rc_text_set(first, fonts, &spec, log_);
    rc_arena_free(first);
    ck_assert_ptr_eq(rc_text_set(arena, fonts, &spec, log_), p);
    check_line(p, 0, "Area team");
    ck_assert(p->lines[0].parts[0].run.lasting);
    ck_assert(p->lines[0].parts[1].run.lasting);
    rc_text_run was = runs[1];
    rc_text_run others[] = {was, was, was, was, was, was, was};
    others[0].text = RC_LIT("term");
    others[1].face = ITALIC;
    others[2].size = RC_LEN(9);
    others[3].raise = RC_LEN(1);
    others[4].colour = 1;
    others[5].tag = 1;
    others[6].lang = RC_LIT("cy");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        runs[1] = others[i];
        ck_assert_ptr_ne(rc_text_set(arena, fonts, &spec, log_), p);
    }
    const rc_para *welsh = rc_text_set(arena, fonts, &spec, log_);
    runs[1].lang = RC_LIT("ga");
    ck_assert_ptr_ne(rc_text_set(arena, fonts, &spec, log_), welsh);
    runs[0].text = RC_LIT("Area t"); /* the same text, cut elsewhere */
    runs[1] = was;
    runs[1].text = RC_LIT("eam");
    ck_assert_ptr_ne(rc_text_set(arena, fonts, &spec, log_), p);
    runs[0].text = RC_LIT("Area ");
    runs[1] = was;
    spec.width = RC_LEN(30);
    ck_assert_uint_eq(rc_text_set(arena, fonts, &spec, log_)->count, 2);
    spec.width = RC_LEN(80);
    spec.balance = true;
    ck_assert_ptr_ne(rc_text_set(arena, fonts, &spec, log_), p);
    spec.balance = false;
    ck_assert_ptr_eq(rc_text_set(arena, fonts, &spec, log_), p);
}
END_TEST

/* The cache of words starts afresh when it is full, and of paragraphs no more
 * are kept; nothing handed out depends on it. */
START_TEST(results_outlive_the_cache)
{
    const rc_para *p = set_text("area team", 0);
    uint32_t id = p->lines[0].parts[0].run.glyphs[3].id;
    for (int i = 0; i < 70000; i++) {
        rc_mark mark = rc_arena_mark(arena);
        set_text(rc_str_printf(arena, "w%d", i).at, 0);
        rc_arena_rewind(arena, mark);
    }
    ck_assert_uint_lt(fonts->word_count, 60001);
    ck_assert_uint_lt(rc_arena_size(fonts->kept_arena), 6 << 20);
    ck_assert_ptr_eq(set_text("area team", 0), p);
    const rc_para *more = set_text("one too many", 0);
    ck_assert_ptr_ne(set_text("one too many", 0), more);
    check_line(more, 0, "one too many");
    ck_assert(!more->lines[0].parts[0].run.lasting);
    ck_assert_uint_eq(p->lines[0].parts[0].run.glyphs[3].id, id);
    ck_assert(rc_str_is(p->lines[0].parts[0].run.text, "area team"));
}
END_TEST

int
main(void)
{
    Suite *s = suite_create("text");
    TCase *c = tcase_create("paragraphs");
    tcase_add_checked_fixture(c, set_up, tear_down);
    tcase_set_timeout(c, 60);
    tcase_add_test(c, equals_pango_on_the_sample);
    tcase_add_test(c, equals_pango_at_every_width);
    tcase_add_test(c, both_roads_agree);
    tcase_add_test(c, tags_do_not_change_shapes);
    tcase_add_test(c, no_break_space_holds);
    tcase_add_test(c, some_breaks_are_none);
    tcase_add_test(c, line_separator_breaks);
    tcase_add_test(c, nothing_has_no_lines);
    tcase_add_test(c, long_word_is_broken_and_said);
    tcase_add_test(c, endless_words_end);
    tcase_add_test(c, endless_lines_are_parted);
    tcase_add_test(c, balance_keeps_the_lines_and_evens_them);
    tcase_add_test(c, missing_glyphs_are_said_once_a_place);
    tcase_add_test(c, right_to_left);
    tcase_add_test(c, right_to_left_is_read_in_order);
    tcase_add_test(c, each_face_is_its_file);
    tcase_add_test(c, missing_font_is_the_worlds_fault);
    tcase_add_test(c, short_paragraphs_are_kept);
    tcase_add_test(c, results_outlive_the_cache);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? 1 : 0;
}
