/* The vertical model: baselines, what stays together, what stands at the
 * foot. */
#include "test_layout.h"

START_TEST(first_baselines_stand_on_the_raster)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    add_paragraph(&b, in, lines_of(&b, "one", 3));
    add_paragraph(&b, in, lines_of(&b, "two", 2));
    lay_blocks(&b, in);
    found one = find(&b, "one"), two = find(&b, "two");
    double last;
    ck_assert_uint_eq(lines_on(&b, one.element, 0, NULL, &last), 3);
    CLOSE(one.y, 90);
    CLOSE(one.x, 219.43);
    CLOSE(last, 120);
    CLOSE(two.y, 142.5);
    book_close(&b);
}
END_TEST

START_TEST(side_heads_stand_beside_their_text)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    add_paragraph(&b, in, "zero");
    add_heading(&b, in, 3, "Side");
    add_paragraph(&b, in, lines_of(&b, "text", 2));
    lay_blocks(&b, in);
    found side = find(&b, "Side"), text = find(&b, "text");
    CLOSE(side.y, text.y);
    CLOSE(side.x, 51);
    CLOSE(text.y, 120); /* 30 below, not 22.5 */
    ck_assert_int_eq(element(&b, side.element)->tag, RC_TAG_H1);
    ck_assert_int_lt(side.element, text.element);
    book_close(&b);
}
END_TEST

START_TEST(text_starts_below_a_taller_side_head)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    add_heading(&b, in, 3, "Side heads that need four lines of their narrow "
                           "column because they say so very much");
    add_paragraph(&b, in, "short");
    add_paragraph(&b, in, "after");
    lay_blocks(&b, in);
    double last;
    found side = find(&b, "Side");
    size_t n = lines_on(&b, side.element, 0, NULL, &last);
    ck_assert_uint_gt(n, 2);
    CLOSE(find(&b, "after").y, last + 22.5);
    book_close(&b);
}
END_TEST

START_TEST(without_a_left_column_side_heads_stand_above)
{
    book b;
    book_open(&b, PLAIN);
    blocks *in = blocks_new(&b);
    add_heading(&b, in, 3, "Side");
    add_paragraph(&b, in, "text");
    lay_blocks(&b, in);
    found side = find(&b, "Side"), text = find(&b, "text");
    CLOSE(side.x, text.x);
    CLOSE(text.y, side.y + points(b.house->body_leading));
    book_close(&b);
}
END_TEST

/* Nothing of a paragraph is alone at the foot or at the head of a page,
 * wherever it falls. */
START_TEST(no_widows_no_orphans)
{
    for (int before = 24; before < 31; before++) {
        for (int lines = 2; lines <= 5; lines++) {
            book b;
            book_open(&b, AXIS);
            blocks *in = blocks_new(&b);
            for (int i = 0; i < before; i++)
                add_paragraph(&b, in, "filler");
            add_paragraph(&b, in, lines_of(&b, "tested", lines));
            lay_blocks(&b, in);
            found t = find(&b, "tested");
            size_t here = lines_on(&b, t.element, t.page, NULL, NULL);
            ck_assert_uint_ge(here, 2);
            if (t.page + 1 < b.pages->page_count) {
                double first;
                size_t there =
                    lines_on(&b, t.element, t.page + 1, &first, NULL);
                ck_assert(there == 0 || there >= 2);
                if (there)
                    CLOSE(first, 90);
            }
            book_close(&b);
        }
    }
}
END_TEST

/* No side-head begins in the last three lines of a frame, and each has two
 * lines of its text beside it. */
START_TEST(side_heads_keep_with_their_text)
{
    bool moved = false;
    for (int before = 24; before < 31; before++) {
        book b;
        book_open(&b, AXIS);
        blocks *in = blocks_new(&b);
        for (int i = 0; i < before; i++)
            add_paragraph(&b, in, "filler");
        add_heading(&b, in, 3, "Side");
        add_paragraph(&b, in, lines_of(&b, "text", 6));
        lay_blocks(&b, in);
        found side = find(&b, "Side"), text = find(&b, "text");
        ck_assert_uint_eq(side.page, text.page);
        ck_assert_double_lt(side.y, 765 - 2 * 15);
        ck_assert_uint_ge(lines_on(&b, text.element, text.page, NULL, NULL),
                          2);
        moved |= side.page == 1;
        book_close(&b);
    }
    ck_assert(moved);
}
END_TEST

