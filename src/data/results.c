/* Results into cells: one row is one category of one item in one group and
 * wave. Rows come in any order, but neighbours mostly share their keys, so the
 * last ones looked up are kept at hand. */
#include "data/loader.h"

/* The last key of one column and what it was. */
typedef struct last_key {
    rc_str key;
    int index;
    bool known;
} last_key;

typedef struct rows {
    rc_loader *l;
    const rc_table *t;
    int group, question, item, category, count, percent, weighted, wave;
    last_key last_group, last_wave;
    rc_str last_question, last_item;
    int last_item_index;
    uint8_t *mixed; /* by answer: told that it mixes counts and percentages */
} rows;

static int
look_up(rows *r, last_key *last, size_t row, int column,
        int (*find)(rows *, size_t))
{
    rc_str key = rc_table_cell(r->t, row, column);
    if (!last->known || last->index < 0 || !rc_str_eq(last->key, key))
        *last = (last_key){key, find(r, row), true};
    return last->index;
}

static int
find_group(rows *r, size_t row)
{
    return rc_load_group(r->l, r->t, row, r->group);
}

static int
find_wave(rows *r, size_t row)
{
    return rc_load_wave(r->l, r->t, row, r->wave, false);
}

static int
find_item(rows *r, size_t row)
{
    rc_str q = rc_table_cell(r->t, row, r->question);
    rc_str i = rc_table_cell(r->t, row, r->item);
    if (r->last_item_index < 0 || !rc_str_eq(i, r->last_item)
        || !rc_str_eq(q, r->last_question)) {
        r->last_question = q;
        r->last_item = i;
        r->last_item_index =
            rc_load_item(r->l, r->t, row, r->question, r->item);
    }
    return r->last_item_index;
}

static int
find_category(rows *r, size_t row, int item)
{
    rc_str key = rc_table_cell(r->t, row, r->category);
    const rc_item *it = &r->l->items[item];
    if (key.len == 0) {
        rc_load_missing(r->l, r->t, row, r->category);
        return -1;
    }
    if (it->scale == RC_SCALE_UNKNOWN)
        return -1; /* that was told */
    if (it->scale < 0) {
        rc_load_unknown(r->l, RC_KEY_CATEGORY, -1, key,
                        rc_table_span(r->t, row, r->category));
        return -1;
    }
    const rc_scale *s = &r->l->scales[it->scale];
    for (size_t c = 0; c < s->category_count; c++)
        if (rc_str_eq(s->categories[c].key, key))
            return (int)c;
    rc_load_unknown(r->l, RC_KEY_CATEGORY, it->scale, key,
                    rc_table_span(r->t, row, r->category));
    return -1;
}

/* -- values ----------------------------------------------------------------- */

static void
read_percent(rows *r, size_t row, rc_cell *c)
{
    rc_str s = rc_table_cell(r->t, row, r->percent);
    rc_span at = rc_table_span(r->t, row, r->percent);
    double x;
    c->kind = RC_CELL_PERCENT;
    if (!rc_num_real(s, &x)) {
        rc_load_bad(r->l, "bad-percent", at, s, "a percentage");
    } else if (x < 0 || x > 100) {
        rc_load_bad(r->l, "bad-percent", at, s, "from 0 to 100");
    } else if (rc_num_decimals(s) > 9) {
        rc_load_bad(r->l, "bad-percent", at, s,
                    "a percentage of at most nine decimals");
    } else {
        c->value = x;
        c->decimals = (uint8_t)rc_num_decimals(s);
        return;
    }
    c->kind = RC_CELL_UNAVAILABLE;
}

static void
read_value(rows *r, size_t row, rc_cell *c)
{
    rc_str count = rc_table_cell(r->t, row, r->count);
    rc_str percent = rc_table_cell(r->t, row, r->percent);
    c->kind = RC_CELL_UNAVAILABLE;
    if (count.len && percent.len) {
        rc_diag *d = rc_log_error(
            r->l->reader.log, "count-and-percent",
            rc_table_span(r->t, row, r->percent),
            "'%.*s' stands beside the count '%.*s'", RC_STR(percent),
            RC_STR(count));
        rc_diag_hint(d, "a row has a count or a percentage");
        return;
    }
    if (count.len == 0 && percent.len == 0) {
        rc_diag *d = rc_log_error(
            r->l->reader.log, "missing-value",
            rc_table_span(r->t, row, r->count >= 0 ? r->count : r->percent),
            "this row has neither count nor percentage");
        rc_diag_hint(d, "what is not there is marked [c], [x], [low] or [z]");
        return;
    }
    rc_cell_kind mark = rc_load_mark(count.len ? count : percent);
    if (mark != RC_CELL_ABSENT)
        c->kind = (uint8_t)mark;
    else if (percent.len)
        read_percent(r, row, c);
    else if (rc_load_whole(r->l, r->t, row, r->count, &c->count))
        c->kind = RC_CELL_COUNT;
}

static void
read_weighted(rows *r, size_t row, rc_cell *c)
{
    rc_str s = rc_table_cell(r->t, row, r->weighted);
    if (s.len == 0 || rc_load_mark(s) != RC_CELL_ABSENT)
        return;
    c->has_weighted =
        rc_load_real(r->l, r->t, row, r->weighted, &c->weighted);
}

static bool
is_mixed(const rc_answer *a, size_t count, uint8_t kind)
{
    uint8_t other = kind == RC_CELL_COUNT ? RC_CELL_PERCENT : RC_CELL_COUNT;
    if (kind != RC_CELL_COUNT && kind != RC_CELL_PERCENT)
        return false;
    for (size_t c = 0; c < count; c++)
        if (a->cells[c].kind == other)
            return true;
    return false;
}

/* The cell of this row, made when an item first has one; NULL if another row
 * has it already. */
