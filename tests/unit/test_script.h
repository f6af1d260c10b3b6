/* What the tests of script/ share: the sample survey, loaded once; an expression
 * to its value in one line of text; a wrong expression to its diagnostic. */
#ifndef TEST_SCRIPT_H
#define TEST_SCRIPT_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "data/load.h"
#include "script/script.h"

/* A test with a survey of its own names its folder and its whole. */
#ifndef SURVEY_FOLDER
#define SURVEY_FOLDER "samples/ways-of-working-2013/data"
#define SURVEY_WHOLE "england"
#endif

static rc_arena *survey_arena;
static const rc_stats *survey;

static rc_arena *arena;
static rc_log *script_log;
static rc_script *script;

static void
load_survey(void)
{
    rc_log *log = rc_log_new();
    const rc_data *data = NULL;
    survey_arena = rc_arena_new();
    bool ok = rc_data_load(
        survey_arena, SURVEY_FOLDER, RC_LIT("data"), NULL, log, &data);
    if (!ok)
        rc_log_print(log, stderr, RC_LOG_HUMAN, false);
    ck_assert(ok && data);
    static rc_stats_options o;
    o = (rc_stats_options){
        .whole = rc_data_group(data, RC_LIT(SURVEY_WHOLE)),
        .caution = 100,
        .counts = 30,
        .minimum = 2,
        .rule = RC_TOGETHER,
    };
    survey = rc_stats_make(survey_arena, data, &o, log);
    rc_log_free(log);
}

static void
free_survey(void)
{
    rc_arena_free(survey_arena);
}

static void
open_script(void)
{
    static const rc_script_field fields[] = {
        {{"title", 5}, {"Ways of Working Survey 2013", 27}},
        {{"fieldwork.start", 15}, {"2013-10-09", 10}},
    };
    static const rc_script_field roles[] = {
        {{"clinical", 8}, {"Clinical lead", 13}},
    };
    arena = rc_arena_new();
    script_log = rc_log_new();
    rc_script_env env = {
        .stats = survey,
        .fields = fields,
        .field_count = 2,
        .per_cent = RC_LIT("words"),
        .respondent = RC_LIT("lead"),
        .respondents = RC_LIT("leads"),
        .roles = roles,
        .role_count = 1,
    };
    script = rc_script_open(&env, script_log);
}

static void
close_script(void)
{
    rc_script_close(script);
    rc_log_free(script_log);
    rc_arena_free(arena);
}

/* Forgets all that `arena` holds. */
static inline void
reopen(void)
{
    close_script();
    open_script();
}

static inline void
at_hand(const char *group)
{
    rc_script_set_group(script,
                        rc_data_group(rc_stats_data(survey), rc_str_z(group)));
}

/* An expression stands behind three bytes of its source. */
static inline rc_span
span_of(const char *expression)
{
    rc_str text = rc_str_printf(arena, "{{ %s }}", expression);
    const rc_source *s = rc_source_make(arena, RC_LIT("chapter.md"), text);
    return rc_span_make(s, 3, 3 + strlen(expression));
}

static inline rc_str
show_figure(const rc_value *v)
{
    const rc_figure *f = &v->figure;
    rc_str digits = rc_figure_digits(arena, *f);
    switch (f->kind) {
    case RC_FIG_NONE:
        return RC_LIT("not asked");
    case RC_FIG_MEAN:
        return rc_str_printf(arena, "mean %.*s", RC_STR(digits));
    case RC_FIG_POINTS:
        return rc_str_printf(arena, "%.*s points", RC_STR(digits));
    case RC_FIG_SHARE:
    case RC_FIG_THEME:
        break;
    }
    if (f->low == RC_LOW_COUNTS)
        return rc_str_printf(arena, "%.*s of the %lld", RC_STR(digits),
                             (long long)f->base);
    if (f->base < 0)
        return rc_str_printf(arena, "%.*s%%", RC_STR(digits));
    return rc_str_printf(arena, "%.*s%% of %lld", RC_STR(digits),
                         (long long)f->base);
}

