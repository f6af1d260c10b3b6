/* Claims between two figures or more: higher, in line with, divided, highest.
 * Where two groups or two waves are compared, the test decides; inside one
 * group, where the same people answered, the counts. Change the table and
 * docs/layout-format.md together. */
#include "script/internal.h"

#include <math.h>
#include <string.h>

typedef enum relation {
    REL_EQUAL, REL_HIGHER, REL_LOWER, REL_ALIKE, REL_DIVIDED, REL_POSITIVE,
    REL_NEGATIVE, REL_HIGHEST, REL_LOWEST,
} relation;

static const struct {
    const char *words;
    relation relation;
} relations[] = {
    {"equal", REL_EQUAL},         {"equally", REL_EQUAL},
    {"the same", REL_EQUAL},      {"as many", REL_EQUAL},
    {"level", REL_EQUAL},         {"higher", REL_HIGHER},
    {"more likely", REL_HIGHER},  {"more", REL_HIGHER},
    {"greater", REL_HIGHER},      {"above", REL_HIGHER},
    {"lower", REL_LOWER},         {"less likely", REL_LOWER},
    {"less", REL_LOWER},          {"fewer", REL_LOWER},
    {"below", REL_LOWER},         {"in line", REL_ALIKE},
    {"similar", REL_ALIKE},       {"alike", REL_ALIKE},
    {"divided", REL_DIVIDED},     {"split", REL_DIVIDED},
    {"positive", REL_POSITIVE},   {"negative", REL_NEGATIVE},
    {"highest", REL_HIGHEST},     {"most likely", REL_HIGHEST},
    {"lowest", REL_LOWEST},       {"least likely", REL_LOWEST},
    {"the highest", REL_HIGHEST}, {"the most likely", REL_HIGHEST},
    {"the lowest", REL_LOWEST},   {"the least likely", REL_LOWEST},
};

bool
rc_begins(rc_str text, const char *words)
{
    size_t len = strlen(words);
    return rc_str_starts(text, words) &&
           (text.len == len || text.at[len] == ' ');
}

rc_verdict
rc_verdict_of(bool holds)
{
    return holds ? RC_TRUE_WORDS : RC_FALSE_WORDS;
}

/* Sign of a - b; 0 where the difference passes no test. Inside one group the
 * counts decide; a group against one that contains it is tested against the
 * rest. */
static int
tested_sign(lua_State *L, const rc_figure *a, const rc_figure *b)
{
    const rc_script *s = rc_script_of(L);
    int sign = rc_figures_compare(L, a, b);
    if (a->group == b->group && a->wave == b->wave)
        return sign;
    bool tested = true;
    rc_direction d = RC_SAME;
    bool waves = a->item >= 0 && a->item == b->item && a->group == b->group
                 && a->net == b->net && a->category == b->category;
    if (waves && a->wave > b->wave)
        d = rc_stats_changed(s->env.stats, *a, b->wave, &tested);
    else if (waves)
        d = (rc_direction)-rc_stats_changed(s->env.stats, *b, a->wave, &tested);
    else if (a->group >= 0 && b->group >= 0 &&
        rc_group_within(s->data, a->group, b->group))
        d = rc_stats_differs(s->env.stats, *a, &tested);
    else if (a->group >= 0 && b->group >= 0 &&
             rc_group_within(s->data, b->group, a->group))
        d = (rc_direction)-rc_stats_differs(s->env.stats, *b, &tested);
    else
        d = rc_stats_test(*a, *b, NULL);
    return tested && (int)d == sign ? sign : 0;
}

static bool
divided(lua_State *L, const rc_figure *a, const rc_figure *b)
{
    (void)rc_figures_compare(L, a, b);
    if (a->low == RC_LOW_COUNTS)
        return a->count - b->count <= 2 && b->count - a->count <= 2;
    return fabs(rc_figure_whole(*a) - rc_figure_whole(*b)) < 5.5;
}

/* More (or, sign -1, less), and seen to be so. */
static bool
is_beyond(lua_State *L, const rc_figure *a, const rc_figure *b, int sign)
{
    return rc_figures_compare(L, a, b) == sign && !rc_figures_same(L, a, b);
}

