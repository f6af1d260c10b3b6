#include "base/diag.h"

#include "base/diag_log.h"

#include <stdlib.h>
#include <string.h>

rc_log *
rc_log_new(void)
{
    rc_arena *a = rc_arena_new();
    rc_log *log = RC_MAKE(a, rc_log);
    log->arena = a;
    log->spill = RC_MAKE(a, rc_diag);
    return log;
}

rc_arena *
rc_log_arena(rc_log *log)
{
    return log->arena;
}

void
rc_log_free(rc_log *log)
{
    if (!log)
        return;
    free(log->slots);
    rc_arena_free(log->arena);
}

const rc_source *
rc_source_make(rc_arena *a, rc_str path, rc_str text)
{
    rc_assert(text.len <= UINT32_MAX);
    rc_source *s = RC_MAKE(a, rc_source);
    *s = (rc_source){path, text};
    return s;
}

/* -- spans ----------------------------------------------------------------- */

rc_span
rc_span_none(void)
{
    return (rc_span){0};
}

rc_span
rc_span_make(const rc_source *s, size_t from, size_t to)
{
    size_t most = s ? s->text.len : 0;
    if (from > most)
        from = most;
    if (to > most)
        to = most;
    if (to < from)
        to = from;
    return (rc_span){.source = s, .from = (uint32_t)from, .to = (uint32_t)to};
}

void
rc_span_place(rc_span span, size_t *line, size_t *column)
{
    *line = *column = 1;
    if (!span.source)
        return;
    rc_str before = rc_str_part(span.source->text, 0, span.from);
    size_t start = 0;
    for (const char *p; (p = before.len > start
                                 ? memchr(before.at + start, '\n',
                                          before.len - start)
                                 : NULL);) {
        start = (size_t)(p - before.at) + 1;
        ++*line;
    }
    while (start < before.len) {
        rc_utf8_next(before, &start);
        ++*column;
    }
}

/* -- the same mistake twice ------------------------------------------------ */

static uint64_t
hash_bytes(uint64_t h, const void *at, size_t len) /* FNV-1a */
{
    const unsigned char *p = at;
    for (size_t i = 0; i < len; i++)
        h = (h ^ p[i]) * UINT64_C(0x100000001B3);
    return h;
}

static uint64_t
hash_number(uint64_t h, uint64_t n)
{
    return hash_bytes(h, &n, sizeof n);
}

static uint64_t
hash_diag(const char *name, rc_span at, rc_str message)
{
    uint64_t h = hash_bytes(UINT64_C(0xCBF29CE484222325), name, strlen(name));
    if (at.source)
        h = hash_bytes(h, at.source->path.at, at.source->path.len);
    h = hash_number(h, (uint64_t)at.from << 32 | at.to);
    h = hash_number(h, at.row);
    h = hash_bytes(h, at.column.at, at.column.len);
    return hash_bytes(h, message.at, message.len);
}

static bool
same_span(rc_span a, rc_span b)
{
    bool sources = a.source == b.source
                   || (a.source && b.source
                       && rc_str_eq(a.source->path, b.source->path));
    return sources && a.from == b.from && a.to == b.to && a.row == b.row
           && rc_str_eq(a.column, b.column);
}

static void
grow_slots(rc_log *log)
{
    size_t count = log->slot_count ? log->slot_count * 2 : 64;
    log_slot *slots = rc_heap_grow(NULL, count, sizeof *slots);
    memset(slots, 0, count * sizeof *slots);
    for (size_t i = 0; i < log->slot_count; i++) {
        if (!log->slots[i].used)
            continue;
        size_t at = log->slots[i].hash & (count - 1);
        while (slots[at].used)
            at = (at + 1) & (count - 1);
        slots[at] = log->slots[i];
    }
    free(log->slots);
    log->slots = slots;
    log->slot_count = count;
}

/* The slot of this diagnostic: used if it was logged before. */
static log_slot *
find_slot(rc_log *log, const char *name, log_place first, uint64_t hash)
{
    if (log->slots_used * 2 >= log->slot_count)
        grow_slots(log);
    size_t at = hash & (log->slot_count - 1);
    for (;; at = (at + 1) & (log->slot_count - 1)) {
        log_slot *slot = &log->slots[at];
        if (!slot->used)
            return slot;
        if (slot->hash != hash)
            continue;
        const rc_diag *d = slot->diag;
        if (!d
            || (strcmp(d->name, name) == 0 && same_span(d->first.at, first.at)
                && rc_str_eq(d->first.message, first.message)))
            return slot;
    }
}

/* -- logging --------------------------------------------------------------- */

