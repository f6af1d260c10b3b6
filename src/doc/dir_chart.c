/* `chart` of the type stacked: one bar an item, nets at the right, compared
 * with the whole, or beside parent and whole in an area's volume. */
#include "doc/internal.h"

static rc_bar *bars_of(rc_chart *c);

/* All items of a stacked chart share a scale with sides. */
static bool
check_scale(const rc_dir *d, const rc_int_vec *items)
{
    rc_binder *b = d->b;
    const rc_item *first = &b->data->items[items->at[0]];
    for (size_t i = 0; i < items->count; i++) {
        const rc_item *item = &b->data->items[items->at[i]];
        if (item->scale < 0 || b->data->scales[item->scale].kind == RC_MULTI) {
            rc_diag *g = rc_log_error(b->log, "chart", d->span,
                                      "'%.*s' has no answers that add up to a "
                                      "whole bar",
                                      RC_STR(item->id));
            rc_diag_hint(g, "type: %s may show it",
                         item->scale < 0 ? "trend" : "ranked");
            return false;
        }
        if (item->scale != first->scale) {
            rc_log_error(b->log, "chart", d->span,
                         "'%.*s' and '%.*s' have different scales",
                         RC_STR(first->id), RC_STR(item->id));
            return false;
        }
    }
    return true;
}

static bool
is_counted(rc_binder *b, const rc_int_vec *items, int group)
{
    for (size_t i = 0; i < items->count; i++) {
        if (rc_stats_not_asked(b->stats, items->at[i], group, b->wave))
            continue;
        if (rc_is_counted(
                b, rc_stats_base(b->stats, items->at[i], group, b->wave)))
            return true;
    }
    return false;
}

/* -- nets ---------------------------------------------------------------- */

/* Nets to show: those named, or the positive and the negative one. */
static void
choose_nets(const rc_dir *d, int item, rc_int_vec *nets)
{
    rc_binder *b = d->b;
    const rc_node *n = rc_dir_get(d, "nets");
    if (n && n->kind == RC_NODE_SCALAR && rc_str_is(n->scalar, "none"))
        return;
    if (n && n->kind == RC_NODE_LIST) {
        for (size_t i = 0; i < n->item_count; i++) {
            int net = rc_dir_net(d, n->items[i], item);
            if (net >= 0)
                *rc_vec_push(b->a, nets) = net;
        }
        return;
    }
    if (n) {
        rc_node_expected(n, "a list of nets, or none", b->log);
        return;
    }
    int positive = rc_positive_net(b->data, item);
    int negative = rc_negative_net(b->data, item);
    if (positive >= 0 && negative >= 0) {
        *rc_vec_push(b->a, nets) = positive;
        *rc_vec_push(b->a, nets) = negative;
    }
}

static rc_str
print_net(rc_binder *b, rc_figure f, bool counted)
{
    if (f.kind == RC_FIG_NONE)
        return (rc_str){0};
    if (counted)
        return f.count < 0 ? (rc_str){0} : rc_print_int(b->a, f.count);
    return rc_figure_percent(b->a, f);
}

/* What the group is compared with: -1 nothing. */
static int
compare_group(const rc_dir *d, bool *rest)
{
    const rc_node *n = rc_dir_get(d, "compare");
    int g = -1;
    *rest = false;
    if (!n || rc_str_is(n->scalar, "none") || !rc_dir_group(d, n, &g)
        || rc_dir_hides(d, g))
        return -1;
    int parent = d->b->data->groups[d->group].parent;
    *rest = g == d->b->whole || g == parent;
    return g == d->group ? -1 : g;
}

static rc_net_cell
net_cell(const rc_dir *d, int item, int net, int against, bool rest,
         bool counted)
{
    rc_binder *b = d->b;
    rc_figure f = rc_stats_net(b->stats, item, net, d->group, b->wave);
    rc_net_cell cell = {.value = print_net(b, f, counted)};
    if (against < 0 || counted)
        return cell;
    rc_figure other = rc_stats_net(b->stats, item, net, against, b->wave);
    cell.compare = rc_figure_percent(b->a, other);
    bool tested = false;
    if (rest)
        cell.direction = rc_stats_differs(b->stats, f, &tested);
    else if (f.low != RC_LOW_COUNTS && other.low != RC_LOW_COUNTS)
        cell.direction = rc_stats_test(f, other, NULL);
    return cell;
}