START_TEST(heads_in_the_text_keep_with_it)
{
    bool moved = false;
    for (int before = 24; before < 32; before++) {
        book b;
        book_open(&b, AXIS);
        blocks *in = blocks_new(&b);
        for (int i = 0; i < before; i++)
            add_paragraph(&b, in, "filler");
        add_heading(&b, in, 4, "Head");
        add_paragraph(&b, in, lines_of(&b, "text", 4));
        lay_blocks(&b, in);
        found head = find(&b, "Head"), text = find(&b, "text");
        ck_assert_uint_eq(head.page, text.page);
        CLOSE(text.y, head.y + 15); /* nothing after a head */
        moved |= head.page == 1;
        book_close(&b);
    }
    ck_assert(moved);
}
END_TEST

START_TEST(lists_keep_their_step)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    rc_list_item *items = RC_MAKE_ARRAY(b.arena, rc_list_item, 2);
    const char *texts[] = {"first", "second"};
    for (int i = 0; i < 2; i++) {
        blocks *one = blocks_new(&b);
        add_paragraph(&b, one, texts[i]);
        items[i].blocks = (rc_blocks){one->at, one->count};
    }
    for (int ordered = 0; ordered < 2; ordered++) {
        rc_block *list = block_add(in, RC_BLOCK_LIST);
        list->as.list.items = items;
        list->as.list.count = 2;
        list->as.list.ordered = ordered;
        list->as.list.start = 9;
    }
    lay_blocks(&b, in);
    found first = find(&b, "first"), second = find(&b, "second");
    CLOSE(first.x, 219.43 + 13.5);
    CLOSE(second.y, first.y + 18.75);
    ck_assert_uint_eq(count_tags(&b, RC_TAG_L), 2);
    ck_assert_uint_eq(count_tags(&b, RC_TAG_LI), 4);
    /* bars are artifacts, numbers are labels */
    ck_assert_uint_eq(count_tags(&b, RC_TAG_LBL), 2);
    found ten = find(&b, "10");
    ck_assert_int_eq(element(&b, ten.element)->tag, RC_TAG_LBL);
    CLOSE(ten.y, find_nth(&b, "second", 1).y);
    book_close(&b);
}
END_TEST

START_TEST(quotations_are_read_before_their_speakers)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    rc_quote *quotes = RC_MAKE_ARRAY(b.arena, rc_quote, 2);
    quotes[0] = (rc_quote){.text = words(&b, "We do"),
                           .speaker = RC_LIT("Clinical lead")};
    quotes[1] = (rc_quote){.text = words(&b, "They do"),
                           .speaker = RC_LIT("Financial lead")};
    rc_block *block = block_add(in, RC_BLOCK_QUOTES);
    block->as.quotes.at = quotes;
    block->as.quotes.count = 2;
    lay_blocks(&b, in);
    found text = find(&b, "We do"), who = find(&b, "Clinical");
    CLOSE(text.x, 219.43);
    CLOSE(who.x, 51);
    CLOSE(who.y, text.y);
    ck_assert_int_lt(text.element, who.element);
    ck_assert_int_eq(element(&b, element(&b, text.element)->parent)->tag,
                     RC_TAG_BLOCK_QUOTE);
    CLOSE(find(&b, "\xE2\x80\x98").x, 219.43 - 4.4); /* the mark hangs */
    CLOSE(find(&b, "They do").y, text.y + 31.5);
    book_close(&b);
}
END_TEST

/* Quotations stood alone at the head of a page, what they are about on the page
 * before. Two lines of it go with them, or all of it where it is short. */
START_TEST(what_leads_in_stays_with_its_quotations)
{
    size_t cut = 0, moved = 0;
    for (int lines = 2; lines < 6; lines++)
        for (int before = 26; before < 30; before++) {
            book b;
            book_open(&b, AXIS);
            blocks *in = blocks_new(&b);
            for (int i = 0; i < before; i++)
                add_paragraph(&b, in, "filler");
            add_paragraph(&b, in, lines_of(&b, "leads in", lines));
            rc_quote *quote = RC_MAKE(b.arena, rc_quote);
            quote->text = words(&b, "We do");
            rc_block *block = block_add(in, RC_BLOCK_QUOTES);
            block->as.quotes.at = quote;
            block->as.quotes.count = 1;
            lay_blocks(&b, in);
            found text = find(&b, "leads in"), said = find(&b, "We do");
            ck_assert_uint_ge(
                lines_on(&b, text.element, said.page, NULL, NULL), 2);
            cut += text.page < said.page;
            moved += text.page == 1;
            book_close(&b);
        }
    ck_assert_uint_gt(cut, 0);
    ck_assert_uint_gt(moved, 0);
}
END_TEST

