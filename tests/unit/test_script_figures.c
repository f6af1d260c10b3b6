/* Figures as an author asks for them, against the sample's own counts. */
#include "test_script.h"

START_TEST(nets_and_groups)
{
    /* 176 and 55 of 273; 40 neither */
    ck_eval("agree \"overall.at_effective\"", "64% of 273");
    ck_eval("disagree 'overall.at_effective'", "20% of 273");
    ck_eval("neutral(\"overall.at_effective\")", "15% of 273");
    ck_eval("agree(\"overall.at_effective\", \"role-managerial\")",
            "66% of 107");
    ck_eval("agree(\"overall.at_effective\", groups[\"midlands-east\"])",
            "74% of 85");
    ck_eval("agree(\"overall.at_effective\", \"london\")", "11 of the 28");
    ck_eval("net(\"overall.at_effective\", \"disagree\", \"north\")",
            "21% of 97");
    ck_eval("share(\"overall.at_effective\", \"dont_know\")", "1% of 273");
    ck_eval("share(\"overall.at_effective\", \"strongly_agree\", \"london\")",
            "1 of the 28");
    ck_eval("agree(items(\"overall\")[1])", "64% of 273");
    ck_eval("agree \"conditions.open_honest\"", "69% of 58");
    ck_eval("agree(\"conditions.open_honest\", \"london\")", "not asked");
}
END_TEST

START_TEST(group_at_hand)
{
    at_hand("at-essex");
    ck_eval("agree \"overall.at_effective\"", "7 of the 10");
    ck_eval("base \"overall.at_effective\"", "10");
    ck_eval("agree(\"overall.at_effective\", whole)", "64% of 273");
    ck_eval("agree(\"overall.at_effective\", group.parent)", "74% of 85");
    ck_eval("agree(\"overall.at_effective\", nil)", "7 of the 10");
    rc_script_set_group(script, -1);
    ck_eval("agree \"overall.at_effective\"", "64% of 273");
    ck_eval("group", "<england>");
}
END_TEST

/* One answer of a group under the minimum is never shown alone. */
START_TEST(reported_together)
{
    ck_eval("agree(\"overall.at_effective\", \"at-north-west-london\")",
            "4 of the 12");
    ck_eval("agree(\"overall.at_effective\", \"at-north-central-east-london\")",
            "4 of the 12");
    at_hand("at-north-west-london");
    ck_eval("group.joined",
            "[<at-north-west-london> <at-north-central-east-london>]");
    ck_eval("group.others", "[<at-north-central-east-london>]");
    ck_eval("group.responses", "1");
    ck_eval("group.reported", "12");
    ck_eval("#mentions()", "1");
    at_hand("at-essex");
    ck_eval("group.joined", "nil");
}
END_TEST

START_TEST(parts_of_a_figure)
{
    ck_eval("agree(\"overall.at_effective\").count", "176");
    ck_eval("agree(\"overall.at_effective\").base", "273");
    ck_eval("agree(\"overall.at_effective\").percent", "64");
    ck_eval("agree(\"overall.at_effective\").share", "0.64");
    ck_eval("agree(\"overall.at_effective\").low", "nil");
    ck_eval("agree(\"overall.at_effective\", \"north\").low", "'caution'");
    ck_eval("agree(\"overall.at_effective\", \"london\").low", "'counts'");
    ck_eval("agree(\"overall.at_effective\", \"london\").counts", "true");
    ck_eval("agree(\"overall.at_effective\", \"london\").count", "11");
    ck_eval("agree(\"overall.at_effective\", \"north\").group", "<north>");
    ck_eval("agree(\"overall.at_effective\").item", "<overall.at_effective>");
    ck_eval("agree(\"conditions.balance\", \"north\").asked", "false");
}
END_TEST

START_TEST(differences)
{
    /* 64.47 - 20.15 */
    ck_eval("balance \"overall.at_effective\"", "44 points");
    ck_eval("balance \"overall.regional_enables\"", "−12 points");
    /* 74.12 - 64.47 */
    ck_eval("agree(\"overall.at_effective\", \"midlands-east\") - "
            "agree(\"overall.at_effective\")",
            "10 points");
    ck_eval("math.abs(balance \"overall.regional_enables\")", "12 points");
    ck_eval("-balance \"overall.regional_enables\"", "12 points");
    ck_eval("(balance \"overall.at_effective\").points", "44");
    ck_eval("balance \"overall.at_effective\" > 0", "true");
    ck_eval("balance \"overall.regional_enables\" < -12.5", "false");
}
END_TEST

