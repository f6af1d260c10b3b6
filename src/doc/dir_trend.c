/* `chart` of the type trend: a net or a mean over the waves. A wave without
 * the item is said in words; no line runs across it, nor across a change that
 * makes two waves incomparable. */
#include "doc/internal.h"

static rc_figure
figure_at(const rc_dir *d, int item, int net, int group, int wave)
{
    rc_binder *b = d->b;
    const rc_item *i = &b->data->items[item];
    bool mean =
        i->scale < 0 || b->data->scales[i->scale].kind == RC_NUMERIC || net < 0;
    return mean ? rc_stats_mean(b->stats, item, group, wave)
                : rc_stats_net(b->stats, item, net, group, wave);
}

/* The item (or its question, or the group) is another thing from this wave
 * on, and nothing bridges it. */
static bool
is_cut(const rc_data *d, int item, int group, int wave)
{
    for (size_t i = 0; i < d->change_count; i++) {
        const rc_change *c = &d->changes[i];
        if (c->wave != wave || c->bridge)
            continue;
        bool same_item = c->item >= 0 ? c->item == item
                         : c->question >= 0
                             ? c->question == d->items[item].question
                             : c->group == group;
        if (same_item && !rc_str_is(c->change, "renamed"))
            return true;
    }
    return false;
}

typedef RC_VEC(rc_trend_series) series_vec;

static void
add_series(const rc_dir *d, rc_chart *c, int item, int net, int group,
           rc_str name, series_vec *out)
{
    rc_binder *b = d->b;
    rc_trend_point *points = RC_MAKE_ARRAY(b->a, rc_trend_point, c->wave_count);
    size_t first = 0, n = 0;
    for (size_t w = 0; w < c->wave_count; w++) {
        rc_figure f = figure_at(d, item, net, group, (int)w);
        bool cut = n > first && is_cut(b->data, item, group, (int)w);
        if (cut) {
            *rc_vec_push(b->a, out) = (rc_trend_series){
                .points = points + first, .point_count = n - first};
            first = n;
        }
        bool missing = f.kind == RC_FIG_NONE || f.low == RC_LOW_COUNTS;
        points[n++] = (rc_trend_point){
            .wave = (int)w,
            .missing = missing,
            .value = missing ? 0 : rc_figure_mark(f),
            .text = missing ? (rc_str){0} : rc_figure_digits(b->a, f),
        };
        rc_csv_add(b, (rc_str){0},
                   rc_item_question(b->a,
                                    rc_item_text_for(b->data, item, group)),
                   f, missing ? RC_CSV_NOTHING : RC_CSV_PERCENT);
    }
    *rc_vec_push(b->a, out) = (rc_trend_series){
        .name = name, .points = points + first, .point_count = n - first};
}

static void
trend_waves(const rc_dir *d, rc_chart *c)
{
    rc_binder *b = d->b;
    size_t n = b->data->wave_count;
    rc_str *labels = RC_MAKE_ARRAY(b->a, rc_str, n + 1);
    rc_str *subs = RC_MAKE_ARRAY(b->a, rc_str, n + 1);
    for (size_t i = 0; i < n; i++) {
        const rc_wave *w = &b->data->waves[i];
        labels[i] = w->label.len ? w->label : w->key;
        rc_str start =
            w->start.len >= 7 ? rc_str_part(w->start, 0, 7) : w->start;
        subs[i] = rc_print_date(b->a, start);
    }
    c->waves = labels;
    c->wave_subs = subs;
    c->wave_count = n;
}

static void
trend_data(const rc_dir *d, rc_chart *c)
{
    rc_binder *b = d->b;
    size_t n = 1 + c->wave_count;
    rc_table *t = RC_MAKE(b->a, rc_table);
    rc_table_column *cols = RC_MAKE_ARRAY(b->a, rc_table_column, n);
    cols[0].head = rc_prose_from(b, b->words->statement);
    cols[0].align = 'l';
    for (size_t i = 1; i < n; i++) {
        cols[i].head = rc_prose_from(b, c->waves[i - 1]);
        rc_column_sub(b, &cols[i], c->wave_subs[i - 1]);
        cols[i].align = 'r';
    }
    rc_row_vec rows = {0};
    rc_row *row = NULL;
    for (size_t i = 0; i < c->trend_count; i++) {
        const rc_trend_series *s = &c->trend[i];
        if (!row)
            row = rc_row_add(b, &rows, RC_ROW_BODY, n, d->span);
        for (size_t k = 0; k < s->point_count; k++)
            rc_cell_set(row, 1 + (size_t)s->points[k].wave,
                        rc_cell_make(b, s->points[k].missing
                                            ? RC_LIT("\u2013")
                                            : s->points[k].text));
        bool part = i + 1 < c->trend_count &&
                    s->points[s->point_count - 1].wave + 1 < (int)c->wave_count;
        if (part)
            continue;
        rc_cell_set(row, 0, rc_cell_make(b, s->name));
        row = NULL;
    }
    t->columns = cols;
    t->column_count = n;
    t->rows = rows.at;
    t->row_count = rows.count;
    t->spanning = c->unit;
    rc_data_table_later(d, &c->fur, t);
}

