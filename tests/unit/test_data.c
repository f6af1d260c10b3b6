/* The sample's model, the parts of the format it leaves out, conversion. */
#include "data/load.h"

#include "test_data_folder.h"

START_TEST(sample_loads_without_a_word)
{
    survey s;
    survey_open(&s);
    ck_assert(survey_load_from(&s, SAMPLE));
    survey_silent(&s);
    const rc_data *d = s.data;
    ck_assert_uint_eq(d->group_count, 37);
    ck_assert_uint_eq(d->item_count, 48);
    ck_assert_uint_eq(d->scale_count, 2);
    ck_assert_uint_eq(d->mention_count, 185);
    ck_assert_uint_eq(d->comment_count, 180);
    ck_assert_uint_eq(d->fact_count, 289);
    ck_assert_uint_eq(d->wave_count, 0);
    ck_assert_int_eq(rc_data_newest_wave(d), 0);
    survey_close(&s);
}
END_TEST

START_TEST(sample_groups)
{
    survey s;
    survey_open(&s);
    ck_assert(survey_load_from(&s, SAMPLE));
    const rc_data *d = s.data;
    int london = rc_data_group(d, RC_LIT("london"));
    const rc_group *g = &d->groups[london];
    ck_assert(rc_str_is(d->groups[g->parent].key, "england"));
    ck_assert_uint_eq(g->child_count, 3);
    ck_assert(rc_str_is(d->groups[g->children[0]].key, "at-north-west-london"));
    ck_assert_int_eq(g->population, 80); /* invited, where there is no N */
    ck_assert_int_eq(d->groups[rc_data_group(d, RC_LIT("role-clinical"))]
                         .population, 214);
    ck_assert(rc_str_is(rc_group_column(g, RC_LIT("team_label")),
                        "NHS England team"));
    ck_assert_uint_eq(rc_group_column(g, RC_LIT("nothing")).len, 0);
    ck_assert_int_eq(g->span.row, 2);
    ck_assert_int_eq(rc_data_group(d, RC_LIT("Londn")), -1);
    survey_close(&s);
}
END_TEST

START_TEST(sample_items)
{
    survey s;
    survey_open(&s);
    ck_assert(survey_load_from(&s, SAMPLE));
    const rc_data *d = s.data;
    int item = rc_data_item(d, RC_LIT("overall.at_effective"));
    const rc_question *q = &d->questions[d->items[item].question];
    ck_assert(rc_str_is(q->key, "overall"));
    ck_assert_int_eq(q->item_count, 4);
    ck_assert_int_eq(q->first_item, item);
    ck_assert(rc_str_is(d->scales[d->items[item].scale].nets[0], "agree"));
    ck_assert_int_eq(d->items[item].positive, 0);
    /* wording for a region holds for all below it */
    int team = rc_data_group(d, RC_LIT("at-south-london"));
    int north = rc_data_group(d, RC_LIT("north"));
    ck_assert(rc_str_starts(rc_item_text_for(d, item, team),
                            "Our NHS England team"));
    ck_assert(rc_str_starts(rc_item_text_for(d, item, north),
                            "Our area team"));
    ck_assert(rc_str_is(rc_item_short_for(d, item, team),
                        "Our NHS England team works effectively"));
    int need = rc_data_item(d, RC_LIT("support_needs.boards"));
    ck_assert(rc_str_eq(rc_item_short_for(d, need, team), d->items[need].text));
    int asked = d->items[rc_data_item(d, RC_LIT("conditions.open_honest"))]
                    .asked_of;
    ck_assert_int_eq(asked, rc_data_group(d, RC_LIT("conditions-yes")));
    survey_close(&s);
}
END_TEST

