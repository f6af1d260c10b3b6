/* `chart` of the type ranked: themes of a free-text question by how many wrote
 * of them, or statements by a net. */
#include <stdlib.h>

#include "doc/internal.h"

typedef struct entry {
    rc_str key, label;
    rc_figure figure;
    size_t order;
} entry;
typedef RC_VEC(entry) entry_vec;

static int
by_share(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->figure.share > y->figure.share)
        return -1;
    if (x->figure.share < y->figure.share)
        return 1;
    return (x->order > y->order) - (x->order < y->order);
}

static void
add_theme(const rc_dir *d, const rc_theme *t, entry_vec *out)
{
    rc_binder *b = d->b;
    rc_str id =
        rc_str_join(b->a, t->question, RC_LIT("."), t->theme);
    rc_figure f = rc_stats_theme(b->stats, id, d->group, b->wave);
    if (f.kind == RC_FIG_NONE)
        return;
    entry *e = rc_vec_push(b->a, out);
    *e = (entry){t->theme, t->label, f, out->count};
}

static void
unknown_theme(const rc_dir *d, const rc_node *n, rc_str question, rc_str key)
{
    rc_binder *b = d->b;
    rc_str_vec names = {0};
    const rc_by_group *of = &b->data->themes_of;
    for (size_t i = of->from[d->group]; i < of->from[d->group + 1]; i++) {
        const rc_theme *t = &b->data->themes[of->at[i]];
        if (rc_str_eq(t->question, question))
            *rc_vec_push(b->a, &names) = t->theme;
    }
    rc_diag *g =
        rc_log_error(b->log, "unknown-theme", n->span,
                     "'%.*s' has no theme '%.*s' in '%.*s'", RC_STR(question),
                     RC_STR(key), RC_STR(b->data->groups[d->group].key));
    rc_diag_suggest(g, key, names.at, names.count);
}

/* Themes named, in that order; or all of the question, most first. */
static void
collect_themes(const rc_dir *d, rc_str question, entry_vec *out)
{
    rc_binder *b = d->b;
    const rc_node *list = rc_dir_get(d, "themes");
    if (list && list->kind != RC_NODE_LIST) {
        rc_node_expected(list, "a list of themes", b->log);
        return;
    }
    for (size_t i = 0; list && i < list->item_count; i++) {
        rc_str key = rc_dir_node_text(d, list->items[i]);
        rc_str id = rc_str_join(b->a, question, RC_LIT("."), key);
        const rc_theme *t = rc_data_theme(b->data, id, d->group, b->wave);
        if (t)
            add_theme(d, t, out);
        else
            unknown_theme(d, list->items[i], question, key);
    }
    rc_data_reads(b->data, d->group);
    const rc_by_group *of = &b->data->themes_of;
    for (size_t i = of->from[d->group]; !list && i < of->from[d->group + 1];
         i++) {
        const rc_theme *t = &b->data->themes[of->at[i]];
        bool seen = t->conflict || t->wave != b->wave ||
                    !rc_str_eq(t->question, question);
        for (size_t k = 0; k < out->count; k++)
            seen = seen || rc_str_eq(out->at[k].key, t->theme);
        if (!seen)
            add_theme(d, t, out);
    }
    if (out->count > 1)
        qsort(out->at, out->count, sizeof *out->at, by_share);
}

/* The answers of an item without nets: of those to a question with several
 * answers each, say. */
static void
collect_categories(const rc_dir *d, const rc_int_vec *items, entry_vec *out)
{
    rc_binder *b = d->b;
    const rc_item *it = &b->data->items[items->at[0]];
    if (it->scale < 0 || items->count > 1) {
        rc_diag *g = rc_log_error(b->log, "chart", d->span,
                                  "'%.*s' has no nets to rank it by",
                                  RC_STR(it->id));
        rc_diag_hint(g, it->scale < 0 ? "type: trend shows means"
                                      : "alone in a chart it is ranked by its "
                                        "answers");
        return;
    }
    const rc_scale *s = &b->data->scales[it->scale];
    for (size_t i = 0; i < s->category_count; i++) {
        rc_figure f = rc_stats_category(b->stats, items->at[0], (int)i,
                                        d->group, b->wave);
        if (f.kind == RC_FIG_NONE)
            continue;
        entry *e = rc_vec_push(b->a, out);
        *e = (entry){s->categories[i].key, s->categories[i].label, f,
                     out->count};
    }
    if (out->count > 1)
        qsort(out->at, out->count, sizeof *out->at, by_share);
}

