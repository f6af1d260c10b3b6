/* Memory in arenas: what is made together is freed together.
 *
 * Running out of memory is the world's fault and never a caller's concern:
 * every function here either gives what was asked for or ends the process
 * with exit status RC_EXIT_RETRY and one line on stderr. Output is written
 * beside its place and renamed when whole, so nothing half written is left
 * under the final name (docs/decisions/0001-memory.md). */
#ifndef RC_BASE_MEM_H
#define RC_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RC_NODISCARD __attribute__((warn_unused_result))
#define RC_PRINTF(n, m) __attribute__((format(printf, n, m)))
#define RC_NORETURN __attribute__((noreturn))

typedef struct rc_arena rc_arena;

/* A place in an arena to come back to. */
typedef struct rc_mark {
    void *block;
    size_t used;
} rc_mark;

rc_arena *rc_arena_new(void);
void rc_arena_free(rc_arena *a); /* NULL is fine */

/* `count` objects of `size` bytes, zeroed, aligned for any type; they live
 * until the arena is freed or rewound to a mark taken before. An overflowing
 * product ends the process like lack of memory. */
RC_NODISCARD void *rc_arena_array(rc_arena *a, size_t count, size_t size);

rc_mark rc_arena_mark(const rc_arena *a);
void rc_arena_rewind(rc_arena *a, rc_mark mark);

/* Takes over `bytes` of heap memory (from rc_heap_grow): it is freed with the
 * arena, not by a rewind. NULL is fine. For arrays that have grown on the heap
 * and are to live on without being copied. */
void rc_arena_adopt(rc_arena *a, void *at, size_t bytes);

/* Bytes the arena has taken from the system, or over. */
size_t rc_arena_size(const rc_arena *a);

#define RC_MAKE(a, T) ((T *)rc_arena_array((a), 1, sizeof(T)))
#define RC_MAKE_ARRAY(a, T, n) ((T *)rc_arena_array((a), (n), sizeof(T)))

/* Growing arrays inside an arena: `RC_VEC(rc_item) items;` has `at`, `count`
 * and `room`. rc_vec_push gives a pointer to a new zeroed element, valid until
 * the next push. The outgrown memory stays with the arena. */
#define RC_VEC(T) \
    struct {      \
        T *at;    \
        size_t count; \
        size_t room;  \
    }
#define rc_vec_push(a, v)                                                     \
    (rc_vec_reserve((a), &(v)->at, &(v)->room, (v)->count + 1, (v)->count,    \
                    sizeof *(v)->at),                                         \
     &(v)->at[(v)->count++])
/* `at` is the address of the pointer to the first element. */
void rc_vec_reserve(rc_arena *a, void *at, size_t *room, size_t needed,
                    size_t count, size_t size);

/* Heap, for what outgrows an arena; never NULL. */
RC_NODISCARD void *rc_heap_grow(void *old, size_t count, size_t size);

/* For a library that came back without memory: ends the process as above. */
RC_NORETURN void rc_out_of_memory(void);

/* A promise of ours was broken: says where and aborts. Stays on in release.
 * Never for an author's input. */
#define rc_assert(x) ((x) ? (void)0 : rc_panic(#x, __FILE__, __LINE__))
RC_NORETURN void rc_panic(const char *what, const char *file, int line);

#endif