START_TEST(sample_answers)
{
    survey s;
    survey_open(&s);
    ck_assert(survey_load_from(&s, SAMPLE));
    const rc_data *d = s.data;
    int item = rc_data_item(d, RC_LIT("overall.at_effective"));
    const rc_answer *a =
        rc_data_answer(d, item, rc_data_group(d, RC_LIT("england")), 0);
    static const int64_t want[] = {43, 133, 40, 36, 19, 2};
    for (int i = 0; i < 6; i++) {
        ck_assert_int_eq(a->cells[i].kind, RC_CELL_COUNT);
        ck_assert_int_eq(a->cells[i].count, want[i]);
    }
    ck_assert_int_eq(a->unweighted, 273);
    ck_assert(!a->base_given);
    int routed = rc_data_item(d, RC_LIT("conditions.open_honest"));
    ck_assert_ptr_null(
        rc_data_answer(d, routed, rc_data_group(d, RC_LIT("north")), 0)->cells);
    survey_close(&s);
}
END_TEST

START_TEST(sample_texts)
{
    survey s;
    survey_open(&s);
    ck_assert(survey_load_from(&s, SAMPLE));
    const rc_data *d = s.data;
    int england = rc_data_group(d, RC_LIT("england"));
    ck_assert(rc_str_is(rc_data_fact(d, RC_LIT("survey.name"))->value,
                        "Ways of Working Survey"));
    ck_assert_ptr_null(rc_data_fact(d, RC_LIT("survey.nam")));
    ck_assert(rc_str_is(rc_data_comment(d, RC_LIT("c001"))->role, "financial"));
    /* printed twice with different figures: the conflict is never found */
    const rc_theme *t =
        rc_data_theme(d, RC_LIT("process.works_well"), england, 0);
    ck_assert_double_eq(t->value, 14);
    t = rc_data_theme(d, RC_LIT("specialised.budget_finance"), england, 0);
    ck_assert_double_eq(t->value, 28);
    ck_assert_ptr_null(rc_data_theme(d, RC_LIT("process.nothing"), england, 0));
    survey_close(&s);
}
END_TEST

/* Themes of many groups: each has its own, and a key that comes again with the
 * same figure, or in conflict, is not there twice. */
START_TEST(themes_of_groups)
{
    survey s;
    survey_small(&s);
    survey_file(&s, "themes.csv",
                "question,theme,label,group,percent,status\n"
                "q,x,X,all,26,\n"
                "q,x,X,south,30,conflict\n"
                "q,x,X,north,40,\n"
                "q,x,X,north,40,\n"
                "q,y,Y,south,50,\n"
                "q,x,X,south,31,\n");
    ck_assert(survey_load(&s));
    const rc_data *d = s.data;
    int all = rc_data_group(d, RC_LIT("all"));
    int north = rc_data_group(d, RC_LIT("north"));
    int south = rc_data_group(d, RC_LIT("south"));
    ck_assert_double_eq(rc_data_theme(d, RC_LIT("q.x"), all, 0)->value, 26);
    ck_assert_double_eq(rc_data_theme(d, RC_LIT("q.x"), north, 0)->value, 40);
    ck_assert_double_eq(rc_data_theme(d, RC_LIT("q.x"), south, 0)->value, 31);
    ck_assert_ptr_null(rc_data_theme(d, RC_LIT("q.y"), north, 0));
    ck_assert_ptr_null(rc_data_theme(d, RC_LIT("q.x"), north, 1));
    ck_assert_uint_eq(d->themes_of.from[north + 1] - d->themes_of.from[north],
                      1);
    ck_assert(rc_data_has_theme(d, RC_LIT("q.y")));
    ck_assert(!rc_data_has_theme(d, RC_LIT("q.z")));
    ck_assert(rc_data_has_themes(d, RC_LIT("q")));
    ck_assert(!rc_data_has_themes(d, RC_LIT("x")));
    survey_close(&s);
}
END_TEST

/* -- what the sample leaves out ----------------------------------------------- */

