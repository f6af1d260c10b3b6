/* Expressions in, values out.
 *
 * An expression is compiled as "return (\n" E "\n)": the brackets keep it one
 * expression with one value, and keep its outermost call out of a tail call,
 * which would lose the function's name for messages. `__is` is for "==" and
 * "~=" (rc_op_hold). Compiled chunks are kept by their text, since a template's
 * expressions come again for every group, and beyond the script (kept.c).
 *
 * A failed evaluation is run once more with each token on a line of its own:
 * then Lua's line tells the token (fail.c). Expressions change nothing, so the
 * second run fails alike. */
#include "script/internal.h"

#include <string.h>

static const char chunk_head[] = "local __is=... return (\n";
static const char chunk_tail[] = "\n)";

/* -- open and close --------------------------------------------------------- */
static void
collect_nets(rc_script *s)
{
    RC_VEC(rc_str) v = {0};
    for (size_t i = 0; i < s->data->scale_count; i++) {
        const rc_scale *scale = &s->data->scales[i];
        for (size_t j = 0; j < scale->net_count; j++) {
            size_t k = 0;
            while (k < v.count && !rc_str_eq(v.at[k], scale->nets[j]))
                k++;
            if (k == v.count)
                *rc_vec_push(s->arena, &v) = scale->nets[j];
        }
    }
    s->nets = v.at;
    s->net_count = v.count;
}

rc_script *
rc_script_open(const rc_script_env *env, rc_log *log)
{
    rc_arena *arena = rc_arena_new();
    rc_script *s = RC_MAKE(arena, rc_script);
    s->arena = arena;
    s->scratch = rc_arena_new();
    s->env = *env;
    s->data = rc_stats_data(env->stats);
    s->log = log;
    s->fail.of = -1;
    collect_nets(s);
    rc_sandbox_open(s);
    rc_values_open(s);
    rc_vocab_figures(s);
    rc_vocab_lists(s);
    rc_vocab_words(s);
    rc_vocab_claims(s);
    rc_script_set_group(s, -1);
    return s;
}

void
rc_script_close(rc_script *s)
{
    if (!s)
        return;
    rc_arena_free(s->scratch);
    rc_arena_free(s->arena); /* with all that Lua had (heap.c) */
}

void
rc_script_set_group(rc_script *s, int group)
{
    lua_State *L = s->L;
    int whole = rc_stats_options_of(s->env.stats)->whole;
    s->group = group < 0 ? whole : group;
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->vocabulary);
    if (s->group >= 0)
        rc_push_ref(L, RC_BOX_GROUP, s->group);
    else
        lua_pushnil(L);
    lua_setfield(L, -2, "group");
    lua_pop(L, 1);
}

/* -- running -------------------------------------------------------------------- */
typedef struct reader {
    rc_str parts[3];
    size_t next;
} reader;

static const char *
read_part(lua_State *L, void *data, size_t *size)
{
    reader *r = data;
    (void)L;
    if (r->next == 3) {
        *size = 0;
        return NULL;
    }
    rc_str part = r->parts[r->next++];
    *size = part.len;
    return part.len ? part.at : read_part(L, data, size);
}

/* What the function on the stack sees. */
static void
give_names(rc_script *s)
{
    lua_rawgeti(s->L, LUA_REGISTRYINDEX, s->chunk_env);
    lua_setupvalue(s->L, -2, 1);
}

static bool
compile(rc_script *s, rc_str text, const char *name)
{
    lua_State *L = s->L;
    reader r = {.parts = {{chunk_head, sizeof chunk_head - 1},
                          text,
                          {chunk_tail, sizeof chunk_tail - 1}}};
    if (lua_load(L, read_part, &r, name, "t") != LUA_OK) {
        rc_sandbox_leave(s);
        rc_fail_take(s, true);
        return false;
    }
    give_names(s);
    return true;
}

/* Runs the function on the stack; its value stays there. */
static bool
call(rc_script *s)
{
    lua_State *L = s->L;
    int base = lua_gettop(L) - 1;
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->equal);
    int status = lua_pcall(L, 1, LUA_MULTRET, 0);
    rc_sandbox_leave(s);
    if (status != LUA_OK) {
        rc_fail_take(s, false);
        return false;
    }
    if (lua_gettop(L) != base + 1) { /* "1), (2" */
        lua_settop(L, base);
        s->fail = (rc_fail){.name = "syntax", .of = -1};
        snprintf(s->fail.message, sizeof s->fail.message,
                 "unexpected ')': more than one value");
        return false;
    }
    return true;
}

/* The expression as a function onto the stack. */
static bool
take_function(rc_script *s, rc_str expression)
{
    if (rc_kept_load(s, expression)) {
        give_names(s);
        return true;
    }
    rc_tokens t = rc_tokens_make(s->scratch, expression);
    rc_str text = rc_tokens_equal(s->scratch, expression, t, false);
    rc_sandbox_enter(s);
    bool ok = compile(s, text, "=e");
    rc_sandbox_leave(s);
    if (ok)
        rc_kept_store(s, expression);
    return ok;
}

