#include "stats/part.h"

#include <math.h>

static rc_part
nothing(rc_why why)
{
    return (rc_part){.why = why, .count = -1, .base = -1, .square = -1,
                     .w = -1, .q = -1};
}

static rc_why
why_of(uint8_t kind)
{
    switch ((rc_cell_kind)kind) {
    case RC_CELL_SUPPRESSED: return RC_WHY_SUPPRESSED;
    case RC_CELL_LOW: return RC_WHY_LOW;
    case RC_CELL_NA: return RC_WHY_NA;
    case RC_CELL_ABSENT: case RC_CELL_COUNT: case RC_CELL_PERCENT:
    case RC_CELL_UNAVAILABLE: break;
    }
    return RC_WHY_UNAVAILABLE;
}

double
rc_stats_population(const rc_stats *s, int group)
{
    int64_t n = s->data->groups[group].population;
    return n > 0 ? (double)n : 0;
}

bool
rc_stats_is_benchmark(const rc_stats *s, int group)
{
    return rc_str_is(s->data->groups[group].kind, "benchmark");
}

static bool
is_picked(const rc_category *c, rc_pick pick, size_t index)
{
    if (pick.mean)
        return c->has_value;
    if (pick.net >= 0)
        return c->in_base && c->net == pick.net;
    return (int)index == pick.category;
}

/* -- one answer ------------------------------------------------------------- */

/* The cells of one answer, gathered for one figure. */
typedef struct gathered {
    bool counts, percents, marks, weights, whole; /* of all cells */
    bool marked;     /* a picked cell bears a mark */
    rc_why why;
    int64_t count;   /* of picked cells */
    int64_t in_base; /* counts in the base */
    int64_t points;  /* Σ value * count, where values are whole numbers */
    bool whole_values;
    double weighted, percent; /* of picked cells */
    double sum, squares;      /* Σ value * weight, of squares too */
    int decimals;
} gathered;

static void
gather_cell(gathered *g, const rc_category *c, const rc_cell *cell, bool picked)
{
    bool mark = cell->kind > RC_CELL_PERCENT;
    g->counts = g->counts || cell->kind == RC_CELL_COUNT;
    g->percents = g->percents || cell->kind == RC_CELL_PERCENT;
    g->weights = g->weights || cell->has_weighted;
    g->marks = g->marks || (mark && c->in_base);
    if (cell->kind == RC_CELL_PERCENT && cell->decimals)
        g->whole = false;
    if (c->in_base)
        g->in_base += cell->count;
    if (!picked)
        return;
    if (mark && !g->marked) {
        g->marked = true;
        g->why = why_of(cell->kind);
    }
    double weight = cell->kind == RC_CELL_PERCENT ? cell->value
                    : cell->has_weighted          ? cell->weighted
                                                  : (double)cell->count;
    g->count += cell->count;
    g->weighted += cell->weighted;
    g->percent += cell->value;
    if (cell->decimals > g->decimals)
        g->decimals = cell->decimals;
    g->sum += c->value * weight;
    g->squares += c->value * c->value * weight;
    double whole = rint(c->value);
    if (fabs(whole - c->value) > 0 || fabs(whole) > 1e6)
        g->whole_values = false;
    else
        g->points += (int64_t)whole * cell->count;
}

static gathered
gather(const rc_scale *scale, const rc_answer *a, rc_pick pick)
{
    gathered g = {.whole = true, .whole_values = true};
    for (size_t i = 0; i < scale->category_count; i++)
        gather_cell(&g, &scale->categories[i], &a->cells[i],
                    is_picked(&scale->categories[i], pick, i));
    return g;
}

/* W, Q and N, from the answer's bases. */
static void
set_weight(const rc_stats *s, rc_part *p, const rc_answer *a, int group)
{
    double n = a->effective > 0 ? a->effective : (double)p->base;
    p->w = a->weighted > 0 ? a->weighted : (double)p->base;
    p->q = p->w > 0 && n > 0 ? p->w * p->w / n : -1;
    p->population = a->population > 0 ? a->population
                                      : rc_stats_population(s, group);
}

