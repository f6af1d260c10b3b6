/* Words, groups and the report; fractions and claims against the usage they
 * were fitted to (docs/layout-format.md, "Fraction words"). */
#include "test_script.h"

START_TEST(numbers_in_words)
{
    ck_eval("words(4)", "words 4");
    ck_eval("words(agree(\"overall.at_effective\", \"at-essex\"))", "words 7");
    ck_eval("digits(4)", "digits 4");
    ck_eval("cap(4)", "Cap 4");
    ck_eval("words(4) .. \" of ten\"", "'four of ten'");
    ck_eval("words(12) .. \"\"", "'12'");
    ck_eval("cap(words(4)) .. \" leads\"", "'Four leads'");
    ck_eval("plural(1, \"lead\", \"leads\")", "'lead'");
    ck_eval("plural(0, \"lead\", \"leads\")", "'leads'");
    ck_eval("plural(#items \"overall\", \"item\", \"items\")", "'items'");
    ck_eval("plural(items(\"partners\"), \"item\", \"items\")", "'item'");
    static const struct {
        int n;
        const char *words;
    } all[] = {{0, "nought"},
               {21, "twenty-one"},
               {100, "one hundred"},
               {273, "two hundred and seventy-three"},
               {1005, "one thousand and five"},
               {12300, "twelve thousand, three hundred"},
               {-4, "minus four"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        rc_str words = rc_number_words(arena, all[i].n);
        ck_assert_msg(rc_str_is(words, all[i].words), "%d: %.*s", all[i].n,
                      RC_STR(words));
    }
}
END_TEST

START_TEST(text)
{
    ck_eval("cap \"leads\"", "'Leads'");
    ck_eval("cap \"\xC3\xA9tude\"", "'\xC3\x89tude'");
    ck_eval("cap(groups[\"north\"].name)", "'North of England'");
    ck_eval("list({\"a\"})", "'a'");
    ck_eval("list({})", "''");
    ck_eval("list({\"a\", \"b\"})", "'a and b'");
    ck_eval("list({\"a\", \"b\", \"c\"})", "'a, b and c'");
    ck_eval("list({\"a\", \"b\"}, \"or\")", "'a or b'");
    /* names with "and" or commas of their own */
    ck_eval("list({\"East Anglia\", \"Derbyshire and Nottinghamshire\", "
            "\"Essex\"})",
            "'East Anglia, Derbyshire and Nottinghamshire, and Essex'");
    ck_eval("list({groups[\"at-essex\"], "
            "groups[\"at-arden-herefordshire-worcestershire\"]})",
            "'Essex; and Arden, Herefordshire and Worcestershire'");
    ck_eval("list(groups \"region\", \"short_name\")",
            "'London, Midlands and East, North, and South'");
    ck_eval("an \"Essex lead\"", "'an Essex lead'");
    ck_eval("an \"area team\" .. an \" x\"", "'an area teama  x'");
    ck_eval("an \"NHS England team\"", "'a NHS England team'");
    ck_eval("an \"unit\"", "'a unit'");
    ck_eval("an \"11\" .. an(8) .. an(80) .. an(110)",
            "'an 11an 8an 80a 110'");
    ck_eval("date \"2013-11-29\"", "'29 November 2013'");
    ck_eval("date \"2013-10\"", "'October 2013'");
    ck_eval("date \"2013\"", "'2013'");
    ck_eval("date(fact \"fieldwork.start\", \"day\")", "'9 October'");
    ck_eval("date(\"2013-11-29\", \"month\")", "'November 2013'");
    ck_eval("date(\"2013-11-29\", \"year\")", "'2013'");
    ck_eval("string.upper(string.sub(\"n\xC3\xA4\xC3\xA4h\", 2, 3))",
            "'\xC3\xA4\xC3\xA4'");
    ck_eval("string.len(\"n\xC3\xA4h\")", "3");
    ck_eval("string.rep(\"ab\", 3)", "'ababab'");
    ck_eval("string.sub(\"abc\", -2)", "'bc'");
    ck_eval("string.find(\"n\xC3\xA4her, that\", \", that\")", "6");
    ck_eval("string.find(\"a.c\", \".\")", "2"); /* no pattern */
    ck_eval("string.find(\"abc\", \"\")", "1");
    ck_eval("string.find(\"abc\", \"abcd\")", "nil");
    ck_eval("string.lower(\"ABC\") .. 1 .. \"-\" .. 2.5", "'abc1-2.5'");
    ck_eval("literal \"10\"", "'10'");
    ck_eval("role \"clinical\"", "'Clinical lead'");
}
END_TEST

START_TEST(facts_and_report)
{
    ck_eval("fact \"population.invited\"", "569");
    ck_eval("fact 'achieved.respondents' + 1", "273");
    ck_eval("fact \"survey.report_date\"", "'2013-11-29'");
    ck_eval("fact \"survey.next_planned\"", "'2014'");
    ck_eval("report.title", "'Ways of Working Survey 2013'");
    ck_eval("report.fieldwork.start", "'2013-10-09'");
    ck_eval("report[\"fieldwork.start\"]", "'2013-10-09'");
}
END_TEST

START_TEST(groups_and_fields)
{
    at_hand("at-west-yorkshire");
    ck_eval("group", "<at-west-yorkshire>");
    ck_eval("group.name", "'West Yorkshire'");
    ck_eval("group.key .. \".md\"", "'at-west-yorkshire.md'");
    ck_eval("group.parent.name", "'North of England'");
    ck_eval("group.parent.parent == whole", "true");
    ck_eval("group.parent == groups[\"south\"]", "false");
    ck_eval("group.respondents", "16");
    ck_eval("group.responses", "17");
    ck_eval("group.invited", "27");
    ck_eval("group.ccgs_represented", "9");
    ck_eval("group.team_label", "'area team'");
    ck_eval("group.specialised_lead == 0", "true");
    ck_eval("group.counts", "true");
    ck_eval("group.low", "'counts'");
    ck_eval("group.parent.low", "'caution'");
    ck_eval("whole.low", "nil");
    ck_eval("groups[\"role-clinical\"].ccgs", "nil");
    ck_eval("groups \"region\"", "[<london> <midlands-east> <north> <south>]");
    ck_eval("#groups(\"area_team\")", "27");
    ck_eval("#groups(\"area_team\", \"north\")", "9");
    ck_eval("#groups[\"north\"].children", "9");
    ck_eval("groups[\"north\"].children[1].nth", "1");
    ck_eval("groups[\"north\"].children[5].nth", "5");
    ck_eval("groups[\"north\"].children[9].nth", "9");
    ck_eval("whole.nth", "1");
    ck_eval("groups(\"area_team\", \"london\")[3].name", "'South London'");
    ck_eval("items(\"overall\")[1].asked", "true");
    ck_eval("items(\"conditions\")[1].asked", "false");
    ck_eval("items(\"overall\")[1].question", "'overall'");
    ck_eval("items(\"overall\")[1].short ~= \"\"", "true");
}
END_TEST

START_TEST(mentions_in_words)
{
    at_hand("at-essex");
    ck_eval("mentions(\"support\")[1].precision", "'couple'");
    ck_eval("mentions(\"support\")[1].words", "'a couple of leads'");
    ck_eval("mentions(\"support\")[1].label",
            "'Good relationship and specific support'");
    ck_eval("of(mentions(\"support\")[1], \"person\", \"people\")",
            "'a couple of people'");
    at_hand("at-east-anglia");
    ck_eval("filter(mentions(), function(m) return m.precision == "
            "\"one_or_two\" end)[1].words",
            "'one or two leads'");
    at_hand("at-arden-herefordshire-worcestershire");
    ck_eval("cap(mentions(\"overall\")[1].words)", "'One lead'");
    ck_eval("plural(mentions(\"overall\")[1], \"says\", \"say\")", "'says'");
    ck_eval("mentions(\"overall\")[1]", "<m002>");
    ck_eval("#mentions(\"overall\", \"at-south-london\")", "0");
    ck_eval("comments_of(\"overall\", whole)[1].text ~= \"\"", "true");
    ck_eval("comments_of(\"specialised\", \"at-north-central-east-london\")[1]"
            ".id",
            "'c001'");
}
END_TEST

/* -- fractions ------------------------------------------------------------------ */
/* What fraction() says for every whole per cent. */
START_TEST(nearest_fraction)
{
    static const struct {
        int percent;
        const char *words;
    } all[] = {
        {10, "one in ten"},          {12, "one in eight"},
        {13, "one in eight"},        {15, "one in six"},
        {17, "one in six"},          {19, "one in five"},
        {20, "one in five"},         {22, "one in five"},
        {23, "one in four"},         {24, "one in four"},
        {27, "one in four"},         {29, "three in ten"},
        {31, "three in ten"},        {32, "one in three"},
        {35, "one in three"},        {36, "just over one in three"},
        {37, "nearly two in five"},  {39, "two in five"},
        {42, "two in five"},         {43, "just over two in five"},
        {44, "more than two in five"}, {45, "more than two in five"},
        {46, "around half"},         {47, "nearly half"},
        {48, "half"},                {52, "half"},
        {53, "just over half"},      {55, "more than half"},
        {56, "around three in five"}, {57, "nearly three in five"},
        {58, "three in five"},       {62, "three in five"},
        {64, "nearly two in three"}, {65, "two in three"},
        {67, "two in three"},        {69, "seven in ten"},
        {72, "seven in ten"},        {74, "three in four"},
        {75, "three in four"},       {77, "three in four"},
        {78, "four in five"},        {82, "four in five"},
        {85, "more than four in five"}, {86, "around nine in ten"},
        {89, "nine in ten"},         {95, "more than nine in ten"},
        {4, ""},                     {6, ""},
        {97, ""},                    {100, ""},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        rc_str e = rc_str_printf(arena, "fraction(percent(%d))",
                                 all[i].percent);
        rc_str want = all[i].words[0]
                          ? rc_str_printf(arena, "'%s'", all[i].words)
                          : rc_str_printf(arena, "%d%%", all[i].percent);
        ck_eval(e.at, want.at);
    }
    ck_eval("fraction(agree \"overall.at_effective\")",
            "'nearly two in three'");
    ck_eval("fraction(agree \"overall.at_effective\", \"leads\")",
            "'nearly two in three leads'");
    ck_eval("fraction(agree \"conditions.balance\", \"leads\")",
            "'half of leads'");
    ck_eval("fraction(percent(97), \"leads\")", "(97%) of leads");
    ck_eval("cap(fraction(disagree \"overall.at_effective\"))",
            "'One in five'");
    ck_eval("fraction(theme \"overall.at_good_relationship\")",
            "'one in four'");
}
END_TEST

static bool
is_true(const char *words, const char *figures)
{
    rc_value v;
    rc_str e = rc_str_printf(arena, "claim(\"%s\", %s)", words, figures);
    size_t before = rc_log_count(script_log, RC_ERROR);
    bool ok = rc_script_eval(script, arena, e, span_of(e.at), &v);
    if (ok)
        ck_assert(v.kind == RC_VALUE_TEXT && rc_str_is(v.text, words));
    else
        ck_assert_uint_eq(rc_log_count(script_log, RC_ERROR), before + 1);
    return ok;
}

/* The list of the 2013 usage; the mark of each is the tolerance that bears
 * it. One of them is the error that a check must catch. */
START_TEST(fractions_claimed)
{
    static const struct {
        const char *words;
        int percent;
        bool holds;
    } all[] = {
        {"three in four", 74, true},      {"three in four", 75, true},
        {"seven in ten", 69, true},       {"around two in three", 63, true},
        {"two in three", 63, false},      {"two in three", 67, true},
        {"nearly three in five", 57, true}, {"three in five", 57, false},
        {"three in five", 62, true},      {"nearly half", 46, true},
        {"more than half", 55, true},     {"half", 55, false},
        {"half", 52, true},               {"two in five", 39, true},
        {"just over two in five", 44, true}, {"two in five", 26, false},
        {"around two in five", 26, false}, {"one in three", 32, true},
        {"just over one in three", 36, true}, {"three in ten", 29, true},
        {"three in ten", 31, true},       {"one in four", 24, true},
        {"one in four", 27, true},        {"almost one in five", 16, true},
        {"one in five", 16, false},       {"one in five", 22, true},
        {"one in eight", 13, true},       {"almost half", 50, false},
        {"almost half", 51, false},       {"more than half", 50, false},
        {"just over half", 50, false},    {"a quarter", 25, true},
        {"Three quarters", 76, true},     {"two-thirds", 66, true},
        {"a third of leads", 33, true},   {"one in seven", 14, true},
        {"at least three in four", 75, true},
        {"at least three in four", 74, false},
        {"fewer than one in five", 17, true},
        {"fewer than one in five", 20, false},
        {"fewer than one in five", 9, false},
        {"a majority", 51, true},         {"a majority", 50, false},
        {"most", 49, false},              {"most", 51, true},
        {"a large majority", 69, false},  {"a large majority", 70, true},
        {"a vast majority", 84, false},   {"a vast majority", 85, true},
        {"a large minority", 28, false},  {"a large minority", 29, true},
        {"a large minority", 34, true},   {"a large minority", 51, false},
        {"more than half", 64, true},     {"64 per cent", 64, true},
        {"64%", 63, false},               {"nearly all", 91, true},
        {"nearly all", 89, false},        {"all", 99, false},
        {"all", 100, true},               {"none", 0, true},
        {"none", 1, false},               {"few", 12, true},
        {"few", 40, false},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        rc_str v = rc_str_printf(arena, "percent(%d)", all[i].percent);
        ck_assert_msg(is_true(all[i].words, v.at) == all[i].holds,
                      "'%s' of %d", all[i].words, all[i].percent);
    }
}
END_TEST

START_TEST(claims_on_figures)
{
    ck_assert(is_true("around two in three",
                      "agree \"overall.at_effective\""));
    ck_assert(is_true("a majority", "agree \"overall.at_effective\""));
    ck_assert(!is_true("most", "agree \"assurance.clear_intervention\""));
    /* every one of several */
    ck_assert(is_true("three in four", "agree \"roles.assurance_role\", "
                                       "agree \"support.highlight_needs\""));
    ck_assert(!is_true("three in four", "agree \"roles.assurance_role\", "
                                        "agree \"support.partner\""));
    /* "more than" a share is said of each, though "more" compares two */
    ck_assert(is_true("more than half", "agree \"support.partner\", "
                                        "agree \"overall.at_effective\""));
    ck_assert(!is_true("fewer than half", "agree \"support.acts_on_needs\", "
                                          "agree \"support.partner\""));
    /* 37 and 38 are not equal; 16 and 16 are */
    ck_assert(!is_true("equal", "agree \"primary_care.decision_powers\", "
                                "disagree \"primary_care.decision_powers\""));
    ck_assert(is_true("equal", "agree \"specialised.listens\", "
                               "agree \"specialised.account_each_other\""));
    ck_assert(is_true("divided", "agree \"primary_care.decision_powers\", "
                                 "disagree \"primary_care.decision_powers\""));
    ck_assert(is_true("positive", "agree \"overall.at_effective\", "
                                  "disagree \"overall.at_effective\""));
    /* across groups a difference must pass the test */
    ck_assert(is_true("higher",
                      "agree(\"overall.at_effective\", \"midlands-east\"), "
                      "agree(\"overall.at_effective\")"));
    ck_assert(!is_true("higher", "agree(\"overall.at_effective\", \"south\"), "
                                 "agree(\"overall.at_effective\")"));
    ck_assert(is_true("in line", "agree(\"overall.at_effective\", \"south\"), "
                                 "agree(\"overall.at_effective\")"));
    ck_assert(is_true("lower",
                      "agree(\"overall.regional_enables\", \"north\"), "
                      "agree(\"overall.regional_enables\", \"south\")"));
    ck_assert(is_true("highest", "agree \"overall.at_effective\", "
                                 "agree \"overall.regional_enables\", "
                                 "agree \"overall.national_enables\""));
    /* counts of small groups */
    ck_assert(is_true("all", "agree(\"overall.at_effective\", "
                             "\"at-kent-medway\")"));
    ck_assert(is_true("none", "disagree(\"overall.at_effective\", "
                              "\"at-kent-medway\")"));
    ck_assert(is_true("seven of the ten",
                      "agree(\"overall.at_effective\", \"at-essex\")"));
    ck_assert(is_true("seven", "agree(\"overall.at_effective\", "
                               "\"at-essex\")"));
    ck_assert(!is_true("eight of the ten",
                       "agree(\"overall.at_effective\", \"at-essex\")"));
    ck_assert(!is_true("seven of the 12",
                       "agree(\"overall.at_effective\", \"at-essex\")"));
    ck_assert(is_true("most", "agree(\"overall.at_effective\", "
                              "\"at-essex\")"));
    ck_assert(!is_true("seven in ten",
                       "agree(\"overall.at_effective\", \"at-essex\")"));
}
END_TEST

#define EFFECTIVE(group) "agree(\"overall.at_effective\", \"" group "\")"

/* "Highest" of a group needs the whole order and a difference that passes. */
START_TEST(highest_of_groups)
{
    /* 74 against 62 and 67; London has too few answers to be compared */
    ck_assert(is_true("highest", EFFECTIVE("midlands-east")));
    ck_assert(is_true("the most likely", EFFECTIVE("midlands-east") ", "
                                         EFFECTIVE("north")));
    ck_assert(!is_true("lowest", EFFECTIVE("midlands-east")));
    /* one region that is not named has more */
    ck_assert(!is_true("highest", EFFECTIVE("south") ", "
                                  EFFECTIVE("north")));
    ck_assert_ptr_nonnull(strstr(log_text(),
                                 "Midlands and East of England has 74"));
    /* the last in order, but in line with the rest */
    ck_assert(!is_true("lowest", EFFECTIVE("north")));
    ck_assert_ptr_nonnull(
        strstr(log_text(), "the difference from the rest passes no test"));
    /* most of a majority is another thing than most likely */
    ck_assert(is_true("most", EFFECTIVE("north")));
    ck_assert(!is_true("most likely", EFFECTIVE("north")));
    ck_assert(!is_true("highest", EFFECTIVE("london")));
    ck_assert_ptr_nonnull(strstr(log_text(), "too few for a comparison"));
    ck_assert(!is_true("highest", "percent(50)"));
    ck_assert_ptr_nonnull(strstr(log_text(), "highest or lowest of what?"));
    /* statements to the same people: nothing is tested, a tie is no top */
    ck_assert(!is_true("highest", "agree \"specialised.listens\", "
                                  "agree \"specialised.account_each_other\""));
}
END_TEST

START_TEST(majorities)
{
    static const struct {
        int percent;
        const char *words;
    } all[] = {
        {90, "a vast majority"},  {70, "a large majority"},
        {69, "a majority"},       {51, "a majority"},
        {50, "half"},             {47, "nearly half"},
        {34, "a large minority"}, {29, "a large minority"},
        {28, "a minority"},       {12, "a small minority"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        rc_str e = rc_str_printf(arena, "majority(percent(%d))",
                                 all[i].percent);
        rc_str want = rc_str_printf(arena, "'%s'", all[i].words);
        ck_eval(e.at, want.at);
    }
}
END_TEST

int
main(void)
{
    Suite *s = suite_create("script: words");
    TCase *t = survey_case(s, "words");
    tcase_add_test(t, numbers_in_words);
    tcase_add_test(t, text);
    tcase_add_test(t, facts_and_report);
    tcase_add_test(t, groups_and_fields);
    tcase_add_test(t, mentions_in_words);
    tcase_add_test(t, nearest_fraction);
    tcase_add_test(t, fractions_claimed);
    tcase_add_test(t, claims_on_figures);
    tcase_add_test(t, highest_of_groups);
    tcase_add_test(t, majorities);
    return run_suite(s);
}
