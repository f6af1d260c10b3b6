/* report.yaml, read and checked before anything is bound. What may hold
 * {{ }} (report fields, fieldwork) is kept as nodes until the data is there. */
#include "doc/internal.h"

static const char *const report_keys[] = {
    "report",    "data",     "house",      "structure", "whole",
    "fieldwork", "low-base", "disclosure", "words",     "abbreviations",
    "facts",     "chapters", "volumes",    "allow",     "partition",
    "row_sums",  NULL};

/* -- layouts --------------------------------------------------------------- */
/* What a layout is sought by. */
typedef struct wanted {
    rc_str name;
    rc_str beside;    /* the folder that a path counts from */
    const char *file; /* "house.yaml" */
    rc_span span;
} wanted;

static bool
is_path(rc_str name)
{
    return rc_str_find(name, "/", 0) != SIZE_MAX
           || rc_str_ends(name, ".yaml") || rc_str_is(name, ".");
}

/* layouts/NAME/FILE below a folder of layouts. */
static rc_str
layout_in(rc_arena *a, rc_str layouts, rc_str name, const char *file)
{
    return rc_path_join(a, rc_path_join(a, layouts, name), rc_str_z(file));
}

static void
add_layouts(rc_arena *a, rc_str layouts, const char *file, rc_str_vec *names)
{
    size_t count;
    const rc_str *all = rc_path_list(a, layouts.at, &count);
    for (size_t i = 0; i < count; i++)
        if (rc_file_exists(layout_in(a, layouts, all[i], file).at))
            *rc_vec_push(a, names) = all[i];
}

static const char *
path_layout(rc_arena *a, const wanted *w, rc_log *log)
{
    rc_str path = rc_path_clean(a, rc_path_join(a, w->beside, w->name),
                                (rc_str){0});
    if (rc_path_is_folder(path.at))
        path = rc_path_join(a, path, rc_str_z(w->file));
    if (rc_file_exists(path.at))
        return path.at;
    rc_diag *d = rc_log_error(log, "unknown-layout", w->span, "no %s at '%.*s'",
                              w->file, RC_STR(w->name));
    rc_diag_hint(d, "sought %.*s", RC_STR(path));
    return NULL;
}

/* layouts/NAME/FILE of the report's folder, else of the program's. */
static const char *
find_layout(rc_arena *a, const rc_report *r, const wanted *w, rc_log *log)
{
    if (is_path(w->name))
        return path_layout(a, w, log);
    const rc_str places[] = {
        rc_path_join(a, rc_str_z(r->folder), RC_LIT("layouts")),
        r->layouts};
    rc_str_vec names = {0};
    for (size_t i = 0; i < 2 && places[i].len; i++) {
        rc_str path = layout_in(a, places[i], w->name, w->file);
        if (w->name.len && rc_file_exists(path.at))
            return path.at;
        add_layouts(a, places[i], w->file, &names);
    }
    rc_diag *d =
        rc_log_error(log, "unknown-layout", w->span,
                     "no layout '%.*s' with a %s", RC_STR(w->name), w->file);
    rc_diag_hint(d, "sought in %.*s%s%.*s", RC_STR(places[0]),
                 places[1].len ? " and " : "", RC_STR(places[1]));
    rc_diag_suggest(d, w->name, names.at, names.count);
    return NULL;
}

const char *
rc_report_find_house(rc_arena *a, const rc_report *r, const char *named,
                     rc_log *log)
{
    wanted w = {rc_str_z(named), RC_LIT(""), "house.yaml", rc_span_none()};
    return find_layout(a, r, &w, log);
}

/* The path that `key` of report.yaml or a map of it leads to, or NULL. */
static const char *
named_layout(rc_arena *a, const rc_report *r, const rc_node *map,
             const char *key, const char *what, const char *file, rc_span *at,
             rc_log *log)
{
    const rc_node *n = rc_map_need(map, key, log);
    if (!n)
        return NULL;
    if (n->kind != RC_NODE_SCALAR) {
        rc_node_expected(n, what, log);
        return NULL;
    }
    *at = n->span;
    wanted w = {n->scalar, rc_str_z(r->folder), file, n->span};
    return find_layout(a, r, &w, log);
}

/* `map`: report.yaml, or its `volumes`. */
static void
read_edition(rc_arena *a, const rc_report *r, const rc_node *map,
             rc_edition *e, rc_log *log)
{
    rc_span at;
    e->span = map->span;
    e->chapters = rc_map_get(map, "chapters");
    if (e->chapters && e->chapters->kind != RC_NODE_MAP) {
        rc_node_expected(e->chapters, "a map of parts and their chapters",
                         log);
        e->chapters = NULL;
    }
    const char *path = named_layout(a, r, map, "structure",
                                    "the name of a structure",
                                    "structure.yaml", &at, log);
    if (!path)
        return;
    const rc_source *s = rc_source_read(a, path, rc_str_z(path), log, at);
    if (!s)
        return;
    e->folder = rc_path_folder(a, rc_str_z(path));
    e->structure = rc_yaml_source(a, s, log);
}

