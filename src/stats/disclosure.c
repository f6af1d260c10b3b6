/* Which groups are reported together, or not at all, because too few answered
 * for their answers to be their own. */
#include "stats/part.h"

int64_t
rc_stats_own_responses(const rc_stats *s, int group)
{
    const rc_data *d = s->data;
    int64_t n = d->groups[group].responses, most = -1;
    int wave = rc_data_newest_wave(d);
    for (size_t i = 0; n < 0 && i < d->item_count; i++) {
        int64_t base = rc_data_answer(d, (int)i, group, wave)->unweighted;
        most = base > most ? base : most;
    }
    return n < 0 ? most : n;
}

int64_t
rc_stats_responses(const rc_stats *s, int group)
{
    int64_t sum = 0;
    for (size_t i = 0; i < s->joined_count[group]; i++) {
        int64_t n = rc_stats_own_responses(s, s->joined[group][i]);
        if (n < 0)
            return -1;
        sum += n;
    }
    return sum;
}

static bool
are_alike(const rc_stats *s, int a, int b)
{
    const rc_group *x = &s->data->groups[a], *y = &s->data->groups[b];
    return a != b && x->parent == y->parent && rc_str_eq(x->kind, y->kind);
}

size_t
rc_stats_siblings(const rc_stats *s, int group, int *out)
{
    size_t count = 0;
    for (size_t i = 0; i < s->data->group_count; i++) {
        bool own = (int)i == group;
        for (size_t j = 0; j < s->joined_count[group]; j++)
            own = own || s->joined[group][j] == (int)i;
        if (!own && are_alike(s, (int)i, group)) {
            if (out)
                out[count] = (int)i;
            count++;
        }
    }
    return count;
}

/* -- together --------------------------------------------------------------- */

typedef struct plan {
    rc_arena *arena;
    rc_stats *s;
    rc_log *log;
    const int **joined;
    size_t *joined_count;
    bool *withheld;
    int *siblings; /* room for all groups */
} plan;

/* The set of the smallest sibling outside the group's own set: a set counts
 * with all its members. -1 if there is none. */
static int
smallest_sibling(const plan *p, int group)
{
    size_t count = rc_stats_siblings(p->s, group, p->siblings);
    int best = -1;
    int64_t least = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t n = rc_stats_responses(p->s, p->siblings[i]);
        if (n < 0 || p->withheld[p->siblings[i]] || (best >= 0 && n >= least))
            continue;
        best = p->siblings[i];
        least = n;
    }
    return best;
}

static void
join(plan *p, int a, int b)
{
    size_t count = p->joined_count[a] + p->joined_count[b], n = 0;
    int *set = RC_MAKE_ARRAY(p->arena, int, count);
    for (size_t i = 0; i < p->joined_count[a]; i++)
        set[n++] = p->joined[a][i];
    for (size_t i = 0; i < p->joined_count[b]; i++)
        set[n++] = p->joined[b][i];
    /* smallest first, the data's order among equals */
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0; j--) {
            int64_t x = rc_stats_own_responses(p->s, set[j - 1]);
            int64_t y = rc_stats_own_responses(p->s, set[j]);
            if (x < y || (x == y && set[j - 1] < set[j]))
                break;
            int swap = set[j];
            set[j] = set[j - 1];
            set[j - 1] = swap;
        }
    for (size_t i = 0; i < count; i++) {
        p->joined[set[i]] = set;
        p->joined_count[set[i]] = count;
    }
}

static void
withhold(plan *p, int group, const char *why)
{
    const rc_group *g = &p->s->data->groups[group];
    p->withheld[group] = true;
    rc_log_note(p->log, "withheld", g->span,
                "nothing is printed for '%.*s': %s", RC_STR(g->key), why);
}

static void
note_joined(plan *p, int group)
{
    const rc_data *d = p->s->data;
    if (p->joined_count[group] == 1 || p->joined[group][0] != group)
        return;
    rc_diag *note = rc_log_note(p->log, "reported-together",
                                d->groups[group].span,
                                "'%.*s' is reported together with others",
                                RC_STR(d->groups[group].key));
    for (size_t i = 1; i < p->joined_count[group]; i++) {
        const rc_group *with = &d->groups[p->joined[group][i]];
        rc_diag_also(note, with->span, "with '%.*s'", RC_STR(with->key));
    }
}

static bool
is_small(const plan *p, int group)
{
    int64_t n = rc_stats_responses(p->s, group);
    return n >= 0 && n < p->s->options.minimum && group != p->s->options.whole
           && !rc_stats_is_benchmark(p->s, group);
}

static void
make_together(plan *p)
{
    int count = (int)p->s->data->group_count;
    for (int g = 0; g < count; g++)
        while (is_small(p, g) && !p->withheld[g]) {
            int other = smallest_sibling(p, g);
            if (other >= 0)
                join(p, g, other);
            else
                withhold(p, g, "too few answered, and there is no other group "
                               "to report it with");
        }
    for (int g = 0; g < count; g++)
        note_joined(p, g);
}

/* One withheld group among its siblings follows by subtraction, and so do
 * several that are too few together. */
