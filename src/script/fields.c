/* What an author can ask of a value: `v.count`, `group.parent`, `item.short`,
 * `groups["key"]`, `report.title`; and the metatables that hold it together. */
#include "script/internal.h"

#include <string.h>

/* -- fields ----------------------------------------------------------------------- */
static int
unknown_field(lua_State *L, const char *const *given, const rc_group *group)
{
    rc_str name = rc_arg_str(L, 2, "the name of a field");
    rc_fail_given(L, given, group);
    return rc_fail_at(L, "unknown-field", RC_TOKEN_NAME, name,
                      "%s has no field '%.*s'", rc_kind_name(L, 1),
                      RC_STR(name));
}

static int
push_count(lua_State *L, int64_t n)
{
    if (n < 0)
        lua_pushnil(L);
    else
        lua_pushinteger(L, n);
    return 1;
}

static int
push_low(lua_State *L, rc_low low)
{
    if (low == RC_LOW_NONE)
        lua_pushnil(L);
    else
        lua_pushstring(L, low == RC_LOW_COUNTS ? "counts" : "caution");
    return 1;
}

static int
push_bool(lua_State *L, bool b)
{
    lua_pushboolean(L, b);
    return 1;
}

static int
push_number(lua_State *L, double x)
{
    lua_pushnumber(L, x);
    return 1;
}

static int
push_ref_or_nil(lua_State *L, rc_box_tag tag, int index)
{
    if (index < 0)
        lua_pushnil(L);
    else
        rc_push_ref(L, tag, index);
    return 1;
}

static const char *const figure_fields[] = {
    "count", "base",  "share",  "percent", "points", "mean",
    "low",   "counts", "asked", "group",   "item",   NULL,
};

static int
value_index(lua_State *L)
{
    const rc_figure *f = rc_figure_at(L, 1);
    if (!f)
        return rc_fail_here(L, "bad-value", "a text has no fields");
    rc_str k = rc_arg_str(L, 2, "the name of a field");
    if (rc_str_is(k, "count"))
        return push_count(L, f->kind == RC_FIG_NONE ? -1 : f->count);
    if (rc_str_is(k, "base"))
        return push_count(L, f->kind == RC_FIG_NONE ? -1 : f->base);
    if (rc_str_is(k, "low"))
        return push_low(L, f->low);
    if (rc_str_is(k, "counts"))
        return push_bool(L, f->low == RC_LOW_COUNTS);
    if (rc_str_is(k, "asked"))
        return push_bool(L, f->kind != RC_FIG_NONE);
    if (rc_str_is(k, "group"))
        return push_ref_or_nil(L, RC_BOX_GROUP, f->group);
    if (rc_str_is(k, "item"))
        return push_ref_or_nil(L, RC_BOX_ITEM, f->item);
    bool share = rc_str_is(k, "share"), percent = rc_str_is(k, "percent");
    bool mean = rc_str_is(k, "mean"), points = rc_str_is(k, "points");
    if (!share && !percent && !mean && !points)
        return unknown_field(L, figure_fields, NULL);
    rc_need_asked(L, f);
    if (f->low == RC_LOW_COUNTS)
        return rc_fail_low(L, f, "per cent");
    if (points != (f->kind == RC_FIG_POINTS) ||
        mean != (f->kind == RC_FIG_MEAN))
        return rc_fail_at(L, "unknown-field", RC_TOKEN_NAME, k,
                          "this figure has no '%.*s'", RC_STR(k));
    if (points) /* as they print: those of tolerance() with a decimal */
        return push_number(L, rc_figure_rounded(*f));
    return push_number(L, share || mean ? f->share : rc_figure_whole(*f));
}

static const char *const group_fields[] = {
    "key",         "kind",       "name",      "short_name", "parent",
    "children",    "joined",     "others",    "low",        "counts",
    "respondents", "invited",    "responses", "population", "reported",
    "withheld",    "place",      "tied",      "value",      "nth",
    NULL,
};

static void
push_groups(lua_State *L, const int *groups, size_t count, int except)
{
    lua_createtable(L, (int)count, 0);
    int n = 0;
    for (size_t i = 0; i < count; i++) {
        if (groups[i] == except)
            continue;
        rc_push_ref(L, RC_BOX_GROUP, groups[i]);
        lua_rawseti(L, -2, ++n);
    }
}

/* `.joined`: all that are reported together, nil for a group on its own;
 * `.others`: the same without the group. */
static int
push_joined(lua_State *L, int group, bool others)
{
    size_t count = 0;
    const int *joined =
        rc_stats_joined(rc_script_of(L)->env.stats, group, &count);
    if (count > 1)
        push_groups(L, joined, count, others ? group : -1);
    else
        lua_pushnil(L);
    return 1;
}

