/* Directives: fenced blocks named in the table below; what they have in
 * common is `when`, the group they speak of, and that none is silent where it
 * has nothing to show. */
#include "doc/internal.h"

#include <string.h>

#define COMMON "id", "headline", "subtitle", "note", "group", "when"
enum { MAX_KEYS = 24 };

/* What it shows of the group at hand. */
typedef enum shows {
    SHOWS_NOTHING, /* or what the author wrote */
    SHOWS_FIGURE,
    SHOWS_TABLE,
    SHOWS_BLOCK, /* without a number */
} shows;

typedef struct directive {
    const char *name;
    void (*bind)(const rc_dir *d);
    bool markdown; /* the body is Markdown, not YAML */
    shows shows;
    const char *keys[MAX_KEYS];
} directive;

static const directive directives[] = {
    {"chart",
     rc_dir_chart,
     false,
     SHOWS_FIGURE,
     {COMMON, "question", "items", "chart", "type", "nets", "compare", "beside",
      "groups", "themes", "named", "net", "unit", "maximum", "float", "dense",
      "heads", "data"}},
    {"table",
     rc_dir_table,
     false,
     SHOWS_NOTHING,
     {COMMON, "body", "total", "unit", "over", "dense"}},
    {"glance",
     rc_dir_glance,
     false,
     SHOWS_TABLE,
     {COMMON, "question", "items", "groups", "heads", "net", "unit"}},
    {"facts", rc_dir_facts, false, SHOWS_BLOCK, {COMMON, "beside", "dense"}},
    {"bars", rc_dir_bars, false, SHOWS_BLOCK, {COMMON, "item", "groups"}},
    {"tolerance",
     rc_dir_tolerance,
     false,
     SHOWS_NOTHING,
     {COMMON, "groups", "sizes", "shares", "example"}},
    {"differences",
     rc_dir_differences,
     false,
     SHOWS_NOTHING,
     {COMMON, "groups", "shares", "pairs"}},
    {"findings", rc_dir_findings, false, SHOWS_BLOCK, {COMMON, "list"}},
    {"summary", rc_dir_summary, false, SHOWS_NOTHING, {COMMON, "list"}},
    {"lead", rc_dir_lead, true, SHOWS_NOTHING, {NULL}},
    {"brief", rc_dir_brief, true, SHOWS_NOTHING, {NULL}},
    {"quotes",
     rc_dir_quotes,
     false,
     SHOWS_BLOCK,
     {COMMON, "comments", "question", "theme", "most", "role"}},
    {"figure", rc_dir_figure, false, SHOWS_NOTHING, {COMMON, "image", "alt", "columns"}},
    {"columns", rc_dir_columns, false, SHOWS_NOTHING, {COMMON, "count", "body", "columns"}},
    {"contents", rc_dir_contents, false, SHOWS_NOTHING, {COMMON, "of"}},
    {"data-tables", rc_dir_data_tables, false, SHOWS_NOTHING, {COMMON, "join"}},
    {"pagebreak", rc_dir_page_break, false, SHOWS_NOTHING, {COMMON}},
    {"fields", rc_dir_fields, false, SHOWS_NOTHING, {COMMON, "rows"}},
};
enum { DIRECTIVES = sizeof directives / sizeof *directives };

rc_block *
rc_dir_add(const rc_dir *d, rc_block_kind kind)
{
    rc_block *k = rc_vec_push(d->b->a, d->out);
    k->kind = kind;
    k->span = d->span;
    k->target = -1;
    return k;
}

static const directive *
find_directive(rc_binder *b, const rc_md_node *fence)
{
    rc_str name = rc_str_trim(fence->info);
    rc_str names[DIRECTIVES];
    for (size_t i = 0; i < DIRECTIVES; i++) {
        names[i] = rc_str_z(directives[i].name);
        if (rc_str_eq(name, names[i]))
            return &directives[i];
    }
    if (!name.len) {
        rc_diag *d = rc_log_error(b->log, "unknown-directive", fence->span,
                                  "a fenced block without a name");
        rc_diag_hint(d, "name a directive after the fence: ```chart");
        return NULL;
    }
    rc_diag *d = rc_log_error(b->log, "unknown-directive", fence->span,
                              "unknown directive '%.*s'", RC_STR(name));
    rc_diag_suggest(d, name, names, DIRECTIVES);
    return NULL;
}

static bool
is_wanted(const rc_dir *d)
{
    const rc_node *when = rc_dir_get(d, "when");
    if (!when)
        return true;
    rc_value v = {.kind = RC_VALUE_NIL};
    const rc_held *h = rc_held_alone(d->b, when->scalar);
    if (h && h->failed)
        return false;
    if (h)
        v = h->value;
    else if (!rc_script_eval(d->b->script, d->b->scratch, when->scalar,
                             when->span, &v))
        return false;
    return v.kind != RC_VALUE_NIL && (v.kind != RC_VALUE_BOOL || v.truth);
}