START_TEST(figures_stand_clear_of_text)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    add_paragraph(&b, in, "before");
    add_chart(&b, in, 2);
    add_paragraph(&b, in, "after");
    lay_blocks(&b, in);
    double before = find(&b, "before").y, base = find(&b, "Base:").y;
    double after = find(&b, "after").y;
    CLOSE(find(&b, "Most agree").y, before + 22.5 + 18);
    ck_assert_double_ge(after, base + 30);
    ck_assert_double_lt(after, base + 45);
    double lines = (after - 90) / 15; /* on the text's own raster */
    CLOSE(lines, (double)(int)(lines + 0.5));
    book_close(&b);
}
END_TEST

START_TEST(figures_are_never_split)
{
    for (int before = 10; before < 28; before += 3) {
        book b;
        book_open(&b, AXIS);
        blocks *in = blocks_new(&b);
        for (int i = 0; i < before; i++)
            add_paragraph(&b, in, "filler");
        add_chart(&b, in, 4);
        lay_blocks(&b, in);
        found head = find(&b, "Most agree"), base = find(&b, "Base:");
        ck_assert_uint_eq(head.page, base.page);
        ck_assert_double_le(base.y, 765);
        book_close(&b);
    }
}
END_TEST

/* A figure that floats waits for the next page while the text goes on, stands
 * at its head, and is passed by no other figure. */
START_TEST(figures_float_where_they_may)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    for (int i = 0; i < 22; i++)
        add_paragraph(&b, in, "filler");
    add_chart(&b, in, 4)->fur.floats = true;
    add_paragraph(&b, in, "goes on");
    rc_chart *second = add_chart(&b, in, 2);
    second->fur.floats = true;
    second->fur.headline = words(&b, "Few disagree");
    add_paragraph(&b, in, "ends");
    lay_blocks(&b, in);
    found first = find(&b, "Most agree"), on = find(&b, "goes on");
    found other = find(&b, "Few disagree");
    ck_assert_uint_eq(on.page + 1, first.page);
    CLOSE(first.y, 75 + 18);
    ck_assert(other.page > first.page || other.y > first.y);
    ck_assert_double_gt(find(&b, "ends").y, 90);
    book_close(&b);
}
END_TEST

/* A paragraph that a page cuts in two went on at the head of the next page, on
 * top of the figure that had waited for it. */
START_TEST(text_goes_on_under_a_figure_that_waited)
{
    for (int before = 22; before < 26; before++) {
        book b;
        book_open(&b, AXIS);
        blocks *in = blocks_new(&b);
        for (int i = 0; i < before; i++)
            add_paragraph(&b, in, "filler");
        add_chart(&b, in, 4)->fur.floats = true;
        add_paragraph(&b, in, lines_of(&b, "long", 30));
        lay_blocks(&b, in);
        found figure = find(&b, "Base:"), text = find(&b, "long");
        double first, last;
        ck_assert_uint_eq(text.page + 1, figure.page);
        ck_assert_uint_gt(
            lines_on(&b, text.element, figure.page, &first, &last), 0);
        ck_assert_double_gt(first, figure.y + 20);
        book_close(&b);
    }
}
END_TEST

START_TEST(what_is_taller_than_a_page_is_an_error)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    add_paragraph(&b, in, "before");
    add_chart(&b, in, 40);
    add_paragraph(&b, in, "after");
    lay_blocks(&b, in);
    ck_assert(has_message(&b, "[too-tall]"));
    ck_assert_uint_eq(rc_log_count(b.log, RC_ERROR), 1);
    ck_assert_uint_eq(b.pages->page_count, 3);
    book_close(&b);
}
END_TEST

