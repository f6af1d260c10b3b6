/* Proves that nobody's answers follow from what is printed of others. Taken is
 * that everything is printed that may be: every volume, every part of the
 * report. What then follows from nothing, follows from no less.
 *
 * The sums form a forest: a group is the sum of its children of one kind, a
 * joined set that of its members, and stands in the place of those under their
 * parent. In a forest an unknown follows if and only if it can be had one step
 * at a time, from a sum in which nothing else is unknown: in what is left after
 * that, each sum holds two unknowns or more, and any of them can be moved
 * against another without touching what is known. What also follows is the sum
 * of those that stay unknown in one sum. */
#include "stats/part.h"

typedef struct rc_sum {
    int whole;        /* group, or -1: a joined set, which is printed */
    const int *parts; /* groups; members of a set under `whole` are left out */
    size_t count;
    int unknown; /* how many of whole and parts */
} rc_sum;

typedef struct proof {
    rc_arena *arena;
    const rc_stats *s;
    rc_log *log;
    bool *known;
    rc_sum *sums;
    size_t sum_count;
    int *part_of;     /* by group: the sum it is a part of, -1 */
    int *first_whole; /* by group: the first sum it is the whole of, -1 */
    int *next_whole;  /* by sum: the next with the same whole, -1 */
    int *todo;        /* sums with one unknown */
    size_t todo_count;
} proof;

/* -- the sums ---------------------------------------------------------------- */

/* Printed as one of a set. A set too small even so is withheld, each of it. */
static bool
is_joined(const rc_stats *s, int group)
{
    return s->joined_count[group] > 1 && !s->withheld[group];
}

/* Whether any item of the group adds up with its siblings' to the parent's. */
static bool
adds_up(const rc_stats *s, int group)
{
    const rc_data *d = s->data;
    size_t waves = d->wave_count ? d->wave_count : 1;
    for (size_t w = 0; w < waves; w++) {
        const uint8_t *at =
            s->closes + (w * d->group_count + (size_t)group) * d->item_count;
        for (size_t i = 0; i < d->item_count; i++)
            if (at[i])
                return true;
    }
    return false;
}

static void
add_sum(proof *p, int whole, const int *parts, size_t count)
{
    rc_sum *sum = &p->sums[p->sum_count];
    int at = (int)p->sum_count++;
    *sum = (rc_sum){.whole = whole, .parts = parts, .count = count};
    p->next_whole[at] = -1;
    if (whole >= 0) {
        p->next_whole[at] = p->first_whole[whole];
        p->first_whole[whole] = at;
        sum->unknown += !p->known[whole];
    }
    for (size_t i = 0; i < count; i++) {
        p->part_of[parts[i]] = at;
        sum->unknown += !p->known[parts[i]];
    }
    if (sum->unknown == 1)
        p->todo[p->todo_count++] = at;
}

/* The children of `parent` that are of the kind of its child `first`; none
 * where an earlier child is, or where they do not add up. */
static void
add_children(proof *p, int parent, size_t first)
{
    const rc_group *groups = p->s->data->groups, *g = &groups[parent];
    rc_str kind = groups[g->children[first]].kind;
    for (size_t i = 0; i < first; i++)
        if (rc_str_eq(groups[g->children[i]].kind, kind))
            return;
    if (!adds_up(p->s, g->children[first]))
        return;
    int *parts = RC_MAKE_ARRAY(p->arena, int, g->child_count);
    size_t count = 0;
    for (size_t i = first; i < g->child_count; i++) {
        int child = g->children[i];
        if (rc_str_eq(groups[child].kind, kind) && !is_joined(p->s, child))
            parts[count++] = child;
    }
    add_sum(p, parent, parts, count);
}

static void
make_sums(proof *p)
{
    const rc_stats *s = p->s;
    for (size_t g = 0; g < s->data->group_count; g++) {
        for (size_t i = 0; i < s->data->groups[g].child_count; i++)
            add_children(p, (int)g, i);
        if (is_joined(s, (int)g) && s->joined[g][0] == (int)g)
            add_sum(p, -1, s->joined[g], s->joined_count[g]);
    }
}