static rc_part
share_of_counts(const rc_answer *a, const gathered *g)
{
    rc_part p = nothing(RC_WHY_UNAVAILABLE);
    p.base = a->base_withheld ? -1 : a->unweighted;
    p.count = g->count;
    p.num = g->count;
    p.den = a->base_withheld && !g->marks ? g->in_base : a->unweighted;
    if (p.den == 0)
        p.why = RC_WHY_NOT_ASKED;
    if (p.den <= 0 || (g->weights && a->weighted <= 0))
        return p;
    p.there = true;
    p.exact = !g->weights;
    p.value = g->weights ? g->weighted / a->weighted
                         : (double)p.num / (double)p.den;
    return p;
}

static rc_part
share_of_percents(const rc_answer *a, const gathered *g)
{
    rc_part p = nothing(RC_WHY_UNAVAILABLE);
    double scale = 1;
    for (int i = 0; i < g->decimals; i++)
        scale *= 10;
    p.there = p.exact = p.from_percent = true;
    p.whole_percent = g->whole;
    p.base = a->base_withheld ? -1 : a->unweighted;
    p.num = (int64_t)floor(g->percent * scale + 0.5);
    p.den = 100 * (int64_t)scale;
    p.value = (double)p.num / (double)p.den;
    return p;
}

/* Over the categories that have a value: don't know has none. */
static rc_part
mean_of_cells(const rc_answer *a, const gathered *g)
{
    rc_part p = nothing(RC_WHY_UNAVAILABLE);
    double all = g->percents  ? g->percent
                 : g->weights ? g->weighted
                              : (double)g->count;
    if (all <= 0) {
        p.why = RC_WHY_NOT_ASKED;
        return p;
    }
    p.there = true;
    p.value = g->sum / all;
    p.square = g->squares / all;
    p.from_percent = g->percents;
    if (g->percents) {
        p.base = a->base_withheld ? -1 : a->unweighted;
        return p;
    }
    p.base = p.count = g->count;
    p.exact = !g->weights && g->whole_values;
    p.num = g->points;
    p.den = g->count;
    return p;
}

static rc_part
mean_of_table(const rc_answer *a)
{
    rc_part p = nothing(RC_WHY_UNAVAILABLE);
    p.there = true;
    p.value = a->mean;
    p.square = a->sd >= 0 ? a->sd * a->sd + a->mean * a->mean : -1;
    p.base = a->mean_base >= 0 ? (int64_t)a->mean_base : -1;
    return p;
}

rc_part
rc_part_of(const rc_stats *s, int item, rc_pick pick, int group, int wave)
{
    const rc_answer *a = rc_data_answer(s->data, item, group, wave);
    const rc_item *it = &s->data->items[item];
    rc_part p;
    if (pick.mean && a->has_mean) {
        p = mean_of_table(a);
        set_weight(s, &p, a, group);
        return p;
    }
    if (!a->cells || it->scale < 0)
        return nothing(RC_WHY_NOT_ASKED);
    const rc_scale *scale = &s->data->scales[it->scale];
    if (pick.net >= 0 && scale->kind == RC_MULTI)
        return nothing(RC_WHY_NA);
    if (pick.category >= 0 && !scale->categories[pick.category].in_base)
        return nothing(RC_WHY_NA);
    gathered g = gather(scale, a, pick);
    if (g.marked)
        return nothing(g.why);
    if (!g.counts && !g.percents)
        return nothing(RC_WHY_UNAVAILABLE);
    p = pick.mean    ? mean_of_cells(a, &g)
        : g.percents ? share_of_percents(a, &g)
                     : share_of_counts(a, &g);
    if (p.there)
        set_weight(s, &p, a, group);
    return p;
}

/* -- together and apart ----------------------------------------------------- */

static int64_t
sum_known(int64_t a, int64_t b)
{
    return a < 0 || b < 0 ? -1 : a + b;
}

