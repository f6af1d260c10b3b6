#include "batch/worker.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "batch/folder.h"
#include "batch/json.h"

/* The log as text in the arena. */
static rc_str
log_text(rc_arena *a, const rc_log *log, rc_log_format format)
{
    char *text = NULL;
    size_t len = 0;
    FILE *to = open_memstream(&text, &len);
    rc_str s;

    if (!to)
        rc_out_of_memory();
    rc_log_print(log, to, format, false);
    if (fclose(to) != 0)
        rc_out_of_memory();
    s = rc_str_copy(a, (rc_str){text, len});
    free(text);
    return s;
}

rc_str
rc_worker_log(rc_arena *a, const rc_log *log)
{
    return log_text(a, log, RC_LOG_HUMAN);
}

rc_str
rc_worker_messages(rc_arena *a, const rc_log *log)
{
    rc_str text = log_text(a, log, RC_LOG_JSON);
    json_t *list = json_array(); /* of its lines */

    for (size_t from = 0; from < text.len;) {
        size_t end = rc_str_find(text, "\n", from);
        end = end < text.len ? end : text.len;
        json_t *line = rc_json_read(rc_str_part(text, from, end));
        if (line)
            json_array_append_new(list, line);
        from = end + 1;
    }
    text = rc_json_dump(a, list);
    json_decref(list);
    return text;
}

static void
add_made(json_t *map, const rc_made *made, rc_arena *a, rc_str path)
{
    struct stat st;

    rc_json_set(map, "same", json_boolean(made->same));
    rc_json_set(map, "pages", json_integer((json_int_t)made->pages));
    rc_json_set(map, "figures", json_integer((json_int_t)made->figures));
    rc_json_set(map, "tree", rc_json_str(made->tree));
    rc_json_set(map, "reads", rc_json_strs(made->reads, made->read_count));
    rc_json_set(map, "results", rc_json_str(made->results));
    if (made->same || stat(path.at, &st) != 0)
        return;
    rc_json_set(map, "output",
                rc_json_str(rc_hash_of(a, rc_buf_str(&made->pdf))));
    rc_json_set(map, "bytes", json_integer(st.st_size));
    rc_json_set(map, "modified",
                json_integer((json_int_t)rc_folder_modified(&st)));
}

/* Makes one volume; its line for the parent. */
static void
make_volume(const rc_pool *p, const rc_task *t, rc_buf *line)
{
    int64_t start = rc_now_ms();
    rc_arena *a = rc_arena_new();
    rc_log *log = rc_log_new();
    rc_made made = {0};
    json_t *map = json_object();
    rc_str path = rc_path_join(a, rc_str_z(p->folder), t->file);
    bool ok = rc_job_make(p->job, t->index, t->tree, a, &made, log) &&
              (made.same ||
               rc_file_write_many(path.at, rc_buf_str(&made.pdf), log));
    int status = rc_log_status(log);

    if (!ok && status == 0)
        status = RC_EXIT_INPUT;
    rc_json_set(map, "status", json_integer(status));
    if (status == 0)
        add_made(map, &made, a, path);
    rc_json_set(map, "warnings",
                json_integer((json_int_t)(rc_log_count(log, RC_WARNING) -
                                          rc_log_count(log, RC_ERROR))));
    rc_json_set(map, "messages", rc_json_text(rc_worker_messages(a, log)));
    rc_json_set(map, "log", rc_json_str(rc_worker_log(a, log)));
    rc_json_set(map, "milliseconds", json_integer(rc_now_ms() - start));
    rc_json_print(map, line);
    rc_buf_char(line, '\n');
    rc_buf_free(&made.pdf);
    rc_log_free(log);
    rc_arena_free(a);
}

static bool
write_line(int fd, rc_str s)
{
    while (s.len) {
        ssize_t n = write(fd, s.at, s.len);
        if (n >= 0)
            s = rc_str_part(s, (size_t)n, s.len);
        else if (errno != EINTR)
            return false;
    }
    return true;
}

bool
rc_worker_take(int fd, size_t *number)
{
    ssize_t n;

    errno = 0;
    do
        n = read(fd, number, sizeof *number);
    while (n < 0 && errno == EINTR);
    return n == (ssize_t)sizeof *number;
}

/* The next task's number; false when there will be none. */
static bool
wait_number(int fd, size_t *number)
{
    struct pollfd wait = {.fd = fd, .events = POLLIN};

    while (!rc_worker_take(fd, number)) {
        if (errno != EAGAIN && errno != EWOULDBLOCK)
            return false;
        poll(&wait, 1, -1);
    }
    return true;
}

/* What is printed from here on is the next task's. */
static bool
end_said(void)
{
    return write_line(STDERR_FILENO, (rc_str){"", 1});
}

/* What a volume gives back the next one takes: it stays in the process, rather
 * than going to the system and coming again page by page. */
static void
keep_memory(void)
{
#ifdef __GLIBC__
    enum { MIB = 1024 * 1024 };
    mallopt(M_MMAP_THRESHOLD, 32 * MIB);
    mallopt(M_TRIM_THRESHOLD, 256 * MIB);
    mallopt(M_TOP_PAD, 4 * MIB);
#endif
}

void
rc_worker_run(const rc_pool *p, int in, int out)
{
    size_t number;

    keep_memory();
    while (wait_number(in, &number)) {
        rc_buf line = {0};
        bool ok;
        make_volume(p, p->queue[number], &line);
        ok = end_said() && write_line(out, rc_buf_str(&line));
        rc_buf_free(&line);
        if (!ok) /* nobody is there to hear it */
            break;
    }
    _exit(RC_EXIT_DONE);
}