static log_name *
name_of(rc_log *log, const char *name, rc_severity severity)
{
    for (size_t i = 0; i < log->names.count; i++) {
        log_name *n = &log->names.at[i];
        if (n->severity == severity && strcmp(n->name, name) == 0)
            return n;
    }
    log_name *n = rc_vec_push(log->arena, &log->names);
    *n = (log_name){.name = name, .severity = severity};
    return n;
}

static size_t
source_order(rc_log *log, const rc_source *source)
{
    for (size_t i = 0; i < log->sources.count; i++) {
        const rc_source *s = log->sources.at[i];
        if (s == source || (s && source && rc_str_eq(s->path, source->path)))
            return i;
    }
    *rc_vec_push(log->arena, &log->sources) = source;
    return log->sources.count - 1;
}

static bool
is_following(const rc_log *log, const char *name, rc_severity severity)
{
    for (size_t i = 0; severity == RC_ERROR && i < log->following.count; i++)
        if (strcmp(log->following.at[i], name) == 0)
            return true;
    return false;
}

/* A diagnostic logged before is given back, so that its hint is written over
 * by the same words. */
static rc_diag *
add_place(rc_log *log, rc_severity severity, const char *name, log_place first)
{
    uint64_t hash = hash_diag(name, first.at, first.message);
    log_slot *slot = find_slot(log, name, first, hash);
    if (slot->used)
        return slot->diag ? slot->diag : log->spill;
    rc_diag *d = NULL;
    bool follows = is_following(log, name, severity);
    log_name *n = follows ? NULL : name_of(log, name, severity);
    log->followed += follows;
    if (n)
        n->count++;
    if (n && n->kept < LOG_KEPT) {
        n->kept++;
        d = RC_MAKE(log->arena, rc_diag);
        *d = (rc_diag){.log = log, .severity = severity, .name = name,
                       .first = first, .order = log->diags.count,
                       .source_order = source_order(log, first.at.source)};
        d->first.at.column = rc_str_copy(log->arena, first.at.column);
        *rc_vec_push(log->arena, &log->diags) = d;
    }
    *slot = (log_slot){.hash = hash, .diag = d, .used = true};
    log->slots_used++;
    return d ? d : log->spill;
}

rc_diag *
rc_log_add(rc_log *log, rc_severity severity, const char *name, rc_span at,
           const char *format, ...)
{
    rc_mark mark = rc_arena_mark(log->arena);
    va_list ap;
    va_start(ap, format);
    rc_str message = rc_str_vprintf(log->arena, format, ap);
    va_end(ap);
    log->said += severity >= RC_ERROR;
    rc_diag *d = add_place(log, severity, name, (log_place){at, message});
    if (d == log->spill) /* nothing but the message was made */
        rc_arena_rewind(log->arena, mark);
    return d;
}

void
rc_diag_hint(rc_diag *d, const char *format, ...)
{
    if (!d->log)
        return;
    va_list ap;
    va_start(ap, format);
    d->hint = rc_str_vprintf(d->log->arena, format, ap);
    va_end(ap);
}

void
rc_diag_also(rc_diag *d, rc_span at, const char *format, ...)
{
    if (!d->log)
        return;
    rc_arena *a = d->log->arena;
    va_list ap;
    va_start(ap, format);
    rc_str message = rc_str_vprintf(a, format, ap);
    va_end(ap);
    for (size_t i = 0; i < d->also.count; i++)
        if (same_span(d->also.at[i].at, at)
            && rc_str_eq(d->also.at[i].message, message))
            return;
    at.column = rc_str_copy(a, at.column);
    *rc_vec_push(a, &d->also) = (log_place){at, message};
}

/* -- did you mean ---------------------------------------------------------- */

