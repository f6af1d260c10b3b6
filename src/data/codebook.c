/* Groups, scales, questions, waves and changes into the model. */
#include "data/loader.h"

#include <stdlib.h>
#include <string.h>

/* Where a position is missing or ill-formed: after all that are sound. */
static const int64_t unplaced = INT64_C(1) << 50;

static rc_str
cell(const rc_table *t, size_t row, const char *column)
{
    return rc_table_cell(t, row, rc_table_column(t, column));
}

/* -- groups ----------------------------------------------------------------- */

static int64_t
whole_or(rc_loader *l, const rc_table *t, size_t row, const char *column,
         int64_t otherwise)
{
    int64_t n = otherwise;
    rc_load_whole(l, t, row, rc_table_column(t, column), &n);
    return n;
}

static void
read_group(rc_loader *l, const rc_table *t, size_t row, rc_group *g)
{
    size_t count = t->column_count;
    rc_column *columns = RC_MAKE_ARRAY(l->reader.keep, rc_column, count);
    for (size_t i = 0; i < count; i++)
        columns[i] = (rc_column){t->columns[i],
                                 rc_table_cell(t, row, (int)i)};
    g->columns = columns;
    g->column_count = count;
    g->kind = cell(t, row, "kind");
    g->name = cell(t, row, "name");
    g->short_name = cell(t, row, "short_name");
    if (g->short_name.len == 0)
        g->short_name = g->name;
    if (g->kind.len == 0)
        rc_load_missing(l, t, row, rc_table_column(t, "kind"));
    if (g->name.len == 0)
        rc_load_missing(l, t, row, rc_table_column(t, "name"));
    g->invited = whole_or(l, t, row, "invited", -1);
    g->population = whole_or(l, t, row, "population", g->invited);
    g->respondents = whole_or(l, t, row, "respondents", -1);
    g->responses = whole_or(l, t, row, "responses", -1);
    g->responses_label = cell(t, row, "responses_label");
    g->parent = -1;
}

/* Breaks every circle of parents at the group that closes it. */
static void
break_cycles(rc_loader *l, const rc_table *t, const size_t *rows)
{
    size_t count = l->data->group_count;
    int *walk = RC_MAKE_ARRAY(l->reader.scratch, int, count); /* 0: unseen */
    for (size_t i = 0; i < count; i++) {
        int g = (int)i;
        while (walk[g] == 0 && l->groups[g].parent >= 0) {
            walk[g] = (int)i + 1;
            g = l->groups[g].parent;
        }
        if (walk[g] != (int)i + 1 || l->groups[g].parent < 0) {
            walk[g] = walk[g] ? walk[g] : (int)i + 1;
            continue;
        }
        rc_span at = rc_table_span(t, rows[g], rc_table_column(t, "parent"));
        rc_diag *d = rc_log_error(l->reader.log, "group-cycle", at,
                                  "'%.*s' lies within itself",
                                  RC_STR(l->groups[g].key));
        *rc_vec_push(l->reader.scratch, &l->lost_kinds) = l->groups[g].kind;
        for (int p = l->groups[g].parent; p != g; p = l->groups[p].parent)
            rc_diag_also(d, l->groups[p].span, "by way of '%.*s'",
                         RC_STR(l->groups[p].key));
        l->groups[g].parent = -1;
    }
}

static void
link_children(rc_loader *l)
{
    size_t count = l->data->group_count;
    for (size_t i = 0; i < count; i++)
        if (l->groups[i].parent >= 0)
            l->groups[l->groups[i].parent].child_count++;
    int **next = RC_MAKE_ARRAY(l->reader.scratch, int *, count);
    for (size_t i = 0; i < count; i++) {
        next[i] = RC_MAKE_ARRAY(l->reader.keep, int, l->groups[i].child_count);
        l->groups[i].children = next[i];
    }
    for (size_t i = 0; i < count; i++)
        if (l->groups[i].parent >= 0)
            *next[l->groups[i].parent]++ = (int)i;
}

