/* Arenas: zeroed, aligned, rewound; vectors; the end when memory runs out. */
#include "base/diag.h"

#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

START_TEST(test_zeroed_after_rewind)
{
    rc_arena *a = rc_arena_new();
    rc_mark mark = rc_arena_mark(a);
    for (int turn = 0; turn < 3; turn++) {
        for (size_t size = 1; size < 100000; size = size * 3 + 1) {
            unsigned char *p = rc_arena_array(a, size, 1);
            for (size_t i = 0; i < size; i++)
                ck_assert_uint_eq(p[i], 0);
            memset(p, 0xAA, size);
        }
        rc_arena_rewind(a, mark);
    }
    rc_arena_free(a);
}
END_TEST

START_TEST(test_aligned_and_apart)
{
    rc_arena *a = rc_arena_new();
    for (size_t i = 0; i < 1000; i++) {
        char *p = rc_arena_array(a, i % 7, 1), *q = rc_arena_array(a, 3, 1);
        ck_assert_ptr_ne(p, q);
        ck_assert_uint_eq((uintptr_t)p % _Alignof(max_align_t), 0);
        ck_assert_uint_eq((uintptr_t)q % _Alignof(max_align_t), 0);
    }
    rc_arena_free(a);
    rc_arena_free(NULL);
}
END_TEST

START_TEST(test_mark_in_the_middle)
{
    rc_arena *a = rc_arena_new();
    char *kept = rc_arena_array(a, 16, 1);
    strcpy(kept, "kept");
    rc_mark mark = rc_arena_mark(a);
    size_t size = rc_arena_size(a);
    for (int turn = 0; turn < 50; turn++) {
        memset(rc_arena_array(a, 3000, 1000), 1, 3000000);
        rc_arena_rewind(a, mark);
    }
    ck_assert_str_eq(kept, "kept");
    /* one spare block at most is kept */
    ck_assert_uint_lt(rc_arena_size(a), size + 3100000);
    rc_arena_free(a);
}
END_TEST

START_TEST(test_vectors)
{
    rc_arena *a = rc_arena_new();
    RC_VEC(const char *) words = {0};
    RC_VEC(int) numbers = {0};
    for (int i = 0; i < 10000; i++) { /* both grow by turns */
        *rc_vec_push(a, &numbers) = i;
        if (i % 3 == 0)
            *rc_vec_push(a, &words) = "word";
    }
    ck_assert_uint_eq(numbers.count, 10000);
    for (int i = 0; i < 10000; i++)
        ck_assert_int_eq(numbers.at[i], i);
    for (size_t i = 0; i < words.count; i++)
        ck_assert_str_eq(words.at[i], "word");
    typedef struct pair {
        int a, b;
    } pair;
    RC_VEC(pair) pairs = {0};
    for (int i = 0; i < 100; i++) {
        pair *p = rc_vec_push(a, &pairs);
        ck_assert_int_eq(p->a, 0);
        ck_assert_int_eq(p->b, 0);
        p->a = p->b = i + 1;
    }
    rc_arena_free(a);
}
END_TEST

START_TEST(test_overflow_ends_with_retry)
{
    rc_arena *a = rc_arena_new();
    void *p = rc_arena_array(a, SIZE_MAX / 4, 8);
    ck_abort_msg("came back with %p", p);
}
END_TEST

START_TEST(test_heap_overflow_ends_with_retry)
{
    void *p = rc_heap_grow(NULL, SIZE_MAX / 2, 3);
    ck_abort_msg("came back with %p", p);
}
END_TEST

START_TEST(test_broken_promise_aborts)
{
    int two = 2;
    rc_assert(two == 2);
    rc_assert(two == 3);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("base_mem");
    TCase *t = tcase_create("mem");
    tcase_add_test(t, test_zeroed_after_rewind);
    tcase_add_test(t, test_aligned_and_apart);
    tcase_add_test(t, test_mark_in_the_middle);
    tcase_add_test(t, test_vectors);
    tcase_add_exit_test(t, test_overflow_ends_with_retry, RC_EXIT_RETRY);
    tcase_add_exit_test(t, test_heap_overflow_ends_with_retry, RC_EXIT_RETRY);
    tcase_add_test_raise_signal(t, test_broken_promise_aborts, SIGABRT);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
