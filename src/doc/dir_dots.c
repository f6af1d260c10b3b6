/* `chart` of the type dots: a net of several groups on one line, the whole as
 * an upright; a group under the counts threshold stands as a number. */
#include "doc/internal.h"

typedef struct dots {
    rc_int_vec items, shown, all; /* groups as marks; all that are named */
    int low;                      /* the group shown as a number, -1 */
    const rc_node *net;
} dots;

static int64_t
group_base(rc_binder *b, const dots *k, int group)
{
    return rc_stats_base(b->stats, k->items.at[0], group, b->wave);
}

static void
sort_groups(const rc_dir *d, dots *k)
{
    rc_binder *b = d->b;
    rc_int_vec named = {0};
    k->low = -1;
    if (rc_dir_get(d, "groups")) {
        rc_dir_groups(d, "groups", &named);
    } else {
        rc_dir_children(d, &named);
    }
    for (size_t i = 0; i < named.count; i++) {
        int g = named.at[i];
        if (g == b->whole)
            continue;
        if (!rc_is_counted(b, group_base(b, k, g))) {
            *rc_vec_push(b->a, &k->shown) = g;
        } else if (k->low < 0) {
            k->low = g;
        } else {
            rc_diag *e = rc_log_error(b->log, "chart", d->span,
                                      "two groups are under the counts "
                                      "threshold: '%.*s', '%.*s'",
                                      RC_STR(b->data->groups[k->low].key),
                                      RC_STR(b->data->groups[g].key));
            rc_diag_hint(e, "one can stand as a number; name the groups");
            continue;
        }
        *rc_vec_push(b->a, &k->all) = g;
    }
    *rc_vec_push(b->a, &k->all) = b->whole;
}

static int
row_net(const rc_dir *d, const dots *k, int item)
{
    return k->net ? rc_dir_net(d, k->net, item)
                  : rc_positive_net(d->b->data, item);
}

rc_str
rc_share_unit(const rc_dir *d, int item, int net)
{
    rc_binder *b = d->b;
    rc_str own = rc_dir_text(d, "unit");
    if (own.len || net < 0)
        return own.len ? own : b->words->per_cent;
    rc_str name = b->data->scales[b->data->items[item].scale].nets[net];
    for (size_t i = 0; i < b->report->share_count; i++)
        if (rc_str_eq(b->report->shares[i].name, name))
            return b->report->shares[i].value;
    return rc_str_printf(b->a, "%.*s %.*s", RC_STR(b->words->per_cent_who),
                         RC_STR(rc_net_label(b, name)));
}

static void
make_rows(const rc_dir *d, const dots *k, rc_chart *c)
{
    rc_binder *b = d->b;
    rc_dot_row *rows = RC_MAKE_ARRAY(b->a, rc_dot_row, k->items.count);
    for (size_t i = 0; i < k->items.count; i++) {
        int item = k->items.at[i];
        int net = row_net(d, k, item);
        if (net < 0)
            continue;
        rc_dot_row *row = &rows[c->dot_row_count++];
        rc_str text =
            rc_item_question(b->a, rc_item_text_for(b->data, item, d->group));
        row->label = rc_prose_from(b, text);
        rc_dot *at = RC_MAKE_ARRAY(b->a, rc_dot, k->shown.count + 1);
        for (size_t g = 0; g < k->shown.count; g++) {
            rc_figure f =
                rc_stats_net(b->stats, item, net, k->shown.at[g], b->wave);
            if (f.kind == RC_FIG_NONE || f.low == RC_LOW_COUNTS)
                continue;
            at[row->dot_count++] =
                (rc_dot){(int)g, f.share, rc_figure_percent(b->a, f)};
            rc_csv_add(b, (rc_str){0}, text, f, RC_CSV_PERCENT);
        }
        row->dots = at;
        rc_figure w = rc_stats_net(b->stats, item, net, b->whole, b->wave);
        row->has_whole = w.kind != RC_FIG_NONE;
        row->whole = w.share;
        row->whole_value = rc_figure_percent(b->a, w);
        if (row->has_whole)
            rc_csv_add(b, (rc_str){0}, text, w, RC_CSV_PERCENT);
        if (k->low < 0)
            continue;
        rc_figure f = rc_stats_net(b->stats, item, net, k->low, b->wave);
        if (f.kind != RC_FIG_NONE && f.count >= 0)
            row->last = rc_print_int(b->a, f.count);
        rc_csv_add(b, (rc_str){0}, text, f, RC_CSV_COUNT);
    }
    c->dot_rows = rows;
}