static rc_str
lower(rc_arena *a, rc_str s)
{
    char *p = rc_arena_array(a, s.len + 1, 1);
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        p[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (rc_str){p, s.len};
}

/* Where the last parts of two names begin that are alike up to a full stop:
 * of "overall.easy" and "overall.eazy" only "easy" and "eazy" can be near. */
static size_t
same_start(rc_str a, rc_str b)
{
    size_t start = 0;
    for (size_t i = 0; i < a.len && i < b.len && a.at[i] == b.at[i]; i++)
        if (a.at[i] == '.')
            start = i + 1;
    return start;
}

/* The nearest of `names`, the first of equals; SIZE_MAX if none is near: a
 * third of the letters may be wrong; of two letters none, but one may be
 * missing. */
static size_t
nearest(rc_str found, const rc_str *names, size_t count)
{
    rc_arena *scratch = rc_arena_new();
    rc_str wanted = lower(scratch, found);
    size_t best = SIZE_MAX, least = SIZE_MAX;
    for (size_t i = 0; i < count && least > 0; i++) {
        rc_mark mark = rc_arena_mark(scratch);
        rc_str name = lower(scratch, names[i]);
        size_t start = same_start(wanted, name);
        rc_str w = rc_str_part(wanted, start, wanted.len);
        rc_str n = rc_str_part(name, start, name.len);
        /* a name is not near when nothing of it is kept */
        size_t limit = w.len < 3 ? w.len == 2 && n.len == 3 : (w.len + 1) / 3;
        if (limit >= n.len)
            limit = n.len ? n.len - 1 : 0;
        if (limit >= least)
            limit = least - 1;
        size_t far = rc_str_distance(w, n, limit);
        rc_arena_rewind(scratch, mark);
        if (far > limit)
            continue;
        best = i;
        least = far;
    }
    rc_arena_free(scratch);
    return best;
}

static bool
hint_near(rc_diag *d, rc_str found, const rc_str *names, size_t count)
{
    size_t best = d->log && count ? nearest(found, names, count) : SIZE_MAX;
    if (best != SIZE_MAX)
        rc_diag_hint(d, "did you mean '%.*s'?", RC_STR(names[best]));
    return best != SIZE_MAX;
}

void
rc_diag_near(rc_diag *d, rc_str found, const rc_str *names, size_t count)
{
    (void)hint_near(d, found, names, count);
}

void
rc_diag_suggest(rc_diag *d, rc_str found, const rc_str *names, size_t count)
{
    if (!d->log || count == 0 || hint_near(d, found, names, count)
        || count > 5)
        return;
    rc_buf list = {0};
    for (size_t i = 0; i < count; i++) {
        if (i)
            rc_buf_z(&list, i + 1 < count ? ", " : " or ");
        rc_buf_printf(&list, "'%.*s'", RC_STR(names[i]));
    }
    rc_str words = rc_buf_str(&list);
    rc_diag_hint(d, "%s %.*s", count == 1 ? "only" : "choose", RC_STR(words));
    rc_buf_free(&list);
}

bool
rc_diag_is_near(rc_str found, rc_str name)
{
    return nearest(found, &name, 1) == 0;
}

bool
rc_log_has_error(const rc_log *log, const char *name, rc_span at)
{
    for (size_t i = log->diags.count; i-- > 0;) {
        const rc_diag *d = log->diags.at[i];
        if (d->severity == RC_ERROR && strcmp(d->name, name) == 0
            && same_span(d->first.at, at))
            return true;
    }
    return false;
}

size_t
rc_log_said(const rc_log *log)
{
    return log->said;
}

/* -- counts ---------------------------------------------------------------- */

void
rc_log_allow(rc_log *log, rc_str name)
{
    *rc_vec_push(log->arena, &log->allowed) = rc_str_copy(log->arena, name);
}

bool
rc_log_is_allowed(const rc_log *log, const char *name)
{
    for (size_t i = 0; i < log->allowed.count; i++)
        if (rc_str_is(log->allowed.at[i], name))
            return true;
    return false;
}

bool
log_is_allowed(const rc_log *log, const char *name, rc_severity severity)
{
    return severity <= RC_WARNING && rc_log_is_allowed(log, name);
}

size_t
rc_log_allowed(const rc_log *log, const char *name)
{
    for (size_t i = 0; i < log->names.count; i++)
        if (log->names.at[i].severity == RC_NOTE
            && strcmp(log->names.at[i].name, name) == 0)
            return log->names.at[i].count;
    return 0;
}

void
rc_log_follow(rc_log *log, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        *rc_vec_push(log->arena, &log->following) = names[i];
}

size_t
rc_log_count(const rc_log *log, rc_severity at_least)
{
    size_t count = at_least <= RC_ERROR ? log->followed : 0;
    for (size_t i = 0; i < log->names.count; i++) {
        const log_name *n = &log->names.at[i];
        if (n->severity >= at_least
            && !log_is_allowed(log, n->name, n->severity))
            count += n->count;
    }
    return count;
}

int
rc_log_status(const rc_log *log)
{
    rc_severity gravest = RC_NOTE;
    for (size_t i = 0; i < log->names.count; i++)
        if (log->names.at[i].severity > gravest)
            gravest = log->names.at[i].severity;
    switch (gravest) {
    case RC_NOTE: case RC_WARNING: return RC_EXIT_DONE;
    case RC_ERROR: return RC_EXIT_INPUT;
    case RC_WORLD: return RC_EXIT_WORLD;
    case RC_RETRY: return RC_EXIT_RETRY;
    }
    return RC_EXIT_DONE;
}