static bool
run_kept(rc_script *s, rc_str expression)
{
    lua_State *L = s->L;
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->chunks);
    lua_pushlstring(L, expression.at, expression.len);
    lua_pushvalue(L, -1);
    if (lua_rawget(L, -3) == LUA_TNIL) {
        lua_pop(L, 1);
        if (!take_function(s, expression)) {
            lua_pop(L, 2);
            return false;
        }
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, -5);
    }
    lua_rotate(L, -3, 1);
    lua_pop(L, 2);
    rc_sandbox_enter(s);
    return call(s);
}

static bool
run_located(rc_script *s, rc_str expression)
{
    rc_mark mark = rc_arena_mark(s->scratch);
    rc_tokens t = rc_tokens_make(s->scratch, expression);
    rc_str text = rc_tokens_spread(s->scratch, expression, t);
    rc_sandbox_enter(s);
    bool ok = compile(s, text, "=at"); /* the author's own spelling is told */
    if (ok) {
        lua_pop(s->L, 1);
        text = rc_tokens_equal(s->scratch, expression, t, true);
        ok = compile(s, text, "=at") && call(s);
    }
    rc_sandbox_leave(s);
    rc_arena_rewind(s->scratch, mark);
    return ok;
}

/* Leaves one value on the stack, or logs what was wrong. */
static bool
run(rc_script *s, rc_str expression, rc_span span)
{
    rc_mark mark = rc_arena_mark(s->scratch);
    s->fail = (rc_fail){.of = -1};
    s->span = span;
    bool ok = run_kept(s, expression);
    rc_arena_rewind(s->scratch, mark);
    if (ok)
        return true;
    if (rc_str_trim(expression).len == 0) {
        s->fail = (rc_fail){.name = "syntax", .of = -1};
        snprintf(s->fail.message, sizeof s->fail.message,
                 "expression is empty");
    } else if (strcmp(s->fail.name, "bounds") != 0 &&
               strcmp(s->fail.name, RC_FAIL_SILENT) != 0) {
        rc_fail first = s->fail;
        s->fail = (rc_fail){.of = -1};
        if (run_located(s, expression)) {
            lua_pop(s->L, 1);
            s->fail = first;
        }
    }
    rc_fail_log(s, expression, span);
    return false;
}

/* -- values out ------------------------------------------------------------------ */
typedef struct conversion {
    rc_arena *arena;
    rc_value *out;
} conversion;

static int
convert(lua_State *L)
{
    conversion *c = lua_touserdata(L, 2);
    rc_to_value(L, 1, c->arena, 0, c->out);
    return 0;
}

/* Takes the value off the stack; false where it cannot be printed. */
static bool
take_value(rc_script *s, rc_arena *a, rc_value *out)
{
    lua_State *L = s->L;
    int t = lua_type(L, -1);
    if (t == LUA_TNIL || t == LUA_TBOOLEAN) {
        out->kind = t == LUA_TNIL ? RC_VALUE_NIL : RC_VALUE_BOOL;
        out->truth = lua_toboolean(L, -1);
        lua_pop(L, 1);
        return true;
    }
    conversion c = {a, out};
    lua_pushcfunction(L, convert);
    lua_rotate(L, -2, 1);
    lua_pushlightuserdata(L, &c);
    rc_sandbox_enter(s);
    int status = lua_pcall(L, 2, 0, 0);
    rc_sandbox_leave(s);
    if (status != LUA_OK)
        rc_fail_take(s, false);
    return status == LUA_OK;
}

bool
rc_script_eval(rc_script *s, rc_arena *a, rc_str expression, rc_span span,
               rc_value *out)
{
    *out = (rc_value){.kind = RC_VALUE_NIL, .index = -1};
    if (!run(s, expression, span))
        return false;
    if (take_value(s, a, out))
        return true;
    *out = (rc_value){.kind = RC_VALUE_NIL, .index = -1};
    rc_fail_log(s, expression, span);
    return false;
}

/* -- variables --------------------------------------------------------------------- */
void
rc_script_push(rc_script *s)
{
    *rc_vec_push(s->arena, &s->scopes) = s->undo.count;
}

void
rc_script_pop(rc_script *s)
{
    lua_State *L = s->L;
    rc_assert(s->scopes.count > 0);
    size_t mark = s->scopes.at[--s->scopes.count];
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->globals);
    while (s->undo.count > mark) {
        rc_undo u = s->undo.at[--s->undo.count];
        lua_rawgeti(L, LUA_REGISTRYINDEX, u.name);
        if (u.old == LUA_NOREF)
            lua_pushnil(L);
        else
            lua_rawgeti(L, LUA_REGISTRYINDEX, u.old);
        lua_rawset(L, -3);
        luaL_unref(L, LUA_REGISTRYINDEX, u.name);
        luaL_unref(L, LUA_REGISTRYINDEX, u.old);
    }
    lua_pop(L, 1);
}

