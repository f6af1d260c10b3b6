/* The pipeline: a report's folder in, a file out. The only public header. */
#ifndef RC_RECTO_H
#define RC_RECTO_H

#include "base/diag.h"
#include "base/str.h"

typedef struct rc_options {
    const char *report;  /* report.yaml */
    const char *out;     /* file or folder; NULL: build/<folder>/report.pdf,
                            or volumes/<key>.pdf */
    const char *volume;  /* key of the group whose volume it is; NULL: report */
    const char *share;   /* folder of layouts/, fonts/, assets/; NULL: found */
    const char *house;   /* house style in place of the report's; NULL */
    bool attach_data;    /* build: the figures of each chart as CSV */
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

/* -- volumes: one document about each group of a kind ---------------------- */

/* What a run reads, by what it is. */
typedef enum rc_input {
    RC_INPUT_PROGRAM,  /* the program and the libraries it runs with */
    RC_INPUT_FONTS,
    RC_INPUT_ASSETS,   /* the colour profile */
    RC_INPUT_HOUSE,    /* the house style */
    RC_INPUT_LAYOUTS,  /* structures and their chapters */
    RC_INPUT_REPORT,   /* report.yaml */
    RC_INPUT_CHAPTERS,
    RC_INPUT_DATA,     /* all of the data */
    RC_INPUT_CODEBOOK, /* of the data, what is not about single groups */
} rc_input;
enum { RC_INPUT_COUNT = RC_INPUT_CODEBOOK + 1 };
const char *rc_input_name(rc_input i); /* "house style" */

/* SHA-256 of each, and of all together, in hexadecimal. No path, time or name
 * of a folder goes in, so that every machine finds the same. */
typedef struct rc_inputs {
    rc_str of[RC_INPUT_COUNT];
    rc_str all;
    rc_str seen;   /* rc_job_seen when they were read; or empty */
    rc_str report; /* the name of the report's folder */
} rc_inputs;

typedef struct rc_unit {
    rc_str key, name; /* of the group */
    size_t weight;    /* how much work it will be, to be balanced by */
} rc_unit;

/* Report, data, house style and fonts, read and checked once; after that only
 * caches change, and a process that forks may make volumes on both sides. */
typedef struct rc_job rc_job;

/* Reads report.yaml and the house style. NULL when there is no report to go by.
 * The log has every mistake, then and later; options and log are kept. */
rc_job *rc_job_open(rc_arena *a, const rc_options *o, rc_log *log);

/* Hashes what those two lead to without looking inside; before rc_job_load.
 * False when that cannot be, or after mistakes. */
bool rc_job_inputs(rc_job *job, rc_inputs *out);

/* The state that all those files are in, without reading them: a digest that is
 * the same as long as none has been changed or replaced, on this machine alone.
 * Taken before rc_job_inputs. Empty where one was changed a moment ago. */
rc_str rc_job_seen(rc_job *job);

/* Loads the rest. Volumes are of the groups of kind `per`; NULL: what
 * report.yaml says. False when nothing can be made. */
bool rc_job_load(rc_job *job, const char *per);
void rc_job_close(rc_job *job); /* NULL is fine */
const rc_unit *rc_job_units(const rc_job *job, size_t *count);
rc_str rc_job_per(const rc_job *job);    /* the kind; before rc_job_load that of
                                            report.yaml, or empty */
rc_str rc_job_report(const rc_job *job); /* the report's folder, by name */

/* What a group's volume depends on beside the inputs other than data: the
 * digest of the results of these groups (by key). Unknown groups give a digest
 * that none equals. */
rc_str rc_job_results(const rc_job *job, rc_arena *a, const rc_str *keys,
                      size_t count);

typedef struct rc_made {
    rc_buf pdf;          /* on the heap, to be freed; empty if `same` */
    bool same;           /* as the `tree` asked about: nothing was set */
    size_t pages, figures;
    rc_str tree;         /* digest of all that the volume says */
    const rc_str *reads; /* groups whose results it read, in data order */
    size_t read_count;
    rc_str results;      /* rc_job_results of them */
} rc_made;

/* Makes the volume of unit `i`. Where its block tree has the digest `tree`
 * (empty: none), it stops there. Strings of `out` are in `a`. */
bool rc_job_make(rc_job *job, size_t i, rc_str tree, rc_arena *a,
                 rc_made *out, rc_log *log);

#endif