START_TEST(comparison)
{
    ck_eval("agree \"overall.at_effective\" > disagree "
            "\"overall.at_effective\"",
            "true");
    ck_eval("agree \"overall.at_effective\" > 64", "true");
    ck_eval("agree \"overall.at_effective\" >= 65", "false");
    ck_eval("50 < agree \"overall.at_effective\"", "true");
    /* inside one small group counts compare */
    ck_eval("agree(\"overall.at_effective\", \"london\") == "
            "disagree(\"overall.at_effective\", \"london\")",
            "true");
    ck_eval("agree(\"overall.at_effective\", \"at-essex\") > "
            "disagree(\"overall.at_effective\", \"at-essex\")",
            "true");
    /* 36.63 and 36.26 of 273: printed 37 and 36 */
    ck_eval("same(agree \"primary_care.decision_powers\", "
            "agree \"primary_care.understands_outcomes\")",
            "false");
    /* 15.75 thrice; 22.71 twice */
    ck_eval("same(agree \"specialised.listens\", "
            "agree \"specialised.shares_information\")",
            "true");
    /* 61.86 and 62.5 print 62 and 63 */
    ck_eval("same(agree(\"overall.at_effective\", \"north\"), "
            "agree(\"overall.at_effective\", \"role-financial\"))",
            "false");
    /* 58.24 and 58.24 */
    ck_eval("disagree \"assurance.relationship_of_equals\" == "
            "disagree \"specialised.shares_information\"",
            "true");
    ck_eval("math.max(agree \"specialised.listens\", "
            "agree \"overall.at_effective\")",
            "64% of 273");
}
END_TEST

START_TEST(tests_against_the_rest)
{
    /* published as a difference: 74% against 64% overall */
    ck_eval("differs(\"overall.at_effective\", \"midlands-east\")",
            "'higher'");
    ck_eval("differs(\"overall.regional_enables\", \"north\")", "'lower'");
    ck_eval("differs(\"overall.at_effective\", \"south\")", "nil");
    ck_eval("differs(\"overall.at_effective\", \"london\")", "nil");
    ck_eval("differs(\"overall.at_effective\", \"england\")", "nil");
    ck_eval("differs(\"conditions.balance\", \"north\")", "nil");
    ck_eval("above(\"overall.at_effective\", groups \"region\")",
            "[<midlands-east>]");
    ck_eval("below(\"overall.regional_enables\", groups \"region\")",
            "[<north>]");
    ck_eval("below(\"overall.at_effective\", groups \"region\")", "[]");
    ck_eval("differs(\"overall.at_effective\", \"midlands-east\", "
            "\"strongly_agree\")",
            "'higher'");
}
END_TEST

START_TEST(themes_and_rates)
{
    ck_eval("theme \"overall.at_good_relationship\"", "26%");
    ck_eval("theme(\"overall.at_good_relationship\", \"midlands-east\")",
            "39%");
    ck_eval("rate(group.respondents, group.invited)", "48% of 569");
    ck_eval("rate(11, 33)", "33% of 33"); /* no answers: always per cent */
    ck_eval("percent(16)", "16%");
    ck_eval("themes(\"overall\")[1].label",
            "'Good relationship with the area team'");
    ck_eval("themes(\"overall\")[1].value", "26%");
    ck_eval("list(map(themes(\"specialised\"), function(t) return t.key end))",
            "'communication_weak, budget_finance, poor_relationship, "
            "good_relationship and remote_decisions'");
    ck_eval("#themes(\"overall\", \"at-essex\")", "0");
}
END_TEST