/* The body of a directive that has a key `list` may be the list itself. */
static const rc_node *
as_list(rc_binder *b, const directive *what, const rc_node *list)
{
    for (size_t i = 0; i < MAX_KEYS && what->keys[i]; i++) {
        if (strcmp(what->keys[i], "list") != 0)
            continue;
        rc_node *map = RC_MAKE(b->scratch, rc_node);
        rc_pair *pair = RC_MAKE(b->scratch, rc_pair);
        *pair = (rc_pair){RC_LIT("list"), list->span, list};
        *map = (rc_node){.kind = RC_NODE_MAP,
                         .span = list->span,
                         .pairs = pair,
                         .pair_count = 1};
        return map;
    }
    return list;
}

/* The id of a block that cannot be read is there all the same, so that who
 * refers to it is not told off. */
static void
keep_id(const rc_dir *d)
{
    rc_str text = d->fence->text;
    for (size_t from = 0; from < text.len;) {
        size_t end = rc_str_find(text, "\n", from);
        end = end < text.len ? end : text.len;
        rc_str line = rc_str_trim(rc_str_part(text, from, end));
        from = end + 1;
        if (!rc_str_starts(line, "id:"))
            continue;
        rc_str id = rc_str_trim(rc_str_part(line, 3, line.len));
        rc_ref ref = {.id = rc_str_copy(d->b->a, id),
                      .scope = rc_plan_scope(d->b, d->b->plan),
                      .kind = RC_REF_HEAD,
                      .span = d->span};
        if (ref.id.len)
            rc_ref_add(d->b, &ref);
        return;
    }
}

static bool
has_odd_keys(const directive *what, const rc_node *map)
{
    for (size_t i = 0; i < map->pair_count; i++) {
        size_t k = 0;
        while (k < MAX_KEYS && what->keys[k]
               && !rc_str_is(map->pairs[i].key, what->keys[k]))
            k++;
        if (k == MAX_KEYS || !what->keys[k])
            return true;
    }
    return false;
}

static void
nothing_to_show(const rc_dir *d, rc_span at)
{
    rc_diag *g = rc_log_error(d->b->log, "empty-value", at,
                              "'%.*s' has nothing to show", RC_STR(d->name));
    rc_diag_hint(g, "when: leaves out a block that has nothing to show");
}

static rc_number_of
number_of(shows what)
{
    return what == SHOWS_FIGURE  ? RC_NUMBER_FIGURE
           : what == SHOWS_TABLE ? RC_NUMBER_TABLE
                                 : RC_NUMBER_NONE;
}

void
rc_dir_bind(rc_binder *b, const rc_md_node *fence, rc_block_vec *out)
{
    const directive *what = find_directive(b, fence);
    rc_int_vec hidden = {0};
    rc_dir d = {.b = b,
                .fence = fence,
                .group = b->group,
                .span = fence->span,
                .out = out,
                .hidden = &hidden};
    if (fence->unclosed)
        b->lost_blocks = true; /* it holds what comes after it */
    if (!what || fence->unclosed) {
        keep_id(&d);
        rc_dir_add(&d, RC_BLOCK_MISSING);
        return;
    }
    d.name = rc_str_z(what->name);
    size_t said = rc_log_said(b->log);
    if (!what->markdown) {
        d.map = rc_yaml_parse(b->scratch, fence->text, &fence->pieces, b->log);
        if (d.map && d.map->kind == RC_NODE_LIST)
            d.map = as_list(b, what, d.map);
        if (d.map && d.map->kind != RC_NODE_MAP) {
            rc_node_expected(d.map, "keys and values", b->log);
            d.map = NULL;
        }
        if (!d.map) {
            keep_id(&d);
            rc_dir_add(&d, RC_BLOCK_MISSING);
            return;
        }
        rc_str title = rc_str_printf(b->a, "'%s'", what->name);
        rc_map_known(d.map, what->keys, title.at, b->log);
        d.odd_keys = has_odd_keys(what, d.map);
        if (!is_wanted(&d))
            return;
        const rc_node *group = rc_dir_get(&d, "group");
        if (group && !rc_dir_group(&d, group, &d.group)) {
            rc_dir_add(&d, RC_BLOCK_MISSING);
            return;
        }
    }
    size_t before = out->count;
    if (what->shows == SHOWS_NOTHING || !rc_dir_hides(&d, d.group))
        what->bind(&d);
    if (out->count > before)
        return;
    if (hidden.count) {
        rc_dir_withheld(&d, number_of(what->shows));
        return;
    }
    if (rc_log_said(b->log) == said && !rc_held_failed(b, fence->text))
        nothing_to_show(&d, d.span);
    rc_dir_add(&d, RC_BLOCK_MISSING);
}
