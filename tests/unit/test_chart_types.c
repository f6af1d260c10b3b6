/* Ranked bars, dots, trends, bands, bars without a number; and for each type
 * that its measure is its size. */
#include "test_chart.h"

#define AXIS "layouts/axis/house.yaml"
#define PLAIN "layouts/plain/house.yaml"

static rc_chart *
empty_chart(sheet *s, rc_chart_type type, const char *unit)
{
    static const sheet_row none = {"x", {1, 0, 0, 0, 0, 0}, {0}, {0}};
    rc_chart *chart = sheet_stacked(s, &none, 1, false, "");
    chart->type = type;
    chart->unit = rc_str_z(unit);
    chart->key_count = chart->net_count = chart->bar_count = 0;
    return chart;
}

static rc_len
draw(sheet *s, const rc_chart *chart, rc_len y)
{
    rc_canvas measure = s->canvas;
    measure.builder = NULL;
    size_t before = rc_arena_size(s->arena);
    rc_len measured = rc_chart_draw(&measure, chart, y);
    rc_len again = 0;
    for (int i = 0; i < 100; i++) /* measuring leaves nothing behind */
        again = rc_chart_draw(&measure, chart, y);
    ck_assert_uint_le(rc_arena_size(s->arena), before + (1 << 20));
    rc_len drawn = rc_chart_draw(&s->canvas, chart, y);
    ck_assert_int_eq(measured, again);
    ck_assert_int_eq(measured, drawn);
    return drawn;
}

static void
finish(sheet *s)
{
    sheet_finish(s);
    ck_assert(rc_page_check(s->pages, stderr));
    ck_assert_uint_eq(rc_log_count(s->log, RC_NOTE), 0);
}

static const rc_op *
nth(const sheet *s, rc_op_kind kind, const char *colour, int n)
{
    const rc_page *p = sheet_page(s);
    for (size_t i = 0; i < p->op_count; i++)
        if (p->ops[i].kind == kind && p->ops[i].colour >= 0
            && rc_str_is(s->pages->colours[p->ops[i].colour].name, colour)
            && n-- == 0)
            return &p->ops[i];
    return NULL;
}

/* -- ranked ---------------------------------------------------------------- */
static rc_chart *
themes(sheet *s, const char *second)
{
    rc_chart *chart =
        empty_chart(s, RC_CHART_RANKED, "Per cent of those commenting");
    rc_ranked_bar *bars = RC_MAKE_ARRAY(s->arena, rc_ranked_bar, 3);
    bars[0] = (rc_ranked_bar){sheet_prose(s, "Weak communication"), 0.29,
                              RC_LIT("29"), true};
    bars[1] = (rc_ranked_bar){sheet_prose(s, second), 0.145, RC_LIT("15"),
                              false};
    bars[2] = (rc_ranked_bar){sheet_prose(s, "Nothing"), 0, RC_LIT("-"),
                              false};
    chart->ranked = bars;
    chart->ranked_count = 3;
    return chart;
}

START_TEST(ranked_bars_are_as_long_as_their_shares)
{
    sheet s;
    sheet_open(&s, AXIS);
    draw(&s, themes(&s, "Budgets"), RC_LEN(75));
    finish(&s);
    const rc_op *longest = nth(&s, RC_OP_RECT, "navy", 0);
    const rc_op *half = nth(&s, RC_OP_RECT, "blue", 0);
    ck_assert_int_eq(hundredths(longest->x), 21943);
    ck_assert_int_eq(hundredths(longest->x2), 28885);
    ck_assert_int_eq(hundredths(longest->y2), 1500);
    ck_assert_int_eq(longest->x2 / 2, half->x2);
    ck_assert_ptr_null(nth(&s, RC_OP_RECT, "blue", 1)); /* none: no bar */
    ck_assert_int_eq(hundredths(sheet_text(&s, "29", 0)->x),
                     21943 + 28885 + 600);
    /* one line each: rows of 30 */
    ck_assert_int_eq(half->y - longest->y, RC_LEN(30));
    sheet_close(&s);
}
END_TEST

