#include "data/model.h"

#include "data/index.h"

static const rc_index *
index_of(const rc_data *d)
{
    return d->index;
}

int
rc_data_group(const rc_data *d, rc_str key)
{
    return rc_keys_find(&index_of(d)->groups, key);
}

int
rc_data_item(const rc_data *d, rc_str id)
{
    return rc_keys_find(&index_of(d)->items, id);
}

int
rc_data_question(const rc_data *d, rc_str key)
{
    return rc_keys_find(&index_of(d)->questions, key);
}

int
rc_data_wave(const rc_data *d, rc_str key)
{
    return rc_keys_find(&index_of(d)->waves, key);
}

int
rc_data_newest_wave(const rc_data *d)
{
    return d->wave_count ? (int)d->wave_count - 1 : 0;
}

const rc_fact *
rc_data_fact(const rc_data *d, rc_str key)
{
    int i = rc_keys_find(&index_of(d)->facts, key);
    return i < 0 ? NULL : &d->facts[i];
}

const rc_comment *
rc_data_comment(const rc_data *d, rc_str id)
{
    int i = rc_keys_find(&index_of(d)->comments, id);
    if (i < 0)
        return NULL;
    rc_data_reads(d, d->comments[i].group);
    return &d->comments[i];
}

const rc_theme *
rc_data_theme(const rc_data *d, rc_str id, int group, int wave)
{
    rc_data_reads(d, group);
    const rc_by_group *of = &d->themes_of;
    for (size_t k = of->from[group]; k < of->from[group + 1]; k++) {
        const rc_theme *t = &d->themes[of->at[k]];
        if (t->wave == wave && !t->conflict
            && rc_keys_is_pair(id, t->question, t->theme))
            return t;
    }
    return NULL;
}

bool
rc_data_has_theme(const rc_data *d, rc_str id)
{
    return rc_keys_find(&index_of(d)->themes, id) >= 0;
}

bool
rc_data_has_themes(const rc_data *d, rc_str question)
{
    return rc_keys_find(&index_of(d)->theme_questions, question) >= 0;
}

const rc_answer *
rc_data_answer(const rc_data *d, int item, int group, int wave)
{
    size_t waves = d->wave_count ? d->wave_count : 1;
    rc_assert(item >= 0 && (size_t)item < d->item_count);
    rc_assert(group >= 0 && (size_t)group < d->group_count);
    rc_assert(wave >= 0 && (size_t)wave < waves);
    rc_data_reads(d, group);
    size_t row = (size_t)wave * d->group_count + (size_t)group;
    return &d->answers[row * d->item_count + (size_t)item];
}

rc_str
rc_group_column(const rc_group *g, rc_str name)
{
    for (size_t i = 0; i < g->column_count; i++)
        if (rc_str_eq(g->columns[i].name, name))
            return g->columns[i].value;
    return (rc_str){"", 0};
}

/* The nearest variant up the tree from `group`; NULL if none. */
static const rc_variant *
nearest(const rc_data *d, const rc_variant *v, size_t count, int group)
{
    for (; count && group >= 0; group = d->groups[group].parent)
        for (size_t i = 0; i < count; i++)
            if (v[i].group == group)
                return &v[i];
    return NULL;
}

rc_str
rc_item_text_for(const rc_data *d, int item, int group)
{
    const rc_item *it = &d->items[item];
    const rc_variant *v = nearest(d, it->texts, it->text_count, group);
    return v ? v->text : it->text;
}

rc_str
rc_item_short_for(const rc_data *d, int item, int group)
{
    const rc_item *it = &d->items[item];
    const rc_variant *v =
        nearest(d, it->short_texts, it->short_text_count, group);
    if (v)
        return v->text;
    return it->short_text.len ? it->short_text
                              : rc_item_text_for(d, item, group);
}

const rc_str *
rc_data_item_ids(rc_arena *a, const rc_data *d, size_t *count)
{
    rc_str *ids = RC_MAKE_ARRAY(a, rc_str, d->item_count);
    for (size_t i = 0; i < d->item_count; i++)
        ids[i] = d->items[i].id;
    *count = d->item_count;
    return ids;
}

const rc_str *
rc_data_group_keys(rc_arena *a, const rc_data *d, size_t *count)
{
    rc_str *keys = RC_MAKE_ARRAY(a, rc_str, d->group_count);
    for (size_t i = 0; i < d->group_count; i++)
        keys[i] = d->groups[i].key;
    *count = d->group_count;
    return keys;
}
