/* What a reader sees of a log: places, underlines, hints, counts. */
#include "base/diag.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static rc_arena *arena;
static rc_log *log_;

static void
set_up(void)
{
    arena = rc_arena_new();
    log_ = rc_log_new();
}

static void
tear_down(void)
{
    rc_log_free(log_);
    rc_log_free(NULL);
    rc_arena_free(arena);
}

/* The printed log, on the heap. */
static char *
printed_as(rc_log_format format, bool colour)
{
    char *text = NULL;
    size_t len;
    FILE *f = open_memstream(&text, &len);
    rc_log_print(log_, f, format, colour);
    fclose(f);
    return text;
}

static void
expect(const char *wanted)
{
    char *got = printed_as(RC_LOG_HUMAN, false);
    ck_assert_str_eq(got, wanted);
    free(got);
}

static const rc_source *
source(const char *path, const char *text)
{
    return rc_source_make(arena, rc_str_z(path), rc_str_z(text));
}

static rc_span
span_of(const rc_source *s, const char *words)
{
    size_t at = rc_str_find(s->text, words, 0);
    ck_assert_uint_ne(at, SIZE_MAX);
    return rc_span_make(s, at, at + strlen(words));
}

START_TEST(test_as_in_the_guide)
{
    const rc_source *md = source("chapters/travel.md",
                                 "# Travel\nitems: [travel.by_tran]\n");
    const rc_source *csv = source("data/questions.csv", "a,item\n1,2\n");
    rc_str names[] = {RC_LIT("travel"), RC_LIT("travel.by_train")};
    rc_str name = RC_LIT("travel.by_tran");
    rc_diag *d = rc_log_error(log_, "unknown-item", span_of(md, name.at),
                              "unknown item '%.*s'", RC_STR(name));
    rc_diag_suggest(d, name, names, 2);
    rc_diag_also(d,
                 (rc_span){.source = csv, .row = 11, .column = RC_LIT("item")},
                 "the items of '%s' are listed here", "travel");
    expect("chapters/travel.md:2:9: error: unknown item 'travel.by_tran' "
           "[unknown-item]\n"
           "    2 | items: [travel.by_tran]\n"
           "      |         ^~~~~~~~~~~~~~ did you mean 'travel.by_train'?\n"
           "data/questions.csv:12: item: note: the items of 'travel' are "
           "listed here\n"
           "1 error\n");
}
END_TEST

START_TEST(test_table_cells)
{
    /* a quoted cell has a line end in it: rows are not lines */
    const rc_source *csv = source("data/x.csv", "k,t\na,\"x\ny\"\nb,zz\n");
    rc_span at = span_of(csv, "zz");
    at.row = 2;
    at.column = RC_LIT("t");
    rc_log_error(log_, "bad", at, "bad cell");
    const rc_source *db = source("data/x.sqlite", "");
    rc_log_warning(log_, "odd",
                   (rc_span){.source = db, .row = 7, .column = RC_LIT("n")},
                   "odd cell");
    expect("data/x.csv:4: t: error: bad cell [bad]\n"
           "    4 | b,zz\n"
           "      |   ^~\n"
           "data/x.sqlite: row 7: n: warning: odd cell [odd]\n"
           "1 error, 1 warning\n");
}
END_TEST

START_TEST(test_underline_knows_widths)
{
    const rc_source *s = source("a", "\tcaf\xC3\xA9 \xE4\xB8\xAD\xE6\x96\x87"
                                     "\te\xCC\x81 here\tand\n");
    rc_log_note(log_, "n", span_of(s, "here\tand"), "look");
    expect("a:1:13: note: look [n]\n"
           "    1 |         caf\xC3\xA9 \xE4\xB8\xAD\xE6\x96\x87       "
           "e\xCC\x81 here  and\n"
           "      |                           ^~~~~~~~~\n"
           "1 note\n");
}
END_TEST

START_TEST(test_long_line_has_a_window)
{
    char *line = rc_arena_array(arena, 1000002, 1);
    memset(line, 'x', 1000000);
    memcpy(line + 700000, "HERE", 4);
    const rc_source *s = source("big", line);
    rc_log_error(log_, "e", rc_span_make(s, 700000, 700004), "found");
    rc_log_error(log_, "e", rc_span_make(s, 3, 900000), "wide");
    char *got = printed_as(RC_LOG_HUMAN, false);
    rc_str text = rc_str_z(got);
    ck_assert_uint_lt(text.len, 600);
    size_t at = rc_str_find(text, "HERE", 0);
    size_t start = at, mark = rc_str_find(text, "^~~~ ", 0);
    while (text.at[start - 1] != '\n')
        start--;
    mark = rc_str_find(text, "^~~~\n", 0);
    ck_assert_uint_ne(mark, SIZE_MAX);
    size_t line_start = mark;
    while (text.at[line_start - 1] != '\n')
        line_start--;
    ck_assert_uint_eq(at - start, mark - line_start);
    free(got);
}
END_TEST