START_TEST(ranked_rows_are_alike)
{
    sheet s;
    sheet_open(&s, AXIS);
    rc_chart *chart =
        themes(&s, "Budgets, finance and the sharing of risk between us");
    chart->maximum = 0.58;
    draw(&s, chart, RC_LEN(75));
    finish(&s);
    const rc_op *longest = nth(&s, RC_OP_RECT, "navy", 0);
    const rc_op *half = nth(&s, RC_OP_RECT, "blue", 0);
    ck_assert_int_eq(half->y - longest->y, RC_LEN(37.5));
    /* a stated maximum is the long bar */
    ck_assert_int_eq(longest->x2, RC_LEN(288.85) / 2);
    sheet_close(&s);
}
END_TEST

/* -- dots ------------------------------------------------------------------ */
static rc_chart *
regions(sheet *s, const double shares[3], double whole)
{
    rc_chart *chart = empty_chart(s, RC_CHART_DOTS, "Per cent agreeing");
    rc_str *series = RC_MAKE_ARRAY(s->arena, rc_str, 3);
    series[0] = RC_LIT("East");
    series[1] = RC_LIT("North");
    series[2] = RC_LIT("South");
    rc_dot *dots = RC_MAKE_ARRAY(s->arena, rc_dot, 3);
    for (int i = 0; i < 3; i++)
        dots[i] = (rc_dot){i, shares[i],
                           rc_str_printf(s->arena, "%d",
                                         (int)(shares[i] * 100 + 0.5))};
    rc_dot_row *row = RC_MAKE(s->arena, rc_dot_row);
    static const rc_str numbers[] = {{"11", 2}};
    static const rc_column_head london = {{"London", 6}, {"number of 28", 12}};
    *row = (rc_dot_row){.label = sheet_prose(s, "A statement"),
                        .dots = dots,
                        .dot_count = 3,
                        .has_whole = true,
                        .whole = whole,
                        .numbers = numbers};
    chart->series = series;
    chart->series_count = 3;
    chart->whole_name = RC_LIT("England");
    chart->number_heads = &london;
    chart->number_count = 1;
    chart->dot_rows = row;
    chart->dot_row_count = 1;
    return chart;
}

static int
at_share(double share) /* hundredths */
{
    return (int)((219.43 + share * 240.6) * 100 + 0.5);
}

/* The y of the row's middle: its range line's. */
static rc_len
range_y(const sheet *s)
{
    const rc_op *line = nth(s, RC_OP_LINE, "key", 0);
    ck_assert_ptr_nonnull(line);
    return line->y;
}

START_TEST(dots_stand_at_their_shares)
{
    static const double shares[] = {0.80, 0.30, 0.60};
    sheet s;
    sheet_open(&s, AXIS);
    draw(&s, regions(&s, shares, 0.5), RC_LEN(75));
    finish(&s);
    const rc_op *line = nth(&s, RC_OP_LINE, "key", 0);
    ck_assert_int_eq(hundredths(line->x), at_share(0.30));
    ck_assert_int_eq(hundredths(line->x2), at_share(0.80));
    ck_assert_int_eq(hundredths(line->stroke), 120);
    const rc_op *legend = nth(&s, RC_OP_CIRCLE, "navy", 0);
    const rc_op *circle = nth(&s, RC_OP_CIRCLE, "navy", 1);
    ck_assert_ptr_nonnull(legend);
    ck_assert_int_eq(hundredths(circle->x), at_share(0.80));
    ck_assert_int_eq(circle->y, line->y); /* far from others: not moved */
    /* outside, 9 from the marks */
    ck_assert_int_eq(sheet_right(&s, sheet_text(&s, "30", 0)),
                     at_share(0.30) - 900);
    /* the axis has an 80 too */
    ck_assert_int_eq(hundredths(sheet_text(&s, "80", 1)->x),
                     at_share(0.80) + 900);
    ck_assert_int_eq(sheet_texts(&s, "60"), 1); /* only the axis' number */
    /* the nation's upright, 1.8 by 22, about the middle */
    const rc_op *whole = nth(&s, RC_OP_RECT, "ink", 1);
    ck_assert_int_eq(hundredths(whole->x2), 180);
    ck_assert_int_eq(hundredths(whole->y2), 2200);
    ck_assert_int_eq(hundredths(whole->x), at_share(0.5) - 90);
    ck_assert_int_eq(whole->y + whole->y2 / 2, line->y);
    ck_assert_int_eq(sheet_right(&s, sheet_text(&s, "11", 0)), 54428);
    sheet_close(&s);
}
END_TEST