START_TEST(columns_and_rows_in_any_order)
{
    survey s;
    survey_small(&s);
    survey_file(&s, "groups.csv",
                "\xEF\xBB\xBF" "name,parent,colour,kind,group\r\n"
                "The South,all,red,region,south\r\n"
                "\"All, \"\"whole\"\"\",,\" \",nation,all\r\n"
                "\"The\nNorth\",all,\"blue\",region,north");
    ck_assert(survey_load(&s));
    survey_says(&s, "groups.csv:5:31: warning: the last line has no end");
    int all = rc_data_group(s.data, RC_LIT("all"));
    ck_assert(rc_str_is(s.data->groups[all].name, "All, \"whole\""));
    ck_assert(rc_str_is(rc_group_column(&s.data->groups[all], RC_LIT("colour")),
                        " "));
    int north = rc_data_group(s.data, RC_LIT("north"));
    ck_assert(rc_str_is(s.data->groups[north].name, "The\nNorth"));
    ck_assert_int_eq(s.data->groups[north].parent, all);
    ck_assert_int_eq(s.data->groups[north].span.row, 3);
    size_t line, column;
    rc_span_place(s.data->groups[north].span, &line, &column);
    ck_assert_uint_eq(line, 5); /* the name before it holds a line break */
    survey_close(&s);
}
END_TEST

START_TEST(other_files_are_left_alone)
{
    survey s;
    survey_small(&s);
    survey_file(&s, "other.csv", "a,\"b\nc");
    ck_assert(survey_load(&s));
    survey_silent(&s);
    survey_close(&s);
}
END_TEST

START_TEST(waves_bases_means)
{
    survey s;
    survey_small(&s);
    survey_file(&s, "waves.csv",
                "wave,position,label,fieldwork_start,fieldwork_end,respondents,"
                "notes\nw2,2,Second,2013-10-07,2013-11-01,90,\n"
                "w1,1,First,2012-10,,,as printed\n");
    survey_file(&s, "results.csv",
                "group,question,item,category,percent,weighted,wave\n"
                "all,q,a,yes,33.3,,w1\nall,q,a,no,33.3,,w1\n"
                "all,q,a,dk,33.3,,w1\nall,q,a,yes,[c],,w2\n"
                "all,q,a,no,40,,w2\n");
    survey_file(&s, "bases.csv",
                "group,question,item,wave,unweighted,weighted,effective,"
                "population\nall,,,w1,80,,,\nall,,,w2,90,,,\n"
                "all,q,a,w2,88,85.5,70.25,500\nnorth,,,w2,10,,,\n");
    survey_file(&s, "means.csv",
                "group,question,item,mean,base,wave\nsouth,q,a,6.5,40,w2\n");
    survey_file(&s, "changes.csv",
                "question,item,wave,change,from,bridge,note\n"
                "q,a,w2,reworded,old.a,1,shorter\ngone,,w2,dropped,,,\n");
    ck_assert(survey_load(&s));
    const rc_data *d = s.data;
    ck_assert_uint_eq(d->wave_count, 2);
    ck_assert(rc_str_is(d->waves[1].key, "w2"));
    ck_assert_int_eq(d->waves[1].respondents, 90);
    ck_assert_int_eq(d->waves[0].respondents, -1);
    const rc_answer *a = rc_data_answer(d, 0, 0, 0);
    ck_assert_int_eq(a->unweighted, 80);
    ck_assert_int_eq(a->cells[0].kind, RC_CELL_PERCENT);
    ck_assert_int_eq(a->cells[0].decimals, 1);
    a = rc_data_answer(d, 0, 0, 1);
    ck_assert_int_eq(a->unweighted, 88); /* the row that names most */
    ck_assert_double_eq(a->weighted, 85.5);
    ck_assert_double_eq(a->effective, 70.25);
    ck_assert_double_eq(a->population, 500);
    ck_assert_int_eq(a->cells[0].kind, RC_CELL_SUPPRESSED);
    ck_assert_int_eq(a->cells[2].kind, RC_CELL_ABSENT);
    survey_says(&s, "note: 'dk' of 'q.a' has no row in 'all': it counts as 0");
    a = rc_data_answer(d, 0, rc_data_group(d, RC_LIT("south")), 1);
    ck_assert(a->has_mean);
    ck_assert_double_eq(a->mean, 6.5);
    /* a base for all items is none for an item nobody was asked */
    a = rc_data_answer(d, 0, rc_data_group(d, RC_LIT("north")), 1);
    ck_assert(!a->base_given);
    ck_assert_uint_eq(d->change_count, 2);
    ck_assert(d->changes[0].bridge);
    ck_assert_int_eq(d->changes[0].wave, 1);
    survey_close(&s);
}
END_TEST

