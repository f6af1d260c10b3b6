/* Sampling error and significance. One variance serves tables and tests. */
#include "stats/part.h"

#include <math.h>

/* Two-sided 95%. */
static const double z_95 = 1.96;

double
rc_stats_correction(double n, double population)
{
    if (population <= 1)
        return 1;
    return n >= population ? 0 : (population - n) / (population - 1);
}

/* p(1-p) f/n of one side. */
static double
variance(double p, double n, double f)
{
    return n > 0 ? p * (1 - p) * f / n : 0;
}

double
rc_stats_tolerance(double p, double n, double population)
{
    return z_95 * sqrt(variance(p, n, rc_stats_correction(n, population)));
}

double
rc_stats_needed(double p, double n1, double population1, double n2,
                double population2)
{
    return z_95 * sqrt(variance(p, n1, rc_stats_correction(n1, population1))
                       + variance(p, n2, rc_stats_correction(n2, population2)));
}

/* -- tests ------------------------------------------------------------------ */

static double
own_correction(rc_figure f)
{
    double n = f.base >= 0 ? (double)f.base : f.effective;
    return rc_stats_correction(n, f.population);
}

/* Each side's own; where a side's N is not known, the parent's for both; 1
 * where none is. */
static void
corrections(rc_figure a, rc_figure b, double *fa, double *fb)
{
    bool known = (a.population > 0 || a.fixed) && (b.population > 0 || b.fixed);
    *fa = *fb = 1;
    if (known) {
        *fa = own_correction(a);
        *fb = own_correction(b);
    } else if (a.correction >= 0 || b.correction >= 0) {
        *fa = a.correction >= 0 ? a.correction : b.correction;
        *fb = b.correction >= 0 ? b.correction : a.correction;
    }
}

static bool
is_estimate(rc_figure f)
{
    return f.kind == RC_FIG_SHARE || f.kind == RC_FIG_MEAN
           || f.kind == RC_FIG_THEME;
}

/* The variance of the difference; false where it cannot be had. */
static bool
difference_variance(rc_figure a, rc_figure b, double *out)
{
    double fa, fb, na = a.fixed ? 0 : a.effective, nb = b.fixed ? 0 : b.effective;
    corrections(a, b, &fa, &fb);
    if (a.kind == RC_FIG_MEAN) {
        if ((!a.fixed && a.sd < 0) || (!b.fixed && b.sd < 0))
            return false;
        *out = (na > 0 ? a.sd * a.sd * fa / na : 0)
               + (nb > 0 ? b.sd * b.sd * fb / nb : 0);
        return true;
    }
    double p = a.fixed   ? a.share
               : b.fixed ? b.share
                         : (a.share * na + b.share * nb) / (na + nb);
    *out = variance(p, na, fa) + variance(p, nb, fb);
    return p > 0 && p < 1;
}

rc_direction
rc_stats_test(rc_figure a, rc_figure b, double *z)
{
    double v, d = a.share - b.share, score = 0;
    bool alike = is_estimate(a) && is_estimate(b)
                 && (a.kind == RC_FIG_MEAN) == (b.kind == RC_FIG_MEAN);
    bool sized = (a.effective > 0 || a.fixed) && (b.effective > 0 || b.fixed)
                 && !(a.fixed && b.fixed);
    /* no variance: both sides were asked in full, and any difference is one */
    if (alike && sized && difference_variance(a, b, &v) && (d > 0 || d < 0))
        score = v > 0 ? d / sqrt(v) : d > 0 ? HUGE_VAL : -HUGE_VAL;
    if (z)
        *z = score;
    return score > z_95 ? RC_HIGHER : score < -z_95 ? RC_LOWER : RC_SAME;
}

/* -- what is tested against ------------------------------------------------- */

static rc_pick
pick_of(rc_figure f)
{
    return (rc_pick){f.category, f.net, f.kind == RC_FIG_MEAN};
}

static rc_figure
none_like(rc_figure like)
{
    like.kind = RC_FIG_NONE;
    like.why = RC_WHY_NOT_ASKED;
    like.group = -1;
    like.base = like.count = -1;
    like.effective = like.population = 0;
    like.low = RC_LOW_NONE;
    return like;
}

static rc_figure
like_part(const rc_stats *s, rc_figure like, rc_part p)
{
    rc_figure f = rc_part_figure(s, p, pick_of(like));
    f.item = like.item;
    f.wave = like.wave;
    f.correction = like.correction;
    return f;
}

static bool
closes(const rc_stats *s, rc_figure f, int group)
{
    const rc_data *d = s->data;
    size_t row = (size_t)f.wave * d->group_count + (size_t)group;
    return s->closes[row * d->item_count + (size_t)f.item];
}

