/* Figures of small surveys made for one promise each. */
#include "stats/figure.h"

#include "test_data_folder.h"

#include <math.h>

static const rc_stats *
make_stats(survey *s, int64_t minimum, rc_disclosure_rule rule)
{
    rc_stats_options options = {.whole = 0, .caution = 100, .counts = 30,
                                .minimum = minimum, .rule = rule};
    return rc_stats_make(s->arena, s->data, &options, s->log);
}

static const rc_stats *
load_stats(survey *s)
{
    if (!survey_load(s))
        survey_silent(s);
    return make_stats(s, 0, RC_SHOW);
}

static void
says(survey *s, rc_figure f, const char *want)
{
    rc_str got = rc_figure_digits(s->arena, f);
    ck_assert_msg(rc_str_is(got, want), "'%.*s', not '%s'", RC_STR(got), want);
}

static const char one_item[] =
    "question,item,position,question_text,item_text,scale,base_text,asked_of\n"
    "q,a,1,Well?,The first,s,Everyone,all\n";

/* Civil Service People Survey 2014, technical guide, pages 26-27. */
START_TEST(nets_are_added_before_rounding)
{
    survey s;
    survey_open(&s);
    survey_file(&s, "groups.csv", "group,kind,parent,name\nall,nation,,All\n");
    survey_file(&s, "scales.csv",
                "scale,position,category,label,net\ns,1,sa,SA,agree\n"
                "s,2,ta,TA,agree\ns,3,n,N,neutral\ns,4,td,TD,disagree\n"
                "s,5,sd,SD,disagree\n");
    survey_file(&s, "questions.csv", one_item);
    survey_file(&s, "results.csv",
                "group,question,item,category,count\nall,q,a,sa,103\n"
                "all,q,a,ta,166\nall,q,a,n,176\nall,q,a,td,96\n"
                "all,q,a,sd,24\n");
    const rc_stats *st = load_stats(&s);
    static const char *const want[] = {"18", "29", "31", "17", "4"};
    for (int i = 0; i < 5; i++)
        says(&s, rc_stats_category(st, 0, i, 0, 0), want[i]);
    rc_figure agree = rc_stats_net(st, 0, 0, 0, 0);
    says(&s, agree, "48");
    ck_assert_int_eq(agree.base, 565);
    ck_assert_int_eq(agree.count, 269);
    /* 269 - 120 of 565: 26.4, where 48 - 21 would be 27; neutral is no bad
     * news */
    says(&s, rc_stats_balance(st, 0, 0, 0), "26");
    survey_close(&s);
}
END_TEST

static void
percent_survey(survey *s, const char *first, const char *second)
{
    survey_small(s);
    survey_file(s, "questions.csv",
                "question,item,position,question_text,item_text,scale,"
                "base_text,asked_of\nq,a,1,,A,yes3,,all\n");
    survey_file(s, "bases.csv",
                "group,question,item,unweighted\nnorth,,,1000\nsouth,,,900\n");
    rc_str text = rc_str_printf(
        s->arena, "group,question,item,category,percent\n%s%s", first, second);
    survey_bytes(s, "results.csv", text);
}

START_TEST(differences_come_from_unrounded_shares)
{
    survey s;
    percent_survey(&s, "north,q,a,yes,52.952\nnorth,q,a,no,47.048\n",
                   "south,q,a,yes,58.495\nsouth,q,a,no,41.505\n");
    const rc_stats *st = load_stats(&s);
    rc_figure a = rc_stats_category(st, 0, 0, 1, 0);
    rc_figure b = rc_stats_category(st, 0, 0, 2, 0);
    says(&s, a, "53");
    says(&s, b, "58");
    says(&s, rc_stats_minus(a, b), "\u22126");
    says(&s, rc_stats_minus(b, a), "6");
    ck_assert(a.from_percent && !a.whole_percent && a.count == -1);
    survey_close(&s);
}
END_TEST

