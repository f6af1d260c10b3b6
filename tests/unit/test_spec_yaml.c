/* YAML: the tree, its places, every refusal; reading with errors. */
#include "spec/yaml.h"

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

static const rc_node *
parse(const char *text)
{
    return rc_yaml_source(
        arena, rc_source_make(arena, RC_LIT("x.yaml"), rc_str_z(text)), log_);
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

static void
expect_log(const char *words)
{
    const char *text = log_text();
    ck_assert_msg(strstr(text, words), "no \"%s\" in:\n%s", words, text);
}

static rc_str
there(const rc_node *n)
{
    return rc_str_part(n->span.source->text, n->span.from, n->span.to);
}

START_TEST(test_tree)
{
    const rc_node *n = parse("# comment\n"
                             "caf\xC3\xA9: \"a\\tb\"\n"
                             "list: [x, 'y', {k: v}]\n"
                             "block:\n"
                             "  - one two   # why\n"
                             "  - |\n"
                             "    lines\n"
                             "    more\n"
                             "empty:\n"
                             "last: 12\n");
    ck_assert_uint_eq(n->pair_count, 5);
    ck_assert(rc_str_is(n->pairs[0].key, "caf\xC3\xA9"));
    const rc_node *v = n->pairs[0].value;
    ck_assert(v->quoted);
    ck_assert(rc_str_is(v->scalar, "a\tb"));
    ck_assert(rc_str_is(there(v), "\"a\\tb\"")); /* bytes, not characters */
    const rc_node *list = rc_map_get(n, "list");
    ck_assert_uint_eq(list->item_count, 3);
    ck_assert(rc_str_is(there(list), "[x, 'y', {k: v}]"));
    ck_assert(!list->items[0]->quoted && list->items[1]->quoted);
    ck_assert(rc_str_is(there(list->items[2]), "{k: v}"));
    ck_assert(rc_str_is(rc_map_get(list->items[2], "k")->scalar, "v"));
    const rc_node *block = rc_map_get(n, "block");
    ck_assert(rc_str_is(there(block->items[0]), "one two"));
    ck_assert(rc_str_is(block->items[1]->scalar, "lines\nmore\n"));
    ck_assert(block->items[1]->quoted);
    const rc_node *empty = rc_map_get(n, "empty");
    ck_assert_int_eq(empty->kind, RC_NODE_SCALAR);
    ck_assert_uint_eq(empty->scalar.len, 0);
    ck_assert(!empty->quoted);
    ck_assert(rc_str_is(there(rc_map_get(n, "last")), "12"));
    ck_assert_ptr_null(rc_map_get(n, "lists"));
    ck_assert_ptr_null(rc_map_get(NULL, "x"));
    ck_assert_str_eq(log_text(), "");
}
END_TEST

START_TEST(test_nothing_is_an_empty_map)
{
    static const char *const texts[] = {"", "# only words\n", "---\n", "\n\n",
                                        "---\n...\n"};
    const rc_node *n = parse(texts[_i]);
    ck_assert_int_eq(n->kind, RC_NODE_MAP);
    ck_assert_uint_eq(n->pair_count, 0);
    ck_assert_str_eq(log_text(), "");
}
END_TEST

START_TEST(test_place_after_many_bytes)
{
    /* places stay right behind CR LF and behind characters of 2, 3, 4 bytes */
    const rc_node *n = parse("a: \xC3\xA9\xE2\x80\x93\r\n"
                             "\xF0\x9F\x98\x80: \xE2\x80\x93\r\n"
                             "b: [\xC3\xA9, here]\r\n");
    ck_assert(rc_str_is(there(n->pairs[1].value), "\xE2\x80\x93"));
    ck_assert(rc_str_is(there(rc_map_get(n, "b")->items[1]), "here"));
}
END_TEST

static const struct {
    const char *text, *says;
    bool tree; /* comes back all the same */
} refused[] = {
    {"a: [1, 2\nb: 3\n", "x.yaml:2:2: error: did not find expected ',' or "
                         "']' [yaml]",
     false},
    {"a: b: c\n", "x.yaml:1:5: error: mapping values are not allowed in this "
                  "context [yaml]",
     false},
    {"a: 1\n\tb: 2\n", "indent with spaces, not with tabs", false},
    {"a: 'x\n", "x.yaml:2:1: error: found unexpected end of stream", false},
    {"a: @x\n", "x.yaml:1:4: error: found character that cannot start", false},
    {"\xC3\xA9: \x01\n", "x.yaml:1:4: error: control characters are not "
                         "allowed [yaml]",
     false},
    {"a: 1\nb: 2\na: 3\n", "x.yaml:3:1: error: doubled key 'a' [yaml]", true},
    {"a: 1\nb: 2\na: 3\n", "x.yaml:1:1: note: first given here", true},
    {"a: &x 1\n", "x.yaml:1:4: error: anchors are not supported", true},
    {"a: &x 1\nb: *x\n", "x.yaml:2:4: error: aliases are not supported", true},
    {"a: !int 1\n", "x.yaml:1:4: error: tags are not supported", true},
    {"a: !!str 1\n", "x.yaml:1:4: error: tags are not supported", true},
    {"a: 1\n---\nb: 2\n", "x.yaml:2:1: error: a second document", true},
    {"? [a]\n: b\n", "expected a name as the key, found a list", true},
};

START_TEST(test_refused)
{
    const rc_node *n = parse(refused[_i].text);
    expect_log(refused[_i].says);
    ck_assert_int_eq(n ? 1 : 0, refused[_i].tree ? 1 : 0);
}
END_TEST

START_TEST(test_first_of_doubled_keys_counts)
{
    const rc_node *n = parse("z: 1\na: 2\nz: 3\nb: 4\nz: 5\n");
    ck_assert_uint_eq(n->pair_count, 3);
    ck_assert(rc_str_is(n->pairs[0].value->scalar, "1"));
    ck_assert(rc_str_is(n->pairs[1].key, "a"));
    ck_assert(rc_str_is(n->pairs[2].key, "b"));
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 2);
}
END_TEST

