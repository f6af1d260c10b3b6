/* Prose on the page: faces, links, notes, languages, page numbers. */
#include "test_chart.h"

#define AXIS "layouts/axis/house.yaml"

static int
note_dest(const void *context, int note)
{
    (void)context;
    return note == 2 ? 0 : -1;
}

static rc_inline
plain(const char *text)
{
    return (rc_inline){.kind = RC_INLINE_TEXT,
                       .text = rc_str_z(text),
                       .target = -1,
                       .note = -1};
}

/* Draws the runs as a paragraph of body text at the axis, y = 90. */
static rc_len
draw(sheet *s, const rc_inline *runs, size_t count)
{
    rc_prose_at at = {
        .element = rc_builder_element(s->builder, RC_TAG_P, s->canvas.parent),
        .style = s->house->role[RC_ROLE_BODY],
        .x = s->house->axis,
        .y = RC_LEN(90),
        .align = 'l',
        .colour = -2,
    };
    rc_canvas measure = s->canvas;
    measure.builder = NULL;
    rc_len measured = rc_prose_draw(&measure, (rc_prose){runs, count}, &at);
    rc_len last = rc_prose_draw(&s->canvas, (rc_prose){runs, count}, &at);
    ck_assert_int_eq(measured, last);
    sheet_finish(s);
    ck_assert(rc_page_check(s->pages, stderr));
    return last;
}

static size_t
count_tags(const sheet *s, rc_tag tag)
{
    size_t n = 0;
    for (size_t i = 0; i < s->pages->element_count; i++)
        n += s->pages->elements[i].tag == tag;
    return n;
}

static const rc_element *
first_tag(const sheet *s, rc_tag tag)
{
    for (size_t i = 0; i < s->pages->element_count; i++)
        if (s->pages->elements[i].tag == tag)
            return &s->pages->elements[i];
    ck_abort_msg("no %s", rc_tag_name(tag));
}

static size_t
count_ops(const sheet *s, rc_op_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < sheet_page(s)->op_count; i++)
        n += sheet_page(s)->ops[i].kind == kind;
    return n;
}

START_TEST(faces_follow_strong_and_emph)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_inline runs[4] = {plain("one "), plain("two "), plain("three "),
                         plain("four")};
    runs[1].style = RC_STYLE_STRONG;
    runs[2].style = RC_STYLE_EMPH;
    runs[3].style = RC_STYLE_STRONG | RC_STYLE_EMPH;
    draw(&s, runs, 4);
    const rc_text_style *body = &s.house->styles[s.house->role[RC_ROLE_BODY]];
    static const char *const words[] = {"one", "two", "three", "four"};
    const int faces[] = {body->face, body->strong, body->emph,
                         body->strong_emph};
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(
            s.pages->runs[sheet_text(&s, words[i], 0)->index].face, faces[i]);
    ck_assert_int_ne(faces[0], faces[1]);
    ck_assert_int_ne(faces[1], faces[3]);
    sheet_close(&s);
}
END_TEST

START_TEST(adjacent_inlines_are_one_link)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_inline runs[5] = {plain("See "), plain("Figure 3.1"), plain(" on page "),
                         plain(""), plain(" for more.")};
    runs[3].kind = RC_INLINE_PAGE;
    for (int i = 1; i < 4; i++)
        runs[i].target = 7;
    runs[2].style = RC_STYLE_EMPH;
    draw(&s, runs, 5);
    ck_assert_uint_eq(count_tags(&s, RC_TAG_LINK), 1);
    const rc_element *link = first_tag(&s, RC_TAG_LINK);
    ck_assert(rc_str_is(link->more->link_text, "Figure 3.1 on page 71"));
    ck_assert_int_eq(link->link_dest, 0);
    ck_assert_uint_eq(count_ops(&s, RC_OP_LINKBOX), 1);
    const rc_op *text = sheet_text(&s, "Figure 3.1", 0);
    ck_assert(
        rc_str_is(s.pages->colours[text->colour].name, "navy"));
    ck_assert(rc_str_is(
        s.pages->colours[sheet_text(&s, "for more.", 0)->colour].name, "ink"));
    /* 0.4 wide, 2 under the baseline, from the link's first letter on */
    const rc_page *p = sheet_page(&s);
    const rc_op *line = NULL;
    for (size_t i = 0; i < p->op_count; i++)
        if (p->ops[i].kind == RC_OP_LINE)
            line = &p->ops[i];
    ck_assert_ptr_nonnull(line);
    ck_assert_int_eq(hundredths(line->stroke), 40);
    ck_assert_int_eq(hundredths(line->y), 9200);
    ck_assert_int_eq(line->x, text->x);
    ck_assert_int_eq(line->element, RC_ARTIFACT_LAYOUT);
    sheet_close(&s);
}
END_TEST