START_TEST(zero_star_and_dash)
{
    survey s;
    percent_survey(&s, "north,q,a,yes,0.4\nnorth,q,a,no,99.6\nnorth,q,a,dk,0\n",
                   "south,q,a,yes,0\nsouth,q,a,no,100\nsouth,q,a,dk,0\n");
    const rc_stats *st = load_stats(&s);
    says(&s, rc_stats_category(st, 0, 0, 1, 0), "*");
    says(&s, rc_stats_category(st, 0, 1, 1, 0), "100");
    says(&s, rc_stats_category(st, 0, 2, 1, 0), "-");
    says(&s, rc_stats_category(st, 0, 0, 2, 0), "0"); /* may be 0.4 */
    ck_assert(rc_stats_category(st, 0, 0, 2, 0).whole_percent);
    survey_close(&s);
}
END_TEST

START_TEST(half_goes_away_from_zero)
{
    rc_arena *a = rc_arena_new();
    rc_figure f = {.kind = RC_FIG_POINTS, .exact = true, .num = -9, .den = 200,
                   .share = -0.045};
    ck_assert_double_eq(rc_figure_rounded(f), -5); /* -4.5 */
    f.exact = false;
    ck_assert_double_eq(rc_figure_rounded(f), -5);
    f = (rc_figure){.kind = RC_FIG_SHARE, .exact = true, .num = 47, .den = 200};
    ck_assert(rc_str_is(rc_figure_digits(a, f), "24")); /* 23.5 */
    f = (rc_figure){.kind = RC_FIG_SHARE, .exact = true, .num = 1, .den = 200};
    ck_assert(rc_str_is(rc_figure_digits(a, f), "1")); /* 0.5 is no star */
    f.num = 0;
    ck_assert(rc_str_is(rc_figure_digits(a, f), "-"));
    f = (rc_figure){.kind = RC_FIG_POINTS, .exact = true, .num = -1,
                    .den = 1000};
    ck_assert(rc_str_is(rc_figure_digits(a, f), "0")); /* never -0 */
    rc_arena_free(a);
}
END_TEST

/* Tested against the total, 50% would be set beside 40%; the rest says 35. */
START_TEST(tested_against_the_rest)
{
    survey s;
    survey_small(&s);
    survey_file(&s, "results.csv",
                "group,question,item,category,count\n"
                "all,q,a,yes,120\nall,q,a,no,180\nnorth,q,a,yes,50\n"
                "north,q,a,no,50\nsouth,q,a,yes,70\nsouth,q,a,no,130\n");
    const rc_stats *st = load_stats(&s);
    rc_figure f = rc_stats_category(st, 0, 0, 1, 0);
    rc_figure rest = rc_stats_rest(st, f);
    ck_assert(rest.exact);
    ck_assert_int_eq(rest.num, 70);
    ck_assert_int_eq(rest.den, 200);
    ck_assert_int_eq(rest.base, 200);
    double z, p = 120 / 300.0;
    ck_assert_int_eq(rc_stats_test(f, rest, &z), RC_HIGHER);
    ck_assert_double_eq_tol(z, 0.15 / sqrt(p * (1 - p) * (0.01 + 0.005)), 1e-12);
    bool tested;
    ck_assert_int_eq(rc_stats_differs(st, f, &tested), RC_HIGHER);
    ck_assert(tested);
    /* the total as comparator: what is left of it, not the total */
    rc_figure against = rc_stats_against(st, f, 0);
    ck_assert_int_eq(against.num, 70);
    ck_assert_int_eq(rc_stats_against(st, rc_stats_category(st, 0, 0, 0, 0), 1)
                         .kind, RC_FIG_NONE);
    ck_assert_int_eq(rc_stats_differs(st, rc_stats_category(st, 0, 0, 0, 0),
                                      &tested), RC_SAME);
    ck_assert(!tested);
    survey_close(&s);
}
END_TEST