/* -- own number and other groups beside it, in volumes ------------------- */

static void
beside_columns(const rc_dir *d, rc_chart *c, const rc_int_vec *items,
               const rc_int_vec *beside)
{
    rc_binder *b = d->b;
    const rc_int_vec groups = *beside;
    int net = rc_positive_net(b->data, items->at[0]);
    const rc_scale *s = &b->data->scales[b->data->items[items->at[0]].scale];
    rc_str name = net < 0 ? RC_LIT("") : rc_net_label(b, s->nets[net]);
    rc_column_head *heads =
        RC_MAKE_ARRAY(b->a, rc_column_head, groups.count + 1);
    int64_t own = rc_stats_base(b->stats, items->at[0], d->group, b->wave);
    heads[0].head = name;
    heads[0].sub = c->counted ? rc_word_of(b, own) : RC_LIT("%");
    for (size_t g = 0; g < groups.count; g++) {
        int64_t n =
            rc_stats_base(b->stats, items->at[0], groups.at[g], b->wave);
        heads[g + 1].head = rc_name_short(b, groups.at[g]);
        heads[g + 1].sub =
            rc_is_counted(b, n)
                ? rc_word_of(b, n)
                : rc_str_printf(b->a, "%% %.*s",
                                RC_STR(rc_lower_first(b->a, name)));
    }
    rc_bar *bars = bars_of(c);
    for (size_t i = 0; i < items->count; i++) {
        rc_net_cell *cells = RC_MAKE_ARRAY(b->a, rc_net_cell, groups.count + 1);
        rc_figure f =
            rc_stats_net(b->stats, items->at[i], net, d->group, b->wave);
        cells[0].value = print_net(b, f, c->counted);
        for (size_t g = 0; g < groups.count; g++) {
            f = rc_stats_net(b->stats, items->at[i], net, groups.at[g],
                             b->wave);
            cells[g + 1].value = print_net(b, f, f.low == RC_LOW_COUNTS);
        }
        bars[i].nets = cells;
        bars[i].net_count = groups.count + 1;
    }
    c->volume = true;
    c->net_heads = heads;
    c->net_count = groups.count + 1;
}

/* -- the chart ----------------------------------------------------------- */

static rc_bar *
bars_of(rc_chart *c)
{
    union {
        const rc_bar *in;
        rc_bar *out;
    } u = {.in = c->bars};
    return u.out; /* made here, so ours to fill */
}

static void
net_columns(const rc_dir *d, rc_chart *c, const rc_int_vec *items,
            const rc_int_vec *nets, bool *arrows)
{
    rc_binder *b = d->b;
    const rc_scale *s = &b->data->scales[b->data->items[items->at[0]].scale];
    bool rest = false;
    int against = c->counted ? -1 : compare_group(d, &rest);
    rc_column_head *heads =
        RC_MAKE_ARRAY(b->a, rc_column_head, nets->count + 1);
    for (size_t k = 0; k < nets->count; k++) {
        heads[k].head = rc_net_label(b, s->nets[nets->at[k]]);
        if (against >= 0)
            heads[k].sub = rc_name_short(b, against);
    }
    rc_bar *bars = bars_of(c);
    for (size_t i = 0; i < items->count; i++) {
        if (!bars[i].segment_count)
            continue;
        rc_net_cell *cells = RC_MAKE_ARRAY(b->a, rc_net_cell, nets->count + 1);
        for (size_t k = 0; k < nets->count; k++) {
            cells[k] = net_cell(d, items->at[i], nets->at[k], against, rest,
                                c->counted);
            *arrows = *arrows || (rest && cells[k].direction);
        }
        bars[i].nets = cells;
        bars[i].net_count = nets->count;
    }
    c->compare = against >= 0;
    c->net_heads = heads;
    c->net_count = nets->count;
}