START_TEST(near_dots_are_moved_apart)
{
    /* 8.5 is 3.53 per cent: circle and square stand nearer than that */
    static const double shares[] = {0.63, 0.60, 0.30};
    sheet s;
    sheet_open(&s, AXIS);
    draw(&s, regions(&s, shares, 0.5), RC_LEN(75));
    finish(&s);
    rc_len middle = range_y(&s);
    const rc_op *circle = nth(&s, RC_OP_CIRCLE, "navy", 1);
    ck_assert_int_eq(hundredths(circle->y - middle), 520);
    const rc_page *p = sheet_page(&s);
    int squares = 0;
    for (size_t i = 0; i < p->op_count; i++)
        if (p->ops[i].kind == RC_OP_RECT && p->ops[i].stroke == RC_LEN(1.5)
            && squares++ == 1) /* the first is the legend's */
            ck_assert_int_eq(
                hundredths(p->ops[i].y + p->ops[i].y2 / 2 - middle), -520);
    ck_assert_int_eq(squares, 2);
    sheet_close(&s);
}
END_TEST

START_TEST(dots_just_far_enough_stay)
{
    /* 3.54 per cent is 8.52 */
    static const double shares[] = {0.6354, 0.60, 0.30};
    sheet s;
    sheet_open(&s, AXIS);
    draw(&s, regions(&s, shares, 0.5), RC_LEN(75));
    finish(&s);
    ck_assert_int_eq(nth(&s, RC_OP_CIRCLE, "navy", 1)->y, range_y(&s));
    sheet_close(&s);
}
END_TEST

START_TEST(three_near_dots_have_three_lanes)
{
    static const double shares[] = {0.61, 0.60, 0.62};
    sheet s;
    sheet_open(&s, AXIS);
    draw(&s, regions(&s, shares, 0.5), RC_LEN(75));
    finish(&s);
    rc_len middle = range_y(&s);
    ck_assert_int_eq(nth(&s, RC_OP_CIRCLE, "navy", 1)->y, middle);
    const rc_op *triangle = nth(&s, RC_OP_PATH, "orange", 1);
    rc_len top = s.pages->points[triangle->index + 2].y;
    ck_assert_int_gt(top, middle + RC_LEN(4.4));
    sheet_close(&s);
}
END_TEST

/* -- trend ----------------------------------------------------------------- */
static rc_chart *
waves(sheet *s, const rc_trend_series *series, size_t count, double end)
{
    rc_chart *chart = empty_chart(s, RC_CHART_TREND, "Mean score");
    rc_str *names = RC_MAKE_ARRAY(s->arena, rc_str, 4);
    rc_str *subs = RC_MAKE_ARRAY(s->arena, rc_str, 4);
    for (int i = 0; i < 4; i++) {
        names[i] = rc_str_printf(s->arena, "Wave %d", i + 1);
        subs[i] = rc_str_printf(s->arena, "%d", 2012 + i);
    }
    chart->waves = names;
    chart->wave_subs = subs;
    chart->wave_count = 4;
    chart->trend = series;
    chart->trend_count = count;
    chart->scale_end = end;
    return chart;
}

START_TEST(trend_has_no_line_across_a_gap)
{
    static const rc_trend_point points[] = {{0, 6.6, RC_LIT("6.6"), false},
                                            {1, 6.5, RC_LIT("6.5"), false},
                                            {2, 0, RC_LIT(""), true},
                                            {3, 7.2, RC_LIT("7.2"), false}};
    static const rc_trend_series series = {RC_LIT("Leads"), points, 4};
    sheet s;
    sheet_open(&s, AXIS);
    draw(&s, waves(&s, &series, 1, 10), RC_LEN(75));
    finish(&s);
    const rc_op *line = nth(&s, RC_OP_LINE, "navy", 0);
    ck_assert_int_eq(hundredths(line->stroke), 200);
    const rc_op *axis = nth(&s, RC_OP_LINE, "ink", 1);
    ck_assert_int_eq(hundredths(axis->y - line->y), (int)(11250 * 0.66 + 0.5));
    const rc_op *next = nth(&s, RC_OP_LINE, "navy", 1); /* a link's */
    ck_assert(!next || next->stroke < RC_LEN(1));
    ck_assert_int_eq(sheet_texts(&s, "not printed"), 1);
    /* value over its point */
    ck_assert_int_eq(hundredths(line->y - sheet_text(&s, "6.6", 0)->y), 1000);
    ck_assert_int_eq(sheet_texts(&s, "10"), 1);
    ck_assert_int_eq(sheet_texts(&s, "2"), 1);
    ck_assert_int_eq(sheet_texts(&s, "1"), 0);
    sheet_close(&s);
}
END_TEST

