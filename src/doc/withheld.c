/* Groups of which nothing may be printed. A directive that would show one alone
 * becomes a sentence that says so, with the number and id it would have had;
 * among others the group is left out, and a note says so. */
#include "doc/internal.h"

bool
rc_dir_hides(const rc_dir *d, int group)
{
    if (!rc_stats_withheld(d->b->stats, group))
        return false;
    for (size_t i = 0; i < d->hidden->count; i++)
        if (d->hidden->at[i] == group)
            return true;
    *rc_vec_push(d->b->a, d->hidden) = group;
    return true;
}

void
rc_dir_children(const rc_dir *d, rc_int_vec *out)
{
    const rc_group *groups = d->b->data->groups, *at = &groups[d->group];
    for (size_t i = 0; i < at->child_count; i++) {
        int g = at->children[i];
        if (rc_str_eq(groups[g].kind, groups[at->children[0]].kind)
            && !rc_dir_hides(d, g))
            *rc_vec_push(d->b->a, out) = g;
    }
}

static rc_str
hidden_words(const rc_dir *d)
{
    rc_binder *b = d->b;
    rc_str *names = RC_MAKE_ARRAY(b->a, rc_str, d->hidden->count + 1);
    for (size_t i = 0; i < d->hidden->count; i++)
        names[i] = rc_name_group(b, d->hidden->at[i]);
    return rc_word_fill(b->a, b->words->withheld_note,
                        rc_name_list(b, names, d->hidden->count));
}

void
rc_note_hidden(const rc_dir *d, rc_prose_vec *notes)
{
    if (d->hidden->count)
        rc_note_text(d->b, hidden_words(d), notes);
}

void
rc_dir_withheld(const rc_dir *d, rc_number_of of)
{
    rc_binder *b = d->b;
    rc_furniture f = {.target = -1, .data_target = -1, .span = d->span};
    rc_str words = hidden_words(d);
    f.headline = rc_prose_from(b, words);
    rc_furniture_number(d, of, &f);
    rc_block *k = rc_dir_add(d, RC_BLOCK_PARAGRAPH);
    k->target = f.target;
    k->as.paragraph =
        f.number.len ? rc_prose_strong(b, rc_str_printf(b->a,
                                                        "\1%.*s\1 %.*s",
                                                        RC_STR(f.number),
                                                        RC_STR(words)))
                     : f.headline;
}
