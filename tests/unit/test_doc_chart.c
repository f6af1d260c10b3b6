/* Directives on the sample's data. The figures of stacked charts are those
 * that the survey's report printed. */
#include "test_doc_case.h"

START_TEST(stacked)
{
    doc_case c = doc_chapter(
        "# One\n\n```chart\nid: fig\nquestion: overall\nheadline: It is "
        "{{ agree \"overall.at_effective\" }}\n```\n\n```data-tables\n```\n");
    doc_clean(&c);
    doc_has(c.dump, "chart stacked\n    number Figure 1.1\n    id fig\n"
                    "    headline It is 64%\n");
    doc_has(c.dump, "note **Base:** All responses (273); 9~October to "
                    "11~November 2013.\n");
    doc_has(c.dump, "note **Source:** The survey.\n");
    doc_has(c.dump, "relationship between NHS England and CCG. Overall,");
    doc_has(c.dump, "| 16 49 15 13 7 1 | 64 20\n");
    doc_has(c.dump, "The national team works effectively to enable our local "
                    "area team and us to do a great job | 1 12 34 24 14 14 | "
                    "14 38\n");
    doc_has(c.dump, "us to do a great job: Strongly agree 16, Tend to agree "
                    "49, Neither agree nor disagree 15, Tend to disagree 13, "
                    "Strongly disagree 7, Don\u2019t know 1; Agree 64, "
                    "Disagree 20.");
    /* 16 and 49 stand beside a net of 64 */
    doc_has(c.dump, "note Agree and Disagree are added before rounding");
    doc_has(c.dump, "data Data for Figure 1.1\n");
    doc_has(c.dump, "table dense\n    number Data for Figure 1.1\n");
    doc_has(c.dump, "back [Figure 1.1, page~](#fig)[?](#fig)\n");
    doc_done(&c);
}
END_TEST

/* Items and groups from an expression, or by their ids as text. */
START_TEST(lists_of_text)
{
    doc_case c = doc_chapter(
        "# One\n\n{% set shown = {\"overall.at_effective\"} %}\n\n"
        "```chart\nitems: \"{{ shown }}\"\nheadline: x\n```\n\n"
        "```glance\nitems: {{ shown }}\n"
        "groups: {{ {\"north\", groups[\"south\"]} }}\nheadline: x\n```\n");
    doc_clean(&c);
    doc_has(c.dump, "| 16 49 15 13 7 1 | 64 20\n");
    doc_has(c.dump, "North");
    doc_has(c.dump, "South");
    doc_lacks(c.dump, "London");
    doc_done(&c);
}
END_TEST

START_TEST(published_rows)
{
    doc_case c = doc_chapter(
        "# One\n\n```chart\nquestion: process\nheadline: x\n```\n");
    doc_clean(&c);
    doc_has(c.dump, "We had open and honest conversations | 46 43 6 3 1 * | "
                    "89 4\n");
    /* a sum of 5 and 28 beside a net of 34 */
    doc_has(c.dump, "wider NHS England organisation | 5 28 33 14 4 16 | 34 "
                    "18\n");
    doc_done(&c);
}
END_TEST

START_TEST(compared)
{
    doc_case c = doc_chapter(
        "# One\n\n```chart\ngroup: midlands-east\nquestion: overall\n"
        "compare: whole\nheadline: x\n```\n");
    doc_clean(&c);
    doc_has(c.dump, "chart stacked compare\n");
    doc_has(c.dump, "scope Midlands and East of England\n");
    doc_has(c.dump, "(85*{says=, base below 100}); 9~October");
    /* notes without a label of their own run on in one paragraph */
    doc_has(c.dump, "note * Base below 100: treat with caution. Higher and ");
    doc_has(c.dump, "net Agree / England\n");
    doc_has(c.dump, "| 25 49 12 9 5 . | 74(64^) 14(20v)\n");
    doc_has(c.dump, "different from the rest of England at the 95%~level.");
    doc_has(c.dump, "Agree 74 (England 64, higher)");
    doc_done(&c);
}
END_TEST