/* Where a kind does not add up the rest is its siblings, pooled. */
START_TEST(siblings_pooled)
{
    survey s;
    rc_str region = RC_LIT("region");
    survey_small(&s);
    s.options.no_partition = &region;
    s.options.no_partition_count = 1;
    survey_file(&s, "results.csv",
                "group,question,item,category,count\n"
                "all,q,a,yes,500\nall,q,a,no,500\nnorth,q,a,yes,50\n"
                "north,q,a,no,50\nsouth,q,a,yes,70\nsouth,q,a,no,130\n");
    const rc_stats *st = load_stats(&s);
    rc_figure rest = rc_stats_rest(st, rc_stats_category(st, 0, 0, 1, 0));
    ck_assert_int_eq(rest.num, 70);
    ck_assert_int_eq(rest.den, 200);
    survey_close(&s);
}
END_TEST

START_TEST(low_bases)
{
    survey s;
    survey_small(&s); /* 60, of which 30 and 30 */
    const rc_stats *st = load_stats(&s);
    ck_assert_int_eq(rc_stats_category(st, 0, 0, 0, 0).low, RC_LOW_CAUTION);
    ck_assert_int_eq(rc_stats_low(st, 30), RC_LOW_CAUTION);
    ck_assert_int_eq(rc_stats_low(st, 29), RC_LOW_COUNTS);
    ck_assert_int_eq(rc_stats_low(st, 99), RC_LOW_CAUTION);
    ck_assert_int_eq(rc_stats_low(st, 100), RC_LOW_NONE);
    ck_assert_int_eq(rc_stats_low(st, -1), RC_LOW_NONE);
    survey_close(&s);
    /* percentages on a base under 30: nothing but the base */
    percent_survey(&s, "north,q,a,yes,50\nnorth,q,a,no,50\n", "");
    survey_file(&s, "bases.csv",
                "group,question,item,unweighted\nnorth,q,,12\n");
    st = load_stats(&s);
    says(&s, rc_stats_category(st, 0, 0, 1, 0), "");
    ck_assert_int_eq(rc_stats_base(st, 0, 1, 0), 12);
    survey_close(&s);
}
END_TEST

START_TEST(base_not_handed_over)
{
    survey s;
    bool tested;
    percent_survey(&s, "north,q,a,yes,61\nnorth,q,a,no,39\n",
                   "south,q,a,yes,20\nsouth,q,a,no,80\n");
    survey_file(&s, "bases.csv",
                "group,question,item,unweighted\nnorth,,,[x]\nsouth,,,900\n");
    const rc_stats *st = load_stats(&s);
    rc_figure f = rc_stats_category(st, 0, 0, 1, 0);
    says(&s, f, "61");
    ck_assert_int_eq(f.base, -1);
    ck_assert_int_eq(rc_stats_base(st, 0, 1, 0), -1);
    ck_assert_int_eq(f.low, RC_LOW_NONE);
    rc_stats_differs(st, f, &tested);
    ck_assert(!tested);
    survey_close(&s);
}
END_TEST

START_TEST(marks_are_kept)
{
    survey s;
    survey_small(&s);
    survey_file(&s, "results.csv",
                "group,question,item,category,count\n"
                "all,q,a,yes,[c]\nall,q,a,no,20\nall,q,a,dk,[low]\n"
                "north,q,a,yes,[x]\nnorth,q,a,no,[z]\nnorth,q,a,dk,1\n");
    const rc_stats *st = load_stats(&s);
    static const rc_why want[] = {RC_WHY_SUPPRESSED, RC_WHY_LOW,
                                  RC_WHY_UNAVAILABLE, RC_WHY_NA};
    rc_figure f[] = {rc_stats_category(st, 0, 0, 0, 0),
                     rc_stats_category(st, 0, 2, 0, 0),
                     rc_stats_category(st, 0, 0, 1, 0),
                     rc_stats_category(st, 0, 1, 1, 0)};
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(f[i].kind, RC_FIG_NONE);
        ck_assert_int_eq(f[i].why, want[i]);
    }
    ck_assert_int_eq(rc_stats_net(st, 0, 0, 0, 0).why, RC_WHY_SUPPRESSED);
    ck_assert(rc_stats_not_asked(st, 0, 2, 0));
    survey_close(&s);
}
END_TEST

