/* Directives: fenced blocks named in the table below. Here is what they have
 * in common: their keys, the group they speak of, items, nets, `when`. */
#include "doc/internal.h"

#include <string.h>

#define COMMON "id", "headline", "subtitle", "note", "group", "when"
enum { MAX_KEYS = 24 };

typedef struct directive {
    const char *name;
    void (*bind)(const rc_dir *d);
    bool markdown; /* the body is Markdown, not YAML */
    const char *keys[MAX_KEYS];
} directive;

static const directive directives[] = {
    {"chart",
     rc_dir_chart,
     false,
     {COMMON, "question", "items", "chart", "type", "nets", "compare", "beside",
      "groups", "themes", "named", "net", "unit", "maximum", "float"}},
    {"table", rc_dir_table, false, {COMMON, "body", "total", "unit"}},
    {"glance",
     rc_dir_glance,
     false,
     {COMMON, "question", "items", "groups", "heads", "net", "unit"}},
    {"facts", rc_dir_facts, false, {COMMON, "beside"}},
    {"bars", rc_dir_bars, false, {COMMON, "item", "groups"}},
    {"tolerance",
     rc_dir_tolerance,
     false,
     {COMMON, "groups", "sizes", "shares", "example"}},
    {"differences",
     rc_dir_differences,
     false,
     {COMMON, "groups", "shares", "pairs"}},
    {"findings", rc_dir_findings, false, {COMMON, "list"}},
    {"summary", rc_dir_summary, false, {COMMON, "list"}},
    {"lead", rc_dir_lead, true, {NULL}},
    {"brief", rc_dir_brief, true, {NULL}},
    {"quotes",
     rc_dir_quotes,
     false,
     {COMMON, "comments", "question", "theme", "most", "role"}},
    {"figure", rc_dir_figure, false, {COMMON, "image", "alt", "columns"}},
    {"columns", rc_dir_columns, false, {COMMON, "count", "body", "columns"}},
    {"contents", rc_dir_contents, false, {COMMON, "of"}},
    {"data-tables", rc_dir_data_tables, false, {COMMON}},
    {"pagebreak", rc_dir_page_break, false, {COMMON}},
    {"fields", rc_dir_fields, false, {COMMON, "rows"}},
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

void
rc_dir_bind(rc_binder *b, const rc_md_node *fence, rc_block_vec *out)
{
    const directive *what = find_directive(b, fence);
    rc_dir d = {.b = b,
                .fence = fence,
                .group = b->group,
                .span = fence->span,
                .out = out};
    if (fence->unclosed)
        b->lost_blocks = true; /* it holds what comes after it */
    if (!what || fence->unclosed) {
        keep_id(&d);
        rc_dir_add(&d, RC_BLOCK_MISSING);
        return;
    }
    d.name = rc_str_z(what->name);
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
    what->bind(&d);
    if (out->count == before)
        rc_dir_add(&d, RC_BLOCK_MISSING);
}

/* -- keys ---------------------------------------------------------------- */

const rc_node *
rc_dir_get(const rc_dir *d, const char *key)
{
    return d->map ? rc_map_get(d->map, key) : NULL;
}

rc_str
rc_dir_node_text(const rc_dir *d, const rc_node *n)
{
    if (n->kind != RC_NODE_SCALAR) {
        rc_node_expected(n, "a word", d->b->log);
        return (rc_str){0};
    }
    return rc_held_text(d->b, n->scalar, n->span);
}

rc_str
rc_dir_text(const rc_dir *d, const char *key)
{
    const rc_node *n = rc_dir_get(d, key);
    return n ? rc_dir_node_text(d, n) : (rc_str){0};
}

rc_prose
rc_dir_prose(const rc_dir *d, const char *key, rc_spot_kind kind)
{
    const rc_node *n = rc_dir_get(d, key);
    return n ? rc_prose_node(d->b, n, kind) : (rc_prose){0};
}

const rc_node *
rc_dir_list(const rc_dir *d, const char *key)
{
    const rc_node *n = rc_map_need(d->map, key, d->b->log);
    if (n && n->kind != RC_NODE_LIST) {
        rc_node_expected(n, "a list", d->b->log);
        return NULL;
    }
    return n;
}

/* -- groups -------------------------------------------------------------- */

static int
find_group(const rc_dir *d, rc_str key)
{
    if (rc_str_is(key, "whole"))
        return d->b->whole;
    if (rc_str_is(key, "parent"))
        return d->b->data->groups[d->group].parent;
    if (rc_str_is(key, "group"))
        return d->group;
    return rc_data_group(d->b->data, key);
}

static void
unknown_group(const rc_dir *d, const rc_node *n, rc_str key)
{
    size_t count;
    const rc_str *keys = rc_data_group_keys(d->b->a, d->b->data, &count);
    rc_diag *g = rc_log_error(d->b->log, "unknown-group", n->span,
                              "unknown group '%.*s'", RC_STR(key));
    rc_diag_suggest(g, key, keys, count);
}

/* The same where a kind is welcome too. */
static void
unknown_groups(const rc_dir *d, const rc_node *n, rc_str key)
{
    rc_binder *b = d->b;
    size_t count;
    const rc_str *keys = rc_data_group_keys(b->a, b->data, &count);
    rc_str_vec names = {0};
    for (size_t i = 0; i < count; i++)
        *rc_vec_push(b->a, &names) = keys[i];
    for (size_t i = 0; i < b->data->group_count; i++)
        *rc_vec_push(b->a, &names) = b->data->groups[i].kind;
    rc_diag *g = rc_log_error(b->log, "unknown-group", n->span,
                              "no group, and no kind of groups, is '%.*s'",
                              RC_STR(key));
    rc_diag_suggest(g, key, names.at, names.count);
}

bool
rc_dir_group(const rc_dir *d, const rc_node *n, int *out)
{
    const rc_held *h =
        n->kind == RC_NODE_SCALAR ? rc_held_alone(d->b, n->scalar) : NULL;
    if (h && h->failed)
        return false;
    rc_str key = rc_dir_node_text(d, n);
    int g = key.len ? find_group(d, key) : -1;
    if (g < 0) {
        if (n->kind == RC_NODE_SCALAR)
            unknown_group(d, n, key);
        return false;
    }
    *out = g;
    return true;
}

/* "a, b, c": keys in one text, as a field of the report may hold them. */
static void
add_keys(const rc_dir *d, const rc_node *n, rc_str keys, rc_int_vec *out)
{
    for (size_t from = 0; from < keys.len;) {
        size_t end = rc_str_find(keys, ",", from);
        if (end == SIZE_MAX)
            end = keys.len;
        rc_str key = rc_str_trim(rc_str_part(keys, from, end));
        int g = find_group(d, key);
        if (g >= 0)
            *rc_vec_push(d->b->a, out) = g;
        else
            unknown_group(d, n, key);
        from = end + 1;
    }
}

/* Groups by key, one word for a kind (those below the group at hand first,
 * else all), or a list that an expression gives. */
static void
add_groups(const rc_dir *d, const rc_node *n, rc_int_vec *out)
{
    rc_binder *b = d->b;
    const rc_held *h =
        n->kind == RC_NODE_SCALAR ? rc_held_alone(b, n->scalar) : NULL;
    if (h && h->failed)
        return;
    if (h && h->value.kind == RC_VALUE_LIST) {
        for (size_t i = 0; i < h->value.count; i++)
            if (h->value.items[i].kind == RC_VALUE_GROUP)
                *rc_vec_push(b->a, out) = h->value.items[i].index;
        return;
    }
    rc_str key = rc_dir_node_text(d, n);
    if (!key.len)
        return;
    int g = find_group(d, key);
    if (g >= 0) {
        *rc_vec_push(b->a, out) = g;
        return;
    }
    if (rc_str_find(key, ",", 0) != SIZE_MAX) {
        add_keys(d, n, key, out);
        return;
    }
    size_t before = out->count;
    const rc_data *data = b->data;
    for (int pass = 0; pass < 2 && out->count == before; pass++)
        for (size_t i = 0; i < data->group_count; i++)
            if (rc_str_eq(data->groups[i].kind, key) &&
                (pass || data->groups[i].parent == d->group))
                *rc_vec_push(b->a, out) = (int)i;
    if (out->count == before)
        unknown_groups(d, n, key);
}

void
rc_dir_groups(const rc_dir *d, const char *key, rc_int_vec *out)
{
    const rc_node *n = rc_dir_get(d, key);
    if (!n)
        return;
    if (n->kind == RC_NODE_LIST) {
        for (size_t i = 0; i < n->item_count; i++)
            add_groups(d, n->items[i], out);
    } else if (n->kind == RC_NODE_SCALAR) {
        add_groups(d, n, out);
    } else {
        rc_node_expected(n, "groups", d->b->log);
    }
}

/* -- items --------------------------------------------------------------- */

bool
rc_dir_item(const rc_dir *d, const rc_node *n, rc_str question, int *out)
{
    rc_binder *b = d->b;
    const rc_held *h =
        n->kind == RC_NODE_SCALAR ? rc_held_alone(b, n->scalar) : NULL;
    if (h && h->failed)
        return false;
    rc_str key = rc_dir_node_text(d, n);
    if (!key.len)
        return false;
    int item = rc_data_item(b->data, key);
    if (item < 0 && question.len) {
        rc_str full =
            rc_str_printf(b->a, "%.*s.%.*s", RC_STR(question), RC_STR(key));
        item = rc_data_item(b->data, full);
    }
    if (item < 0) {
        size_t count;
        const rc_str *ids = rc_data_item_ids(b->a, b->data, &count);
        rc_str like = key;
        if (question.len && rc_str_find(key, ".", 0) == SIZE_MAX)
            like =
                rc_str_printf(b->a, "%.*s.%.*s", RC_STR(question), RC_STR(key));
        rc_diag *g = rc_log_error(b->log, "unknown-item", n->span,
                                  "unknown item '%.*s'", RC_STR(key));
        rc_diag_suggest(g, like, ids, count);
        return false;
    }
    *out = item;
    return true;
}

static bool
add_items(const rc_dir *d, const rc_node *n, rc_str question, rc_int_vec *out)
{
    const rc_held *h =
        n->kind == RC_NODE_SCALAR ? rc_held_alone(d->b, n->scalar) : NULL;
    if (h && !h->failed && h->value.kind == RC_VALUE_LIST) {
        for (size_t i = 0; i < h->value.count; i++)
            if (h->value.items[i].kind == RC_VALUE_ITEM)
                *rc_vec_push(d->b->a, out) = h->value.items[i].index;
        return true;
    }
    int item;
    if (!rc_dir_item(d, n, question, &item))
        return false;
    *rc_vec_push(d->b->a, out) = item;
    return true;
}

static void
suggest_chart(const rc_dir *d, const rc_question *q, rc_str chart, rc_diag *g)
{
    rc_str_vec names = {0};
    for (int i = 0; i < q->item_count; i++) {
        rc_str name = d->b->data->items[q->first_item + i].chart;
        if (name.len && (!names.count
                         || !rc_str_eq(names.at[names.count - 1], name)))
            *rc_vec_push(d->b->a, &names) = name;
    }
    rc_diag_suggest(g, chart, names.at, names.count);
}

static bool
question_items(const rc_dir *d, rc_str question, rc_int_vec *out)
{
    rc_binder *b = d->b;
    const rc_node *n = rc_dir_get(d, "question");
    int q = rc_data_question(b->data, question);
    if (q < 0) {
        rc_str *keys = RC_MAKE_ARRAY(b->a, rc_str, b->data->question_count + 1);
        for (size_t i = 0; i < b->data->question_count; i++)
            keys[i] = b->data->questions[i].key;
        rc_diag *g = rc_log_error(b->log, "unknown-question", n->span,
                                  "unknown question '%.*s'", RC_STR(question));
        rc_diag_suggest(g, question, keys, b->data->question_count);
        return false;
    }
    rc_str chart = rc_dir_text(d, "chart");
    const rc_question *def = &b->data->questions[q];
    for (int i = 0; i < def->item_count; i++) {
        int item = def->first_item + i;
        if (!chart.len || rc_str_eq(b->data->items[item].chart, chart))
            *rc_vec_push(b->a, out) = item;
    }
    if (!out->count) {
        const rc_node *c = rc_dir_get(d, "chart");
        rc_diag *g = rc_log_error(b->log, "unknown-item", c ? c->span : n->span,
                                  "'%.*s' has no items of chart '%.*s'",
                                  RC_STR(question), RC_STR(chart));
        suggest_chart(d, def, chart, g);
        return false;
    }
    return true;
}

bool
rc_dir_items(const rc_dir *d, rc_int_vec *out)
{
    rc_str question = rc_dir_text(d, "question");
    const rc_node *items = rc_dir_get(d, "items");
    if (!items && question.len)
        return question_items(d, question, out);
    if (!items) {
        rc_diag *g =
            rc_log_error(d->b->log, "missing-key", d->span,
                         "'%.*s' needs question or items", RC_STR(d->name));
        rc_diag_hint(g, "question: KEY, or items: [question.item, ...]");
        return false;
    }
    bool good = true;
    if (items->kind == RC_NODE_LIST) {
        for (size_t i = 0; i < items->item_count; i++)
            good = add_items(d, items->items[i], question, out) && good;
    } else {
        good = add_items(d, items, question, out);
    }
    return good && out->count;
}

int
rc_dir_net(const rc_dir *d, const rc_node *n, int item)
{
    rc_str name = rc_dir_node_text(d, n);
    const rc_item *i = &d->b->data->items[item];
    if (i->scale < 0 || !name.len)
        return -1;
    const rc_scale *s = &d->b->data->scales[i->scale];
    for (size_t k = 0; k < s->net_count; k++)
        if (rc_str_eq(s->nets[k], name))
            return (int)k;
    rc_diag *g = rc_log_error(d->b->log, "unknown-net", n->span,
                              "the scale '%.*s' has no net '%.*s'",
                              RC_STR(s->key), RC_STR(name));
    rc_diag_suggest(g, name, s->nets, s->net_count);
    return -1;
}
