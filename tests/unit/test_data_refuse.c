/* All that loading must refuse: each break is told with its file, row and
 * column, once, and in the same words from CSV and from SQLite. A case changes
 * one file of a survey that is right. */
#include "data/load.h"

#include "data/table.h"
#include "test_data_folder.h"

#include <sqlite3.h>

typedef struct refusal {
    const char *file, *text; /* what stands in it instead */
    const char *says;        /* the first line of the message */
    const char *hint;        /* words of what follows it, or NULL */
    size_t errors;           /* 0: a warning */
    bool csv_only;           /* a mistake SQLite cannot hold */
    const char *also, *also_text; /* a second file, or NULL */
} refusal;

#define GROUPS "group,kind,parent,name\n"
#define SCALES "scale,position,category,label,net\n"
#define ITEMS                                                                 \
    "question,item,position,question_text,item_text,scale,base_text,"        \
    "asked_of\n"
#define RESULTS "group,question,item,category,count\n"
#define PERCENTS "group,question,item,category,percent\n"
#define BASES "group,question,item,unweighted\n"
#define ALL_60 "all,q,a,yes,30\nall,q,a,no,20\nall,q,a,dk,10\n"

static const refusal refusals[] = {
    /* keys */
    {"groups.csv", GROUPS "all,nation,,All\nall,region,,Again\n",
     "data/groups.csv:3: group: error: group 'all' is there twice "
     "[doubled-key]", "data/groups.csv:2: group: note: the first is here", 1,
     false, "results.csv", RESULTS ALL_60},
    {"groups.csv", GROUPS "all,nation,,All\nnorth,region,al,N\n"
                          "south,region,all,S\n",
     "data/groups.csv:3: parent: error: unknown group 'al' [unknown-group]",
     "did you mean 'all'?", 1, false, NULL, NULL},
    {"groups.csv", GROUPS "all,nation,,All\nnorth,region,south,N\n"
                          "south,region,north,S\n",
     "data/groups.csv:3: parent: error: 'north' lies within itself "
     "[group-cycle]", "data/groups.csv:4: group: note: by way of 'south'", 1,
     false, NULL, NULL},
    {"groups.csv", GROUPS "all,nation,all,All\n",
     "data/groups.csv:2: parent: error: 'all' lies within itself",
     NULL, 1, false, "results.csv", RESULTS ALL_60},
    {"groups.csv", GROUPS "all,nation,,All\nthe north,region,all,N\n",
     "data/groups.csv:3: group: error: 'the north' is not a key [bad-key]",
     "letters, digits", 1, false, "results.csv", RESULTS ALL_60},
    {"groups.csv", GROUPS "all,nation,,All\n,region,all,N\n",
     "data/groups.csv:3: group: error: 'group' is empty [missing-value]",
     NULL, 1, false, "results.csv", RESULTS ALL_60},
    {"scales.csv", SCALES "yes3,1,yes,Y,good\nyes3,2,no,N,bad\n"
                          "yes3,3,dk,D,\nyes3,4,no,N,\n",
     "data/scales.csv:5: category: error: category 'no' is there twice",
     NULL, 1, false, NULL, NULL},
    {"scales.csv", SCALES "yes3,1,yes,Y,good\nyes3,2,no,N,bad\nyes3,2,dk,D,\n",
     "data/scales.csv:4: position: error: position 2 of 'yes3' is there twice",
     NULL, 1, false, NULL, NULL},
    {"questions.csv", ITEMS "q,a,1,,A,yes3,,all\nq,a,2,,B,yes3,,all\n",
     "data/questions.csv:3: item: error: item 'q.a' is there twice", NULL, 1,
     false, NULL, NULL},
    {"questions.csv", ITEMS "q,a,1,,A,yes,,all\n",
     "data/questions.csv:2: scale: error: unknown scale 'yes' [unknown-scale]",
     "did you mean 'yes3'?", 1, false, NULL, NULL},
    {"questions.csv", ITEMS "q,a,1,,A,yes3,,sout\n",
     "data/questions.csv:2: asked_of: error: unknown group 'sout'",
     "did you mean 'south'?", 1, false, NULL, NULL},
    {"questions.csv",
     "question,item,position,question_text,item_text,scale,base_text,asked_of,"
     "positive,item_text_nort\nq,a,1,,A,yes3,,all,god,\n",
     "data/questions.csv:2: positive: error: unknown net 'god' [unknown-net]",
     "data/questions.csv: item_text_nort: error: unknown group 'nort'", 2,
     false, NULL, NULL},
    {"results.csv", RESULTS ALL_60 "nort,q,a,yes,1\nnort,q,a,no,1\n",
     "data/results.csv:5: group: error: unknown group 'nort' (in 2 rows) "
     "[unknown-group]", "did you mean 'north'?", 1, false, NULL, NULL},
    {"results.csv", RESULTS ALL_60 "all,r,a,yes,1\n",
     "data/results.csv:5: question: error: unknown question 'r' "
     "[unknown-question]", "only 'q'", 1, false, NULL, NULL},
    {"results.csv", RESULTS ALL_60 "all,q,first,yes,1\n",
     "data/results.csv:5: item: error: unknown item 'first' [unknown-item]",
     "only 'a'", 1, false, NULL, NULL},
    {"results.csv", RESULTS "all,q,a,yes,30\nall,q,a,dunno,1\n",
     "data/results.csv:3: category: error: unknown category 'dunno' "
     "[unknown-category]", "choose 'yes', 'no' or 'dk'", 1, false, NULL, NULL},
    {"results.csv",
     "group,question,item,category,count,wave\nall,q,a,yes,1,w1\n",
     "data/results.csv:2: wave: error: unknown wave 'w1' [unknown-wave]",
     "there is no table 'waves'", 1, false, NULL, NULL},
    {"waves.csv",
     "wave,position,label,fieldwork_start,fieldwork_end\nw1,1,,2012-13,\n"
     "w2,2,,,\n",
     "data/waves.csv:2: fieldwork_start: error: '2012-13' is not a date",
     "data/results.csv: group: error: 'results' has no column 'wave', and "
     "there are 2", 2, false, NULL, NULL},
    /* values */
    {"results.csv", RESULTS ALL_60 "all,q,a,yes,31\n",
     "data/results.csv:5: category: error: a second result for 'yes' of 'q.a' "
     "in 'all' [doubled-result]",
     "data/results.csv:2: category: note: the first is here", 1, false, NULL,
     NULL},
    {"results.csv", RESULTS "all,q,a,yes,-3\n",
     "data/results.csv:2: count: error: '-3' is not a whole number: it is "
     "negative [bad-count]", NULL, 1, false, NULL, NULL},
    {"results.csv", RESULTS "all,q,a,yes,3.5\n",
     "data/results.csv:2: count: error: '3.5' is not a whole number: it has "
     "decimals [bad-count]", NULL, 1, false, NULL, NULL},
    {"results.csv", RESULTS "all,q,a,yes,99999999999999999999\n",
     "data/results.csv:2: count: error: '99999999999999999999' is not a whole "
     "number below a million million [bad-count]", NULL, 1, false, NULL, NULL},
    {"results.csv", RESULTS "all,q,a,yes,\"1,234\"\n",
     "data/results.csv:2: count: error: '1,234' is not a whole number",
     "without a comma", 1, false, NULL, NULL},
    {"results.csv", RESULTS "all,q,a,yes,[u]\n",
     "data/results.csv:2: count: error: '[u]' is not a whole number",
     "marks are [c], [x], [low] and [z]", 1, false, NULL, NULL},
    {"results.csv", RESULTS "all,q,a,yes,\n",
     "data/results.csv:2: count: error: this row has neither count nor "
     "percentage [missing-value]", NULL, 1, false, NULL, NULL},
    {"results.csv", PERCENTS "all,q,a,yes,100.5\n",
     "data/results.csv:2: percent: error: '100.5' is not from 0 to 100 "
     "[bad-percent]", NULL, 1, false, "bases.csv", BASES "all,,,9\n"},
    {"results.csv", PERCENTS "all,q,a,yes,-1\n",
     "data/results.csv:2: percent: error: '-1' is not from 0 to 100",
     NULL, 1, false, "bases.csv", BASES "all,,,9\n"},
    {"results.csv", PERCENTS "all,q,a,yes,12%\n",
     "data/results.csv:2: percent: error: '12%' is not a percentage",
     "without the sign", 1, false, "bases.csv", BASES "all,,,9\n"},
    {"results.csv", "group,question,item,category,count,percent\n"
                    "all,q,a,yes,30,50\n",
     "data/results.csv:2: percent: error: '50' stands beside the count '30' "
     "[count-and-percent]", NULL, 1, false, NULL, NULL},
    {"results.csv", "group,question,item,category,count,percent\n"
                    "all,q,a,yes,30,\nall,q,a,no,,50\n",
     "data/results.csv:3: percent: error: 'q.a' has counts and percentages in "
     "'all' [mixed-results]", NULL, 1, false, NULL, NULL},
    {"groups.csv", "group,kind,parent,name,invited\nall,nation,,All,many\n",
     "data/groups.csv:2: invited: error: 'many' is not a whole number",
     NULL, 1, false, "results.csv", RESULTS ALL_60},
    {"scales.csv",
     "scale,position,category,label,net,in_base,kind\n"
     "yes3,1,yes,Y,good,yes,single\nyes3,2,no,N,bad,1,mult\n"
     "yes3,3,dk,D,,1,\n",
     "data/scales.csv:2: in_base: error: 'yes' is not 1 or 0 [bad-word]",
     "data/scales.csv:3: kind: error: 'mult' is no word for 'kind'", 2, false,
     NULL, NULL},
    /* sums */
    {"results.csv", RESULTS ALL_60
     "north,q,a,yes,10\nnorth,q,a,no,15\nnorth,q,a,dk,5\n"
     "south,q,a,yes,21\nsouth,q,a,no,5\nsouth,q,a,dk,5\n",
     "data/results.csv:2: count: error: 'yes' of 'q.a' is 30 in 'all', but its "
     "groups of kind 'region' add to 31 [open-sum]",
     "data/results.csv:8: count: note: 21 in 'south'", 1, false, NULL, NULL},
    {"groups.csv",
     "group,kind,parent,name,responses,invited\nall,nation,,All,60,100\n"
     "north,region,all,N,30,50\nsouth,region,all,S,29,50\n",
     "data/groups.csv:2: group: error: 'all' has 60 responses, but its groups "
     "of kind 'region' have 59 [open-sum]",
     "data/groups.csv:4: group: note: 29 in 'south'", 1, false, NULL, NULL},
    {"results.csv", PERCENTS "all,q,a,yes,50\nall,q,a,no,30\nall,q,a,dk,18\n",
     "data/results.csv:2: percent: error: the percentages of 'q.a' in 'all' "
     "add to 98 [row-sum]", "rounding explains at most 1.5", 1, false,
     "bases.csv", BASES "all,,,90\n"},
    {"results.csv", PERCENTS "all,q,a,yes,50.0\nall,q,a,no,30.1\n"
                             "all,q,a,dk,20.1\n",
     "data/results.csv:2: percent: error: the percentages of 'q.a' in 'all' "
     "add to 100.2 [row-sum]", NULL, 1, false, "bases.csv", BASES "all,,,90\n"},
    {"bases.csv", BASES "all,q,a,61\n",
     "data/bases.csv:2: unweighted: error: a base of 61, but the counts of "
     "'q.a' add to 60 [base-mismatch]",
     "data/results.csv:2: count: note: the counts start here", 1, false, NULL,
     NULL},
    {"bases.csv", BASES "all,q,a,29\n",
     "data/bases.csv:2: unweighted: error: a base of 29 is smaller than a "
     "count of 'q.a', 30 [base-too-small]",
     "data/results.csv:2: count: note: the count is here", 1, false, NULL,
     NULL},
    {"bases.csv", BASES "all,q,a,60\nall,q,a,60\n",
     "data/bases.csv:3: group: error: the base of 'all' is there twice",
     NULL, 1, false, NULL, NULL},
    {"results.csv", PERCENTS "all,q,a,yes,50\nall,q,a,no,30\nall,q,a,dk,20\n",
     "data/results.csv:2: percent: error: 'q.a' in 'all' is in percentages, "
     "but has no base [missing-base]", "there is no table 'bases'", 1, false,
     NULL, NULL},
    {"scales.csv", "scale,position,category,label,net,kind\n"
                   "yes3,1,yes,Y,,multi\nyes3,2,no,N,,multi\n"
                   "yes3,3,dk,D,,multi\n",
     "data/results.csv:2: count: error: 'q.a' in 'all' may have several "
     "answers each, but has no base [missing-base]", NULL, 1, false, NULL,
     NULL},
    /* columns and tables */
    {"groups.csv", "grup,kind,parent,name\nall,nation,,All\n",
     "data/groups.csv: grup: error: 'groups' has no column 'group' "
     "[missing-column]", "is it this one? needed: group kind parent name", 1, false,
     NULL, NULL},
    {"groups.csv", "group,kind,parent,colour\nall,nation,,red\n",
     "data/groups.csv: group: error: 'groups' has no column 'name' "
     "[missing-column]", "^~~~~ needed: group kind parent name", 1, false, NULL,
     NULL},
    {"groups.csv", "group,kind,kind,parent,name\nall,nation,x,,All\n",
     "data/groups.csv: kind: error: two columns are called 'kind' "
     "[doubled-column]", NULL, 1, true, "results.csv", RESULTS ALL_60},
    {"results.csv", "group,question,item,category,count,wieghted,notes\n"
                    "all,q,a,yes,1,,\nall,q,a,no,1,,\nall,q,a,dk,1,,\n",
     "data/results.csv: wieghted: warning: 'results' knows no column "
     "'wieghted' [unknown-column]", "did you mean 'weighted'?", 0, false, NULL,
     NULL},
    {"results.csv", RESULTS, "error: 'results' has no rows [empty-table]",
     NULL, 1, false, NULL, NULL},
    /* texts */
    {"themes.csv", "question,theme,label,group,percent\nq,x,X,all,26\n"
                   "q,x,X,all,27\nq,y,Y,all,127\n",
     "data/themes.csv:3: theme: error: theme 'x' is there twice", "data/themes.csv:4: percent: error: '127' is not a percentage", 2,
     false, NULL, NULL},
    {"mentions.csv",
     "id,group,question,count,precision,of_commenting,label\n"
     "m1,all,q,3,exactly,2,L\n",
     "data/mentions.csv:2: precision: error: 'exactly' is no word for "
     "'precision' [bad-word]",
     "data/mentions.csv:2: count: error: '3' is not within 'of_commenting'", 2,
     false, NULL, NULL},
    {"comments.csv", "id,group,question,role,text\nc1,all,q,x,One\n"
                     "c1,all,q,x,Two\nc2,all,q,x,\n",
     "data/comments.csv:3: id: error: comment 'c1' is there twice",
     "data/comments.csv:4: text: error: 'text' is empty", 2, false, NULL,
     NULL},
    {"facts.csv", "key,value,unit\na.b,1,\na.b,2,\n",
     "data/facts.csv:3: key: error: fact 'a.b' is there twice", NULL, 1, false,
     NULL, NULL},
    /* the bytes of a file */
    {"results.csv", RESULTS ALL_60 "all,q,\xE9,yes,1\n",
     "data/results.csv:5: item: error: byte 0xE9 is not UTF-8 [bad-utf8]",
     NULL, 1, true, NULL, NULL},
    {"results.csv", RESULTS ALL_60 "all,q,\"a,yes,1\nnorth,q,a,yes,1\n",
     "data/results.csv:5: item: error: this quote never closes "
     "[unclosed-quote]", NULL, 1, true, NULL, NULL},
    {"groups.csv", GROUPS "all,nation,,\"All\nnorth,region,all,\"N\"\n"
                          "south,region,all,S\n",
     "data/groups.csv:2: name: error: this quote does not close on its line, "
     "nor well after it [unclosed-quote]",
     "data/groups.csv:3:19: note: text after a closing quote", 1, true,
     "results.csv", RESULTS ALL_60},
    {"groups.csv", GROUPS "all,nation,,All\nnorth,region,all,The \"N\"\n"
                          "south,region,all,S\n",
     "data/groups.csv:3: name: error: a quote inside a cell without quotes "
     "around it [stray-quote]", NULL, 1, true, NULL, NULL},
    {"groups.csv", GROUPS "all,nation,,All, and all\nnorth,region,all,N\n",
     "data/groups.csv:2: error: a row of 5 cells, not 4 [ragged-row]",
     "needs quotes around it", 1, true, NULL, NULL},
    {"results.csv", RESULTS "all,q,a,yes,30\nall,q,a",
     "data/results.csv:3: error: the file ends in a row of 3 cells, not 5: it "
     "is cut [cut-file]", NULL, 1, true, NULL, NULL},
    {"facts.csv", "", "data/facts.csv: error: the file is empty "
                      "[empty-table]", NULL, 1, true, NULL, NULL},
};

