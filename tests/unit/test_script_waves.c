/* What the sample survey does not use: waves, means, several answers, shares
 * handed over as percentages. A survey of two waves, written for the test. */
#include <unistd.h>

#define SURVEY_FOLDER survey_folder
#define SURVEY_WHOLE "all"
static char survey_folder[64];
#include "test_script.h"

static void
write_file(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", survey_folder, name);
    FILE *f = fopen(path, "w");
    ck_assert(f != NULL);
    fputs(text, f);
    fclose(f);
}

static const char *const files[] = {
    "groups.csv", "scales.csv", "questions.csv", "results.csv", "waves.csv",
    "changes.csv", "means.csv", "bases.csv",
};

static void
make_survey(void)
{
    snprintf(survey_folder, sizeof survey_folder, "/tmp/recto-test-XXXXXX");
    ck_assert(mkdtemp(survey_folder) != NULL);
    write_file("groups.csv", "group,kind,parent,name,invited,respondents\n"
                             "all,nation,,All,2000,1000\n"
                             "a,part,all,Ayton,1000,500\n"
                             "b,part,all,Beeford,1000,500\n");
    write_file("scales.csv",
               "scale,position,category,label,net,kind\n"
               "five,1,good,Good,content,single\n"
               "five,2,so,So-so,neutral,single\n"
               "five,3,bad,Bad,discontent,single\n"
               "many,1,bus,Bus,,multi\n"
               "many,2,car,Car,,multi\n"
               "score,1,s,Score,,numeric\n");
    write_file("questions.csv",
               "question,item,position,question_text,item_text,scale,"
               "base_text,asked_of\n"
               "q,x,1,How?,The x,five,All,all\n"
               "q,y,2,How?,The y,five,All,all\n"
               "m,bus,1,Which?,Bus,many,All,all\n"
               "s,z,1,Score?,The z,,All,all\n");
    write_file("waves.csv", "wave,position,label,fieldwork_start,fieldwork_end\n"
                            "w1,1,2012,2012-10,2012-11\n"
                            "w2,2,2013,2013-10,2013-11\n");
    write_file("changes.csv", "question,item,group,wave,change,from,bridge,note\n"
                              "q,y,,w2,reworded,,0,\n");
    write_file("results.csv",
               "group,question,item,category,count,wave\n"
               "all,q,x,good,400,w1\nall,q,x,so,300,w1\nall,q,x,bad,300,w1\n"
               "a,q,x,good,150,w1\na,q,x,so,150,w1\na,q,x,bad,200,w1\n"
               "b,q,x,good,250,w1\nb,q,x,so,150,w1\nb,q,x,bad,100,w1\n"
               "all,q,x,good,525,w2\nall,q,x,so,275,w2\nall,q,x,bad,200,w2\n"
               "a,q,x,good,200,w2\na,q,x,so,200,w2\na,q,x,bad,100,w2\n"
               "b,q,x,good,325,w2\nb,q,x,so,75,w2\nb,q,x,bad,100,w2\n"
               "all,q,y,good,400,w1\nall,q,y,so,300,w1\nall,q,y,bad,300,w1\n"
               "all,q,y,good,525,w2\nall,q,y,so,275,w2\nall,q,y,bad,200,w2\n"
               "all,m,bus,bus,600,w2\nall,m,bus,car,700,w2\n");
    write_file("bases.csv", "group,question,item,wave,unweighted\n"
                            "all,m,bus,w2,1000\n");
    write_file("means.csv", "group,question,item,mean,base,wave\n"
                            "all,s,z,7.25,1000,w2\n"
                            "a,s,z,7.0,500,w2\n"
                            "b,s,z,7.5,12,w2\n");
    load_survey();
}

static void
remove_survey(void)
{
    char path[128];
    free_survey();
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", survey_folder, files[i]);
        unlink(path);
    }
    rmdir(survey_folder);
}

/* Nets are functions by the names that this survey's scales give them. */
START_TEST(other_nets)
{
    ck_eval("content \"q.x\"", "53% of 1000");
    ck_eval("discontent(\"q.x\", \"a\")", "20% of 500");
    ck_eval("#more_content(\"q\")", "2");
    ck_eval("more_discontent(\"q\", \"a\")", "[]");
    ck_wrong("agree \"q.x\"",
             "unknown-function: unknown function 'agree' @ agree");
    ck_wrong("content \"m.bus\"",
             "unknown-net: people could give several answers to 'm.bus': no "
             "net can be had from them @ \"m.bus\" (share(\"m.bus\", category) "
             "gives one category)");
    ck_eval("share(\"m.bus\", \"car\")", "70% of 1000");
    ck_eval("differs(\"q.x\", \"b\")", "'higher'");
}
END_TEST

