/* Pipes, processes and signals. The parent sleeps in poll() on two pipes of
 * each worker and on a descriptor that signals are read from, so that no
 * handler runs and no global is written.
 *
 * A worker has a task and the one after it, so that it never waits for a parent
 * that has no processor. The parent keeps both ends of the pipe that tasks go by:
 * what the worker has not begun is taken back when another falls idle. */
#define _GNU_SOURCE /* pipe2 */
#include "batch/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "batch/worker.h"

enum { TRIES = 2, GRACE_MS = 10000 };

#define NONE SIZE_MAX

typedef struct worker {
    pid_t pid;        /* 0: none */
    int in, out, err; /* the parent's ends: tasks, lines, stderr */
    int back;         /* the worker's end of `in` */
    size_t task;      /* its number in the queue; NONE: idle */
    size_t ahead;     /* the one after it; NONE */
    int64_t deadline; /* of its task; INT64_MAX: none */
    bool late;        /* killed because of it */
    bool dropped;     /* killed because the run ends */
    rc_buf line, said;
} worker;

typedef struct crew {
    const rc_pool *p;
    rc_log *log;
    worker *workers;
    size_t count; /* slots */
    size_t next;  /* of the queue */
    size_t *again; /* numbers of those that came back */
    size_t again_count;
    int signals;    /* descriptor */
    int signal;     /* the first that came; 0 */
    int64_t drop;   /* when to drop what is under way */
    bool stopped;   /* nothing more is begun */
    sigset_t old_mask;
    struct sigaction old_pipe;
} crew;

int64_t
rc_now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* -- signals --------------------------------------------------------------- */

static void
catch_signals(crew *c)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigset_t mask;

    sigemptyset(&mask);
    sigaddset(&mask, SIGINT);
    sigaddset(&mask, SIGTERM);
    sigaddset(&mask, SIGHUP);
    sigprocmask(SIG_BLOCK, &mask, &c->old_mask);
    sigaction(SIGPIPE, &ignore, &c->old_pipe); /* of a worker that died */
    c->signals = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void
release_signals(crew *c)
{
    if (c->signals >= 0)
        close(c->signals);
    sigaction(SIGPIPE, &c->old_pipe, NULL);
    sigprocmask(SIG_SETMASK, &c->old_mask, NULL);
}

static void
send_number(const worker *w, size_t number)
{
    if (write(w->in, &number, sizeof number) < 0) {
        /* it died: its pipes end, and the task is found with it */
    }
}

/* The task ahead goes back to the others, unless the worker has begun it. Where
 * the first number is of the task before, that has not begun either. */
static bool
take_back(crew *c, worker *w)
{
    size_t number, second;

    if (w->ahead == NONE || !rc_worker_take(w->back, &number))
        return false;
    if (number == w->task && rc_worker_take(w->back, &second)) {
        send_number(w, number);
        number = second;
    } else if (number == w->task) {
        w->task = w->ahead;
    }
    c->again[c->again_count++] = number;
    w->ahead = NONE;
    return true;
}

static void
stop(crew *c)
{
    c->stopped = true;
    for (size_t i = 0; i < c->count; i++)
        take_back(c, &c->workers[i]);
}

static void
take_signals(crew *c)
{
    struct signalfd_siginfo info;

    while (read(c->signals, &info, sizeof info) == (ssize_t)sizeof info) {
        c->drop = c->signal ? 0 : rc_now_ms() + GRACE_MS;
        if (!c->signal)
            c->signal = (int)info.ssi_signo;
        stop(c);
    }
}

/* -- one worker ------------------------------------------------------------ */

static void
close_ends(worker *w)
{
    int *const ends[] = {&w->in, &w->out, &w->err, &w->back};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (*ends[i] >= 0)
            close(*ends[i]);
        *ends[i] = -1;
    }
}

/* In the child: nothing of the others stays open, so that each sees its own
 * pipes end; it dies with its parent; Ctrl-C is the parent's to answer. */
