/* How values print by their place, and typography. Figures are those of the
 * sample: "overall.at_effective" has 176 of 273 agreeing, London 11 of 28. */
#include "test_doc_case.h"

#include "doc/internal.h"

#define AT "agree \"overall.at_effective\""
#define LONDON "agree(\"overall.at_effective\", \"london\")"
#define NOTHIS "disagree(\"overall.at_effective\", \"london\")"

START_TEST(per_cent_by_place)
{
    doc_case c = doc_chapter(
        "# One\n\n"
        "{{ " AT " }} agreed. So {{ " AT " }} did ({{ " AT " }}).\n\n"
        "Few: {{ share(\"overall.at_effective\", \"strongly_disagree\") }}; "
        "hardly any: {{ share(\"process.open_honest\", \"dont_know\") }}.\n\n"
        "| a | b |\n|---|---|\n| x | {{ " AT " }} |\n");
    doc_clean(&c);
    doc_has(c.dump, "paragraph Sixty-four per~cent agreed. So 64~per~cent did "
                    "(64%).\n");
    doc_has(c.dump, "Few: seven per~cent; hardly any: less than half of one "
                    "per~cent.");
    doc_has(c.dump, "row | x | 64%\n");
    doc_done(&c);
}
END_TEST

/* Without a word of the report's own, who answered are respondents. */
START_TEST(who_answered)
{
    doc_case c = doc_chapter(
        "# One\n\nIn Essex {{ mentions(\"support\", \"at-essex\")[1].words }} "
        "and {{ mentions(\"overall\", \"at-essex\")[1].words }}.\n");
    doc_clean(&c);
    doc_has(c.dump, "In Essex a couple of respondents and one respondent.");
    doc_done(&c);
}
END_TEST

START_TEST(counts_under_the_threshold)
{
    doc_case c = doc_chapter(
        "# One\n\n"
        "{{ " LONDON " }} agreed; {{ " NOTHIS " }} disagreed.\n\n"
        "In London {{ " LONDON " }} ({{ " LONDON " }}) agreed, and "
        "{{ share(\"overall.at_effective\", \"dont_know\", \"london\") }} did "
        "not know.\n\n"
        "- {{ of(" LONDON ", \"leads\") }}\n"
        "- none: {{ share(\"overall.at_effective\", \"dont_know\", "
        "\"at-essex\") }}\n"
        "- {{ of(agree(\"overall.at_effective\", "
        "\"at-bristol-somerset-south-gloucestershire\"), \"leads\") }}\n"
        "- {{ of(agree(\"overall.at_effective\", \"at-essex\"), \"leads\") }}\n"
        "\n| a |\n|---|\n| {{ " LONDON " }} |\n");
    doc_clean(&c);
    doc_has(c.dump, "paragraph Eleven of the 28 agreed; 11 disagreed.\n");
    doc_has(c.dump, "In London 11 of the 28 (11) agreed, and none did not "
                    "know.");
    doc_has(c.dump, "paragraph Eleven of the 28~leads\n");
    doc_has(c.dump, "paragraph none: none of the 10\n");
    doc_has(c.dump, "paragraph All seven leads\n");
    doc_has(c.dump, "paragraph Seven of the 10~leads\n");
    doc_has(c.dump, "row | 11 of 28\n");
    doc_done(&c);
}
END_TEST

START_TEST(heads_of_sentences)
{
    doc_case c = doc_chapter(
        "# One\n\n"
        "He said, e.g. {{ " AT " }}. {{ words(9) }} of J. {{ group.team_label "
        "}}s did! \"{{ words(12) }} did,\" i.e. {{ words(12) }}.\n\n"
        "*{{ group.team_label }}* first. **Bold.** {{ group.team_label }}.\n");
    doc_clean(&c);
    doc_has(c.dump, "He said, e.g. 64~per~cent. Nine of J. area teams did! "
                    "\u2018Twelve did,\u2019 i.e. 12.");
    doc_has(c.dump, "paragraph _Area team_ first. **Bold.** Area team.\n");
    doc_done(&c);
}
END_TEST

