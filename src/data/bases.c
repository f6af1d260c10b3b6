/* Bases and means; then the bases of all answers, from the table or from their
 * counts, and whether the two agree. */
#include "data/loader.h"

#include <math.h>

/* -- means ------------------------------------------------------------------ */

static void
read_mean(rc_loader *l, const rc_table *t, size_t row)
{
    int mean = rc_table_column(t, "mean"), base = rc_table_column(t, "base");
    int item = rc_load_item(l, t, row, rc_table_column(t, "question"),
                            rc_table_column(t, "item"));
    int group = rc_load_group(l, t, row, rc_table_column(t, "group"));
    int wave = rc_load_wave(l, t, row, rc_table_column(t, "wave"), false);
    rc_str s = rc_table_cell(t, row, mean);
    double x = 0, sd = -1;
    int64_t n = -1;
    if (s.len == 0)
        rc_load_missing(l, t, row, mean);
    bool marked = rc_load_mark(s) != RC_CELL_ABSENT;
    bool ok = s.len && !marked && rc_num_real(s, &x);
    if (s.len && !marked && !ok)
        rc_load_bad(l, "bad-number", rc_table_span(t, row, mean), s,
                    "a number");
    if (rc_load_mark(rc_table_cell(t, row, base)) == RC_CELL_ABSENT)
        rc_load_whole(l, t, row, base, &n);
    rc_load_real(l, t, row, rc_table_column(t, "sd"), &sd);
    if (item < 0 || group < 0 || wave < 0 || !ok)
        return;
    rc_answer *a = &l->answers[rc_load_answer(l, item, group, wave)];
    if (a->has_mean) {
        rc_log_error(l->reader.log, "doubled-result",
                     rc_table_span(t, row, mean),
                     "a second mean for '%.*s' in '%.*s'",
                     RC_STR(l->items[item].id), RC_STR(l->groups[group].key));
        return;
    }
    a->has_mean = true;
    a->mean = x;
    a->sd = sd;
    a->mean_base = (double)n;
}

/* -- bases ------------------------------------------------------------------ */

typedef struct base {
    int64_t unweighted;
    double weighted, effective, population;
    bool withheld;
} base;

/* How much a row names: the one that names most counts. */
enum { OF_ALL = 1, OF_QUESTION, OF_ITEM };

static bool
read_base(rc_loader *l, const rc_table *t, size_t row, base *b)
{
    *b = (base){-1, -1, -1, -1, false};
    int column = rc_table_column(t, "unweighted");
    rc_str s = rc_table_cell(t, row, column);
    bool ok = s.len > 0;
    if (!ok)
        rc_load_missing(l, t, row, column);
    b->withheld = rc_load_mark(s) == RC_CELL_UNAVAILABLE;
    if (ok && !b->withheld)
        ok = rc_load_whole(l, t, row, column, &b->unweighted);
    rc_load_real(l, t, row, rc_table_column(t, "weighted"), &b->weighted);
    rc_load_real(l, t, row, rc_table_column(t, "effective"), &b->effective);
    rc_load_real(l, t, row, rc_table_column(t, "population"), &b->population);
    if (b->effective > 0 && b->unweighted >= 0
        && b->effective > (double)b->unweighted + 0.5) {
        int at = rc_table_column(t, "effective");
        rc_log_warning(l->reader.log, "effective-over-base",
                       rc_table_span(t, row, at),
                       "an effective base of %.*s is more than the %lld asked",
                       RC_STR(rc_table_cell(t, row, at)),
                       (long long)b->unweighted);
    }
    return ok;
}

static void
put_base(rc_loader *l, size_t answer, size_t row, int rank, const base *b,
         uint8_t *ranks)
{
    rc_answer *a = &l->answers[answer];
    if (ranks[answer] >= rank)
        return;
    if (rank < OF_ITEM && !a->cells && !a->has_mean)
        return; /* not asked: a base for all items is none for this one */
    ranks[answer] = (uint8_t)rank;
    l->base_rows[answer] = (uint32_t)row + 1;
    a->base_given = true;
    a->base_withheld = b->withheld;
    a->unweighted = b->unweighted;
    a->weighted = b->weighted;
    a->effective = b->effective;
    a->population = b->population;
}

