#include "batch/tell.h"

#include <stdio.h>
#include <string.h>

#include "batch/json.h"
#include "batch/pool.h"

static bool
is_json(const rc_tell *t)
{
    return t->options->format == RC_LOG_JSON;
}

static size_t
settled(const rc_tell *t)
{
    return t->made + t->same + t->failed;
}

/* -- events ---------------------------------------------------------------- */

static json_t *
event(const char *name)
{
    json_t *map = json_object();
    rc_json_set(map, "event", json_string(name));
    return map;
}

static void
set_count(json_t *map, const char *key, size_t n)
{
    rc_json_set(map, key, json_integer((json_int_t)n));
}

/* Flushed at once: who reads the events sees them as they happen. */
static void
send(json_t *map)
{
    rc_buf line = {0};
    rc_json_print(map, &line);
    rc_buf_char(&line, '\n');
    fwrite(line.at, 1, line.len, stdout);
    fflush(stdout);
    rc_buf_free(&line);
}

static void
send_volume(const rc_tell *t, const rc_task *task, const rc_record *r,
            const char *status)
{
    json_t *map = event("volume");
    rc_json_set(map, "key", rc_json_str(r->key));
    rc_json_set(map, "name", rc_json_str(r->name));
    rc_json_set(map, "status", json_string(status));
    rc_json_set(map, "why", rc_json_str(task->why));
    rc_json_set(map, "file", rc_json_str(r->file));
    rc_json_set(map, "pages", json_integer(r->pages));
    rc_json_set(map, "figures", json_integer(r->figures));
    rc_json_set(map, "warnings", json_integer(r->warnings));
    rc_json_set(map, "milliseconds", json_integer(r->ms));
    rc_json_set(map, "exit", json_integer(r->exit));
    rc_json_set(map, "messages", rc_json_text(r->messages));
    set_count(map, "done", settled(t));
    set_count(map, "of", t->to_do);
    send(map);
}

/* -- for people ------------------------------------------------------------ */

/* Room for lines of words: the counting line goes, and comes back. */
static void
clear_line(rc_tell *t)
{
    if (t->line)
        fputs("\r\033[K", stderr);
    t->line = false;
}

static const char *
plural(int64_t n, const char *one, const char *many)
{
    return n == 1 ? one : many;
}

static void
print_time(int64_t ms, FILE *to)
{
    int64_t s = (ms + 500) / 1000;
    if (ms < 60000)
        fprintf(to, "%lld.%lld s", (long long)(ms / 1000),
                (long long)(ms % 1000 / 100));
    else if (s < 3600)
        fprintf(to, "%lld:%02lld min", (long long)(s / 60),
                (long long)(s % 60));
    else
        fprintf(to, "%lld:%02lld h", (long long)(s / 3600),
                (long long)(s % 3600 / 60));
}

/* The text of a log, with "  " before its lines. */
static void
print_inset(rc_str text)
{
    for (size_t from = 0; from < text.len;) {
        size_t end = rc_str_find(text, "\n", from);
        end = end < text.len ? end : text.len;
        fprintf(stderr, "  %.*s\n", RC_STR(rc_str_part(text, from, end)));
        from = end + 1;
    }
}

/* Warnings of shared chapters are those of every volume: told once. */
static bool
is_new_log(rc_tell *t, rc_str log)
{
    for (size_t i = 0; i < t->log_count; i++)
        if (rc_str_eq(t->logs[i], log))
            return false;
    if (t->log_count == RC_TELL_LOGS) {
        t->unprinted++;
        return false;
    }
    t->logs[t->log_count++] = rc_str_copy(t->arena, log);
    return true;
}

static void
print_volume(rc_tell *t, const rc_task *task, const rc_record *r, bool same,
             rc_str said)
{
    bool failed = r->status == RC_VOLUME_FAILED;
    bool log = failed || said.len ||
               (r->warnings && !same && is_new_log(t, r->log));

    if (t->options->terminal && !log)
        return;
    clear_line(t);
    if (failed)
        fprintf(stderr, "%.*s: not made (%.*s)\n", RC_STR(r->key),
                RC_STR(task->why));
    else if (same)
        fprintf(stderr, "%.*s: says the same (%.*s)\n", RC_STR(r->key),
                RC_STR(task->why));
    else
        fprintf(stderr, "%.*s: %lld %s (%.*s)\n", RC_STR(r->key),
                (long long)r->pages, plural(r->pages, "page", "pages"),
                RC_STR(task->why));
    if (log) {
        print_inset(r->log);
        print_inset(said);
    }
    fflush(stderr);
}

/* -- what happens ---------------------------------------------------------- */

