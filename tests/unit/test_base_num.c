/* Numbers in and out, whatever the locale. */
#include "base/num.h"

#include <check.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

START_TEST(test_int)
{
    int64_t n = 7;
    ck_assert(rc_num_int(RC_LIT("0"), &n) && n == 0);
    ck_assert(rc_num_int(RC_LIT("-0"), &n) && n == 0);
    ck_assert(rc_num_int(RC_LIT("007"), &n) && n == 7);
    ck_assert(rc_num_int(RC_LIT("-42"), &n) && n == -42);
    ck_assert(rc_num_int(RC_LIT("9223372036854775807"), &n) && n == INT64_MAX);
    ck_assert(rc_num_int(RC_LIT("-9223372036854775808"), &n)
              && n == INT64_MIN);
}
END_TEST

static const char *const no_ints[] = {
    "", "-", "+1", " 1", "1 ", "1.0", "1e3", "0x10", "--1", "1,000", "inf",
    "9223372036854775808", "-9223372036854775809", "99999999999999999999999",
    "\xD9\xA1", /* an Arabic one */
};

START_TEST(test_no_int)
{
    int64_t n = 7;
    ck_assert_msg(!rc_num_int(rc_str_z(no_ints[_i]), &n), "%s", no_ints[_i]);
    ck_assert_int_eq(n, 7);
}
END_TEST

static const char *const reals[] = {
    "0", "0.5", "64", "-3.25", "0.1", "0.285", "1204", "3.141592653589793",
    "123456789012345678", "0.30000000000000004", "9007199254740993",
    "9007199254740992.5", "9007199254740993.0000000000000000000000000000001",
    "0.000000000000000000000000000000123456789012345678901234567890",
    "179769313486231570814527423731704356798070567525844996598917476803157260780"
    "028538760589558632766878171540458953514382464234321326889464182768467546703"
    "537516986049910576551282076245490090389328944075868508455133942304583236903"
    "222948165808559332123347747926204144723168738177180919299881250404026184124"
    "858368",
    "0.00000000000000000000000000000000000000000000000000000000000000000000000000"
    "000000000000000000000000000000000000000000000000000000000000000000000000000"
    "000000000000000000000000000000000000000000000000000000000000000000000000000"
    "000000000000000000000000000000000000000000000000000000000000000000000000000"
    "0000000000000000000000005",
};

/* The test may ask the C library: it runs in the C locale. */
START_TEST(test_real)
{
    double x = 7, expected = strtod(reals[_i], NULL);
    ck_assert(rc_num_real(rc_str_z(reals[_i]), &x));
    ck_assert_msg(memcmp(&x, &expected, sizeof x) == 0, "%s gives %.17g",
                  reals[_i], x);
}
END_TEST

START_TEST(test_random_reals_are_exact)
{
    uint64_t state = 88172645463325252u;
    for (int i = 0; i < 20000; i++) {
        char text[64];
        int len = 0;
        for (int digits = 1 + i % 25; digits > 0; digits--) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text[len++] = (char)('0' + state % 10);
            if (digits == 1 + i % 7 && digits > 1)
                text[len++] = '.';
        }
        text[len] = '\0';
        double x, expected = strtod(text, NULL);
        ck_assert_msg(rc_num_real(rc_str_z(text), &x), "%s", text);
        ck_assert_msg(memcmp(&x, &expected, sizeof x) == 0, "%s", text);
    }
}
END_TEST

static const char *const no_reals[] = {
    "", ".", "-", ".5", "5.", "1.2.3", "1e3", "nan", "inf", "+1", " 1", "1,5",
    "0x1p3", "-.5", "1 2",
};

START_TEST(test_no_real)
{
    double x = 7;
    ck_assert_msg(!rc_num_real(rc_str_z(no_reals[_i]), &x), "%s",
                  no_reals[_i]);
    ck_assert_double_eq(x, 7);
}
END_TEST

START_TEST(test_real_overflow)
{
    char digits[501];
    double x;
    memset(digits, '9', 500);
    digits[500] = '\0';
    ck_assert(!rc_num_real((rc_str){digits, 500}, &x));
    ck_assert(!rc_num_real((rc_str){digits, 310}, &x));
    ck_assert(rc_num_real((rc_str){digits, 308}, &x));
    ck_assert(rc_num_real(RC_LIT("-0"), &x) && !signbit(x));
}
END_TEST

START_TEST(test_decimals)
{
    ck_assert_int_eq(rc_num_decimals(RC_LIT("12")), 0);
    ck_assert_int_eq(rc_num_decimals(RC_LIT("12.50")), 2);
    ck_assert_int_eq(rc_num_decimals(RC_LIT("-0.125")), 3);
}
END_TEST

