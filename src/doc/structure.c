/* The plan of a report: structure.yaml says which parts there are and how they
 * count, report.yaml which chapters stand where; `each` repeats a chapter for
 * every group below the one at hand. The plan holds the sections in reading
 * order, with numbers, before a word of them is read. */
#include "doc/internal.h"

typedef struct planner {
    rc_binder *b;
    int part;
    const char *numbers; /* "1", "A", "" */
    rc_str opening;      /* of the part's chapters */
    rc_span opening_at;
    rc_str shown;        /* folder beside which files are sought */
    bool used_report;
} planner;

static const char *const chapter_keys[] = {"file", "opening", "in-contents",
                                           "each", "when", NULL};
static const char *const each_keys[] = {"group",       "file", "opening",
                                        "in-contents", "each", NULL};

/* The report's chapters/, then beside the structure. */
static bool
find_file(rc_binder *b, const rc_node *name, rc_plan *p)
{
    rc_str file = name->scalar;
    rc_str inner = rc_str_printf(b->a, "chapters/%.*s", RC_STR(file));
    rc_str own = rc_path_join(b->a, rc_str_z(b->report->folder), inner);
    p->span = name->span;
    p->path = own.at;
    p->shown = own;
    if (rc_file_exists(own.at))
        return true;
    rc_str beside = rc_path_join(b->a, b->edition->folder, file);
    if (rc_file_exists(beside.at)) {
        p->path = beside.at;
        p->shown = beside;
        return true;
    }
    rc_diag *d = rc_log_error(b->log, "missing-file", name->span,
                              "no chapter '%.*s'", RC_STR(file));
    b->lost_blocks = true;
    rc_diag_hint(d, "sought in %.*s and beside the structure",
                 RC_STR(rc_path_folder(b->a, own)));
    if (rc_str_find(file, " - ", 0) != SIZE_MAX)
        rc_diag_hint(d, "the next line is indented too far: each '-' of a list "
                        "stands under the one above");
    size_t count;
    const rc_str *names =
        rc_path_list(b->a, rc_path_folder(b->a, own).at, &count);
    rc_diag_near(d, file, names, count);
    return false;
}

static rc_str
child_number(rc_binder *b, const char *numbers, int n, int parent)
{
    if (parent >= 0) {
        rc_str outer = b->plans.at[parent].number;
        if (!outer.len)
            return outer;
        return rc_str_printf(b->a, "%.*s.%d", RC_STR(outer), n);
    }
    if (numbers[0] == '1')
        return rc_str_printf(b->a, "%d", n);
    if (numbers[0] == 'A' && n <= 26)
        return rc_str_printf(b->a, "%c", 'A' + n - 1);
    if (numbers[0] == 'A')
        return rc_str_printf(b->a, "%c%c", 'A' + (n - 1) / 26 - 1,
                             'A' + (n - 1) % 26);
    return (rc_str){0};
}

static void plan_each(planner *p, const rc_node *each, int parent);

/* One chapter or repeated section; `node` holds the keys, `file` its name. */
static int
plan_one(planner *p, const rc_node *node, const rc_node *file, int parent,
         int group, int *count)
{
    rc_binder *b = p->b;
    rc_plan plan = {.part = p->part, .parent = parent, .group = group};
    plan.depth = parent < 0 ? 1 : b->plans.at[parent].depth + 1;
    if (!find_file(b, file, &plan))
        return -1;
    ++*count;
    plan.number = child_number(b, p->numbers, *count, parent);
    plan.numbers = p->numbers[0];
    plan.opening = parent < 0 ? p->opening : (rc_str){0};
    plan.opening_at = p->opening_at;
    plan.in_contents = plan.depth <= 2;
    const rc_node *each = NULL;
    if (node) {
        if (rc_map_str(node, "opening", &plan.opening, b->log))
            plan.opening_at = rc_map_get(node, "opening")->span;
        rc_map_bool(node, "in-contents", &plan.in_contents, b->log);
        each = rc_map_get(node, "each");
    }
    plan.divider = each != NULL;
    *rc_vec_push(b->a, &b->plans) = plan;
    return (int)b->plans.count - 1;
}

static void
plan_each(planner *p, const rc_node *each, int parent)
{
    rc_binder *b = p->b;
    if (each->kind != RC_NODE_MAP) {
        rc_node_expected(each, "a map with group and file", b->log);
        return;
    }
    rc_map_known(each, each_keys, "each", b->log);
    const rc_node *kind = rc_map_need(each, "group", b->log);
    const rc_node *file = rc_map_need(each, "file", b->log);
    if (!kind || !file || 
        !rc_survey_has_kind(b->data, kind->scalar, kind->span, b->log))
        return;
    const rc_group *at_hand = &b->data->groups[b->plans.at[parent].group];
    const rc_node *inner = rc_map_get(each, "each");
    int count = 0;
    for (size_t i = 0; i < at_hand->child_count; i++) {
        int g = at_hand->children[i];
        if (!rc_str_eq(b->data->groups[g].kind, kind->scalar))
            continue;
        int n = plan_one(p, each, file, parent, g, &count);
        if (n < 0)
            return;
        b->plans.at[n].each = true;
        if (inner)
            plan_each(p, inner, n);
    }
    if (!count) {
        rc_diag *d = rc_log_error(b->log, "unknown-group", kind->span,
                                  "'%.*s' has no group of the kind '%.*s'",
                                  RC_STR(at_hand->key), RC_STR(kind->scalar));
        rc_diag_hint(d, "each takes the children of the group at hand");
    }
}