static void
collect_items(const rc_dir *d, entry_vec *out)
{
    rc_binder *b = d->b;
    rc_int_vec items = {0};
    if (!rc_dir_items(d, &items))
        return;
    const rc_node *net_node = rc_dir_get(d, "net");
    for (size_t i = 0; !net_node && i < items.count; i++)
        if (rc_positive_net(b->data, items.at[i]) < 0) {
            collect_categories(d, &items, out);
            return;
        }
    for (size_t i = 0; i < items.count; i++) {
        int item = items.at[i];
        int net = net_node ? rc_dir_net(d, net_node, item)
                           : rc_positive_net(b->data, item);
        if (net < 0)
            return;
        rc_figure f = rc_stats_net(b->stats, item, net, d->group, b->wave);
        if (f.kind == RC_FIG_NONE)
            continue;
        entry *e = rc_vec_push(b->a, out);
        *e = (entry){b->data->items[item].key,
                     rc_item_text_for(b->data, item, d->group), f, out->count};
    }
    if (out->count > 1)
        qsort(out->at, out->count, sizeof *out->at, by_share);
}

static bool
is_named(const rc_dir *d, rc_str key)
{
    const rc_node *n = rc_dir_get(d, "named");
    for (size_t i = 0; n && i < n->item_count; i++)
        if (rc_str_eq(rc_dir_node_text(d, n->items[i]), key))
            return true;
    return false;
}

static void
check_named(const rc_dir *d, const entry_vec *list)
{
    const rc_node *n = rc_dir_get(d, "named");
    if (!n)
        return;
    if (n->kind != RC_NODE_LIST) {
        rc_node_expected(n, "a list of themes", d->b->log);
        return;
    }
    rc_str *keys = RC_MAKE_ARRAY(d->b->a, rc_str, list->count + 1);
    for (size_t k = 0; k < list->count; k++)
        keys[k] = list->at[k].key;
    for (size_t i = 0; i < n->item_count; i++) {
        rc_str key = rc_dir_node_text(d, n->items[i]);
        bool found = false;
        for (size_t k = 0; k < list->count; k++)
            found = found || rc_str_eq(keys[k], key);
        if (found)
            continue;
        rc_diag *g =
            rc_log_error(d->b->log, "unknown-theme", n->items[i]->span,
                         "no bar of this chart is '%.*s'", RC_STR(key));
        rc_diag_suggest(g, key, keys, list->count);
    }
}

static void
ranked_data(const rc_dir *d, rc_chart *c)
{
    rc_binder *b = d->b;
    rc_table *t = RC_MAKE(b->a, rc_table);
    rc_table_column *cols = RC_MAKE_ARRAY(b->a, rc_table_column, 2);
    cols[0].head = rc_prose_from(b, b->words->statement);
    cols[0].align = 'l';
    cols[1].head = rc_prose_from(b, c->unit);
    cols[1].align = 'r';
    rc_row_vec rows = {0};
    for (size_t i = 0; i < c->ranked_count; i++) {
        rc_row *row = rc_row_add(b, &rows, RC_ROW_BODY, 2, d->span);
        rc_cell_set(row, 0, (rc_cell_text){.text = c->ranked[i].label});
        rc_cell_set(row, 1, rc_cell_make(b, c->ranked[i].value));
    }
    t->columns = cols;
    t->column_count = 2;
    t->rows = rows.at;
    t->row_count = rows.count;
    rc_data_table_later(d, &c->fur, t);
}

