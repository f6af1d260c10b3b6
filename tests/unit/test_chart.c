/* Stacked figures and the furniture round them, against the measures of the
 * axis house: steps, rows, segments, values, nets, arrows, counted bars. */
#include "test_chart.h"

#define AXIS "layouts/axis/house.yaml"
#define PLAIN "layouts/plain/house.yaml"

static const sheet_row three_rows[] = {
    {"We had open and honest conversations", /* two lines */
     {41, 35, 5, 2, 1, 1}, {89, 4}, {0, 0}},
    {"NHS England was focused on what was right for patients", /* two */
     {19, 45, 10, 7, 3, 1}, {65, 14}, {1, -1}},
    {"Our area team communicated and acted on challenges identified by the "
     "assurance process with the wider NHS England organisation", /* four */
     {10, 38, 15, 8, 2, 12}, {54, 14}, {0, 0}},
};

static rc_len
draw(sheet *s, const rc_chart *chart, rc_len y)
{
    rc_canvas measure = s->canvas;
    measure.builder = NULL;
    rc_len measured = rc_chart_draw(&measure, chart, y);
    rc_len drawn = rc_chart_draw(&s->canvas, chart, y);
    ck_assert_int_eq(measured, drawn);
    return drawn;
}

static void
finish(sheet *s)
{
    sheet_finish(s);
    ck_assert(rc_page_check(s->pages, stderr));
    rc_log_print(s->log, stderr, RC_LOG_HUMAN, false);
    ck_assert_uint_eq(rc_log_count(s->log, RC_NOTE), 0);
}

/* The y of the n-th horizontal rule of a width in hundredths. */
static int
rule_y(const sheet *s, int width, int n)
{
    const rc_page *p = sheet_page(s);
    for (size_t i = 0; i < p->op_count; i++) {
        const rc_op *op = &p->ops[i];
        if (op->kind == RC_OP_LINE && op->y == op->y2
            && hundredths(op->stroke) == width
            && hundredths(op->x2 - op->x) == 49328 && n-- == 0)
            return hundredths(op->y);
    }
    ck_abort_msg("no rule %d of width %d", n, width);
}

/* The n-th bar's segments: rectangles of the bar's height, left to right. */
static size_t
bar_segments(const sheet *s, rc_len height, int n, const rc_op **found)
{
    const rc_page *p = sheet_page(s);
    rc_len y = -1;
    size_t count = 0;
    for (size_t i = 0; i < p->op_count; i++) {
        const rc_op *op = &p->ops[i];
        if (op->kind != RC_OP_RECT || op->y2 != height)
            continue;
        if (op->y != y) {
            y = op->y;
            n--;
        }
        if (n == -1)
            found[count++] = op;
    }
    return count;
}

static rc_str
colour_name(const sheet *s, int colour)
{
    return s->pages->colours[colour].name;
}