/* W and Q = W²/n_eff of the rest are the parent's less the group's. */
START_TEST(weights)
{
    survey s;
    survey_small(&s);
    survey_file(&s, "results.csv",
                "group,question,item,category,count,weighted\n"
                "all,q,a,yes,120,130\nall,q,a,no,180,170\n"
                "north,q,a,yes,50,60.5\nnorth,q,a,no,50,59.5\n"
                "south,q,a,yes,70,69.5\nsouth,q,a,no,130,110.5\n");
    survey_file(&s, "bases.csv",
                "group,question,item,unweighted,weighted,effective\n"
                "all,,,300,300,240\nnorth,,,100,120,80\nsouth,,,200,180,170\n");
    const rc_stats *st = load_stats(&s);
    rc_figure f = rc_stats_category(st, 0, 0, 1, 0);
    ck_assert_double_eq_tol(f.share, 60.5 / 120, 1e-12);
    ck_assert_double_eq(f.effective, 80);
    ck_assert_int_eq(f.count, 50);
    ck_assert_int_eq(f.base, 100);
    ck_assert(!f.exact);
    rc_figure rest = rc_stats_rest(st, f);
    double q = 300.0 * 300 / 240 - 120.0 * 120 / 80;
    ck_assert_double_eq_tol(rest.effective, 180.0 * 180 / q, 1e-9);
    ck_assert_double_eq_tol(rest.share, 69.5 / 180, 1e-12);
    ck_assert_int_eq(rest.base, 200);
    survey_close(&s);
}
END_TEST

START_TEST(each_side_its_own_population)
{
    survey s;
    survey_small(&s);
    survey_file(&s, "groups.csv",
                "group,kind,parent,name,population,invited\n"
                "all,nation,,All,1000,\nnorth,region,all,N,,150\n"
                "south,region,all,S,850,900\n");
    survey_file(&s, "results.csv",
                "group,question,item,category,count\n"
                "all,q,a,yes,120\nall,q,a,no,180\nnorth,q,a,yes,50\n"
                "north,q,a,no,50\nsouth,q,a,yes,70\nsouth,q,a,no,130\n");
    const rc_stats *st = load_stats(&s);
    rc_figure f = rc_stats_category(st, 0, 0, 1, 0);
    rc_figure rest = rc_stats_rest(st, f);
    ck_assert_double_eq(f.population, 150);
    ck_assert_double_eq(rest.population, 850);
    double z, p = 0.4, f1 = 50 / 149.0, f2 = 650 / 849.0;
    rc_stats_test(f, rest, &z);
    ck_assert_double_eq_tol(
        z, 0.15 / sqrt(p * (1 - p) * (f1 / 100 + f2 / 200)), 1e-12);
    survey_close(&s);
}
END_TEST

START_TEST(corrections)
{
    ck_assert_double_eq(rc_stats_correction(50, 0), 1);
    ck_assert_double_eq(rc_stats_correction(50, -1), 1);
    ck_assert_double_eq(rc_stats_correction(1, 1), 1);
    ck_assert_double_eq(rc_stats_correction(50, 50), 0);
    ck_assert_double_eq(rc_stats_correction(60, 50), 0);
    ck_assert_double_eq(rc_stats_correction(10, 11), 0.1);
    ck_assert_double_eq_tol(rc_stats_tolerance(0.5, 100, 0), 0.098, 1e-12);
    ck_assert_double_eq_tol(rc_stats_needed(0.5, 100, 0, 100, 0),
                            0.098 * sqrt(2), 1e-12);
}
END_TEST

