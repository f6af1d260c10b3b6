/* What a run says while it works. For people on stderr: on a terminal one line
 * that counts, in a log a line for each volume; what a volume's log says is
 * printed whole, after its volume. For programs on stdout: one JSON object a
 * line (docs/volumes.md). */
#ifndef RC_BATCH_TELL_H
#define RC_BATCH_TELL_H

#include "batch/manifest.h"
#include "batch/plan.h"

enum { RC_TELL_LOGS = 10 }; /* as many different warnings are printed */

typedef struct rc_tell {
    const rc_batch_options *options;
    rc_arena *arena;
    size_t chosen;    /* tasks */
    size_t to_do;     /* of them, those that are not as they should be */
    size_t made, same, failed;
    int64_t started;  /* rc_now_ms */
    bool line;        /* a counting line stands on the terminal */
    rc_str logs[RC_TELL_LOGS]; /* warnings that were printed */
    size_t log_count, unprinted;
} rc_tell;

void rc_tell_start(rc_tell *t, const char *folder, long jobs);
/* A volume that is settled: made, said the same as before (`same`), or failed.
 * `said` is what its process printed beside. */
void rc_tell_volume(rc_tell *t, const rc_task *task, const rc_record *r,
                    bool same, rc_str said);
/* A worker was lost and its task is taken up again. */
void rc_tell_again(rc_tell *t, const rc_task *task, const char *how);
void rc_tell_unwanted(rc_tell *t, const rc_record *r, bool removed);
void rc_tell_progress(rc_tell *t);
/* `signal`: what ended it, or 0. */
void rc_tell_end(rc_tell *t, int status, int signal);
/* --dry-run: on stdout. */
void rc_tell_would(rc_tell *t, const rc_task *task);

#endif