/* Which child of its parent a group is, from 1: children stand in the order of
 * the data. 1 for one without a parent. */
static int
push_nth(lua_State *L, int group)
{
    const rc_data *d = rc_script_of(L)->data;
    int parent = d->groups[group].parent;
    const rc_group *p = parent < 0 ? NULL : &d->groups[parent];
    size_t from = 0, to = p ? p->child_count : 1;
    while (to - from > 1) {
        size_t middle = from + (to - from) / 2;
        if (p->children[middle] <= group)
            from = middle;
        else
            to = middle;
    }
    lua_pushinteger(L, (lua_Integer)from + 1);
    return 1;
}

static int
ranked_field(lua_State *L, const rc_ref *r, rc_str k)
{
    if (rc_str_is(k, "place"))
        return push_count(L, r->ranked ? r->place : -1);
    if (rc_str_is(k, "tied"))
        return push_bool(L, r->tied);
    if (!rc_str_is(k, "value"))
        return 0;
    if (r->ranked)
        rc_push_figure(L, r->figure);
    else
        lua_pushnil(L);
    return 1;
}

static int
group_number(lua_State *L, const rc_group *g, rc_str k)
{
    if (rc_str_is(k, "respondents"))
        return push_count(L, g->respondents);
    if (rc_str_is(k, "invited"))
        return push_count(L, g->invited);
    if (rc_str_is(k, "responses"))
        return push_count(L, g->responses);
    if (rc_str_is(k, "population"))
        return push_count(L, g->population);
    return 0;
}

/* A cell of `groups`: empty is nil, what reads as a number is one. */
static int
group_column(lua_State *L, const rc_group *g, rc_str k)
{
    for (size_t i = 0; i < g->column_count; i++) {
        if (!rc_str_eq(g->columns[i].name, k))
            continue;
        rc_str cell = g->columns[i].value;
        int64_t whole;
        double real;
        if (cell.len == 0)
            lua_pushnil(L);
        else if (rc_num_int(cell, &whole))
            lua_pushinteger(L, whole);
        else if (rc_num_real(cell, &real))
            lua_pushnumber(L, real);
        else
            rc_push_str(L, cell);
        return 1;
    }
    return unknown_field(L, group_fields, g);
}

static int
group_index(lua_State *L)
{
    const rc_script *s = rc_script_of(L);
    const rc_ref *r = lua_touserdata(L, 1);
    const rc_group *g = &s->data->groups[r->index];
    rc_str k = rc_arg_str(L, 2, "the name of a field");
    int64_t reported = 0;
    if (rc_str_is(k, "key"))
        return rc_push_str(L, g->key), 1;
    if (rc_str_is(k, "kind"))
        return rc_push_str(L, g->kind), 1;
    if (rc_str_is(k, "name"))
        return rc_push_str(L, g->name), 1;
    if (rc_str_is(k, "short_name"))
        return rc_push_str(L, g->short_name), 1;
    if (rc_str_is(k, "parent"))
        return push_ref_or_nil(L, RC_BOX_GROUP, g->parent);
    if (rc_str_is(k, "children"))
        return push_groups(L, g->children, g->child_count, -1), 1;
    if (rc_str_is(k, "joined"))
        return push_joined(L, r->index, false);
    if (rc_str_is(k, "others"))
        return push_joined(L, r->index, true);
    if (rc_str_is(k, "nth"))
        return push_nth(L, r->index);
    if (rc_str_is(k, "withheld"))
        return push_bool(L, rc_stats_withheld(s->env.stats, r->index));
    reported = rc_stats_responses(s->env.stats, r->index);
    if (rc_str_is(k, "reported"))
        return push_count(L, reported);
    if (rc_str_is(k, "low"))
        return push_low(L, rc_stats_low(s->env.stats, reported));
    if (rc_str_is(k, "counts"))
        return push_bool(L, rc_stats_low(s->env.stats, reported) ==
                                RC_LOW_COUNTS);
    if (group_number(L, g, k) || ranked_field(L, r, k))
        return 1;
    return group_column(L, g, k);
}

static const char *const item_fields[] = {
    "id",        "key",   "question", "text",  "short", "question_text",
    "base_text", "chart", "chapter",  "asked", "place", "tied",
    "value",     NULL,
};

/* "[ABC]" is what was put in for each person. */
rc_str
rc_without_brackets(const rc_script *s, rc_str text)
{
    if (rc_str_find(text, "[", 0) == SIZE_MAX)
        return text;
    rc_buf out = {0};
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != '[' && text.at[i] != ']')
            rc_buf_char(&out, text.at[i]);
    rc_str copy = rc_str_copy(s->scratch, rc_buf_str(&out));
    rc_buf_free(&out);
    return copy;
}

