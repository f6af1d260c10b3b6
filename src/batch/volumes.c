/* A run: inputs, manifest, plan, workers, manifest. */
#include "batch/batch.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "batch/folder.h"
#include "batch/json.h"
#include "batch/junit.h"
#include "batch/pool.h"
#include "batch/tell.h"
#include "batch/worker.h"

typedef struct run {
    rc_arena *a;
    const rc_batch_options *o;
    rc_log *log;
    rc_str folder, per;
    int lock;
    rc_inputs inputs;
    rc_manifest *manifest;
    const rc_inputs *made_of; /* the inputs as the manifest keeps them */
    bool changed;             /* the manifest is to be written */
    rc_job *job;
    bool loaded;              /* the job; not as long as nothing is to be made */
    const rc_unit *units;
    size_t unit_count;
    rc_task *tasks;           /* those chosen */
    size_t task_count;
    rc_journal journal;
    rc_tell tell;
    int worst;                /* exit status that the failures ask for */
} run;

/* -- before ---------------------------------------------------------------- */

/* build/REPORT/volumes; shards have folders of their own, to be merged. */
static rc_str
find_folder(rc_arena *a, const rc_batch_options *o, rc_str report)
{
    rc_str dir;

    if (o->common.out)
        return rc_str_z(o->common.out);
    dir = rc_path_join(a, RC_LIT("build"), report);
    if (!o->shards)
        return rc_path_join(a, dir, RC_LIT("volumes"));
    return rc_path_join(a, dir,
                        rc_str_printf(a, "volumes-%ld-of-%ld", o->shard,
                                      o->shards));
}

static bool
open_folder(run *r)
{
    bool journal;

    if (!r->o->dry_run) {
        r->lock = rc_folder_lock(r->folder.at, r->log);
        if (r->lock < 0)
            return false;
        rc_folder_clean(r->folder.at);
    }
    r->manifest =
        rc_manifest_read(r->a, r->folder.at, false, &journal, r->log);
    if (!r->manifest)
        return false;
    r->manifest->report = rc_job_report(r->job);
    if (journal && !r->o->dry_run) { /* a run was killed: take it over */
        rc_journal old = {-1, rc_path_join(r->a, r->folder,
                                           RC_LIT(RC_JOURNAL_FILE))};
        if (!rc_manifest_write(r->manifest, r->folder.at, r->log))
            return false;
        rc_journal_close(&old, true);
    }
    return true;
}

/* Files that are as the manifest has seen them are not read again. */
static bool
find_inputs(run *r)
{
    rc_str seen = rc_job_seen(r->job);

    r->made_of = rc_manifest_seen(r->manifest, seen);
    if (r->made_of) {
        r->inputs = *r->made_of;
        return true;
    }
    if (!rc_job_inputs(r->job, &r->inputs))
        return false;
    r->inputs.seen = seen;
    r->made_of = rc_manifest_inputs(r->manifest, &r->inputs);
    r->changed = seen.len > 0;
    return true;
}

static bool
make_plan(run *r)
{
    rc_plan p = {r->o,   r->folder.at, &r->inputs,
                 r->per, r->manifest,  r->loaded ? r->job : NULL};

    if (!rc_plan_choose(r->a, r->o, r->units, r->unit_count, &r->tasks,
                        &r->task_count, r->log))
        return false;
    r->tell.to_do = 0;
    r->tell.chosen = r->task_count;
    for (size_t i = 0; i < r->task_count; i++) {
        rc_plan_task(&p, r->a, &r->tasks[i]);
        r->tell.to_do += r->tasks[i].need != RC_NEED_NOTHING;
    }
    return true;
}

/* The units as they were counted from the very same inputs: nothing need be
 * loaded to see that nothing has changed. */
static const rc_wanted *
known_units(run *r)
{
    const rc_wanted *w = rc_manifest_wanted(r->manifest, r->per);

    return w && rc_str_eq(w->inputs, r->inputs.all) ? w : NULL;
}