START_TEST(benchmark_is_without_error)
{
    survey s;
    survey_small(&s);
    survey_file(&s, "groups.csv",
                "group,kind,parent,name\nall,nation,,All\n"
                "median,benchmark,,Median of organisations\n");
    survey_file(&s, "results.csv",
                "group,question,item,category,count,percent\n"
                "all,q,a,yes,60,\nall,q,a,no,40,\n"
                "median,q,a,yes,,50\nmedian,q,a,no,,50\n");
    survey_file(&s, "bases.csv",
                "group,question,item,unweighted\nmedian,,,[x]\n");
    const rc_stats *st = load_stats(&s);
    rc_figure f = rc_stats_category(st, 0, 0, 0, 0);
    rc_figure b = rc_stats_against(st, f, 1);
    double z;
    ck_assert_int_eq(rc_stats_test(f, b, &z), RC_HIGHER);
    ck_assert_double_eq_tol(z, 0.1 / sqrt(0.25 / 100), 1e-12);
    bool tested;
    ck_assert_int_eq(rc_stats_differs_from(st, f, 1, &tested), RC_HIGHER);
    ck_assert(tested);
    survey_close(&s);
}
END_TEST

START_TEST(means)
{
    survey s;
    survey_small(&s);
    survey_file(&s, "scales.csv",
                "scale,position,category,label,net,value,kind\n"
                "yes3,1,yes,10,,10,numeric\nyes3,2,no,0,,0,numeric\n"
                "yes3,3,dk,DK,,,numeric\n");
    survey_file(&s, "questions.csv",
                "question,item,position,question_text,item_text,scale,"
                "base_text,asked_of\nq,a,1,,A,yes3,,all\nq,m,2,,M,,,all\n");
    survey_file(&s, "means.csv",
                "group,question,item,mean,base,sd\nall,q,m,6.55,400,2\n"
                "north,q,m,7.2,100,2\nsouth,q,m,6.333,300,2\n");
    const rc_stats *st = load_stats(&s);
    /* 30 at ten, 20 at nought, 10 don't know: 6.0 of 50 */
    rc_figure f = rc_stats_mean(st, 0, 0, 0);
    says(&s, f, "6.0");
    ck_assert_int_eq(f.base, 50);
    rc_figure given = rc_stats_mean(st, 1, 0, 0);
    ck_assert_int_eq(given.kind, RC_FIG_MEAN);
    says(&s, given, "6.6");
    ck_assert_int_eq(rc_stats_base(st, 1, 0, 0), 400);
    rc_figure north = rc_stats_mean(st, 1, 1, 0);
    bool tested;
    double z;
    ck_assert_int_eq(rc_stats_differs(st, north, &tested), RC_HIGHER);
    ck_assert(tested);
    rc_stats_test(north, rc_stats_rest(st, north), &z);
    ck_assert_double_eq_tol(z, (7.2 - 6.333) / sqrt(4 / 100.0 + 4 / 300.0),
                            1e-6);
    says(&s, rc_stats_category(st, 1, 0, 0, 0), ""); /* has no categories */
    survey_close(&s);
}
END_TEST

START_TEST(several_answers_have_no_net)
{
    survey s;
    survey_small(&s);
    survey_file(&s, "scales.csv",
                "scale,position,category,label,net,kind\nyes3,1,yes,Y,good,"
                "multi\nyes3,2,no,N,good,multi\nyes3,3,dk,D,,multi\n");
    survey_file(&s, "bases.csv", "group,question,item,unweighted\nall,q,a,40\n"
                                 "north,q,a,20\nsouth,q,a,20\n");
    const rc_stats *st = load_stats(&s);
    ck_assert_int_eq(rc_stats_net(st, 0, 0, 0, 0).kind, RC_FIG_NONE);
    says(&s, rc_stats_category(st, 0, 0, 0, 0), "75");
    survey_close(&s);
}
END_TEST

START_TEST(outside_the_base)
{
    survey s;
    survey_small(&s);
    survey_file(&s, "scales.csv",
                "scale,position,category,label,net,in_base\n"
                "yes3,1,yes,Y,good,1\nyes3,2,no,N,bad,\nyes3,3,dk,D,,0\n");
    const rc_stats *st = load_stats(&s);
    rc_figure f = rc_stats_net(st, 0, 0, 0, 0);
    ck_assert_int_eq(f.base, 50);
    says(&s, f, "60");
    ck_assert_int_eq(rc_stats_category(st, 0, 2, 0, 0).kind, RC_FIG_NONE);
    survey_close(&s);
    /* nor does it count in a net that names it */
    survey_small(&s);
    survey_file(&s, "scales.csv",
                "scale,position,category,label,net,in_base\n"
                "yes3,1,yes,Y,good,1\nyes3,2,no,N,bad,\nyes3,3,dk,D,good,0\n");
    says(&s, rc_stats_net(load_stats(&s), 0, 0, 0, 0), "60");
    survey_close(&s);
}
END_TEST