START_TEST(sums_that_need_not_close)
{
    survey s;
    rc_str region = RC_LIT("region");
    survey_small(&s);
    survey_file(&s, "results.csv",
                "group,question,item,category,count\nall,q,a,yes,30\n"
                "all,q,a,no,1\nall,q,a,dk,1\nnorth,q,a,yes,10\n"
                "north,q,a,no,1\nnorth,q,a,dk,1\nsouth,q,a,yes,10\n"
                "south,q,a,no,1\nsouth,q,a,dk,1\n");
    s.options.no_partition = &region;
    s.options.no_partition_count = 1;
    ck_assert(survey_load(&s));
    survey_silent(&s);
    survey_close(&s);
}
END_TEST

START_TEST(row_sums_may_be_free)
{
    survey s;
    survey_small(&s);
    survey_file(&s, "results.csv",
                "group,question,item,category,percent\nall,q,a,yes,30\n"
                "all,q,a,no,30\nall,q,a,dk,30\n");
    survey_file(&s, "bases.csv", "group,question,item,unweighted\nall,,,[x]\n");
    s.options.row_sums_free = true;
    ck_assert(survey_load(&s));
    ck_assert(rc_data_answer(s.data, 0, 0, 0)->base_withheld);
    survey_close(&s);
}
END_TEST

/* -- conversion ----------------------------------------------------------------- */

static rc_str
bytes_of(survey *s, const char *folder, const char *name)
{
    rc_str text = {"", 0};
    rc_str path = rc_path_join(s->arena, rc_str_z(folder), rc_str_z(name));
    ck_assert(rc_file_read(s->arena, path.at, s->log, rc_span_none(), &text));
    return text;
}

START_TEST(there_and_back)
{
    static const char *const names[] = {
        "groups.csv", "scales.csv", "questions.csv", "results.csv",
        "themes.csv", "mentions.csv", "comments.csv", "facts.csv"};
    survey s;
    survey_open(&s);
    rc_str db = rc_path_join(s.arena, rc_str_z(s.folder), RC_LIT("survey.db"));
    rc_str again = rc_path_join(s.arena, rc_str_z(s.folder),
                                RC_LIT("again.db"));
    ck_assert(rc_data_convert(SAMPLE, db.at, s.log));
    ck_assert(rc_data_convert(SAMPLE, again.at, s.log));
    ck_assert(rc_str_eq(bytes_of(&s, s.folder, "survey.db"),
                        bytes_of(&s, s.folder, "again.db")));
    ck_assert(rc_data_convert(db.at, s.folder, s.log));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ck_assert_msg(rc_str_eq(bytes_of(&s, s.folder, names[i]),
                                bytes_of(&s, SAMPLE, names[i])),
                      "%s differs", names[i]);
    rc_str other = rc_path_join(s.arena, rc_str_z(s.folder),
                                RC_LIT("published.csv"));
    ck_assert(!rc_file_exists(other.at));
    survey_silent(&s);
    survey_close(&s);
}
END_TEST

START_TEST(awkward_cells_there_and_back)
{
    survey s;
    survey_small(&s);
    survey_file(&s, "facts.csv",
                "key,value,unit\na,\" two  blanks \",\nb,\"1,000\",\"\"\n"
                "c,\"say \"\"so\"\"\nand more\",text\nd,é 007 1e5,\n");
    rc_str db = rc_path_join(s.arena, rc_str_z(s.folder), RC_LIT("survey.db"));
    ck_assert(rc_data_convert(s.folder, db.at, s.log));
    ck_assert(rc_data_convert(db.at, s.folder, s.log));
    ck_assert(survey_load(&s));
    static const char *const want[] = {" two  blanks ", "1,000",
                                       "say \"so\"\nand more", "é 007 1e5"};
    for (int i = 0; i < 4; i++)
        ck_assert(rc_str_is(s.data->facts[i].value, want[i]));
    ck_assert_uint_eq(s.data->facts[1].unit.len, 0);
    survey_close(&s);
}
END_TEST

