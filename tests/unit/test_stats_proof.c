/* What follows by subtraction: small trees of groups, and many made at random
 * whose answers are sought by solving the linear system instead. */
#include "stats/figure.h"

#include "test_data_folder.h"

#include <math.h>

enum { MOST = 24 };

/* A tree of groups; those without children hold `own` answers. */
typedef struct tree {
    int count;
    int parent[MOST]; /* always earlier; -1 for the first */
    int own[MOST];
    char kind[MOST];
} tree;

static int
answers(const tree *t, int g)
{
    int sum = 0;
    char kind = 0;
    for (int i = g + 1; i < t->count; i++)
        if (t->parent[i] == g && (!kind || t->kind[i] == kind)) {
            kind = t->kind[i];
            sum += answers(t, i);
        }
    return kind ? sum : t->own[g];
}

/* Its answers alternate over two categories, so that sums of them close. */
static int
answers_yes(const tree *t, int g)
{
    int sum = 0;
    char kind = 0;
    for (int i = g + 1; i < t->count; i++)
        if (t->parent[i] == g && (!kind || t->kind[i] == kind)) {
            kind = t->kind[i];
            sum += answers_yes(t, i);
        }
    return kind ? sum : t->own[g] / 2;
}

static void
tree_survey(survey *s, const tree *t)
{
    rc_buf groups = {0}, results = {0};
    survey_open(s);
    survey_file(s, "scales.csv",
                "scale,position,category,label,net\n"
                "yn,1,yes,Yes,good\nyn,2,no,No,bad\n");
    survey_file(s, "questions.csv",
                "question,item,position,question_text,item_text,scale,"
                "base_text,asked_of\nq,a,1,Well?,The first,yn,Everyone,all\n");
    rc_buf_printf(&groups, "group,kind,parent,name,responses\n");
    rc_buf_printf(&results, "group,question,item,category,count\n");
    for (int g = 0; g < t->count; g++) {
        int n = answers(t, g), yes = answers_yes(t, g);
        rc_buf_printf(&groups, "g%d,kind%c,", g, t->kind[g]);
        if (t->parent[g] >= 0)
            rc_buf_printf(&groups, "g%d", t->parent[g]);
        rc_buf_printf(&groups, ",Group %d,%d\n", g, n);
        rc_buf_printf(&results, "g%d,q,a,yes,%d\ng%d,q,a,no,%d\n", g, yes, g,
                      n - yes);
    }
    survey_bytes(s, "groups.csv", rc_buf_str(&groups));
    survey_bytes(s, "results.csv", rc_buf_str(&results));
    rc_buf_free(&groups);
    rc_buf_free(&results);
    if (!survey_load(s))
        survey_silent(s);
}

static const rc_stats *
make(survey *s, int64_t minimum, rc_disclosure_rule rule)
{
    rc_stats_options options = {.whole = 0, .caution = 100, .counts = 30,
                                .minimum = minimum, .rule = rule};
    return rc_stats_make(s->arena, s->data, &options, s->log);
}

static bool
is_told(const survey *s, int g)
{
    char words[64];
    char *text = log_text(s->log, RC_LOG_JSON);
    snprintf(words, sizeof words, "the answers of 'g%d' (", g);
    bool told = strstr(text, words) != NULL;
    free(text);
    return told;
}

/* -- by hand ----------------------------------------------------------------- */

START_TEST(the_sample_discloses_nobody)
{
    survey s;
    survey_open(&s);
    ck_assert(survey_load_from(&s, SAMPLE));
    make(&s, 2, RC_TOGETHER);
    make(&s, 2, RC_WITHHOLD);
    ck_assert_uint_eq(rc_log_count(s.log, RC_WARNING), 0);
    make(&s, 7, RC_TOGETHER);
    make(&s, 7, RC_WITHHOLD);
    ck_assert_uint_eq(rc_log_count(s.log, RC_ERROR), 0);
    survey_close(&s);
}
END_TEST

/* g2 is reported with g3; but the parts of g3 are printed, so g3 follows from
 * them, and g2 from the pair. */
static const tree parts_of_the_neighbour = {
    .count = 6,
    .parent = {-1, 0, 0, 0, 3, 3},
    .own = {0, 9, 1, 0, 4, 4},
    .kind = "aaaabb",
};