static bool
load_job(run *r)
{
    rc_wanted w;

    r->loaded = rc_job_load(r->job, r->o->per);
    if (!r->loaded)
        return false;
    r->units = rc_job_units(r->job, &r->unit_count);
    r->per = rc_job_per(r->job);
    w = (rc_wanted){r->per, r->inputs.all, r->units, r->unit_count};
    rc_manifest_want(r->manifest, &w);
    r->changed = true;
    return true;
}

/* The exit status, or -1 to go on. */
static int
prepare(run *r)
{
    const rc_wanted *known;

    r->job = rc_job_open(r->a, &r->o->common, r->log);
    if (!r->job || rc_log_status(r->log) != 0)
        return rc_log_status(r->log);
    r->folder = find_folder(r->a, r->o, rc_job_report(r->job));
    r->folder = rc_str_copy(r->a, r->folder);
    r->per = r->o->per ? rc_str_z(r->o->per) : rc_job_per(r->job);
    if (!open_folder(r) || !find_inputs(r))
        return rc_log_status(r->log);
    known = known_units(r);
    if (known) {
        r->units = known->units;
        r->unit_count = known->count;
        if (!make_plan(r))
            return RC_EXIT_USAGE;
        if (r->tell.to_do == 0 || r->o->dry_run)
            return -1;
    }
    if (!load_job(r))
        return rc_log_status(r->log);
    return make_plan(r) ? -1 : RC_EXIT_USAGE;
}

/* -- what is no longer wanted ---------------------------------------------- */

/* Volumes of this kind in the manifest that are of no group. Files that no
 * manifest names are not ours. */
static void
name_unwanted(run *r)
{
    bool remove = r->o->prune && !r->o->dry_run;
    bool *wanted = RC_MAKE_ARRAY(r->a, bool, r->manifest->records.count + 1);

    for (size_t i = 0; i < r->unit_count; i++) {
        const rc_record *of =
            rc_manifest_lookup(r->manifest, r->units[i].key);
        if (of)
            wanted[of - r->manifest->records.at] = true;
    }
    /* from the end: the last takes the place of one that is removed */
    for (size_t i = r->manifest->records.count; i-- > 0;) {
        const rc_record record = r->manifest->records.at[i];
        if (!rc_str_eq(record.per, r->per) || wanted[i])
            continue;
        if (remove) {
            if (record.file.len &&
                rc_str_find(record.file, "/", 0) == SIZE_MAX)
                unlink(rc_path_join(r->a, r->folder, record.file).at);
            rc_manifest_remove(r->manifest, record.key);
            r->changed = true;
        }
        rc_tell_unwanted(&r->tell, &record, remove);
    }
}

/* -- results --------------------------------------------------------------- */

/* A retry may help against 4 only, so what is there for good comes first. */
static int
graver(int a, int b)
{
    static const int order[] = {RC_EXIT_WORLD, RC_EXIT_INPUT, RC_EXIT_RETRY};

    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (a == order[i] || b == order[i])
            return order[i];
    return RC_EXIT_DONE;
}

static void
keep_record(run *r, const rc_record *record)
{
    rc_manifest_put(r->manifest, record);
    r->changed = true;
    if (r->journal.fd >= 0 && !rc_journal_add(&r->journal, record))
        rc_log_add(r->log, RC_RETRY, "no-space", rc_span_none(),
                   "cannot write '%.*s'", RC_STR(r->journal.path));
}

static rc_record
new_record(const run *r, const rc_task *t)
{
    return (rc_record){.key = t->unit->key,
                       .name = t->unit->name,
                       .per = r->per,
                       .status = RC_VOLUME_FAILED,
                       .inputs = r->made_of};
}