/* True when a reader who adds up the printed shares gets another net. */
static bool
sums_differ(const rc_dir *d, const rc_int_vec *items, const rc_int_vec *nets)
{
    rc_binder *b = d->b;
    for (size_t i = 0; i < items->count; i++) {
        const rc_item *item = &b->data->items[items->at[i]];
        const rc_scale *s = &b->data->scales[item->scale];
        for (size_t k = 0; k < nets->count; k++) {
            double sum = 0;
            for (size_t n = 0; n < s->category_count; n++)
                if (s->categories[n].net == nets->at[k])
                    sum += rc_figure_rounded(rc_stats_category(
                        b->stats, items->at[i], (int)n, d->group, b->wave));
            double net = rc_figure_rounded(rc_stats_net(
                b->stats, items->at[i], nets->at[k], d->group, b->wave));
            if (sum - net > 0.5 || net - sum > 0.5)
                return true;
        }
    }
    return false;
}

static bool
has_whole_percent(const rc_dir *d, const rc_int_vec *items)
{
    rc_figure f =
        rc_stats_category(d->b->stats, items->at[0], 0, d->group, d->b->wave);
    return f.whole_percent;
}

static void
stacked_notes(const rc_dir *d, rc_chart *c, const rc_int_vec *items,
              const rc_int_vec *nets, const rc_int_vec *groups, bool arrows)
{
    rc_binder *b = d->b;
    rc_prose_vec notes = {0};
    rc_base_line line = {
        .who = b->data->items[items->at[0]].base_text,
        .items = items->at,
        .item_count = items->count,
        .groups = groups->at,
        .group_count = groups->count,
        .counted = c->counted,
    };
    rc_note_base(d, &line, &notes);
    if (arrows)
        rc_note_text(b,
                     rc_word_fill(b->a, b->words->compared_rest,
                                  rc_name_group(b, b->whole)),
                     &notes);
    if (!c->counted && !c->volume && nets->count > 1 &&
        sums_differ(d, items, nets)) {
        const rc_item *item = &b->data->items[items->at[0]];
        const rc_scale *s = &b->data->scales[item->scale];
        rc_str first = rc_net_label(b, s->nets[nets->at[0]]);
        rc_str second = rc_net_label(b, s->nets[nets->at[1]]);
        rc_note_text(b,
                     rc_str_printf(b->a, "%.*s %.*s %.*s %.*s", RC_STR(first),
                                   RC_STR(b->words->and), RC_STR(second),
                                   RC_STR(b->words->net_note)),
                     &notes);
    }
    if (has_whole_percent(d, items))
        rc_note_text(b, b->words->whole_note, &notes);
    rc_furniture_end(d, &notes, &c->fur);
}

/* The columns of a chart's data table after the categories: its nets; in a
 * volume all nets of the group, then the groups beside it. */
typedef struct data_net {
    rc_column_head head;
    int net;    /* of the group; -1: column `beside` of the chart's nets */
    size_t beside;
} data_net;

static size_t
data_nets(const rc_dir *d, const rc_chart *c, int item, const rc_int_vec *nets,
          data_net *out)
{
    rc_binder *b = d->b;
    const rc_scale *s = &b->data->scales[b->data->items[item].scale];
    size_t n = 0;
    for (size_t k = 0; c->volume && k < nets->count; k++)
        out[n++] = (data_net){{rc_net_label(b, s->nets[nets->at[k]]),
                               c->net_heads[0].sub}, nets->at[k], 0};
    for (size_t k = c->volume ? 1 : 0; k < c->net_count; k++) {
        rc_column_head head = c->net_heads[k];
        if (c->compare) /* with a figure and a data table of its own */
            head.sub = (rc_str){0};
        out[n++] = (data_net){head, -1, k};
    }
    return n;
}

static void
data_row(const rc_dir *d, const rc_chart *c, int item, size_t bar_at,
         rc_row *row, const data_net *nets, size_t net_count, const int *of)
{
    rc_binder *b = d->b;
    const rc_bar *bar = &c->bars[bar_at];
    /* the figure it belongs to, one link away, has the full wording */
    rc_str name = rc_item_short_for(b->data, item, d->group);
    rc_cell_set(row, 0, rc_cell_make(b, rc_item_question(b->a, name)));
    if (!bar->segment_count)
        rc_cell_set(row, 1, rc_cell_make(b, bar->absent));
    for (size_t k = 0; bar->segment_count && k < c->key_count; k++) {
        rc_figure f = rc_stats_category(b->stats, item, of[k], d->group,
                                        b->wave);
        rc_cell_set(row, 1 + k,
                    rc_cell_make(b, c->counted ? rc_print_int(b->a, f.count)
                                               : rc_figure_percent(b->a, f)));
    }
    for (size_t k = 0; k < net_count; k++) {
        rc_str value = {0};
        if (nets[k].net >= 0)
            value = print_net(b, rc_stats_net(b->stats, item, nets[k].net,
                                              d->group, b->wave),
                              c->counted);
        else if (nets[k].beside < bar->net_count)
            value = bar->nets[nets[k].beside].value;
        rc_cell_text cell = rc_cell_make(b, value);
        cell.strong = !c->volume || nets[k].net >= 0;
        rc_cell_set(row, 1 + c->key_count + k, cell);
    }
}

