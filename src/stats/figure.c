#include "stats/part.h"

#include <math.h>

rc_low
rc_stats_low(const rc_stats *s, int64_t base)
{
    return base < 0                     ? RC_LOW_NONE
           : base < s->options.counts   ? RC_LOW_COUNTS
           : base < s->options.caution  ? RC_LOW_CAUTION
                                        : RC_LOW_NONE;
}

/* f of the parent's N and n (of the group itself where it has no parent). */
static double
parent_correction(const rc_stats *s, int item, int group, int wave)
{
    int parent = s->data->groups[group].parent;
    if (parent < 0)
        parent = group;
    const rc_answer *a = rc_data_answer(s->data, item, parent, wave);
    double n = (double)(a->unweighted >= 0
                            ? a->unweighted
                            : s->data->groups[parent].responses);
    double population = a->population > 0 ? a->population
                                          : rc_stats_population(s, parent);
    return n >= 0 && population > 0 ? rc_stats_correction(n, population) : -1;
}

static rc_figure
figure_of(const rc_stats *s, int item, rc_pick pick, int group, int wave)
{
    rc_part p = rc_part_sum(s, item, pick, s->joined[group],
                            s->joined_count[group], wave);
    if (s->withheld[group])
        p = (rc_part){.why = RC_WHY_WITHHELD, .count = -1, .base = -1};
    rc_figure f = rc_part_figure(s, p, pick);
    f.item = item;
    f.group = group;
    f.wave = wave;
    f.fixed = rc_stats_is_benchmark(s, group);
    f.correction = parent_correction(s, item, group, wave);
    return f;
}

rc_figure
rc_stats_category(const rc_stats *s, int item, int category, int group,
                  int wave)
{
    return figure_of(s, item, (rc_pick){category, -1, false}, group, wave);
}

rc_figure
rc_stats_net(const rc_stats *s, int item, int net, int group, int wave)
{
    return figure_of(s, item, (rc_pick){-1, net, false}, group, wave);
}

rc_figure
rc_stats_mean(const rc_stats *s, int item, int group, int wave)
{
    return figure_of(s, item, (rc_pick){-1, -1, true}, group, wave);
}

/* The net that is bad news where `positive` is good: the first other one that
 * is not `neutral`. */
static int
negative_of(const rc_scale *scale, int positive)
{
    for (size_t i = 0; i < scale->net_count; i++)
        if ((int)i != positive && !rc_str_is(scale->nets[i], "neutral"))
            return (int)i;
    return -1;
}

rc_figure
rc_stats_balance(const rc_stats *s, int item, int group, int wave)
{
    const rc_item *it = &s->data->items[item];
    int other = it->scale < 0 || it->positive < 0
                    ? -1
                    : negative_of(&s->data->scales[it->scale], it->positive);
    rc_figure f = rc_stats_net(s, item, it->positive, group, wave);
    if (other < 0) {
        f.kind = RC_FIG_NONE;
        f.why = RC_WHY_NA;
        return f;
    }
    return rc_stats_minus(f, rc_stats_net(s, item, other, group, wave));
}

/* a - b as an exact fraction; false if it does not fit. */
static bool
exact_minus(rc_figure a, rc_figure b, rc_figure *out)
{
    int64_t left, right;
    if (!a.exact || !b.exact)
        return false;
    if (a.den == b.den) {
        out->num = a.num - b.num;
        out->den = a.den;
        return true;
    }
    return !__builtin_mul_overflow(a.num, b.den, &left)
           && !__builtin_mul_overflow(b.num, a.den, &right)
           && !__builtin_sub_overflow(left, right, &out->num)
           && !__builtin_mul_overflow(a.den, b.den, &out->den);
}

rc_figure
rc_stats_minus(rc_figure a, rc_figure b)
{
    rc_figure f = a;
    if (a.kind == RC_FIG_NONE)
        return a;
    if (b.kind == RC_FIG_NONE)
        return b;
    f.kind = RC_FIG_POINTS;
    f.exact = exact_minus(a, b, &f);
    f.share = a.share - b.share;
    f.low = a.low > b.low ? a.low : b.low;
    f.from_percent = a.from_percent || b.from_percent;
    f.whole_percent = a.whole_percent && b.whole_percent;
    f.count = -1;
    if (b.base < 0 || (f.base >= 0 && b.base < f.base))
        f.base = b.base; /* the weaker of the two */
    f.decimals = a.decimals < b.decimals ? a.decimals : b.decimals;
    return f;
}

rc_figure
rc_stats_theme(const rc_stats *s, rc_str id, int group, int wave)
{
    rc_figure f = {.why = RC_WHY_NOT_ASKED, .count = -1, .base = -1,
                   .item = -1, .group = group, .wave = wave, .net = -1,
                   .category = -1, .correction = -1, .sd = -1};
    const rc_theme *t = rc_data_theme(s->data, id, group, wave);
    if (!t)
        return f;
    if (s->withheld[group] || s->joined_count[group] > 1) {
        f.why = RC_WHY_WITHHELD;
        return f;
    }
    f.base = t->base;
    f.low = rc_stats_low(s, t->base);
    f.effective = t->base > 0 ? (double)t->base : 0;
    f.population = 0;
    if (t->is_count) {
        f.count = f.num = (int64_t)t->value;
        f.den = t->base;
        if (t->base <= 0) { /* a count of nobody knows how many */
            f.why = RC_WHY_UNAVAILABLE;
            return f;
        }
    } else {
        double scale = 1;
        for (int i = 0; i < t->decimals; i++)
            scale *= 10;
        f.from_percent = true;
        f.whole_percent = t->decimals == 0;
        f.num = (int64_t)floor(t->value * scale + 0.5);
        f.den = 100 * (int64_t)scale;
    }
    f.kind = RC_FIG_THEME;
    f.exact = true;
    f.share = (double)f.num / (double)f.den;
    return f;
}

int64_t
rc_stats_base(const rc_stats *s, int item, int group, int wave)
{
    int64_t sum = 0;
    for (size_t i = 0; i < s->joined_count[group]; i++) {
        const rc_answer *a =
            rc_data_answer(s->data, item, s->joined[group][i], wave);
        if (!a->cells && !a->has_mean && !a->base_given)
            continue;
        int64_t base = a->unweighted;
        if (base < 0 && !a->cells && a->has_mean)
            base = (int64_t)a->mean_base;
        if (base < 0 || a->base_withheld)
            return -1;
        sum += base;
    }
    return sum;
}

bool
rc_stats_not_asked(const rc_stats *s, int item, int group, int wave)
{
    for (size_t i = 0; i < s->joined_count[group]; i++) {
        const rc_answer *a =
            rc_data_answer(s->data, item, s->joined[group][i], wave);
        if (a->cells || a->has_mean)
            return false;
    }
    return true;
}
