/* Wrong expressions: what is said, what is marked, what is suggested; and the
 * bounds of the sandbox. */
#include "test_script.h"

#include <time.h>

START_TEST(unknown_names)
{
    ck_wrong("agre \"overall.at_effective\"",
             "unknown-function: unknown function 'agre' @ agre "
             "(did you mean 'agree'?)");
    ck_wrong("agree(\"overall.at_effective\", grop)",
             "unknown-name: unknown name 'grop' @ grop "
             "(did you mean 'group'?)");
    ck_wrong("agree \"overall.at_effectiv\"",
             "unknown-item: unknown item 'overall.at_effectiv' @ "
             "\"overall.at_effectiv\" (did you mean 'overall.at_effective'?)");
    ck_wrong("agree(\"overall.at_effective\", 'nort')",
             "unknown-group: unknown group 'nort' @ 'nort' "
             "(did you mean 'north'?)");
    ck_wrong("groups[\"sout\"]",
             "unknown-group: unknown group 'sout' @ \"sout\" "
             "(did you mean 'south'?)");
    ck_wrong("groups \"regoin\"",
             "unknown-kind: no group is of the kind 'regoin' @ \"regoin\" "
             "(did you mean 'region'?)");
    ck_wrong("group.nmae", "unknown-field: a group has no field 'nmae' @ nmae "
                           "(did you mean 'name'?)");
    ck_wrong("group.team_lable",
             "unknown-field: a group has no field 'team_lable' @ team_lable "
             "(did you mean 'team_label'?)");
    ck_wrong("report.titel",
             "unknown-field: the report has no field 'titel' @ titel "
             "(did you mean 'title'?)");
    ck_wrong("share(\"overall.at_effective\", \"dontknow\")",
             "unknown-category: 'overall.at_effective' has no category "
             "'dontknow' @ \"dontknow\" (did you mean 'dont_know'?)");
    ck_wrong("net(\"overall.at_effective\", \"agreed\")",
             "unknown-net: the scale of 'overall.at_effective' has no net "
             "'agreed' @ \"agreed\" (did you mean 'agree'?)");
    ck_wrong("items \"suport\"",
             "unknown-question: unknown question 'suport' @ \"suport\" "
             "(did you mean 'support'?)");
    ck_wrong("items(\"support\", \"4\")",
             "unknown-chart: question 'support' has no chart '4' @ \"4\" "
             "(choose '1', '2' or '3')");
    ck_wrong("fact \"survey.nam\"",
             "unknown-fact: unknown fact 'survey.nam' @ \"survey.nam\" "
             "(did you mean 'survey.name'?)");
    ck_wrong("theme \"overall.at_supportiv\"",
             "unknown-theme: unknown theme 'overall.at_supportiv' @ "
             "\"overall.at_supportiv\" (did you mean 'overall.at_supportive'?)");
    ck_wrong("math.flor(2)",
             "unknown-function: unknown function 'math.flor' @ flor");
}
END_TEST

/* The mark is on the second of two that are spelt alike. */
START_TEST(marks)
{
    ck_wrong("agree \"overall.at_effective\" .. fraction(1) .. fraction(2)",
             "bad-argument: expected a figure, found a number @ fraction");
    reopen();
    rc_value v;
    const char *e = "fraction(percent(50)) ..\n fraction(agree("
                    "\"overall.at_effective\", \"london\"))";
    ck_assert(!rc_script_eval(script, arena, rc_str_z(e), span_of(e), &v));
    const char *line = log_text();
    ck_assert_uint_eq(place(line, "line"), 2);
    ck_assert_uint_eq(place(line, "column"), 2);
    /* where the source has other bytes than the expression: all of it */
    reopen();
    rc_span span = span_of("agre 'x'     ");
    ck_assert(!rc_script_eval(script, arena, RC_LIT("agre 'x'"), span, &v));
    line = log_text();
    ck_assert_uint_eq(place(line, "from"), 3);
    ck_assert_uint_eq(place(line, "to"), 16);
}
END_TEST