START_TEST(waves)
{
    ck_eval("content(\"q.x\", nil, \"w1\")", "40% of 1000");
    ck_eval("content(\"q.x\", \"a\", \"w1\")", "30% of 500");
    ck_eval("content(\"q.x\") - content(\"q.x\", nil, \"w1\")", "13 points");
    ck_eval("change(\"q.x\", \"w1\")", "13 points");
    ck_eval("change(\"q.x\", \"a\", \"w1\")", "10 points");
    ck_eval("change(\"q.x\", \"a\", \"discontent\", \"w1\")", "−20 points");
    ck_eval("change(\"q.x\", \"a\", \"bad\", \"w1\")", "−20 points");
    ck_wrong("change(\"q.y\", \"w1\")",
             "not-comparable: 'q.y' is 'reworded' and cannot be compared with "
             "an earlier wave @ \"q.y\"");
    ck_wrong("content(\"q.x\", nil, \"w3\")",
             "unknown-wave: unknown wave 'w3' @ \"w3\" (choose 'w1' or 'w2')");
    ck_wrong("change \"q.x\"",
             "bad-argument: change since which wave? @ change");
}
END_TEST

/* What looks at the newest wave looks at another where one is named. */
START_TEST(earlier_waves)
{
    ck_eval("differs(\"q.x\", \"a\", \"discontent\")", "nil");
    ck_eval("differs(\"q.x\", \"a\", \"discontent\", nil, \"w1\")", "'higher'");
    ck_eval("differs(\"q.x\", \"b\", \"discontent\", \"a\", \"w1\")", "'lower'");
    ck_eval("#above(\"q.x\", groups \"part\", \"discontent\")", "0");
    ck_eval("above(\"q.x\", groups \"part\", \"discontent\", \"w1\")[1].key",
            "'a'");
    ck_eval("below(\"q.x\", groups \"part\", \"discontent\", \"w1\")[1].key",
            "'b'");
    ck_eval("rank(groups \"part\", \"q.x\", \"discontent\")[1].tied", "true");
    ck_eval("rank(groups \"part\", \"q.x\", \"discontent\", \"w1\")[1].value",
            "40% of 500");
    ck_eval("rank(items \"q\", \"content\", whole, \"w1\")[1].value",
            "40% of 1000");
}
END_TEST

/* Wave against wave: the same test, unless the question has changed. */
START_TEST(changed_between_waves)
{
    ck_eval("changed(\"q.x\", \"w1\")", "'higher'");
    ck_eval("changed(\"q.x\", \"a\", \"discontent\", \"w1\")", "'lower'");
    ck_eval("changed(\"q.x\", \"b\", \"discontent\", \"w1\")", "nil");
    ck_eval("claim(\"higher\", content \"q.x\", content(\"q.x\", nil, \"w1\"))",
            "'higher'");
    ck_eval("claim(\"lower\", content(\"q.x\", nil, \"w1\"), content \"q.x\")",
            "'lower'");
    ck_eval("claim(\"in line\", discontent(\"q.x\", \"b\"), "
            "discontent(\"q.x\", \"b\", \"w1\"))", "'in line'");
    static const char *const expressions[] = {
        "claim(\"higher\", content \"q.y\", content(\"q.y\", nil, \"w1\"))",
        "content \"q.y\" > content(\"q.y\", nil, \"w1\")",
        "content \"q.y\" - content(\"q.y\", nil, \"w1\")",
    };
    for (size_t i = 0; i < 3; i++)
        ck_wrong(expressions[i],
                 "not-comparable: 'q.y' was changed between 'w1' and 'w2': the "
                 "two cannot be compared @ \"q.y\"");
    ck_wrong("changed(\"q.y\", \"w1\")",
             "not-comparable: 'q.y' is 'reworded' and cannot be compared with "
             "an earlier wave @ \"q.y\"");
}
END_TEST

START_TEST(means)
{
    ck_eval("mean \"s.z\"", "mean 7.3");
    ck_eval("mean(\"s.z\", \"a\").mean", "7");
    ck_eval("mean \"s.z\" > mean(\"s.z\", \"a\")", "true");
    ck_eval("mean \"s.z\" .. \"\"", "'7.3'");
    ck_wrong("mean(\"s.z\", \"b\")",
             "low-base: 's.z' has too few answers from Beeford for a mean @ "
             "\"s.z\"");
    ck_wrong("mean \"s.z\" > content \"q.x\"",
             "bad-value: a share, a mean and a difference in points cannot be "
             "compared with each other @ >");
    ck_wrong("fraction(mean \"s.z\")",
             "bad-argument: only a share can be a fraction @ fraction");
}
END_TEST

int
main(void)
{
    Suite *s = suite_create("script: waves, means, several answers");
    TCase *t = tcase_create("waves");
    tcase_add_unchecked_fixture(t, make_survey, remove_survey);
    tcase_add_checked_fixture(t, open_script, close_script);
    suite_add_tcase(s, t);
    tcase_add_test(t, other_nets);
    tcase_add_test(t, waves);
    tcase_add_test(t, earlier_waves);
    tcase_add_test(t, changed_between_waves);
    tcase_add_test(t, means);
    return run_suite(s);
}