START_TEST(test_span_over_lines_and_at_the_end)
{
    const rc_source *s = source("a", "one two\r\nthree");
    rc_log_error(log_, "x", rc_span_make(s, 4, 12), "over lines");
    rc_log_error(log_, "x", rc_span_make(s, 14, 14), "at the end");
    rc_log_error(log_, "x", rc_span_make(s, 999, 9999), "beyond");
    expect("a:1:5: error: over lines [x]\n"
           "    1 | one two\n"
           "      |     ^~~\n"
           "a:2:6: error: at the end [x]\n"
           "    2 | three\n"
           "      |      ^\n"
           "a:2:6: error: beyond [x]\n"
           "    2 | three\n"
           "      |      ^\n"
           "3 errors\n");
}
END_TEST

START_TEST(test_place)
{
    size_t line, column;
    const rc_source *s = source("a", "x\n\xC3\xA9y\n");
    rc_span_place(rc_span_none(), &line, &column);
    ck_assert_uint_eq(line, 1);
    rc_span_place(rc_span_make(s, 4, 5), &line, &column);
    ck_assert_uint_eq(line, 2);
    ck_assert_uint_eq(column, 2);
    rc_span_place(rc_span_make(s, 6, 6), &line, &column);
    ck_assert_uint_eq(line, 3);
    ck_assert_uint_eq(column, 1);
}
END_TEST

START_TEST(test_terminal_is_safe)
{
    const rc_source *s = source("a\033b", "x\033[31m\xE2\x80\xAEy\n");
    rc_log_error(log_, "e", span_of(s, "y"), "bad '\033]0;\a'\nline");
    char *got = printed_as(RC_LOG_HUMAN, false);
    ck_assert_ptr_null(strchr(got, '\033'));
    ck_assert_ptr_null(strchr(got, '\a'));
    ck_assert_ptr_null(strstr(got, "\xE2\x80\xAE"));
    free(got);
    got = printed_as(RC_LOG_HUMAN, true);
    ck_assert_ptr_nonnull(strstr(got, "\033[1;31merror: \033[0m"));
    free(got);
}
END_TEST

START_TEST(test_sorted_by_place)
{
    const rc_source *a = source("first", "1\n2\n3\n");
    const rc_source *b = source("second", "1\n2\n");
    rc_log_error(log_, "e", rc_span_make(a, 4, 5), "third");
    rc_log_error(log_, "e", rc_span_make(b, 0, 1), "fourth");
    rc_log_error(log_, "e", rc_span_make(a, 0, 1), "first");
    rc_log_warning(log_, "w", rc_span_make(a, 0, 1), "second");
    char *got = printed_as(RC_LOG_HUMAN, false);
    const char *order[] = {"first [e]", "second [w]", "third [e]",
                           "fourth [e]"};
    const char *at = got;
    for (size_t i = 0; i < 4; i++)
        ck_assert_ptr_nonnull(at = strstr(at, order[i]));
    free(got);
}
END_TEST

START_TEST(test_said_once)
{
    const rc_source *a = source("a", "text\n"), *again = source("a", "text\n");
    for (int i = 0; i < 3; i++) {
        rc_diag *d = rc_log_error(log_, "e", rc_span_make(i ? a : again, 0, 4),
                                  "twice");
        rc_diag_hint(d, "do this");
        rc_diag_also(d, rc_span_none(), "because");
    }
    rc_log_error(log_, "e", rc_span_make(a, 0, 3), "twice");
    rc_log_error(log_, "f", rc_span_make(a, 0, 4), "twice");
    rc_log_error(log_, "e", rc_span_make(a, 0, 4), "thrice");
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 4);
    char *got = printed_as(RC_LOG_HUMAN, false);
    size_t because = rc_str_find(rc_str_z(got), "because", 0);
    ck_assert_uint_ne(because, SIZE_MAX);
    ck_assert_uint_eq(rc_str_find(rc_str_z(got), "because", because + 1),
                      SIZE_MAX);
    free(got);
}
END_TEST

START_TEST(test_pointers_stay)
{
    rc_diag *first = rc_log_error(log_, "e", rc_span_none(), "the first");
    for (int i = 0; i < 5000; i++)
        rc_log_warning(log_, "w", rc_span_none(), "number %d", i);
    rc_diag_hint(first, "still here");
    char *got = printed_as(RC_LOG_HUMAN, false);
    ck_assert_ptr_nonnull(strstr(got, "still here"));
    free(got);
}
END_TEST

