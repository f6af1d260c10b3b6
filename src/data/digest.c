/* Results as digests, group by group, so that a document can tell whether what
 * it read has changed. Every member counts but the places in the files. */
#include "base/hash.h"
#include "data/model.h"

static void
hash_answer(rc_hash *h, const rc_answer *a, size_t cells)
{
    rc_hash_int(h, a->cells ? (int64_t)cells : -1);
    for (size_t i = 0; a->cells && i < cells; i++) {
        const rc_cell *c = &a->cells[i];
        rc_hash_int(h, c->kind | c->decimals << 8 | c->has_weighted << 16);
        rc_hash_int(h, c->count);
        rc_hash_real(h, c->value);
        rc_hash_real(h, c->weighted);
    }
    rc_hash_int(h, a->unweighted);
    rc_hash_real(h, a->weighted);
    rc_hash_real(h, a->effective);
    rc_hash_real(h, a->population);
    rc_hash_int(h, a->base_given | a->base_withheld << 1 | a->has_mean << 2);
    rc_hash_real(h, a->mean);
    rc_hash_real(h, a->sd);
    rc_hash_real(h, a->mean_base);
}

static void
hash_answers(rc_hash *h, const rc_data *d, size_t group)
{
    size_t waves = d->wave_count ? d->wave_count : 1;
    for (size_t w = 0; w < waves; w++)
        for (size_t i = 0; i < d->item_count; i++) {
            int scale = d->items[i].scale;
            size_t row = (w * d->group_count + group) * d->item_count + i;
            hash_answer(h, &d->answers[row],
                        scale < 0 ? 0 : d->scales[scale].category_count);
        }
}

static void
hash_theme(rc_hash *h, const rc_theme *t)
{
    rc_hash_str(h, t->question);
    rc_hash_str(h, t->theme);
    rc_hash_str(h, t->label);
    rc_hash_int(h, t->wave);
    rc_hash_int(h, t->is_count | t->conflict << 1);
    rc_hash_real(h, t->value);
    rc_hash_int(h, t->decimals);
    rc_hash_int(h, t->base);
    rc_hash_str(h, t->base_note);
}

static void
hash_mention(rc_hash *h, const rc_mention *m)
{
    rc_hash_str(h, m->id);
    rc_hash_str(h, m->question);
    rc_hash_str(h, m->label);
    rc_hash_int(h, m->count);
    rc_hash_int(h, m->of_commenting);
    rc_hash_int(h, m->precision);
}

static void
hash_comment(rc_hash *h, const rc_comment *c)
{
    rc_hash_str(h, c->id);
    rc_hash_str(h, c->question);
    rc_hash_str(h, c->role);
    rc_hash_str(h, c->theme);
    rc_hash_str(h, c->text);
    rc_hash_str(h, c->language);
    rc_hash_int(h, c->illustrative);
}

const rc_str *
rc_data_digests(rc_arena *a, const rc_data *d, rc_str *tables)
{
    rc_arena *scratch = rc_arena_new();
    rc_hash *hashes = RC_MAKE_ARRAY(scratch, rc_hash, d->group_count + 1);
    rc_str *out = RC_MAKE_ARRAY(a, rc_str, d->group_count + 1);
    rc_hash all;

    rc_hash_begin(&all);
    for (size_t g = 0; g < d->group_count; g++) {
        rc_hash_begin(&hashes[g]);
        hash_answers(&hashes[g], d, g);
    }
    for (size_t i = 0; i < d->theme_count; i++) {
        rc_hash_str(&all, d->themes[i].question);
        rc_hash_str(&all, d->themes[i].theme);
        if (d->themes[i].group >= 0)
            hash_theme(&hashes[d->themes[i].group], &d->themes[i]);
    }
    for (size_t i = 0; i < d->mention_count; i++)
        if (d->mentions[i].group >= 0)
            hash_mention(&hashes[d->mentions[i].group], &d->mentions[i]);
    for (size_t i = 0; i < d->comment_count; i++)
        if (d->comments[i].group >= 0)
            hash_comment(&hashes[d->comments[i].group], &d->comments[i]);
    for (size_t g = 0; g < d->group_count; g++)
        out[g] = rc_hash_end(&hashes[g], a);
    *tables = rc_hash_end(&all, a);
    rc_arena_free(scratch);
    return out;
}
