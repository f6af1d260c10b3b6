/* Names of groups and nets, bases with their marks, keys and bars: what
 * several directives print alike. */
#include "doc/internal.h"

/* "B with A", A the smallest: the name of a group that is reported together
 * with others. */
static rc_str
joined_name(rc_binder *b, int group, bool is_short)
{
    size_t n;
    const int *set = rc_stats_joined(b->stats, group, &n);
    const rc_group *groups = b->data->groups;
    if (n < 2)
        return is_short ? groups[group].short_name : groups[group].name;
    const rc_group *last = &groups[set[n - 1]];
    rc_str *others = RC_MAKE_ARRAY(b->a, rc_str, n);
    for (size_t i = 0; i + 1 < n; i++)
        others[i] = is_short ? groups[set[i]].short_name : groups[set[i]].name;
    return rc_str_printf(b->a, "%.*s %.*s %.*s",
                         RC_STR(is_short ? last->short_name : last->name),
                         RC_STR(b->words->with),
                         RC_STR(rc_name_list(b, others, n - 1)));
}

rc_str
rc_name_list(rc_binder *b, const rc_str *names, size_t n)
{
    rc_buf out = {0};
    for (size_t i = 0; i < n; i++) {
        if (i && i + 1 == n)
            rc_buf_printf(&out, " %.*s ", RC_STR(b->words->and));
        else if (i)
            rc_buf_z(&out, ", ");
        rc_buf_add(&out, names[i]);
    }
    rc_str s = rc_str_copy(b->a, rc_buf_str(&out));
    rc_buf_free(&out);
    return s;
}

rc_str
rc_name_group(rc_binder *b, int group)
{
    return joined_name(b, group, false);
}

rc_str
rc_name_short(rc_binder *b, int group)
{
    return joined_name(b, group, true);
}

bool
rc_is_counted(rc_binder *b, int64_t base)
{
    return rc_stats_low(b->stats, base) == RC_LOW_COUNTS;
}

rc_str
rc_base_mark(rc_binder *b, int64_t base)
{
    switch (rc_stats_low(b->stats, base)) {
    case RC_LOW_NONE:
        break;
    case RC_LOW_CAUTION:
        return RC_LIT("*");
    case RC_LOW_COUNTS:
        return RC_LIT("**");
    }
    return (rc_str){0};
}

rc_str
rc_base_print(rc_binder *b, int64_t base)
{
    if (base < 0)
        return b->words->base_missing;
    return rc_str_printf(b->a, "%.*s%.*s", RC_STR(rc_print_int(b->a, base)),
                         RC_STR(rc_base_mark(b, base)));
}

rc_str
rc_net_label(rc_binder *b, rc_str net)
{
    const rc_report *r = b->report;
    for (size_t i = 0; i < r->net_count; i++)
        if (rc_str_eq(r->nets[i].name, net))
            return r->nets[i].value;
    return rc_capital(b->a, net);
}

int
rc_positive_net(const rc_data *d, int item)
{
    const rc_item *i = &d->items[item];
    return i->scale < 0 ? -1 : i->positive;
}

static bool
is_neutral(rc_str net)
{
    return rc_str_is(net, "neutral");
}

int
rc_negative_net(const rc_data *d, int item)
{
    const rc_item *i = &d->items[item];
    if (i->scale < 0)
        return -1;
    const rc_scale *s = &d->scales[i->scale];
    for (size_t n = 0; n < s->net_count; n++)
        if ((int)n != i->positive && !is_neutral(s->nets[n]))
            return (int)n;
    return -1;
}

bool
rc_is_closed(const rc_data *d, int item)
{
    const rc_item *i = &d->items[item];
    return i->scale >= 0 && d->scales[i->scale].kind == RC_SINGLE &&
           i->positive >= 0 && rc_negative_net(d, item) >= 0;
}

/* A net that is neither of the two that are read against each other stands in
 * the middle: those who take no side, or 5 and 6 of ten. */