/* -- what follows ------------------------------------------------------------ */

static void
learn(proof *p, int group)
{
    p->known[group] = true;
    int at = p->part_of[group];
    if (at >= 0 && --p->sums[at].unknown == 1)
        p->todo[p->todo_count++] = at;
    for (at = p->first_whole[group]; at >= 0; at = p->next_whole[at])
        if (--p->sums[at].unknown == 1)
            p->todo[p->todo_count++] = at;
}

/* The places of what the answers follow from, the first few of them. */
static void
name_sources(const proof *p, const rc_sum *sum, int unknown, rc_diag *d)
{
    enum { MOST = 4 };
    const rc_group *groups = p->s->data->groups;
    int named = 0;
    if (sum->whole >= 0 && sum->whole != unknown) {
        rc_diag_also(d, groups[sum->whole].span, "from '%.*s'",
                     RC_STR(groups[sum->whole].key));
    } else if (sum->whole < 0) {
        rc_diag_also(d, groups[sum->parts[0]].span,
                     "from what is printed of them together");
    }
    for (size_t i = 0; i < sum->count && named < MOST; i++) {
        int g = sum->parts[i];
        if (g == unknown || !p->known[g])
            continue;
        bool printed = !p->s->withheld[g] && !is_joined(p->s, g);
        rc_diag_also(d, groups[g].span, "%s '%.*s'%s",
                     sum->whole == unknown ? "with" : "less",
                     RC_STR(groups[g].key),
                     printed ? "" : ", which follows from others itself");
        named++;
    }
}

static const char hint[] = "leave out the parts that give it away, or raise "
                           "the minimum of disclosure: in report.yaml";

static void
tell_follows(const proof *p, const rc_sum *sum, int group)
{
    const rc_group *g = &p->s->data->groups[group];
    int64_t n = rc_stats_own_responses(p->s, group);
    if (n <= 0 || n >= p->s->options.minimum)
        return;
    rc_diag *d = rc_log_error(p->log, "disclosed", g->span,
                              "the answers of '%.*s' (%lld) follow from what "
                              "is printed of others",
                              RC_STR(g->key), (long long)n);
    name_sources(p, sum, group, d);
    rc_diag_hint(d, "%s", hint);
}

/* Groups that are unknown each, but known together, and few together. */
static void
tell_left_over(const proof *p, const rc_sum *sum)
{
    const rc_group *groups = p->s->data->groups, *first = NULL;
    int64_t n = 0;
    if (sum->unknown < 2 || (sum->whole >= 0 && !p->known[sum->whole]))
        return;
    for (size_t i = 0; i < sum->count; i++) {
        if (p->known[sum->parts[i]])
            continue;
        int64_t own = rc_stats_own_responses(p->s, sum->parts[i]);
        n = own < 0 || n < 0 ? -1 : n + own;
        if (!first)
            first = &groups[sum->parts[i]];
    }
    if (n <= 0 || n >= p->s->options.minimum)
        return;
    rc_diag *d = rc_log_error(p->log, "disclosed", first->span,
                              "the answers of '%.*s' and others (%lld in all) "
                              "follow together from what is printed",
                              RC_STR(first->key), (long long)n);
    name_sources(p, sum, -1, d);
    rc_diag_hint(d, "%s", hint);
}

static void
prove_sums(proof *p)
{
    while (p->todo_count) {
        const rc_sum *sum = &p->sums[p->todo[--p->todo_count]];
        int unknown = -1;
        if (sum->whole >= 0 && !p->known[sum->whole])
            unknown = sum->whole;
        for (size_t i = 0; i < sum->count && unknown < 0; i++)
            if (!p->known[sum->parts[i]])
                unknown = sum->parts[i];
        if (unknown < 0)
            continue; /* found in another sum meanwhile */
        tell_follows(p, sum, unknown);
        learn(p, unknown);
    }
    for (size_t i = 0; i < p->sum_count; i++)
        tell_left_over(p, &p->sums[i]);
}

