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
const char *rc_report_house_path(const rc_report *r); /* house.yaml */
/* The same for a house style that is named elsewhere: a name, sought like the
 * report's own, or a path (with a "/", or a .yaml). NULL: "unknown-layout". */
const char *rc_report_find_house(rc_arena *a, const rc_report *r,
                                 const char *named, rc_log *log);
const char *rc_report_folder(const rc_report *r);
rc_str rc_report_name(const rc_report *r);            /* folder's name */
rc_str rc_report_language(const rc_report *r);

/* Loads the data, binds all of it. Everything wrong is in the log; NULL when
 * there is nothing to lay out at all. The document is in `a`. It points into
 * `keep`, where the data and all sources are that diagnostics may name: that
 * may be the same arena, or one that outlives the document. Whether it may
 * claim conformance hangs on the log, so the house style is read before. */
const rc_doc *rc_bind(rc_arena *a, rc_arena *keep, const rc_report *r,
                      rc_log *log);

#endif