static void
load_groups(rc_loader *l)
{
    const rc_table *t = &l->tables[RC_TABLE_GROUPS];
    int key_column = rc_table_column(t, "group");
    int parent_column = rc_table_column(t, "parent");
    l->groups = RC_MAKE_ARRAY(l->reader.keep, rc_group, t->row_count);
    size_t *rows = RC_MAKE_ARRAY(l->reader.scratch, size_t, t->row_count);
    size_t count = 0;
    for (size_t row = 0; row < t->row_count; row++) {
        rc_str key;
        if (!rc_load_key(l, t, row, key_column, &key)) {
            l->lost_group = true;
            continue;
        }
        rc_span at = rc_table_span(t, row, key_column);
        int first = rc_keys_put(l->reader.keep, &l->index->groups, key,
                               (int)count);
        if (first >= 0) {
            rc_load_doubled(l, "group", key, at, l->groups[first].span);
            l->lost_group = true;
            continue;
        }
        rc_group *g = &l->groups[count];
        read_group(l, t, row, g);
        g->key = key;
        g->span = at;
        rows[count++] = row;
    }
    l->data->groups = l->groups;
    l->data->group_count = count;
    for (size_t i = 0; i < count; i++) {
        if (rc_table_cell(t, rows[i], parent_column).len == 0)
            continue;
        l->groups[i].parent = rc_load_group(l, t, rows[i], parent_column);
        if (l->groups[i].parent < 0)
            *rc_vec_push(l->reader.scratch, &l->lost_kinds) =
                l->groups[i].kind;
    }
    break_cycles(l, t, rows);
    link_children(l);
}

/* -- scales ----------------------------------------------------------------- */

/* A category while its scale is not yet whole. */
typedef struct raw_category {
    int scale;
    int64_t position;
    size_t row;
    rc_str net;
    rc_category category;
} raw_category;

static int
by_scale(const void *x, const void *y)
{
    const raw_category *a = x, *b = y;
    if (a->scale != b->scale)
        return a->scale < b->scale ? -1 : 1;
    if (a->position != b->position)
        return a->position < b->position ? -1 : 1;
    return a->row < b->row ? -1 : 1;
}

static int
scale_of(rc_loader *l, rc_str key)
{
    int i = rc_keys_put(l->reader.scratch, &l->scale_keys, key,
                       (int)l->data->scale_count);
    if (i >= 0)
        return i;
    l->scales[l->data->scale_count++].key = key;
    return (int)l->data->scale_count - 1;
}

static void
read_kind(rc_loader *l, const rc_table *t, size_t row, int scale,
          int8_t *known)
{
    int column = rc_table_column(t, "kind");
    int kind = rc_load_word(l, t, row, column, "single multi numeric");
    if (kind < 0)
        return;
    if (known[scale] && kind != (int)l->scales[scale].kind)
        rc_load_bad(l, "bad-word", rc_table_span(t, row, column),
                    rc_table_cell(t, row, column),
                    "the kind that the scale has in the rows above");
    else
        l->scales[scale].kind = (rc_scale_kind)kind;
    known[scale] = 1;
}

static void
read_category(rc_loader *l, const rc_table *t, size_t row, raw_category *c)
{
    c->row = row;
    c->position = unplaced + (int64_t)row;
    int position = rc_table_column(t, "position");
    if (rc_table_cell(t, row, position).len == 0)
        rc_load_missing(l, t, row, position);
    rc_load_whole(l, t, row, position, &c->position);
    c->category.label = cell(t, row, "label");
    c->category.in_base = true;
    c->category.net = -1;
    rc_load_flag(l, t, row, rc_table_column(t, "in_base"),
                 &c->category.in_base);
    c->net = cell(t, row, "net");
    int value = rc_table_column(t, "value");
    rc_str s = rc_table_cell(t, row, value);
    c->category.has_value = s.len > 0;
    if (s.len && !rc_num_real(s, &c->category.value)) {
        rc_load_bad(l, "bad-number", rc_table_span(t, row, value), s,
                    "a number");
        c->category.has_value = false;
    }
}

/* The categories [from, to) of one scale, in order. */
static void
make_scale(rc_loader *l, const rc_table *t, raw_category *raw, size_t count)
{
    rc_scale *s = &l->scales[raw[0].scale];
    rc_category *c = RC_MAKE_ARRAY(l->reader.keep, rc_category, count);
    rc_str *nets = RC_MAKE_ARRAY(l->reader.keep, rc_str, count);
    for (size_t i = 0; i < count; i++) {
        c[i] = raw[i].category;
        if (i && raw[i].position == raw[i - 1].position) {
            int column = rc_table_column(t, "position");
            rc_diag *d = rc_log_error(
                l->reader.log, "doubled-key",
                rc_table_span(t, raw[i].row, column),
                "position %.*s of '%.*s' is there twice",
                RC_STR(rc_table_cell(t, raw[i].row, column)), RC_STR(s->key));
            rc_diag_also(d, rc_table_span(t, raw[i - 1].row, column),
                         "the first is here");
        }
        if (raw[i].net.len == 0 || rc_str_is(raw[i].net, "none"))
            continue;
        size_t net = 0;
        while (net < s->net_count && !rc_str_eq(nets[net], raw[i].net))
            net++;
        if (net == s->net_count)
            nets[s->net_count++] = raw[i].net;
        c[i].net = (int)net;
    }
    s->categories = c;
    s->category_count = count;
    s->nets = nets;
}