START_TEST(links_break_with_their_lines)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_inline runs[2] = {
        plain("This paragraph is long enough to come near the end of its "),
        plain("first line, where a link begins that goes on in the next")};
    runs[1].url = RC_LIT("https://example.org/");
    rc_len last = draw(&s, runs, 2);
    ck_assert_int_eq(last, RC_LEN(105));
    ck_assert_uint_eq(count_tags(&s, RC_TAG_LINK), 1);
    ck_assert_uint_eq(count_ops(&s, RC_OP_LINKBOX), 2);
    ck_assert_uint_eq(count_ops(&s, RC_OP_LINE), 2);
    const rc_element *link = first_tag(&s, RC_TAG_LINK);
    ck_assert(rc_str_is(link->more->link_url, "https://example.org/"));
    /* in reading order: what is drawn of it is one piece */
    ck_assert_uint_eq(link->kid_count, 1);
    sheet_close(&s);
}
END_TEST

START_TEST(links_to_nowhere_are_text)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_inline runs[2] = {plain("See page "), plain("")};
    runs[1].kind = RC_INLINE_PAGE;
    runs[0].target = runs[1].target = 8; /* not placed yet */
    draw(&s, runs, 2);
    ck_assert_uint_eq(count_tags(&s, RC_TAG_LINK), 0);
    ck_assert_int_eq(sheet_texts(&s, "00"), 1);
    sheet_close(&s);
}
END_TEST

START_TEST(note_marks_are_small_raised_references)
{
    sheet s;
    sheet_open(&s, AXIS);
    s.canvas.note_dest = note_dest;
    rc_inline runs[3] = {plain("of one mind on this."), plain("3"),
                         plain(" And so on.")};
    runs[1].kind = RC_INLINE_NOTE;
    runs[1].note = 2;
    draw(&s, runs, 3);
    const rc_op *mark = sheet_text(&s, "3", 0);
    ck_assert_int_eq(hundredths(s.pages->runs[mark->index].size), 651);
    ck_assert_int_eq(hundredths(mark->y), 9000 - 378);
    const rc_element *label = &s.pages->elements[mark->element];
    ck_assert_int_eq(label->tag, RC_TAG_LBL);
    const rc_element *link = &s.pages->elements[label->parent];
    ck_assert_int_eq(link->tag, RC_TAG_LINK);
    ck_assert_int_eq(s.pages->elements[link->parent].tag, RC_TAG_REFERENCE);
    ck_assert_uint_eq(count_ops(&s, RC_OP_LINE), 0); /* not underlined */
    sheet_close(&s);
}
END_TEST

START_TEST(marks_without_a_place_are_references)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_inline runs[2] = {plain("Here."), plain("")};
    runs[1].kind = RC_INLINE_NOTE;
    runs[1].note = 0;
    draw(&s, runs, 2);
    ck_assert_int_eq(sheet_texts(&s, "1"), 1);
    ck_assert_uint_eq(count_tags(&s, RC_TAG_REFERENCE), 1);
    ck_assert_uint_eq(count_tags(&s, RC_TAG_LINK), 0);
    sheet_close(&s);
}
END_TEST