RC_NORETURN static void
be_worker(crew *c, pid_t parent, const int in[2], const int out[2],
          const int err[2])
{
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(RC_EXIT_RETRY);
    for (size_t i = 0; i < c->count; i++)
        close_ends(&c->workers[i]);
    close(c->signals);
    close(in[1]);
    close(out[0]);
    close(err[0]);
    dup2(nothing, STDIN_FILENO);
    dup2(err[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    rc_worker_run(c->p, in[0], out[1]);
}

static bool
start(crew *c, worker *w)
{
    int in[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1};
    pid_t parent = getpid();
    bool piped = pipe2(in, O_CLOEXEC | O_NONBLOCK) == 0 &&
                 pipe2(out, O_CLOEXEC) == 0 && pipe2(err, O_CLOEXEC) == 0;
    const int theirs[] = {out[1], err[1]};

    fflush(NULL); /* what is buffered is printed once */
    w->pid = piped ? fork() : -1;
    if (w->pid == 0)
        be_worker(c, parent, in, out, err);
    w->in = in[1];
    w->back = in[0];
    w->out = out[0];
    w->err = err[0];
    for (size_t i = 0; i < sizeof theirs / sizeof *theirs; i++)
        if (theirs[i] >= 0)
            close(theirs[i]);
    if (w->pid < 0) {
        close_ends(w);
        w->pid = 0;
        return false;
    }
    fcntl(w->out, F_SETFL, O_NONBLOCK);
    fcntl(w->err, F_SETFL, O_NONBLOCK);
    return true;
}

/* Appends what is there; false at the end. */
static bool
drain(int fd, rc_buf *to)
{
    char part[16 * 1024];

    for (;;) {
        ssize_t n = read(fd, part, sizeof part);
        if (n > 0)
            rc_buf_bytes(to, part, (size_t)n);
        else if (n == 0)
            return false;
        else if (errno != EINTR)
            return errno == EAGAIN || errno == EWOULDBLOCK;
    }
}

/* -- handing out and taking back ------------------------------------------- */

static size_t
work_left(const crew *c)
{
    return c->stopped ? 0 : c->again_count + (c->p->count - c->next);
}

static void
begin(crew *c, worker *w, size_t number)
{
    w->task = number;
    w->late = w->dropped = false;
    w->deadline = c->p->timeout_ms ? rc_now_ms() + c->p->timeout_ms
                                   : INT64_MAX;
}

static void
hand_out(crew *c, worker *w)
{
    size_t number = c->again_count ? c->again[--c->again_count] : c->next++;

    send_number(w, number);
    if (w->task == NONE)
        begin(c, w, number);
    else
        w->ahead = number;
}

/* The length of what stands before a byte; NONE: it is not there. */
static size_t
find_byte(const rc_buf *b, char byte)
{
    const char *at = b->len ? memchr(b->at, byte, b->len) : NULL;

    return at ? (size_t)(at - b->at) : NONE;
}

static void
drop_front(rc_buf *b, size_t len)
{
    if (len)
        memmove(b->at, b->at + len, b->len - len);
    b->len -= len;
}

/* What it printed for a task ends with a zero byte, which comes before the
 * line. The worker has gone on with the task ahead. */
static void
take_lines(crew *c, worker *w)
{
    size_t line, said;

    while (w->task != NONE && (line = find_byte(&w->line, '\n')) != NONE) {
        rc_task *t = c->p->queue[w->task];
        bool made;
        drain(w->err, &w->said);
        said = find_byte(&w->said, '\0');
        said = said == NONE ? w->said.len : said;
        t->done = true;
        w->task = NONE;
        if (w->ahead != NONE && !w->late) {
            begin(c, w, w->ahead);
            w->ahead = NONE;
        }
        made = c->p->done(c->p->user, t, (rc_str){w->line.at, line},
                          (rc_str){w->said.at, said});
        if (!made && c->p->fail_fast)
            stop(c);
        drop_front(&w->line, line + 1);
        drop_front(&w->said, said < w->said.len ? said + 1 : said);
    }
}

static const char *
how_it_died(const worker *w, int status, char *text, size_t room)
{
    if (w->late)
        return "over its time";
    if (WIFEXITED(status) && WEXITSTATUS(status) == RC_EXIT_RETRY)
        return "out of memory";
    if (WIFSIGNALED(status))
        snprintf(text, room, "its process was ended by signal %d",
                 WTERMSIG(status));
    else
        snprintf(text, room, "its process ended with status %d",
                 WIFEXITED(status) ? WEXITSTATUS(status) : 0);
    return text;
}

/* Its pipe has ended: it is dead, or will be. It loses what it had begun. */
static void
bury(crew *c, worker *w)
{
    rc_task *t =
        w->dropped || w->task == NONE ? NULL : c->p->queue[w->task];
    int status = 0;
    char text[64];

    drain(w->err, &w->said);
    kill(w->pid, SIGKILL);
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    close_ends(w);
    if (w->ahead != NONE)
        c->again[c->again_count++] = w->ahead;
    if (t) {
        t->done = ++t->tries >= TRIES;
        c->p->lost(c->p->user, t, how_it_died(w, status, text, sizeof text),
                   rc_buf_str(&w->said), !t->done);
        if (!t->done)
            c->again[c->again_count++] = w->task;
        else if (c->p->fail_fast)
            stop(c);
    }
    w->pid = 0;
    w->task = w->ahead = NONE;
    w->line.len = w->said.len = 0;
}

/* -- the loop -------------------------------------------------------------- */

static size_t
count_busy(const crew *c)
{
    size_t busy = 0;

    for (size_t i = 0; i < c->count; i++)
        busy += c->workers[i].pid && c->workers[i].task != NONE;
    return busy;
}

/* Whether there is a task for one that is idle. */
static bool
find_work(crew *c)
{
    bool found = work_left(c);

    for (size_t i = 0; i < c->count && !found && !c->stopped; i++)
        found = take_back(c, &c->workers[i]);
    return found;
}

/* Every empty slot gets a worker, every idle worker a task; then each another,
 * but where a failure is to stop all. */
static void
set_to_work(crew *c)
{
    for (size_t i = 0; i < c->count; i++) {
        worker *w = &c->workers[i];
        if (w->task == NONE && find_work(c) && (w->pid || start(c, w)))
            hand_out(c, w);
    }
    for (size_t i = 0; i < c->count && work_left(c); i++) {
        worker *w = &c->workers[i];
        if (w->task != NONE && w->ahead == NONE && !c->p->fail_fast)
            hand_out(c, w);
    }
    if (work_left(c) && count_busy(c) == 0) {
        rc_log_add(c->log, RC_RETRY, "no-process", rc_span_none(),
                   "no worker process can be started");
        c->stopped = true;
    }
}

static void
kill_late(crew *c)
{
    int64_t now = rc_now_ms();

    for (size_t i = 0; i < c->count; i++) {
        worker *w = &c->workers[i];
        if (!w->pid || w->task == NONE || w->late)
            continue;
        w->late = now >= w->deadline;
        w->dropped = now >= c->drop;
        if (w->late || w->dropped)
            kill(w->pid, SIGKILL);
    }
}

static int
time_to_wait(const crew *c)
{
    int64_t now = rc_now_ms(), until = c->drop;

    for (size_t i = 0; i < c->count; i++)
        if (c->workers[i].pid && c->workers[i].task != NONE &&
            !c->workers[i].late && c->workers[i].deadline < until)
            until = c->workers[i].deadline;
    if (c->p->tick_ms && until > now + c->p->tick_ms)
        until = now + c->p->tick_ms;
    if (until == INT64_MAX)
        return -1;
    until = until > now ? until - now : 0;
    return until < 60000 ? (int)until : 60000;
}

static void
turn(crew *c, struct pollfd *fds)
{
    fds[0] = (struct pollfd){.fd = c->signals, .events = POLLIN};
    for (size_t i = 0; i < c->count; i++) {
        const worker *w = &c->workers[i];
        fds[2 * i + 1] = (struct pollfd){.fd = w->out, .events = POLLIN};
        fds[2 * i + 2] = (struct pollfd){.fd = w->err, .events = POLLIN};
    }
    if (poll(fds, (nfds_t)(2 * c->count + 1), time_to_wait(c)) < 0)
        return;
    take_signals(c);
    for (size_t i = 0; i < c->count; i++) {
        worker *w = &c->workers[i];
        bool ended = false;
        if (!w->pid)
            continue;
        if (fds[2 * i + 2].revents)
            drain(w->err, &w->said);
        if (fds[2 * i + 1].revents)
            ended = !drain(w->out, &w->line);
        take_lines(c, w);
        if (ended)
            bury(c, w);
    }
    kill_late(c);
}

/* They are idle; one that somebody stopped would not notice. */
static void
dismiss(crew *c)
{
    for (size_t i = 0; i < c->count; i++) {
        close_ends(&c->workers[i]);
        if (c->workers[i].pid)
            kill(c->workers[i].pid, SIGKILL);
    }
    for (size_t i = 0; i < c->count; i++) {
        worker *w = &c->workers[i];
        while (w->pid && waitpid(w->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
        rc_buf_free(&w->line);
        rc_buf_free(&w->said);
    }
}

int
rc_pool_run(const rc_pool *p, rc_log *log)
{
    rc_arena *a = rc_arena_new();
    size_t count = (size_t)p->jobs < p->count ? (size_t)p->jobs : p->count;
    crew c = {.p = p, .log = log, .count = count, .drop = INT64_MAX};
    struct pollfd *fds = RC_MAKE_ARRAY(a, struct pollfd, 2 * count + 1);

    c.workers = RC_MAKE_ARRAY(a, worker, count + 1);
    c.again = RC_MAKE_ARRAY(a, size_t, p->count + 1);
    for (size_t i = 0; i < count; i++)
        c.workers[i] = (worker){.in = -1, .out = -1, .err = -1,
                                .back = -1, .task = NONE, .ahead = NONE};
    catch_signals(&c);
    for (;;) {
        set_to_work(&c);
        if (count_busy(&c) == 0)
            break;
        turn(&c, fds);
        if (p->tick_ms)
            p->tick(p->user);
    }
    dismiss(&c);
    release_signals(&c);
    rc_arena_free(a);
    return c.signal;
}
