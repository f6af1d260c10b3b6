/* Which tags name a language, and what is said of the others. */
#include "base/language.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first line and the hint of what is said of `tag`, on the heap. */
static char *
said_of(const char *tag)
{
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    rc_log *log = rc_log_new();
    bool known = rc_language_check(log, rc_str_z(tag), rc_span_none());
    rc_log_print(log, to, RC_LOG_JSON, false);
    fclose(to);
    ck_assert_msg(known == (size == 0), "'%s': %s", tag, text);
    rc_log_free(log);
    return text;
}

static const char *const known[] = {
    "en",         "EN-gb",         "cy",          "gd",
    "sco",        "bfi",           "syl",         "aaa",
    "zza",        "zxx",           "zh-Hant-HK",  "zh-yue",
    "zh-cmn-Hans-CN", "sr-Latn",   "sr-Latn-RS",  "es-419",
    "de-1996",    "de-CH-1996",    "en-001",      "sl-rozaj-biske",
    "en-GB-oxendict",
    "ar-u-nu-latn", "en-x-ours",   "en-GB-u-ca-gregory-x-a-b",
};

START_TEST(test_known)
{
    char *text = said_of(known[_i]);
    ck_assert_str_eq(text, "");
    free(text);
}
END_TEST

static const struct {
    const char *tag, *hint;
} unknown[] = {
    {"", "a tag of BCP 47"},          {"-", "a tag of BCP 47"},
    {"e", "a tag of BCP 47"},         {"xx", "a tag of BCP 47"},
    {"qqq", "a tag of BCP 47"},       {"und", "a tag of BCP 47"},
    {"mul", "a tag of BCP 47"},       {"x-ours", "a tag of BCP 47"},
    {"i-klingon", "a tag of BCP 47"}, {"en-", "a tag of BCP 47"},
    {" en", "a tag of BCP 47"},       {"fran\xC3\xA7""ais", "a tag of BCP 47"},
    {"English", "did you mean 'en'?"},
    {"welsh", "did you mean 'cy'?"},
    {"eng", "did you mean 'en'?"},
    {"CYM-GB", "did you mean 'cy-GB'?"},
    {"en_GB", "did you mean 'en-GB'?"},
    {"en-UK", "did you mean 'en-GB'?"},
    {"en-Latn-uk-x-a", "did you mean 'en-Latn-GB-x-a'?"},
    {"en-XX", "'XX' is no country"},
    {"en--GB", "'GB' is no country"},
    {"en-GB-GB", "'GB' is no country"},
    {"en-GB-Latn", "'Latn' is no country"},
    {"zh-Xxxx", "'Xxxx' is no country"},
    {"en-u", "'u' is no country"},
    {"en-u-x-ours", "'u' is no country"},
    {"en-GB-abc", "'abc' is no country"},
    {"en-variant99", "'variant99' is no country"},
};

START_TEST(test_unknown)
{
    char *text = said_of(unknown[_i].tag);
    ck_assert_ptr_nonnull(strstr(text, "\"name\":\"unknown-language\""));
    ck_assert_msg(strstr(text, unknown[_i].hint) != NULL, "'%s': %s",
                  unknown[_i].tag, text);
    free(text);
}
END_TEST

#define COUNT(x) (int)(sizeof(x) / sizeof *(x))

int
main(void)
{
    Suite *suite = suite_create("base_language");
    TCase *t = tcase_create("language");
    tcase_add_loop_test(t, test_known, 0, COUNT(known));
    tcase_add_loop_test(t, test_unknown, 0, COUNT(unknown));
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
