#include "batch/plan.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/hash.h"
#include "batch/folder.h"

/* -- which ----------------------------------------------------------------- */

static bool
match_globs(rc_arena *a, const rc_batch_options *o, const rc_unit *units,
            size_t count, bool *chosen, rc_log *log)
{
    bool ok = true;

    for (size_t g = 0; g < o->only_count; g++) {
        bool any = false;
        for (size_t i = 0; i < count; i++) {
            const char *key = rc_str_cz(a, units[i].key);
            if (fnmatch(o->only[g], key, 0) == 0)
                any = chosen[i] = true;
        }
        if (!any) {
            rc_str *keys = RC_MAKE_ARRAY(a, rc_str, count + 1);
            rc_diag *d;
            for (size_t i = 0; i < count; i++)
                keys[i] = units[i].key;
            d = rc_log_error(log, "no-such-volume", rc_span_none(),
                             "--only '%s' is the key of no volume",
                             o->only[g]);
            rc_diag_suggest(d, rc_str_z(o->only[g]), keys, count);
            ok = false;
        }
    }
    return ok;
}

static int
by_weight(const void *left, const void *right)
{
    const rc_task *a = *(rc_task *const *)left, *b = *(rc_task *const *)right;
    if (a->unit->weight != b->unit->weight)
        return a->unit->weight > b->unit->weight ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

rc_task **
rc_plan_order(rc_arena *a, rc_task *tasks, size_t count)
{
    rc_task **order = RC_MAKE_ARRAY(a, rc_task *, count + 1);

    for (size_t i = 0; i < count; i++)
        order[i] = &tasks[i];
    if (count)
        qsort(order, count, sizeof *order, by_weight);
    return order;
}

/* Each, the heaviest first, goes to the shard that has least so far. Returns
 * how many tasks are left: those of the shard. */
static size_t
take_shard(rc_arena *a, const rc_batch_options *o, rc_task *tasks,
           size_t count)
{
    rc_task **order = rc_plan_order(a, tasks, count);
    size_t n = (size_t)o->shards, kept = 0;
    size_t *load = RC_MAKE_ARRAY(a, size_t, n);

    for (size_t i = 0; i < count; i++) {
        size_t least = 0;
        for (size_t s = 1; s < n; s++)
            if (load[s] < load[least])
                least = s;
        load[least] += order[i]->unit->weight + 1;
        order[i]->done = least + 1 != (size_t)o->shard;
    }
    for (size_t i = 0; i < count; i++)
        if (!tasks[i].done)
            tasks[kept++] = tasks[i];
    return kept;
}

bool
rc_plan_choose(rc_arena *a, const rc_batch_options *o, const rc_unit *units,
               size_t count, rc_task **tasks, size_t *task_count, rc_log *log)
{
    bool *chosen = RC_MAKE_ARRAY(a, bool, count + 1);
    size_t n = 0;

    *tasks = RC_MAKE_ARRAY(a, rc_task, count + 1);
    if (!match_globs(a, o, units, count, chosen, log))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!o->only_count || chosen[i])
            (*tasks)[n++] = (rc_task){.unit = &units[i], .index = i,
                                      .file = rc_plan_file(a, units[i].key)};
    if (o->shards && (size_t)o->shards > n) {
        rc_diag *d = rc_log_error(log, "empty-shard", rc_span_none(),
                                  "%ld shards of %zu volumes: some are empty",
                                  o->shards, n);
        rc_diag_hint(d, "take at most as many shards as volumes");
        return false;
    }
    *task_count = o->shards ? take_shard(a, o, *tasks, n) : n;
    return true;
}

rc_str
rc_plan_file(rc_arena *a, rc_str key)
{
    rc_buf name = {0};
    rc_str s;

    for (size_t i = 0; i < key.len; i++) {
        unsigned char c = (unsigned char)key.at[i];
        if (c <= ' ' || c == '/' || c == '%' || c == '\\' || c == 0x7F ||
            (i == 0 && (c == '.' || c == '-')))
            rc_buf_printf(&name, "%%%02X", c);
        else
            rc_buf_char(&name, (char)c);
    }
    rc_buf_z(&name, ".pdf");
    s = rc_str_copy(a, rc_buf_str(&name));
    rc_buf_free(&name);
    return s;
}

