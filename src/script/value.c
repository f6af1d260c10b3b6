/* Values as userdata, as text, and out of Lua. */
#include "script/internal.h"

#include <math.h>
#include <string.h>

/* -- access ------------------------------------------------------------------ */
void *
rc_box_at(lua_State *L, int i)
{
    return lua_type(L, i) == LUA_TUSERDATA ? lua_touserdata(L, i) : NULL;
}

const rc_value_box *
rc_value_at(lua_State *L, int i)
{
    const rc_value_box *v = rc_box_at(L, i);
    return v && v->tag == RC_BOX_VALUE ? v : NULL;
}

const rc_ref *
rc_ref_at(lua_State *L, int i, rc_box_tag tag)
{
    const rc_ref *r = rc_box_at(L, i);
    return r && r->tag == (int)tag ? r : NULL;
}

const rc_figure *
rc_figure_at(lua_State *L, int i)
{
    const rc_value_box *v = rc_value_at(L, i);
    bool figure = v && (v->kind == RC_VALUE_FIGURE ||
                        v->kind == RC_VALUE_OF || v->kind == RC_VALUE_SIGN);
    return figure ? &v->figure : NULL;
}

const char *
rc_kind_name(lua_State *L, int i)
{
    static const char *const boxes[] = {"a figure",  "a group",
                                        "an item",   "a mention",
                                        "all groups", "the report",
                                        "nothing"};
    const int *tag = rc_box_at(L, i);
    if (tag)
        return boxes[*tag - RC_BOX_VALUE];
    switch (lua_type(L, i)) {
    case LUA_TNONE:
    case LUA_TNIL:
        return "nothing";
    case LUA_TBOOLEAN:
        return lua_toboolean(L, i) ? "true" : "false";
    case LUA_TNUMBER:
        return "a number";
    case LUA_TSTRING:
        return "a text";
    case LUA_TTABLE:
        return "a list";
    default:
        return "a function without its arguments";
    }
}

void
rc_push_str(lua_State *L, rc_str s)
{
    lua_pushlstring(L, s.len ? s.at : "", s.len);
}

void
rc_set_meta(lua_State *L, rc_box_tag tag)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, rc_script_of(L)->metas[tag]);
    lua_setmetatable(L, -2);
}

rc_value_box *
rc_push_value(lua_State *L, rc_value_kind kind, rc_str text)
{
    rc_value_box *v = lua_newuserdatauv(L, sizeof *v + text.len, 0);
    *v = (rc_value_box){.tag = RC_BOX_VALUE, .kind = kind, .len = text.len};
    if (text.len)
        memcpy(v->text, text.at, text.len);
    rc_set_meta(L, RC_BOX_VALUE);
    return v;
}

void
rc_push_figure(lua_State *L, rc_figure f)
{
    rc_push_value(L, RC_VALUE_FIGURE, RC_LIT(""))->figure = f;
}

void
rc_push_ranked(lua_State *L, rc_ref ref)
{
    rc_ref *r = lua_newuserdatauv(L, sizeof *r, 0);
    *r = ref;
    rc_set_meta(L, (rc_box_tag)ref.tag);
}

/* Groups, items and mentions are made once each and kept. */
void
rc_push_ref(lua_State *L, rc_box_tag tag, int index)
{
    rc_script *s = rc_script_of(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->cache[tag]);
    if (lua_rawgeti(L, -1, (lua_Integer)index + 1) == LUA_TNIL) {
        lua_pop(L, 1);
        rc_push_ranked(L, (rc_ref){.tag = (int)tag, .index = index});
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, (lua_Integer)index + 1);
    }
    lua_remove(L, -2);
}

/* -- figures as text ---------------------------------------------------------- */
static rc_str
number_text(rc_arena *a, double x)
{
    int decimals = 0;
    while (decimals < 6 && fabs(rc_num_round(x, decimals) - x) > 1e-9)
        decimals++;
    return rc_num_print(a, x, decimals);
}

static rc_str
count_of_base(rc_arena *a, const rc_figure *f, rc_str of)
{
    rc_str count = rc_count_words(a, f->count);
    rc_str base = rc_count_words(a, f->base);
    return rc_str_printf(a, "%.*s of the %.*s%s%.*s", RC_STR(count),
                         RC_STR(base), of.len ? " " : "", RC_STR(of));
}

static rc_str
figure_text(lua_State *L, rc_arena *a, const rc_value_box *v)
{
    const rc_script *s = rc_script_of(L);
    const rc_figure *f = &v->figure;
    rc_str of = {v->text, v->len};
    if (f->kind == RC_FIG_NONE)
        rc_fail_here(L, "not-asked", "there is no figure to put into words");
    if (f->low == RC_LOW_COUNTS && f->kind == RC_FIG_SHARE)
        return count_of_base(a, f, of);
    rc_str digits = rc_figure_digits(a, *f);
    if (f->kind == RC_FIG_MEAN)
        return digits;
    if (f->kind == RC_FIG_POINTS)
        return rc_str_printf(a, "%.*s percentage point%s", RC_STR(digits),
                             rc_str_is(digits, "1") ? "" : "s");
    bool sign = v->kind == RC_VALUE_SIGN || rc_str_is(s->env.per_cent, "sign");
    return rc_str_printf(a, "%.*s%s%s%.*s", RC_STR(digits),
                         sign ? "%" : " per cent", of.len ? " of " : "",
                         RC_STR(of));
}

