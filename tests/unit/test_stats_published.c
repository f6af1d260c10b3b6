/* Every figure of the 2013 report that published.csv marks `ok` or `resolved`
 * comes out of the counts as it was printed, and the regional differences that
 * the report states pass our test. */
#include "stats/figure.h"

#include "data/table.h"
#include "test_data_folder.h"

#include <math.h>

static rc_arena *arena;
static rc_log *sample_log;
static const rc_stats *stats;
static const rc_data *data;
static rc_table published;

static void
setup(void)
{
    arena = rc_arena_new();
    sample_log = rc_log_new();
    rc_load_options none = {0};
    ck_assert(rc_data_load(arena, SAMPLE, RC_LIT("data"), &none, sample_log,
                           &data));
    rc_stats_options options = {
        .whole = rc_data_group(data, RC_LIT("england")),
        .caution = 100, .counts = 30, .rule = RC_SHOW};
    stats = rc_stats_make(arena, data, &options, sample_log);
    rc_reader reader = {arena, arena, sample_log};
    published = (rc_table){.name = RC_LIT("published")};
    ck_assert(rc_csv_read(&reader, SAMPLE "/published.csv",
                          RC_LIT("published.csv"), &published));
}

static void
teardown(void)
{
    rc_log_free(sample_log);
    rc_arena_free(arena);
}

static rc_str
field(size_t row, const char *column)
{
    return rc_table_cell(&published, row, rc_table_column(&published, column));
}

static int64_t
number(size_t row, const char *column)
{
    int64_t n = -1;
    ck_assert(rc_num_int(field(row, column), &n));
    return n;
}

static int
category_of(int item, const char *key)
{
    const rc_scale *s = &data->scales[data->items[item].scale];
    for (size_t i = 0; i < s->category_count; i++)
        if (rc_str_is(s->categories[i].key, key))
            return (int)i;
    return -1;
}

static rc_figure
by_name(int item, rc_str name, int group)
{
    const rc_scale *s = &data->scales[data->items[item].scale];
    for (size_t i = 0; i < s->net_count; i++)
        if (rc_str_eq(s->nets[i], name))
            return rc_stats_net(stats, item, (int)i, group, 0);
    if (rc_str_is(name, "neither_or_dk")) { /* no net: the report's own sum */
        rc_figure f = rc_stats_category(stats, item,
                                        category_of(item, "neither"), group, 0);
        rc_figure g = rc_stats_category(
            stats, item, category_of(item, "dont_know"), group, 0);
        f.num += g.num;
        f.count += g.count;
        f.share += g.share;
        return f;
    }
    for (size_t i = 0; i < s->category_count; i++)
        if (rc_str_eq(s->categories[i].key, name))
            return rc_stats_category(stats, item, (int)i, group, 0);
    ck_abort_msg("no measure %.*s", RC_STR(name));
}

static rc_figure
figure_of_row(size_t row)
{
    rc_str id = rc_str_printf(arena, "%.*s.%.*s",
                              RC_STR(field(row, "question")),
                              RC_STR(field(row, "item")));
    int item = rc_data_item(data, id);
    int group = rc_data_group(data, field(row, "group"));
    ck_assert_msg(item >= 0 && group >= 0, "row %zu", row);
    return by_name(item, field(row, "measure"), group);
}

static size_t
row_of(const char *id)
{
    for (size_t row = 0; row < published.row_count; row++)
        if (rc_str_is(field(row, "id"), id))
            return row;
    ck_abort_msg("no row %s", id);
}

/* How the row's figure prints: percentages by rounding, counts as they are. */
static bool
holds(size_t row, rc_figure f)
{
    int64_t want = number(row, "value");
    rc_str op = field(row, "op");
    if (rc_str_is(field(row, "unit"), "percent")) {
        rc_str digits = rc_figure_percent(arena, f);
        return rc_str_is(op, "=")
               && rc_str_eq(digits, rc_num_print(arena, (double)want, 0));
    }
    return rc_str_is(op, "=")    ? f.count == want
           : rc_str_is(op, ">=") ? f.count >= want
                                 : rc_str_is(op, "<=") && f.count <= want;
}

START_TEST(every_printed_figure)
{
    size_t checked = 0, percents = 0, conflicts = 0;
    for (size_t row = 0; row < published.row_count; row++) {
        rc_figure f = figure_of_row(row);
        if (rc_str_is(field(row, "status"), "conflict")) {
            /* contradicts other printed figures: must not hold */
            ck_assert_msg(!holds(row, f), "%.*s holds",
                          RC_STR(field(row, "id")));
            conflicts++;
            continue;
        }
        ck_assert_int_eq(f.base, number(row, "base"));
        ck_assert_msg(holds(row, f), "%.*s: %lld of %lld, printed %.*s",
                      RC_STR(field(row, "id")), (long long)f.count,
                      (long long)f.base, RC_STR(field(row, "value")));
        /* under 30 the report prints numbers; so do we */
        if (f.base < 30 && rc_str_is(field(row, "op"), "=")
            && f.count == number(row, "value"))
            ck_assert(rc_str_eq(rc_figure_digits(arena, f),
                                f.count ? field(row, "value") : RC_LIT("-")));
        percents += rc_str_is(field(row, "unit"), "percent");
        checked++;
    }
    printf("published.csv: %zu figures as printed (%zu percentages), "
           "%zu conflicts\n", checked, percents, conflicts);
    ck_assert_uint_eq(checked + conflicts, 380);
    ck_assert_uint_eq(conflicts, 4);
}
END_TEST

