/* Chapters into text and tags: what vanishes, what stays, what is refused. */
#include "spec/split.h"

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
    rc_arena_free(arena);
}

static void
add_chunk(rc_buf *b, const rc_chunk *c)
{
    if (c->kind == RC_CHUNK_TEXT)
        rc_buf_z(b, "T");
    else if (c->kind == RC_CHUNK_VALUE)
        rc_buf_z(b, "V");
    else
        rc_buf_z(b, c->alone ? "L" : "C");
    rc_buf_printf(b, "<%.*s>", RC_STR(c->text));
    /* the span leads to the very bytes */
    rc_str there = rc_str_part(c->span.source->text, c->span.from, c->span.to);
    ck_assert(rc_str_eq(c->text.len ? there : rc_str_trim(there), c->text));
}

static const rc_chapter_file *
split(const char *text)
{
    const rc_source *s = rc_source_make(arena, RC_LIT("x.md"), rc_str_z(text));
    return rc_split(arena, s, log_);
}

static const char *
chunks_of(const char *text)
{
    const rc_chapter_file *f = split(text);
    rc_buf b = {0};
    for (size_t i = 0; i < f->chunk_count; i++)
        add_chunk(&b, &f->chunks[i]);
    const char *out = rc_str_cz(arena, rc_buf_str(&b));
    rc_buf_free(&b);
    return out;
}

static const char *
log_text(void)
{
    char *text = NULL;
    size_t len;
    FILE *f = open_memstream(&text, &len);
    rc_log_print(log_, f, RC_LOG_HUMAN, false);
    fclose(f);
    const char *out = rc_str_cz(arena, rc_str_z(text));
    free(text);
    return out;
}

static const struct {
    const char *text, *chunks;
} sound[] = {
    {"", ""},
    {"plain { } {a} %}\n", "T<plain { } {a} %}\n>"},
    {"a {{ x }} b", "T<a >V<x>T< b>"},
    {"{{x}}{{ y }}", "V<x>V<y>"},
    {"a {% if x %}b{% end %}", "T<a >C<if x>T<b>C<end>"},
    /* a line with nothing but a tag vanishes, indent and line end too */
    {"a\n{% if x %}\nb\n{% end %}\nc\n",
     "T<a\n>L<if x>T<b\n>L<end>T<c\n>"},
    {"a\r\n  \t{% if x %} \t\r\nb", "T<a\r\n>L<if x>T<b>"},
    {"{% if x %}", "L<if x>"},
    {"a\n{% end %}", "T<a\n>L<end>"},
    {"{% a %}\n\n{% b %}\n", "L<a>T<\n>L<b>"},
    /* several control tags may share it */
    {"a\n{% if x %} {% include \"y\" %}{% end %}\nb",
     "T<a\n>L<if x>L<include \"y\">L<end>T<b>"},
    /* anything else on the line keeps it */
    {"a\n{% if x %}.\nb", "T<a\n>C<if x>T<.\nb>"},
    {"a\n{% if x %}{{ v }}\n", "T<a\n>C<if x>V<v>T<\n>"},
    {"> {% if x %}\n> a\n", "T<> >C<if x>T<\n> a\n>"},
    {"- {% if x %}\n", "T<- >C<if x>T<\n>"},
    {"{% if x %}{{{{\n", "C<if x>T<{{>T<\n>"},
    {"{{ v }}\n", "V<v>T<\n>"},
    /* a tag may run over lines */
    {"a\n{% set x = {\n  1 } %}\nb", "T<a\n>L<set x = {\n  1 }>T<b>"},
    {"{{ a\n or b }}", "V<a\n or b>"},
    /* Lua's braces and strings */
    {"{{ f({1, {2}}) }}", "V<f({1, {2}})>"},
    {"{{ {x={}} }}!", "V<{x={}}>T<!>"},
    {"{{{1}}}", "V<{1}>"},
    {"{{ \"}}\" .. '%}' }}", "V<\"}}\" .. '%}'>"},
    {"{{ 'it\\'s }}' }}", "V<'it\\'s }}'>"},
    {"{% set x = '}' .. \"{%\" %}", "L<set x = '}' .. \"{%\">"},
    {"{% if a % b == 0 %}", "L<if a % b == 0>"},
    /* a stray quote is for the script to refuse, not for us */
    {"{{ it's }} there", "V<it's>T< there>"},
    /* two braces */
    {"a {{{{ b }}", "T<a >T<{{>T< b }}>"},
    {"{{{{{ x", "T<{{>T<{ x>"},
    /* tags work in code and fences */
    {"```chart\n{% for i in x %}\n- {{ i }}\n{% end %}\n```\n",
     "T<```chart\n>L<for i in x>T<- >V<i>T<\n>L<end>T<```\n>"},
    {"# {{ group.name }} {#{{ group.key }}}\n",
     "T<# >V<group.name>T< {#>V<group.key>T<}\n>"},
    {"{{ }}{%%}", "V<>C<>"},
    /* front matter */
    {"---\na: 1\n---\ntext", "T<text>"},
    {"---  \r\na: {{ x }}\r\n---\t\r\n{% x %}\r\ny", "L<x>T<y>"},
    {"---\n---\n", ""},
    {"---\na: 1\n---", ""},
    {" ---\nno\n---\n", "T< ---\nno\n---\n>"},
    {"----\nno\n", "T<----\nno\n>"},
    {"text\n---\na: 1\n---\n", "T<text\n---\na: 1\n---\n>"},
};