static void
make_case(survey *s, const refusal *r)
{
    survey_small(s);
    survey_file(s, r->file, r->text);
    if (r->also)
        survey_file(s, r->also, r->also_text);
}

START_TEST(refused)
{
    const refusal *r = &refusals[_i];
    survey s;
    make_case(&s, r);
    ck_assert_int_eq(survey_load(&s), r->errors == 0);
    survey_says(&s, r->says);
    if (r->hint)
        survey_says(&s, r->hint);
    if (rc_log_count(s.log, RC_ERROR) != r->errors) {
        char *text = log_text(s.log, RC_LOG_HUMAN);
        ck_abort_msg("case %d: %s:\n%s", _i, r->says, text);
    }
    survey_close(&s);
}
END_TEST

START_TEST(all_in_one_run)
{
    survey s;
    survey_small(&s);
    survey_file(&s, "results.csv",
                RESULTS "all,q,a,yes,-1\nall,q,a,no,x\nnorth,q,a,maybe,1\n"
                        "south,r,a,yes,1\n");
    survey_file(&s, "facts.csv", "key,value,unit\nk,1,\nk,2,\n");
    survey_file(&s, "waves.csv", "wave,position\n");
    ck_assert(!survey_load(&s));
    survey_says(&s, "results.csv:2: count");
    survey_says(&s, "results.csv:3: count");
    survey_says(&s, "results.csv:4: category");
    survey_says(&s, "results.csv:5: question");
    survey_says(&s, "facts.csv:3: key");
    survey_says(&s, "'waves' has no column 'label'");
    ck_assert_ptr_nonnull(s.data); /* a model to go on with */
    survey_close(&s);
}
END_TEST