static const char *
repeated(const char *part, int count)
{
    rc_buf b = {0};
    for (int i = 0; i < count; i++)
        rc_buf_z(&b, part);
    const char *out = rc_str_cz(arena, rc_buf_str(&b));
    rc_buf_free(&b);
    return out;
}

START_TEST(test_deep)
{
    static const char *const parts[] = {"[", "{a: ", "- ", "? "};
    ck_assert_ptr_null(parse(repeated(parts[_i], 20000)));
    expect_log("nested more than 100 levels deep");
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 1);
    tear_down();
    set_up();
    rc_str open = rc_str_z(repeated("[", 90)), shut = rc_str_z(
                                                     repeated("]", 90));
    ck_assert_ptr_nonnull(parse(
        rc_str_printf(arena, "%.*s%.*s", RC_STR(open), RC_STR(shut)).at));
    ck_assert_str_eq(log_text(), "");
}
END_TEST

START_TEST(test_pieces)
{
    /*                       0123456789 */
    const rc_source *s = rc_source_make(
        arena, RC_LIT("x.md"), RC_LIT("> items: {{ x }}\n> b: [u, v\n"));
    /* "items: P\nb: [u, v\n", where P is one character for {{ x }} */
    rc_piece at[] = {
        {.there = 0, .from = 2, .len = 7},
        {.there = 7, .from = 12, .len = 0},
        {.there = 11, .from = 16, .len = 1},
        {.there = 12, .from = 19, .len = 9},
    };
    rc_pieces p = {s, at, 4};
    rc_span span = rc_pieces_span(&p, 7, 11);
    ck_assert_uint_eq(span.from, 12); /* the expression, to what follows */
    ck_assert_uint_eq(span.to, 16);
    span = rc_pieces_span(&p, 2, 4);
    ck_assert_uint_eq(span.from, 4);
    ck_assert_uint_eq(span.to, 6);
    span = rc_pieces_span(&p, 12, 13);
    ck_assert_uint_eq(span.from, 19);
    ck_assert_uint_eq(span.to, 20);
    span = rc_pieces_span(&p, 900, 901);
    ck_assert_uint_eq(span.from, 28);
    rc_pieces none = {0};
    ck_assert_ptr_null(rc_pieces_span(&none, 1, 2).source);
    rc_str text = RC_LIT("items: \xF3\xB0\x80\x80\nb: [u, v\n");
    ck_assert_ptr_null(rc_yaml_parse(arena, text, &p, log_));
    expect_log("x.md:3:1: error: did not find expected ',' or ']'");
    text = RC_LIT("items: \xF3\xB0\x80\x80\nb: [u, v]");
    const rc_node *n = rc_yaml_parse(arena, text, &p, log_);
    ck_assert(rc_str_is(rc_map_get(n, "items")->scalar, "\xF3\xB0\x80\x80"));
    ck_assert(rc_str_is(there(rc_map_get(n, "b")->items[1]), "v"));
}
END_TEST