static void
dots_data(const rc_dir *d, const dots *k, rc_chart *c)
{
    rc_binder *b = d->b;
    size_t n = 2 + k->shown.count + (k->low >= 0);
    rc_table *t = RC_MAKE(b->a, rc_table);
    rc_table_column *cols = RC_MAKE_ARRAY(b->a, rc_table_column, n);
    cols[0].head = rc_prose_from(b, b->words->statement);
    cols[0].align = 'l';
    for (size_t i = 1; i < n; i++) {
        bool last = k->low >= 0 && i + 1 == n;
        int g = last                  ? k->low
                : i <= k->shown.count ? k->shown.at[i - 1]
                                      : b->whole;
        rc_str base = rc_base_print(b, group_base(b, k, g));
        cols[i].head = rc_prose_from(b, rc_name_short(b, g));
        rc_column_sub(
            b, &cols[i],
            last ? rc_word_fill(b->a, b->words->of_count, base) : base);
        cols[i].align = 'r';
    }
    rc_row_vec rows = {0};
    for (size_t i = 0, next = 0; i < k->items.count; i++) {
        if (row_net(d, k, k->items.at[i]) < 0)
            continue;
        const rc_dot_row *r = &c->dot_rows[next++];
        rc_row *row = rc_row_add(b, &rows, RC_ROW_BODY, n, d->span);
        rc_str name = rc_item_short_for(b->data, k->items.at[i], d->group);
        rc_cell_set(row, 0, rc_cell_make(b, rc_item_question(b->a, name)));
        for (size_t j = 0; j < r->dot_count; j++)
            rc_cell_set(row, 1 + (size_t)r->dots[j].series,
                        rc_cell_make(b, r->dots[j].value));
        rc_cell_text whole = rc_cell_make(b, r->whole_value);
        whole.strong = true;
        rc_cell_set(row, 1 + k->shown.count, whole);
        if (k->low >= 0)
            rc_cell_set(row, n - 1, rc_cell_make(b, r->last));
    }
    t->columns = cols;
    t->column_count = n;
    t->rows = rows.at;
    t->row_count = rows.count;
    t->spanning = c->unit;
    rc_data_table_later(d, &c->fur, t);
}

void
rc_chart_dots_make(const rc_dir *d, rc_chart *c)
{
    rc_binder *b = d->b;
    dots k = {.net = rc_dir_get(d, "net")};
    if (!rc_dir_items(d, &k.items))
        return;
    for (size_t i = 0; i < k.items.count; i++) {
        if (row_net(d, &k, k.items.at[i]) >= 0)
            continue;
        if (!k.net)
            rc_log_error(b->log, "chart", d->span, "'%.*s' has no nets",
                         RC_STR(b->data->items[k.items.at[i]].id));
        return;
    }
    rc_furniture_begin(d, RC_NUMBER_FIGURE, &c->fur);
    sort_groups(d, &k);
    rc_str *series = RC_MAKE_ARRAY(b->a, rc_str, k.shown.count + 1);
    for (size_t i = 0; i < k.shown.count; i++)
        series[i] = rc_name_short(b, k.shown.at[i]);
    series[k.shown.count] = rc_name_short(b, b->whole);
    c->series = series;
    c->series_count = k.shown.count + 1; /* the whole is the last */
    c->unit = rc_share_unit(d, k.items.at[0], row_net(d, &k, k.items.at[0]));
    if (k.low >= 0) {
        c->last_head = rc_name_short(b, k.low);
        c->last_sub =
            rc_word_fill(b->a, b->words->number_of,
                         rc_print_int(b->a, group_base(b, &k, k.low)));
    }
    make_rows(d, &k, c);
    rc_prose_vec notes = {0};
    rc_base_line line = {
        .who = b->data->items[k.items.at[0]].base_text,
        .items = k.items.at,
        .item_count = k.items.count,
        .groups = k.all.at,
        .group_count = k.all.count,
    };
    rc_note_base(d, &line, &notes);
    rc_furniture_end(d, &notes, &c->fur);
    dots_data(d, &k, c);
}