static const char two_waves[] =
    "wave,position,label,fieldwork_start,fieldwork_end\n"
    "new,2,New,2013-10-07,2013-11-01\nold,1,Old,2012-10,2012-11\n";

static void
wave_survey(survey *s, const char *changes)
{
    survey_small(s);
    survey_file(s, "groups.csv",
                "group,kind,parent,name\nall,nation,,All\n");
    survey_file(s, "waves.csv", two_waves);
    survey_file(s, "results.csv",
                "group,question,item,category,count,wave\n"
                "all,q,a,yes,120,new\nall,q,a,no,80,new\n"
                "all,q,a,yes,80,old\nall,q,a,no,120,old\n");
    if (changes)
        survey_file(s, "changes.csv", changes);
}

START_TEST(wave_against_wave)
{
    survey s;
    bool tested;
    wave_survey(&s, NULL);
    const rc_stats *st = load_stats(&s);
    int now = rc_data_newest_wave(s.data);
    ck_assert_int_eq(now, rc_data_wave(s.data, RC_LIT("new")));
    rc_figure f = rc_stats_category(st, 0, 0, 0, now);
    says(&s, f, "60");
    ck_assert_int_eq(rc_stats_changed(st, f, 0, &tested), RC_HIGHER);
    ck_assert(tested);
    survey_close(&s);
    wave_survey(&s, "question,item,wave,change,bridge\nq,a,new,reworded,\n");
    st = load_stats(&s);
    ck_assert(!rc_stats_comparable(st, 0, 0, 0, 1));
    rc_stats_changed(st, rc_stats_category(st, 0, 0, 0, 1), 0, &tested);
    ck_assert(!tested);
    survey_close(&s);
    wave_survey(&s, "question,item,wave,change,bridge\nq,a,new,reworded,1\n");
    st = load_stats(&s);
    ck_assert(rc_stats_comparable(st, 0, 0, 0, 1));
    survey_close(&s);
    wave_survey(&s, "group,wave,change,from\nall,new,merged,x;y\n");
    st = load_stats(&s);
    ck_assert(!rc_stats_comparable(st, 0, 0, 0, 1));
    survey_close(&s);
}
END_TEST

/* -- disclosure -------------------------------------------------------------- */