START_TEST(what_is_not_there)
{
    survey s;
    survey_small(&s);
    unlink(rc_path_join(s.arena, rc_str_z(s.folder), RC_LIT("groups.csv")).at);
    survey_file(&s, "other.csv", "a\n");
    ck_assert(!survey_load(&s));
    survey_says(&s, "error: 'data' has no table 'groups' [missing-table]");
    ck_assert_uint_eq(rc_log_count(s.log, RC_ERROR), 1);
    ck_assert_ptr_null(s.data);
    survey_close(&s);
    survey_open(&s);
    ck_assert(!survey_load_from(&s, "/nowhere/at/all"));
    ck_assert_int_eq(rc_log_status(s.log), RC_EXIT_WORLD);
    survey_close(&s);
}
END_TEST

START_TEST(no_database)
{
    survey s;
    survey_open(&s);
    survey_file(&s, "survey.db", "this is no database, though it is long enough"
                                 " to be taken for one at a glance, perhaps\n");
    rc_str db = rc_path_join(s.arena, rc_str_z(s.folder), RC_LIT("survey.db"));
    ck_assert(!survey_load_from(&s, db.at));
    survey_says(&s, "cannot read it as a SQLite file");
    survey_close(&s);
}
END_TEST

START_TEST(cut_database)
{
    survey s;
    rc_str bytes;
    survey_open(&s);
    rc_str db = rc_path_join(s.arena, rc_str_z(s.folder), RC_LIT("survey.db"));
    ck_assert(rc_data_convert(SAMPLE, db.at, s.log));
    ck_assert(rc_file_read(s.arena, db.at, s.log, rc_span_none(), &bytes));
    bytes.len = bytes.len / 2;
    ck_assert(rc_file_write(db.at, bytes, s.log));
    ck_assert(!survey_load_from(&s, db.at));
    survey_says(&s, "bad-database");
    survey_close(&s);
}
END_TEST

