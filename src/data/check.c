/* What only the whole can tell: sums over the groups of a partition, rows of
 * percentages, categories without a row. */
#include "data/loader.h"

#include <math.h>

/* Only compared with: nothing is summed to it. */
static bool
is_benchmark(rc_str kind)
{
    return rc_str_is(kind, "benchmark");
}

static bool
is_partition(const rc_loader *l, rc_str kind)
{
    if (l->partitions_free)
        return false;
    for (size_t i = 0; i < l->lost_kinds.count; i++)
        if (rc_str_eq(l->lost_kinds.at[i], kind))
            return false;
    for (size_t i = 0; i < l->options.no_partition_count; i++)
        if (rc_str_eq(l->options.no_partition[i], kind))
            return false;
    return !is_benchmark(kind);
}

/* The children of one parent that are of one kind. */
typedef struct part {
    int parent;
    rc_str kind;
    int *groups;
    size_t count;
} part;

/* A cell that can be added: a count, or nothing where others are. */
static bool
is_countable(const rc_loader *l, size_t answer)
{
    const rc_answer *a = &l->answers[answer];
    const rc_item *it = &l->items[answer % l->data->item_count];
    if (!a->cells || l->tainted[answer])
        return false;
    bool any = false;
    for (size_t c = 0; c < l->scales[it->scale].category_count; c++) {
        if (a->cells[c].kind == RC_CELL_PERCENT)
            return false;
        any = any || a->cells[c].kind == RC_CELL_COUNT;
    }
    return any;
}

enum { MOST_MERGED = 200 }; /* where more is wrong, nobody counts kinds */

/* The message about this cell, or a place for it. */
static rc_open_sum *
find_open(rc_loader *l, size_t answer, size_t category)
{
    size_t most = l->open_sums.count < MOST_MERGED ? l->open_sums.count : 0;
    for (size_t i = 0; i < most; i++)
        if (l->open_sums.at[i].answer == answer
            && l->open_sums.at[i].category == category)
            return &l->open_sums.at[i];
    rc_open_sum *open = rc_vec_push(l->reader.scratch, &l->open_sums);
    *open = (rc_open_sum){.answer = answer, .category = category};
    return open;
}

static void
tell_open_sum(rc_loader *l, const part *p, int item, int wave, size_t category)
{
    const rc_item *it = &l->items[item];
    const rc_group *parent = &l->groups[p->parent];
    rc_str key = l->scales[it->scale].categories[category].key;
    size_t whole = rc_load_answer(l, item, p->parent, wave);
    int64_t sum = 0, want = l->answers[whole].cells[category].count;
    for (size_t i = 0; i < p->count; i++)
        sum += l->answers[rc_load_answer(l, item, p->groups[i], wave)]
                   .cells[category].count;
    rc_open_sum *open = find_open(l, whole, category);
    rc_span at = rc_load_cell_span(l, whole, category);
    if (open->kinds++) {
        open->one = open->one && open->sum == sum;
        rc_diag_also(open->diag, at,
                     "and its groups of kind '%.*s' add to %lld",
                     RC_STR(p->kind), (long long)sum);
        if (open->one)
            rc_diag_hint(open->diag, "%lld would agree with them all",
                         (long long)sum);
        return;
    }
    rc_diag *d = rc_log_error(
        l->reader.log, "open-sum", at,
        "'%.*s' of '%.*s' is %lld in '%.*s', but its groups of kind '%.*s' add "
        "to %lld", RC_STR(key), RC_STR(it->id), (long long)want,
        RC_STR(parent->key), RC_STR(p->kind), (long long)sum);
    open->diag = d;
    open->sum = sum;
    open->one = true;
    for (size_t i = 0; i < p->count; i++) {
        size_t answer = rc_load_answer(l, item, p->groups[i], wave);
        rc_diag_also(d, rc_load_cell_span(l, answer, category), "%lld in '%.*s'",
                     (long long)l->answers[answer].cells[category].count,
                     RC_STR(l->groups[p->groups[i]].key));
    }
    rc_diag_hint(d, "where they need not add up, the report says 'partition: "
                    "{%.*s: false}'", RC_STR(p->kind));
}

static void
check_part_item(rc_loader *l, const part *p, int item, int wave)
{
    if (l->items[item].scale < 0)
        return;
    size_t count = l->scales[l->items[item].scale].category_count;
    size_t whole = rc_load_answer(l, item, p->parent, wave);
    if (!is_countable(l, whole))
        return;
    for (size_t i = 0; i < p->count; i++)
        if (!is_countable(l, rc_load_answer(l, item, p->groups[i], wave)))
            return;
    for (size_t c = 0; c < count; c++) {
        const rc_cell *cell = &l->answers[whole].cells[c];
        bool known = cell->kind <= RC_CELL_COUNT;
        int64_t sum = 0;
        for (size_t i = 0; known && i < p->count; i++) {
            size_t answer = rc_load_answer(l, item, p->groups[i], wave);
            const rc_cell *part_cell = &l->answers[answer].cells[c];
            known = part_cell->kind <= RC_CELL_COUNT;
            sum += part_cell->count;
        }
        if (known && sum != cell->count)
            tell_open_sum(l, p, item, wave, c);
    }
}

/* Numbers of organisations and people: those who were asked, and who they
 * were, may overlap for good reason; answers may not. */