/* -- the anatomy ----------------------------------------------------------- */
START_TEST(steps_and_rows)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_chart *chart = sheet_stacked(&s, three_rows, 3, false, "England");
    chart->fur.scope = RC_LIT("Midlands and East of England");
    rc_len last = draw(&s, chart, RC_LEN(75));
    finish(&s);
    ck_assert_int_eq(rule_y(&s, 120, 0), 7500);
    const rc_op *number = sheet_text(&s, "Figure 3.1", 0);
    ck_assert_int_eq(hundredths(number->x), 5100);
    ck_assert_int_eq(hundredths(number->y), 9300);
    const rc_op *scope = sheet_text(&s, "Midlands and East of England", 0);
    ck_assert_int_eq(hundredths(scope->y), 10650);
    /* balanced: neither line is the measure's first fit */
    const rc_op *head = sheet_text(&s, "Area teams are seen as effective; the",
                                   0);
    ck_assert_int_eq(hundredths(head->x), 21943);
    ck_assert_int_eq(hundredths(head->y), 9300);
    head = sheet_text(&s, "team for specialised services is not", 0);
    ck_assert_int_eq(hundredths(head->y), 10800);
    const rc_op *sub =
        sheet_text(&s, "How far do you agree or disagree with each of", 0);
    ck_assert_int_eq(hundredths(sub->y), 10800 + 1425);
    /* second subtitle line 133.5, then legend, heads, rule */
    ck_assert_int_eq(hundredths(sheet_text(&s, "Tend to agree", 0)->y), 15300);
    ck_assert_int_eq(hundredths(sheet_text(&s, "Tend to agree", 0)->x),
                     21943 + 8800 + 1200);
    ck_assert_int_eq(hundredths(sheet_text(&s, "Strongly disagree", 0)->y),
                     16650);
    ck_assert_int_eq(hundredths(sheet_text(&s, "Per cent", 0)->y), 18450);
    ck_assert_int_eq(hundredths(sheet_text(&s, "England", 0)->y), 19500);
    ck_assert_int_eq(rule_y(&s, 50, 0), 20100);
    /* rows of 37.5, 45 (an arrow) and 60 (four lines) */
    ck_assert_int_eq(rule_y(&s, 40, 0), 20100 + 3750);
    ck_assert_int_eq(rule_y(&s, 40, 1), 20100 + 3750 + 4500);
    ck_assert_int_eq(rule_y(&s, 40, 2), 20100 + 3750 + 4500 + 6000);
    ck_assert_int_eq(hundredths(sheet_text(&s, "Base:", 0)->y),
                     34350 + 1275);
    ck_assert_int_eq(hundredths(sheet_text(&s, "Source:", 0)->y),
                     34350 + 1275 + 1125);
    ck_assert_int_eq(hundredths(last), 34350 + 1275 + 1125);
    sheet_close(&s);
}
END_TEST

START_TEST(row_shares_one_middle)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_chart *chart = sheet_stacked(&s, three_rows, 3, false, "");
    chart->compare = false;
    draw(&s, chart, RC_LEN(75));
    finish(&s);
    /* first row: 190.5 to 228, its middle 209.25 */
    const rc_op *bar[8];
    ck_assert_uint_eq(bar_segments(&s, RC_LEN(18), 0, bar), 6);
    ck_assert_int_eq(hundredths(bar[0]->y), 20925 - 900);
    ck_assert_int_eq(hundredths(sheet_text(&s, "89", 0)->y), 20925 + 375);
    const rc_op *label = sheet_text(&s, "We had open and", 0);
    ck_assert_int_eq(hundredths(label->x), 5100);
    ck_assert_int_eq(hundredths(label->y), (int)(20925 - 562.5 + 305));
    /* nets end at the columns' right edges */
    ck_assert_int_eq(sheet_right(&s, sheet_text(&s, "89", 0)), 49620);
    ck_assert_int_eq(sheet_right(&s, sheet_text(&s, "Disagree", 0)), 54428);
    sheet_close(&s);
}
END_TEST

START_TEST(compare_has_arrow_and_word)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_chart *chart = sheet_stacked(&s, three_rows, 3, false, "England");
    draw(&s, chart, RC_LEN(75));
    finish(&s);
    ck_assert_int_eq(sheet_texts(&s, "higher"), 1);
    ck_assert_int_eq(sheet_texts(&s, "lower"), 1);
    const rc_op *net = sheet_text(&s, "75", 0);
    const rc_op *whole = sheet_text(&s, "65", 0);
    const rc_op *word = sheet_text(&s, "higher", 0);
    ck_assert_int_eq(hundredths(whole->y - net->y), 1125);
    ck_assert_int_eq(hundredths(word->y - whole->y), 1050);
    ck_assert_int_eq(sheet_right(&s, word), 49620);
    ck_assert_int_eq(sheet_right(&s, net), 49620);
    /* without a difference the two values share the middle */
    net = sheet_text(&s, "56", 0);
    ck_assert_int_eq(hundredths(net->y), 31163); /* 283.5 + 30 + 3.75 - 5.625 */
    /* the triangles: 5.2 wide, left of their words, up and down, in ink */
    const rc_page *p = sheet_page(&s);
    int seen = 0;
    for (size_t i = 0; i < p->op_count; i++) {
        if (p->ops[i].kind != RC_OP_PATH)
            continue;
        const rc_point *at = &s.pages->points[p->ops[i].index];
        ck_assert_int_eq(hundredths(at[1].x - at[0].x), 520);
        ck_assert_int_lt(at[1].x,
                         sheet_text(&s, seen ? "lower" : "higher", 0)->x);
        if (seen == 0)
            ck_assert_int_lt(at[2].y, at[0].y);
        else
            ck_assert_int_gt(at[2].y, at[0].y);
        ck_assert(rc_str_is(colour_name(&s, p->ops[i].colour), "ink"));
        seen++;
    }
    ck_assert_int_eq(seen, 2);
    sheet_close(&s);
}
END_TEST