static void
load_scales(rc_loader *l)
{
    const rc_table *t = &l->tables[RC_TABLE_SCALES];
    rc_arena *scratch = l->reader.scratch;
    raw_category *raw = RC_MAKE_ARRAY(scratch, raw_category, t->row_count);
    int8_t *kind_known = RC_MAKE_ARRAY(scratch, int8_t, t->row_count);
    l->scales = RC_MAKE_ARRAY(l->reader.keep, rc_scale, t->row_count);
    l->data->scales = l->scales;
    rc_keys ids = {0};
    size_t count = 0;
    for (size_t row = 0; row < t->row_count; row++) {
        rc_str scale, key;
        int column = rc_table_column(t, "category");
        if (!rc_load_key(l, t, row, rc_table_column(t, "scale"), &scale)
            || !rc_load_key(l, t, row, column, &key))
            continue;
        rc_str id = rc_str_printf(scratch, "%.*s %.*s", RC_STR(scale),
                                  RC_STR(key));
        rc_span at = rc_table_span(t, row, column);
        int first = rc_keys_put(scratch, &ids, id, (int)count);
        if (first >= 0) {
            rc_load_doubled(l, "category", key, at, raw[first].category.span);
            continue;
        }
        raw_category *c = &raw[count++];
        c->scale = scale_of(l, scale);
        read_category(l, t, row, c);
        c->category.key = key;
        c->category.span = at;
        read_kind(l, t, row, c->scale, kind_known);
    }
    qsort(raw, count, sizeof *raw, by_scale);
    for (size_t from = 0, to = 0; from < count; from = to) {
        while (to < count && raw[to].scale == raw[from].scale)
            to++;
        make_scale(l, t, raw + from, to - from);
    }
}

/* -- questions -------------------------------------------------------------- */

typedef struct raw_item {
    int64_t position;
    size_t row;
    rc_item item;
} raw_item;

static int
by_question(const void *x, const void *y)
{
    const raw_item *a = x, *b = y;
    if (a->item.question != b->item.question)
        return a->item.question < b->item.question ? -1 : 1;
    if (a->position != b->position)
        return a->position < b->position ? -1 : 1;
    return a->row < b->row ? -1 : 1;
}

static int
positive_of(rc_loader *l, const rc_table *t, size_t row, int scale)
{
    if (scale < 0 || l->scales[scale].net_count == 0)
        return -1;
    const rc_scale *s = &l->scales[scale];
    int column = rc_table_column(t, "positive");
    rc_str net = rc_table_cell(t, row, column);
    for (size_t i = 0; net.len && i < s->net_count; i++)
        if (rc_str_eq(s->nets[i], net))
            return (int)i;
    if (net.len)
        rc_load_unknown(l, RC_KEY_NET, scale, net,
                        rc_table_span(t, row, column));
    return 0;
}

/* The wordings of one row in the columns called prefix<group>. */
static const rc_variant *
read_variants(rc_loader *l, const rc_table *t, size_t row, const char *prefix,
              size_t *count)
{
    RC_VEC(rc_variant) v = {0};
    size_t skip = strlen(prefix);
    for (size_t i = 0; i < t->column_count; i++) {
        rc_str text = rc_table_cell(t, row, (int)i);
        if (!rc_str_starts(t->columns[i], prefix) || text.len == 0)
            continue;
        rc_str key = rc_str_part(t->columns[i], skip, t->columns[i].len);
        int group = rc_keys_find(&l->index->groups, key);
        if (group >= 0)
            *rc_vec_push(l->reader.keep, &v) = (rc_variant){group, text};
    }
    *count = v.count;
    return v.at;
}

static void
check_variant_columns(rc_loader *l, const rc_table *t)
{
    static const char *const prefixes[] = {"item_text_", "short_text_"};
    for (size_t i = 0; i < t->column_count; i++)
        for (size_t p = 0; p < 2; p++) {
            if (!rc_str_starts(t->columns[i], prefixes[p]))
                continue;
            rc_str key = rc_str_part(t->columns[i], strlen(prefixes[p]),
                                     t->columns[i].len);
            if (rc_keys_find(&l->index->groups, key) < 0)
                rc_load_unknown(l, RC_KEY_GROUP, -1, key,
                                rc_table_head_span(t, (int)i));
        }
}