static void
trend_scale(const rc_dir *d, rc_chart *c, int item, int net)
{
    rc_binder *b = d->b;
    const rc_item *i = &b->data->items[item];
    c->scale_end = 1;
    c->unit = rc_share_unit(d, item, net);
    if (i->scale >= 0 && b->data->scales[i->scale].kind != RC_NUMERIC &&
        net >= 0)
        return;
    c->scale_end = 10;
    if (!rc_dir_get(d, "unit"))
        c->unit = b->words->mean;
    if (i->scale < 0)
        return;
    const rc_scale *s = &b->data->scales[i->scale];
    double most = 0;
    for (size_t k = 0; k < s->category_count; k++)
        if (s->categories[k].has_value && s->categories[k].value > most)
            most = s->categories[k].value;
    if (most > 0)
        c->scale_end = most;
}

static void
trend_notes(const rc_dir *d, rc_chart *c, const rc_int_vec *items)
{
    rc_binder *b = d->b;
    rc_prose_vec notes = {0};
    rc_buf out = {0};
    rc_str who = b->data->items[items->at[0]].base_text;
    rc_buf_printf(&out, "\1%.*s\1 %.*s", RC_STR(b->words->base),
                  RC_STR(who.len ? who : b->words->all_responses));
    for (size_t w = 0; w < c->wave_count; w++) {
        int64_t n = rc_stats_base(b->stats, items->at[0], d->group, (int)w);
        rc_buf_printf(&out, "%s%.*s (%.*s)", w ? ", " : ": ",
                      RC_STR(rc_lower_first(b->a, c->waves[w])),
                      RC_STR(rc_base_print(b, n)));
    }
    rc_buf_char(&out, '.');
    rc_note_text(b, rc_str_copy(b->a, rc_buf_str(&out)), &notes);
    rc_buf_free(&out);
    for (size_t i = 0; i < b->data->change_count; i++) {
        const rc_change *ch = &b->data->changes[i];
        bool ours = false;
        for (size_t k = 0; k < items->count && !ours; k++)
            ours = ch->question == b->data->items[items->at[k]].question &&
                   (ch->item < 0 || ch->item == items->at[k]);
        if (ours && ch->note.len && !ch->bridge)
            rc_note_text(b, ch->note, &notes);
    }
    rc_furniture_end(d, &notes, &c->fur);
}

/* Waves with a figure in one of the series. */
static size_t
waves_shown(const rc_chart *c)
{
    size_t n = 0;
    for (size_t w = 0; w < c->wave_count; w++) {
        bool any = false;
        for (size_t i = 0; i < c->trend_count; i++)
            for (size_t k = 0; k < c->trend[i].point_count; k++)
                any = any || (c->trend[i].points[k].wave == (int)w &&
                              !c->trend[i].points[k].missing);
        n += any;
    }
    return n;
}

void
rc_chart_trend_make(const rc_dir *d, rc_chart *c)
{
    rc_binder *b = d->b;
    rc_int_vec items = {0}, groups = {0};
    if (!rc_dir_items(d, &items))
        return;
    if (!b->data->wave_count) {
        rc_log_error(b->log, "chart", d->span,
                     "a trend needs waves, and the data has none");
        return;
    }
    rc_dir_groups(d, "groups", &groups);
    if (!groups.count)
        *rc_vec_push(b->a, &groups) = d->group;
    rc_furniture_begin(d, RC_NUMBER_FIGURE, &c->fur);
    trend_waves(d, c);
    const rc_node *net_node = rc_dir_get(d, "net");
    series_vec series = {0};
    int first_net = -1;
    for (size_t i = 0; i < items.count; i++) {
        int item = items.at[i];
        int net = net_node ? rc_dir_net(d, net_node, item)
                           : rc_positive_net(b->data, item);
        if (net_node && net < 0)
            return;
        if (i == 0)
            first_net = net;
        for (size_t g = 0; g < groups.count; g++)
            add_series(d, c, item, net, groups.at[g],
                       groups.count > 1
                           ? rc_name_short(b, groups.at[g])
                           : rc_item_short_for(b->data, item, groups.at[g]),
                       &series);
    }
    c->trend = series.at;
    c->trend_count = series.count;
    if (waves_shown(c) < 2) {
        rc_diag *g = rc_log_error(b->log, "chart", d->span,
                                  "a trend needs figures of two waves");
        rc_diag_hint(g, "was it asked in one only, or of too few?");
        return;
    }
    trend_scale(d, c, items.at[0], first_net);
    if (!rc_dir_get(d, "subtitle"))
        c->fur.subtitle = rc_prose_from(
            b,
            rc_item_question(b->a, b->data->items[items.at[0]].question_text));
    trend_notes(d, c, &items);
    trend_data(d, c);
}
