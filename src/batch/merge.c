/* Shards put together. */
#include "batch/batch.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "batch/folder.h"
#include "batch/junit.h"
#include "batch/manifest.h"
#include "batch/plan.h"

typedef struct merger {
    rc_arena *a;
    const rc_batch_options *o;
    rc_log *log;
    rc_manifest *all;
    const rc_inputs *inputs; /* of the first record */
    rc_str first;            /* its folder */
    rc_str *folder_of;       /* by record of `all` */
    size_t room;
} merger;

/* "program and data" */
static rc_str
differences(rc_arena *a, const rc_inputs *x, const rc_inputs *y)
{
    rc_buf text = {0};
    rc_str s;

    for (size_t i = 0; i < RC_INPUT_CODEBOOK; i++)
        if (!rc_str_eq(x->of[i], y->of[i]))
            rc_buf_printf(&text, "%s%s", text.len ? ", " : "",
                          rc_input_name((rc_input)i));
    s = text.len ? rc_str_copy(a, rc_buf_str(&text)) : RC_LIT("options");
    rc_buf_free(&text);
    return s;
}

static bool
same_inputs(merger *m, const rc_record *r, rc_str folder)
{
    rc_str what;
    rc_diag *d;

    if (!m->inputs) {
        m->inputs = r->inputs;
        m->first = folder;
    }
    if (rc_str_eq(m->inputs->all, r->inputs->all))
        return true;
    what = differences(m->a, m->inputs, r->inputs);
    d = rc_log_error(m->log, "shards-differ", rc_span_none(),
                     "'%.*s' and '%.*s' were not made of the same: %.*s",
                     RC_STR(m->first), RC_STR(folder), RC_STR(what));
    rc_diag_hint(d, "make both again, of one state");
    return false;
}

/* Its bytes are still those of the manifest. */
static bool
is_sound(merger *m, const rc_record *r, rc_str folder)
{
    const char *why;

    if (r->status != RC_VOLUME_MADE || rc_plan_is_whole(folder.at, r, &why))
        return true;
    rc_log_error(m->log, "volume-missing", rc_span_none(),
                 "'%.*s' of '%.*s': %s", RC_STR(r->file), RC_STR(folder), why);
    return false;
}

static void
take_folder(merger *m, rc_str folder)
{
    bool journal;
    rc_manifest *one =
        rc_manifest_read(m->a, folder.at, true, &journal, m->log);

    if (!one)
        return;
    m->all->report = one->report;
    for (size_t i = 0; i < one->wanted.count; i++)
        if (!rc_manifest_wanted(m->all, one->wanted.at[i].per))
            rc_manifest_want(m->all, &one->wanted.at[i]);
    for (size_t i = 0; i < one->records.count; i++) {
        rc_record r = one->records.at[i];
        const rc_record *other = rc_manifest_lookup(m->all, r.key);
        if (!same_inputs(m, &r, folder) || !is_sound(m, &r, folder))
            continue;
        if (other) {
            rc_log_error(m->log, "shards-overlap", rc_span_none(),
                         "'%.*s' is in '%.*s' and in '%.*s'", RC_STR(r.key),
                         RC_STR(m->folder_of[other - m->all->records.at]),
                         RC_STR(folder));
            continue;
        }
        r.inputs = rc_manifest_inputs(m->all, r.inputs);
        rc_manifest_put(m->all, &r);
        rc_vec_reserve(m->a, &m->folder_of, &m->room, m->all->records.count,
                       m->all->records.count - 1, sizeof *m->folder_of);
        m->folder_of[m->all->records.count - 1] = folder;
    }
}

/* Every unit of every kind that there are volumes of. */
static void
find_gaps(merger *m)
{
    for (size_t k = 0; k < m->all->wanted.count; k++) {
        const rc_wanted *w = &m->all->wanted.at[k];
        size_t gaps = 0;
        for (size_t i = 0; i < w->count; i++) {
            if (rc_manifest_lookup(m->all, w->units[i].key))
                continue;
            if (gaps++ < 20)
                rc_log_error(m->log, "shard-missing", rc_span_none(),
                             "the volume of '%.*s' is in no folder",
                             RC_STR(w->units[i].key));
        }
        if (gaps > 20)
            rc_log_error(m->log, "shard-missing", rc_span_none(),
                         "the volumes of %zu more are in no folder",
                         gaps - 20);
    }
}

/* Volumes that a shard could not make are missing in what is joined. */
static int
find_failures(merger *m)
{
    int status = RC_EXIT_DONE;

    for (size_t i = 0; i < m->all->records.count; i++) {
        const rc_record *r = &m->all->records.at[i];
        if (r->status != RC_VOLUME_FAILED)
            continue;
        fprintf(stderr, "%.*s: not made\n%.*s", RC_STR(r->key),
                RC_STR(r->log));
        if (!status || status == RC_EXIT_RETRY)
            status = r->exit;
    }
    return status;
}

static bool
is_same_file(const char *a, const char *b)
{
    struct stat x, y;

    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}

static bool
gather_file(merger *m, rc_str from, rc_str name)
{
    rc_str source = rc_path_join(m->a, from, name), bytes;
    rc_str target = rc_path_join(m->a, rc_str_z(m->o->common.out), name);
    rc_arena *own = rc_arena_new();
    bool ok;

    if (is_same_file(source.at, target.at)) {
        rc_arena_free(own);
        return true;
    }
    unlink(target.at);
    ok = link(source.at, target.at) == 0 ||
         (rc_file_read(own, source.at, m->log, rc_span_none(), &bytes) &&
          rc_file_write_many(target.at, bytes, m->log));
    rc_arena_free(own);
    return ok;
}

/* The folder as one run would have left it. */
static bool
gather(merger *m)
{
    int lock = rc_folder_lock(m->o->common.out, m->log);
    bool ok = lock >= 0;

    for (size_t i = 0; ok && i < m->all->records.count; i++)
        if (m->all->records.at[i].file.len)
            ok = gather_file(m, m->folder_of[i], m->all->records.at[i].file);
    ok = ok && rc_manifest_write(m->all, m->o->common.out, m->log);
    rc_folder_unlock(lock);
    return ok;
}

static void
print(const merger *m)
{
    rc_buf text = {0};

    rc_manifest_print(m->all, &text);
    fwrite(text.at, 1, text.len, stdout);
    rc_buf_free(&text);
}

static void
write_junit(merger *m)
{
    const rc_wanted *w = m->all->wanted.at;
    size_t count = m->all->wanted.count ? w->count : 0;
    const rc_unit **units = RC_MAKE_ARRAY(m->a, const rc_unit *, count + 1);

    for (size_t i = 0; i < count; i++)
        units[i] = &w->units[i];
    rc_junit_write(m->o->junit, m->all, count ? w->per : RC_LIT(""), units,
                   count, m->log);
}

int
rc_batch_merge(rc_arena *a, const rc_batch_options *o,
               const char *const *folders, size_t count, rc_log *log)
{
    merger m = {.a = a, .o = o, .log = log, .all = rc_manifest_new(a)};
    int failures;

    for (size_t i = 0; i < count; i++)
        take_folder(&m, rc_str_z(folders[i]));
    if (rc_log_status(log) == 0)
        find_gaps(&m);
    failures = find_failures(&m);
    if (rc_log_status(log) != 0)
        return rc_log_status(log);
    if (o->common.out)
        gather(&m);
    else
        print(&m);
    if (o->junit)
        write_junit(&m);
    return rc_log_status(log) ? rc_log_status(log) : failures;
}
