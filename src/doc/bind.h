/* Binds a report to its data: report.yaml, structure and chapters (spec/),
 * expressions (script/) and figures (stats/) become one block tree. Runs the
 * control, numbers chapters, figures, tables and notes, resolves references,
 * prints figures by their place, writes alternative texts. */
#ifndef RC_DOC_BIND_H
#define RC_DOC_BIND_H

#include "data/load.h"
#include "doc/block.h"
#include "stats/figure.h"

/* A report as its report.yaml says, before anything is bound. */
typedef struct rc_report rc_report;

/* Reads report.yaml. `layouts` is the folder of the layouts shipped with the
 * program; a report's own folder comes first. NULL when it cannot be used. */
const rc_report *rc_report_read(rc_arena *a, const char *path,
                                const char *layouts, rc_log *log);
/* The same report, whose charts bring their figures as CSV (rc_chart.data). */
const rc_report *rc_report_attaching(rc_arena *a, const rc_report *r);
const char *rc_report_house_path(const rc_report *r); /* house.yaml */
/* The same for a house style that is named elsewhere: a name, sought like the
 * report's own, or a path (with a "/", or a .yaml). NULL: "unknown-layout". */
const char *rc_report_find_house(rc_arena *a, const rc_report *r,
                                 const char *named, rc_log *log);
const char *rc_report_folder(const rc_report *r);
rc_str rc_report_name(const rc_report *r);            /* folder's name */
rc_str rc_report_language(const rc_report *r);
const char *rc_report_data(const rc_report *r); /* folder or SQLite file */
rc_str rc_report_volume_kind(const rc_report *r); /* volumes.each; or empty */
/* The folders of the structures of report and volumes; NULL for none. */
void rc_report_structures(const rc_report *r, const char *out[2]);

/* The data of a report, loaded, checked and counted: what any number of
 * documents is bound from. Nothing writes to it after loading, so processes
 * may share it. */
typedef struct rc_survey rc_survey;

/* Loads and checks the data, into `keep`. Everything wrong is in the log; NULL
 * when nothing can be bound from them. */
const rc_survey *rc_survey_load(rc_arena *keep, const rc_report *r,
                                rc_log *log);

const rc_data *rc_survey_data(const rc_survey *s);
const rc_stats *rc_survey_stats(const rc_survey *s);

/* Binds the report. Everything wrong is in the log, which may be another one
 * than that of loading; NULL when there is nothing to lay out at all. The
 * document is in `a`. It points into `keep`, where the chapters are that
 * diagnostics may name, and into the survey: `keep` may be the same arena, or
 * one that outlives the document. Nothing else is written to. Whether it may
 * claim conformance hangs on both logs, so the house style is read before the
 * data are loaded. */
const rc_doc *rc_bind(rc_arena *a, rc_arena *keep, const rc_survey *s,
                      rc_log *log);

/* One volume: a document about one group, by `volumes` of report.yaml. */
typedef struct rc_volume {
    int group;
    rc_str key, name;  /* the group's; the key names the file */
    size_t number, of; /* among the groups of its kind, in their order */
    size_t weight;     /* how much there is to set, in no unit: to balance */
} rc_volume;

/* The volumes of all groups of a kind (`per` empty: of volumes.each), in the
 * order of the data, in `keep`. NULL, and count 0, after an error. */
const rc_volume *rc_volumes(rc_arena *keep, const rc_survey *s, rc_str per,
                            size_t *count, rc_log *log);
/* That of one group, whatever its kind. NULL after an error. */
const rc_volume *rc_volume_find(rc_arena *keep, const rc_survey *s, rc_str key,
                                rc_log *log);

/* What the volumes of one survey share while they are bound one after another:
 * the files of their chapters, read and split, and their expressions, compiled.
 * It takes no more once it has 8 MiB. */
typedef struct rc_shelf rc_shelf;
rc_shelf *rc_shelf_new(void);
void rc_shelf_free(rc_shelf *shelf); /* after the logs; or NULL */

/* Binds one volume: as rc_bind does the report. With a shelf, which may be
 * NULL, it is the same document; messages then point into the shelf too. */
const rc_doc *rc_bind_volume(rc_arena *a, rc_arena *keep, const rc_survey *s,
                             const rc_volume *v, rc_shelf *shelf, rc_log *log);

#endif