START_TEST(wrong_use)
{
    ck_wrong("fraction(agree(\"overall.at_effective\", \"london\"))",
             "low-base: the figure of London rests on 28 answers: too few for "
             "a fraction @ fraction (below the threshold the figure prints as "
             "a count)");
    ck_wrong("balance(\"overall.at_effective\", \"at-essex\")",
             "low-base: 'overall.at_effective' has too few answers from Essex "
             "for a difference in points @ \"overall.at_effective\"");
    ck_wrong("agree(\"overall.at_effective\", \"london\") - "
             "agree \"overall.at_effective\"",
             "low-base: the figure of London rests on 28 answers: too few for "
             "a difference @ - (below the threshold print '.count', or the "
             "figure itself)");
    ck_wrong("agree(\"overall.at_effective\", \"london\") < "
             "agree \"overall.at_effective\"",
             "low-base: the figure of London rests on 28 answers: too few for "
             "a comparison @ < (below the threshold print '.count', or the "
             "figure itself)");
    ck_wrong("agree(\"overall.at_effective\") == "
             "agree(\"overall.at_effective\", \"london\")",
             "low-base: the figure of London rests on 28 answers: too few for "
             "a comparison @ == (below the threshold print '.count', or the "
             "figure itself)");
    ck_wrong("agree(\"overall.at_effective\") == 64",
             "bad-value: a figure is never equal to a number @ == (compare its "
             "'.percent' or '.count' with a number)");
    ck_wrong("64 ~= agree \"overall.at_effective\" and 1 or 2",
             "bad-value: a figure is never equal to a number @ ~= (compare its "
             "'.percent' or '.count' with a number)");
    ck_wrong("filter(groups \"region\", function(g) return g == \"north\" end)",
             "bad-value: a group is never equal to a text @ == (compare its "
             "'.key' with a text)");
    ck_wrong("items(\"overall\")[1] == whole",
             "bad-value: an item is never equal to a group @ == (compare its "
             "'.id' with a text)");
    ck_wrong("1 == = 2", "syntax: unexpected '=' @ = ('==' compares)");
    ck_wrong("== 2", "syntax: unexpected '==' @ ==");
    ck_wrong("agree(\"overall.at_effective\", \"london\").percent",
             "low-base: the figure of London rests on 28 answers: too few for "
             "per cent @ percent (below the threshold print '.count', or the "
             "figure itself)");
    ck_wrong("agree(\"conditions.balance\", \"north\") > 5",
             "not-asked: there is no figure of 'conditions.balance' for North "
             "of England @ \"conditions.balance\" (ask '.asked' first)");
    ck_wrong("differs(\"overall.at_effective\", \"north\", nil, whole)",
             "bad-argument: one of the two groups contains the other @ "
             "differs (leave it out: a group is tested against the rest)");
    ck_wrong("theme(\"overall.at_supportive\", \"at-essex\")",
             "not-asked: theme 'overall.at_supportive' has no figure for "
             "Essex @ \"overall.at_supportive\" (the data have none, or one "
             "that is in conflict)");
    ck_wrong("agree \"support_needs.boards\"",
             "unknown-net: the scale of 'support_needs.boards' has no net "
             "'agree' @ agree");
    ck_wrong("agree()", "bad-argument: expected an item, \"question.item\", "
                        "found nothing @ agree");
    ck_wrong("date \"29 Nov\"", "bad-argument: '29 Nov' is no date: write it "
                                "as 2013-11-29 @ \"29 Nov\"");
    ck_wrong("date \"2013-13-01\"",
             "bad-argument: '2013-13-01' is no date: write it as 2013-11-29 @ "
             "\"2013-13-01\"");
    ck_wrong("list(3)",
             "bad-argument: expected a list, found a number @ list");
    ck_wrong("words(1.5)", "bad-argument: a number must be a whole number @ "
                           "words");
    ck_wrong("words(agree \"overall.at_effective\")",
             "bad-argument: expected a number, found a figure @ words "
             "('.count' is how many gave the answer)");
    ck_wrong("agree", "bad-value: a function without its arguments cannot be "
                      "printed @ agree");
}
END_TEST

