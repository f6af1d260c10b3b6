/* Arenas are chains of blocks, newest first; a block is carved from its front
 * and given back whole. */
#include "base/mem.h"

#include "base/diag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct block block;
struct block {
    block *older;
    size_t room; /* bytes in `at` */
    size_t used;
    max_align_t at[];
};

struct rc_arena {
    block *newest;
    block *spare; /* one block kept by a rewind, for the next turn */
    void **adopted;
    size_t adopted_count, adopted_room;
    size_t size;
};

enum { ALIGN = _Alignof(max_align_t), FIRST_ROOM = 8 * 1024,
       MOST_ROOM = 1024 * 1024 };

void
rc_out_of_memory(void)
{
    fputs("recto: error: out of memory [no-memory]\n", stderr);
    exit(RC_EXIT_RETRY);
}

void
rc_panic(const char *what, const char *file, int line)
{
    fprintf(stderr, "recto: %s:%d: broken promise: %s\n", file, line, what);
    abort();
}

static size_t
product(size_t count, size_t size)
{
    if (size && count > (SIZE_MAX / 2 - ALIGN) / size)
        rc_out_of_memory();
    return count * size;
}

static size_t
rounded(size_t size)
{
    return (size + (ALIGN - 1)) / ALIGN * ALIGN;
}

static char *
block_bytes(block *b)
{
    return (char *)b->at;
}

static void
block_free(rc_arena *a, block *b)
{
    a->size -= sizeof *b + b->room;
    free(b);
}

static void
add_block(rc_arena *a, size_t needed)
{
    block *b = a->spare;
    if (b && b->room >= needed) {
        a->spare = NULL;
    } else {
        size_t room = a->newest ? a->newest->room * 2 : FIRST_ROOM;
        if (room > MOST_ROOM)
            room = MOST_ROOM;
        if (room < needed)
            room = needed;
        if (room > SIZE_MAX - sizeof *b)
            rc_out_of_memory();
        b = malloc(sizeof *b + room);
        if (!b)
            rc_out_of_memory();
        b->room = room;
        a->size += sizeof *b + room;
    }
    b->used = 0;
    b->older = a->newest;
    a->newest = b;
}

rc_arena *
rc_arena_new(void)
{
    rc_arena *a = malloc(sizeof *a);
    if (!a)
        rc_out_of_memory();
    *a = (rc_arena){0};
    return a;
}

void
rc_arena_free(rc_arena *a)
{
    if (!a)
        return;
    rc_arena_rewind(a, (rc_mark){0});
    free(a->spare);
    for (size_t i = 0; i < a->adopted_count; i++)
        free(a->adopted[i]);
    free(a->adopted);
    free(a);
}

void
rc_arena_adopt(rc_arena *a, void *at, size_t bytes)
{
    if (!at)
        return;
    if (a->adopted_count == a->adopted_room) {
        a->adopted_room = a->adopted_room ? a->adopted_room * 2 : 16;
        a->adopted =
            rc_heap_grow(a->adopted, a->adopted_room, sizeof *a->adopted);
    }
    a->adopted[a->adopted_count++] = at;
    a->size += bytes;
}

void *
rc_arena_array(rc_arena *a, size_t count, size_t size)
{
    size_t needed = rounded(product(count, size));
    if (needed == 0)
        needed = ALIGN; /* distinct pointers, also for nothing */
    if (!a->newest || a->newest->room - a->newest->used < needed)
        add_block(a, needed);
    char *p = block_bytes(a->newest) + a->newest->used;
    a->newest->used += needed;
    return memset(p, 0, needed);
}

rc_mark
rc_arena_mark(const rc_arena *a)
{
    return (rc_mark){a->newest, a->newest ? a->newest->used : 0};
}

void
rc_arena_rewind(rc_arena *a, rc_mark mark)
{
    while (a->newest && a->newest != mark.block) {
        block *b = a->newest;
        a->newest = b->older;
        if (!a->spare || a->spare->room < b->room) {
            block *other = a->spare;
            a->spare = b;
            b = other;
        }
        if (b)
            block_free(a, b);
    }
    rc_assert(a->newest == mark.block);
    if (a->newest)
        a->newest->used = mark.used;
}

size_t
rc_arena_size(const rc_arena *a)
{
    return a->size;
}

/* The last array of a block grows where it stands: most vectors do. */
static bool
grow_in_place(rc_arena *a, char *old, size_t old_size, size_t new_size)
{
    block *b = a->newest;
    size_t had = rounded(old_size), wants = rounded(new_size);
    if (!b || !old || b->used < had
        || old != block_bytes(b) + (b->used - had)
        || b->room - b->used < wants - had)
        return false;
    memset(old + had, 0, wants - had);
    b->used += wants - had;
    return true;
}

void
rc_vec_reserve(rc_arena *a, void *at, size_t *room, size_t needed,
               size_t count, size_t size)
{
    if (needed <= *room)
        return;
    size_t wants = *room < 4 ? 8 : product(*room, 2);
    if (wants < needed)
        wants = needed;
    char *old;
    memcpy(&old, at, sizeof old);
    if (!grow_in_place(a, old, product(*room, size), product(wants, size))) {
        char *grown = rc_arena_array(a, wants, size);
        if (count)
            memcpy(grown, old, product(count, size));
        memcpy(at, &grown, sizeof grown);
    }
    *room = wants;
}

void *
rc_heap_grow(void *old, size_t count, size_t size)
{
    size_t needed = product(count, size);
    void *p = realloc(old, needed ? needed : 1);
    if (!p)
        rc_out_of_memory();
    return p;
}
