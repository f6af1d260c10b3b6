/* Volumes: which there are, and that each is bound by itself: in any order,
 * with a log of its own, always the same. */
#include "test_doc_case.h"

static const char volumes_yaml[] =
    "chapters: {body: [one.md]}\n"
    "volumes:\n"
    "  structure: v\n"
    "  each: area_team\n"
    "  cover: {subtitle: 'of {{ group.parent and group.parent.name or \"none\" }}'}\n"
    "  chapters: {body: [two.md]}\n";
static const char volumes_structure[] =
    "cover: {title: '{{ group.name }}',\n"
    "        line: ['{{ report.volume }} of {{ report.volumes }}']}\n"
    "parts:\n"
    "  - {name: body, pages: arabic, numbers: '1', opening: plain, chapters: "
    "[report]}\n";
static const doc_file volumes_files[] = {
    { "layouts/v/structure.yaml", volumes_structure },
    { "chapters/one.md", "# One\n\n{{ group.name }}.\n" },
    { "chapters/two.md",
      "# Two\n\n{{ group.name }}: {{ agree \"overall.at_effective\" }}.\n" },
    { NULL, NULL },
};

typedef struct volume_case {
    rc_arena *arena;
    rc_log *log;
    char *dump, *said;
} volume_case;

static volume_case
volume_bind_with(const rc_survey *s, const rc_volume *v, rc_shelf *shelf)
{
    volume_case c = { .arena = rc_arena_new(), .log = rc_log_new() };
    const rc_doc *doc = rc_bind_volume(c.arena, c.arena, s, v, shelf, c.log);
    ck_assert_ptr_nonnull(doc);
    c.dump = doc_dump_text(doc);
    c.said = doc_log_text(c.log);
    return c;
}

static volume_case
volume_bind(const rc_survey *s, const rc_volume *v)
{
    return volume_bind_with(s, v, NULL);
}

static void
volume_done(volume_case *c)
{
    rc_arena_free(c->arena);
    rc_log_free(c->log);
    free(c->dump);
    free(c->said);
}

START_TEST(one_for_each_group)
{
    doc_case c = doc_bind(volumes_yaml, volumes_files);
    size_t count;
    const rc_volume *v = rc_volumes(c.arena, c.survey, RC_LIT(""), &count,
                                    c.log);
    ck_assert_uint_eq(count, 27);
    ck_assert(rc_str_is(v[0].key, "at-north-west-london"));
    ck_assert(rc_str_is(v[2].name, "South London"));
    ck_assert_uint_eq(v[2].number, 3);
    ck_assert_uint_eq(v[2].of, 27);
    ck_assert_uint_gt(v[2].weight, 0);
    (void)rc_volumes(c.arena, c.survey, RC_LIT("region"), &count, c.log);
    ck_assert_uint_eq(count, 4);
    v = rc_volume_find(c.arena, c.survey, RC_LIT("south"), c.log);
    ck_assert_uint_eq(v->number, 4);
    ck_assert_uint_eq(v->of, 4);
    ck_assert_int_eq(rc_log_status(c.log), 0);
    /* what is not there is said, with what may have been meant */
    ck_assert_ptr_null(rc_volumes(c.arena, c.survey, RC_LIT("regoin"), &count,
                                  c.log));
    ck_assert_uint_eq(count, 0);
    ck_assert_ptr_null(
        rc_volume_find(c.arena, c.survey, RC_LIT("suoth"), c.log));
    doc_say(&c);
    doc_has(c.said, "no group is of the kind 'regoin'");
    doc_has(c.said, "did you mean 'region'?");
    doc_has(c.said, "did you mean 'south'?");
    doc_done(&c);
}
END_TEST

START_TEST(a_report_without_volumes)
{
    doc_case c = doc_chapter("# One\n\nText.\n");
    size_t count;
    ck_assert_ptr_null(
        rc_volumes(c.arena, c.survey, RC_LIT(""), &count, c.log));
    doc_say(&c);
    doc_has(c.said, "the report has no volumes");
    doc_done(&c);
}
END_TEST

START_TEST(each_by_itself)
{
    doc_case c = doc_bind(volumes_yaml, volumes_files);
    size_t count;
    const rc_volume *v = rc_volumes(c.arena, c.survey, RC_LIT(""), &count,
                                    c.log);
    volume_case first = volume_bind(c.survey, &v[14]);
    volume_case other = volume_bind(c.survey, &v[4]);
    volume_case again = volume_bind(c.survey, &v[14]);
    ck_assert_str_eq(first.dump, again.dump);
    ck_assert_str_eq(first.said, "");
    doc_has(first.dump, "cover.title = Greater Manchester");
    doc_has(first.dump, "title Greater Manchester: A report");
    doc_has(first.dump, "cover.subtitle = of North of England");
    doc_has(first.dump, "cover.line.1 = 15 of 27");
    doc_has(first.dump, "Greater Manchester: nine of the 12.");
    doc_has(other.dump, "cover.title = Birmingham and the Black Country");
    doc_lacks(other.dump, "Manchester");
    doc_has(c.dump, "England.");
    doc_lacks(c.dump, "Two");
    volume_done(&first);
    volume_done(&other);
    volume_done(&again);
    doc_done(&c);
}
END_TEST