static void
check_part_numbers(rc_loader *l, const part *p)
{
    static const char *const names[] = {"responses", "respondents", "invited"};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        rc_str name = rc_str_z(names[n]);
        const rc_group *parent = &l->groups[p->parent];
        int64_t want, sum = 0, x = 0;
        bool known = rc_num_int(rc_group_column(parent, name), &want);
        for (size_t i = 0; known && i < p->count; i++) {
            const rc_group *g = &l->groups[p->groups[i]];
            known = rc_num_int(rc_group_column(g, name), &x)
                    && x >= 0 && x < INT64_C(1) << 50;
            sum += known ? x : 0;
        }
        if (!known || sum == want)
            continue;
        rc_diag *d = rc_log_add(
            l->reader.log, n == 0 ? RC_ERROR : RC_WARNING, "open-sum",
            parent->span,
            "'%.*s' has %lld %s, but its groups of kind '%.*s' have %lld",
            RC_STR(parent->key), (long long)want, names[n], RC_STR(p->kind),
            (long long)sum);
        for (size_t i = 0; i < p->count; i++) {
            const rc_group *g = &l->groups[p->groups[i]];
            rc_diag_also(d, g->span, "%.*s in '%.*s'",
                         RC_STR(rc_group_column(g, name)), RC_STR(g->key));
        }
    }
}

static void
check_parts(rc_loader *l, int parent)
{
    const rc_group *g = &l->groups[parent];
    int *members = RC_MAKE_ARRAY(l->reader.scratch, int, g->child_count);
    bool *done = RC_MAKE_ARRAY(l->reader.scratch, bool, g->child_count);
    for (size_t i = 0; i < g->child_count; i++) {
        part p = {parent, l->groups[g->children[i]].kind, members, 0};
        for (size_t j = i; j < g->child_count; j++)
            if (!done[j]
                && rc_str_eq(l->groups[g->children[j]].kind, p.kind)) {
                members[p.count++] = g->children[j];
                done[j] = true;
            }
        if (p.count == 0 || !is_partition(l, p.kind))
            continue;
        check_part_numbers(l, &p);
        for (size_t w = 0; w < rc_load_wave_slots(l); w++)
            for (size_t item = 0; item < l->data->item_count; item++)
                check_part_item(l, &p, (int)item, (int)w);
    }
}

/* -- rows of percentages ---------------------------------------------------- */

static void
check_row_sum(rc_loader *l, size_t answer)
{
    const rc_item *it = &l->items[answer % l->data->item_count];
    size_t group = answer / l->data->item_count % l->data->group_count;
    const rc_scale *s = &l->scales[it->scale];
    const rc_cell *cells = l->answers[answer].cells;
    double sum = 0, unit = 1;
    int decimals = 0, in_base = 0;
    bool percents = false, marks = false;
    for (size_t c = 0; c < s->category_count; c++) {
        if (!s->categories[c].in_base)
            continue;
        in_base++;
        marks = marks || cells[c].kind > RC_CELL_PERCENT;
        if (cells[c].kind != RC_CELL_PERCENT)
            continue;
        percents = true;
        sum += cells[c].value;
        if (cells[c].decimals > decimals)
            decimals = cells[c].decimals;
    }
    if (!percents)
        return;
    for (int i = 0; i < decimals; i++)
        unit /= 10;
    double slack = 0.5 * unit * in_base + 1e-9;
    if (sum <= 100 + slack && (marks || sum >= 100 - slack))
        return;
    rc_str total = rc_num_print(l->reader.scratch, sum, decimals);
    rc_diag *d = rc_log_error(
        l->reader.log, "row-sum", rc_load_cell_span(l, answer, 0),
        "the percentages of '%.*s' in '%.*s' add to %.*s", RC_STR(it->id),
        RC_STR(l->groups[group].key), RC_STR(total));
    rc_diag_hint(d, "rounding explains at most %.*s either way; medians and "
                    "pooled figures: 'row_sums: free' in the report",
                 RC_STR(rc_num_print(l->reader.scratch, 0.5 * unit * in_base,
                                     decimals + 1)));
}

/* -- categories without a row ----------------------------------------------- */

static void
note_absent(rc_loader *l, int item, size_t category)
{
    const rc_data *d = l->data;
    size_t count = rc_load_wave_slots(l) * d->group_count, rows = 0;
    size_t first = 0;
    for (size_t i = 0; i < count; i++) {
        size_t answer = i * d->item_count + (size_t)item;
        const rc_answer *a = &l->answers[answer];
        if (!a->cells || l->tainted[answer]
            || a->cells[category].kind != RC_CELL_ABSENT)
            continue;
        if (rows++ == 0)
            first = answer;
    }
    if (rows == 0)
        return;
    const rc_item *it = &l->items[item];
    size_t group = first / d->item_count % d->group_count;
    rc_log_note(l->reader.log, "absent-category",
                rc_load_cell_span(l, first, category),
                "'%.*s' of '%.*s' has no row in '%.*s'%s: it counts as 0",
                RC_STR(l->scales[it->scale].categories[category].key),
                RC_STR(it->id), RC_STR(l->groups[group].key),
                rows > 1 ? " and other groups" : "");
}

void
rc_load_checks(rc_loader *l)
{
    const rc_data *d = l->data;
    if (!l->usable[RC_TABLE_RESULTS]
        || l->tables[RC_TABLE_RESULTS].broken
        || l->tables[RC_TABLE_GROUPS].broken)
        return;
    bool lost = l->lost_group || rc_load_lost_rows(l);
    for (size_t g = 0; !lost && g < d->group_count; g++)
        check_parts(l, (int)g);
    size_t count = rc_load_wave_slots(l) * d->group_count * d->item_count;
    for (size_t i = 0; i < count && !l->options.row_sums_free; i++)
        if (l->answers[i].cells && !l->tainted[i]
            && l->scales[l->items[i % d->item_count].scale].kind != RC_MULTI)
            check_row_sum(l, i);
    for (size_t i = 0; i < d->item_count && !lost; i++)
        for (size_t c = 0; l->items[i].scale >= 0
                           && c < l->scales[l->items[i].scale].category_count;
             c++)
            note_absent(l, (int)i, c);
}