/* True if a row before has the same keys. */
static bool
is_doubled(rc_loader *l, const rc_table *t, size_t row, int wave, rc_keys *seen)
{
    int group = rc_table_column(t, "group");
    int question = rc_table_column(t, "question");
    int item = rc_table_column(t, "item");
    rc_str id = rc_str_printf(l->reader.scratch, "%.*s/%.*s/%.*s/%d",
                              RC_STR(rc_table_cell(t, row, group)),
                              RC_STR(rc_table_cell(t, row, question)),
                              RC_STR(rc_table_cell(t, row, item)), wave);
    int first = rc_keys_put(l->reader.scratch, seen, id, (int)row);
    if (first < 0)
        return false;
    rc_load_doubled(l, "the base of", rc_table_cell(t, row, group),
                    rc_table_span(t, row, group),
                    rc_table_span(t, (size_t)first, group));
    return true;
}

static void
load_base(rc_loader *l, const rc_table *t, size_t row, uint8_t *ranks,
          rc_keys *seen)
{
    int question = rc_table_column(t, "question");
    int item = rc_table_column(t, "item");
    int group = rc_load_group(l, t, row, rc_table_column(t, "group"));
    int wave = rc_load_wave(l, t, row, rc_table_column(t, "wave"), false);
    bool named = rc_table_cell(t, row, question).len > 0;
    int from = 0, to = (int)l->data->item_count, rank = OF_ALL;
    base b;
    bool ok = read_base(l, t, row, &b);
    if (rc_table_cell(t, row, item).len) {
        from = rc_load_item(l, t, row, question, item);
        to = from + 1;
        rank = OF_ITEM;
    } else if (named) {
        int q = rc_load_question(l, t, row, question);
        from = q < 0 ? -1 : l->questions[q].first_item;
        to = q < 0 ? -1 : from + l->questions[q].item_count;
        rank = OF_QUESTION;
    }
    if (!ok || group < 0 || wave < 0 || from < 0
        || is_doubled(l, t, row, wave, seen))
        return;
    for (int i = from; i < to; i++)
        put_base(l, rc_load_answer(l, i, group, wave), row, rank, &b, ranks);
}

/* -- every answer's base ---------------------------------------------------- */

/* What the cells of one answer add up to. */
typedef struct tally {
    int64_t sum, most; /* counts in the base; the largest of all */
    size_t most_at;
    double weighted;
    bool counts, percents, marks, weights, unweighted;
} tally;

static tally
tally_of(const rc_scale *s, const rc_cell *cells)
{
    tally t = {.most = -1};
    for (size_t i = 0; i < s->category_count; i++) {
        const rc_cell *c = &cells[i];
        t.percents = t.percents || c->kind == RC_CELL_PERCENT;
        t.marks = t.marks || c->kind > RC_CELL_PERCENT;
        if (c->kind != RC_CELL_COUNT)
            continue;
        t.counts = true;
        t.weights = t.weights || c->has_weighted;
        t.unweighted = t.unweighted || !c->has_weighted;
        if (c->count > t.most) {
            t.most = c->count;
            t.most_at = i;
        }
        if (s->categories[i].in_base) {
            t.sum += c->count;
            t.weighted += c->weighted;
        }
    }
    return t;
}

static rc_span
base_span(const rc_loader *l, size_t answer)
{
    const rc_table *t = &l->tables[RC_TABLE_BASES];
    return rc_table_span(t, l->base_rows[answer] - 1,
                         rc_table_column(t, "unweighted"));
}

/* Where the table and the counts both speak. */
static void
compare_base(rc_loader *l, size_t answer, const rc_scale *s, const tally *t)
{
    const rc_answer *a = &l->answers[answer];
    const rc_item *it = &l->items[answer % l->data->item_count];
    rc_log *log = l->reader.log;
    if (t->most > a->unweighted) {
        rc_diag *d = rc_log_error(
            log, "base-too-small", base_span(l, answer),
            "a base of %lld is smaller than a count of '%.*s', %lld",
            (long long)a->unweighted, RC_STR(it->id), (long long)t->most);
        rc_diag_also(d, rc_load_cell_span(l, answer, t->most_at),
                     "the count is here");
        return;
    }
    if (s->kind == RC_MULTI || rc_load_lost_rows(l))
        return;
    bool differs = t->marks ? t->sum > a->unweighted
                            : t->sum != a->unweighted;
    if (differs) {
        rc_diag *d = rc_log_error(
            log, "base-mismatch", base_span(l, answer),
            "a base of %lld, but the counts of '%.*s' add to %lld",
            (long long)a->unweighted, RC_STR(it->id), (long long)t->sum);
        rc_diag_also(d, rc_load_cell_span(l, answer, 0),
                     "the counts start here");
    }
    /* weighted counts are rounded one by one */
    double slack = 0.5 * (double)s->category_count;
    if (t->weights && !t->marks && a->weighted >= 0
        && fabs(t->weighted - a->weighted) > slack)
        rc_log_error(log, "base-mismatch", base_span(l, answer),
                     "the weighted counts of '%.*s' do not add to its "
                     "weighted base", RC_STR(it->id));
}