/* -- bars ------------------------------------------------------------------ */
/* Whatever the counts: a gap of 0.75 behind each segment, nothing thinner than
 * 0.75, the last one ends a gap before the bar's end. */
START_TEST(segments_never_touch)
{
    static const sheet_row rows[] = {
        {"a", {43, 133, 40, 36, 19, 2}, {0, 0}, {0, 0}},
        {"b", {1, 270, 0, 0, 1, 1}, {0, 0}, {0, 0}},
        {"c", {1, 1, 1, 1, 1, 995}, {0, 0}, {0, 0}},
        {"d", {1, 2, 4, 8, 16, 32}, {0, 0}, {0, 0}},
        {"e", {0, 0, 7, 0, 0, 0}, {0, 0}, {0, 0}},
        {"f", {333, 333, 334, 0, 1, 1}, {0, 0}, {0, 0}},
    };
    enum { ROWS = sizeof rows / sizeof rows[0] };
    static const size_t some[ROWS] = {6, 4, 6, 6, 1, 5};
    sheet s;
    sheet_open(&s, AXIS);
    draw(&s, sheet_stacked(&s, rows, ROWS, false, ""), RC_LEN(75));
    finish(&s);
    for (int r = 0; r < ROWS; r++) {
        const rc_op *bar[8];
        ck_assert_uint_eq(bar_segments(&s, RC_LEN(18), r, bar), some[r]);
        ck_assert_int_eq(bar[0]->x, s.house->axis);
        for (size_t i = 0; i < some[r]; i++) {
            rc_len end = i + 1 < some[r]
                             ? bar[i + 1]->x
                             : s.house->axis + s.house->chart.stacked.width;
            ck_assert_int_eq(end - bar[i]->x - bar[i]->x2, RC_LEN(0.75));
            ck_assert_int_ge(bar[i]->x2, RC_LEN(0.75));
        }
    }
    /* 43 of 273 by 240.6, less the gap */
    const rc_op *bar[8];
    bar_segments(&s, RC_LEN(18), 0, bar);
    ck_assert_int_eq(hundredths(bar[0]->x2), 3715);
    sheet_close(&s);
}
END_TEST

START_TEST(values_stand_inside_or_not_at_all)
{
    static const sheet_row rows[] = {
        /* 2% is 4.06 wide and takes no figure; 3% does; 5% does, 6% is wide
         * enough for two figures and 5.4 wide for none */
        {"x", {20, 30, 50, 200, 690, 10}, {0, 0}, {0, 0}},
        {"y", {2, 998, 0, 0, 0, 0}, {0, 0}, {0, 0}},
    };
    sheet s;
    sheet_open(&s, AXIS);
    rc_chart *chart = sheet_stacked(&s, rows, 2, false, "");
    chart->net_count = 0;
    draw(&s, chart, RC_LEN(75));
    finish(&s);
    ck_assert_int_eq(sheet_texts(&s, "2"), 0);
    ck_assert_int_eq(sheet_texts(&s, "3"), 1);
    ck_assert_int_eq(sheet_texts(&s, "5"), 1);
    ck_assert_int_eq(sheet_texts(&s, "69"), 1);
    ck_assert_int_eq(sheet_texts(&s, "1"), 0);
    ck_assert_int_eq(sheet_texts(&s, "*"), 0); /* 0.2%: a sliver */
    const rc_op *bar[8];
    bar_segments(&s, RC_LEN(18), 0, bar);
    const rc_op *value = sheet_text(&s, "69", 0);
    rc_len width = s.pages->runs[value->index].width;
    rc_len left = value->x - bar[4]->x;
    rc_len right = bar[4]->x + bar[4]->x2 - value->x - width;
    ck_assert_int_le(abs(left - right), 1);
    /* ink by contrast: paper on burgundy, ink on blue */
    ck_assert(rc_str_is(colour_name(&s, value->colour), "paper"));
    ck_assert(rc_str_is(
        colour_name(&s, sheet_text(&s, "3", 0)->colour), "ink"));
    sheet_close(&s);
}
END_TEST