START_TEST(test_many_of_a_name)
{
    rc_log_error(log_, "other", rc_span_none(), "other");
    for (int i = 0; i < 5000; i++)
        rc_diag_hint(rc_log_error(log_, "many", rc_span_none(), "no %d", i),
                     "hint %d", i);
    for (int i = 0; i < 5000; i++) /* said before */
        rc_log_error(log_, "many", rc_span_none(), "no %d", i);
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 5001);
    char *got = printed_as(RC_LOG_HUMAN, false);
    ck_assert_ptr_nonnull(strstr(got, "no 49 [many]"));
    ck_assert_ptr_null(strstr(got, "no 50 [many]"));
    ck_assert_ptr_nonnull(strstr(got, "... and 4950 more [many]\n"
                                      "5001 errors\n"));
    free(got);
}
END_TEST

START_TEST(test_allow)
{
    rc_log_warning(log_, "typed-figure", rc_span_none(), "before");
    rc_log_allow(log_, RC_LIT("typed-figure"));
    rc_log_note(log_, "typed-figure", rc_span_none(), "after");
    ck_assert_uint_eq(rc_log_count(log_, RC_NOTE), 0);
    expect("");
    rc_log_error(log_, "typed-figure", rc_span_none(), "errors stay");
    rc_log_warning(log_, "other", rc_span_none(), "others stay");
    ck_assert_uint_eq(rc_log_count(log_, RC_NOTE), 2);
    ck_assert_int_eq(rc_log_status(log_), RC_EXIT_INPUT);
    expect("recto: error: errors stay [typed-figure]\n"
           "recto: warning: others stay [other]\n1 error, 1 warning\n");
}
END_TEST

/* A check is an error until it is allowed, then nothing but a number. */
START_TEST(test_check)
{
    rc_log_check(log_, "low-contrast", rc_span_none(), "before");
    ck_assert_uint_eq(rc_log_allowed(log_, "low-contrast"), 0);
    rc_log_allow(log_, RC_LIT("missing-alt"));
    ck_assert(rc_log_is_allowed(log_, "missing-alt"));
    ck_assert(!rc_log_is_allowed(log_, "low-contrast"));
    rc_log_check(log_, "missing-alt", rc_span_none(), "one");
    rc_log_check(log_, "missing-alt", rc_span_none(), "two");
    ck_assert_uint_eq(rc_log_allowed(log_, "missing-alt"), 2);
    expect("recto: error: before [low-contrast]\n1 error\n");
}
END_TEST

/* What follows from a mistake is counted, once each, and not told. */
START_TEST(test_follow)
{
    static const char *const names[] = {"not-asked"};
    rc_log_error(log_, "not-asked", rc_span_none(), "told");
    rc_log_error(log_, "bad-count", rc_span_none(), "cause");
    rc_log_follow(log_, names, 1);
    const rc_source *s = source("a.md", "a\nb\n");
    for (int i = 0; i < 2; i++) {
        rc_diag *d = rc_log_error(log_, "not-asked", rc_span_make(s, 0, 1), "x");
        rc_diag_hint(d, "h");
    }
    rc_log_error(log_, "not-asked", rc_span_make(s, 2, 3), "y");
    rc_log_warning(log_, "not-asked", rc_span_make(s, 2, 3), "a warning is");
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 4);
    char *got = printed_as(RC_LOG_HUMAN, false);
    ck_assert_str_eq(got,
                     "recto: error: told [not-asked]\n"
                     "recto: error: cause [bad-count]\n"
                     "a.md:2:1: warning: a warning is [not-asked]\n"
                     "    2 | b\n"
                     "      | ^\n"
                     "2 errors, 1 warning; 2 more that may follow from these "
                     "are not shown\n");
    free(got);
}
END_TEST

START_TEST(test_status)
{
    ck_assert_int_eq(rc_log_status(log_), RC_EXIT_DONE);
    rc_log_warning(log_, "w", rc_span_none(), "w");
    ck_assert_int_eq(rc_log_status(log_), RC_EXIT_DONE);
    rc_log_error(log_, "e", rc_span_none(), "e");
    ck_assert_int_eq(rc_log_status(log_), RC_EXIT_INPUT);
    rc_log_add(log_, RC_RETRY, "r", rc_span_none(), "r");
    ck_assert_int_eq(rc_log_status(log_), RC_EXIT_RETRY);
    rc_log_add(log_, RC_WORLD, "x", rc_span_none(), "x");
    ck_assert_int_eq(rc_log_status(log_), RC_EXIT_RETRY);
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 3);
    ck_assert_uint_eq(rc_log_count(log_, RC_WORLD), 2);
}
END_TEST