/* Statement, categories, nets. */
static void
stacked_data(const rc_dir *d, rc_chart *c, const rc_int_vec *items,
             const rc_int_vec *nets, const int *of)
{
    rc_binder *b = d->b;
    rc_table *t = RC_MAKE(b->a, rc_table);
    data_net *columns =
        RC_MAKE_ARRAY(b->a, data_net, nets->count + c->net_count + 1);
    size_t net_count = data_nets(d, c, items->at[0], nets, columns);
    size_t n = 1 + c->key_count + net_count;
    rc_table_column *cols = RC_MAKE_ARRAY(b->a, rc_table_column, n);
    cols[0] = (rc_table_column){.head = rc_prose_from(b, b->words->statement),
                                .align = 'l'};
    for (size_t k = 1; k < n; k++) {
        bool net = k > c->key_count;
        const rc_column_head *head = &columns[net ? k - 1 - c->key_count : 0].head;
        cols[k].align = 'r';
        cols[k].head =
            rc_prose_from(b, net ? head->head : c->keys[k - 1].label);
        if (net)
            cols[k].sub = head->sub;
    }
    rc_row_vec rows = {0};
    for (size_t i = 0; i < items->count; i++)
        data_row(d, c, items->at[i], i,
                 rc_row_add(b, &rows, RC_ROW_BODY, n, d->span), columns,
                 net_count, of);
    t->columns = cols;
    t->column_count = n;
    t->rows = rows.at;
    t->row_count = rows.count;
    t->spanning = c->unit;
    rc_data_table_later(d, &c->fur, t);
}

/* All that the chart shows: categories, nets, and those of the groups that are
 * beside them. */
static void
stacked_csv(const rc_dir *d, const rc_chart *c, const rc_int_vec *items,
            const rc_int_vec *nets, const int *of)
{
    rc_binder *b = d->b;
    rc_int_vec groups = {0};
    bool rest;
    rc_csv_as as = c->counted ? RC_CSV_COUNT : RC_CSV_PERCENT;
    int positive = rc_positive_net(b->data, items->at[0]);
    int against = c->compare ? compare_group(d, &rest) : -1;
    if (c->volume)
        rc_dir_beside(d, &groups);
    else if (against >= 0)
        *rc_vec_push(b->a, &groups) = against;
    for (size_t i = 0; i < items->count; i++) {
        int item = items->at[i];
        rc_str text =
            rc_item_question(b->a, rc_item_text_for(b->data, item, d->group));
        size_t shown = c->bars[i].segment_count ? c->key_count : 1;
        for (size_t k = 0; k < shown; k++)
            rc_csv_add(b, (rc_str){0}, text,
                       rc_stats_category(b->stats, item, of[k], d->group,
                                         b->wave),
                       as);
        if (!c->bars[i].segment_count)
            continue;
        for (size_t g = 0; g < groups.count + 1; g++) {
            int group = g ? groups.at[g - 1] : d->group;
            bool one = c->volume && g; /* beside it the positive net alone */
            for (size_t k = 0; k < (one ? 1 : nets->count); k++) {
                rc_figure f = rc_stats_net(b->stats, item,
                                           one ? positive : nets->at[k], group,
                                           b->wave);
                rc_csv_as beside = f.low == RC_LOW_COUNTS ? RC_CSV_COUNT
                                                          : RC_CSV_PERCENT;
                rc_csv_add(b, (rc_str){0}, text, f, g ? beside : as);
            }
        }
    }
}