START_TEST(false_claims)
{
    ck_wrong("claim(\"two in five\", percent(26))",
             "false-claim: 'two in five' does not hold: the figure is 26 per "
             "cent @ \"two in five\"");
    ck_wrong("claim(\"all\", agree(\"overall.at_effective\", \"at-essex\"))",
             "false-claim: 'all' does not hold: the figure is seven of the 10 "
             "@ \"all\"");
    ck_wrong("claim(\"equal\", agree \"primary_care.decision_powers\", "
             "disagree \"primary_care.decision_powers\")",
             "false-claim: 'equal' does not hold: the figures are 37 per cent "
             "and 38 per cent @ \"equal\"");
    ck_wrong("claim(\"mots\", percent(26))",
             "unknown-words: cannot judge whether 'mots' holds @ \"mots\" "
             "(did you mean 'most'?)");
}
END_TEST

/* Lua's own messages, in plain words. */
START_TEST(plain_words)
{
    ck_wrong("groups[\"england\"].parent.name",
             "bad-value: 'parent' is nothing: it has no fields @ parent");
    ck_wrong("group.name()", "bad-value: 'name' is a text: it cannot be "
                             "called: it is no function @ name");
    ck_wrong("group.name + 1",
             "bad-value: 'name' is a text: it is no number to reckon with @ "
             "name");
    ck_wrong("\"a\" .. groups[\"role-clinical\"].ccgs",
             "bad-value: 'ccgs' is nothing: it cannot be joined to a text @ "
             "ccgs");
    ck_wrong("1 < \"2\"",
             "bad-value: a number cannot be compared with a text @ <");
    ck_wrong("{} .. \"\"", "bad-value: a list cannot be joined to a text @ ..");
    ck_wrong("agree \"overall.at_effective\" + 1",
             "bad-value: figures are not added up @ + (name the net, or count "
             "with '.count')");
    ck_wrong("#3", "bad-value: a number has no length @ #");
    ck_wrong("1 // 0", "bad-value: division by zero @ //");
    ck_wrong("0 / 0", "bad-value: result is not a number @ 0 / 0");
    ck_wrong("\"\\255\"", "bad-value: text is not UTF-8 @ \"\\255\"");
}
END_TEST

START_TEST(syntax)
{
    ck_wrong("agree(\"overall.at_effective\"",
             "syntax: expression ends too soon @ \"overall.at_effective\"");
    ck_wrong("1 +", "syntax: expression ends too soon @ +");
    ck_wrong("agree(\"overall.at_effective\"))",
             "syntax: one ')' too many @ )");
    ck_wrong("", "syntax: expression is empty @ ");
    ck_wrong("a b", "syntax: unexpected 'b' @ b");
    ck_wrong("\"abc", "syntax: text is not closed @ \"abc");
    ck_wrong("x = 5", "syntax: unexpected '=' @ = ('==' compares)");
    ck_wrong("1 != 2",
             "syntax: unexpected '!' @ ! ('~=' is not equal, 'not' negates)");
    ck_wrong("local x", "syntax: unexpected 'local' @ local (one expression "
                        "has no statements; {% %} holds the control)");
    ck_wrong("1), (2", "syntax: unexpected ')': more than one value @ 1), (2");
    ck_wrong("1 % 0", "bad-value: division by zero @ %");
    ck_eval("1 -- a remark", "1");
}
END_TEST

/* -- the sandbox ---------------------------------------------------------------- */
START_TEST(nothing_outside)
{
    static const char *const names[] = {
        "io", "os", "debug", "require", "package", "load", "loadstring",
        "dofile", "loadfile", "collectgarbage", "pairs", "next", "pcall",
        "xpcall", "error", "assert", "print", "rawget", "rawset", "rawequal",
        "rawlen", "getmetatable", "setmetatable", "coroutine", "utf8",
        "table", "_G", "warn",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        rc_str got = diagnose(names[i]);
        ck_assert_msg(rc_str_starts(got, "unknown-name"), "%s: %.*s", names[i],
                      RC_STR(got));
    }
    static const char *const fields[] = {
        "string.format", "string.gsub", "string.match", "string.gmatch",
        "string.byte", "string.char", "string.dump",
        "string.pack", "math.random", "math.randomseed", "math.huge",
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        rc_str got = diagnose(fields[i]);
        ck_assert_msg(rc_str_starts(got, "unknown-function"), "%s: %.*s",
                      fields[i], RC_STR(got));
    }
    ck_wrong("(\"x\"):rep(3)", "bad-value: a text has no fields @ rep");
    ck_wrong("tostring({})",
             "bad-value: a list cannot be put into words @ tostring");
    ck_wrong("tostring(agree)", "bad-value: a function without its arguments "
                                "cannot be put into words @ tostring");
    /* binary chunks are text that does not parse */
    ck_wrong("\x1BLua", "syntax: unexpected '<\\27>' @ \x1B");
}
END_TEST

