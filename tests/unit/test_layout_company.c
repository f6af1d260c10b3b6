/* What keeps company on a page: figures that wait for one another, items of a
 * list, names in columns, notes under the bars of an opening. */
#include "test_layout.h"

static double
end_of_text(const book *b, size_t page, const char *start)
{
    const rc_page *p = &b->pages->pages[page];
    double last = 0;
    for (size_t k = 0; k < p->op_count; k++)
        if (p->ops[k].kind == RC_OP_TEXT
            && rc_str_starts(b->pages->runs[p->ops[k].index].text, start)
            && points(p->ops[k].y) > last)
            last = points(p->ops[k].y);
    return last;
}

static void
add_floating(book *b, blocks *in, size_t bars, const char *headline)
{
    rc_chart *c = add_chart(b, in, bars);
    c->fur.floats = true;
    c->fur.headline = words(b, headline);
}

/* The second figure broke the page off, though there was room for the text
 * after it. Both wait now, in their order, and the text fills the page. */
START_TEST(text_goes_on_past_two_that_wait)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    for (int i = 0; i < 22; i++)
        add_paragraph(&b, in, "filler");
    add_floating(&b, in, 4, "First");
    add_paragraph(&b, in, "between");
    add_floating(&b, in, 2, "Second");
    for (int i = 0; i < 20; i++)
        add_paragraph(&b, in, "goes on");
    lay_blocks(&b, in);
    found first = find(&b, "First"), second = find(&b, "Second");
    ck_assert_uint_eq(find(&b, "goes on").page, 0);
    ck_assert_double_gt(end_of_text(&b, 0, "goes on"), 700);
    ck_assert_uint_eq(first.page, 1);
    CLOSE(first.y, 75 + 18);
    ck_assert(second.page > 1 || second.y > first.y);
    book_close(&b);
}
END_TEST

/* What does not fit beside the first waits on, and the text fills the page
 * under it; nothing that does not float is passed. */
START_TEST(figures_wait_on_in_their_order)
{
    static const char *const heads[] = {"First", "Second", "Third"};
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    for (int i = 0; i < 22; i++)
        add_paragraph(&b, in, "filler");
    for (int i = 0; i < 3; i++)
        add_floating(&b, in, 9, heads[i]);
    for (int i = 0; i < 60; i++)
        add_paragraph(&b, in, "goes on");
    add_chart(&b, in, 2)->fur.headline = words(&b, "Last");
    add_paragraph(&b, in, "ends");
    lay_blocks(&b, in);
    for (size_t i = 0; i < 3; i++) {
        found f = find(&b, heads[i]);
        ck_assert_uint_eq(f.page, i + 1);
        CLOSE(f.y, 75 + 18);
        ck_assert_double_gt(end_of_text(&b, i, "goes on"), 700);
    }
    found last = find(&b, "Last"), ends = find(&b, "ends");
    ck_assert_uint_ge(last.page, 3);
    ck_assert(ends.page > last.page || ends.y > last.y);
    book_close(&b);
}
END_TEST

/* More than can wait, at the end of a section: none is lost, none passed. */
START_TEST(many_figures_wait)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    for (int i = 0; i < 22; i++)
        add_paragraph(&b, in, "filler");
    for (int i = 0; i < 9; i++)
        add_floating(&b, in, 9, rc_str_printf(b.arena, "No. %d", i).at);
    lay_blocks(&b, in);
    for (size_t i = 0; i < 9; i++)
        ck_assert_uint_eq(
            find(&b, rc_str_printf(b.arena, "No. %zu", i).at).page, i + 1);
    book_close(&b);
}
END_TEST

/* The last figure of a section had a page to itself, and its paragraph stood
 * alone on the one before. */
START_TEST(the_last_figure_has_its_text)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    for (int i = 0; i < 22; i++)
        add_paragraph(&b, in, "filler");
    add_paragraph(&b, in, lines_of(&b, "about it", 3));
    add_floating(&b, in, 4, "Last");
    lay_blocks(&b, in);
    found last = find(&b, "Last"), text = find(&b, "about it");
    ck_assert_uint_eq(last.page, 1);
    ck_assert_uint_eq(text.page, 1);
    ck_assert_double_lt(text.y, last.y);
    book_close(&b);
}
END_TEST

/* -- lists ------------------------------------------------------------------ */
static void
add_list(book *b, blocks *in, size_t count)
{
    rc_list_item *items = RC_MAKE_ARRAY(b->arena, rc_list_item, count);
    for (size_t i = 0; i < count; i++) {
        blocks *one = blocks_new(b);
        add_paragraph(b, one, lines_of(b, "item", 2));
        items[i].blocks = (rc_blocks){one->at, one->count};
    }
    rc_block *list = block_add(in, RC_BLOCK_LIST);
    list->as.list.items = items;
    list->as.list.count = count;
}

