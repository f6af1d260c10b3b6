/* What a run has to do, and why. */
#ifndef RC_BATCH_PLAN_H
#define RC_BATCH_PLAN_H

#include "batch/batch.h"
#include "batch/manifest.h"

typedef enum rc_need {
    RC_NEED_NOTHING,
    RC_NEED_COMPARE, /* bind it; set it if what it says has changed */
    RC_NEED_ALL,
} rc_need;

typedef struct rc_task {
    const rc_unit *unit;
    size_t index;   /* of the unit */
    rc_need need;
    rc_str why;     /* "new", "data changed"; empty for nothing */
    rc_str tree;    /* to compare with */
    rc_str file;    /* name below the folder */
    int tries;      /* in which a worker was lost */
    bool done;
} rc_task;

/* The tasks of the units that --only and --shard choose, in the order of the
 * units. False after wrong use, which is in the log. */
bool rc_plan_choose(rc_arena *a, const rc_batch_options *o,
                    const rc_unit *units, size_t count, rc_task **tasks,
                    size_t *task_count, rc_log *log);

/* The file name of a unit's volume: its key, with the bytes that no file name
 * should have as %XX. */
rc_str rc_plan_file(rc_arena *a, rc_str key);

/* What the state of the folder is compared with. */
typedef struct rc_plan {
    const rc_batch_options *options;
    const char *folder;
    const rc_inputs *inputs;
    rc_str per;
    const rc_manifest *manifest;
    const rc_job *job; /* NULL: not loaded, changed data stays open */
} rc_plan;

/* Decides need, why and tree of a task. */
void rc_plan_task(const rc_plan *p, rc_arena *a, rc_task *t);

/* Whether the file of a record is there as it was made; *why says what is
 * wrong with it. The time is believed; where it differs, the bytes count. */
bool rc_plan_is_whole(const char *folder, const rc_record *r, const char **why);

/* The order in which tasks are handed out: heaviest first, so that the last
 * ones are short. NULL-terminated. */
rc_task **rc_plan_order(rc_arena *a, rc_task *tasks, size_t count);

#endif
