/* Pages of a whole document: openings, contents, labels, fields, tables over
 * several pages, tags. */
#include "test_layout.h"

static rc_str
label_of(const book *b, size_t page)
{
    return b->pages->pages[page].label;
}

/* The printed page number of the contents entry whose title is `title`: the
 * text at the right on its baseline. */
static rc_str
printed_page(const book *b, const char *title)
{
    found f = find(b, title);
    const rc_page *p = &b->pages->pages[f.page];
    for (size_t k = 0; k < p->op_count; k++) {
        const rc_op *o = &p->ops[k];
        if (o->kind == RC_OP_TEXT && points(o->x) > 500
            && points(o->y) > f.y - 0.01 && points(o->y) < f.y + 0.01)
            return rc_str_trim(b->pages->runs[o->index].text);
    }
    ck_abort_msg("no page number beside '%s'", title);
}

/* Cover; contents in the front; `chapters` chapters of `pages` pages each. */
static void
make_report(book *b, size_t chapters, size_t pages)
{
    static const char *const titles[] = {"Alpha", "Beta", "Gamma", "Delta"};
    blocks *in = blocks_new(b);
    rc_entry *entries = RC_MAKE_ARRAY(b->arena, rc_entry, chapters);
    for (size_t i = 0; i < chapters; i++)
        entries[i] = (rc_entry){1, rc_str_printf(b->arena, "%zu", i + 1),
                                words(b, titles[i]), (int)i};
    rc_block *contents = block_add(in, RC_BLOCK_CONTENTS);
    contents->as.contents.at = entries;
    contents->as.contents.count = chapters;
    rc_section *front = add_section(b, "plain", "", "Contents", in);
    front->part = 1;
    for (size_t i = 0; i < chapters; i++) {
        blocks *body = blocks_new(b);
        for (size_t p = 0; p < pages; p++) {
            add_paragraph(b, body, lines_of(b, "text", 3));
            if (p + 1 < pages)
                block_add(body, RC_BLOCK_PAGE_BREAK);
        }
        rc_section *s =
            add_section(b, "chapter", rc_str_printf(b->arena, "%zu", i + 1).at,
                        titles[i], body);
        s->target = (int)i;
        s->in_contents = true;
    }
}

START_TEST(pages_are_numbered_by_part)
{
    book b;
    book_open(&b, AXIS);
    make_report(&b, 3, 2);
    lay(&b);
    static const char *const labels[] = {"i", "ii", "1", "2", "3", "4", "5",
                                         "6"};
    ck_assert_uint_eq(b.pages->page_count, 8);
    for (size_t i = 0; i < 8; i++)
        ck_assert_msg(rc_str_is(label_of(&b, i), labels[i]), "page %zu", i);
    ck_assert(b.pages->pages[1].roman);
    ck_assert(!b.pages->pages[2].roman);
    book_close(&b);
}
END_TEST

START_TEST(contents_print_the_pages_of_their_chapters)
{
    book b;
    book_open(&b, AXIS);
    make_report(&b, 4, 3);
    lay(&b);
    ck_assert(rc_str_is(printed_page(&b, "Alpha"), "1"));
    ck_assert(rc_str_is(printed_page(&b, "Beta"), "4"));
    ck_assert(rc_str_is(printed_page(&b, "Delta"), "10"));
    /* each row is one link to the chapter's title */
    size_t links = 0;
    for (size_t i = 0; i < b.pages->element_count; i++) {
        const rc_element *e = &b.pages->elements[i];
        if (e->tag != RC_TAG_LINK)
            continue;
        const rc_dest *d = &b.pages->dests[e->link_dest];
        links++;
        ck_assert_int_eq(element(&b, d->element)->tag, RC_TAG_H1);
    }
    ck_assert_uint_eq(links, 4);
    ck_assert_uint_eq(b.pages->outline_count, 4);
    book_close(&b);
}
END_TEST