START_TEST(parts_give_the_joined_away)
{
    survey s;
    tree_survey(&s, &parts_of_the_neighbour);
    const rc_stats *st = make(&s, 3, RC_TOGETHER);
    size_t count;
    rc_stats_joined(st, 2, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(rc_log_status(s.log), RC_EXIT_INPUT);
    survey_says(&s, "the answers of 'g2' (1) follow from what is printed of "
                    "others [disclosed]");
    survey_says(&s, "from what is printed of them together");
    survey_says(&s, "less 'g3', which follows from others itself");
    ck_assert(!is_told(&s, 3)); /* eight are enough */
    survey_close(&s);
}
END_TEST

START_TEST(parts_give_the_withheld_away)
{
    survey s;
    tree_survey(&s, &parts_of_the_neighbour);
    const rc_stats *st = make(&s, 3, RC_WITHHOLD);
    ck_assert(rc_stats_withheld(st, 2));
    ck_assert(rc_stats_withheld(st, 3));
    ck_assert(is_told(&s, 2));
    survey_says(&s, "from 'g0'");
    survey_close(&s);
}
END_TEST

START_TEST(shown_is_shown)
{
    survey s;
    tree_survey(&s, &parts_of_the_neighbour);
    make(&s, 3, RC_SHOW);
    survey_silent(&s);
    survey_close(&s);
}
END_TEST

/* One child alone is its parent; two kinds under it are two ways to it. */
START_TEST(two_kinds)
{
    survey s;
    tree t = {.count = 5, .parent = {-1, 0, 0, 0, 0}, .own = {0, 8, 1, 4, 5},
              .kind = "aaabb"};
    tree_survey(&s, &t);
    make(&s, 2, RC_TOGETHER);
    ck_assert_int_eq(rc_log_status(s.log), 0);
    survey_close(&s);
}
END_TEST

static void
alike(survey *s, const char *groups, const char *results)
{
    survey_small(s);
    survey_file(s, "groups.csv", groups);
    survey_file(s, "results.csv", results);
    if (!survey_load(s))
        survey_silent(s);
}

START_TEST(all_alike)
{
    survey s;
    alike(&s,
          "group,kind,parent,name\nall,nation,,All\n"
          "north,region,all,The North\nsouth,region,all,The South\n",
          "group,question,item,category,count\n"
          "all,q,a,yes,9\nall,q,a,no,2\nnorth,q,a,yes,5\n"
          "south,q,a,yes,4\nsouth,q,a,no,2\n");
    make(&s, 2, RC_TOGETHER);
    survey_says(&s, "all in 'north' answered alike on 1 item");
    survey_says(&s, "it is 'q.a'");
    ck_assert_uint_eq(rc_log_count(s.log, RC_WARNING), 1);
    survey_close(&s);
}
END_TEST

/* North's one answer is told by the pair only where all of the pair agree. */
START_TEST(a_joined_set_alike)
{
    static const char groups[] =
        "group,kind,parent,name\nall,nation,,All\n"
        "north,region,all,The North\nsouth,region,all,The South\n"
        "west,region,all,The West\n";
    survey s;
    alike(&s, groups,
          "group,question,item,category,count\n"
          "all,q,a,yes,9\nall,q,a,no,4\nnorth,q,a,yes,1\nsouth,q,a,yes,3\n"
          "west,q,a,yes,5\nwest,q,a,no,4\n");
    make(&s, 2, RC_TOGETHER);
    survey_says(&s, "all in 'north' answered alike on 1 item");
    survey_close(&s);
    alike(&s, groups,
          "group,question,item,category,count\n"
          "all,q,a,yes,8\nall,q,a,no,5\nnorth,q,a,yes,1\nsouth,q,a,yes,2\n"
          "south,q,a,no,1\nwest,q,a,yes,5\nwest,q,a,no,4\n");
    make(&s, 2, RC_TOGETHER);
    ck_assert_uint_eq(rc_log_count(s.log, RC_WARNING), 0);
    survey_close(&s);
}
END_TEST

/* -- by solving -------------------------------------------------------------- */

typedef struct rows {
    double at[4 * MOST][MOST];
    int count;
} rows;

static void
add_known(rows *r, const rc_stats *st, const tree *t)
{
    for (int g = 0; g < t->count; g++) {
        size_t count;
        const int *set = rc_stats_joined(st, g, &count);
        if (rc_stats_withheld(st, g) || set[0] != g)
            continue;
        for (size_t i = 0; i < count; i++)
            r->at[r->count][set[i]] = 1;
        r->count++;
    }
}

static void
add_children(rows *r, const tree *t)
{
    for (int g = 0; g < t->count; g++)
        for (char kind = 'a'; kind <= 'c'; kind++) {
            bool any = false;
            for (int i = g + 1; i < t->count; i++)
                if (t->parent[i] == g && t->kind[i] == kind) {
                    r->at[r->count][i] = -1;
                    any = true;
                }
            if (any)
                r->at[r->count++][g] = 1;
        }
}

/* Gauss and Jordan. */
static void
solve(rows *r, int columns)
{
    int done = 0;
    for (int c = 0; c < columns; c++) {
        int best = -1;
        for (int i = done; i < r->count; i++)
            if (fabs(r->at[i][c]) > 1e-9)
                best = i;
        if (best < 0)
            continue;
        for (int k = 0; k < columns; k++) {
            double swap = r->at[done][k];
            r->at[done][k] = r->at[best][k];
            r->at[best][k] = swap;
        }
        for (int i = 0; i < r->count; i++) {
            double f = r->at[i][c] / r->at[done][c];
            for (int k = 0; i != done && k < columns; k++)
                r->at[i][k] -= f * r->at[done][k];
        }
        done++;
    }
    r->count = done;
}

static bool
follows(const rows *r, int columns, int g)
{
    for (int i = 0; i < r->count; i++) {
        int others = 0;
        for (int k = 0; k < columns; k++)
            others += k != g && fabs(r->at[i][k]) > 1e-9;
        if (!others && fabs(r->at[i][g]) > 1e-9)
            return true;
    }
    return false;
}

static uint32_t
next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

/* Children of one parent are of one kind, or of two with the same answers. */
static void
random_tree(tree *t, uint32_t *seed)
{
    *t = (tree){.count = 3 + (int)(next(seed) % (MOST - 3))};
    t->parent[0] = -1;
    t->kind[0] = 'a';
    for (int g = 1; g < t->count; g++) {
        t->parent[g] = (int)(next(seed) % (uint32_t)(g < 4 ? g : g / 2));
        t->own[g] = (int)(next(seed) % 6);
        t->kind[g] = 'b';
    }
}

START_TEST(as_the_linear_system_says)
{
    uint32_t seed = (uint32_t)_i * 7919u + 1u;
    int told = 0, cases = 0;
    for (int n = 0; n < 40; n++) {
        survey s;
        tree t;
        rows r = {0};
        random_tree(&t, &seed);
        tree_survey(&s, &t);
        int64_t minimum = 2 + (int64_t)(next(&seed) % 4);
        rc_disclosure_rule rule = n % 2 ? RC_TOGETHER : RC_WITHHOLD;
        const rc_stats *st = make(&s, minimum, rule);
        add_known(&r, st, &t);
        add_children(&r, &t);
        solve(&r, t.count);
        for (int g = 1; g < t.count; g++) {
            size_t count;
            rc_stats_joined(st, g, &count);
            bool hidden = rc_stats_withheld(st, g) || count > 1;
            bool want = hidden && answers(&t, g) > 0
                        && answers(&t, g) < minimum
                        && follows(&r, t.count, g);
            ck_assert_msg(want == is_told(&s, g), "seed %d, tree %d, g%d: %s",
                          _i, n, g, want ? "follows" : "does not follow");
            told += want;
            cases++;
        }
        survey_close(&s);
    }
    ck_assert_msg(told > 0 && told < cases, "%d of %d", told, cases);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("stats_proof");
    TCase *t = tcase_create("all");
    tcase_add_test(t, the_sample_discloses_nobody);
    tcase_add_test(t, parts_give_the_joined_away);
    tcase_add_test(t, parts_give_the_withheld_away);
    tcase_add_test(t, shown_is_shown);
    tcase_add_test(t, two_kinds);
    tcase_add_test(t, all_alike);
    tcase_add_test(t, a_joined_set_alike);
    tcase_add_loop_test(t, as_the_linear_system_says, 0, 8);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
