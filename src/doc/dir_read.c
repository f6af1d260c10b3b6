/* What directives read alike: their keys, groups, items, nets. */
#include "doc/internal.h"

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

/* An expression that gives none leaves nothing to show. */
static void
empty_list(const rc_dir *d, const rc_node *n, const char *what)
{
    rc_diag *g = rc_log_error(d->b->log, "empty-value", n->span,
                              "there are no %s in this list", what);
    rc_diag_hint(g, "when: leaves out a block that has nothing to show");
}

/* -- groups -------------------------------------------------------------- */

static int
find_group(const rc_dir *d, rc_str key)
{
    if (rc_str_is(key, "whole"))
        return d->b->whole;
    if (rc_str_is(key, "parent")) { /* of a group that has none: the whole */
        int parent = d->b->data->groups[d->group].parent;
        return parent < 0 ? d->b->whole : parent;
    }
    if (rc_str_is(key, "group"))
        return d->group;
    return rc_data_group(d->b->data, key);
}

static void
unknown_group(const rc_dir *d, rc_span at, rc_str key)
{
    size_t count;
    const rc_str *keys = rc_data_group_keys(d->b->a, d->b->data, &count);
    rc_diag *g = rc_log_error(d->b->log, "unknown-group", at,
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
            unknown_group(d, n->span, key);
        return false;
    }
    *out = g;
    return true;
}

/* The list that an expression gave has something that does not belong there. */
static void
odd_member(const rc_dir *d, const rc_held *h, const char *wanted)
{
    rc_diag *g = rc_log_error(d->b->log, "wrong-kind", h->span,
                              "expected a list of %s, found something else in "
                              "it", wanted);
    rc_diag_hint(g, "the list may hold %s, or their keys as text", wanted);
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
            unknown_group(d, n->span, key);
        from = end + 1;
    }
}

static void
add_group_value(const rc_dir *d, const rc_held *h, const rc_value *v,
                rc_int_vec *out)
{
    int g = v->kind == RC_VALUE_GROUP  ? v->index
            : v->kind == RC_VALUE_TEXT ? find_group(d, v->text)
                                       : -1;
    if (g >= 0)
        *rc_vec_push(d->b->a, out) = g;
    else if (v->kind == RC_VALUE_TEXT)
        unknown_group(d, h->span, v->text);
    else
        odd_member(d, h, "groups");
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
            add_group_value(d, h, &h->value.items[i], out);
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

/* Groups of which nothing may be printed are left out, and told of. */
static void
hide_groups(const rc_dir *d, rc_int_vec *v, size_t from)
{
    size_t kept = from;
    for (size_t i = from; i < v->count; i++)
        if (!rc_dir_hides(d, v->at[i]))
            v->at[kept++] = v->at[i];
    v->count = kept;
}

void
rc_dir_groups(const rc_dir *d, const char *key, rc_int_vec *out)
{
    const rc_node *n = rc_dir_get(d, key);
    size_t before = out->count, said = rc_log_said(d->b->log);
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
    if (out->count == before && rc_log_said(d->b->log) == said
        && !rc_held_failed(d->b, d->fence->text))
        empty_list(d, n, "groups");
    hide_groups(d, out, before);
}

void
rc_dir_beside(const rc_dir *d, rc_int_vec *out)
{
    rc_int_vec all = {0};
    rc_dir_groups(d, "beside", &all);
    for (size_t i = 0; i < all.count; i++) {
        bool there = all.at[i] == d->group;
        for (size_t k = 0; k < out->count; k++)
            there = there || out->at[k] == all.at[i];
        if (!there)
            *rc_vec_push(d->b->a, out) = all.at[i];
    }
}

/* -- items --------------------------------------------------------------- */

/* By its id, or its key where the question is known; -1 after an error. */
static int
find_item(const rc_dir *d, rc_str key, rc_str question, rc_span at)
{
    rc_binder *b = d->b;
    bool inside = question.len && rc_str_find(key, ".", 0) == SIZE_MAX;
    rc_str full =
        inside ? rc_str_join(b->a, question, RC_LIT("."), key) : key;
    int item = rc_data_item(b->data, key);
    if (item < 0)
        item = rc_data_item(b->data, full);
    if (item >= 0)
        return item;
    size_t count;
    const rc_str *ids = rc_data_item_ids(b->a, b->data, &count);
    rc_diag *g = rc_log_error(b->log, "unknown-item", at,
                              "unknown item '%.*s'", RC_STR(key));
    rc_diag_suggest(g, full, ids, count);
    return -1;
}

bool
rc_dir_item(const rc_dir *d, const rc_node *n, rc_str question, int *out)
{
    const rc_held *h =
        n->kind == RC_NODE_SCALAR ? rc_held_alone(d->b, n->scalar) : NULL;
    if (h && h->failed)
        return false;
    rc_str key = rc_dir_node_text(d, n);
    int item = key.len ? find_item(d, key, question, n->span) : -1;
    if (item >= 0)
        *out = item;
    return item >= 0;
}

/* The members of a list that an expression gave: items, or their ids. */
static bool
add_item_values(const rc_dir *d, const rc_held *h, rc_str question,
                rc_int_vec *out)
{
    bool good = true;
    for (size_t i = 0; i < h->value.count; i++) {
        const rc_value *v = &h->value.items[i];
        int item = v->kind == RC_VALUE_ITEM ? v->index
                   : v->kind == RC_VALUE_TEXT
                       ? find_item(d, v->text, question, h->span)
                       : -1;
        if (item >= 0)
            *rc_vec_push(d->b->a, out) = item;
        else if (v->kind != RC_VALUE_TEXT)
            odd_member(d, h, "items");
        good = good && item >= 0;
    }
    return good;
}

static bool
add_items(const rc_dir *d, const rc_node *n, rc_str question, rc_int_vec *out)
{
    const rc_held *h =
        n->kind == RC_NODE_SCALAR ? rc_held_alone(d->b, n->scalar) : NULL;
    if (h && !h->failed && h->value.kind == RC_VALUE_LIST)
        return add_item_values(d, h, question, out);
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
    if (!items && (rc_map_misspelt(d->map, "question", d->b->log)
                   || rc_map_misspelt(d->map, "items", d->b->log)))
        return false;
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
    if (good && !out->count)
        empty_list(d, items, "items");
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