START_TEST(test_sound)
{
    ck_assert_str_eq(chunks_of(sound[_i].text), sound[_i].chunks);
    /* "{a: {{ x }}" in front matter is YAML's to refuse */
    if (!strstr(sound[_i].text, "a: {{"))
        ck_assert_str_eq(log_text(), "");
}
END_TEST

START_TEST(test_front_matter)
{
    const rc_chapter_file *f = split("---\nbar: overall.at\nx: 1\n---\n# T\n");
    const rc_node *bar = rc_map_get(f->front, "bar");
    ck_assert(rc_str_is(bar->scalar, "overall.at"));
    ck_assert_uint_eq(bar->span.from, 9);
    ck_assert_uint_eq(bar->span.to, 19);
    ck_assert_ptr_null(split("# T\n")->front);
    f = split("---\n---\nx");
    ck_assert_uint_eq(f->front->pair_count, 0);
}
END_TEST

START_TEST(test_mistakes_of_front_matter)
{
    const rc_chapter_file *f = split("---\na: 1\n\tb: 2\n---\ntext\n");
    ck_assert_ptr_null(f->front);
    ck_assert_uint_eq(f->chunk_count, 1);
    ck_assert_ptr_nonnull(strstr(log_text(), "x.md:3:"));
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 1);
}
END_TEST

START_TEST(test_front_matter_without_end)
{
    const rc_chapter_file *f = split("---\na: 1\n\ntext {{ x }}\n");
    ck_assert_ptr_null(f->front);
    ck_assert_uint_eq(f->chunk_count, 3);
    ck_assert_ptr_nonnull(strstr(log_text(), "x.md:1:1: error: front matter"));
}
END_TEST

static const struct {
    const char *text, *chunks, *says;
} unclosed[] = {
    {"a {{ b\nc", "T<a >T<\nc>", "x.md:1:3: error: '{{' without '}}'"},
    {"a {% if\n\nb %} c", "T<a >T<\n\nb %} c>",
     "x.md:1:3: error: '{%' without '%}'"},
    {"{{ a\n \t\nb }}", "T<\n \t\nb }}>", "x.md:1:1: error"},
    {"{% if x\n{% end %}\n", "T<\n>L<end>", "x.md:1:1: error"},
    {"{{ f({1) }\n", "T<\n>", "x.md:1:1: error"},
    {"{{", "", "x.md:1:1: error"},
    {"x {%", "T<x >", "x.md:1:3: error"},
};

START_TEST(test_unclosed)
{
    ck_assert_str_eq(chunks_of(unclosed[_i].text), unclosed[_i].chunks);
    ck_assert_ptr_nonnull(strstr(log_text(), unclosed[_i].says));
    ck_assert_ptr_nonnull(strstr(log_text(), "[unclosed-tag]"));
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 1);
}
END_TEST

/* `count` letters between two texts. */
static const char *
with_letters(const char *before, int count, const char *after)
{
    rc_buf b = {0};
    rc_buf_z(&b, before);
    for (int i = 0; i < count; i++)
        rc_buf_char(&b, i % 80 == 79 ? '\n' : 'x');
    rc_buf_z(&b, after);
    const char *out = rc_str_cz(arena, rc_buf_str(&b));
    rc_buf_free(&b);
    return out;
}

START_TEST(test_longest_tag)
{
    /* 2,046 bytes and a blank at either side are just short enough */
    const rc_chapter_file *f = split(with_letters("a {{ ", 2044, " }} b"));
    ck_assert_uint_eq(f->chunk_count, 3);
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 0);
    ck_assert_str_eq(chunks_of(with_letters("a {{ ", 2060, " }} b")),
                     "T<a >T< b>");
    ck_assert_ptr_nonnull(strstr(log_text(), "x.md:1:3: error: a tag of 2062 "
                                             "bytes; at most 2048 may stand "
                                             "between '{{' and '}}'"));
    ck_assert_ptr_nonnull(strstr(log_text(), "[too-long]"));
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 1);
}
END_TEST

