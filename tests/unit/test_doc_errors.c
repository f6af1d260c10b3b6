/* Every mistake an author can make here, with its place. */
#include "test_doc_case.h"

/* A chapter with one mistake says this, once, and nothing else. */
static void
says(const char *chapter, const char *what)
{
    doc_case c = doc_chapter(chapter);
    ck_assert_msg(rc_log_count(c.log, RC_WARNING) == 1, "%s\n%s", chapter,
                  c.said);
    doc_has(c.said, what);
    doc_done(&c);
}

START_TEST(directives)
{
    says("# A\n\n```chrt\nquestion: overall\n```\n",
         "one.md:3:1: error: unknown directive 'chrt' [unknown-directive]");
    says("# A\n\n```chart\nqestion: overall\nitems: [overall.at_effective]\n"
         "headline: x\n```\n",
         "one.md:4:1: error: unknown key 'qestion'");
    says("# A\n\n```chart\nquestion: overal\nheadline: x\n```\n",
         "one.md:4:11: error: unknown question 'overal' [unknown-question]");
    says("# A\n\n```chart\nitems: [overall.at_efective]\nheadline: x\n```\n",
         "did you mean 'overall.at_effective'?");
    says("# A\n\n```chart\nheadline: x\n```\n",
         "one.md:3:1: error: 'chart' needs question or items [missing-key]");
    says("# A\n\n```chart\ngroup: sauth\nquestion: overall\n```\n",
         "one.md:4:8: error: unknown group 'sauth' [unknown-group]");
    says("# A\n\n```chart\nquestion: overall\nheadline: x\nnets: [agre]\n"
         "```\n",
         "one.md:6:8: error: the scale 'agree5' has no net 'agre' "
         "[unknown-net]");
    says("# A\n\n```chart\nquestion: overall\n```\n",
         "one.md:3:1: warning: 'chart' has no headline [no-headline]");
    says("# A\n\n```chart\nquestion: overall\ntype: pie\n```\n",
         "one.md:5:7: error: ");
    says("# A\n\n```chart\nquestion: overall\nchart: 7\nheadline: x\n```\n",
         "one.md:5:8: error: 'overall' has no items of chart '7'");
    says("# A\n\n```chart\nquestion: support_needs\nheadline: x\n"
         "type: trend\n```\n", "a trend needs waves");
    says("# A\n\n```chart\nquestion: [\n```\n", "[yaml]");
    says("# A\n\n```chart\ntype: ranked\nquestion: specialised\n"
         "themes: [communication_week]\nheadline: x\n```\n",
         "did you mean 'communication_weak'?");
    says("# A\n\n```table\nheadline: x\nbody: |\n  no table\n```\n",
         "this is no Markdown table [table]");
    says("# A\n\n```tolerance\nheadline: x\ngroups: [whole]\n"
         "example: {group: north, share: 30}\n```\n",
         "one.md:6:10: error: the example is no cell of its own table");
    says("# A\n\n```bars\nitem: support_needs.boards\n```\n",
         "has no scale with two sides");
    says("# A\n\n```lead\nOne.\n\nTwo.\n```\n", "a lead is one paragraph");
}
END_TEST

/* Lists from expressions hold items and groups, or their keys as text; what is
 * neither, unknown, or nothing at all is told where the list stands. */
START_TEST(lists)
{
    says("# A\n\n{% set x = {\"overall.at_efective\"} %}\n\n```chart\n"
         "items: {{ x }}\nheadline: x\n```\n",
         "one.md:6:11: error: unknown item 'overall.at_efective'");
    says("# A\n\n```glance\nitems: \"{{ {1} }}\"\nheadline: x\n```\n",
         "one.md:4:12: error: expected a list of items, found something else "
         "in it [wrong-kind]");
    says("# A\n\n```chart\nheadline: x\n"
         "items: {{ filter(items \"overall\", function() return false end) }}\n"
         "```\n",
         "one.md:5:11: error: there are no items in this list [empty-value]");
    says("# A\n\n```chart\ntype: dots\nquestion: overall\nheadline: x\n"
         "groups: {{ {\"nroth\"} }}\n```\n",
         "one.md:7:12: error: unknown group 'nroth' [unknown-group]");
    says("# A\n\n```chart\ntype: dots\nquestion: overall\nheadline: x\n"
         "groups: {{ {items \"overall\"} }}\n```\n",
         "one.md:7:12: error: expected a list of groups");
    says("# A\n\n```bars\nitem: overall.at_effective\ngroups: []\n```\n",
         "one.md:5:9: error: there are no groups in this list");
    says("# A\n\n```columns\nbody: \"\"\n```\n",
         "one.md:3:1: error: 'columns' has nothing to show [empty-value]");
}
END_TEST

