/* What authors name in arguments: items, groups, nets, waves. Each unknown name
 * is an error at that name, with the nearest known one. */
#include "script/internal.h"

rc_str
rc_arg_str(lua_State *L, int i, const char *what)
{
    size_t len = 0;
    if (lua_type(L, i) != LUA_TSTRING)
        rc_fail_here(L, "bad-argument", "expected %s, found %s", what,
                     rc_kind_name(L, i));
    const char *at = lua_tolstring(L, i, &len);
    return (rc_str){at, len};
}

int64_t
rc_arg_int(lua_State *L, int i, const char *what)
{
    int whole = 0;
    const rc_figure *f = rc_figure_at(L, i);
    const rc_ref *m = rc_ref_at(L, i, RC_BOX_MENTION);
    if (f && f->kind == RC_FIG_SHARE && f->low == RC_LOW_COUNTS)
        return f->count;
    if (m)
        return rc_script_of(L)->data->mentions[m->index].count;
    lua_Integer n = 0;
    if (lua_type(L, i) == LUA_TNUMBER)
        n = lua_tointegerx(L, i, &whole);
    if (whole)
        return n;
    if (lua_type(L, i) == LUA_TNUMBER)
        rc_fail_here(L, "bad-argument", "%s must be a whole number", what);
    if (f)
        rc_fail_hint(L, "'.count' is how many gave the answer");
    rc_fail_here(L, "bad-argument", "expected %s, found %s", what,
                 rc_kind_name(L, i));
    return 0;
}

int
rc_arg_item(lua_State *L, int i)
{
    const rc_script *s = rc_script_of(L);
    const rc_ref *r = rc_ref_at(L, i, RC_BOX_ITEM);
    if (r)
        return r->index;
    rc_str id = rc_arg_str(L, i, "an item, \"question.item\"");
    int item = rc_data_item(s->data, id);
    if (item >= 0)
        return item;
    rc_fail_choice(L, RC_CHOICE_ITEMS, -1);
    rc_fail_at(L, "unknown-item", RC_TOKEN_STRING, id,
               "unknown item '%.*s'", RC_STR(id));
    return -1;
}

int
rc_arg_group(lua_State *L, int i)
{
    const rc_script *s = rc_script_of(L);
    const rc_ref *r = rc_ref_at(L, i, RC_BOX_GROUP);
    if (r)
        return r->index;
    rc_str key = rc_arg_str(L, i, "a group");
    int group = rc_data_group(s->data, key);
    if (group >= 0)
        return group;
    rc_fail_choice(L, RC_CHOICE_GROUPS, -1);
    rc_fail_at(L, "unknown-group", RC_TOKEN_STRING, key,
               "unknown group '%.*s'", RC_STR(key));
    return -1;
}

int
rc_arg_group_or_hand(lua_State *L, int i)
{
    const rc_script *s = rc_script_of(L);
    if (!lua_isnoneornil(L, i))
        return rc_arg_group(L, i);
    if (s->group < 0)
        rc_fail_here(L, "bad-argument", "no group is at hand: name one");
    return s->group;
}

int
rc_arg_wave(lua_State *L, int i)
{
    const rc_script *s = rc_script_of(L);
    if (lua_isnoneornil(L, i))
        return rc_data_newest_wave(s->data);
    rc_str key = rc_arg_str(L, i, "a wave");
    int wave = rc_data_wave(s->data, key);
    if (wave >= 0)
        return wave;
    rc_fail_choice(L, RC_CHOICE_WAVES, -1);
    rc_fail_at(L, "unknown-wave", RC_TOKEN_STRING, key,
               "unknown wave '%.*s'", RC_STR(key));
    return -1;
}

int
rc_arg_question(lua_State *L, int i)
{
    const rc_script *s = rc_script_of(L);
    rc_str key = rc_arg_str(L, i, "a question");
    int question = rc_data_question(s->data, key);
    if (question >= 0)
        return question;
    rc_fail_choice(L, RC_CHOICE_QUESTIONS, -1);
    rc_fail_at(L, "unknown-question", RC_TOKEN_STRING, key,
               "unknown question '%.*s'", RC_STR(key));
    return -1;
}

rc_figure
rc_arg_figure(lua_State *L, int i)
{
    const rc_figure *f = rc_figure_at(L, i);
    if (!f)
        rc_fail_here(L, "bad-argument", "expected a figure, found %s",
                     rc_kind_name(L, i));
    rc_assert(f);
    return *f;
}

void
rc_arg_list(lua_State *L, int i)
{
    if (lua_type(L, i) != LUA_TTABLE)
        rc_fail_here(L, "bad-argument", "expected a list, found %s",
                     rc_kind_name(L, i));
    rc_charge(L, (size_t)lua_rawlen(L, i));
}

/* -- nets and categories ------------------------------------------------------- */
static const rc_scale *
scale_of(const rc_script *s, int item)
{
    int scale = s->data->items[item].scale;
    return scale < 0 ? NULL : &s->data->scales[scale];
}

int
rc_item_net(const rc_script *s, int item, rc_str name)
{
    const rc_scale *c = scale_of(s, item);
    for (size_t i = 0; c && i < c->net_count; i++) {
        if (rc_str_eq(c->nets[i], name))
            return (int)i;
    }
    return -1;
}

int
rc_item_positive(const rc_script *s, int item)
{
    return s->data->items[item].positive;
}

/* "neutral" is the format's own word for neither side (docs/data-format.md). */
int
rc_item_negative(const rc_script *s, int item)
{
    const rc_scale *c = scale_of(s, item);
    int positive = rc_item_positive(s, item);
    for (size_t i = 0; c && i < c->net_count; i++) {
        if ((int)i != positive && !rc_str_is(c->nets[i], "neutral"))
            return (int)i;
    }
    return -1;
}

rc_figure
rc_measure(lua_State *L, int i, int item, int group, int wave)
{
    rc_script *s = rc_script_of(L);
    const rc_scale *c = scale_of(s, item);
    rc_str id = s->data->items[item].id;
    if (lua_isnoneornil(L, i)) {
        int net = rc_item_positive(s, item);
        if (net < 0)
            rc_fail_at(L, "unknown-net", RC_TOKEN_STRING, id,
                       "the scale of '%.*s' has no nets", RC_STR(id));
        return rc_stats_net(s->env.stats, item, net, group, wave);
    }
    rc_str name = rc_arg_str(L, i, "a net or category");
    int net = rc_item_net(s, item, name);
    if (net >= 0)
        return rc_stats_net(s->env.stats, item, net, group, wave);
    for (size_t k = 0; c && k < c->category_count; k++) {
        if (rc_str_eq(c->categories[k].key, name))
            return rc_stats_category(s->env.stats, item, (int)k, group, wave);
    }
    rc_fail_choice(L, RC_CHOICE_MEASURES, item);
    rc_fail_at(L, "unknown-net", RC_TOKEN_STRING, name,
               "'%.*s' has no net or category '%.*s'", RC_STR(id),
               RC_STR(name));
    return (rc_figure){0};
}
