/* Lua's memory: very many small objects, most of which soon go again. Blocks
 * are cut from the script's arena in a few sizes; one that is given back waits
 * for the next object of its size. The arena is all there is to free. */
#include "script/internal.h"

#include <string.h>

/* Steps of GRAIN up to SMALL, then powers of two. */
enum { GRAIN = 16, SMALL = 512, SMALL_SIZES = SMALL / GRAIN };

static size_t
size_index(size_t bytes)
{
    if (bytes <= SMALL)
        return (bytes - 1) / GRAIN;
    size_t i = SMALL_SIZES;
    for (size_t room = 2 * SMALL; room < bytes; room *= 2)
        i++;
    rc_assert(i < RC_BLOCK_SIZES);
    return i;
}

static size_t
room_of(size_t index)
{
    return index < SMALL_SIZES ? (index + 1) * GRAIN
                               : (size_t)2 * SMALL << (index - SMALL_SIZES);
}

static void *
take(rc_script *s, size_t index)
{
    rc_block *b = s->spare[index];
    if (!b)
        return rc_arena_array(s->arena, room_of(index), 1);
    s->spare[index] = b->next;
    return b;
}

static void
give(rc_script *s, void *at, size_t index)
{
    rc_block *b = at;
    b->next = s->spare[index];
    s->spare[index] = b;
}

void *
rc_heap_move(rc_script *s, void *at, size_t old, size_t bytes)
{
    size_t from = old ? size_index(old) : RC_BLOCK_SIZES;
    size_t to = bytes ? size_index(bytes) : RC_BLOCK_SIZES;
    if (from == to)
        return at;
    void *moved = bytes ? take(s, to) : NULL;
    if (old && bytes)
        memcpy(moved, at, old < bytes ? old : bytes);
    if (old)
        give(s, at, from);
    return moved;
}