START_TEST(trend_series_are_named_at_their_ends)
{
    static const rc_trend_point high[] = {{0, 0.66, RC_LIT("66%"), false},
                                          {3, 0.72, RC_LIT("72%"), false}};
    static const rc_trend_point low[] = {{0, 0.62, RC_LIT("62%"), false},
                                         {3, 0.31, RC_LIT("31%"), false}};
    static const rc_trend_series series[] = {
        {RC_LIT("Clinical leads"), high, 2},
        {RC_LIT("Financial leads of the groups"), low, 2}};
    sheet s;
    sheet_open(&s, AXIS);
    draw(&s, waves(&s, series, 2, 1), RC_LEN(75));
    finish(&s);
    const rc_op *name = sheet_text(&s, "Financial leads of the groups", 0);
    ck_assert_int_le(sheet_right(&s, name), 54428);
    /* the lower of two near points has its value below */
    ck_assert_int_gt(sheet_text(&s, "62%", 0)->y,
                     sheet_text(&s, "66%", 0)->y + RC_LEN(18));
    sheet_close(&s);
}
END_TEST

/* However near the lines are, no value and no name touches another. */
START_TEST(near_trends_have_labels_apart)
{
    static const rc_trend_point a[] = {{0, 0.59, RC_LIT("59"), false},
                                       {3, 0.60, RC_LIT("60"), false}};
    static const rc_trend_point b[] = {{0, 0.58, RC_LIT("58"), false},
                                       {3, 0.50, RC_LIT("50"), false}};
    static const rc_trend_point c[] = {{0, 0.64, RC_LIT("64"), false},
                                       {3, 0.56, RC_LIT("56"), false}};
    static const rc_trend_point d[] = {{0, 0.58, RC_LIT("58"), false},
                                       {3, 0.56, RC_LIT("56"), false}};
    static const rc_trend_series series[] = {{RC_LIT("One"), a, 2},
                                             {RC_LIT("Two"), b, 2},
                                             {RC_LIT("Three"), c, 2},
                                             {RC_LIT("Four"), d, 2}};
    static const char *const names[] = {"One", "Three", "Four", "Two"};
    sheet s;
    sheet_open(&s, AXIS);
    draw(&s, waves(&s, series, 4, 1), RC_LEN(75));
    finish(&s);
    for (size_t i = 0; i + 1 < 4; i++) /* from the top down, by value */
        ck_assert_int_ge(sheet_text(&s, names[i + 1], 0)->y
                             - sheet_text(&s, names[i], 0)->y,
                         RC_LEN(8));
    static const char *const first[] = {"64", "59", "58", "58"};
    for (int i = 0, same = 0; i + 1 < 4; i++) {
        const rc_op *above = sheet_text(&s, first[i], same);
        same = i == 2;
        ck_assert_int_ge(sheet_text(&s, first[i + 1], same)->y - above->y,
                         RC_LEN(8));
    }
    sheet_close(&s);
}
END_TEST