static void
default_subtitle(const rc_dir *d, rc_chart *c, int item)
{
    rc_binder *b = d->b;
    if (rc_dir_get(d, "subtitle"))
        return;
    rc_str q = rc_item_question(b->a, b->data->items[item].question_text);
    c->fur.subtitle = rc_prose_from(b, q);
}

void
rc_chart_stacked_make(const rc_dir *d, rc_chart *c)
{
    rc_binder *b = d->b;
    rc_int_vec items = {0}, nets = {0};
    if (!rc_dir_items(d, &items) || !check_scale(d, &items))
        return;
    const int *of;
    rc_furniture_begin(d, RC_NUMBER_FIGURE, &c->fur);
    default_subtitle(d, c, items.at[0]);
    c->keys = rc_keys_make(b, items.at[0], &of, &c->key_count);
    c->counted = is_counted(b, &items, d->group);
    c->unit = c->counted ? b->words->number_answering : b->words->per_cent;
    rc_bar *bars = RC_MAKE_ARRAY(b->a, rc_bar, items.count + 1);
    for (size_t i = 0; i < items.count; i++) {
        bars[i] = rc_bar_make(b, items.at[i], d->group, c->keys, of,
                              c->key_count, c->counted);
        bars[i].label = rc_prose_from(
            b, rc_item_question(
                   b->a, rc_item_text_for(b->data, items.at[i], d->group)));
    }
    c->bars = bars;
    c->bar_count = items.count;
    bool arrows = false;
    choose_nets(d, items.at[0], &nets);
    rc_int_vec beside = {0}, groups = {0};
    rc_dir_beside(d, &beside);
    *rc_vec_push(b->a, &groups) = d->group;
    for (size_t i = 0; i < beside.count; i++)
        *rc_vec_push(b->a, &groups) = beside.at[i];
    if (beside.count)
        beside_columns(d, c, &items, &beside);
    else
        net_columns(d, c, &items, &nets, &arrows);
    if (c->counted) {
        int64_t n = rc_stats_base(b->stats, items.at[0], d->group, b->wave);
        rc_str small = n == 1 ? b->words->small_base_one
                              : rc_word_fill(b->a, b->words->small_base,
                                             rc_print_int(b->a, n));
        c->low_note = rc_prose_strong(
            b, rc_str_printf(b->a, "\1%.*s\1 %.*s", RC_STR(small),
                             RC_STR(b->words->small_base_text)));
    }
    stacked_notes(d, c, &items, &nets, &groups, arrows);
    stacked_data(d, c, &items, &nets, of);
    if (b->report->attach_data)
        stacked_csv(d, c, &items, &nets, of);
}

void
rc_dir_chart(const rc_dir *d)
{
    static const char *const types[] = {"stacked", "ranked", "dots", "trend",
                                        NULL};
    rc_chart *c = RC_MAKE(d->b->a, rc_chart);
    c->fur.target = c->fur.data_target = -1;
    int type = 0;
    if (rc_dir_get(d, "type"))
        type = rc_map_choice(d->map, "type", types, d->b->log);
    switch (type) {
    case 0:
        c->type = RC_CHART_STACKED;
        rc_chart_stacked_make(d, c);
        break;
    case 1:
        c->type = RC_CHART_RANKED;
        rc_chart_ranked_make(d, c);
        break;
    case 2:
        c->type = RC_CHART_DOTS;
        rc_chart_dots_make(d, c);
        break;
    case 3:
        c->type = RC_CHART_TREND;
        rc_chart_trend_make(d, c);
        break;
    default:
        return;
    }
    rc_csv_end(d->b, c);
    if (!c->bar_count && !c->ranked_count && !c->dot_row_count &&
        !c->trend_count)
        return;
    rc_chart_alt_later(d->b, c, (rc_str){0});
    rc_dir_add(d, RC_BLOCK_CHART)->as.chart = c;
}

/* -- bars without a number ----------------------------------------------- */