/* What a worker says of a volume that is as it should be. */
static void
fill_made(run *r, rc_record *record, const rc_task *t, const json_t *map)
{
    const rc_record *old = rc_manifest_lookup(r->manifest, t->unit->key);
    const json_t *reads = json_object_get(map, "reads");
    rc_str *keys;

    record->status = RC_VOLUME_MADE;
    record->file = t->file;
    record->read_count = json_array_size(reads);
    record->reads = keys = RC_MAKE_ARRAY(r->a, rc_str, record->read_count + 1);
    for (size_t i = 0; i < record->read_count; i++)
        keys[i] = rc_str_copy(r->a, rc_json_of(json_array_get(reads, i)));
    record->figures = rc_json_get_int(map, "figures");
    record->tree = rc_json_take_str(r->a, map, "tree");
    record->results = rc_json_take_str(r->a, map, "results");
    if (old && json_is_true(json_object_get(map, "same"))) {
        record->pages = old->pages;
        record->output = old->output;
        record->bytes = old->bytes;
        record->modified = old->modified;
        record->ms = old->ms;
        return;
    }
    record->pages = rc_json_get_int(map, "pages");
    record->output = rc_json_take_str(r->a, map, "output");
    record->bytes = rc_json_get_int(map, "bytes");
    record->modified = rc_json_get_int(map, "modified");
    record->ms = rc_json_get_int(map, "milliseconds");
}

static bool
take_done(void *user, rc_task *t, rc_str line, rc_str said)
{
    run *r = user;
    json_t *map = rc_json_read(line);
    rc_record record = new_record(r, t);
    bool same = json_is_true(json_object_get(map, "same"));
    rc_str log = rc_json_get_str(map, "log");

    record.exit = map ? (int)rc_json_get_int(map, "status") : RC_EXIT_RETRY;
    record.warnings = rc_json_get_int(map, "warnings");
    record.messages = rc_json_dump(r->a, json_object_get(map, "messages"));
    if (record.exit == 0) {
        fill_made(r, &record, t, map);
    } else {
        record.ms = rc_json_get_int(map, "milliseconds");
        record.log = rc_str_copy(r->a, log);
    }
    r->worst = graver(r->worst, record.exit);
    keep_record(r, &record);
    record.log = log;
    rc_tell_volume(&r->tell, t, &record, same, said);
    json_decref(map);
    return record.exit == 0;
}

static void
take_lost(void *user, rc_task *t, const char *how, rc_str said, bool again)
{
    run *r = user;
    rc_record record = new_record(r, t);
    rc_log *log;

    if (again) {
        rc_tell_again(&r->tell, t, how);
        return;
    }
    log = rc_log_new();
    rc_log_add(log, RC_RETRY, "worker-lost", rc_span_none(),
               "the volume was tried twice: %s", how);
    record.exit = RC_EXIT_RETRY;
    record.messages = rc_worker_messages(r->a, log);
    record.log = rc_worker_log(r->a, log);
    rc_log_free(log);
    r->worst = graver(r->worst, record.exit);
    keep_record(r, &record);
    rc_tell_volume(&r->tell, t, &record, false, said);
}

static void
tick(void *user)
{
    run *r = user;
    rc_tell_progress(&r->tell);
}

/* -- the run --------------------------------------------------------------- */

static long
jobs_of(const rc_batch_options *o)
{
    long n = o->jobs ? o->jobs : sysconf(_SC_NPROCESSORS_ONLN);

    return n > 0 ? n : 1;
}

/* The signal that ended it, or 0. */
static int
work(run *r)
{
    rc_task **queue = rc_plan_order(r->a, r->tasks, r->task_count);
    rc_pool pool = {.job = r->job, .folder = r->folder.at, .queue = queue,
                    .jobs = jobs_of(r->o), .timeout_ms = r->o->timeout_ms,
                    .fail_fast = r->o->fail_fast,
                    .tick_ms = r->o->terminal ? 200 : 0, .done = take_done,
                    .lost = take_lost, .tick = tick, .user = r};

    for (size_t i = 0; i < r->task_count; i++)
        if (queue[i]->need != RC_NEED_NOTHING)
            queue[pool.count++] = queue[i];
    rc_tell_start(&r->tell, r->folder.at, pool.jobs);
    if (!pool.count)
        return 0;
    if (!rc_journal_open(&r->journal, r->a, r->folder.at, r->made_of, r->log))
        return 0;
    return rc_pool_run(&pool, r->log);
}

