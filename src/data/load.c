#include "data/loader.h"

#include "base/file.h"

#include <dirent.h>

/* The names of the files of a folder without ".csv", for a suggestion. */
static const rc_str *
names_in(rc_arena *a, const char *path, size_t *count)
{
    RC_VEC(rc_str) names = {0};
    DIR *folder = opendir(path);
    for (struct dirent *e; folder && (e = readdir(folder));) {
        rc_str name = rc_str_z(e->d_name);
        size_t bad;
        if (rc_str_ends(name, ".csv") && rc_utf8_valid(name, &bad))
            *rc_vec_push(a, &names) =
                rc_str_copy(a, rc_str_part(name, 0, name.len - 4));
    }
    if (folder)
        closedir(folder);
    *count = names.count;
    return names.at;
}

/* The folder's order is the disk's; a name is only worth showing when near. */
static void
suggest_file(rc_loader *l, rc_diag *d, rc_str wanted, const char *path)
{
    size_t count;
    const rc_str *names = names_in(l->reader.scratch, path, &count);
    size_t best = 3;
    rc_str near = {"", 0};
    for (size_t i = 0; i < count; i++) {
        size_t far = rc_str_distance(wanted, names[i], 2);
        if (far < best || (far == best && best < 3
                           && rc_str_cmp(names[i], near) < 0)) {
            best = far;
            near = names[i];
        }
    }
    if (near.len)
        rc_diag_hint(d, "is it '%.*s'?", RC_STR(near));
}

bool
rc_load_tables(rc_loader *l, const char *path)
{
    rc_reader *r = &l->reader;
    for (size_t i = 0; i < RC_TABLE_COUNT; i++)
        l->tables[i].name = rc_str_z(rc_table_name((rc_table_id)i));
    if (!rc_path_is_folder(path)) {
        if (rc_file_exists(path))
            return rc_sqlite_read(r, path, l->place, l->tables);
        rc_log_add(r->log, RC_WORLD, "unreadable-file", rc_span_none(),
                   "cannot read '%.*s': there is no such file or folder",
                   RC_STR(l->place));
        return false;
    }
    for (size_t i = 0; i < RC_TABLE_COUNT; i++) {
        rc_table *t = &l->tables[i];
        rc_str name = rc_str_printf(r->scratch, "%.*s.csv", RC_STR(t->name));
        rc_str file = rc_path_join(r->scratch, rc_str_z(path), name);
        if (!rc_file_exists(file.at))
            continue;
        if (!rc_csv_read(r, file.at, rc_path_join(r->keep, l->place, name), t))
            t->broken = true;
    }
    return true;
}

static void
check_tables(rc_loader *l, const char *path)
{
    for (size_t i = 0; i < RC_TABLE_COUNT; i++) {
        rc_table *t = &l->tables[i];
        bool needed = i == RC_TABLE_GROUPS || i == RC_TABLE_SCALES
                      || i == RC_TABLE_QUESTIONS || i == RC_TABLE_RESULTS;
        if (!t->there && !t->broken && !t->source && needed) {
            rc_diag *d = rc_log_error(l->reader.log, "missing-table",
                                      rc_span_none(),
                                      "'%.*s' has no table '%.*s'",
                                      RC_STR(l->place), RC_STR(t->name));
            if (rc_path_is_folder(path))
                suggest_file(l, d, t->name, path);
        }
        if (!t->there)
            continue;
        l->usable[i] = rc_table_check_columns(&l->reader, t, (rc_table_id)i);
        if (needed && t->row_count == 0 && !t->broken)
            rc_log_error(l->reader.log, "empty-table",
                         rc_table_head_span(t, -1), "'%.*s' has no rows",
                         RC_STR(t->name));
    }
}

/* By counting; from[g + 1] runs on to the end of g while rows are placed. */
static void
sort_by_group(rc_loader *l, const int *groups, size_t count, rc_by_group *out)
{
    size_t n = l->data->group_count;
    size_t *from = RC_MAKE_ARRAY(l->reader.keep, size_t, n + 2);
    int *at = RC_MAKE_ARRAY(l->reader.keep, int, count + 1);
    for (size_t i = 0; i < count; i++)
        if (groups[i] >= 0)
            from[groups[i] + 2]++;
    for (size_t g = 2; g <= n + 1; g++)
        from[g] += from[g - 1];
    for (size_t i = 0; i < count; i++)
        if (groups[i] >= 0)
            at[from[groups[i] + 1]++] = (int)i;
    *out = (rc_by_group){from, at};
}

static void
index_by_group(rc_loader *l)
{
    rc_data *d = l->data;
    int *groups = RC_MAKE_ARRAY(l->reader.scratch, int,
                                d->theme_count + d->mention_count +
                                    d->comment_count + 1);
    for (size_t i = 0; i < d->theme_count; i++)
        groups[i] = d->themes[i].group;
    sort_by_group(l, groups, d->theme_count, &d->themes_of);
    for (size_t i = 0; i < d->mention_count; i++)
        groups[i] = d->mentions[i].group;
    sort_by_group(l, groups, d->mention_count, &d->mentions_of);
    for (size_t i = 0; i < d->comment_count; i++)
        groups[i] = d->comments[i].group;
    sort_by_group(l, groups, d->comment_count, &d->comments_of);
}

static void
load_model(rc_loader *l, size_t before)
{
    l->data = RC_MAKE(l->reader.keep, rc_data);
    l->index = RC_MAKE(l->reader.keep, rc_index);
    l->data->index = l->index;
    l->data->watch = RC_MAKE(l->reader.keep, rc_watch);
    l->data->path = l->place;
    rc_load_codebook(l);
    l->data->lost_keys = rc_log_count(l->reader.log, RC_ERROR) > before;
    rc_load_results(l);
    before = rc_log_count(l->reader.log, RC_ERROR);
    rc_load_texts(l);
    index_by_group(l);
    if (rc_log_count(l->reader.log, RC_ERROR) > before)
        l->data->lost_keys = true;
    if (l->answers)
        rc_load_checks(l);
    rc_load_tell_unknowns(l);
    for (size_t i = 0; i < l->unknowns.count; i++) /* its definition, rather */
        if (l->unknowns.at[i].rows > 1)
            l->data->lost_keys = true;
    for (size_t i = 0; i < l->data->item_count; i++)
        if (l->items[i].scale < 0)
            l->items[i].scale = -1;
}

bool
rc_load_all(rc_loader *l, const char *path)
{
    size_t before = rc_log_count(l->reader.log, RC_ERROR);
    if (rc_load_tables(l, path)) {
        check_tables(l, path);
        load_model(l, before);
    }
    return rc_log_count(l->reader.log, RC_ERROR) == before;
}

bool
rc_data_load(rc_arena *a, const char *path, rc_str shown,
             const rc_load_options *options, rc_log *log, const rc_data **out)
{
    rc_loader l = {.reader = {a, rc_arena_new(), log}};
    l.place = rc_str_copy(a, shown);
    if (options)
        l.options = *options;
    bool ok = rc_load_all(&l, path);
    bool whole = l.usable[RC_TABLE_GROUPS] && l.usable[RC_TABLE_SCALES]
                 && l.usable[RC_TABLE_QUESTIONS] && l.answers;
    *out = whole ? l.data : NULL;
    rc_arena_free(l.reader.scratch);
    return ok;
}