rc_side
rc_category_side(const rc_data *d, int item, size_t category)
{
    const rc_item *i = &d->items[item];
    const rc_scale *s = &d->scales[i->scale];
    int net = s->categories[category].net;
    if (net < 0)
        return RC_SIDE_OUTSIDE;
    if (net == i->positive)
        return RC_SIDE_POSITIVE;
    return net == rc_negative_net(d, item) ? RC_SIDE_NEGATIVE
                                           : RC_SIDE_NEUTRAL;
}

/* Places count from the outside: a side at the left of the scale in its own
 * order, one at the right from its last category. */
static void
place_side(rc_key *keys, size_t count, rc_side side)
{
    size_t first = count, n = 0, before = 0;
    for (size_t i = 0; i < count; i++) {
        if (keys[i].side != side)
            continue;
        if (first == count)
            first = i;
        n++;
    }
    for (size_t i = 0; i < first && i < count; i++)
        before += keys[i].side != RC_SIDE_OUTSIDE;
    bool at_left = before == 0;
    int place = 0;
    for (size_t i = 0; i < count; i++) {
        if (keys[i].side != side)
            continue;
        keys[i].places = (int)n;
        keys[i].place =
            at_left || side == RC_SIDE_OUTSIDE ? place : (int)n - 1 - place;
        place++;
    }
}

const rc_key *
rc_keys_make(rc_binder *b, int item, const int **of, size_t *count)
{
    const rc_data *d = b->data;
    const rc_scale *s = &d->scales[d->items[item].scale];
    rc_key *keys = RC_MAKE_ARRAY(b->a, rc_key, s->category_count + 1);
    int *map = RC_MAKE_ARRAY(b->a, int, s->category_count + 1);
    size_t n = 0;
    for (size_t i = 0; i < s->category_count; i++) {
        if (!s->categories[i].in_base)
            continue;
        keys[n].label = rc_typo_text(b->a, s->categories[i].label);
        keys[n].side = rc_category_side(d, item, i);
        map[n++] = (int)i;
    }
    place_side(keys, n, RC_SIDE_POSITIVE);
    place_side(keys, n, RC_SIDE_NEUTRAL);
    place_side(keys, n, RC_SIDE_NEGATIVE);
    place_side(keys, n, RC_SIDE_OUTSIDE);
    *of = map;
    *count = n;
    return keys;
}

rc_bar
rc_bar_make(rc_binder *b, int item, int group, const rc_key *keys,
            const int *of, size_t key_count, bool counted)
{
    rc_bar bar = {0};
    (void)keys;
    rc_segment *segments = RC_MAKE_ARRAY(b->a, rc_segment, key_count + 1);
    for (size_t i = 0; i < key_count; i++) {
        rc_figure f = rc_stats_category(b->stats, item, of[i], group, b->wave);
        if (f.kind == RC_FIG_NONE) {
            rc_value v = {.kind = RC_VALUE_FIGURE, .figure = f};
            rc_spot spot = {.kind = RC_SPOT_CELL};
            bar.absent =
                rc_capital(b->a, rc_print_value(b, &v, &spot, rc_span_none()));
            return bar;
        }
        segments[i].key = (int)i;
        segments[i].count = f.count;
        segments[i].share = counted ? f.share : rc_figure_mark(f);
        bool nothing = f.share <= 0 && f.count <= 0;
        if (nothing)
            continue;
        segments[i].value =
            counted ? rc_print_int(b->a, f.count) : rc_figure_percent(b->a, f);
        if (rc_str_is(segments[i].value, "-"))
            segments[i].value = (rc_str){0};
    }
    bar.segments = segments;
    bar.segment_count = key_count;
    return bar;
}

/* A question as it is printed: "[ABC]" is what was put in for each person. */
rc_str
rc_item_question(rc_arena *a, rc_str text)
{
    rc_buf out = {0};
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != '[' && text.at[i] != ']')
            rc_buf_char(&out, text.at[i]);
    rc_str s = rc_str_copy(a, rc_buf_str(&out));
    rc_buf_free(&out);
    return s;
}