static int
item_index(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    const rc_data *d = s->data;
    const rc_ref *r = lua_touserdata(L, 1);
    const rc_item *item = &d->items[r->index];
    rc_str k = rc_arg_str(L, 2, "the name of a field");
    const struct {
        const char *name;
        rc_str text;
    } texts[] = {
        {"id", item->id},
        {"key", item->key},
        {"question", d->questions[item->question].key},
        {"base_text", item->base_text},
        {"chart", item->chart},
        {"chapter", item->chapter},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (rc_str_is(k, texts[i].name))
            return rc_push_str(L, texts[i].text), 1;
    }
    if (rc_str_is(k, "text"))
        return rc_push_str(L, rc_item_text_for(d, r->index, s->group)), 1;
    if (rc_str_is(k, "short"))
        return rc_push_str(L, rc_item_short_for(d, r->index, s->group)), 1;
    if (rc_str_is(k, "question_text"))
        return rc_push_str(L, rc_without_brackets(s, item->question_text)), 1;
    if (rc_str_is(k, "asked"))
        return push_bool(
            L, !rc_stats_not_asked(s->env.stats, r->index, s->group,
                                   rc_data_newest_wave(d)));
    return ranked_field(L, r, k) ? 1 : unknown_field(L, item_fields, NULL);
}

static const char *const mention_fields[] = {
    "words", "label", "count", "of_commenting", "precision",
    "id",    "question", "group", NULL,
};

static int
mention_index(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    const rc_ref *r = lua_touserdata(L, 1);
    const rc_mention *m = &s->data->mentions[r->index];
    static const char *const precisions[] = {"exact", "couple", "one_or_two"};
    rc_str k = rc_arg_str(L, 2, "the name of a field");
    if (rc_str_is(k, "words")) {
        rc_mark mark = rc_arena_mark(s->scratch);
        rc_push_str(L, rc_mention_words(s, s->scratch, r->index,
                                        s->env.respondent,
                                        s->env.respondents));
        rc_arena_rewind(s->scratch, mark);
        return 1;
    }
    if (rc_str_is(k, "label"))
        return rc_push_str(L, m->label), 1;
    if (rc_str_is(k, "count"))
        return push_count(L, m->count);
    if (rc_str_is(k, "of_commenting"))
        return push_count(L, m->of_commenting);
    if (rc_str_is(k, "precision"))
        return lua_pushstring(L, precisions[m->precision]), 1;
    if (rc_str_is(k, "id"))
        return rc_push_str(L, m->id), 1;
    if (rc_str_is(k, "question"))
        return rc_push_str(L, m->question), 1;
    if (rc_str_is(k, "group"))
        return push_ref_or_nil(L, RC_BOX_GROUP, m->group);
    return unknown_field(L, mention_fields, NULL);
}

/* -- `groups` and `report` --------------------------------------------------------- */
static int
groups_index(lua_State *L)
{
    rc_push_ref(L, RC_BOX_GROUP, rc_arg_group(L, 2));
    return 1;
}

bool
rc_group_within(const rc_data *d, int group, int ancestor)
{
    while (group >= 0 && group != ancestor)
        group = d->groups[group].parent;
    return group == ancestor;
}

/* groups "kind": all of the kind; groups("kind", g): those below g. */
static int
groups_call(lua_State *L)
{
    const rc_data *d = rc_script_of(L)->data;
    rc_str kind = rc_arg_str(L, 2, "a kind of group");
    int above = lua_isnoneornil(L, 3) ? -1 : rc_arg_group(L, 3);
    bool known = false;
    int n = 0;
    lua_createtable(L, 0, 0);
    for (size_t i = 0; i < d->group_count; i++) {
        if (!rc_str_eq(d->groups[i].kind, kind))
            continue;
        known = true;
        if (above >= 0 && !rc_group_within(d, d->groups[i].parent, above))
            continue;
        rc_push_ref(L, RC_BOX_GROUP, (int)i);
        lua_rawseti(L, -2, ++n);
    }
    if (known)
        return 1;
    rc_fail_choice(L, RC_CHOICE_KINDS, -1);
    return rc_fail_at(L, "unknown-kind", RC_TOKEN_STRING, kind,
                      "no group is of the kind '%.*s'", RC_STR(kind));
}

rc_str
rc_field(const rc_script_field *fields, size_t count, rc_str name, bool *found)
{
    for (size_t i = 0; i < count; i++) {
        if (rc_str_eq(fields[i].name, name)) {
            *found = true;
            return fields[i].value;
        }
    }
    return RC_LIT("");
}