static void
make_withheld(plan *p)
{
    int count = (int)p->s->data->group_count;
    for (int g = 0; g < count; g++)
        if (is_small(p, g))
            withhold(p, g, "too few answered");
    for (int g = 0; g < count; g++) {
        if (!p->withheld[g])
            continue;
        for (;;) {
            size_t n = rc_stats_siblings(p->s, g, p->siblings), hidden = 1;
            int64_t sum = rc_stats_responses(p->s, g);
            for (size_t i = 0; i < n; i++)
                if (p->withheld[p->siblings[i]]) {
                    hidden++;
                    sum += rc_stats_responses(p->s, p->siblings[i]);
                }
            int other = smallest_sibling(p, g);
            if ((hidden > 1 && sum >= p->s->options.minimum) || other < 0)
                break;
            withhold(p, other, "its neighbour's answers would follow from it");
        }
    }
}

/* -- what adds up ----------------------------------------------------------- */

/* The cells of a group of this kind under its parent, added over all of the
 * kind, are the parent's. */
static bool
item_closes(const rc_data *d, const int *set, size_t count, int item, int wave)
{
    int parent = d->groups[set[0]].parent, scale = d->items[item].scale;
    const rc_answer *whole = rc_data_answer(d, item, parent, wave);
    if (scale < 0 || !whole->cells)
        return false;
    double weight = 0;
    for (size_t i = 0; i < count; i++) {
        const rc_answer *a = rc_data_answer(d, item, set[i], wave);
        if (!a->cells)
            return false;
        weight += a->weighted;
    }
    for (size_t c = 0; c < d->scales[scale].category_count; c++) {
        int64_t sum = 0;
        if (whole->cells[c].kind > RC_CELL_COUNT)
            return false;
        for (size_t i = 0; i < count; i++) {
            const rc_cell *cell =
                &rc_data_answer(d, item, set[i], wave)->cells[c];
            if (cell->kind > RC_CELL_COUNT)
                return false;
            sum += cell->count;
        }
        if (sum != whole->cells[c].count)
            return false;
    }
    /* weights may be scaled in each group apart: then they do not add */
    double off = weight - whole->weighted;
    return whole->weighted < 0
           || (off < 0.005 * whole->weighted && off > -0.005 * whole->weighted);
}

static const uint8_t *
make_closes(rc_arena *a, const rc_stats *s, int *set)
{
    const rc_data *d = s->data;
    size_t waves = d->wave_count ? d->wave_count : 1;
    uint8_t *closes = RC_MAKE_ARRAY(a, uint8_t,
                                    waves * d->group_count * d->item_count);
    for (size_t g = 0; g < d->group_count; g++) {
        if (d->groups[g].parent < 0 || rc_stats_is_benchmark(s, (int)g))
            continue;
        size_t count = 0;
        for (size_t i = 0; i < d->group_count; i++)
            if (i == g || are_alike(s, (int)i, (int)g))
                set[count++] = (int)i;
        if (set[0] != (int)g)
            continue; /* told with the first of its kind */
        for (size_t w = 0; w < waves; w++)
            for (size_t item = 0; item < d->item_count; item++) {
                if (!item_closes(d, set, count, (int)item, (int)w))
                    continue;
                for (size_t i = 0; i < count; i++)
                    closes[(w * d->group_count + (size_t)set[i])
                               * d->item_count + item] = 1;
            }
    }
    return closes;
}

const rc_stats *
rc_stats_make(rc_arena *a, const rc_data *data,
              const rc_stats_options *options, rc_log *log)
{
    size_t count = data->group_count;
    rc_stats *s = RC_MAKE(a, rc_stats);
    plan p = {.arena = a, .s = s, .log = log};
    p.joined = RC_MAKE_ARRAY(a, const int *, count);
    p.joined_count = RC_MAKE_ARRAY(a, size_t, count);
    p.withheld = RC_MAKE_ARRAY(a, bool, count);
    p.siblings = RC_MAKE_ARRAY(a, int, count);
    for (size_t i = 0; i < count; i++) {
        int *self = RC_MAKE(a, int);
        *self = (int)i;
        p.joined[i] = self;
        p.joined_count[i] = 1;
    }
    *s = (rc_stats){data, *options, p.joined, p.joined_count, p.withheld, NULL};
    s->closes = make_closes(a, s, p.siblings);
    if (options->rule == RC_TOGETHER)
        make_together(&p);
    else if (options->rule == RC_WITHHOLD)
        make_withheld(&p);
    rc_arena *scratch = rc_arena_new();
    rc_stats_prove(scratch, s, log);
    rc_arena_free(scratch);
    return s;
}

const int *
rc_stats_joined(const rc_stats *s, int group, size_t *count)
{
    *count = s->joined_count[group];
    return s->joined[group];
}

bool
rc_stats_withheld(const rc_stats *s, int group)
{
    return s->withheld[group];
}

void
rc_stats_hash(const rc_stats *s, rc_hash *h)
{
    const rc_data *d = s->data;
    size_t waves = d->wave_count ? d->wave_count : 1;
    for (size_t i = 0; i < d->group_count; i++) {
        rc_hash_int(h, s->withheld[i]);
        rc_hash_int(h, (int64_t)s->joined_count[i]);
        for (size_t k = 0; k < s->joined_count[i]; k++)
            rc_hash_int(h, s->joined[i][k]);
    }
    rc_hash_bytes(h, s->closes, waves * d->group_count * d->item_count);
}

const rc_data *
rc_stats_data(const rc_stats *s)
{
    return s->data;
}

const rc_stats_options *
rc_stats_options_of(const rc_stats *s)
{
    return &s->options;
}