START_TEST(leaders_stand_on_one_raster)
{
    book b;
    book_open(&b, AXIS);
    make_report(&b, 4, 1);
    lay(&b);
    size_t dots = 0;
    for (size_t k = 0; k < b.pages->pages[1].op_count; k++) {
        const rc_op *o = &b.pages->pages[1].ops[k];
        if (o->kind != RC_OP_CIRCLE)
            continue;
        dots++;
        ck_assert_int_eq(o->element, RC_ARTIFACT_LAYOUT);
        ck_assert_int_eq(o->x % RC_LEN(4.5), 0);
    }
    ck_assert_uint_gt(dots, 100);
    book_close(&b);
}
END_TEST

START_TEST(heads_and_feet_resolve_their_fields)
{
    book b;
    book_open(&b, AXIS);
    make_report(&b, 1, 2);
    lay(&b);
    found head = find(&b, "1  Alpha");
    ck_assert_int_eq(head.element, RC_ARTIFACT_HEADER);
    CLOSE(head.y, 43.5);
    found foot = find(&b, "13-1");
    ck_assert_int_eq(foot.element, RC_ARTIFACT_FOOTER);
    ck_assert_uint_eq(foot.page, 1); /* a cover has none */
    book_close(&b);
}
END_TEST

/* A long name pushes the chapter's title to the right, and what then has no
 * room is cut at a word. */
START_TEST(fields_of_a_head_keep_apart)
{
    book b;
    book_open(&b, AXIS);
    make_report(&b, 1, 2);
    rc_field *fields = RC_MAKE_ARRAY(b.arena, rc_field, b.doc.field_count);
    for (size_t i = 0; i < b.doc.field_count; i++)
        fields[i] = b.doc.fields[i];
    fields[0].value = RC_LIT("A survey with a name that reaches over the axis");
    b.doc.fields = fields;
    rc_field *own = RC_MAKE_ARRAY(b.arena, rc_field, 2);
    own[0] = b.sections[1].fields[0];
    own[1] = (rc_field){RC_LIT("chapter.title"),
                        RC_LIT("Alpha and all that comes after it, one letter "
                               "and one more and on to the end")};
    b.sections[1].fields = own;
    lay(&b);
    found name = find(&b, "A survey with a name that reaches over the axis");
    found title = find(&b, "1  Alpha and all");
    ck_assert_int_eq(title.element, RC_ARTIFACT_HEADER);
    ck_assert_double_gt(title.x, 230); /* the axis is at 219.43 */
    ck_assert_double_eq(name.x, 51);
    for (size_t i = 0; i < b.pages->run_count; i++) {
        rc_str text = b.pages->runs[i].text;
        if (rc_str_starts(text, "1  Alpha and all"))
            ck_assert(rc_str_ends(rc_str_trim(text), "\u2026"));
    }
    book_close(&b);
}
END_TEST

START_TEST(an_unknown_field_is_an_error_at_its_place)
{
    book b;
    book_open(&b, AXIS);
    make_report(&b, 1, 4);
    rc_master *masters =
        RC_MAKE_ARRAY(b.arena, rc_master, b.house->master_count);
    const rc_source *source =
        rc_source_make(b.arena, RC_LIT("look.yaml"),
                       RC_LIT("left: \"{{ report.jobb }}\"\n"));
    for (size_t i = 0; i < b.house->master_count; i++) {
        masters[i] = b.house->masters[i];
        if (rc_str_is(masters[i].name, "body"))
            masters[i].head_left =
                (rc_field_text){.text = RC_LIT("{{ report.jobb }}"),
                                .span = rc_span_make(source, 6, 25)};
    }
    b.house->masters = masters;
    lay(&b);
    ck_assert(has_message(&b, "[unknown-field]"));
    ck_assert(has_message(&b, "look.yaml:1:8"));
    ck_assert(has_message(&b, "report.job'")); /* a near name */
    ck_assert_uint_eq(rc_log_count(b.log, RC_ERROR), 1);
    book_close(&b);
}
END_TEST