static size_t
items_on(const book *b, size_t page, size_t count)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        n += find_nth(b, "item", i).page == page;
    return n;
}

/* Of a list that is split at least two items stand on each page; two or three
 * are not split. */
START_TEST(items_keep_company)
{
    bool split = false;
    for (size_t count = 2; count < 7; count++)
        for (int before = 20; before < 31; before++) {
            book b;
            book_open(&b, AXIS);
            blocks *in = blocks_new(&b);
            for (int i = 0; i < before; i++)
                add_paragraph(&b, in, "filler");
            add_list(&b, in, count);
            lay_blocks(&b, in);
            size_t here = items_on(&b, 0, count);
            size_t next = items_on(&b, 1, count);
            ck_assert_uint_eq(here + next, count);
            ck_assert_msg(here != 1 && next != 1, "%zu and %zu after %d",
                          here, next, before);
            split |= here > 0 && next > 0;
            book_close(&b);
        }
    ck_assert(split);
}
END_TEST

/* -- names ------------------------------------------------------------------ */
static void
add_names(book *b, blocks *in, size_t rows)
{
    rc_names_column *columns = RC_MAKE_ARRAY(b->arena, rc_names_column, 2);
    for (size_t c = 0; c < 2; c++) {
        rc_prose *names = RC_MAKE_ARRAY(b->arena, rc_prose, rows);
        for (size_t i = 0; i < rows; i++)
            names[i] = words(
                b, rc_str_printf(
                       b->arena, "%s%zu%s", c ? "right" : "left", i,
                       c || i % 2 ? ""
                                  : " with a name that needs a second line "
                                    "to be said")
                       .at);
        columns[c] = (rc_names_column){words(b, ""), names, rows};
    }
    rc_block *block = block_add(in, RC_BLOCK_NAMES);
    block->as.names.columns = columns;
    block->as.names.count = 2;
}

/* Names beside one of two lines had a gap under them. */
START_TEST(columns_of_names_run_by_themselves)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    add_names(&b, in, 4);
    add_paragraph(&b, in, "after");
    lay_blocks(&b, in);
    const double row = points(b.house->names.row);
    found top = find(&b, "right0");
    CLOSE(find(&b, "left0").y, top.y);
    CLOSE(find(&b, "right1").y, top.y + row);
    CLOSE(find(&b, "right3").y, top.y + 3 * row);
    double first, last;
    found two = find(&b, "left0");
    ck_assert_uint_eq(lines_on(&b, two.element, 0, &first, &last), 2);
    CLOSE(find(&b, "left1").y, last + row);
    ck_assert_double_gt(find(&b, "after").y, find(&b, "left3").y + 15);
    book_close(&b);
}
END_TEST

/* Over several pages no name leaves the frame, and each starts its page at the
 * top. */
START_TEST(long_lists_of_names_go_on)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    add_names(&b, in, 90);
    lay_blocks(&b, in);
    ck_assert_uint_gt(b.pages->page_count, 1);
    for (size_t i = 0; i < 90; i++) {
        found l = find(&b, rc_str_printf(b.arena, "left%zu", i).at);
        found r = find(&b, rc_str_printf(b.arena, "right%zu", i).at);
        ck_assert_uint_eq(l.page, r.page);
        ck_assert_double_le(l.y, 765);
        ck_assert_double_le(r.y, l.y + 0.01);
    }
    book_close(&b);
}
END_TEST

/* -- openings ---------------------------------------------------------------- */
/* The lead statement's bar covered the rule over a footnote. It moves up for
 * the notes, and the text above it too. */
START_TEST(notes_stand_under_the_lead_statement)
{
    double bars[2];
    for (int noted = 0; noted < 2; noted++) {
        book b;
        book_open(&b, AXIS);
        blocks *chart = blocks_new(&b), *in = blocks_new(&b);
        rc_chart *lead = add_chart(&b, chart, 1);
        rc_block *first = add_paragraph(&b, in, "");
        first->as.paragraph =
            noted ? words_and(&b, "filler", RC_INLINE_NOTE,
                              add_note(&b, "A note of one line"))
                  : words(&b, "filler");
        for (int i = 0; i < 30; i++)
            add_paragraph(&b, in, "filler");
        add_section(&b, "chapter", "1", "Alpha", in)->lead_bar = lead;
        lay(&b);
        double foot = 0, rule = 0, legend = find(&b, "Agree").y;
        const rc_page *p = &b.pages->pages[1];
        for (size_t k = 0; k < p->op_count; k++) {
            const rc_op *o = &p->ops[k];
            if (o->kind == RC_OP_RECT && points(o->y2) == 24)
                foot = points(o->y + o->y2);
            if (o->kind == RC_OP_LINE && points(o->x2 - o->x) == 72)
                rule = points(o->y);
        }
        bars[noted] = foot;
        ck_assert_double_le(end_of_text(&b, 1, "filler"), legend - 45);
        if (noted) {
            CLOSE(find(&b, "A note").y, 765);
            CLOSE(rule, 765 - 15);
            ck_assert_double_le(foot, rule - 10);
        }
        book_close(&b);
    }
    CLOSE(bars[0], 754.5);
    ck_assert_double_lt(bars[1], bars[0]);
}
END_TEST