static const struct {
    double x;
    int decimals;
    const char *printed;
} rounded[] = {
    {23.5, 0, "24"},
    {24.5, 0, "25"}, /* not to the even one */
    {-4.5, 0, "\u22125"},
    {-4.4, 0, "\u22124"},
    {0.285, 2, "0.29"},   /* 0.284999... in binary */
    {1.005, 2, "1.01"},
    {2.675, 2, "2.68"},
    {-1.005, 2, "\u22121.01"},
    {0.2849, 2, "0.28"},
    {57.0 * 100 / 200, 0, "29"},
    {0.285 * 100, 0, "29"}, /* 28.499999999999996 */
    {28.4999, 0, "28"},
    {0.49999, 0, "0"},
    {-0.4, 0, "0"}, /* never minus nothing */
    {-0.0, 1, "0.0"},
    {9.999, 2, "10.00"},
    {99.95, 1, "100.0"},
    {1234567.891, 1, "1234567.9"},
    {1e15 + 0.3, 0, "1000000000000000"},
    {1e22, 2, "10000000000000000000000.00"},
    {18446744073709551616.0, 0, "18446744073709551616"},
    {0.123456789, 9, "0.123456789"},
    {1234567890.5, 0, "1234567891"},
    {1234567890.4999, 0, "1234567890"},
};

START_TEST(test_round_and_print)
{
    rc_arena *a = rc_arena_new();
    rc_str s = rc_num_print(a, rounded[_i].x, rounded[_i].decimals);
    ck_assert_str_eq(s.at, rounded[_i].printed);
    rc_arena_free(a);
}
END_TEST

START_TEST(test_round_value)
{
    ck_assert_double_eq(rc_num_round(23.5, 0), 24);
    ck_assert_double_eq(rc_num_round(-4.5, 0), -5);
    ck_assert_double_eq(rc_num_round(0.285, 2), 0.29);
    ck_assert(!signbit(rc_num_round(-0.3, 0)));
    ck_assert_double_eq(rc_num_round(DBL_MAX, 9), DBL_MAX);
    /* every share of small bases rounds as its fraction does */
    for (int base = 1; base <= 600; base++)
        for (int n = 0; n <= base; n++) {
            int exact = (2 * 100 * n + base) / (2 * base);
            ck_assert_int_eq((int)rc_num_round(100.0 * n / base, 0), exact);
            ck_assert_int_eq((int)rc_num_round(-100.0 * n / base, 0), -exact);
        }
}
END_TEST

static const struct {
    rc_len len;
    const char *printed;
} lengths[] = {
    {0, "0"},
    {RC_PT, "1"},
    {-RC_PT, "-1"},
    {RC_LEN(595.28), "595.28"},
    {RC_LEN(0.5), "0.5"},
    {RC_LEN(-0.25), "-0.25"},
    {RC_LEN(10.05), "10.05"},
    {1, "0"}, /* less than half a hundredth */
    {-1, "0"},
    {5, "0"},
    {6, "0.01"},
    {-6, "-0.01"},
    {INT32_MAX, "2097152"},
    {INT32_MIN, "-2097152"},
};

START_TEST(test_len_print)
{
    char out[16];
    size_t n = rc_len_print(lengths[_i].len, out);
    ck_assert_uint_lt(n, sizeof out);
    ck_assert(rc_str_is((rc_str){out, n}, lengths[_i].printed));
}
END_TEST

START_TEST(test_len_print_reads_back)
{
    for (rc_len len = -300000; len < 300000; len += 7) {
        char out[16];
        double x;
        size_t n = rc_len_print(len, out);
        ck_assert(rc_num_real((rc_str){out, n}, &x));
        ck_assert_double_le(fabs(x * RC_PT - len), 0.005 * RC_PT + 1e-6);
    }
}
END_TEST

START_TEST(test_date)
{
    static const char *const good[] = {"2024-02-29", "2000-02-29", "2013-10",
                                       "2013", "2024-12-31"};
    static const char *const bad[] = {"2023-02-29", "1900-02-29", "2024-04-31",
                                      "2024-13-01", "2024-00", "2024-01-00",
                                      "0000", "13", "2013/10", "2013-1-1", "",
                                      "2013-10-7", "12-10-2013"};
    int64_t part[3];
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_msg(rc_num_date(rc_str_z(good[i]), part), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!rc_num_date(rc_str_z(bad[i]), part), "%s", bad[i]);
    ck_assert(rc_num_date(RC_LIT("2013-10"), part));
    ck_assert_int_eq(part[0], 2013);
    ck_assert_int_eq(part[1], 10);
    ck_assert_int_eq(part[2], 0);
}
END_TEST

#define COUNT(x) (int)(sizeof(x) / sizeof *(x))

int
main(void)
{
    Suite *suite = suite_create("base_num");
    TCase *t = tcase_create("num");
    tcase_add_test(t, test_int);
    tcase_add_loop_test(t, test_no_int, 0, COUNT(no_ints));
    tcase_add_loop_test(t, test_real, 0, COUNT(reals));
    tcase_add_test(t, test_random_reals_are_exact);
    tcase_add_loop_test(t, test_no_real, 0, COUNT(no_reals));
    tcase_add_test(t, test_real_overflow);
    tcase_add_test(t, test_decimals);
    tcase_add_loop_test(t, test_round_and_print, 0, COUNT(rounded));
    tcase_add_test(t, test_round_value);
    tcase_add_loop_test(t, test_len_print, 0, COUNT(lengths));
    tcase_add_test(t, test_len_print_reads_back);
    tcase_add_test(t, test_date);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