START_TEST(references_print_the_page_they_lead_to)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    block_add(in, RC_BLOCK_PARAGRAPH)->as.paragraph =
        words_and(&b, "see page ", RC_INLINE_PAGE, 5);
    for (int i = 0; i < 3; i++)
        block_add(in, RC_BLOCK_PAGE_BREAK), add_paragraph(&b, in, "filler");
    add_heading(&b, in, 4, "There")->target = 5;
    add_paragraph(&b, in, "text");
    lay_blocks(&b, in);
    ck_assert_uint_eq(find(&b, "There").page, 3);
    found iv = find(&b, "iv");
    CLOSE(iv.y, find(&b, "see").y);
    ck_assert_int_eq(element(&b, iv.element)->tag, RC_TAG_LINK);
    book_close(&b);
}
END_TEST

/* "viii" is longer than "ix": a text that is pushed to page ix by the words
 * "page viii" comes back to page viii by the words "page ix". */
START_TEST(page_numbers_that_never_settle_are_an_error)
{
    bool unstable = false;
    for (int filler = 12; filler < 30 && !unstable; filler++) {
        book b;
        book_open(&b, AXIS);
        blocks *in = blocks_new(&b);
        for (int i = 0; i < 7; i++) {
            add_paragraph(&b, in, "filler");
            block_add(in, RC_BLOCK_PAGE_BREAK);
        }
        enum { REFERENCES = 115 }; /* six lines, or four */
        rc_inline *runs = RC_MAKE_ARRAY(b.arena, rc_inline, 2 * REFERENCES);
        for (int i = 0; i < REFERENCES; i++) {
            runs[2 * i] = *words(&b, " ").runs;
            runs[2 * i + 1] = (rc_inline){.kind = RC_INLINE_PAGE,
                                          .target = 5, .note = -1};
        }
        block_add(in, RC_BLOCK_PARAGRAPH)->as.paragraph =
            (rc_prose){runs, 2 * REFERENCES};
        for (int i = 0; i < filler; i++)
            add_paragraph(&b, in, "filler");
        add_heading(&b, in, 4, "There")->target = 5;
        add_paragraph(&b, in, "text");
        lay_blocks(&b, in);
        unstable = has_message(&b, "[unstable-pages]");
        book_close(&b);
    }
    ck_assert(unstable);
}
END_TEST

/* -- openings -------------------------------------------------------------- */
START_TEST(chapters_open_on_a_new_page)
{
    book b;
    book_open(&b, AXIS);
    make_report(&b, 1, 1);
    lay(&b);
    found number = find_nth(&b, "1", 0), title = {0};
    for (size_t i = 0; (number = find_nth(&b, "1", i)).any; i++)
        if (number.x < 50)
            break;
    for (size_t i = 0; (title = find_nth(&b, "Alpha", i)).any; i++)
        if (title.page == 2)
            break;
    ck_assert(number.any && title.any);
    CLOSE(title.y, 195);
    CLOSE(title.x, 219.43 - 1.5);
    CLOSE(number.x, 51 - 5);
    CLOSE(number.y, title.y);
    CLOSE(find(&b, "text").y, 195 + 37.5);
    ck_assert_int_eq(element(&b, title.element)->tag, RC_TAG_H1);
    book_close(&b);
}
END_TEST

START_TEST(the_lead_statement_keeps_its_place_free)
{
    book b;
    book_open(&b, AXIS);
    blocks *chart = blocks_new(&b), *in = blocks_new(&b);
    rc_chart *lead = add_chart(&b, chart, 1);
    for (int i = 0; i < 30; i++)
        add_paragraph(&b, in, "filler");
    rc_section *s = add_section(&b, "chapter", "1", "Alpha", in);
    s->lead_bar = lead;
    lay(&b);
    found legend = find(&b, "Agree");
    ck_assert_uint_eq(legend.page, 1);
    const rc_page *p = &b.pages->pages[1];
    double last = 0;
    for (size_t k = 0; k < p->op_count; k++)
        if (p->ops[k].kind == RC_OP_TEXT
            && rc_str_starts(b.pages->runs[p->ops[k].index].text, "filler"))
            last = points(p->ops[k].y);
    ck_assert_double_gt(last, 500);
    ck_assert_double_le(last, legend.y - 45);
    ck_assert_uint_gt(b.pages->page_count, 2);
    book_close(&b);
}
END_TEST