START_TEST(reliability)
{
    says("# A\n\n{{ tolerance(\"north\", 30) }}\n\n```tolerance\n"
         "headline: x\ngroups: [whole]\n```\n",
         "one.md:3:4: error: no table of this report has the tolerance of "
         "'north' at 30 per cent [table]");
    says("# A\n\n{{ tolerance(whole, 20) }}\n\n```tolerance\n"
         "headline: x\ngroups: [whole]\n```\n",
         "'england' at 20 per cent");
    says("# A\n\n{{ tolerance(\"london\", 30) }}\n",
         "too few answered in London for a tolerance [low-base]");
    says("# A\n\n{{ tolerance(whole, 130) }}\n",
         "expected a percentage between 0 and 100 [bad-argument]");
    says("# A\n\n```differences\nheadline: x\npairs: [[north, whole]]\n```\n",
         "one.md:5:9: error: 'north' and 'england' are not two groups: one "
         "holds the other [table]");
    says("# A\n\n```differences\nheadline: x\npairs: [[north, london]]\n"
         "```\n",
         "one.md:5:17: error: 'london' has a base below 30");
}
END_TEST

/* A key that is misspelt is not missing as well. */
START_TEST(told_once)
{
    says("# A\n\n```chart\nqestion: overall\nheadline: x\n```\n",
         "one.md:4:1: error: unknown key 'qestion'");
    says("# A\n\n```quotes\ncoments: [c095]\n```\n",
         "one.md:4:1: error: unknown key 'coments'");
    says("# A\n\n```findings\n- item: overall.at_effective\n  headng: x\n"
         "  words: agree\n  text: y\n```\n",
         "one.md:5:3: error: unknown key 'headng' of a finding");
    says("# A\n\n```bars\nitm: overall.at_effective\n```\n",
         "one.md:4:1: error: unknown key 'itm'");
}
END_TEST

START_TEST(comments)
{
    says("# A\n\n```quotes\ncomments: [c999]\n```\n",
         "one.md:4:12: error: unknown comment 'c999' [unknown-comment]");
    says("# A\n\n```quotes\ncomments: [c095]\n```\n"
         "```quotes\ncomments: [c095, c096]\n```\n",
         "one.md:7:12: error: comment 'c095' is printed twice "
         "[doubled-comment]");
    says("# A\n\n```quotes\ngroup: at-essex\ncomments: [c013]\n```\n",
         "one.md:5:12: error: comment 'c013' would print a role in 'at-essex' "
         "[role-and-place]");
    says("# A\n\n```quotes\nquestion: overall\ntheme: nonesuch\n```\n",
         "one.md:5:8: error: no comment on 'overall' has the theme 'nonesuch' "
         "[unknown-theme]");
    says("# A\n\n```quotes\nquestion: overal\n```\n",
         "one.md:4:11: error: unknown question 'overal' [unknown-question]");
    says("# A\n\n```quotes\ngroup: at-essex\nquestion: conditions\n```\n",
         "[no-comment]");
}
END_TEST

START_TEST(text)
{
    says("Text.\n", "one.md:1:1: error: the chapter has no title [no-title]");
    says("# A\n\n# B\n", "one.md:3:1: error: a chapter has one title");
    says("Before.\n\n# A\n",
         "one.md:1:1: error: this stands before the chapter's title [heading]");
    says("# A\n\n[](nonesuch)\n",
         "one.md:3:1: error: a link without words [reference]");
    says("# A\n\nLeads from {{ {} }} stand out.\n",
         "one.md:3:15: error: the expression gives nothing to print "
         "[empty-value]");
    says("# A\n\n##### B\n", "[heading]");
    says("# A\n\nSee [](#nonesuch).\n",
         "one.md:3:5: error: nothing has the id 'nonesuch' [unknown-id]");
    says("# A {#here}\n\n[](#hare \"page\")\n", "did you mean 'here'?");
    says("# A {#x}\n\n## B {#x}\n",
         "one.md:3:1: error: id 'x' is there twice [doubled-id]");
    says("# A\n\nThere were 64 of them in 2013/14.\n",
         "one.md:3:12: warning: '64' is typed by hand [typed-number]");
    says("# A\n\n> {{ 1 }} and 2.5 of B12\n",
         "one.md:3:15: warning: '2.5' is typed by hand");
    says("# A\n\n***\n", "[markdown]");
    says("# A\n\n{{ agre \"overall.at_effective\" }}\n",
         "one.md:3:4: error: ");
}
END_TEST

/* A note holds text: what does not fit is told, in lists too, and what does is
 * read all the same. */
