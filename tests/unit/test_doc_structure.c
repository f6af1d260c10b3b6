/* Parts, chapters, repetition, numbers, references, notes, control. */
#include "test_doc_case.h"

START_TEST(numbers_and_contents)
{
    doc_file files[] = {
        { "chapters/f.md", "# Foreword {#f}\n\n## Not numbered\n\n"
                           "```contents\nof: chapters\n```\n"
                           "```contents\nof: figures\n```\n" },
        { "chapters/a.md",
          "# First {#first}\n\n## One {#one}\n\n### Side {#side}\n\n"
          "See [](#one), [](#first), [](#app), [](#fig), [](#side), "
          "[](#f), [](#fig \"page\") and [words](#fig). [](#one) begins.\n\n"
          "```chart\nid: fig\nquestion: overall\nheadline: Fine\n```\n" },
        { "chapters/r.md", "# Regions {#regions}\n" },
        { "chapters/region.md", "# {{ group.name }} {#region}\n\n## Deep\n\n"
                                "```chart\nid: fig\nquestion: roles\n"
                                "headline: Here\n```\n"
                                "[](#fig) of [](#region).\n" },
        { "chapters/b.md", "# Last {#app}\n\n[](#fig-north)\n" },
        { NULL, NULL },
    };
    doc_case c = doc_bind(
        "chapters:\n  front: [f.md]\n  body:\n    - a.md\n"
        "    - {file: r.md, opening: divider, each: {group: region, file: "
        "region.md, opening: region}}\n  back: [b.md]\n",
        files);
    doc_clean(&c);
    doc_has(c.dump, "section depth=1 opening=plain in-contents Foreword #f\n");
    doc_has(c.dump, "heading 2 Not numbered #");
    doc_has(c.dump, "heading 2 1.1 One #one\n");
    doc_has(c.dump,
            "See [section~1.1](#one), [chapter~1](#first), "
            "[Appendix~A](#app), [Figure~1.1](#fig), [Side](#side), "
            "[Foreword](#f), [page~](#fig)[?](#fig) and [words](#fig). "
            "[Section~1.1](#one) begins.");
    doc_has(c.dump, "section depth=2 opening=region counts in-contents 2.1 "
                    "London #region-london\n");
    doc_has(c.dump, "heading 2 2.3.1 Deep #");
    /* ids of a repeated file are its own; figures count through a chapter */
    doc_has(c.dump, "paragraph [Figure~2.3](#fig-north) of "
                    "[section~2.3](#region-north).\n");
    doc_has(c.dump, "section depth=1 opening=plain in-contents A Last #app\n"
                    "  paragraph [Figure~2.3](#fig-north)\n");
    doc_has(c.dump, "  contents chapters\n    entry 1 - Foreword #f\n"
                    "    entry 1 1 First #first\n    entry 2 1.1 One #one\n"
                    "    entry 1 2 Regions #regions\n"
                    "    entry 2 2.1 London #region-london\n");
    doc_lacks(c.dump, "entry 3");
    doc_has(c.dump, "  contents figures\n    entry 0 1.1 Fine #fig\n"
                    "    entry 0 2.1 Here #fig-london\n");
    doc_has(c.dump, "  entry 2 2.4 South of England #region-south\n");
    doc_done(&c);
}
END_TEST

START_TEST(two_levels_of_each)
{
    doc_file files[] = {
        { "chapters/a.md", "# Areas\n" },
        { "chapters/r.md", "# {{ group.name }}\n" },
        { "chapters/t.md", "# {{ group.name }}\n\n{{ group.parent.name }}\n" },
        { NULL, NULL },
    };
    doc_case c = doc_bind(
        "chapters: {body: [{file: a.md, each: {group: region, file: r.md, "
        "each: {group: area_team, file: t.md, opening: section, in-contents: "
        "true}}}]}\n",
        files);
    doc_clean(&c);
    doc_has(c.dump, "opening=section counts in-contents 1.3.4 Greater "
                    "Manchester #");
    ck_assert_uint_eq(c.doc->section_count, 1 + 4 + 27);
    /* heads of pages name the second level at the most */
    const rc_section *last = &c.doc->sections[31];
    ck_assert(rc_str_is(last->fields[0].name, "chapter.number"));
    ck_assert(rc_str_is(last->fields[0].value, "1.4"));
    ck_assert(rc_str_is(last->fields[1].value, "South of England"));
    doc_done(&c);
}
END_TEST

START_TEST(control)
{
    doc_file files[] = {
        { "chapters/one.md",
          "# One\n\n{% set n = 2 %}\n"
          "{% for r in groups \"region\" %}\n"
          "{% if r.counts %}\n- small: {{ r.name }}\n"
          "{% elseif r.key == \"north\" %}\n- north: {{ digits(n) }}\n"
          "{% else %}\n- {{ r.short_name }}\n{% end %}\n{% end %}\n\n"
          "{% include \"parts/more.md\" %}\n"
          "{% include? \"parts/none.md\" %}\n" },
        { "chapters/parts/more.md", "From *another* file: {{ digits(n) }}.\n" },
        { NULL, NULL },
    };
    doc_case c = doc_bind("chapters: {body: [one.md]}\n", files);
    doc_clean(&c);
    doc_has(c.dump,
            "  list\n    item\n      paragraph small: London\n"
            "    item\n      paragraph Midlands and East\n"
            "    item\n      paragraph north: 2\n"
            "    item\n      paragraph South\n"
            "  paragraph From _another_ file: 2.\n");
    doc_done(&c);
}
END_TEST

