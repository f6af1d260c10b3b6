/* Keys to indices: an open hash table that is only ever asked for a key and
 * never walked, so that no order of hashing can leak. Inside data/ only. */
#ifndef RC_DATA_MAP_H
#define RC_DATA_MAP_H

#include "base/str.h"

typedef struct rc_map_slot {
    rc_str key;
    uint32_t hash;
    int value; /* index + 1; 0: free */
} rc_map_slot;

typedef struct rc_map {
    rc_map_slot *slots;
    size_t room; /* a power of two; 0: empty */
    size_t count;
} rc_map;

/* The key is kept by reference. Returns the index the key already had, which
 * stays, or -1. */
int rc_map_put(rc_arena *a, rc_map *m, rc_str key, int index);
/* The index, or -1. */
int rc_map_find(const rc_map *m, rc_str key);
/* The same for the key "a.b". */
int rc_map_find_pair(const rc_map *m, rc_str a, rc_str b);

/* What rc_data.index points to. */
typedef struct rc_index {
    rc_map groups, items, questions, waves, facts, comments;
    rc_map themes; /* "question.theme"; the first of a chain of rows */
    const int *next_theme; /* by row: the next with this key, or -1 */
} rc_index;

#endif
