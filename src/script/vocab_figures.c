/* Figures: nets by their names, shares, bases, differences, tests. */
#include "script/internal.h"

/* -- shares ------------------------------------------------------------------- */
static void
need_single(lua_State *L, int item)
{
    const rc_script *s = rc_script_of(L);
    const rc_item *it = &s->data->items[item];
    if (it->scale < 0 || s->data->scales[it->scale].kind != RC_MULTI)
        return;
    rc_fail_hint(L, "share(\"%.*s\", category) gives one category",
                 RC_STR(it->id));
    rc_fail_at(L, "unknown-net", RC_TOKEN_STRING, it->id,
               "people could give several answers to '%.*s': no net can be "
               "had from them",
               RC_STR(it->id));
}

static int
push_net(lua_State *L, int item, rc_str name, int group, int wave)
{
    rc_script *s = rc_script_of(L);
    rc_str id = s->data->items[item].id;
    need_single(L, item);
    if (s->data->items[item].scale < 0) {
        rc_fail_hint(L, "mean(\"%.*s\") gives it", RC_STR(id));
        return rc_fail_at(L, "unknown-net", RC_TOKEN_STRING, id,
                          "'%.*s' has a mean and no scale: no net can be had "
                          "from it",
                          RC_STR(id));
    }
    int net = rc_item_net(s, item, name);
    if (net < 0) {
        rc_fail_choice(L, RC_CHOICE_NETS, item);
        return rc_fail_at(L, "unknown-net", RC_TOKEN_STRING, name,
                          "the scale of '%.*s' has no net '%.*s'", RC_STR(id),
                          RC_STR(name));
    }
    rc_push_figure(L, rc_stats_net(s->env.stats, item, net, group, wave));
    return 1;
}

/* agree(item, group?, wave?), and so each net: its name is the upvalue. */
static int
word_named_net(lua_State *L)
{
    const rc_script *s = rc_script_of(L);
    lua_Integer n = lua_tointeger(L, lua_upvalueindex(1));
    int item = rc_arg_item(L, 1);
    return push_net(L, item, s->nets[n], rc_arg_group_or_hand(L, 2),
                    rc_arg_wave(L, 3));
}

static int
word_net(lua_State *L)
{
    int item = rc_arg_item(L, 1);
    rc_str name = rc_arg_str(L, 2, "a net");
    return push_net(L, item, name, rc_arg_group_or_hand(L, 3),
                    rc_arg_wave(L, 4));
}

static int
word_share(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    int item = rc_arg_item(L, 1);
    rc_str key = rc_arg_str(L, 2, "a category");
    int group = rc_arg_group_or_hand(L, 3), wave = rc_arg_wave(L, 4);
    int scale = s->data->items[item].scale;
    size_t count = scale < 0 ? 0 : s->data->scales[scale].category_count;
    for (size_t i = 0; i < count; i++) {
        if (!rc_str_eq(s->data->scales[scale].categories[i].key, key))
            continue;
        if (!s->data->scales[scale].categories[i].in_base)
            return rc_fail_at(L, "bad-argument", RC_TOKEN_STRING, key,
                              "'%.*s' is outside the base of '%.*s': it has "
                              "no share",
                              RC_STR(key), RC_STR(s->data->items[item].id));
        rc_push_figure(
            L, rc_stats_category(s->env.stats, item, (int)i, group, wave));
        return 1;
    }
    rc_fail_choice(L, RC_CHOICE_CATEGORIES, item);
    return rc_fail_at(L, "unknown-category", RC_TOKEN_STRING, key,
                      "'%.*s' has no category '%.*s'",
                      RC_STR(s->data->items[item].id), RC_STR(key));
}

/* Not even a number is given of a group that is withheld. */
static void
need_shown(lua_State *L, int group)
{
    const rc_script *s = rc_script_of(L);
    rc_str name = rc_group_name(s, group);
    if (!rc_stats_withheld(s->env.stats, group))
        return;
    rc_fail_hint(L, "ask '.withheld' of the group first");
    rc_fail_here(L, "not-asked", "nothing is printed of %.*s", RC_STR(name));
}

static int
word_base(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    int item = rc_arg_item(L, 1);
    int group = rc_arg_group_or_hand(L, 2), wave = rc_arg_wave(L, 3);
    int64_t base = rc_stats_base(s->env.stats, item, group, wave);
    rc_str id = s->data->items[item].id, name = rc_group_name(s, group);
    need_shown(L, group);
    if (base < 0)
        return rc_fail_at(L, "not-asked", RC_TOKEN_STRING, id,
                          "the base of '%.*s' for %.*s is not known",
                          RC_STR(id), RC_STR(name));
    lua_pushinteger(L, base);
    return 1;
}