/* -- all alike --------------------------------------------------------------- */

/* Whether a category has so many answers that some of each member's, the
 * smallest's too, must be among them: more than the others could give. */
static bool
is_alike(const rc_stats *s, int item, const int *set, size_t count, int wave)
{
    const rc_data *d = s->data;
    int scale = d->items[item].scale;
    int64_t least = -1, base = 0;
    if (scale < 0 || d->scales[scale].kind != RC_SINGLE)
        return false;
    for (size_t i = 0; i < count; i++) {
        const rc_answer *a = rc_data_answer(d, item, set[i], wave);
        if (!a->cells || a->unweighted <= 0)
            continue;
        base += a->unweighted;
        least = least < 0 || a->unweighted < least ? a->unweighted : least;
    }
    if (least < 0)
        return false;
    if (least == base)
        least = 1; /* one group alone: all of them alike */
    for (size_t c = 0; c < d->scales[scale].category_count; c++) {
        int64_t sum = 0;
        for (size_t i = 0; i < count; i++) {
            const rc_answer *a = rc_data_answer(d, item, set[i], wave);
            if (!a->cells)
                continue;
            const rc_cell *cell = &a->cells[c];
            if (cell->kind == RC_CELL_COUNT)
                sum += cell->count;
            else if (cell->kind == RC_CELL_PERCENT && cell->value >= 100)
                sum += a->unweighted;
        }
        if (sum > base - least)
            return true;
    }
    return false;
}

static void
warn_alike(const rc_stats *s, int group, rc_log *log)
{
    const rc_data *d = s->data;
    size_t count, found = 0;
    const int *set = rc_stats_joined(s, group, &count);
    int first = -1;
    if (group == s->options.whole || set[0] != group || s->withheld[group]
        || rc_stats_is_benchmark(s, group))
        return;
    size_t waves = d->wave_count ? d->wave_count : 1;
    for (size_t item = 0; item < d->item_count; item++)
        for (size_t w = 0; w < waves; w++)
            if (is_alike(s, (int)item, set, count, (int)w)) {
                first = first < 0 ? (int)item : first;
                found++;
                break;
            }
    if (!found)
        return;
    const rc_group *g = &d->groups[group];
    rc_diag *w = rc_log_warning(
        log, "answered-alike", g->span,
        "all in '%.*s' answered alike on %zu item%s: what each of them said can "
        "be read off",
        RC_STR(g->key), found, found == 1 ? "" : "s");
    rc_diag_also(w, d->items[first].span, "%s '%.*s'",
                 found == 1 ? "it is" : "the first is", RC_STR(d->items[first].id));
}

void
rc_stats_prove(rc_arena *a, const rc_stats *s, rc_log *log)
{
    size_t n = s->data->group_count;
    if (s->options.rule == RC_SHOW || s->options.minimum <= 0)
        return;
    proof p = {.arena = a, .s = s, .log = log};
    p.known = RC_MAKE_ARRAY(a, bool, n);
    p.part_of = RC_MAKE_ARRAY(a, int, n);
    p.first_whole = RC_MAKE_ARRAY(a, int, n);
    /* a sum has a part or is a set of its own: at most two for each group */
    p.sums = RC_MAKE_ARRAY(a, rc_sum, 2 * n);
    p.next_whole = RC_MAKE_ARRAY(a, int, 2 * n);
    p.todo = RC_MAKE_ARRAY(a, int, 2 * n);
    for (size_t g = 0; g < n; g++) {
        p.part_of[g] = p.first_whole[g] = -1;
        p.known[g] = !s->withheld[g] && !is_joined(s, (int)g);
    }
    make_sums(&p);
    prove_sums(&p);
    for (size_t g = 0; g < n; g++)
        warn_alike(s, (int)g, log);
}