static bool
can_have_rest(rc_figure f)
{
    return (f.kind == RC_FIG_SHARE || f.kind == RC_FIG_MEAN) && f.item >= 0
           && f.group >= 0;
}

static rc_part
own_part(const rc_stats *s, rc_figure f)
{
    return rc_part_sum(s, f.item, pick_of(f), s->joined[f.group],
                       s->joined_count[f.group], f.wave);
}

/* Siblings in the order of the data, pooled. */
static rc_part
pooled_siblings(const rc_stats *s, rc_figure like)
{
    rc_part sum = {.why = RC_WHY_NOT_ASKED, .base = -1, .count = -1};
    for (size_t i = 0; i < s->data->group_count; i++) {
        const rc_group *g = &s->data->groups[i];
        bool own = g->parent != s->data->groups[like.group].parent
                   || !rc_str_eq(g->kind, s->data->groups[like.group].kind);
        for (size_t j = 0; j < s->joined_count[like.group]; j++)
            own = own || s->joined[like.group][j] == (int)i;
        if (own)
            continue;
        rc_part p =
            rc_part_of(s, like.item, pick_of(like), (int)i, like.wave);
        if (p.there)
            sum = sum.there ? rc_part_add(sum, p) : p;
        else if (p.why != RC_WHY_NOT_ASKED)
            return p;
    }
    return sum;
}

rc_figure
rc_stats_rest(const rc_stats *s, rc_figure like)
{
    if (!can_have_rest(like) || rc_stats_is_benchmark(s, like.group))
        return none_like(like);
    int parent = s->data->groups[like.group].parent;
    if (parent < 0)
        return none_like(like);
    rc_part p;
    if (closes(s, like, like.group))
        p = rc_part_less(rc_part_of(s, like.item, pick_of(like), parent,
                                    like.wave),
                         own_part(s, like));
    else
        p = pooled_siblings(s, like);
    return p.there ? like_part(s, like, p) : none_like(like);
}

/* 1 if `group` lies in `other`, by steps that all add up; 0 if it does not lie
 * there; -1 if it does, but what is left is not known. */
static int
lies_in(const rc_stats *s, rc_figure like, int other)
{
    bool sums = true;
    for (int g = like.group; g >= 0; g = s->data->groups[g].parent) {
        if (g == other)
            return sums ? 1 : -1;
        sums = sums && closes(s, like, g);
    }
    return 0;
}

static bool
is_part_of(const rc_stats *s, int group, int other)
{
    while (group >= 0 && group != other)
        group = s->data->groups[group].parent;
    return group >= 0;
}

rc_figure
rc_stats_against(const rc_stats *s, rc_figure like, int other)
{
    if (!can_have_rest(like))
        return none_like(like);
    for (size_t i = 0; i < s->joined_count[like.group]; i++)
        if (s->joined[like.group][i] == other)
            return none_like(like);
    if (other == s->data->groups[like.group].parent)
        return rc_stats_rest(s, like);
    int inside = lies_in(s, like, other);
    if (inside < 0 || is_part_of(s, other, like.group))
        return none_like(like);
    if (inside > 0) {
        rc_part whole = rc_part_of(s, like.item, pick_of(like), other,
                                   like.wave);
        rc_part p = rc_part_less(whole, own_part(s, like));
        return p.there ? like_part(s, like, p) : none_like(like);
    }
    return like.kind == RC_FIG_MEAN
               ? rc_stats_mean(s, like.item, other, like.wave)
           : like.net >= 0
               ? rc_stats_net(s, like.item, like.net, other, like.wave)
               : rc_stats_category(s, like.item, like.category, other,
                                   like.wave);
}

static rc_direction
test_if_sized(rc_figure a, rc_figure b, bool *tested)
{
    *tested = is_estimate(a) && is_estimate(b)
              && (a.low != RC_LOW_COUNTS || a.fixed)
              && (b.low != RC_LOW_COUNTS || b.fixed)
              && (a.effective > 0 || a.fixed) && (b.effective > 0 || b.fixed);
    return *tested ? rc_stats_test(a, b, NULL) : RC_SAME;
}

rc_direction
rc_stats_differs(const rc_stats *s, rc_figure f, bool *tested)
{
    bool dummy;
    return test_if_sized(f, rc_stats_rest(s, f), tested ? tested : &dummy);
}

rc_direction
rc_stats_differs_from(const rc_stats *s, rc_figure f, int other, bool *tested)
{
    bool dummy;
    return test_if_sized(f, rc_stats_against(s, f, other),
                         tested ? tested : &dummy);
}