static void
read_item(rc_loader *l, const rc_table *t, size_t row, raw_item *raw)
{
    rc_item *it = &raw->item;
    raw->row = row;
    raw->position = unplaced + (int64_t)row;
    int position = rc_table_column(t, "position");
    if (rc_table_cell(t, row, position).len == 0)
        rc_load_missing(l, t, row, position);
    rc_load_whole(l, t, row, position, &raw->position);
    it->text = cell(t, row, "item_text");
    it->short_text = cell(t, row, "short_text");
    it->question_text = cell(t, row, "question_text");
    it->base_text = cell(t, row, "base_text");
    it->chapter = cell(t, row, "chapter");
    it->chart = cell(t, row, "chart");
    it->wording = cell(t, row, "wording");
    int scale_column = rc_table_column(t, "scale");
    rc_str scale = rc_table_cell(t, row, scale_column);
    it->scale = scale.len ? rc_keys_find(&l->scale_keys, scale) : -1;
    if (scale.len && it->scale < 0) {
        rc_load_unknown(l, RC_KEY_SCALE, -1, scale,
                        rc_table_span(t, row, scale_column));
        it->scale = RC_SCALE_UNKNOWN;
    }
    int asked_column = rc_table_column(t, "asked_of");
    rc_str asked = rc_table_cell(t, row, asked_column);
    it->asked_of = asked.len == 0 || rc_str_is(asked, "all")
                       ? -1
                       : rc_load_group(l, t, row, asked_column);
    it->positive = positive_of(l, t, row, it->scale);
    it->texts = read_variants(l, t, row, "item_text_", &it->text_count);
    it->short_texts =
        read_variants(l, t, row, "short_text_", &it->short_text_count);
}

static void
put_items(rc_loader *l, const rc_table *t, raw_item *raw, size_t count)
{
    qsort(raw, count, sizeof *raw, by_question);
    l->items = RC_MAKE_ARRAY(l->reader.keep, rc_item, count);
    l->data->items = l->items;
    l->data->item_count = count;
    l->index->items = (rc_keys){0}; /* now by the places they end up in */
    int column = rc_table_column(t, "position");
    for (size_t i = 0; i < count; i++) {
        rc_item *it = &l->items[i];
        *it = raw[i].item;
        rc_question *q = &l->questions[it->question];
        if (q->item_count++ == 0)
            q->first_item = (int)i;
        else if (raw[i].position == raw[i - 1].position)
            rc_diag_also(
                rc_log_error(l->reader.log, "doubled-key",
                             rc_table_span(t, raw[i].row, column),
                             "position %.*s of '%.*s' is there twice",
                             RC_STR(rc_table_cell(t, raw[i].row, column)),
                             RC_STR(q->key)),
                rc_table_span(t, raw[i - 1].row, column), "the first is here");
        rc_keys_put(l->reader.keep, &l->index->items, it->id, (int)i);
    }
}

static void
load_questions(rc_loader *l)
{
    const rc_table *t = &l->tables[RC_TABLE_QUESTIONS];
    int item_column = rc_table_column(t, "item");
    raw_item *raw = RC_MAKE_ARRAY(l->reader.scratch, raw_item, t->row_count);
    l->questions = RC_MAKE_ARRAY(l->reader.keep, rc_question, t->row_count);
    l->data->questions = l->questions;
    size_t count = 0;
    check_variant_columns(l, t);
    for (size_t row = 0; row < t->row_count; row++) {
        rc_str question, key;
        if (!rc_load_key(l, t, row, rc_table_column(t, "question"), &question)
            || !rc_load_key(l, t, row, item_column, &key))
            continue;
        rc_str id = rc_str_join(l->reader.keep, question, RC_LIT("."), key);
        rc_span at = rc_table_span(t, row, item_column);
        int first = rc_keys_put(l->reader.keep, &l->index->items, id,
                               (int)count);
        if (first >= 0) {
            rc_load_doubled(l, "item", id, at, raw[first].item.span);
            continue;
        }
        int q = rc_keys_put(l->reader.keep, &l->index->questions, question,
                           (int)l->data->question_count);
        if (q < 0) {
            q = (int)l->data->question_count++;
            l->questions[q].key = question;
        }
        raw_item *r = &raw[count++];
        r->item = (rc_item){.id = id, .key = key, .question = q, .span = at};
        read_item(l, t, row, r);
    }
    put_items(l, t, raw, count);
}

void
rc_load_codebook(rc_loader *l)
{
    if (l->usable[RC_TABLE_GROUPS])
        load_groups(l);
    if (l->usable[RC_TABLE_SCALES])
        load_scales(l);
    if (l->usable[RC_TABLE_QUESTIONS])
        load_questions(l);
    rc_load_waves(l);
}