START_TEST(star_is_printed_where_it_fits)
{
    sheet s;
    sheet_open(&s, AXIS);
    static const sheet_row rows[] = {{"x", {30, 70, 0, 0, 0, 0}, {0}, {0}}};
    rc_chart *chart = sheet_stacked(&s, rows, 1, false, "");
    rc_segment segments[] = {{0, 0.05, -1, RC_LIT("*")},
                             {1, 0.95, -1, RC_LIT("95")}};
    rc_bar bar = chart->bars[0];
    bar.segments = segments;
    bar.segment_count = 2;
    chart->bars = &bar;
    draw(&s, chart, RC_LEN(75));
    finish(&s);
    ck_assert_int_eq(sheet_texts(&s, "*"), 1);
    sheet_close(&s);
}
END_TEST

START_TEST(shares_that_miss_the_whole)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_segment rounded[] = {{0, 0.33, -1, RC_LIT("33")},
                            {1, 0.33, -1, RC_LIT("33")},
                            {2, 0.33, -1, RC_LIT("33")}};
    rc_segment part[] = {{0, 0.25, -1, RC_LIT("25")},
                         {1, 0.25, -1, RC_LIT("25")}};
    rc_box box = {s.house->axis, RC_LEN(100), RC_LEN(200), RC_LEN(18)};
    rc_el figure =
        rc_builder_element(s.builder, RC_TAG_P, s.canvas.parent);
    rc_chart_bar(&s.canvas, figure, sheet_keys, rounded, 3, box, false);
    box.y += RC_LEN(30);
    rc_chart_bar(&s.canvas, figure, sheet_keys, part, 2, box, false);
    finish(&s);
    const rc_op *bar[8];
    /* printed percentages that add up to 99 fill the bar */
    ck_assert_uint_eq(bar_segments(&s, RC_LEN(18), 0, bar), 3);
    ck_assert_int_eq(bar[2]->x + bar[2]->x2,
                     box.x + RC_LEN(200) - RC_LEN(0.75));
    /* half a bar stays half a bar */
    ck_assert_uint_eq(bar_segments(&s, RC_LEN(18), 1, bar), 2);
    ck_assert_int_eq(bar[1]->x + bar[1]->x2,
                     box.x + RC_LEN(100) - RC_LEN(0.75));
    sheet_close(&s);
}
END_TEST

