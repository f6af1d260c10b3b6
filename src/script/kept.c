/* What outlives a script: its expressions as Lua's bytecode, which is read in a
 * tenth of the time that compiling takes. Only our own is ever loaded. */
#include "base/keys.h"
#include "script/internal.h"

struct rc_script_kept {
    rc_arena *a;
    size_t most;  /* bytes of it */
    rc_keys keys; /* expressions: indices of */
    RC_VEC(rc_str) codes;
};

rc_script_kept *
rc_script_keep(rc_arena *a, size_t most)
{
    rc_script_kept *k = RC_MAKE(a, rc_script_kept);

    k->a = a;
    k->most = most;
    return k;
}

bool
rc_kept_load(rc_script *s, rc_str expression)
{
    const rc_script_kept *k = s->env.kept;
    int at = k ? rc_keys_find(&k->keys, expression) : -1;

    if (at < 0)
        return false;
    int status = luaL_loadbufferx(s->L, k->codes.at[at].at,
                                  k->codes.at[at].len, "=e", "b");
    rc_assert(status == LUA_OK);
    return true;
}

static int
append(lua_State *L, const void *at, size_t len, void *to)
{
    (void)L;
    rc_buf_bytes(to, at, len);
    return 0;
}

void
rc_kept_store(rc_script *s, rc_str expression)
{
    rc_script_kept *k = s->env.kept;
    rc_buf code = {0};

    if (!k || rc_arena_size(k->a) > k->most)
        return;
    lua_dump(s->L, append, &code, 0);
    rc_keys_put(k->a, &k->keys, rc_str_copy(k->a, expression),
                (int)k->codes.count);
    *rc_vec_push(k->a, &k->codes) = rc_str_copy(k->a, rc_buf_str(&code));
    rc_buf_free(&code);
}