static const char *const different[] = {
    "p012", "p014", "p031", "p142", "p148", "p149", "p184", "p186", "p188",
    "p190", "p192", "p194", "p196", "p198", "p200", "p202", "p204", "p206",
    "p208", "p211", "p213", "p215", "p217", "p219", "p221", "p223", "p227",
    "p229", "p231", "p233", "p235", "p237", "p239", "p241", "p243", "p245",
    "p247", "p249", "p251"};

START_TEST(every_stated_difference)
{
    ck_assert_uint_eq(sizeof different / sizeof *different, 39);
    for (size_t i = 0; i < sizeof different / sizeof *different; i++) {
        rc_figure f = figure_of_row(row_of(different[i]));
        int all = rc_stats_options_of(stats)->whole;
        rc_figure whole =
            f.net >= 0
                ? rc_stats_net(stats, f.item, f.net, all, 0)
                : rc_stats_category(stats, f.item, f.category, all, 0);
        bool tested;
        rc_direction d = rc_stats_differs(stats, f, &tested);
        ck_assert_msg(tested && d != RC_SAME, "%s", different[i]);
        ck_assert_msg((d == RC_HIGHER) == (f.share > whole.share), "%s",
                      different[i]);
    }
}
END_TEST

static double
z_of(const char *id)
{
    rc_figure f = figure_of_row(row_of(id));
    double z;
    rc_stats_test(f, rc_stats_rest(stats, f), &z);
    return fabs(z);
}

START_TEST(closest_differences)
{
    ck_assert_double_eq_tol(z_of("p229"), 1.97, 0.005);
    ck_assert_double_eq_tol(z_of("p227"), 2.03, 0.005);
    ck_assert_double_eq_tol(z_of("p239"), 2.03, 0.005);
}
END_TEST

START_TEST(small_regions_are_not_tested)
{
    bool tested = true;
    int london = rc_data_group(data, RC_LIT("london"));
    int item = rc_data_item(data, RC_LIT("overall.at_effective"));
    rc_figure f = rc_stats_net(stats, item, 0, london, 0);
    ck_assert_int_eq(f.base, 28);
    ck_assert_int_eq(rc_stats_differs(stats, f, &tested), RC_SAME);
    ck_assert(!tested);
    ck_assert(rc_str_is(rc_figure_digits(arena, f), "11"));
}
END_TEST

/* Tables of the appendix: n, N and percentage points at
 * 10/90, 30/70 and 50. */
typedef struct printed_row {
    const char *group, *other; /* other NULL: the rest */
    double n, population;      /* without a group: a round size */
    const char *points[3];
} printed_row;

static const double shares[3] = {0.1, 0.3, 0.5};

static const printed_row tolerances[] = {
    {"england", NULL, 273, 569, {"2.6", "3.9", "4.3"}},
    {"midlands-east", NULL, 85, 172, {"4.5", "6.9", "7.6"}},
    {"north", NULL, 97, 187, {"4.2", "6.3", "6.9"}},
    {"south", NULL, 63, 130, {"5.3", "8.2", "8.9"}},
    {"role-clinical", NULL, 94, 214, {"4.6", "7.0", "7.6"}},
    {"role-financial", NULL, 72, 170, {"5.3", "8.1", "8.8"}},
    {"role-managerial", NULL, 107, 185, {"3.7", "5.7", "6.2"}},
    {"conditions-yes", NULL, 58, 569, {"7.3", "11.2", "12.2"}},
    {NULL, NULL, 30, 569, {"10.5", "16.0", "17.4"}},
    {NULL, NULL, 75, 569, {"6.3", "9.7", "10.6"}},
    {NULL, NULL, 100, 569, {"5.3", "8.2", "8.9"}},
};

START_TEST(tolerance_table)
{
    const printed_row *r = &tolerances[_i];
    for (int i = 0; i < 3; i++) {
        double t = rc_stats_tolerance(shares[i], r->n, r->population);
        ck_assert(rc_str_is(rc_num_print(arena, 100 * t, 1), r->points[i]));
        if (!r->group)
            continue;
        int g = rc_data_group(data, rc_str_z(r->group));
        double n, population, rest_n, rest_population;
        rc_stats_sides(stats, g, &n, &population, &rest_n, &rest_population);
        ck_assert_double_eq(n, r->n);
        ck_assert_double_eq(population, r->population);
        t = rc_stats_tolerance_of(stats, g, shares[i]);
        ck_assert(rc_str_is(rc_num_print(arena, 100 * t, 1), r->points[i]));
    }
}
END_TEST