START_TEST(test_loops_lead_back)
{
    /* the second turn of a loop stands where the first does */
    const rc_source *s = rc_source_make(arena, RC_LIT("x.md"),
                                        RC_LIT("head\n- x\ntail\n"));
    rc_piece at[] = {{0, 0, 5, NULL}, {5, 5, 4, NULL}, {9, 5, 4, NULL}, {13, 9, 5, NULL}};
    rc_pieces p = {s, at, 4};
    rc_span span = rc_pieces_span(&p, 11, 12);
    ck_assert_uint_eq(span.from, 7);
    ck_assert_uint_eq(span.to, 8);
    span = rc_pieces_span(&p, 7, 11); /* over the turn */
    ck_assert_uint_eq(span.from, 7);
    ck_assert_uint_gt(span.to, 7);
    ck_assert_uint_le(span.to, 9);
}
END_TEST

START_TEST(test_read)
{
    const rc_node *n = parse("s: text\ni: -12\nr: 0.5\nt: yes\nf: off\n"
                             "l: 10.5\nq: 'true'\nc: ranked\nn:\n");
    rc_str s = RC_LIT("kept");
    int64_t i = 1;
    double r = 1;
    bool b = false;
    rc_len l = 1;
    static const char *const choices[] = {"stacked", "ranked", NULL};
    ck_assert(rc_map_str(n, "s", &s, log_) && rc_str_is(s, "text"));
    ck_assert(rc_map_str(n, "i", &s, log_) && rc_str_is(s, "-12"));
    ck_assert(rc_map_str(n, "n", &s, log_) && s.len == 0);
    ck_assert(rc_map_int(n, "i", &i, log_) && i == -12);
    ck_assert(rc_map_real(n, "r", &r, log_));
    ck_assert_double_eq(r, 0.5);
    ck_assert(rc_map_bool(n, "t", &b, log_) && b);
    ck_assert(rc_map_bool(n, "f", &b, log_) && !b);
    ck_assert(rc_map_len(n, "l", &l, log_) && l == RC_LEN(10.5));
    ck_assert_int_eq(rc_map_choice(n, "c", choices, log_), 1);
    ck_assert(rc_node_is_true(rc_map_get(n, "t")));
    ck_assert(!rc_node_is_true(rc_map_get(n, "q"))); /* quoted is text */
    ck_assert(!rc_node_is_true(NULL));
    /* what is missing is no error, and keeps its default */
    ck_assert(!rc_map_int(n, "none", &i, log_) && i == -12);
    ck_assert(!rc_map_str(n, "none", &s, log_));
    ck_assert_int_eq(rc_map_choice(n, "none", choices, log_), -1);
    ck_assert_str_eq(log_text(), "");
    ck_assert_ptr_null(rc_map_need(n, "none", log_));
    expect_log("x.yaml:1:1: error: missing key 'none' [missing-key]");
}
END_TEST

