/* Workers: every task is settled once, whoever dies. What they make is a script
 * of this file's: a letter for each task. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "batch/pool.h"

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "batch/json.h"

enum { MOST = 400 };

typedef struct shared { /* by all processes */
    int begun[MOST];
    pid_t by[MOST];
} shared;

/* '.' at once, 'p' prints, 'f' fails, 'x' dies, 'o' dies the first time, 's'
 * takes 150 ms, 'l' takes 600, 'i' interrupts the run after 100 of 250 */
struct rc_job {
    const char *script;
    shared *seen;
};

static void
rest(long ms)
{
    const struct timespec t = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

bool
rc_job_make(rc_job *job, size_t i, rc_str tree, rc_arena *a, rc_made *out,
            rc_log *log)
{
    int tries = ++job->seen->begun[i];

    (void)tree;
    (void)a;
    *out = (rc_made){.same = true}; /* nothing is written */
    job->seen->by[i] = getpid();
    switch (job->script[i]) {
    case 'p': fprintf(stderr, "said of %zu", i); break;
    case 'f': rc_log_error(log, "bad", rc_span_none(), "bad"); break;
    case 'o': if (tries > 1) break; /* fall through */
    case 'x': fprintf(stderr, "said of %zu", i); raise(SIGKILL); break;
    case 's': rest(150); break;
    case 'l': rest(600); break;
    case 'i': rest(100); kill(getppid(), SIGTERM); rest(150); break;
    default: break;
    }
    return rc_log_status(log) == 0;
}

typedef struct test {
    rc_arena *arena;
    rc_pool pool;
    rc_job job;
    rc_task tasks[MOST];
    rc_task *queue[MOST];
    int done[MOST], again[MOST], lost[MOST];
    long slow; /* ms that `done` takes */
} test;

static bool
take_done(void *user, rc_task *task, rc_str line, rc_str said)
{
    test *t = user;
    json_t *map = rc_json_read(line);
    bool made = map && rc_json_get_int(map, "status") == 0;
    const char *wanted = t->job.script[task->index] == 'p'
                             ? rc_str_printf(t->arena, "said of %zu",
                                             task->index).at
                             : "";

    ck_assert_msg(rc_str_is(said, wanted), "task %zu said '%.*s'",
                  task->index, RC_STR(said));
    ck_assert_int_eq(made, t->job.script[task->index] != 'f');
    t->done[task->index]++;
    rest(t->slow);
    json_decref(map);
    return made;
}

static void
take_lost(void *user, rc_task *task, const char *how, rc_str said, bool again)
{
    test *t = user;

    (void)how;
    if (strchr("ox", t->job.script[task->index]))
        ck_assert(rc_str_starts(said, "said of"));
    (again ? t->again : t->lost)[task->index]++;
}

static test *
new_test(const char *script, long jobs)
{
    rc_arena *a = rc_arena_new();
    test *t = RC_MAKE(a, test);

    t->arena = a;
    t->job.script = script;
    t->job.seen = mmap(NULL, sizeof *t->job.seen, PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert(t->job.seen != MAP_FAILED);
    t->pool = (rc_pool){.job = &t->job, .folder = "none", .queue = t->queue,
                        .count = strlen(script), .jobs = jobs,
                        .done = take_done, .lost = take_lost, .user = t};
    for (size_t i = 0; i < t->pool.count; i++) {
        t->tasks[i] = (rc_task){.index = i, .file = RC_LIT("none.pdf")};
        t->queue[i] = &t->tasks[i];
    }
    return t;
}

static void
end_test(test *t)
{
    munmap(t->job.seen, sizeof *t->job.seen);
    rc_arena_free(t->arena);
}

/* Runs it; what ended it. */
static int
run_test(test *t)
{
    rc_log *log = rc_log_new();
    int number = rc_pool_run(&t->pool, log);

    ck_assert_int_eq(rc_log_status(log), 0);
    rc_log_free(log);
    return number;
}

/* Each was settled once and begun as often as its letter says. */
static void
check_settled(const test *t)
{
    for (size_t i = 0; i < t->pool.count; i++) {
        char c = t->job.script[i];
        bool lost = c == 'x';
        ck_assert_msg(t->done[i] == !lost && t->lost[i] == lost &&
                          t->again[i] == (lost || c == 'o') &&
                          t->job.seen->begun[i] == (lost || c == 'o' ? 2 : 1),
                      "task %zu (%c): done %d, lost %d, again %d, begun %d", i,
                      c, t->done[i], t->lost[i], t->again[i],
                      t->job.seen->begun[i]);
    }
}

/* Deaths lose what was under way, never what waits behind it. */
START_TEST(settles_each_once)
{
    static const char *const scripts[] = {
        ".", "x", "o", "...", "xxxx", "oooooo", ".o.x.o.x..", "x.........",
        ".........x", "..xo..pp..f..", "pppppppp"};

    for (long jobs = 1; jobs < 5; jobs++)
        for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
            test *t = new_test(scripts[i], jobs);
            ck_assert_int_eq(run_test(t), 0);
            check_settled(t);
            end_test(t);
        }
}
END_TEST

START_TEST(settles_many)
{
    char script[MOST];

    memset(script, '.', sizeof script - 1);
    script[sizeof script - 1] = '\0';
    for (size_t i = 0; i < sizeof script - 1; i += 7)
        script[i] = "pofx"[i / 7 % 4];
    test *t = new_test(script, 3);
    ck_assert_int_eq(run_test(t), 0);
    check_settled(t);
    end_test(t);
}
END_TEST

/* A parent that is slow to look finds several lines at once; what was printed
 * stays with its own. */
START_TEST(lines_wait_for_the_parent)
{
    test *t = new_test("pp.pp.ppp.p.p", 2);

    t->slow = 5;
    ck_assert_int_eq(run_test(t), 0);
    check_settled(t);
    end_test(t);
}
END_TEST

/* What waits behind a long task is done by who is free. */
START_TEST(nobody_waits_behind_a_long_task)
{
    test *t = new_test("l......", 2);

    ck_assert_int_eq(run_test(t), 0);
    check_settled(t);
    for (size_t i = 1; i < t->pool.count; i++)
        ck_assert(t->job.seen->by[i] != t->job.seen->by[0]);
    end_test(t);
}
END_TEST

START_TEST(time_is_each_tasks_own)
{
    test *t = new_test("sss", 1);

    t->pool.timeout_ms = 350;
    ck_assert_int_eq(run_test(t), 0);
    check_settled(t);
    end_test(t);
    t = new_test(".l.", 1);
    t->pool.timeout_ms = 300;
    ck_assert_int_eq(run_test(t), 0);
    ck_assert_int_eq(t->again[1] + t->lost[1], 2);
    ck_assert_int_eq(t->done[0] + t->done[2], 2);
    ck_assert_int_eq(t->job.seen->begun[2], 1);
    end_test(t);
}
END_TEST

START_TEST(fails_fast)
{
    for (int dies = 0; dies < 2; dies++) {
        test *t = new_test(dies ? ".x..." : ".f...", 1);
        t->pool.fail_fast = true;
        ck_assert_int_eq(run_test(t), 0);
        ck_assert_int_eq(t->done[0] + t->done[1] + t->lost[1], 2);
        for (size_t i = 2; i < t->pool.count; i++)
            ck_assert_int_eq(t->job.seen->begun[i], 0);
        end_test(t);
    }
}
END_TEST

START_TEST(ends_what_is_under_way)
{
    test *t = new_test(".i...", 1);

    ck_assert_int_eq(run_test(t), SIGTERM);
    ck_assert_int_eq(t->done[0] + t->done[1], 2);
    for (size_t i = 2; i < t->pool.count; i++)
        ck_assert_int_eq(t->job.seen->begun[i] + t->done[i], 0);
    end_test(t);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("batch: workers");
    TCase *all = tcase_create("all");
    SRunner *runner;
    int failed;

    suite_add_tcase(suite, all);
    tcase_add_test(all, settles_each_once);
    tcase_add_test(all, settles_many);
    tcase_add_test(all, lines_wait_for_the_parent);
    tcase_add_test(all, nobody_waits_behind_a_long_task);
    tcase_add_test(all, time_is_each_tasks_own);
    tcase_add_test(all, fails_fast);
    tcase_add_test(all, ends_what_is_under_way);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