/* -- the same words from SQLite ----------------------------------------------- */

/* Runs what stands in `b`, and empties it. */
static void
exec(sqlite3 *db, rc_buf *b)
{
    rc_buf_z(b, ")");
    rc_buf_char(b, '\0');
    ck_assert_msg(sqlite3_exec(db, b->at, NULL, NULL, NULL) == SQLITE_OK,
                  "%s: %s", sqlite3_errmsg(db), b->at);
    b->len = 0;
}

static void
add_quoted(rc_buf *b, rc_str s, char quote)
{
    rc_buf_char(b, quote);
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == quote)
            rc_buf_char(b, quote);
        rc_buf_char(b, s.at[i]);
    }
    rc_buf_char(b, quote);
}

/* As it is, right or wrong: rc_data_convert would refuse it. Empty cells are
 * NULL, and whole numbers are INTEGER, as people make them. */
static void
csv_to_sqlite(survey *s, const char *path)
{
    rc_reader reader = {s->arena, s->arena, s->log};
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    for (size_t i = 0; i < RC_TABLE_COUNT; i++) {
        const char *name = rc_table_name((rc_table_id)i);
        rc_str file = rc_str_printf(s->arena, "%s/%s.csv", s->folder, name);
        rc_table t = {.name = rc_str_z(name)};
        if (!rc_file_exists(file.at))
            continue;
        ck_assert(rc_csv_read(&reader, file.at, file, &t));
        rc_buf b = {0};
        rc_buf_printf(&b, "CREATE TABLE %s (", name);
        for (size_t c = 0; c < t.column_count; c++) {
            rc_buf_z(&b, c ? ", " : "");
            add_quoted(&b, t.columns[c], '"');
            rc_buf_z(&b, c % 2 ? " INTEGER" : "");
        }
        exec(db, &b);
        for (size_t row = 0; row < t.row_count; row++) {
            rc_buf_printf(&b, "INSERT INTO %s VALUES (", name);
            for (size_t c = 0; c < t.column_count; c++) {
                rc_str cell = rc_table_cell(&t, row, (int)c);
                rc_buf_z(&b, c ? ", " : "");
                if (cell.len)
                    add_quoted(&b, cell, '\'');
                else
                    rc_buf_z(&b, "NULL");
            }
            exec(db, &b);
        }
        rc_buf_free(&b);
    }
    sqlite3_close(db);
}