static const struct {
    const char *found;
    const char *names[7];
    const char *hint;
} suggestions[] = {
    {"stackd", {"ranked", "stacked", "dots"}, "did you mean 'stacked'?"},
    {"Stacked", {"ranked", "stacked"}, "did you mean 'stacked'?"},
    {"pie", {"stacked", "ranked", "dots"},
     "choose 'stacked', 'ranked' or 'dots'"},
    {"pie", {"stacked"}, "only 'stacked'"},
    {"pie", {"a1", "b2", "c3", "d4", "e5", "f6"}, NULL}, /* too many */
    {"x", {"y", "z"}, "choose 'y' or 'z'"}, /* nothing of it is kept */
    {"heading", {"headline", "heads", "noted"}, "did you mean 'headline'?"},
    {"", {"stacked", "dots"}, "choose 'stacked' or 'dots'"},
    {"overall.regional", {"overall.at", "overall.regionals", "overall.regiona"},
     "did you mean 'overall.regionals'?"}, /* the first of equals */
    {"report.version", {"report.caution", "report.counts"},
     "choose 'report.caution' or 'report.counts'"}, /* of these 7 letters */
    {"overall.eazy", {"overall.lazily", "overall.easy"},
     "did you mean 'overall.easy'?"},
    {"os", {"of", "or"}, "choose 'of' or 'or'"}, /* too short to be near */
    {"al", {"all", "or"}, "did you mean 'all'?"},
};

START_TEST(test_suggest)
{
    rc_str names[7];
    size_t count = 0;
    for (; suggestions[_i].names[count]; count++)
        names[count] = rc_str_z(suggestions[_i].names[count]);
    rc_diag *d = rc_log_error(log_, "e", rc_span_none(), "e");
    rc_diag_suggest(d, rc_str_z(suggestions[_i].found), names, count);
    char *got = printed_as(RC_LOG_HUMAN, false), wanted[200];
    if (suggestions[_i].hint)
        snprintf(wanted, sizeof wanted,
                 "recto: error: e [e]\n        %s\n1 error\n",
                 suggestions[_i].hint);
    else
        snprintf(wanted, sizeof wanted, "recto: error: e [e]\n1 error\n");
    ck_assert_str_eq(got, wanted);
    free(got);
}
END_TEST

START_TEST(test_json)
{
    const rc_source *s = source("a\"b", "x\nyz\n");
    rc_diag *d = rc_log_error(log_, "e", rc_span_make(s, 2, 4),
                              "tab\t quote\" \xFF");
    rc_diag_hint(d, "back\\slash");
    rc_diag_also(d, rc_span_none(), "also");
    rc_span cell = {.source = source("t.csv", "h\n1\n"), .from = 2, .to = 3,
                    .row = 1, .column = RC_LIT("h")};
    rc_log_warning(log_, "w", cell, "cell");
    rc_log_add(log_, RC_RETRY, "r", rc_span_none(), "later");
    char *got = printed_as(RC_LOG_JSON, false);
    ck_assert_str_eq(
        got,
        "{\"severity\":\"error\",\"name\":\"e\",\"status\":1,"
        "\"message\":\"tab\\u0009 quote\\\" \xEF\xBF\xBD\","
        "\"path\":\"a\\\"b\",\"line\":2,\"column\":1,\"from\":2,\"to\":4,"
        "\"hint\":\"back\\\\slash\",\"also\":[{\"message\":\"also\"}]}\n"
        "{\"severity\":\"warning\",\"name\":\"w\",\"message\":\"cell\","
        "\"path\":\"t.csv\",\"row\":1,\"line\":2,\"field\":\"h\","
        "\"column\":1,\"from\":2,\"to\":3}\n"
        "{\"severity\":\"error\",\"name\":\"r\",\"status\":4,"
        "\"message\":\"later\"}\n");
    free(got);
}
END_TEST

#define COUNT(x) (int)(sizeof(x) / sizeof *(x))

int
main(void)
{
    Suite *suite = suite_create("base_diag");
    TCase *t = tcase_create("diag");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, test_as_in_the_guide);
    tcase_add_test(t, test_table_cells);
    tcase_add_test(t, test_underline_knows_widths);
    tcase_add_test(t, test_long_line_has_a_window);
    tcase_add_test(t, test_span_over_lines_and_at_the_end);
    tcase_add_test(t, test_place);
    tcase_add_test(t, test_terminal_is_safe);
    tcase_add_test(t, test_sorted_by_place);
    tcase_add_test(t, test_said_once);
    tcase_add_test(t, test_pointers_stay);
    tcase_add_test(t, test_many_of_a_name);
    tcase_add_test(t, test_allow);
    tcase_add_test(t, test_check);
    tcase_add_test(t, test_follow);
    tcase_add_test(t, test_status);
    tcase_add_loop_test(t, test_suggest, 0, COUNT(suggestions));
    tcase_add_test(t, test_json);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