START_TEST(test_long_control)
{
    const rc_chapter_file *f =
        split(with_letters("{% set x = \"", 3000, "\" %}\nb\n"));
    ck_assert(f->broken);
    ck_assert_ptr_nonnull(strstr(log_text(), "between '{%' and '%}'"));
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 1);
}
END_TEST

START_TEST(test_long_and_open)
{
    /* the end that comes is another tag's */
    (void)split(with_letters("{{ ", 3000, "{{ y }}"));
    ck_assert_ptr_nonnull(strstr(log_text(), "x.md:1:1: error: '{{' without"));
    ck_assert_ptr_nonnull(strstr(log_text(), "within 2048 bytes"));
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 1);
}
END_TEST

START_TEST(test_placeholders_are_refused)
{
    /* U+F0000, U+FFFFD; their neighbours U+EFFFD and U+100000 are free */
    ck_assert_str_eq(chunks_of("a\xF3\xB0\x80\x80"
                               "b{{ x }}\xF3\xBF\xBF\xBD"),
                     "T<a>T<b>V<x>");
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 2);
    ck_assert_ptr_nonnull(strstr(log_text(), "x.md:1:2: error"));
    chunks_of("\n{{ '\xF3\xB0\x80\x80' }}");
    ck_assert_ptr_nonnull(strstr(log_text(), "x.md:2:5: error"));
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 3);
    const char *free_ones = "\xF3\xAF\xBF\xBD \xF4\x80\x80\x80";
    const rc_chapter_file *f = split(free_ones);
    ck_assert_uint_eq(f->chunk_count, 1);
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 3);
}
END_TEST

START_TEST(test_scalars)
{
    const char *yaml = "title: \"In {{ x }}: {{{{\"\nplain: {% a %}b\n";
    const rc_source *s = rc_source_make(arena, RC_LIT("r.yaml"),
                                        rc_str_z(yaml));
    size_t count;
    rc_span at = rc_span_make(s, 7, 25); /* with its quotes */
    const rc_chunk *c = rc_split_text(arena, RC_LIT("In {{ x }}: {{{{"), at,
                                      log_, &count);
    ck_assert_uint_eq(count, 4);
    ck_assert(rc_str_is(c[1].text, "x"));
    ck_assert_uint_eq(c[1].span.from, 14);
    ck_assert_uint_eq(c[1].span.to, 15);
    ck_assert(rc_str_is(c[3].text, "{{"));
    c = rc_split_text(arena, RC_LIT("{% a %}"), rc_span_make(s, 33, 41), log_,
                      &count);
    ck_assert_uint_eq(count, 1);
    ck_assert(!c[0].alone);
    ck_assert_uint_eq(c[0].span.from, 36);
    /* not as it reads in the file: all of it is the place */
    c = rc_split_text(arena, RC_LIT("folded {{ x }}"), at, log_, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_uint_eq(c[1].span.from, 7);
    ck_assert_uint_eq(c[1].span.to, 25);
    c = rc_split_text(arena, RC_LIT(""), rc_span_none(), log_, &count);
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(test_endless)
{
    static const char *const parts[] = {"{{ a ", "{% x\n", "{{ \" ", "{{{1}",
                                        "{{ x\n", "{% %}"};
    rc_buf b = {0};
    for (int i = 0; i < 20000; i++)
        rc_buf_z(&b, parts[_i]);
    rc_buf_char(&b, '\0');
    split(b.at);
    rc_buf_free(&b);
}
END_TEST

#define COUNT(x) (int)(sizeof(x) / sizeof *(x))

int
main(void)
{
    Suite *suite = suite_create("spec_split");
    TCase *t = tcase_create("split");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_loop_test(t, test_sound, 0, COUNT(sound));
    tcase_add_test(t, test_front_matter);
    tcase_add_test(t, test_mistakes_of_front_matter);
    tcase_add_test(t, test_front_matter_without_end);
    tcase_add_loop_test(t, test_unclosed, 0, COUNT(unclosed));
    tcase_add_test(t, test_longest_tag);
    tcase_add_test(t, test_long_control);
    tcase_add_test(t, test_long_and_open);
    tcase_add_test(t, test_placeholders_are_refused);
    tcase_add_test(t, test_scalars);
    tcase_add_loop_test(t, test_endless, 0, 6);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
