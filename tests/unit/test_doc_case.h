/* A report of a few lines, bound to the sample's data: what tests of doc/ need.
 * Files are written to a folder of their own, which is removed again. */
#ifndef DOC_CASE_H
#define DOC_CASE_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "doc/bind.h"

typedef struct doc_file {
    const char *name, *text;
} doc_file;

typedef struct doc_case {
    char folder[64];
    rc_arena *arena;
    rc_log *log;
    const rc_survey *survey;
    const rc_doc *doc;
    char *dump; /* of the block tree; "" where there is none */
    char *said; /* all diagnostics */
} doc_case;

static inline void
doc_write(const char *folder, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    for (char *p = path + strlen(folder) + 1; *p; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        mkdir(path, 0777);
        *p = '/';
    }
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    fclose(f);
}

static const char doc_head[] =
    "report: {title: A report, source: The survey., mark: Specimen}\n"
    "house: h\nstructure: s\nwhole: england\n"
    "fieldwork: {start: 2013-10-09, end: 2013-11-11}\n"
    "low-base: {caution: 100, counts: 30}\n"
    "disclosure: {minimum: 2, rule: together}\n"
    "words:\n"
    "  nets: {agree: Agree, disagree: Disagree}\n"
    "  shares: {agree: Per cent agreeing}\n"
    "  roles: {clinical: Clinical lead, managerial: Managerial lead}\n"
    "  questions: {overall: Relationships}\n"
    "facts:\n"
    "  - {column: ccgs, label: Clinical commissioning groups}\n"
    "  - {column: respondents, label: Leads who answered, base: true}\n"
    "  - {rate: [respondents, invited], label: Response rate}\n";
static const char doc_structure[] =
    "cover: {title: '{{ report.title }}', line: [a, b]}\n"
    "parts:\n"
    "  - {name: front, pages: roman, numbers: none, opening: plain, chapters: "
    "[report]}\n"
    "  - {name: body, pages: arabic, numbers: '1', opening: chapter, chapters: "
    "[report]}\n"
    "  - {name: back, numbers: A, opening: plain, chapters: [report]}\n";

/* All that the log says; the caller frees. */
static inline char *
doc_log_text(const rc_log *log)
{
    char *text = NULL;
    size_t size;
    FILE *f = open_memstream(&text, &size);
    rc_log_print(log, f, RC_LOG_HUMAN, false);
    fclose(f);
    return text;
}

/* The dump of a block tree, empty where there is none; the caller frees. */
static inline char *
doc_dump_text(const rc_doc *doc)
{
    char *text = NULL;
    size_t size;
    FILE *f = open_memstream(&text, &size);
    if (doc)
        rc_doc_dump(doc, f);
    fclose(f);
    return text;
}

/* What the log holds by now, into c->said. */
static inline void
doc_say(doc_case *c)
{
    free(c->said);
    c->said = doc_log_text(c->log);
}

/* `yaml` is added to report.yaml (chapters: ...); `files` ends with a NULL
 * name. A file "report.yaml" replaces all of it. */
static inline doc_case
doc_bind(const char *yaml, const doc_file *files)
{
    doc_case c = { .folder = "/tmp/recto-doc-XXXXXX" };
    char here[512], *report;
    ck_assert_ptr_nonnull(mkdtemp(c.folder));
    ck_assert_ptr_nonnull(getcwd(here, sizeof here));
    size_t room = strlen(here) + strlen(yaml) + sizeof doc_head + 128;
    report = malloc(room);
    snprintf(report, room,
             "%sdata: %s/samples/ways-of-working-2013/data\n%s", doc_head,
             here, yaml);
    doc_write(c.folder, "report.yaml", report);
    doc_write(c.folder, "layouts/s/structure.yaml", doc_structure);
    doc_write(c.folder, "layouts/h/house.yaml", "name: h\n");
    for (; files->name; files++)
        doc_write(c.folder, files->name, files->text);
    free(report);
    c.arena = rc_arena_new();
    c.log = rc_log_new();
    char path[128];
    snprintf(path, sizeof path, "%s/report.yaml", c.folder);
    const rc_report *r = rc_report_read(c.arena, path, NULL, c.log);
    c.survey = r ? rc_survey_load(c.arena, r, c.log) : NULL;
    c.doc = c.survey ? rc_bind(c.arena, c.arena, c.survey, c.log) : NULL;
    c.dump = doc_dump_text(c.doc);
    doc_say(&c);
    return c;
}

static inline void
doc_done(doc_case *c)
{
    char command[128];
    rc_arena_free(c->arena);
    rc_log_free(c->log);
    free(c->dump);
    free(c->said);
    snprintf(command, sizeof command, "rm -rf '%s'", c->folder);
    ck_assert_int_eq(system(command), 0);
}

/* One chapter of the body. */
static inline doc_case
doc_chapter(const char *text)
{
    doc_file files[] = { { "chapters/one.md", text }, { NULL, NULL } };
    return doc_bind("chapters: {body: [one.md]}\n", files);
}

/* Fields and bands are not worth showing. */
static inline const char *
doc_body(const char *text)
{
    const char *part = strstr(text, "\npart ");
    return part ? part : text;
}

#define doc_has(text, part)                                             \
    ck_assert_msg(strstr((text), (part)) != NULL, "no \"%s\" in:\n%s",  \
                  (part), doc_body(text))
#define doc_lacks(text, part)                                           \
    ck_assert_msg(strstr((text), (part)) == NULL, "\"%s\" is in:\n%s",  \
                  (part), doc_body(text))

/* No errors; what is said is shown. */
static inline void
doc_clean(const doc_case *c)
{
    ck_assert_msg(rc_log_count(c->log, RC_ERROR) == 0, "%s", c->said);
}

#endif