START_TEST(counted)
{
    doc_case c = doc_chapter(
        "# One\n\n```chart\ngroup: london\nquestion: overall\n"
        "compare: whole\nheadline: x\n```\n");
    doc_clean(&c);
    doc_has(c.dump, "chart stacked counted\n");
    doc_lacks(c.dump, "compare\n");
    doc_has(c.dump, "unit Number answering\n");
    doc_has(c.dump, "low **Small base: 28~responses.** Numbers");
    doc_has(c.dump, "London (28**{says=, base below 30}); 9~October");
    doc_has(c.dump, "Our NHS England team works effectively with us to enable "
                    "us to do a great job | 1 10 6 7 4 . | 11 11\n");
    doc_lacks(c.dump, "higher");
    doc_done(&c);
}
END_TEST

START_TEST(beside)
{
    doc_case c = doc_chapter(
        "# One\n\n```chart\ngroup: at-greater-manchester\nquestion: overall\n"
        "beside: [parent, whole]\nheadline: x\n```\n"
        "```chart\ngroup: at-south-london\nquestion: overall\n"
        "beside: [parent, whole]\nheadline: x\n```\n");
    doc_clean(&c);
    doc_has(c.dump, "chart stacked counted volume\n");
    doc_has(c.dump, "net Agree / of 12\n    net North / % agree\n"
                    "    net England / % agree\n");
    doc_has(c.dump, "| 9 62 64\n");
    doc_has(c.dump, "net London / of 28\n");
    doc_has(c.dump, "| 7 11 64\n");
    doc_done(&c);
}
END_TEST

START_TEST(dots)
{
    doc_case c = doc_chapter(
        "# One\n\n```chart\ntype: dots\nitems: [overall.at_effective]\n"
        "groups: [region]\nheadline: x\n```\n");
    doc_clean(&c);
    doc_has(c.dump, "| Midlands and East 74 North 62 South 67 | 64 | London "
                    "11\n");
    doc_has(c.dump, "unit Per cent agreeing\n");
    doc_has(c.dump, "London (28**{says=, base below 30}), Midlands and East of "
                    "England (85*{says=, base below 100})");
    doc_done(&c);
}
END_TEST

START_TEST(ranked)
{
    doc_case c = doc_chapter(
        "# One\n\n```chart\ntype: ranked\nquestion: specialised\n"
        "themes: [budget_finance, communication_weak]\n"
        "named: [communication_weak]\nmaximum: 50\nheadline: x\n```\n"
        "```chart\ntype: ranked\nquestion: support_needs\nheadline: x\n```\n");
    doc_clean(&c);
    doc_has(c.dump, "ranked named Communication on specialised commissioning "
                    "is weak | 29\n    ranked Budget");
    doc_has(c.dump, "All giving a comment; their number was not published");
    doc_has(c.dump, "CCG leads (base not printed)");
    ck_assert(c.doc->sections[0].blocks.at[0].as.chart->maximum == 0.5);
    doc_done(&c);
}
END_TEST

START_TEST(glance)
{
    doc_case c = doc_chapter("# One\n\n```glance\nheadline: All\n"
                             "question: overall\ngroups: [region]\n```\n");
    doc_clean(&c);
    doc_has(c.dump, "number Table 1.1\n");
    doc_has(c.dump, "heads | Per cent agreeing / Base | England / 273 | "
                    "Midlands and East / 85* | North / 97* | South / 63* | "
                    "London / of 28**\n");
    doc_has(c.dump, "group | Relationships\n");
    doc_has(c.dump, "row | Our area team works effectively | 64 |^ 74 | 62 | "
                    "67 | 11\n");
    doc_has(c.dump, "arrows higher / lower than the rest of England, at the "
                    "95%~level\n");
    doc_done(&c);
}
END_TEST

START_TEST(facts)
{
    doc_case c = doc_chapter(
        "# One\n\n```facts\ngroup: london\nbeside: [whole]\n```\n"
        "```facts\ngroup: at-essex\n```\n");
    doc_clean(&c);
    doc_has(c.dump, "heads |  | London | England\n");
    doc_has(c.dump, "row | Leads who answered | 28**{says=28, base below 30} | "
                    "272\n");
    doc_has(c.dump, "row | Response rate | 35% | 48%\n");
    doc_has(c.dump, "left ** Base below 30: ");
    doc_has(c.dump, "heads |  | Number\n");
    doc_has(c.dump, "row | Response rate | 50%\n");
    doc_done(&c);
}
END_TEST