START_TEST(other_languages_are_marked)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_inline runs[3] = {plain("The "), plain("Rhaglen"), plain(" said so.")};
    runs[1].lang = RC_LIT("cy");
    draw(&s, runs, 3);
    const rc_element *span = first_tag(&s, RC_TAG_SPAN);
    ck_assert(rc_str_is(span->more->lang, "cy"));
    sheet_close(&s);
}
END_TEST

START_TEST(tags_lead_back_to_inlines)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_inline runs[3] = {plain("one "), plain("two"), plain(" three")};
    runs[1].kind = RC_INLINE_NOTE;
    runs[1].note = 1;
    const rc_para *para = rc_prose_set(&s.canvas, (rc_prose){runs, 3},
                                       s.house->role[RC_ROLE_BODY], 0, false);
    ck_assert_uint_eq(para->count, 1);
    int seen = 0;
    for (size_t i = 0; i < para->lines[0].count; i++)
        if (para->lines[0].parts[i].tag == 1)
            seen++;
    ck_assert_int_eq(seen, 1);
    sheet_close(&s);
}
END_TEST

START_TEST(breaks_end_lines)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_inline runs[3] = {plain("one"), plain(""), plain("two")};
    runs[1].kind = RC_INLINE_BREAK;
    rc_len last = draw(&s, runs, 3);
    ck_assert_int_eq(last, RC_LEN(105));
    ck_assert_int_eq(sheet_text(&s, "two", 0)->x, s.house->axis);
    sheet_close(&s);
}
END_TEST

START_TEST(nothing_to_say_takes_no_room)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_prose_at at = {.element = RC_ARTIFACT_LAYOUT,
                      .style = s.house->role[RC_ROLE_BODY],
                      .y = RC_LEN(90),
                      .colour = -2};
    ck_assert_int_eq(rc_prose_draw(&s.canvas, (rc_prose){NULL, 0}, &at),
                     RC_LEN(90));
    sheet_finish(&s);
    sheet_close(&s);
}
END_TEST

START_TEST(texts_align_at_either_edge)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_el p = rc_builder_element(s.builder, RC_TAG_P, s.canvas.parent);
    rc_prose_at at = {.element = p,
                      .style = s.house->role[RC_ROLE_TITLE],
                      .x = s.house->right,
                      .y = RC_LEN(90),
                      .align = 'r',
                      .colour = -2};
    rc_prose_draw(&s.canvas, sheet_prose(&s, "right"), &at);
    at.align = 'c';
    at.x = RC_LEN(300);
    rc_prose_draw(&s.canvas, sheet_prose(&s, "centre"), &at);
    at.align = 'l';
    rc_prose_draw(&s.canvas, sheet_prose(&s, "left"), &at);
    sheet_finish(&s);
    ck_assert_int_eq(sheet_right(&s, sheet_text(&s, "right", 0)), 54428);
    const rc_op *centre = sheet_text(&s, "centre", 0);
    ck_assert_int_le(
        abs(hundredths(centre->x) + sheet_right(&s, centre) - 60000), 1);
    /* titles stand 1.5 left of the axis */
    ck_assert_int_eq(hundredths(sheet_text(&s, "left", 0)->x), 30000 - 150);
    sheet_close(&s);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("chart prose");
    TCase *t = tcase_create("prose");
    tcase_add_test(t, faces_follow_strong_and_emph);
    tcase_add_test(t, adjacent_inlines_are_one_link);
    tcase_add_test(t, links_break_with_their_lines);
    tcase_add_test(t, links_to_nowhere_are_text);
    tcase_add_test(t, note_marks_are_small_raised_references);
    tcase_add_test(t, marks_without_a_place_are_references);
    tcase_add_test(t, other_languages_are_marked);
    tcase_add_test(t, tags_lead_back_to_inlines);
    tcase_add_test(t, breaks_end_lines);
    tcase_add_test(t, nothing_to_say_takes_no_room);
    tcase_add_test(t, texts_align_at_either_edge);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