/* A region's bars stand at the foot of its opening, wherever the author wrote
 * them; the text ends clear above and goes on on the next page. */
START_TEST(bars_of_a_region_stand_at_the_foot)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    for (int i = 0; i < 10; i++)
        add_paragraph(&b, in, "filler");
    add_chart(&b, in, 2);
    in->at[in->count - 1].kind = RC_BLOCK_BARS;
    for (int i = 0; i < 20; i++)
        add_paragraph(&b, in, "filler");
    add_section(&b, "region", "9.1", "Somewhere", in);
    lay(&b);
    found legend = find(&b, "Agree");
    ck_assert_uint_eq(legend.page, 1);
    ck_assert(!find_nth(&b, "Agree", 1).any);
    const rc_page *p = &b.pages->pages[1];
    double foot = 0, last = 0;
    for (size_t k = 0; k < p->op_count; k++) {
        const rc_op *o = &p->ops[k];
        if (o->kind == RC_OP_RECT && points(o->y2) == 15
            && points(o->y + o->y2) > foot)
            foot = points(o->y + o->y2);
        if (o->kind == RC_OP_TEXT
            && rc_str_starts(b.pages->runs[o->index].text, "filler"))
            last = points(o->y);
    }
    CLOSE(foot, 757.5);
    ck_assert_double_gt(last, 500);
    ck_assert_double_le(last, legend.y - 30);
    book_close(&b);
}
END_TEST

/* A figure that waited for the end of its chapter stands on a page of that
 * chapter: under its head, not the next one's. */
START_TEST(what_waits_stands_under_its_own_head)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b), *next = blocks_new(&b);
    for (int i = 0; i < 20; i++)
        add_paragraph(&b, in, "filler");
    add_chart(&b, in, 4)->fur.floats = true;
    add_paragraph(&b, next, "text");
    add_section(&b, "plain", "1", "Alpha", in);
    add_section(&b, "plain", "2", "Beta", next);
    lay(&b);
    found figure = find(&b, "Most agree");
    ck_assert_uint_eq(figure.page, 2);
    const rc_page *p = &b.pages->pages[2];
    bool alpha = false;
    for (size_t k = 0; k < p->op_count; k++)
        if (p->ops[k].kind == RC_OP_TEXT && points(p->ops[k].y) < 50) {
            rc_str text = b.pages->runs[p->ops[k].index].text;
            alpha |= rc_str_find(text, "Alpha", 0) != SIZE_MAX;
            ck_assert(rc_str_find(text, "Beta", 0) == SIZE_MAX);
        }
    ck_assert(alpha);
    book_close(&b);
}
END_TEST

/* No title in the run without four lines of its text. */
START_TEST(titles_keep_some_lines)
{
    bool moved = false;
    for (int before = 24; before < 31; before++) {
        book b;
        book_open(&b, AXIS);
        blocks *in = blocks_new(&b);
        for (int i = 0; i < before; i++)
            add_paragraph(&b, in, "filler");
        add_heading(&b, in, 2, "Title");
        add_paragraph(&b, in, lines_of(&b, "text", 9));
        lay_blocks(&b, in);
        found title = find(&b, "Title"), text = find(&b, "text");
        ck_assert_uint_eq(title.page, text.page);
        ck_assert_uint_ge(lines_on(&b, text.element, text.page, NULL, NULL),
                          4);
        moved |= title.page == 1;
        book_close(&b);
    }
    ck_assert(moved);
}
END_TEST

/* A section runs on under a rule where its facts table and first paragraph
 * fit, else it starts a page, without the rule. */
