/* The bounded Lua state, and what of Lua's own library an expression may use.
 *
 * No library of Lua is opened: what is not registered here is not there. So
 * there are no files, clock, randomness, `load`, metatables, coroutines or
 * `pcall` (an expression cannot swallow the error that ends it), no `pairs`
 * (order of the hash), no patterns (unbounded time in one call), no
 * `string.format` (addresses).
 *
 * Bounds. A hook counts instructions. Work inside one instruction is bounded by
 * the allocator: every long text must be allocated, so it refuses strings over
 * RC_TEXT_MAX, memory over RC_MEMORY_MAX, and more than RC_CHURN_MAX taken in
 * all, freed or not. Together they bound the time of an evaluation, without a
 * clock, to the same answer everywhere. */
#include "script/internal.h"

#include <math.h>

/* Lua's contract: `osize` is the kind of object where `ptr` is NULL. */
static void *
allocate(void *ud, void *ptr, size_t osize, size_t nsize)
{
    rc_script *s = ud;
    size_t old = ptr ? osize : 0;
    if (nsize > old && s->limit != SIZE_MAX) {
        bool text = !ptr && osize == LUA_TSTRING;
        size_t more = nsize - old;
        if ((text && nsize > RC_TEXT_MAX) || more > s->limit - s->used ||
            more > s->churn_limit - s->churn)
            return NULL;
        s->churn += more;
    }
    s->used = s->used - old + nsize;
    return rc_heap_move(s, ptr, old, nsize);
}

static void
count_steps(lua_State *L, lua_Debug *ar)
{
    rc_script *s = rc_script_of(L);
    (void)ar;
    s->steps += RC_STEPS_HOOK;
    if (s->steps > RC_STEPS_MAX)
        rc_fail_here(L, "bounds", "expression takes more than %d steps",
                     RC_STEPS_MAX);
}

static int
panic(lua_State *L)
{
    (void)L;
    rc_panic("Lua error outside of a protected call", __FILE__, __LINE__);
}

/* -- what Lua's library keeps ----------------------------------------------- */
static int
next_element(lua_State *L)
{
    lua_Integer i = lua_tointeger(L, 2) + 1;
    lua_pushinteger(L, i);
    return lua_geti(L, 1, i) == LUA_TNIL ? 1 : 2;
}

static int
word_ipairs(lua_State *L)
{
    rc_arg_list(L, 1);
    lua_pushcfunction(L, next_element);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

static int
word_select(lua_State *L)
{
    int n = lua_gettop(L);
    if (lua_type(L, 1) == LUA_TSTRING && rc_str_is(rc_arg_str(L, 1, ""), "#")) {
        lua_pushinteger(L, n - 1);
        return 1;
    }
    int64_t i = rc_arg_int(L, 1, "a position");
    if (i < 1)
        return rc_fail_here(L, "bad-argument",
                            "select counts positions from 1");
    return i > n - 1 ? 0 : n - (int)i;
}

static int
word_type(lua_State *L)
{
    static const char *const boxes[] = {"figure", "group",  "item",
                                        "mention", "groups", "report",
                                        "nil"};
    const int *box = rc_box_at(L, 1);
    const rc_value_box *v = rc_value_at(L, 1);
    if (v && v->kind != RC_VALUE_FIGURE)
        lua_pushliteral(L, "text");
    else if (box)
        lua_pushstring(L, boxes[*box - RC_BOX_VALUE]);
    else
        lua_pushstring(L, lua_typename(L, lua_type(L, 1)));
    return 1;
}

static int
word_tostring(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    if (lua_isboolean(L, 1)) {
        lua_pushstring(L, lua_toboolean(L, 1) ? "true" : "false");
        return 1;
    }
    rc_push_str(L, rc_text_of(L, 1, s->scratch));
    return 1;
}

static int
word_tonumber(lua_State *L)
{
    int64_t whole;
    double real;
    if (lua_type(L, 1) == LUA_TNUMBER) {
        lua_settop(L, 1);
        return 1;
    }
    rc_str text = rc_str_trim(rc_arg_str(L, 1, "a text"));
    if (rc_num_int(text, &whole))
        lua_pushinteger(L, whole);
    else if (rc_num_real(text, &real))
        lua_pushnumber(L, real);
    else
        lua_pushnil(L);
    return 1;
}

/* -- math --------------------------------------------------------------------- */
static double
number_at(lua_State *L, int i)
{
    if (lua_type(L, i) != LUA_TNUMBER)
        rc_fail_here(L, "bad-argument", "expected a number, found %s",
                     rc_kind_name(L, i));
    return lua_tonumber(L, i);
}

static int
push_whole(lua_State *L, double x)
{
    lua_Integer n;
    if (lua_numbertointeger(x, &n))
        lua_pushinteger(L, n);
    else
        lua_pushnumber(L, x);
    return 1;
}

static int
math_floor(lua_State *L)
{
    if (!lua_isinteger(L, 1))
        return push_whole(L, floor(number_at(L, 1)));
    lua_settop(L, 1);
    return 1;
}

static int
math_ceil(lua_State *L)
{
    if (!lua_isinteger(L, 1))
        return push_whole(L, ceil(number_at(L, 1)));
    lua_settop(L, 1);
    return 1;
}

static int
math_abs(lua_State *L)
{
    const rc_figure *f = rc_figure_at(L, 1);
    if (f) {
        rc_figure g = *f;
        g.num = g.num < 0 ? -g.num : g.num;
        g.share = fabs(g.share);
        rc_push_figure(L, g);
    } else if (lua_isinteger(L, 1)) {
        lua_Integer n = lua_tointeger(L, 1);
        lua_pushinteger(L, n < 0 && n != LUA_MININTEGER ? -n : n);
    } else {
        lua_pushnumber(L, fabs(number_at(L, 1)));
    }
    return 1;
}

/* Of numbers or of figures; figures compare as `<` does. */
static int
extreme(lua_State *L, bool greatest)
{
    int n = lua_gettop(L), best = 1;
    if (n == 0)
        return rc_fail_here(L, "bad-argument", "expected a number");
    for (int i = 1; i <= n; i++) {
        if (!rc_figure_at(L, i))
            (void)number_at(L, i);
        if (i > 1 && (greatest ? lua_compare(L, best, i, LUA_OPLT)
                               : lua_compare(L, i, best, LUA_OPLT)))
            best = i;
    }
    lua_pushvalue(L, best);
    return 1;
}

static int
math_max(lua_State *L)
{
    return extreme(L, true);
}

static int
math_min(lua_State *L)
{
    return extreme(L, false);
}

/* -- string: positions are code points, so that text stays whole ----------- */
static size_t
code_points(rc_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.at[i] & 0xC0U) != 0x80U;
    return n;
}