static const printed_row needed[] = {
    {"midlands-east", NULL, 188, 397, {"5.5", "8.4", "9.2"}},
    {"north", NULL, 176, 382, {"5.3", "8.1", "8.8"}},
    {"south", NULL, 210, 439, {"6.1", "9.3", "10.2"}},
    {"role-clinical", NULL, 179, 355, {"5.5", "8.4", "9.2"}},
    {"role-financial", NULL, 201, 399, {"6.0", "9.2", "10.1"}},
    {"role-managerial", NULL, 166, 384, {"5.1", "7.7", "8.4"}},
    {"conditions-yes", NULL, 215, 569, {"6.3", "9.6", "10.5"}},
    {"midlands-east", "north", 0, 0, {"6.2", "9.4", "10.3"}},
    {"midlands-east", "south", 0, 0, {"7.0", "10.7", "11.7"}},
    {"north", "south", 0, 0, {"6.8", "10.3", "11.3"}},
};

START_TEST(difference_table)
{
    const printed_row *r = &needed[_i];
    int g = rc_data_group(data, rc_str_z(r->group));
    int other = r->other ? rc_data_group(data, rc_str_z(r->other)) : -1;
    for (int i = 0; i < 3; i++) {
        double t = rc_stats_needed_of(stats, g, other, shares[i]);
        ck_assert_msg(
            rc_str_is(rc_num_print(arena, 100 * t, 1), r->points[i]),
            "%s %g: %g", r->group, shares[i], 100 * t);
    }
    if (r->other)
        return;
    double n, population, rest_n, rest_population;
    rc_stats_sides(stats, g, &n, &population, &rest_n, &rest_population);
    ck_assert_double_eq(rest_n, r->n);
    ck_assert_double_eq(rest_population, r->population);
}
END_TEST

START_TEST(worked_example)
{
    /* 273 of 569, 30%: 3.9 points */
    ck_assert_double_eq(rc_num_round(100 * rc_stats_tolerance(0.3, 273, 569), 1),
                        3.9);
}
END_TEST

START_TEST(conditions_share_the_correction)
{
    int item = rc_data_item(data, RC_LIT("primary_care.share_responsibility"));
    int yes = rc_data_group(data, RC_LIT("conditions-yes"));
    rc_figure f = rc_stats_net(stats, item, 0, yes, 0);
    rc_figure rest = rc_stats_rest(stats, f);
    double z, c = (569.0 - 273.0) / 568.0;
    ck_assert_int_eq(rest.base, 215);
    ck_assert_double_eq(f.correction, c);
    rc_stats_test(f, rest, &z);
    double p = (f.share * 58 + rest.share * 215) / 273;
    ck_assert_double_eq_tol(z, (f.share - rest.share)
                                   / sqrt(p * (1 - p) * c * (1 / 58.0 + 1 / 215.0)),
                            1e-9);
}
END_TEST

START_TEST(routed_question)
{
    int item = rc_data_item(data, RC_LIT("conditions.open_honest"));
    int england = rc_data_group(data, RC_LIT("england"));
    int north = rc_data_group(data, RC_LIT("north"));
    ck_assert_int_eq(rc_stats_base(stats, item, england, 0), 58);
    ck_assert(!rc_stats_not_asked(stats, item, england, 0));
    ck_assert(rc_stats_not_asked(stats, item, north, 0));
    rc_figure f = rc_stats_net(stats, item, 0, north, 0);
    ck_assert_int_eq(f.kind, RC_FIG_NONE);
    ck_assert_int_eq(f.why, RC_WHY_NOT_ASKED);
    ck_assert_uint_eq(rc_figure_digits(arena, f).len, 0);
    /* nobody without conditions was asked: there is no rest */
    int yes = rc_data_group(data, RC_LIT("conditions-yes"));
    bool tested;
    rc_stats_differs(stats, rc_stats_net(stats, item, 0, yes, 0), &tested);
    ck_assert(!tested);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("stats published");
    TCase *t = tcase_create("all");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, every_printed_figure);
    tcase_add_test(t, every_stated_difference);
    tcase_add_test(t, closest_differences);
    tcase_add_test(t, small_regions_are_not_tested);
    tcase_add_loop_test(t, tolerance_table, 0,
                        sizeof tolerances / sizeof *tolerances);
    tcase_add_loop_test(t, difference_table, 0,
                        sizeof needed / sizeof *needed);
    tcase_add_test(t, worked_example);
    tcase_add_test(t, conditions_share_the_correction);
    tcase_add_test(t, routed_question);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
