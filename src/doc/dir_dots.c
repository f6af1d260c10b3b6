/* `chart` of the type dots: a net of several groups on one line, the whole as
 * an upright; groups under the counts threshold stand as numbers. */
#include "doc/internal.h"

typedef struct dots {
    rc_int_vec items, shown, all; /* groups as marks; all that are named */
    rc_int_vec low;               /* groups shown as numbers */
    const rc_node *net;
} dots;

static int64_t
group_base(rc_binder *b, const dots *k, int group)
{
    return rc_stats_base(b->stats, k->items.at[0], group, b->wave);
}

enum { MOST_NUMBERS = 2 };

static bool
is_named(const dots *k, int group)
{
    for (size_t i = 0; i < k->all.count; i++)
        if (k->all.at[i] == group)
            return true;
    return false;
}

static void
sort_groups(const rc_dir *d, dots *k)
{
    rc_binder *b = d->b;
    rc_int_vec named = {0};
    if (rc_dir_get(d, "groups")) {
        rc_dir_groups(d, "groups", &named);
    } else {
        rc_dir_children(d, &named);
    }
    for (size_t i = 0; i < named.count; i++) {
        int g = named.at[i];
        if (g == b->whole || is_named(k, g) || rc_stats_withheld(b->stats, g))
            continue;
        if (!rc_is_counted(b, group_base(b, k, g))) {
            *rc_vec_push(b->a, &k->shown) = g;
        } else if (k->low.count < MOST_NUMBERS) {
            *rc_vec_push(b->a, &k->low) = g;
        } else {
            rc_diag *e = rc_log_error(
                b->log, "chart", d->span,
                "more than two groups are under the counts threshold: '%.*s', "
                "'%.*s', '%.*s'",
                RC_STR(b->data->groups[k->low.at[0]].key),
                RC_STR(b->data->groups[k->low.at[1]].key),
                RC_STR(b->data->groups[g].key));
            rc_diag_hint(e, "two can stand as numbers; name the groups");
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
    rc_str last = {0};
    for (size_t i = 0; i < k->items.count; i++) {
        int item = k->items.at[i];
        int net = row_net(d, k, item);
        if (net < 0)
            continue;
        rc_dot_row *row = &rows[c->dot_row_count++];
        rc_str text = rc_item_question(
            b->a, c->dense ? rc_item_short_for(b->data, item, d->group)
                           : rc_item_text_for(b->data, item, d->group));
        row->label = rc_prose_from(b, text);
        rc_str head = c->dense ? rc_dir_question_head(d, item) : (rc_str){0};
        if (!rc_str_eq(head, last))
            row->head = last = head;
        rc_dot *at = RC_MAKE_ARRAY(b->a, rc_dot, k->shown.count + 1);
        for (size_t g = 0; g < k->shown.count; g++) {
            rc_figure f =
                rc_stats_net(b->stats, item, net, k->shown.at[g], b->wave);
            if (f.kind == RC_FIG_NONE || f.low == RC_LOW_COUNTS)
                continue;
            at[row->dot_count++] = (rc_dot){(int)g, rc_figure_mark(f),
                                            rc_figure_percent(b->a, f)};
            rc_csv_add(b, (rc_str){0}, text, f, RC_CSV_PERCENT);
        }
        row->dots = at;
        rc_figure w = rc_stats_net(b->stats, item, net, b->whole, b->wave);
        row->has_whole = w.kind != RC_FIG_NONE;
        row->whole = rc_figure_mark(w);
        row->whole_value = rc_figure_percent(b->a, w);
        if (row->has_whole)
            rc_csv_add(b, (rc_str){0}, text, w, RC_CSV_PERCENT);
        rc_str *numbers = RC_MAKE_ARRAY(b->a, rc_str, k->low.count + 1);
        for (size_t g = 0; g < k->low.count; g++) {
            rc_figure f =
                rc_stats_net(b->stats, item, net, k->low.at[g], b->wave);
            if (f.kind != RC_FIG_NONE && f.count >= 0)
                numbers[g] = rc_print_int(b->a, f.count);
            rc_csv_add(b, (rc_str){0}, text, f, RC_CSV_COUNT);
        }
        row->numbers = numbers;
    }
    c->dot_rows = rows;
}

/* Marks, the whole, numbers. */
static void
dots_columns(rc_binder *b, const dots *k, rc_table *t)
{
    size_t n = 2 + k->shown.count + k->low.count;
    rc_table_column *cols = RC_MAKE_ARRAY(b->a, rc_table_column, n);
    cols[0].head = rc_prose_from(b, b->words->statement);
    cols[0].align = 'l';
    for (size_t i = 1; i < n; i++) {
        bool number = i > 1 + k->shown.count;
        int g = number                ? k->low.at[i - 2 - k->shown.count]
                : i <= k->shown.count ? k->shown.at[i - 1]
                                      : b->whole;
        rc_str base = rc_base_print(b, group_base(b, k, g));
        cols[i].head = rc_prose_from(b, rc_name_short(b, g));
        rc_column_sub(b, &cols[i],
                      number ? rc_word_fill(b->a, b->words->of_count, base)
                             : base);
        cols[i].align = 'r';
    }
    t->columns = cols;
    t->column_count = n;
}

static void
dots_data(const rc_dir *d, const dots *k, rc_chart *c)
{
    rc_binder *b = d->b;
    rc_table *t = RC_MAKE(b->a, rc_table);
    dots_columns(b, k, t);
    rc_row_vec rows = {0};
    for (size_t i = 0, next = 0; i < k->items.count; i++) {
        if (row_net(d, k, k->items.at[i]) < 0)
            continue;
        const rc_dot_row *r = &c->dot_rows[next++];
        if (r->head.len)
            rc_cell_set(rc_row_add(b, &rows, RC_ROW_GROUP, 1, d->span), 0,
                        (rc_cell_text){.text = rc_prose_from(b, r->head)});
        rc_row *row = rc_row_add(b, &rows, RC_ROW_BODY, t->column_count,
                                 d->span);
        rc_str name = rc_item_short_for(b->data, k->items.at[i], d->group);
        rc_cell_set(row, 0, rc_cell_make(b, rc_item_question(b->a, name)));
        for (size_t j = 0; j < r->dot_count; j++)
            rc_cell_set(row, 1 + (size_t)r->dots[j].series,
                        rc_cell_make(b, r->dots[j].value));
        rc_cell_text whole = rc_cell_make(b, r->whole_value);
        whole.strong = true;
        rc_cell_set(row, 1 + k->shown.count, whole);
        for (size_t j = 0; j < k->low.count; j++)
            rc_cell_set(row, 2 + k->shown.count + j,
                        rc_cell_make(b, r->numbers[j]));
    }
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
    rc_column_head *numbers =
        RC_MAKE_ARRAY(b->a, rc_column_head, k.low.count + 1);
    for (size_t i = 0; i < k.low.count; i++) {
        numbers[i].head = rc_name_short(b, k.low.at[i]);
        numbers[i].sub = rc_word_fill(
            b->a, k.low.count > 1 ? b->words->of_count : b->words->number_of,
            rc_print_int(b->a, group_base(b, &k, k.low.at[i])));
    }
    c->number_heads = numbers;
    c->number_count = k.low.count;
    rc_map_bool(d->map, "dense", &c->dense, b->log);
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