static inline rc_str
show(const rc_value *v)
{
    const rc_data *d = rc_stats_data(survey);
    rc_str s = RC_LIT("?");
    switch (v->kind) {
    case RC_VALUE_NIL:
        s = RC_LIT("nil");
        break;
    case RC_VALUE_BOOL:
        s = v->truth ? RC_LIT("true") : RC_LIT("false");
        break;
    case RC_VALUE_NUMBER:
        s = rc_num_print(arena, v->number,
                         v->number > (double)(long long)v->number ? 2 : 0);
        break;
    case RC_VALUE_TEXT:
        s = rc_str_printf(arena, "'%.*s'", RC_STR(v->text));
        break;
    case RC_VALUE_WORDS:
        s = rc_str_printf(arena, "words %d", (int)v->number);
        break;
    case RC_VALUE_DIGITS:
        s = rc_str_printf(arena, "digits %d", (int)v->number);
        break;
    case RC_VALUE_FIGURE:
        s = show_figure(v);
        break;
    case RC_VALUE_OF: {
        rc_str f = show_figure(v);
        s = rc_str_printf(arena, "(%.*s) of %.*s", RC_STR(f), RC_STR(v->text));
        break;
    }
    case RC_VALUE_SIGN: {
        rc_str f = show_figure(v);
        s = rc_str_printf(arena, "sign %.*s", RC_STR(f));
        break;
    }
    case RC_VALUE_GROUP:
        s = rc_str_printf(arena, "<%.*s>", RC_STR(d->groups[v->index].key));
        break;
    case RC_VALUE_ITEM:
        s = rc_str_printf(arena, "<%.*s>", RC_STR(d->items[v->index].id));
        break;
    case RC_VALUE_MENTION:
        s = rc_str_printf(arena, "<%.*s>", RC_STR(d->mentions[v->index].id));
        break;
    case RC_VALUE_LIST: {
        s = RC_LIT("[");
        for (size_t i = 0; i < v->count; i++) {
            rc_str one = show(&v->items[i]);
            s = rc_str_printf(arena, "%.*s%s%.*s", RC_STR(s), i ? " " : "",
                              RC_STR(one));
        }
        s = rc_str_printf(arena, "%.*s]", RC_STR(s));
        break;
    }
    }
    return v->cap ? rc_str_printf(arena, "Cap %.*s", RC_STR(s)) : s;
}

static inline rc_str
eval(const char *expression)
{
    rc_value v;
    bool ok = rc_script_eval(script, arena, rc_str_z(expression),
                             span_of(expression), &v);
    if (!ok) {
        rc_log_print(script_log, stderr, RC_LOG_HUMAN, false);
        ck_abort_msg("'%s' has no value", expression);
    }
    return show(&v);
}

#define ck_eval(expression, expected)                                        \
    do {                                                                     \
        rc_str got_ = eval(expression);                                      \
        if (!rc_str_is(got_, expected))                                      \
            ck_abort_msg("%s\n gives %.*s\n not   %s", expression,           \
                         RC_STR(got_), expected);                            \
    } while (0)

/* The text of one member of a line of JSON, its escaped quotes undone. */
static inline rc_str
member(const char *line, const char *name)
{
    rc_str key = rc_str_printf(arena, "\"%s\":\"", name);
    const char *at = strstr(line, key.at);
    if (!at)
        return RC_LIT("");
    at += key.len;
    char *out = RC_MAKE_ARRAY(arena, char, strlen(at) + 1);
    size_t n = 0;
    for (; *at && *at != '"'; at++) {
        if (*at == '\\')
            at++;
        out[n++] = *at;
    }
    return (rc_str){out, n};
}

static inline size_t
place(const char *line, const char *name)
{
    rc_str key = rc_str_printf(arena, "\"%s\":", name);
    const char *at = strstr(line, key.at);
    return at ? (size_t)strtol(at + key.len, NULL, 10) : 0;
}

static inline const char *
log_text(void)
{
    char *text = NULL;
    size_t len = 0;
    FILE *f = open_memstream(&text, &len);
    rc_log_print(script_log, f, RC_LOG_JSON, false);
    fclose(f);
    const char *copy = rc_str_copy(arena, (rc_str){text, len}).at;
    free(text);
    return copy;
}

/* The diagnostic of a wrong expression: "name: message @ marked text (hint)". */
static inline rc_str
diagnose(const char *expression)
{
    rc_value v;
    reopen();
    at_hand(SURVEY_WHOLE);
    bool ok = rc_script_eval(script, arena, rc_str_z(expression),
                             span_of(expression), &v);
    if (ok)
        ck_abort_msg("'%s' is no error", expression);
    ck_assert_int_eq(v.kind, RC_VALUE_NIL);
    ck_assert_uint_eq(rc_log_count(script_log, RC_NOTE), 1);
    const char *line = log_text();
    rc_str name = member(line, "name"), message = member(line, "message");
    rc_str hint = member(line, "hint");
    size_t from = place(line, "from") - 3, to = place(line, "to") - 3;
    rc_str marked = rc_str_part(rc_str_z(expression), from, to);
    return rc_str_printf(arena, "%.*s: %.*s @ %.*s%s%.*s%s", RC_STR(name),
                         RC_STR(message), RC_STR(marked), hint.len ? " (" : "",
                         RC_STR(hint), hint.len ? ")" : "");
}

#define ck_wrong(expression, expected)                                       \
    do {                                                                     \
        rc_str got_ = diagnose(expression);                                  \
        if (!rc_str_is(got_, expected))                                      \
            ck_abort_msg("%s\n gives %.*s\n not   %s", expression,           \
                         RC_STR(got_), expected);                            \
    } while (0)

static int
run_suite(Suite *s)
{
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? 1 : 0;
}

static inline TCase *
survey_case(Suite *s, const char *name)
{
    TCase *t = tcase_create(name);
    tcase_add_unchecked_fixture(t, load_survey, free_survey);
    tcase_add_checked_fixture(t, open_script, close_script);
    tcase_set_timeout(t, 30);
    suite_add_tcase(s, t);
    return t;
}

#endif