START_TEST(points_and_nothing)
{
    doc_case c = doc_chapter(
        "# One\n\n"
        "By {{ balance \"overall.at_effective\" }}, or {{ "
        "disagree(\"overall.at_effective\") - " AT " }}.\n\n"
        "Nil: {{ differs(\"overall.at_effective\", \"south\") }}.\n");
    doc_has(c.dump, "By 44~percentage points, or \u221244~percentage points.");
    doc_has(c.said, "one.md:5:9: error: the expression gives nothing to print "
                    "[empty-value]");
    doc_done(&c);
}
END_TEST

/* What an expression gives is never parsed. */
START_TEST(values_are_text)
{
    doc_case c = doc_chapter("# One\n\n{{ \"*a* [b](c) <i> | `d`\" }}\n\n"
                             "- {{ \"- x\" }}\n");
    doc_clean(&c);
    doc_has(c.dump, "paragraph *a* [b](c) <i> | `d`\n");
    doc_has(c.dump, "paragraph - x\n");
    doc_done(&c);
}
END_TEST

static void
typo_is(const char *in, const char *out)
{
    rc_arena *a = rc_arena_new();
    rc_str s = rc_typo_text(a, rc_str_z(in));
    ck_assert_msg(rc_str_is(s, out), "%s gave %.*s, not %s", in, RC_STR(s),
                  out);
    rc_arena_free(a);
}

START_TEST(typography)
{
    typo_is("\"Yes,\" she said", "\u2018Yes,\u2019 she said");
    typo_is("\"He said 'no' to us\"",
            "\u2018He said \u201Cno\u201D to us\u2019");
    typo_is("the leads' view isn't ours", "the leads\u2019 view isn\u2019t ours");
    typo_is("rock 'n' roll in '13", "rock \u2018n\u2019 roll in \u201913");
    typo_is("a -- b", "a\u00a0\u2013 b");
    typo_is("wait...", "wait\u2026");
    typo_is("of 273 leads, 64% level",
            "of 273\u00a0leads, 64%\u00a0level");
    typo_is("11 of the 28 by 2013 or", "11 of the 28 by 2013 or");
    typo_is("Figure 3.1 and Appendix A on 9 October",
            "Figure\u00a03.1 and Appendix\u00a0A on 9\u00a0October");
    typo_is("in 2013 the leads", "in 2013 the leads");
}
END_TEST

/* A quotation is set in single marks, so what it quotes is in double ones. */
START_TEST(typography_inside)
{
    rc_arena *a = rc_arena_new();
    rc_inline run = { .kind = RC_INLINE_TEXT,
                      .text = RC_LIT("They call it \"support\".") };
    rc_typo_inside(a, &run, 1, 1);
    ck_assert(rc_str_is(run.text, "They call it \u201Csupport\u201D."));
    rc_arena_free(a);
}
END_TEST

START_TEST(dates)
{
    rc_arena *a = rc_arena_new();
    rc_str s = rc_print_dates(a, RC_LIT("2013-10-09"), RC_LIT("2013-11-11"), RC_LIT("to"));
    ck_assert(rc_str_is(s, "9 October to 11 November 2013"));
    s = rc_print_dates(a, RC_LIT("2013-10-09"), RC_LIT("2013-10-11"), RC_LIT("to"));
    ck_assert(rc_str_is(s, "9 to 11 October 2013"));
    s = rc_print_dates(a, RC_LIT("2012-12-09"), RC_LIT("2013-01-11"), RC_LIT("to"));
    ck_assert(rc_str_is(s, "9 December 2012 to 11 January 2013"));
    s = rc_print_dates(a, RC_LIT("2012-12"), RC_LIT(""), RC_LIT("to"));
    ck_assert(rc_str_is(s, "December 2012"));
    ck_assert(rc_str_is(rc_print_int(a, 1234567), "1,234,567"));
    ck_assert(rc_str_is(rc_print_int(a, -12), "\u221212"));
    rc_arena_free(a);
}
END_TEST

int
main(void)
{
    Suite *s = suite_create("doc_print");
    TCase *t = tcase_create("all");
    tcase_add_test(t, per_cent_by_place);
    tcase_add_test(t, who_answered);
    tcase_add_test(t, counts_under_the_threshold);
    tcase_add_test(t, heads_of_sentences);
    tcase_add_test(t, points_and_nothing);
    tcase_add_test(t, values_are_text);
    tcase_add_test(t, typography);
    tcase_add_test(t, typography_inside);
    tcase_add_test(t, dates);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
