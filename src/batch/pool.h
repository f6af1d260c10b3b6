/* Worker processes. They are forked when everything is read, share it as long
 * as nobody writes, take one task after another, and send one line back for
 * each. What a worker prints on stderr comes with its line, or with its loss. A
 * task's time and its tries count from when it is begun. */
#ifndef RC_BATCH_POOL_H
#define RC_BATCH_POOL_H

#include "batch/plan.h"

typedef struct rc_pool {
    rc_job *job;
    const char *folder;  /* where volumes go */
    rc_task **queue;     /* handed out in this order */
    size_t count;
    long jobs;           /* workers at once, at least 1 */
    long timeout_ms;     /* 0: none */
    bool fail_fast;      /* after a failure nothing more is begun */
    long tick_ms;        /* `tick` at least so often; 0: never */

    /* A worker's line (worker.h), and what it printed. Returns whether the
     * volume is made. */
    bool (*done)(void *user, rc_task *t, rc_str line, rc_str said);
    /* A worker died: `how` it did. `again`: the task is taken up once more. */
    void (*lost)(void *user, rc_task *t, const char *how, rc_str said,
                 bool again);
    void (*tick)(void *user);
    void *user;
} rc_pool;

/* Until all is done, or SIGINT, SIGTERM or SIGHUP comes: then nothing more is
 * begun, and what is under way is finished, or dropped after ten seconds
 * or at the second signal. Returns the signal's number, or 0. Tasks that were
 * settled have `done` set. */
int rc_pool_run(const rc_pool *p, rc_log *log);

/* Milliseconds of a clock that never goes back. */
int64_t rc_now_ms(void);

#endif