START_TEST(test_read_wrongly)
{
    const rc_node *n = parse("a: x\nb: '12'\nc: [1]\nd: {k: v}\ne:\n"
                             "f: 2.5\ng: 3000000\nh: maybe\ni: rankd\n");
    static const char *const choices[] = {"stacked", "ranked", NULL};
    int64_t i = 7;
    double r = 7;
    bool b = true;
    rc_len l = 7;
    rc_str s = RC_LIT("kept");
    ck_assert(!rc_map_int(n, "a", &i, log_));
    ck_assert(!rc_map_int(n, "b", &i, log_));
    ck_assert(!rc_map_int(n, "f", &i, log_));
    ck_assert(!rc_map_real(n, "e", &r, log_));
    ck_assert(!rc_map_str(n, "c", &s, log_));
    ck_assert(!rc_map_bool(n, "h", &b, log_));
    ck_assert(!rc_map_len(n, "d", &l, log_));
    ck_assert(!rc_map_len(n, "g", &l, log_));
    ck_assert_int_eq(rc_map_choice(n, "i", choices, log_), -1);
    ck_assert(i == 7 && r > 6.9 && b && l == 7 && rc_str_is(s, "kept"));
    expect_log("1:4: error: expected a whole number, found 'x' [wrong-kind]");
    expect_log("2:4: error: expected a whole number, found '12'");
    expect_log("6:4: error: expected a whole number, found '2.5'");
    expect_log("5:3: error: expected a number, found nothing");
    expect_log("3:4: error: expected a text, found a list");
    expect_log("8:4: error: expected true or false, found 'maybe'");
    expect_log("4:4: error: expected a length in points, found a map");
    expect_log("7:4: error: expected at most a million points");
    expect_log("9:4: error: 'rankd' is no value of 'i' [unknown-choice]");
    expect_log("did you mean 'ranked'?");
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 9);
}
END_TEST

START_TEST(test_known)
{
    static const char *const keys[] = {"question", "headline", "type", NULL};
    rc_map_known(parse("question: a\ntype: b\n"), keys, "a chart", log_);
    rc_map_known(NULL, keys, "a chart", log_);
    ck_assert_str_eq(log_text(), "");
    rc_map_known(parse("question: a\nheadlin: b\nzzz: c\n"), keys, "a chart",
                 log_);
    expect_log("x.yaml:2:1: error: unknown key 'headlin' of a chart "
               "[unknown-key]\n    2 | headlin: b\n      | ^~~~~~~ did you "
               "mean 'headline'?");
    expect_log("choose 'question', 'headline' or 'type'");
    rc_map_known(parse("- a\n"), keys, "a chart", log_);
    expect_log("expected a map, found a list");
    rc_map_known(parse("words"), keys, "a chart", log_);
    expect_log("expected a map, found 'words'");
}
END_TEST

#define COUNT(x) (int)(sizeof(x) / sizeof *(x))

int
main(void)
{
    Suite *suite = suite_create("spec_yaml");
    TCase *t = tcase_create("yaml");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, test_tree);
    tcase_add_loop_test(t, test_nothing_is_an_empty_map, 0, 5);
    tcase_add_test(t, test_place_after_many_bytes);
    tcase_add_loop_test(t, test_refused, 0, COUNT(refused));
    tcase_add_test(t, test_first_of_doubled_keys_counts);
    tcase_add_loop_test(t, test_deep, 0, 4);
    tcase_add_test(t, test_pieces);
    tcase_add_test(t, test_loops_lead_back);
    tcase_add_test(t, test_read);
    tcase_add_test(t, test_read_wrongly);
    tcase_add_test(t, test_known);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
