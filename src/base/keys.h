/* Keys to indices: an open hash table that is only ever asked for a key and
 * never walked, so that no order of hashing can leak. */
#ifndef RC_BASE_KEYS_H
#define RC_BASE_KEYS_H

#include "base/str.h"

typedef struct rc_keys_slot {
    rc_str key;
    uint32_t hash;
    int value; /* index + 1; 0: free */
} rc_keys_slot;

typedef struct rc_keys {
    rc_keys_slot *slots;
    size_t room; /* a power of two; 0: empty */
    size_t count;
} rc_keys;

/* The key is kept by reference. Returns the index the key already had, which
 * stays, or -1. */
int rc_keys_put(rc_arena *a, rc_keys *m, rc_str key, int index);
/* The index, or -1. */
int rc_keys_find(const rc_keys *m, rc_str key);
/* Is the key "a.b"? */
bool rc_keys_is_pair(rc_str key, rc_str a, rc_str b);
/* The index of the key "a.b", or -1. */
int rc_keys_find_pair(const rc_keys *m, rc_str a, rc_str b);

#endif