/* Byte offset of the code point number `n` (0 is the first) of `count`. */
static size_t
offset_of(rc_str s, size_t n, size_t count)
{
    size_t i = 0;
    if (count == s.len) /* all ASCII */
        return n;
    while (n-- > 0 && i < s.len)
        (void)rc_utf8_next(s, &i);
    return i;
}

static int
string_len(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)code_points(rc_arg_str(L, 1, "a text")));
    return 1;
}

static int
string_sub(lua_State *L)
{
    rc_str s = rc_arg_str(L, 1, "a text");
    int64_t n = (int64_t)code_points(s);
    int64_t from = rc_arg_int(L, 2, "a position");
    int64_t to = lua_isnoneornil(L, 3) ? n : rc_arg_int(L, 3, "a position");
    if (from < 0)
        from = from < -n ? 1 : n + from + 1;
    if (from < 1)
        from = 1;
    if (to < 0)
        to = to < -n ? 0 : n + to + 1;
    if (to > n)
        to = n;
    if (from > to)
        lua_pushliteral(L, "");
    else
        rc_push_str(L, rc_str_part(s, offset_of(s, (size_t)from - 1, (size_t)n),
                                   offset_of(s, (size_t)to, (size_t)n)));
    return 1;
}

/* Where a text first stands in another; nil where it does not. The text sought
 * is no pattern, so the time is bounded by the two lengths, and is charged. */
static int
string_find(lua_State *L)
{
    enum { BYTES_A_STEP = 64 };
    rc_str s = rc_arg_str(L, 1, "a text");
    rc_str sought = rc_arg_str(L, 2, "a text");
    rc_charge(L, s.len * sought.len / BYTES_A_STEP);
    size_t at = rc_str_find(s, sought.at, 0);
    if (at == SIZE_MAX)
        lua_pushnil(L);
    else
        lua_pushinteger(L,
                        1 + (lua_Integer)code_points(rc_str_part(s, 0, at)));
    return 1;
}

static int
change_case(lua_State *L, char first, int distance)
{
    rc_str s = rc_arg_str(L, 1, "a text");
    char *copy = lua_newuserdatauv(L, s.len + 1, 0);
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        copy[i] = c >= first && c < first + 26 ? (char)(c + distance) : c;
    }
    rc_push_str(L, (rc_str){copy, s.len});
    return 1;
}

static int
string_lower(lua_State *L)
{
    return change_case(L, 'A', 'a' - 'A');
}

static int
string_upper(lua_State *L)
{
    return change_case(L, 'a', 'A' - 'a');
}