/* -- wave against wave ------------------------------------------------------ */

bool
rc_stats_comparable(const rc_stats *s, int item, int group, int earlier,
                    int later)
{
    const rc_data *d = s->data;
    for (size_t i = 0; i < d->change_count; i++) {
        const rc_change *c = &d->changes[i];
        if (c->wave <= earlier || c->wave > later || c->bridge
            || rc_str_is(c->change, "renamed"))
            continue;
        bool of_item = c->question >= 0
                       && c->question == d->items[item].question
                       && (c->item < 0 || c->item == item);
        bool of_group = c->group >= 0 && c->group == group;
        if (c->question >= 0 && c->group >= 0 ? of_item && of_group
                                              : of_item || of_group)
            return false;
    }
    return true;
}

rc_direction
rc_stats_changed(const rc_stats *s, rc_figure now, int earlier, bool *tested)
{
    bool dummy;
    if (!tested)
        tested = &dummy;
    *tested = false;
    if (!can_have_rest(now)
        || !rc_stats_comparable(s, now.item, now.group, earlier, now.wave))
        return RC_SAME;
    rc_figure was = now.kind == RC_FIG_MEAN
                        ? rc_stats_mean(s, now.item, now.group, earlier)
                    : now.net >= 0 ? rc_stats_net(s, now.item, now.net,
                                                  now.group, earlier)
                                   : rc_stats_category(s, now.item,
                                                       now.category, now.group,
                                                       earlier);
    return test_if_sized(now, was, tested);
}

/* -- sizes, as the appendix prints them ------------------------------------- */

static double
joined_population(const rc_stats *s, int group)
{
    double sum = 0;
    for (size_t i = 0; i < s->joined_count[group]; i++) {
        double n = rc_stats_population(s, s->joined[group][i]);
        if (n <= 0)
            return 0;
        sum += n;
    }
    return sum;
}

typedef struct side {
    double n, population; /* 0 not known */
} side;

static side
own_side(const rc_stats *s, int group)
{
    int64_t n = rc_stats_responses(s, group);
    return (side){n > 0 ? (double)n : 0, joined_population(s, group)};
}

/* The parent's less the group's where responses of the kind add up, else the
 * siblings together. */
static side
rest_side(const rc_stats *s, int group)
{
    const rc_data *d = s->data;
    int parent = d->groups[group].parent;
    side rest = {0, 0}, own = own_side(s, group);
    if (parent < 0)
        return rest;
    bool known = true;
    for (size_t i = 0; i < d->groups[parent].child_count; i++) {
        int g = d->groups[parent].children[i];
        bool other = rc_str_eq(d->groups[g].kind, d->groups[group].kind);
        for (size_t j = 0; j < s->joined_count[group]; j++)
            other = other && s->joined[group][j] != g;
        if (!other)
            continue;
        double population = rc_stats_population(s, g);
        known = known && population > 0;
        rest.population += population;
        rest.n += (double)(d->groups[g].responses > 0 ? d->groups[g].responses
                                                      : 0);
    }
    side whole = own_side(s, parent);
    bool adds = fabs(own.n + rest.n - whole.n) < 0.5;
    if (!known)
        rest.population = 0;
    if (adds && own.population > 0 && whole.population > own.population)
        rest.population = whole.population - own.population;
    return rest;
}

static side
parent_side(const rc_stats *s, int group)
{
    int parent = s->data->groups[group].parent;
    return own_side(s, parent < 0 ? group : parent);
}

void
rc_stats_sides(const rc_stats *s, int group, double *n, double *population,
               double *rest_n, double *rest_population)
{
    side own = own_side(s, group), rest = rest_side(s, group);
    double whole = parent_side(s, group).population;
    *n = own.n;
    *population = own.population > 0 ? own.population : whole;
    *rest_n = rest.n;
    *rest_population = rest.population > 0 ? rest.population : whole;
}

double
rc_stats_tolerance_of(const rc_stats *s, int group, double p)
{
    side own = own_side(s, group);
    if (own.population <= 0)
        own.population = parent_side(s, group).population;
    return rc_stats_tolerance(p, own.n, own.population);
}

double
rc_stats_needed_of(const rc_stats *s, int group, int other, double p)
{
    side a = own_side(s, group), whole = parent_side(s, group);
    side b = other < 0 ? rest_side(s, group) : own_side(s, other);
    if (a.population > 0 && b.population > 0)
        return rc_stats_needed(p, a.n, a.population, b.n, b.population);
    double f = rc_stats_correction(whole.n, whole.population);
    return z_95 * sqrt(variance(p, a.n, f) + variance(p, b.n, f));
}
