/* The data of a report, loaded, checked and counted once, for every document
 * that is bound from them; and which volumes there are. Nothing here changes
 * after rc_survey_load. */
#include "doc/internal.h"

/* -- loading ------------------------------------------------------------- */

static void
load_options(rc_arena *keep, const rc_report *r, rc_log *log,
             rc_load_options *o)
{
    const rc_node *map = rc_map_get(r->root, "partition");
    const rc_node *rows = rc_map_get(r->root, "row_sums");
    *o = (rc_load_options){0};
    o->row_sums_free = rows && rc_str_is(rows->scalar, "free");
    if (rows && !o->row_sums_free)
        rc_node_expected(rows, "'free'", log);
    if (!map)
        return;
    if (map->kind != RC_NODE_MAP) {
        rc_node_expected(map, "a map of kinds, as {region: false}", log);
        return;
    }
    rc_str *kinds = RC_MAKE_ARRAY(keep, rc_str, map->pair_count + 1);
    for (size_t i = 0; i < map->pair_count; i++)
        if (!rc_node_is_true(map->pairs[i].value))
            kinds[o->no_partition_count++] = map->pairs[i].key;
    o->no_partition = kinds;
}

static int
find_whole(rc_arena *keep, const rc_survey *s, rc_log *log)
{
    const rc_report *r = s->report;
    const rc_data *data = s->data;
    if (!r->whole.len) {
        for (size_t i = 0; i < data->group_count; i++)
            if (data->groups[i].parent < 0)
                return (int)i;
        return data->group_count ? 0 : -1;
    }
    int g = rc_data_group(data, r->whole);
    if (g < 0) {
        size_t n;
        const rc_str *keys = rc_data_group_keys(keep, data, &n);
        const rc_node *node = rc_map_get(r->root, "whole");
        rc_diag *d = rc_log_error(log, "unknown-group", node->span,
                                  "unknown group '%.*s'", RC_STR(r->whole));
        rc_diag_suggest(d, r->whole, keys, n);
        return data->group_count ? 0 : -1;
    }
    return g;
}

/* Data that are not where the report says: told at the report's line. */
static bool
has_data(rc_arena *keep, const rc_report *r, rc_log *log)
{
    const rc_node *n = rc_map_get(r->root, "data");
    size_t count;
    if (rc_path_is_folder(r->data) || rc_file_exists(r->data))
        return true;
    rc_diag *d = rc_log_error(log, "missing-file",
                              n ? n->span : rc_span_none(), "no data at '%.*s'",
                              RC_STR(r->data_shown));
    rc_diag_hint(d, "data: the folder of the CSV files, or a SQLite file");
    const rc_str *names = rc_path_list(keep, r->folder, &count);
    rc_str_vec likely = {0};
    for (size_t i = 0; i < count; i++)
        if (rc_str_ends(names[i], ".sqlite")
            || rc_path_is_folder(
                rc_path_join(keep, rc_str_z(r->folder), names[i]).at))
            *rc_vec_push(keep, &likely) = names[i];
    rc_diag_near(d, rc_path_base(r->data_shown), likely.at, likely.count);
    return false;
}

/* What could not be read of the data is missed all over the prose: that is one
 * mistake, not a hundred. */
void
rc_survey_forgive(const rc_survey *s, rc_log *log)
{
    static const char *const figures[] = {
        "not-asked", "bad-value", "bad-argument", "empty-value", "false-claim",
        "low-base", "unknown-name", "not-comparable", "chart", "table",
    };
    static const char *const names[] = {
        "unknown-item", "unknown-group", "unknown-question", "unknown-category",
        "unknown-net", "unknown-theme", "unknown-comment", "unknown-fact",
        "unknown-column", "unknown-field", "unknown-wave", "unknown-kind",
        "unknown-chart", "unknown-id",
    };
    if (!s->lost)
        return;
    rc_log_follow(log, figures, sizeof figures / sizeof *figures);
    if (!s->data || s->data->lost_keys)
        rc_log_follow(log, names, sizeof names / sizeof *names);
}