/* Who commented, where the data tell how many; else only that they did. */
static void
theme_notes(const rc_dir *d, rc_chart *c, const entry_vec *list,
            rc_str question, bool themes)
{
    rc_binder *b = d->b;
    rc_prose_vec notes = {0};
    int q = rc_data_question(b->data, question);
    const rc_item *item =
        q < 0 ? NULL : &b->data->items[b->data->questions[q].first_item];
    rc_base_line line = {.groups = &d->group, .group_count = 1};
    rc_int_vec items = {0};
    if (themes) {
        int64_t base = list->at[0].figure.base;
        bool printed = item && item->scale >= 0 && item->base_text.len &&
                       !b->data->scales[item->scale].net_count;
        line.who = printed ? item->base_text : b->words->all_commenting;
        line.extra = base >= 0 ? rc_str_printf(b->a, "%.*s %.*s",
                                               RC_STR(rc_base_print(b, base)),
                                               RC_STR(rc_word_responses(b, base)))
                     : printed ? (rc_str){0}
                               : b->words->no_base;
        if (printed && base < 0)
            line.group_count = 0; /* the text itself says who */
        rc_note_base(d, &line, &notes);
        rc_note_text(b, b->words->themes_note, &notes);
    } else {
        rc_dir_items(d, &items);
        line.items = items.at;
        line.item_count = items.count;
        if (items.count)
            line.who = b->data->items[items.at[0]].base_text;
        rc_note_base(d, &line, &notes);
    }
    rc_furniture_end(d, &notes, &c->fur);
}

static bool
has_themes(const rc_dir *d, rc_str question)
{
    if (rc_dir_get(d, "themes"))
        return true;
    if (rc_dir_get(d, "items") || rc_dir_get(d, "net"))
        return false;
    return rc_data_has_themes(d->b->data, question);
}

void
rc_chart_ranked_make(const rc_dir *d, rc_chart *c)
{
    rc_binder *b = d->b;
    entry_vec list = {0};
    rc_str question = rc_dir_text(d, "question");
    bool themes = has_themes(d, question);
    if (themes && !question.len) {
        rc_log_error(b->log, "missing-key", d->span,
                     "themes need the question they answer");
        return;
    }
    if (themes)
        collect_themes(d, question, &list);
    else
        collect_items(d, &list);
    if (!list.count) {
        if (themes && !rc_dir_get(d, "themes"))
            rc_log_error(b->log, "unknown-theme", d->span,
                         "'%.*s' has no themes here", RC_STR(question));
        return;
    }
    check_named(d, &list);
    rc_furniture_begin(d, RC_NUMBER_FIGURE, &c->fur);
    int first = list.at[0].figure.item;
    if (!themes && first >= 0 && !rc_dir_get(d, "subtitle"))
        c->fur.subtitle = rc_prose_from(
            b, rc_item_question(b->a, b->data->items[first].question_text));
    c->counted = list.at[0].figure.low == RC_LOW_COUNTS;
    c->unit = c->counted ? b->words->number_answering
              : themes   ? b->words->of_commenting
                         : b->words->per_cent;
    rc_str unit = rc_dir_text(d, "unit");
    if (unit.len)
        c->unit = unit;
    rc_ranked_bar *bars = RC_MAKE_ARRAY(b->a, rc_ranked_bar, list.count);
    for (size_t i = 0; i < list.count; i++) {
        const rc_figure *f = &list.at[i].figure;
        bars[i].label = rc_prose_from(b, list.at[i].label);
        bars[i].value = c->counted ? rc_print_int(b->a, f->count)
                                   : rc_figure_percent(b->a, *f);
        bars[i].share = c->counted ? f->share : rc_figure_mark(*f);
        bars[i].named = is_named(d, list.at[i].key);
        rc_str id = {0};
        if (themes)
            id = rc_str_join(b->a, question, RC_LIT("."), list.at[i].key);
        rc_str text = f->item >= 0 && f->category >= 0
                          ? rc_item_text_for(b->data, f->item, d->group)
                          : list.at[i].label;
        rc_csv_add(b, id, rc_item_question(b->a, text), *f,
                   c->counted ? RC_CSV_COUNT : RC_CSV_PERCENT);
    }
    c->ranked = bars;
    c->ranked_count = list.count;
    double maximum = 0;
    if (rc_map_real(d->map, "maximum", &maximum, b->log))
        c->maximum = maximum / 100;
    theme_notes(d, c, &list, question, themes);
    ranked_data(d, c);
}