START_TEST(sections_run_on_where_they_fit)
{
    size_t ran_on = 0, moved = 0;
    for (int before = 12; before < 24; before++) {
        book b;
        book_open(&b, AXIS);
        blocks *first = blocks_new(&b), *second = blocks_new(&b);
        for (int i = 0; i < before; i++)
            add_paragraph(&b, first, "filler");
        add_table(&b, second, RC_TABLE_FACTS, 5)->caption =
            words(&b, "Who answered");
        add_heading(&b, second, 3, "Side");
        add_paragraph(&b, second, lines_of(&b, "text", 3));
        add_section(&b, "", "", "", first);
        add_section(&b, "section", "10.3", "Somewhere", second);
        lay(&b);
        found title, text = find(&b, "text");
        for (size_t i = 0; (title = find_nth(&b, "Somewhere", i)).any; i++)
            if (title.element >= 0) /* not a head's */
                break;
        ck_assert(title.any);
        ck_assert_uint_eq(title.page, text.page);
        ck_assert_uint_eq(
            lines_on(&b, text.element, text.page, NULL, NULL), 3);
        bool ruled = false;
        size_t first_page = find(&b, "filler").page;
        const rc_page *p = &b.pages->pages[title.page];
        for (size_t k = 0; k < p->op_count; k++)
            ruled |= p->ops[k].kind == RC_OP_LINE
                     && points(p->ops[k].y) > title.y - 34.51
                     && points(p->ops[k].y) < title.y - 34.49;
        if (title.page == first_page) {
            ran_on++;
            ck_assert(ruled);
        } else {
            moved++;
            ck_assert(!ruled);
            CLOSE(title.y, 94.5);
        }
        book_close(&b);
    }
    ck_assert_uint_gt(ran_on, 0);
    ck_assert_uint_gt(moved, 0);
}
END_TEST

START_TEST(an_unknown_opening_is_an_error)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    add_paragraph(&b, in, "text");
    add_section(&b, "grand", "1", "Alpha", in);
    lay(&b);
    ck_assert(has_message(&b, "[unknown-opening]"));
    book_close(&b);
}
END_TEST

/* -- tables ---------------------------------------------------------------- */
START_TEST(short_tables_stay_whole)
{
    for (int before = 5; before < 30; before += 4) {
        book b;
        book_open(&b, AXIS);
        blocks *in = blocks_new(&b);
        for (int i = 0; i < before; i++)
            add_paragraph(&b, in, "filler");
        add_table(&b, in, RC_TABLE_DATA, 8);
        lay_blocks(&b, in);
        ck_assert_uint_eq(find(&b, "Table 1").page, find(&b, "row 7").page);
        ck_assert(!find(&b, "Table 1").element
                  || !find_nth(&b, "Table 1,", 0).any);
        book_close(&b);
    }
}
END_TEST

START_TEST(long_tables_go_on_under_their_head)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    add_paragraph(&b, in, "before");
    add_table(&b, in, RC_TABLE_DATA, 70);
    add_paragraph(&b, in, "after");
    lay_blocks(&b, in);
    size_t pages = find(&b, "row 69").page + 1;
    ck_assert_uint_ge(pages, 3);
    ck_assert_uint_eq(count_tags(&b, RC_TAG_TABLE), 1);
    ck_assert_uint_eq(count_tags(&b, RC_TAG_TR), 71);
    for (size_t i = 1; i < pages; i++) {
        found again = find_nth(&b, "Table 1, continued", i - 1);
        found head = find_nth(&b, "Number", i);
        ck_assert_uint_eq(again.page, i);
        ck_assert_uint_eq(head.page, i);
        /* the tags have them once */
        ck_assert_int_eq(again.element, RC_ARTIFACT_LAYOUT);
        ck_assert_int_eq(head.element, RC_ARTIFACT_LAYOUT);
    }
    ck_assert(!find_nth(&b, "Number", pages).any);
    /* every row once, in order, inside the frame */
    found before = {0};
    for (int i = 0; i < 70; i++) {
        found row = find(&b, rc_str_printf(b.arena, "row %d", i).at);
        ck_assert_double_le(row.y, 765);
        if (i && i != 1) /* "row 1" also begins "row 10" */
            ck_assert(row.page > before.page
                      || (row.page == before.page && row.y > before.y)
                      || i < 7);
        before = row;
    }
    book_close(&b);
}
END_TEST