/* `when` of a chapter: an expression about the group of the document. */
static bool
is_wanted(rc_binder *b, const rc_node *chapter)
{
    const rc_node *when = rc_map_get(chapter, "when");
    if (!when)
        return true;
    if (when->kind != RC_NODE_SCALAR) {
        rc_node_expected(when, "an expression", b->log);
        return true;
    }
    rc_value v = {0};
    if (!rc_script_eval(b->script, b->a, when->scalar, when->span, &v))
        return true;
    return v.kind == RC_VALUE_BOOL ? v.truth : v.kind != RC_VALUE_NIL;
}

static void
plan_chapters(planner *p, const rc_node *list, bool may_report, int *count)
{
    rc_binder *b = p->b;
    if (list->kind != RC_NODE_LIST) {
        rc_node_expected(list, "a list of chapters", b->log);
        return;
    }
    for (size_t i = 0; i < list->item_count; i++) {
        const rc_node *n = list->items[i];
        if (may_report && n->kind == RC_NODE_SCALAR &&
            rc_str_is(n->scalar, "report")) {
            rc_str name = b->parts.at[p->part].name;
            const rc_node *map = b->edition->chapters;
            const rc_node *own =
                map ? rc_map_get(map, rc_str_cz(b->a, name)) : NULL;
            if (own)
                plan_chapters(p, own, false, count);
            continue;
        }
        const rc_node *file = n;
        const rc_node *keys = NULL;
        if (n->kind == RC_NODE_MAP) {
            rc_map_known(n, chapter_keys, "a chapter", b->log);
            file = rc_map_need(n, "file", b->log);
            keys = n;
            if (!is_wanted(b, n))
                continue;
        }
        if (!file)
            continue;
        if (file->kind != RC_NODE_SCALAR) {
            rc_node_expected(file, "the name of a chapter file", b->log);
            continue;
        }
        int at = plan_one(p, keys, file, -1, b->home, count);
        const rc_node *each = keys ? rc_map_get(keys, "each") : NULL;
        if (at >= 0 && each)
            plan_each(p, each, at);
    }
}

static void
plan_part(rc_binder *b, const rc_node *n)
{
    static const char *const keys[] = {"name",     "master",  "body-master",
                                       "pages",    "numbers", "opening",
                                       "chapters", NULL};
    static const char *const pages[] = {"roman", "arabic", NULL};
    static const char *const numbers[] = {"none", "1", "A", NULL};
    if (n->kind != RC_NODE_MAP) {
        rc_node_expected(n, "a map", b->log);
        return;
    }
    rc_map_known(n, keys, "a part", b->log);
    rc_part part = {.body_master = RC_LIT("body")};
    if (!rc_map_need(n, "name", b->log))
        return;
    rc_map_str(n, "name", &part.name, b->log);
    if (rc_map_str(n, "master", &part.master, b->log))
        part.span = rc_map_get(n, "master")->span;
    rc_map_str(n, "body-master", &part.body_master, b->log);
    part.numbered = rc_map_get(n, "pages") != NULL;
    part.roman = part.numbered && rc_map_choice(n, "pages", pages, b->log) == 0;
    planner p = {.b = b, .part = (int)b->parts.count, .numbers = ""};
    if (rc_map_get(n, "numbers")) {
        int c = rc_map_choice(n, "numbers", numbers, b->log);
        p.numbers = c == 1 ? "1" : c == 2 ? "A" : "";
    }
    if (rc_map_str(n, "opening", &p.opening, b->log))
        p.opening_at = rc_map_get(n, "opening")->span;
    *rc_vec_push(b->a, &b->parts) = part;
    const rc_node *list = rc_map_get(n, "chapters");
    int count = 0;
    if (list)
        plan_chapters(&p, list, true, &count);
}

static void
check_part_names(rc_binder *b)
{
    const rc_node *map = b->edition->chapters;
    if (!map)
        return;
    rc_str *names = RC_MAKE_ARRAY(b->a, rc_str, b->parts.count + 1);
    for (size_t i = 0; i < b->parts.count; i++)
        names[i] = b->parts.at[i].name;
    for (size_t i = 0; i < map->pair_count; i++) {
        bool known = false;
        for (size_t j = 0; j < b->parts.count; j++)
            known = known || rc_str_eq(names[j], map->pairs[i].key);
        if (known)
            continue;
        rc_diag *d = rc_log_error(b->log, "unknown-key", map->pairs[i].key_span,
                                  "the structure has no part '%.*s'",
                                  RC_STR(map->pairs[i].key));
        rc_diag_suggest(d, map->pairs[i].key, names, b->parts.count);
    }
}

void
rc_plan_make(rc_binder *b)
{
    static const char *const keys[] = {"cover", "parts", NULL};
    const rc_node *root = b->edition->structure;
    if (root->kind != RC_NODE_MAP) {
        rc_node_expected(root, "a map with cover and parts", b->log);
        return;
    }
    rc_map_known(root, keys, "a structure", b->log);
    const rc_node *parts = rc_map_need(root, "parts", b->log);
    if (!parts)
        return;
    if (parts->kind != RC_NODE_LIST) {
        rc_node_expected(parts, "a list of parts", b->log);
        return;
    }
    for (size_t i = 0; i < parts->item_count; i++)
        plan_part(b, parts->items[i]);
    check_part_names(b);
}

int
rc_plan_chapter(const rc_binder *b, int plan)
{
    while (b->plans.at[plan].parent >= 0)
        plan = b->plans.at[plan].parent;
    return plan;
}

int
rc_plan_scope(const rc_binder *b, int plan)
{
    while (plan >= 0 && !b->plans.at[plan].each)
        plan = b->plans.at[plan].parent;
    return plan;
}
