/* Slices, buffers, UTF-8 and edit distance. */
#include "base/str.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(test_compare)
{
    rc_str none = {0};
    ck_assert(rc_str_eq(none, RC_LIT("")));
    ck_assert(rc_str_eq(rc_str_z(NULL), none));
    ck_assert(!rc_str_eq(RC_LIT("a"), RC_LIT("ab")));
    ck_assert_int_lt(rc_str_cmp(RC_LIT("a"), RC_LIT("ab")), 0);
    ck_assert_int_gt(rc_str_cmp(RC_LIT("\xC3\xA9"), RC_LIT("z")), 0);
    ck_assert_int_eq(rc_str_cmp(none, RC_LIT("")), 0);
    ck_assert(rc_str_starts(RC_LIT("abc"), "ab"));
    ck_assert(rc_str_starts(RC_LIT("abc"), ""));
    ck_assert(!rc_str_starts(RC_LIT("a"), "ab"));
    ck_assert(rc_str_ends(RC_LIT("abc"), "bc"));
    ck_assert(!rc_str_ends(RC_LIT("c"), "bc"));
}
END_TEST

START_TEST(test_find_and_cut)
{
    rc_str s = RC_LIT("aabaab");
    ck_assert_uint_eq(rc_str_find(s, "ab", 0), 1);
    ck_assert_uint_eq(rc_str_find(s, "ab", 2), 4);
    ck_assert_uint_eq(rc_str_find(s, "ab", 5), SIZE_MAX);
    ck_assert_uint_eq(rc_str_find(s, "ab", 99), SIZE_MAX);
    ck_assert_uint_eq(rc_str_find(s, "", 6), 6);
    ck_assert_uint_eq(rc_str_find((rc_str){0}, "a", 0), SIZE_MAX);
    ck_assert(rc_str_is(rc_str_part(s, 1, 3), "ab"));
    ck_assert(rc_str_is(rc_str_part(s, 4, 99), "ab"));
    ck_assert(rc_str_is(rc_str_part(s, 5, 2), ""));
    ck_assert(rc_str_is(rc_str_trim(RC_LIT("\t\r\n a b \v\f")), "a b"));
    ck_assert(rc_str_is(rc_str_trim(RC_LIT(" \n ")), ""));
}
END_TEST

START_TEST(test_make)
{
    rc_arena *a = rc_arena_new();
    rc_str s = rc_str_printf(a, "%d %.*s", 12, RC_STR(RC_LIT("xyz")));
    ck_assert_str_eq(s.at, "12 xyz"); /* ended, too */
    ck_assert_str_eq(rc_str_cz(a, rc_str_part(s, 3, 5)), "xy");
    ck_assert_str_eq(rc_str_cz(a, (rc_str){0}), "");
    s = rc_str_join(a, RC_LIT("a"), (rc_str){0}, RC_LIT("bc"));
    ck_assert_uint_eq(s.len, 3);
    ck_assert_str_eq(s.at, "abc");
    rc_arena_free(a);
}
END_TEST

START_TEST(test_buffer)
{
    rc_buf b = {0};
    ck_assert_uint_eq(rc_buf_str(&b).len, 0);
    for (int i = 0; i < 1000; i++)
        rc_buf_printf(&b, "%d,", i);
    rc_buf_z(&b, "z");
    rc_buf_char(&b, '!');
    rc_buf_add(&b, RC_LIT("\0x"));
    rc_buf_add(&b, (rc_str){0});
    rc_str s = rc_buf_str(&b);
    ck_assert_uint_eq(s.len, 10 * 2 + 90 * 3 + 900 * 4 + 4);
    ck_assert(rc_str_ends(rc_str_part(s, 0, s.len - 2), "998,999,z!"));
    rc_buf_free(&b);
    ck_assert_ptr_null(b.at);
}
END_TEST