START_TEST(ways_to_print)
{
    ck_eval("of(agree \"overall.at_effective\", \"leads\")",
            "(64% of 273) of leads");
    ck_eval("sign(agree \"overall.at_effective\")", "sign 64% of 273");
    ck_eval("cap(agree \"overall.at_effective\")", "Cap 64% of 273");
    ck_eval("cap(of(agree \"overall.at_effective\", \"leads\"))",
            "Cap (64% of 273) of leads");
    ck_eval("agree \"overall.at_effective\" .. \" of leads\"",
            "'64 per cent of leads'");
    ck_eval("agree(\"overall.at_effective\", \"london\") .. \"\"",
            "'11 of the 28'");
    ck_eval("\"\" .. balance \"overall.at_effective\"",
            "'44 percentage points'");
}
END_TEST

START_TEST(lists_of_items)
{
    ck_eval("items \"overall\"",
            "[<overall.at_effective> <overall.regional_enables> "
            "<overall.spec_team_effective> <overall.national_enables>]");
    ck_eval("items(\"support\", 3)",
            "[<support.partners_new_system> <support.develop_effectively>]");
    ck_eval("items(\"support\", \"3\")[2].key", "'develop_effectively'");
    /* 36.6, 36.3 by agree; 42.5 first */
    ck_eval("rank(items \"overall\")",
            "[<overall.at_effective> <overall.regional_enables> "
            "<overall.spec_team_effective> <overall.national_enables>]");
    ck_eval("rank(items \"overall\", \"disagree\")[1]",
            "<overall.spec_team_effective>");
    ck_eval("rank(items \"overall\", \"disagree\")[1].value", "54% of 273");
    /* listens, shares_information, account_each_other: 43 of 273 each */
    ck_eval("map(rank(items \"specialised\"), function(i) return i.place end)",
            "[1 2 3 3 3]");
    ck_eval("rank(items \"specialised\")[2].tied", "false");
    ck_eval("rank(items \"specialised\")[4].tied", "true");
    ck_eval("#top(rank(items \"specialised\"), 3)", "5");
    ck_eval("#top(rank(items \"specialised\"), 2)", "2");
    ck_eval("#bottom(rank(items \"specialised\"), 1)", "3");
    ck_eval("rank(items(\"overall\"), nil, \"london\")[1].value",
            "11 of the 28");
    ck_eval("filter(items \"overall\", function(i) return agree(i) > 20 end)",
            "[<overall.at_effective> <overall.regional_enables>]");
    ck_eval("filter(groups(\"region\"), function(g) return not g.counts end)",
            "[<midlands-east> <north> <south>]");
    ck_eval("rank(filter(groups \"region\", function(g) return not g.counts "
            "end), \"overall.at_effective\")",
            "[<midlands-east> <south> <north>]");
}
END_TEST

/* docs: 5:2 on support, one even, for this team; 8:0, 3:2, 6:0, 2:3, 0:5 for
 * all. */
START_TEST(balance_of_items)
{
    at_hand("at-essex");
    ck_eval("#more_agree(\"support\")", "5");
    ck_eval("more_disagree(\"support\")",
            "[<support.partner> <support.partners_new_system>]");
    ck_eval("even_items(\"support\")", "[<support.balance>]");
    ck_eval("#positive_items(\"support\") == #more_agree(\"support\")", "true");
    ck_eval("#more_agree(\"specialised\")", "1");
    ck_eval("#negative_items(\"specialised\")", "4");
    ck_eval("#more_agree(\"primary_care\", whole)", "2");
    ck_eval("#more_disagree(\"primary_care\", whole)", "3");
    ck_eval("#more_agree(\"assurance\", \"england\")", "3");
    ck_eval("#more_agree(\"support\", nil, 2)", "1");
    ck_eval("#more_agree(items(\"support\", 2))", "1");
    ck_eval("#more_agree(\"conditions\")", "0");
    ck_eval("words(#more_agree \"support\")", "words 5");
}
END_TEST

int
main(void)
{
    Suite *s = suite_create("script: figures");
    TCase *t = survey_case(s, "figures");
    tcase_add_test(t, nets_and_groups);
    tcase_add_test(t, group_at_hand);
    tcase_add_test(t, reported_together);
    tcase_add_test(t, parts_of_a_figure);
    tcase_add_test(t, differences);
    tcase_add_test(t, comparison);
    tcase_add_test(t, tests_against_the_rest);
    tcase_add_test(t, themes_and_rates);
    tcase_add_test(t, ways_to_print);
    tcase_add_test(t, lists_of_items);
    tcase_add_test(t, balance_of_items);
    return run_suite(s);
}