/* -- low base -------------------------------------------------------------- */
START_TEST(counted_bars_are_cut_into_responses)
{
    static const sheet_row rows[] = {
        {"Our team works with us", {1, 10, 6, 7, 4, 0}, {0, 0}, {0, 0}}};
    sheet s;
    sheet_open(&s, AXIS);
    rc_chart *chart = sheet_stacked(&s, rows, 1, true, "");
    chart->low_note = sheet_note(&s, "Small base: 28 responses.",
                                 " Numbers, not percentages; indicative "
                                 "only.");
    draw(&s, chart, RC_LEN(75));
    finish(&s);
    const rc_page *p = sheet_page(&s);
    int white = 0, key = 0, third = 0;
    for (size_t i = 0; i < p->op_count; i++) {
        const rc_op *op = &p->ops[i];
        if (op->kind != RC_OP_RECT || op->y2 != RC_LEN(3.25))
            continue;
        bool outlined = op->x2 == RC_LEN(0.5);
        ck_assert(outlined || op->x2 == RC_LEN(0.75));
        ck_assert(rc_str_is(colour_name(&s, op->colour),
                            outlined ? "key" : "paper"));
        key += outlined;
        white += !outlined;
        /* between the second and the third response */
        rc_len border = s.house->axis + RC_LEN(240.6) * 2 / 28;
        third += abs(op->x + op->x2 - border) <= 1;
    }
    /* two ticks at each border inside a segment: 9 + 6 + 3, and 5 */
    ck_assert_int_eq(white, 2 * 18);
    ck_assert_int_eq(key, 2 * 5);
    ck_assert_int_eq(third, 2);
    ck_assert_int_eq(sheet_texts(&s, "Number answering"), 1);
    ck_assert_int_eq(sheet_texts(&s, "10"), 1);
    /* the note's bar: 2.25 wide, at the left margin */
    const rc_op *bar = NULL;
    for (size_t i = 0; i < p->op_count; i++)
        if (p->ops[i].kind == RC_OP_RECT && p->ops[i].x2 == RC_LEN(2.25))
            bar = &p->ops[i];
    ck_assert_ptr_nonnull(bar);
    ck_assert(rc_str_is(colour_name(&s, bar->colour), "burgundy"));
    ck_assert_int_eq(hundredths(bar->x), 5100);
    const rc_op *note = sheet_text(&s, "Small base: 28 responses.", 0);
    ck_assert_int_eq(hundredths(note->x), 6000);
    ck_assert_int_eq(hundredths(note->y), 9300 + 2025);
    ck_assert_int_lt(bar->y, note->y);
    ck_assert_int_gt(bar->y + bar->y2,
                     sheet_text(&s, "indicative only.", 0)->y);
    sheet_close(&s);
}
END_TEST

START_TEST(low_bars_have_short_notches)
{
    static const sheet_row rows[] = {{"x", {3, 2, 0, 0, 0, 0}, {0}, {0}}};
    sheet s;
    sheet_open(&s, AXIS);
    rc_bar bar = sheet_bar(&s, &rows[0], true);
    rc_el e = rc_builder_element(s.builder, RC_TAG_P, s.canvas.parent);
    rc_chart_bar(&s.canvas, e, sheet_keys, bar.segments, KEYS,
                 (rc_box){s.house->axis, RC_LEN(100), RC_LEN(324.85),
                          RC_LEN(13.5)},
                 true);
    finish(&s);
    const rc_page *p = sheet_page(&s);
    int ticks = 0;
    for (size_t i = 0; i < p->op_count; i++)
        ticks += p->ops[i].kind == RC_OP_RECT && p->ops[i].y2 == RC_LEN(2);
    ck_assert_int_eq(ticks, 2 * 3);
    sheet_close(&s);
}
END_TEST

START_TEST(volumes_have_columns_beside)
{
    static const sheet_row rows[] = {
        {"We had open and honest conversations", {6, 5, 1, 0, 0, 0}, {0}, {0}}};
    sheet s;
    sheet_open(&s, AXIS);
    rc_chart *chart = sheet_stacked(&s, rows, 1, true, "");
    rc_column_head heads[] = {{RC_LIT("Agree"), RC_LIT("of 12")},
                              {RC_LIT("North"), RC_LIT("% agree")},
                              {RC_LIT("England"), RC_LIT("% agree")}};
    rc_net_cell nets[] = {{RC_LIT("11"), RC_LIT(""), 0},
                          {RC_LIT("87"), RC_LIT(""), 0},
                          {RC_LIT("89"), RC_LIT(""), 0}};
    rc_bar bar = chart->bars[0];
    bar.nets = nets;
    bar.net_count = 3;
    chart->bars = &bar;
    chart->net_heads = heads;
    chart->net_count = 3;
    chart->volume = true;
    chart->fur.scope = RC_LIT("Greater Manchester");
    draw(&s, chart, RC_LEN(75));
    finish(&s);
    ck_assert_int_eq(sheet_right(&s, sheet_text(&s, "11", 0)), 45600);
    ck_assert_int_eq(sheet_right(&s, sheet_text(&s, "87", 0)), 50000);
    ck_assert_int_eq(sheet_right(&s, sheet_text(&s, "England", 0)), 54428);
    /* the group's name stands under the unit, not beside the number */
    ck_assert_int_eq(sheet_texts(&s, "Greater Manchester"), 1);
    ck_assert_int_eq(hundredths(sheet_text(&s, "Greater Manchester", 0)->x),
                     21943);
    const rc_op *cell[8];
    ck_assert_uint_eq(bar_segments(&s, RC_LEN(18), 0, cell), 3);
    ck_assert_int_eq(hundredths(cell[2]->x + cell[2]->x2),
                     21943 + 19850 - 75);
    sheet_close(&s);
}
END_TEST