START_TEST(nothing_is_changed)
{
    ck_wrong("(function() agree = 1 end)()",
             "no-assignment: an expression cannot set anything @ agree "
             "({% set name = ... %} keeps a value)");
    ck_wrong("(function() string.len = 1 end)()",
             "no-assignment: an expression cannot set anything @ len "
             "({% set name = ... %} keeps a value)");
    ck_wrong("(function() _ENV.x = 1 end)()",
             "no-assignment: an expression cannot set anything @ x "
             "({% set name = ... %} keeps a value)");
    ck_eval("agree \"overall.at_effective\"", "64% of 273");
}
END_TEST

static double
seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

START_TEST(bounds)
{
    static const char *const bombs[] = {
        "(function() while true do end end)()",
        "(function() local function f() return f() end return f() end)()",
        "(function() local function f() return 1 + f() end return f() end)()",
        "(function() for i = 1, 1e9 do end end)()",
        "(function() repeat local x = {} until false end)()",
        "(function() local t = {} for i = 1, 1e9 do t[i] = {} end end)()",
        "(function() local s = 'x' while true do s = s .. s end end)()",
        "(function() local s = string.rep('x', 60000) while true do "
        "local t = s .. 'y' end end)()",
        "(function() while true do string.rep('x', 60000) end end)()",
        "(function() local s = string.rep('x', 60000) while true do "
        "local i = string.find(s, string.rep('x', 30000) .. 'y') end end)()",
        "string.rep('x', 1e9)",
        "string.rep(string.rep('x', 60000), 60000)",
        "(function() while true do list(items 'overall') end end)()",
        "(function() while true do rank(items 'overall') end end)()",
        "(function() while true do above('overall.at_effective', "
        "groups 'area_team') end end)()",
        "(function() local t = {} for i = 1, 40000 do t[i] = 'x' end "
        "while true do list(t) end end)()",
        "(function() local s = string.rep('x', 60000) local t = s .. 'y' "
        "local u = s .. 'z' while true do local b = t == u end end)()",
        "(function() local t = {} t[1] = t return t end)()",
        "map({1}, function() while true do end end)",
    };
    for (size_t i = 0; i < sizeof bombs / sizeof *bombs; i++) {
        double start = seconds();
        rc_str got = diagnose(bombs[i]);
        double took = seconds() - start;
        ck_assert_msg(rc_str_starts(got, "bounds: "), "%s: %.*s", bombs[i],
                      RC_STR(got));
        ck_assert_msg(took < 5, "%s: %d s", bombs[i], (int)took);
    }
    /* nested deeper than Lua's parser goes */
    size_t n = 5000;
    char *deep = RC_MAKE_ARRAY(arena, char, 2 * n + 2);
    memset(deep, '(', n);
    deep[n] = '1';
    memset(deep + n + 1, ')', n);
    char *heap = strdup(deep);
    rc_str got = diagnose(heap);
    ck_assert_msg(rc_str_starts(got, "bounds: "), "%.*s", RC_STR(got));
    free(heap);
    /* and the next expression is whole again */
    ck_eval("agree \"overall.at_effective\"", "64% of 273");
}
END_TEST

/* -- variables and loops ---------------------------------------------------------- */
static bool
assign(const char *name, const char *expression)
{
    return rc_script_assign(script, rc_str_z(name), rc_str_z(expression),
                            span_of(expression));
}