/* With a shelf or without: the same document, and the same messages, of the
 * first volume and of those after it. */
START_TEST(sharing_what_is_read)
{
    static const doc_file files[] = {
        { "layouts/v/structure.yaml", volumes_structure },
        { "chapters/one.md", "# One\n\nText.\n" },
        { "chapters/two.md",
          "{% include \"words.md\" %}\n# Two\n\n{{ group.name }}: "
          "{{ enough(1) }}.\n\n{% include \"slips.md\" %}\n" },
        { "chapters/words.md",
          "{% set enough = function(n) return group.responses > n and 'yes' "
          "or 'no' end %}" },
        { "chapters/slips.md",
          "{{ agree \"overall.at_efective\" }}{{ group.nmae }}\n\n"
          "{% if group %}never closed\n" },
        { NULL, NULL },
    };
    doc_case c = doc_bind(volumes_yaml, files);
    rc_shelf *shelf = rc_shelf_new();
    size_t count;
    const rc_volume *v = rc_volumes(c.arena, c.survey, RC_LIT(""), &count,
                                    c.log);
    static const int order[] = { 14, 0, 4, 14, 2 };
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        volume_case alone = volume_bind(c.survey, &v[order[i]]);
        volume_case sharing = volume_bind_with(c.survey, &v[order[i]], shelf);
        ck_assert_str_eq(alone.dump, sharing.dump);
        ck_assert_str_eq(alone.said, sharing.said);
        doc_has(sharing.said, "'if group' has no {% end %}");
        doc_has(sharing.said, "chapters/slips.md:3:");
        doc_has(sharing.dump, order[i] == 14 ? "Greater Manchester: yes."
                                             : ": ");
        volume_done(&alone);
        volume_done(&sharing);
    }
    rc_shelf_free(shelf);
    doc_done(&c);
}
END_TEST

/* A volume of `group` with `text` as its chapter. */
static volume_case
volume_of(const char *group, const char *text, doc_case *c)
{
    const doc_file files[] = {
        { "layouts/v/structure.yaml", volumes_structure },
        { "chapters/one.md", "# One\n\nText.\n" },
        { "chapters/two.md", text },
        { NULL, NULL },
    };
    *c = doc_bind(volumes_yaml, files);
    const rc_volume *v =
        rc_volume_find(c->arena, c->survey, rc_str_z(group), c->log);
    ck_assert_ptr_nonnull(v);
    return volume_bind(c->survey, v);
}

static const char beside[] =
    "# Two\n\n```chart\nquestion: partners\nbeside: [parent, whole]\n"
    "headline: Yes\n```\n";

START_TEST(other_groups_beside)
{
    doc_case c;
    /* a small region stands as a number, and all bases are named */
    volume_case v = volume_of("at-south-london", beside, &c);
    doc_has(v.dump, "net Agree / of 16\n");
    doc_has(v.dump, "net London / of 28\n");
    doc_has(v.dump, "net England / % agree\n");
    doc_has(v.dump, "South London (16, base below 30), London (28, base below 30), England (273)");
    volume_done(&v);
    doc_done(&c);
    /* the parent that is the whole stands there once ... */
    v = volume_of("south", beside, &c);
    doc_has(v.dump, "net England / % agree\n");
    doc_lacks(v.dump, "net Disagree");
    const char *first = strstr(v.dump, "net England");
    ck_assert_ptr_null(strstr(first + 1, "net England"));
    volume_done(&v);
    doc_done(&c);
    /* ... and beside the whole itself nothing */
    v = volume_of("england", beside, &c);
    doc_has(v.dump, "net Disagree\n");
    doc_lacks(v.dump, "net England");
    ck_assert_str_eq(v.said, "");
    volume_done(&v);
    doc_done(&c);
}
END_TEST

START_TEST(reported_together_in_both)
{
    static const char text[] =
        "# Two\n\n{{ agree \"overall.at_effective\" }}\n";
    doc_case c;
    volume_case v = volume_of("at-north-west-london", text, &c);
    volume_case other = volume_of("at-north-central-east-london", text, &c);
    doc_has(v.dump, "Four of the 12");
    doc_has(other.dump, "Four of the 12");
    doc_has(v.dump, "cover.title = North West London\n");
    doc_has(v.dump, "band of 12");
    volume_done(&v);
    volume_done(&other);
    doc_done(&c);
}
END_TEST