START_TEST(cells_know_their_heads)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    rc_table *t = add_table(&b, in, RC_TABLE_DATA, 3);
    t->spanning = RC_LIT("Per cent");
    rc_row *rows = RC_MAKE_ARRAY(b.arena, rc_row, 3);
    memcpy(rows, t->rows, 3 * sizeof *rows);
    rows[0].kind = RC_ROW_GROUP;
    rows[0].cell_count = 1;
    t->rows = rows;
    lay_blocks(&b, in);
    size_t cells = 0;
    for (size_t i = 0; i < b.pages->element_count; i++) {
        const rc_element *e = &b.pages->elements[i];
        if (e->tag != RC_TAG_TD)
            continue;
        cells++; /* unit, column, group, row */
        ck_assert_uint_eq(e->header_count, 4);
    }
    ck_assert_uint_eq(cells, 2);
    book_close(&b);
}
END_TEST

START_TEST(figures_end_where_their_head_ends)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    add_table(&b, in, RC_TABLE_DATA, 4);
    lay_blocks(&b, in);
    found head = find(&b, "Number"), row = find(&b, "row 0");
    const rc_page *p = &b.pages->pages[0];
    size_t ends = 0;
    for (size_t k = 0; k < p->op_count; k++) {
        const rc_op *o = &p->ops[k];
        if (o->kind != RC_OP_TEXT || o->element < 0 || points(o->x) < 400)
            continue;
        ends++;
        CLOSE(points(o->x + b.pages->runs[o->index].width), 544.28);
    }
    ck_assert_uint_eq(ends, 5); /* head and four figures */
    ck_assert_double_lt(head.y, row.y);
    CLOSE(find(&b, "row 1").y, find(&b, "row 0").y + 22.5);
    CLOSE(find(&b, "row 0").x, 51);
    book_close(&b);
}
END_TEST