static void
missing_base(rc_loader *l, size_t answer, const char *why, bool *told)
{
    size_t group = answer / l->data->item_count % l->data->group_count;
    const rc_item *it = &l->items[answer % l->data->item_count];
    bool table = l->tables[RC_TABLE_BASES].there;
    if (*told && !table)
        return; /* one table is missing, not a thousand bases */
    *told = true;
    rc_diag *d = rc_log_error(
        l->reader.log, "missing-base", rc_load_cell_span(l, answer, 0),
        "'%.*s' in '%.*s' %s, but has no base", RC_STR(it->id),
        RC_STR(l->groups[group].key), why);
    rc_diag_hint(d, table ? "add a row to 'bases'; where the base was not "
                            "handed over, [x]"
                          : "there is no table 'bases'");
}

static void
check_weights(rc_loader *l, size_t answer, const tally *t, bool *told)
{
    const rc_item *it = &l->items[answer % l->data->item_count];
    if (t->weights && t->unweighted) {
        rc_log_error(l->reader.log, "mixed-results",
                     rc_load_cell_span(l, answer, 0),
                     "'%.*s' has rows with and without a weighted count",
                     RC_STR(it->id));
        return;
    }
    if (!t->weights || l->answers[answer].base_given || *told)
        return;
    *told = true;
    rc_diag *d = rc_log_warning(
        l->reader.log, "no-effective-base", rc_load_cell_span(l, answer, 0),
        "'%.*s' is weighted and has no row in 'bases'", RC_STR(it->id));
    rc_diag_hint(d, "without effective bases tests find too much; this is "
                    "told once");
}

static void
finish_answer(rc_loader *l, size_t answer, bool *told)
{
    rc_answer *a = &l->answers[answer];
    const rc_item *it = &l->items[answer % l->data->item_count];
    const rc_scale *s = &l->scales[it->scale];
    tally t = tally_of(s, a->cells);
    bool sound = !l->tainted[answer] && !l->tables[RC_TABLE_RESULTS].broken
                 && !l->tables[RC_TABLE_BASES].broken;
    check_weights(l, answer, &t, &told[0]);
    if (a->base_given && !a->base_withheld) {
        if (t.counts && sound)
            compare_base(l, answer, s, &t);
    } else if (!a->base_given && t.percents) {
        if (sound)
            missing_base(l, answer, "is in percentages", &told[1]);
    } else if (!a->base_given && t.counts && s->kind == RC_MULTI) {
        if (sound)
            missing_base(l, answer, "may have several answers each", &told[1]);
    } else if (t.counts && !t.marks) {
        if (!a->base_withheld)
            a->unweighted = t.sum;
    }
    if (a->weighted < 0 && t.weights && !t.marks && s->kind != RC_MULTI)
        a->weighted = t.weighted;
}

void
rc_load_bases(rc_loader *l)
{
    size_t count = rc_load_wave_slots(l) * l->data->group_count
                   * l->data->item_count;
    const rc_table *means = &l->tables[RC_TABLE_MEANS];
    const rc_table *bases = &l->tables[RC_TABLE_BASES];
    for (size_t row = 0; l->usable[RC_TABLE_MEANS] && row < means->row_count;
         row++)
        read_mean(l, means, row);
    uint8_t *ranks = RC_MAKE_ARRAY(l->reader.scratch, uint8_t, count);
    rc_keys seen = {0};
    for (size_t row = 0; l->usable[RC_TABLE_BASES] && row < bases->row_count;
         row++)
        load_base(l, bases, row, ranks, &seen);
    bool told[2] = {false, false};
    for (size_t i = 0; i < count; i++)
        if (l->answers[i].cells)
            finish_answer(l, i, told);
}