static bool
holds(lua_State *L, relation r, const rc_figure *a, const rc_figure *b)
{
    switch (r) {
    case REL_EQUAL:
        return rc_figures_same(L, a, b);
    case REL_HIGHER:
        return tested_sign(L, a, b) > 0;
    case REL_LOWER:
        return tested_sign(L, a, b) < 0;
    case REL_ALIKE:
        return tested_sign(L, a, b) == 0;
    case REL_DIVIDED:
        return divided(L, a, b);
    case REL_POSITIVE:
        return rc_figures_compare(L, a, b) > 0;
    case REL_NEGATIVE:
        return rc_figures_compare(L, a, b) < 0;
    case REL_HIGHEST:
        return is_beyond(L, a, b, 1);
    case REL_LOWEST:
        return is_beyond(L, a, b, -1);
    }
    return false;
}

/* The measure of `like` for another group. */
static rc_figure
like_of(const rc_script *s, const rc_figure *like, int group)
{
    const rc_stats *t = s->env.stats;
    return like->kind == RC_FIG_MEAN
               ? rc_stats_mean(t, like->item, group, like->wave)
           : like->net >= 0
               ? rc_stats_net(t, like->item, like->net, group, like->wave)
               : rc_stats_category(t, like->item, like->category, group,
                                   like->wave);
}

static bool
is_sibling(const rc_script *s, int a, int b)
{
    size_t count = 0;
    const int *joined = rc_stats_joined(s->env.stats, a, &count);
    for (size_t i = 0; i < count; i++)
        if (joined[i] == b)
            return false;
    const rc_group *x = &s->data->groups[a], *y = &s->data->groups[b];
    return x->parent >= 0 && x->parent == y->parent
           && rc_str_eq(x->kind, y->kind);
}

/* "Highest" of a group speaks of all groups of its kind, whether the author
 * named them or not (those with too few answers are compared with nothing), and
 * of a difference from the rest that passes the test where there is one. */
static bool
is_extreme(lua_State *L, const rc_figure *f, int sign)
{
    const rc_script *s = rc_script_of(L);
    bool tested = false;
    int others = 0;
    for (size_t g = 0; g < s->data->group_count; g++) {
        if (f->group == (int)g || !is_sibling(s, f->group, (int)g))
            continue;
        rc_figure other = like_of(s, f, (int)g);
        if (other.kind == RC_FIG_NONE || other.low == RC_LOW_COUNTS)
            continue;
        others++;
        if (is_beyond(L, f, &other, sign))
            continue;
        rc_str name = rc_group_name(s, (int)g);
        rc_fail_hint(L, "%.*s has %.0f", RC_STR(name), rc_figure_whole(other));
        return false;
    }
    if (!others)
        rc_fail_here(L, "bad-argument", "the highest or lowest of what?");
    rc_direction d = rc_stats_differs(s->env.stats, *f, &tested);
    if (!tested || (int)d == sign)
        return true;
    rc_fail_hint(L, "the difference from the rest passes no test");
    return false;
}

/* The first of `count` figures against the others, and their groups. */
static bool
holds_extreme(lua_State *L, relation r, int count)
{
    rc_figure first = rc_arg_figure(L, 2);
    bool groups = count == 1;
    for (int k = 3; k < count + 2; k++) {
        rc_figure other = rc_arg_figure(L, k);
        groups = groups || other.group != first.group;
        if (!holds(L, r, &first, &other))
            return false;
    }
    if (!groups)
        return true; /* statements to the same people: nothing is tested */
    if (first.item < 0 || first.group < 0) { /* shares that are no answers */
        if (count == 1)
            rc_fail_here(L, "bad-argument", "the highest or lowest of what?");
        return true;
    }
    if (first.low == RC_LOW_COUNTS)
        rc_fail_low(L, &first, "a comparison");
    return is_extreme(L, &first, r == REL_HIGHEST ? 1 : -1);
}

rc_verdict
rc_judge_relation(lua_State *L, rc_str text, int count)
{
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++) {
        if (!rc_begins(text, relations[i].words))
            continue;
        /* "more than half" speaks of each figure, not of two */
        rc_str rest =
            rc_str_part(text, strlen(relations[i].words), text.len);
        if (rc_str_starts(rest, " than "))
            continue;
        relation r = relations[i].relation;
        if (r == REL_HIGHEST || r == REL_LOWEST)
            return rc_verdict_of(holds_extreme(L, r, count));
        if (count < 2)
            continue;
        rc_figure first = rc_arg_figure(L, 2);
        for (int k = 3; k < count + 2; k++) {
            rc_figure other = rc_arg_figure(L, k);
            if (!holds(L, r, &first, &other))
                return RC_FALSE_WORDS;
        }
        return RC_TRUE_WORDS;
    }
    return RC_UNKNOWN_WORDS;
}