START_TEST(all_statements_at_a_glance)
{
    doc_case c;
    volume_case v = volume_of("at-south-london",
                              "# Two\n\n```chart\ntype: dots\ndense: true\n"
                              "items: [overall.at_effective, "
                              "overall.regional_enables, partners.active_role]\n"
                              "groups: [parent, group]\nheadline: Yes\n```\n",
                              &c);
    doc_has(v.dump, "chart dots dense\n");
    doc_has(v.dump, "head Relationships\n");
    /* no mark for either: both are numbers, beside the whole's mark */
    doc_has(v.dump, "dots Our NHS England team works effectively | | 64 | London "
                    "11 | South London 7\n");
    ck_assert_str_eq(v.said, "");
    volume_done(&v);
    doc_done(&c);
}
END_TEST

START_TEST(joined_data_tables)
{
    doc_case c;
    volume_case v = volume_of(
        "at-greater-manchester",
        "# Two\n\n```chart\nquestion: overall\nheadline: One thing\n```\n\n"
        "```chart\nquestion: roles\nheadline: Another\n```\n\n"
        "```chart\nquestion: partners\nheadline: A third\ndata: false\n```\n\n"
        "```data-tables\njoin: 20\nheadline: All figures\n```\n",
        &c);
    doc_has(v.dump, "Data for Figures 1.1 to 1.2");
    doc_has(v.dump, "All figures");
    doc_has(v.dump, "Figure 1.1](#_2). One thing");
    doc_lacks(v.dump, "Data for Figure 1.3");
    ck_assert_str_eq(v.said, "");
    volume_done(&v);
    doc_done(&c);
}
END_TEST

START_TEST(data_in_anothers_table)
{
    doc_case c;
    volume_case v = volume_of(
        "at-greater-manchester",
        "# Two\n\n```chart\ntype: dots\ndense: true\n"
        "items: [overall.at_effective, overall.regional_enables]\n"
        "groups: [parent, group]\nheadline: Held\ndata: shared\n```\n\n"
        "```chart\ntype: dots\ndense: true\n"
        "items: [overall.at_effective, partners.active_role]\n"
        "groups: [parent, group]\nheadline: Not held\ndata: shared\n```\n\n"
        "```chart\nquestion: overall\nbeside: [parent, whole]\nheadline: One thing\n```\n\n"
        "```data-tables\n{}\n```\n",
        &c);
    doc_has(v.dump, "data Data for Figure 1.3\n");
    doc_has(v.dump, "back [Figure 1.3, page~](#_4)[?](#_4) / "
                    "[Figure 1.1, page~](#_2)[?](#_2)\n");
    doc_lacks(v.dump, "number Data for Figure 1.1");
    doc_has(v.dump, "number Data for Figure 1.2\n");
    ck_assert_str_eq(v.said, "");
    volume_done(&v);
    doc_done(&c);
}
END_TEST

START_TEST(questions_that_were_asked)
{
    doc_case c;
    volume_case v = volume_of(
        "at-greater-manchester",
        "# Two\n\n{{ list(map(questions(), question_name)) }}.\n\n"
        "{{ #items() }} statements.\n",
        &c);
    doc_has(v.dump, "paragraph Relationships; Please now think about the "
                    "relationship between NHS England and CCG.");
    doc_lacks(v.dump, "formal conditions"); /* asked of others */
    volume_done(&v);
    doc_done(&c);
}
END_TEST

START_TEST(chapters_that_are_wanted)
{
    static const char yaml[] =
        "chapters: {body: [one.md]}\n"
        "volumes:\n"
        "  structure: v\n"
        "  chapters: {body: [{file: one.md, when: group.counts}, "
        "{file: two.md, when: not group.counts}]}\n";
    doc_case c = doc_bind(yaml, volumes_files);
    const rc_volume *v = rc_volume_find(c.arena, c.survey,
                                        RC_LIT("at-essex"), c.log);
    volume_case small = volume_bind(c.survey, v);
    v = rc_volume_find(c.arena, c.survey, RC_LIT("south"), c.log);
    volume_case large = volume_bind(c.survey, v);
    doc_has(small.dump, " 1 One #");
    doc_lacks(small.dump, " Two #");
    doc_has(large.dump, " 1 Two #");
    doc_lacks(large.dump, " One #");
    volume_done(&small);
    volume_done(&large);
    doc_done(&c);
}
END_TEST

int
main(void)
{
    Suite *s = suite_create("doc_volumes");
    TCase *t = tcase_create("all");
    tcase_add_test(t, one_for_each_group);
    tcase_add_test(t, a_report_without_volumes);
    tcase_add_test(t, each_by_itself);
    tcase_add_test(t, sharing_what_is_read);
    tcase_add_test(t, other_groups_beside);
    tcase_add_test(t, reported_together_in_both);
    tcase_add_test(t, all_statements_at_a_glance);
    tcase_add_test(t, joined_data_tables);
    tcase_add_test(t, data_in_anothers_table);
    tcase_add_test(t, questions_that_were_asked);
    tcase_add_test(t, chapters_that_are_wanted);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