/* Removes what only a text has: its path, lines and bytes. */
static void
strip(char *json)
{
    static const char *const keys[] = {",\"path\":", ",\"line\":",
                                       ",\"column\":", ",\"from\":",
                                       ",\"to\":"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        for (char *at; (at = strstr(json, keys[k]));) {
            char *end = at + strlen(keys[k]);
            if (*end == '"')
                end = strchr(end + 1, '"') + 1;
            else
                end += strcspn(end, ",}");
            memmove(at, end, strlen(end) + 1);
        }
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static rc_str
messages(survey *s)
{
    char *json = log_text(s->log, RC_LOG_JSON), *lines[64];
    size_t count = 0;
    strip(json);
    for (char *at = strtok(json, "\n"); at && count < 64; at = strtok(NULL, "\n"))
        lines[count++] = at;
    qsort(lines, count, sizeof *lines, by_text);
    rc_buf b = {0};
    for (size_t i = 0; i < count; i++)
        rc_buf_printf(&b, "%s\n", lines[i]);
    rc_str text = rc_str_copy(s->arena, rc_buf_str(&b));
    rc_buf_free(&b);
    free(json);
    return text;
}

START_TEST(same_words_from_sqlite)
{
    const refusal *r = &refusals[_i];
    survey s;
    if (r->csv_only)
        return;
    make_case(&s, r);
    rc_str db = rc_path_join(s.arena, rc_str_z(s.folder), RC_LIT("survey.db"));
    csv_to_sqlite(&s, db.at);
    bool ok = survey_load(&s);
    rc_str want = messages(&s);
    rc_log_free(s.log);
    s.log = rc_log_new();
    ck_assert_int_eq(survey_load_from(&s, db.at), ok);
    rc_str got = messages(&s);
    ck_assert_msg(rc_str_eq(got, want), "from SQLite:\n%s\nfrom CSV:\n%s",
                  got.at, want.at);
    survey_close(&s);
}
END_TEST

START_TEST(sqlite_names_the_table)
{
    survey s;
    make_case(&s, &refusals[0]);
    rc_str db = rc_path_join(s.arena, rc_str_z(s.folder), RC_LIT("survey.db"));
    csv_to_sqlite(&s, db.at);
    ck_assert(!survey_load_from(&s, db.at));
    survey_says(&s, "data#groups: row 2: group: error: group 'all' is there "
                    "twice");
    survey_close(&s);
}
END_TEST

int
main(void)
{
    int count = (int)(sizeof refusals / sizeof *refusals);
    Suite *suite = suite_create("data refuse");
    TCase *t = tcase_create("all");
    tcase_add_loop_test(t, refused, 0, count);
    tcase_add_loop_test(t, same_words_from_sqlite, 0, count);
    tcase_add_test(t, all_in_one_run);
    tcase_add_test(t, what_is_not_there);
    tcase_add_test(t, no_database);
    tcase_add_test(t, cut_database);
    tcase_add_test(t, sqlite_names_the_table);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
