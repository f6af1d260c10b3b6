/* Many volumes in one run: which are to be made and why, worker processes,
 * the manifest that the next run goes by.
 *
 * A run is a plan and its execution. The plan sets what is wanted (units of
 * the report, --only, --shard) beside what the manifest says was made of what;
 * workers make what is missing, one process each, forked when everything is
 * read; each result is a line of the journal, and the manifest is written when
 * the run ends. Killed at any moment, it leaves whole volumes, a journal, and
 * perhaps files *.part, which the next run removes. */
#ifndef RC_BATCH_BATCH_H
#define RC_BATCH_BATCH_H

#include "recto.h"

typedef struct rc_batch_options {
    rc_options common;  /* report, out (a folder), share, house */
    const char *per;    /* kind of group; NULL: what report.yaml says */
    const char *const *only; /* globs of keys; none: all */
    size_t only_count;
    long jobs;          /* workers at once; 0: one for each processor */
    long shard, shards; /* the shard-th (from 1) of `shards`; 0: all */
    long timeout_ms;    /* for one volume; 0: none */
    bool force, fail_fast, dry_run, prune;
    const char *junit;  /* file for a JUnit report; NULL: none */
    rc_log_format format;
    bool colour, terminal; /* of stderr */
} rc_batch_options;

/* Makes the volumes. Data goes to stdout: the folder, or with RC_LOG_JSON one
 * event a line; messages and progress go to stderr. What stops the whole run is
 * in the log, whose texts are in `a`. Returns the exit status; 128 + n after signal n. */
int rc_batch_volumes(rc_arena *a, const rc_batch_options *o, rc_log *log);

/* What would be made, as JSON on stdout. */
int rc_batch_list(rc_arena *a, const rc_batch_options *o, rc_log *log);

/* Joins the folders of shards: their manifests must be of the same inputs, and
 * hold every volume once. Without common.out the joined manifest goes to
 * stdout; with it the volumes too are gathered in that folder. */
int rc_batch_merge(rc_arena *a, const rc_batch_options *o,
                   const char *const *folders, size_t count, rc_log *log);

#endif