START_TEST(errors_are_not_converted)
{
    survey s;
    survey_small(&s);
    survey_file(&s, "results.csv",
                "group,question,item,category,count\nall,q,a,yes,-1\n");
    rc_str db = rc_path_join(s.arena, rc_str_z(s.folder), RC_LIT("survey.db"));
    ck_assert(!rc_data_convert(s.folder, db.at, s.log));
    ck_assert(!rc_file_exists(db.at));
    survey_says(&s, "results.csv:2: count: error: '-1' is not a whole number");
    survey_close(&s);
}
END_TEST

/* Every string and number of the model, in order. */
static rc_str
model_text(survey *s, const rc_data *d)
{
    rc_buf b = {0};
    for (size_t i = 0; i < d->group_count; i++) {
        const rc_group *g = &d->groups[i];
        rc_buf_printf(&b, "%d %lld %u:", g->parent, (long long)g->population,
                      g->span.row);
        for (size_t c = 0; c < g->column_count; c++)
            rc_buf_printf(&b, "%.*s=%.*s;", RC_STR(g->columns[c].name),
                          RC_STR(g->columns[c].value));
    }
    for (size_t i = 0; i < d->item_count; i++)
        rc_buf_printf(&b, "\n%.*s %.*s %d %d %d", RC_STR(d->items[i].id),
                      RC_STR(rc_item_short_for(d, (int)i, 1)),
                      d->items[i].scale, d->items[i].asked_of,
                      d->items[i].positive);
    for (size_t i = 0; i < d->group_count * d->item_count; i++) {
        const rc_answer *a = &d->answers[i];
        rc_buf_printf(&b, "\n%lld", (long long)a->unweighted);
        for (int c = 0; a->cells && c < 6; c++)
            rc_buf_printf(&b, " %d %lld", a->cells[c].kind,
                          (long long)a->cells[c].count);
    }
    for (size_t i = 0; i < d->theme_count; i++)
        rc_buf_printf(&b, "\n%.*s %d %d", RC_STR(d->themes[i].label),
                      d->themes[i].group, (int)d->themes[i].value);
    for (size_t i = 0; i < d->comment_count; i++)
        rc_buf_printf(&b, "\n%.*s", RC_STR(d->comments[i].text));
    for (size_t i = 0; i < d->fact_count; i++)
        rc_buf_printf(&b, "\n%.*s", RC_STR(d->facts[i].value));
    rc_str text = rc_str_copy(s->arena, rc_buf_str(&b));
    rc_buf_free(&b);
    return text;
}

START_TEST(same_model_from_sqlite)
{
    survey s;
    survey_open(&s);
    rc_str db = rc_path_join(s.arena, rc_str_z(s.folder), RC_LIT("survey.db"));
    ck_assert(rc_data_convert(SAMPLE, db.at, s.log));
    ck_assert(survey_load_from(&s, SAMPLE));
    rc_str want = model_text(&s, s.data);
    ck_assert(want.len > 50000);
    ck_assert(survey_load_from(&s, db.at));
    ck_assert(rc_str_eq(model_text(&s, s.data), want));
    survey_close(&s);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("data");
    TCase *t = tcase_create("all");
    tcase_add_test(t, sample_loads_without_a_word);
    tcase_add_test(t, sample_groups);
    tcase_add_test(t, sample_items);
    tcase_add_test(t, sample_answers);
    tcase_add_test(t, sample_texts);
    tcase_add_test(t, columns_and_rows_in_any_order);
    tcase_add_test(t, other_files_are_left_alone);
    tcase_add_test(t, waves_bases_means);
    tcase_add_test(t, sums_that_need_not_close);
    tcase_add_test(t, row_sums_may_be_free);
    tcase_add_test(t, there_and_back);
    tcase_add_test(t, awkward_cells_there_and_back);
    tcase_add_test(t, errors_are_not_converted);
    tcase_add_test(t, same_model_from_sqlite);
    tcase_add_test(t, themes_of_groups);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