/* What other inputs would not have changed is of these inputs as well. */
static void
renew_records(run *r)
{
    for (size_t i = 0; i < r->task_count; i++) {
        rc_record *record =
            rc_manifest_lookup(r->manifest, r->tasks[i].unit->key);
        if (r->tasks[i].need != RC_NEED_NOTHING ||
            record->inputs == r->made_of)
            continue;
        record->inputs = r->made_of;
        r->changed = true;
    }
}

static void
write_junit(run *r)
{
    const rc_unit **units = RC_MAKE_ARRAY(r->a, const rc_unit *,
                                          r->task_count + 1);

    for (size_t i = 0; i < r->task_count; i++)
        units[i] = r->tasks[i].unit;
    rc_junit_write(r->o->junit, r->manifest, r->per, units, r->task_count,
                   r->log);
}

static int
carry_out(run *r)
{
    int signal, status;

    renew_records(r);
    signal = work(r);
    if (r->changed &&
        rc_manifest_write(r->manifest, r->folder.at, r->log))
        rc_journal_close(&r->journal, r->journal.path.len);
    if (r->o->junit)
        write_junit(r);
    status = graver(r->worst, rc_log_status(r->log));
    if (signal)
        status = 128 + signal;
    rc_tell_end(&r->tell, status, signal);
    if (!r->o->common.out && r->o->format == RC_LOG_HUMAN)
        printf("%.*s\n", RC_STR(r->folder));
    return status;
}

static int
tell_plan(run *r)
{
    for (size_t i = 0; i < r->task_count; i++)
        if (r->tasks[i].need != RC_NEED_NOTHING)
            rc_tell_would(&r->tell, &r->tasks[i]);
    return RC_EXIT_DONE;
}

int
rc_batch_volumes(rc_arena *a, const rc_batch_options *o, rc_log *log)
{
    run r = {.a = a, .o = o, .log = log, .lock = -1,
             .journal = {.fd = -1}, .tell = {.options = o, .arena = a}};
    int status = prepare(&r);

    if (status < 0) {
        name_unwanted(&r);
        status = o->dry_run ? tell_plan(&r) : carry_out(&r);
    }
    rc_journal_close(&r.journal, false);
    rc_job_close(r.job);
    rc_folder_unlock(r.lock);
    return status;
}

/* -- the list -------------------------------------------------------------- */

int
rc_batch_list(rc_arena *a, const rc_batch_options *o, rc_log *log)
{
    rc_job *job = rc_job_open(a, &o->common, log);
    json_t *map, *list = json_array();
    rc_buf text = {0};
    rc_task *tasks;
    size_t units, count;
    const rc_unit *all = job && rc_job_load(job, o->per)
                             ? rc_job_units(job, &units)
                             : NULL;

    if (!all || !rc_plan_choose(a, o, all, units, &tasks, &count, log)) {
        json_decref(list);
        rc_job_close(job);
        return all ? RC_EXIT_USAGE : rc_log_status(log);
    }
    for (size_t i = 0; i < count; i++) {
        map = json_object();
        rc_json_set(map, "key", rc_json_str(tasks[i].unit->key));
        rc_json_set(map, "name", rc_json_str(tasks[i].unit->name));
        rc_json_set(map, "file", rc_json_str(tasks[i].file));
        rc_json_set(map, "weight",
                    json_integer((json_int_t)tasks[i].unit->weight));
        json_array_append_new(list, map);
    }
    map = json_object();
    rc_json_set(map, "report", rc_json_str(rc_job_report(job)));
    rc_json_set(map, "per", rc_json_str(rc_job_per(job)));
    rc_json_set(map, "volumes", list);
    rc_json_print(map, &text);
    printf("%.*s\n", RC_STR(rc_buf_str(&text)));
    rc_buf_free(&text);
    rc_job_close(job);
    return rc_log_status(log);
}
