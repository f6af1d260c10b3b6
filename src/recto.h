/* The pipeline: a report's folder in, a file out. The only public header. */
#ifndef RC_RECTO_H
#define RC_RECTO_H

#include "base/diag.h"

typedef struct rc_options {
    const char *report;  /* report.yaml */
    const char *out;     /* file or folder; NULL: build/<folder>/report.pdf,
                            or volumes/<key>.pdf */
    const char *volume;  /* key of the group whose volume it is; NULL: report */
    const char *share;   /* folder of layouts/, fonts/, assets/; NULL: found */
    const char *house;   /* house style in place of the report's; NULL */
    double dpi;          /* preview */
    long first, last;    /* preview: pages, 1-based; 0: all */
} rc_options;

/* Each logs what is wrong and returns whether all went well. The texts that
 * diagnostics point into live in `a`, so the log is printed before it is freed.
 */
bool rc_build(rc_arena *a, const rc_options *o, rc_log *log);
bool rc_preview(rc_arena *a, const rc_options *o, rc_log *log);
bool rc_check(rc_arena *a, const rc_options *o, rc_log *log);
/* `what`: "doc", "pages" or "tags": text to stdout. */
bool rc_dump(rc_arena *a, const rc_options *o, const char *what, rc_log *log);

#endif