static int
string_rep(lua_State *L)
{
    rc_str s = rc_arg_str(L, 1, "a text");
    int64_t n = rc_arg_int(L, 2, "a number of times");
    if (n <= 0 || s.len == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if ((uint64_t)n > RC_TEXT_MAX / s.len)
        return rc_fail_here(L, "bounds", "text would be longer than %d bytes",
                            RC_TEXT_MAX);
    char *copy = lua_newuserdatauv(L, (size_t)n * s.len, 0);
    for (size_t i = 0; i < (size_t)n * s.len; i++)
        copy[i] = s.at[i % s.len];
    rc_push_str(L, (rc_str){copy, (size_t)n * s.len});
    return 1;
}

/* -- tables that cannot be written --------------------------------------------- */
static int
refuse_write(lua_State *L)
{
    size_t len = 0;
    const char *name = lua_tolstring(L, 2, &len);
    rc_fail_hint(L, "{%% set name = ... %%} keeps a value");
    return rc_fail_at(L, "no-assignment", RC_TOKEN_NAME,
                      name ? (rc_str){name, len} : RC_LIT(""),
                      "an expression cannot set anything");
}

static int
unknown_name(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    rc_str name = rc_arg_str(L, 2, "a name");
    for (size_t i = 0; i < s->unset.count; i++) {
        if (rc_str_eq(s->unset.at[i], name))
            return rc_fail_here(L, RC_FAIL_SILENT, "not set");
    }
    if (rc_script_is_set(s, name, false))
        return 0; /* to nil */
    rc_fail_choice(L, RC_CHOICE_NAMES, -1);
    return rc_fail_at(L, "unknown-name", RC_TOKEN_NAME, name,
                      "unknown name '%.*s'", RC_STR(name));
}

static int
unknown_function(lua_State *L)
{
    rc_str name = rc_arg_str(L, 2, "a name");
    return rc_fail_at(L, "unknown-function", RC_TOKEN_NAME, name,
                      "unknown function '%s.%.*s'",
                      lua_tostring(L, lua_upvalueindex(1)), RC_STR(name));
}

void
rc_sandbox_protect(lua_State *L, const char *name)
{
    lua_createtable(L, 0, 1); /* metatable of the table within */
    lua_pushstring(L, name);
    lua_pushcclosure(L, unknown_function, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_createtable(L, 0, 0); /* what is seen of it */
    lua_createtable(L, 0, 2);
    lua_rotate(L, -3, -1);    /* the table on top */
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_write);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
}

static void
open_library(rc_script *s, const char *name, const rc_word *words)
{
    lua_State *L = s->L;
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->vocabulary);
    lua_createtable(L, 0, 6);
    for (; words->name; words++) {
        lua_pushcfunction(L, words->function);
        lua_setfield(L, -2, words->name);
    }
    rc_sandbox_protect(L, name);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

void
rc_register(rc_script *s, const rc_word *words)
{
    lua_State *L = s->L;
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->vocabulary);
    for (; words->name; words++) {
        lua_pushcfunction(L, words->function);
        lua_setfield(L, -2, words->name);
    }
    lua_pop(L, 1);
}

/* -- the state --------------------------------------------------------------- */
/* Names are sought in `chunk_env` (always empty, refuses writing), then among
 * the variables, then in the vocabulary, then they are unknown. */
static void
open_names(rc_script *s)
{
    lua_State *L = s->L;
    lua_createtable(L, 0, 64); /* the vocabulary */
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, unknown_name);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_createtable(L, 0, 16); /* variables */
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_createtable(L, 0, 0); /* what a chunk sees */
    lua_createtable(L, 0, 2);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_write);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
    s->chunk_env = luaL_ref(L, LUA_REGISTRYINDEX);
    s->globals = luaL_ref(L, LUA_REGISTRYINDEX);
    s->vocabulary = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_createtable(L, 0, 256);
    s->chunks = luaL_ref(L, LUA_REGISTRYINDEX);
}

void
rc_sandbox_open(rc_script *s)
{
    static const rc_word base[] = {
        {"ipairs", word_ipairs},     {"select", word_select},
        {"type", word_type},         {"tostring", word_tostring},
        {"tonumber", word_tonumber}, {NULL, NULL},
    };
    static const rc_word math[] = {
        {"floor", math_floor}, {"ceil", math_ceil}, {"abs", math_abs},
        {"max", math_max},     {"min", math_min},   {NULL, NULL},
    };
    static const rc_word string[] = {
        {"len", string_len},     {"sub", string_sub}, {"lower", string_lower},
        {"upper", string_upper}, {"rep", string_rep}, {"find", string_find},
        {NULL, NULL},
    };
    rc_sandbox_leave(s);
    s->L = lua_newstate(allocate, s);
    *(rc_script **)lua_getextraspace(s->L) = s;
    lua_atpanic(s->L, panic);
    open_names(s);
    rc_register(s, base);
    open_library(s, "math", math);
    open_library(s, "string", string);
    lua_sethook(s->L, count_steps, LUA_MASKCOUNT, RC_STEPS_HOOK);
}

void
rc_sandbox_enter(rc_script *s)
{
    s->limit = s->used + RC_MEMORY_MAX;
    s->churn = 0;
    s->churn_limit = RC_CHURN_MAX;
    s->steps = 0;
}

void
rc_sandbox_leave(rc_script *s)
{
    s->limit = SIZE_MAX;
    s->churn_limit = SIZE_MAX;
}