START_TEST(note_content)
{
    doc_case c = doc_chapter("# A\n\nText[^x].\n\n[^x]: First.\n\n"
                             "    ```pagebreak\n    ```\n\n"
                             "    > quoted\n\n    #### Head\n\n"
                             "    - one\n\n      ```pagebreak\n      ```\n\n"
                             "    {{ agre \"x\" }}\n");
    doc_has(c.said, "one.md:7:5: error: a note can hold only paragraphs and "
                    "lists [note-content]");
    doc_has(c.said, "one.md:10:5: error: a note can hold");
    doc_has(c.said, "one.md:12:5: error: a note can hold");
    doc_has(c.said, "one.md:16:7: error: a note can hold");
    doc_has(c.said, "one.md:19:8: error: ");
    ck_assert_uint_eq(rc_log_count(c.log, RC_ERROR), 5);
    doc_has(c.dump, "paragraph First.");
    doc_done(&c);
}
END_TEST

START_TEST(control)
{
    says("# A\n\n{% if true %}\n", "one.md:3:4: error: 'if true' has no "
                                   "{% end %} [control]");
    says("# A\n\n{% end %}\n", "'end' without an 'if' or 'for' before it");
    says("# A\n\n{% else %}\n", "'else' without an 'if' before it");
    says("# A\n\n{% if true %}{% else %}{% else %}{% end %}\n", "[control]");
    says("# A\n\n{% fro x in groups \"region\" %}\n",
         "one.md:3:4: error: unknown control 'fro' [control]");
    says("# A\n\n{% for in groups \"region\" %}{% end %}\n",
         "a loop without a name and a list");
    says("# A\n\n{% set x %}\n", "nothing is set here");
    says("# A\n\n{% include \"none.md\" %}\n",
         "one.md:3:12: error: no file 'none.md' [missing-file]");
    says("# A\n\n{% include \"one.md\" %}\n", "one.md:3:12: error: 'one.md' is being read already: files "
         "include each other [control]");
    says("# A\n\n{% if nonesuch %}a{% else %}b{% end %}\n",
         "one.md:3:7: error: ");
}
END_TEST

START_TEST(front_matter)
{
    says("---\nbar: overall.at_efective\n---\n# A\n",
         "one.md:2:6: error: unknown item 'overall.at_efective'");
    says("---\nbra: x\n---\n# A\n", "one.md:2:1: error: unknown key 'bra'");
}
END_TEST

static void
report_says(const char *yaml, const char *what)
{
    doc_file files[] = { { "chapters/one.md", "# A\n" }, { NULL, NULL } };
    doc_case c = doc_bind(yaml, files);
    doc_has(c.said, what);
    ck_assert_msg(rc_log_count(c.log, RC_ERROR) == 1, "%s", c.said);
    doc_done(&c);
}

START_TEST(report)
{
    report_says("chaptrs: {body: [one.md]}\n",
                "error: unknown key 'chaptrs'");
    report_says("chapters: {boddy: [one.md]}\n",
                "error: the structure has no part 'boddy' [unknown-key]");
    report_says("chapters: {body: [none.md]}\n",
                "error: no chapter 'none.md' [missing-file]");
    report_says("chapters: {body: [{file: one.md, each: {group: regoin, file: "
                "one.md}}]}\n",
                "error: no group is of the kind 'regoin' [unknown-group]");
    report_says("chapters: {body: [{file: one.md, openning: x}]}\n",
                "unknown key 'openning'");
    report_says("partition: [region]\n", "a map of kinds");
}
END_TEST

/* All mistakes in one run, and what could not be bound breaks nothing. */
START_TEST(all_in_one_run)
{
    doc_case c = doc_chapter(
        "# A\n\n{{ agree \"nonesuch\" }} [](#no)\n\n```chart\nquestion: no\n"
        "```\n\n```nonesuch\n```\n\n{{ agree \"overall.at_effective\" }}\n");
    ck_assert_uint_eq(rc_log_count(c.log, RC_ERROR), 4);
    doc_has(c.dump, "paragraph Sixty-four per~cent\n");
    doc_done(&c);
}
END_TEST

int
main(void)
{
    Suite *s = suite_create("doc_errors");
    TCase *t = tcase_create("all");
    tcase_set_timeout(t, 30);
    tcase_add_test(t, directives);
    tcase_add_test(t, lists);
    tcase_add_test(t, reliability);
    tcase_add_test(t, told_once);
    tcase_add_test(t, comments);
    tcase_add_test(t, text);
    tcase_add_test(t, note_content);
    tcase_add_test(t, control);
    tcase_add_test(t, front_matter);
    tcase_add_test(t, report);
    tcase_add_test(t, all_in_one_run);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