static void
push_report(lua_State *L, rc_str prefix)
{
    rc_report_box *r = lua_newuserdatauv(L, sizeof *r + prefix.len, 0);
    *r = (rc_report_box){.tag = RC_BOX_REPORT, .len = prefix.len};
    if (prefix.len)
        memcpy(r->prefix, prefix.at, prefix.len);
    rc_set_meta(L, RC_BOX_REPORT);
}

static int
report_index(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    const rc_report_box *r = lua_touserdata(L, 1);
    rc_str k = rc_arg_str(L, 2, "the name of a field");
    rc_mark mark = rc_arena_mark(s->scratch);
    rc_str prefix = {r->prefix, r->len};
    rc_str name = rc_str_join(s->scratch, prefix, k, (rc_str){0});
    rc_str inner = rc_str_join(s->scratch, prefix, k, RC_LIT("."));
    bool found = false;
    rc_str value = rc_field(s->env.fields, s->env.field_count, name, &found);
    if (found)
        rc_push_str(L, value);
    for (size_t i = 0; !found && i < s->env.field_count; i++) {
        if (rc_str_starts(s->env.fields[i].name, inner.at)) {
            push_report(L, inner);
            found = true;
        }
    }
    rc_arena_rewind(s->scratch, mark);
    if (found)
        return 1;
    rc_fail_choice(L, RC_CHOICE_REPORT, -1);
    return rc_fail_at(L, "unknown-field", RC_TOKEN_NAME, k,
                      "the report has no field '%.*s'", RC_STR(k));
}

/* -- metatables ---------------------------------------------------------------------- */
static const luaL_Reg value_meta[] = {
    {"__index", value_index}, {"__lt", rc_op_lt},   {"__le", rc_op_le},
    {"__sub", rc_op_sub},     {"__unm", rc_op_unm}, {"__add", rc_op_add},
    {"__concat", rc_op_join}, {NULL, NULL},
};
static const luaL_Reg group_meta[] = {
    {"__index", group_index}, {"__concat", rc_op_join}, {NULL, NULL}};
static const luaL_Reg item_meta[] = {
    {"__index", item_index}, {"__concat", rc_op_join}, {NULL, NULL}};
static const luaL_Reg mention_meta[] = {{"__index", mention_index},
                                       
                                        {"__concat", rc_op_join},
                                        {NULL, NULL}};
static const luaL_Reg groups_meta[] = {
    {"__index", groups_index}, {"__call", groups_call}, {NULL, NULL}};
static const luaL_Reg equal_meta[] = {{"__bor", rc_op_hold},
                                      {"__le", rc_op_equal},
                                      {"__lt", rc_op_unequal},
                                      {NULL, NULL}};
static const luaL_Reg report_meta[] = {{"__index", report_index}, {NULL, NULL}};

static void
make_meta(rc_script *s, rc_box_tag tag, const char *name, const luaL_Reg *meta)
{
    lua_State *L = s->L;
    lua_createtable(L, 0, 10);
    luaL_setfuncs(L, meta, 0);
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
    s->metas[tag] = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_createtable(L, 0, 0);
    s->cache[tag] = luaL_ref(L, LUA_REGISTRYINDEX);
}

void
rc_values_open(rc_script *s)
{
    lua_State *L = s->L;
    make_meta(s, RC_BOX_VALUE, "figure", value_meta);
    make_meta(s, RC_BOX_GROUP, "group", group_meta);
    make_meta(s, RC_BOX_ITEM, "item", item_meta);
    make_meta(s, RC_BOX_MENTION, "mention", mention_meta);
    make_meta(s, RC_BOX_GROUPS, "groups", groups_meta);
    make_meta(s, RC_BOX_REPORT, "report", report_meta);
    make_meta(s, RC_BOX_EQUAL, "equal", equal_meta);
    rc_equal_box *equal = lua_newuserdatauv(L, sizeof *equal, 1);
    *equal = (rc_equal_box){.tag = RC_BOX_EQUAL};
    rc_set_meta(L, RC_BOX_EQUAL);
    s->equal = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->vocabulary);
    push_report(L, RC_LIT(""));
    lua_setfield(L, -2, "report");
    rc_push_ranked(L, (rc_ref){.tag = RC_BOX_GROUPS});
    lua_setfield(L, -2, "groups");
    int whole = rc_stats_options_of(s->env.stats)->whole;
    push_ref_or_nil(L, RC_BOX_GROUP, whole);
    lua_setfield(L, -2, "whole");
    lua_pop(L, 1);
}