START_TEST(test_xml)
{
    rc_buf b = {0};
    rc_buf_xml(&b, RC_LIT("a<b> & \"c\"\n\x01\xC3\xA9"));
    ck_assert(rc_str_is(rc_buf_str(&b), "a&lt;b&gt; &amp; &quot;c&quot;\n"
                                        "\xEF\xBF\xBD\xC3\xA9"));
    rc_buf_free(&b);
}
END_TEST

START_TEST(test_every_code_point_goes_round)
{
    rc_buf b = {0};
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        b.len = 0;
        rc_buf_code(&b, c);
        size_t pos = 0, bad;
        bool same = rc_utf8_next(rc_buf_str(&b), &pos) == c;
        if (!same || pos != b.len || !rc_utf8_valid(rc_buf_str(&b), &bad))
            ck_abort_msg("U+%04X", (unsigned)c);
    }
    rc_buf_free(&b);
}
END_TEST

static const struct {
    const char *bytes;
    size_t bad;
} ill_formed[] = {
    {"ab\x80", 2},             /* a stray tail */
    {"a\xC3", 1},              /* cut short */
    {"\xC0\xAF", 0},           /* over-long '/' */
    {"\xC1\xBF", 0},
    {"a\xE0\x80\x80", 1},      /* over-long */
    {"\xE0\x9F\xBF", 0},
    {"\xF0\x80\x80\x80", 0},
    {"\xF0\x8F\xBF\xBF", 0},
    {"\xED\xA0\x80", 0},       /* a surrogate */
    {"\xED\xBF\xBF", 0},
    {"\xF4\x90\x80\x80", 0},   /* beyond U+10FFFF */
    {"\xF8\x88\x80\x80\x80", 0},
    {"\xFE", 0},
    {"xx\xE2\x82", 2},
    {"\xE2\x28\xA1", 0},
    {"caf\xE9", 3},            /* Latin-1 */
};

START_TEST(test_ill_formed)
{
    rc_str s = rc_str_z(ill_formed[_i].bytes);
    size_t bad = 99;
    ck_assert(!rc_utf8_valid(s, &bad));
    ck_assert_uint_eq(bad, ill_formed[_i].bad);
    size_t pos = bad;
    ck_assert_uint_eq(rc_utf8_next(s, &pos), 0xFFFD);
    ck_assert_uint_eq(pos, bad + 1);
}
END_TEST

static const struct {
    const char *a, *b;
    size_t distance;
} distances[] = {
    {"", "", 0},
    {"abc", "", 3},
    {"travel.by_tran", "travel.by_train", 1},
    {"agere", "agree", 1}, /* a swap counts one */
    {"kitten", "sitting", 3},
    {"caf\xC3\xA9", "cafe", 1}, /* code points, not bytes */
    {"ca", "abc", 3},           /* no edit inside a swapped pair */
    {"stacked", "ranked", 3},
};

START_TEST(test_distance)
{
    rc_str a = rc_str_z(distances[_i].a), b = rc_str_z(distances[_i].b);
    size_t expected = distances[_i].distance;
    ck_assert_uint_eq(rc_str_distance(a, b, 10), expected);
    ck_assert_uint_eq(rc_str_distance(b, a, 10), expected);
    for (size_t limit = 0; limit < 5; limit++)
        ck_assert_uint_eq(rc_str_distance(a, b, limit),
                          expected > limit ? limit + 1 : expected);
}
END_TEST

#define COUNT(x) (int)(sizeof(x) / sizeof *(x))

int
main(void)
{
    Suite *suite = suite_create("base_str");
    TCase *t = tcase_create("str");
    tcase_add_test(t, test_compare);
    tcase_add_test(t, test_find_and_cut);
    tcase_add_test(t, test_make);
    tcase_add_test(t, test_buffer);
    tcase_add_test(t, test_xml);
    tcase_add_test(t, test_every_code_point_goes_round);
    tcase_add_loop_test(t, test_ill_formed, 0, COUNT(ill_formed));
    tcase_add_loop_test(t, test_distance, 0, COUNT(distances));
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