/* The cells to expect are computed by hand from the survey's bases and N. */
START_TEST(reliability)
{
    doc_case c = doc_chapter(
        "# One\n\n```tolerance\nheadline: x\ngroups: [whole, london, north]\n"
        "sizes: [30]\nexample: {group: whole, share: 30}\n```\n"
        "```differences\nheadline: x\ngroups: [midlands-east, london, "
        "conditions-yes]\n"
        "pairs: [[midlands-east, north]]\n```\n");
    doc_clean(&c);
    doc_has(c.dump, "heads | Base (responses) | 10% or 90% | 30% or 70% | "
                    "50%\n");
    doc_has(c.dump, "row | All responses (273) | \u00b12.6 | \u00b13.9 | "
                    "\u00b14.3\n");
    doc_has(c.dump, "row | North of England (97) | \u00b14.2 | \u00b16.3 | "
                    "\u00b16.9\n");
    doc_has(c.dump, "row | 30 | \u00b110.5 | \u00b116.0 | \u00b117.4\n");
    doc_has(c.dump, "within 3.9~percentage points of that.");
    doc_has(c.dump, "note London (28) is left out: a base below 30.\n");
    doc_has(c.dump, "row | Midlands and East of England (85) and the rest "
                    "(188) | 5.5 | 8.4 | 9.2\n");
    /* N not known: both sides take the nation's correction */
    doc_has(c.dump, "remaining (58) and the rest (215) | 6.3 | 9.6 | 10.5\n");
    doc_has(c.dump, "(85) and North of England (97) | 6.2 | 9.4 | 10.3\n");
    doc_done(&c);
}
END_TEST

/* Of groups that a text names every two are compared; those with too few
 * answers are left out, once. */
START_TEST(every_two)
{
    doc_case c = doc_chapter(
        "# One\n\n```differences\nheadline: x\ngroups: [london, north]\n"
        "pairs: \"{{ 'region' }}\"\n```\n"
        "```differences\nheadline: x\ngroups: [north]\npairs: \"\"\n```\n");
    doc_clean(&c);
    doc_has(c.dump, "note London (28) is left out");
    doc_has(c.dump,
            "row | Midlands and East of England (85) and North of England "
            "(97) | 6.2 | 9.4 | 10.3\n"
            "    row | Midlands and East of England (85) and South of England "
            "(63) | 7.0 | 10.7 | 11.7\n"
            "    row | North of England (97) and South of England (63) | 6.8 "
            "| 10.3 | 11.3\n");
    doc_done(&c);
}
END_TEST

/* What the prose says of a range is a cell of a table. */
START_TEST(tolerance_in_prose)
{
    doc_case c = doc_chapter(
        "# One\n\nIt is {{ tolerance(whole, 30) }}, from {{ 30 - "
        "tolerance(whole, 30).points }}.\n\n"
        "```tolerance\nheadline: x\ngroups: [whole, north]\n```\n");
    doc_clean(&c);
    doc_has(c.dump, "It is 3.9~percentage points, from 26.1.");
    doc_has(c.dump, "| \u00b12.6 | \u00b13.9 |");
    doc_done(&c);
}
END_TEST

START_TEST(boxes)
{
    doc_case c = doc_chapter(
        "# One\n\n```lead\nOne *line* of {{ base "
        "\"overall.at_effective\" }}.\n```\n"
        "```findings\n- item: overall.at_effective\n  heading: Good\n"
        "  words: agree\n  text: \"{{ agree 'overall.at_effective' }} did.\"\n"
        "```\n"
        "```findings\ngroup: london\nlist:\n- {item: overall.at_effective, "
        "heading: Good, words: agree, text: Fine.}\n```\n"
        "```summary\n- {clause: First., text: Then., to: here}\n```\n"
        "```brief\nIn **brief**.\n```\n\n### Here {#here}\n");
    doc_clean(&c);
    doc_has(c.dump, "lead One _line_ of 273.\n");
    doc_has(c.dump, "findings Bars: all responses (273) / Per cent\n");
    doc_has(c.dump, "finding 64% agree\n      heading Good\n"
                    "      text Sixty-four per~cent did.\n");
    doc_has(c.dump, "finding 11 of the 28 agree\n");
    doc_has(c.dump, "summary In this chapter\n    row First. | Then. | "
                    "#here\n");
    doc_has(c.dump, "brief In brief\n    paragraph In **brief**.\n");
    doc_done(&c);
}
END_TEST