static void
read_volumes(rc_arena *a, rc_report *r, rc_log *log)
{
    static const char *const keys[] = {"structure", "each", "cover",
                                       "chapters", NULL};
    const rc_node *map = rc_map_get(r->root, "volumes");
    if (!map)
        return;
    if (map->kind != RC_NODE_MAP) {
        rc_node_expected(map, "a map with structure and each", log);
        r->volumes.span = map->span;
        return;
    }
    rc_map_known(map, keys, "volumes", log);
    read_edition(a, r, map, &r->volumes, log);
    r->volumes.cover = rc_map_get(map, "cover");
    if (rc_map_str(map, "each", &r->volume_kind, log))
        r->volume_kind_at = rc_map_get(map, "each")->span;
}

static void
read_low_base(rc_report *r, rc_log *log)
{
    static const char *const keys[] = {"caution", "counts", NULL};
    r->caution = 100;
    r->counts = 30;
    const rc_node *map = rc_map_get(r->root, "low-base");
    if (!map)
        return;
    rc_map_known(map, keys, "low-base", log);
    bool sound = true;
    if (rc_map_get(map, "caution"))
        sound = rc_map_int(map, "caution", &r->caution, log);
    if (rc_map_get(map, "counts"))
        sound = rc_map_int(map, "counts", &r->counts, log) && sound;
    if (sound && r->counts > r->caution)
        rc_log_error(log, "low-base", map->span,
                     "counts (%lld) is more than caution (%lld)",
                     (long long)r->counts, (long long)r->caution);
}

static void
read_disclosure(rc_report *r, rc_log *log)
{
    static const char *const keys[] = {"minimum", "rule", NULL};
    static const char *const rules[] = {"together", "withhold", "show", NULL};
    r->rule = RC_TOGETHER;
    const rc_node *map = rc_map_get(r->root, "disclosure");
    if (!map)
        return;
    rc_map_known(map, keys, "disclosure", log);
    rc_map_int(map, "minimum", &r->minimum, log);
    if (!rc_map_get(map, "rule"))
        return;
    switch (rc_map_choice(map, "rule", rules, log)) {
    case 1:
        r->rule = RC_WITHHOLD;
        break;
    case 2:
        r->rule = RC_SHOW;
        break;
    default:
        break;
    }
}

static void
read_fact(const rc_node *n, rc_fact_row *row, rc_log *log)
{
    static const char *const keys[] = {"column", "rate", "label", "base", NULL};
    if (n->kind != RC_NODE_MAP) {
        rc_node_expected(n, "a map with column or rate, and label", log);
        return;
    }
    rc_map_known(n, keys, "a row of facts", log);
    rc_map_str(n, "column", &row->column, log);
    rc_map_str(n, "label", &row->label, log);
    rc_map_bool(n, "base", &row->base, log);
    const rc_node *column = rc_map_get(n, "column");
    const rc_node *rate = rc_map_get(n, "rate");
    if (column)
        row->at[0] = column->span;
    if (rate && rate->kind == RC_NODE_LIST && rate->item_count == 2) {
        for (size_t i = 0; i < 2; i++) {
            row->rate[i] = rate->items[i]->scalar;
            row->at[i + 1] = rate->items[i]->span;
        }
    } else if (rate) {
        rc_node_expected(rate, "a list of two columns", log);
    } else if (!column && !rc_map_misspelt(n, "column", log)
               && !rc_map_misspelt(n, "rate", log)) {
        rc_log_error(log, "missing-key", n->span,
                     "a row of facts needs column or rate");
    }
}

static void
read_facts(rc_arena *a, rc_report *r, rc_log *log)
{
    const rc_node *list = rc_map_get(r->root, "facts");
    if (!list)
        return;
    if (list->kind != RC_NODE_LIST) {
        rc_node_expected(list, "a list of rows", log);
        return;
    }
    rc_fact_row *rows = RC_MAKE_ARRAY(a, rc_fact_row, list->item_count + 1);
    for (size_t i = 0; i < list->item_count; i++)
        read_fact(list->items[i], &rows[i], log);
    r->facts = rows;
    r->fact_count = list->item_count;
}

void
rc_report_allow(const rc_report *r, rc_log *log)
{
    const rc_node *list = rc_map_get(r->root, "allow");
    for (size_t i = 0; list && i < list->item_count; i++)
        rc_allow_read(list->items[i], log);
}