START_TEST(scopes)
{
    rc_script_push(script);
    ck_assert(assign("x", "1"));
    ck_eval("x", "1");
    rc_script_push(script);
    ck_eval("x", "1");
    ck_assert(assign("x", "x + 1"));
    ck_assert(assign("x", "x + 1"));
    ck_assert(assign("y", "function(g) return agree(\"overall.at_effective\", "
                          "g) end"));
    ck_eval("x", "3");
    ck_eval("y(\"north\")", "62% of 97");
    rc_script_pop(script);
    ck_eval("x", "3"); /* the one at hand was changed; */
    rc_script_pop(script);
    ck_assert_uint_eq(rc_log_count(script_log, RC_NOTE), 0);
    rc_value v; /* y was the inner scope's own */
    ck_assert(!rc_script_eval(script, arena, RC_LIT("x"), span_of("x"), &v));
    ck_assert(!rc_script_eval(script, arena, RC_LIT("y"), span_of("y"), &v));
    ck_assert_uint_eq(rc_log_count(script_log, RC_ERROR), 2);
}
END_TEST

/* One mistake, one message: a variable that could not be set is not called
 * unknown afterwards. */
START_TEST(failed_assignment)
{
    rc_value v;
    ck_assert(!assign("x", "agree \"no.such\""));
    ck_assert(!rc_script_eval(script, arena, RC_LIT("x .. 'y'"),
                              span_of("x .. 'y'"), &v));
    ck_assert_uint_eq(rc_log_count(script_log, RC_ERROR), 1);
    ck_assert(!assign("agree", "1"));
    ck_assert(!assign("end", "1"));
    ck_assert(!assign("2x", "1"));
    ck_assert_uint_eq(rc_log_count(script_log, RC_ERROR), 4);
    ck_eval("agree \"overall.at_effective\"", "64% of 273");
}
END_TEST

/* Set to nil is set. */
START_TEST(set_to_nothing)
{
    rc_script_push(script);
    ck_assert(assign("x", "nil"));
    ck_eval("x == nil and 1", "1");
    ck_eval("not x and 1", "1");
    rc_script_pop(script);
    ck_assert_uint_eq(rc_log_count(script_log, RC_ERROR), 0);
}
END_TEST

START_TEST(loops)
{
    int loop, inner;
    size_t count, inner_count;
    const char *e = "groups \"region\"", *f = "r.children";
    ck_assert(rc_script_for(script, rc_str_z(e), span_of(e), &loop, &count));
    ck_assert_uint_eq(count, 4);
    static const char *const keys[] = {"'london'", "'midlands-east'",
                                       "'north'", "'south'"};
    static const size_t children[] = {3, 8, 9, 7};
    for (size_t i = 0; i < count; i++) {
        rc_script_push(script);
        rc_script_next(script, loop, i, RC_LIT("r"));
        ck_eval("r.key", keys[i]);
        ck_assert(rc_script_for(script, rc_str_z(f), span_of(f), &inner,
                                &inner_count));
        ck_assert_uint_eq(inner_count, children[i]);
        rc_script_push(script);
        rc_script_next(script, inner, 0, RC_LIT("r"));
        ck_eval("r.kind", "'area_team'");
        rc_script_pop(script);
        ck_eval("r.key", keys[i]);
        rc_script_for_end(script, inner);
        rc_script_pop(script);
    }
    rc_script_for_end(script, loop);
    ck_assert(!rc_script_for(script, RC_LIT("3"), span_of("3"), &loop,
                             &count));
    ck_assert(count == 0 && rc_log_count(script_log, RC_ERROR) == 1);
}
END_TEST

int
main(void)
{
    Suite *s = suite_create("script: errors and bounds");
    TCase *t = survey_case(s, "errors");
    tcase_add_test(t, unknown_names);
    tcase_add_test(t, marks);
    tcase_add_test(t, wrong_use);
    tcase_add_test(t, false_claims);
    tcase_add_test(t, plain_words);
    tcase_add_test(t, syntax);
    tcase_add_test(t, nothing_outside);
    tcase_add_test(t, nothing_is_changed);
    tcase_add_test(t, bounds);
    tcase_add_test(t, scopes);
    tcase_add_test(t, failed_assignment);
    tcase_add_test(t, set_to_nothing);
    tcase_add_test(t, loops);
    return run_suite(s);
}