static rc_str
value_text(lua_State *L, rc_arena *a, const rc_value_box *v)
{
    rc_str text;
    if (v->kind == RC_VALUE_WORDS)
        text = rc_count_words(a, (int64_t)v->number);
    else if (v->kind == RC_VALUE_DIGITS || v->kind == RC_VALUE_NUMBER)
        text = number_text(a, v->number);
    else
        text = figure_text(L, a, v);
    return v->cap ? rc_cap(a, text) : text;
}

rc_str
rc_text_of(lua_State *L, int i, rc_arena *a)
{
    rc_script *s = rc_script_of(L);
    const rc_value_box *v = rc_value_at(L, i);
    const rc_ref *r = rc_box_at(L, i);
    size_t len = 0;
    if (v)
        return value_text(L, a, v);
    if (r && r->tag == RC_BOX_GROUP)
        return s->data->groups[r->index].name;
    if (r && r->tag == RC_BOX_ITEM)
        return rc_item_text_for(s->data, r->index, s->group);
    if (r && r->tag == RC_BOX_MENTION)
        return rc_mention_words(s, a, r->index, RC_LIT(""), RC_LIT(""));
    if (lua_isinteger(L, i))
        return rc_str_printf(a, "%lld", (long long)lua_tointeger(L, i));
    if (lua_type(L, i) == LUA_TNUMBER)
        return number_text(a, lua_tonumber(L, i));
    if (lua_type(L, i) != LUA_TSTRING)
        rc_fail_here(L, "bad-value", "%s cannot be put into words",
                     rc_kind_name(L, i));
    const char *text = lua_tolstring(L, i, &len);
    return (rc_str){text, len};
}

/* -- out of Lua ------------------------------------------------------------------------ */
static void
check_text(lua_State *L, rc_str text)
{
    size_t bad = 0;
    if (!rc_utf8_valid(text, &bad))
        rc_fail_here(L, "bad-value", "text is not UTF-8");
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
            rc_fail_here(L, "bad-value", "text has a control character");
    }
}

static void
list_to_value(lua_State *L, int i, rc_arena *a, int depth, rc_value *out)
{
    if (depth >= RC_DEPTH_MAX)
        rc_fail_here(L, "bounds", "lists are nested too deeply");
    size_t count = (size_t)lua_rawlen(L, i);
    rc_charge(L, count);
    rc_value *items = RC_MAKE_ARRAY(a, rc_value, count + 1);
    luaL_checkstack(L, 4, NULL);
    for (size_t k = 0; k < count; k++) {
        lua_rawgeti(L, i, (lua_Integer)k + 1);
        rc_to_value(L, lua_gettop(L), a, depth + 1, &items[k]);
        lua_pop(L, 1);
    }
    out->kind = RC_VALUE_LIST;
    out->items = items;
    out->count = count;
}

static void
box_to_value(lua_State *L, int i, rc_arena *a, rc_value *out)
{
    const rc_value_box *v = rc_value_at(L, i);
    const rc_ref *r = lua_touserdata(L, i);
    if (v) {
        out->kind = v->kind;
        out->cap = v->cap;
        out->number = v->number;
        out->figure = v->figure;
        out->text = rc_str_copy(a, (rc_str){v->text, v->len});
        return;
    }
    if (r->tag == RC_BOX_GROUP)
        out->kind = RC_VALUE_GROUP;
    else if (r->tag == RC_BOX_ITEM)
        out->kind = RC_VALUE_ITEM;
    else if (r->tag == RC_BOX_MENTION)
        out->kind = RC_VALUE_MENTION;
    else
        rc_fail_here(L, "bad-value", "%s cannot be printed",
                     rc_kind_name(L, i));
    out->index = r->index;
    out->figure = r->figure;
    rc_script *s = rc_script_of(L);
    if (r->tag == RC_BOX_MENTION)
        out->text = rc_mention_words(s, a, r->index, RC_LIT(""), RC_LIT(""));
}

void
rc_to_value(lua_State *L, int i, rc_arena *a, int depth, rc_value *out)
{
    size_t len = 0;
    *out = (rc_value){.kind = RC_VALUE_NIL, .index = -1};
    switch (lua_type(L, i)) {
    case LUA_TNIL:
        break;
    case LUA_TBOOLEAN:
        out->kind = RC_VALUE_BOOL;
        out->truth = lua_toboolean(L, i);
        break;
    case LUA_TNUMBER:
        out->kind = RC_VALUE_NUMBER;
        out->number = lua_tonumber(L, i);
        out->truth = true;
        if (!isfinite(out->number))
            rc_fail_here(L, "bad-value", "result is not a number");
        break;
    case LUA_TSTRING:
        out->kind = RC_VALUE_TEXT;
        out->text.at = lua_tolstring(L, i, &len);
        out->text.len = len;
        check_text(L, out->text);
        out->text = rc_str_copy(a, out->text);
        out->truth = true;
        break;
    case LUA_TTABLE:
        list_to_value(L, i, a, depth, out);
        out->truth = true;
        break;
    case LUA_TUSERDATA:
        box_to_value(L, i, a, out);
        out->truth = true;
        break;
    default:
        rc_fail_here(L, "bad-value", "%s cannot be printed",
                     rc_kind_name(L, i));
    }
}