void
rc_tell_start(rc_tell *t, const char *folder, long jobs)
{
    json_t *map;

    t->started = rc_now_ms();
    if (!is_json(t))
        return;
    map = event("start");
    rc_json_set(map, "folder", rc_json_str(rc_str_z(folder)));
    set_count(map, "volumes", t->chosen);
    set_count(map, "to_do", t->to_do);
    rc_json_set(map, "jobs", json_integer(jobs));
    send(map);
}

void
rc_tell_volume(rc_tell *t, const rc_task *task, const rc_record *r, bool same,
               rc_str said)
{
    bool failed = r->status == RC_VOLUME_FAILED;

    t->failed += failed;
    t->same += !failed && same;
    t->made += !failed && !same;
    if (is_json(t))
        send_volume(t, task, r, failed ? "failed" : same ? "same" : "made");
    else
        print_volume(t, task, r, same, said);
}

void
rc_tell_again(rc_tell *t, const rc_task *task, const char *how)
{
    if (is_json(t)) {
        json_t *map = event("again");
        rc_json_set(map, "key", rc_json_str(task->unit->key));
        rc_json_set(map, "why", json_string(how));
        send(map);
        return;
    }
    clear_line(t);
    fprintf(stderr, "%.*s: %s; tried once more\n", RC_STR(task->unit->key),
            how);
}

void
rc_tell_unwanted(rc_tell *t, const rc_record *r, bool removed)
{
    if (is_json(t)) {
        json_t *map = event("unwanted");
        rc_json_set(map, "key", rc_json_str(r->key));
        rc_json_set(map, "file", rc_json_str(r->file));
        rc_json_set(map, "removed", json_boolean(removed));
        send(map);
        return;
    }
    fprintf(stderr, "%.*s: no longer wanted; %.*s %s\n", RC_STR(r->key),
            RC_STR(r->file), removed ? "removed" : "is kept (--prune)");
}

void
rc_tell_progress(rc_tell *t)
{
    int64_t ms = rc_now_ms() - t->started;
    size_t done = settled(t);

    if (is_json(t) || !t->options->terminal || done >= t->to_do)
        return;
    fprintf(stderr, "\r\033[K%zu of %zu", done, t->to_do);
    if (done && ms > 0) {
        int64_t tenths = (int64_t)done * 10000 / ms;
        fprintf(stderr, ", %lld.%lld a second, ", (long long)(tenths / 10),
                (long long)(tenths % 10));
        print_time(ms * (int64_t)(t->to_do - done) / (int64_t)done, stderr);
        fputs(" left", stderr);
    }
    if (t->failed)
        fprintf(stderr, ", %zu failed", t->failed);
    fflush(stderr);
    t->line = true;
}

static void
print_end(rc_tell *t, int signal)
{
    size_t left = t->to_do - settled(t);

    clear_line(t);
    fprintf(stderr, "%zu %s: %zu made", t->chosen,
            plural((int64_t)t->chosen, "volume", "volumes"), t->made);
    if (t->chosen - t->to_do + t->same)
        fprintf(stderr, ", %zu up to date", t->chosen - t->to_do + t->same);
    if (t->failed)
        fprintf(stderr, ", %zu failed", t->failed);
    if (left)
        fprintf(stderr, ", %zu left", left);
    fputs("; ", stderr);
    print_time(rc_now_ms() - t->started, stderr);
    fputc('\n', stderr);
    if (t->unprinted)
        fprintf(stderr, "%zu more %s warnings: see manifest.json\n",
                t->unprinted,
                plural((int64_t)t->unprinted, "volume has", "volumes have"));
    if (signal)
        fprintf(stderr, "Interrupted. What is made is kept; the same command "
                        "goes on with the other %zu.\n",
                left + t->failed);
}

void
rc_tell_end(rc_tell *t, int status, int signal)
{
    json_t *map;

    if (!is_json(t)) {
        print_end(t, signal);
        return;
    }
    map = event("end");
    set_count(map, "made", t->made);
    set_count(map, "same", t->same);
    set_count(map, "unchanged", t->chosen - t->to_do);
    set_count(map, "failed", t->failed);
    set_count(map, "left", t->to_do - settled(t));
    rc_json_set(map, "signal", json_integer(signal));
    rc_json_set(map, "status", json_integer(status));
    rc_json_set(map, "milliseconds", json_integer(rc_now_ms() - t->started));
    send(map);
}

void
rc_tell_would(rc_tell *t, const rc_task *task)
{
    if (is_json(t)) {
        json_t *map = event("would");
        rc_json_set(map, "key", rc_json_str(task->unit->key));
        rc_json_set(map, "why", rc_json_str(task->why));
        rc_json_set(map, "sure", json_boolean(task->need == RC_NEED_ALL));
        send(map);
        return;
    }
    printf("%.*s: %.*s%s\n", RC_STR(task->unit->key), RC_STR(task->why),
           task->need == RC_NEED_ALL ? "" : ", made if it says anything else");
}