static void
read_language(rc_report *r, rc_log *log)
{
    const rc_node *fields = rc_map_get(r->root, "report");
    const rc_node *n = fields ? rc_map_get(fields, "language") : NULL;
    r->language = RC_LIT("en-GB");
    if (!n || n->kind != RC_NODE_SCALAR)
        return;
    r->language = n->scalar;
    rc_language_check(log, n->scalar, n->span);
}

/* A report that is not there: the likely one is named. */
static bool
is_there(rc_arena *a, const char *path, rc_log *log)
{
    rc_str z = rc_str_z(path), folder = rc_path_folder(a, z);
    size_t count = 0;
    rc_diag *d;
    if (rc_path_is_folder(path)) {
        rc_str inner = rc_path_join(a, z, RC_LIT("report.yaml"));
        d = rc_log_add(log, RC_WORLD, "unreadable-file", rc_span_none(),
                       "cannot read '%s': it is a folder", path);
        if (rc_file_exists(inner.at))
            rc_diag_hint(d, "did you mean '%.*s'?", RC_STR(inner));
        return false;
    }
    if (rc_file_exists(path))
        return true;
    d = rc_log_add(log, RC_WORLD, "unreadable-file", rc_span_none(),
                   "cannot read '%s': there is no such file", path);
    const rc_str *names = rc_path_list(a, folder.at, &count);
    rc_str_vec reports = {0};
    for (size_t i = 0; i < count; i++)
        if (rc_str_ends(names[i], ".yaml"))
            *rc_vec_push(a, &reports) = names[i];
    rc_diag_suggest(d, rc_path_base(z), reports.at, reports.count);
    return false;
}

const rc_report *
rc_report_read(rc_arena *a, const char *path, const char *layouts, rc_log *log)
{
    if (!is_there(a, path, log))
        return NULL;
    const rc_source *s = rc_source_read(a, path, rc_str_copy(a, rc_str_z(path)),
                                        log, rc_span_none());
    if (!s)
        return NULL;
    const rc_node *root = rc_yaml_source(a, s, log);
    if (!root)
        return NULL;
    if (root->kind != RC_NODE_MAP) {
        rc_node_expected(root, "a map", log);
        return NULL;
    }
    rc_report *r = RC_MAKE(a, rc_report);
    r->source = s;
    r->root = root;
    r->folder = rc_str_cz(a, rc_path_folder(a, rc_str_z(path)));
    r->folder_shown = rc_str_z(r->folder);
    rc_str base = rc_path_base(r->folder_shown);
    r->name = rc_str_is(base, ".") || !base.len ? RC_LIT("report") : base;
    rc_map_known(root, report_keys, "report.yaml", log);
    const rc_node *allowed = rc_map_get(root, "allow");
    if (allowed && allowed->kind != RC_NODE_LIST)
        rc_node_expected(allowed, "a list of names of checks", log);
    rc_report_allow(r, log);
    rc_words_read(a, rc_map_get(root, "words"), r, log);
    read_low_base(r, log);
    read_disclosure(r, log);
    read_facts(a, r, log);
    read_language(r, log);
    rc_map_str(root, "whole", &r->whole, log);
    rc_str data = RC_LIT("data/");
    rc_map_str(root, "data", &data, log);
    rc_str full = rc_path_join(a, r->folder_shown, data);
    r->data = full.at;
    r->data_shown = full;
    r->layouts = layouts ? rc_str_copy(a, rc_str_z(layouts)) : (rc_str){0};
    read_edition(a, r, root, &r->edition, log);
    read_volumes(a, r, log);
    rc_span at;
    r->house = named_layout(a, r, root, "house", "the name of a house style",
                            "house.yaml", &at, log);
    return r;
}

const char *
rc_report_house_path(const rc_report *r)
{
    return r->house;
}

const rc_report *
rc_report_attaching(rc_arena *a, const rc_report *r)
{
    rc_report *with = RC_MAKE(a, rc_report);
    *with = *r;
    with->attach_data = true;
    return with;
}

const char *
rc_report_folder(const rc_report *r)
{
    return r->folder;
}

rc_str
rc_report_name(const rc_report *r)
{
    return r->name;
}

rc_str
rc_report_language(const rc_report *r)
{
    return r->language;
}

const char *
rc_report_data(const rc_report *r)
{
    return r->data;
}

rc_str
rc_report_volume_kind(const rc_report *r)
{
    return r->volume_kind;
}

void
rc_report_structures(const rc_report *r, const char *out[2])
{
    out[0] = r->edition.structure ? r->edition.folder.at : NULL;
    out[1] = r->volumes.structure ? r->volumes.folder.at : NULL;
}