START_TEST(reported_together)
{
    survey s;
    survey_open(&s);
    ck_assert(survey_load_from(&s, SAMPLE));
    const rc_stats *st = make_stats(&s, 2, RC_TOGETHER);
    int small = rc_data_group(s.data, RC_LIT("at-north-west-london"));
    int next = rc_data_group(s.data, RC_LIT("at-north-central-east-london"));
    int third = rc_data_group(s.data, RC_LIT("at-south-london"));
    size_t count;
    const int *set = rc_stats_joined(st, small, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(set[0], small);
    ck_assert_int_eq(set[1], next);
    ck_assert_int_eq(rc_stats_responses(st, small), 12);
    ck_assert_int_eq(rc_stats_responses(st, next), 12);
    rc_stats_joined(st, third, &count);
    ck_assert_uint_eq(count, 1);
    int item = rc_data_item(s.data, RC_LIT("overall.at_effective"));
    rc_figure a = rc_stats_net(st, item, 0, small, 0);
    rc_figure b = rc_stats_net(st, item, 0, next, 0);
    ck_assert_int_eq(a.base, 12);
    ck_assert_int_eq(a.num, b.num);
    ck_assert_int_eq(a.den, 12);
    ck_assert_int_eq(a.count, 4); /* 1 and 3 */
    ck_assert_double_eq(a.population, 12 + 33);
    ck_assert_int_eq(rc_stats_base(st, item, next, 0), 12);
    /* with the third team it is the region, and nothing else follows */
    rc_figure rest = rc_stats_rest(st, a);
    ck_assert_int_eq(rest.num, rc_stats_net(st, item, 0, third, 0).num);
    survey_says(&s, "'at-north-west-london' is reported together");
    /* a set under the minimum takes in the next smallest */
    st = make_stats(&s, 13, RC_TOGETHER);
    rc_stats_joined(st, small, &count);
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(rc_stats_responses(st, small), 28);
    survey_close(&s);
}
END_TEST

START_TEST(withheld_with_the_next)
{
    survey s;
    survey_open(&s);
    ck_assert(survey_load_from(&s, SAMPLE));
    const rc_stats *st = make_stats(&s, 2, RC_WITHHOLD);
    int small = rc_data_group(s.data, RC_LIT("at-north-west-london"));
    int next = rc_data_group(s.data, RC_LIT("at-north-central-east-london"));
    int third = rc_data_group(s.data, RC_LIT("at-south-london"));
    ck_assert(rc_stats_withheld(st, small));
    ck_assert(rc_stats_withheld(st, next));
    ck_assert(!rc_stats_withheld(st, third));
    rc_figure f = rc_stats_net(st, 0, 0, next, 0);
    ck_assert_int_eq(f.kind, RC_FIG_NONE);
    ck_assert_int_eq(f.why, RC_WHY_WITHHELD);
    ck_assert_int_eq(f.count, -1);
    st = make_stats(&s, 2, RC_SHOW);
    ck_assert(!rc_stats_withheld(st, small));
    ck_assert_int_eq(rc_stats_net(st, 0, 0, small, 0).base, 1);
    survey_close(&s);
}
END_TEST

START_TEST(themes)
{
    survey s;
    survey_small(&s);
    survey_file(&s, "themes.csv",
                "question,theme,label,group,percent,count,base,status\n"
                "q,x,X,all,26,,,ok\nq,x,X,all,30,,,conflict\n"
                "q,x,X,all,26,,,ok\nq,y,Y,all,,3,40,ok\nq,z,Z,all,5,,20,ok\n");
    const rc_stats *st = load_stats(&s);
    says(&s, rc_stats_theme(st, RC_LIT("q.x"), 0, 0), "26");
    ck_assert_int_eq(rc_stats_theme(st, RC_LIT("q.x"), 0, 0).base, -1);
    says(&s, rc_stats_theme(st, RC_LIT("q.y"), 0, 0), "8"); /* 7.5 */
    says(&s, rc_stats_theme(st, RC_LIT("q.z"), 0, 0), "");  /* of 20 */
    ck_assert_int_eq(rc_stats_theme(st, RC_LIT("q.x"), 1, 0).kind, RC_FIG_NONE);
    survey_close(&s);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("stats");
    TCase *t = tcase_create("all");
    tcase_add_test(t, nets_are_added_before_rounding);
    tcase_add_test(t, differences_come_from_unrounded_shares);
    tcase_add_test(t, zero_star_and_dash);
    tcase_add_test(t, half_goes_away_from_zero);
    tcase_add_test(t, tested_against_the_rest);
    tcase_add_test(t, siblings_pooled);
    tcase_add_test(t, low_bases);
    tcase_add_test(t, base_not_handed_over);
    tcase_add_test(t, marks_are_kept);
    tcase_add_test(t, weights);
    tcase_add_test(t, each_side_its_own_population);
    tcase_add_test(t, corrections);
    tcase_add_test(t, benchmark_is_without_error);
    tcase_add_test(t, means);
    tcase_add_test(t, several_answers_have_no_net);
    tcase_add_test(t, outside_the_base);
    tcase_add_test(t, wave_against_wave);
    tcase_add_test(t, reported_together);
    tcase_add_test(t, withheld_with_the_next);
    tcase_add_test(t, themes);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