bool
rc_script_is_set(const rc_script *s, rc_str name, bool own)
{
    size_t mark =
        own && s->scopes.count ? s->scopes.at[s->scopes.count - 1] : 0;
    for (size_t i = s->undo.count; i-- > mark;)
        if (rc_str_eq(s->undo.at[i].text, name))
            return true;
    return false;
}

/* Takes the value on top of the stack as the variable `name`: the one at hand,
 * whose scope ends as before; where there is none, or with `own`, one of the
 * innermost scope. */
static void
set_variable(rc_script *s, rc_str name, bool own)
{
    lua_State *L = s->L;
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->globals);
    lua_pushlstring(L, name.at, name.len); /* value globals name */
    if (!rc_script_is_set(s, name, own)) {
        rc_undo u = {.old = LUA_NOREF,
                     .text = {lua_tostring(L, -1), name.len}};
        lua_pushvalue(L, -1);
        if (lua_rawget(L, -3) == LUA_TNIL)
            lua_pop(L, 1);
        else
            u.old = luaL_ref(L, LUA_REGISTRYINDEX);
        lua_pushvalue(L, -1);
        u.name = luaL_ref(L, LUA_REGISTRYINDEX);
        *rc_vec_push(s->arena, &s->undo) = u;
    }
    lua_pushvalue(L, -3);
    lua_rawset(L, -3);
    lua_pop(L, 2);
}

static bool
is_identifier(rc_str name)
{
    static const char *const words[] = {
        "and",   "break", "do",  "else", "elseif", "end",    "false", "for",
        "function", "goto", "if", "in",  "local",  "nil",    "not",   "or",
        "repeat", "return", "then", "true", "until", "while",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (rc_str_is(name, words[i]))
            return false;
    }
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && c != '_' && (i == 0 || c < '0' || c > '9'))
            return false;
    }
    return name.len > 0;
}

/* A variable with a name of the vocabulary would hide it from all that the
 * scope includes. */
static bool
may_be_named(rc_script *s, rc_str name, rc_span span)
{
    lua_State *L = s->L;
    if (!is_identifier(name)) {
        rc_log_error(s->log, "bad-name", span,
                     "'%.*s' cannot be the name of a value", RC_STR(name));
        return false;
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->vocabulary);
    lua_pushlstring(L, name.at, name.len);
    bool taken = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 2);
    if (taken) {
        rc_diag *d = rc_log_error(s->log, "bad-name", span,
                                  "'%.*s' is a word of the report's own "
                                  "vocabulary",
                                  RC_STR(name));
        rc_diag_hint(d, "choose another name");
    }
    return !taken;
}

bool
rc_script_assign(rc_script *s, rc_str name, rc_str expression, rc_span span)
{
    bool named = may_be_named(s, name, span);
    if (!run(s, expression, span)) {
        *rc_vec_push(s->arena, &s->unset) = rc_str_copy(s->arena, name);
        return false;
    }
    if (named)
        set_variable(s, name, false);
    else
        lua_pop(s->L, 1);
    return named;
}

/* -- loops ------------------------------------------------------------------------- */
bool
rc_script_for(rc_script *s, rc_str expression, rc_span span, int *loop,
              size_t *count)
{
    lua_State *L = s->L;
    *loop = -1;
    *count = 0;
    if (!run(s, expression, span))
        return false;
    if (lua_type(L, -1) != LUA_TTABLE) {
        rc_log_error(s->log, "bad-value", span, "expected a list, found %s",
                     rc_kind_name(L, -1));
        lua_pop(L, 1);
        return false;
    }
    *count = (size_t)lua_rawlen(L, -1);
    size_t i = 0;
    while (i < s->loops.count && s->loops.at[i].list != LUA_NOREF)
        i++;
    if (i == s->loops.count)
        (void)rc_vec_push(s->arena, &s->loops);
    s->loops.at[i].list = luaL_ref(L, LUA_REGISTRYINDEX);
    *loop = (int)i;
    return true;
}

void
rc_script_next(rc_script *s, int loop, size_t index, rc_str name)
{
    lua_State *L = s->L;
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->loops.at[loop].list);
    lua_rawgeti(L, -1, (lua_Integer)index + 1);
    lua_remove(L, -2);
    set_variable(s, name, true);
}

void
rc_script_for_end(rc_script *s, int loop)
{
    if (loop < 0)
        return;
    luaL_unref(s->L, LUA_REGISTRYINDEX, s->loops.at[loop].list);
    s->loops.at[loop].list = LUA_NOREF;
}

const rc_script_cell *
rc_script_cells(const rc_script *s, size_t *count)
{
    *count = s->cells.count;
    return s->cells.at;
}