static rc_cell *
claim_cell(rows *r, size_t row, size_t answer, int item, size_t category)
{
    rc_loader *l = r->l;
    size_t count = l->scales[l->items[item].scale].category_count;
    if (!l->cells[answer]) {
        l->cells[answer] = RC_MAKE_ARRAY(l->reader.keep, rc_cell, count);
        l->answers[answer].cells = l->cells[answer];
        l->cell_rows[answer] = RC_MAKE_ARRAY(l->reader.scratch, uint32_t,
                                             count);
    }
    uint32_t *first = &l->cell_rows[answer][category];
    if (*first) {
        rc_diag *d = rc_log_error(
            l->reader.log, "doubled-result",
            rc_table_span(r->t, row, r->category),
            "a second result for '%.*s' of '%.*s' in '%.*s'",
            RC_STR(rc_table_cell(r->t, row, r->category)),
            RC_STR(l->items[item].id),
            RC_STR(rc_table_cell(r->t, row, r->group)));
        rc_diag_also(d, rc_table_span(r->t, *first - 1, r->category),
                     "the first is here");
        return NULL;
    }
    *first = (uint32_t)row + 1;
    return &l->cells[answer][category];
}

static void
read_row(rows *r, size_t row)
{
    int group = look_up(r, &r->last_group, row, r->group, find_group);
    int wave = look_up(r, &r->last_wave, row, r->wave, find_wave);
    int item = find_item(r, row);
    int category = item < 0 ? -1 : find_category(r, row, item);
    rc_cell value = {0};
    read_value(r, row, &value);
    read_weighted(r, row, &value);
    if (group < 0 || wave < 0 || item < 0)
        return;
    const rc_data *d = r->l->data;
    size_t answer = rc_load_answer(r->l, item, group, wave);
    if (category < 0) {
        r->l->tainted[answer] = 1;
        return;
    }
    rc_cell *c = claim_cell(r, row, answer, item, (size_t)category);
    if (!c)
        return;
    size_t count = r->l->scales[r->l->items[item].scale].category_count;
    if (is_mixed(&r->l->answers[answer], count, value.kind)) {
        if (!r->mixed[answer]++)
            rc_log_error(r->l->reader.log, "mixed-results",
                         rc_load_cell_span(r->l, answer, (size_t)category),
                         "'%.*s' has counts and percentages in '%.*s'",
                         RC_STR(r->l->items[item].id),
                         RC_STR(d->groups[group].key));
        value.kind = RC_CELL_UNAVAILABLE;
    }
    *c = value;
}

/* A place for every answer; refuses what no survey needs and no memory has. */
static bool
make_answers(rc_loader *l)
{
    const rc_data *d = l->data;
    size_t most = (size_t)1 << 26, waves = rc_load_wave_slots(l), count = 0;
    bool fits = d->group_count == 0 || d->item_count == 0
                || (waves <= most / d->group_count
                    && waves * d->group_count <= most / d->item_count);
    if (!fits) {
        rc_log_error(l->reader.log, "too-large", rc_span_none(),
                     "%zu groups of %zu items in %zu waves are too many",
                     d->group_count, d->item_count, waves);
        return false;
    }
    count = waves * d->group_count * d->item_count;
    l->answers = RC_MAKE_ARRAY(l->reader.keep, rc_answer, count);
    l->data->answers = l->answers;
    l->cells = RC_MAKE_ARRAY(l->reader.scratch, rc_cell *, count);
    l->tainted = RC_MAKE_ARRAY(l->reader.scratch, uint8_t, count);
    l->cell_rows = RC_MAKE_ARRAY(l->reader.scratch, uint32_t *, count);
    l->base_rows = RC_MAKE_ARRAY(l->reader.scratch, uint32_t, count);
    for (size_t i = 0; i < count; i++) {
        rc_answer *a = &l->answers[i];
        a->unweighted = -1;
        a->weighted = a->effective = a->population = -1;
    }
    return true;
}

static void
check_value_columns(rc_loader *l, const rc_table *t)
{
    if (rc_table_column(t, "count") >= 0 || rc_table_column(t, "percent") >= 0)
        return;
    rc_diag *d = rc_log_error(l->reader.log, "missing-column",
                              rc_table_head_span(t, 0),
                              "'results' has no column 'count' or 'percent'");
    rc_diag_suggest(d, RC_LIT("count"), t->columns, t->column_count);
    l->usable[RC_TABLE_RESULTS] = false;
}

void
rc_load_results(rc_loader *l)
{
    const rc_table *t = &l->tables[RC_TABLE_RESULTS];
    if (!make_answers(l))
        return;
    if (l->usable[RC_TABLE_RESULTS])
        check_value_columns(l, t);
    if (l->usable[RC_TABLE_RESULTS]) {
        rows r = {.l = l, .t = t, .last_item_index = -1};
        r.group = rc_table_column(t, "group");
        r.question = rc_table_column(t, "question");
        r.item = rc_table_column(t, "item");
        r.category = rc_table_column(t, "category");
        r.count = rc_table_column(t, "count");
        r.percent = rc_table_column(t, "percent");
        r.weighted = rc_table_column(t, "weighted");
        r.wave = rc_table_column(t, "wave");
        r.mixed = RC_MAKE_ARRAY(l->reader.scratch, uint8_t,
                                rc_load_wave_slots(l) * l->data->group_count
                                    * l->data->item_count);
        if (r.wave < 0 && l->data->wave_count > 1)
            rc_log_error(l->reader.log, "missing-column",
                         rc_table_head_span(t, 0),
                         "'results' has no column 'wave', and there are %zu",
                         l->data->wave_count);
        for (size_t row = 0; row < t->row_count; row++)
            read_row(&r, row);
    }
    rc_load_bases(l);
}