START_TEST(quotes)
{
    doc_case c = doc_chapter(
        "# One\n\n```quotes\ncomments: [c095]\n```\n"
        "```quotes\ngroup: at-essex\nquestion: primary_care\nmost: 1\n"
        "role: false\n```\n");
    doc_clean(&c);
    doc_has(c.dump, "| Clinical lead\n");
    doc_has(c.dump, "quote We wrote the plan together and it reads like it. "
                    "The test is whether it outlives the first round of "
                    "savings. | From the comments\n");
    doc_done(&c);
}
END_TEST

START_TEST(tables)
{
    doc_case c = doc_chapter(
        "# One\n\n```table\nid: t\nheadline: Rows\ntotal: last\nbody: |\n"
        "  | Name | n |\n  |---|--:|\n"
        "{% for r in groups \"region\" %}\n"
        "  | {{ r.short_name }} | {{ digits(r.responses) }} |\n{% end %}\n"
        "  | All | {{ digits(whole.responses) }} |\n```\n\n[](#t)\n\n"
        "| a |\n|---|\n| *b* |\n");
    doc_clean(&c);
    doc_has(c.dump, "table data\n    number Table 1.1\n");
    doc_has(c.dump, "row | North | 97\n    row | South | 63\n"
                    "    total | All | 273\n");
    doc_has(c.dump, "paragraph [Table~1.1](#t)\n");
    doc_has(c.dump, "table text\n    heads | a\n    row | _b_\n");
    doc_done(&c);
}
END_TEST

START_TEST(others)
{
    doc_case c = doc_chapter(
        "# One\n\n```figure\nheadline: Three\ncolumns:\n"
        "- {head: A, items: [a, b]}\n- {head: B, items: [c]}\n```\n"
        "```columns\ncount: 2\nbody: |\n  - a\n  - b\n  - c\n```\n"
        "```fields\nrows: {Job: x, Empty: ''}\n```\n```pagebreak\n```\n"
        "```chart\nwhen: whole.counts\nquestion: overall\n```\n"
        "```bars\nwhen: {{ whole.key == \"england\" }}\n"
        "item: overall.at_effective\n```\n");
    doc_clean(&c);
    doc_has(c.dump, "number Figure 1.1\n");
    doc_has(c.dump, "alt Figure 1.1. Three. Diagram. A: a; b. B: c.\n");
    doc_has(c.dump, "names across=2 \n    column : a; b\n    column : c\n");
    doc_has(c.dump, "fields\n    Job = x\n  page-break\n  bars stacked\n");
    doc_lacks(c.dump, "\n  chart");
    doc_lacks(c.dump, "Empty");
    doc_done(&c);
}
END_TEST

/* An abbreviation is spoken out once a chapter, whole words only, and not
 * where the text does it itself. */
START_TEST(abbreviations)
{
    const doc_file files[] = {
        {"chapters/one.md", "# One\n\nThe CCG and the CCG, not its CCGX. Two "
                            "care homes (CHs). Some CHs.\n"},
        {"chapters/two.md", "# Two\n\nA CCG\u2019s CHs.\n"},
        {NULL, NULL}};
    doc_case c = doc_bind(
        "abbreviations: {CCG: care group, CHs: care homes, CH: care home}\n"
        "chapters: {body: [one.md, two.md]}\n",
        files);
    doc_clean(&c);
    doc_has(c.dump, "paragraph The CCG{short=care group} and the CCG, not its "
                    "CCGX. Two care homes (CHs). Some CHs.\n");
    doc_has(c.dump, "paragraph A CCG{short=care group}\u2019s "
                    "CHs{short=care homes}.\n");
    doc_done(&c);
}
END_TEST

int
main(void)
{
    Suite *s = suite_create("doc_chart");
    TCase *t = tcase_create("all");
    tcase_add_test(t, stacked);
    tcase_add_test(t, abbreviations);
    tcase_add_test(t, lists_of_text);
    tcase_add_test(t, published_rows);
    tcase_add_test(t, compared);
    tcase_add_test(t, counted);
    tcase_add_test(t, beside);
    tcase_add_test(t, dots);
    tcase_add_test(t, ranked);
    tcase_add_test(t, glance);
    tcase_add_test(t, facts);
    tcase_add_test(t, reliability);
    tcase_add_test(t, every_two);
    tcase_add_test(t, tolerance_in_prose);
    tcase_add_test(t, boxes);
    tcase_add_test(t, quotes);
    tcase_add_test(t, tables);
    tcase_add_test(t, others);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
