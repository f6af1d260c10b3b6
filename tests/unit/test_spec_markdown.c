/* Markdown: the tree, the place of every node, and what cmark keeps silent
 * about. Trees are written as in `h1#id(text "Title")`. */
#include "spec/markdown.h"
#include "spec/split.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define P0 "\xF3\xB0\x80\x80" /* the first two placeholders */
#define P1 "\xF3\xB0\x80\x81"

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

static const rc_md *
parse(const char *text)
{
    const rc_source *s = rc_source_make(arena, RC_LIT("x.md"), rc_str_z(text));
    rc_piece whole = {.len = (uint32_t)s->text.len};
    rc_md_origin *o = RC_MAKE(arena, rc_md_origin);
    rc_piece *p = RC_MAKE(arena, rc_piece);
    *p = whole;
    o->pieces = (rc_pieces){s, p, 1};
    return rc_markdown(arena, s->text, o, 1, log_);
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

static const char *
name_of(rc_md_kind kind)
{
    switch (kind) {
    case RC_MD_DOCUMENT: return "doc";
    case RC_MD_HEADING: return "h";
    case RC_MD_PARAGRAPH: return "p";
    case RC_MD_LIST: return "list";
    case RC_MD_ITEM: return "item";
    case RC_MD_BLOCK_QUOTE: return "quote";
    case RC_MD_FENCE: return "fence";
    case RC_MD_TABLE: return "table";
    case RC_MD_ROW: return "row";
    case RC_MD_CELL: return "cell";
    case RC_MD_RULE: return "rule";
    case RC_MD_TEXT: return "";
    case RC_MD_BREAK: return "br";
    case RC_MD_EMPH: return "em";
    case RC_MD_STRONG: return "strong";
    case RC_MD_CODE: return "code";
    case RC_MD_LINK: return "a";
    case RC_MD_NOTE_REF: return "note";
    }
    return "?";
}

static void
add_tree(rc_buf *b, const rc_md_node *n)
{
    rc_buf_z(b, name_of(n->kind));
    if (n->kind == RC_MD_HEADING)
        rc_buf_printf(b, "%d", n->level);
    if (n->kind == RC_MD_LIST)
        rc_buf_printf(b, "%s%s%d", n->ordered ? "-ordered" : "",
                      n->tight ? "-tight" : "", n->start);
    if (n->kind == RC_MD_ROW && n->header)
        rc_buf_z(b, "-head");
    if (n->kind == RC_MD_NOTE_REF)
        rc_buf_printf(b, "%d", n->note);
    if (n->align)
        rc_buf_printf(b, "-%c", n->align);
    if (n->id.len)
        rc_buf_printf(b, "#%.*s", RC_STR(n->id));
    if (n->kind == RC_MD_LINK)
        rc_buf_printf(b, "<%.*s|%.*s>", RC_STR(n->url), RC_STR(n->title));
    if (n->kind == RC_MD_FENCE)
        rc_buf_printf(b, "<%.*s>", RC_STR(n->info));
    if (n->kind == RC_MD_TEXT || n->kind == RC_MD_CODE
        || n->kind == RC_MD_FENCE)
        rc_buf_printf(b, "'%.*s'", RC_STR(n->text));
    if (n->first)
        rc_buf_char(b, '(');
    for (const rc_md_node *c = n->first; c; c = c->next) {
        ck_assert_ptr_eq(c->parent, n);
        if (c != n->first)
            rc_buf_char(b, ' ');
        add_tree(b, c);
    }
    if (n->first)
        rc_buf_char(b, ')');
}

static const char *
tree_of(const rc_md_node *n)
{
    rc_buf b = {0};
    add_tree(&b, n);
    const char *out = rc_str_cz(arena, rc_buf_str(&b));
    rc_buf_free(&b);
    return out;
}

static rc_str
there(rc_span span)
{
    return rc_str_part(span.source->text, span.from, span.to);
}

/* The nth node of this kind, in order of the text. */
static const rc_md_node *
find(const rc_md_node *n, rc_md_kind kind, int *nth)
{
    if (n->kind == kind && (*nth)-- == 0)
        return n;
    for (const rc_md_node *c = n->first; c; c = c->next) {
        const rc_md_node *found = find(c, kind, nth);
        if (found)
            return found;
    }
    return NULL;
}

static const rc_md_node *
node(const rc_md *md, rc_md_kind kind, int nth)
{
    const rc_md_node *n = find(md->document, kind, &nth);
    ck_assert_ptr_nonnull(n);
    return n;
}

static void
expect_place(const rc_md *md, rc_md_kind kind, int nth, const char *text)
{
    rc_str s = there(node(md, kind, nth)->span);
    ck_assert_msg(rc_str_is(s, text), "'%.*s' is not '%s'", RC_STR(s), text);
}

static const struct {
    const char *text, *tree;
} sound[] = {
    {"", "doc"},
    {"# Title {#over_view-1.a:b}\n", "doc(h1#over_view-1.a:b('Title'))"},
    {"### *A* b  {#x}  \n", "doc(h3#x(em('A') ' b'))"},
    {"# {#x}\n", "doc(h1#x(''))"},
    {"## " P0 " {#team-" P1 "}\n", "doc(h2#team-" P1 "('" P0 "'))"},
    {"Set\n===\n\n# A \\{#x}\n", "doc(h1('Set') h1('A {#x}'))"},
    {"a\nb\\\nc  \nd\n", "doc(p('a' ' ' 'b' br 'c' br 'd'))"},
    {"*a **b*** `c  d` \\*e\\* &amp; f\n",
     "doc(p(em('a ' strong('b')) ' ' code'c  d' ' *e* & f'))"},
    {"see [](#fig-x) and [](#rel \"page\"), [mot](lang:fr)\n",
     "doc(p('see ' a<#fig-x|> ' and ' a<#rel|page> ', ' "
     "a<lang:fr|>('mot')))"},
    {"<https://example.org/a>\n",
     "doc(p(a<https://example.org/a|>('https://example.org/a')))"},
    {"- a\n- b\n\n  c\n", "doc(list0(item(p('a')) item(p('b') p('c'))))"},
    {"3. a\n4. b\n", "doc(list-ordered-tight3(item(p('a')) item(p('b'))))"},
    {"> a\n> > b\n", "doc(quote(p('a') quote(p('b'))))"},
    {"a\n\n***\n", "doc(p('a') rule)"},
    {"```chart\nid: x\n  y: \"1\"\n```\n",
     "doc(fence<chart>'id: x\n  y: \"1\"\n')"},
    {"~~~\n~~~\n", "doc(fence<>'')"},
    {"| a | b |\n|:--|--:|\n| *x* | `y` |\n| z |\n",
     "doc(table(row-head(cell-l('a') cell-r('b')) "
     "row(cell-l(em('x')) cell-r(code'y')) row(cell-l('z') cell-r)))"},
    {"a|b\n-|:-:\nx \\| y|" P0 "\n",
     "doc(table(row-head(cell('a') cell-c('b')) "
     "row(cell('x | y') cell-c('" P0 "'))))"},
    /* not loaded, not smart */
    {"~~a~~ \"b\" -- c... www.example.org\n",
     "doc(p('~~a~~ \"b\" -- c... www.example.org'))"},
    {"[ ] a\n", "doc(p('[ ] a'))"},
    /* placeholders are letters to Markdown, wherever they stand */
    {"**" P0 "** _" P1 "_ a" P0 "b*c*\n",
     "doc(p(strong('" P0 "') ' ' em('" P1 "') ' a" P0 "b' em('c')))"},
    {P0 "\n---\n", "doc(h2('" P0 "'))"},
    {"[" P0 "](#x \"" P1 "\") `" P0 "`\n",
     "doc(p(a<#x|" P1 ">('" P0 "') ' ' code'" P0 "'))"},
    {"[x](" P0 ")\n", "doc(p(a<" P0 "|>('x')))"},
    {"```x " P0 "\n" P1 "\n```\n", "doc(fence<x " P0 ">'" P1 "\n')"},
    {"a\r\n\r\n- b\r\n\r\n```x\r\nk: v\r\n```\r\n",
     "doc(p('a') list-tight0(item(p('b'))) fence<x>'k: v\n')"},
    {"\\[^x] `[^x]` [^ x] [^] [^a b]\n",
     "doc(p('[^x] ' code'[^x]' ' [^ x] [^] [^a b]'))"},
};

START_TEST(test_tree)
{
    const rc_md *md = parse(sound[_i].text);
    ck_assert_str_eq(tree_of(md->document), sound[_i].tree);
    ck_assert_str_eq(log_text(), "");
    ck_assert_uint_eq(md->note_count, 0);
}
END_TEST

START_TEST(test_notes)
{
    const rc_md *md = parse("One[^b] two[^a] again[^b].\n\n"
                            "[^a]: First *line*\n"
                            "[^b]: Long\n\n"
                            "    ```chart\n    k: v\n    ```\n\n"
                            "end[^c]\n\n> [^c]: in a quote\n");
    ck_assert_str_eq(log_text(), "");
    ck_assert_uint_eq(md->note_count, 3);
    ck_assert_str_eq(tree_of(md->document->first),
                     "p('One' note0 ' two' note1 ' again' note0 '.')");
    ck_assert(rc_str_is(md->notes[0].label, "b"));
    ck_assert_str_eq(tree_of(md->notes[0].body),
                     "doc(p('Long') fence<chart>'k: v\n')");
    ck_assert_str_eq(tree_of(md->notes[1].body),
                     "doc(p('First ' em('line')))");
    ck_assert(rc_str_is(there(md->notes[1].span), "[^a]"));
    ck_assert(rc_str_is(there(md->notes[1].body->first->span),
                        "First *line*"));
    ck_assert(rc_str_is(there(md->notes[0].body->first->next->span),
                        "```chart\n    k: v\n    ```"));
    expect_place(md, RC_MD_NOTE_REF, 2, "[^b]");
}
END_TEST

static const struct {
    const char *text, *says;
    int errors;
} wrong[] = {
    {"a[^x] *b[^y]*\n", "x.md:1:2: error: footnote 'x' is not defined "
                        "[unknown-note]\n    1 | a[^x] *b[^y]*\n"
                        "      |  ^~~~\n",
     2},
    {"- a\n\n  | h |\n  |---|\n  | c[^x] |\n", "x.md:5:6: error: footnote 'x'",
     1},
    {"# T[^x]\n", "x.md:1:4: error: footnote 'x'", 1},
    {"a\n\n[^x]: b\n", "x.md:3:1: error: nothing refers to footnote 'x' "
                       "[unused-note]",
     1},
    {"a\n[^x]: b\n", "x.md:2:1: error: nothing refers to", 1},
    {"> [^x]: b\n", "x.md:1:3: error: nothing refers to", 1},
    {"a[^x]\n\n[^x]: b\n\n[^x]: c\n", "x.md:5:1: error: footnote 'x' is "
                                      "defined twice [doubled-note]",
     1},
    {"a[^x]\n\n[^x]: b[^y]\n\n[^y]: c\n", "x.md:3:8: error: a footnote cannot "
                                          "have a footnote [note-in-note]",
     1},
    {"a[^x]\n\n[^x]: me[^x]\n", "[note-in-note]", 1},
    {"a <b>c</b>\n", "x.md:1:3: error: HTML has no place here [raw-html]\n"
                     "    1 | a <b>c</b>\n      |   ^~~ ",
     2},
    {"a\n\n<div>\nb\n</div>\n", "x.md:3:1: error: HTML has no place", 1},
    {"<!-- hush -->\n", "[raw-html]", 1},
    {"a ![b](c.png \"d\") e\n", "x.md:1:3: error: a picture cannot stand in a "
                                "line [image-in-text]\n"
                                "    1 | a ![b](c.png \"d\") e\n"
                                "      |   ^~~~~~~~~~~~~~~ use",
     1},
    {"a\n\n    code\n", "x.md:3:5: error: a text indented by four is code to "
                        "Markdown [indented-code]",
     1},
    {"a\n\n```chart\nk: v\n", "x.md:3:1: error: this block is never closed "
                              "[unclosed-fence]\n    3 | ```chart\n"
                              "      | ^~~~~~~~ it ends with a line of ```",
     1},
    {"- ```x\n  k: v\n\na\n", "x.md:1:3: error: this block is never", 1},
    {"````x\n```\n", "it ends with a line of ````", 1},
    {"```", "[unclosed-fence]", 1},
    {"# A {#b c}\n", "x.md:1:5: error: '{#b c}' is no name for a heading "
                     "[heading-id]",
     1},
    {"# A {#}\n", "[heading-id]", 1},
    {"# A {#b\n", "[heading-id]", 1},
    {"# A {#b} c\n", "[heading-id]", 1},
    {"|a|b|\n|-|-|\n|1|2|3|\n", "x.md:3:6: error: the row has more than the 2 "
                                "cells of its head [table-row]",
     1},
    {"|a|b|\n|-|\n|1|2|\n", "x.md:2:1: error: no table: the line above has "
                            "not as many cells [table-head]",
     1},
};

START_TEST(test_wrong)
{
    parse(wrong[_i].text);
    expect_log(wrong[_i].says);
    ck_assert_msg(rc_log_count(log_, RC_ERROR) == (size_t)wrong[_i].errors,
                  "%s", log_text());
}
END_TEST

START_TEST(test_no_false_alarms)
{
    /* definitions that are none: in code, in the middle of a paragraph */
    parse("```x\n[^a]: b\n```\n\n`[^a]: b`\n\ntext\n     \\[^c]: d\n\n"
          "- x | y\n- |-|\n\nA row | of bars\n");
    ck_assert_str_eq(log_text(), "");
}
END_TEST

START_TEST(test_places)
{
    const rc_md *md = parse("# Head *one* &amp; two {#id}\n\n"
                            "> quote *a\n"
                            "> b* `c`\n"
                            ">\n"
                            "> 1. see [the\n"
                            ">    *fig*](#x \"page\") \\* **end**\n\n"
                            "before\n"
                            "| a | b |\n"
                            "|---|---|\n"
                            "| x \\| *y* | `z` |\n");
    expect_place(md, RC_MD_HEADING, 0, "# Head *one* &amp; two {#id}");
    expect_place(md, RC_MD_EMPH, 0, "*one*");
    expect_place(md, RC_MD_EMPH, 1, "*a\n> b*");
    expect_place(md, RC_MD_CODE, 0, "`c`");
    expect_place(md, RC_MD_LINK, 0, "[the\n>    *fig*](#x \"page\")");
    expect_place(md, RC_MD_EMPH, 2, "*fig*");
    expect_place(md, RC_MD_STRONG, 0, "**end**");
    expect_place(md, RC_MD_PARAGRAPH, 2, "before");
    expect_place(md, RC_MD_TABLE, 0,
                 "| a | b |\n|---|---|\n| x \\| *y* | `z` |");
    expect_place(md, RC_MD_CELL, 0, "a");
    expect_place(md, RC_MD_CELL, 2, "x \\| *y*");
    expect_place(md, RC_MD_EMPH, 3, "*y*");
    expect_place(md, RC_MD_CELL, 3, "`z`");
}
END_TEST

START_TEST(test_places_behind_link_definitions)
{
    const rc_md *md = parse("[ref]: /url \"t\"\nSecond [x][ref] *y*\n");
    expect_place(md, RC_MD_LINK, 0, "[x][ref]");
    expect_place(md, RC_MD_EMPH, 0, "*y*");
}
END_TEST

/* What an expanded chapter looks like: two files, a value, a loop. */
START_TEST(test_origins)
{
    const rc_source *a = rc_source_make(
        arena, RC_LIT("a.md"),
        RC_LIT("See {{ agree }} *now*.\n{% include %}\nend[^q]\n"));
    const rc_source *b = rc_source_make(
        arena, RC_LIT("b.md"),
        RC_LIT("{% for %}\n> ```x\n> k: {{ v }}\n> j: [1\n> ```\n{% end %}\n"));
    const char *text = "See " P0 " *now*.\n"           /* 0..17 a.md */
                       "> ```x\n> k: " P1 "\n> j: [1\n> ```\n" /* b.md */
                       "end[^q]\n";                    /* a.md */
    rc_str s = rc_str_z(text);
    uint32_t fence = (uint32_t)rc_str_find(s, "> ```x", 0);
    uint32_t tail = (uint32_t)rc_str_find(s, "end", 0);
    rc_piece first[] = {{0, 0, 4, NULL}, {4, 7, 0, NULL}, {8, 15, 8, NULL}};
    rc_piece second[] = {
        {fence, 10, 12, NULL},
        {fence + 12, 25, 0, NULL},
        {fence + 16, 29, 16, NULL},
    };
    rc_piece third[] = {{tail, 37, 8, NULL}};
    rc_md_origin origins[] = {
        {0, {a, first, 3}},
        {fence, {b, second, 3}},
        {tail, {a, third, 1}},
    };
    const rc_md *md = rc_markdown(arena, s, origins, 3, log_);
    expect_place(md, RC_MD_EMPH, 0, "*now*");
    const rc_md_node *value = node(md, RC_MD_TEXT, 0);
    ck_assert(rc_str_is(value->text, "See " P0 " "));
    ck_assert(rc_str_is(there(value->span), "See {{ agree }} "));
    const rc_md_node *f = node(md, RC_MD_FENCE, 0);
    ck_assert_ptr_eq(f->span.source, b);
    ck_assert(rc_str_is(f->text, "k: " P1 "\nj: [1\n"));
    ck_assert_ptr_eq(f->pieces.source, b);
    rc_str v = there(rc_pieces_span(&f->pieces, 3, 7));
    ck_assert_msg(rc_str_is(v, " v }}") || rc_str_is(v, "v }}"), "'%.*s'",
                  RC_STR(v));
    ck_assert(rc_str_is(there(rc_pieces_span(&f->pieces, 8, 9)), "j"));
    ck_assert_ptr_null(rc_yaml_parse(arena, f->text, &f->pieces, log_));
    expect_log("b.md:4:6: note: while parsing a flow sequence");
    expect_log("a.md:3:4: error: footnote 'q' is not defined");
}
END_TEST

START_TEST(test_fence_lines_lead_back)
{
    const rc_md *md = parse("1. a\n\n"
                            "   > ~~~~ chart\n"
                            "   > id: x\n"
                            "   >\n"
                            "   >   typ: y\n"
                            "   > ~~~~\n");
    const rc_md_node *f = node(md, RC_MD_FENCE, 0);
    ck_assert(rc_str_is(f->info, "chart"));
    ck_assert(rc_str_is(f->text, "id: x\n\n  typ: y\n"));
    size_t at = rc_str_find(f->text, "typ", 0);
    rc_span span = rc_pieces_span(&f->pieces, at, at + 3);
    ck_assert(rc_str_is(there(span), "typ"));
    size_t line, column;
    rc_span_place(span, &line, &column);
    ck_assert_uint_eq(line, 6);
    ck_assert_uint_eq(column, 8);
    ck_assert_str_eq(log_text(), "");
}
END_TEST

START_TEST(test_fence_in_crlf_leads_back)
{
    const rc_md *md = parse("a\r\n\r\n```x\r\nk: v\r\n  j: w\r\n```\r\n");
    const rc_md_node *f = node(md, RC_MD_FENCE, 0);
    size_t at = rc_str_find(f->text, "j", 0);
    ck_assert(rc_str_is(there(rc_pieces_span(&f->pieces, at, at + 4)),
                        "j: w"));
}
END_TEST

static const char *
repeated(const char *part, int count, const char *end)
{
    rc_buf b = {0};
    for (int i = 0; i < count; i++)
        rc_buf_z(&b, part);
    rc_buf_z(&b, end);
    const char *out = rc_str_cz(arena, rc_buf_str(&b));
    rc_buf_free(&b);
    return out;
}

START_TEST(test_deep)
{
    parse(repeated("> ", 30000, "a\n"));
    expect_log("nested more than 100 levels deep [nested-too-deep]");
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 1);
    tear_down();
    set_up();
    rc_str open = rc_str_z(repeated("*a **b ", 5000, ""));
    rc_str shut = rc_str_z(repeated("** *", 5000, "\n"));
    parse(rc_str_printf(arena, "%.*s%.*s", RC_STR(open), RC_STR(shut)).at);
    tear_down();
    set_up();
    parse(repeated("> ", 40, "- a *b **c***\n"));
    ck_assert_str_eq(log_text(), "");
}
END_TEST

