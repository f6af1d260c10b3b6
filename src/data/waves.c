/* Waves of fieldwork, and what changed between them. */
#include "data/loader.h"

#include <stdlib.h>

typedef struct raw_wave {
    int64_t position;
    size_t row;
    rc_wave wave;
} raw_wave;

static int
by_position(const void *x, const void *y)
{
    const raw_wave *a = x, *b = y;
    if (a->position != b->position)
        return a->position < b->position ? -1 : 1;
    return a->row < b->row ? -1 : 1;
}

static rc_str
read_date(rc_loader *l, const rc_table *t, size_t row, const char *name)
{
    int column = rc_table_column(t, name);
    rc_str s = rc_table_cell(t, row, column);
    int64_t part[3];
    if (s.len && !rc_num_date(s, part))
        rc_load_bad(l, "bad-date", rc_table_span(t, row, column), s,
                    "a date: 2013-10-07, or 2013-10");
    return s;
}

static void
read_wave(rc_loader *l, const rc_table *t, size_t row, raw_wave *w)
{
    int position = rc_table_column(t, "position");
    w->row = row;
    w->position = (INT64_C(1) << 50) + (int64_t)row;
    if (rc_table_cell(t, row, position).len == 0)
        rc_load_missing(l, t, row, position);
    rc_load_whole(l, t, row, position, &w->position);
    w->wave.label = rc_table_cell(t, row, rc_table_column(t, "label"));
    w->wave.notes = rc_table_cell(t, row, rc_table_column(t, "notes"));
    w->wave.start = read_date(l, t, row, "fieldwork_start");
    w->wave.end = read_date(l, t, row, "fieldwork_end");
    if (w->wave.label.len == 0)
        w->wave.label = w->wave.key;
    w->wave.respondents = -1;
    rc_load_whole(l, t, row, rc_table_column(t, "respondents"),
                  &w->wave.respondents);
}

static void
put_waves(rc_loader *l, const rc_table *t, raw_wave *raw, size_t count)
{
    qsort(raw, count, sizeof *raw, by_position);
    rc_wave *waves = RC_MAKE_ARRAY(l->reader.keep, rc_wave, count);
    l->data->waves = waves;
    l->data->wave_count = count;
    l->index->waves = (rc_keys){0};
    int column = rc_table_column(t, "position");
    for (size_t i = 0; i < count; i++) {
        waves[i] = raw[i].wave;
        rc_keys_put(l->reader.keep, &l->index->waves, waves[i].key, (int)i);
        if (i && raw[i].position == raw[i - 1].position)
            rc_load_doubled(l, "position",
                            rc_table_cell(t, raw[i].row, column),
                            rc_table_span(t, raw[i].row, column),
                            rc_table_span(t, raw[i - 1].row, column));
    }
}

static void
load_waves(rc_loader *l, const rc_table *t)
{
    raw_wave *raw = RC_MAKE_ARRAY(l->reader.scratch, raw_wave, t->row_count);
    size_t count = 0;
    int column = rc_table_column(t, "wave");
    for (size_t row = 0; row < t->row_count; row++) {
        rc_str key;
        if (!rc_load_key(l, t, row, column, &key))
            continue;
        rc_span at = rc_table_span(t, row, column);
        int first = rc_keys_put(l->reader.keep, &l->index->waves, key,
                               (int)count);
        if (first >= 0) {
            rc_load_doubled(l, "wave", key, at, raw[first].wave.span);
            continue;
        }
        raw_wave *w = &raw[count++];
        w->wave = (rc_wave){.key = key, .span = at};
        read_wave(l, t, row, w);
    }
    put_waves(l, t, raw, count);
}

/* -- changes ---------------------------------------------------------------- */

enum { DROPPED = 2 };
static const char change_words[] =
    "new reworded dropped merged split renamed redefined";

/* What a change names; a dropped question or group may be gone from its
 * table. */
static void
read_change_of(rc_loader *l, const rc_table *t, size_t row, bool dropped,
               rc_change *c)
{
    int question = rc_table_column(t, "question");
    int item = rc_table_column(t, "item");
    int group = rc_table_column(t, "group");
    rc_str q = rc_table_cell(t, row, question);
    rc_str i = rc_table_cell(t, row, item);
    rc_str g = rc_table_cell(t, row, group);
    c->question = c->item = c->group = -1;
    if (q.len == 0 && g.len == 0) {
        rc_span at = rc_table_span(t, row, question >= 0 ? question : group);
        rc_diag_hint(rc_log_error(l->reader.log, "missing-value", at,
                                  "this change is of no question or group"),
                     "name a question or a group");
    }
    if (dropped) {
        c->question = q.len ? rc_keys_find(&l->index->questions, q) : -1;
        c->item = i.len ? rc_keys_find_pair(&l->index->items, q, i) : -1;
        c->group = g.len ? rc_keys_find(&l->index->groups, g) : -1;
        return;
    }
    if (q.len)
        c->question = rc_load_question(l, t, row, question);
    if (c->question >= 0 && i.len)
        c->item = rc_load_item(l, t, row, question, item);
    if (g.len)
        c->group = rc_load_group(l, t, row, group);
}

static void
load_changes(rc_loader *l, const rc_table *t)
{
    rc_change *changes =
        RC_MAKE_ARRAY(l->reader.keep, rc_change, t->row_count);
    int change = rc_table_column(t, "change");
    for (size_t row = 0; row < t->row_count; row++) {
        rc_change *c = &changes[row];
        c->span = rc_table_span(t, row, change);
        c->change = rc_table_cell(t, row, change);
        if (c->change.len == 0)
            rc_load_missing(l, t, row, change);
        int word = rc_load_word(l, t, row, change, change_words);
        read_change_of(l, t, row, word == DROPPED, c);
        c->wave = rc_load_wave(l, t, row, rc_table_column(t, "wave"), false);
        c->from = rc_table_cell(t, row, rc_table_column(t, "from"));
        c->note = rc_table_cell(t, row, rc_table_column(t, "note"));
        rc_load_flag(l, t, row, rc_table_column(t, "bridge"), &c->bridge);
    }
    l->data->changes = changes;
    l->data->change_count = t->row_count;
}

void
rc_load_waves(rc_loader *l)
{
    if (l->usable[RC_TABLE_WAVES])
        load_waves(l, &l->tables[RC_TABLE_WAVES]);
    if (l->usable[RC_TABLE_CHANGES])
        load_changes(l, &l->tables[RC_TABLE_CHANGES]);
}