/* Kinds that have no counts to fall back on. */
static rc_figure
need_base(lua_State *L, rc_figure f, int item, int group, const char *what)
{
    const rc_script *s = rc_script_of(L);
    rc_str id = s->data->items[item].id, name = rc_group_name(s, group);
    bool low = f.low == RC_LOW_COUNTS ||
               (f.kind == RC_FIG_NONE && f.why == RC_WHY_LOW);
    if (low)
        rc_fail_at(L, "low-base", RC_TOKEN_STRING, id,
                   "'%.*s' has too few answers from %.*s for %s", RC_STR(id),
                   RC_STR(name), what);
    return f;
}

static int
word_balance(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    int item = rc_arg_item(L, 1);
    int group = rc_arg_group_or_hand(L, 2), wave = rc_arg_wave(L, 3);
    need_single(L, item);
    if (rc_stats_low(s->env.stats, rc_stats_base(s->env.stats, item, group,
                                                 wave)) == RC_LOW_COUNTS)
        need_base(L, (rc_figure){.low = RC_LOW_COUNTS}, item, group,
                  "a difference in points");
    rc_figure f = rc_stats_balance(s->env.stats, item, group, wave);
    rc_push_figure(L, f);
    return 1;
}

static int
word_mean(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    int item = rc_arg_item(L, 1);
    int group = rc_arg_group_or_hand(L, 2), wave = rc_arg_wave(L, 3);
    rc_figure f = rc_stats_mean(s->env.stats, item, group, wave);
    rc_push_figure(L, need_base(L, f, item, group, "a mean"));
    return 1;
}

static int
word_theme(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    rc_str id = rc_arg_str(L, 1, "a theme, \"question.theme\"");
    int group = rc_arg_group_or_hand(L, 2), wave = rc_arg_wave(L, 3);
    rc_figure f = rc_stats_theme(s->env.stats, id, group, wave);
    if (f.kind != RC_FIG_NONE) {
        rc_push_figure(L, f);
        return 1;
    }
    if (!rc_data_has_theme(s->data, id)) {
        rc_fail_choice(L, RC_CHOICE_THEMES, -1);
        return rc_fail_at(L, "unknown-theme", RC_TOKEN_STRING, id,
                          "unknown theme '%.*s'", RC_STR(id));
    }
    rc_str name = rc_group_name(s, group);
    rc_fail_hint(L, "the data have none, or one that is in conflict");
    return rc_fail_at(L, "not-asked", RC_TOKEN_STRING, id,
                      "theme '%.*s' has no figure for %.*s", RC_STR(id),
                      RC_STR(name));
}

/* -- rates that are no answers -------------------------------------------------- */
/* rate(group.respondents, group.invited): always a percentage, since the
 * low-base rule is about answers. */
static int
word_rate(lua_State *L)
{
    int64_t n = rc_arg_int(L, 1, "a number");
    int64_t of = rc_arg_int(L, 2, "a number");
    if (of <= 0 || n < 0 || n > of)
        return rc_fail_here(L, "bad-argument",
                            "%lld of %lld is no rate", (long long)n,
                            (long long)of);
    rc_push_figure(L, (rc_figure){
                          .kind = RC_FIG_SHARE,
                          .exact = true,
                          .num = n,
                          .den = of,
                          .share = (double)n / (double)of,
                          .count = n,
                          .base = of,
                          .item = -1,
                          .group = -1,
                          .wave = -1,
                          .net = -1,
                          .category = -1,
                      });
    return 1;
}

/* percent(16): a number handed over as a percentage, printed by its place. */
static int
word_percent(lua_State *L)
{
    if (lua_type(L, 1) != LUA_TNUMBER)
        return rc_fail_here(L, "bad-argument", "expected a number, found %s",
                            rc_kind_name(L, 1));
    double x = lua_tonumber(L, 1);
    rc_push_figure(L, (rc_figure){
                          .kind = RC_FIG_SHARE,
                          .from_percent = true,
                          .whole_percent = lua_isinteger(L, 1),
                          .decimals = lua_isinteger(L, 1) ? 0 : 1,
                          .share = x / 100,
                          .count = -1,
                          .base = -1,
                          .item = -1,
                          .group = -1,
                          .wave = -1,
                          .net = -1,
                          .category = -1,
                      });
    return 1;
}

/* -- change between waves ---------------------------------------------------------- */
/* Whether something in `changes` stands between two waves of an item. */
static const rc_change *
change_between(const rc_data *d, int item, int group, int from, int to)
{
    for (size_t i = 0; i < d->change_count; i++) {
        const rc_change *c = &d->changes[i];
        bool about = (c->item >= 0 ? c->item == item
                      : c->question >= 0
                          ? c->question == d->items[item].question
                          : c->group == group);
        if (c->group >= 0 && c->group != group)
            about = false;
        if (about && !c->bridge && c->wave > from && c->wave <= to)
            return c;
    }
    return NULL;
}