START_TEST(pieces_of_a_trend_are_one_line)
{
    static const rc_trend_point before[] = {{0, 0.3, RC_LIT("30"), false},
                                            {1, 0.4, RC_LIT("40"), false}};
    static const rc_trend_point after[] = {{2, 0.6, RC_LIT("60"), false},
                                           {3, 0.7, RC_LIT("70"), false}};
    static const rc_trend_series series[] = {{RC_LIT(""), before, 2},
                                             {RC_LIT("Leads"), after, 2}};
    sheet s;
    sheet_open(&s, AXIS);
    draw(&s, waves(&s, series, 2, 1), RC_LEN(75));
    finish(&s);
    const rc_op *first = nth(&s, RC_OP_LINE, "navy", 0);
    const rc_op *second = nth(&s, RC_OP_LINE, "navy", 1);
    ck_assert_int_eq(second->stroke, RC_LEN(2));
    ck_assert_int_lt(first->x2, second->x); /* none from piece to piece */
    ck_assert_ptr_null(nth(&s, RC_OP_LINE, "blue", 0));
    ck_assert_int_eq(sheet_texts(&s, "Leads"), 0); /* one line needs no name */
    ck_assert_int_eq(sheet_texts(&s, "not printed"), 0);
    sheet_close(&s);
}
END_TEST

/* -- bands ----------------------------------------------------------------- */
START_TEST(cover_bands_hang_on_the_middle)
{
    static const sheet_row row = {"x", {43, 133, 40, 36, 19, 2}, {0}, {0}};
    sheet s;
    sheet_open(&s, AXIS);
    const rc_master *cover = rc_house_master(s.house, RC_LIT("cover"));
    ck_assert_ptr_nonnull(cover);
    rc_band bands[43];
    rc_bar bar = sheet_bar(&s, &row, false);
    for (int i = 0; i < 43; i++)
        bands[i] = (rc_band){.segments = bar.segments,
                             .segment_count = KEYS,
                             .base = 273};
    rc_chart_bands(&s.canvas, &cover->bands, sheet_keys, KEYS, bands, 43, 0);
    finish(&s);
    const rc_page *p = sheet_page(&s);
    ck_assert_uint_eq(p->op_count, (size_t)43 * 5); /* don't know is blank */
    ck_assert_int_eq(hundredths(p->ops[0].y), 84189 - 43 * 940 - 42 * 160);
    const rc_op *last = &p->ops[p->op_count - 1];
    ck_assert_int_eq(last->y + last->y2, s.house->page_height);
    const rc_op *neutral = &p->ops[2];
    ck_assert(rc_str_is(s.pages->colours[neutral->colour].name,
                        "cover-neutral"));
    rc_len middle = neutral->x + (neutral->x2 + cover->bands.cell_gap) / 2;
    ck_assert_int_eq(hundredths(middle), 32800);
    for (size_t i = 0; i < p->op_count; i++) {
        ck_assert_int_ge(p->ops[i].x, 0);
        ck_assert_int_le(p->ops[i].x + p->ops[i].x2, s.house->page_width);
        ck_assert_int_eq(p->ops[i].element, RC_ARTIFACT_BACKGROUND);
    }
    sheet_close(&s);
}
END_TEST

START_TEST(divider_bands_have_labels_and_cells)
{
    static const sheet_row rows[] = {
        {"London", {1, 10, 6, 7, 4, 0}, {0}, {0}},
        {"South of England", {8, 34, 8, 8, 4, 1}, {0}, {0}}};
    sheet s;
    sheet_open(&s, AXIS);
    const rc_master *m =
        rc_house_master(s.house, RC_LIT("opening-divider"));
    ck_assert_ptr_nonnull(m);
    rc_band bands[2];
    for (int i = 0; i < 2; i++) {
        rc_bar bar = sheet_bar(&s, &rows[i], false);
        bands[i] = (rc_band){.label = rc_str_z(rows[i].label),
                             .label_sub = RC_LIT("some agree"),
                             .segments = bar.segments,
                             .segment_count = KEYS,
                             .base = i ? 63 : 28,
                             .counted = !i};
    }
    rc_chart_bands(&s.canvas, &m->bands, sheet_keys, KEYS, bands, 2,
                   RC_LEN(600));
    finish(&s);
    const rc_op *label = sheet_text(&s, "London", 0);
    ck_assert_int_eq(hundredths(label->x), 21943);
    ck_assert_int_eq(hundredths(label->y), 60000 - 750);
    const rc_page *p = sheet_page(&s);
    int first = 0, second = 0;
    for (size_t i = 0; i < p->op_count; i++) {
        first += p->ops[i].kind == RC_OP_RECT && p->ops[i].y == RC_LEN(600);
        second += p->ops[i].kind == RC_OP_RECT && p->ops[i].y == RC_LEN(708);
    }
    ck_assert_int_eq(first, 28); /* a cell a response */
    ck_assert_int_eq(second, 5);
    const rc_op *last = &p->ops[p->op_count - 1];
    ck_assert_int_eq(last->y + last->y2, s.house->page_height);
    sheet_close(&s);
}
END_TEST