/* -- notes ----------------------------------------------------------------- */
START_TEST(notes_stand_at_the_foot_of_their_page)
{
    for (int before = 22; before < 32; before++) {
        book b;
        book_open(&b, AXIS);
        blocks *in = blocks_new(&b);
        int note = add_note(&b, lines_of(&b, "note", 3));
        for (int i = 0; i < before; i++)
            add_paragraph(&b, in, "filler");
        block_add(in, RC_BLOCK_PARAGRAPH)->as.paragraph =
            words_and(&b, lines_of(&b, "marked", 3), RC_INLINE_NOTE, note);
        add_paragraph(&b, in, lines_of(&b, "follows", 3));
        lay_blocks(&b, in);
        found text = find(&b, "note");
        /* the mark is the second text of "1", the first is on its line */
        found one = find_nth(&b, "1", 0);
        for (size_t i = 0; one.any; i++) {
            one = find_nth(&b, "1", i);
            if (one.any && one.element >= 0 && one.x > 220)
                break;
        }
        ck_assert(one.any);
        ck_assert_uint_eq(one.page, text.page);
        double first = 0, last = 0;
        lines_on(&b, text.element, text.page, &first, &last);
        CLOSE(last, 765);
        CLOSE(text.x, 219.43 + 10);
        const rc_page *p = &b.pages->pages[text.page];
        for (size_t k = 0; k < p->op_count; k++) {
            double y = points(p->ops[k].y);
            if (p->ops[k].element >= 0 && p->ops[k].kind == RC_OP_TEXT
                && y < first - 0.01)
                ck_assert_double_le(y, first - 15 - 15 + 0.01);
        }
        book_close(&b);
    }
}
END_TEST

START_TEST(a_note_is_read_after_its_text)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    int note = add_note(&b, "note");
    block_add(in, RC_BLOCK_PARAGRAPH)->as.paragraph =
        words_and(&b, "marked", RC_INLINE_NOTE, note);
    add_paragraph(&b, in, "follows");
    lay_blocks(&b, in);
    found marked = find(&b, "marked"), text = find(&b, "note");
    found follows = find(&b, "follows");
    ck_assert_int_lt(marked.element, text.element);
    ck_assert_int_lt(text.element, follows.element);
    const rc_element *n = element(&b, element(&b, text.element)->parent);
    ck_assert_int_eq(n->tag, RC_TAG_NOTE);
    ck_assert(rc_str_is(n->more->id, "note-1"));
    /* the mark leads to it */
    bool leads = false;
    for (size_t i = 0; i < b.pages->element_count; i++) {
        const rc_element *e = &b.pages->elements[i];
        leads |= e->tag == RC_TAG_LINK && e->link_dest >= 0
                 && b.pages->dests[e->link_dest].element
                        == element(&b, text.element)->parent;
    }
    ck_assert(leads);
    book_close(&b);
}
END_TEST

START_TEST(a_note_longer_than_a_page_goes_on)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    int note = add_note(&b, lines_of(&b, "note", 110));
    block_add(in, RC_BLOCK_PARAGRAPH)->as.paragraph =
        words_and(&b, "marked", RC_INLINE_NOTE, note);
    lay_blocks(&b, in);
    found text = find(&b, "note");
    ck_assert_uint_eq(text.page, 0);
    ck_assert_uint_gt(b.pages->page_count, 1);
    double last;
    for (size_t i = 0; i < b.pages->page_count; i++) {
        ck_assert_uint_gt(lines_on(&b, text.element, i, NULL, &last), 0);
        CLOSE(last, 765);
    }
    ck_assert_uint_eq(count_tags(&b, RC_TAG_NOTE), 1);
    book_close(&b);
}
END_TEST

static Suite *
suite(void)
{
    Suite *s = suite_create("layout");
    TCase *t = tcase_create("flow");
    tcase_add_test(t, first_baselines_stand_on_the_raster);
    tcase_add_test(t, side_heads_stand_beside_their_text);
    tcase_add_test(t, text_starts_below_a_taller_side_head);
    tcase_add_test(t, without_a_left_column_side_heads_stand_above);
    tcase_add_test(t, no_widows_no_orphans);
    tcase_add_test(t, side_heads_keep_with_their_text);
    tcase_add_test(t, heads_in_the_text_keep_with_it);
    tcase_add_test(t, lists_keep_their_step);
    tcase_add_test(t, quotations_are_read_before_their_speakers);
    tcase_add_test(t, what_leads_in_stays_with_its_quotations);
    tcase_add_test(t, figures_stand_clear_of_text);
    tcase_add_test(t, figures_are_never_split);
    tcase_add_test(t, figures_float_where_they_may);
    tcase_add_test(t, text_goes_on_under_a_figure_that_waited);
    tcase_add_test(t, what_is_taller_than_a_page_is_an_error);
    suite_add_tcase(s, t);
    t = tcase_create("notes");
    tcase_add_test(t, notes_stand_at_the_foot_of_their_page);
    tcase_add_test(t, a_note_is_read_after_its_text);
    tcase_add_test(t, a_note_longer_than_a_page_goes_on);
    suite_add_tcase(s, t);
    return s;
}

int
main(void)
{
    SRunner *r = srunner_create(suite());
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