/* -- edges ----------------------------------------------------------------- */
START_TEST(what_was_not_asked_says_so)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_chart *chart = sheet_stacked(&s, three_rows, 3, false, "");
    rc_bar bars[2] = {chart->bars[0], chart->bars[1]};
    bars[1].segment_count = 0;
    bars[1].net_count = 0;
    bars[1].absent = RC_LIT("Not asked");
    chart->bars = bars;
    chart->bar_count = 2;
    draw(&s, chart, RC_LEN(75));
    finish(&s);
    const rc_op *says = sheet_text(&s, "Not asked", 0);
    ck_assert_int_eq(hundredths(says->x), 21943);
    const rc_op *none[8];
    ck_assert_uint_eq(bar_segments(&s, RC_LEN(18), 1, none), 0);
    sheet_close(&s);
}
END_TEST

START_TEST(more_nets_than_columns)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_chart *chart = sheet_stacked(&s, three_rows, 1, false, "");
    rc_column_head heads[] = {{RC_LIT("One"), RC_LIT("")},
                              {RC_LIT("Two"), RC_LIT("")},
                              {RC_LIT("Three"), RC_LIT("")}};
    rc_net_cell nets[] = {{RC_LIT("91"), RC_LIT(""), 0},
                          {RC_LIT("92"), RC_LIT(""), 0},
                          {RC_LIT("93"), RC_LIT(""), 0}};
    rc_bar bar = chart->bars[0];
    bar.nets = nets;
    bar.net_count = 3;
    chart->bars = &bar;
    chart->net_heads = heads;
    chart->net_count = 3;
    draw(&s, chart, RC_LEN(75));
    finish(&s);
    const rc_op *cell[8];
    size_t n = bar_segments(&s, RC_LEN(18), 0, cell);
    ck_assert_uint_eq(n, 6);
    ck_assert_int_lt(cell[5]->x + cell[5]->x2, sheet_text(&s, "91", 0)->x);
    ck_assert_int_eq(sheet_right(&s, sheet_text(&s, "93", 0)), 54428);
    sheet_close(&s);
}
END_TEST

START_TEST(long_words_are_warned_of)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_chart *chart = sheet_stacked(&s, three_rows, 1, false, "");
    chart->fur.headline = sheet_prose(
        &s, "This headline goes on and on, well past what two lines of the "
            "right column can hold, because nobody has told its author to "
            "say one thing only");
    draw(&s, chart, RC_LEN(75));
    ck_assert_uint_eq(rc_log_count(s.log, RC_WARNING), 1);
    sheet_close(&s);
}
END_TEST

/* -- tags ------------------------------------------------------------------ */
static const rc_element *
only(const sheet *s, rc_tag tag)
{
    const rc_element *found = NULL;
    for (size_t i = 0; i < s->pages->element_count; i++)
        if (s->pages->elements[i].tag == tag) {
            ck_assert_ptr_null(found);
            found = &s->pages->elements[i];
        }
    ck_assert_ptr_nonnull(found);
    return found;
}