/* A loop may count; what it sets first, and its own variable, end with it. */
START_TEST(variables)
{
    doc_case c = doc_chapter(
        "# One\n\n{% set n = 0 %}{% set r = 7 %}\n"
        "{% for r in groups \"region\" %}{% set n = n + 1 %}{% set last = r.key "
        "%}{% end %}\n\n"
        "{{ digits(n) }}, {{ digits(r) }}, {{ last }}.\n");
    doc_has(c.said, "one.md:6:38: error: unknown name 'last'");
    ck_assert_uint_eq(rc_log_count(c.log, RC_ERROR), 1);
    doc_has(c.dump, "paragraph 4, 7, .\n");
    doc_done(&c);
}
END_TEST

/* A directive put together from two files: each mistake is told in its own. */
START_TEST(directive_of_two_files)
{
    doc_file files[] = {
        { "chapters/one.md",
          "# One\n\n```chart\nhedline: x\n{% include \"parts/keys.md\" %}\n"
          "groop: north\n```\n" },
        { "chapters/parts/keys.md", "question: overall\nnets:\n  - agre\n" },
        { NULL, NULL },
    };
    doc_case c = doc_bind("chapters: {body: [one.md]}\n", files);
    doc_has(c.said, "one.md:4:1: error: unknown key 'hedline'");
    doc_has(c.said, "parts/keys.md:3:5: error: the scale 'agree5' has no net "
                    "'agre'");
    doc_has(c.said, "one.md:6:1: error: unknown key 'groop'");
    ck_assert_uint_eq(rc_log_count(c.log, RC_ERROR), 3);
    doc_done(&c);
}
END_TEST

START_TEST(notes)
{
    doc_file files[] = {
        { "chapters/a.md", "# A[^x]\n\nText.[^y] Again.[^x]\n\n"
                           "[^x]: First {{ base(\"overall.at_effective\") }}.\n"
                           "[^y]: Second.\n" },
        { "chapters/b.md", "# B\n\nText.[^x]\n\n[^x]: Third.\n" },
        { NULL, NULL },
    };
    doc_case c = doc_bind("chapters: {body: [a.md, b.md]}\n", files);
    doc_clean(&c);
    doc_has(c.dump, "1 A[^1] #");
    doc_has(c.dump, "paragraph Text.[^2] Again.[^1]\n");
    doc_has(c.dump, "paragraph Text.[^3]\n");
    doc_has(c.dump, "footnote 1\n  paragraph First 273.\n"
                    "footnote 2\n  paragraph Second.\n"
                    "footnote 3\n  paragraph Third.\n");
    doc_done(&c);
}
END_TEST

START_TEST(group_at_hand)
{
    doc_file files[] = {
        { "chapters/a.md", "# A\n" },
        { "chapters/r.md", "# {{ group.name }}\n\n"
                           "{% if group.key == 'london' %}\n"
                           "```bars\nitem: overall.at_effective\n```\n"
                           "{% end %}\n" },
        { NULL, NULL },
    };
    doc_case c = doc_bind("chapters: {body: [{file: a.md, each: {group: "
                          "region, file: r.md}}]}\n", files);
    doc_clean(&c);
    /* London's own wording, counts, and nothing in per cent beside them */
    doc_has(c.dump, "bars stacked counted\n");
    doc_has(c.dump, "bar **Our NHS England team works effectively with us to "
                    "enable us to do a great job**, number answering | "
                    "1 10 6 7 4 . | Region (28**)\n");
    doc_lacks(c.dump, "England (273)");
    doc_done(&c);
}
END_TEST

/* The response of the smallest team is reported with its neighbour's. */
START_TEST(reported_together)
{
    doc_case c = doc_chapter(
        "# One\n\n"
        "{{ agree(\"overall.at_effective\", \"at-north-west-london\") }}; "
        "{{ agree(\"overall.at_effective\", \"at-north-central-east-london\") "
        "}}.\n\n"
        "```bars\ngroup: at-north-west-london\nitem: overall.at_effective\n"
        "```\n");
    doc_clean(&c);
    doc_has(c.dump, "Four of the 12; four of the 12.");
    doc_has(c.dump, "NC & E London with NW London (12**)");
    doc_done(&c);
}
END_TEST

START_TEST(cover_and_fields)
{
    doc_case c = doc_chapter("# One\n\n{{ report.title }}, {{ "
                             "report.fieldwork }}.\n");
    doc_clean(&c);
    doc_has(c.dump, "field cover.title = A report\n");
    doc_has(c.dump, "field cover.line.2 = b\n");
    doc_has(c.dump, "A report, 9~October to 11~November 2013.");
    /* every closed statement is a band, the best balance first */
    ck_assert_uint_eq(c.doc->band_count, 43);
    ck_assert_int_eq((int)c.doc->bands[0].base, 273);
    ck_assert(rc_str_is(c.doc->bands[0].segments[0].value, "46"));
    ck_assert_uint_eq(c.doc->key_count, 6);
    ck_assert_int_eq(c.doc->keys[3].place, 1); /* tend to disagree: inner */
    ck_assert_int_eq(c.doc->keys[4].place, 0);
    doc_done(&c);
}
END_TEST

int
main(void)
{
    Suite *s = suite_create("doc_structure");
    TCase *t = tcase_create("all");
    tcase_add_test(t, numbers_and_contents);
    tcase_add_test(t, two_levels_of_each);
    tcase_add_test(t, control);
    tcase_add_test(t, variables);
    tcase_add_test(t, directive_of_two_files);
    tcase_add_test(t, notes);
    tcase_add_test(t, group_at_hand);
    tcase_add_test(t, reported_together);
    tcase_add_test(t, cover_and_fields);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
