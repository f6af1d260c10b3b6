/* Bands: bars hung on the middle of their neutral part, which make covers and
 * dividers. */
#include <stdlib.h>

#include "doc/internal.h"

typedef struct ranked {
    int item;
    double balance;
} ranked;

/* Best balance first; ties in the order of the data. */
static int
by_balance(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->balance > y->balance)
        return -1;
    if (x->balance < y->balance)
        return 1;
    return (x->item > y->item) - (x->item < y->item);
}

static rc_band
band_make(rc_binder *b, int item, int group, const rc_key *keys, const int *of,
          size_t key_count)
{
    bool counted =
        rc_is_counted(b, rc_stats_base(b->stats, item, group, b->wave));
    rc_bar bar = rc_bar_make(b, item, group, keys, of, key_count, counted);
    return (rc_band){
        .segments = bar.segments,
        .segment_count = bar.segment_count,
        .base = rc_stats_base(b->stats, item, group, b->wave),
        .counted = counted,
    };
}

/* The group that the document is about; where its results are withheld, the
 * nearest one it lies in whose results are not. */
static int
cover_group(const rc_binder *b)
{
    int g = b->home;
    while (g >= 0 && rc_stats_withheld(b->stats, g))
        g = b->data->groups[g].parent;
    return g < 0 ? b->whole : g;
}

void
rc_bands_cover(rc_binder *b, rc_doc *doc)
{
    const rc_data *d = b->data;
    int group = cover_group(b);
    RC_VEC(ranked) list = {0};
    int scale = -1;
    for (size_t i = 0; i < d->item_count; i++) {
        int item = (int)i;
        if (!rc_is_closed(d, item) ||
            (scale >= 0 && d->items[i].scale != scale))
            continue;
        rc_figure f = rc_stats_balance(b->stats, item, group, b->wave);
        if (f.kind == RC_FIG_NONE)
            continue;
        scale = d->items[i].scale;
        *rc_vec_push(b->a, &list) = (ranked){item, f.share};
    }
    if (!list.count)
        return;
    qsort(list.at, list.count, sizeof *list.at, by_balance);
    const int *of;
    doc->keys = rc_keys_make(b, list.at[0].item, &of, &doc->key_count);
    rc_band *bands = RC_MAKE_ARRAY(b->a, rc_band, list.count);
    for (size_t i = 0; i < list.count; i++)
        bands[i] = band_make(b, list.at[i].item, group, doc->keys, of,
                             doc->key_count);
    doc->bands = bands;
    doc->band_count = list.count;
}

/* "74% agree, 14% disagree"; "11 of 28 responses agree, 11 disagree" */
static rc_str
band_words(rc_binder *b, int item, int group, int64_t base)
{
    const rc_scale *s = &b->data->scales[b->data->items[item].scale];
    int nets[2] = {rc_positive_net(b->data, item),
                   rc_negative_net(b->data, item)};
    rc_figure f = rc_stats_net(b->stats, item, nets[0], group, b->wave);
    rc_figure g = rc_stats_net(b->stats, item, nets[1], group, b->wave);
    rc_str one = rc_lower_first(b->a, rc_net_label(b, s->nets[nets[0]]));
    rc_str two = rc_lower_first(b->a, rc_net_label(b, s->nets[nets[1]]));
    if (f.kind == RC_FIG_NONE || g.kind == RC_FIG_NONE)
        return (rc_str){0};
    if (rc_is_counted(b, base))
        return rc_str_printf(b->a, "%.*s %.*s %.*s, %lld %.*s",
                             RC_STR(rc_word_fill2(b->a, b->words->of,
                                                  rc_print_int(b->a, f.count),
                                                  rc_print_int(b->a, base))),
                             RC_STR(rc_word_responses(b, base)), RC_STR(one),
                             (long long)g.count, RC_STR(two));
    return rc_str_printf(b->a, "%.*s%% %.*s, %.*s%% %.*s",
                         RC_STR(rc_figure_percent(b->a, f)), RC_STR(one),
                         RC_STR(rc_figure_percent(b->a, g)), RC_STR(two));
}

void
rc_bands_divider(rc_binder *b, rc_section *s, int plan, int item)
{
    RC_VEC(rc_band) bands = {0};
    const int *of;
    size_t key_count;
    const rc_key *keys = rc_keys_make(b, item, &of, &key_count);
    for (size_t i = (size_t)plan + 1; i < b->plans.count; i++) {
        const rc_plan *p = &b->plans.at[i];
        if (p->depth <= b->plans.at[plan].depth)
            break;
        if (p->parent != plan)
            continue;
        rc_band *band = rc_vec_push(b->a, &bands);
        *band = (rc_band){.label = rc_name_group(b, p->group),
                          .label_sub = b->words->withheld};
        if (rc_stats_withheld(b->stats, p->group))
            continue;
        *band = band_make(b, item, p->group, keys, of, key_count);
        band->label = rc_name_group(b, p->group);
        band->label_sub = band_words(b, item, p->group, band->base);
    }
    s->bands = bands.at;
    s->band_count = bands.count;
}