/* -- bars without a number ------------------------------------------------- */
START_TEST(bars_share_a_label)
{
    static const sheet_row rows[] = {
        {"Our area team works effectively with us, per cent",
         {21, 42, 10, 8, 4, 0}, {0}, {0}},
        {"", {43, 133, 40, 36, 19, 2}, {0}, {0}}};
    sheet s;
    sheet_open(&s, AXIS);
    rc_chart *chart = sheet_stacked(&s, rows, 2, false, "");
    rc_bar bars[2] = {chart->bars[0], chart->bars[1]};
    bars[0].after = RC_LIT("Region (85*)");
    bars[1].after = RC_LIT("England (273)");
    chart->bars = bars;
    rc_canvas measure = s.canvas;
    measure.builder = NULL;
    rc_len measured = rc_chart_bars(&measure, chart, RC_LEN(600), 0);
    rc_len foot = rc_chart_bars(&s.canvas, chart, RC_LEN(600), 0);
    finish(&s);
    ck_assert_int_eq(measured, foot);
    /* legend 600 and 613.5, 11.25 to the first bar, 15, 7.5, 15 */
    ck_assert_int_eq(hundredths(foot), 61350 + 1125 + 1500 + 750 + 1500);
    ck_assert_int_eq(sheet_right(&s, sheet_text(&s, "Region (85*)", 0)),
                     54428);
    const rc_op *label =
        sheet_text(&s, "Our area team works effectively with", 0);
    ck_assert_int_eq(hundredths(label->y), 61350 + 1125 + 750 + 305);
    const rc_op *bar = nth(&s, RC_OP_RECT, "navy", 1);
    ck_assert_int_eq(hundredths(bar->y), 61350 + 1125);
    sheet_close(&s);
}
END_TEST

START_TEST(lead_bar_takes_the_column)
{
    static const sheet_row rows[] = {
        {"Our area team works", {43, 133, 40, 36, 19, 2}, {0}, {0}}};
    sheet s;
    sheet_open(&s, AXIS);
    rc_chart *chart = sheet_stacked(&s, rows, 1, false, "");
    rc_len foot = rc_chart_bars(&s.canvas, chart, RC_LEN(705.75), RC_LEN(24));
    finish(&s);
    ck_assert_int_eq(hundredths(foot), 75450);
    const rc_page *p = sheet_page(&s);
    rc_len end = 0;
    for (size_t i = 0; i < p->op_count; i++)
        if (p->ops[i].kind == RC_OP_RECT && p->ops[i].y2 == RC_LEN(24))
            end = p->ops[i].x + p->ops[i].x2;
    ck_assert_int_eq(hundredths(end), 54428 - 75);
    sheet_close(&s);
}
END_TEST

/* -- legends --------------------------------------------------------------- */
START_TEST(long_legends_flow)
{
    static const rc_key keys[] = {
        {RC_LIT("To a very great extent indeed"), RC_SIDE_POSITIVE, 0, 2},
        {RC_LIT("To some extent"), RC_SIDE_POSITIVE, 1, 2},
        {RC_LIT("Not at all, under any circumstances"), RC_SIDE_NEGATIVE, 0,
         1},
        {RC_LIT("Does not apply to my organisation"), RC_SIDE_OUTSIDE, 0, 1},
    };
    sheet s;
    sheet_open(&s, AXIS);
    rc_el e = rc_builder_element(s.builder, RC_TAG_P, s.canvas.parent);
    rc_len last = rc_chart_legend(&s.canvas, e, keys, 4, s.house->axis,
                                  RC_LEN(100));
    finish(&s);
    const rc_op *before = NULL;
    for (int i = 0; i < 4; i++) {
        const rc_op *op = sheet_text(&s, keys[i].label.at, 0);
        ck_assert_int_le(sheet_right(&s, op), 54428);
        if (before && before->y == op->y)
            ck_assert_int_gt(hundredths(op->x), sheet_right(&s, before) + 800);
        before = op;
    }
    ck_assert_int_eq(last, before->y);
    ck_assert_int_gt(last, RC_LEN(100));
    sheet_close(&s);
}
END_TEST