START_TEST(figure_is_one_tagged_piece)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_chart *chart = sheet_stacked(&s, three_rows, 3, false, "England");
    chart->alt = RC_LIT("Stacked bars. We had open conversations: 89.");
    draw(&s, chart, RC_LEN(75));
    finish(&s);
    const rc_element *figure = only(&s, RC_TAG_FIGURE);
    ck_assert(rc_str_eq(figure->more->alt, chart->alt));
    ck_assert(figure->more->has_box);
    ck_assert_int_eq(hundredths(figure->more->box.x), 5100);
    ck_assert_int_eq(hundredths(figure->more->box.width), 49328);
    /* rules are drawn last: the drawing is one piece of content, behind
     * caption and subtitle */
    ck_assert_uint_eq(figure->kid_count, 3);
    const rc_page *p = sheet_page(&s);
    for (uint32_t i = 0; i < figure->kids[2].op_count; i++) {
        const rc_op *op = &p->ops[figure->kids[2].op + i];
        if (op->kind == RC_OP_PATH)
            continue;
        ck_assert_int_ge(op->y, figure->more->box.y);
        ck_assert_int_le(op->y, figure->more->box.y + figure->more->box.height);
    }
    /* number and headline are its caption; its alternative text stands in
     * for both */
    const rc_element *caption = only(&s, RC_TAG_CAPTION);
    ck_assert_ptr_eq(&s.pages->elements[caption->parent], figure);
    const rc_element *link = only(&s, RC_TAG_LINK);
    ck_assert(rc_str_is(link->more->link_text, "Data for Figure 3.1, page 71"));
    ck_assert_int_eq(link->link_dest, 0);
    ck_assert(link > figure);
    ck_assert_int_eq(
        hundredths(sheet_text(&s, "Data: page\xC2\xA0"
                                  "71",
                              0)
                       ->y),
        hundredths(sheet_text(&s, "Base:", 0)->y));
    sheet_close(&s);
}
END_TEST

/* -- one column ------------------------------------------------------------ */
START_TEST(one_column_has_everything_in_the_run)
{
    sheet s;
    sheet_open(&s, PLAIN);
    rc_chart *chart = sheet_stacked(&s, three_rows, 3, false, "England");
    chart->fur.scope = RC_LIT("Midlands");
    chart->low_note = sheet_note(&s, "Small base.", " Numbers only.");
    draw(&s, chart, RC_LEN(90));
    finish(&s);
    const rc_page *p = sheet_page(&s);
    for (size_t i = 0; i < p->op_count; i++)
        ck_assert(p->ops[i].kind == RC_OP_PATH
                  || p->ops[i].x >= s.house->left);
    const rc_op *number = sheet_text(&s, "Figure 3.1", 0);
    const rc_op *scope = sheet_text(&s, "Midlands", 0);
    const rc_op *low = sheet_text(&s, "Small base.", 0);
    const rc_op *unit = sheet_text(&s, "Per cent", 0);
    const rc_op *label =
        sheet_text(&s, "We had open and honest conversations", 0);
    const rc_op *bar[8];
    bar_segments(&s, s.house->chart.stacked.bar, 0, bar);
    ck_assert_int_lt(number->y, scope->y);
    ck_assert_int_lt(scope->y, low->y);
    ck_assert_int_lt(low->y, unit->y);
    ck_assert_int_lt(unit->y, label->y);
    ck_assert_int_lt(label->y, bar[0]->y);
    ck_assert_int_eq(label->x, bar[0]->x);
    ck_assert_int_gt(sheet_text(&s, "Data: page\xC2\xA0"
                                    "71",
                                0)
                         ->y,
                     sheet_text(&s, "Source:", 0)->y);
    /* nets do not reach over the bar into the label */
    ck_assert_int_gt(sheet_text(&s, "75", 0)->y - RC_LEN(9),
                     sheet_text(&s,
                                "NHS England was focused on what was right "
                                "for patients",
                                0)
                         ->y);
    sheet_close(&s);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("chart");
    TCase *t = tcase_create("stacked");
    tcase_add_test(t, steps_and_rows);
    tcase_add_test(t, row_shares_one_middle);
    tcase_add_test(t, compare_has_arrow_and_word);
    tcase_add_test(t, segments_never_touch);
    tcase_add_test(t, values_stand_inside_or_not_at_all);
    tcase_add_test(t, star_is_printed_where_it_fits);
    tcase_add_test(t, shares_that_miss_the_whole);
    tcase_add_test(t, counted_bars_are_cut_into_responses);
    tcase_add_test(t, low_bars_have_short_notches);
    tcase_add_test(t, volumes_have_columns_beside);
    tcase_add_test(t, what_was_not_asked_says_so);
    tcase_add_test(t, more_nets_than_columns);
    tcase_add_test(t, long_words_are_warned_of);
    tcase_add_test(t, figure_is_one_tagged_piece);
    tcase_add_test(t, one_column_has_everything_in_the_run);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