/* Comments with the same words are one comment. */
static const int32_t *
find_twins(rc_arena *keep, const rc_data *data)
{
    size_t n = data->comment_count, room = 16;
    while (room < 2 * n)
        room *= 2;
    int32_t *same = RC_MAKE_ARRAY(keep, int32_t, n + 1);
    rc_arena *scratch = rc_arena_new();
    int32_t *slots = RC_MAKE_ARRAY(scratch, int32_t, room);
    for (size_t i = 0; i < n; i++) {
        rc_str text = data->comments[i].text;
        size_t at = rc_str_hash(RC_STR_HASH, text) & (room - 1);
        while (slots[at] && !rc_str_eq(data->comments[slots[at] - 1].text, text))
            at = (at + 1) & (room - 1);
        if (!slots[at])
            slots[at] = (int32_t)i + 1;
        same[i] = slots[at] - 1;
    }
    rc_arena_free(scratch);
    return same;
}

/* All groups have the same columns. */
static void
check_column(const rc_survey *s, rc_str name, rc_span at, rc_log *log)
{
    const rc_group *g = &s->data->groups[s->whole];
    for (size_t i = 0; i < g->column_count; i++)
        if (rc_str_eq(g->columns[i].name, name))
            return;
    rc_arena *a = rc_arena_new();
    rc_str *known = RC_MAKE_ARRAY(a, rc_str, g->column_count + 1);
    for (size_t i = 0; i < g->column_count; i++)
        known[i] = g->columns[i].name;
    rc_diag *e = rc_log_error(log, "unknown-column", at,
                              "groups have no column '%.*s'", RC_STR(name));
    rc_diag_suggest(e, name, known, g->column_count);
    rc_arena_free(a);
}

/* `facts` of report.yaml against the columns of the data, used or not. */
static void
check_facts(const rc_survey *s, rc_log *log)
{
    for (size_t i = 0; i < s->report->fact_count; i++) {
        const rc_fact_row *row = &s->report->facts[i];
        const rc_str names[3] = {row->column, row->rate[0], row->rate[1]};
        for (size_t k = 0; k < 3; k++)
            if (names[k].len)
                check_column(s, names[k], row->at[k], log);
    }
}

const rc_survey *
rc_survey_load(rc_arena *keep, const rc_report *r, rc_log *log)
{
    rc_survey *s = RC_MAKE(keep, rc_survey);
    rc_load_options o;
    s->report = r;
    load_options(keep, r, log, &o);
    if (!has_data(keep, r, log))
        return NULL;
    s->lost =
        !rc_data_load(keep, r->data, r->data_shown, &o, log, &s->data);
    rc_survey_forgive(s, log);
    if (!s->data)
        return NULL;
    s->whole = find_whole(keep, s, log);
    if (s->whole < 0)
        return NULL;
    s->wave = rc_data_newest_wave(s->data);
    rc_stats_options so = {
        .whole = s->whole,
        .caution = r->caution,
        .counts = r->counts,
        .minimum = r->minimum,
        .rule = r->rule,
    };
    s->stats = rc_stats_make(keep, s->data, &so, log);
    s->comment_same = find_twins(keep, s->data);
    check_facts(s, log);
    s->no_claim = rc_allow_found(r, log);
    return s->stats ? s : NULL;
}

const rc_data *
rc_survey_data(const rc_survey *s)
{
    return s->data;
}

const rc_stats *
rc_survey_stats(const rc_survey *s)
{
    return s->stats;
}

/* -- volumes ------------------------------------------------------------- */