START_TEST(test_endless)
{
    static const char *const parts[] = {
        "[", "*a ", "[a](", "`", "<b>", "&amp;", "[^a]", "[^a]: x\n", "|a",
        "![", "# {#\n", "\\", "- a\n  ", "|a|\n|-|\n", "\t", "[a]: b\n",
        P0, "~~~\n",
    };
    parse(repeated(parts[_i], 20000, "\n"));
}
END_TEST

START_TEST(test_no_origins)
{
    const rc_md *md = rc_markdown(arena, RC_LIT("a <b> *c*\n\n```x\nk\n```\n"),
                                  NULL, 0, log_);
    ck_assert_ptr_null(md->document->span.source);
    ck_assert_ptr_null(node(md, RC_MD_FENCE, 0)->pieces.source);
    expect_log("recto: error: HTML has no place here");
}
END_TEST

#define COUNT(x) (int)(sizeof(x) / sizeof *(x))

int
main(void)
{
    Suite *suite = suite_create("spec_markdown");
    TCase *t = tcase_create("markdown");
    tcase_set_timeout(t, 20);
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_loop_test(t, test_tree, 0, COUNT(sound));
    tcase_add_test(t, test_notes);
    tcase_add_loop_test(t, test_wrong, 0, COUNT(wrong));
    tcase_add_test(t, test_no_false_alarms);
    tcase_add_test(t, test_places);
    tcase_add_test(t, test_places_behind_link_definitions);
    tcase_add_test(t, test_origins);
    tcase_add_test(t, test_fence_lines_lead_back);
    tcase_add_test(t, test_fence_in_crlf_leads_back);
    tcase_add_test(t, test_deep);
    tcase_add_loop_test(t, test_endless, 0, 18);
    tcase_add_test(t, test_no_origins);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