/* "Region" where the group at hand stands above the whole; else its name. */
static rc_str
bar_name(rc_binder *b, const int *groups, size_t count, size_t i)
{
    bool at_hand = groups[i] == b->group && groups[i] != b->whole;
    if (!at_hand || count > 2)
        return rc_name_short(b, groups[i]);
    rc_str kind = rc_capital(b->a, b->data->groups[groups[i]].kind);
    rc_buf out = {0};
    for (size_t k = 0; k < kind.len; k++)
        rc_buf_char(&out, kind.at[k] == '_' ? ' ' : kind.at[k]);
    rc_str s = rc_str_copy(b->a, rc_buf_str(&out));
    rc_buf_free(&out);
    return s;
}

static rc_chart *
bars_make(rc_binder *b, int item, const int *groups, size_t count, rc_span span)
{
    rc_chart *c = RC_MAKE(b->a, rc_chart);
    const int *of;
    c->type = RC_CHART_STACKED;
    c->fur = (rc_furniture){.target = -1, .data_target = -1, .span = span};
    c->keys = rc_keys_make(b, item, &of, &c->key_count);
    c->counted =
        rc_is_counted(b, rc_stats_base(b->stats, item, groups[0], b->wave));
    c->unit = c->counted ? b->words->number_answering : b->words->per_cent;
    rc_bar *bars = RC_MAKE_ARRAY(b->a, rc_bar, count + 1);
    for (size_t i = 0; i < count; i++) {
        int64_t base = rc_stats_base(b->stats, item, groups[i], b->wave);
        if (rc_is_counted(b, base) != c->counted)
            continue; /* counts and per cent do not stand in one picture */
        rc_bar *bar = &bars[c->bar_count++];
        *bar = rc_bar_make(b, item, groups[i], c->keys, of, c->key_count,
                           c->counted);
        bar->after = rc_str_printf(b->a, "%.*s (%.*s)",
                                   RC_STR(bar_name(b, groups, count, i)),
                                   RC_STR(rc_base_print(b, base)));
    }
    c->bars = bars;
    return c;
}

void
rc_dir_bars(const rc_dir *d)
{
    rc_binder *b = d->b;
    const rc_node *n = rc_map_need(d->map, "item", b->log);
    int item;
    if (!n || !rc_dir_item(d, n, (rc_str){0}, &item))
        return;
    if (!rc_is_closed(b->data, item)) {
        rc_log_error(b->log, "chart", n->span,
                     "'%.*s' has no scale with two sides",
                     RC_STR(b->data->items[item].id));
        return;
    }
    rc_int_vec groups = {0};
    if (rc_dir_get(d, "groups")) {
        rc_dir_groups(d, "groups", &groups);
    } else {
        *rc_vec_push(b->a, &groups) = d->group;
        if (d->group != b->whole)
            *rc_vec_push(b->a, &groups) = b->whole;
    }
    if (!groups.count)
        return;
    rc_chart *c = bars_make(b, item, groups.at, groups.count, d->span);
    rc_str text = rc_item_text_for(b->data, item, d->group);
    bars_of(c)[0].label = rc_prose_strong(
        b, rc_str_printf(b->a, "\1%.*s\1, %.*s",
                         RC_STR(rc_item_question(b->a, text)),
                         RC_STR(rc_lower_first(b->a, c->unit))));
    rc_str who = b->data->items[item].base_text;
    if (!who.len)
        who = b->words->all_responses;
    rc_chart_alt_later(b, c,
                          rc_str_printf(b->a, "%.*s %.*s",
                                        RC_STR(b->words->base), RC_STR(who)));
    rc_dir_add(d, RC_BLOCK_BARS)->as.chart = c;
}

const rc_chart *
rc_lead_bar(rc_binder *b, int item, int group, rc_span span)
{
    rc_chart *c = bars_make(b, item, &group, 1, span);
    int64_t base = rc_stats_base(b->stats, item, group, b->wave);
    rc_str text = rc_item_text_for(b->data, item, group);
    rc_str who = b->data->items[item].base_text;
    bars_of(c)[0].after = (rc_str){0};
    bars_of(c)[0].label = rc_prose_strong(
        b, rc_str_printf(b->a, "\1%.*s.\1 %.*s (%.*s), %.*s",
                         RC_STR(rc_item_question(b->a, text)), RC_STR(who),
                         RC_STR(rc_base_print(b, base)),
                         RC_STR(rc_lower_first(b->a, c->unit))));
    rc_chart_alt_later(b, c, (rc_str){0}); /* the label has the base */
    return c;
}