/* -- pictures ---------------------------------------------------------------- */
/* At 144 dots an inch, but no wider than the column, no higher than two thirds
 * of the frame, and never out of shape. */
START_TEST(pictures_keep_their_shape)
{
    static const struct {
        uint32_t width, height;
        double wide, high;
    } sizes[] = {
        {48, 32, 24, 16},
        {2000, 1000, 324.85, 162.42},
        {1000, 4000, 115, 460},
        {1, 1, 1, 1},
        {32767, 1, 324.85, 1},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        book b;
        book_open(&b, AXIS);
        blocks *in = blocks_new(&b);
        rc_image image = {RC_LIT("not looked at"), sizes[i].width,
                          sizes[i].height, rc_span_none()};
        rc_diagram *d = RC_MAKE(b.arena, rc_diagram);
        d->picture = &image;
        d->alt = RC_LIT("A picture");
        d->fur = (rc_furniture){.number = RC_LIT("Figure 1"), .target = -1,
                                .data_target = -1,
                                .headline = words(&b, "Seen")};
        block_add(in, RC_BLOCK_DIAGRAM)->as.diagram = d;
        add_paragraph(&b, in, "after");
        lay_blocks(&b, in);
        const rc_page *p = &b.pages->pages[0];
        const rc_op *op = NULL;
        for (size_t k = 0; k < p->op_count; k++)
            if (p->ops[k].kind == RC_OP_IMAGE)
                op = &p->ops[k];
        ck_assert_ptr_nonnull(op);
        ck_assert_ptr_eq(b.pages->images[op->stroke], &image);
        ck_assert_int_eq(element(&b, op->element)->tag, RC_TAG_FIGURE);
        CLOSE(points(op->x), 219.43);
        CLOSE(points(op->x2), sizes[i].wide);
        CLOSE(points(op->y2), sizes[i].high);
        ck_assert_double_gt(points(op->y), find(&b, "Seen").y);
        ck_assert_double_gt(find(&b, "after").y, points(op->y + op->y2) + 20);
        book_close(&b);
    }
}
END_TEST

/* -- contents ----------------------------------------------------------------- */
/* A section with entries of its own stands apart from those above it. */
START_TEST(contents_part_their_sections)
{
    static const struct {
        int level;
        const char *number, *title;
    } rows[] = {{1, "1", "One"},     {2, "1.1", "Two"},  {3, "1.1.1", "Three"},
                {2, "1.2", "Four"},  {3, "1.2.1", "Five"}, {2, "1.3", "Six"}};
    enum { ROWS = sizeof rows / sizeof *rows };
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    rc_entry *entries = RC_MAKE_ARRAY(b.arena, rc_entry, ROWS);
    for (int i = 0; i < ROWS; i++)
        entries[i] = (rc_entry){rows[i].level, rc_str_z(rows[i].number),
                                words(&b, rows[i].title), i};
    rc_block *contents = block_add(in, RC_BLOCK_CONTENTS);
    contents->as.contents.at = entries;
    contents->as.contents.count = ROWS;
    lay_blocks(&b, in);
    static const double gaps[] = {0, 22.5, 15, 22.5, 15, 15};
    for (int i = 1; i < ROWS; i++)
        CLOSE(find(&b, rows[i].title).y - find(&b, rows[i - 1].title).y,
              gaps[i]);
    book_close(&b);
}
END_TEST

int
main(void)
{
    Suite *s = suite_create("layout company");
    TCase *t = tcase_create("company");
    tcase_add_test(t, text_goes_on_past_two_that_wait);
    tcase_add_test(t, figures_wait_on_in_their_order);
    tcase_add_test(t, many_figures_wait);
    tcase_add_test(t, the_last_figure_has_its_text);
    tcase_add_test(t, items_keep_company);
    tcase_add_test(t, columns_of_names_run_by_themselves);
    tcase_add_test(t, long_lists_of_names_go_on);
    tcase_add_test(t, notes_stand_under_the_lead_statement);
    tcase_add_test(t, pictures_keep_their_shape);
    tcase_add_test(t, contents_part_their_sections);
    tcase_set_timeout(t, 120);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