/* -- all ------------------------------------------------------------------- */
/* Levels follow the nesting: none is skipped, however deep the author began. */
START_TEST(heading_levels_follow_the_nesting)
{
    book b;
    book_open(&b, AXIS);
    blocks *in = blocks_new(&b);
    add_heading(&b, in, 3, "Side one");
    add_paragraph(&b, in, "text");
    add_heading(&b, in, 2, "Section");
    add_heading(&b, in, 4, "Head");
    add_paragraph(&b, in, "text");
    add_heading(&b, in, 3, "Side two");
    add_paragraph(&b, in, "text");
    rc_section *s = add_section(&b, "chapter", "1", "Alpha", in);
    s->title = words(&b, "Chapter title");
    lay(&b);
    static const struct { const char *text; rc_tag tag; } want[] = {
        {"Chapter title", RC_TAG_H1}, {"Side one", RC_TAG_H2},
        {"Section", RC_TAG_H2},       {"Head", RC_TAG_H3},
        {"Side two", RC_TAG_H3},
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        ck_assert_int_eq(element(&b, find(&b, want[i].text).element)->tag,
                         want[i].tag);
    book_close(&b);
}
END_TEST

static char *
dump(const book *b)
{
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    rc_page_dump(b->pages, to);
    rc_page_dump_tags(b->pages, to);
    fclose(to);
    return text;
}

START_TEST(the_same_document_gives_the_same_pages)
{
    char *dumps[2];
    for (int i = 0; i < 2; i++) {
        book b;
        book_open(&b, i ? AXIS : AXIS);
        make_report(&b, 4, 2);
        lay(&b);
        dumps[i] = dump(&b);
        book_close(&b);
    }
    ck_assert_str_eq(dumps[0], dumps[1]);
    free(dumps[0]);
    free(dumps[1]);
}
END_TEST

START_TEST(both_houses_set_every_block)
{
    static const char *const houses[] = {AXIS, PLAIN};
    for (int i = 0; i < 2; i++) {
        book b;
        book_open(&b, houses[i]);
        make_report(&b, 2, 2);
        blocks *in = blocks_new(&b);
        block_add(in, RC_BLOCK_LEAD)->as.lead = words(&b, "The lead");
        rc_summary_row *rows = RC_MAKE_ARRAY(b.arena, rc_summary_row, 2);
        for (int k = 0; k < 2; k++)
            rows[k] = (rc_summary_row){words(&b, "Clause."),
                                       words(&b, "And figures"), 1};
        rc_block *summary = block_add(in, RC_BLOCK_SUMMARY);
        summary->as.summary.at = rows;
        summary->as.summary.count = 2;
        blocks *brief = blocks_new(&b);
        add_paragraph(&b, brief, "boxed");
        block_add(in, RC_BLOCK_BRIEF)->as.brief.body =
            (rc_blocks){brief->at, brief->count};
        add_table(&b, in, RC_TABLE_FACTS, 3)->caption = words(&b, "Who");
        add_table(&b, in, RC_TABLE_TEXT, 3);
        rc_names_column *columns =
            RC_MAKE_ARRAY(b.arena, rc_names_column, 2);
        rc_prose *names = RC_MAKE_ARRAY(b.arena, rc_prose, 1);
        names[0] = words(&b, "A name");
        columns[0] = (rc_names_column){words(&b, "Here"), names, 1};
        columns[1] = (rc_names_column){words(&b, "There"), names, 1};
        rc_block *list = block_add(in, RC_BLOCK_NAMES);
        list->as.names.columns = columns;
        list->as.names.count = 2;
        rc_block *diagram = block_add(in, RC_BLOCK_DIAGRAM);
        rc_diagram *two = RC_MAKE(b.arena, rc_diagram);
        diagram->as.diagram = two;
        two->columns = columns;
        two->count = 2;
        two->alt = RC_LIT("Two columns");
        two->fur = (rc_furniture){
            .number = RC_LIT("Figure 9"), .target = 9, .data_target = -1,
            .headline = words(&b, "Here and there")};
        add_section(&b, "chapter", "9", "Everything", in);
        lay(&b);
        ck_assert_uint_eq(rc_log_count(b.log, RC_WARNING), 0);
        static const char *const texts[] = {"The lead", "Clause.", "boxed",
                                            "Who", "row 2", "A name",
                                            "Here and there"};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            ck_assert_int_ge(find(&b, texts[k]).element, 0);
        book_close(&b);
    }
}
END_TEST

static Suite *
suite(void)
{
    Suite *s = suite_create("layout pages");
    TCase *t = tcase_create("numbers");
    tcase_add_test(t, pages_are_numbered_by_part);
    tcase_add_test(t, contents_print_the_pages_of_their_chapters);
    tcase_add_test(t, leaders_stand_on_one_raster);
    tcase_add_test(t, heads_and_feet_resolve_their_fields);
    tcase_add_test(t, fields_of_a_head_keep_apart);
    tcase_add_test(t, an_unknown_field_is_an_error_at_its_place);
    tcase_add_test(t, references_print_the_page_they_lead_to);
    tcase_add_test(t, page_numbers_that_never_settle_are_an_error);
    suite_add_tcase(s, t);
    t = tcase_create("openings");
    tcase_add_test(t, chapters_open_on_a_new_page);
    tcase_add_test(t, the_lead_statement_keeps_its_place_free);
    tcase_add_test(t, bars_of_a_region_stand_at_the_foot);
    tcase_add_test(t, what_waits_stands_under_its_own_head);
    tcase_add_test(t, titles_keep_some_lines);
    tcase_add_test(t, sections_run_on_where_they_fit);
    tcase_add_test(t, an_unknown_opening_is_an_error);
    suite_add_tcase(s, t);
    t = tcase_create("tables");
    tcase_add_test(t, short_tables_stay_whole);
    tcase_add_test(t, long_tables_go_on_under_their_head);
    tcase_add_test(t, cells_know_their_heads);
    tcase_add_test(t, figures_end_where_their_head_ends);
    suite_add_tcase(s, t);
    t = tcase_create("whole");
    tcase_add_test(t, heading_levels_follow_the_nesting);
    tcase_add_test(t, the_same_document_gives_the_same_pages);
    tcase_add_test(t, both_houses_set_every_block);
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