rc_part
rc_part_add(rc_part a, rc_part b)
{
    rc_part p = a;
    p.exact = a.exact && b.exact && !a.from_percent && !b.from_percent;
    p.num = a.num + b.num;
    p.den = a.den + b.den;
    p.count = sum_known(a.count, b.count);
    p.base = sum_known(a.base, b.base);
    p.from_percent = a.from_percent || b.from_percent;
    p.whole_percent = a.whole_percent && b.whole_percent;
    p.population = a.population > 0 && b.population > 0
                       ? a.population + b.population : 0;
    bool known = a.w > 0 && b.w > 0;
    p.w = known ? a.w + b.w : -1;
    p.q = a.q > 0 && b.q > 0 ? a.q + b.q : -1;
    if (p.exact)
        p.value = (double)p.num / (double)p.den;
    else if (known)
        p.value = (a.value * a.w + b.value * b.w) / p.w;
    else
        return nothing(RC_WHY_UNAVAILABLE);
    p.square = known && a.square >= 0 && b.square >= 0
                   ? (a.square * a.w + b.square * b.w) / p.w : -1;
    return p;
}

rc_part
rc_part_less(rc_part whole, rc_part b)
{
    rc_part p = whole;
    bool known = whole.w > 0 && b.w > 0 && whole.w > b.w;
    p.exact = whole.exact && b.exact && !whole.from_percent
              && !b.from_percent && whole.den > b.den;
    p.num = whole.num - b.num;
    p.den = whole.den - b.den;
    p.count = whole.count < 0 || b.count < 0 ? -1 : whole.count - b.count;
    p.base = whole.base < 0 || b.base < 0 ? -1 : whole.base - b.base;
    p.population = whole.population > b.population && b.population > 0
                       ? whole.population - b.population : 0;
    p.w = known ? whole.w - b.w : -1;
    p.q = whole.q > b.q && b.q > 0 ? whole.q - b.q : -1;
    if (p.exact)
        p.value = (double)p.num / (double)p.den;
    else if (known)
        p.value = (whole.value * whole.w - b.value * b.w) / p.w;
    else
        return nothing(RC_WHY_NOT_ASKED);
    p.square = known && whole.square >= 0 && b.square >= 0
                   ? (whole.square * whole.w - b.square * b.w) / p.w : -1;
    return p;
}

rc_part
rc_part_sum(const rc_stats *s, int item, rc_pick pick, const int *groups,
            size_t count, int wave)
{
    rc_part sum = nothing(RC_WHY_NOT_ASKED);
    for (size_t i = 0; i < count; i++) {
        rc_part p = rc_part_of(s, item, pick, groups[i], wave);
        if (!p.there && p.why == RC_WHY_NOT_ASKED)
            continue;
        if (!p.there)
            return p;
        sum = sum.there ? rc_part_add(sum, p) : p;
        if (!sum.there)
            return sum;
    }
    return sum;
}

rc_figure
rc_part_figure(const rc_stats *s, rc_part p, rc_pick pick)
{
    rc_figure f = {.why = p.why, .count = p.count, .base = p.base,
                   .item = -1, .group = -1, .net = pick.net,
                   .category = pick.category, .correction = -1, .sd = -1};
    f.low = rc_stats_low(s, p.base);
    f.decimals = pick.mean ? 1 : 0;
    if (!p.there)
        return f;
    f.kind = pick.mean ? RC_FIG_MEAN : RC_FIG_SHARE;
    f.exact = p.exact;
    f.from_percent = p.from_percent;
    f.whole_percent = p.whole_percent;
    f.num = p.num;
    f.den = p.den;
    f.share = p.value;
    f.effective = p.w > 0 && p.q > 0 ? p.w * p.w / p.q : 0;
    f.population = p.population;
    double variance = p.square - p.value * p.value;
    if (pick.mean && p.square >= 0)
        f.sd = variance > 0 ? sqrt(variance) : 0;
    return f;
}
