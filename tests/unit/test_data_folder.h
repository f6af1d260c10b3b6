/* What the tests of data/ and stats/ share: a survey of a few rows written to
 * a folder of its own, loaded, and everything the log says as text. */
#ifndef TEST_DATA_FOLDER_H
#define TEST_DATA_FOLDER_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "data/load.h"

#define SAMPLE "samples/ways-of-working-2013/data"

typedef struct survey {
    rc_arena *arena;
    rc_log *log;
    char folder[64];
    const rc_data *data;
    bool ok;
    rc_load_options options;
} survey;

static inline void
survey_open(survey *s)
{
    *s = (survey){.arena = rc_arena_new(), .log = rc_log_new()};
    strcpy(s->folder, "/tmp/recto-data-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(s->folder));
}

static inline void
survey_bytes(survey *s, const char *name, rc_str text)
{
    rc_str path = rc_path_join(s->arena, rc_str_z(s->folder), rc_str_z(name));
    ck_assert(rc_file_write(path.at, text, s->log));
}

static inline void
survey_file(survey *s, const char *name, const char *text)
{
    survey_bytes(s, name, rc_str_z(text));
}

/* A survey that is right: two regions, one item of three categories. */
static inline void
survey_small(survey *s)
{
    survey_open(s);
    survey_file(s, "groups.csv",
                "group,kind,parent,name\n"
                "all,nation,,All\n"
                "north,region,all,The North\n"
                "south,region,all,The South\n");
    survey_file(s, "scales.csv",
                "scale,position,category,label,net\n"
                "yes3,1,yes,Yes,good\n"
                "yes3,2,no,No,bad\n"
                "yes3,3,dk,Don't know,none\n");
    survey_file(s, "questions.csv",
                "question,item,position,question_text,item_text,scale,"
                "base_text,asked_of\n"
                "q,a,1,Well?,The first,yes3,Everyone,all\n");
    survey_file(s, "results.csv",
                "group,question,item,category,count\n"
                "all,q,a,yes,30\n"
                "all,q,a,no,20\n"
                "all,q,a,dk,10\n"
                "north,q,a,yes,10\n"
                "north,q,a,no,15\n"
                "north,q,a,dk,5\n"
                "south,q,a,yes,20\n"
                "south,q,a,no,5\n"
                "south,q,a,dk,5\n");
}

static inline bool
survey_load_from(survey *s, const char *path)
{
    s->ok = rc_data_load(s->arena, path, RC_LIT("data"), &s->options, s->log,
                         &s->data);
    return s->ok;
}

static inline bool
survey_load(survey *s)
{
    return survey_load_from(s, s->folder);
}

/* All that the log says; the caller frees. */
static inline char *
log_text(const rc_log *log, rc_log_format format)
{
    char *text = NULL;
    size_t size;
    FILE *f = open_memstream(&text, &size);
    rc_log_print(log, f, format, false);
    fclose(f);
    char *copy = strdup(text);
    free(text);
    return copy;
}

/* Fails, showing the log, unless it says `words`. */
static inline void
survey_says(const survey *s, const char *words)
{
    char *text = log_text(s->log, RC_LOG_HUMAN);
    ck_assert_msg(strstr(text, words), "not said: %s\n--- said:\n%s", words,
                  text);
    free(text);
}

static inline void
survey_silent(const survey *s)
{
    char *text = log_text(s->log, RC_LOG_HUMAN);
    ck_assert_msg(text[0] == '\0', "said:\n%s", text);
    free(text);
}

static inline void
survey_close(survey *s)
{
    static const char *const names[] = {
        "groups.csv", "scales.csv", "questions.csv", "waves.csv",
        "changes.csv", "results.csv", "bases.csv", "means.csv", "themes.csv",
        "mentions.csv", "comments.csv", "facts.csv", "other.csv", "survey.db",
        "again.db"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(rc_path_join(s->arena, rc_str_z(s->folder), rc_str_z(names[i]))
                   .at);
    rmdir(s->folder);
    rc_log_free(s->log);
    rc_arena_free(s->arena);
}

#endif