typedef struct since {
    int item, group, from, to;
    int net; /* argument */
} since;

/* (item, [group], [net], wave): the newest wave against the one named last. */
static since
arg_since(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    int n = lua_gettop(L);
    since c = {.item = rc_arg_item(L, 1), .group = s->group};
    if (n < 2)
        rc_fail_here(L, "bad-argument", "change since which wave?");
    c.from = rc_arg_wave(L, n);
    c.to = rc_data_newest_wave(s->data);
    c.net = n + 1; /* behind the arguments: rc_measure's own default */
    for (int i = 2; i < n; i++) {
        bool key = lua_type(L, i) == LUA_TSTRING &&
                   rc_data_group(s->data, rc_arg_str(L, i, "")) >= 0;
        if (key || rc_ref_at(L, i, RC_BOX_GROUP))
            c.group = rc_arg_group(L, i);
        else if (!lua_isnil(L, i))
            c.net = i;
    }
    const rc_change *between =
        change_between(s->data, c.item, c.group, c.from, c.to);
    rc_str id = s->data->items[c.item].id;
    if (between)
        rc_fail_at(L, "not-comparable", RC_TOKEN_STRING, id,
                   "'%.*s' is '%.*s' and cannot be compared with an "
                   "earlier wave",
                   RC_STR(id), RC_STR(between->change));
    return c;
}

static int
word_change(lua_State *L)
{
    since c = arg_since(L);
    rc_figure now = rc_measure(L, c.net, c.item, c.group, c.to);
    rc_figure then = rc_measure(L, c.net, c.item, c.group, c.from);
    need_base(L, now, c.item, c.group, "a difference in points");
    need_base(L, then, c.item, c.group, "a difference in points");
    rc_push_figure(L, rc_stats_minus(now, then));
    return 1;
}

static int
push_direction(lua_State *L, rc_direction d)
{
    if (d == RC_SAME)
        lua_pushnil(L);
    else
        lua_pushstring(L, d == RC_HIGHER ? "higher" : "lower");
    return 1;
}

/* changed(item, [group], [net], wave): "higher", "lower" or nil, as the test
 * has it. */
static int
word_changed(lua_State *L)
{
    since c = arg_since(L);
    bool tested = false;
    rc_figure now = rc_measure(L, c.net, c.item, c.group, c.to);
    rc_direction d =
        rc_stats_changed(rc_script_of(L)->env.stats, now, c.from, &tested);
    return push_direction(L, tested ? d : RC_SAME);
}

/* -- tests ------------------------------------------------------------------------- */
/* Group against its rest; RC_SAME where there is no test. */
static rc_direction
direction(lua_State *L, int item, int group, int net, int wave)
{
    rc_script *s = rc_script_of(L);
    bool tested = false;
    if (rc_stats_not_asked(s->env.stats, item, group, wave))
        return RC_SAME;
    rc_figure f = rc_measure(L, net, item, group, wave);
    if (f.kind == RC_FIG_NONE)
        return RC_SAME;
    rc_direction d = rc_stats_differs(s->env.stats, f, &tested);
    return tested ? d : RC_SAME;
}

static rc_direction
direction_against(lua_State *L, int item, int group, int net, int against,
                  int wave)
{
    rc_script *s = rc_script_of(L);
    rc_str key = s->data->groups[against].key;
    if (rc_group_within(s->data, group, against) ||
        rc_group_within(s->data, against, group)) {
        rc_fail_hint(L, "leave it out: a group is tested against the rest");
        rc_fail_at(L, "bad-argument", RC_TOKEN_STRING, key,
                   "one of the two groups contains the other");
    }
    rc_figure a = rc_measure(L, net, item, group, wave);
    rc_figure b = rc_measure(L, net, item, against, wave);
    bool usable = a.kind != RC_FIG_NONE && b.kind != RC_FIG_NONE &&
                  a.low != RC_LOW_COUNTS && b.low != RC_LOW_COUNTS &&
                  a.base > 0 && b.base > 0;
    return usable ? rc_stats_test(a, b, NULL) : RC_SAME;
}

/* differs(item, group?, net?, against?, wave?) */
static int
word_differs(lua_State *L)
{
    int item = rc_arg_item(L, 1);
    int group = rc_arg_group_or_hand(L, 2);
    lua_settop(L, 5);
    int wave = rc_arg_wave(L, 5);
    return push_direction(L, lua_isnil(L, 4)
                                 ? direction(L, item, group, 3, wave)
                                 : direction_against(L, item, group, 3,
                                                     rc_arg_group(L, 4), wave));
}