/* -- too tall --------------------------------------------------------------- */
/* A figure that is a little taller than a page gives up the air of its rows,
 * not the size of anything in them; never more than the house style lets it. */
START_TEST(tall_figures_take_tighter_rows)
{
    static const char *const houses[] = {AXIS, PLAIN};
    for (int i = 0; i < 2; i++) {
        sheet s;
        sheet_open(&s, houses[i]);
        const rc_chart *chart = themes(&s, "Budgets");
        rc_canvas c = s.canvas;
        c.builder = NULL;
        rc_len tall = rc_chart_draw(&c, chart, 0);
        c.excess = RC_LEN(6);
        rc_len tight = rc_chart_draw(&c, chart, 0);
        ck_assert_int_le(tight, tall - RC_LEN(6));
        ck_assert_int_gt(tight, tall - RC_LEN(7));
        c.excess = RC_LEN(1000); /* all there is */
        rc_len least = rc_chart_draw(&c, chart, 0);
        ck_assert_int_lt(least, tight);
        c.builder = s.canvas.builder;
        ck_assert_int_eq(rc_chart_draw(&c, chart, 0), least);
        finish(&s);
        const rc_op *first = nth(&s, RC_OP_RECT, i ? "teal" : "navy", 0);
        const rc_op *second = nth(&s, RC_OP_RECT, i ? "sea" : "blue", 0);
        ck_assert_ptr_nonnull(first);
        ck_assert_ptr_nonnull(second);
        ck_assert_int_ge(abs(second->y - first->y),
                         hundredths(s.house->chart.ranked.bar
                                    + s.house->chart.stacked.row_tight));
        sheet_close(&s);
    }
}
END_TEST

/* -- every type in the other house ----------------------------------------- */
START_TEST(plain_house_draws_every_type)
{
    static const rc_trend_point points[] = {{0, 0.3, RC_LIT("30%"), false},
                                            {3, 0.4, RC_LIT("40%"), false}};
    static const rc_trend_series series = {RC_LIT("Leads"), points, 2};
    static const double shares[] = {0.63, 0.60, 0.30};
    sheet s;
    sheet_open(&s, PLAIN);
    const rc_chart *charts[] = {themes(&s, "Budgets"),
                                regions(&s, shares, 0.5),
                                waves(&s, &series, 1, 1)};
    rc_len y = RC_LEN(72);
    for (int i = 0; i < 3; i++)
        y = draw(&s, charts[i], y) + RC_LEN(10);
    finish(&s);
    const rc_page *p = sheet_page(&s);
    for (size_t i = 0; i < p->op_count; i++)
        if (p->ops[i].kind == RC_OP_TEXT) {
            ck_assert_int_ge(p->ops[i].x, s.house->left);
            ck_assert_int_le(sheet_right(&s, &p->ops[i]),
                             hundredths(s.house->right) + 1);
        }
    sheet_close(&s);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("chart types");
    TCase *t = tcase_create("types");
    tcase_add_test(t, ranked_bars_are_as_long_as_their_shares);
    tcase_add_test(t, ranked_rows_are_alike);
    tcase_add_test(t, dots_stand_at_their_shares);
    tcase_add_test(t, near_dots_are_moved_apart);
    tcase_add_test(t, dots_just_far_enough_stay);
    tcase_add_test(t, three_near_dots_have_three_lanes);
    tcase_add_test(t, trend_has_no_line_across_a_gap);
    tcase_add_test(t, trend_series_are_named_at_their_ends);
    tcase_add_test(t, near_trends_have_labels_apart);
    tcase_add_test(t, pieces_of_a_trend_are_one_line);
    tcase_add_test(t, cover_bands_hang_on_the_middle);
    tcase_add_test(t, divider_bands_have_labels_and_cells);
    tcase_add_test(t, bars_share_a_label);
    tcase_add_test(t, lead_bar_takes_the_column);
    tcase_add_test(t, long_legends_flow);
    tcase_add_test(t, tall_figures_take_tighter_rows);
    tcase_add_test(t, plain_house_draws_every_type);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