/* -- why ------------------------------------------------------------------- */

bool
rc_plan_is_whole(const char *folder, const rc_record *r, const char **why)
{
    rc_arena *a = rc_arena_new();
    rc_log *unsaid = rc_log_new();
    rc_str path = rc_path_join(a, rc_str_z(folder), r->file), bytes;
    struct stat st;
    bool same = false;

    *why = "output missing";
    if (r->file.len && stat(path.at, &st) == 0 && S_ISREG(st.st_mode)) {
        *why = "output changed";
        same = st.st_size == r->bytes &&
               (rc_folder_modified(&st) == r->modified ||
                (rc_file_read(a, path.at, unsaid, rc_span_none(), &bytes) &&
                 rc_str_eq(rc_hash_of(a, bytes), r->output)));
    }
    rc_log_free(unsaid);
    rc_arena_free(a);
    return same;
}

/* "data and house style changed" */
static rc_str
changes(rc_arena *a, const rc_inputs *was, const rc_inputs *is)
{
    rc_buf text = {0};
    rc_str s;
    size_t count = 0, said = 0;

    for (size_t i = 0; i < RC_INPUT_CODEBOOK; i++)
        count += !rc_str_eq(was->of[i], is->of[i]);
    for (size_t i = 0; i < RC_INPUT_CODEBOOK; i++) {
        if (rc_str_eq(was->of[i], is->of[i]))
            continue;
        rc_buf_z(&text, !said ? "" : said + 1 == count ? " and " : ", ");
        rc_buf_z(&text, rc_input_name((rc_input)i));
        said++;
    }
    rc_buf_z(&text, " changed");
    s = rc_str_copy(a, rc_buf_str(&text));
    rc_buf_free(&text);
    return s;
}

/* What a page looks like, as against what it says. */
static bool
look_changed(const rc_inputs *was, const rc_inputs *is)
{
    for (size_t i = RC_INPUT_PROGRAM; i <= RC_INPUT_HOUSE; i++)
        if (!rc_str_eq(was->of[i], is->of[i]))
            return true;
    return false;
}

/* Of all inputs only results differ, and not those the volume reads. */
static bool
reads_same(const rc_plan *p, rc_arena *a, const rc_record *r)
{
    for (size_t i = RC_INPUT_LAYOUTS; i < RC_INPUT_COUNT; i++)
        if (i != RC_INPUT_DATA &&
            !rc_str_eq(r->inputs->of[i], p->inputs->of[i]))
            return false;
    return p->job && r->read_count &&
           rc_str_eq(rc_job_results(p->job, a, r->reads, r->read_count),
                     r->results);
}

void
rc_plan_task(const rc_plan *p, rc_arena *a, rc_task *t)
{
    const rc_record *r = rc_manifest_lookup(p->manifest, t->unit->key);
    const char *why = NULL;

    t->need = RC_NEED_ALL;
    if (p->options->force) {
        t->why = RC_LIT("forced");
    } else if (!r || !rc_str_eq(r->per, p->per)) {
        t->why = RC_LIT("new");
    } else if (r->status == RC_VOLUME_FAILED) {
        t->why = RC_LIT("failed before");
    } else if (!rc_plan_is_whole(p->folder, r, &why)) {
        t->why = rc_str_z(why);
    } else if (rc_str_eq(r->inputs->all, p->inputs->all)) {
        t->need = RC_NEED_NOTHING;
    } else {
        t->why = changes(a, r->inputs, p->inputs);
        if (look_changed(r->inputs, p->inputs))
            return;
        if (reads_same(p, a, r)) {
            t->need = RC_NEED_NOTHING;
        } else {
            t->need = RC_NEED_COMPARE;
            t->tree = r->tree;
        }
    }
}
