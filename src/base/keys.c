#include "base/keys.h"

#include <string.h>

static uint32_t
hash_of(rc_str s)
{
    return rc_str_hash(RC_STR_HASH, s);
}

static rc_keys_slot *
slot_of(const rc_keys *m, rc_str key, uint32_t hash)
{
    size_t i = hash & (m->room - 1);
    while (m->slots[i].value
           && (m->slots[i].hash != hash || !rc_str_eq(m->slots[i].key, key)))
        i = (i + 1) & (m->room - 1);
    return &m->slots[i];
}

static void
grow(rc_arena *a, rc_keys *m)
{
    rc_keys more = {.room = m->room ? m->room * 2 : 64, .count = m->count};
    more.slots = RC_MAKE_ARRAY(a, rc_keys_slot, more.room);
    for (size_t i = 0; i < m->room; i++)
        if (m->slots[i].value)
            *slot_of(&more, m->slots[i].key, m->slots[i].hash) = m->slots[i];
    *m = more;
}

int
rc_keys_put(rc_arena *a, rc_keys *m, rc_str key, int index)
{
    if (m->count * 2 >= m->room)
        grow(a, m);
    uint32_t hash = hash_of(key);
    rc_keys_slot *s = slot_of(m, key, hash);
    if (s->value)
        return s->value - 1;
    *s = (rc_keys_slot){key, hash, index + 1};
    m->count++;
    return -1;
}

int
rc_keys_find(const rc_keys *m, rc_str key)
{
    return m->room ? slot_of(m, key, hash_of(key))->value - 1 : -1;
}

bool
rc_keys_is_pair(rc_str key, rc_str a, rc_str b)
{
    return key.len == a.len + 1 + b.len && memcmp(key.at, a.at, a.len) == 0
           && key.at[a.len] == '.'
           && memcmp(key.at + a.len + 1, b.at, b.len) == 0;
}

int
rc_keys_find_pair(const rc_keys *m, rc_str a, rc_str b)
{
    if (m->room == 0)
        return -1;
    uint32_t hash = rc_str_hash(rc_str_hash(hash_of(a), RC_LIT(".")), b);
    size_t i = hash & (m->room - 1);
    while (m->slots[i].value
           && (m->slots[i].hash != hash || !rc_keys_is_pair(m->slots[i].key, a, b)))
        i = (i + 1) & (m->room - 1);
    return m->slots[i].value - 1;
}