/* (item, list, net?, wave?) */
static int
filter_groups(lua_State *L, rc_direction wanted)
{
    int item = rc_arg_item(L, 1), n = 0;
    rc_arg_list(L, 2);
    lua_settop(L, 4);
    int wave = rc_arg_wave(L, 4);
    lua_createtable(L, 0, 0);
    for (lua_Integer i = 1; lua_rawgeti(L, 2, i) != LUA_TNIL; i++) {
        int group = rc_arg_group(L, lua_gettop(L));
        if (direction(L, item, group, 3, wave) == wanted)
            lua_rawseti(L, 5, ++n);
        else
            lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return 1;
}

static int
word_above(lua_State *L)
{
    return filter_groups(L, RC_HIGHER);
}

static int
word_below(lua_State *L)
{
    return filter_groups(L, RC_LOWER);
}

/* same(a, b): whether the printed figures are equal. */
static int
word_same(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    rc_figure a = rc_arg_figure(L, 1), b = rc_arg_figure(L, 2);
    rc_mark mark = rc_arena_mark(s->scratch);
    lua_pushboolean(L, rc_figures_same(L, &a, &b));
    rc_arena_rewind(s->scratch, mark);
    return 1;
}

/* -- sampling error ------------------------------------------------------------------ */
/* tolerance(group, share): points either way, as the table of reliability has
 * them, of which it must be a cell (doc/ looks when all tables are there). */
static int
word_tolerance(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    int group = rc_arg_group(L, 1);
    double percent = lua_tonumber(L, 2);
    int64_t n = rc_stats_responses(s->env.stats, group);
    rc_str name = rc_group_name(s, group);
    need_shown(L, group);
    if (lua_type(L, 2) != LUA_TNUMBER || percent <= 0 || percent >= 100)
        return rc_fail_here(L, "bad-argument",
                            "expected a percentage between 0 and 100");
    if (n <= 0 || rc_stats_low(s->env.stats, n) == RC_LOW_COUNTS)
        return rc_fail_here(L, "low-base",
                            "too few answered in %.*s for a tolerance",
                            RC_STR(name));
    *rc_vec_push(s->arena, &s->cells) =
        (rc_script_cell){group, percent, s->span};
    rc_push_figure(L, (rc_figure){
                          .kind = RC_FIG_POINTS,
                          .decimals = 1,
                          .share = rc_stats_tolerance_of(s->env.stats, group,
                                                         percent / 100),
                          .count = -1,
                          .base = n,
                          .item = -1,
                          .group = group,
                          .wave = -1,
                          .net = -1,
                          .category = -1,
                      });
    return 1;
}

/* -- ways to print ------------------------------------------------------------------- */
static int
word_of(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    const rc_ref *m = rc_ref_at(L, 1, RC_BOX_MENTION);
    rc_str noun = rc_arg_str(L, 2, "a noun");
    if (m) { /* of(m, "lead", "leads"); one noun: the plural */
        rc_str many = lua_isnoneornil(L, 3) ? noun
                                            : rc_arg_str(L, 3, "a noun");
        rc_mark mark = rc_arena_mark(s->scratch);
        rc_push_str(L, rc_mention_words(s, s->scratch, m->index, noun, many));
        rc_arena_rewind(s->scratch, mark);
        return 1;
    }
    rc_figure f = rc_arg_figure(L, 1);
    if (f.kind == RC_FIG_MEAN || f.kind == RC_FIG_POINTS)
        return rc_fail_here(L, "bad-argument",
                            "only a share is a share of something");
    rc_push_value(L, RC_VALUE_OF, noun)->figure = f;
    return 1;
}

static int
word_sign(lua_State *L)
{
    rc_figure f = rc_arg_figure(L, 1);
    rc_push_value(L, RC_VALUE_SIGN, RC_LIT(""))->figure = f;
    return 1;
}

void
rc_vocab_figures(rc_script *s)
{
    static const rc_word words[] = {
        {"net", word_net},         {"share", word_share},
        {"base", word_base},       {"balance", word_balance},
        {"mean", word_mean},       {"theme", word_theme},
        {"rate", word_rate},       {"percent", word_percent},
        {"change", word_change},   {"changed", word_changed},
        {"differs", word_differs},
        {"above", word_above},     {"below", word_below},
        {"same", word_same},       {"of", word_of},
        {"sign", word_sign},       {"tolerance", word_tolerance},
        {NULL, NULL},
    };
    lua_State *L = s->L;
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->vocabulary);
    for (size_t i = 0; i < s->net_count; i++) {
        lua_pushlstring(L, s->nets[i].at, s->nets[i].len);
        lua_pushinteger(L, (lua_Integer)i);
        lua_pushcclosure(L, word_named_net, 1);
        lua_rawset(L, -3);
    }
    lua_pop(L, 1);
    rc_register(s, words); /* a net named `share` does not hide the word */
}