bool
rc_survey_has_kind(const rc_data *d, rc_str kind, rc_span at, rc_log *log)
{
    rc_arena *a = rc_arena_new();
    rc_str_vec kinds = {0};
    bool found = false;
    for (size_t i = 0; i < d->group_count && !found; i++) {
        rc_str k = d->groups[i].kind;
        found = rc_str_eq(k, kind);
        bool seen = false;
        for (size_t j = 0; j < kinds.count; j++)
            seen = seen || rc_str_eq(kinds.at[j], k);
        if (!seen)
            *rc_vec_push(a, &kinds) = k;
    }
    if (!found) {
        rc_diag *g = rc_log_error(log, "unknown-group", at,
                                  "no group is of the kind '%.*s'",
                                  RC_STR(kind));
        rc_diag_suggest(g, kind, kinds.at, kinds.count);
    }
    rc_arena_free(a);
    return found;
}

/* Whether report.yaml says what a volume is. */
static bool
has_volumes(const rc_survey *s, rc_log *log)
{
    const rc_report *r = s->report;
    if (r->volumes.span.source)
        return r->volumes.structure != NULL; /* else said before */
    rc_diag *d = rc_log_error(log, "missing-key",
                              rc_span_make(r->source, 0, 0),
                              "the report has no volumes");
    rc_diag_hint(d, "add volumes: {structure: NAME, each: KIND}");
    return false;
}

/* How long a group's volume will be: by the answers it has. */
static size_t
volume_weight(const rc_survey *s, int group)
{
    const rc_data *d = s->data;
    size_t weight = 64;
    for (size_t i = 0; i < d->item_count; i++)
        weight += rc_stats_not_asked(s->stats, (int)i, group, s->wave) ? 1 : 4;
    return weight;
}

static void
volume_fill(const rc_survey *s, int group, size_t number, rc_volume *v)
{
    const rc_group *g = &s->data->groups[group];
    *v = (rc_volume){
        .group = group,
        .key = g->key,
        .name = g->name,
        .number = number,
        .weight = volume_weight(s, group),
    };
}

const rc_volume *
rc_volumes(rc_arena *keep, const rc_survey *s, rc_str per, size_t *count,
           rc_log *log)
{
    const rc_data *d = s->data;
    rc_span at = rc_span_none();
    *count = 0;
    if (!has_volumes(s, log))
        return NULL;
    if (!per.len) {
        per = s->report->volume_kind;
        at = s->report->volume_kind_at;
    }
    if (!per.len) {
        rc_diag *g = rc_log_error(log, "missing-key", s->report->volumes.span,
                                  "volumes does not say of which groups");
        rc_diag_hint(g, "each: the kind of the groups that have volumes");
        return NULL;
    }
    if (!rc_survey_has_kind(d, per, at, log))
        return NULL;
    rc_volume *all = RC_MAKE_ARRAY(keep, rc_volume, d->group_count);
    for (size_t i = 0; i < d->group_count; i++) {
        if (!rc_str_eq(d->groups[i].kind, per))
            continue;
        volume_fill(s, (int)i, *count + 1, &all[*count]);
        ++*count;
    }
    for (size_t i = 0; i < *count; i++)
        all[i].of = *count;
    return all;
}

const rc_volume *
rc_volume_find(rc_arena *keep, const rc_survey *s, rc_str key, rc_log *log)
{
    const rc_data *d = s->data;
    int group = rc_data_group(d, key);
    size_t number = 0, of = 0;
    if (!has_volumes(s, log))
        return NULL;
    if (group < 0) {
        size_t n;
        const rc_str *keys = rc_data_group_keys(keep, d, &n);
        rc_diag *g = rc_log_error(log, "unknown-group", rc_span_none(),
                                  "unknown group '%.*s'", RC_STR(key));
        rc_diag_suggest(g, key, keys, n);
        return NULL;
    }
    for (size_t i = 0; i < d->group_count; i++) {
        if (!rc_str_eq(d->groups[i].kind, d->groups[group].kind))
            continue;
        of++;
        if ((int)i <= group)
            number = of;
    }
    rc_volume *v = RC_MAKE(keep, rc_volume);
    volume_fill(s, group, number, v);
    v->of = of;
    return v;
}
